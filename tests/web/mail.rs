//! Subscribing by mail, as a browser does it.

use std::net::SocketAddr;

use axum::extract::ConnectInfo;
use vesti::config::{Encryption, Mail, Settings};
use vesti::store::{Channel, MailJob, Standing, Subscriber};

use super::*;

async fn house() -> House {
    let settings = Settings {
        mail: Some(Mail {
            host: "127.0.0.1".into(),
            port: 25,
            tls: Encryption::None,
            login: None,
            from: "news@example.org".parse().unwrap(),
            reply_to: None,
            bounces: None,
            ca: None,
        }),
        ..Settings::default()
    };
    House::with(Config {
        settings,
        ..Config::default()
    })
    .await
}

impl House {
    async fn send(&self, path: &str, form: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header("host", "vesti.example")
            .header("content-type", "application/x-www-form-urlencoded");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let peer: SocketAddr = "203.0.113.7:4000".parse().unwrap();
        let request = request.extension(ConnectInfo(peer));
        self.answer(request.body(Body::from(form.to_owned())).unwrap())
            .await
    }

    /// The subscriptions that mails wait for.
    fn wishes(&self) -> Vec<Subscriber> {
        let parcels = self.store.outbox(Channel::Mail, now(), 100).unwrap();
        parcels
            .iter()
            .map(|parcel| parcel.read::<MailJob>().unwrap().subscription().unwrap())
            .map(|id| self.store.subscriber_of(id).unwrap().unwrap())
            .collect()
    }
}

const OWN: [(&str, &str); 1] = [("origin", "https://vesti.example")];

#[tokio::test]
async fn without_a_mail_server_nothing_is_offered() {
    let house = House::new().await;
    assert!(!house.get("/").await.body.contains("/subscribe"));
    assert_eq!(house.get("/subscribe").await.status, StatusCode::NOT_FOUND);
    let answer = house
        .send("/subscribe", "address=a@example.org", &OWN)
        .await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn every_list_and_digest_offers_itself_by_mail() {
    let house = house().await;
    for (page, offer) in [
        ("/?q=apel&kind=call", "/subscribe?q=apel&#38;kind=call"),
        (
            "/calls",
            "/subscribe?kind=call&#38;deadline=open&#38;sort=deadline",
        ),
        ("/sources/deschis", "/subscribe?source=deschis"),
        ("/countries/MD", "/subscribe?country=MD"),
        ("/digests/zilnic", "/subscribe?digest=zilnic"),
    ] {
        let body = house.get(page).await.body;
        assert!(
            body.contains(&format!("href=\"{offer}\"")),
            "{page}: {body}"
        );
    }
    let form = house.get("/subscribe?q=apel&kind=call&ui=ro").await.body;
    assert!(
        form.contains("name=\"q\" value=\"apel\"") && form.contains("name=\"kind\" value=\"call\"")
    );
    assert!(form.contains("name=\"pace\"") && form.contains("noindex"));
    let form = house.get("/subscribe?digest=zilnic&ui=ro").await.body;
    assert!(form.contains("Buletin zilnic") && !form.contains("name=\"pace\""));
    assert_eq!(
        house.get("/subscribe?digest=other").await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        house.get("/subscribe?from=nonsense").await.status,
        StatusCode::BAD_REQUEST
    );
}

#[tokio::test]
async fn a_wish_becomes_a_mail_only_if_it_is_meant() {
    let house = house().await;
    let form = "address=Ana%40Example.org&q=locuin%C8%9Be&pace=weekly";
    for foreign in [
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("sec-fetch-site", "cross-site"),
    ] {
        let answer = house.send("/subscribe", form, &[foreign]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{foreign:?}");
    }
    for bad in ["", "ana", "ana%40", "ana%40x.org%0D%0ABcc%3A+b%40x.org"] {
        let answer = house
            .send("/subscribe", &format!("address={bad}&q=apel"), &OWN)
            .await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{bad}");
        assert!(
            answer.body.contains("aria-invalid=\"true\"") && answer.body.contains("address-fault")
        );
        assert!(
            answer.body.contains("name=\"q\" value=\"apel\""),
            "what was asked for stays"
        );
    }
    let robot = house
        .send("/subscribe", &format!("{form}&website=http://x"), &OWN)
        .await;
    assert_eq!(robot.status, StatusCode::OK, "it learns nothing");
    assert!(house.wishes().is_empty());

    let first = house.send("/subscribe?ui=lv", form, &OWN).await;
    assert_eq!(first.status, StatusCode::OK);
    assert!(first.body.contains("Ana@example.org"));
    let wishes = house.wishes();
    assert_eq!(wishes.len(), 1);
    assert_eq!(wishes[0].address, "Ana@example.org");
    assert_eq!(wishes[0].lang, Language::LV);
    assert_eq!(wishes[0].title, "„locuințe”");
    assert_eq!(wishes[0].state, Standing::Asked);
    let again = house.send("/subscribe?ui=lv", form, &OWN).await;
    assert_eq!(
        again.body, first.body,
        "nobody learns whether an address is known"
    );
    assert_eq!(house.wishes().len(), 1);
}

#[tokio::test]
async fn a_link_that_is_only_looked_at_changes_nothing() {
    let house = house().await;
    house
        .send(
            "/subscribe?ui=ro",
            "address=ana@example.org&digest=zilnic",
            &OWN,
        )
        .await;
    let token = house.wishes()[0].token.clone();
    let state = || house.store.subscriber(&token).unwrap().map(|one| one.state);
    let confirm = format!("/mail/confirm/{token}");
    let page = house.get(&format!("{confirm}?ui=ro")).await;
    assert!(page.body.contains("<form") && page.body.contains("Buletin zilnic"));
    assert!(
        page.header(header::CACHE_CONTROL).contains("no-store"),
        "{:?}",
        page.headers
    );
    assert_eq!(state(), Some(Standing::Asked));
    let answer = house.send(&confirm, "", &OWN).await;
    assert_eq!(
        (answer.status, state()),
        (StatusCode::OK, Some(Standing::Active))
    );

    let end = format!("/mail/unsubscribe/{token}");
    assert!(house.get(&end).await.body.contains("<form"));
    assert_eq!(state(), Some(Standing::Active));

    let own = format!("/mail/{token}");
    let list = house.get(&format!("{own}?ui=ro")).await.body;
    assert!(list.contains("ana@example.org") && list.contains("Buletin zilnic"));
    let answer = house.send(&own, "language=ru", &OWN).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(
        house.store.subscriber(&token).unwrap().unwrap().lang,
        Language::RU
    );
    let kept = house.get(&format!("{own}?export=1")).await.json();
    assert_eq!(kept["address"], "ana@example.org");
    let one = &kept["subscriptions"][0];
    assert_eq!(one["digest"], "zilnic");
    assert_eq!(one["refusals"], 0);
    assert_eq!(
        one["mails"][0]["state"], "waiting",
        "what is in the outbox is told as well"
    );

    // The one click of a mail program: from anywhere, with no cookie, and twice.
    let click = [
        ("origin", "https://mail.example"),
        ("sec-fetch-site", "cross-site"),
    ];
    for _ in 0..2 {
        let answer = house.send(&end, "List-Unsubscribe=One-Click", &click).await;
        assert_eq!((answer.status, state()), (StatusCode::OK, None));
    }
    for gone in [&confirm, &end, &own] {
        let page = house.get(&format!("{gone}?ui=en")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND);
        assert!(page.body.contains("no such subscription"), "{gone}");
    }
}

#[tokio::test]
async fn all_of_an_address_is_shown_and_ended_together() {
    let house = house().await;
    for what in ["digest=zilnic", "q=apel", "q=locuin%C8%9Be"] {
        house
            .send(
                "/subscribe",
                &format!("address=ana@example.org&{what}"),
                &OWN,
            )
            .await;
    }
    house
        .send("/subscribe", "address=bob@example.org&q=apel", &OWN)
        .await;
    let wishes = house.wishes();
    assert_eq!(wishes.len(), 4);
    let list = house.get(&format!("/mail/{}", wishes[0].token)).await.body;
    assert_eq!(
        list.matches("<section class=\"letter\"").count(),
        4,
        "three and the data"
    );
    assert!(!list.contains(&wishes[3].token) && !list.contains("bob@"));
    let answer = house
        .send(&format!("/mail/{}", wishes[0].token), "end=all", &OWN)
        .await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(
        house.wishes().len(),
        1,
        "and the mails that waited are gone"
    );
}

#[tokio::test]
async fn one_address_of_the_network_cannot_make_the_service_write_to_everybody() {
    let house = house().await;
    let mut refused = 0;
    for number in 0..15 {
        let form = format!("address=reader-{number}@example.org&q=apel");
        let answer = house.send("/subscribe", &form, &OWN).await;
        refused += usize::from(answer.status == StatusCode::TOO_MANY_REQUESTS);
    }
    assert_eq!((refused, house.wishes().len()), (5, 10));
}

#[tokio::test]
async fn an_address_that_sends_mails_back_gets_no_more() {
    let house = house().await;
    house
        .send("/subscribe", "address=ana@example.org&digest=zilnic", &OWN)
        .await;
    let token = house.wishes()[0].token.clone();
    house
        .send(&format!("/mail/confirm/{token}"), "", &OWN)
        .await;
    let report = |status: &str| {
        format!(
            "Final-Recipient: rfc822; ana@example.org\r\nAction: failed\r\nStatus: {status}\r\n\r\n\
             List-Unsubscribe: <https://vesti.example/mail/unsubscribe/{token}>\r\n"
        )
    };
    let state = || house.store.subscriber(&token).unwrap().unwrap().state;
    for (status, standing) in [
        ("4.2.2", Standing::Active),
        ("5.1.1", Standing::Active),
        ("5.1.1", Standing::Refused),
    ] {
        let answer = house.send("/mail/bounces", &report(status), &[]).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT);
        assert_eq!(state(), standing, "{status}");
    }
    let nobody = report("5.1.1").replace(&token, "nobody");
    let answer = house.send("/mail/bounces", &nobody, &[]).await;
    assert_eq!(
        answer.status,
        StatusCode::NO_CONTENT,
        "nobody learns who is known"
    );
}
