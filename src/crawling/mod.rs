//! The crawler: what is due is leased, fetched, read, understood and recorded.

mod crawler;
pub mod decide;
mod discover;
pub mod fetch;
pub mod lifecycle;
mod page;
mod shared;
mod visit;

pub use crawler::{Crawler, Pass, span};
pub use visit::Report;
