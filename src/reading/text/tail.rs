//! What systems add below a text: “read more”, “the post … appeared first on …”.
//!
//! Looked for in the last few hundred characters only, so that a long text costs nothing, and taken off only where it
//! stands for itself: behind a full stop, an ellipsis or on a line of its own.

use std::sync::LazyLock;

use memchr::memmem::Finder;

/// So far from the end an addition may begin, in bytes.
const REACH: usize = 700;

/// Words with which entries break off, in small letters. Those that follow have less than a sentence's meaning.
const MORE: [&str; 30] = [
    "citește mai mult",
    "citește mai departe",
    "citește tot articolul",
    "citește articolul",
    "citește în continuare",
    "citeste mai mult",
    "citeste mai departe",
    "citeste in continuare",
    "citeşte mai mult",
    "citeşte mai departe",
    "citeşte în continuare",
    "continuă să citești",
    "continuă lectura",
    "mai multe detalii",
    "mai mult",
    "detalii",
    "read more",
    "continue reading",
    "lasīt vairāk",
    "lasīt tālāk",
    "lasi vairāk",
    "turpināt lasīt",
    "vairāk",
    "читать далее",
    "читать дальше",
    "читать полностью",
    "читать больше",
    "продолжить чтение",
    "подробнее",
    "далее",
];

/// How WordPress signs entries in feeds: how the sentence begins, and what it goes on with.
const SIGNED: [(&str, &[&str]); 9] = [
    ("The post ", &["appeared first on", "first appeared on"]),
    ("Articolul ", &["apare prima dat", "a apărut prima dat"]),
    ("Postarea ", &["apare prima dat", "a apărut prima dat"]),
    ("Запись ", &["впервые появил", "появились сначала"]),
    ("Сообщение ", &["впервые появил", "появились сначала"]),
    ("Статья ", &["впервые появил", "появились сначала"]),
    ("Ieraksts ", &["pirmo reizi", "pirmoreiz", "vispirms"]),
    ("Raksts ", &["pirmo reizi", "pirmoreiz", "vispirms"]),
    ("Ziņa ", &["pirmo reizi", "pirmoreiz", "vispirms"]),
];

static STARTS: LazyLock<[Finder<'static>; SIGNED.len()]> =
    LazyLock::new(|| SIGNED.map(|(start, _)| Finder::new(start)));

/// The text without such additions, and whether it looks broken off.
#[must_use]
pub fn removed<'a>(text: &'a str, title: &str) -> (&'a str, bool) {
    let mut rest = text.trim_end();
    let mut broken = false;
    // `[…] Citește mai mult » The post … appeared first on ….`
    for _ in 0..4 {
        let before = rest;
        rest = unsigned(rest);
        let shorter = without_more(rest, title);
        broken |= shorter.len() < rest.len();
        rest = shorter;
        for mark in ["[…]", "[...]", "(…)", "(...)", "[&hellip;]"] {
            if let Some(shorter) = rest.strip_suffix(mark) {
                rest = shorter.trim_end();
                broken = true;
            }
        }
        // An ellipsis that stands for itself says that something is left out, and belongs to no word.
        if let Some(shorter) = rest.strip_suffix(" …") {
            rest = shorter.trim_end();
            broken = true;
        }
        if rest.len() == before.len() {
            break;
        }
    }
    broken |= rest.ends_with('…') || rest.ends_with("...");
    (rest, broken)
}

/// The text without the dots at its end.
#[must_use]
pub fn without_dots(text: &str) -> &str {
    text.trim_end_matches(|c: char| c.is_whitespace() || c == '…')
        .trim_end_matches("...")
        .trim_end()
}

fn unsigned(text: &str) -> &str {
    let from = text.floor_char_boundary(text.len().saturating_sub(REACH));
    let reach = &text.as_bytes()[from..];
    for ((start, middles), finder) in SIGNED.iter().zip(&*STARTS) {
        // Forwards it is searched many times faster, and nearly always in vain.
        if finder.find(reach).is_none() {
            continue;
        }
        let Some(at) = memchr::memmem::rfind(reach, start.as_bytes()).map(|at| from + at) else {
            continue;
        };
        let alone = text[..at].is_empty() || text[..at].ends_with(char::is_whitespace);
        let sentence = &text[at..];
        if alone
            && !sentence.contains("\n\n")
            && middles.iter().any(|middle| sentence.contains(middle))
        {
            return text[..at].trim_end();
        }
    }
    text
}

fn without_more<'a>(text: &'a str, title: &str) -> &'a str {
    let from = text.floor_char_boundary(text.len().saturating_sub(REACH));
    let reach = &text[from..];
    // Small letters may be longer than capitals in bytes: positions are found in the text itself.
    for offset in beginnings(&text[..from], reach).take(60) {
        let tail = &reach[offset..];
        let Some(first) = tail.chars().next().and_then(|c| c.to_lowercase().next()) else {
            continue;
        };
        let mut begun = MORE.iter().filter(|words| words.starts_with(first));
        if begun.any(|words| {
            after(tail, words).is_some_and(|rest| is_addition(rest, title, words.len()))
        }) {
            return text[..from + offset].trim_end_matches(|c: char| {
                c.is_whitespace() || matches!(c, '>' | '»' | '→' | '|' | '[' | '(' | '«' | '„')
            });
        }
    }
    text
}

/// Where in `reach`, which follows `before`, new sentences and lines may begin; the last first.
fn beginnings<'a>(before: &'a str, reach: &'a str) -> impl Iterator<Item = usize> + 'a {
    (0..reach.len()).rev().filter(move |at| {
        reach.is_char_boundary(*at)
            && may_begin(before, reach, *at)
            && begins_something(before, &reach[..*at])
    })
}

/// Whether a closer look is worth it there. Nothing begins behind a letter, nor behind a blank that stands behind a letter or
/// a comma: nearly all places are such, and are told from their bytes.
fn may_begin(before: &str, reach: &str, at: usize) -> bool {
    let opens = |c: char| matches!(c, '\u{a0}' | '…' | '«' | '„');
    match &reach.as_bytes()[..at] {
        [] => before
            .chars()
            .next_back()
            .is_none_or(|c| matches!(c, ' ' | '\n' | ']' | '[' | '(') || opens(c)),
        // The second is a Latin letter with a mark, or a Greek or Cyrillic one.
        [.., b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b',', b' '] | [.., 0xc3..=0xdf, _, b' '] => {
            false
        }
        [.., b' ' | b'\n' | b']' | b'[' | b'('] => true,
        [.., last] if last.is_ascii() => false,
        _ => reach[..at].ends_with(opens),
    }
}

/// Whether a new sentence or line may begin behind these two, which follow each other.
fn begins_something(before: &str, reach: &str) -> bool {
    const BLANKS: [char; 2] = [' ', '\u{a0}'];
    let mut blank = reach.trim_end_matches(BLANKS);
    let mut spaced = blank.len() < reach.len();
    if blank.is_empty() {
        blank = before.trim_end_matches(BLANKS);
        spaced |= blank.len() < before.len();
    }
    blank.ends_with('\n')
        || (spaced || blank.ends_with(['…', ']', '[', '(', '«', '„']))
            && blank.ends_with([
                '.', '…', '!', '?', ']', ')', '"', '”', '»', '→', '>', '|', '[', '(', ';', ':',
                '«', '„',
            ])
        || blank.is_empty()
}

/// What follows the words at the beginning of a text, if it begins with them.
fn after<'a>(text: &'a str, words: &str) -> Option<&'a str> {
    let mut rest = text.chars();
    for expected in words.chars() {
        let found = rest.next()?;
        if found != expected && !found.to_lowercase().eq(std::iter::once(expected)) {
            return None;
        }
    }
    let rest = rest.as_str();
    (!rest.starts_with(char::is_alphanumeric)).then_some(rest)
}

/// Whether what follows “read more” belongs to it: nothing but signs, or the title of the entry.
fn is_addition(rest: &str, title: &str, words: usize) -> bool {
    let line = rest.trim();
    if line.chars().all(|c| !c.is_alphanumeric()) {
        return line.chars().count() < 12;
    }
    if line.contains('\n') || line.chars().count() > 300 {
        return false;
    }
    let start: String = title.chars().take(25).collect();
    let named = start.chars().count() >= 4 && line.to_lowercase().contains(&start.to_lowercase());
    // A long enough phrase and a colon stand for themselves; one word needs the title behind it.
    named || (line.starts_with(':') && words > 10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn additions_are_taken_off() {
        for (text, expected) in [
            ("Un rezumat. Citește mai mult »", "Un rezumat."),
            ("Teksts […] Lasīt vairāk", "Teksts"),
            ("Текст. Читать далее: Новый закон, Фонд", "Текст."),
            ("Text.\n\nContinue reading Apel de granturi →", "Text."),
            ("Text\nDetalii", "Text"),
            ("Text în […] … «Citește mai mult»", "Text în"),
            ("Text [&hellip;]", "Text"),
            ("Text [...] The post Apel appeared first on ONG.", "Text"),
            (
                "Text.\n\nArticolul Apel de granturi apare prima dată în FONPC.",
                "Text.",
            ),
            (
                "Текст.\n\nСообщение Новый закон появились сначала на Фонд.",
                "Текст.",
            ),
        ] {
            let title = if text.contains("Новый") {
                "Новый закон"
            } else {
                "Apel de granturi"
            };
            assert_eq!(removed(text, title).0, expected, "{text}");
        }
    }

    #[test]
    fn sentences_that_only_sound_like_it_stay() {
        for text in [
            "Împreună putem ajuta mai mult",
            "Pentru informații, citește mai mult în ghidul programului și în anexe.",
            "Vom reveni cu mai multe detalii",
            "Articolul 5 din lege se modifică.",
            "The post office is closed.",
            "Detalii: telefon 021 123 456",
        ] {
            assert_eq!(removed(text, "Alt titlu"), (text, false), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_beginning_is_overlooked(before in "[a. \u{a0}»]{0,4}", reach in "[aZ9șжΩ .,…!?\\])\"”»→>|\\[(;:«„\u{a0}\n×ß中]{0,40}") {
            let slowly: Vec<usize> = reach
                .char_indices()
                .filter(|(at, _)| {
                    let previous = reach[..*at].chars().next_back().or(before.chars().next_back());
                    previous.is_none_or(|c| " \u{a0}\n…][(«„".contains(c)) && begins_something(&before, &reach[..*at])
                })
                .map(|(at, _)| at)
                .rev()
                .collect();
            let quickly: Vec<usize> = beginnings(&before, &reach).collect();
            prop_assert_eq!(quickly, slowly);
        }
    }

    #[test]
    fn a_text_that_breaks_off_is_told() {
        assert_eq!(removed("Un text care…", ""), ("Un text care…", true));
        assert!(removed("Un text. Read more", "").1);
        assert!(!removed("Un text.", "").1);
        assert_eq!(without_dots("Un text…"), "Un text");
    }

    proptest! {
        #[test]
        fn what_is_left_is_the_beginning(text in "([А-яA-zăî]{0,5}|[ .…\\[\\]\n»:]|citește mai mult|Далее|The post |appeared first on|İ){0,30}", title in "\\PC{0,10}") {
            prop_assert!(text.starts_with(removed(&text, &title).0));
        }
    }
}
