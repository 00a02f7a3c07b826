//! Stories: which announcements tell the same thing, copied, edited, cut short or translated.
//!
//! [`sketch`] reduces an announcement to numbers, [`keys`] are what sketches that may tell the same have in common, and
//! [`judge`] decides about two of them. [`partition`] makes stories of many decisions.
//!
//! Near-copies are known by runs of four words, as ReliefWeb does it; how much must agree depends on the length
//! (lemon24/reader), titles are compared by the words that they share (NewsBlur). Translations have no words in common:
//! they are known by addresses, days, amounts and names.

mod figures;
mod judge;
mod keys;
mod letters;
mod partition;
mod sketch;
mod translation;

pub use judge::{Told, Verdict, Why, judge};
pub use keys::{keys, telling_figures};
pub use partition::{Link, Member, partition};
pub(super) use sketch::sketch_scanned;
pub use sketch::{Facts, is_easy, sketch};

/// How far apart in time announcements of one story may be (milliseconds): thirty days.
pub const WINDOW: i64 = 30 * DAY;
/// The same in days, those begun counted.
pub const WINDOW_DAYS: u32 = 31;

const DAY: i64 = 86_400_000;

/// How many numbers two sorted lists have in common.
fn common(a: &[u32], b: &[u32]) -> usize {
    let mut found = 0;
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    while let (Some(left), Some(right)) = (a.peek(), b.peek()) {
        match left.cmp(right) {
            std::cmp::Ordering::Less => {
                a.next();
            }
            std::cmp::Ordering::Greater => {
                b.next();
            }
            std::cmp::Ordering::Equal => {
                found += 1;
                a.next();
                b.next();
            }
        }
    }
    found
}

#[cfg(test)]
mod tests;
