//! Real store, index and receivers under a clock that the test holds.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;
use vesti::clock::{Clock as _, ManualClock, SharedClock};
use vesti::config::{Config, SearchSettings};
use vesti::delivery::{hook, watch as watches};
use vesti::domain::{
    Country, Deadline, Draft, Finding, Gravity, ItemId, ItemKey, Kind, Notices, Phase, Precision,
    Quiet, Role, Source, StaffId, Symptom, Understood, WatchId, WatchSpec,
};
use vesti::search::Index;
use vesti::store::{Intent, Store, Visit, VisitLog};

use super::receiver::{Answer, Message, Receiver};
use super::{SECRET, spec};

struct World {
    _dir: tempfile::TempDir,
    store: Store,
    index: Index,
    clock: ManualClock,
    config: Arc<Config>,
    stop: watch::Sender<bool>,
}

impl Drop for World {
    fn drop(&mut self) {
        self.stop.send_replace(true);
    }
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

impl World {
    /// On a Monday at noon, in Chișinău; `loopback`: whether services may be on this machine.
    async fn new(loopback: bool) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        let clock = ManualClock::new(at("2026-11-23T10:00:00Z"));
        let mut config = Config::default();
        config.settings.server.time_zone = jiff::tz::TimeZone::get("Europe/Chisinau").unwrap();
        config.settings.crawler.first_byte_timeout = Duration::from_secs(2);
        if loopback {
            config.settings.crawler.allow_networks = ["127.0.0.0/8", "::1/128"]
                .map(|network| network.parse().unwrap())
                .into();
        }
        store
            .set_sources(vec![source()], clock.now())
            .await
            .unwrap();
        let index = Index::open(dir.path(), &store, &SearchSettings::default(), &[]).unwrap();
        Self {
            _dir: dir,
            store,
            index,
            clock,
            config: Arc::new(config),
            stop: watch::Sender::new(false),
        }
    }

    async fn watch(&self, spec: WatchSpec) -> WatchId {
        let secrets = (format!("token-{}", spec.name), SECRET.to_owned());
        let who = (StaffId(1), "ana".to_owned());
        self.store
            .add_watch(who, spec, secrets, self.clock.now())
            .await
            .unwrap()
    }

    fn start(&self) {
        let clock: SharedClock = Arc::new(self.clock.clone());
        let config = watch::Sender::new(self.config.clone());
        let public = url::Url::parse("http://vesti.example/").unwrap();
        let receiver = config.subscribe();
        tokio::spawn(watches::keep_watches(
            self.store.clone(),
            self.index.clone(),
            clock.clone(),
            receiver.clone(),
            public.clone(),
            self.stop.subscribe(),
        ));
        tokio::spawn(hook::send_hooks(
            self.store.clone(),
            clock,
            receiver,
            public,
            self.stop.subscribe(),
        ));
        let (index, store, stop) = (
            self.index.clone(),
            self.store.clone(),
            self.stop.subscribe(),
        );
        tokio::spawn(async move { index.follow(store, stop).await });
        // The configuration never changes here.
        std::mem::forget(config);
    }

    async fn record(&self, intents: Vec<Intent>) -> Vec<ItemId> {
        self.visit(intents, Vec::new()).await
    }

    /// Records a visit that finds this to be the matter with the source.
    async fn visit(&self, intents: Vec<Intent>, findings: Vec<Finding>) -> Vec<ItemId> {
        let now = self.clock.now();
        let lease = self
            .store
            .lease_source("a".parse().unwrap(), now, Duration::from_mins(1))
            .await
            .unwrap()
            .unwrap();
        let mut state = lease.state.clone();
        state.phase = Phase::Healthy;
        state.next_visit = now + SignedDuration::from_hours(1);
        state.visits += 1;
        state.findings = findings;
        let visit = Visit {
            at: now,
            state,
            intents,
            log: VisitLog {
                at: now,
                url: "https://a.ro/feed".into(),
                status: Some(200),
                millis: 5,
                bytes: 100,
                listed: 1,
                new: 1,
                changed: 0,
                fault: None,
                note: None,
            },
        };
        self.store.record(&lease, visit).await.unwrap().inserted
    }

    async fn items(&self, numbers: std::ops::Range<usize>) -> Vec<ItemId> {
        let now = self.clock.now();
        let intents =
            numbers.map(|number| Intent::Insert(Box::new(item(number, now, "2026-12-01"))));
        self.record(intents.collect()).await
    }

    /// Lets time pass until so many messages were taken at a path.
    async fn until(&self, receiver: &Receiver, path: &str, count: usize) -> Vec<Message> {
        for _ in 0..400 {
            let taken = receiver.taken(path);
            if taken.len() >= count {
                return taken;
            }
            self.clock
                .set(self.clock.now() + SignedDuration::from_secs(1));
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("not {count} at {path}: {:?}", receiver.messages());
    }

    /// Moves the clock on in steps, so that whoever sleeps sees every one.
    async fn pass(&self, seconds: i64) {
        for _ in 0..10 {
            self.clock
                .set(self.clock.now() + SignedDuration::from_millis(seconds * 100));
            tokio::time::sleep(Duration::from_millis(60)).await;
        }
    }
}

fn source() -> Source {
    Source {
        id: "a".parse().unwrap(),
        name: "Asociația A".into(),
        url: Some("https://a.ro/".parse().unwrap()),
        country: Country::MD,
        role: Role::Member,
        languages: Vec::new(),
        feed: None,
        listing: None,
        interval: None,
        topics: Vec::new(),
        paused: false,
        private: false,
    }
}

fn item(number: usize, now: Timestamp, due: &str) -> Understood {
    let url: url::Url = format!("https://a.ro/{number}").parse().unwrap();
    Understood {
        draft: Draft {
            guid: Some(number.to_string()),
            url: Some(url.clone()),
            title: format!("Apelul numărul {number}"),
            author: None,
            html: None,
            text: format!("Cuvinte anume {number}. Termen-limită: {due}."),
            summary: None,
            published: Some(now),
            precision: Precision::Second,
            updated: None,
            lang_hint: None,
            image: None,
            attachments: Vec::new(),
            categories: Vec::new(),
            partial: false,
        },
        keys: vec![ItemKey::Guid(number.to_string())],
        url,
        content_hash: format!("{number} {due}"),
        excerpt: String::new(),
        lang: None,
        kind: Kind::Call,
        topics: Vec::new(),
        deadline: Some(Deadline {
            at: format!("{due}T21:59:59Z").parse().unwrap(),
            precision: Precision::Day,
            evidence: format!("Termen-limită: {due}."),
        }),
        event: None,
        sketch: vesti::domain::Sketch::default(),
    }
}

fn count(messages: &[Message], part: &str) -> usize {
    messages
        .iter()
        .map(|message| message.body[part].as_array().unwrap().len())
        .sum()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_announcement_and_an_edit_that_matters_arrive_signed_and_once() {
    let world = World::new(true).await;
    let receiver = Receiver::start().await;
    world.items(0..3).await;
    let id = world.watch(spec("a", &receiver.url("a", "a"))).await;
    world.start();
    let ids = world.items(3..5).await;
    world.pass(30).await;
    let taken = world.until(&receiver, "a", 1).await;
    assert_eq!(
        count(&taken, "items"),
        2,
        "what was there before is no news"
    );
    assert_eq!(taken[0].body["type"], "watch");
    assert_eq!(taken[0].body["items"][0]["source"]["name"], "Asociația A");
    let edit = Intent::Update {
        id: ids[0],
        now: Box::new(item(3, world.clock.now(), "2026-12-10")),
        edit: true,
    };
    world.record(vec![edit]).await;
    world.pass(120).await;
    let taken = world.until(&receiver, "a", 2).await;
    assert_eq!(count(&taken, "items"), 2);
    let matter = &taken[1].body["matters"][0];
    assert_eq!(matter["item"]["id"], ids[0].to_string());
    assert_eq!(matter["matters"][0]["matter"], "deadline_moved");
    assert_eq!(matter["matters"][0]["to"], "2026-12-10T21:59:59Z");
    assert!(
        matter["matters"][0]["text"]
            .as_str()
            .unwrap()
            .contains("10 decembrie 2026")
    );
    world.pass(600).await;
    assert_eq!(receiver.messages().len(), 2);
    let bulletins = world.store.bulletins(id, 10).unwrap();
    assert_eq!(bulletins.len(), 2, "the feed has the same");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_comes_in_the_night_waits_for_the_morning() {
    let world = World::new(true).await;
    let receiver = Receiver::start().await;
    let quiet = Some(Quiet { from: 22, to: 7 });
    world
        .watch(WatchSpec {
            quiet,
            ..spec("a", &receiver.url("a", "a"))
        })
        .await;
    world.start();
    world.clock.set(at("2026-11-23T20:30:00Z"));
    world.items(0..2).await;
    world.pass(600).await;
    world.items(2..4).await;
    world.pass(600).await;
    assert!(receiver.messages().is_empty());
    world.clock.set(at("2026-11-24T05:00:00Z"));
    let taken = world.until(&receiver, "a", 1).await;
    assert_eq!((taken.len(), count(&taken, "items")), (1, 4));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flood_is_one_summary() {
    let world = World::new(true).await;
    let receiver = Receiver::start().await;
    world.watch(spec("a", &receiver.url("a", "a"))).await;
    world.items(0..1_000).await;
    world.index.catch_up(&world.store).unwrap();
    world.start();
    world.pass(30).await;
    let taken = world.until(&receiver, "a", 1).await;
    assert_eq!(count(&taken, "items"), 50);
    assert_eq!(taken[0].body["more"], 950);
    world.pass(600).await;
    assert_eq!(receiver.messages().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_service_that_fails_is_tried_again_and_one_that_hangs_holds_up_nobody() {
    let world = World::new(true).await;
    let receiver = Receiver::start().await;
    receiver.answers("slow", &[Answer::Hang; 50]);
    receiver.answers(
        "moody",
        &[Answer::Fail(500), Answer::Later(30), Answer::Fail(503)],
    );
    receiver.answers("strict", &[Answer::Fail(404); 50]);
    world
        .watch(spec("slow", &receiver.url("slow", "slow")))
        .await;
    world
        .watch(spec("moody", &receiver.url("moody", "moody")))
        .await;
    let strict = world
        .watch(spec("strict", &receiver.url("strict", "strict")))
        .await;
    world
        .watch(spec("good", &receiver.url("good", "good")))
        .await;
    world.start();
    world.items(0..1).await;
    world.pass(10).await;
    world.until(&receiver, "good", 1).await;
    let sent_to = |path: &str| {
        let mut messages = receiver.messages();
        messages.retain(|message| message.path == path);
        messages
    };
    // The clock runs a hundred times as fast as the machine, which may be busy with other tests.
    for _ in 0..60 {
        if sent_to("/moody").len() >= 4 && sent_to("/strict").len() >= 5 {
            break;
        }
        world.pass(60).await;
    }
    world.pass(600).await;
    let moody = sent_to("/moody");
    assert_eq!(moody.len(), 4);
    assert!(
        moody.iter().all(|message| message.id == moody[0].id),
        "under one name"
    );
    assert!(moody[3].taken);
    assert_eq!(sent_to("/strict").len(), 5, "given up");
    let log = world
        .store
        .posted_under(&format!("hook/{strict}/"), 10)
        .unwrap();
    assert!(!log[0].sent && log[0].due.is_none());
    assert!(log[0].note.as_deref().unwrap().contains("404"), "{log:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_service_that_is_gone_gets_no_more_until_a_test_arrives() {
    let world = World::new(true).await;
    let receiver = Receiver::start().await;
    receiver.answers("a", &[Answer::Fail(410)]);
    let id = world.watch(spec("a", &receiver.url("a", "a"))).await;
    world.start();
    world.items(0..1).await;
    world.pass(10).await;
    for _ in 0..100 {
        if world.store.watch_of(id).unwrap().unwrap().off.is_some() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(world.store.watch_of(id).unwrap().unwrap().off.is_some());
    world.items(1..2).await;
    world.pass(120).await;
    assert_eq!(receiver.messages().len(), 1);
    assert_eq!(
        world.store.bulletins(id, 10).unwrap().len(),
        2,
        "the feed goes on"
    );
    assert!(world.store.test_watch(id, world.clock.now()).await.unwrap());
    let taken = world.until(&receiver, "a", 1).await;
    assert_eq!(taken[0].body["type"], "test");
    for _ in 0..100 {
        if world.store.watch_of(id).unwrap().unwrap().off.is_none() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("it stays off");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn services_in_private_networks_are_refused() {
    let world = World::new(false).await;
    let receiver = Receiver::start().await;
    let number = format!("http://{}/a", receiver.address);
    let named = world.watch(spec("named", &receiver.url("a", "a"))).await;
    let numbered = world.watch(spec("numbered", &number)).await;
    world.start();
    world.items(0..1).await;
    for _ in 0..10 {
        world.pass(60).await;
    }
    assert!(receiver.messages().is_empty());
    for (id, code) in [(named, "leads_inside"), (numbered, "address_inside")] {
        let log = world
            .store
            .posted_under(&format!("hook/{id}/"), 10)
            .unwrap();
        assert!(log[0].note.as_deref().unwrap().contains(code), "{log:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_source_that_falls_ill_again_and_again_is_told_of_once_an_hour() {
    let world = World::new(true).await;
    let receiver = Receiver::start().await;
    let notices = |from| Notices {
        from,
        source: Vec::new(),
        country: vec![Country::MD],
        role: Vec::new(),
    };
    let only = |name: &str, notices| WatchSpec {
        items: false,
        edits: false,
        notices: Some(notices),
        ..spec(name, &receiver.url(name, name))
    };
    world.watch(only("a", notices(Gravity::Act))).await;
    let elsewhere = Notices {
        country: vec![Country::LV],
        ..notices(Gravity::Note)
    };
    world.watch(only("elsewhere", elsewhere)).await;
    world.start();
    let gone = |world: &World| {
        vec![Finding {
            symptom: Symptom::Gone,
            since: world.clock.now(),
            noticed: world.clock.now(),
        }]
    };
    world.visit(Vec::new(), gone(&world)).await;
    let taken = world.until(&receiver, "a", 1).await;
    let notice = &taken[0].body["findings"][0];
    assert_eq!(notice["symptom"], "gone");
    assert_eq!(notice["turn"], "began");
    assert_eq!(notice["page"], "http://vesti.example/monitor/sources/a");
    assert!(notice["text"].as_str().unwrap().len() > 20, "{notice}");
    for _ in 0..4 {
        world.visit(Vec::new(), Vec::new()).await;
        world.pass(240).await;
        world.visit(Vec::new(), gone(&world)).await;
        world.pass(240).await;
    }
    assert_eq!(receiver.messages().len(), 1, "within the hour");
    for _ in 0..4 {
        world.pass(900).await;
    }
    let taken = world.until(&receiver, "a", 2).await;
    assert_eq!((taken.len(), count(&taken, "findings")), (2, 9));
    assert_eq!(receiver.messages().len(), 2, "nobody else is told");
}
