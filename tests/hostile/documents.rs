//! Hostile documents at a source that was well before: each visit ends in items that are clean or in one plain fault,
//! nothing that was there before is lost, and the source is well again when its server is.

use std::fmt::Write as _;
use std::io::Write as _;

use vesti::crawling::Report;
use vesti::domain::{FaultKind, Item, Phase};

use crate::rig::{self, LONG, Rig, entry, rss, rss_with};
use crate::server::{Script, Step, answer, document};

/// What must come of it, with the items that are new.
type Check = fn(&Report, &[Item]);

struct Case {
    id: &'static str,
    script: Script,
    check: Check,
}

fn case(id: &'static str, body: impl AsRef<[u8]>, check: Check) -> Case {
    Case {
        id,
        script: document("application/rss+xml", body),
        check,
    }
}

/// Plays all cases in one pass, between two passes in which the same servers behave.
async fn endure(cases: Vec<Case>) {
    let ids: Vec<&str> = cases.iter().map(|case| case.id).collect();
    let rig = Rig::new(&ids).await;
    let before = [entry("vechi-1", "Anunț", 30), entry("vechi-2", "Apel", 40)];
    let well = document("application/rss+xml", rss(&before));
    for case in &cases {
        let server = rig.server(case.id);
        server.on("/feed", well.clone());
        server.on("/feed", case.script.clone());
        server.on("/feed", well.clone());
        for page in ["/vechi-1", "/vechi-2"] {
            server.on(page, document("text/html", "<html><p>Este aici</p></html>"));
        }
    }
    rig.pass().await;
    let old = |id: &str| {
        let mut items = rig.items(id);
        items.retain(|item| item.title.contains("vechi"));
        assert_eq!(items.len(), 2, "{id}: what was there is there");
        items
    };
    let first: Vec<Vec<Item>> = ids.iter().map(|id| old(id)).collect();
    rig.wait(25);
    let said = rig.pass().await;
    for (case, first) in cases.iter().zip(&first) {
        assert_eq!(&old(case.id), first, "{}", case.id);
        let mut new = rig.items(case.id);
        new.retain(|item| !item.title.contains("vechi"));
        (case.check)(&said[case.id], &new);
    }
    rig.wait(25);
    let said = rig.pass().await;
    for (id, first) in ids.iter().zip(&first) {
        assert_eq!(said[*id].state.phase, Phase::Healthy, "{id}");
        assert_eq!(&old(id), first, "{id}");
    }
}

fn fails(report: &Report, kind: FaultKind) {
    let fault = report.log.fault.as_ref().expect("a fault");
    assert_eq!(fault.kind, kind, "{}: {fault}", report.source);
    assert!(matches!(report.state.phase, Phase::Failing { .. }));
}

/// The titles of what was read, where it was read without a fault.
fn titles(report: &Report, items: &[Item]) -> Vec<String> {
    assert_eq!(report.log.fault, None, "{}", report.source);
    let mut titles: Vec<_> = items.iter().map(|item| item.title.clone()).collect();
    titles.sort();
    titles
}

/// Nothing at all, or the one harmless entry that came along.
fn bounded(report: &Report, items: &[Item]) {
    assert!(items.len() <= 3, "{}: {}", report.source, items.len());
}

fn harmless() -> String {
    entry("nou", "Întâlnire", 1)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_document_hurts_more_than_itself() {
    let deep = |open: &str, close: &str, depth: usize| {
        format!("{}adânc{}", open.repeat(depth), close.repeat(depth))
    };
    let inside = |content: &str| {
        let item = harmless().replace("<description>", &format!("<description>{content}"));
        rss_with("", "", &item)
    };
    let laughs = {
        let mut text = String::from("<!DOCTYPE rss [<!ENTITY a0 \"ha\">");
        for level in 1..30 {
            let _ = write!(
                text,
                "<!ENTITY a{level} \"{}\">",
                format!("&a{};", level - 1).repeat(10)
            );
        }
        text + "]>"
    };
    let xxe = "<!DOCTYPE rss [<!ENTITY passwd SYSTEM \"file:///etc/passwd\"><!ENTITY % more SYSTEM \"/evil.dtd\"> %more;]>";
    let mut bad_bytes = rss(&[harmless(), entry("doi", "Rău", 2)]).into_bytes();
    let at = bad_bytes.len() - 300;
    bad_bytes.splice(at..at, *b"\xff\xfe\xc3\x28\xed\xa0\x80");
    let controls = harmless().replace(
        "Întâlnire",
        "Înt\u{0}âl\u{8}ni\u{1b}[31mre\u{7f}\u{9b} \u{202e}înapoi\u{2066}\r\n2026-11-21 ERROR fals",
    );
    let whole = rss(&[
        harmless(),
        entry("doi", "Al doilea", 2),
        entry("trei", "Al treilea", 3),
    ]);
    let broken = &whole[..whole.rfind("Sunt binevenite").unwrap()];
    let long = "A".repeat(1_000_000);
    let attributes = format!(
        "<item {long}=\"{long}\" x='{long}'><guid isPermaLink=\"{long}\">nou</guid><link>/nou</link><title>Întâlnire nou</title><enclosure url=\"/{long}\" type=\"{long}\" length=\"{long}\"/><description>{LONG}</description></item>"
    );
    let huge = format!(
        "<item><guid>{long}</guid><link>/{long}</link><title>{long} {long}</title><author>{long}</author><category>{long}</category><pubDate>{long}</pubDate><description>{LONG}</description></item>{}",
        harmless()
    );
    let identical = harmless().repeat(3_000);

    endure(vec![
        case("elemente", inside(&deep("<b>", "</b>", 100_000)), bounded),
        case(
            "elemente-citate",
            inside(&deep("&lt;div&gt;", "&lt;/div&gt;", 100_000)),
            bounded,
        ),
        case(
            "elemente-cdata",
            inside(&format!("<![CDATA[{}]]>", "<table><tr><td>".repeat(15_000))),
            bounded,
        ),
        case(
            "intrari",
            rss_with("", "", &deep("<item><title>x</title>", "</item>", 100_000)),
            |_, items| assert!(items.len() <= 501),
        ),
        case(
            "canale",
            rss_with("", &"<channel><image><title>".repeat(100_000), &harmless()),
            bounded,
        ),
        case(
            "json",
            deep("[", "]", 1_000_000).replace("adânc", "1"),
            bounded,
        ),
        case(
            "json-obiect",
            format!(
                "{{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{}",
                "{\"x\":".repeat(300_000)
            ),
            bounded,
        ),
        case(
            "rasete",
            rss_with(
                &laughs,
                "",
                &harmless().replace("Întâlnire", "Întâlnire &a29;"),
            ),
            |report, items| {
                assert_eq!(titles(report, items).len(), 1);
                assert!(items[0].text.len() < 10_000);
            },
        ),
        case(
            "xxe",
            rss_with(
                xxe,
                "",
                &harmless()
                    .replace("Întâlnire", "Întâlnire &passwd;")
                    .replace(LONG, &format!("&passwd; {LONG}")),
            ),
            |report, items| {
                assert_eq!(titles(report, items).len(), 1);
                assert!(
                    !format!("{items:?}").contains("root:"),
                    "a file of this machine was read"
                );
            },
        ),
        case(
            "entitati",
            inside("&nbsp;&hellip;&nimic;&;&#0;&#xD800;&#99999999; R&D & altele < ale lor"),
            |report, items| {
                assert_eq!(titles(report, items), ["Întâlnire nou"]);
                assert!(items[0].text.contains("R&D & altele"), "{}", items[0].text);
            },
        ),
        case("octeti", bad_bytes, |report, items| {
            assert_eq!(titles(report, items), ["Rău doi", "Întâlnire nou"]);
            assert!(
                items
                    .iter()
                    .any(|item| item.text.contains("secretariatul federației"))
            );
        }),
        case(
            "controale",
            rss_with("\u{0}\u{1b}", "", &controls),
            |report, items| {
                assert_eq!(titles(report, items).len(), 1);
                assert!(items[0].title.contains("înapoi"), "{}", items[0].title);
            },
        ),
        case("rupt", broken, |report, items| {
            assert_eq!(
                titles(report, items),
                ["Al doilea doi", "Întâlnire nou"],
                "never half an entry"
            );
        }),
        case(
            "atribute",
            rss_with("", "", &attributes),
            |report, items| {
                assert_eq!(titles(report, items), ["Întâlnire nou"]);
            },
        ),
        case("urias", rss_with("", "", &huge), |report, items| {
            assert!(titles(report, items).contains(&"Întâlnire nou".to_owned()));
            assert!(items.len() <= 2);
        }),
        case("la-fel", rss_with("", "", &identical), |report, items| {
            assert_eq!(titles(report, items), ["Întâlnire nou"]);
        }),
        case("gol", "", |report, _| fails(report, FaultKind::Unreadable)),
        case("zerouri", vec![0; 100_000], |report, _| {
            assert!(report.log.fault.is_some());
        }),
        case("nimic", "<\u{1b}[2J\u{202e}x>", |report, _| {
            assert!(report.log.fault.is_some());
        }),
        case("titlu", "<rss><channel><title>".to_owned() + &long, bounded),
    ])
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_server_hurts_more_than_itself() {
    let bomb = {
        let mut zip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        zip.write_all(rss(&[harmless()]).as_bytes()).unwrap();
        let zeros = vec![b' '; 1 << 20];
        for _ in 0..100 {
            zip.write_all(&zeros).unwrap();
        }
        zip.finish().unwrap()
    };
    let reason = "503 \u{1b}[31mtotul\u{7}\u{202e} e bine";
    let drip = |head: &str| {
        vec![
            Step::Send(head.as_bytes().to_vec()),
            Step::Drip(b"<rss> ".to_vec(), std::time::Duration::from_secs(1)),
        ]
    };
    let server = |id, script, check| Case { id, script, check };
    let redirect = |to: &str| crate::server::redirect(302, to);
    let forbidden: Check = |report, _| fails(report, FaultKind::Forbidden);
    let faulty: Check = |report, items| {
        assert!(report.log.fault.is_some(), "{}", report.source);
        assert!(items.is_empty());
    };
    let late: Check = |report, _| fails(report, FaultKind::Timeout);
    let well = rss(&[harmless()]);
    endure(vec![
        server("bomba", answer("200 OK", "Content-Type: application/rss+xml\r\nContent-Encoding: gzip\r\n", bomb), |report, _| fails(report, FaultKind::TooLarge)),
        server("privat", redirect("http://10.0.0.1/feed"), forbidden),
        server("metadate", redirect("http://169.254.169.254/latest/meta-data/"), forbidden),
        server("vecin", redirect("http://127.0.0.2:1/"), forbidden),
        server("local", redirect("http://[::ffff:10.0.0.1]/"), forbidden),
        server("fisier", redirect("file:///etc/passwd"), faulty),
        server("ciudat", redirect("http://\u{1b}[31m/\u{202e}"), faulty),
        server("motiv", answer(reason, "Retry-After: 99999999999999999999999\r\n", ""), faulty),
        server("antet", answer("200 OK", "Content-Type: \u{1b}[31m\u{202e}\r\nX: y\r\n", "<html>\u{1b}</html>"), faulty),
        server("etichete", answer("200 OK", &format!("Content-Type: application/rss+xml\r\nETag: \"{}\"\r\nCache-Control: max-age=18446744073709551615\r\nExpires: never\r\n", "e".repeat(8_000)), &well), bounded),
        server("picura", drip("HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n\r\n"), late),
        server("picura-antet", drip("HTTP/1.1 200 OK\r\nX: "), late),
        server("tace", vec![Step::Stall], late),
        server("curge", vec![Step::Send(b"HTTP/1.1 200 OK\r\n\r\n<rss>".to_vec()), Step::Forever(vec![b' '; 65_536])], |report, _| fails(report, FaultKind::TooLarge)),
    ])
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_million_entries_the_newest_are_kept() {
    let rig = Rig::with(&["milion", "milion-mare"], |rules| {
        rules.max_body = 80_000_000;
        rules.timeout = std::time::Duration::from_mins(1);
    })
    .await;
    let mut text = String::with_capacity(50_000_000);
    text.push_str("<rss><channel><title>Un milion</title>");
    // The oldest come first, and the last one breaks off.
    for number in 0..1_000_000 {
        let _ = write!(text, "<item><guid>{number}</guid><title>A {number}</title>");
        if number == 0 || number > 998_000 {
            let date = rig::date(if number == 0 {
                9_000
            } else {
                (1_000_000 - number) / 10
            });
            let _ = write!(text, "<pubDate>{date}</pubDate>");
        }
        text.push_str("</item>");
    }
    text.push_str("<item><guid>jumătate</guid><title>Jumăt");
    rig.server("milion")
        .on("/feed", document("application/rss+xml", &text));
    let padding = " ".repeat(80_000_001 - text.len());
    rig.server("milion-mare")
        .on("/feed", document("application/rss+xml", text + &padding));
    let said = rig.pass().await;
    assert_eq!(said["milion"].log.fault, None);
    let items = rig.items("milion");
    assert!((400..=600).contains(&items.len()), "{}", items.len());
    assert!(
        items.iter().any(|item| item.title == "A 999999"),
        "the newest"
    );
    for item in &items {
        let number: usize = item.title[2..].parse().expect("a whole entry");
        assert!(number >= 999_000, "{number}");
    }
    fails(&said["milion-mare"], FaultKind::TooLarge);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_healthy_are_not_kept_waiting() {
    let ids: Vec<String> = (0..20).map(|number| format!("rau-{number:02}")).collect();
    let names: Vec<&str> = ids.iter().map(String::as_str).collect();
    let rig = Rig::new(&names).await;
    for (number, id) in names.iter().enumerate() {
        let script = match number % 3 {
            0 => vec![Step::Stall],
            1 => vec![
                Step::Send(b"HTTP/1.1 200 OK\r\n\r\n".to_vec()),
                Step::Drip(b" ".to_vec(), std::time::Duration::from_millis(500)),
            ],
            _ => vec![Step::Drip(
                b"HTTP/1.1 ".to_vec(),
                std::time::Duration::from_millis(500),
            )],
        };
        rig.server(id).on(
            if number % 2 == 0 {
                "/feed"
            } else {
                "/robots.txt"
            },
            script,
        );
    }
    let (_, order) = rig.pass_in_order().await;
    let place = order.iter().position(|id| id == rig::HEALTHY).unwrap();
    assert_eq!(place, 0, "those that answer are told of first: {order:?}");
}
