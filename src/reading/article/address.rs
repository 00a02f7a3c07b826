//! Which of the titles that a page has its address was made from.

use percent_encoding::percent_decode_str;
use unicode_normalization::UnicodeNormalization;
use url::Url;

/// Fewer letters say too little.
const LEAST: usize = 15;

/// Letters of an address that was cut short, from which it still tells.
const LEAST_CUT: usize = 30;

/// Most letters and digits of what systems put behind a title.
const MOST_BEHIND: usize = 12;

/// Marks that open a quotation, and those that close it.
const QUOTES: [(char, &[char]); 5] = [
    ('"', &['"']),
    ('„', &['”', '“', '"']),
    ('“', &['”']),
    ('”', &['”']),
    ('«', &['»']),
];

/// Hexadecimal digits of a hash or a UUID, and a letter that says what is numbered so.
const LEAST_HEX: usize = 24;
const MOST_HEX: usize = 41;

/// The title that the address spells out, where it spells out another than `shown`: the one that was published. Headings are
/// later made catchier, or carry a kicker, and heads of pages have one for other sites.
pub(super) fn spelt<'a>(url: &Url, shown: &str, others: &[&'a str]) -> Option<&'a str> {
    let part = url
        .path_segments()?
        .max_by_key(|part| part.bytes().filter(|b| matches!(b, b'-' | b'_')).count())?;
    let name = part.rsplit_once('.').filter(|(_, end)| end.len() <= 5);
    let part = name.map_or(part, |(name, _)| name);
    let address = letters(&percent_decode_str(part).decode_utf8_lossy());
    let seen = letters(shown);
    if address.len() < LEAST || tells(&address, &seen) {
        return None;
    }
    others.iter().copied().find(|other| {
        let other = letters(other);
        // “Deadline extended: …” says more than the title that it was put before; what somebody said does not.
        tells(&address, &other) && (!seen.contains(&other) || is_quote_before(shown, other.len()))
    })
}

/// Whether a title is a quotation, a colon, and so many letters as [`letters`] counts them.
fn is_quote_before(shown: &str, rest: usize) -> bool {
    let shown = shown.trim_start();
    let Some((open, close)) = QUOTES.iter().find(|(open, _)| shown.starts_with(*open)) else {
        return false;
    };
    shown[open.len_utf8()..]
        .split_once(*close)
        .and_then(|(_, behind)| behind.trim_start().strip_prefix(':'))
        .is_some_and(|behind| letters(behind).len() == rest)
}

/// Whether the letters of an address, cut short or followed by a number, are those of a title.
fn tells(address: &str, title: &str) -> bool {
    if title.len() < LEAST {
        return false;
    }
    match address.strip_prefix(title) {
        Some("") => true,
        Some(behind) => {
            let number =
                behind.len() <= MOST_BEHIND && behind.ends_with(|c: char| c.is_ascii_digit());
            let hex = behind.bytes().all(|byte| byte.is_ascii_hexdigit());
            number || hex && (LEAST_HEX..=MOST_HEX).contains(&behind.len())
        }
        None => address.len() >= LEAST_CUT && title.starts_with(address),
    }
}

/// Letters and digits as addresses have them: small, without marks; `ae`, `oe`, `ue` and `aa`, which stand for marked letters
/// as well, as the plain ones.
fn letters(text: &str) -> String {
    let mut letters = String::with_capacity(text.len());
    for c in text.nfd().flat_map(char::to_lowercase) {
        match c {
            'ß' => letters.push_str("ss"),
            'æ' | 'å' => letters.push('a'),
            'ø' | 'œ' => letters.push('o'),
            'ı' => letters.push('i'),
            'e' if letters.ends_with(['a', 'o', 'u']) => {}
            'a' if letters.ends_with('a') => {}
            c if c.is_alphanumeric() => letters.push(c),
            _ => {}
        }
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen<'a>(path: &str, shown: &str, others: &[&'a str]) -> Option<&'a str> {
        let url = Url::parse(&format!("https://ong.example/{path}")).unwrap();
        spelt(&url, shown, others)
    }

    #[test]
    fn the_title_that_was_published_beats_a_catchier_heading() {
        let published = "Ghid pentru familiile copiilor cu dizabilități";
        for path in [
            "ghid-pentru-familiile-copiilor-cu-dizabilitati",
            "noutati/2026/ghid-pentru-familiile-copiilor-cu-dizabilitati.html",
            "ghid-pentru-familiile-copiilor-cu-dizabilitati-3700095",
            "a/ghid-pentru-familiile-copiilor-cu-diz",
            "ghid-pentru-familiile-copiilor-cu-dizabilitati-a-60a0111a-c2d2-46c8-9e93-b16a374e6ba8",
        ] {
            let found = chosen(
                path,
                "Ce trebuie să știe orice părinte",
                &["Ghid", published],
            );
            assert_eq!(found, Some(published), "{path}");
        }
        let encoded = "%D0%B2%D1%81%D1%82%D1%80%D0%B5%D1%87%D0%B0-%D1%81%D0%BE%D1%86%D0%B8%D0%B0%D0%BB%D1%8C%D0%BD%D1%8B%D1%85-%D1%80%D0%B0%D0%B1%D0%BE%D1%82%D0%BD%D0%B8%D0%BA%D0%BE%D0%B2";
        assert_eq!(
            chosen(encoded, "О чём спорили", &["Встреча социальных работников"]),
            Some("Встреча социальных работников")
        );
        assert_eq!(
            chosen(
                "unbekannte-maya-staedte-werfen-neues-licht",
                "Uralte Städte entdeckt!",
                &["Unbekannte Maya-Städte werfen neues Licht"]
            ),
            Some("Unbekannte Maya-Städte werfen neues Licht")
        );
    }

    #[test]
    fn what_is_shown_stays_where_the_address_says_nothing_else() {
        let shown = "Termen prelungit: apel de proiecte pentru servicii sociale";
        let other = "Apel de proiecte pentru servicii sociale";
        for path in [
            "apel-de-proiecte-pentru-servicii-sociale",
            "termen-prelungit-apel-de-proiecte-pentru-servicii-sociale",
            "apel-2026",
            "index.php?id=4",
            "",
            "apel-de-proiecte-pentru-servicii-sociale-si-alte-lucruri-ale-fundatiei",
        ] {
            assert_eq!(chosen(path, shown, &[other]), None, "{path}");
        }
        // What somebody said adds nothing to it.
        let said = format!("„Nu mai putem aștepta”: {other}");
        assert_eq!(
            chosen(
                "apel-de-proiecte-pentru-servicii-sociale-id301",
                &said,
                &[other]
            ),
            Some(other)
        );
        // Both begin as an address that was cut short.
        let cut = "apel-de-proiecte-pentru-servicii-sociale";
        let (longer, longest) = (format!("{cut} 2026"), format!("{cut} 2026 | Fundația"));
        assert_eq!(chosen(cut, &longer, &[&longest]), None);
    }

    #[test]
    fn an_address_with_a_year_is_not_taken_for_a_title_with_a_number_behind() {
        // The year belongs to the title that is shown.
        assert_eq!(
            chosen(
                "conferinta-nationala-a-serviciilor-sociale-2026",
                "Conferința națională a serviciilor sociale 2026",
                &["Conferința națională a serviciilor sociale"]
            ),
            None
        );
    }
}
