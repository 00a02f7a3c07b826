use super::*;
use crate::config::{Clash, read_sources};
use crate::domain::{Country, Phase, Role};

fn now() -> Timestamp {
    "2026-11-21T12:00:00Z".parse().unwrap()
}

fn id(text: &str) -> SourceId {
    text.parse().unwrap()
}

fn source(id: &str) -> Source {
    Source {
        id: id.parse().unwrap(),
        name: id.to_uppercase(),
        url: Some(format!("https://{id}.ro/").parse().unwrap()),
        country: Country::RO,
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

fn files(sources: &[Source]) -> Config {
    Config {
        sources: sources.to_vec(),
        ..Config::default()
    }
}

struct House {
    dir: tempfile::TempDir,
    managing: Managing,
}

impl House {
    async fn new(sources: &[Source]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        let managing = Managing::open(store, files(sources), now()).await.unwrap();
        Self { dir, managing }
    }

    /// The same after a restart, with these files.
    async fn again(self, sources: &[Source]) -> Self {
        drop(self.managing);
        let store = Store::open(self.dir.path()).unwrap();
        let managing = Managing::open(store, files(sources), now()).await.unwrap();
        Self {
            managing,
            dir: self.dir,
        }
    }

    async fn done(&self, change: Change) {
        self.managing.change(change, "ana", now()).await.unwrap();
        self.assert_one_truth();
    }

    async fn refused(&self, change: Change) -> String {
        let before = self.in_force();
        let refused = self.managing.change(change, "ana", now()).await;
        assert_eq!(self.in_force(), before);
        refused.unwrap_err().to_string()
    }

    fn in_force(&self) -> Vec<Source> {
        self.managing.config().sources.clone()
    }

    /// The store has what the configuration has.
    fn assert_one_truth(&self) {
        let records = self.managing.inner.store.sources().unwrap();
        let mut stored: Vec<Source> = records.into_iter().map(|record| record.source).collect();
        let mut in_force = self.in_force();
        for list in [&mut stored, &mut in_force] {
            list.sort_by(|one, other| one.id.cmp(&other.id));
        }
        assert_eq!(stored, in_force);
    }

    fn phase(&self, source: &str) -> Phase {
        let record = self.managing.inner.store.source(&id(source)).unwrap();
        record.unwrap().state.phase
    }
}

fn edited(source: &Source, change: impl FnOnce(&mut Source)) -> Change {
    let mut source = source.clone();
    change(&mut source);
    Change::Edit(Box::new(source))
}

#[tokio::test]
async fn what_is_done_is_in_force_at_once_and_after_a_restart() {
    let (a, b, c) = (source("a"), source("b"), source("c"));
    let house = House::new(&[a.clone(), b.clone()]).await;
    house.done(Change::Add(vec![c.clone()])).await;
    house.done(edited(&a, |a| a.name = "Alta".into())).await;
    house.done(Change::Pause(id("b"))).await;
    assert_eq!(house.phase("b"), Phase::Paused);
    let wanted = house.in_force();
    assert_eq!(wanted.len(), 3);
    let house = house.again(&[a.clone(), b.clone()]).await;
    house.assert_one_truth();
    assert_eq!(house.in_force(), wanted);
    house.done(Change::Resume(id("b"))).await;
    house.done(edited(&a, |_| {})).await;
    assert_eq!(house.in_force(), [a.clone(), b.clone(), c.clone()]);
    // Back to what the file says, nothing lies over it.
    assert_eq!(house.managing.config().overlay.managed.len(), 1);
    house.done(Change::Retire(id("c"))).await;
    house.done(Change::Retire(id("a"))).await;
    assert_eq!(house.in_force(), std::slice::from_ref(&b));
    let house = house.again(&[a.clone(), b.clone()]).await;
    assert_eq!(house.in_force(), std::slice::from_ref(&b));
    house.done(Change::Restore(id("c"))).await;
    house.done(Change::Restore(id("a"))).await;
    assert_eq!(house.in_force(), [a, b, c]);
}

#[tokio::test]
async fn a_moved_source_is_looked_at_anew_and_keeps_its_history() {
    let house = House::new(&[source("a")]).await;
    let store = house.managing.inner.store.clone();
    let lease = store
        .lease_source(id("a"), now(), std::time::Duration::from_mins(1))
        .await
        .unwrap()
        .unwrap();
    let mut state = lease.state.clone();
    state.phase = Phase::Healthy;
    state.address = Some("https://a.ro/feed".parse().unwrap());
    state.visits = 7;
    let log = crate::store::VisitLog {
        at: now(),
        url: "https://a.ro/feed".into(),
        status: Some(200),
        millis: 1,
        bytes: 1,
        listed: 1,
        new: 0,
        changed: 0,
        fault: None,
        note: None,
    };
    let visit = crate::store::Visit {
        at: now(),
        state,
        intents: Vec::new(),
        log,
    };
    store.record(&lease, visit).await.unwrap();
    let elsewhere = "https://nou.ro/".parse().unwrap();
    house
        .done(edited(&source("a"), |a| a.url = Some(elsewhere)))
        .await;
    let record = store.source(&id("a")).unwrap().unwrap();
    assert_eq!(record.state.address, None);
    assert_eq!(record.state.visits, 7);
    assert_eq!(store.visits(&id("a"), 9).unwrap().len(), 1);
}

#[tokio::test]
async fn what_cannot_be_is_refused_and_changes_nothing() {
    let hidden = Source {
        private: true,
        ..source("ascuns")
    };
    let idle = Source {
        url: None,
        paused: true,
        ..source("fara")
    };
    let house = House::new(&[source("a"), source("b"), hidden, idle]).await;
    let beside = Source {
        url: source("a").url,
        ..source("c")
    };
    for (change, word) in [
        (Change::Add(vec![source("a")]), "already"),
        (Change::Add(vec![beside.clone()]), "address"),
        (Change::Add(vec![source("c"), source("c")]), "already"),
        (
            Change::Add(vec![
                source("d"),
                Source {
                    feed: source("d").url,
                    ..source("e")
                },
            ]),
            "“d”",
        ),
        (edited(&source("b"), |b| b.feed = beside.url), "address"),
        (edited(&source("z"), |_| {}), "no source"),
        (Change::Pause(id("z")), "no source"),
        (Change::Resume(id("fara")), "address"),
        (Change::Retire(id("z")), "no source"),
        (Change::Restore(id("a")), "already"),
        (Change::Restore(id("z")), "no source"),
        (Change::Merge(id("a"), id("a")), "itself"),
        (Change::Merge(id("a"), id("z")), "no source"),
        (Change::Merge(id("ascuns"), id("a")), "private"),
        (Change::Settle(id("a"), Choice::File), "nothing to decide"),
    ] {
        let said = house.refused(change).await;
        assert!(said.contains(word), "{said}");
    }
}

#[tokio::test]
async fn an_exported_file_gives_the_same_catalogue_and_nothing_is_left_over_it() {
    let (a, b) = (source("a"), source("b"));
    let house = House::new(&[a.clone(), b.clone()]).await;
    house.done(Change::Add(vec![source("c")])).await;
    house.done(edited(&a, |a| a.role = Role::Media)).await;
    house.done(Change::Retire(id("b"))).await;
    let wanted = house.in_force();
    let (read, problems) = read_sources("sources.toml", house.managing.config().exported(), &[]);
    assert_eq!((&read, problems), (&wanted, Vec::new()));
    let (own, _) = read_sources("x", house.managing.config().exported_from_browser(), &[]);
    assert_eq!(own, wanted);
    // Read by the running service, and by a new one.
    house.managing.reload(files(&read), now()).await.unwrap();
    assert_eq!(house.in_force(), wanted);
    assert_eq!(house.managing.config().overlay.managed, []);
    let house = house.again(&read).await;
    assert_eq!(house.in_force(), wanted);
    assert_eq!(house.managing.inner.store.managed().unwrap(), []);
}

#[tokio::test]
async fn disagreements_stay_until_somebody_decides() {
    let a = source("a");
    for (choice, name) in [(Choice::File, "Fișier"), (Choice::Browser, "Browser")] {
        let house = House::new(std::slice::from_ref(&a)).await;
        house.done(edited(&a, |a| a.name = "Browser".into())).await;
        let file = Source {
            name: "Fișier".into(),
            ..a.clone()
        };
        house
            .managing
            .reload(files(std::slice::from_ref(&file)), now())
            .await
            .unwrap();
        let config = house.managing.config();
        assert_eq!(config.overlay.conflicts.len(), 1);
        assert!(matches!(
            config.overlay.conflicts[0].clash,
            Clash::Changed(_)
        ));
        assert_eq!(house.in_force()[0].name, "Browser");
        house.done(Change::Settle(id("a"), choice)).await;
        assert_eq!(house.in_force()[0].name, name);
        let house = house.again(&[file]).await;
        assert_eq!(house.in_force()[0].name, name);
        assert!(house.managing.config().overlay.conflicts.is_empty());
    }
}

#[tokio::test]
async fn merged_sources_stay_merged_and_can_be_taken_back() {
    let house = House::new(&[source("a"), source("b")]).await;
    house.done(Change::Merge(id("a"), id("b"))).await;
    assert_eq!(house.in_force(), [source("b")]);
    let moved = |house: &House| house.managing.config().overlay.moved.get(&id("a")).cloned();
    assert_eq!(moved(&house), Some(id("b")));
    // Also where the file has it no more.
    let house = house.again(&[source("b")]).await;
    assert_eq!(moved(&house), Some(id("b")));
    let said = house.refused(Change::Add(vec![source("a")])).await;
    assert!(said.contains("already"), "{said}");
    house.done(Change::Restore(id("a"))).await;
    assert_eq!(house.in_force().len(), 2);
    assert_eq!(moved(&house), None);
}

#[tokio::test]
async fn changes_at_the_same_time_all_count() {
    let house = House::new(&[]).await;
    let all = (0..20).map(|number| {
        let managing = house.managing.clone();
        async move {
            let source = source(&format!("s{number}"));
            managing
                .change(Change::Add(vec![source]), "ana", now())
                .await
        }
    });
    for done in futures::future::join_all(all).await {
        done.unwrap();
    }
    assert_eq!(house.in_force().len(), 20);
    house.assert_one_truth();
}
