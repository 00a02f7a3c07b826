//! Sites that break, over real HTTP.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use jiff::{SignedDuration, Timestamp};
use vesti::clock::ManualClock;
use vesti::config::Config;
use vesti::crawling::fetch::{Fetcher, Names};
use vesti::crawling::{Crawler, Pass, Report};
use vesti::domain::{Country, Role, Seq, Source, SourceId, Symptom, Turn, Way};
use vesti::store::{Change, Store};

/// Pages of a site, by path: status, type, body.
type Pages = Arc<Mutex<BTreeMap<String, (u16, &'static str, String)>>>;

struct Rig {
    store: Store,
    crawler: Crawler,
    clock: Arc<ManualClock>,
    pages: Pages,
    id: SourceId,
    _data: tempfile::TempDir,
}

async fn answer(State(pages): State<Pages>, uri: Uri) -> Response {
    let page = pages.lock().unwrap().get(uri.path()).cloned();
    match page {
        Some((status, kind, body)) => (
            StatusCode::from_u16(status).unwrap(),
            [(header::CONTENT_TYPE, kind)],
            body,
        )
            .into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn start() -> Timestamp {
    "2026-03-02T09:00:00Z".parse().unwrap()
}

impl Rig {
    async fn new() -> Self {
        let pages = Pages::default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address: SocketAddr = listener.local_addr().unwrap();
        let router = Router::new().fallback(answer).with_state(pages.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        let clock = Arc::new(ManualClock::new(start()));
        let mut config = Config::default();
        let crawler = &mut config.settings.crawler;
        crawler.host_delay = Duration::ZERO;
        crawler.robots = false;
        crawler.timeout = Duration::from_secs(5);
        crawler.allow_networks = vec!["127.0.0.0/8".parse().unwrap()];
        let data = tempfile::tempdir().unwrap();
        let store = Store::open(data.path()).unwrap();
        let source = Source {
            id: "ong".parse().unwrap(),
            name: "ONG".into(),
            url: Some(format!("http://{address}/").parse().unwrap()),
            country: Country::RO,
            role: Role::Member,
            languages: vec!["ro".parse().unwrap()],
            feed: None,
            listing: None,
            interval: None,
            topics: Vec::new(),
            paused: false,
            private: false,
        };
        let id = source.id.clone();
        store.set_sources(vec![source], start()).await.unwrap();
        let fetcher =
            Fetcher::new(&config.settings.crawler, clock.clone(), Names::default()).unwrap();
        let crawler = Crawler::new(store.clone(), fetcher, clock.clone(), &config);
        Self {
            store,
            crawler,
            clock,
            pages,
            id,
            _data: data,
        }
    }

    fn page(&self, path: &str, kind: &'static str, body: String) {
        self.pages
            .lock()
            .unwrap()
            .insert(path.to_owned(), (200, kind, body));
    }

    fn html(&self, path: &str, body: &str) {
        self.page(
            path,
            "text/html; charset=utf-8",
            format!("<!doctype html><html lang=ro><head><title>ONG</title><link rel=alternate type=\"application/rss+xml\" href=\"/feed\"></head><body>{body}</body></html>"),
        );
    }

    fn feed(&self, titles: &[(&str, &str)]) {
        self.page("/feed", "application/rss+xml", rss(titles));
    }

    fn remove(&self, path: &str) {
        self.pages.lock().unwrap().remove(path);
    }

    /// A visit some hours after the last one.
    async fn visit(&self, hours: i64) -> Report {
        self.clock
            .set(self.clock_now() + SignedDuration::from_hours(hours));
        let (reports, mut heard) = tokio::sync::mpsc::unbounded_channel();
        let which = Pass::Sources(vec![self.id.clone()]);
        self.crawler.pass(which, reports).await.unwrap();
        heard.recv().await.unwrap()
    }

    fn titles(&self) -> Vec<String> {
        let changes = self.store.changes_after(Seq(0), 1000).unwrap();
        let mut titles: Vec<String> = changes
            .into_iter()
            .filter_map(|change| match change {
                Change::Item(item) => Some(item.title),
                Change::Removed { .. } => None,
            })
            .collect();
        titles.sort();
        titles
    }

    fn words(&self) -> Vec<&'static str> {
        let record = self.store.source(&self.id).unwrap().unwrap();
        let words = record.state.findings.iter();
        words.map(|finding| finding.symptom.word()).collect()
    }

    fn happened(&self) -> Vec<(Turn, &'static str)> {
        let all = self.store.happenings_after(0, 100).unwrap();
        all.iter()
            .map(|happening| (happening.turn, happening.finding.symptom.word()))
            .collect()
    }
}

fn rss(entries: &[(&str, &str)]) -> String {
    let items: Vec<String> = entries
        .iter()
        .map(|(title, day)| {
            let at = format!("2026-{day}T08:00:00Z").parse::<Timestamp>().unwrap();
            let date = at.strftime("%a, %d %b %Y %H:%M:%S +0000");
            let slug = title.to_lowercase().replace(' ', "-");
            format!(
                "<item><title>{title}</title><link>/stiri/{slug}</link><guid>{slug}</guid><pubDate>{date}</pubDate>\
                 <description>{title}. Pe scurt: {title}, anul acesta, la noi.</description></item>"
            )
        })
        .collect();
    format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>ONG</title><link>/</link>{}</channel></rss>",
        items.concat()
    )
}

fn listing(entries: &[(&str, &str)]) -> String {
    let items: Vec<String> = entries
        .iter()
        .map(|(title, day)| {
            let slug = title.to_lowercase().replace(' ', "-");
            let (month, day) = day.split_once('-').unwrap();
            format!("<article class=post><h2><a href=\"/stiri/{slug}\">{title}</a></h2><time datetime=\"2026-{month}-{day}\">{day}.{month}.2026</time><p>Pe scurt despre {title}.</p></article>")
        })
        .collect();
    format!("<h1>ONG</h1><main>{}</main>", items.concat())
}

const NEWS: [(&str, &str); 6] = [
    ("Centrul de zi are un nou sediu", "02-27"),
    ("Voluntari pentru cantina sociala", "02-20"),
    ("Raportul anual este gata", "02-13"),
    ("Atelier pentru parinti la Iasi", "02-06"),
    ("Apel pentru parteneri din rural", "01-30"),
    ("Concert caritabil in martie", "01-23"),
];

fn with_news<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut all = more.to_vec();
    all.extend(NEWS);
    all
}

#[tokio::test]
async fn a_feed_that_stands_still_is_left_for_the_page_that_goes_on() {
    let rig = Rig::new().await;
    rig.feed(&NEWS);
    rig.html("/", &listing(&NEWS));
    for _ in 0..5 {
        rig.visit(24).await;
    }
    assert_eq!(rig.titles().len(), 6);
    let on_page = with_news(&[
        ("Tabara de vara incepe in iulie", "03-12"),
        ("Licitatie de mobilier", "03-10"),
    ]);
    rig.html("/", &listing(&on_page));
    let mut visits = 0;
    while !rig.words().contains(&"read_anew") {
        visits += 1;
        assert!(visits < 40, "{:?}", rig.words());
        rig.visit(24).await;
    }
    assert!(rig.titles().contains(&"Licitatie de mobilier".to_owned()));
    let state = rig.store.source(&rig.id).unwrap().unwrap().state;
    assert_eq!(state.way, Way::Listing);
    let Symptom::ReadAnew { why, from, .. } = &state.findings[0].symptom else {
        panic!("{:?}", state.findings);
    };
    assert_eq!(why.word(), "frozen");
    assert_eq!(from.0, Way::Feed);
    assert!(rig.happened().contains(&(Turn::Began, "read_anew")));

    // Undone, the feed is read again, and the page is not chosen once more.
    let undone = rig
        .store
        .undo(&rig.id, None, "ana", rig.clock_now())
        .await
        .unwrap();
    assert_eq!(undone.unwrap().symptom.word(), "read_anew");
    let deed = &rig.store.deeds(None, 1).unwrap()[0];
    assert_eq!(
        (deed.who.as_str(), deed.what.as_str(), deed.about.as_str()),
        ("ana", "way-undone", "ong")
    );
    let goes_on = [
        ("Scoala de vara isi deschide portile", "06-02"),
        ("Bursa locurilor de munca", "06-01"),
    ];
    let mut more = goes_on.to_vec();
    more.extend(on_page);
    rig.html("/", &listing(&more));
    rig.clock.set("2026-06-03T09:00:00Z".parse().unwrap());
    for _ in 0..30 {
        rig.visit(24).await;
        assert_eq!(
            rig.store.source(&rig.id).unwrap().unwrap().state.way,
            Way::Feed
        );
    }
    assert!(rig.words().contains(&"frozen"), "{:?}", rig.words());
    assert!(
        rig.store
            .look_again(&rig.id, "ana", rig.clock_now())
            .await
            .unwrap()
    );
    rig.visit(24).await;
    assert!(
        rig.store
            .source(&rig.id)
            .unwrap()
            .unwrap()
            .state
            .memory
            .refused
            .is_empty()
    );
}

impl Rig {
    fn clock_now(&self) -> Timestamp {
        use vesti::clock::Clock as _;
        self.clock.now()
    }
}

#[tokio::test]
async fn strangers_are_flagged_and_their_wares_are_not_recorded() {
    let rig = Rig::new().await;
    rig.feed(&NEWS);
    rig.html("/", &listing(&NEWS));
    rig.visit(24).await;
    rig.visit(24).await;
    let spam = [
        ("Situs slot gacor hari ini maxwin", "03-04"),
        ("Judi online terpercaya slot88", "03-04"),
        ("Bandar bola dan togel resmi", "03-04"),
    ];
    rig.feed(&spam);
    rig.html("/", &listing(&spam));
    let report = rig.visit(24).await;
    assert_eq!(report.log.new, 0);
    assert!(report.log.note.unwrap().to_string().contains("kept aside"));
    assert_eq!(rig.words(), ["other_subject"]);
    rig.visit(24).await;
    assert_eq!(rig.titles().len(), 6);
    assert_eq!(rig.words(), ["other_subject"]);
    assert!(
        rig.store
            .trust(&rig.id, "ana", rig.clock_now())
            .await
            .unwrap()
    );
    rig.visit(24).await;
    assert_eq!(rig.titles().len(), 9);
    assert!(rig.words().is_empty());
}

#[tokio::test]
async fn a_parked_domain_is_not_read_in_any_way() {
    let rig = Rig::new().await;
    rig.feed(&NEWS);
    rig.html("/", &listing(&NEWS));
    rig.visit(24).await;
    rig.remove("/feed");
    let parked = "<h1>This domain is for sale</h1><ul><li><a href=/1>Home insurance</a></li><li><a href=/2>Cheap flights</a></li><li><a href=/3>Online degrees</a></li></ul>";
    rig.html("/", parked);
    rig.page(
        "/feed",
        "text/html",
        format!("<title>ong.ro</title>{parked}"),
    );
    for _ in 0..3 {
        rig.visit(24).await;
    }
    assert_eq!(rig.words(), ["parked"]);
    assert_eq!(rig.titles().len(), 6);
    rig.feed(&NEWS);
    rig.visit(24).await;
    assert!(rig.words().is_empty());
    let last = *rig.happened().last().unwrap();
    assert_eq!(last, (Turn::Ended, "parked"));
}

#[tokio::test]
async fn a_wall_before_the_feed_is_told_with_its_name() {
    let rig = Rig::new().await;
    rig.feed(&NEWS);
    rig.html("/", &listing(&NEWS));
    rig.visit(24).await;
    let wall = "<html><head><title>Just a moment...</title></head><body>Enable JavaScript and cookies to continue</body></html>";
    for path in ["/feed", "/"] {
        let page = (403, "text/html", wall.to_owned());
        rig.pages.lock().unwrap().insert(path.to_owned(), page);
    }
    for _ in 0..3 {
        rig.visit(20).await;
    }
    assert_eq!(rig.words(), ["bot_wall"]);
}

#[tokio::test]
async fn a_feed_that_is_lost_is_replaced_and_the_reason_is_kept() {
    let rig = Rig::new().await;
    rig.feed(&NEWS);
    rig.html("/", &listing(&NEWS));
    rig.visit(24).await;
    rig.page(
        "/feed",
        "text/html",
        "<title>Pagina nu a fost găsită – ONG</title><h1>404</h1>".into(),
    );
    rig.visit(24).await;
    let state = rig.store.source(&rig.id).unwrap().unwrap().state;
    assert_eq!(state.way, Way::Listing);
    let Symptom::ReadAnew { why, .. } = &state.findings[0].symptom else {
        panic!("{:?}", state.findings);
    };
    assert_eq!(why.word(), "error_page");
    rig.store
        .confirm_deeds(&rig.id, "ana", rig.clock_now())
        .await
        .unwrap();
    assert!(rig.words().is_empty());
    assert_eq!(
        rig.store
            .undo(&rig.id, None, "ana", rig.clock_now())
            .await
            .unwrap(),
        None
    );
}

#[tokio::test]
async fn a_page_that_lists_its_menu_after_a_redesign_gives_no_items() {
    let rig = Rig::new().await;
    rig.html("/", &listing(&NEWS));
    rig.visit(24).await;
    rig.visit(24).await;
    let menu: Vec<String> = [
        "Despre organizatia noastra",
        "Echipa si voluntarii nostri",
        "Proiectele noastre de suflet",
        "Cum poti dona prin SMS",
        "Parteneri si finantatori",
        "Politica de confidentialitate",
        "Date de contact si program",
    ]
    .iter()
    .map(|name| format!("<li><a href=\"/pagini/{}\">{name}</a></li>", name.len()))
    .collect();
    rig.html("/", &format!("<h1>ONG</h1><ul>{}</ul>", menu.concat()));
    for _ in 0..3 {
        rig.visit(20).await;
    }
    assert_eq!(rig.titles().len(), 6, "{:?}", rig.titles());
    assert_eq!(rig.words(), ["redesigned"]);
}

#[tokio::test]
async fn happenings_are_listed_in_pages_and_forgotten_after_two_years() {
    let rig = Rig::new().await;
    rig.feed(&NEWS);
    rig.html("/", &listing(&NEWS));
    rig.visit(1).await;
    for _ in 0..3 {
        rig.pages.lock().unwrap().clear();
        for _ in 0..3 {
            rig.visit(20).await;
        }
        rig.feed(&NEWS);
        rig.html("/", &listing(&NEWS));
        rig.visit(20).await;
    }
    let all = rig.store.happenings(None, None, 100).unwrap();
    assert_eq!(all.len(), 6);
    let pages = rig
        .store
        .happenings(Some(&rig.id), Some(all[1].number), 2)
        .unwrap();
    assert_eq!(pages, all[2..4]);
    assert_eq!(
        rig.store.happenings_after(all[2].number, 10).unwrap().len(),
        2
    );
    let later = rig.clock_now() + SignedDuration::from_hours(24 * 740);
    assert_eq!(rig.store.forget_happenings(later).await.unwrap(), 6);
}
