//! When an answer last changed, for those who ask by `If-Modified-Since` alone.
//!
//! What an answer shows has dates, but none of them tells of what left it: an announcement that was withdrawn, or edited
//! into something else. So it is noted when each answer was first seen to be another. Of an answer that nobody asked for
//! yet, or that was forgotten, only this much is known: it is no younger than the last change of anything.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};

use super::recent::Moment;
use super::reply::Reply;

/// Most answers of which this is known, a few dozen bytes each.
const MOST: usize = 20_000;

/// What is known of answers that were given.
#[derive(Debug, Clone, Default)]
pub(super) struct Since(Arc<Mutex<Known>>);

#[derive(Debug, Default)]
struct Known {
    /// The last state of everything, and when it was noticed.
    state: Option<(Moment, Timestamp)>,
    /// By question: the ETag, and when it was first given.
    answers: FxHashMap<Key, (Box<str>, Timestamp)>,
}

/// Half a SHA-256 of a question, which may be long.
type Key = [u8; 16];

fn key(question: &str) -> Key {
    let mut key = [0; 16];
    key.copy_from_slice(&Sha256::digest(question)[..16]);
    key
}

impl Since {
    /// When the answer to a question, which has this ETag at this moment, last changed; whole seconds.
    pub(super) fn of(
        &self,
        moment: &Moment,
        question: &str,
        etag: &str,
        now: Timestamp,
    ) -> Timestamp {
        let now = Timestamp::from_second(now.as_second()).unwrap_or(now);
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let noticed = match &known.state {
            Some((state, noticed)) if state.is_same_state(moment) => *noticed,
            _ => {
                known.state = Some((moment.clone(), now));
                now
            }
        };
        let question = key(question);
        let since = match known.answers.get(&question) {
            Some((same, since)) if **same == *etag => return *since,
            // Two answers of one second must not bear the same date.
            Some((_, before)) => noticed.max(
                before
                    .saturating_add(SignedDuration::from_secs(1))
                    .unwrap_or(*before),
            ),
            None => noticed,
        };
        if known.answers.len() >= MOST {
            known.answers.clear();
        }
        known.answers.insert(question, (etag.into(), since));
        since
    }
}

impl super::context::Ask {
    /// An answer with the date since which it has been as it is.
    pub(super) fn with_its_date(&self, reply: Reply) -> Reply {
        let reply = reply.sealed();
        let since = reply.etag().map(|etag| {
            self.app
                .since
                .of(&self.moment(), &self.question(), etag, self.now)
        });
        reply.modified(since)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Seq;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    fn moment(store: u64) -> Moment {
        Moment {
            index: 1,
            store: Seq(store),
            config: Arc::default(),
            minute: 1,
        }
    }

    #[test]
    fn an_answer_is_dated_by_when_it_became_what_it_is() {
        let since = Since::default();
        let one = moment(1);
        assert_eq!(since.of(&one, "/feed.rss", "a", at(0)), at(0));
        assert_eq!(since.of(&one, "/feed.rss", "a", at(60)), at(0));
        // Asked for the first time, it may have been otherwise until the last change of anything.
        assert_eq!(since.of(&one, "/feed.atom", "x", at(70)), at(0));
        let two = Moment {
            store: Seq(2),
            ..one.clone()
        };
        assert_eq!(
            since.of(&two, "/feed.rss", "a", at(80)),
            at(0),
            "not this one"
        );
        assert_eq!(since.of(&two, "/feed.rss", "b", at(90)), at(80));
    }

    #[test]
    fn memory_is_bounded_however_much_is_asked() {
        let since = Since::default();
        for number in 0..=MOST {
            let question = format!("/feed.rss?q={number}");
            since.of(&moment(1), &question, "a", at(0));
        }
        let known = since.0.lock().unwrap();
        assert!(known.answers.len() <= MOST);
    }

    #[test]
    fn two_answers_of_one_second_have_two_dates() {
        let since = Since::default();
        assert_eq!(since.of(&moment(1), "/", "a", at(0)), at(0));
        assert_eq!(since.of(&moment(2), "/", "b", at(0)), at(1));
        assert_eq!(since.of(&moment(3), "/", "c", at(0)), at(2));
    }
}
