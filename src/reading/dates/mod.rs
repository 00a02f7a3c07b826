//! Dates as people and programs write them, in Romanian, Latvian, Russian and English.
//!
//! Made for short texts that hold one date: a feed's `pubDate`, a byline, a cell of a table. Of several the one that is said
//! to be the publication's counts, and of a range the first day. The day comes before the month where only numbers tell,
//! except behind a slash in English. No date is better than a wrong one: what is no day of the calendar, what may be a
//! telephone number, and years that no web page can be from give none.

mod calendar;
mod clock;
mod labels;
mod machine;
mod named;
mod names;
mod numeric;
mod relative;
mod tokens;
mod units;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};

use crate::domain::{Language, Precision};

/// A date that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// The moment; the first of the day or the month, local time, where no more is given.
    pub at: Timestamp,
    /// How much of it was given: [`Precision::Second`] from an hour on, [`Precision::Day`] or [`Precision::Month`].
    pub precision: Precision,
    /// The offset from UTC that was written, or that the given zone had then: by it, `at` falls on the day that was meant.
    pub offset: Offset,
}

/// Hardly anything on the web is older (htmldate, too, begins here), and much that pages tell of is.
const FIRST_YEAR: i16 = 1995;
/// Years ahead that an announcement may speak of.
const YEARS_AHEAD: i16 = 10;
/// So much of a text is looked at, in characters.
const LOOKED_AT: usize = 400;

/// The first date in a text. `lang` settles what numbers alone leave open, `now` what “yesterday” means and which year is
/// meant where none is named (the last that is not in the future); a time without a zone is in `zone`.
#[must_use]
pub fn parse(text: &str, lang: Option<Language>, now: Timestamp, zone: &TimeZone) -> Option<Found> {
    let text = text.trim();
    let end = text
        .char_indices()
        .nth(LOOKED_AT)
        .map_or(text.len(), |(at, _)| at);
    let text = &text[..end];
    let context = Context { lang, now, zone };
    machine::read(text, &context).or_else(|| {
        let tokens = tokens::tokens(text);
        calendar::find(&tokens, &context).or_else(|| relative::find(&tokens, &context))
    })
}

/// What a date is read by.
struct Context<'a> {
    lang: Option<Language>,
    now: Timestamp,
    zone: &'a TimeZone,
}

impl Context<'_> {
    fn today(&self) -> Date {
        self.now.to_zoned(self.zone.clone()).date()
    }

    /// A year that makes sense.
    fn plausible(&self, year: i16) -> bool {
        (FIRST_YEAR..=self.today().year() + YEARS_AHEAD).contains(&year)
    }

    /// A day of the calendar, if there is such a day.
    fn day(&self, year: i16, month: i8, day: i8) -> Option<Date> {
        Date::new(year, month, day)
            .ok()
            .filter(|_| self.plausible(year))
    }

    /// A two-digit year: not later than next year.
    fn century(&self, year: i16) -> i16 {
        if 2000 + year <= self.today().year() + 1 {
            2000 + year
        } else {
            1900 + year
        }
    }

    fn found(&self, date: Date, time: Option<Clock>) -> Option<Found> {
        let (precision, time, offset) = match time {
            Some(clock) => (Precision::Second, clock.time, clock.offset),
            None => (Precision::Day, Time::midnight(), None),
        };
        self.instant(date.to_datetime(time), offset, precision)
    }

    fn month(&self, year: i16, month: i8) -> Option<Found> {
        let date = self.day(year, month, 1)?;
        self.instant(date.to_datetime(Time::midnight()), None, Precision::Month)
    }

    fn instant(&self, at: DateTime, offset: Option<Offset>, precision: Precision) -> Option<Found> {
        let (at, offset) = if let Some(offset) = offset {
            (offset.to_timestamp(at).ok()?, offset)
        } else {
            let at = at.to_zoned(self.zone.clone()).ok()?;
            (at.timestamp(), at.offset())
        };
        Some(Found {
            at,
            precision,
            offset,
        })
    }

    /// A moment that was given as such.
    fn moment(&self, at: Timestamp) -> Found {
        Found {
            at,
            precision: Precision::Second,
            offset: self.zone.to_offset(at),
        }
    }
}

/// A time of day, perhaps with its zone.
#[derive(Debug, Clone, Copy)]
struct Clock {
    time: Time,
    offset: Option<Offset>,
}

#[cfg(test)]
mod tests;
