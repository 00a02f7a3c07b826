//! The running program: what was decided lives through a restart and SIGHUP, and can be exported into the file.

#[path = "../service/place.rs"]
#[allow(
    dead_code,
    reason = "it is of another test, and has more than is needed here"
)]
mod place;

use place::{Place, Vesti, text};
use serde_json::{Value, json};

fn client() -> reqwest::Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap()
}

/// Signs in by a link, and makes a token.
async fn token(place: &Place, vesti: &Vesti) -> String {
    let made = place.run(&["user", "add", "ana", "--role", "editor", "--link"]);
    let said = format!("{}{}", text(&made.stdout), text(&made.stderr));
    let (_, secret) = said.split_once("/login/").expect(&said);
    let secret = secret.split_whitespace().next().unwrap();
    let client = client();
    let signed_in = client
        .post(format!("{}/login/{secret}", vesti.base))
        .send()
        .await
        .unwrap();
    let cookie = signed_in.headers()["set-cookie"].to_str().unwrap();
    let cookie = cookie.split(';').next().unwrap().to_owned();
    let account = format!("{}/monitor/account", vesti.base);
    let page = client.get(&account).header("cookie", &cookie);
    let page = page.send().await.unwrap().text().await.unwrap();
    let (_, csrf) = page.split_once("name=\"csrf\" value=\"").expect(&page);
    let csrf = csrf.split('"').next().unwrap();
    let form = format!("csrf={csrf}&do=token&label=test&role=editor");
    let made = client
        .post(&account)
        .header("cookie", &cookie)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(form);
    let page = made.send().await.unwrap().text().await.unwrap();
    let (_, token) = page.split_once("<code>vesti_").expect(&page);
    format!("vesti_{}", token.split('<').next().unwrap())
}

async fn send(vesti: &Vesti, token: &str, method: reqwest::Method, path: &str, body: Value) {
    let asked = client()
        .request(method, format!("{}{path}", vesti.base))
        .bearer_auth(token)
        .body(body.to_string());
    let answer = asked.send().await.unwrap();
    let status = answer.status();
    let said = answer.text().await.unwrap();
    assert!(status.is_success(), "{status}: {said}");
}

fn names(sources: &Value) -> Vec<String> {
    let all = sources["items"].as_array().unwrap();
    all.iter()
        .map(|one| format!("{}={}", one["id"], one["name"]).replace('"', ""))
        .collect()
}

#[tokio::test]
async fn decisions_outlive_a_restart_and_a_changed_file_and_can_become_the_file() {
    use reqwest::Method;
    let place = Place::new(&["a", "b"]).await;
    let vesti = place.serve().await;
    let token = token(&place, &vesti).await;
    let port = place.sites.port();
    let new = json!({
        "id": "c", "name": "Sursa nouă", "url": format!("http://c.localhost:{port}/feed.xml"),
        "country": "RO", "role": "member", "languages": ["ro"],
    });
    send(&vesti, &token, Method::POST, "/api/v1/monitor/sources", new).await;
    let edit = json!({ "name": "Din browser" });
    send(
        &vesti,
        &token,
        Method::PATCH,
        "/api/v1/monitor/sources/a",
        edit,
    )
    .await;
    send(
        &vesti,
        &token,
        Method::DELETE,
        "/api/v1/monitor/sources/b",
        json!({}),
    )
    .await;
    let found = |value: &Value| value["total"] == 3;
    vesti.until("/api/v1/search?source=c", found).await;
    let wanted = vec!["a=Din browser".to_owned(), "c=Sursa nouă".to_owned()];
    assert_eq!(names(&vesti.get("/api/v1/sources").await), wanted);

    // A file that changes meanwhile brings what is new in it, and keeps what was decided.
    place.set_sources(&["a", "b", "d"]);
    vesti.signal("-HUP");
    vesti
        .until("/api/v1/sources", |value| names(value).len() == 3)
        .await;
    vesti.stop().await;
    let vesti = place.serve().await;
    let mut with_d = wanted.clone();
    with_d.push("d=Sursa d".to_owned());
    assert_eq!(names(&vesti.get("/api/v1/sources").await), with_d);

    // Another name in the file is a disagreement, which the command tells as well.
    let file = std::fs::read_to_string(place.folder.path().join("sources.toml")).unwrap();
    place.write("sources.toml", &file.replace("Sursa a", "Din fișier"));
    let checked = place.run(&["check"]);
    let said = text(&checked.stdout);
    assert!(said.contains("“a” was edited in the browser"), "{said}");
    assert!(said.contains("3 managed in the browser"), "{said}");
    place.write("sources.toml", &file);

    // Digests may name what the browser added.
    place.write(
        "digests.toml",
        "[[digest]]\nid = \"z\"\ntitle = \"Z\"\nperiod = \"daily\"\nsource = [\"c\"]\n",
    );
    assert!(place.run(&["check"]).status.success());

    // Exported into the file, a fresh service reads the same from it alone.
    let exported = place.run(&["export", "--format", "toml"]);
    let exported = text(&exported.stdout).to_owned();
    vesti.stop().await;
    let fresh = Place::new(&[]).await;
    fresh.write("sources.toml", &exported);
    let vesti = fresh.serve().await;
    assert_eq!(names(&vesti.get("/api/v1/sources").await), with_d);
    vesti.stop().await;
    // And where the decisions were made, nothing is left of them.
    place.write("sources.toml", &exported);
    let vesti = place.serve().await;
    assert_eq!(names(&vesti.get("/api/v1/sources").await), with_d);
    let held = client()
        .get(format!("{}/api/v1/monitor/catalogue", vesti.base))
        .bearer_auth(&token);
    let held = held.send().await.unwrap().text().await.unwrap();
    let held: Value = serde_json::from_str(&held).unwrap();
    assert_eq!(held["items"], json!([]));
    vesti.stop().await;
}

#[tokio::test]
async fn a_pass_of_the_command_reads_what_the_browser_added() {
    let place = Place::new(&["a"]).await;
    let vesti = place.serve().await;
    let token = token(&place, &vesti).await;
    let port = place.sites.port();
    let new = json!({
        "id": "c", "name": "C", "url": format!("http://c.localhost:{port}/feed.xml"),
        "country": "RO", "role": "member",
    });
    let path = "/api/v1/monitor/sources";
    send(&vesti, &token, reqwest::Method::POST, path, new).await;
    vesti.stop().await;
    let mut crawl = place.command(&["crawl", "c"]);
    let crawled = tokio::task::spawn_blocking(move || crawl.output().unwrap())
        .await
        .unwrap();
    assert!(crawled.status.success(), "{}", text(&crawled.stderr));
    assert!(
        text(&crawled.stdout).starts_with("c: "),
        "{}",
        text(&crawled.stdout)
    );
    let listed = place.run(&["export", "--format", "toml"]);
    assert_eq!(text(&listed.stdout).matches("[[source]]").count(), 2);
}
