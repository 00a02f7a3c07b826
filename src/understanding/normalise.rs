//! One spelling for documents and queries: what is written differently but means the same word comes out the same.
//!
//! Two steps. [`exact`] removes what no reader sees or means (case, compatibility forms, soft hyphens, cedillas for commas,
//! letters of the wrong alphabet, orthography before 1993); [`fold`] then removes the diacritics that people leave out.

use std::borrow::Cow;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, decompose_canonical};

/// Characters that have no width and no meaning within a word: soft hyphen, zero-width spaces and joiners, byte-order mark.
#[must_use]
pub fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}')
}

/// Any of the signs that people type for an apostrophe.
#[must_use]
pub fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '’' | '‘' | 'ʼ' | 'ʹ' | '′' | '`' | '´' | '＇' | '‛'
    )
}

/// A letter of the Cyrillic script.
#[must_use]
pub fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{52f}')
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic()
        || (matches!(c, '\u{c0}'..='\u{2af}' | '\u{1e00}'..='\u{1eff}' | '\u{2c60}'..='\u{2c7f}' | '\u{a720}'..='\u{a7ff}')
            && c.is_alphabetic())
}

/// A word in small letters of one script, with its diacritics. Idempotent.
///
/// ```
/// use vesti::understanding::normalise::exact;
/// assert_eq!(exact("Asociaţia"), "asociația");
/// assert_eq!(exact("cuvînt"), "cuvânt");
/// assert_eq!(exact("Мoldova"), "moldova"); // with a Cyrillic М
/// assert_eq!(exact("O.N.G."), "ong");
/// ```
#[must_use]
pub fn exact(word: &str) -> String {
    if word.is_ascii() {
        let mut small = word.to_ascii_lowercase();
        small.retain(|c| c.is_ascii_alphanumeric());
        return small;
    }
    plainly_small(word).unwrap_or_else(|| thoroughly_small(word))
}

fn thoroughly_small(word: &str) -> String {
    let mut small = small_once(word);
    if !word.chars().all(is_plain) {
        // What was dropped may have kept marks apart that now stand in another order.
        for _ in 0..MOST_ROUNDS {
            let again = small_once(&small);
            if again == small {
                break;
            }
            small = again;
        }
    }
    small
}

/// Most times that a word is normalised until it stays as it is.
const MOST_ROUNDS: usize = 8;

fn small_once(word: &str) -> String {
    let mut composed = compose(word);
    if composed.contains(['ё', 'Ё']) {
        composed = Cow::Owned(composed.replace('ё', "е").replace('Ё', "Е"));
    }
    let one_script = repair_script(&composed);
    let mut small = String::with_capacity(one_script.len());
    for c in one_script.chars() {
        if !c.is_alphanumeric() {
            continue;
        }
        for c in c.to_lowercase() {
            // Comes of the capital dotted i, beside the letter itself.
            if c != '\u{307}' {
                small.push(without_cedilla(c));
            }
        }
    }
    if small.contains('î') {
        small = modern_romanian(&small);
    }
    small
}

/// The letters of our languages lie before this.
const TABLE: usize = 0x530;

/// What [`exact`] makes of a letter or digit whatever stands beside it; `'\0'` for all that needs a closer look.
static SMALL: LazyLock<[char; TABLE]> = LazyLock::new(|| {
    std::array::from_fn(|code| {
        let c = u32::try_from(code)
            .ok()
            .and_then(char::from_u32)
            .unwrap_or('\0');
        let mut small = c.to_lowercase();
        match (small.next(), small.next()) {
            (Some(small), None)
                if is_plain(c) && c.is_alphanumeric() && !matches!(c, 'ё' | 'Ё' | 'î' | 'Î') =>
            {
                without_cedilla(small)
            }
            _ => '\0',
        }
    })
});

/// The quick way for words of one script with nothing odd in them: nearly all.
fn plainly_small(word: &str) -> Option<String> {
    let table = &*SMALL;
    let mut small = String::with_capacity(word.len());
    let (mut latin, mut cyrillic) = (false, false);
    for c in word.chars() {
        let plain = *table.get(c as usize).filter(|plain| **plain != '\0')?;
        if is_cyrillic(c) {
            cyrillic = true;
        } else if !c.is_ascii_digit() {
            latin = true;
        }
        small.push(plain);
    }
    (latin != cyrillic).then_some(small)
}

/// Romanian letters as they are meant, where a comma was typed as a cedilla or a breve as a tilde.
fn without_cedilla(c: char) -> char {
    match c {
        'ş' => 'ș',
        'ţ' => 'ț',
        'ã' | 'ǎ' => 'ă',
        other => other,
    }
}

/// Whether composing leaves a character as it is.
fn is_plain(c: char) -> bool {
    matches!(c, '\0'..='\u{17e}' | '\u{218}'..='\u{21b}' | '\u{400}'..='\u{482}' | '\u{48a}'..='\u{52f}')
        && c != '\u{ad}'
}

/// Composes, and takes compatibility forms (ligatures, full width, long s) for what they stand for.
fn compose(word: &str) -> Cow<'_, str> {
    if word.chars().all(is_plain) {
        return Cow::Borrowed(word);
    }
    let visible = word.chars().filter(|c| !is_ignorable(*c));
    Cow::Owned(visible.nfkc().collect())
}

/// Before 1993 Romanian wrote î within words where it writes â now, and `sînt` for `sunt`. Words put together with a
/// prefix (`reînnoire`, `neîmplinit`) kept their î.
fn modern_romanian(word: &str) -> String {
    if let Some(rest) = word.strip_prefix("sînt")
        && matches!(rest, "" | "em" | "eți" | "eti")
    {
        return format!("sunt{rest}");
    }
    const PREFIXES: [&str; 12] = [
        "re", "ne", "pre", "de", "bine", "sub", "semi", "supra", "auto", "co", "nere", "prea",
    ];
    let (first, last) = (0, word.len());
    word.char_indices()
        .map(|(at, c)| {
            if c != 'î' || at == first || at + c.len_utf8() == last {
                return c;
            }
            let compound = PREFIXES.contains(&&word[..at])
                && word[at + c.len_utf8()..].starts_with(['n', 'm']);
            if compound { 'î' } else { 'â' }
        })
        .collect()
}

/// Latin and Cyrillic letters that look the same, in capital and small letters where these look the same too.
const TWINS: [(char, char); 27] = [
    ('A', 'А'),
    ('B', 'В'),
    ('C', 'С'),
    ('E', 'Е'),
    ('H', 'Н'),
    ('I', 'І'),
    ('J', 'Ј'),
    ('K', 'К'),
    ('M', 'М'),
    ('O', 'О'),
    ('P', 'Р'),
    ('S', 'Ѕ'),
    ('T', 'Т'),
    ('X', 'Х'),
    ('Y', 'У'),
    ('a', 'а'),
    ('c', 'с'),
    ('e', 'е'),
    ('i', 'і'),
    ('j', 'ј'),
    ('o', 'о'),
    ('p', 'р'),
    ('s', 'ѕ'),
    ('x', 'х'),
    ('y', 'у'),
    ('k', 'к'),
    ('m', 'м'),
];

fn twin_in_latin(c: char) -> Option<char> {
    TWINS.iter().find(|(_, cyr)| *cyr == c).map(|(lat, _)| *lat)
}

fn twin_in_cyrillic(c: char) -> Option<char> {
    TWINS.iter().find(|(lat, _)| *lat == c).map(|(_, cyr)| *cyr)
}

/// A word of two scripts becomes one of one script if all its letters of the other are look-alikes; where either would
/// do, the script with more letters wins.
fn repair_script(word: &str) -> Cow<'_, str> {
    let (mut latin, mut cyrillic) = (0, 0);
    let (mut to_latin, mut to_cyrillic) = (true, true);
    for c in word.chars() {
        if is_cyrillic(c) {
            cyrillic += 1;
            to_latin &= twin_in_latin(c).is_some();
        } else if is_latin(c) {
            latin += 1;
            to_cyrillic &= twin_in_cyrillic(c).is_some();
        }
    }
    if latin == 0 || cyrillic == 0 {
        return Cow::Borrowed(word);
    }
    let twin = match (to_latin, to_cyrillic) {
        (true, true) if latin >= cyrillic => twin_in_latin,
        (true, false) => twin_in_latin,
        (_, true) => twin_in_cyrillic,
        (false, false) => return Cow::Borrowed(word),
    };
    Cow::Owned(word.chars().map(|c| twin(c).unwrap_or(c)).collect())
}

/// An [`exact`] word without diacritics. Cyrillic stays as it is: й is no и. Idempotent.
#[must_use]
pub fn fold(exact: &str) -> Cow<'_, str> {
    if exact.is_ascii() {
        return Cow::Borrowed(exact);
    }
    let table = &*FOLDED;
    let plain_of = |c: char| match table.get(c as usize) {
        Some(plain) => *plain,
        None => fold_char(c),
    };
    let Some(first) = exact.find(|c| plain_of(c).is_some()) else {
        return Cow::Borrowed(exact);
    };
    let mut folded = String::with_capacity(exact.len());
    folded.push_str(&exact[..first]);
    for c in exact[first..].chars() {
        match plain_of(c) {
            Some(plain) => folded.push_str(plain),
            None => folded.push(c),
        }
    }
    Cow::Owned(folded)
}

/// What [`fold_char`] says of the letters of our languages.
static FOLDED: LazyLock<[Option<&str>; TABLE]> = LazyLock::new(|| {
    std::array::from_fn(|code| fold_char(u32::try_from(code).ok().and_then(char::from_u32)?))
});

/// What a letter with a diacritic is folded to; `None` where it stays.
fn fold_char(c: char) -> Option<&'static str> {
    if c.is_ascii() || is_cyrillic(c) {
        return None;
    }
    match c {
        'ß' => Some("ss"),
        'æ' => Some("ae"),
        'œ' => Some("oe"),
        'þ' => Some("th"),
        'ø' => Some("o"),
        'ł' => Some("l"),
        'đ' | 'ð' => Some("d"),
        'ħ' => Some("h"),
        'ı' => Some("i"),
        'ŧ' => Some("t"),
        '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => {
            let mut base = None;
            let mut marks_only = true;
            decompose_canonical(c, |part| {
                if base.is_none() {
                    base = Some(part);
                } else {
                    marks_only &= canonical_combining_class(part) != 0;
                }
            });
            let base = base.filter(|base| base.is_ascii_lowercase() && marks_only)?;
            const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz";
            let at = (base as u8 - b'a') as usize;
            LETTERS.get(at..=at)
        }
        _ => None,
    }
}

/// Romanian in Cyrillic letters (as written in the Moldavian SSR and still in Transnistria) in Latin ones, folded.
/// Only for words known to be Romanian.
#[must_use]
pub fn romanian_in_latin(word: &str) -> String {
    let mut latin = String::with_capacity(word.len());
    let mut letters = word.chars().peekable();
    while let Some(c) = letters.next() {
        let next = letters.peek().copied();
        let front = matches!(next, Some('е' | 'и' | 'ь' | 'ю' | 'я'));
        let plain = match c {
            // î at either end of a word, â within.
            'ы' if latin.is_empty() || next.is_none() => "i",
            'а' | 'э' | 'ы' => "a",
            'б' => "b",
            'в' => "v",
            'г' if front => "gh",
            'ӂ' if !front => "gi",
            'г' | 'ӂ' => "g",
            'д' => "d",
            'е' => "e",
            'ж' => "j",
            'з' => "z",
            'и' | 'й' | 'ь' => "i",
            'к' if front => "ch",
            'ч' if !front => "ci",
            'к' | 'ч' => "c",
            'л' => "l",
            'м' => "m",
            'н' => "n",
            'о' => "o",
            'п' => "p",
            'р' => "r",
            'с' | 'ш' => "s",
            'т' | 'ц' => "t",
            'у' => "u",
            'ф' => "f",
            'х' => "h",
            'ю' => "iu",
            'я' if latin.ends_with('i') => "a",
            'я' if next.is_none() => "ia",
            'я' => "ea",
            other => {
                latin.push(other);
                continue;
            }
        };
        latin.push_str(plain);
    }
    let misspelt = E_FOR_A
        .iter()
        .find(|(written, _)| latin.starts_with(written));
    if let Some((written, meant)) = misspelt {
        latin.replace_range(..written.len(), meant);
    }
    latin
}

/// How common words with ă in the first syllable begin where Cyrillic е was written for it in place of э: whoever speaks
/// Russian hears little of the difference. No Romanian word begins so.
const E_FOR_A: [(&str, &str); 19] = [
    ("perint", "parint"),
    ("senatat", "sanatat"),
    ("senetat", "sanatat"),
    ("senatos", "sanatos"),
    ("senetos", "sanatos"),
    ("betran", "batran"),
    ("beiat", "baiat"),
    ("beiet", "baiet"),
    ("chesator", "casator"),
    ("chesetor", "casator"),
    ("pemant", "pamant"),
    ("septaman", "saptaman"),
    ("septeman", "saptaman"),
    ("serbator", "sarbator"),
    ("serbetor", "sarbator"),
    ("serac", "sarac"),
    ("respund", "raspund"),
    ("respuns", "raspuns"),
    ("menastir", "manastir"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn folded(word: &str) -> String {
        fold(&exact(word)).into_owned()
    }

    #[test]
    fn spellings_of_one_word_are_one() {
        for (one, other) in [
            ("Asociaţia", "asociația"),
            ("ASOCIAȚIA", "asociația"),
            ("asociat\u{326}ia", "asociația"),
            ("sînt", "sunt"),
            ("pîine", "pâine"),
            ("organi\u{ad}zația", "organizația"),
            ("fun\u{feff}dația", "fundația"),
            ("ﬁnanțare", "finanțare"),
            ("молодёжи", "молодежи"),
            ("O.N.G.", "ong"),
            ("ſawstarpiga", "sawstarpiga"),
        ] {
            assert_eq!(exact(one), exact(other), "{one}");
        }
    }

    proptest! {
        #[test]
        fn the_quick_way_leads_where_the_thorough_one_does(
            word in "[a-zA-ZăâîșțĂÂÎȘȚşţŞŢãāčēģīķļņšūžßæœøłđ0-9]{1,12}|[а-яА-ЯёЁіїєӂ]{1,9}|\\PC{1,6}"
        ) {
            if let Some(small) = plainly_small(&word) {
                prop_assert_eq!(small, thoroughly_small(&word));
            }
        }
    }

    #[test]
    fn letters_of_the_wrong_alphabet_are_repaired_only_where_all_are_look_alikes() {
        assert_eq!(exact("Мoldova"), "moldova");
        assert_eq!(exact("cоpii"), "copii");
        assert_eq!(exact("Bаpвapы"), "варвары");
        assert_eq!(exact("СOVID"), "covid");
        assert_eq!(exact("фаshion"), "фаshion");
    }

    #[test]
    fn words_with_a_prefix_keep_their_inner_i() {
        assert_eq!(exact("reînnoire"), "reînnoire");
        assert_eq!(exact("neîmplinit"), "neîmplinit");
        assert_eq!(exact("în"), "în");
        assert_eq!(exact("hotărî"), "hotărî");
        assert_eq!(exact("gîndire"), "gândire");
    }

    #[test]
    fn folding_takes_diacritics_and_leaves_cyrillic() {
        assert_eq!(folded("Locuințe"), "locuinte");
        assert_eq!(folded("ģimenēm"), "gimenem");
        assert_eq!(folded("Brīvprātīgajiem"), "brivpratigajiem");
        assert_eq!(folded("край"), "край");
        assert_eq!(folded("їжа"), "їжа");
        assert_eq!(folded("Łódź"), "lodz");
    }

    #[test]
    fn romanian_in_cyrillic_reads_as_in_latin() {
        for (cyrillic, latin) in [
            ("асочияция", "asociatia"),
            ("пэринцилор", "parintilor"),
            // е for э.
            ("перинцилор", "parintilor"),
            ("сенетате", "sanatate"),
            ("септембрие", "septembrie"),
            ("копиилор", "copiilor"),
            ("молдова", "moldova"),
        ] {
            assert_eq!(romanian_in_latin(cyrillic), latin);
        }
    }

    proptest! {
        #[test]
        fn normalising_twice_changes_nothing(word in "[a-zA-Zа-яА-ЯăâîșțĂÂÎȘȚşţēūīāšģķļžčņё0-9'’\u{ad}\u{301}.]{0,12}|\\PC{0,8}") {
            let once = exact(&word);
            prop_assert_eq!(exact(&once), once.clone());
            let twice = fold(&once).into_owned();
            prop_assert_eq!(fold(&twice).into_owned(), twice.clone());
        }
    }
}
