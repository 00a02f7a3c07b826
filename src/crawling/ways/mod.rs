//! The ways of reading a source, from the best to the last resort: a feed, the REST interface of WordPress, the page that
//! lists its announcements, a sitemap. [`compare`] finds out which of them a source offers; [`look`] goes the one that was
//! found.

mod budget;
mod compare;
mod read;

pub use compare::{Comparison, Found, Tried, compare, compare_without};
pub use read::{Failed, Look, Looked, Plainly, Reading, decoded, look, plainly, read, shows};
pub(super) use read::{listed, pages};
