//! `vesti doctor` on installations that are broken in one way each.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Output;

use rusqlite::Connection;
use serde_json::Value;

use crate::place::{Place, Vesti, free_port, text};

/// What it says of one thing: verdict, sentence, advice.
fn verdict(output: &Output, check: &str) -> (String, String) {
    let report: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{} {}", text(&output.stdout), text(&output.stderr)));
    let found = report["checks"].as_array().unwrap();
    let worst = ["fault", "warning", "ok"]
        .iter()
        .find_map(|verdict| {
            found
                .iter()
                .find(|found| found["check"] == check && found["verdict"] == *verdict)
        })
        .unwrap_or_else(|| panic!("nothing of {check}: {report:#}"));
    let faults = found.iter().any(|found| found["verdict"] == "fault");
    assert_eq!(output.status.code(), Some(i32::from(faults)), "{report:#}");
    assert_eq!(report["ok"], !faults);
    // Whatever is not well comes with what to do.
    for found in found {
        assert_eq!(
            found["advice"].is_null(),
            found["verdict"] == "ok",
            "{found}"
        );
    }
    let word = |name: &str| worst[name].as_str().unwrap_or_default().to_owned();
    (word("verdict"), word("says") + " → " + &word("advice"))
}

fn assert_found(output: &Output, check: &str, wanted: &str, words: &[&str]) {
    let (found, says) = verdict(output, check);
    assert_eq!(found, wanted, "{says}");
    for word in words {
        assert!(says.contains(word), "{word}: {says}");
    }
}

impl Place {
    /// The doctor's report, while the service would listen at a port of its own.
    fn doctor(&self, more: &[&str]) -> Output {
        self.doctor_at(free_port(), more)
    }

    fn doctor_at(&self, port: u16, more: &[&str]) -> Output {
        self.command(&["doctor", "--json"])
            .args(more)
            .env("VESTI_SERVER__LISTEN", format!("127.0.0.1:{port}"))
            .output()
            .unwrap()
    }

    fn data(&self) -> std::path::PathBuf {
        self.folder.path().join("data")
    }

    async fn crawled(sources: &[&str]) -> Self {
        let place = Self::new(sources).await;
        let crawled = place.run(&["crawl"]);
        assert!(crawled.status.success(), "{}", text(&crawled.stderr));
        place
    }
}

fn port_of(vesti: &Vesti) -> u16 {
    vesti.base.rsplit(':').next().unwrap().parse().unwrap()
}

fn store(data: &Path) -> Connection {
    Connection::open(data.join("vesti.db")).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_healthy_installation_is_called_so_running_or_not() {
    let place = Place::new(&["a"]).await;
    // Before the first start there is nothing to complain of but that.
    let output = place.doctor(&[]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
    assert_found(&output, "data", "warning", &["yet", "vesti serve"]);

    let vesti = place.serve().await;
    vesti
        .until("/api/v1/search?q=voluntari", |value| value["total"] == 3)
        .await;
    let output = place.doctor_at(port_of(&vesti), &["--deep"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
    let pid = vesti.child.id().to_string();
    assert_found(&output, "service", "ok", &[&pid, "answers"]);
    for check in [
        "data", "store", "index", "clock", "sources", "outbox", "backup",
    ] {
        assert_found(&output, check, "ok", &[]);
    }
    assert_found(
        &place.doctor(&[]),
        "service",
        "warning",
        &[&pid, "--listen"],
    );
    let only = place.doctor_at(port_of(&vesti), &["--only", "service"]);
    assert_eq!(only.status.code(), Some(0));
    vesti.stop().await;

    let output = place.doctor(&[]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
    assert_found(&output, "service", "ok", &["does not run"]);
    assert_found(&output, "index", "ok", &["level"]);
    // Asked for by name, it is a fault that none runs.
    assert_found(
        &place.doctor(&["--only", "service"]),
        "service",
        "fault",
        &["vesti serve"],
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn mistakes_in_the_configuration_are_told_with_their_lines() {
    let place = Place::new(&["a"]).await;
    place.write("vesti.toml", "[crawler]\n\nconcurency = 3\n");
    assert_found(
        &place.doctor(&[]),
        "configuration",
        "fault",
        &["vesti.toml:3", "concurrency"],
    );
    place.write("vesti.toml", "");
    place.write("sources.toml", "");
    assert_found(
        &place.doctor(&[]),
        "configuration",
        "warning",
        &["no source", "vesti probe"],
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_data_directory_that_is_no_place_for_data() {
    let place = Place::crawled(&["a"]).await;
    fs::set_permissions(place.data(), fs::Permissions::from_mode(0o755)).unwrap();
    assert_found(
        &place.doctor(&[]),
        "data",
        "warning",
        &["subscribers", "chmod o-rwx"],
    );
    fs::remove_dir_all(place.data()).unwrap();
    fs::write(place.data(), "a file").unwrap();
    assert_found(&place.doctor(&[]), "data", "fault", &["no folder"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_is_damaged_or_from_another_time() {
    let place = Place::crawled(&["a"]).await;
    let known: i64 = store(&place.data())
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap();
    for (format, wanted, words) in [
        (known + 1, "fault", "newer vesti"),
        (known - 1, "warning", "brings it up to date"),
        (known, "ok", "whole"),
    ] {
        store(&place.data())
            .pragma_update(None, "user_version", format)
            .unwrap();
        assert_found(&place.doctor(&[]), "store", wanted, &[words]);
    }
    let path = place.data().join("vesti.db");
    let mut bytes = fs::read(&path).unwrap();
    let end = bytes.len() / 2;
    bytes[8_192..end].fill(0x5A);
    fs::write(&path, bytes).unwrap();
    assert_found(
        &place.doctor(&[]),
        "store",
        "fault",
        &["damaged", "vesti restore"],
    );
    fs::write(
        &path,
        "this is no store, whatever its name says, and it is long enough to be looked at",
    )
    .unwrap();
    assert_found(&place.doctor(&[]), "store", "fault", &["vesti restore"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_index_that_lags_or_is_gone_is_no_reason_to_worry() {
    let place = Place::crawled(&["a"]).await;
    assert_found(&place.doctor(&[]), "index", "ok", &["level"]);
    fs::remove_dir_all(place.data().join("search")).unwrap();
    assert_found(
        &place.doctor(&[]),
        "index",
        "warning",
        &["up to 0 of", "nothing is to be done"],
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_was_fast_is_noticed() {
    let place = Place::crawled(&["a"]).await;
    let tomorrow = jiff::Timestamp::now().as_millisecond() + 24 * 3_600_000;
    store(&place.data())
        .execute("UPDATE item SET first_seen = ?", [tomorrow])
        .unwrap();
    assert_found(
        &place.doctor(&[]),
        "clock",
        "fault",
        &["slow now, or was fast", "set-ntp"],
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_somebody_else_has() {
    let place = Place::new(&["a"]).await;
    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = other.local_addr().unwrap().port();
    // It takes connections and says nothing.
    std::thread::spawn(move || other.incoming().for_each(drop));
    assert_found(
        &place.doctor_at(port, &[]),
        "service",
        "fault",
        &["another program", "server.listen"],
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn sources_that_all_fail_point_at_the_network_and_old_failures_at_themselves() {
    let place = Place::crawled(&["a", "b", "c"]).await;
    let since = jiff::Timestamp::now() - jiff::SignedDuration::from_hours(24 * 30);
    let fail = |ids: &str| {
        store(&place.data())
            .execute(
                &format!(
                    "UPDATE source SET phase = 'failing', state = json_set(state, '$.phase', 'failing', '$.since', ?1, '$.tries', 9, \
                     '$.fault', json('{{\"kind\":\"dns\",\"message\":\"the name does not resolve\",\"retry_after\":null}}')) WHERE id IN ({ids})"
                ),
                [since.to_string()],
            )
            .unwrap();
    };
    fail("'a'");
    assert_found(
        &place.doctor(&[]),
        "sources",
        "warning",
        &["1 fail for more than a week: a", "vesti probe"],
    );
    fail("'a', 'b', 'c'");
    assert_found(
        &place.doctor(&[]),
        "sources",
        "fault",
        &["all 3 fail", "--net", "does not resolve"],
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn mail_that_waits_for_days_and_a_server_that_is_not_there() {
    let place = Place::crawled(&["a"]).await;
    store(&place.data())
        .execute(
            "INSERT INTO outbox (channel, key, body, posted, due, tries) VALUES ('mail', 'k', '{}', 1000, 1000, 3)",
            [],
        )
        .unwrap();
    assert_found(
        &place.doctor(&[]),
        "outbox",
        "warning",
        &["mail (1)", "[mail]"],
    );
    let closed = free_port();
    place.write(
        "vesti.toml",
        &format!(
            "[server]\npublic_url = \"http://127.0.0.1:{closed}/\"\n[mail]\nhost = \"127.0.0.1\"\nport = {closed}\ntls = \"none\"\nuser = \"u\"\npassword = \"hunter2-secret\"\nfrom = \"a@example.org\"\n[crawler]\nallow_networks = [\"127.0.0.0/8\", \"::1/128\"]\n"
        ),
    );
    let output = place.doctor(&["--net"]);
    assert_found(
        &output,
        "mail",
        "fault",
        &["no connection to 127.0.0.1", "[mail]"],
    );
    assert_found(&output, "address", "fault", &["cannot be reached", "proxy"]);
    assert_found(&output, "network", "ok", &["answered"]);
    assert!(!text(&output.stdout).contains("hunter2"));
    assert!(!text(&output.stderr).contains("hunter2"));
}

#[tokio::test(flavor = "multi_thread")]
async fn backups_that_are_missing_or_old() {
    let place = Place::crawled(&["a"]).await;
    assert_found(&place.doctor(&[]), "backup", "ok", &["to come"]);
    let month = jiff::Timestamp::now().as_millisecond() - 30 * 24 * 3_600_000;
    store(&place.data())
        .execute("UPDATE item SET first_seen = ?", [month])
        .unwrap();
    assert_found(
        &place.doctor(&[]),
        "backup",
        "warning",
        &["none", "vesti backup"],
    );
    let shelf = place.data().join("backups");
    fs::create_dir(&shelf).unwrap();
    fs::write(shelf.join("vesti-2026-01-01T000000Z.zip"), "").unwrap();
    assert_found(
        &place.doctor(&[]),
        "backup",
        "warning",
        &["old", "vesti-2026-01-01"],
    );
    let made = place.run(&["backup"]);
    assert!(made.status.success(), "{}", text(&made.stderr));
    assert_found(&place.doctor(&[]), "backup", "ok", &["ago"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn people_read_lines_with_what_is_wrong_at_the_end() {
    let place = Place::new(&["a"]).await;
    place.write("vesti.toml", "[crawler]\nconcurency = 3\n");
    let output = place.run(&["doctor"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(text(&output.stderr).trim(), "vesti: 1 thing is wrong");
    let said = text(&output.stdout);
    let first = |mark: &str| said.find(mark).unwrap_or_else(|| panic!("{mark}: {said}"));
    assert!(first("ok ") < first("FAULT"), "{said}");
    assert!(said.contains("→ correct it"), "{said}");
}
