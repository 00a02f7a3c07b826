//! Managing the catalogue while it is in use: each change is recorded with who made it, and in force at once.
//!
//! There is one catalogue for the whole process: the configuration that [`Managing::watch`] tells of, whose sources are
//! those of the store. Changes come one after the other.

use std::sync::Arc;

use jiff::Timestamp;
use tokio::sync::{Mutex, watch};

use crate::config::{Choice, Config, Settlement, addresses};
use crate::domain::{Fate, Field, Managed, Source, SourceId};
use crate::store::{Decided, Deed, Did, Store, StoreError};

/// The catalogue in force, and the only way to change it. Cheap to clone.
#[derive(Clone)]
pub struct Managing {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    config: watch::Sender<Arc<Config>>,
    /// Whose turn it is to change something.
    turn: Mutex<()>,
}

/// What somebody wants.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// New sources, all or none.
    Add(Vec<Source>),
    /// A source said differently; another address moves it.
    Edit(Box<Source>),
    /// Not visited for a while.
    Pause(SourceId),
    /// Visited again.
    Resume(SourceId),
    /// Visited no more; its items stay.
    Retire(SourceId),
    /// Back in the catalogue.
    Restore(SourceId),
    /// The first becomes part of the second, with its items.
    Merge(SourceId, SourceId),
    /// Who is right about a source of which the file says something else.
    Settle(SourceId, Choice),
}

/// Why a change is not made.
#[derive(Debug, thiserror::Error)]
pub enum Unmanageable {
    /// No such source.
    #[error("there is no source “{0}”")]
    Unknown(SourceId),
    /// Its id is taken.
    #[error("there is a source “{0}” already: choose another id")]
    IdTaken(SourceId),
    /// Its address is taken.
    #[error("source “{0}” has this address already")]
    AddressTaken(SourceId),
    /// It has no address.
    #[error("source “{0}” has no address: give it one first")]
    NoAddress(SourceId),
    /// It is paused.
    #[error("source “{0}” is paused: resume it first")]
    Paused(SourceId),
    /// A source and itself.
    #[error("a source cannot become part of itself")]
    Itself,
    /// What is for staff only would be shown to everybody.
    #[error("“{0}” is private and “{1}” is not: its items would be shown to everybody")]
    Exposing(SourceId, SourceId),
    /// Nothing to decide.
    #[error("there is nothing to decide about source “{0}” any more")]
    Settled(SourceId),
    /// The store refuses.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Change {
    /// Which source it is about; the first of several.
    #[must_use]
    pub fn about(&self) -> Option<&SourceId> {
        match self {
            Self::Add(sources) => sources.first().map(|source| &source.id),
            Self::Edit(source) => Some(&source.id),
            Self::Pause(id)
            | Self::Resume(id)
            | Self::Retire(id)
            | Self::Restore(id)
            | Self::Merge(id, _)
            | Self::Settle(id, _) => Some(id),
        }
    }
}

impl Managing {
    /// Lays what was decided over the configuration, and puts the catalogue that comes of it in force.
    ///
    /// # Errors
    /// Where the store refuses.
    pub async fn open(store: Store, config: Config, now: Timestamp) -> Result<Self, StoreError> {
        let config = in_force(&store, config, now).await?;
        Ok(Self {
            inner: Arc::new(Inner {
                store,
                config: watch::Sender::new(Arc::new(config)),
                turn: Mutex::new(()),
            }),
        })
    }

    /// The configuration in force.
    #[must_use]
    pub fn config(&self) -> Arc<Config> {
        self.inner.config.borrow().clone()
    }

    /// Tells of every configuration.
    #[must_use]
    pub fn watch(&self) -> watch::Receiver<Arc<Config>> {
        self.inner.config.subscribe()
    }

    /// Puts files that were read anew in force, with what was decided laid over them.
    ///
    /// # Errors
    /// Where the store refuses; the old configuration stays.
    pub async fn reload(&self, files: Config, now: Timestamp) -> Result<(), StoreError> {
        let _turn = self.inner.turn.lock().await;
        let config = in_force(&self.inner.store, files, now).await?;
        self.inner.config.send_replace(Arc::new(config));
        Ok(())
    }

    /// Makes a change, which is recorded and in force when this returns.
    ///
    /// # Errors
    /// Where it cannot be made; then nothing changes.
    pub async fn change(
        &self,
        change: Change,
        by: &str,
        now: Timestamp,
    ) -> Result<(), Unmanageable> {
        let _turn = self.inner.turn.lock().await;
        let before = self.config();
        let plan = self.plan(&before, &change, by, now)?;
        let mut managed = before.overlay.managed.clone();
        managed.retain(|one| {
            !plan.forget.contains(&one.source.id)
                && plan.keep.iter().all(|kept| kept.source.id != one.source.id)
        });
        managed.extend(plan.keep.iter().cloned());
        let (config, settled) = Config::clone(&before).overlaid(managed);
        let mut decided = Decided {
            sources: config.sources.clone(),
            deed: Some(deed(&before, &change, by)),
            ..plan
        };
        decided
            .keep
            .retain(|kept| !settled.contains(&kept.source.id));
        decided.forget.extend(settled);
        self.inner.store.decide(decided, now).await?;
        self.inner.config.send_replace(Arc::new(config));
        Ok(())
    }

    /// Has a source visited next, out of turn.
    ///
    /// # Errors
    /// Where it is not visited at all.
    pub async fn visit(&self, id: &SourceId, by: &str, now: Timestamp) -> Result<(), Unmanageable> {
        if self.inner.store.make_due(id, by, now).await? {
            return Ok(());
        }
        let config = self.config();
        let known = config.sources.iter().any(|source| source.id == *id);
        Err(if known {
            Unmanageable::Paused(id.clone())
        } else {
            Unmanageable::Unknown(id.clone())
        })
    }

    fn plan(
        &self,
        config: &Config,
        change: &Change,
        by: &str,
        now: Timestamp,
    ) -> Result<Decided, Unmanageable> {
        let listed = |id: &SourceId| config.sources.iter().find(|source| source.id == *id);
        let known = |id: &SourceId| listed(id).ok_or_else(|| Unmanageable::Unknown(id.clone()));
        let in_file = |id: &SourceId| config.file_sources().iter().find(|one| one.id == *id);
        let decision = |source: &Source, fate: Fate| Managed {
            source: source.clone(),
            base: in_file(&source.id).cloned(),
            fate,
            by: by.to_owned(),
            at: now,
        };
        let wanted = |source: &Source| -> Result<Decided, Unmanageable> {
            free(config, source)?;
            Ok(if in_file(&source.id) == Some(source) {
                forget(&source.id)
            } else {
                keep(decision(source, Fate::Kept))
            })
        };
        match change {
            Change::Add(sources) => {
                self.adding(config, sources, |source| decision(source, Fate::Kept))
            }
            Change::Edit(source) => {
                known(&source.id)?;
                wanted(source)
            }
            Change::Pause(id) => wanted(&Source {
                paused: true,
                ..known(id)?.clone()
            }),
            Change::Resume(id) => {
                let source = known(id)?;
                if source.url.is_none() {
                    return Err(Unmanageable::NoAddress(id.clone()));
                }
                wanted(&Source {
                    paused: false,
                    ..source.clone()
                })
            }
            Change::Retire(id) => {
                let source = known(id)?;
                Ok(match in_file(id) {
                    Some(_) => keep(decision(source, Fate::Retired)),
                    None => forget(id),
                })
            }
            Change::Restore(id) => {
                if listed(id).is_some() {
                    return Err(Unmanageable::IdTaken(id.clone()));
                }
                let source = match config.decision(id) {
                    Some(decision) => decision.source.clone(),
                    None => self.remembered(id)?,
                };
                wanted(&source)
            }
            Change::Merge(from, into) => {
                if from == into {
                    return Err(Unmanageable::Itself);
                }
                let target = known(into)?;
                let source = match listed(from) {
                    Some(source) => source.clone(),
                    None => self.remembered(from)?,
                };
                merging(&source, target, decision)
            }
            Change::Settle(id, choice) => {
                let settled = || Unmanageable::Settled(id.clone());
                let conflict = config
                    .overlay
                    .conflicts
                    .iter()
                    .find(|conflict| conflict.id == *id)
                    .ok_or_else(settled)?;
                let managed = config.decision(id).ok_or_else(settled)?;
                match conflict.settle(managed, *choice) {
                    Settlement::Keep(kept) => Ok(keep(*kept)),
                    Settlement::Forget(id) => Ok(forget(&id)),
                    Settlement::Merge(from, into) => {
                        merging(known(&from)?, known(&into)?, decision)
                    }
                }
            }
        }
    }

    fn adding(
        &self,
        config: &Config,
        sources: &[Source],
        decision: impl Fn(&Source) -> Managed,
    ) -> Result<Decided, Unmanageable> {
        let mut decided = Decided::default();
        let mut beside = config.clone();
        for source in sources {
            let id = &source.id;
            let taken = || Unmanageable::IdTaken(id.clone());
            if beside.sources.iter().any(|one| one.id == *id) || config.decision(id).is_some() {
                return Err(taken());
            }
            // Another organisation must not get the items of one that is no longer read.
            if let Some(before) = self.inner.store.source(id)?
                && before.items > 0
                && !addresses(&before.source).any(|one| addresses(source).any(|own| own == one))
            {
                return Err(taken());
            }
            free(&beside, source)?;
            beside.sources.push(source.clone());
            decided.keep.push(decision(source));
        }
        Ok(decided)
    }

    /// A source that is no longer in the catalogue.
    fn remembered(&self, id: &SourceId) -> Result<Source, Unmanageable> {
        let record = self.inner.store.source(id)?;
        record
            .map(|record| record.source)
            .ok_or_else(|| Unmanageable::Unknown(id.clone()))
    }
}

/// What the log says of a change.
fn deed(before: &Config, change: &Change, by: &str) -> Deed {
    let (what, detail) = match change {
        Change::Add(sources) => {
            let ids: Vec<&str> = sources.iter().map(|source| source.id.as_str()).collect();
            (Did::SourcesAdded, ids.join(", "))
        }
        Change::Edit(source) => {
            let old = before.sources.iter().find(|one| one.id == source.id);
            let changed = old.map_or_else(Vec::new, |old| Field::differing(old, source));
            let address = |source: Option<&Source>| {
                let url = source.and_then(|source| source.url.as_ref());
                url.map(ToString::to_string).unwrap_or_default()
            };
            if changed.contains(&Field::Url) {
                let detail = format!("{} → {}", address(old), address(Some(source)));
                (Did::SourceMoved, detail)
            } else {
                let keys: Vec<&str> = changed.iter().map(|field| field.key()).collect();
                (Did::SourceEdited, keys.join(", "))
            }
        }
        Change::Pause(_) => (Did::SourcePaused, String::new()),
        Change::Resume(_) => (Did::SourceResumed, String::new()),
        Change::Retire(_) => (Did::SourceRetired, String::new()),
        Change::Restore(_) => (Did::SourceRestored, String::new()),
        Change::Merge(_, into) => (Did::SourcesMerged, format!("→ {into}")),
        Change::Settle(_, choice) => {
            let who = match choice {
                Choice::File => "sources.toml",
                Choice::Browser => "browser",
            };
            (Did::ConflictSettled, who.to_owned())
        }
    };
    Deed {
        who: by.to_owned(),
        what,
        about: change.about().map(ToString::to_string).unwrap_or_default(),
        detail,
    }
}

fn keep(decision: Managed) -> Decided {
    Decided {
        keep: vec![decision],
        ..Decided::default()
    }
}

fn merging(
    from: &Source,
    into: &Source,
    decision: impl Fn(&Source, Fate) -> Managed,
) -> Result<Decided, Unmanageable> {
    if from.private && !into.private {
        return Err(Unmanageable::Exposing(from.id.clone(), into.id.clone()));
    }
    Ok(Decided {
        merge: Some((from.id.clone(), into.id.clone())),
        ..keep(decision(from, Fate::Merged(into.id.clone())))
    })
}

fn forget(id: &SourceId) -> Decided {
    Decided {
        forget: vec![id.clone()],
        ..Decided::default()
    }
}

/// Fails where another source in force has the address.
fn free(config: &Config, source: &Source) -> Result<(), Unmanageable> {
    match taken_by(config, source) {
        Some(other) => Err(Unmanageable::AddressTaken(other.id.clone())),
        None => Ok(()),
    }
}

/// The other source in force that has an address of this one.
#[must_use]
pub fn taken_by<'a>(config: &'a Config, source: &Source) -> Option<&'a Source> {
    let own: Vec<_> = addresses(source).collect();
    config.sources.iter().find(|other| {
        other.id != source.id && addresses(other).any(|address| own.contains(&address))
    })
}

/// The configuration with what was decided laid over it; the store has its sources then.
async fn in_force(store: &Store, files: Config, now: Timestamp) -> Result<Config, StoreError> {
    let (config, settled) = files.overlaid(store.managed()?);
    for conflict in &config.overlay.conflicts {
        tracing::warn!("{conflict}: /monitor/catalogue asks who is right");
    }
    let decided = Decided {
        forget: settled,
        sources: config.sources.clone(),
        ..Decided::default()
    };
    store.decide(decided, now).await?;
    Ok(config)
}

#[cfg(test)]
mod tests;
