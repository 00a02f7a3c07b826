//! What becomes of entries, and of sources, when what they answer changes.

use std::sync::Arc;

use jiff::SignedDuration;

use vesti::clock::ManualClock;
use vesti::domain::{FaultKind, ItemState, Phase};

use super::site::{Site, entry, now, rss};
use super::{Rig, source};

const LONG: &str = "Federația invită organizațiile membre la o consultare publică despre standardele minime de calitate ale serviciilor sociale pentru persoanele cu dizabilități. \
Întâlnirea are loc la sediul federației, iar participanții vor primi materialele cu o săptămână înainte. Sunt binevenite propunerile scrise ale furnizorilor de servicii. \
Propunerile vor fi publicate pe pagina federației, împreună cu răspunsul autorității, după încheierea perioadei de consultare. Detalii se pot obține de la secretariatul federației, în zilele lucrătoare, \
între orele nouă și șaptesprezece. Vă rugăm să confirmați participarea din timp, pentru ca sala să fie pe măsură și traducerea să poată fi asigurată pentru toți cei care au nevoie de ea.";

#[tokio::test]
async fn an_edit_is_a_version_a_304_is_nothing_and_a_vanished_page_is_a_withdrawal() {
    let (site, address) = Site::start().await;
    let clock = ManualClock::new(now());
    let page = |path: &str| format!("http://a.localhost:{}{path}", address.port());
    let rig = Rig::new(vec![source("a", &page("/feed"))], Arc::new(clock.clone())).await;
    let one = entry("1", &page("/1"), "Consultare publică", LONG, 1);
    let two = entry("2", &page("/2"), "Apel de proiecte", LONG, 2);
    let three = entry("3", &page("/3"), "Raport anual", LONG, 3);
    site.set(
        "/feed",
        200,
        &[("etag", "\"1\"")],
        &rss(&[one.clone(), two.clone(), three.clone()]),
    );
    assert_eq!(rig.pass().await["a"].log.new, 3);
    assert_eq!(rig.pass().await["a"].log.status, Some(304));

    let edited = entry("2", &page("/2"), "Apel de proiecte: termen extins", LONG, 2);
    site.set(
        "/feed",
        200,
        &[("etag", "\"2\"")],
        &rss(&[one.clone(), edited, three.clone()]),
    );
    clock.set(now() + SignedDuration::from_mins(30));
    let report = &rig.pass().await["a"];
    assert_eq!((report.log.new, report.log.changed), (0, 1));
    let item = rig
        .items()
        .into_iter()
        .find(|item| item.title.contains("extins"))
        .unwrap();
    assert_eq!(item.version, 2);
    assert_eq!(
        rig.store.versions(item.id).unwrap()[0].title,
        "Apel de proiecte"
    );

    // Gone from the middle of the feed, and its page is gone too.
    site.set("/1", 200, &[], "<html>");
    site.set("/feed", 200, &[("etag", "\"3\"")], &rss(&[one, three]));
    clock.set(now() + SignedDuration::from_mins(60));
    rig.pass().await;
    let item = rig.store.item(item.id).unwrap().unwrap();
    assert!(matches!(item.state, ItemState::Withdrawn(_)));
    assert_eq!(rig.items().len(), 2);
}

#[tokio::test]
async fn one_guid_for_everything_does_not_overwrite() {
    let (site, address) = Site::start().await;
    let page = |path: &str| format!("http://a.localhost:{}{path}", address.port());
    let rig = Rig::new(
        vec![source("a", &page("/feed"))],
        Arc::new(ManualClock::new(now())),
    )
    .await;
    site.set(
        "/feed",
        200,
        &[],
        &rss(&[entry(
            "latest",
            &page("/1"),
            "Consultare publică la Iași",
            LONG,
            3,
        )]),
    );
    rig.pass().await;
    let other = LONG.replace("consultare", "dezbatere");
    site.set(
        "/feed",
        200,
        &[],
        &rss(&[entry(
            "latest",
            &page("/2"),
            "Concert caritabil de Crăciun",
            &other,
            1,
        )]),
    );
    rig.pass().await;
    let mut titles: Vec<String> = rig.items().into_iter().map(|item| item.title).collect();
    titles.sort();
    assert_eq!(
        titles,
        ["Concert caritabil de Crăciun", "Consultare publică la Iași"]
    );
    rig.pass().await;
    assert_eq!(rig.items().len(), 2);
}

#[tokio::test]
async fn absurd_dates_are_unknown_and_sort_by_when_they_were_seen() {
    let (site, address) = Site::start().await;
    let page = |path: &str| format!("http://a.localhost:{}{path}", address.port());
    let rig = Rig::new(
        vec![source("a", &page("/feed"))],
        Arc::new(ManualClock::new(now())),
    )
    .await;
    let far = entry("1", &page("/1"), "Din viitor", LONG, -24 * 365 * 10);
    let year_one = entry(
        "2",
        &page("/2"),
        "Din anul unu",
        &LONG.replace("invită", "cheamă"),
        1,
    )
    .replace("2026", "0001");
    site.set("/feed", 200, &[], &rss(&[far, year_one]));
    rig.pass().await;
    let items = rig.items();
    assert_eq!(items.len(), 2);
    for item in items {
        assert_eq!(
            (item.published, item.sort_at),
            (None, now()),
            "{}",
            item.title
        );
    }
}

#[tokio::test]
async fn a_feed_that_vanishes_is_found_again_from_the_home_page() {
    let (site, address) = Site::start().await;
    let page = |path: &str| format!("http://a.localhost:{}{path}", address.port());
    let clock = ManualClock::new(now());
    let rig = Rig::new(vec![source("a", &page("/"))], Arc::new(clock.clone())).await;
    let home = |feed: &str| {
        format!(
            "<html><head><link rel=\"alternate\" type=\"application/rss+xml\" href=\"{feed}\"></head><body>Acasă</body></html>"
        )
    };
    site.set(
        "/",
        200,
        &[("content-type", "text/html")],
        &home("/vechi.xml"),
    );
    site.set(
        "/vechi.xml",
        200,
        &[],
        &rss(&[entry("1", &page("/1"), "Primul anunț", LONG, 3)]),
    );
    let report = &rig.pass().await["a"];
    assert_eq!(report.state.address.as_ref().unwrap().path(), "/vechi.xml");
    site.remove("/vechi.xml");
    site.set(
        "/",
        200,
        &[("content-type", "text/html")],
        &home("/nou.xml"),
    );
    site.set(
        "/nou.xml",
        200,
        &[],
        &rss(&[
            entry("1", &page("/1"), "Primul anunț", LONG, 3),
            entry(
                "2",
                &page("/2"),
                "Al doilea",
                &LONG.replace("invită", "cheamă"),
                1,
            ),
        ]),
    );
    clock.set(now() + SignedDuration::from_hours(1));
    let report = &rig.pass().await["a"];
    assert!(report.log.fault.is_none(), "{:?}", report.log);
    assert_eq!(report.state.address.as_ref().unwrap().path(), "/nou.xml");
    assert_eq!((report.log.new, rig.items().len()), (1, 2));
}

#[tokio::test]
async fn gone_retires_and_faults_are_plain_words() {
    let (site, address) = Site::start().await;
    let at = |host: &str| {
        source(
            host,
            &format!("http://{host}.localhost:{}/feed", address.port()),
        )
    };
    let mut nowhere = at("nicaieri");
    nowhere.url = Some("http://nu-exista.invalid/feed".parse().unwrap());
    let mut private = at("privat");
    private.url = Some("http://10.0.0.1/feed".parse().unwrap());
    let rig = Rig::new(
        vec![at("a"), nowhere, private],
        Arc::new(ManualClock::new(now())),
    )
    .await;
    site.set("/feed", 410, &[], "");
    let said = rig.pass().await;
    assert!(
        matches!(said["a"].state.phase, Phase::Gone { .. }),
        "{:?}",
        said["a"]
    );
    for id in ["nicaieri", "privat"] {
        let Phase::Failing {
            fault, tries: 1, ..
        } = &said[id].state.phase
        else {
            panic!("{id}")
        };
        assert!(
            fault.message.len() > 10 && !fault.message.contains('\n'),
            "{fault}"
        );
    }
    assert_eq!(
        said["privat"].log.fault.as_ref().unwrap().kind,
        FaultKind::Forbidden
    );
}

#[tokio::test]
async fn a_summary_is_completed_from_its_page_without_becoming_an_edit() {
    let (site, address) = Site::start().await;
    let page = |path: &str| format!("http://a.localhost:{}{path}", address.port());
    let rig = Rig::new(
        vec![source("a", &page("/feed"))],
        Arc::new(ManualClock::new(now())),
    )
    .await;
    site.set(
        "/feed",
        200,
        &[],
        &rss(&[entry(
            "1",
            &page("/1"),
            "Consultare publică",
            "Federația invită… Citește mai mult",
            1,
        )]),
    );
    let body = format!(
        "<html><body><nav><a href=/>Acasă</a></nav><article><h1>Consultare publică</h1><p>{LONG}</p><p>{LONG}</p></article></body></html>"
    );
    site.set(
        "/1",
        200,
        &[("content-type", "text/html; charset=utf-8")],
        &body,
    );
    rig.pass().await;
    let item = rig.items().pop().unwrap();
    assert!(
        item.text.contains("secretariatul federației"),
        "{}",
        item.text
    );
    assert_eq!(item.version, 1);
    let seq = item.seq;
    rig.pass().await;
    let again = rig.items().pop().unwrap();
    assert_eq!(again.seq, seq, "nothing changed, nothing was written");
}
