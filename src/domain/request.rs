//! A search as people and programs ask for it: one vocabulary for pages, API, feeds, calendars, digests and the terminal.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

use super::{Country, Kind, Language, Role, SourceId, TopicId};

/// Longest query that is looked at, in characters; the rest is cut off.
const MAX_QUERY: usize = 2_000;
/// Most values of one filter.
const MAX_VALUES: usize = 100;

/// A search. The default asks for everything, newest first.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchRequest {
    /// The words, in the query language; empty for all items.
    pub q: String,
    /// Languages, any of.
    pub lang: Vec<Language>,
    /// Countries, any of.
    pub country: Vec<Country>,
    /// Sources, any of.
    pub source: Vec<SourceId>,
    /// Roles, any of.
    pub role: Vec<Role>,
    /// Topics, any of.
    pub topic: Vec<TopicId>,
    /// Kinds, any of.
    pub kind: Vec<Kind>,
    /// Published on this day or later.
    pub from: Option<DateBound>,
    /// Published on this day or earlier.
    pub to: Option<DateBound>,
    /// Only what has a deadline ahead.
    pub deadline_open: bool,
    /// Only what takes place now or later.
    pub event_coming: bool,
    /// Search other languages' words for the same as well.
    pub cross: bool,
    /// Order; `None` means relevance where there are words, date otherwise.
    pub sort: Option<Sort>,
    /// Page size, 1 to 100.
    pub limit: usize,
    /// Where the page before ended.
    pub cursor: Option<String>,
}

impl Default for SearchRequest {
    fn default() -> Self {
        Self {
            q: String::new(),
            lang: Vec::new(),
            country: Vec::new(),
            source: Vec::new(),
            role: Vec::new(),
            topic: Vec::new(),
            kind: Vec::new(),
            from: None,
            to: None,
            deadline_open: false,
            event_coming: false,
            cross: true,
            sort: None,
            limit: 20,
            cursor: None,
        }
    }
}

/// An end of a span of days.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum DateBound {
    /// A day of the calendar.
    Day(Date),
    /// So long ago: `7d`, `2w`, `3m`, `1y`.
    Ago(AgoUnit, u16),
}

/// Units of a relative date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AgoUnit {
    /// `d`
    Days,
    /// `w`
    Weeks,
    /// `m`
    Months,
    /// `y`
    Years,
}

/// Orders of a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Best first.
    Relevance,
    /// Newest first.
    Date,
    /// Soonest deadline first.
    Deadline,
    /// Soonest event first.
    Event,
}

/// A parameter that cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{parameter}: {reason}")]
pub struct RequestError {
    /// Its name.
    pub parameter: String,
    /// What is wrong and what would be right, in English.
    pub reason: String,
}

impl SearchRequest {
    /// Reads the vocabulary from name and value pairs. Names that are not in it are left to the caller;
    /// empty values are as good as absent, so that plain HTML forms work.
    ///
    /// # Errors
    /// Names the first parameter whose value cannot be understood.
    pub fn from_pairs<'a>(
        pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, RequestError> {
        let mut request = Self::default();
        for (name, value) in pairs {
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            request.set(name, value).map_err(|reason| RequestError {
                parameter: name.to_owned(),
                reason,
            })?;
        }
        Ok(request)
    }

    fn set(&mut self, name: &str, value: &str) -> Result<(), String> {
        match name {
            "q" => self.q = value.chars().take(MAX_QUERY).collect(),
            "lang" => add(&mut self.lang, value)?,
            "country" => add(&mut self.country, value)?,
            "source" => add(&mut self.source, value)?,
            "role" => add(&mut self.role, value)?,
            "topic" => add(&mut self.topic, value)?,
            "kind" => add(&mut self.kind, value)?,
            "from" => self.from = Some(value.parse()?),
            "to" => self.to = Some(value.parse()?),
            "deadline" => {
                self.deadline_open = match value {
                    "open" => true,
                    _ => return Err(format!("“{}” is not “open”", cut(value))),
                }
            }
            "event" => {
                self.event_coming = match value {
                    "coming" => true,
                    _ => return Err(format!("“{}” is not “coming”", cut(value))),
                }
            }
            "cross" => {
                self.cross = match value {
                    "0" => false,
                    "1" => true,
                    _ => return Err(format!("“{}” is neither 0 nor 1", cut(value))),
                }
            }
            "sort" => self.sort = Some(value.parse()?),
            "limit" => {
                self.limit = match value.parse() {
                    Ok(limit @ 1..=100) => limit,
                    _ => return Err(format!("“{}” is not a number from 1 to 100", cut(value))),
                }
            }
            "cursor" => self.cursor = Some(value.to_owned()),
            _ => {}
        }
        Ok(())
    }

    /// The order that is meant.
    #[must_use]
    pub fn order(&self) -> Sort {
        self.sort.unwrap_or(if self.q.trim().is_empty() {
            Sort::Date
        } else {
            Sort::Relevance
        })
    }

    /// The parameters as pairs, without `limit` and `cursor`, in a fixed order: reading them gives this request again.
    #[must_use]
    pub fn to_pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        if !self.q.is_empty() {
            pairs.push(("q", self.q.clone()));
        }
        pairs.extend(self.lang.iter().map(|v| ("lang", v.to_string())));
        pairs.extend(self.country.iter().map(|v| ("country", v.to_string())));
        pairs.extend(self.source.iter().map(|v| ("source", v.to_string())));
        pairs.extend(self.role.iter().map(|v| ("role", v.to_string())));
        pairs.extend(self.topic.iter().map(|v| ("topic", v.to_string())));
        pairs.extend(self.kind.iter().map(|v| ("kind", v.to_string())));
        pairs.extend(self.from.iter().map(|v| ("from", v.to_string())));
        pairs.extend(self.to.iter().map(|v| ("to", v.to_string())));
        if self.deadline_open {
            pairs.push(("deadline", "open".into()));
        }
        if self.event_coming {
            pairs.push(("event", "coming".into()));
        }
        if !self.cross {
            pairs.push(("cross", "0".into()));
        }
        pairs.extend(self.sort.iter().map(|v| ("sort", v.as_str().into())));
        pairs
    }
}

fn add<T: std::str::FromStr<Err: std::fmt::Display> + PartialEq>(
    list: &mut Vec<T>,
    value: &str,
) -> Result<(), String> {
    let value = value.parse().map_err(|error: T::Err| error.to_string())?;
    if list.len() == MAX_VALUES {
        return Err(format!("more than {MAX_VALUES} values"));
    }
    if !list.contains(&value) {
        list.push(value);
    }
    Ok(())
}

fn cut(value: &str) -> String {
    value.chars().take(80).collect()
}

impl DateBound {
    /// The day that is meant, where `now` is now.
    #[must_use]
    pub fn day(self, now: Timestamp, zone: &TimeZone) -> Date {
        let today = now.to_zoned(zone.clone()).date();
        match self {
            Self::Day(day) => day,
            Self::Ago(unit, count) => {
                let count = i64::from(count);
                let span = match unit {
                    AgoUnit::Days => Span::new().days(count),
                    AgoUnit::Weeks => Span::new().weeks(count),
                    AgoUnit::Months => Span::new().months(count),
                    AgoUnit::Years => Span::new().years(count.min(9_000)),
                };
                today.saturating_sub(span)
            }
        }
    }

    /// The first moment of that day.
    #[must_use]
    pub fn start(self, now: Timestamp, zone: &TimeZone) -> Timestamp {
        first_moment(self.day(now, zone), zone)
    }

    /// The first moment after that day.
    #[must_use]
    pub fn end(self, now: Timestamp, zone: &TimeZone) -> Timestamp {
        let day = self.day(now, zone);
        match day.tomorrow() {
            Ok(next) => first_moment(next, zone),
            Err(_) => Timestamp::MAX,
        }
    }
}

fn first_moment(day: Date, zone: &TimeZone) -> Timestamp {
    zone.to_ambiguous_zoned(day.to_datetime(Time::midnight()))
        .compatible()
        .map_or(Timestamp::MIN, |zoned| zoned.timestamp())
}

impl std::str::FromStr for DateBound {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || {
            format!(
                "“{}” is neither a date such as 2026-11-21 nor a span such as 7d, 2w, 3m or 1y",
                cut(text)
            )
        };
        let unit = match text.chars().last() {
            Some('d') => AgoUnit::Days,
            Some('w') => AgoUnit::Weeks,
            Some('m') => AgoUnit::Months,
            Some('y') => AgoUnit::Years,
            _ if text.len() == 10 => return text.parse().map(Self::Day).map_err(|_| wrong()),
            _ => return Err(wrong()),
        };
        let digits = &text[..text.len() - 1];
        if !(1..=4).contains(&digits.len()) || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(wrong());
        }
        digits
            .parse()
            .map(|count| Self::Ago(unit, count))
            .map_err(|_| wrong())
    }
}

impl std::fmt::Display for DateBound {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Day(day) => day.fmt(f),
            Self::Ago(unit, count) => {
                let unit = match unit {
                    AgoUnit::Days => 'd',
                    AgoUnit::Weeks => 'w',
                    AgoUnit::Months => 'm',
                    AgoUnit::Years => 'y',
                };
                write!(f, "{count}{unit}")
            }
        }
    }
}

impl Sort {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Relevance, Self::Date, Self::Deadline, Self::Event];

    /// The word that stands for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Relevance => "relevance",
            Self::Date => "date",
            Self::Deadline => "deadline",
            Self::Event => "event",
        }
    }
}

impl std::str::FromStr for Sort {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|sort| sort.as_str() == text)
            .ok_or_else(|| {
                format!(
                    "“{}” is not one of relevance, date, deadline, event",
                    cut(text)
                )
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_and_requests_are_two_ways_to_say_the_same() {
        let pairs = [
            ("q", "locuințe protejate"),
            ("lang", "ro"),
            ("lang", "lv"),
            ("country", "md"),
            ("source", "fonss"),
            ("kind", "call"),
            ("from", "3m"),
            ("to", "2026-11-21"),
            ("deadline", "open"),
            ("event", "coming"),
            ("cross", "0"),
            ("sort", "deadline"),
        ];
        let request = SearchRequest::from_pairs(pairs).unwrap();
        assert_eq!(request.country, [Country::MD]);
        let again = request.to_pairs();
        let again = again.iter().map(|(name, value)| (*name, value.as_str()));
        assert_eq!(SearchRequest::from_pairs(again).unwrap(), request);
    }

    #[test]
    fn a_bad_value_is_named() {
        for (name, value) in [
            ("from", "nonsense"),
            ("to", "2026-02-30"),
            ("from", "d"),
            ("from", "10000d"),
            ("lang", "romanian"),
            ("kind", "x"),
            ("limit", "0"),
            ("limit", "101"),
            ("sort", "best"),
            ("deadline", "yes"),
            ("event", "past"),
            ("cross", "no"),
            ("source", "A b"),
            ("from", "ăăăăă"),
        ] {
            let error = SearchRequest::from_pairs([(name, value)]).unwrap_err();
            assert_eq!(error.parameter, name, "{value}");
        }
    }

    #[test]
    fn days_are_whole_days_of_the_zone() {
        let zone = TimeZone::get("Europe/Riga").unwrap();
        let now: Timestamp = "2026-03-29T12:00:00Z".parse().unwrap();
        let today: DateBound = "2026-03-29".parse().unwrap();
        // The night in which summer time begins has 23 hours.
        let (start, end) = (today.start(now, &zone), today.end(now, &zone));
        assert_eq!(start.to_string(), "2026-03-28T22:00:00Z");
        assert_eq!(end.to_string(), "2026-03-29T21:00:00Z");
        assert_eq!(
            "1m".parse::<DateBound>()
                .unwrap()
                .day(now, &zone)
                .to_string(),
            "2026-02-28"
        );
    }
}
