//! The crawler: what is due is leased, fetched, read, understood and recorded.

mod backfill;
mod complete;
mod crawler;
pub mod decide;
pub mod documents;
pub mod fetch;
mod file;
pub mod health;
pub mod lifecycle;
pub mod managing;
mod page;
pub mod probe;
mod processors;
mod retag;
mod shared;
mod visit;
pub mod ways;
pub mod websub;
mod weigh;

pub use backfill::BackfillError;
pub use complete::complete;
pub use crawler::{Crawler, Pass, span};
pub use processors::Processors;
pub use visit::Report;
