//! The catalogue in force: what `sources.toml` says, with what people decided in the browser laid over it.
//!
//! The two are merged field by field, against the block that a decision was made over (a three-way merge). Where both
//! changed the same, what the browser says stays in force until somebody decides, so that nothing changes unseen; an added
//! source whose address the file has as well waits, so that nothing is read twice.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::domain::{CanonicalUrl, Fate, Field, Managed, Source, SourceId};

use super::{Config, catalogue_file};

/// What the browser lays over the file.
#[derive(Debug, Clone, Default)]
pub struct Overlay {
    /// What the file says; `None` where nothing was laid over it.
    file: Option<Vec<Source>>,
    /// What people decided, by source.
    pub managed: Vec<Managed>,
    /// Where the file and the browser disagree.
    pub conflicts: Vec<Conflict>,
    /// Where sources went that were merged into others.
    pub moved: BTreeMap<SourceId, SourceId>,
}

/// What came of laying decisions over the file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Catalogue {
    /// The sources in force: those of the file in its order, then those that were added, the oldest first.
    pub sources: Vec<Source>,
    /// Where the file and the browser disagree.
    pub conflicts: Vec<Conflict>,
    /// Decisions that the file says itself by now: they can be forgotten.
    pub settled: Vec<SourceId>,
    /// Where sources went that were merged into others.
    pub moved: BTreeMap<SourceId, SourceId>,
}

/// A disagreement about a source.
#[derive(Debug, Clone, PartialEq)]
pub struct Conflict {
    /// Which.
    pub id: SourceId,
    /// What about.
    pub clash: Clash,
    /// What the file says, where it has the source.
    pub file: Option<Source>,
    /// What the browser says.
    pub browser: Source,
}

/// What a disagreement is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clash {
    /// It was added in the browser, and the file has since gained another source of the same id.
    SameId(Vec<Field>),
    /// Its address is also that of another source.
    SameAddress(SourceId),
    /// It was edited in the browser, and the file has since changed the same fields.
    Changed(Vec<Field>),
    /// It was retired in the browser, and the file has since changed these fields.
    Retired(Vec<Field>),
    /// It was edited in the browser, and the file has it no more.
    Gone,
}

/// Who is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// The file.
    File,
    /// The browser.
    Browser,
}

/// What is to be done when somebody has decided a conflict.
#[derive(Debug, Clone, PartialEq)]
pub enum Settlement {
    /// This decision takes the place of the one before.
    Keep(Box<Managed>),
    /// The decision is forgotten.
    Forget(SourceId),
    /// The first source becomes part of the second.
    Merge(SourceId, SourceId),
}

/// Lays decisions over the file.
#[must_use]
pub fn catalogue(file: &[Source], managed: &[Managed]) -> Catalogue {
    let by_id: HashMap<&SourceId, &Managed> =
        managed.iter().map(|one| (&one.source.id, one)).collect();
    let mut done = Catalogue::default();
    let mut from_browser: HashSet<SourceId> = HashSet::new();
    for source in file {
        let Some(decision) = by_id.get(&source.id) else {
            done.sources.push(source.clone());
            continue;
        };
        let clash = match (&decision.base, decision.is_out()) {
            (Some(base), true) => {
                let changed = Field::differing(base, source);
                (!changed.is_empty()).then_some(Clash::Retired(changed))
            }
            (None, true) => Some(Clash::Retired(Field::differing(&decision.source, source))),
            (base, false) => {
                let (merged, both) = merged(source, decision);
                if merged == *source {
                    done.settled.push(source.id.clone());
                } else {
                    from_browser.insert(source.id.clone());
                }
                done.sources.push(merged);
                match base {
                    _ if both.is_empty() => None,
                    Some(_) => Some(Clash::Changed(both)),
                    None => Some(Clash::SameId(both)),
                }
            }
        };
        if let Some(clash) = clash {
            done.conflicts
                .push(conflict(decision, Some(source.clone()), clash));
        }
    }
    let listed: HashSet<&SourceId> = file.iter().map(|source| &source.id).collect();
    let mut alone: Vec<&Managed> = managed
        .iter()
        .filter(|one| !listed.contains(&one.source.id))
        .collect();
    alone.sort_by(|one, other| (one.at, &one.source.id).cmp(&(other.at, &other.source.id)));
    for decision in alone {
        match &decision.fate {
            Fate::Kept => {
                from_browser.insert(decision.source.id.clone());
                done.sources.push(decision.source.clone());
                if decision.base.is_some() {
                    done.conflicts.push(conflict(decision, None, Clash::Gone));
                }
            }
            // It can be taken back from what the store remembers.
            Fate::Retired => done.settled.push(decision.source.id.clone()),
            Fate::Merged(_) => {}
        }
    }
    done.moved = moved(managed);
    part_addresses(&mut done, &by_id, &from_browser);
    done
}

fn conflict(decision: &Managed, file: Option<Source>, clash: Clash) -> Conflict {
    Conflict {
        id: decision.source.id.clone(),
        clash,
        file,
        browser: decision.source.clone(),
    }
}

/// The file's source with what the decision changed, and the fields that both changed, each its own way.
fn merged(file: &Source, decision: &Managed) -> (Source, Vec<Field>) {
    let mut merged = file.clone();
    let mut both = Vec::new();
    for field in Field::ALL {
        let (ours, base) = (&decision.source, decision.base.as_ref());
        let decided = base.is_none_or(|base| !field.agrees(base, ours));
        if !decided || field.agrees(ours, file) {
            continue;
        }
        if base.is_none_or(|base| !field.agrees(base, file)) {
            both.push(field);
        }
        field.copy(ours, &mut merged);
    }
    (merged, both)
}

/// Where each merged source is to be found in the end.
fn moved(managed: &[Managed]) -> BTreeMap<SourceId, SourceId> {
    let next: HashMap<&SourceId, &SourceId> = managed
        .iter()
        .filter_map(|one| match &one.fate {
            Fate::Merged(into) => Some((&one.source.id, into)),
            _ => None,
        })
        .collect();
    let mut moved = BTreeMap::new();
    for (from, into) in &next {
        let (mut end, mut steps) = (*into, 0);
        while let Some(further) = next.get(end) {
            end = further;
            steps += 1;
            // Two that were merged into each other are nowhere else.
            if steps > next.len() || end == *from {
                break;
            }
        }
        if end != *from && steps <= next.len() {
            moved.insert((*from).clone(), end.clone());
        }
    }
    moved
}

/// Of two sources with one address, the one that is the browser's waits.
fn part_addresses(
    done: &mut Catalogue,
    by_id: &HashMap<&SourceId, &Managed>,
    from_browser: &HashSet<SourceId>,
) {
    let mut owners: HashMap<CanonicalUrl, SourceId> = HashMap::new();
    let (theirs, ours): (Vec<usize>, Vec<usize>) =
        (0..done.sources.len()).partition(|index| !from_browser.contains(&done.sources[*index].id));
    for index in theirs.into_iter().chain(ours) {
        let source = &mut done.sources[index];
        let addresses: Vec<CanonicalUrl> = addresses(source).collect();
        let other = addresses
            .iter()
            .find_map(|address| owners.get(address))
            .filter(|other| **other != source.id)
            .cloned();
        if let (Some(other), Some(decision)) = (other, by_id.get(&source.id)) {
            if !source.paused {
                source.paused = true;
                done.conflicts
                    .push(conflict(decision, None, Clash::SameAddress(other)));
            }
            continue;
        }
        for address in addresses {
            owners.entry(address).or_insert_with(|| source.id.clone());
        }
    }
}

/// The addresses that no other source may have.
pub fn addresses(source: &Source) -> impl Iterator<Item = CanonicalUrl> {
    let urls = [&source.url, &source.feed];
    urls.into_iter().flatten().map(CanonicalUrl::of)
}

impl Conflict {
    /// What a choice comes to.
    #[must_use]
    pub fn settle(&self, managed: &Managed, choice: Choice) -> Settlement {
        let rebased = |base: Option<&Source>| {
            Settlement::Keep(Box::new(Managed {
                base: base.cloned(),
                ..managed.clone()
            }))
        };
        match (&self.clash, choice) {
            (Clash::SameAddress(other), Choice::File) => {
                Settlement::Merge(self.id.clone(), other.clone())
            }
            (Clash::SameAddress(other), Choice::Browser) => {
                Settlement::Merge(other.clone(), self.id.clone())
            }
            (Clash::Changed(fields), Choice::File) => {
                let mut kept = managed.clone();
                if let Some(file) = &self.file {
                    for field in fields {
                        field.copy(file, &mut kept.source);
                    }
                    let (merged, _) = merged(file, &kept);
                    kept.source = merged;
                    kept.base = Some(file.clone());
                }
                if kept.base.as_ref() == Some(&kept.source) {
                    Settlement::Forget(self.id.clone())
                } else {
                    Settlement::Keep(Box::new(kept))
                }
            }
            (Clash::Changed(_), Choice::Browser) => match &self.file {
                Some(file) => {
                    let (source, _) = merged(file, managed);
                    Settlement::Keep(Box::new(Managed {
                        source,
                        base: Some(file.clone()),
                        ..managed.clone()
                    }))
                }
                None => rebased(None),
            },
            (_, Choice::File) => Settlement::Forget(self.id.clone()),
            (_, Choice::Browser) => rebased(self.file.as_ref()),
        }
    }
}

impl std::fmt::Display for Conflict {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let id = &self.id;
        let list = |fields: &[Field]| {
            let keys: Vec<&str> = fields.iter().map(|field| field.key()).collect();
            keys.join(", ")
        };
        match &self.clash {
            Clash::SameId(fields) => write!(
                f,
                "source “{id}” was added in the browser, and sources.toml has another of that id ({} differ)",
                list(fields)
            ),
            Clash::SameAddress(other) => write!(
                f,
                "source “{id}” has the address of source “{other}”: it waits, so that nothing is read twice"
            ),
            Clash::Changed(fields) => write!(
                f,
                "source “{id}” was edited in the browser, and sources.toml has changed since ({})",
                list(fields)
            ),
            Clash::Retired(fields) => write!(
                f,
                "source “{id}” was retired in the browser, and sources.toml has changed it since ({})",
                list(fields)
            ),
            Clash::Gone => write!(
                f,
                "source “{id}” was edited in the browser, and sources.toml has it no more"
            ),
        }
    }
}

impl Config {
    /// The sources as the file has them.
    #[must_use]
    pub fn file_sources(&self) -> &[Source] {
        self.overlay.file.as_deref().unwrap_or(&self.sources)
    }

    /// The same configuration with other decisions laid over its sources, and the decisions that can be forgotten.
    #[must_use]
    pub fn overlaid(mut self, managed: Vec<Managed>) -> (Self, Vec<SourceId>) {
        let file = self
            .overlay
            .file
            .take()
            .unwrap_or_else(|| std::mem::take(&mut self.sources));
        let done = catalogue(&file, &managed);
        for digest in &mut self.digests {
            for source in &mut digest.query.source {
                if let Some(end) = done.moved.get(source) {
                    source.clone_from(end);
                }
            }
        }
        let managed = managed
            .into_iter()
            .filter(|one| !done.settled.contains(&one.source.id))
            .collect();
        self.sources = done.sources;
        self.overlay = Overlay {
            file: Some(file),
            managed,
            conflicts: done.conflicts,
            moved: done.moved,
        };
        (self, done.settled)
    }

    /// The sources in force as `sources.toml`. What waits because another has its address is left out, and said.
    #[must_use]
    pub fn exported(&self) -> String {
        self.written(&["The sources in force"], |_| true)
    }

    /// What the browser added or changed alone, in the same format.
    #[must_use]
    pub fn exported_from_browser(&self) -> String {
        self.written(
            &["Sources that were added or changed in the browser"],
            |source| self.decision(&source.id).is_some(),
        )
    }

    fn written(&self, about: &[&str], which: impl Fn(&Source) -> bool) -> String {
        let conflicts: Vec<String> = self
            .overlay
            .conflicts
            .iter()
            .map(|conflict| format!("undecided: {conflict}"))
            .collect();
        let mut about = about.to_vec();
        about.extend(conflicts.iter().map(String::as_str));
        let waits = |source: &Source| {
            self.overlay.conflicts.iter().any(|conflict| {
                conflict.id == source.id && matches!(conflict.clash, Clash::SameAddress(_))
            })
        };
        catalogue_file(
            &about,
            self.sources
                .iter()
                .filter(|source| which(source) && !waits(source)),
        )
    }

    /// What was decided about a source.
    #[must_use]
    pub fn decision(&self, id: &SourceId) -> Option<&Managed> {
        self.overlay.managed.iter().find(|one| one.source.id == *id)
    }
}

#[cfg(test)]
mod tests;
