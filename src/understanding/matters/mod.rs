//! What in an edit matters: a deadline or an event that moved, an amount that changed, a call that was cancelled or opened again.
//!
//! Everything is compared between an older and a newer version, so that what both say is never told as news. The phrases of
//! all four languages are looked for in every text, since many announcements are in two.

mod amounts;
mod money;
mod said;

use jiff::{SignedDuration, Timestamp};

use super::moments::tokens;
use super::words::first_bytes;
use crate::domain::{Deadline, Event, Matter, Stated};
use said::{Said, said};

/// How much of a text is looked through, in bytes.
const MOST: usize = 48 * 1024;
/// Longest evidence and longest place, in characters.
const LONGEST: usize = 300;

/// What one version of an announcement says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Facts<'a> {
    /// Its title.
    pub title: &'a str,
    /// Its text, perhaps only a part of it: see `whole`.
    pub text: &'a str,
    /// The deadline that was found in it.
    pub deadline: Option<&'a Deadline>,
    /// The event that was found in it.
    pub event: Option<&'a Event>,
    /// Whether all of its text is known. What a part of a text leaves out was not taken away.
    pub whole: bool,
}

/// What matters in an edit that was noticed at `now`, the weightiest first.
#[must_use]
pub fn matters(old: &Facts<'_>, new: &Facts<'_>, now: Timestamp) -> Vec<Matter> {
    let (before, after) = (Text::of(old), Text::of(new));
    let mut found = Vec::new();
    let deadline = deadline(old, new);
    let event = event(old, new);
    let year = now.to_zoned(jiff::tz::TimeZone::UTC).year();
    let (was, is) = if old.whole {
        (before.said(year), after.said(year))
    } else {
        // What a text says that was never read before is no news; the title was known.
        (before.said_in_title(year), after.said_in_title(year))
    };
    let passed = matches!(&deadline, Some(Matter::DeadlineMoved { from, to }) if from.at < now && to.at > now);
    if let Some(evidence) = &is.cancelled
        && was.cancelled.is_none()
    {
        found.push(Matter::Cancelled {
            evidence: evidence.clone(),
        });
    } else {
        let taken_back = was.cancelled.is_some() && is.cancelled.is_none() && new.whole;
        let again = is.reopened.as_ref().filter(|_| was.reopened.is_none());
        if passed || taken_back || again.is_some() {
            found.push(Matter::Reopened {
                evidence: again.cloned().unwrap_or_default(),
            });
        }
    }
    if let Some(evidence) = &is.postponed
        && was.postponed.is_none()
        && deadline.is_none()
        && event.is_none()
        && is.cancelled.is_none()
    {
        found.push(Matter::Postponed {
            evidence: evidence.clone(),
        });
    }
    found.extend(deadline);
    found.extend(event);
    found.extend(place(old, new));
    found.extend(amounts::changed(&before.all, &after.all));
    found
}

/// Title and beginning of a text, as they are looked through.
struct Text {
    all: String,
    title: usize,
}

impl Text {
    fn of(facts: &Facts<'_>) -> Self {
        let text = first_bytes(facts.text, MOST);
        Self {
            all: format!("{}\n{text}", facts.title),
            title: facts.title.len(),
        }
    }

    fn said(&self, year: i16) -> Said {
        said(&self.all, self.title, year)
    }

    fn said_in_title(&self, year: i16) -> Said {
        said(&self.all[..self.title], self.title, year)
    }
}

fn stated(deadline: &Deadline) -> Stated {
    Stated {
        at: deadline.at,
        precision: deadline.precision,
    }
}

fn deadline(old: &Facts<'_>, new: &Facts<'_>) -> Option<Matter> {
    match (old.deadline, new.deadline) {
        (Some(from), Some(to)) if from.at != to.at => {
            // One and the same sentence was read otherwise, as where a year is left out; or both versions have both dates, and
            // another one weighs more now: nobody has moved anything.
            let in_new = has(new.text, &from.evidence) || has(new.title, &from.evidence);
            let in_old = has(old.text, &to.evidence) || has(old.title, &to.evidence);
            let same = plain(&from.evidence) == plain(&to.evidence);
            (!(in_new && in_old || same)).then(|| Matter::DeadlineMoved {
                from: stated(from),
                to: stated(to),
            })
        }
        (None, Some(to)) => Some(Matter::DeadlineSet { to: stated(to) })
            .filter(|_| old.whole && !has(old.text, &to.evidence)),
        (Some(from), None) => Some(Matter::DeadlineRemoved { from: stated(from) }).filter(|_| {
            new.whole && !has(new.text, &from.evidence) && !has(new.title, &from.evidence)
        }),
        _ => None,
    }
}

/// Whether a text has a sentence, but for spaces, marks and diacritics.
fn has(text: &str, sentence: &str) -> bool {
    let sentence = plain(sentence);
    !sentence.trim().is_empty() && plain(first_bytes(text, MOST)).contains(&sentence)
}

/// A text with a blank around each word, for comparing.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len() + 2);
    plain.push(' ');
    for token in tokens(text) {
        match token.number() {
            Some(_) => plain.push_str(&text[token.at.clone()]),
            None if token.word().is_empty() => continue,
            None => plain.push_str(token.word()),
        }
        plain.push(' ');
    }
    plain
}

fn event(old: &Facts<'_>, new: &Facts<'_>) -> Option<Matter> {
    let (from, to) = (old.event?, new.event?);
    // Where only the hour differs from midnight, the hour was learnt, and nothing was put off.
    let near = from.start.duration_since(to.start).abs() < SignedDuration::from_mins(1);
    (!near).then_some(Matter::EventMoved {
        from: from.start,
        to: to.start,
    })
}

fn place(old: &Facts<'_>, new: &Facts<'_>) -> Option<Matter> {
    let (from, to) = (old.event?.place.as_ref()?, new.event?.place.as_ref()?);
    let (was, is) = (plain(from), plain(to));
    // “Chișinău” and “Chișinău, str. Columna 3” are the same place, said more exactly.
    (!was.contains(&is) && !is.contains(&was)).then(|| Matter::PlaceChanged {
        from: cut(from),
        to: cut(to),
    })
}

/// A text on one line, not longer than evidence may be.
fn cut(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONGEST {
        return line;
    }
    let short: String = line.chars().take(LONGEST - 1).collect();
    let end = short.rfind(' ').unwrap_or(short.len());
    format!("{}…", &short[..end])
}

#[cfg(test)]
mod tests;
