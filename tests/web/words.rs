//! What staff and members read of faults and notes: in their own language, whatever went wrong.

use jiff::ToSpan;
use serde_json::json;
use vesti::delivery::reasons;
use vesti::domain::{Fault, FaultKind, Finding, Phase, Reason, Remark, StaffRole, Symptom, Way};

use super::*;

/// Words that stand in nearly every English sentence, and in none of another of these languages.
const ENGLISH: [&str; 16] = [
    "the", "is", "not", "with", "its", "was", "from", "and", "answers", "answer", "cannot",
    "found", "until", "within", "that", "lists",
];

/// Every reason that there is, with something in each of its places.
fn all_reasons() -> Vec<Reason> {
    let given = |code: &str| {
        json!({
            "code": code, "text": "x", "host": "gazda.example", "address": "10.1.2.3", "scheme": "gopher", "port": 6667, "most": 40,
            "millis": 30_000, "bytes": 10_000_000, "status": 404, "said": "„salut” <b>", "shown": "x", "agent": "vestibot",
            "path": "/noutati", "url": "https://gazda.example/noutati", "name": "item", "count": 12,
            "why": { "code": "no_connection", "host": "alta.example" },
        })
    };
    let unknown = serde_json::from_value::<Reason>(given("?")).unwrap_err();
    let told = unknown.to_string();
    let codes = told.split('`').skip(3).step_by(2);
    let known = codes.filter(|code| *code != "words");
    let all: Vec<Reason> = known
        .map(|code| serde_json::from_value(given(code)).unwrap())
        .collect();
    assert!(all.len() > 70);
    all
}

async fn visited(
    house: &House,
    source: &str,
    seconds: i64,
    fault: Option<Fault>,
    note: Option<Remark>,
) {
    let at = now() + seconds.seconds();
    let lease = house
        .store
        .lease_source(source.parse().unwrap(), at, Duration::from_mins(1))
        .await
        .unwrap()
        .expect("the lease");
    let mut state = lease.state.clone();
    if let Some(fault) = &fault {
        state.phase = Phase::Failing {
            since: now(),
            tries: 7,
            fault: fault.clone(),
        };
        state.findings = vec![Finding {
            symptom: Symptom::Failing {
                fault: fault.clone(),
                tries: 7,
            },
            since: now(),
            noticed: at,
        }];
    }
    let visit = Visit {
        at,
        state,
        intents: Vec::new(),
        log: VisitLog {
            at,
            url: format!("https://{source}.example/feed"),
            status: None,
            millis: 1,
            bytes: 0,
            listed: 0,
            new: 0,
            changed: 0,
            fault,
            note,
        },
    };
    house.store.record(&lease, visit).await.unwrap();
}

/// What stands between the tags, without what is marked as words of others.
fn visible(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        text.push(' ');
        rest = match after.strip_prefix("span lang=\"\">") {
            Some(foreign) => foreign.split_once("</span>").unwrap().1,
            None => after.split_once('>').map_or("", |(_, rest)| rest),
        };
    }
    text + rest
}

fn english_in(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphabetic())
        .map(str::to_lowercase)
        .filter(|word| ENGLISH.contains(&word.as_str()))
        .collect()
}

#[tokio::test]
async fn no_fault_is_told_in_english_to_whoever_reads_another_language() {
    let house = House::new().await;
    house.staff("ana", StaffRole::Admin).await;
    let cookie = house.sign_in("ana").await;
    let reasons = all_reasons();
    // A page shows the latest fifty visits.
    for part in reasons.chunks(45) {
        for (seconds, why) in (0..).zip(part) {
            let fault = Fault::because(FaultKind::Connect, why.clone());
            visited(&house, "deschis", seconds, Some(fault), None).await;
        }
        for language in [Language::RO, Language::LV, Language::RU] {
            let path = format!("/monitor/sources/deschis?ui={language}");
            let page = house.see(&path, &cookie).await;
            assert_eq!(page.status, StatusCode::OK);
            let start = page.body.find("<main").unwrap();
            let text = visible(&page.body[start..]);
            assert_eq!(
                english_in(&text),
                Vec::<String>::new(),
                "{language}: {text}"
            );
            for why in part {
                let said = reasons::reason(&why.clone().clean(), language).html();
                assert!(page.body.contains(&said), "{language}: {said}");
            }
            let public = house.get(&format!("/sources/deschis?ui={language}")).await;
            let last = reasons::reason(&part.last().unwrap().clone().clean(), language).html();
            assert!(public.body.contains(&last), "{language}: {last}");
        }
    }
    let answer = house.see("/api/v1/monitor/sources/deschis", &cookie).await;
    let visit = &answer.json()["visits"][0];
    let last = reasons.last().unwrap();
    assert_eq!(visit["fault"], last.clone().clean().to_string());
    assert_eq!(visit["fault_code"], last.code().unwrap());
}

#[tokio::test]
async fn what_vesti_did_is_told_in_the_readers_language_and_old_sentences_stay() {
    let house = House::new().await;
    house.staff("ana", StaffRole::Viewer).await;
    let cookie = house.sign_in("ana").await;
    let note = Remark::WayFailed {
        old_way: Way::Feed,
        old_url: "https://deschis.example/feed".into(),
        why: Reason::Status {
            host: "deschis.example".into(),
            status: 404,
        },
        way: Way::Listing,
        url: "https://deschis.example/".into(),
    };
    visited(&house, "deschis", 1, None, Some(note)).await;
    let old: Fault = serde_json::from_value(
        json!({ "kind": "status", "message": "deschis.example said <so>", "retry_after": null }),
    )
    .unwrap();
    let words = Remark::Words {
        text: "it was an old note".into(),
    };
    visited(&house, "deschis", 2, Some(old), Some(words)).await;
    for (language, told) in [
        (
            "ro",
            "de acum se citește altfel: pagina cu lista de anunțuri",
        ),
        (
            "lv",
            "turpmāk tiek lasīts citādi: lapa ar paziņojumu sarakstu",
        ),
        (
            "ru",
            "теперь источник читается иначе: страница со списком публикаций",
        ),
    ] {
        let page = house
            .see(&format!("/monitor/sources/deschis?ui={language}"), &cookie)
            .await;
        assert!(page.body.contains(told), "{}", page.body);
        for old in ["deschis.example said &lt;so&gt;", "it was an old note"] {
            let marked = format!("<span lang=\"en\">{old}</span>");
            assert!(page.body.contains(&marked), "{}", page.body);
        }
    }
}
