use super::*;
use crate::domain::FaultKind;
use proptest::prelude::*;

const TOPIC: &str = "https://ong.example/feed";

fn start() -> Timestamp {
    "2026-11-21T12:00:00Z".parse().unwrap()
}

fn callback() -> Url {
    Url::parse("https://vesti.example/websub/").unwrap()
}

fn wanted(hubs: &[&str]) -> Subscription {
    Subscription {
        source: "ong".parse().unwrap(),
        token: "token".into(),
        secret: "secret".into(),
        hubs: hubs.iter().map(|hub| Url::parse(hub).unwrap()).collect(),
        topic: Url::parse(TOPIC).unwrap(),
        callback: None,
        stage: Stage::Wanted,
        asked: None,
        confirmed: None,
        until: None,
        due: Some(start()),
        tries: 0,
        fault: None,
    }
}

fn due() -> Saw {
    Saw::Due {
        callback: callback(),
    }
}

fn intent(mode: Mode, lease: Option<u64>) -> Saw {
    Saw::Asked(Intent {
        mode,
        topic: TOPIC.into(),
        lease,
        reason: None,
    })
}

fn failed(status: Option<u16>) -> Saw {
    let mut fault = Fault::new(FaultKind::Status, "no");
    fault.status = status;
    Saw::Failed(fault)
}

fn later(at: Timestamp, seconds: i64) -> Timestamp {
    at + SignedDuration::from_secs(seconds)
}

/// Goes through what happened, without spread; each at so many seconds from the start.
fn walk(from: Subscription, events: &[(i64, Saw)]) -> (Subscription, Vec<Then>) {
    let mut then = Vec::new();
    let mut state = from;
    for (seconds, saw) in events {
        let (next, what) = next(later(start(), *seconds), &state, saw, 0.0);
        state = next;
        then.push(what);
    }
    (state, then)
}

fn verified() -> Subscription {
    let events = [
        (0, due()),
        (1, Saw::Taken),
        (2, intent(Mode::Subscribe, Some(86_400))),
    ];
    let (state, then) = walk(wanted(&["https://a.example/"]), &events);
    assert_eq!(
        then,
        [Then::Ask(Mode::Subscribe), Then::Rest, Then::Confirm]
    );
    state
}

#[test]
fn a_subscription_is_asked_for_confirmed_and_renewed_well_before_its_end() {
    let state = verified();
    assert_eq!(state.stage, Stage::Verified);
    assert_eq!(state.until, Some(later(start(), 2 + 86_400)));
    let renewal = state.due.unwrap();
    assert_eq!(renewal.duration_since(start()).as_hours(), 16);
    let (renewing, then) = next(renewal, &state, &due(), 0.0);
    assert_eq!(then, Then::Ask(Mode::Subscribe));
    assert_eq!(renewing.until, state.until, "pushes come meanwhile");
    let (renewed, then) = next(
        later(renewal, 5),
        &renewing,
        &intent(Mode::Subscribe, Some(86_400)),
        0.0,
    );
    assert_eq!(then, Then::Confirm);
    assert_eq!(renewed.until, Some(later(renewal, 5 + 86_400)));
}

#[test]
fn what_nobody_asked_for_is_not_confirmed() {
    let deny = |state: &Subscription, at: i64, saw: &Saw| {
        assert_eq!(
            next(later(start(), at), state, saw, 0.0).1,
            Then::Deny,
            "{saw:?}"
        );
    };
    let fresh = wanted(&["https://a.example/"]);
    deny(&fresh, 1, &intent(Mode::Subscribe, Some(60)));
    deny(&fresh, 1, &intent(Mode::Unsubscribe, None));
    let state = verified();
    deny(&state, 60, &intent(Mode::Unsubscribe, None));
    deny(&state, 3_600, &intent(Mode::Subscribe, Some(60)));
    for topic in ["", "https://ong.example/", "https://other.example/feed"] {
        for mode in [Mode::Subscribe, Mode::Denied] {
            let other = Saw::Asked(Intent {
                mode,
                topic: topic.into(),
                lease: Some(60),
                reason: None,
            });
            deny(&walk(fresh.clone(), &[(0, due())]).0, 1, &other);
            deny(&state, 60, &other);
        }
    }
    // A hub that did not hear the answer asks once more.
    let again = next(
        later(start(), 60),
        &state,
        &intent(Mode::Subscribe, Some(60)),
        0.0,
    );
    assert_eq!(again.1, Then::Confirm);
}

#[test]
fn a_hub_that_is_down_is_asked_ever_less_often_and_its_neighbour_meanwhile() {
    let mut state = wanted(&["https://a.example/", "https://b.example/"]);
    let mut now = start();
    let (mut hubs, mut waits) = (Vec::new(), Vec::new());
    for _ in 0..12 {
        let (asked, then) = next(now, &state, &due(), 0.0);
        assert_eq!(then, Then::Ask(Mode::Subscribe));
        hubs.push(asked.hub().unwrap().host_str().unwrap().to_owned());
        state = next(now, &asked, &failed(Some(503)), 0.0).0;
        waits.push(state.due.unwrap().duration_since(now).as_mins());
        now = state.due.unwrap();
    }
    assert_eq!(
        hubs[..4],
        ["a.example", "b.example", "a.example", "b.example"]
    );
    assert_eq!(waits[..4], [5, 10, 20, 40]);
    assert_eq!(waits[11], 24 * 60);
}

#[test]
fn a_refusal_is_taken_seriously_and_a_wish_is_granted() {
    let asked = walk(wanted(&["https://a.example/"]), &[(0, due())]).0;
    let refused = next(start(), &asked, &failed(Some(403)), 0.0).0;
    assert_eq!(refused.stage, Stage::Refused);
    assert_eq!(refused.due.unwrap().duration_since(start()).as_hours(), 6);
    let mut busy = Fault::new(FaultKind::Busy, "later");
    busy.status = Some(429);
    busy.retry_after = Some(7_200);
    let busy = next(start(), &asked, &Saw::Failed(busy), 0.0).0;
    assert_eq!(busy.stage, Stage::Wanted);
    assert_eq!(busy.due.unwrap().duration_since(start()).as_hours(), 2);
}

#[test]
fn a_hub_that_never_asks_back_has_failed_and_may_do_so_late() {
    let (state, then) = walk(
        wanted(&["https://a.example/"]),
        &[(0, due()), (1, Saw::Taken), (1_900, due())],
    );
    assert_eq!(then[2], Then::Rest);
    assert_eq!((state.stage, state.tries), (Stage::Wanted, 1));
    assert!(state.fault.as_ref().unwrap().contains("a.example"));
    let late = next(
        later(start(), 2_000),
        &state,
        &intent(Mode::Subscribe, Some(600)),
        0.0,
    );
    assert_eq!((late.1, late.0.stage), (Then::Confirm, Stage::Verified));
}

#[test]
fn a_denial_ends_it_at_once_and_for_some_time() {
    let state = verified();
    let denied = Saw::Asked(Intent {
        mode: Mode::Denied,
        topic: TOPIC.into(),
        lease: None,
        reason: Some("not here".into()),
    });
    let (state, then) = next(later(start(), 60), &state, &denied, 0.0);
    assert_eq!(
        (then, state.stage, state.until),
        (Then::Confirm, Stage::Refused, None)
    );
    assert!(state.fault.unwrap().contains("not here"));
    assert!(state.due.unwrap() > later(start(), 3_600));
}

#[test]
fn an_agreement_that_ends_is_seen_then() {
    let state = verified();
    let mut now = state.due.unwrap();
    let mut state = state;
    for _ in 0..100 {
        state = next(now, &state, &due(), 0.0).0;
        state = next(now, &state, &failed(None), 0.0).0;
        if state.until.is_none() {
            break;
        }
        now = state.due.unwrap();
    }
    assert_eq!(now, later(start(), 2 + 86_400), "neither before nor after");
    assert_ne!(state.stage, Stage::Verified);
}

#[test]
fn an_end_is_told_to_the_hub_and_confirmed_by_nobody_else() {
    let mut state = verified();
    state.stage = Stage::Ending;
    state.tries = 0;
    state.due = Some(later(start(), 100));
    let (told, then) = next(later(start(), 100), &state, &due(), 0.0);
    assert_eq!(then, Then::Ask(Mode::Unsubscribe));
    let no = next(
        later(start(), 101),
        &told,
        &intent(Mode::Subscribe, Some(60)),
        0.0,
    );
    assert_eq!(no.1, Then::Deny);
    let yes = next(
        later(start(), 101),
        &told,
        &intent(Mode::Unsubscribe, None),
        0.0,
    );
    assert_eq!((yes.1, yes.0.stage), (Then::Confirm, Stage::Ended));
    let again = next(
        later(start(), 102),
        &yes.0,
        &intent(Mode::Unsubscribe, None),
        0.0,
    );
    assert_eq!(again.1, Then::Confirm);
    let over = next(later(start(), 10_000), &yes.0, &due(), 0.0).0;
    assert_eq!((over.stage, over.due), (Stage::Ended, None));
    // A hub that never answers is left alone in the end.
    let (mut state, mut now) = (told, later(start(), 100));
    for _ in 0..20 {
        let Some(due_at) = state.due else { break };
        assert!(due_at > now);
        now = due_at;
        state = next(now, &state, &due(), 0.0).0;
    }
    assert_eq!((state.stage, state.due), (Stage::Ended, None));
}

#[test]
fn another_address_of_ours_has_to_be_agreed_anew() {
    let (state, _) = next(later(start(), 50), &verified(), &Saw::Moved, 0.0);
    assert_eq!((state.stage, state.until), (Stage::Wanted, None));
    assert_eq!(state.due, Some(later(start(), 50)));
}

fn any_saw() -> impl Strategy<Value = Saw> {
    prop_oneof![
        4 => Just(due()),
        1 => Just(Saw::Moved),
        1 => Just(Saw::Taken),
        2 => prop_oneof![Just(None), (400u16..600).prop_map(Some)].prop_map(failed),
        3 => (
            prop_oneof![Just(Mode::Subscribe), Just(Mode::Unsubscribe), Just(Mode::Denied)],
            prop_oneof![Just(None), (0u64..1_000_000).prop_map(Some), Just(Some(u64::MAX))],
            prop_oneof![4 => Just(TOPIC.to_owned()), 1 => Just("x".to_owned())]
        )
            .prop_map(|(mode, lease, topic)| Saw::Asked(Intent { mode, topic, lease, reason: None })),
    ]
}

proptest! {
    /// Whatever a hub does, in whatever order: it is asked again, not too soon and not too late, and nothing is believed for
    /// longer than a month.
    #[test]
    fn no_subscription_is_stuck_and_no_hub_is_pestered(
        events in proptest::collection::vec((any_saw(), 0i64..100_000, 0.0f64..1.0), 1..80),
        ending in any::<bool>(),
    ) {
        let mut state = wanted(&["https://a.example/", "https://b.example/"]);
        if ending {
            state.stage = Stage::Ending;
            state.callback = Some(callback());
        }
        let mut now = start();
        let mut asked: Option<Timestamp> = None;
        for (saw, wait, jitter) in events {
            now = later(now, wait);
            let (new, then) = next(now, &state, &saw, jitter);
            prop_assert_eq!(new.is_ending(), ending, "only the store decides what is wanted");
            prop_assert!(new.until.is_none_or(|until| until.duration_since(now) <= SignedDuration::from_hours(24 * 30)));
            match new.due {
                None => prop_assert_eq!(new.stage, Stage::Ended),
                Some(due) => {
                    prop_assert!(due.duration_since(now) <= SignedDuration::from_hours(24 * 32), "{due} after {saw:?}");
                    if matches!(saw, Saw::Due { .. }) {
                        prop_assert!(due > now, "{saw:?} of {state:?} would come back at once");
                    }
                }
            }
            if let Then::Ask(mode) = then {
                prop_assert_eq!(mode == Mode::Unsubscribe, ending);
                let moved = state.asked.is_none() && state.confirmed.is_none();
                if let Some(before) = asked {
                    let gap = now.duration_since(before);
                    prop_assert!(moved || gap >= SignedDuration::from_secs(1) , "{gap}");
                }
                asked = Some(now);
            }
            if then == Then::Confirm && matches!(&saw, Saw::Asked(intent) if intent.mode == Mode::Subscribe) {
                prop_assert!(!ending && (state.asked.is_some() || state.confirmed.is_some()));
            }
            let mut hubs: Vec<&str> = new.hubs.iter().map(Url::as_str).collect();
            hubs.sort_unstable();
            prop_assert_eq!(hubs, ["https://a.example/", "https://b.example/"]);
            if new.stage == Stage::Ended && new.due.is_none() {
                break;
            }
            state = new;
        }
    }
}
