use super::*;
use proptest::prelude::*;

fn start() -> Timestamp {
    "2026-11-21T12:00:00Z".parse().unwrap()
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

fn feed(at: &str) -> Url {
    Url::parse(at).unwrap()
}

fn read(published: Vec<Timestamp>, new: usize) -> ReadWell {
    ReadWell {
        address: feed("https://a.ro/feed"),
        way: Way::Feed,
        listed: 3,
        compared: false,
        validators: Validators {
            etag: Some("\"1\"".into()),
            last_modified: None,
        },
        body_hash: "0".into(),
        wait: None,
        published,
        new,
        permanent: None,
        links: None,
    }
}

fn fault(kind: FaultKind, retry_after: Option<u64>) -> Outcome {
    Outcome::Failed(Fault {
        retry_after,
        ..Fault::new(kind, "no")
    })
}

fn any_outcome() -> impl Strategy<Value = Outcome> {
    prop_oneof![
        (0u64..1_000_000).prop_map(|age| Outcome::NotModified {
            max_age: Some(Duration::from_secs(age))
        }),
        (
            proptest::collection::vec(-400_000_000i64..100_000_000, 0..40),
            0usize..5,
            any::<bool>()
        )
            .prop_map(|(ages, new, moved)| {
                let published = ages
                    .into_iter()
                    .map(|age| start() + SignedDuration::from_secs(age))
                    .collect();
                let mut read = read(published, new);
                read.permanent = moved.then(|| feed("https://b.ro/feed"));
                Outcome::Read(Box::new(read))
            }),
        (0u64..u64::MAX).prop_map(|wish| fault(FaultKind::Busy, Some(wish))),
        Just(fault(FaultKind::Dns, None)),
        Just(fault(FaultKind::Gone, None)),
    ]
}

proptest! {
    /// Whatever happens, in whatever order: every source is visited again, not too soon and not too late.
    #[test]
    fn no_source_is_ever_abandoned(outcomes in proptest::collection::vec((any_outcome(), 0.0f64..1.0), 1..60)) {
        let mut state = SourceState::new(start());
        let mut now = start();
        for (saw, jitter) in outcomes {
            let before = state.clone();
            state = next(now, &before, &saw, &policy(), jitter);
            let wait = state.next_visit.duration_since(now);
            prop_assert!(wait >= SignedDuration::from_mins(5), "{wait} after {saw:?}");
            prop_assert!(wait <= SignedDuration::from_hours(24 * 34), "{wait} after {saw:?}");
            match saw {
                Outcome::Failed(fault) if fault.kind == FaultKind::Gone => prop_assert!(matches!(state.phase, Phase::Gone { .. }), "gone"),
                Outcome::Failed(_) => {
                    let Phase::Failing { since, tries, .. } = &state.phase else { return Err(TestCaseError::fail("failing")) };
                    match before.phase {
                        Phase::Failing { since: first, tries: old, .. } => prop_assert!(*since == first && *tries == old + 1),
                        _ => prop_assert!(*since == now && *tries == 1),
                    }
                    prop_assert_eq!(&state.validators, &before.validators);
                    prop_assert_eq!(&state.address, &before.address);
                }
                _ => {
                    prop_assert_eq!(state.last_success, Some(now));
                    prop_assert!(!matches!(state.phase, Phase::Failing { .. } | Phase::Gone { .. } | Phase::New), "well");
                }
            }
            now = state.next_visit;
        }
    }
}

#[test]
fn failures_back_off_and_success_forgets_them() {
    let mut state = SourceState::new(start());
    let mut waits = Vec::new();
    let mut now = start();
    for _ in 0..10 {
        state = next(
            now,
            &state,
            &fault(FaultKind::Timeout, None),
            &policy(),
            0.0,
        );
        waits.push(state.next_visit.duration_since(now).as_mins());
        now = state.next_visit;
    }
    assert_eq!(waits[..4], [15, 30, 60, 120]);
    assert_eq!(waits[9], 24 * 60);
    state = next(
        now,
        &state,
        &Outcome::NotModified { max_age: None },
        &policy(),
        0.0,
    );
    assert_eq!(state.phase, Phase::Healthy);
}

#[test]
fn a_servers_wish_is_honoured_within_reason() {
    let state = SourceState::new(start());
    let wait = |saw: &Outcome| {
        next(start(), &state, saw, &policy(), 0.0)
            .next_visit
            .duration_since(start())
    };
    assert_eq!(wait(&fault(FaultKind::Busy, Some(7_200))).as_hours(), 2);
    assert_eq!(
        wait(&fault(FaultKind::Busy, Some(u64::MAX))).as_hours(),
        24 * 7
    );
    let mut asked = read(Vec::new(), 0);
    asked.wait = Some(Duration::from_hours(12));
    assert_eq!(wait(&Outcome::Read(Box::new(asked.clone()))).as_hours(), 12);
    asked.wait = Some(Duration::from_hours(999));
    assert_eq!(wait(&Outcome::Read(Box::new(asked))).as_hours(), 24);
}

#[test]
fn the_interval_follows_the_sources_own_rhythm() {
    let hourly = (0..20)
        .map(|n| start() - SignedDuration::from_hours(n))
        .collect();
    let state = next(
        start(),
        &SourceState::new(start()),
        &Outcome::Read(Box::new(read(hourly, 20))),
        &policy(),
        0.0,
    );
    assert_eq!(state.interval, 20 * 60);
    let weekly = (0..20)
        .map(|n| start() - SignedDuration::from_hours(n * 168))
        .collect();
    let state = next(
        start(),
        &SourceState::new(start()),
        &Outcome::Read(Box::new(read(weekly, 20))),
        &policy(),
        0.0,
    );
    assert_eq!(state.interval, 24 * 3600);
    let fixed = Policy {
        fixed: Some(Duration::from_mins(3)),
        ..policy()
    };
    let state = next(
        start(),
        &state,
        &Outcome::NotModified { max_age: None },
        &fixed,
        0.0,
    );
    assert_eq!(state.interval, 180);
}

#[test]
fn a_move_is_taken_over_on_its_third_sight() {
    let mut state = SourceState::new(start());
    let mut moved = read(Vec::new(), 0);
    moved.permanent = Some(feed("https://b.ro/feed"));
    let saw = Outcome::Read(Box::new(moved));
    for _ in 0..2 {
        state = next(start(), &state, &saw, &policy(), 0.0);
        assert_eq!(state.address, Some(feed("https://a.ro/feed")));
    }
    let interrupted = next(
        start(),
        &state,
        &Outcome::Read(Box::new(read(Vec::new(), 0))),
        &policy(),
        0.0,
    );
    assert_eq!(interrupted.moving, None);
    state = next(start(), &state, &saw, &policy(), 0.0);
    assert_eq!(state.address, Some(feed("https://b.ro/feed")));
}

#[test]
fn a_304_is_believed_for_less_than_a_day() {
    let state = next(
        start(),
        &SourceState::new(start()),
        &Outcome::Read(Box::new(read(Vec::new(), 0))),
        &policy(),
        0.0,
    );
    assert!(condition(&state, start() + SignedDuration::from_hours(19)).is_some());
    assert!(condition(&state, start() + SignedDuration::from_hours(20)).is_none());
}

#[test]
fn silence_is_told_apart_from_failure() {
    let old = (0..20)
        .map(|n| start() - SignedDuration::from_hours(24 * (40 + n)))
        .collect();
    let state = next(
        start(),
        &SourceState::new(start()),
        &Outcome::Read(Box::new(read(old, 0))),
        &policy(),
        0.0,
    );
    assert!(matches!(state.phase, Phase::Silent { .. }));
    let again = next(
        start(),
        &state,
        &Outcome::NotModified { max_age: None },
        &policy(),
        0.0,
    );
    assert!(
        matches!(again.phase, Phase::Silent { .. }),
        "a 304 is no news"
    );
    let spoke = next(
        start(),
        &state,
        &Outcome::Read(Box::new(read(vec![start()], 1))),
        &policy(),
        0.0,
    );
    assert_eq!(spoke.phase, Phase::Healthy);
}
