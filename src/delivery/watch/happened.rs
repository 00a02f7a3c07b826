//! What happened to sources, in the words of a watch.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::delivery::findings::sentences;
use crate::delivery::words::Ui;
use crate::domain::{Happening, Language, Turn};

/// What happened, in plain words; of what is over, that it is.
pub(super) fn notice(
    happening: &Happening,
    language: Language,
    zone: &TimeZone,
    now: Timestamp,
) -> String {
    let told = sentences(&happening.finding, language, zone, now);
    match happening.turn {
        Turn::Began => [told.what, told.did, told.todo]
            .into_iter()
            .filter(|sentence| !sentence.is_empty())
            .collect::<Vec<_>>()
            .join(" "),
        Turn::Ended => {
            let over = [
                "Nu mai este așa:",
                "Vairs tā nav:",
                "Больше не так:",
                "No longer so:",
            ][Ui::of(language) as usize];
            format!("{over} {}", told.what)
        }
    }
}
