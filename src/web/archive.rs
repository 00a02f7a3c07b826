//! The archives of a search's feed (RFC 5005, section 4): one document a month that is over, one a day in the month that is
//! running and where a month has too many announcements for one document.
//!
//! A document is named by its month or day, so that what it holds stays the same once that is over. Whoever follows
//! `prev-archive` from the feed comes to everything that was ever published, days without anything left out.

use jiff::Timestamp;
use jiff::civil::Date;

use super::context::Ask;
use super::params::BadParameter;
use super::trouble::Trouble;
use crate::domain::{Arrival, DateBound, Item, SearchRequest, Sort};

/// Most announcements of one document.
const MOST: usize = 500;
/// Most bytes of texts in one document; beyond that its announcements have their first sentences only.
const TEXTS: usize = 16 << 20;

/// A month or a day that is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stretch {
    Month(Date),
    Day(Date),
}

impl Stretch {
    fn month(day: Date) -> Self {
        Self::Month(day.first_of_month())
    }

    fn first(self) -> Date {
        match self {
            Self::Month(day) | Self::Day(day) => day,
        }
    }

    fn last(self) -> Date {
        match self {
            Self::Month(day) => day.last_of_month(),
            Self::Day(day) => day,
        }
    }
}

/// As it stands in addresses: `2026-10` or `2026-11-20`.
impl std::fmt::Display for Stretch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Month(day) => write!(f, "{}", day.strftime("%Y-%m")),
            Self::Day(day) => write!(f, "{day}"),
        }
    }
}

impl std::str::FromStr for Stretch {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let digits = text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        let day = |text: &str| text.parse::<Date>().map_err(|_| ());
        match text.len() {
            7 if digits => day(&format!("{text}-01")).map(Self::Month),
            10 if digits => day(text).map(Self::Day),
            _ => Err(()),
        }
    }
}

/// What an archive holds.
pub(super) struct Archived {
    pub(super) items: Vec<Item>,
    pub(super) prev: Option<Stretch>,
    pub(super) next: Option<Stretch>,
}

impl Ask {
    /// The archive that the address asks for; `None` where it asks for the feed itself.
    pub(super) fn stretch(&self) -> Result<Option<Stretch>, BadParameter> {
        let Some(text) = self.pairs.last("archive") else {
            return Ok(None);
        };
        let wrong = || BadParameter::new("archive", text);
        let stretch: Stretch = text.parse().map_err(|()| wrong())?;
        if stretch.last() < self.now_day() && self.pairs.last("cursor").is_none() {
            Ok(Some(stretch))
        } else {
            Err(wrong())
        }
    }

    /// An archive (blocking).
    pub(super) fn archived(
        &self,
        request: &SearchRequest,
        stretch: Stretch,
    ) -> Result<Archived, Trouble> {
        let mut page = within(request, Some(stretch.first()), stretch.last());
        page.limit = 100;
        let mut items = Vec::new();
        let mut room = TEXTS;
        while items.len() < MOST {
            let found = self.find(&page)?;
            for mut item in found.items {
                if item.arrival == Arrival::Backfill {
                    continue;
                }
                let size = item.text.len() + item.html.as_ref().map_or(0, String::len);
                if size > room {
                    (item.text, item.html) = (String::new(), None);
                } else {
                    room -= size;
                }
                items.push(item);
            }
            page.cursor = found.hits.next_cursor;
            if page.cursor.is_none() {
                break;
            }
        }
        Ok(Archived {
            items,
            prev: self.archive_before(request, stretch.first())?,
            next: self.archive_after(request, stretch)?,
        })
    }

    /// The archive that follows a document of the feed whose oldest announcement is this one (blocking).
    pub(super) fn archive_from(
        &self,
        request: &SearchRequest,
        oldest: &Item,
    ) -> Result<Option<Stretch>, Trouble> {
        // There may be more of that day; what is of today is in no archive yet.
        let day = self.day_of(oldest.sort_at);
        if day < self.now_day() {
            self.holding(request, day).map(Some)
        } else {
            self.archive_before(request, self.now_day())
        }
    }

    /// The archive that holds the newest announcement from before a day.
    fn archive_before(
        &self,
        request: &SearchRequest,
        day: Date,
    ) -> Result<Option<Stretch>, Trouble> {
        let Ok(until) = day.yesterday() else {
            return Ok(None);
        };
        let newest = SearchRequest {
            limit: 1,
            ..within(request, None, until)
        };
        let Some(item) = self.find(&newest)?.items.pop() else {
            return Ok(None);
        };
        let found = self.day_of(item.sort_at).min(until);
        // The rest of a month of which the newer days were archived one by one.
        let rest = day.first_of_month() == found.first_of_month();
        if rest && day != day.first_of_month() {
            return Ok(Some(Stretch::Day(found)));
        }
        self.holding(request, found).map(Some)
    }

    /// The archive after one: of whatever is over by now.
    fn archive_after(
        &self,
        request: &SearchRequest,
        stretch: Stretch,
    ) -> Result<Option<Stretch>, Trouble> {
        let Ok(next) = stretch.last().tomorrow() else {
            return Ok(None);
        };
        if next >= self.now_day() {
            return Ok(None);
        }
        if matches!(stretch, Stretch::Day(_)) && next != next.first_of_month() {
            return Ok(Some(Stretch::Day(next)));
        }
        self.holding(request, next).map(Some)
    }

    /// The archive that a day, which is over, belongs to.
    fn holding(&self, request: &SearchRequest, day: Date) -> Result<Stretch, Trouble> {
        let month = Stretch::month(day);
        if month.last() >= self.now_day() {
            return Ok(Stretch::Day(day));
        }
        let count = SearchRequest {
            limit: 1,
            ..within(request, Some(month.first()), month.last())
        };
        let total = self.find(&count)?.hits.total;
        Ok(if total > MOST as u64 {
            Stretch::Day(day)
        } else {
            month
        })
    }

    fn day_of(&self, at: Timestamp) -> Date {
        at.to_zoned(self.zone().clone()).date()
    }

    fn now_day(&self) -> Date {
        self.day_of(self.now)
    }
}

/// The same search, of announcements from some days.
fn within(request: &SearchRequest, first: Option<Date>, last: Date) -> SearchRequest {
    // What was asked for relative to now bounds the feed, which is live; an archive holds what the search finds without.
    let own = |bound: Option<DateBound>| match bound {
        Some(DateBound::Day(day)) => Some(day),
        _ => None,
    };
    let from = own(request.from).into_iter().chain(first).max();
    let to = own(request.to).map_or(last, |to| to.min(last));
    // An empty stretch is one that ends before it begins; the search takes it as such.
    SearchRequest {
        from: from.map(DateBound::Day),
        to: Some(DateBound::Day(to)),
        sort: Some(Sort::Date),
        cursor: None,
        ..request.clone()
    }
}

/// The first moment of a stretch, for documents in which there is nothing.
pub(super) fn begin(stretch: Stretch, zone: &jiff::tz::TimeZone) -> Timestamp {
    stretch
        .first()
        .to_zoned(zone.clone())
        .map_or(Timestamp::UNIX_EPOCH, |zoned| zoned.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_is_a_month_or_a_day() {
        for text in ["2026-10", "2026-11-20"] {
            let stretch: Stretch = text.parse().unwrap();
            assert_eq!(stretch.to_string(), text);
        }
        for text in [
            "",
            "2026",
            "2026-13",
            "2026-11-31",
            "+026-10",
            "2026-1-01",
            "x",
        ] {
            assert_eq!(text.parse::<Stretch>(), Err(()), "{text}");
        }
        let october: Stretch = "2026-10".parse().unwrap();
        assert_eq!(october.last().to_string(), "2026-10-31");
    }

    #[test]
    fn a_stretch_narrows_the_search_and_never_widens_it() {
        let request = SearchRequest::from_pairs([("from", "2026-10-10"), ("to", "2026-10-20")]);
        let request = request.unwrap();
        let day = |text: &str| text.parse::<Date>().unwrap();
        let narrowed = within(&request, Some(day("2026-10-01")), day("2026-10-31"));
        assert_eq!((narrowed.from, narrowed.to), (request.from, request.to));
        let narrowed = within(&request, None, day("2026-10-15"));
        assert_eq!(narrowed.to, Some(DateBound::Day(day("2026-10-15"))));
    }
}
