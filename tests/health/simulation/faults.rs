//! What is done to simulated sources.

use jiff::{SignedDuration, Timestamp};
use vesti::domain::SourceState;

use super::site::Site;

/// A fault of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The server is away for good: no name, no connection, errors.
    Away,
    /// The address answers 404.
    Missing,
    /// It answers 410.
    Gone,
    /// It moved for good, by a permanent redirect.
    Moves,
    /// It publishes no more.
    Silent,
    /// The feed stands still while the site goes on.
    Frozen,
    /// An error page with status 200.
    ErrorPage,
    /// A parked domain.
    Parked,
    /// A wall against robots.
    BotWall,
    /// A wall that asks for consent.
    CookieWall,
    /// “Not modified”, whatever there is.
    FalseUnchanged,
    /// Somebody else writes, in another language.
    OtherLanguage,
    /// Somebody else writes, of other things.
    OtherSubject,
    /// The certificate is not renewed.
    Certificate,
    /// The page lists nothing, or hardly anything, or its menu.
    Redesigned,
}

pub const ALL: [Fault; 15] = [
    Fault::Away,
    Fault::Missing,
    Fault::Gone,
    Fault::Moves,
    Fault::Silent,
    Fault::Frozen,
    Fault::ErrorPage,
    Fault::Parked,
    Fault::BotWall,
    Fault::CookieWall,
    Fault::FalseUnchanged,
    Fault::OtherLanguage,
    Fault::OtherSubject,
    Fault::Certificate,
    Fault::Redesigned,
];

impl Fault {
    /// One that can befall this site.
    pub fn any(rng: &mut fastrand::Rng, site: &Site, state: &SourceState) -> Option<Self> {
        let fault = ALL[rng.usize(0..ALL.len())];
        let fits = match fault {
            Self::Frozen => site.feed,
            // Who is visited once a day is asked for the whole document every time.
            Self::FalseUnchanged => site.validates && state.interval < 8 * 3600,
            Self::Redesigned => !site.feed,
            Self::Certificate => site.tls,
            // A page whose newest announcement tells no date shows a stranger's as well.
            _ => true,
        };
        fits.then_some(fault)
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Away => "failing: server away",
            Self::Missing => "failing: 404",
            Self::Gone => "gone (410)",
            Self::Moves => "moved for good",
            Self::Silent => "silent",
            Self::Frozen => "frozen feed, site goes on",
            Self::ErrorPage => "error page with 200",
            Self::Parked => "parked domain",
            Self::BotWall => "bot wall",
            Self::CookieWall => "cookie wall",
            Self::FalseUnchanged => "false 304",
            Self::OtherLanguage => "other language",
            Self::OtherSubject => "other subject",
            Self::Certificate => "certificate not renewed",
            Self::Redesigned => "redesigned listing",
        }
    }

    /// What it is to be called.
    fn word(self) -> &'static str {
        match self {
            Self::Away | Self::Missing => "failing",
            Self::Gone => "gone",
            Self::Moves => "moved",
            Self::Silent => "silent",
            Self::Frozen => "frozen",
            Self::ErrorPage => "error_page",
            Self::Parked => "parked",
            Self::BotWall => "bot_wall",
            Self::CookieWall => "cookie_wall",
            Self::FalseUnchanged => "false_unchanged",
            Self::OtherLanguage => "other_language",
            Self::OtherSubject => "other_subject",
            Self::Certificate => "certificate",
            Self::Redesigned => "redesigned",
        }
    }
}

/// A fault that befell a source.
#[derive(Debug)]
pub struct Injected {
    pub kind: Fault,
    pub at: Timestamp,
    /// When it could first be seen.
    pub visible: Option<Timestamp>,
    pub found: Option<Timestamp>,
    /// The usual interval of the source, in seconds.
    interval: f64,
}

impl Injected {
    pub fn new(kind: Fault, site: &Site, state: &SourceState, now: Timestamp) -> Self {
        let (mean, long) = site.gaps(now);
        let interval = match kind {
            Fault::Silent => long.max(2.0 * 86_400.0),
            _ => mean.max(state.interval as f64),
        };
        let visible = match kind {
            Fault::Silent => Some(site.last(now)),
            // The first that the feed lacks.
            Fault::Frozen | Fault::FalseUnchanged => site.first_after(now),
            // The first that the stranger writes: at once.
            Fault::Certificate => Some(site.certificate_told(now).max(now)),
            _ => Some(now),
        };
        Self {
            kind,
            at: now,
            visible,
            found: None,
            interval,
        }
    }

    /// How long it lasts at most after it is to be seen.
    pub fn longest(&self) -> SignedDuration {
        let lead = self
            .visible
            .map_or(SignedDuration::ZERO, |seen| seen.duration_since(self.at));
        SignedDuration::from_secs((self.interval * 4.0) as i64 + 3 * 86_400)
            + lead.max(SignedDuration::ZERO)
    }

    pub fn hear(&mut self, word: &str, now: Timestamp, _: &Site) {
        if word == self.kind.word() && self.found.is_none() {
            self.found = Some(now);
        }
    }

    /// It is repaired some time after it was found, or at last by chance.
    pub fn is_over(&self, now: Timestamp) -> bool {
        let found = self
            .found
            .is_some_and(|found| now.duration_since(found).as_hours() > 30);
        // Counted with the pauses of the source, which may be long.
        let late =
            now.duration_since(self.at) > self.longest() + SignedDuration::from_hours(24 * 60);
        found || late
    }

    /// How many usual intervals lie between two moments.
    pub fn intervals(&self, from: Timestamp, to: Timestamp, site: &Site) -> f64 {
        let rest = if self.kind == Fault::Silent {
            site.rested(from, to)
        } else {
            0.0
        };
        (to.duration_since(from).as_secs_f64() - rest).max(0.0) / self.interval
    }
}
