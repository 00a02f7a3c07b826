//! Reminders.

use std::str::FromStr;

use crate::domain::CalendarDate;

/// The hour of the day before at which whole days are announced.
const MORNING: u32 = 9;
/// Hours of a day.
const DAY: u32 = 24;
/// The longest time ahead, in hours: a year.
const MOST: u32 = 366 * DAY;

/// When to remind of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Alarm {
    /// Of deadlines the day before, of events an hour before; of what has no hour, at nine in the morning of the day
    /// before.
    #[default]
    Usual,
    /// Never.
    Never,
    /// So many hours before.
    Hours(u32),
}

impl Alarm {
    /// The trigger of a date's alarm, as a duration (RFC 5545, 3.8.6.3); `hourly` for what has hours.
    pub(super) fn trigger(self, date: &CalendarDate, hourly: bool) -> Option<String> {
        let hours = match self {
            Self::Never => return None,
            Self::Hours(hours) => hours,
            Self::Usual if hourly && matches!(date, CalendarDate::Event(_)) => 1,
            Self::Usual => DAY,
        };
        // From midnight, whole days lead to midnight, when nobody wants to be told anything.
        let hours = if !hourly && hours > 0 && hours.is_multiple_of(DAY) {
            hours - MORNING
        } else {
            hours
        };
        let (days, hours) = (hours / DAY, hours % DAY);
        Some(match (days, hours) {
            (0, hours) => format!("-PT{hours}H"),
            (days, 0) => format!("-P{days}D"),
            (days, hours) => format!("-P{days}DT{hours}H"),
        })
    }
}

/// `none`, or a span such as `2h`, `3d`, `1w`.
impl FromStr for Alarm {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "none" {
            return Ok(Self::Never);
        }
        let wrong = || "neither none nor a span such as 2h, 3d or 1w, of a year at most".to_owned();
        let unit = match text.bytes().last() {
            Some(b'h') => 1,
            Some(b'd') => DAY,
            Some(b'w') => 7 * DAY,
            _ => return Err(wrong()),
        };
        let digits = &text[..text.len() - 1];
        if !(1..=4).contains(&digits.len()) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(wrong());
        }
        let count: u32 = digits.parse().map_err(|_| wrong())?;
        let hours = count * unit;
        (hours <= MOST)
            .then_some(Self::Hours(hours))
            .ok_or_else(wrong)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Deadline, Event, Precision};

    #[test]
    fn people_are_reminded_while_there_is_time_and_awake() {
        let at = "2026-12-15T21:59:59Z".parse().unwrap();
        let deadline = CalendarDate::Deadline(Deadline {
            at,
            precision: Precision::Day,
            evidence: String::new(),
        });
        let event = CalendarDate::Event(Event {
            start: at,
            end: None,
            place: None,
        });
        for (alarm, date, hourly, trigger) in [
            (Alarm::Usual, &deadline, true, Some("-P1D")),
            (Alarm::Usual, &deadline, false, Some("-PT15H")),
            (Alarm::Usual, &event, true, Some("-PT1H")),
            (Alarm::Usual, &event, false, Some("-PT15H")),
            (Alarm::Never, &event, true, None),
            (Alarm::Hours(72), &deadline, false, Some("-P2DT15H")),
            (Alarm::Hours(72), &deadline, true, Some("-P3D")),
            (Alarm::Hours(30), &event, true, Some("-P1DT6H")),
            (Alarm::Hours(0), &event, false, Some("-PT0H")),
        ] {
            assert_eq!(alarm.trigger(date, hourly).as_deref(), trigger, "{alarm:?}");
        }
    }

    #[test]
    fn alarms_are_written_as_spans() {
        for (text, alarm) in [
            ("none", Alarm::Never),
            ("2h", Alarm::Hours(2)),
            ("3d", Alarm::Hours(72)),
            ("1w", Alarm::Hours(168)),
        ] {
            assert_eq!(text.parse(), Ok(alarm));
        }
        for text in ["", "d", "1", "1m", "-1d", "99999h", "9999d", "ăd", "1 d"] {
            assert!(text.parse::<Alarm>().is_err(), "{text}");
        }
    }
}
