//! Managing sources in the browser and by the API, over a real service, a real crawler and a real site.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may")]

mod api;
mod hostile;
mod pages;
mod rig;
#[cfg(unix)]
mod running;
