//! Whether a source still speaks as it used to: in its languages, and of nothing that only strangers sell.

use jiff::{SignedDuration, Timestamp};

use super::Evidence;
use crate::domain::{Finding, Language, Memory, Symptom};

/// What a new announcement is like.
#[derive(Debug, Clone, PartialEq)]
pub struct Heard {
    /// What it is written in, where that is clear.
    pub language: Option<Language>,
    /// The words by which it is known for a stranger's.
    pub strange: Option<String>,
}

/// Languages of the latest announcements that are remembered.
const LATEST: usize = 40;
/// Announcements from which a source's languages are known.
const KNOWN: usize = 6;
/// Announcements in a row in a new language that are enough, where nobody in the sector writes it…
const FOREIGN: usize = 3;
/// …and where some do, for a partner or a donor.
const NEAR: usize = 7;
/// Languages in which organisations of these countries publish now and then.
const NEIGHBOURS: [&str; 12] = [
    "ro", "lv", "ru", "en", "uk", "hu", "bg", "tr", "fr", "de", "pl", "lt",
];
/// For how long one announcement that may be a stranger's is remembered.
const AGAIN: SignedDuration = SignedDuration::from_hours(24 * 60);
/// For how long staff's word is taken.
const TRUSTED: SignedDuration = SignedDuration::from_hours(24 * 365);

/// What speaks against these announcements being the source's own, before anything of them is recorded.
#[must_use]
pub fn judge(
    now: Timestamp,
    memory: &Memory,
    configured: &[Language],
    heard: &[Heard],
) -> Option<Symptom> {
    let trusted = memory
        .trusted
        .is_some_and(|at| now.duration_since(at) < TRUSTED);
    if heard.is_empty() || trusted {
        return None;
    }
    let strange: Vec<&String> = heard
        .iter()
        .filter_map(|item| item.strange.as_ref())
        .collect();
    // One alone may be an honest text on such things; a second one is no chance.
    let again = memory.suspect.is_some()
        || memory
            .strange
            .is_some_and(|at| now.duration_since(at) < AGAIN);
    let many = strange.len() * 2 >= heard.len() && (strange.len() > 1 || again);
    if let Some(sign) = strange.first().filter(|_| many) {
        return Some(Symptom::OtherSubject {
            sign: (*sign).clone(),
        });
    }
    other_language(memory, configured, heard)
}

fn other_language(memory: &Memory, configured: &[Language], heard: &[Heard]) -> Option<Symptom> {
    if memory.languages.len() < KNOWN || memory.usual.is_empty() {
        return None;
    }
    let is_own =
        |language: &Language| memory.usual.contains(language) || configured.contains(language);
    // The latest of those that were let in count as well: strangers may come one by one.
    let latest = memory
        .languages
        .iter()
        .copied()
        .chain(heard.iter().filter_map(|item| item.language));
    let mut run: Vec<Language> = Vec::new();
    for language in latest {
        if is_own(&language) {
            run.clear();
        } else {
            run.push(language);
        }
    }
    let now = *run.last()?;
    let alike = run.iter().filter(|language| **language == now).count();
    let enough = if NEIGHBOURS.contains(&now.as_str()) {
        NEAR
    } else {
        FOREIGN
    };
    let told = heard
        .iter()
        .filter(|item| item.language == Some(now))
        .count();
    (alike >= enough && told * 2 > heard.len()).then(|| Symptom::OtherLanguage {
        usual: memory.usual.clone(),
        now,
    })
}

/// The languages that are a source's own, the commonest first: what it wrote in at least twice, and not only of late.
fn usual(memory: &Memory) -> Vec<Language> {
    let older = match memory.languages.len() {
        count if count >= KNOWN + NEAR => &memory.languages[..count - NEAR],
        _ => &memory.languages[..],
    };
    let mut counts: Vec<(Language, usize)> = Vec::new();
    for language in older {
        match counts.iter_mut().find(|(known, _)| known == language) {
            Some((_, count)) => *count += 1,
            None => counts.push((*language, 1)),
        }
    }
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
        .into_iter()
        .filter(|(_, count)| *count >= 2)
        .map(|(language, _)| language)
        .collect()
}

/// Hears what a visit brought: learns from it, or says what is strange about it. What was strange before is so until the source
/// is heard or seen to be itself again.
pub(super) fn learn(
    now: Timestamp,
    evidence: &Evidence,
    before: &[Finding],
    memory: &mut Memory,
) -> Option<(Symptom, Timestamp)> {
    if let Some(symptom) = judge(now, memory, &evidence.languages, &evidence.heard) {
        let since = *memory.suspect.get_or_insert(now);
        return Some((symptom, since));
    }
    let itself = !evidence.heard.is_empty() || evidence.lists.is_some_and(|lists| lists.known > 0);
    if itself {
        memory.suspect = None;
    }
    if evidence.heard.iter().any(|item| item.strange.is_some()) {
        memory.strange = Some(now);
    }
    memory
        .languages
        .extend(evidence.heard.iter().filter_map(|item| item.language));
    let over = memory.languages.len().saturating_sub(LATEST);
    memory.languages.drain(..over);
    if memory.languages.len() >= KNOWN {
        memory.usual = usual(memory);
    }
    let since = memory.suspect?;
    before
        .iter()
        .map(|finding| &finding.symptom)
        .find(|symptom| {
            matches!(
                symptom,
                Symptom::OtherLanguage { .. } | Symptom::OtherSubject { .. }
            )
        })
        .map(|symptom| (symptom.clone(), since))
}
