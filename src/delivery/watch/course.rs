//! When a watch tells what it has found. Pure.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::config::{DigestSpec, Manner, Period};
use crate::delivery::digest::periods;
use crate::domain::{Rhythm, SearchRequest, WatchSpec};
use crate::store::Found;

/// What is told at once waits so long for what comes with it.
const GATHER: SignedDuration = SignedDuration::from_secs(3);
/// Least time between two bulletins that are told at once.
const GAP: SignedDuration = SignedDuration::from_mins(1);

/// When a watch is to tell next; `None` where it has found nothing. `zone` is the one in which its hours are meant; `fired`, when it
/// told something last.
#[must_use]
pub fn next(
    spec: &WatchSpec,
    zone: &TimeZone,
    found: &[Found],
    fired: Option<Timestamp>,
) -> Option<Timestamp> {
    let first = found.iter().map(|found| found.due).min()?;
    let at = match spec.rhythm {
        Rhythm::AtOnce => {
            let gathered = first.saturating_add(GATHER).unwrap_or(first);
            let apart = fired.and_then(|fired| fired.checked_add(GAP).ok());
            apart.map_or(gathered, |apart| apart.max(gathered))
        }
        Rhythm::Daily { .. } | Rhythm::Weekly { .. } => {
            periods::next_end(&grid(spec.rhythm, zone), first)
        }
    };
    Some(spec.quiet.map_or(at, |quiet| quiet.over(at, zone)))
}

/// What of it is told at `now`.
#[must_use]
pub fn spoken(found: &[Found], now: Timestamp) -> Vec<Found> {
    found
        .iter()
        .filter(|found| found.due <= now)
        .cloned()
        .collect()
}

/// The rhythm as that of a digest, whose calendar it shares.
fn grid(rhythm: Rhythm, zone: &TimeZone) -> DigestSpec {
    let (period, weekday, hour) = match rhythm {
        Rhythm::AtOnce => (Period::AtOnce, jiff::civil::Weekday::Monday, 0),
        Rhythm::Daily { hour } => (Period::Daily, jiff::civil::Weekday::Monday, hour),
        Rhythm::Weekly { weekday, hour } => (Period::Weekly, weekday.weekday(), hour),
    };
    DigestSpec {
        id: crate::domain::WatchId(0)
            .digest()
            .unwrap_or_else(|| unreachable!("a number is a name")),
        title: Vec::new(),
        query: SearchRequest::default(),
        period,
        hour,
        weekday,
        time_zone: zone.clone(),
        limit: super::bulletin::MOST,
        recipients: Vec::new(),
        manner: Manner::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Day, ItemId, Language, Quiet};
    use crate::store::Thing;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn spec(rhythm: Rhythm, quiet: Option<Quiet>) -> WatchSpec {
        WatchSpec {
            name: "Apeluri".into(),
            lang: Language::RO,
            search: Vec::new(),
            items: true,
            edits: false,
            notices: None,
            rhythm,
            quiet,
            feed: false,
            hook: None,
            paused: false,
        }
    }

    fn found(due: &str) -> Found {
        Found {
            number: 1,
            thing: Thing::Item(ItemId::new(1)),
            at: at(due),
            due: at(due),
        }
    }

    #[test]
    fn what_is_told_at_once_comes_together_and_not_in_the_night() {
        let zone = TimeZone::get("Europe/Riga").unwrap();
        let night = Some(Quiet { from: 22, to: 7 });
        let when = |quiet, due: &str, fired: Option<&str>| {
            let spec = spec(Rhythm::AtOnce, quiet);
            next(&spec, &zone, &[found(due)], fired.map(at))
                .unwrap()
                .to_string()
        };
        assert_eq!(
            when(None, "2026-11-22T10:00:00Z", None),
            "2026-11-22T10:00:03Z"
        );
        assert_eq!(
            when(None, "2026-11-22T10:00:00Z", Some("2026-11-22T09:59:30Z")),
            "2026-11-22T10:00:30Z"
        );
        assert_eq!(
            when(night, "2026-11-22T21:00:00Z", None),
            "2026-11-23T05:00:00Z"
        );
        assert_eq!(next(&spec(Rhythm::AtOnce, None), &zone, &[], None), None);
    }

    #[test]
    fn summaries_come_at_their_hour() {
        let zone = TimeZone::get("Europe/Riga").unwrap();
        let when = |rhythm, due: &str| {
            next(&spec(rhythm, None), &zone, &[found(due)], None)
                .unwrap()
                .to_string()
        };
        let daily = Rhythm::Daily { hour: 9 };
        assert_eq!(when(daily, "2026-11-22T06:59:59Z"), "2026-11-22T07:00:00Z");
        assert_eq!(when(daily, "2026-11-22T07:00:00Z"), "2026-11-23T07:00:00Z");
        let weekly = Rhythm::Weekly {
            weekday: Day::Wednesday,
            hour: 9,
        };
        assert_eq!(when(weekly, "2026-11-22T07:00:00Z"), "2026-11-25T07:00:00Z");
    }

    #[test]
    fn what_has_to_wait_is_not_spoken_of() {
        let both = [found("2026-11-22T10:00:00Z"), found("2026-11-22T11:00:00Z")];
        assert_eq!(spoken(&both, at("2026-11-22T10:30:00Z")), both[..1]);
    }
}
