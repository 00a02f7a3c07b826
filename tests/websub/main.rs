//! Hubs that push: a real hub and a real site on loopback, with the store, the crawler and the web server of the service.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may")]

mod hub;
mod killed;
mod publisher;
mod rig;

use axum::http::StatusCode;
use jiff::SignedDuration;
use vesti::domain::{Phase, Stage};

use hub::Manner;
use rig::{Rig, entry, feed};

/// A source whose hub has agreed to push.
async fn subscribed() -> Rig {
    let rig = Rig::new().await;
    rig.site.serve(&feed(&[1, 2, 3], &rig.hub.address));
    rig.poll().await;
    rig.hub.verified(1).await;
    rig
}

/// The same, and it was seen to push.
async fn relied_on() -> Rig {
    let rig = subscribed().await;
    rig.wait(60);
    rig.push(&feed(&[1, 2, 3, 4], &rig.hub.address)).await;
    rig.titles(4).await;
    rig
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_feed_that_names_a_hub_is_pushed_and_rarely_polled() {
    let rig = Rig::new().await;
    rig.site.serve(&feed(&[1, 2, 3], &rig.hub.address));
    let said = rig.poll().await;
    assert_eq!(said.log.new, 3);
    let usual = said.state.next_visit.duration_since(rig.now());
    assert!(
        usual < SignedDuration::from_hours(12),
        "{usual}: nothing is relied on before it was seen to work"
    );
    rig.hub.verified(1).await;
    let asked = rig.hub.asked()[0].clone();
    assert_eq!(asked.mode, "subscribe");
    assert_eq!(asked.topic, rig.site.feed());
    assert!(asked.callback.starts_with(&format!("{}websub/", rig.base)));
    assert!(asked.secret.as_ref().unwrap().len() >= 22 && asked.secret.unwrap().len() < 200);
    assert!(asked.lease.unwrap() >= 86_400);
    assert_eq!(rig.subscription().stage, Stage::Verified);

    rig.wait(300);
    let answer = rig.push(&feed(&[1, 2, 3, 4], &rig.hub.address)).await;
    assert!(answer.is_success());
    rig.titles(4).await;
    let source = rig.source();
    assert!(source.state.pushes.relied);
    let wait = source.state.next_visit.duration_since(rig.now());
    assert!(
        wait > SignedDuration::from_hours(20) && wait <= SignedDuration::from_hours(24),
        "{wait}"
    );
    assert!(
        rig.notes()[0].contains("pushed by its hub"),
        "{:?}",
        rig.notes()
    );
    assert_eq!(rig.site.polls(), 1);

    // A poll that finds nothing else confirms that.
    rig.site.serve(&feed(&[1, 2, 3, 4], &rig.hub.address));
    rig.wait(22 * 3600);
    let said = rig.poll().await;
    assert_eq!((said.log.new, said.log.note), (0, None));
    let wait = said.state.next_visit.duration_since(rig.now());
    assert!(wait > SignedDuration::from_hours(20), "{wait}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_method_of_signing_is_accepted_and_a_hub_may_verify_before_it_answers() {
    let rig = Rig::new().await;
    rig.hub.be(Manner::VerifyFirst);
    rig.site.serve(&feed(&[1], &rig.hub.address));
    rig.poll().await;
    rig.hub.verified(1).await;
    for (number, method) in ["sha1", "sha256", "sha384", "sha512"].iter().enumerate() {
        rig.wait(60);
        let body = feed(&[2 + number], &rig.hub.address);
        assert!(rig.push_signed(&body, method).await.is_success());
        rig.titles(2 + number).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_signed_as_agreed_is_answered_well_and_not_read() {
    let rig = subscribed().await;
    let body = feed(&[7], &rig.hub.address);
    let to = rig.hub.asked()[0].callback.clone();
    let right = rig.hub.signature(&to, "sha256", body.as_bytes());
    for wrong in [
        None,
        Some("sha256=00".to_owned()),
        Some(right.replace("sha256", "sha1")),
        Some(rig.hub.signature(&to, "sha256", b"something else")),
        Some("md5=d41d8cd98f00b204e9800998ecf8427e".to_owned()),
    ] {
        let answer = rig.hub.post(&to, &body, wrong.as_deref()).await;
        assert!(answer.is_success(), "{wrong:?}: {answer}");
    }
    let stranger = format!("{}websub/{}", rig.base, "A".repeat(43));
    assert_eq!(
        rig.hub.post(&stranger, &body, Some(&right)).await,
        StatusCode::GONE
    );
    assert!(rig.hub.post(&to, &body, Some(&right)).await.is_success());
    rig.titles(4).await;
    let pushes = rig
        .notes()
        .iter()
        .filter(|note| note.contains("pushed"))
        .count();
    assert_eq!(pushes, 1, "only the last was read");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_else_can_have_anything_confirmed() {
    let rig = subscribed().await;
    let asked = rig.hub.asked()[0].clone();
    rig.wait(3600);
    for (callback, mode, topic) in [
        (asked.callback.clone(), "unsubscribe", asked.topic.clone()),
        (asked.callback.clone(), "subscribe", asked.topic.clone()),
        (
            asked.callback.clone(),
            "subscribe",
            "http://other.example/feed".to_owned(),
        ),
        (asked.callback.clone(), "publish", asked.topic.clone()),
        (
            format!("{}websub/{}", rig.base, "A".repeat(43)),
            "subscribe",
            asked.topic.clone(),
        ),
        (
            format!("{}websub/x", rig.base),
            "subscribe",
            asked.topic.clone(),
        ),
    ] {
        let (status, body) = rig.hub.verify(&callback, mode, &topic, Some(3600)).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{mode} {topic}");
        assert!(!body.contains("challenge"), "{body}");
    }
    assert_eq!(rig.subscription().stage, Stage::Verified);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_push_of_part_of_a_feed_changes_nothing_else() {
    let rig = subscribed().await;
    let before = rig.source().state;
    rig.wait(60);
    assert!(rig.push(&feed(&[9], &rig.hub.address)).await.is_success());
    rig.titles(4).await;
    let after = rig.source().state;
    assert_eq!(after.listed, before.listed);
    assert_eq!(after.validators, before.validators);
    assert_eq!(after.body_hash, before.body_hash);
    assert_eq!(after.last_full, before.last_full);
    assert_eq!(after.last_visit, before.last_visit);
    assert_eq!(after.address, before.address);
    assert_eq!(after.phase, Phase::Healthy);
    // Nothing was asked of the site meanwhile: neither its feed, nor pages that could have been taken back.
    assert_eq!(rig.site.requests(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_poll_that_finds_what_no_push_brought_ends_the_trust_until_pushes_come_again() {
    let rig = relied_on().await;
    rig.site.serve(&feed(&[1, 2, 3, 4, 5], &rig.hub.address));
    rig.wait(22 * 3600);
    let said = rig.poll().await;
    assert_eq!(said.log.new, 1);
    let note = said.log.note.unwrap().to_string();
    assert!(
        note.contains("did not push") && note.contains("own rhythm"),
        "{note}"
    );
    let wait = said.state.next_visit.duration_since(rig.now());
    assert!(wait < SignedDuration::from_hours(12), "{wait}");
    rig.wait(3600);
    rig.push(&feed(&[6], &rig.hub.address)).await;
    rig.titles(6).await;
    assert!(
        !rig.source().state.pushes.relied,
        "one push is not enough now"
    );
    rig.wait(3600);
    rig.push(&feed(&[7], &rig.hub.address)).await;
    rig.titles(7).await;
    assert!(rig.source().state.pushes.relied);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_push_that_was_only_slower_than_a_poll_is_no_reason_for_doubt() {
    let rig = relied_on().await;
    let body = feed(&[1, 2, 3, 4, 5], &rig.hub.address);
    rig.site.serve(&body);
    rig.wait(22 * 3600);
    assert!(!rig.poll().await.state.pushes.relied);
    rig.wait(20);
    rig.push(&body).await;
    rig.until(|rig| rig.source().state.pushes.relied).await;
    assert_eq!(rig.source().state.pushes.misses, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lease_is_renewed_and_one_that_runs_out_brings_the_polls_back() {
    let rig = Rig::new().await;
    rig.hub.lease(30 * 3600);
    rig.site.serve(&feed(&[1, 2, 3], &rig.hub.address));
    rig.poll().await;
    rig.hub.verified(1).await;
    rig.push(&feed(&[4], &rig.hub.address)).await;
    rig.titles(4).await;
    let first = rig.subscription().until.unwrap();
    rig.wait(23 * 3600);
    rig.hub.verified(2).await;
    let second = rig.subscription().until.unwrap();
    assert_eq!(second.duration_since(first), SignedDuration::from_hours(23));

    rig.hub.be(Manner::Status(503));
    rig.wait(24 * 3600);
    rig.until(|rig| rig.subscription().tries > 0).await;
    assert_eq!(rig.subscription().until, Some(second), "it is still pushed");
    rig.wait(7 * 3600);
    rig.until(|rig| rig.subscription().until.is_none()).await;
    let source = rig.source();
    assert!(source.state.next_visit <= rig.now(), "it is due at once");
    rig.site.serve(&feed(&[1, 2, 3, 4, 5], &rig.hub.address));
    let said = rig.poll().await;
    assert_eq!(said.log.new, 1);
    assert!(
        said.log
            .note
            .unwrap()
            .to_string()
            .contains("no longer pushed")
    );
    // …and it is asked again, until the hub is back.
    rig.hub.be(Manner::VerifyLater);
    rig.wait(24 * 3600);
    rig.hub.verified(3).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hub_may_say_no_at_any_time() {
    let rig = relied_on().await;
    let asked = rig.hub.asked()[0].clone();
    let (status, _) = rig
        .hub
        .deny(&asked.callback, &asked.topic, "too many")
        .await;
    assert!(status.is_success());
    assert_eq!(rig.subscription().stage, Stage::Refused);
    assert!(rig.source().state.next_visit <= rig.now());
    assert!(
        rig.poll()
            .await
            .log
            .note
            .unwrap()
            .to_string()
            .contains("no longer pushed")
    );

    let rig = Rig::new().await;
    rig.hub.be(Manner::Deny);
    rig.site.serve(&feed(&[1], &rig.hub.address));
    rig.poll().await;
    rig.until(|rig| rig.subscription().stage == Stage::Refused)
        .await;
    assert!(rig.subscription().due.unwrap() > rig.now() + SignedDuration::from_hours(5));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hubs_that_fail_hang_or_move_do_no_harm() {
    for (manner, kind) in [
        (Manner::Status(500), "500"),
        (Manner::Status(404), "404"),
        (Manner::Status(302), "302"),
        (Manner::Hang, "no answer"),
        (Manner::Circle, "circle"),
    ] {
        let rig = Rig::new().await;
        rig.hub.be(manner);
        rig.site.serve(&feed(&[1], &rig.hub.address));
        let said = rig.poll().await;
        assert_eq!(said.log.fault, None);
        rig.until(|rig| rig.subscription().tries == 1).await;
        let now = rig.subscription();
        assert!(now.fault.as_ref().unwrap().contains(kind), "{now:?}");
        assert!(now.due.unwrap() >= rig.now() + SignedDuration::from_mins(5));
        // Once it is better, it is asked again by itself.
        rig.hub.be(Manner::VerifyLater);
        rig.wait(7 * 3600);
        rig.hub.verified(1).await;
    }
    let rig = Rig::new().await;
    rig.hub.be(Manner::Moved);
    rig.site.serve(&feed(&[1], &rig.hub.address));
    rig.poll().await;
    rig.hub.verified(1).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hub_in_a_private_network_is_never_asked() {
    let rig = Rig::new().await;
    let inner = rig.hub.address.replace("127.0.0.1", "[::1]");
    rig.site.serve(&feed(&[1], &inner));
    rig.poll().await;
    rig.until(|rig| rig.subscription().tries == 1).await;
    assert!(
        rig.subscription()
            .fault
            .unwrap()
            .contains("not on the public internet")
    );
    assert_eq!(rig.hub.asked().len(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_source_that_is_paused_or_names_another_hub_ends_what_was_agreed() {
    let rig = relied_on().await;
    let first = rig.hub.asked()[0].clone();
    let body = feed(&[1, 2, 3, 4], &format!("{}?other", rig.hub.address));
    rig.site.serve(&body);
    rig.wait(3600);
    rig.poll().await;
    assert_eq!(
        rig.subscription().hub().unwrap().as_str(),
        rig.hub.address,
        "what was just agreed stays for a while"
    );
    rig.wait(22 * 3600);
    rig.poll().await;
    rig.hub.verified(3).await;
    let modes: Vec<_> = rig
        .hub
        .asked()
        .iter()
        .map(|asked| asked.mode.clone())
        .collect();
    assert_eq!(
        modes.iter().filter(|mode| *mode == "unsubscribe").count(),
        1,
        "{modes:?}"
    );
    let second = rig
        .hub
        .asked()
        .into_iter()
        .rfind(|asked| asked.mode == "subscribe")
        .unwrap();
    assert_ne!(second.callback, first.callback);
    assert_eq!(
        rig.hub.post(&first.callback, &body, Some("sha1=00")).await,
        StatusCode::GONE
    );

    rig.set_paused(true).await;
    rig.hub.verified(4).await;
    assert_eq!(
        rig.hub.post(&second.callback, &body, Some("sha1=00")).await,
        StatusCode::GONE
    );
    rig.wait(2 * 3600);
    rig.until(|rig| rig.store().subscriptions().unwrap().is_empty())
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_survives_a_crash_and_is_recorded_once() {
    let mut rig = subscribed().await;
    // Somebody is just visiting the source, so that nothing can be recorded.
    let lease = rig.lease().await;
    for number in 4..8 {
        let answer = rig.push(&feed(&[number], &rig.hub.address)).await;
        assert!(answer.is_success());
    }
    // The hub did not hear the answer and comes again.
    assert!(rig.push(&feed(&[7], &rig.hub.address)).await.is_success());
    assert_eq!(rig.count(), 3);
    drop(lease);
    rig.crash().await;
    rig.titles(7).await;
    assert_eq!(rig.store().waiting_pushes().unwrap(), []);
    let read = rig
        .notes()
        .iter()
        .filter(|note| note.contains("pushed"))
        .count();
    assert_eq!(read, 4, "{:?}", rig.notes());
    // The agreement survived as well.
    assert_eq!(rig.subscription().stage, Stage::Verified);
    assert!(rig.push(&feed(&[8], &rig.hub.address)).await.is_success());
    rig.titles(8).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_that_a_crash_interrupts_is_made_again_or_confirmed_late() {
    let mut rig = Rig::new().await;
    rig.hub.be(Manner::Silent);
    rig.site.serve(&feed(&[1], &rig.hub.address));
    rig.poll().await;
    rig.until(|rig| rig.hub.asked().len() == 1).await;
    rig.crash().await;
    let asked = rig.hub.asked()[0].clone();
    let (status, body) = rig
        .hub
        .verify(&asked.callback, "subscribe", &asked.topic, Some(86_400))
        .await;
    assert_eq!((status, body.as_str()), (StatusCode::OK, "challenge"));
    assert_eq!(rig.subscription().stage, Stage::Verified);

    let mut rig = Rig::new().await;
    rig.hub.be(Manner::Silent);
    rig.site.serve(&feed(&[1], &rig.hub.address));
    rig.poll().await;
    rig.until(|rig| rig.hub.asked().len() == 1).await;
    rig.crash().await;
    rig.hub.be(Manner::VerifyLater);
    rig.wait(3600);
    rig.until(|rig| rig.subscription().tries == 1).await;
    rig.wait(3600);
    rig.hub.verified(1).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_an_address_to_push_to_all_is_polled_again() {
    let mut rig = relied_on().await;
    rig.restart_deaf().await;
    rig.until(|rig| rig.store().subscriptions().unwrap().is_empty())
        .await;
    assert!(rig.source().state.next_visit <= rig.now());
    assert!(
        rig.poll()
            .await
            .log
            .note
            .unwrap()
            .to_string()
            .contains("no longer pushed")
    );
    assert_eq!(rig.source().state.pushes.links.unwrap().hubs.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_too_large_packed_or_no_feed_is_not_kept() {
    let rig = subscribed().await;
    let to = rig.hub.asked()[0].callback.clone();
    let large = entry(1).repeat(1_000);
    let signature = rig.hub.signature(&to, "sha256", large.as_bytes());
    // Some never hear why, as they are still sending.
    let answer = rig.hub.try_post(&to, &large, Some(&signature)).await;
    assert!(
        answer.is_none_or(|answer| answer == StatusCode::PAYLOAD_TOO_LARGE),
        "{answer:?}"
    );
    assert_eq!(rig.store().waiting_pushes().unwrap(), []);
    // A push that says nothing makes vesti look, though not at once.
    rig.wait(60);
    assert!(rig.push("<html><p>ping</p></html>").await.is_success());
    rig.until(|rig| rig.notes()[0].contains("cannot be read"))
        .await;
    let next = rig.source().state.next_visit;
    assert!(
        next > rig.now() && next <= rig.now() + SignedDuration::from_mins(16),
        "{next}"
    );
    assert_eq!(rig.store().waiting_pushes().unwrap(), []);
}
