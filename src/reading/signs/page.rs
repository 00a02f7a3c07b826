//! What a visitor sees of a page at a glance: title, first heading, text, how much of it is prose.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization as _;

use crate::domain::plain_run;

/// Most of a page that is looked at, in bytes.
const MOST: usize = 256 * 1024;
/// Most of its text that is kept, in bytes.
const TEXT: usize = 24 * 1024;
/// How much of the text is its beginning, in bytes.
const BEGINNING: usize = 1200;
/// Letters of a paragraph that somebody wrote.
const PROSE: usize = 140;

/// A page, folded: small letters without marks, one space between words.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub title: String,
    /// Its first heading.
    pub heading: String,
    pub text: String,
    /// The markup as it came, in small letters: scripts and addresses betray products.
    pub raw: String,
    /// Letters that can be read.
    pub letters: usize,
    /// Letters in long paragraphs.
    pub prose: usize,
    pub links: usize,
    /// It has a button or a form.
    pub asks: bool,
}

/// Text as phrases are compared: small letters without marks, one space between words.
pub(super) fn fold(text: &str) -> String {
    quickly_folded(text).unwrap_or_else(|| thoroughly_folded(text))
}

/// The letters of our languages lie before this.
const TABLE: usize = 0x530;

/// What becomes of a character whatever stands beside it.
#[derive(Clone, Copy)]
enum Folded {
    One(char),
    Nothing,
    Space,
    /// It needs a closer look.
    Several,
}

static FOLDED: LazyLock<[Folded; TABLE]> = LazyLock::new(|| {
    std::array::from_fn(|code| {
        let c = u32::try_from(code).ok().and_then(char::from_u32);
        let Some(c) = c else { return Folded::Several };
        if c.is_whitespace() {
            return Folded::Space;
        }
        let folded = thoroughly_folded(c.encode_utf8(&mut [0; 4]));
        let mut letters = folded.chars();
        match (letters.next(), letters.next()) {
            (None, _) => Folded::Nothing,
            (Some(one), None) => Folded::One(one),
            _ => Folded::Several,
        }
    })
});

/// The quick way for texts in the letters of our languages; `None` for others.
fn quickly_folded(text: &str) -> Option<String> {
    let table = &*FOLDED;
    let mut folded = String::with_capacity(text.len());
    let mut spaced = true;
    let mut next = 0;
    while next < text.len() {
        let plain = plain_run(&text.as_bytes()[next..]);
        if plain > 0 {
            folded.push_str(&text[next..next + plain]);
            next += plain;
            spaced = false;
        }
        let Some(c) = text[next..].chars().next() else {
            break;
        };
        next += c.len_utf8();
        let one = match table.get(c as usize) {
            Some(Folded::One(one)) => *one,
            Some(Folded::Nothing) => continue,
            Some(Folded::Space) => {
                if !spaced {
                    folded.push(' ');
                }
                spaced = true;
                continue;
            }
            Some(Folded::Several) => return None,
            // Dashes, quotation marks, the euro: they stay as they are.
            None => match c {
                '’' | '‘' => '\'',
                '\u{2010}'..='\u{2027}' | '€' => c,
                _ => return None,
            },
        };
        folded.push(one);
        spaced = false;
    }
    if spaced {
        folded.pop();
    }
    Some(folded)
}

fn thoroughly_folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let marks = |c: &char| !('\u{300}'..='\u{36f}').contains(c);
    for c in text.nfd().filter(marks).flat_map(char::to_lowercase) {
        if c.is_whitespace() {
            if !folded.ends_with(' ') && !folded.is_empty() {
                folded.push(' ');
            }
        } else {
            folded.push(match c {
                'ё' => 'е',
                '’' | '‘' | '`' => '\'',
                'ı' => 'i',
                c => c,
            });
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

impl Page {
    /// Reads a page in one pass over at most 256 KiB.
    pub fn read(html: &str) -> Self {
        let html = bounded(html, MOST);
        let mut page = Self {
            raw: html.to_ascii_lowercase(),
            ..Self::default()
        };
        let (mut title, mut heading, mut text) = (String::new(), String::new(), String::new());
        let mut run = 0;
        let mut place = Place::Text;
        let mut rest = html;
        while !rest.is_empty() {
            let Some(at) = rest.find('<') else {
                page.take(rest, place, (&mut title, &mut heading, &mut text), &mut run);
                break;
            };
            page.take(
                &rest[..at],
                place,
                (&mut title, &mut heading, &mut text),
                &mut run,
            );
            rest = &rest[at..];
            if let Some(comment) = rest.strip_prefix("<!--") {
                rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
                continue;
            }
            let end = rest.find('>').map_or(rest.len(), |end| end + 1);
            let (tag, after) = rest.split_at(end);
            rest = after;
            let (closing, name) = name_of(tag);
            match name.as_str() {
                // Nothing of these is read by anybody.
                "script" | "style" | "template" | "svg" if !closing && !tag.ends_with("/>") => {
                    let close = format!("</{name}");
                    rest = find_ignoring_case(rest, &close).map_or("", |at| &rest[at..]);
                }
                "title" => place = if closing { Place::Text } else { Place::Title },
                "h1" | "h2" if !closing && heading.trim().is_empty() => place = Place::Heading,
                "h1" | "h2" => place = Place::Text,
                "a" if !closing => page.links += 1,
                "button" | "form" | "input" if !closing => page.asks = true,
                _ => {}
            }
            if !is_inline(&name) {
                page.end_run(&mut run);
                if text.len() < TEXT {
                    text.push(' ');
                }
                title.push(' ');
            }
        }
        page.end_run(&mut run);
        page.title = fold(&entities(bounded(&title, 500)));
        page.heading = fold(&entities(bounded(&heading, 500)));
        page.text = fold(&entities(&text));
        page
    }

    /// The first words of its text.
    pub fn beginning(&self) -> &str {
        bounded(&self.text, BEGINNING)
    }

    fn take(
        &mut self,
        piece: &str,
        place: Place,
        (title, heading, text): (&mut String, &mut String, &mut String),
        run: &mut usize,
    ) {
        if place == Place::Title {
            title.push_str(bounded(piece, 500));
            return;
        }
        let letters = piece.chars().filter(|c| c.is_alphanumeric()).count();
        self.letters += letters;
        *run += letters;
        if place == Place::Heading {
            heading.push_str(bounded(piece, 500));
        }
        if text.len() < TEXT {
            text.push_str(bounded(piece, TEXT));
        }
    }

    fn end_run(&mut self, run: &mut usize) {
        if *run >= PROSE {
            self.prose += *run;
        }
        *run = 0;
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Title,
    Heading,
    Text,
}

fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "b"
            | "i"
            | "em"
            | "strong"
            | "span"
            | "small"
            | "u"
            | "font"
            | "abbr"
            | "sup"
            | "sub"
            | "code"
    )
}

fn name_of(tag: &str) -> (bool, String) {
    let inner = tag.trim_start_matches('<');
    let closing = inner.starts_with('/');
    let name = inner
        .trim_start_matches('/')
        .chars()
        .take(12)
        .take_while(char::is_ascii_alphanumeric)
        .collect::<String>()
        .to_ascii_lowercase();
    (closing, name)
}

fn find_ignoring_case(text: &str, what: &str) -> Option<usize> {
    text.as_bytes()
        .windows(what.len())
        .position(|window| window.eq_ignore_ascii_case(what.as_bytes()))
}

/// The few entities that stand in phrases; others are left as they are.
fn entities(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    text.replace("&nbsp;", " ")
        .replace("&#8211;", "–")
        .replace("&ndash;", "–")
        .replace("&#8217;", "'")
        .replace("&#039;", "'")
        .replace("&rsquo;", "'")
        .replace("&quot;", "\"")
        .replace("&raquo;", "»")
        .replace("&amp;", "&")
}

fn bounded(text: &str, most: usize) -> &str {
    if text.len() <= most {
        return text;
    }
    let mut end = most;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_quick_way_leads_where_the_thorough_one_does(
            text in "[a-zA-Z ăâîșțĂÂÎȘȚşţãāčēģīķļņšūžßæœøłđіїйЙёЁıİ’–€\u{300}\u{306}\u{344}\u{483}\u{37e}\u{a0}\t\n0-9]{0,30}|\\PC{0,10}"
        ) {
            if let Some(folded) = quickly_folded(&text) {
                prop_assert_eq!(folded, thoroughly_folded(&text));
            }
        }
    }
}
