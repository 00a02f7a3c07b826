//! Publication dates, judged: sources say the year 1, the year 20026 and tomorrow.

use jiff::{SignedDuration, Timestamp, tz::TimeZone};

use crate::domain::Precision;

/// Nothing on the web was published before.
const FIRST_YEAR: i16 = 1995;
/// How far a clock or a time zone can be wrong and the date still mean something.
const FUTURE: SignedDuration = SignedDuration::from_hours(48);
/// Older than that when first seen, it is an archive and no news.
const NEWS: SignedDuration = SignedDuration::from_hours(45 * 24);

/// A publication date as it may be believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judged {
    /// The date; `None` where it is unknown or absurd.
    pub published: Option<Timestamp>,
    /// How exactly it is known.
    pub precision: Precision,
    /// What lists are sorted by: never later than `first_seen`, so that no date puts an item on top for days.
    pub sort_at: Timestamp,
}

/// Judges what a source says about when it published something that vesti first saw at `first_seen`.
#[must_use]
pub fn judge(published: Option<Timestamp>, precision: Precision, first_seen: Timestamp) -> Judged {
    let believable = published.filter(|at| {
        at.to_zoned(TimeZone::UTC).year() >= FIRST_YEAR && at.duration_since(first_seen) <= FUTURE
    });
    match believable {
        Some(at) if precision != Precision::None => Judged {
            published: Some(at),
            precision,
            sort_at: at.min(first_seen),
        },
        _ => Judged {
            published: None,
            precision: Precision::None,
            sort_at: first_seen,
        },
    }
}

/// Whether an item was too old when first seen to be news: searchable, but in no digest.
#[must_use]
pub fn is_archive(published: Option<Timestamp>, first_seen: Timestamp) -> bool {
    published.is_some_and(|at| first_seen.duration_since(at) > NEWS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn absurd_dates_are_unknown_and_sort_by_first_sight() {
        let seen = at("2026-03-10T12:00:00Z");
        for absurd in [
            "0001-01-01T00:00:00Z",
            "1970-01-01T00:00:00Z",
            "1994-12-31T23:59:59Z",
            "2026-03-13T00:00:00Z",
            "9999-01-01T00:00:00Z",
        ] {
            let judged = judge(Some(at(absurd)), Precision::Second, seen);
            assert_eq!(
                (judged.published, judged.precision),
                (None, Precision::None),
                "{absurd}"
            );
            assert_eq!(judged.sort_at, seen);
        }
        assert_eq!(judge(None, Precision::Day, seen).sort_at, seen);
        assert_eq!(
            judge(Some(Timestamp::MIN), Precision::Day, seen).published,
            None
        );
        assert_eq!(
            judge(Some(Timestamp::MAX), Precision::Day, Timestamp::MIN).published,
            None
        );
    }

    #[test]
    fn a_date_a_little_ahead_is_shown_but_does_not_sort_ahead() {
        let seen = at("2026-03-10T12:00:00Z");
        let soon = at("2026-03-11T00:00:00Z");
        let judged = judge(Some(soon), Precision::Day, seen);
        assert_eq!(judged.published, Some(soon));
        assert_eq!(judged.sort_at, seen);
    }

    #[test]
    fn ordinary_dates_stand() {
        let seen = at("2026-03-10T12:00:00Z");
        let past = at("2019-07-01T08:00:00Z");
        let judged = judge(Some(past), Precision::Second, seen);
        assert_eq!((judged.published, judged.sort_at), (Some(past), past));
        assert!(is_archive(Some(past), seen));
        assert!(!is_archive(Some(at("2026-02-01T00:00:00Z")), seen));
        assert!(!is_archive(None, seen));
    }

    proptest! {
        #[test]
        fn nothing_sorts_after_its_first_sight(published in Timestamp::MIN.as_second()..Timestamp::MAX.as_second(), seen in 0i64..4_000_000_000) {
            let seen = Timestamp::from_second(seen).unwrap();
            let judged = judge(Timestamp::from_second(published).ok(), Precision::Second, seen);
            prop_assert!(judged.sort_at <= seen);
        }
    }
}
