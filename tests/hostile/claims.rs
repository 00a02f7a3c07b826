//! Servers that say what is not so: that nothing changed, that they moved, that an entry is somebody else's, that it is from
//! the future, that there is a feed elsewhere.

use std::fmt::Write as _;

use vesti::domain::{FaultKind, Item, Phase, StoryId};

use crate::rig::{HEALTHY, LONG, Rig, date, entry, rss};
use crate::server::{Step, answer, document, redirect};

fn tagged(etag: &str, body: &str) -> Vec<Step> {
    let head = format!("Content-Type: application/rss+xml\r\nETag: {etag}\r\n");
    answer("200 OK", &head, body)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_etag_that_stays_the_same_hides_no_new_content() {
    let rig = Rig::new(&["a"]).await;
    rig.server("a")
        .on("/feed", tagged("\"1\"", &rss(&[entry("unu", "Anunț", 5)])));
    rig.pass().await;
    let more = rss(&[entry("doi", "Apel", 2), entry("unu", "Anunț", 5)]);
    rig.server("a").instead("/feed", tagged("\"1\"", &more));
    rig.wait(1);
    rig.pass().await;
    assert_eq!(rig.items("a").len(), 2);
    let asked = rig.server("a").seen();
    let last = asked.iter().rfind(|seen| seen.path == "/feed").unwrap();
    assert_eq!(last.header("if-none-match"), Some("\"1\""));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn validators_of_what_could_not_be_read_are_not_kept() {
    let rig = Rig::new(&["a"]).await;
    let server = rig.server("a");
    let good = rss(&[entry("unu", "Anunț", 5)]);
    server.on("/feed", tagged("\"bun\"", &good));
    server.on("/feed", tagged("\"rau\"", "<rss"));
    server.on("/feed", tagged("\"rau\"", "\u{0}\u{1}\u{2}"));
    server.on("/feed", tagged("\"rau\"", &rss(&[entry("doi", "Apel", 1)])));
    for _ in 0..4 {
        rig.pass().await;
        rig.wait(1);
    }
    let asked: Vec<_> = server
        .seen()
        .into_iter()
        .filter(|seen| seen.path == "/feed")
        .collect();
    for seen in &asked[1..4] {
        assert_eq!(seen.header("if-none-match"), Some("\"bun\""));
    }
    let titles: Vec<_> = rig.items("a").into_iter().map(|item| item.title).collect();
    assert_eq!(titles, ["Anunț unu", "Apel doi"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_304_for_ever_is_not_believed_for_longer_than_a_day() {
    let rig = Rig::new(&["a"]).await;
    let server = rig.server("a");
    server.on("/feed", tagged("\"1\"", &rss(&[entry("unu", "Anunț", 5)])));
    server.on("/feed", answer("304 Not Modified", "ETag: \"1\"\r\n", ""));
    for _ in 0..30 {
        rig.pass().await;
        rig.wait(1);
    }
    let whole = server
        .seen()
        .iter()
        .filter(|seen| seen.path == "/feed" && seen.header("if-none-match").is_none())
        .count();
    assert!(
        whole >= 2,
        "asked for the whole document once a day: {whole}"
    );
    // A 304 to a question without a condition makes no sense, and is a fault like any other.
    assert_eq!(rig.items("a").len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_moves_for_good_to_garbage() {
    let rig = Rig::new(&["a"]).await;
    let server = rig.server("a");
    server.on(
        "/feed",
        document("application/rss+xml", rss(&[entry("unu", "Anunț", 5)])),
    );
    for _ in 0..5 {
        server.on("/feed", redirect(301, "/gunoi"));
    }
    server.on("/gunoi", document("application/rss+xml", "\u{0}gunoi"));
    server.on(
        "/feed",
        document("application/rss+xml", rss(&[entry("doi", "Apel", 1)])),
    );
    rig.pass().await;
    for _ in 0..5 {
        rig.wait(24);
        let said = rig.pass().await;
        assert!(said["a"].log.fault.is_some());
        assert_eq!(said["a"].state.address, Some(rig.url("a", "/feed")));
    }
    rig.wait(24);
    let said = rig.pass().await;
    assert_eq!((&said["a"].log.fault, said["a"].log.new), (&None, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_overwrites_what_is_somebody_elses() {
    let rig = Rig::new(&["hot", "imitator"]).await;
    rig.pass().await;
    // That others tell the same makes them carriers of the same stories, no more.
    let others = || -> Vec<Item> {
        let mut items = rig.items(HEALTHY);
        for item in &mut items {
            (item.story, item.seq) = (StoryId::new(item.id.get()), item.born);
        }
        items
    };
    let before = others();
    // The same guids and the addresses of the healthy source's own pages.
    let stolen: Vec<String> = (1..=3)
        .map(|hours| {
            let link = rig.url(HEALTHY, &format!("/bun-{hours}"));
            let own = format!("<link>/bun-{hours}</link>");
            entry(&format!("bun-{hours}"), "Furat", 1)
                .replace(&own, &format!("<link>{link}</link>"))
        })
        .collect();
    for id in ["hot", "imitator"] {
        rig.server(id)
            .on("/feed", document("application/rss+xml", rss(&stolen)));
    }
    rig.wait(25);
    rig.pass().await;
    assert_eq!(rig.items("hot").len(), 3, "they are items of its own");
    assert_eq!(rig.items("imitator").len(), 3);
    assert_eq!(others(), before, "and the other's are untouched");

    // One guid for ever new things, and one address for all of them.
    for (turn, title) in ["Concert caritabil", "Bugetul orașului", "Lege nouă"]
        .iter()
        .enumerate()
    {
        let text = format!(
            "<item><guid>mereu</guid><link>/mereu-{turn}</link><title>{title}</title><pubDate>{}</pubDate><description>{title} {LONG}</description></item>",
            date(-1 - turn as i64)
        );
        rig.server("hot")
            .instead("/feed", document("application/rss+xml", rss(&[text])));
        for path in ["/bun-1", "/bun-2", "/bun-3", "/mereu-0", "/mereu-1"] {
            rig.server("hot")
                .on(path, document("text/html", "<html></html>"));
        }
        rig.wait(25);
        rig.pass().await;
    }
    let titles: Vec<_> = rig
        .items("hot")
        .into_iter()
        .map(|item| item.title)
        .collect();
    for title in ["Concert caritabil", "Bugetul orașului", "Lege nouă"] {
        assert!(titles.contains(&title.to_owned()), "{titles:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_date_puts_nothing_on_top_for_good() {
    let rig = Rig::new(&["viitor"]).await;
    let dates = [
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "Sat, 01 Jan 2101 00:00:00 GMT",
        "Thu, 01 Jan 0001 00:00:00 GMT",
        "-271821-04-20T00:00:00Z",
        "99999999999999999999",
        "Sun, 22 Nov 2026 18:00:00 GMT",
        "Mon, 00 Foo 0000 99:99:99 +9999",
    ];
    let entries: Vec<String> = dates
        .iter()
        .enumerate()
        .map(|(number, date)| {
            let whole = entry(&format!("n-{number}"), "Timp", 1);
            let (from, to) = (
                whole.find("<pubDate>").unwrap(),
                whole.find("</pubDate>").unwrap(),
            );
            format!("{}<pubDate>{date}{}", &whole[..from], &whole[to..])
        })
        .collect();
    rig.server("viitor")
        .on("/feed", document("application/rss+xml", rss(&entries)));
    let first_pass = crate::rig::start();
    rig.pass().await;
    let items = rig.items("viitor");
    assert_eq!(items.len(), dates.len());
    for item in &items {
        assert!(
            item.sort_at <= first_pass,
            "{} {}",
            item.title,
            item.sort_at
        );
        let absurd = item
            .published
            .is_some_and(|at| at > first_pass + jiff::SignedDuration::from_hours(48));
        assert!(!absurd, "{} {:?}", item.title, item.published);
    }
    rig.wait(2);
    let mut entries = entries;
    entries.push(entry("acum", "Adevărat", -1));
    rig.server("viitor")
        .instead("/feed", document("application/rss+xml", rss(&entries)));
    rig.pass().await;
    let newest = rig
        .items("viitor")
        .into_iter()
        .max_by_key(|item| item.sort_at)
        .unwrap();
    assert_eq!(newest.title, "Adevărat acum");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn looking_for_a_feed_comes_to_an_end() {
    let ids = ["multe", "cerc", "ocol", "roboti", "roboti-mari"];
    let rig = Rig::with(&ids, |rules| {
        rules.first_byte_timeout = std::time::Duration::from_secs(15);
        rules.timeout = std::time::Duration::from_secs(20);
    })
    .await;
    let page = |links: &str| {
        document(
            "text/html",
            format!("<html><head>{links}</head><body><p>Acasă</p></body></html>"),
        )
    };
    let mut links = String::new();
    for number in 0..10_000 {
        let _ = write!(
            links,
            "<link rel=alternate type=application/rss+xml href=/flux/{number}>"
        );
    }
    rig.server("multe").on("/feed", page(&links));
    // A page that names a page that names the first one again.
    let link = |to: &str| {
        page(&format!(
            "<link rel=alternate type=application/rss+xml href={to}>"
        ))
    };
    rig.server("cerc").on("/feed", link("/a"));
    rig.server("cerc").on("/a", link("/b"));
    rig.server("cerc").on("/b", link("/feed"));
    rig.server("ocol").on("/feed", redirect(302, "/a"));
    rig.server("ocol").on("/a", redirect(302, "/feed"));
    let robots =
        "User-agent: *\nDisallow: /ascuns\n".to_owned() + &"Disallow: /x*y*z*$\n".repeat(300_000);
    rig.server("roboti")
        .on("/robots.txt", document("text/plain", robots));
    rig.server("roboti").on(
        "/feed",
        document("application/rss+xml", rss(&[entry("unu", "Anunț", 5)])),
    );
    let endless = vec![
        Step::Send(b"HTTP/1.1 200 OK\r\n\r\n".to_vec()),
        Step::Forever(b"Allow: /\n".repeat(1_000)),
    ];
    rig.server("roboti-mari").on("/robots.txt", endless);
    rig.server("roboti-mari").on(
        "/feed",
        document("application/rss+xml", rss(&[entry("unu", "Anunț", 5)])),
    );
    let said = rig.pass().await;
    for id in ["multe", "cerc"] {
        let fault = said[id].log.fault.as_ref().unwrap();
        assert_eq!(fault.kind, FaultKind::NothingListed, "{id}: {fault}");
    }
    let fault = said["ocol"].log.fault.as_ref().unwrap();
    assert_eq!(fault.kind, FaultKind::Redirect, "{fault}");
    for id in ["multe", "cerc", "ocol"] {
        let asked = rig.server(id).seen().len();
        assert!(asked <= 15, "{id}: {asked} requests in one visit");
    }
    for id in ["roboti", "roboti-mari"] {
        assert_eq!(said[id].log.fault, None, "{id}");
        assert_eq!(said[id].state.phase, Phase::Healthy);
    }
}
