//! A simulated site, and what a visit to it shows.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use url::Url;
use vesti::crawling::health::{self, Evidence, Heard, Lists, Looked, Patience};
use vesti::crawling::lifecycle::{self, Outcome, ReadWell};
use vesti::domain::{self, FaultKind, Language, Sign, SignKind, SourceState, Validators, Way};

use super::faults::{Fault, Injected};
use super::rhythm::Habits;

/// How many announcements a feed or a page lists.
const LISTED: usize = 12;

pub struct Site {
    habits: Habits,
    /// When it published, and will.
    times: Vec<Timestamp>,
    /// It has a feed; else it is read from a page.
    pub feed: bool,
    /// Its page tells dates.
    dated: bool,
    /// It answers 304 where nothing changed.
    pub validates: bool,
    pub tls: bool,
    languages: Vec<(Language, f64)>,
    /// When pages of another kind come up, which the feed never has.
    others: Vec<Timestamp>,
    /// When it is away for some hours, until when, and how.
    outages: Vec<(Timestamp, Timestamp, u8)>,
    /// From when to when its certificate is valid.
    certificate: (Timestamp, Timestamp),
    /// Announcements that vesti has had.
    had: usize,
    /// What a stranger wrote is there no more, but was had.
    moved: bool,
    visited: bool,
    /// What the menu is made of, so that other menus are other pages.
    menu: u32,
}

fn days(days: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * days)
}

fn language(code: &str) -> Language {
    code.parse().unwrap()
}

impl Site {
    pub fn new(rng: &mut fastrand::Rng, start: Timestamp, end: Timestamp) -> Self {
        let habits = Habits::any(rng);
        let times = habits.publish(rng, start - days(500), end + days(400));
        let own = ["ro", "lv", "ru"][rng.usize(0..3)];
        let languages = match rng.usize(0..5) {
            0 => vec![(language(own), 0.6), (language("ru"), 0.4)],
            1 => vec![(language(own), 0.9), (language("en"), 0.1)],
            _ => vec![(language(own), 0.98), (language("en"), 0.02)],
        };
        let mut others = Vec::new();
        if rng.f64() < 0.3 {
            let mut at = start;
            while at < end {
                at += days(rng.i64(10..120));
                others.push(at);
            }
        }
        let mut outages = Vec::new();
        let mut at = start;
        while at < end {
            at += SignedDuration::from_hours(rng.i64(24..24 * 60));
            let minutes = match rng.usize(0..20) {
                0 => rng.i64(480..960),
                1..4 => rng.i64(120..480),
                _ => rng.i64(5..120),
            };
            outages.push((at, at + SignedDuration::from_mins(minutes), rng.u8(0..20)));
        }
        Self {
            had: 0,
            habits,
            times,
            feed: rng.f64() < 0.65,
            dated: rng.f64() < 0.6,
            validates: rng.f64() < 0.5,
            tls: rng.f64() < 0.8,
            languages,
            others,
            outages,
            certificate: (start - days(20), start + days(70)),
            moved: false,
            visited: false,
            menu: rng.u32(0..3),
        }
    }

    fn count(&self, now: Timestamp) -> usize {
        self.times.partition_point(|at| *at <= now)
    }

    pub fn last(&self, now: Timestamp) -> Timestamp {
        self.times[self.count(now).max(1) - 1]
    }

    pub fn first_after(&self, now: Timestamp) -> Option<Timestamp> {
        self.times.get(self.count(now)).copied()
    }

    /// The mean gap between its occasions in the year before, without its own pauses, and the one that it exceeds once in twenty times.
    pub fn gaps(&self, now: Timestamp) -> (f64, f64) {
        let mut occasions: Vec<Timestamp> = Vec::new();
        for at in &self.times[..self.count(now)] {
            let year = now.duration_since(*at) < days(365);
            let new = occasions
                .last()
                .is_none_or(|last| at.duration_since(*last).as_mins() >= 60);
            if year && new {
                occasions.push(*at);
            }
        }
        let mut gaps: Vec<f64> = occasions
            .windows(2)
            .map(|pair| {
                pair[1].duration_since(pair[0]).as_secs_f64() - self.rested(pair[0], pair[1])
            })
            .collect();
        if gaps.is_empty() {
            return (30.0 * 86_400.0, 60.0 * 86_400.0);
        }
        gaps.sort_by(f64::total_cmp);
        let mean = gaps.iter().sum::<f64>() / gaps.len() as f64;
        let place = (gaps.len() as f64 * 0.95).ceil() as usize;
        (mean, gaps[place.clamp(1, gaps.len()) - 1].max(mean))
    }

    /// Seconds between two moments that lie in its yearly holidays.
    pub fn rested(&self, from: Timestamp, to: Timestamp) -> f64 {
        let mut day = from.to_zoned(TimeZone::UTC).date();
        let last = to.to_zoned(TimeZone::UTC).date();
        let mut rested = 0.0;
        while day < last {
            if self.habits.rests(day) {
                rested += 86_400.0;
            }
            day = day.tomorrow().unwrap();
        }
        rested
    }

    pub fn certificate_told(&self, _: Timestamp) -> Timestamp {
        self.certificate.1 - days(14)
    }

    pub fn repair(&mut self, fault: Fault, now: Timestamp) {
        match fault {
            Fault::Certificate => self.certificate = (now, now + days(90)),
            // Whoever was silent begins again: what lies between was never published.
            Fault::Silent => {
                let from = self.last_had();
                self.times.retain(|at| *at <= from || *at > now);
            }
            Fault::Redesigned => self.menu += 1,
            Fault::Moves => self.moved = false,
            _ => {}
        }
    }

    pub fn told(&self, now: Timestamp) -> String {
        let (mean, long) = self.gaps(now);
        format!(
            "mean {:.1} d, long {:.1} d, last {}, {:?}",
            mean / 86_400.0,
            long / 86_400.0,
            self.last(now),
            self.habits
        )
    }

    fn last_had(&self) -> Timestamp {
        self.times[self.had.max(1) - 1]
    }

    fn address(&self) -> Url {
        let at = if self.moved {
            "https://nou.example/feed"
        } else {
            "https://a.example/feed"
        };
        at.parse().unwrap()
    }

    /// What a visit shows.
    pub fn visit(
        &mut self,
        rng: &mut fastrand::Rng,
        state: &SourceState,
        fault: Option<&mut Injected>,
        now: Timestamp,
    ) -> (Outcome, Evidence) {
        let kind = fault.as_ref().map(|fault| fault.kind);
        let began = fault.map_or(now, |fault| fault.at);
        let mut evidence = Evidence::default();
        // Renewed a month before its end, while somebody sees to it.
        if kind != Some(Fault::Certificate) && self.certificate.1.duration_since(now) < days(30) {
            self.certificate = (now, now + days(90));
        }
        if let Some(failed) = self.fails(rng, kind, now) {
            if self.tls && failed.kind == FaultKind::Tls {
                evidence.certificate = Some(self.certificate);
            }
            return (Outcome::Failed(failed), evidence);
        }
        evidence.certificate = self.tls.then_some(self.certificate);
        let there = match kind {
            Some(Fault::Silent) => self.count(began),
            _ => self.count(now),
        };
        // What the feed has of it.
        let shown = match kind {
            Some(Fault::Frozen) => self.count(began),
            _ => there,
        };
        let patience = Patience::default();
        if self.feed && health::look_due(state, now, &patience) {
            evidence.site = Some(self.look(state, there, now, shown));
        }
        let lies = kind == Some(Fault::FalseUnchanged);
        let validators = Validators {
            etag: self.validates.then(|| {
                // What a liar says has been the same since it began to lie.
                let (shown, kind) = if lies {
                    (self.count(began), None)
                } else {
                    (shown, kind)
                };
                format!("{shown} {} {kind:?}", self.moved)
            }),
            last_modified: None,
        };
        let asked = lifecycle::condition(state, now);
        if asked.is_some_and(|asked| lies || *asked == validators) && self.validates {
            evidence.not_modified = true;
            return (Outcome::NotModified { max_age: None }, evidence);
        }
        (
            self.reads(rng, state, kind, (shown, now), validators, &mut evidence),
            evidence,
        )
    }

    /// A visit that fails, by a fault or an outage.
    fn fails(
        &self,
        rng: &mut fastrand::Rng,
        kind: Option<Fault>,
        now: Timestamp,
    ) -> Option<domain::Fault> {
        let fault = |kind, status| {
            let mut fault = domain::Fault::new(kind, "simulated");
            fault.status = status;
            fault
        };
        let signed = |what| {
            let mut fault = domain::Fault::new(FaultKind::Unreadable, "simulated");
            fault.sign = Some(Box::new(Sign::new(what, "simulated")));
            fault
        };
        let away = |which: u8| match which {
            0..4 => fault(FaultKind::Connect, None),
            4..9 => fault(FaultKind::Timeout, None),
            9..12 => fault(FaultKind::Dns, None),
            12..16 => fault(FaultKind::Status, Some(502)),
            16 => signed(SignKind::ErrorPage),
            17 => signed(SignKind::BotWall),
            18 => fault(FaultKind::Busy, Some(503)),
            _ => fault(FaultKind::Body, None),
        };
        let by_fault = match kind {
            Some(Fault::Away) => Some(away(rng.u8(0..16))),
            Some(Fault::Missing) => Some(fault(FaultKind::Status, Some(404))),
            Some(Fault::Gone) => Some(fault(FaultKind::Gone, Some(410))),
            Some(Fault::ErrorPage) => Some(signed(SignKind::ErrorPage)),
            Some(Fault::Parked) => Some(signed(SignKind::Parked)),
            Some(Fault::BotWall) => Some(signed(SignKind::BotWall)),
            Some(Fault::CookieWall) => Some(signed(SignKind::CookieWall)),
            Some(Fault::Certificate) if self.certificate.1 <= now => Some(domain::Fault::new(
                FaultKind::Tls,
                "the certificate has expired",
            )),
            Some(Fault::Redesigned) if self.menu.is_multiple_of(3) => {
                Some(fault(FaultKind::NothingListed, None))
            }
            _ => None,
        };
        by_fault.or_else(|| {
            let place = self.outages.partition_point(|(from, _, _)| *from <= now);
            let (_, until, which) = self.outages.get(place.checked_sub(1)?)?;
            (now < *until).then(|| away(*which))
        })
    }

    /// The page of the site, beside its feed.
    fn look(
        &self,
        state: &SourceState,
        there: usize,
        now: Timestamp,
        shown: usize,
    ) -> domain::SiteSeen {
        let url = |what: &str, number: usize| -> Url {
            format!("https://a.example/{what}/{number}")
                .parse()
                .unwrap()
        };
        let mut page: Vec<Looked> = (there.saturating_sub(LISTED)..there)
            .rev()
            .map(|number| Looked {
                url: url("stiri", number),
                published: self.dated.then(|| self.times[number]),
                known: number < shown,
            })
            .collect();
        let others = self.others.partition_point(|at| *at <= now);
        page.extend((others.saturating_sub(4)..others).map(|number| Looked {
            url: url("galerie", number),
            published: None,
            known: false,
        }));
        health::looked(state, &page, now)
    }

    fn reads(
        &mut self,
        rng: &mut fastrand::Rng,
        state: &SourceState,
        kind: Option<Fault>,
        (shown, now): (usize, Timestamp),
        validators: Validators,
        evidence: &mut Evidence,
    ) -> Outcome {
        let strange = matches!(kind, Some(Fault::OtherLanguage | Fault::OtherSubject));
        let first = shown.saturating_sub(LISTED);
        let listed = (shown - first) as u32;
        let new = if self.visited {
            shown.saturating_sub(self.had.max(first))
        } else {
            listed as usize
        };
        let tells = self.feed || self.dated;
        let mut published: Vec<Timestamp> = if tells {
            self.times[first..shown].to_vec()
        } else {
            Vec::new()
        };
        let mut lists = Lists {
            listed,
            known: listed.saturating_sub(new as u32),
            new: new as u32,
            newer: if tells { new as u32 } else { 0 },
            guessed: !self.feed,
            same_validators: self.validates && state.validators == validators,
        };
        let mut new_to_us = new;
        if strange {
            // A stranger's site lists what nobody knows: ten at once.
            let subject = kind == Some(Fault::OtherSubject);
            let code = ["id", "zh", "tr", "vi", "th"][self.times.len() % 5];
            evidence.heard = (0..10)
                .map(|_| Heard {
                    language: Some(language(if subject { "ro" } else { code })),
                    strange: subject.then(|| "cazino online".to_owned()),
                })
                .collect();
            (new_to_us, published) = (0, Vec::new());
        } else if kind == Some(Fault::Redesigned) {
            lists = match self.menu % 3 {
                1 => Lists {
                    listed: 2,
                    known: 1,
                    new: 1,
                    newer: 0,
                    ..lists
                },
                _ => Lists {
                    listed: 14,
                    known: 0,
                    new: 14,
                    newer: 0,
                    ..lists
                },
            };
            evidence.lists = Some(lists);
            (new_to_us, published) = (0, Vec::new());
        } else {
            evidence.lists = Some(lists);
            evidence.heard = (0..new).map(|_| self.heard(rng)).collect();
            self.had = shown;
        }
        self.visited = true;
        let permanent = (kind == Some(Fault::Moves) && !self.moved)
            .then(|| "https://nou.example/feed".parse::<Url>().unwrap());
        let seen = state.moving.as_ref().map_or(0, |(_, seen)| *seen);
        if let Some(to) = &permanent
            && seen >= 2
        {
            evidence.moved = Some((self.address(), to.clone()));
        }
        let address = state.address.clone().unwrap_or_else(|| self.address());
        let outcome = ReadWell {
            address,
            way: if self.feed { Way::Feed } else { Way::Listing },
            listed: lists.listed,
            compared: false,
            validators,
            body_hash: format!("{shown} {now}"),
            wait: None,
            published,
            new: new_to_us,
            permanent,
            links: None,
        };
        if evidence.moved.is_some() {
            self.moved = true;
        }
        Outcome::Read(Box::new(outcome))
    }

    fn heard(&self, rng: &mut fastrand::Rng) -> Heard {
        let mut at = rng.f64();
        let mut own = self.languages[0].0;
        for (language, share) in &self.languages {
            if at < *share {
                own = *language;
                break;
            }
            at -= share;
        }
        // Short texts are taken for something else now and then.
        let wrong = rng.f64() < 0.015;
        let other = ["fr", "it", "id", "uk", "pt", "nl"][rng.usize(0..6)];
        Heard {
            language: Some(if wrong { language(other) } else { own }),
            strange: (rng.f64() < 0.0005).then(|| "cazino online".to_owned()),
        }
    }
}
