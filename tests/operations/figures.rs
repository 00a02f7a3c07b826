//! The dashboard and the alerts ask for nothing that the service does not tell.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::place::Place;

/// Names with their labels, as `/metrics` has them; of histograms all three.
async fn told() -> BTreeMap<String, BTreeSet<String>> {
    let place = Place::new(&["a", "b"]).await;
    let vesti = place.serve().await;
    vesti
        .until("/api/v1/search?q=voluntari", |value| value["total"] == 6)
        .await;
    let text = std::process::Command::new("curl")
        .args(["-s", &format!("{}/metrics", vesti.base)])
        .output();
    let text = match text {
        Ok(output) if output.status.success() => String::from_utf8(output.stdout).unwrap(),
        _ => fetch(&vesti.base),
    };
    vesti.stop().await;
    assert!(
        !text.contains("Sursa") && !text.contains("localhost"),
        "it names no source"
    );
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let end = line.find(['{', ' ']).unwrap();
        let labels = found.entry(line[..end].to_owned()).or_default();
        if let Some(rest) = line[end..].strip_prefix('{') {
            labels.extend(rest.split("\",").filter_map(|pair| {
                Some(pair.trim_start_matches(',').split_once('=')?.0.to_owned())
            }));
        }
    }
    found
}

/// Without any tool.
fn fetch(base: &str) -> String {
    use std::io::{Read as _, Write as _};
    let host = base.trim_start_matches("http://");
    let mut stream = std::net::TcpStream::connect(host).unwrap();
    write!(stream, "GET /metrics HTTP/1.0\r\nHost: {host}\r\n\r\n").unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    text.split_once("\r\n\r\n").unwrap().1.to_owned()
}

/// The words of an expression of PromQL that are no part of a text in quotes.
fn words(expression: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in expression.chars() {
        if c == '"' {
            quoted = !quoted;
        } else if !quoted && (c.is_alphanumeric() || c == '_') {
            words.last_mut().unwrap().push(c);
            continue;
        }
        words.push(String::new());
    }
    words.retain(|word| !word.is_empty());
    words
}

/// What stands in braces before an `=`, and after `by (`.
fn labels(expression: &str) -> Vec<String> {
    let mut found = Vec::new();
    for part in expression.split('{').skip(1) {
        for pair in part.split('}').next().unwrap().split(',') {
            found.push(pair.split(['=', '!']).next().unwrap().trim().to_owned());
        }
    }
    for part in expression.split("by (").skip(1) {
        let list = part.split(')').next().unwrap();
        found.extend(list.split(',').map(|label| label.trim().to_owned()));
    }
    found
}

fn check(expression: &str, told: &BTreeMap<String, BTreeSet<String>>) {
    let metrics: Vec<String> = words(expression)
        .into_iter()
        .filter(|word| word.starts_with("vesti_") || word.starts_with("process_"))
        .collect();
    let mut known: BTreeSet<&str> = ["job", "instance"].into();
    for name in &metrics {
        let labels = told
            .get(name)
            .unwrap_or_else(|| panic!("{name} of {expression} is not told: {:?}", told.keys()));
        known.extend(labels.iter().map(String::as_str));
    }
    for label in labels(expression) {
        assert!(known.contains(label.as_str()), "{label} of {expression}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_dashboard_and_the_alerts_use_what_is_told() {
    let told = told().await;
    let dashboard: Value =
        serde_json::from_str(include_str!("../../docs/operations/grafana-dashboard.json")).unwrap();
    let mut expressions = Vec::new();
    let mut ids = BTreeSet::new();
    for panel in dashboard["panels"].as_array().unwrap() {
        assert!(
            ids.insert(panel["id"].as_u64().unwrap()),
            "an id is there twice"
        );
        for target in panel["targets"].as_array().into_iter().flatten() {
            expressions.push(target["expr"].as_str().unwrap().to_owned());
        }
    }
    assert!(expressions.len() > 30);
    let alerts = include_str!("../../docs/operations/alerts.yml");
    let rules: Vec<&str> = alerts.split("- alert: ").skip(1).collect();
    assert!(rules.len() > 12);
    let tried = include_str!("alerts.test.yml");
    for rule in rules {
        let name = rule.lines().next().unwrap();
        assert!(
            tried.contains(&format!("alertname: {name}\n")),
            "{name} is not tried"
        );
        for part in [
            "expr: ",
            "labels: {severity: ",
            "summary: ",
            "description: ",
        ] {
            assert!(rule.contains(part), "{part}: {rule}");
        }
        let expression = rule.split("expr: ").nth(1).unwrap().lines().next().unwrap();
        if !expression.starts_with("up{") {
            expressions.push(expression.to_owned());
        }
    }
    for expression in &expressions {
        check(expression, &told);
    }
    // The check itself can fail.
    for wrong in ["vesti_nothing", "sum by (colour) (vesti_items)"] {
        assert!(
            std::panic::catch_unwind(|| check(wrong, &told)).is_err(),
            "{wrong}"
        );
    }
}
