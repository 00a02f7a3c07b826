//! Watches and changes as staff meet them, in a browser and by the API.

use serde_json::json;
use vesti::config::{Encryption, Mail};
use vesti::delivery::secrets;
use vesti::domain::{StaffRole, WatchId};
use vesti::store::{NewPass, PassKind, Published, Standing};

use super::staff::OWN;
use super::*;

/// The fields of the form that every watch here has.
fn form<'a>(csrf: &'a str, name: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("csrf", csrf),
        ("name", name),
        ("items", "on"),
        ("edits", "on"),
        ("feed", "on"),
        ("rhythm", "daily"),
        ("hour", "9"),
        ("tongue", "ro"),
    ]
}

async fn token(house: &House, role: StaffRole) -> String {
    let name = format!("program-{role}");
    house.staff(&name, role).await;
    let member = house.store.staff_named(&name).unwrap().unwrap();
    let secret = format!("vesti_{}", secrets::invent().unwrap());
    let pass = NewPass {
        staff: member.id,
        kind: PassKind::Token,
        hash: secrets::hash(&secret),
        label: "test".into(),
        role,
        ends: None,
    };
    house.store.add_pass(pass, None, now()).await.unwrap();
    format!("Bearer {secret}")
}

impl House {
    async fn call(&self, method: Method, path: &str, token: &str, body: &Value) -> Answer {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("authorization", token)
            .header("content-type", "application/json")
            .body(Body::from(body.to_string()));
        self.answer(request.unwrap()).await
    }
}

#[tokio::test]
async fn a_watch_is_made_changed_and_deleted_in_the_browser() {
    let house = House::new().await;
    house.staff("ana", StaffRole::Editor).await;
    let cookie = house.sign_in("ana").await;
    let page = house
        .see("/monitor/watches/new?kind=call&country=RO&ui=en", &cookie)
        .await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        page.body.contains("value=\"call\" checked"),
        "{}",
        page.body
    );
    let csrf = house.csrf("/monitor/watches/new", &cookie).await;
    let mut wanted = form(&csrf, "Apeluri <b>");
    wanted.extend([
        ("kind", "call"),
        ("format", "json"),
        ("hook_url", "https://hooks.example/geheim"),
    ]);
    let made = house
        .post("/monitor/watches/new", &wanted, &[OWN, ("cookie", &cookie)])
        .await;
    assert_eq!(made.status, StatusCode::OK);
    assert!(made.body.contains("whsec_"), "shown this once");
    assert!(made.body.contains("Apeluri &#60;b&#62;"));
    let (watch, _) = house.store.watches().unwrap().remove(0);
    assert_eq!(watch.spec.search, [("kind".to_owned(), "call".to_owned())]);
    let own = format!("/monitor/watches/{}", watch.id);
    let page = house.see(&own, &cookie).await;
    assert!(!page.body.contains("whsec_") && !page.body.contains("geheim"));
    assert!(page.body.contains("hooks.example"));
    let listed = house.see("/monitor/watches", &cookie).await;
    assert!(listed.body.contains(&own));

    let edit = format!("{own}/edit");
    let page = house.see(&edit, &cookie).await;
    assert!(!page.body.contains("geheim") && page.body.contains("value=\"9\" selected"));
    let mut wanted = form(&csrf, "Altfel");
    wanted.push(("format", "json"));
    let saved = house
        .post(&edit, &wanted, &[OWN, ("cookie", &cookie)])
        .await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    let changed = house.store.watch_of(watch.id).unwrap().unwrap();
    assert_eq!(changed.spec.name, "Altfel");
    assert_eq!(
        changed.spec.hook, watch.spec.hook,
        "what is not given anew stays"
    );

    let nameless = house
        .post(&edit, &form(&csrf, " "), &[OWN, ("cookie", &cookie)])
        .await;
    assert_eq!(nameless.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nameless.body.contains("aria-invalid"));
    let act = |word| {
        let form = [("csrf", csrf.clone()), ("do", word)];
        let (own, cookie, house) = (own.clone(), cookie.clone(), &house);
        async move {
            let form: Vec<(&str, &str)> = form
                .iter()
                .map(|(name, value)| (*name, value.as_str()))
                .collect();
            house
                .post(&own, &form, &[OWN, ("cookie", &cookie)])
                .await
                .status
        }
    };
    assert_eq!(act("pause".to_owned()).await, StatusCode::SEE_OTHER);
    assert!(house.store.watch_of(watch.id).unwrap().unwrap().spec.paused);
    assert_eq!(act("test".to_owned()).await, StatusCode::SEE_OTHER);
    assert_eq!(house.store.waiting(vesti::store::Channel::Hook).unwrap(), 1);
    assert_eq!(act("delete".to_owned()).await, StatusCode::SEE_OTHER);
    assert!(house.store.watches().unwrap().is_empty());
    let deeds: Vec<String> = house
        .store
        .deeds(None, 10)
        .unwrap()
        .into_iter()
        .map(|deed| deed.what)
        .collect();
    assert!(
        deeds.contains(&"watch-added".to_owned()) && deeds.contains(&"watch-deleted".to_owned()),
        "{deeds:?}"
    );
}

#[tokio::test]
async fn watches_are_for_editors() {
    let house = House::new().await;
    house.staff("vera", StaffRole::Viewer).await;
    let cookie = house.sign_in("vera").await;
    assert_eq!(
        house.see("/monitor/changes", &cookie).await.status,
        StatusCode::OK
    );
    assert_eq!(
        house.see("/monitor/watches", &cookie).await.status,
        StatusCode::OK
    );
    assert_eq!(
        house.see("/monitor/watches/new", &cookie).await.status,
        StatusCode::FORBIDDEN
    );
    let csrf = house.csrf("/monitor/watches", &cookie).await;
    let refused = house
        .post(
            "/monitor/watches/new",
            &form(&csrf, "x"),
            &[OWN, ("cookie", &cookie)],
        )
        .await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert_eq!(
        house.get("/monitor/watches").await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(
        house.get("/api/v1/monitor/watches").await.status,
        StatusCode::UNAUTHORIZED
    );
    let token = token(&house, StaffRole::Viewer).await;
    let asked = house
        .call(
            Method::POST,
            "/api/v1/monitor/watches",
            &token,
            &json!({"name": "x", "items": true}),
        )
        .await;
    assert_eq!(asked.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_program_makes_a_watch_and_its_feed_is_at_a_secret_address() {
    let house = House::new().await;
    let token = token(&house, StaffRole::Editor).await;
    let wanted = json!({
        "name": "Apeluri", "lang": "ro", "search": "kind=call&country=MD", "items": true, "edits": true, "feed": true,
        "notices": {"from": "act", "country": ["MD"]},
        "rhythm": {"when": "weekly", "weekday": "friday", "hour": 8},
        "quiet": {"from": 22, "to": 7},
        "hook": {"format": "slack", "url": "https://hooks.example/geheim"},
    });
    let path = "/api/v1/monitor/watches";
    let made = house.call(Method::POST, path, &token, &wanted).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
    let made = made.json();
    assert!(made["secret"].as_str().unwrap().starts_with("whsec_"));
    assert_eq!(made["search"], "country=MD&kind=call");
    assert_eq!(
        made["rhythm"],
        json!({"when": "weekly", "weekday": "friday", "hour": 8})
    );
    assert_eq!(
        made["hook"],
        json!({"format": "slack", "host": "hooks.example", "room": null})
    );
    let own = format!("{path}/{}", made["id"].as_str().unwrap());
    let seen = house.call(Method::GET, &own, &token, &Value::Null).await;
    assert!(
        !seen.body.contains("geheim") && !seen.body.contains("whsec_"),
        "{}",
        seen.body
    );
    let list = house
        .call(Method::GET, path, &token, &Value::Null)
        .await
        .json();
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
    assert!(list["next_cursor"].is_null());

    for (bad, parameter) in [
        (json!({"name": "", "items": true}), "name"),
        (json!({"name": "x"}), "items"),
        (
            json!({"name": "x", "items": true, "search": "lang=latin"}),
            "search",
        ),
        (
            json!({"name": "x", "items": true, "hook": {"format": "json", "url": "ftp://a"}}),
            "hook_url",
        ),
        (json!({"name": "x", "items": true, "unknown": 1}), "body"),
        (
            json!({"name": "x", "items": true, "rhythm": {"when": "daily", "hour": 25}}),
            "hour",
        ),
    ] {
        let refused = house.call(Method::POST, path, &token, &bad).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{bad}");
        assert_eq!(refused.json()["parameter"], parameter, "{bad}");
    }

    let feed = made["feeds"]["rss"].as_str().unwrap();
    let feed = &feed[feed.find("/watches/").unwrap()..];
    let answer = house.get(feed).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(
        answer.body.contains("<title>Apeluri</title>"),
        "{}",
        answer.body
    );
    assert_eq!(
        house.get("/watches/no-such-token.rss").await.status,
        StatusCode::NOT_FOUND
    );
    let mut other = wanted.clone();
    other["feed"] = json!(false);
    other["hook"] = Value::Null;
    let changed = house.call(Method::PUT, &own, &token, &other).await;
    assert_eq!(changed.status, StatusCode::OK);
    assert!(changed.json()["hook"].is_null());
    assert_eq!(house.get(feed).await.status, StatusCode::NOT_FOUND);
    let gone = house.call(Method::DELETE, &own, &token, &Value::Null).await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    assert_eq!(
        house
            .call(Method::GET, &own, &token, &Value::Null)
            .await
            .status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn an_address_gets_nothing_before_it_confirmed() {
    let mut config = Config::default();
    config.settings.mail = Some(Mail {
        host: "127.0.0.1".into(),
        port: 25,
        tls: Encryption::None,
        login: None,
        from: "news@example.org".parse().unwrap(),
        reply_to: None,
        bounces: None,
        ca: None,
    });
    let house = House::with(config).await;
    let token = token(&house, StaffRole::Editor).await;
    let wanted = json!({"name": "Apeluri", "items": true, "mail": ["ana@example.org"]});
    let made = house
        .call(Method::POST, "/api/v1/monitor/watches", &token, &wanted)
        .await
        .json();
    assert_eq!(
        made["mail"],
        json!([{"address": "ana@example.org", "state": "asked"}])
    );
    let id = WatchId(made["id"].as_str().unwrap().parse().unwrap());
    let subscriber = house.store.watch_subscribers(id).unwrap().remove(0);
    assert_eq!(subscriber.state, Standing::Asked);
    let told = |house: &House| -> Option<Published> { house.store.bulletins(id, 1).unwrap().pop() };
    assert!(told(&house).is_none());
    house
        .store
        .confirm(subscriber.token.clone(), now(), now())
        .await
        .unwrap();
    assert!(house.store.watch_subscribers(id).unwrap()[0].is_active());
    // The page of the address shows it like any other subscription.
    let page = house.get(&format!("/mail/{}", subscriber.token)).await;
    assert!(page.body.contains("Apeluri"), "{}", page.body);
    let own = format!("/api/v1/monitor/watches/{id}");
    let without = json!({"name": "Apeluri", "items": true});
    house.call(Method::PUT, &own, &token, &without).await;
    assert!(house.store.watch_subscribers(id).unwrap().is_empty());
}
