//! Signing in, roles, tokens, and members' pages that are closed: as a browser and as a program meet them.

use std::net::SocketAddr;

use axum::extract::ConnectInfo;
use vesti::config::{Access, Members};
use vesti::delivery::secrets;
use vesti::domain::StaffRole;
use vesti::store::{NewPass, PassKind};
use vesti::web::password;

use super::*;

pub(super) const OWN: (&str, &str) = ("origin", "https://vesti.example");
const PASSWORD: &str = "trei mere verzi";

impl House {
    pub(super) async fn staff(&self, name: &str, role: StaffRole) {
        let hash = password::hash(name, PASSWORD).unwrap();
        let added = self
            .store
            .add_staff(
                name.parse().unwrap(),
                role,
                None,
                Some(hash),
                "test".into(),
                now(),
            )
            .await
            .unwrap();
        assert!(added.is_some());
    }

    pub(super) async fn post(
        &self,
        path: &str,
        form: &[(&str, &str)],
        headers: &[(&str, &str)],
    ) -> Answer {
        let body = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(form)
            .finish();
        let mut request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header("host", "vesti.example")
            .header("content-type", "application/x-www-form-urlencoded");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let peer: SocketAddr = "203.0.113.9:4000".parse().unwrap();
        let request = request.extension(ConnectInfo(peer));
        self.answer(request.body(Body::from(body)).unwrap()).await
    }

    /// Signs in; gives the cookie.
    pub(super) async fn sign_in(&self, name: &str) -> String {
        let answer = self
            .post("/login", &[("name", name), ("password", PASSWORD)], &[OWN])
            .await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        let cookie = answer.headers["set-cookie"].to_str().unwrap();
        for needed in [
            "vesti_session=",
            "HttpOnly",
            "SameSite=Lax",
            "Secure",
            "Path=/",
        ] {
            assert!(cookie.contains(needed), "{cookie}");
        }
        cookie.split(';').next().unwrap().to_owned()
    }

    async fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::builder().uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.answer(request.body(Body::empty()).unwrap()).await
    }

    pub(super) async fn see(&self, path: &str, cookie: &str) -> Answer {
        self.get_with(path, &[("cookie", cookie)]).await
    }

    pub(super) async fn csrf(&self, path: &str, cookie: &str) -> String {
        let body = self.see(path, cookie).await.body;
        let (_, rest) = body.split_once("name=\"csrf\" value=\"").unwrap();
        rest.split('"').next().unwrap().to_owned()
    }
}

#[tokio::test]
async fn staff_pages_are_for_staff_and_lead_to_where_one_signs_in() {
    let house = House::new().await;
    for path in [
        "/monitor",
        "/monitor/sources/deschis",
        "/monitor/audit?before=9",
    ] {
        let answer = house.get(path).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}");
        let to = answer.headers["location"].to_str().unwrap();
        assert!(to.starts_with("/login?next=%2Fmonitor"), "{to}");
        assert_eq!(answer.headers["cache-control"], "no-store");
    }
    for path in [
        "/api/v1/monitor",
        "/api/v1/monitor/sources",
        "/api/v1/monitor/sources/deschis",
        "/api/v1/monitor/happenings",
        "/api/v1/monitor/audit",
    ] {
        let answer = house.get(path).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{path}");
        assert!(
            answer.headers["www-authenticate"]
                .to_str()
                .unwrap()
                .contains("Bearer")
        );
        assert!(answer.body.contains("sign-in-needed"));
    }
}

#[tokio::test]
async fn one_signs_in_and_out() {
    let house = House::new().await;
    house.staff("Ana", StaffRole::Viewer).await;
    let wrong = house
        .post(
            "/login",
            &[("name", "ana"), ("password", "nu asta")],
            &[OWN],
        )
        .await;
    assert_eq!(wrong.status, StatusCode::FORBIDDEN);
    assert!(!wrong.headers.contains_key("set-cookie"));
    let nobody = house
        .post("/login", &[("name", "ion"), ("password", PASSWORD)], &[OWN])
        .await;
    assert_eq!(nobody.status, StatusCode::FORBIDDEN);
    let elsewhere = house
        .post(
            "/login",
            &[("name", "ana"), ("password", PASSWORD)],
            &[("origin", "https://evil.example")],
        )
        .await;
    assert_eq!(elsewhere.status, StatusCode::FORBIDDEN);

    let cookie = house.sign_in("ana").await;
    let page = house.see("/monitor?state=all", &cookie).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("/monitor/sources/deschis"));
    assert!(
        page.headers["cache-control"]
            .to_str()
            .unwrap()
            .starts_with("private")
    );
    let invented = format!("vesti_session={}", secrets::invent().unwrap());
    assert_eq!(
        house.see("/monitor", &invented).await.status,
        StatusCode::SEE_OTHER
    );

    let bare = house
        .post("/logout", &[], &[OWN, ("cookie", &cookie)])
        .await;
    assert_eq!(
        bare.status,
        StatusCode::FORBIDDEN,
        "another site may not sign anybody out"
    );
    let csrf = house.csrf("/monitor", &cookie).await;
    let out = house
        .post("/logout", &[("csrf", &csrf)], &[OWN, ("cookie", &cookie)])
        .await;
    assert_eq!(out.status, StatusCode::SEE_OTHER);
    assert_eq!(
        house.see("/monitor", &cookie).await.status,
        StatusCode::SEE_OTHER
    );
}

#[tokio::test]
async fn guessing_is_slowed_down_and_the_log_tells_of_it() {
    let house = House::new().await;
    house.staff("ana", StaffRole::Admin).await;
    let mut last = StatusCode::OK;
    for guess in 0..8 {
        let guess = format!("ghicire {guess}");
        let answer = house
            .post("/login", &[("name", "ana"), ("password", &guess)], &[OWN])
            .await;
        last = answer.status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    let right = house
        .post("/login", &[("name", "ana"), ("password", PASSWORD)], &[OWN])
        .await;
    assert_eq!(
        right.status,
        StatusCode::TOO_MANY_REQUESTS,
        "not even the right one"
    );
    assert!(right.headers.contains_key("retry-after"));
    let deeds = house.store.deeds(None, 100).unwrap();
    let failed = deeds
        .iter()
        .filter(|deed| deed.what == "sign-in-failed")
        .count();
    assert_eq!(failed, 5);
    assert!(
        deeds
            .iter()
            .all(|deed| !format!("{deed:?}").contains("ghicire"))
    );
}

#[tokio::test]
async fn a_role_opens_what_it_is_for_and_no_more() {
    let house = House::new().await;
    house.staff("vera", StaffRole::Viewer).await;
    house.staff("adam", StaffRole::Admin).await;
    let (vera, adam) = (house.sign_in("vera").await, house.sign_in("adam").await);
    for path in [
        "/monitor/staff",
        "/monitor/keys",
        "/monitor/audit",
        "/api/v1/monitor/audit",
    ] {
        assert_eq!(
            house.see(path, &vera).await.status,
            StatusCode::FORBIDDEN,
            "{path}"
        );
        assert_eq!(
            house.see(path, &adam).await.status,
            StatusCode::OK,
            "{path}"
        );
    }
    let csrf = house.csrf("/monitor", &vera).await;
    let form = [
        ("csrf", csrf.as_str()),
        ("do", "add"),
        ("name", "eva"),
        ("role", "admin"),
    ];
    let answer = house
        .post("/monitor/staff", &form, &[OWN, ("cookie", &vera)])
        .await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);

    // The other's proof is worth nothing with this cookie.
    let other = house
        .post("/monitor/staff", &form, &[OWN, ("cookie", &adam)])
        .await;
    assert_eq!(other.status, StatusCode::FORBIDDEN);
    let csrf = house.csrf("/monitor/staff", &adam).await;
    let form = [
        ("csrf", csrf.as_str()),
        ("do", "add"),
        ("name", "eva"),
        ("role", "editor"),
    ];
    let answer = house
        .post("/monitor/staff", &form, &[OWN, ("cookie", &adam)])
        .await;
    assert_eq!(answer.status, StatusCode::OK);
    let (_, rest) = answer
        .body
        .split_once("https://vesti.example/login/")
        .unwrap();
    let token = rest.split('<').next().unwrap();
    let path = format!("/login/{token}");
    assert_eq!(
        house.get(&path).await.status,
        StatusCode::OK,
        "looking uses nothing up"
    );
    let first = house.post(&path, &[], &[OWN]).await;
    assert_eq!(first.status, StatusCode::SEE_OTHER);
    let second = house.post(&path, &[], &[OWN]).await;
    assert_eq!(second.status, StatusCode::FORBIDDEN, "once");

    // Nobody can be left without anybody who manages staff.
    let members = house.store.staff().unwrap();
    let id = members
        .iter()
        .find(|one| one.name.as_str() == "adam")
        .unwrap()
        .id
        .0
        .to_string();
    let form = [
        ("csrf", csrf.as_str()),
        ("do", "change"),
        ("id", &id),
        ("role", "viewer"),
    ];
    let answer = house
        .post("/monitor/staff", &form, &[OWN, ("cookie", &adam)])
        .await;
    assert!(answer.body.contains("role=\"alert\""));
    let still = house.store.staff_named("ADAM").unwrap().unwrap();
    assert_eq!(still.role, StaffRole::Admin);
}

#[tokio::test]
async fn a_new_password_ends_all_that_was_open() {
    let house = House::new().await;
    house.staff("ana", StaffRole::Viewer).await;
    let (here, there) = (house.sign_in("ana").await, house.sign_in("ana").await);
    let csrf = house.csrf("/monitor/account", &here).await;
    let change = |old: &'static str, new: &'static str| {
        vec![
            ("csrf", csrf.clone()),
            ("do", "password".into()),
            ("old", old.into()),
            ("new", new.into()),
            ("again", new.into()),
        ]
    };
    for (old, new) in [
        ("gresit", "patru mere verzi"),
        (PASSWORD, "scurt"),
        (PASSWORD, "aaaaaaaaaaaa"),
    ] {
        let form = change(old, new);
        let form: Vec<(&str, &str)> = form.iter().map(|(a, b)| (*a, b.as_str())).collect();
        let answer = house
            .post("/monitor/account", &form, &[OWN, ("cookie", &here)])
            .await;
        assert!(answer.body.contains("role=\"alert\""), "{new}");
    }
    let form = change(PASSWORD, "patru mere verzi");
    let form: Vec<(&str, &str)> = form.iter().map(|(a, b)| (*a, b.as_str())).collect();
    let answer = house
        .post("/monitor/account", &form, &[OWN, ("cookie", &here)])
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    for cookie in [&here, &there] {
        assert_eq!(
            house.see("/monitor", cookie).await.status,
            StatusCode::SEE_OTHER
        );
    }
    let answer = house
        .post(
            "/login",
            &[("name", "ana"), ("password", "patru mere verzi")],
            &[OWN],
        )
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_token_does_what_its_role_allows_until_it_is_revoked() {
    let house = House::new().await;
    house.staff("adam", StaffRole::Admin).await;
    let cookie = house.sign_in("adam").await;
    let csrf = house.csrf("/monitor/account", &cookie).await;
    let form = [
        ("csrf", csrf.as_str()),
        ("do", "token"),
        ("label", "raport"),
        ("role", "viewer"),
    ];
    let answer = house
        .post("/monitor/account", &form, &[OWN, ("cookie", &cookie)])
        .await;
    let (_, rest) = answer.body.split_once("<code>vesti_").unwrap();
    let token = format!("vesti_{}", rest.split('<').next().unwrap());
    assert!(
        !house
            .see("/monitor/account", &cookie)
            .await
            .body
            .contains(&token),
        "shown once"
    );
    let bearer = format!("Bearer {token}");
    let ask = |path: &'static str| {
        let (house, bearer) = (&house, bearer.clone());
        async move {
            house
                .get_with(path, &[("authorization", &bearer)])
                .await
                .status
        }
    };
    assert_eq!(ask("/api/v1/monitor").await, StatusCode::OK);
    assert_eq!(
        ask("/api/v1/monitor/audit").await,
        StatusCode::FORBIDDEN,
        "less than its owner"
    );
    let id = {
        let adam = house.store.staff_named("adam").unwrap().unwrap();
        house.store.passes(adam.id, PassKind::Token, now()).unwrap()[0]
            .id
            .to_string()
    };
    let form = [("csrf", csrf.as_str()), ("do", "end"), ("id", id.as_str())];
    house
        .post("/monitor/account", &form, &[OWN, ("cookie", &cookie)])
        .await;
    assert_eq!(ask("/api/v1/monitor").await, StatusCode::UNAUTHORIZED);
    assert!(
        !std::fs::read(house.dir.path().join("vesti.db"))
            .unwrap()
            .windows(token.len())
            .any(|part| part == token.as_bytes()),
        "only its hash is kept"
    );
}

#[tokio::test]
async fn a_pass_that_is_too_old_is_worth_nothing() {
    let house = House::new().await;
    house.staff("ana", StaffRole::Viewer).await;
    let ana = house.store.staff_named("ana").unwrap().unwrap();
    let secret = secrets::invent().unwrap();
    let early = now() - jiff::SignedDuration::from_hours(15 * 24);
    let pass = NewPass {
        staff: ana.id,
        kind: PassKind::Session,
        hash: secrets::hash(&secret),
        label: String::new(),
        role: StaffRole::Admin,
        ends: None,
    };
    house.store.add_pass(pass, None, early).await.unwrap();
    let cookie = format!("vesti_session={secret}");
    assert_eq!(
        house.see("/monitor", &cookie).await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(house.store.sweep_passes(now()).await.unwrap(), 1);
}

#[tokio::test]
async fn closed_pages_open_for_staff_and_for_whoever_has_a_key() {
    let mut config = Config::default();
    config.settings.access = Access {
        members: Members::Closed,
    };
    let house = House::with(config).await;
    house.staff("adam", StaffRole::Admin).await;
    for path in ["/", "/?q=apel", "/sources", "/calls", "/topics"] {
        let answer = house.get(path).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}");
    }
    for path in [
        "/feed.rss",
        "/api/v1/search",
        "/calendar.ics",
        "/sources.opml",
        "/digests/zilnic.rss",
    ] {
        assert_eq!(
            house.get(path).await.status,
            StatusCode::UNAUTHORIZED,
            "{path}"
        );
    }
    for path in [
        "/login",
        "/privacy",
        "/accessibility",
        "/healthz",
        "/openapi.json",
    ] {
        assert_eq!(house.get(path).await.status, StatusCode::OK, "{path}");
    }
    let cookie = house.sign_in("adam").await;
    assert_eq!(house.see("/", &cookie).await.status, StatusCode::OK);
    let csrf = house.csrf("/monitor/keys", &cookie).await;
    let form = [("csrf", csrf.as_str()), ("do", "make"), ("label", "FONSS")];
    let made = house
        .post("/monitor/keys", &form, &[OWN, ("cookie", &cookie)])
        .await;
    let (_, rest) = made.body.split_once("/feed.rss?key=").unwrap();
    let key = rest.split('<').next().unwrap();

    let feed = house.get(&format!("/feed.rss?key={key}")).await;
    assert_eq!(feed.status, StatusCode::OK);
    assert!(
        feed.headers["cache-control"]
            .to_str()
            .unwrap()
            .starts_with("private")
    );
    let basic = {
        use base64::Engine as _;
        let both = base64::engine::general_purpose::STANDARD.encode(format!("fonss:{key}"));
        format!("Basic {both}")
    };
    let feed = house
        .get_with("/feed.rss", &[("authorization", &basic)])
        .await;
    assert_eq!(feed.status, StatusCode::OK, "as readers send it");
    let page = house.get(&format!("/?key={key}")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        page.body.contains(&format!("key={key}")),
        "its feeds can be subscribed to"
    );
    let kept = page.headers["set-cookie"].to_str().unwrap();
    assert!(kept.starts_with("vesti_member="));
    let kept = kept.split(';').next().unwrap();
    assert_eq!(house.see("/calls", kept).await.status, StatusCode::OK);
    assert_eq!(
        house.see("/monitor", kept).await.status,
        StatusCode::SEE_OTHER,
        "a member is no staff"
    );
    let typed = house
        .post("/login", &[("do", "key"), ("key", key)], &[OWN])
        .await;
    assert_eq!(typed.status, StatusCode::SEE_OTHER);

    let id = house.store.member_keys().unwrap()[0].id.to_string();
    let form = [
        ("csrf", csrf.as_str()),
        ("do", "revoke"),
        ("id", id.as_str()),
    ];
    house
        .post("/monitor/keys", &form, &[OWN, ("cookie", &cookie)])
        .await;
    assert_eq!(
        house.get(&format!("/feed.rss?key={key}")).await.status,
        StatusCode::UNAUTHORIZED
    );
}

#[tokio::test]
async fn items_of_private_sources_are_for_staff() {
    let house = House::new().await;
    house.staff("vera", StaffRole::Viewer).await;
    let cookie = house.sign_in("vera").await;
    let hidden: vesti::domain::SourceId = "tainita".parse().unwrap();
    let items = house.store.latest_of(&hidden, 5).unwrap();
    let path = format!("/items/{}", items[0].id);
    assert_eq!(house.get(&path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(house.see(&path, &cookie).await.status, StatusCode::OK);
    assert_eq!(
        house.get(&path).await.status,
        StatusCode::NOT_FOUND,
        "nor from what is kept"
    );
    let page = house.see("/monitor/sources/tainita", &cookie).await;
    assert!(page.body.contains(&path));
}
