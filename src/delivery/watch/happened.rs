//! What happened to sources, and what is said of it.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::delivery::words::Ui;
use crate::domain::{Happening, Language, Turn};
use crate::store::{Store, StoreError};

/// What happened after the happening of this number, the oldest first (blocking).
pub(super) fn happenings_after(
    _store: &Store,
    _number: u64,
    _most: usize,
) -> Result<Vec<Happening>, StoreError> {
    Ok(Vec::new())
}

/// What happened, in plain words.
pub(super) fn notice(
    happening: &Happening,
    language: Language,
    zone: &TimeZone,
    _now: Timestamp,
) -> String {
    let ui = Ui::of(language);
    let since = ui.day(happening.finding.since.to_zoned(zone.clone()).date());
    let what = happening.finding.symptom.word();
    match happening.turn {
        Turn::Began => format!("{what} ({since})"),
        Turn::Ended => {
            let over = ["s-a remediat", "novērsts", "устранено", "over"][ui as usize];
            format!("{what}: {over}")
        }
    }
}
