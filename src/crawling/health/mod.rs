//! What is the matter with a source: pure functions of what its visits have shown.
//!
//! Every visit adds its evidence to the source's [`Memory`], and what is found follows from that alone: the same visits, in the
//! same order, give the same findings. `benches/health.rs` measures on simulated years how soon faults are found, and how often
//! there is none.

mod certificate;
mod failing;
mod lists;
mod patience;
pub(super) mod rhythm;
pub(super) mod silence;
mod standstill;
mod unchanged;
mod voice;

use jiff::Timestamp;
use url::Url;

use crate::domain::{Finding, Language, Phase, SiteSeen, SourceState, Symptom, Way};

pub use failing::symptom;
pub use lists::{Lists, suspects};
pub use patience::Patience;
pub use standstill::{Looked, frozen, look_due, looked};
pub use unchanged::believed;
pub use voice::{Heard, judge};

/// What a visit showed beside its outcome.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Evidence {
    /// The server said that nothing changed.
    pub not_modified: bool,
    /// A document was read: what it listed.
    pub lists: Option<Lists>,
    /// What its new announcements are like.
    pub heard: Vec<Heard>,
    /// The languages that the source is configured with.
    pub languages: Vec<Language>,
    /// The site's page was looked at beside the feed.
    pub site: Option<SiteSeen>,
    /// From when to when the server's certificate is valid.
    pub certificate: Option<(Timestamp, Timestamp)>,
    /// It moved for good, and is followed: from where, to where.
    pub moved: Option<(Url, Url)>,
    /// It is read another way from this visit on.
    pub anew: Option<Anew>,
}

/// A way of reading that took the place of another.
#[derive(Debug, Clone, PartialEq)]
pub struct Anew {
    /// How it was read, and where.
    pub from: (Way, Url),
    /// How it is read, and where.
    pub to: (Way, Url),
    /// What was wrong with the way before.
    pub why: Symptom,
}

/// Adds a visit at `now` to what is remembered of a source and says what is the matter with it. `new` is what
/// [`lifecycle::next`](super::lifecycle::next) made of `old`.
pub fn diagnose(
    now: Timestamp,
    old: &SourceState,
    evidence: &Evidence,
    new: &mut SourceState,
    patience: &Patience,
) {
    if let Some(certificate) = evidence.certificate {
        new.memory.certificate = Some(certificate);
    }
    unchanged::learn(now, old, evidence, new);
    lists::learn(now, evidence, new);
    if let Some(site) = &evidence.site {
        new.memory.site = Some(site.clone());
    }
    let strange = voice::learn(now, evidence, &old.findings, &mut new.memory);

    let mut found: Vec<(Symptom, Timestamp)> = Vec::new();
    found.extend(failing::found(now, old, new, patience));
    found.extend(strange);
    found.extend(certificate::found(now, new, patience));
    found.extend(lists::found(now, new, patience));
    found.extend(unchanged::found(now, new, patience));
    found.extend(standstill::found(now, new, patience));
    let ill = found.iter().any(|(symptom, _)| {
        !matches!(
            symptom,
            Symptom::Certificate { .. } | Symptom::FalseUnchanged
        )
    });
    // Whoever is ill otherwise is silent for that reason; but who was silent before is so still, whatever a visit comes to.
    let was = old
        .findings
        .iter()
        .any(|finding| matches!(finding.symptom, Symptom::Silent { .. }));
    let begins = !ill && matches!(new.phase, Phase::Silent { .. });
    if (begins || was)
        && let Some(since) = silence::since(new, now, patience)
    {
        found.push((
            Symptom::Silent {
                last: since,
                usual: rhythm::usual(new) as u64,
            },
            since,
        ));
    }
    new.findings = listed(now, old, evidence, found, patience);
}

/// The findings of before that last, in their form of today, and those that are new.
fn listed(
    now: Timestamp,
    old: &SourceState,
    evidence: &Evidence,
    found: Vec<(Symptom, Timestamp)>,
    patience: &Patience,
) -> Vec<Finding> {
    let mut all: Vec<Finding> = Vec::new();
    let mut add = |symptom: Symptom, since: Timestamp| {
        if all.iter().any(|known| known.symptom.is_same(&symptom)) {
            return;
        }
        let before = old
            .findings
            .iter()
            .find(|known| known.symptom.is_same(&symptom));
        all.push(Finding {
            since: before.map_or(since, |known| known.since.min(since)),
            noticed: before.map_or(now, |known| known.noticed),
            symptom,
        });
    };
    for (symptom, since) in found {
        add(symptom, since);
    }
    if let Some(Anew { from, to, why }) = evidence.anew.clone() {
        let why = Box::new(why);
        add(Symptom::ReadAnew { from, to, why }, now);
    }
    if let Some((from, to)) = evidence.moved.clone() {
        add(Symptom::Moved { from, to }, now);
    }
    // What vesti has seen to stays to be read for a while.
    let notes = old.findings.iter().filter(|finding| {
        matches!(
            finding.symptom,
            Symptom::Moved { .. } | Symptom::ReadAnew { .. }
        ) && now.duration_since(finding.noticed) < patience.notes
    });
    for note in notes {
        if !all.iter().any(|known| known.symptom.is_same(&note.symptom)) {
            all.push(note.clone());
        }
    }
    all
}

#[cfg(test)]
mod tests;
