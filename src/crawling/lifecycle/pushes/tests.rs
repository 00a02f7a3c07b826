use super::*;
use crate::crawling::lifecycle::{Outcome, Patience, ReadWell, next};
use crate::domain::{Fault, FaultKind, Validators, Way};
use proptest::prelude::*;

fn start() -> Timestamp {
    "2026-11-21T12:00:00Z".parse().unwrap()
}

fn hours(hours: i64) -> SignedDuration {
    SignedDuration::from_hours(hours)
}

/// A hub has agreed for so many hours from the start.
fn policy(agreed: Option<i64>) -> Policy {
    Policy {
        min_interval: Duration::from_mins(15),
        max_interval: Duration::from_hours(24),
        fixed: None,
        pushed_until: agreed.map(|agreed| start() + hours(agreed)),
        patience: Patience::default(),
    }
}

fn read(new: usize) -> Outcome {
    Outcome::Read(Box::new(ReadWell {
        address: "https://a.ro/feed".parse().unwrap(),
        way: Way::Feed,
        listed: 3,
        compared: false,
        validators: Validators::default(),
        body_hash: "0".into(),
        wait: None,
        // Every two hours.
        published: (1..9).map(|back| start() - hours(2 * back)).collect(),
        new,
        permanent: None,
        links: None,
    }))
}

fn pushed(new: usize) -> Outcome {
    Outcome::Pushed(PushedWell {
        published: Vec::new(),
        new,
    })
}

fn at(hour: i64) -> Timestamp {
    start() + hours(hour)
}

fn walk(policy: &Policy, events: &[(i64, Outcome)]) -> SourceState {
    events
        .iter()
        .fold(SourceState::new(start()), |state, (hour, saw)| {
            next(at(*hour), &state, saw, policy, 0.0)
        })
}

#[test]
fn pushes_are_relied_on_once_they_were_seen_to_come() {
    let policy = policy(Some(240));
    let before = walk(&policy, &[(0, read(3))]);
    assert!(!before.pushes.relied && before.next_visit < at(2));
    let after = next(at(1), &before, &pushed(1), &policy, 0.0);
    assert!(after.pushes.relied);
    assert_eq!(after.next_visit, at(21), "counted from the poll");
    assert_eq!(after.last_visit, before.last_visit);
    let later = next(at(20), &after, &pushed(1), &policy, 0.0);
    assert_eq!(later.next_visit, at(21), "no push puts a poll off");
}

#[test]
fn without_an_agreement_or_with_an_interval_set_by_hand_polls_go_on() {
    let events = [(0, read(3)), (1, pushed(1))];
    assert!(!walk(&policy(None), &events).pushes.relied);
    assert!(!walk(&policy(Some(1)), &events).pushes.relied);
    let fixed = Policy {
        fixed: Some(Duration::from_hours(1)),
        ..policy(Some(240))
    };
    let state = walk(&fixed, &events);
    assert!(!state.pushes.relied);
    assert_eq!(state.next_visit, at(1));
}

#[test]
fn silence_that_the_rhythm_does_not_explain_ends_the_trust() {
    let policy = policy(Some(240));
    let quiet = walk(&policy, &[(0, read(3)), (1, pushed(1)), (21, read(0))]);
    assert!(quiet.pushes.relied, "a day without news is nothing");
    let old = quiet.clone();
    let silent = next(at(42), &quiet, &read(0), &policy, 0.0);
    assert!(!silent.pushes.relied);
    let told = fallen_back(&old, &silent, &policy, at(42))
        .unwrap()
        .to_string();
    assert!(told.contains("for long"), "{told}");
    assert_eq!(fallen_back(&silent, &silent, &policy, at(42)), None);
}

#[test]
fn each_miss_asks_for_more_proof_and_good_polls_make_up_for_it() {
    let policy = policy(Some(1_000));
    let mut state = walk(&policy, &[(0, read(3)), (1, pushed(1))]);
    let mut hour = 1;
    for misses in 1..=3 {
        hour += 20;
        state = next(at(hour), &state, &read(1), &policy, 0.0);
        assert_eq!((state.pushes.relied, state.pushes.misses), (false, misses));
        for push in 0..=misses {
            hour += 1;
            state = next(at(hour), &state, &pushed(1), &policy, 0.0);
            assert_eq!(state.pushes.relied, push == misses, "{push} of {misses}");
        }
    }
    for _ in 0..3 {
        hour += 20;
        state = next(at(hour), &state, &read(0), &policy, 0.0);
        state = next(at(hour), &state, &pushed(1), &policy, 0.0);
    }
    assert_eq!(state.pushes.misses, 0);
}

#[test]
fn failing_polls_go_on_whatever_is_pushed() {
    let policy = policy(Some(240));
    let fault = Fault::new(FaultKind::Timeout, "no");
    let failing = walk(&policy, &[(0, read(3)), (1, Outcome::Failed(fault))]);
    let after = next(at(2), &failing, &pushed(1), &policy, 0.0);
    assert_eq!(after.phase, failing.phase);
    assert_eq!(after.next_visit, failing.next_visit);
    assert_eq!(after.last_new, Some(at(2)));
}

#[test]
fn a_push_that_says_nothing_brings_the_next_poll_nearer_within_bounds() {
    let policy = policy(Some(240));
    let state = walk(&policy, &[(0, read(3)), (1, pushed(1))]);
    let nudged = next(at(5), &state, &Outcome::Nudged, &policy, 0.0);
    assert_eq!(nudged.next_visit, at(5));
    let polled = next(at(5), &nudged, &read(0), &policy, 0.0);
    let nudged = next(at(5), &polled, &Outcome::Nudged, &policy, 0.0);
    assert_eq!(nudged.next_visit.duration_since(at(5)).as_mins(), 15);
}

#[test]
fn what_was_stored_before_there_were_pushes_still_reads() {
    let mut stored = serde_json::to_value(SourceState::new(start())).unwrap();
    stored.as_object_mut().unwrap().remove("pushes");
    let state: SourceState = serde_json::from_value(stored).unwrap();
    assert_eq!(state, SourceState::new(start()));
}

proptest! {
    /// Whatever is pushed and polled, in whatever order: a source that answers is polled at least about once a day, and only
    /// an agreement that holds stretches the time between two polls.
    #[test]
    fn no_hub_keeps_a_source_from_being_polled(
        events in proptest::collection::vec((0u8..4, 0usize..3, 0i64..3_000, any::<bool>()), 1..120),
    ) {
        let mut state = walk(&policy(None), &[(0, read(3))]);
        let mut now = start();
        let mut polled = start();
        for (what, new, minutes, agreed) in events {
            // Polls are never late.
            now = (now + SignedDuration::from_mins(minutes)).min(state.next_visit.max(now));
            let policy = Policy {
                pushed_until: agreed.then(|| now + hours(100)),
                ..policy(None)
            };
            let saw = match what {
                0 => Outcome::NotModified { max_age: None },
                1 => read(new),
                2 => pushed(new),
                _ => Outcome::Nudged,
            };
            if now >= state.next_visit || what < 2 {
                state = next(now, &state, if what < 2 { &saw } else { &Outcome::NotModified { max_age: None } }, &policy, 0.0);
                polled = now;
            } else {
                state = next(now, &state, &saw, &policy, 0.0);
            }
            prop_assert!(state.next_visit.duration_since(polled) <= hours(24), "{}", state.next_visit);
            prop_assert!(state.next_visit >= now);
            prop_assert!(agreed || what > 1 || !state.pushes.relied, "relied on nothing");
            prop_assert!(!matches!(state.phase, Phase::New | Phase::Failing { .. }), "it answers");
        }
    }
}
