//! From sign-in to read states, as apps do it.

use crate::house::{House, KEPT, READ, READING_LIST, STARRED, later, long};

/// As NetNewsWire with an account of the kind FreshRSS.
#[tokio::test]
async fn netnewswire_signs_in_refreshes_and_sends_what_was_read() {
    let house = House::full().await;
    house.edition(later(100)).await;
    let (name, password) = house.sign_up().await;
    let app = house.app_of("/api/greader.php", &name, &password).await;

    let tags = app.get("tag/list", &[("output", "json")]).await;
    let folders: Vec<&str> = tags["tags"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|tag| tag["type"] == "folder")
        .map(|tag| tag["id"].as_str().unwrap())
        .collect();
    assert_eq!(
        folders,
        [
            "user/-/label/Buletine",
            "user/-/label/Republica Moldova",
            "user/-/label/România"
        ]
    );
    let feeds = app.get("subscription/list", &[("output", "json")]).await;
    let feeds = feeds["subscriptions"].as_array().unwrap();
    let ids: Vec<&str> = feeds
        .iter()
        .map(|feed| feed["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids, ["feed/digest/zilnic", "feed/a", "feed/b"]);
    assert_eq!(feeds[1]["title"], "Fundația <a>");
    assert_eq!(feeds[1]["htmlUrl"], "https://a.example/");
    assert_eq!(feeds[1]["categories"][0]["label"], "Republica Moldova");

    let unread = app.unread().await;
    assert_eq!(unread.len(), 16);
    assert!(app.ids(STARRED, &[]).await.is_empty());

    let token = app.ask("token").await.body;
    let wanted: Vec<String> = unread.iter().map(|id| long(id)).collect();
    let mut pairs = vec![("T", token.trim()), ("output", "json")];
    pairs.extend(wanted.iter().map(|id| ("i", id.as_str())));
    let contents = app.post("stream/items/contents", &pairs).await.json();
    let items = contents["items"].as_array().unwrap();
    assert_eq!(items.len(), 16);
    for (item, id) in items.iter().zip(&wanted) {
        assert_eq!(item["id"], id.as_str());
        for key in ["title", "crawlTimeMsec", "timestampUsec"] {
            assert!(item[key].is_string(), "{key} of {item}");
        }
        assert!(item["published"].is_i64());
        assert!(
            item["canonical"][0]["href"]
                .as_str()
                .unwrap()
                .starts_with("https://")
        );
        assert!(
            !item["summary"]["content"]
                .as_str()
                .unwrap()
                .contains("<script")
        );
        assert!(
            item["categories"]
                .as_array()
                .unwrap()
                .iter()
                .any(|c| c == READING_LIST)
        );
    }
    let edition = items
        .iter()
        .find(|item| item["origin"]["streamId"] == "feed/digest/zilnic")
        .unwrap();
    assert!(
        edition["title"]
            .as_str()
            .unwrap()
            .starts_with("Buletin zilnic")
    );
    assert!(
        edition["content"]["content"]
            .as_str()
            .unwrap()
            .contains("Titlul din buletin")
    );

    // Read three, star one of them, and take the first back.
    let read: Vec<(&str, &str)> = wanted[..3].iter().map(|id| ("i", id.as_str())).collect();
    app.change("edit-tag", &[&[("a", READ)], &read[..]].concat())
        .await;
    app.change("edit-tag", &[("a", STARRED), read[1]]).await;
    app.change("edit-tag", &[("r", READ), ("a", KEPT), read[0]])
        .await;

    // The next day, on another device.
    house.clock.set(later(24 * 3600));
    let app = house
        .app_of(
            "/api/greader.php",
            &name.to_uppercase(),
            &format!(" {password} "),
        )
        .await;
    let now_unread = app.unread().await;
    assert_eq!(now_unread.len(), 14);
    assert!(now_unread.contains(&unread[0]));
    assert!(!now_unread.contains(&unread[1]) && !now_unread.contains(&unread[2]));
    assert_eq!(app.ids(STARRED, &[]).await, [unread[1].clone()]);
    assert_eq!(app.ids(KEPT, &[]).await, [unread[0].clone()]);
    assert_eq!(app.unread_of(READING_LIST).await, 14);
    let again = app
        .post("stream/items/contents", &[("i", &wanted[1])])
        .await
        .json();
    let categories = again["items"][0]["categories"].as_array().unwrap();
    assert!(categories.iter().any(|c| c == READ) && categories.iter().any(|c| c == STARRED));
}

/// As FeedMe with Miniflux: pages of contents, and everything read at once.
#[tokio::test]
async fn feedme_reads_page_by_page_and_marks_all_as_read() {
    let house = House::full().await;
    let app = house.app("").await;
    assert_eq!(
        app.get("user-info", &[]).await["userName"]
            .as_str()
            .unwrap()
            .len(),
        15
    );
    let mut next = String::new();
    let mut titles = Vec::new();
    loop {
        let path = format!("stream/contents/{}", READING_LIST.replace('/', "%2F"));
        let mut pairs = vec![("n", "4"), ("xt", READ), ("client", "FeedMe")];
        if !next.is_empty() {
            pairs.push(("c", &next));
        }
        let page = app.get(&path, &pairs).await;
        assert_eq!(page["id"], READING_LIST);
        for item in page["items"].as_array().unwrap() {
            titles.push(item["title"].as_str().unwrap().to_owned());
            assert!(item["enclosure"][0]["url"].is_string());
            assert_eq!(item["enclosure"][0]["type"], "application/pdf");
        }
        match page["continuation"].as_str() {
            Some(token) => next = token.to_owned(),
            None => break,
        }
    }
    let expected: Vec<String> = (10..15)
        .rev()
        .map(|n| format!("Anunț b {n}"))
        .chain((0..10).rev().map(|n| format!("Anunț a {n}")))
        .collect();
    assert_eq!(titles, expected);

    // All that had come by then; what comes later is not touched, even if the app looks far ahead.
    let newest = app
        .get("stream/items/ids", &[("s", "feed/a"), ("n", "1")])
        .await;
    let newest = newest["itemRefs"][0]["timestampUsec"]
        .as_str()
        .unwrap()
        .to_owned();
    app.change("mark-all-as-read", &[("s", READING_LIST), ("ts", &newest)])
        .await;
    assert_eq!(app.unread_of("feed/a").await, 0);
    assert_eq!(app.unread_of("feed/b").await, 5);
    assert_eq!(app.unread_of("user/-/label/România").await, 5);
    app.change(
        "mark-all-as-read",
        &[("s", "user/-/label/România"), ("ts", "99999999999999999")],
    )
    .await;
    assert_eq!(app.unread_of(READING_LIST).await, 0);
    house
        .record("b", later(600), vec![crate::house::item("b", 77)])
        .await;
    assert_eq!(app.unread().await.len(), 1);
    assert_eq!(app.unread_of(READING_LIST).await, 1);
    // Some give seconds, some nothing at all.
    let second = later(600).as_second().to_string();
    app.change("mark-all-as-read", &[("s", "feed/b"), ("ts", &second)])
        .await;
    assert!(app.unread().await.is_empty());
}

/// Feeds can be left, taken up again, renamed and filed; for others they stay as they are.
#[tokio::test]
async fn a_reader_files_the_feeds_as_it_likes() {
    let house = House::full().await;
    let (app, other) = (house.app("").await, house.app("").await);
    app.change(
        "subscription/edit",
        &[
            ("ac", "edit"),
            ("s", "feed/a"),
            ("t", "Alfa"),
            ("a", "user/-/label/Ale mele"),
        ],
    )
    .await;
    app.change(
        "subscription/edit",
        &[("ac", "unsubscribe"), ("s", "feed/b")],
    )
    .await;
    let feeds = app.get("subscription/list", &[]).await;
    let feeds = feeds["subscriptions"].as_array().unwrap();
    assert_eq!(feeds.len(), 2);
    assert_eq!(feeds[0]["title"], "Alfa");
    assert_eq!(feeds[0]["categories"][0]["id"], "user/-/label/Ale mele");
    assert_eq!(app.ids("user/-/label/Ale mele", &[]).await.len(), 10);
    assert_eq!(app.unread().await.len(), 10, "nothing of what was left");
    app.change(
        "rename-tag",
        &[
            ("s", "user/-/label/Ale mele"),
            ("dest", "user/-/label/Altele"),
        ],
    )
    .await;
    assert_eq!(app.ids("user/-/label/Altele", &[]).await.len(), 10);
    app.change("disable-tag", &[("s", "user/-/label/Altele")])
        .await;
    let feeds = app.get("subscription/list", &[]).await;
    let alfa = feeds["subscriptions"]
        .as_array()
        .unwrap()
        .iter()
        .find(|feed| feed["id"] == "feed/a")
        .unwrap();
    assert!(alfa["categories"].as_array().unwrap().is_empty());

    let back = app
        .post(
            "subscription/quickadd",
            &[("quickadd", "https://b.example")],
        )
        .await
        .json();
    assert_eq!(
        (&back["numResults"], &back["streamId"]),
        (&1.into(), &"feed/b".into())
    );
    assert_eq!(app.unread().await.len(), 15);
    let refused = app
        .post(
            "subscription/quickadd",
            &[("quickadd", "https://c.example/feed")],
        )
        .await
        .json();
    assert_eq!(refused["numResults"], 0);
    assert!(refused["error"].as_str().unwrap().len() > 20);

    let feeds = other.get("subscription/list", &[]).await;
    assert_eq!(feeds["subscriptions"].as_array().unwrap().len(), 3);
    assert_eq!(feeds["subscriptions"][1]["title"], "Fundația <a>");
    let opml = app.ask("subscription/export").await.body;
    let entries = vesti::delivery::read_opml(opml.as_bytes()).unwrap();
    assert_eq!(entries.len(), 2, "{opml}");
    assert!(entries.iter().any(|entry| entry.title == "Alfa"));
}
