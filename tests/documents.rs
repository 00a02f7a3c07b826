//! Documents: what is read of files that common programs make, and of files that were made to do harm, always in a child
//! process; and the crawler's way with announcements that are files or have some.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may")]

#[path = "documents/crawled.rs"]
mod crawled;
#[path = "documents/harm.rs"]
mod harm;

use std::fs;

use vesti::crawling::documents::{DocumentFault, Documents};
use vesti::reading::document::{Document, Form, Unreadable};

/// The program that reads documents in children.
fn documents() -> Documents {
    Documents::new(env!("CARGO_BIN_EXE_vesti"))
}

fn fixture(name: &str) -> Vec<u8> {
    fs::read(format!("tests/fixtures/documents/{name}")).expect(name)
}

async fn read(name: &str) -> Document {
    documents().read(&fixture(name)).await.expect(name)
}

/// The sentences that the files of a language were made from.
fn sentences(lang: &str) -> String {
    String::from_utf8(fixture(&format!("{lang}.txt")))
        .unwrap()
        .trim()
        .to_owned()
}

#[tokio::test]
async fn every_program_s_files_say_what_was_written() {
    for (name, form) in [
        ("ro-chromium.pdf", Form::Pdf),
        ("ro-writer.pdf", Form::Pdf),
        ("ro-linearised.pdf", Form::Pdf),
        ("ro-empty-password.pdf", Form::Pdf),
        ("ro-without-tounicode.pdf", Form::Pdf),
        ("lv-reportlab.pdf", Form::Pdf),
        ("lv-weasyprint-columns.pdf", Form::Pdf),
        ("ru-wkhtmltopdf.pdf", Form::Pdf),
        ("en-fpdf.pdf", Form::Pdf),
        ("ro.docx", Form::Docx),
        ("lv.docx", Form::Docx),
        ("ru.odt", Form::Odt),
        ("ru.rtf", Form::Rtf),
    ] {
        let document = read(name).await;
        assert_eq!(document.form, form, "{name}");
        assert!(
            document.text.contains(&sentences(&name[..2])),
            "{name}: {}",
            document.text
        );
        assert!(!document.scanned && !document.cut, "{name}");
    }
}

#[tokio::test]
async fn what_documents_say_of_themselves() {
    let document = read("lv-reportlab.pdf").await;
    assert_eq!(document.author.as_deref(), Some("Maria Ionescu"));
    assert_eq!(
        document.title.as_deref(),
        Some("Nevalstisko organizāciju fonds")
    );
    assert_eq!(document.pages, Some(1));
    assert!(document.created.is_some());
    let docx = read("ro.docx").await;
    assert_eq!(
        docx.title.as_deref(),
        Some("Asociația „Împreună” anunță deschiderea")
    );
}

#[tokio::test]
async fn accents_drawn_on_their_own_find_their_letters() {
    let document = read("ro-separate-accents.pdf").await;
    assert!(
        document.text.contains("Asociația ajută comunitatē"),
        "{}",
        document.text
    );
    assert!(document.text.contains("și garaža"), "{}", document.text);
    // Cedillas, as such fonts have them; and letters without their dots.
    let document = read("ro-accents-before-letters.pdf").await;
    assert_eq!(document.text, "în şi transînd atenţie\n\nşapte în casă");
}

#[tokio::test]
async fn lists_and_tables_keep_their_lines() {
    for name in ["ro.docx", "ro-writer.pdf"] {
        let text = read(name).await.text;
        let lines: Vec<&str> = text.lines().collect();
        let item = lines
            .iter()
            .position(|line| line.ends_with("bugetul proiectului"));
        let item = item.unwrap_or_else(|| panic!("{name}: {text}"));
        assert!(
            lines[item + 1].ends_with("statutul asociației"),
            "{name}: {text}"
        );
    }
    let table = read("ro.docx").await.text;
    assert!(
        table.contains("\ncererea de finanțare | 100\nbugetul proiectului | 200"),
        "{table}"
    );
}

#[tokio::test]
async fn a_scan_says_that_it_is_one() {
    let scan = read("scan.pdf").await;
    assert!(scan.scanned);
    assert_eq!(scan.text, "");
}

#[tokio::test]
async fn what_cannot_be_read_is_told_in_a_line() {
    let fault = |bytes: Vec<u8>| async move { documents().read(&bytes).await.unwrap_err() };
    let locked = fault(fixture("ro-locked.pdf")).await;
    assert_eq!(locked, DocumentFault::Unreadable(Unreadable::Locked));
    assert_eq!(locked.to_string(), "is locked with a password");
    let word = fault([b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), &[0; 600]].concat()).await;
    assert!(
        word.to_string().starts_with("is an old Word document"),
        "{word}"
    );
    assert_eq!(
        fault(b"%PDF-1.7 and nothing else".to_vec())
            .await
            .to_string(),
        "is damaged"
    );
    assert_eq!(
        fault(b"Hello".to_vec()).await,
        DocumentFault::Unreadable(Unreadable::Unknown)
    );
}

#[tokio::test]
async fn without_a_program_the_document_is_not_to_blame() {
    let nowhere = Documents::new("/nowhere/vesti");
    let fault = nowhere.read(&fixture("ro.docx")).await.unwrap_err();
    assert!(fault.passes(), "{fault}");
}

#[test]
fn the_command_line_reads_documents_too() {
    let extract = |name: &str| {
        let file = fs::File::open(format!("tests/fixtures/documents/{name}")).unwrap();
        std::process::Command::new(env!("CARGO_BIN_EXE_vesti"))
            .args([
                "extract",
                "--content-type",
                "application/pdf",
                "--url",
                "https://ong.ro/apel.pdf",
            ])
            .stdin(file)
            .output()
            .unwrap()
    };
    let done = extract("ro-writer.pdf");
    assert!(done.status.success());
    let json: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(json["lang"], "ro");
    assert_eq!(json["deadline"], "2027-03-15T14:00:00Z");
    assert!(json["text"].as_str().unwrap().contains(&sentences("ro")));
    for (name, why) in [
        (
            "ro-locked.pdf",
            "vesti: the document is locked with a password\n",
        ),
        ("scan.pdf", "vesti: the document is a scan without text\n"),
    ] {
        let done = extract(name);
        assert_eq!(done.status.code(), Some(1), "{name}");
        assert_eq!(String::from_utf8_lossy(&done.stderr), why);
        assert!(done.stdout.is_empty());
    }
}

#[test]
fn a_batch_reads_documents_in_their_turn() {
    use std::io::Write as _;
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_vesti"))
        .args(["extract", "--batch"])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let names = ["ro.docx", "lv-reportlab.pdf", "ro-locked.pdf", "ru.odt"];
    let mut input = child.stdin.take().unwrap();
    for name in names {
        writeln!(input, "{{\"path\": \"tests/fixtures/documents/{name}\"}}").unwrap();
    }
    writeln!(input, "{{\"html\": \"<p>Doar o pagină.</p>\"}}").unwrap();
    drop(input);
    let out = child.wait_with_output().unwrap();
    let lines: Vec<serde_json::Value> = String::from_utf8(out.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let langs: Vec<_> = lines.iter().map(|line| line["lang"].as_str()).collect();
    assert_eq!(langs[..4], [Some("ro"), Some("lv"), None, Some("ru")]);
    assert_eq!(lines[2]["error"], "the document is locked with a password");
    assert_eq!(lines[4]["text"], "Doar o pagină.");
}
