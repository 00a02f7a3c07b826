//! Watches: what somebody wants to be told, when, and by which ways.

use jiff::Timestamp;
use jiff::civil::{Time, Weekday};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use url::Url;

use super::{Country, DigestId, Gravity, Language, Role, SearchRequest, Source, SourceId, StaffId};

/// Longest name of a watch, in characters.
pub const MAX_WATCH_NAME: usize = 120;

/// A watch, by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct WatchId(pub i64);

impl WatchId {
    /// The name under which its mails are subscribed to, and its items noted as told.
    #[must_use]
    pub fn digest(self) -> Option<DigestId> {
        format!("watch-{}", self.0).parse().ok()
    }

    /// The watch that a digest's name stands for.
    #[must_use]
    pub fn of_digest(digest: &DigestId) -> Option<Self> {
        let number = digest.as_str().strip_prefix("watch-")?;
        number.parse().ok().map(Self)
    }
}

impl std::fmt::Display for WatchId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// What a watch is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WatchSpec {
    /// What its owner calls it.
    pub name: String,
    /// The language in which it tells.
    pub lang: Language,
    /// The search, in the vocabulary of the search page; empty for everything.
    pub search: Vec<(String, String)>,
    /// Whether new announcements that the search finds are told.
    pub items: bool,
    /// Whether edits that matter of announcements that the search means are told.
    pub edits: bool,
    /// Which notices about sources are told; `None` for none.
    pub notices: Option<Notices>,
    /// When.
    pub rhythm: Rhythm,
    /// The hours in which nothing is sent.
    pub quiet: Option<Quiet>,
    /// Whether it has feeds.
    pub feed: bool,
    /// The service that is told.
    pub hook: Option<Hook>,
    /// Whether nothing is looked for at present.
    pub paused: bool,
}

/// Notices about sources.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Notices {
    /// Findings of this gravity or a higher one.
    pub from: Gravity,
    /// Of these sources; all where there are none.
    #[serde(default)]
    pub source: Vec<SourceId>,
    /// Of these countries; all where there are none.
    #[serde(default)]
    pub country: Vec<Country>,
    /// Of these roles; all where there are none.
    #[serde(default)]
    pub role: Vec<Role>,
}

impl Notices {
    /// Whether a finding about a source is wanted.
    #[must_use]
    pub fn wants(&self, source: &Source, gravity: Gravity) -> bool {
        fn any_of<T: PartialEq>(wanted: &[T], own: &T) -> bool {
            wanted.is_empty() || wanted.contains(own)
        }
        gravity >= self.from
            && any_of(&self.source, &source.id)
            && any_of(&self.country, &source.country)
            && any_of(&self.role, &source.role)
    }
}

/// When a watch tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "when")]
pub enum Rhythm {
    /// At once.
    AtOnce,
    /// Once a day.
    Daily {
        /// The local hour.
        hour: i8,
    },
    /// Once a week.
    Weekly {
        /// The day.
        weekday: Day,
        /// The local hour.
        hour: i8,
    },
}

/// A day of the week by its English name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "named after the days")]
pub enum Day {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Day {
    /// The whole week.
    pub const ALL: [Self; 7] = [
        Self::Monday,
        Self::Tuesday,
        Self::Wednesday,
        Self::Thursday,
        Self::Friday,
        Self::Saturday,
        Self::Sunday,
    ];

    /// The same, as the calendar has it.
    #[must_use]
    pub fn weekday(self) -> Weekday {
        match self {
            Self::Monday => Weekday::Monday,
            Self::Tuesday => Weekday::Tuesday,
            Self::Wednesday => Weekday::Wednesday,
            Self::Thursday => Weekday::Thursday,
            Self::Friday => Weekday::Friday,
            Self::Saturday => Weekday::Saturday,
            Self::Sunday => Weekday::Sunday,
        }
    }

    /// The word that stands for it in forms and in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Monday => "monday",
            Self::Tuesday => "tuesday",
            Self::Wednesday => "wednesday",
            Self::Thursday => "thursday",
            Self::Friday => "friday",
            Self::Saturday => "saturday",
            Self::Sunday => "sunday",
        }
    }
}

/// Local hours in which nothing is sent; over midnight where `from` is the later one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quiet {
    /// From this hour, 0 to 23.
    pub from: i8,
    /// To this hour.
    pub to: i8,
}

impl Quiet {
    /// The first moment at `now` or later that is not quiet.
    #[must_use]
    pub fn over(self, now: Timestamp, zone: &TimeZone) -> Timestamp {
        let local = now.to_zoned(zone.clone());
        let hour = local.hour();
        let within = if self.from <= self.to {
            (self.from..self.to).contains(&hour)
        } else {
            hour >= self.from || hour < self.to
        };
        if !within {
            return now;
        }
        let day = if hour < self.to {
            Some(local.date())
        } else {
            local.date().tomorrow().ok()
        };
        let ends = Time::new(self.to, 0, 0, 0).ok();
        day.zip(ends)
            .and_then(|(day, time)| day.to_datetime(time).to_zoned(zone.clone()).ok())
            .map_or(now, |ends| ends.timestamp().max(now))
    }
}

/// A service that is told over HTTP.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hook {
    /// Where. Of Matrix, the home server.
    pub url: Url,
    /// In which form.
    pub format: HookFormat,
    /// Of Matrix, the room.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room: Option<String>,
    /// Of Matrix, the access token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access: Option<String>,
}

impl std::fmt::Debug for Hook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Addresses of most services are secrets in themselves.
        f.debug_struct("Hook")
            .field("host", &self.url.host_str())
            .field("format", &self.format)
            .finish_non_exhaustive()
    }
}

/// The form in which a service wants to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "named after the services")]
pub enum HookFormat {
    /// vesti's own, signed.
    Json,
    Slack,
    Mattermost,
    Matrix,
    Discord,
}

impl HookFormat {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Json,
        Self::Slack,
        Self::Mattermost,
        Self::Matrix,
        Self::Discord,
    ];

    /// The word that stands for it in forms and in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Slack => "slack",
            Self::Mattermost => "mattermost",
            Self::Matrix => "matrix",
            Self::Discord => "discord",
        }
    }
}

impl WatchSpec {
    /// The search.
    ///
    /// # Errors
    /// Names the first parameter whose value cannot be understood.
    pub fn request(&self) -> Result<SearchRequest, super::RequestError> {
        let pairs = self.search.iter();
        SearchRequest::from_pairs(pairs.map(|(name, value)| (name.as_str(), value.as_str())))
    }
}

/// A watch as it stands in the store.
#[derive(Debug, Clone, PartialEq)]
pub struct Watch {
    /// Which.
    pub id: WatchId,
    /// Who made it.
    pub owner: StaffId,
    /// What it is.
    pub spec: WatchSpec,
    /// Unguessable; its feeds have it in their address.
    pub token: String,
    /// Signs what its service is sent: random bytes in base64.
    pub secret: String,
    /// Why its service is told no more, in one line; `None` while it is.
    pub off: Option<String>,
    /// When it was made.
    pub created: Timestamp,
    /// When it told something last.
    pub fired: Option<Timestamp>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quiet_night_ends_in_the_morning() {
        let zone = TimeZone::get("Europe/Chisinau").unwrap();
        let night = Quiet { from: 22, to: 7 };
        let over = |now: &str, quiet: Quiet| quiet.over(now.parse().unwrap(), &zone).to_string();
        // Two hours ahead of UTC in November.
        assert_eq!(over("2026-11-22T19:59:00Z", night), "2026-11-22T19:59:00Z");
        assert_eq!(over("2026-11-22T20:00:00Z", night), "2026-11-23T05:00:00Z");
        assert_eq!(over("2026-11-23T04:59:59Z", night), "2026-11-23T05:00:00Z");
        assert_eq!(over("2026-11-23T05:00:00Z", night), "2026-11-23T05:00:00Z");
        let noon = Quiet { from: 12, to: 14 };
        assert_eq!(over("2026-11-23T10:30:00Z", noon), "2026-11-23T12:00:00Z");
        let none = Quiet { from: 8, to: 8 };
        assert_eq!(over("2026-11-23T06:30:00Z", none), "2026-11-23T06:30:00Z");
    }

    #[test]
    fn a_hook_keeps_its_address_to_itself() {
        let hook = Hook {
            url: "https://hooks.example/services/secret".parse().unwrap(),
            format: HookFormat::Slack,
            room: None,
            access: Some("geheim".into()),
        };
        let shown = format!("{hook:?}");
        assert!(shown.contains("hooks.example"));
        assert!(!shown.contains("secret") && !shown.contains("geheim"));
    }
}
