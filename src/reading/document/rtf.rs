//! Rich Text Format 1.9: groups, control words, and text in a code page or as `\u` numbers.

use encoding_rs::{Encoding, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1257};
use rustc_hash::FxHashMap;

use super::{MAX_TEXT, Raw, Unreadable};

/// Most groups within groups.
const MAX_DEPTH: usize = 1_000;

#[derive(Clone, Copy)]
struct State {
    hidden: bool,
    /// Bytes that stand for a `\u` number in old readers.
    fallback: usize,
    encoding: &'static Encoding,
    field: Field,
}

/// Where the text of a group goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    Body,
    Title,
    Author,
    FontTable,
}

struct Reader {
    raw: Raw,
    stack: Vec<State>,
    now: State,
    /// Bytes of the code page that were not decoded yet.
    bytes: Vec<u8>,
    skip: usize,
    surrogate: Option<u16>,
    fonts: FxHashMap<i64, &'static Encoding>,
    font: i64,
}

pub(super) fn read(input: &[u8]) -> Result<Raw, Unreadable> {
    let mut reader = Reader {
        raw: Raw::default(),
        stack: Vec::new(),
        now: State {
            hidden: false,
            fallback: 1,
            encoding: WINDOWS_1252,
            field: Field::Body,
        },
        bytes: Vec::new(),
        skip: 0,
        surrogate: None,
        fonts: FxHashMap::default(),
        font: 0,
    };
    let mut at = 0;
    while let Some(&byte) = input.get(at) {
        at += 1;
        match byte {
            b'{' => {
                reader.flush();
                if reader.stack.len() >= MAX_DEPTH {
                    return Err(Unreadable::Damaged);
                }
                reader.stack.push(reader.now);
                reader.skip = 0;
            }
            b'}' => {
                reader.flush();
                if let Some(before) = reader.stack.pop() {
                    reader.now = before;
                }
                reader.skip = 0;
            }
            b'\\' => at = reader.control(input, at),
            b'\r' | b'\n' => {}
            _ => reader.byte(byte),
        }
        if reader.raw.text.len() > MAX_TEXT {
            reader.raw.cut = true;
            break;
        }
    }
    reader.flush();
    Ok(reader.raw)
}

impl Reader {
    /// Reads what follows a backslash; gives the place after it.
    fn control(&mut self, input: &[u8], at: usize) -> usize {
        let Some(&first) = input.get(at) else {
            return at;
        };
        if !first.is_ascii_alphabetic() {
            match first {
                b'\'' => {
                    let code = input
                        .get(at + 1..at + 3)
                        .and_then(|digits| std::str::from_utf8(digits).ok())
                        .and_then(|digits| u8::from_str_radix(digits, 16).ok());
                    if let Some(code) = code {
                        self.byte(code);
                    }
                    return at + 3;
                }
                b'*' => self.now.hidden = true,
                b'~' => self.text("\u{a0}"),
                b'_' => self.text("-"),
                b'\\' | b'{' | b'}' => self.byte(first),
                b'\r' | b'\n' => self.text("\n\n"),
                _ => {}
            }
            return at + 1;
        }
        let rest = &input[at..];
        let name = rest
            .iter()
            .take(32)
            .take_while(|b| b.is_ascii_alphabetic())
            .count();
        let (word, rest) = rest.split_at(name);
        let sign = usize::from(rest.first() == Some(&b'-'));
        let digits = rest[sign..]
            .iter()
            .take(10)
            .take_while(|b| b.is_ascii_digit())
            .count();
        let number: Option<i64> = std::str::from_utf8(&rest[..sign + digits])
            .ok()
            .and_then(|digits| digits.parse().ok());
        let number_length = if number.is_some() { sign + digits } else { 0 };
        let space = usize::from(rest.get(number_length) == Some(&b' '));
        let mut end = at + name + number_length + space;
        if word == b"bin" {
            end = end.saturating_add(usize::try_from(number.unwrap_or(0)).unwrap_or(0));
        } else {
            self.word(word, number);
        }
        end
    }

    fn word(&mut self, word: &[u8], number: Option<i64>) {
        match word {
            b"par" | b"sect" | b"page" => self.text("\n\n"),
            b"line" | b"row" => self.text("\n"),
            b"cell" => self.text(" | "),
            b"tab" => self.text("\t"),
            b"emdash" => self.text("—"),
            b"endash" => self.text("–"),
            b"lquote" => self.text("‘"),
            b"rquote" => self.text("’"),
            b"ldblquote" => self.text("“"),
            b"rdblquote" => self.text("”"),
            b"bullet" => self.text("•"),
            b"u" => self.unicode(number.unwrap_or(0)),
            b"uc" => self.now.fallback = usize::try_from(number.unwrap_or(1)).unwrap_or(1).min(16),
            b"ansicpg" => {
                self.flush();
                self.now.encoding = page(number.unwrap_or(1252));
            }
            b"f" => {
                self.flush();
                self.font = number.unwrap_or(0);
                if let Some(encoding) = self
                    .fonts
                    .get(&self.font)
                    .filter(|_| self.now.field != Field::FontTable)
                {
                    self.now.encoding = encoding;
                }
            }
            b"fcharset" if self.now.field == Field::FontTable && self.fonts.len() < 1_000 => {
                let encoding = match number {
                    Some(238) => WINDOWS_1250,
                    Some(204) => WINDOWS_1251,
                    Some(186) => WINDOWS_1257,
                    Some(0) => WINDOWS_1252,
                    _ => return,
                };
                self.fonts.insert(self.font, encoding);
            }
            b"fonttbl" => {
                self.now.field = Field::FontTable;
            }
            b"title" => self.now.field = Field::Title,
            b"author" => self.now.field = Field::Author,
            b"pict" => {
                self.raw.pictures = true;
                self.now.hidden = true;
            }
            b"colortbl" | b"stylesheet" => self.now.hidden = true,
            b"header" | b"headerl" | b"headerr" | b"headerf" | b"footer" | b"footerl"
            | b"footerr" | b"footerf" | b"deleted" | b"fldinst" | b"listtext" | b"nonshppict"
            | b"object" | b"operator" | b"company" | b"manager" | b"category" | b"keywords"
            | b"doccomm" | b"subject" | b"comment" | b"creatim" | b"revtim" | b"printim" => {
                self.now.hidden = true;
            }
            _ => {}
        }
    }

    /// A UTF-16 unit, signed; the characters for old readers come after it.
    fn unicode(&mut self, number: i64) {
        self.flush();
        let unit = (number & 0xffff) as u16;
        let units = match self.surrogate.take() {
            Some(high) => vec![high, unit],
            None if (0xd800..0xdc00).contains(&unit) => {
                self.surrogate = Some(unit);
                self.skip = self.now.fallback;
                return;
            }
            None => vec![unit],
        };
        let text = String::from_utf16_lossy(&units);
        self.text(&text);
        self.skip = self.now.fallback;
    }

    fn byte(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
        } else if !self.now.hidden {
            self.bytes.push(byte);
        }
    }

    fn flush(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        let text = self.now.encoding.decode_without_bom_handling(&bytes).0;
        self.put(&text);
    }

    fn text(&mut self, text: &str) {
        self.flush();
        self.put(text);
    }

    fn put(&mut self, text: &str) {
        if self.now.hidden {
            return;
        }
        match self.now.field {
            Field::Body => self.raw.text.push_str(text),
            Field::Title => self.raw.title.get_or_insert_default().push_str(text),
            Field::Author => self.raw.author.get_or_insert_default().push_str(text),
            Field::FontTable => {}
        }
    }
}

fn page(number: i64) -> &'static Encoding {
    match number {
        1250 => WINDOWS_1250,
        1251 => WINDOWS_1251,
        1257 => WINDOWS_1257,
        _ => WINDOWS_1252,
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn code_pages_numbers_and_groups() {
        let rtf = br"{\rtf1\ansi\ansicpg1250{\fonttbl{\f0\fcharset238 Arial;}{\f1\fcharset204 Arial;}}{\info{\title Apel \'ba}}\f0 Asocia\u539?ia \'bai\par {\f1 \'cf\'f0\'e8\'e2\'e5\'f2}\par {\*\hidden no}{\pict 00ff}end}";
        let raw = read(rtf).unwrap();
        assert_eq!(
            raw.text.trim(),
            "Asociația și\n\nПривет\n\nend".replace("și", "şi")
        );
        assert_eq!(raw.title.as_deref(), Some("Apel ş"));
        assert!(raw.pictures);
    }

    #[test]
    fn broken_groups_are_no_harm() {
        assert!(read(&[b'{'; 5_000]).is_err());
        assert_eq!(read(b"{\\rtf1 a}}}}} b").unwrap().text, "a b");
        assert_eq!(read(b"{\\rtf1 a\\'z").unwrap().text, "a");
        assert_eq!(read(b"{\\rtf1 \\bin99999999999 x").unwrap().text, "");
    }
}
