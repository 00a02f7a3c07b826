//! Answers given a moment ago, for as long as the same question has the same answer: feeds that a hundred readers poll,
//! and the front page on the morning of a big call, are made once.

use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;

use super::reply::Reply;
use crate::config::Config;
use crate::domain::Seq;

/// Most memory for bodies, in bytes.
const ROOM: usize = 8 << 20;
/// Largest body kept, in bytes.
const LARGEST: usize = 256 << 10;
/// Most answers kept.
const MOST: usize = 2_000;

/// All that answers depend on beside the question. While it is the same, so are they.
#[derive(Debug, Clone)]
pub(super) struct Moment {
    /// What the index shows.
    pub(super) index: u64,
    /// The last change recorded.
    pub(super) store: Seq,
    pub(super) config: Arc<Config>,
    /// Since 1970: words such as "3 days left" grow old.
    pub(super) minute: i64,
}

impl PartialEq for Moment {
    fn eq(&self, other: &Self) -> bool {
        self.minute == other.minute && self.is_same_state(other)
    }
}

impl Moment {
    /// Whether nothing was recorded, indexed or configured between the two.
    pub(super) fn is_same_state(&self, other: &Self) -> bool {
        self.index == other.index
            && self.store == other.store
            && Arc::ptr_eq(&self.config, &other.config)
    }
}

/// The answers of one moment.
#[derive(Debug, Clone, Default)]
pub(super) struct Recent(Arc<Mutex<Kept>>);

#[derive(Debug, Default)]
struct Kept {
    moment: Option<Moment>,
    replies: FxHashMap<String, Reply>,
    bytes: usize,
}

impl Recent {
    /// The answer to a question, if it was given in this moment.
    pub(super) fn find(&self, moment: &Moment, question: &str) -> Option<Reply> {
        let kept = self.kept();
        if kept.moment.as_ref() != Some(moment) {
            return None;
        }
        kept.replies.get(question).cloned()
    }

    /// Keeps an answer that was made from this moment.
    pub(super) fn keep(&self, moment: &Moment, question: String, reply: &Reply) {
        let size = reply.size() + question.len();
        if size > LARGEST || !reply.is_ok() {
            return;
        }
        let mut kept = self.kept();
        let outdated = kept.moment.as_ref() != Some(moment);
        if outdated || kept.bytes + size > ROOM || kept.replies.len() >= MOST {
            *kept = Kept {
                moment: Some(moment.clone()),
                ..Kept::default()
            };
        }
        kept.bytes += size;
        kept.replies.insert(question, reply.clone());
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::StatusCode;

    fn moment(store: u64) -> Moment {
        Moment {
            index: 1,
            store: Seq(store),
            config: Arc::default(),
            minute: 7,
        }
    }

    #[test]
    fn an_answer_is_as_old_as_what_it_was_made_from() {
        let (recent, now) = (Recent::default(), moment(1));
        recent.keep(&now, "/?q=a".into(), &Reply::html("a".into()));
        assert!(recent.find(&now, "/?q=a").is_some());
        assert!(recent.find(&now, "/?q=b").is_none());
        for other in [
            Moment {
                index: 2,
                ..now.clone()
            },
            Moment {
                store: Seq(2),
                ..now.clone()
            },
            Moment {
                minute: 8,
                ..now.clone()
            },
            Moment {
                config: Arc::default(),
                ..now.clone()
            },
        ] {
            assert!(recent.find(&other, "/?q=a").is_none(), "{other:?}");
        }
        let later = moment(2);
        recent.keep(&later, "/?q=b".into(), &Reply::html("b".into()));
        assert!(
            recent.find(&now, "/?q=a").is_none(),
            "the past is forgotten"
        );
    }

    #[test]
    fn memory_is_bounded_and_errors_are_not_kept() {
        let (recent, now) = (Recent::default(), moment(1));
        for number in 0..200 {
            recent.keep(&now, number.to_string(), &Reply::html("x".repeat(100_000)));
            assert!(recent.kept().bytes <= ROOM);
        }
        assert!(recent.find(&now, "199").is_some());
        recent.keep(&now, "big".into(), &Reply::html("x".repeat(LARGEST)));
        assert!(recent.find(&now, "big").is_none());
        let error = Reply::html("e".into()).status(StatusCode::BAD_REQUEST);
        recent.keep(&now, "error".into(), &error);
        assert!(recent.find(&now, "error").is_none());
    }
}
