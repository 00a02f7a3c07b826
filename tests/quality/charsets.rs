//! Pages in every encoding of this part of the world, declared rightly, wrongly, late, or not at all.

use encoding_rs::{
    Encoding, IBM866, ISO_8859_2, ISO_8859_4, ISO_8859_5, ISO_8859_13, ISO_8859_16, KOI8_R, KOI8_U,
    WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1257, X_MAC_CYRILLIC,
};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use unicode_normalization::UnicodeNormalization;
use url::Url;
use vesti::reading::charset::{self, Markup};
use vesti::reading::{article, text};

use crate::floors;

/// A title and what stands below it, in a language and at home under a top-level domain.
struct Page {
    lang: &'static str,
    tld: &'static str,
    title: &'static str,
    paragraphs: &'static [&'static str],
    legacy: &'static [&'static Encoding],
}

const PAGES: [Page; 6] = [
    Page {
        lang: "ro",
        tld: "ro",
        title: "Ajutoare pentru încălzirea locuinței",
        paragraphs: &[
            "Cererile se depun până la sfârșitul lunii, la ghișeul primăriei.",
            "Familiile vor primi răspunsul în cel mult treizeci de zile.",
        ],
        legacy: &[WINDOWS_1250, ISO_8859_2, ISO_8859_16],
    },
    Page {
        lang: "ro",
        tld: "md",
        title: "Școala de vară își deschide porțile",
        paragraphs: &[
            "Organizația noastră invită tinerii din raioanele de nord să se înscrie la școala de vară.",
            "Participanții vor învăța cum se scrie un proiect, cum se ține o evidență și cum se vorbește cu autoritățile.",
            "Locurile sunt puține, așa că vă rugăm să nu așteptați ultima săptămână.",
        ],
        legacy: &[WINDOWS_1250, ISO_8859_2, ISO_8859_16],
    },
    Page {
        lang: "lv",
        tld: "lv",
        title: "Biedrība meklē palīgus",
        paragraphs: &[
            "Mēs gaidām ikvienu, kurš vēlas ziedot pāris stundu nedēļā.",
            "Pieteikšanās ilgst līdz mēneša beigām.",
        ],
        legacy: &[WINDOWS_1257, ISO_8859_13, ISO_8859_4],
    },
    Page {
        lang: "lv",
        tld: "lv",
        title: "Jauns grupu dzīvoklis pilsētas centrā",
        paragraphs: &[
            "Šonedēļ durvis vēra grupu dzīvoklis, kurā dzīvos seši jaunieši ar garīga rakstura traucējumiem.",
            "Viņiem palīdzēs četri darbinieki, un katru vakaru kāds no viņiem paliks pa nakti.",
            "Naudu remontam deva pašvaldība, bet mēbeles sagādāja uzņēmēji.",
        ],
        legacy: &[WINDOWS_1257, ISO_8859_13, ISO_8859_4],
    },
    Page {
        lang: "ru",
        tld: "md",
        title: "Пункт обогрева открыт",
        paragraphs: &[
            "Здесь можно согреться, выпить чаю и поговорить с врачом.",
            "Приходите каждый день с восьми утра.",
        ],
        legacy: &[
            WINDOWS_1251,
            KOI8_R,
            KOI8_U,
            ISO_8859_5,
            IBM866,
            X_MAC_CYRILLIC,
        ],
    },
    Page {
        lang: "ru",
        tld: "lv",
        title: "Фонд ищет водителей для развозки продуктов",
        paragraphs: &[
            "Каждую субботу наши добровольцы развозят продукты пожилым людям, которым трудно выходить из дома.",
            "Машин не хватает, поэтому мы будем рады всем, кто готов уделить этому несколько часов.",
            "Бензин фонд оплачивает, а после смены всех ждёт горячий обед.",
        ],
        legacy: &[WINDOWS_1251, KOI8_R, ISO_8859_5, IBM866, X_MAC_CYRILLIC],
    },
];

impl Page {
    fn html(&self, head: &str) -> String {
        let Self { lang, title, .. } = self;
        let body = self.paragraphs.join("</p><p>");
        format!(
            "<!DOCTYPE html><html lang=\"{lang}\"><head>{head}<title>{title}</title></head><body><article><h1>{title}</h1><p>{body}</p></article></body></html>"
        )
    }

    /// Whether title and text come out of the bytes as they were meant.
    fn is_read(&self, bytes: &[u8], content_type: &str, fold: fn(&str) -> String) -> bool {
        let url = Url::parse(&format!("https://ong.example.{}/a", self.tld)).unwrap();
        let decoded = charset::decode_from(bytes, Some(content_type), Markup::Html, Some(&url));
        let found = article::read(&decoded.text, &url, Timestamp::UNIX_EPOCH, &TimeZone::UTC);
        let text = fold(&found.text);
        fold(&found.title) == fold(self.title)
            && self
                .paragraphs
                .iter()
                .all(|paragraph| text.contains(&fold(paragraph)))
    }
}

/// The letters with cedilla that stood for those with comma while there were no others.
fn cedillas(text: &str) -> String {
    text.replace('ș', "ş")
        .replace('ț', "ţ")
        .replace('Ș', "Ş")
        .replace('Ț', "Ţ")
}

fn exactly(text: &str) -> String {
    text.to_owned()
}

fn meta(label: &str) -> String {
    format!("<meta http-equiv=\"Content-Type\" content=\"text/html; charset={label}\">")
}

fn bytes(html: &str, encoding: &'static Encoding) -> Vec<u8> {
    let (bytes, _, unmappable) = encoding.encode(html);
    assert!(!unmappable, "{}: {html}", encoding.name());
    bytes.into_owned()
}

/// What was tried, and how much of it went well.
#[derive(Default)]
struct Tally {
    right: usize,
    wrong: Vec<String>,
}

impl Tally {
    fn note(&mut self, right: bool, what: impl FnOnce() -> String) {
        if right {
            self.right += 1;
        } else {
            self.wrong.push(what());
        }
    }
}

#[test]
fn legacy_pages_are_read_however_they_are_declared() {
    let mut tally = Tally::default();
    for page in &PAGES {
        for encoding in page.legacy {
            let name = encoding.name();
            let plain = "text/html".to_owned();
            let header = |label: &str| format!("text/html; charset={label}");
            let ways = [
                (header(name), String::new()),
                (plain.clone(), meta(name)),
                (header(name), meta("utf-8")),
                (header("utf-8"), meta("utf-8")),
                (header("utf-8"), meta(name)),
                (plain.clone(), String::new()),
                (header("iso-8859-1"), String::new()),
                (plain.clone(), meta("windows-1252")),
                (plain.clone(), meta("x-user-made")),
                (plain.clone(), meta("unicode")),
                (
                    plain,
                    format!("<style>{}</style>{}", "x".repeat(5000), meta(name)),
                ),
            ];
            for (content_type, head) in ways {
                let mut html = page.html(&head);
                // ISO-8859-16 has the comma where the others have the cedilla, in the same bytes: undeclared, either may come out.
                let fold = if page.lang == "ro" { cedillas } else { exactly };
                if page.lang == "ro" && *encoding != ISO_8859_16 {
                    html = cedillas(&html);
                }
                let right = page.is_read(&bytes(&html, encoding), &content_type, fold);
                tally.note(right, || {
                    format!("{} {name} {content_type} {:.70}", page.title, head)
                });
            }
        }
    }
    floors::keep("charsets", "legacy", tally.right, &tally.wrong);
}

#[test]
fn unicode_is_read_whatever_is_said_of_it() {
    let mut tally = Tally::default();
    for page in &PAGES {
        for label in [
            "utf-8",
            "UTF8",
            "utf-16",
            "unicode",
            "utf8mb4",
            "windows-1250",
            "windows-1251",
            "windows-1257",
            "iso-8859-1",
            "iso-8859-8",
            "gb2312",
            "shift_jis",
            "utf-7",
            "us-ascii",
        ] {
            let html = page.html(&meta(label));
            let right = page.is_read(html.as_bytes(), "text/html", exactly)
                && page.is_read(
                    html.as_bytes(),
                    &format!("text/html; charset={label}"),
                    exactly,
                );
            tally.note(right, || format!("{} under {label}", page.title));
        }
        let html = page.html("");
        let marked: String = format!("\u{feff}{html}");
        let little =
            |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
        let big =
            |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_be_bytes).collect() };
        let entities: String = html
            .chars()
            .map(|c| {
                if c.is_ascii() {
                    c.to_string()
                } else {
                    format!("&#{};", u32::from(c))
                }
            })
            .collect();
        let decomposed: String = html.nfd().collect();
        for (what, bytes) in [
            ("a mark", marked.clone().into_bytes()),
            ("UTF-16LE, marked", little(&marked)),
            ("UTF-16BE, marked", big(&marked)),
            ("UTF-16LE", little(&html)),
            ("UTF-16BE", big(&html)),
            ("entities", entities.into_bytes()),
            ("decomposed", decomposed.into_bytes()),
        ] {
            let right = page.is_read(&bytes, "text/html; charset=windows-1250", exactly);
            tally.note(right, || format!("{}: {what}", page.title));
        }
    }
    floors::keep("charsets", "unicode", tally.right, &tally.wrong);
}

#[test]
fn what_was_encoded_twice_is_put_right() {
    let mut tally = Tally::default();
    for page in &PAGES {
        let html = page.html("<meta charset=utf-8>");
        for encoding in [WINDOWS_1252, WINDOWS_1251, WINDOWS_1250, WINDOWS_1257] {
            let (twice, _) = encoding.decode_without_bom_handling(html.as_bytes());
            // What the encoding has no character for is lost.
            if twice.contains('\u{fffd}') {
                continue;
            }
            let (thrice, _) = encoding.decode_without_bom_handling(twice.as_bytes());
            let right = page.is_read(twice.as_bytes(), "text/html; charset=utf-8", exactly)
                && (thrice.contains('\u{fffd}')
                    || page.is_read(thrice.as_bytes(), "text/html", exactly));
            tally.note(right, || format!("{} by {}", page.title, encoding.name()));
        }
    }
    floors::keep("charsets", "twice", tally.right, &tally.wrong);
}

#[test]
fn a_wrong_byte_or_an_old_snippet_costs_only_itself() {
    for page in &PAGES {
        let html = page.html("<meta charset=utf-8>");
        let at = html.rfind("</p>").unwrap();
        for stray in [&b" \xff "[..], b" \x80 ", b" \xc3 ", b" \xe3\xe2 "] {
            let damaged = [&html.as_bytes()[..at], stray, &html.as_bytes()[at..]].concat();
            assert!(
                page.is_read(&damaged, "text/html; charset=utf-8", exactly),
                "{} with {stray:?}",
                page.title
            );
        }
        let snippet = bytes(&cedillas(page.paragraphs[1]), page.legacy[0]);
        let pasted = [
            &html.as_bytes()[..at],
            b" ",
            &snippet,
            &html.as_bytes()[at..],
        ]
        .concat();
        assert!(
            page.is_read(&pasted, "text/html", exactly),
            "{}",
            page.title
        );
        let decoded = charset::decode(&pasted, None, Markup::Html);
        let expected = cedillas(page.paragraphs[1]);
        assert!(
            text::html_to_text(&decoded.text).contains(&expected),
            "{}: {}",
            page.title,
            decoded.text
        );
    }
}
