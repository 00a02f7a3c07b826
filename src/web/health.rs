//! How sources fare, as the monitor's pages and its API tell it: what is the matter, sorted by how much it asks of a person.

use jiff::Timestamp;

use super::context::{Ask, Context};
use super::trouble::Trouble;
use crate::delivery::findings::sentences;
use crate::delivery::reasons::{self, Said};
use crate::domain::{Country, Finding, Gravity, Phase, Reason, Remark, Role, SourceId};
use crate::store::SourceRecord;
use crate::understanding::normalise::fold;

/// What a source asks of a person, all in all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Need {
    /// Nothing: vesti knows of nothing that is the matter.
    Well,
    /// It was not visited yet.
    New,
    /// It is not visited, as somebody wished.
    Paused,
    /// Something to know.
    Note,
    /// A look does no harm.
    Watch,
    /// A person has to do something.
    Act,
}

impl Need {
    /// All of them, the most urgent first.
    pub(crate) const ALL: [Self; 6] = [
        Self::Act,
        Self::Watch,
        Self::Note,
        Self::Well,
        Self::New,
        Self::Paused,
    ];

    /// The word that stands for it in addresses, in JSON and in messages.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Act => "act",
            Self::Watch => "watch",
            Self::Note => "note",
            Self::Well => "well",
            Self::New => "new",
            Self::Paused => "paused",
        }
    }

    /// What a source asks for.
    pub(crate) fn of(record: &SourceRecord) -> Self {
        match &record.state.phase {
            Phase::Paused => return Self::Paused,
            Phase::New if record.state.last_visit.is_none() => return Self::New,
            _ => {}
        }
        match worst(record).map(|finding| finding.symptom.gravity()) {
            None => Self::Well,
            Some(Gravity::Note) => Self::Note,
            Some(Gravity::Watch) => Self::Watch,
            Some(Gravity::Act) => Self::Act,
        }
    }
}

/// The findings of a source, the gravest first, the latest of these first.
pub(crate) fn findings(record: &SourceRecord) -> Vec<&Finding> {
    let mut findings: Vec<&Finding> = record.state.findings.iter().collect();
    findings.sort_by_key(|finding| {
        (
            std::cmp::Reverse(finding.symptom.gravity()),
            std::cmp::Reverse(finding.noticed),
        )
    });
    findings
}

/// The finding that matters most.
pub(crate) fn worst(record: &SourceRecord) -> Option<&Finding> {
    findings(record).first().copied()
}

/// A finding in sentences.
pub(crate) struct Told {
    pub(crate) what: String,
    pub(crate) did: Option<String>,
    pub(crate) todo: Option<String>,
}

impl Context {
    /// Why something came to nothing, in the reader's language.
    pub(crate) fn reason(&self, why: &Reason) -> Said {
        reasons::reason(why, self.ui.language())
    }

    /// What vesti did or found out by itself, in the reader's language.
    pub(crate) fn remark(&self, remark: &Remark) -> Said {
        reasons::remark(remark, self.ui.language())
    }

    /// A finding in sentences: what, what vesti did, what to do.
    pub(crate) fn told(&self, finding: &Finding) -> Told {
        let told = sentences(finding, self.ui.language(), self.zone(), self.now);
        let given = |text: String| (!text.is_empty()).then_some(text);
        Told {
            what: told.what,
            did: given(told.did),
            todo: given(told.todo),
        }
    }
}

/// Which sources are asked for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wanted {
    pub(crate) needs: Vec<Need>,
    pub(crate) countries: Vec<Country>,
    pub(crate) roles: Vec<Role>,
    pub(crate) words: Vec<String>,
}

impl Wanted {
    fn has(&self, record: &SourceRecord, need: Need) -> bool {
        let source = &record.source;
        let name = folded(&format!("{} {}", source.name, source.id));
        (self.needs.is_empty() || self.needs.contains(&need))
            && (self.countries.is_empty() || self.countries.contains(&source.country))
            && (self.roles.is_empty() || self.roles.contains(&source.role))
            && self.words.iter().all(|word| name.contains(word))
    }
}

/// Words as they are looked for: whatever their case and marks.
pub(crate) fn folded(text: &str) -> String {
    fold(text).to_lowercase()
}

/// How many sources ask for what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    counts: [u64; Need::ALL.len()],
}

impl Tally {
    pub(crate) fn of(&self, need: Need) -> u64 {
        let place = Need::ALL.iter().position(|one| *one == need);
        place.map_or(0, |place| self.counts[place])
    }

    fn count(&mut self, need: Need) {
        if let Some(place) = Need::ALL.iter().position(|one| *one == need) {
            self.counts[place] += 1;
        }
    }
}

/// The sources that are wanted, the most urgent first; and how many of all ask for what. Private ones are among them: this is for
/// staff alone.
pub(crate) fn survey(
    context: &Ask,
    wanted: &Wanted,
) -> Result<(Vec<(Need, SourceRecord)>, Tally), Trouble> {
    let mut tally = Tally::default();
    let mut found = Vec::new();
    for record in context.app.store.sources()? {
        let need = Need::of(&record);
        tally.count(need);
        if wanted.has(&record, need) {
            found.push((need, record));
        }
    }
    found.sort_by_cached_key(|(need, record)| {
        let noticed = worst(record).map(|finding| finding.noticed);
        (
            std::cmp::Reverse(*need),
            std::cmp::Reverse(noticed.unwrap_or(Timestamp::MIN)),
            record.source.id.to_string(),
        )
    });
    Ok((found, tally))
}

/// One source, also a private one, and one that is no longer in the catalogue.
pub(crate) fn source(context: &Ask, id: &str) -> Result<SourceRecord, Trouble> {
    let id: SourceId = id.parse().map_err(|_| Trouble::NotFound)?;
    context.app.store.source(&id)?.ok_or(Trouble::NotFound)
}
