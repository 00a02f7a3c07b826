//! Readers' apps: what they ask of the Google Reader API, in the order in which they do, over a real store and index.
//!
//! The conversations are those of NetNewsWire (`Modules/Account/ReaderAPI`), of FeedMe and of the library that Miniflux publishes;
//! `.ci/apps` lets that library itself speak to a running demo.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may")]

mod conversations;
mod hostile;
mod house;
mod lists;
mod order;
mod sign_in;
