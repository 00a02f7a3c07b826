//! Watches at real receivers: what they find arrives signed, at its time, and once, also where services fail and the process is killed.
//!
//! `VESTI_WATCH_KILLS` sets how often the process is killed (default 8), `VESTI_WATCH_SEED` repeats a run's moments.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may")]

mod course;
#[cfg(unix)]
mod kills;
mod receiver;
#[allow(dead_code, reason = "shared with the tests of mail")]
#[path = "../mail/sink.rs"]
mod sink;

use vesti::domain::{Hook, HookFormat, Language, Quiet, Rhythm, WatchSpec};

/// The secret of every watch here: base64 of 32 bytes.
const SECRET: &str = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

/// A watch of everything that tells a receiver at once.
fn spec(name: &str, url: &str) -> WatchSpec {
    WatchSpec {
        name: name.into(),
        lang: Language::RO,
        search: Vec::new(),
        items: true,
        edits: true,
        notices: None,
        rhythm: Rhythm::AtOnce,
        quiet: None::<Quiet>,
        feed: true,
        hook: Some(Hook {
            url: url.parse().unwrap(),
            format: HookFormat::Json,
            room: None,
            access: None,
        }),
        paused: false,
    }
}
