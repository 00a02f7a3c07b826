//! What operators do: look after an installation, back it up, restore it, measure it.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may")]

mod backup;
mod doctor;
mod figures;
mod log;
mod manager;
mod packaging;
#[allow(dead_code, reason = "it serves other tests too")]
#[path = "../service/place.rs"]
mod place;
mod upgrade;
