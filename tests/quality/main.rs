//! How well reading and understanding do, measured on labelled sets of the project's own; the figures may not fall below `floors.toml`.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may")]

mod articles;
mod charsets;
mod dates;
mod deadlines;
mod documents;
mod events;
mod feeds;
mod floors;
mod kinds;
mod languages;
mod listings;
#[allow(dead_code, reason = "the tests of the index need more of it")]
#[path = "../index/log.rs"]
mod log;
mod metrics;
mod relevance;
mod stories;
mod topics;
