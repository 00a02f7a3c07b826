//! Pages that list far less than they used to, or other things: sites that were redesigned.

use jiff::Timestamp;

use super::{Evidence, Patience};
use crate::domain::{Memory, SourceState, Symptom};

/// What a document listed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Lists {
    /// How many announcements.
    pub listed: u32,
    /// Of these, known before.
    pub known: u32,
    /// Of these, new.
    pub new: u32,
    /// Of these, newer by their own dates than all that was known.
    pub newer: u32,
    /// It is a page or a sitemap, of which vesti had to guess what it lists.
    pub guessed: bool,
    /// It is recognised by what the document before was recognised by.
    pub same_validators: bool,
}

/// Fewer are no list that could shrink.
const FEW: f32 = 5.0;
/// Less than this part of what it used to list is far less.
const PART: f32 = 0.34;
/// Visits in a row after which what a page lists is taken for what it lists now.
const ACCEPTED: u32 = 4;
/// How fast the figure follows.
const SMOOTHING: f32 = 0.15;

/// Whether a page lists far less than it used to, or nothing of what it used to: what it lists may be its menu.
#[must_use]
pub fn suspects(memory: &Memory, lists: &Lists) -> bool {
    let accepted = memory.fewer.is_some_and(|(_, seen)| seen >= ACCEPTED);
    if !lists.guessed || memory.lists < FEW || accepted {
        return false;
    }
    let fewer = (lists.listed as f32) < memory.lists * PART;
    let others = lists.known == 0 && lists.new >= 3 && lists.newer * 2 < lists.new;
    fewer || others
}

pub(super) fn learn(now: Timestamp, evidence: &Evidence, state: &mut SourceState) {
    let Some(lists) = &evidence.lists else {
        return;
    };
    let memory = &mut state.memory;
    if evidence.anew.is_some() || !lists.guessed {
        memory.fewer = None;
        memory.lists = lists.listed as f32;
        return;
    }
    if suspects(memory, lists) {
        let (since, seen) = memory.fewer.unwrap_or((now, 0));
        memory.fewer = Some((since, seen + 1));
        return;
    }
    memory.fewer = None;
    memory.lists = if memory.lists == 0.0 {
        lists.listed as f32
    } else {
        memory.lists + (lists.listed as f32 - memory.lists) * SMOOTHING
    };
}

pub(super) fn found(
    now: Timestamp,
    state: &SourceState,
    patience: &Patience,
) -> Option<(Symptom, Timestamp)> {
    let (since, seen) = state.memory.fewer?;
    let enough = seen > 1 && now.duration_since(since) >= patience.certain;
    enough.then_some((
        Symptom::Redesigned {
            before: state.memory.lists.round() as u32,
            now: state.listed,
        },
        since,
    ))
}
