//! Digests by mail, over a real store and a real mail server: asked for, confirmed, received, ended; each mail once.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may")]

#[path = "../digests_out/house.rs"]
#[allow(dead_code, reason = "shared with the tests of digests")]
mod house;
#[allow(dead_code, reason = "shared with the test that kills")]
mod sink;

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;
use url::Url;
use vesti::clock::ManualClock;
use vesti::config::{Config, DigestSpec, Period};
use vesti::delivery::digest::publish_due;
use vesti::delivery::mail;
use vesti::delivery::secrets;
use vesti::domain::{Kind, Language, SearchRequest};
use vesti::store::{Channel, Granted, Standing, Store, Wish};

use house::{House, at, hours, spec};
use sink::{Action, Letter, Sink, Stage, Tls};

const PUBLIC: &str = "https://news.example.org/";

/// A service that sends mail through a sink.
struct Office {
    house: House,
    clock: ManualClock,
    config: Config,
    stop: watch::Sender<bool>,
    sender: tokio::task::JoinHandle<()>,
}

fn settings(sink: &Sink, more: &str) -> Config {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vesti.toml");
    let text = format!(
        "[server]\npublic_url = \"{PUBLIC}\"\ntitle = \"Vești\"\ncontact = \"office@example.org\"\n\
         [mail]\nhost = \"localhost\"\nport = {}\nfrom = \"Știri <news@example.org>\"\n{more}\n",
        sink.address.port()
    );
    std::fs::write(&path, text).unwrap();
    Config::load(&path, std::iter::empty()).unwrap_or_else(|problems| panic!("{problems}"))
}

impl Office {
    async fn open(sink: &Sink, now: Timestamp) -> Self {
        let house = House::new(&["a", "b"]).await;
        Self::start(house, settings(sink, "tls = \"none\""), now)
    }

    fn start(house: House, mut config: Config, now: Timestamp) -> Self {
        config.digests = vec![spec("daily", Period::Daily)];
        let clock = ManualClock::new(now);
        let stop = watch::Sender::new(false);
        let sender = tokio::spawn(mail::send_mails(
            house.store.clone(),
            Arc::new(clock.clone()),
            watch::Sender::new(Arc::new(config.clone())).subscribe(),
            Url::parse(PUBLIC).unwrap(),
            stop.subscribe(),
        ));
        Self {
            house,
            clock,
            config,
            stop,
            sender,
        }
    }

    fn store(&self) -> &Store {
        &self.house.store
    }

    async fn ask(&self, address: &str, lang: Language, now: Timestamp) -> Granted {
        let wish = Wish {
            address: address.into(),
            digest: "daily".parse().unwrap(),
            search: None,
            title: "Toate știrile".into(),
            lang,
            token: secrets::invent().unwrap(),
        };
        self.store().subscribe(wish, now).await.unwrap()
    }

    async fn ask_for_search(&self, address: &str, request: &SearchRequest, now: Timestamp) {
        let search = mail::search_digest(request, Period::AtOnce).unwrap();
        let wish = Wish {
            address: address.into(),
            digest: search.id.clone(),
            search: Some(search),
            title: "Apeluri".into(),
            lang: Language::RO,
            token: secrets::invent().unwrap(),
        };
        assert_eq!(
            self.store().subscribe(wish, now).await.unwrap(),
            Granted::Mailed
        );
    }

    /// Follows the link in the mail that asks for confirmation.
    async fn confirm(&self, letter: &Letter, now: Timestamp) {
        let token = token(&letter.link("/mail/confirm/"));
        let found = mail::confirm(self.store(), &self.config, &token, now)
            .await
            .unwrap();
        assert_eq!(found.unwrap().state, Standing::Active);
    }

    /// A turn of the publisher.
    async fn turn(&self, now: Timestamp) {
        let mut specs: Vec<DigestSpec> = self.config.digests.clone();
        specs.extend(mail::specs(self.store(), &self.config).unwrap());
        let zone = jiff::tz::TimeZone::UTC;
        publish_due(self.store(), &self.house.index, &specs, now, &zone, true)
            .await
            .unwrap();
        mail::mail_editions(self.store(), now).await.unwrap();
    }

    /// Until nothing is due any more.
    async fn settled(&self, now: Timestamp) {
        for _ in 0..1_000 {
            if self
                .store()
                .outbox(Channel::Mail, now, 1)
                .unwrap()
                .is_empty()
            {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        panic!("mails stay in the outbox");
    }

    async fn close(self) -> House {
        self.stop.send_replace(true);
        self.sender.await.unwrap();
        self.house
    }
}

fn token(link: &str) -> String {
    link.rsplit('/').next().unwrap().to_owned()
}

fn minutes(count: i64) -> SignedDuration {
    SignedDuration::from_mins(count)
}

const NOON: &str = "2026-11-21T10:00:00Z";

#[tokio::test]
async fn a_digest_is_asked_for_confirmed_received_and_ended() {
    let sink = Sink::start(Tls::None).await;
    let now = at(NOON);
    let office = Office::open(&sink, now).await;
    assert_eq!(
        office.ask("ana@example.org", Language::RO, now).await,
        Granted::Mailed
    );
    assert_eq!(
        office.ask("janis@example.lv", Language::LV, now).await,
        Granted::Mailed
    );
    let asked = sink.wait(2).await;
    assert_eq!(asked[0].to, ["ana@example.org"]);
    assert_eq!(asked[0].from, "news@example.org");
    assert!(
        asked[0]
            .header("Subject")
            .unwrap()
            .starts_with("Confirmați abonarea")
    );
    assert!(
        asked[1]
            .header("Subject")
            .unwrap()
            .starts_with("Apstipriniet abonementu")
    );
    assert_eq!(asked[0].header("From").unwrap(), "Știri <news@example.org>");
    assert_eq!(
        asked[0].header("List-Unsubscribe"),
        None,
        "there is nothing to end yet"
    );

    // What is not confirmed gets nothing.
    office.house.record("a", "early", now, now, None).await;
    office.turn(now + hours(24)).await;
    office.settled(now + hours(24)).await;
    assert_eq!(sink.letters().len(), 2);

    let later = now + hours(25);
    office.clock.set(later);
    for letter in &asked {
        office.confirm(letter, later).await;
    }
    office.house.record("a", "vestea", later, later, None).await;
    let next = now + hours(48);
    office.clock.set(next);
    office.turn(next).await;
    office.turn(next).await;
    let letters = sink.wait(4).await;
    office.settled(next).await;
    let of = |who: &str| {
        letters[2..]
            .iter()
            .find(|letter| letter.to == [who])
            .unwrap()
    };
    let (ana, janis) = (of("ana@example.org"), of("janis@example.lv"));
    assert_eq!(ana.header("Content-Language").unwrap(), "ro");
    assert_eq!(janis.header("Content-Language").unwrap(), "lv");
    assert_eq!(ana.header("List-Id").unwrap(), "<daily.news.example.org>");
    let end = ana.header("List-Unsubscribe").unwrap();
    assert!(
        end.starts_with("<https://news.example.org/mail/unsubscribe/"),
        "{end}"
    );
    assert_eq!(
        ana.header("List-Unsubscribe-Post").unwrap(),
        "List-Unsubscribe=One-Click"
    );
    assert_ne!(ana.header("Message-ID"), janis.header("Message-ID"));
    for (letter, why) in [
        (ana, "Primiți acest mesaj"),
        (janis, "Jūs saņemat šo vēstuli"),
    ] {
        let (text, html) = (letter.part("text/plain"), letter.part("text/html"));
        assert!(text.contains("vestea") && html.contains("vestea"));
        assert!(!text.contains("early"), "told in an edition before: {text}");
        assert!(text.contains(why) && html.contains(why), "{text}");
        assert!(text.contains("https://a.ro/vestea"));
        assert!(
            !html.contains("<img") && !html.contains("<script"),
            "nothing that tells on readers"
        );
        assert!(letter.data.is_ascii(), "what every server takes");
        assert!(
            letter
                .data
                .split(|b| *b == b'\n')
                .all(|line| line.len() <= 998)
        );
    }
    assert!(janis.part("text/html").contains("<html lang=\"lv\">"));

    // One click ends it, and takes out what waits.
    let token = token(&ana.link("/mail/unsubscribe/"));
    let gone = office.store().unsubscribe(token.clone()).await.unwrap();
    assert_eq!(gone.unwrap().address, "ana@example.org");
    assert_eq!(office.store().subscriber(&token).unwrap(), None);
    office.house.record("a", "later", next, next, None).await;
    let after = next + hours(24);
    office.clock.set(after);
    office.turn(after).await;
    office.settled(after).await;
    let letters = sink.wait(5).await;
    assert_eq!(letters.len(), 5);
    assert_eq!(letters[4].to, ["janis@example.lv"]);
}

#[tokio::test]
async fn a_search_comes_at_once_to_all_who_asked_for_it() {
    let sink = Sink::start(Tls::None).await;
    let now = at(NOON);
    let office = Office::open(&sink, now).await;
    office
        .house
        .record("a", "old", now - hours(2), now - hours(3), None)
        .await;
    let request = SearchRequest {
        kind: vec![Kind::News],
        ..SearchRequest::default()
    };
    office
        .ask_for_search("ana@example.org", &request, now)
        .await;
    office
        .ask_for_search("bob@example.org", &request, now)
        .await;
    for letter in sink.wait(2).await {
        office.confirm(&letter, now).await;
    }
    // Published two hours ago, but seen only now.
    office
        .house
        .record("a", "seen-now", now + minutes(1), now - hours(2), None)
        .await;
    for minute in 2..6 {
        office.clock.set(now + minutes(minute));
        office.turn(now + minutes(minute)).await;
    }
    office
        .house
        .record("b", "one", now + minutes(6), now + minutes(6), None)
        .await;
    office
        .house
        .record("b", "two", now + minutes(6), now + minutes(6), None)
        .await;
    let house = {
        for minute in 7..12 {
            office.clock.set(now + minutes(minute));
            office.turn(now + minutes(minute)).await;
        }
        office.settled(now + minutes(12)).await;
        office.close().await
    };
    let letters = &sink.letters()[2..];
    assert_eq!(letters.len(), 4, "two editions for two readers");
    let subjects: Vec<String> = letters
        .iter()
        .map(|l| l.header("Subject").unwrap())
        .collect();
    assert_eq!(
        subjects.iter().filter(|s| *s == "seen-now").count(),
        2,
        "{subjects:?}"
    );
    assert_eq!(
        subjects
            .iter()
            .filter(|s| *s == "Apeluri: anunțuri noi (2)")
            .count(),
        2,
        "{subjects:?}"
    );
    assert!(
        letters
            .iter()
            .all(|l| !l.part("text/plain").contains("* old"))
    );
    // When the last one leaves, nothing of the search is kept.
    let search = mail::search_digest(&request, Period::AtOnce).unwrap();
    assert!(!house.store.editions(&search.id, 10).unwrap().is_empty());
    for letter in &letters[..2] {
        house
            .store
            .unsubscribe(token(&letter.link("/mail/unsubscribe/")))
            .await
            .unwrap();
    }
    assert!(house.store.editions(&search.id, 10).unwrap().is_empty());
    assert!(house.store.search_digests().unwrap().is_empty());
}

#[tokio::test]
async fn a_server_that_puts_strangers_off_is_asked_again_and_gets_it_once() {
    let sink = Sink::start(Tls::None).await;
    let now = at(NOON);
    sink.next(Stage::Rcpt, Action::Reply("451 4.7.1 come back later"));
    sink.next(Stage::Dot, Action::Reply("452 4.3.1 no room"));
    let office = Office::open(&sink, now).await;
    office.ask("ana@example.org", Language::EN, now).await;
    office.settled(now).await;
    assert_eq!(sink.letters().len(), 0);
    office.clock.set(now + minutes(5));
    office.settled(now + minutes(5)).await;
    assert_eq!(sink.letters().len(), 0);
    office.clock.set(now + minutes(16));
    sink.wait(1).await;
    office.settled(now + hours(100)).await;
    assert!(sink.done());
    assert_eq!(sink.letters().len(), 1);
}

#[tokio::test]
async fn an_address_that_is_no_more_gets_no_more() {
    let sink = Sink::start(Tls::None).await;
    let now = at(NOON);
    let office = Office::open(&sink, now).await;
    office.ask("ana@example.org", Language::EN, now).await;
    office.confirm(&sink.wait(1).await[0], now).await;
    for day in 1..6 {
        let then = now + hours(24 * day);
        office
            .house
            .record(
                "a",
                &format!("day-{day}"),
                then - hours(6),
                then - hours(6),
                None,
            )
            .await;
        if day <= 3 {
            sink.next(Stage::Rcpt, Action::Reply("550 5.1.1 no such user"));
        }
        office.clock.set(then);
        office.turn(then).await;
        office.settled(then).await;
    }
    assert_eq!(
        sink.letters().len(),
        1,
        "after three refusals it is not even tried"
    );
    assert!(sink.done());
    // Who asks anew may try anew.
    assert_eq!(
        office
            .ask("ana@example.org", Language::EN, now + hours(130))
            .await,
        Granted::Mailed
    );
}

#[tokio::test]
async fn a_mail_whose_answer_was_lost_comes_again_under_the_same_name() {
    let sink = Sink::start(Tls::None).await;
    let now = at(NOON);
    sink.next(Stage::Dot, Action::TakeAndHangUp);
    let office = Office::open(&sink, now).await;
    office.ask("ana@example.org", Language::EN, now).await;
    office.settled(now).await;
    office.clock.set(now + minutes(6));
    let letters = sink.wait(2).await;
    assert_eq!(
        letters[0].header("Message-ID"),
        letters[1].header("Message-ID")
    );
    assert!(letters[0].data == letters[1].data, "the same to the byte");
}

#[tokio::test]
async fn while_the_server_is_away_mails_wait() {
    let sink = Sink::start(Tls::None).await;
    let (address, now) = (sink.address, at(NOON));
    let config = settings(&sink, "tls = \"none\"");
    drop(sink);
    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    let office = Office::start(House::new(&["a"]).await, config, now);
    office.ask("ana@example.org", Language::EN, now).await;
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    assert_eq!(office.store().waiting(Channel::Mail).unwrap(), 1);
    let listener = tokio::net::TcpListener::bind(address).await.unwrap();
    let sink = Sink::on(listener, Tls::None);
    office.clock.set(now + minutes(11));
    sink.wait(1).await;
}

#[tokio::test]
async fn a_restart_sends_nothing_twice() {
    let sink = Sink::start(Tls::None).await;
    let now = at(NOON);
    let mut office = Office::open(&sink, now).await;
    office.ask("ana@example.org", Language::EN, now).await;
    office.confirm(&sink.wait(1).await[0], now).await;
    for day in 1..5 {
        let then = now + hours(24 * day);
        office
            .house
            .record(
                "a",
                &format!("day-{day}"),
                then - hours(6),
                then - hours(6),
                None,
            )
            .await;
        office.clock.set(then);
        office.turn(then).await;
        office.settled(then).await;
        let house = office.close().await.again();
        office = Office::start(house, settings(&sink, "tls = \"none\""), then);
        office.turn(then).await;
        office.settled(then).await;
    }
    let ids: std::collections::HashSet<_> = sink
        .letters()
        .iter()
        .map(|letter| letter.header("Message-ID"))
        .collect();
    assert_eq!((sink.letters().len(), ids.len()), (5, 5));
}

#[tokio::test]
async fn nobody_can_be_buried_in_mails_that_ask_for_confirmation() {
    let sink = Sink::start(Tls::None).await;
    let now = at(NOON);
    let office = Office::open(&sink, now).await;
    assert_eq!(
        office.ask("ana@example.org", Language::EN, now).await,
        Granted::Mailed
    );
    assert_eq!(
        office.ask("ANA@example.org", Language::EN, now).await,
        Granted::Patience
    );
    let mut granted = 0;
    for number in 0..20 {
        let request = SearchRequest {
            q: format!("word {number}"),
            ..SearchRequest::default()
        };
        let search = mail::search_digest(&request, Period::Daily).unwrap();
        let wish = Wish {
            address: "ana@example.org".into(),
            digest: search.id.clone(),
            search: Some(search),
            title: request.q,
            lang: Language::EN,
            token: secrets::invent().unwrap(),
        };
        granted +=
            usize::from(office.store().subscribe(wish, now).await.unwrap() == Granted::Mailed);
    }
    assert_eq!(granted, 4, "five of one address may wait at a time");
    for number in 0..300 {
        office
            .ask(&format!("reader-{number}@example.org"), Language::EN, now)
            .await;
    }
    office.settled(now).await;
    assert_eq!(
        sink.letters().len(),
        200,
        "and two hundred mails an hour to all together"
    );
    // What nobody confirms is forgotten, address and all.
    office
        .store()
        .sweep_subscriptions(now + hours(24 * 8))
        .await
        .unwrap();
    let first = sink.letters()[0].link("/mail/confirm/");
    assert_eq!(office.store().subscriber(&token(&first)).unwrap(), None);
}

#[tokio::test]
async fn configured_recipients_need_not_confirm_and_may_leave_for_good() {
    let sink = Sink::start(Tls::None).await;
    let now = at(NOON);
    let mut office = Office::open(&sink, now).await;
    office.config.digests[0].recipients = vec!["Office@Example.org".into()];
    let recipients = || mail::recipients(&office.config);
    office
        .store()
        .set_recipients(recipients(), now)
        .await
        .unwrap();
    office.house.record("a", "one", now, now, None).await;
    office.clock.set(now + hours(24));
    office.turn(now + hours(24)).await;
    let letters = sink.wait(1).await;
    assert_eq!(letters[0].to, ["Office@example.org"]);
    let end = token(&letters[0].link("/mail/unsubscribe/"));
    office.store().unsubscribe(end).await.unwrap();
    office
        .store()
        .set_recipients(recipients(), now + hours(25))
        .await
        .unwrap();
    office
        .house
        .record("a", "two", now + hours(26), now + hours(26), None)
        .await;
    office.clock.set(now + hours(48));
    office.turn(now + hours(48)).await;
    office.settled(now + hours(48)).await;
    assert_eq!(sink.letters().len(), 1);
    let database = std::fs::read(office.house.dir.path().join("vesti.db")).unwrap();
    drop(database);
    assert_eq!(office.store().subscriber_count().unwrap(), 0);
}

#[tokio::test]
async fn the_password_and_the_mails_cross_the_network_encrypted_or_not_at_all() {
    let now = at(NOON);
    for (tls, word) in [(Tls::Start, "starttls"), (Tls::Implicit, "implicit")] {
        let sink = Sink::start(tls).await;
        let folder = tempfile::tempdir().unwrap();
        let ca = folder.path().join("ca.pem");
        std::fs::write(&ca, &sink.certificate).unwrap();
        let login = format!("tls = \"{word}\"\nuser = \"vesti\"\npassword = \"secret\"\n");
        let trusted = settings(&sink, &format!("{login}ca = \"{}\"", ca.display()));
        let office = Office::start(House::new(&["a"]).await, trusted, now);
        office.ask("ana@example.org", Language::EN, now).await;
        let letters = sink.wait(1).await;
        assert!(letters[0].encrypted);
        assert_eq!(letters[0].login.as_deref(), Some("/vesti/secret"));
        // A certificate that nobody vouches for: nothing is said to it.
        let office = Office::start(House::new(&["a"]).await, settings(&sink, &login), now);
        office.ask("ana@example.org", Language::EN, now).await;
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        assert_eq!(sink.letters().len(), 1, "{word}");
        assert!(sink.connections() >= 2);
    }
    // A server that offers no encryption.
    let sink = Sink::start(Tls::None).await;
    let office = Office::start(House::new(&["a"]).await, settings(&sink, ""), now);
    office.ask("ana@example.org", Language::EN, now).await;
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    assert_eq!(sink.letters().len(), 0);
    assert_eq!(office.store().waiting(Channel::Mail).unwrap(), 1);
}

#[tokio::test]
async fn titles_of_others_stay_text_in_a_mail() {
    let sink = Sink::start(Tls::None).await;
    let now = at(NOON);
    let office = Office::open(&sink, now).await;
    office
        .ask_for_search("ana@example.org", &SearchRequest::default(), now)
        .await;
    office.confirm(&sink.wait(1).await[0], now).await;
    let evil =
        "Apel\r\nBcc: everybody@example.org\r\n\r\n<script>alert(1)</script><img src=x>\u{202e}";
    office
        .house
        .record("a", evil, now + minutes(1), now + minutes(1), None)
        .await;
    for minute in 2..5 {
        office.clock.set(now + minutes(minute));
        office.turn(now + minutes(minute)).await;
    }
    let letter = sink.wait(2).await.pop().unwrap();
    assert_eq!(letter.to, ["ana@example.org"]);
    assert_eq!(letter.header("Bcc"), None);
    let html = letter.part("text/html");
    assert!(
        !html.contains("<script") && !html.contains("<img") && !html.contains('\u{202e}'),
        "{html}"
    );
    assert!(html.contains("&lt;script&gt;"));
}
