use jiff::SignedDuration;

use super::*;
use crate::crawling::lifecycle::{self, Outcome, Policy, ReadWell};
use crate::domain::{Fault, FaultKind, Sign, SignKind, Validators};
use std::time::Duration;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn hours(hours: i64) -> SignedDuration {
    SignedDuration::from_hours(hours)
}

fn days(days: i64) -> SignedDuration {
    hours(24 * days)
}

fn policy() -> Policy {
    Policy {
        min_interval: Duration::from_mins(15),
        max_interval: Duration::from_hours(24),
        fixed: None,
        pushed_until: None,
        patience: Patience::default(),
    }
}

/// A source and its visits.
struct Story {
    state: SourceState,
    now: Timestamp,
}

impl Story {
    /// A source whose feed has published every three days until `start`.
    fn new(start: &str) -> Self {
        let now = at(start);
        let mut story = Self {
            state: SourceState::new(now),
            now,
        };
        let published = (0..20).map(|n| now - days(3 * n)).collect();
        story.reads(published, 20, Evidence::default());
        story
    }

    fn visit(&mut self, saw: &Outcome, evidence: &Evidence) -> &mut Self {
        let old = self.state.clone();
        let mut new = lifecycle::next(self.now, &old, saw, &policy(), 0.5);
        diagnose(self.now, &old, evidence, &mut new, &Patience::default());
        self.state = new;
        self
    }

    fn reads(&mut self, published: Vec<Timestamp>, new: usize, evidence: Evidence) -> &mut Self {
        let read = ReadWell {
            address: "https://a.ro/feed".parse().unwrap(),
            way: self.state.way,
            listed: evidence.lists.map_or(20, |lists| lists.listed),
            compared: false,
            validators: Validators::default(),
            body_hash: String::new(),
            wait: None,
            published,
            new,
            permanent: None,
            links: None,
        };
        self.visit(&Outcome::Read(Box::new(read)), &evidence)
    }

    fn quiet(&mut self) -> &mut Self {
        self.visit(
            &Outcome::NotModified { max_age: None },
            &Evidence {
                not_modified: true,
                ..Evidence::default()
            },
        )
    }

    fn fails(&mut self, kind: FaultKind, sign: Option<Sign>) -> &mut Self {
        let mut fault = Fault::new(kind, "it fails");
        fault.sign = sign.map(Box::new);
        self.visit(&Outcome::Failed(fault), &Evidence::default())
    }

    fn after(&mut self, time: SignedDuration) -> &mut Self {
        self.now += time;
        self
    }

    fn words(&self) -> Vec<&'static str> {
        self.state
            .findings
            .iter()
            .map(|finding| finding.symptom.word())
            .collect()
    }
}

fn lists(listed: u32, known: u32, new: u32) -> Lists {
    Lists {
        listed,
        known,
        new,
        guessed: true,
        ..Lists::default()
    }
}

#[test]
fn an_outage_of_an_hour_is_none_and_one_of_a_day_is() {
    let mut story = Story::new("2026-03-02T08:00:00Z");
    for _ in 0..3 {
        story.after(hours(1)).fails(FaultKind::Timeout, None);
    }
    assert!(story.words().is_empty());
    let began = story.now - hours(2);
    story.after(hours(20)).fails(FaultKind::Timeout, None);
    assert_eq!(story.words(), ["failing"]);
    assert_eq!(story.state.findings[0].since, began);
    assert_eq!(story.state.findings[0].noticed, story.now);
    let noticed = story.now;
    story.after(hours(20)).fails(FaultKind::Connect, None);
    assert_eq!(
        story.state.findings[0].noticed, noticed,
        "it is still the same"
    );
    story.after(hours(20)).quiet();
    assert!(story.words().is_empty());
}

#[test]
fn what_hardly_passes_by_itself_is_told_sooner() {
    let mut story = Story::new("2026-03-02T08:00:00Z");
    story.after(hours(1)).fails(FaultKind::Tls, None);
    assert!(story.words().is_empty());
    story.after(hours(1)).fails(FaultKind::Tls, None);
    assert_eq!(story.words(), ["failing"]);
}

#[test]
fn a_page_in_the_place_of_another_is_told_as_what_it_is() {
    for (what, word) in [
        (SignKind::ErrorPage, "error_page"),
        (SignKind::Parked, "parked"),
        (SignKind::BotWall, "bot_wall"),
        (SignKind::CookieWall, "cookie_wall"),
    ] {
        let mut story = Story::new("2026-03-02T08:00:00Z");
        for _ in 0..4 {
            story
                .after(hours(10))
                .fails(FaultKind::Unreadable, Some(Sign::new(what, "words")));
        }
        assert_eq!(story.words(), [word]);
    }
}

#[test]
fn gone_is_believed_when_it_is_said_twice() {
    let mut story = Story::new("2026-03-02T08:00:00Z");
    story.after(hours(1)).fails(FaultKind::Gone, None);
    assert!(story.words().is_empty());
    story.after(hours(6)).fails(FaultKind::Gone, None);
    assert_eq!(story.words(), ["gone"]);
}

#[test]
fn silence_is_measured_by_the_sources_own_rhythm() {
    let mut story = Story::new("2026-03-02T08:00:00Z");
    story.after(days(10)).quiet();
    assert!(story.words().is_empty(), "three gaps");
    story.after(days(14)).quiet();
    assert_eq!(story.words(), ["silent"]);
    let Symptom::Silent { last, usual } = &story.state.findings[0].symptom else {
        panic!("silent");
    };
    assert_eq!(*last, at("2026-03-02T08:00:00Z"));
    assert_eq!(usual / 86_400, 3);
    assert_eq!(story.state.findings[0].since, *last);
    let spoke = story.now;
    story
        .after(hours(1))
        .reads(vec![spoke], 1, Evidence::default());
    assert!(story.words().is_empty());
}

#[test]
fn christmas_and_summer_are_no_silence() {
    for (last, then) in [
        ("2025-12-19T12:00:00Z", "2026-01-10T12:00:00Z"),
        ("2026-07-10T12:00:00Z", "2026-08-10T12:00:00Z"),
    ] {
        let mut story = Story::new(last);
        story.now = at(then);
        story.quiet();
        assert!(story.words().is_empty(), "{last}");
        story.after(days(45)).quiet();
        assert_eq!(story.words(), ["silent"], "{last}");
    }
}

#[test]
fn a_source_of_two_announcements_is_not_soon_silent() {
    let now = at("2026-03-02T08:00:00Z");
    let mut story = Story {
        state: SourceState::new(now),
        now,
    };
    story.reads(vec![now, now - days(1)], 2, Evidence::default());
    story.after(days(60)).quiet();
    assert!(story.words().is_empty());
    story.after(days(40)).quiet();
    assert_eq!(story.words(), ["silent"]);
}

fn on_page(path: &str, known: bool) -> Looked {
    Looked {
        url: format!("https://a.ro/{path}").parse().unwrap(),
        published: None,
        known,
    }
}

#[test]
fn a_feed_stands_still_when_its_page_goes_on_for_a_while() {
    let mut story = Story::new("2026-03-02T08:00:00Z");
    let look = |story: &mut Story, page: &[Looked]| {
        let site = Some(looked(&story.state, page, story.now));
        let evidence = Evidence {
            site,
            not_modified: true,
            ..Evidence::default()
        };
        story.visit(&Outcome::NotModified { max_age: None }, &evidence);
    };
    let (about, old, new) = (
        on_page("despre", false),
        on_page("vechi", true),
        on_page("nou", false),
    );
    look(&mut story, &[about.clone(), old.clone()]);
    assert!(story.words().is_empty(), "what was always there is no news");
    story.after(days(3));
    look(&mut story, &[new.clone(), about.clone(), old.clone()]);
    assert!(story.words().is_empty(), "the feed may have it tomorrow");
    let mut caught = Story {
        state: story.state.clone(),
        now: story.now + days(1),
    };
    look(
        &mut caught,
        &[on_page("nou", true), about.clone(), old.clone()],
    );
    assert!(caught.words().is_empty());
    story.after(days(1));
    look(&mut story, &[new.clone(), about.clone(), old.clone()]);
    assert!(story.words().is_empty(), "one page may be of another kind");
    story.after(days(3));
    look(&mut story, &[on_page("altul", false), new, about, old]);
    assert_eq!(story.words(), ["frozen"]);
}

#[test]
fn a_date_tells_that_a_page_is_ahead_at_the_first_look() {
    let story = Story::new("2026-03-02T08:00:00Z");
    let dated = |day: &str| Looked {
        published: Some(at(day)),
        ..on_page("x", false)
    };
    let now = at("2026-03-20T08:00:00Z");
    assert!(
        looked(&story.state, &[dated("2026-03-10T08:00:00Z")], now)
            .ahead
            .is_some()
    );
    assert!(
        looked(&story.state, &[dated("2026-02-01T08:00:00Z")], now)
            .ahead
            .is_none()
    );
    assert!(
        looked(&story.state, &[dated("2026-04-01T08:00:00Z")], now)
            .ahead
            .is_none(),
        "an event to come"
    );
}

#[test]
fn a_list_that_shrinks_or_has_nothing_known_is_redesigned() {
    for after in [lists(2, 2, 0), lists(14, 0, 14)] {
        let mut story = Story::new("2026-03-02T08:00:00Z");
        story.state.way = Way::Listing;
        for _ in 0..3 {
            let evidence = Evidence {
                lists: Some(lists(20, 20, 0)),
                ..Evidence::default()
            };
            story.after(hours(20)).reads(Vec::new(), 0, evidence);
        }
        assert!(story.words().is_empty());
        for _ in 0..2 {
            assert!(suspects(&story.state.memory, &after));
            let evidence = Evidence {
                lists: Some(after),
                ..Evidence::default()
            };
            story.after(hours(20)).reads(Vec::new(), 0, evidence);
        }
        assert_eq!(story.words(), ["redesigned"]);
        let evidence = Evidence {
            lists: Some(lists(20, 19, 1)),
            ..Evidence::default()
        };
        story.after(hours(20)).reads(Vec::new(), 0, evidence);
        assert!(story.words().is_empty());
    }
}

#[test]
fn a_burst_of_dated_news_is_no_redesign() {
    let memory = crate::domain::Memory {
        lists: 12.0,
        ..crate::domain::Memory::default()
    };
    let burst = Lists {
        newer: 12,
        ..lists(12, 0, 12)
    };
    assert!(!suspects(&memory, &burst));
}

#[test]
fn a_304_that_hid_something_is_not_believed_again() {
    let mut story = Story::new("2026-03-02T08:00:00Z");
    story.after(hours(8)).quiet();
    let evidence = Evidence {
        lists: Some(Lists {
            new: 1,
            same_validators: true,
            listed: 20,
            known: 19,
            ..Lists::default()
        }),
        ..Evidence::default()
    };
    assert!(believed(&story.state, story.now));
    let published = story.now;
    story.after(hours(14)).reads(vec![published], 1, evidence);
    assert_eq!(story.words(), ["false_unchanged"]);
    assert!(!believed(&story.state, story.now));
    assert!(believed(&story.state, story.now + days(100)));
}

fn heard(code: &str) -> Heard {
    Heard {
        language: Some(code.parse().unwrap()),
        strange: None,
    }
}

fn hears(story: &mut Story, heard: Vec<Heard>) {
    let evidence = Evidence {
        heard,
        ..Evidence::default()
    };
    story.after(days(1)).reads(Vec::new(), 0, evidence);
}

#[test]
fn another_language_all_of_a_sudden_is_told_and_one_that_was_always_there_is_not() {
    let mut story = Story::new("2026-03-02T08:00:00Z");
    let mixed = ["ro", "ro", "ru", "ro", "ro", "en", "ro", "ro"];
    hears(&mut story, mixed.iter().copied().map(heard).collect());
    hears(&mut story, vec![heard("ru"), heard("ru"), heard("ru")]);
    assert!(story.words().is_empty());
    hears(&mut story, vec![heard("id"), heard("id"), heard("id")]);
    assert_eq!(story.words(), ["other_language"]);
    story.after(days(1)).quiet();
    assert_eq!(story.words(), ["other_language"], "nothing was heard since");
    hears(&mut story, vec![heard("ro")]);
    assert!(story.words().is_empty());
}

#[test]
fn a_few_texts_in_a_neighbours_language_are_no_other_owner() {
    let mut story = Story::new("2026-03-02T08:00:00Z");
    hears(&mut story, vec![heard("lv"); 20]);
    hears(&mut story, vec![heard("en"); 4]);
    assert!(story.words().is_empty());
    hears(&mut story, vec![heard("en"); 4]);
    assert_eq!(story.words(), ["other_language"]);
}

#[test]
fn strangers_wares_are_told_when_they_come_again_unless_staff_trusts_them() {
    let mut story = Story::new("2026-03-02T08:00:00Z");
    let strange = Heard {
        language: Some(Language::RO),
        strange: Some("cazino online".into()),
    };
    hears(&mut story, vec![strange.clone()]);
    assert!(story.words().is_empty(), "one alone may be an honest text");
    hears(&mut story, vec![strange.clone()]);
    assert_eq!(story.words(), ["other_subject"]);
    story.state.memory.trusted = Some(story.now);
    hears(&mut story, vec![strange]);
    assert!(story.words().is_empty());
}

#[test]
fn a_certificate_is_told_two_weeks_before_its_end() {
    let mut story = Story::new("2026-03-02T08:00:00Z");
    let certificate = |from: &str, to: &str| Evidence {
        certificate: Some((at(from), at(to))),
        not_modified: true,
        ..Evidence::default()
    };
    let same = Outcome::NotModified { max_age: None };
    let long = certificate("2026-01-01T00:00:00Z", "2026-04-01T00:00:00Z");
    story.visit(&same, &long);
    assert!(story.words().is_empty());
    story.now = at("2026-03-18T08:00:00Z");
    story.reads(vec![at("2026-03-18T07:00:00Z")], 1, long);
    assert_eq!(story.words(), ["certificate"]);
    let short = certificate("2026-03-17T00:00:00Z", "2026-03-23T00:00:00Z");
    story.visit(&same, &short);
    assert!(story.words().is_empty(), "it lives for six days");
    let mut fault = Fault::new(FaultKind::Tls, "the certificate of a.ro has expired");
    fault.status = None;
    story.now = at("2026-03-23T08:00:00Z");
    story.visit(&Outcome::Failed(fault), &short);
    assert_eq!(story.words(), ["certificate"]);
}

#[test]
fn what_vesti_did_is_noted_for_a_month() {
    let mut story = Story::new("2026-03-02T08:00:00Z");
    let evidence = Evidence {
        anew: Some(Anew {
            from: (Way::Feed, "https://a.ro/feed".parse().unwrap()),
            to: (Way::Listing, "https://a.ro/".parse().unwrap()),
            why: Symptom::Gone,
        }),
        ..Evidence::default()
    };
    story.after(hours(8)).reads(Vec::new(), 0, evidence);
    story.after(days(10)).quiet();
    assert_eq!(story.words(), ["read_anew"]);
    story.after(days(21)).quiet();
    assert!(!story.words().contains(&"read_anew"));
}
