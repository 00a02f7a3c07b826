//! Dates of announcements as calendars are told them.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::{Deadline, Event, ItemId};

/// A date that stands in calendars.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CalendarDate {
    /// The last moment to answer.
    Deadline(Deadline),
    /// Something to attend.
    Event(Event),
}

impl CalendarDate {
    /// Whether a calendar would show both alike; what proves a date may differ.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Deadline(one), Self::Deadline(two)) => {
                one.at == two.at && one.precision == two.precision
            }
            (Self::Event(one), Self::Event(two)) => one == two,
            _ => false,
        }
    }

    /// The first moment after it, where `zone` is the one that it is meant in.
    #[must_use]
    pub fn over(&self, zone: &TimeZone) -> Timestamp {
        match self {
            Self::Deadline(deadline) => deadline.at,
            Self::Event(event) => event.over(zone),
        }
    }
}

/// What calendars were told of one date of an announcement.
#[derive(Debug, Clone, PartialEq)]
pub struct Dated {
    /// Whose date it is.
    pub item: ItemId,
    /// How often date, title or state changed; never falls (`SEQUENCE` of RFC 5545).
    pub sequence: u32,
    /// When anything about it last changed.
    pub changed: Timestamp,
    /// When it was called off: the announcement was withdrawn, or names the date no more.
    pub cancelled: Option<Timestamp>,
    /// The announcement's title, as last told with the date.
    pub title: String,
    /// The date; the last one where it was called off.
    pub date: CalendarDate,
}
