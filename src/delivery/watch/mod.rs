//! Watches: what each finds, when it tells that, and in which words.
//!
//! `bulletin` is what is told, as data; `course` says when, `telling` in which words; these are pure. `keep` asks the store and the
//! index, and publishes. What is sent to services by whichever way is in [`super::hook`], mails in [`super::mail`].

mod bulletin;
mod course;
mod feed;
mod happened;
mod keep;
mod mail;
mod secrets;
mod telling;
#[cfg(test)]
pub(super) use telling::samples;

pub use bulletin::{Bulletin, EditJson, NoticeJson, WatchRef};
pub use course::{next, spoken};
pub use feed::{WatchFeed, watch_feed};
pub use keep::keep_watches;
pub(super) use mail::{html, text};
pub use secrets::{new_secret, signature};
pub use telling::{Line, Section, Telling};
