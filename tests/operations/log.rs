//! The log, as programs read it.

use serde_json::Value;

use crate::place::{Place, Vesti, free_port};

#[tokio::test(flavor = "multi_thread")]
async fn each_line_is_an_object_with_the_same_fields_and_no_secret() {
    let place = Place::new(&["a"]).await;
    // A server that is not there, a source that is not there, and a password.
    place.set_sources(&["a"]);
    let sources = std::fs::read_to_string(place.folder.path().join("sources.toml")).unwrap();
    let gone = sources
        .replace("\"a\"", "\"x\"")
        .replace("a.localhost", "x.localhost")
        .replace("/feed.xml", "/none");
    place.write("sources.toml", &format!("{sources}\n{gone}"));
    place.write(
        "vesti.toml",
        &format!(
            "[server]\npublic_url = \"http://127.0.0.1/\"\n[crawler]\nallow_networks = [\"127.0.0.0/8\", \"::1/128\"]\nhost_delay = \"1ms\"\n\
             [mail]\nhost = \"127.0.0.1\"\nport = {}\ntls = \"none\"\nuser = \"news\"\npassword = \"hunter2-secret\"\nfrom = \"news@example.org\"\n",
            free_port()
        ),
    );
    place.write("digests.toml", "[[digest]]\nid = \"d\"\ntitle = \"D\"\nperiod = \"hourly\"\nrecipients = [\"ana@example.org\"]\n");
    let mut command = place.command(&["serve"]);
    command
        .env("VESTI_LOG", "debug")
        .env("VESTI_LOG_FORMAT", "json");
    let vesti = Vesti::start(command, place.folder.path()).await;
    vesti
        .until("/api/v1/search?q=voluntari", |value| value["total"] == 3)
        .await;
    vesti.status("/?q=ceva-foarte-personal").await;
    vesti.until_said("x: ").await;
    let said = vesti.said();
    vesti.stop().await;
    let mut events = 0;
    for line in said
        .lines()
        .filter(|line| !line.starts_with("vesti follows"))
    {
        let event: Value = serde_json::from_str(line).unwrap_or_else(|_| panic!("{line}"));
        events += 1;
        for field in ["timestamp", "level", "fields"] {
            assert!(!event[field].is_null(), "{field}: {line}");
        }
        assert!(event["fields"]["message"].is_string(), "{line}");
    }
    assert!(events > 3, "{said}");
    for secret in ["hunter2", "ceva-foarte-personal"] {
        assert!(!said.contains(secret), "{secret}");
    }
}
