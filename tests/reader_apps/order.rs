//! The order of items, pages of it, and what of it is shown.

use jiff::SignedDuration;
use vesti::store::Intent;

use crate::house::{House, READ, READING_LIST, STARRED, item, later, long, now};

#[tokio::test]
async fn pages_skip_and_double_nothing_while_items_arrive() {
    let house = House::full().await;
    let app = house.app("").await;
    for (order, expected) in [("d", 15), ("o", 24)] {
        let mut seen: Vec<String> = Vec::new();
        let mut next: Option<String> = None;
        for round in 0.. {
            let mut pairs = vec![("s", READING_LIST), ("n", "3"), ("r", order)];
            if let Some(next) = &next {
                pairs.push(("c", next));
            }
            let page = app.get("stream/items/ids", &pairs).await;
            seen.extend(
                page["itemRefs"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|one| one["id"].as_str().unwrap().to_owned()),
            );
            match page["continuation"].as_str() {
                Some(token) => next = Some(token.to_owned()),
                None => break,
            }
            if round < 5 {
                let number = 100 + round + if order == "o" { 50 } else { 0 };
                house
                    .record("a", later(200 + number), vec![item("a", number)])
                    .await;
            }
        }
        let mut once = seen.clone();
        once.sort();
        once.dedup();
        assert_eq!(once.len(), seen.len(), "none twice in order {order}");
        assert_eq!(seen.len(), expected, "in order {order}");
    }
}

#[tokio::test]
async fn times_bound_what_is_asked_for() {
    let house = House::full().await;
    let app = house.app("").await;
    let second = later(60).as_second();
    let bound = |name: &'static str, at: i64| (name, at.to_string());
    for ((name, at), expected) in [
        (bound("ot", second), 5),
        (bound("ot", second * 1_000_000), 5),
        (bound("ot", second + 1), 0),
        (bound("nt", second - 1), 10),
        (bound("nt", second), 15),
        (bound("ot", 0), 15),
    ] {
        let found = app.ids(READING_LIST, &[(name, &at)]).await;
        assert_eq!(found.len(), expected, "{name}={at}");
    }
}

#[tokio::test]
async fn a_visit_that_took_long_is_not_missed_by_who_asked_meanwhile() {
    let house = House::full().await;
    let app = house.app("").await;
    let asked = later(60).as_second() + 1;
    let found = app.ids(READING_LIST, &[("ot", &asked.to_string())]).await;
    assert!(found.is_empty());
    // It began before that, and comes now.
    house.record("a", now(), vec![item("a", 50)]).await;
    let page = app
        .get("stream/items/ids", &[("s", READING_LIST), ("n", "1")])
        .await;
    let at: i64 = page["itemRefs"][0]["timestampUsec"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    assert!(
        at > later(90).as_microsecond(),
        "after all that came before it"
    );
}

#[tokio::test]
async fn archives_and_what_is_old_are_no_news() {
    let house = House::full().await;
    let mut old = item("a", 60);
    old.draft.published = Some(now() - SignedDuration::from_hours(100 * 24));
    house.record("a", later(100), vec![old]).await;
    let app = house.app("").await;
    assert_eq!(app.unread_of("feed/a").await, 10);
    assert_eq!(app.unread().await.len(), 15);
    let all = app.ids("feed/a", &[]).await;
    assert_eq!(all.len(), 11, "it can be read, as read");
    // It can be kept for later all the same.
    app.change("edit-tag", &[("r", READ), ("i", &all[0])]).await;
    assert_eq!(app.unread_of("feed/a").await, 11);
    assert_eq!(app.unread().await[0], all[0]);
}

#[tokio::test]
async fn what_a_source_takes_back_is_gone_everywhere() {
    let house = House::full().await;
    let app = house.app("").await;
    let all = app.ids("feed/b", &[]).await;
    app.change("edit-tag", &[("a", READ), ("a", STARRED), ("i", &all[2])])
        .await;
    for place in [1, 2] {
        let id = vesti::domain::ItemId::new(all[place].parse().unwrap());
        house
            .visit("b", later(200), vec![Intent::Withdraw { id }])
            .await;
    }
    assert_eq!(app.ids("feed/b", &[]).await.len(), 3);
    assert!(app.ids(STARRED, &[]).await.is_empty());
    assert_eq!(app.unread_of("feed/b").await, 3);
    let contents = app
        .post("stream/items/contents", &[("i", &all[1]), ("i", &all[0])])
        .await
        .json();
    assert_eq!(contents["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn topics_are_labels_whose_items_can_be_read() {
    let house = House::full().await;
    let app = house.app("").await;
    let tags = app.get("tag/list", &[]).await;
    let topics: Vec<&str> = tags["tags"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|tag| tag["type"] == "tag")
        .map(|tag| tag["label"].as_str().unwrap())
        .collect();
    assert_eq!(
        topics,
        ["servicii sociale"],
        "the widest that anything is about"
    );
    for label in [
        "servicii sociale",
        "centru de zi",
        "day centre",
        "day-centre",
    ] {
        let ids = app
            .ids(&format!("user/-/label/{label}"), &[("n", "3")])
            .await;
        assert_eq!(ids.len(), 8, "{label}");
    }
    let ids = app
        .ids("feed/a", &[("it", "user/-/label/centru de zi")])
        .await;
    assert_eq!(ids.len(), 5);
    let item = &app
        .post("stream/items/contents", &[("i", &ids[0])])
        .await
        .json()["items"][0];
    let categories = item["categories"].as_array().unwrap();
    assert!(
        categories.iter().any(|c| c == "user/-/label/centru de zi"),
        "{categories:?}"
    );
    app.change(
        "mark-all-as-read",
        &[("s", "user/-/label/servicii sociale")],
    )
    .await;
    assert_eq!(app.unread().await.len(), 7);
    assert_eq!(app.unread_of(READING_LIST).await, 7);
}

#[tokio::test]
async fn every_form_of_an_id_is_understood() {
    let house = House::full().await;
    let app = house.app("").await;
    let ids = app.ids("feed/a", &[]).await;
    let hex = format!("{:016x}", ids[1].parse::<u64>().unwrap());
    let contents = app
        .post(
            "stream/items/contents",
            &[("i", &ids[0]), ("i", &hex), ("i", &long(&ids[2]))],
        )
        .await
        .json();
    let found: Vec<&str> = contents["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["id"].as_str().unwrap())
        .collect();
    assert_eq!(found, [long(&ids[0]), long(&ids[1]), long(&ids[2])]);
}
