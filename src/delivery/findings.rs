//! What is the matter with a source, in plain sentences: the same on pages, in mails and in what is sent to programs.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use url::Url;

use super::reasons;
use super::words::Ui;
use crate::domain::{Fault, FaultKind, Finding, Language, Symptom, Way};

mod counted;
mod phrases;

use counted::{Case, counted};
use phrases::{DID, FAULTS, TODO, WHAT};

/// A finding, told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What is the matter, with its figures: one sentence.
    pub what: String,
    /// What vesti does about it.
    pub did: String,
    /// What a person could do; empty where there is nothing to do.
    pub todo: String,
}

/// A finding in a language of the interface (English stands for all others), as it is at `now` where `zone` is the time.
#[must_use]
pub fn sentences(finding: &Finding, language: Language, zone: &TimeZone, now: Timestamp) -> Told {
    let teller = Teller {
        ui: Ui::of(language),
        zone,
        now,
    };
    let symptom = &finding.symptom;
    let word = symptom.word();
    let values = teller.values(finding);
    let tell = |table: &[(&str, [&'static str; 4])], word: &str| {
        let words = table.iter().find(|(known, _)| *known == word);
        words.map_or_else(String::new, |(_, words)| {
            fill(teller.ui.pick(*words), &values)
        })
    };
    // What is told of figures that are not known.
    let variant = match symptom {
        Symptom::Frozen { feed: None, .. } => "frozen_undated",
        Symptom::Certificate { ends } if *ends <= now => "certificate_ended",
        Symptom::Redesigned { now: 0, .. } => "redesigned_to_nothing",
        _ => word,
    };
    Told {
        what: tell(WHAT, variant),
        did: tell(DID, word),
        todo: tell(TODO, word),
    }
}

struct Teller<'a> {
    ui: Ui,
    zone: &'a TimeZone,
    now: Timestamp,
}

impl Teller<'_> {
    /// The figures of a finding, by the names that stand in the phrases.
    fn values(&self, finding: &Finding) -> Vec<(&'static str, String)> {
        let mut values = vec![("since", self.since(finding.since))];
        match &finding.symptom {
            Symptom::Failing { fault, tries } => {
                values.push(("fault", self.fault(fault)));
                values.push(("tries", tries.to_string()));
            }
            Symptom::Silent { last, usual } => {
                let quiet = self.now.duration_since(*last).as_secs().unsigned_abs();
                values.push(("quiet", counted(self.ui, quiet, Case::During)));
                values.push(("usual", counted(self.ui, *usual, Case::Every)));
            }
            Symptom::Frozen { feed, site } => {
                values.push(("feed", feed.map(|at| self.since(at)).unwrap_or_default()));
                values.push(("site", site.map(|at| self.day(at)).unwrap_or_default()));
            }
            Symptom::ErrorPage { sign }
            | Symptom::Parked { sign }
            | Symptom::BotWall { sign }
            | Symptom::CookieWall { sign }
            | Symptom::OtherSubject { sign } => values.push(("sign", sign.clone())),
            Symptom::OtherLanguage { usual, now } => {
                let names: Vec<String> = usual
                    .iter()
                    .map(|language| self.ui.language_name(*language))
                    .collect();
                values.push(("usual", names.join(", ")));
                values.push(("now", self.ui.language_name(*now)));
            }
            Symptom::Certificate { ends } => values.push(("ends", self.day(*ends))),
            Symptom::Redesigned { before, now } => {
                values.push(("before", before.to_string()));
                values.push(("now", now.to_string()));
            }
            Symptom::Moved { from, to } => {
                values.push(("from", address(from)));
                values.push(("to", address(to)));
            }
            Symptom::ReadAnew { from, to, why } => {
                values.push(("from", address(&from.1)));
                values.push(("to", address(&to.1)));
                values.push(("from_way", self.way(from.0)));
                values.push(("to_way", self.way(to.0)));
                values.push(("why", self.why(finding, why)));
            }
            Symptom::Gone | Symptom::FalseUnchanged => {}
        }
        values
    }

    /// What was wrong before, as a sentence of its own.
    fn why(&self, finding: &Finding, why: &Symptom) -> String {
        let before = Finding {
            symptom: why.clone(),
            ..finding.clone()
        };
        let told = match why {
            // How often it was tried says nothing: another way was found at once.
            Symptom::Failing { fault, .. } => {
                let said = reasons::fault(fault, self.ui.language());
                if said.is_old {
                    capital(&self.fault(fault)) + "."
                } else {
                    said.alone() + "."
                }
            }
            _ => sentences(&before, self.ui.language(), self.zone, self.now).what,
        };
        told.trim_end().to_owned()
    }

    /// What went wrong; of what an older version kept only the kind is known in all languages.
    fn fault(&self, fault: &Fault) -> String {
        let said = reasons::fault(fault, self.ui.language());
        if !said.is_old {
            return said.within();
        }
        let index = match fault.kind {
            FaultKind::Dns => 0,
            FaultKind::Connect => 1,
            FaultKind::Tls => 2,
            FaultKind::Timeout => 3,
            FaultKind::Forbidden => 4,
            FaultKind::Robots => 5,
            FaultKind::Status => 6,
            FaultKind::Gone => 7,
            FaultKind::Busy => 8,
            FaultKind::Redirect => 9,
            FaultKind::TooLarge => 10,
            FaultKind::Body => 11,
            FaultKind::Unreadable => 12,
            FaultKind::NothingListed => 13,
        };
        let status = fault
            .status
            .map_or_else(String::new, |status| format!(" ({status})"));
        fill(self.ui.pick(FAULTS[index]), &[("status", status)])
    }

    fn way(&self, way: Way) -> String {
        self.ui
            .pick(match way {
                Way::Feed => ["flux RSS", "RSS plūsma", "RSS-лента", "feed"],
                Way::Wordpress => [
                    "interfața WordPress",
                    "WordPress saskarne",
                    "интерфейс WordPress",
                    "WordPress interface",
                ],
                Way::Sitemap => ["harta site-ului", "vietnes karte", "карта сайта", "sitemap"],
                Way::Listing => [
                    "pagina cu lista de anunțuri",
                    "lapa ar paziņojumu sarakstu",
                    "страница со списком публикаций",
                    "page that lists announcements",
                ],
            })
            .to_owned()
    }

    fn day(&self, at: Timestamp) -> String {
        self.ui.day(at.to_zoned(self.zone.clone()).date())
    }

    /// A day as it stands after “since”.
    fn since(&self, at: Timestamp) -> String {
        self.ui.since(at.to_zoned(self.zone.clone()).date())
    }
}

/// An address as people read it, and not a whole line of it.
fn address(url: &Url) -> String {
    let text = url.as_str();
    let text = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))
        .unwrap_or(text);
    let mut short: String = text.chars().take(80).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short.trim_end_matches('/').to_owned()
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(chars).collect()
}

/// Puts values in the place of their names; what a value holds is not looked at again.
fn fill(phrase: &str, values: &[(&'static str, String)]) -> String {
    let mut filled = String::with_capacity(phrase.len() + 40);
    let mut rest = phrase;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, after)) = after.split_once('}') else {
            break;
        };
        if let Some((_, value)) = values.iter().find(|(known, _)| *known == name) {
            filled.push_str(value);
        }
        rest = after;
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests;
