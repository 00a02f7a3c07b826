//! What an editor does on the pages.

use axum::http::{Method, StatusCode};

use crate::rig::{EDITOR, Rig, VIEWER, feed, source};

const SAVE: [(&str, &str); 6] = [
    ("do", "save"),
    ("id", "noua"),
    ("name", "Sursa nouă"),
    ("country", "md"),
    ("role", "partner"),
    ("languages", "ro, ru"),
];

#[tokio::test]
async fn a_source_is_added_by_looking_at_its_address_first() {
    let rig = Rig::new().await;
    rig.set("/nou", feed("nou", 4));
    let address = format!("{}/nou", rig.site);
    let path = "/monitor/sources/add";
    let looked = rig
        .form(EDITOR, path, &[("do", "probe"), ("url", &address)])
        .await;
    let preview = rig
        .until_page(&format!("{}&ui=en", looked.place()), "What was found")
        .await;
    for words in [
        "Anunț nou 1",
        "4 announcements",
        "Romanian",
        "caută voluntari",
        "name=\"id\"",
        "Add the source",
    ] {
        assert!(preview.body.contains(words), "{words}: {}", preview.body);
    }
    assert_eq!(
        rig.ids(),
        ["a", "b"],
        "nothing is kept before it is asked for"
    );

    // With a mistake in it nothing is kept either, and what was typed stays.
    let mut wrong = SAVE.to_vec();
    wrong.extend([("url", address.as_str()), ("interval", "uneori")]);
    let told = rig.form(EDITOR, path, &wrong).await;
    assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(told.body.contains("Sursa nouă") && told.body.contains("interval-fault"));
    assert_eq!(rig.ids(), ["a", "b"]);

    let mut right = SAVE.to_vec();
    right.push(("url", &address));
    let saved = rig.form(EDITOR, path, &right).await;
    assert_eq!(saved.place(), "/monitor/sources/noua?done=added");
    rig.until("source=noua", 4).await;
    let config = rig.managing.config();
    let added = config.sources.last().unwrap();
    assert_eq!(
        (added.name.as_str(), added.country.as_str()),
        ("Sursa nouă", "MD")
    );
    let deed = (
        "ana".to_owned(),
        "sources-added".to_owned(),
        "noua".to_owned(),
    );
    assert!(rig.deeds().contains(&deed), "{:?}", rig.deeds());

    // Looked at again, it is known.
    let looked = rig
        .form(EDITOR, path, &[("do", "probe"), ("url", &address)])
        .await;
    let known = rig
        .until_page(&format!("{}&ui=en", looked.place()), "What was found")
        .await;
    assert!(known.body.contains("The same address:"), "{}", known.body);
    assert!(known.body.contains("/monitor/sources/noua"));
}

#[tokio::test]
async fn a_look_that_takes_long_says_so_and_comes_back_by_itself() {
    let rig = Rig::new().await;
    rig.set("/lent", "stuck");
    let address = format!("{}/lent", rig.site);
    let looked = rig
        .form(
            EDITOR,
            "/monitor/sources/add",
            &[("do", "probe"), ("url", &address)],
        )
        .await;
    let page = rig.page(EDITOR, &format!("{}&ui=en", looked.place())).await;
    assert_eq!(page.status, StatusCode::OK);
    let again = page.headers["refresh"].to_str().unwrap();
    assert!(again.contains(looked.place()), "{again}");
    assert!(page.body.contains("Still looking at"));
    // Nobody else sees what somebody looks at.
    let other = rig.page(VIEWER, looked.place()).await;
    assert_eq!(other.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn editing_pausing_and_moving_take_effect_at_once() {
    let rig = Rig::new().await;
    rig.until("", 6).await;
    let page = rig.page(EDITOR, "/monitor/sources/a/edit?ui=en").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("value=\"Sursa a\"") && page.body.contains("sources.toml"));
    let url = format!("{}/a", rig.site);
    let fields = |name: &'static str, url: &str| -> Vec<(&'static str, String)> {
        [
            ("name", name.to_owned()),
            ("url", url.to_owned()),
            ("country", "LV".into()),
            ("role", "media".into()),
            ("languages", "ro".into()),
        ]
        .into()
    };
    let send = async |pairs: Vec<(&'static str, String)>| {
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(n, v)| (*n, v.as_str())).collect();
        rig.form(EDITOR, "/monitor/sources/a/edit", &pairs).await
    };
    let edited = send(fields("Alt nume", &url)).await;
    assert_eq!(edited.place(), "/monitor/sources/a?done=edited");
    rig.until("country=LV", 3).await;
    let shown = rig
        .api_as(None, Method::GET, "/api/v1/sources/a", None)
        .await;
    assert_eq!(shown.json()["name"], "Alt nume");

    let elsewhere = format!("{}/mutat", rig.site);
    rig.set("/mutat", feed("mutat", 2));
    let moved = send(fields("Alt nume", &elsewhere)).await;
    assert_eq!(moved.place(), "/monitor/sources/a?done=moved");
    rig.until("source=a", 5).await;

    let act = async |what: &'static str| {
        rig.form(EDITOR, "/monitor/sources/a", &[("do", what)])
            .await
    };
    assert_eq!(act("pause").await.place(), "/monitor/sources/a?done=paused");
    assert_eq!(act("try").await.status, StatusCode::CONFLICT);
    assert_eq!(
        act("resume").await.place(),
        "/monitor/sources/a?done=resumed"
    );
    let what: Vec<String> = rig.deeds().into_iter().map(|(_, what, _)| what).collect();
    assert_eq!(
        what[..4],
        [
            "source-resumed",
            "source-paused",
            "source-moved",
            "source-edited"
        ]
    );
    // Another's address is refused, and what was typed stays.
    let taken = send(fields("Alt nume", &format!("{}/b", rig.site))).await;
    assert_eq!(taken.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(taken.body.contains("/b\""), "{}", taken.body);
}

#[tokio::test]
async fn a_visit_can_be_had_at_once_and_its_result_is_shown() {
    let rig = Rig::new().await;
    rig.until("source=a", 3).await;
    rig.set("/a", feed("a", 5));
    let tried = rig
        .form(EDITOR, "/monitor/sources/a", &[("do", "try")])
        .await;
    let path = format!("{}&ui=en", tried.place());
    let result = rig.until_page(&path, "The visit succeeded.").await;
    assert!(result.body.contains("<dd>5</dd>"), "{}", result.body);
    rig.until("source=a", 5).await;
    // So can a look for another way to read it; what vesti did not do cannot be undone.
    rig.set("/a", feed("a", 6));
    let again = rig
        .form(EDITOR, "/monitor/sources/a", &[("do", "look-again")])
        .await;
    assert_eq!(again.place(), "/monitor/sources/a?done=looked-again");
    rig.until("source=a", 6).await;
    for what in ["undo", "confirm"] {
        let refused = rig
            .form(EDITOR, "/monitor/sources/a", &[("do", what)])
            .await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{what}");
    }
    let page = rig
        .page(EDITOR, "/monitor/sources/a?ui=en&done=looked-again")
        .await;
    assert!(page.body.contains("value=\"look-again\""), "{}", page.body);
    assert!(!page.body.contains("value=\"undo\""));
    let page = rig.page(VIEWER, "/monitor/sources/a").await;
    assert!(!page.body.contains("value=\"look-again\""));
}

#[tokio::test]
async fn retired_sources_keep_their_items_and_can_be_taken_back() {
    let rig = Rig::new().await;
    rig.until("", 6).await;
    let retired = rig
        .form(EDITOR, "/monitor/sources/b", &[("do", "retire")])
        .await;
    assert_eq!(retired.place(), "/monitor/sources/b?done=retired");
    assert_eq!(rig.ids(), ["a"]);
    assert_eq!(rig.total("source=b").await, 3);
    let page = rig.page(EDITOR, "/monitor/catalogue?ui=en").await;
    assert!(page.body.contains("Sources that are no longer read"));
    let back = rig
        .form(EDITOR, "/monitor/sources/b", &[("do", "restore")])
        .await;
    assert_eq!(back.place(), "/monitor/sources/b?done=restored");
    assert_eq!(rig.ids(), ["a", "b"]);
}

#[tokio::test]
async fn a_merged_source_lives_on_in_the_other() {
    let rig = Rig::new().await;
    rig.until("", 6).await;
    let asked = rig
        .form(
            EDITOR,
            "/monitor/sources/a",
            &[("do", "merge"), ("into", "b")],
        )
        .await;
    assert_eq!(asked.status, StatusCode::OK);
    assert_eq!(rig.ids(), ["a", "b"], "it is asked first");
    let merged = rig
        .form(
            EDITOR,
            "/monitor/sources/a",
            &[("do", "merge"), ("into", "b"), ("sure", "1")],
        )
        .await;
    assert_eq!(merged.place(), "/monitor/sources/b?done=merged");
    rig.until("source=b", 6).await;
    // Who follows the old one goes on.
    assert_eq!(rig.total("source=a").await, 6);
    let page = rig.page("", "/sources/a").await;
    assert_eq!(page.status, StatusCode::PERMANENT_REDIRECT);
    assert_eq!(page.headers["location"], "/sources/b");
    // What the old one lists is known when the other one lists it too.
    rig.set("/b", feed("a", 3));
    rig.form(EDITOR, "/monitor/sources/b", &[("do", "try")])
        .await;
    let b = "b".parse().unwrap();
    let before = rig.store.visits(&b, 9).unwrap().len();
    while rig.store.visits(&b, 9).unwrap().len() == before {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert_eq!(rig.store.visits(&b, 1).unwrap()[0].new, 0);
}

#[tokio::test]
async fn lists_are_looked_at_before_they_are_taken() {
    let rig = Rig::new().await;
    let opml = format!(
        "<opml version='2.0'><body><outline text='A' xmlUrl='{0}/a'/><outline text='Nouă' xmlUrl='{0}/nou'/></body></opml>",
        rig.site
    );
    rig.set("/nou", feed("nou", 2));
    let csrf = rig.csrf(EDITOR).await;
    let part = |name: &str, value: &str| {
        format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let body = [
        part("csrf", &csrf),
        part("do", "preview"),
        part("file", &opml),
        part("text", ""),
        part("country", "ro"),
        "--x--\r\n".into(),
    ]
    .concat();
    let kind = "multipart/form-data; boundary=x";
    let preview = rig
        .post(EDITOR, "/monitor/catalogue?ui=en", kind, body)
        .await;
    assert_eq!(preview.status, StatusCode::OK);
    assert!(preview.body.contains("1 new source"), "{}", preview.body);
    assert!(preview.body.contains("already has this address"));
    assert_eq!(rig.ids(), ["a", "b"]);
    let new = vesti::config::source_block(&source("noua", &format!("{}/nou", rig.site)));
    let taken = rig
        .form(
            EDITOR,
            "/monitor/catalogue",
            &[("do", "import"), ("plan", &new), ("take", "noua")],
        )
        .await;
    assert_eq!(taken.place(), "/monitor/catalogue?done=imported");
    rig.until("source=noua", 2).await;

    // What goes out comes in again as known.
    let exported = rig.page(EDITOR, "/monitor/catalogue/sources.toml").await;
    let (sources, problems) = vesti::config::read_sources("x", exported.body.clone(), &[]);
    assert!(problems.is_empty());
    assert_eq!(sources, rig.managing.config().sources);
    let again = rig
        .form(
            EDITOR,
            "/monitor/catalogue?ui=en",
            &[("do", "preview"), ("text", &exported.body)],
        )
        .await;
    assert!(again.body.contains("0 new sources"), "{}", again.body);
    let own = rig.page(EDITOR, "/monitor/catalogue/browser.toml").await;
    assert!(own.body.contains("noua") && !own.body.contains("Sursa a"));
    let opml = rig.page(EDITOR, "/monitor/catalogue/sources.opml").await;
    assert_eq!(opml.body.matches("xmlUrl=").count(), 3, "{}", opml.body);
}

#[tokio::test]
async fn disagreements_are_shown_and_settled_by_a_button() {
    let rig = Rig::new().await;
    let url = format!("{}/a", rig.site);
    let edited = rig
        .form(
            EDITOR,
            "/monitor/sources/a/edit",
            &[
                ("name", "Din browser"),
                ("url", &url),
                ("country", "RO"),
                ("role", "member"),
                ("languages", "ro"),
            ],
        )
        .await;
    edited.place();
    let mut files = vesti::config::Config {
        sources: rig.managing.config().file_sources().to_vec(),
        ..vesti::config::Config::default()
    };
    files.settings = rig.managing.config().settings.clone();
    files.sources[0].name = "Din fișier".into();
    rig.managing
        .reload(files, jiff::Timestamp::now())
        .await
        .unwrap();
    let page = rig.page(VIEWER, "/monitor/catalogue?ui=en").await;
    for words in ["Disagreements", "Din browser", "Din fișier"] {
        assert!(page.body.contains(words), "{words}");
    }
    assert!(
        !page.body.contains("value=\"browser\""),
        "a viewer decides nothing"
    );
    let decided = rig
        .form(EDITOR, "/monitor/catalogue", &[("do", "file"), ("id", "a")])
        .await;
    assert_eq!(decided.place(), "/monitor/catalogue?done=decided");
    let config = rig.managing.config();
    assert_eq!(config.sources[0].name, "Din fișier");
    assert!(config.overlay.conflicts.is_empty() && config.overlay.managed.is_empty());
}
