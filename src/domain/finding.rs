//! What was found out about a source's health: a symptom, since when, and how much of a person's time it asks for.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use url::Url;

use super::{Fault, Language, SourceId, Way};

/// Something about a source that is not as it should be, or was not.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// What.
    #[serde(flatten)]
    pub symptom: Symptom,
    /// When it began, as far as the visits tell.
    pub since: Timestamp,
    /// When vesti noticed it.
    pub noticed: Timestamp,
}

/// What can be the matter with a source.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "symptom")]
pub enum Symptom {
    /// Visits fail.
    Failing {
        /// The latest fault.
        fault: Fault,
        /// Failures in a row.
        tries: u32,
    },
    /// Its server says that it is gone for good.
    Gone,
    /// It has published nothing for much longer than it usually does.
    Silent {
        /// When it last published something.
        last: Timestamp,
        /// Its usual gap between two announcements, in seconds.
        usual: u64,
    },
    /// Its feed stopped while its site goes on.
    Frozen {
        /// The newest that the feed has.
        feed: Option<Timestamp>,
        /// The newest that the site shows.
        site: Option<Timestamp>,
    },
    /// An error page or a page about nothing comes with status 200.
    ErrorPage {
        /// The words that tell.
        sign: String,
    },
    /// The domain is for sale, or shows a registrar's advertisements.
    Parked {
        /// The words that tell.
        sign: String,
    },
    /// A page that asks whether the visitor is a robot stands before it.
    BotWall {
        /// Whose, or the words that tell.
        sign: String,
    },
    /// A page that asks for consent stands before it.
    CookieWall {
        /// The words that tell.
        sign: String,
    },
    /// The server says “not modified” whatever there is.
    FalseUnchanged,
    /// It writes in another language all of a sudden: the domain may have another owner.
    OtherLanguage {
        /// What it used to write in.
        usual: Vec<Language>,
        /// What it writes in now.
        now: Language,
    },
    /// It writes about other things all of a sudden, or things that no organisation of the sector writes about.
    OtherSubject {
        /// The words that tell, if some do.
        sign: String,
    },
    /// Its certificate ends soon, or has ended.
    Certificate {
        /// When.
        ends: Timestamp,
    },
    /// It lists far less than it used to: the site was redesigned.
    Redesigned {
        /// How many it listed.
        before: u32,
        /// How many it lists now.
        now: u32,
    },
    /// It moved for good, and is followed.
    Moved {
        /// Where it was.
        from: Url,
        /// Where it is.
        to: Url,
    },
    /// It is read in another way than before, since the one before failed.
    ReadAnew {
        /// How it was read, and where.
        from: (Way, Url),
        /// How it is read, and where.
        to: (Way, Url),
        /// What was wrong with the way before.
        why: Box<Symptom>,
    },
}

/// How much a finding asks of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gravity {
    /// To be known; vesti has seen to it.
    Note,
    /// It may pass by itself; a look does no harm.
    Watch,
    /// Nothing will come of this source until a person does something.
    Act,
}

impl Symptom {
    /// Whether two tell of one and the same trouble: figures may differ, a fault may take another form.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Moved { to: one, .. }, Self::Moved { to: other, .. }) => one == other,
            (Self::ReadAnew { to: one, .. }, Self::ReadAnew { to: other, .. }) => one == other,
            (one, other) => one.word() == other.word(),
        }
    }

    /// The word that stands for it in the store, in JSON and in messages.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Failing { .. } => "failing",
            Self::Gone => "gone",
            Self::Silent { .. } => "silent",
            Self::Frozen { .. } => "frozen",
            Self::ErrorPage { .. } => "error_page",
            Self::Parked { .. } => "parked",
            Self::BotWall { .. } => "bot_wall",
            Self::CookieWall { .. } => "cookie_wall",
            Self::FalseUnchanged => "false_unchanged",
            Self::OtherLanguage { .. } => "other_language",
            Self::OtherSubject { .. } => "other_subject",
            Self::Certificate { .. } => "certificate",
            Self::Redesigned { .. } => "redesigned",
            Self::Moved { .. } => "moved",
            Self::ReadAnew { .. } => "read_anew",
        }
    }

    /// How much it asks of a person.
    #[must_use]
    pub fn gravity(&self) -> Gravity {
        match self {
            Self::Moved { .. } | Self::ReadAnew { .. } | Self::FalseUnchanged => Gravity::Note,
            Self::Failing { tries, .. } if *tries < 5 => Gravity::Watch,
            Self::Silent { .. } | Self::Certificate { .. } => Gravity::Watch,
            _ => Gravity::Act,
        }
    }
}

/// What began and what ended between two lists of findings, in this order.
#[must_use]
pub fn turned(old: &[Finding], new: &[Finding]) -> Vec<(Turn, Finding)> {
    let lacks = |list: &[Finding], finding: &Finding| {
        !list
            .iter()
            .any(|other| other.symptom.is_same(&finding.symptom))
    };
    let began = new.iter().filter(|finding| lacks(old, finding));
    let ended = old.iter().filter(|finding| lacks(new, finding));
    began
        .map(|finding| (Turn::Began, finding.clone()))
        .chain(ended.map(|finding| (Turn::Ended, finding.clone())))
        .collect()
}

/// Something that happened to a source, in the order in which it was noticed.
#[derive(Debug, Clone, PartialEq)]
pub struct Happening {
    /// Its number: grows, and names it for ever.
    pub number: u64,
    /// When it was noticed.
    pub at: Timestamp,
    /// Which source.
    pub source: SourceId,
    /// Whether the finding began or ended.
    pub turn: Turn,
    /// What was found.
    pub finding: Finding,
}

/// Which way a finding turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    /// It began.
    Began,
    /// It is over.
    Ended,
}

impl Turn {
    /// The word that stands for it in the store and in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Began => "began",
            Self::Ended => "ended",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(symptom: Symptom) -> Finding {
        Finding {
            symptom,
            since: Timestamp::UNIX_EPOCH,
            noticed: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn what_lasts_turns_nothing_even_where_its_figures_change() {
        let before = [finding(Symptom::Redesigned { before: 20, now: 3 })];
        let after = [
            finding(Symptom::Redesigned { before: 20, now: 1 }),
            finding(Symptom::Gone),
        ];
        let turns = turned(&before, &after);
        assert_eq!(turns, [(Turn::Began, after[1].clone())]);
        assert_eq!(turned(&after, &before)[0].0, Turn::Ended);
    }

    #[test]
    fn a_second_move_is_another_one() {
        let to = |to: &str| {
            finding(Symptom::Moved {
                from: "https://a.ro/".parse().unwrap(),
                to: to.parse().unwrap(),
            })
        };
        let (one, two) = (to("https://b.ro/"), to("https://c.ro/"));
        assert_eq!(
            turned(std::slice::from_ref(&one), &[one.clone(), two]).len(),
            1
        );
    }

    #[test]
    fn findings_are_kept_as_json() {
        let anew = finding(Symptom::ReadAnew {
            from: (Way::Feed, "https://a.ro/feed".parse().unwrap()),
            to: (Way::Listing, "https://a.ro/".parse().unwrap()),
            why: Box::new(Symptom::Failing {
                fault: Fault::new(crate::domain::FaultKind::Status, "a.ro answers with 404"),
                tries: 1,
            }),
        });
        let json = serde_json::to_string(&anew).unwrap();
        assert_eq!(serde_json::from_str::<Finding>(&json).unwrap(), anew);
    }
}
