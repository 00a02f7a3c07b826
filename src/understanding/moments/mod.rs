//! Dates and hours in running prose, with where they stand: “15 martie 2024, ora 16:00”, “2024. gada 15. martam plkst. 12.00”,
//! “до 15 марта”, “March 15th, 5 pm CET”, “1 – 15 martie”.

mod calendar;
mod hours;
mod tokens;

use std::ops::Range;

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

pub(super) use tokens::{Token, TokenKind, tokens};

/// A date in a text, with the hour that belongs to it.
#[derive(Debug, Clone)]
pub(super) struct Moment {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// The day; the last one of “1 – 15 martie”.
    pub date: Date,
    /// The first day of “1 – 15 martie”.
    pub from: Option<Date>,
    /// The hour.
    pub hours: Option<hours::Hours>,
}

/// The dates in a text, in order. `reference` is the day from which a missing year is counted.
pub(super) fn moments(tokens: &[Token], reference: Date) -> Vec<Moment> {
    let mut dates = Vec::new();
    let mut times = Vec::new();
    let mut place = 0;
    while place < tokens.len() {
        if let Some(found) = calendar::date_at(tokens, place) {
            place = found.tokens.end;
            dates.push(found);
        } else if let Some(found) = hours::hours_at(
            tokens,
            place,
            dates
                .last()
                .is_some_and(|date| date.tokens.end + 2 >= place),
        ) {
            place = found.tokens.end;
            times.push(found);
        } else {
            place += 1;
        }
    }
    let mut moments = Vec::with_capacity(dates.len());
    let mut times = times.into_iter().peekable();
    let mut waiting: Option<hours::Hours> = None;
    for (index, written) in dates.iter().enumerate() {
        // Hours before this date and not taken by the one before.
        while let Some(time) = times.next_if(|time| time.tokens.start < written.tokens.start) {
            waiting = Some(time);
        }
        let Some(date) = dated(written, dates.get(index + 1), reference) else {
            continue;
        };
        let from = written
            .from_day
            .and_then(|day| Date::new(date.year(), date.month(), day).ok());
        let mut moment = Moment {
            tokens: written.tokens.clone(),
            date,
            from,
            hours: None,
        };
        let next_date = dates
            .get(index + 1)
            .map_or(usize::MAX, |next| next.tokens.start);
        let after = times.peek().is_some_and(|time| {
            time.tokens.start < next_date && is_bridge(tokens, moment.tokens.end..time.tokens.start)
        });
        if after {
            moment.hours = times.next();
        } else if let Some(time) = waiting.take()
            && is_bridge(tokens, time.tokens.end..moment.tokens.start)
        {
            moment.hours = Some(time);
        }
        if let Some(hours) = &moment.hours {
            moment.tokens = moment.tokens.start.min(hours.tokens.start)
                ..moment.tokens.end.max(hours.tokens.end);
        }
        waiting = None;
        moments.push(moment);
    }
    moments
}

/// Whether date and hour with this between them belong together.
fn is_bridge(tokens: &[Token], between: Range<usize>) -> bool {
    between.len() <= 5
        && tokens.get(between).is_some_and(|tokens| {
            tokens.iter().all(|token| {
                !matches!(
                    token.kind,
                    TokenKind::Mark('\n' | ';') | TokenKind::Number { .. }
                )
            })
        })
}

/// The day that is meant. A date without a year takes that of the date it makes a span with (“1 martie – 15 aprilie 2024”),
/// else it is the next such day: at most a month before the reference and eleven after.
fn dated(
    written: &calendar::Written,
    next: Option<&calendar::Written>,
    reference: Date,
) -> Option<Date> {
    let year = match written.year {
        calendar::Year::Said(year) => Some(year),
        calendar::Year::This => Some(reference.year()),
        calendar::Year::Open => next
            .filter(|next| {
                next.tokens.start <= written.tokens.end + 3 && next.month >= written.month
            })
            .and_then(|next| match next.year {
                calendar::Year::Said(year) => Some(year),
                _ => None,
            }),
    };
    if let Some(year) = year {
        return Date::new(year, written.month, written.day).ok();
    }
    let years = [
        reference.year(),
        reference.year().checked_add(1)?,
        reference.year().checked_sub(1)?,
    ];
    let candidates = || {
        years
            .into_iter()
            .filter_map(|year| Date::new(year, written.month, written.day).ok())
    };
    if let Some(weekday) = written.weekday
        && let Some(date) = candidates()
            .find(|date| date.weekday() == weekday && is_near(*date, reference, 60, 340))
    {
        return Some(date);
    }
    candidates().find(|date| is_near(*date, reference, 31, 335))
}

fn is_near(date: Date, reference: Date, before: i64, after: i64) -> bool {
    let earliest = reference.checked_sub(before.days());
    let latest = reference.checked_add(after.days());
    earliest.is_ok_and(|earliest| date >= earliest) && latest.is_ok_and(|latest| date <= latest)
}

impl Moment {
    /// The hour, or the end of the day.
    pub(super) fn last_instant(&self, zone: &TimeZone) -> Option<Timestamp> {
        match &self.hours {
            Some(hours) => instant(self.date, hours.start, hours.zone.as_ref().unwrap_or(zone)),
            None => instant(self.date, Time::constant(23, 59, 59, 0), zone),
        }
    }

    /// The hour, or the beginning of the day, of the first day.
    pub(super) fn first_instant(&self, zone: &TimeZone) -> Option<Timestamp> {
        let date = self.from.unwrap_or(self.date);
        match &self.hours {
            Some(hours) => instant(date, hours.start, hours.zone.as_ref().unwrap_or(zone)),
            None => instant(date, Time::midnight(), zone),
        }
    }

    /// When it is over, where the text says so.
    pub(super) fn end_instant(&self, zone: &TimeZone) -> Option<Timestamp> {
        let hours = self.hours.as_ref();
        let zone = hours.and_then(|hours| hours.zone.as_ref()).unwrap_or(zone);
        match (hours.and_then(|hours| hours.end), self.from) {
            (Some(end), _) => instant(self.date, end, zone),
            (None, Some(_)) => instant(self.date, Time::constant(23, 59, 59, 0), zone),
            (None, None) => None,
        }
    }
}

fn instant(date: Date, time: Time, zone: &TimeZone) -> Option<Timestamp> {
    zone.to_timestamp(date.to_datetime(time)).ok()
}

/// Whether a folded word names a month.
pub(super) fn is_month(word: &str) -> bool {
    calendar::month_name(word).is_some()
}

/// A weekday's name in four languages.
fn weekday(word: &str) -> Option<Weekday> {
    use Weekday::{Friday, Monday, Saturday, Sunday, Thursday, Tuesday, Wednesday};
    const NAMES: [(Weekday, &[&str]); 7] = [
        (
            Monday,
            &["luni", "pirmdien", "понедельник", "monday", "понеділ"],
        ),
        (
            Tuesday,
            &["marti", "otrdien", "вторник", "tuesday", "вівтор"],
        ),
        (
            Wednesday,
            &["miercuri", "tresdien", "сред", "wednesday", "серед"],
        ),
        (
            Thursday,
            &["joi", "ceturtdien", "четверг", "thursday", "четвер"],
        ),
        (Friday, &["vineri", "piektdien", "пятниц", "friday"]),
        (
            Saturday,
            &["sambata", "sestdien", "суббот", "saturday", "субот"],
        ),
        (
            Sunday,
            &["duminica", "svetdien", "воскресень", "sunday", "неділ"],
        ),
    ];
    NAMES.into_iter().find_map(|(day, names)| {
        let found = names.iter().any(|name| {
            word.strip_prefix(name).is_some_and(|ending| {
                ending.chars().count() <= 3 && (name.len() > 5 || ending.is_empty())
            })
        });
        found.then_some(day)
    })
}

#[cfg(test)]
mod tests;
