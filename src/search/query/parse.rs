//! Typed text to an [`Expression`]. Every text is a query: what cannot be meant is left out, with a note.

use super::{Atom, Expression};
use crate::search::Interpreted;
use crate::understanding::analysis::words;

/// Most parentheses within each other; deeper ones are read as if they were not there.
pub(super) const MAX_DEPTH: usize = 12;

/// Most words, phrases and the like; what follows is left out.
pub(super) const MAX_ATOMS: usize = 64;

/// Longest query looked at, in bytes.
const MAX_BYTES: usize = 10_000;

/// A query, read.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::search) struct Parsed {
    /// What it means; `None` where nothing can be searched.
    pub expression: Option<Expression>,
    /// What to tell the reader.
    pub interpreted: Interpreted,
}

/// What a field prefix turns the text after it into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Any,
    Title,
    Source,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece<'a> {
    Open(Field),
    Close,
    Or,
    Minus,
    Text(Field, &'a str),
    Quoted(Field, &'a str),
}

/// Reads a query. Words next to each other are all wanted; `OR` joins its two neighbours; `-` excludes what follows it.
pub(in crate::search) fn parse(query: &str) -> Parsed {
    let mut notes = Vec::new();
    let mut query = query;
    if query.len() > MAX_BYTES {
        let mut end = MAX_BYTES;
        while !query.is_char_boundary(end) {
            end -= 1;
        }
        query = &query[..end];
        notes.push("The query is too long; only its beginning was searched.".to_owned());
    }
    let mut builder = Builder::new(notes);
    pieces(query, &mut builder);
    builder.finish(query)
}

/// Splits a query into pieces and hands them on.
fn pieces(query: &str, builder: &mut Builder) {
    let mut rest = query;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c.is_control());
        let Some(first) = rest.chars().next() else {
            return;
        };
        let after = &rest[first.len_utf8()..];
        match first {
            '(' => {
                builder.take(&Piece::Open(Field::Any));
                rest = after;
            }
            ')' => {
                builder.take(&Piece::Close);
                rest = after;
            }
            '-' | '−' | '–' | '—' => {
                // A dash between blanks is punctuation.
                if after.starts_with(|c: char| c.is_alphanumeric() || c == '(' || is_quote(c)) {
                    builder.take(&Piece::Minus);
                }
                rest = after;
            }
            quote if is_quote(quote) => rest = quoted(Field::Any, after, builder),
            _ => rest = text(rest, builder),
        }
    }
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '„' | '“' | '”' | '«' | '»' | '‟' | '＂')
}

/// Takes a phrase whose opening quote was read; one that is never closed reaches to the end.
fn quoted<'a>(field: Field, rest: &'a str, builder: &mut Builder) -> &'a str {
    let closing = rest.char_indices().find(|(_, c)| is_quote(*c));
    let (inside, after) = if let Some((end, quote)) = closing {
        (&rest[..end], &rest[end + quote.len_utf8()..])
    } else {
        builder.note("A quotation mark is missing; the phrase was taken to end with the query.");
        (rest, "")
    };
    builder.take(&Piece::Quoted(field, inside));
    after
}

/// Takes a run of text up to a blank, a quote or a parenthesis.
fn text<'a>(rest: &'a str, builder: &mut Builder) -> &'a str {
    for (name, field) in [("title:", Field::Title), ("source:", Field::Source)] {
        let Some(prefix) = rest.get(..name.len()) else {
            continue;
        };
        if !prefix.eq_ignore_ascii_case(name) {
            continue;
        }
        let value = &rest[name.len()..];
        let Some(next) = value.chars().next() else {
            continue;
        };
        if next == '(' {
            builder.take(&Piece::Open(field));
            return &value[1..];
        }
        if is_quote(next) {
            return quoted(field, &value[next.len_utf8()..], builder);
        }
        if next.is_alphanumeric() {
            let end = run_end(value);
            builder.take(&Piece::Text(field, &value[..end]));
            return &value[end..];
        }
    }
    let end = run_end(rest);
    let run = &rest[..end];
    let piece = match run {
        "OR" | "||" => Piece::Or,
        // Said by every query without it.
        "AND" | "&&" => return &rest[end..],
        _ => Piece::Text(Field::Any, run),
    };
    builder.take(&piece);
    &rest[end..]
}

fn run_end(text: &str) -> usize {
    text.find(|c: char| {
        c.is_whitespace() || c.is_control() || is_quote(c) || matches!(c, '(' | ')')
    })
    .unwrap_or(text.len())
    // A run is never empty, or reading would not go on.
    .max(text.chars().next().map_or(0, char::len_utf8))
}

/// A parenthesis that is open.
#[derive(Debug, Default)]
struct Level {
    parts: Vec<Expression>,
    /// The next part joins the last by OR.
    or: bool,
    /// The next part is excluded.
    minus: bool,
    /// What its inside is searched in.
    title: bool,
    source: bool,
}

struct Builder {
    levels: Vec<Level>,
    /// Parentheses opened beyond [`MAX_DEPTH`].
    ignored: usize,
    atoms: usize,
    out: Interpreted,
}

impl Builder {
    fn new(notes: Vec<String>) -> Self {
        Self {
            levels: vec![Level::default()],
            ignored: 0,
            atoms: 0,
            out: Interpreted {
                notes,
                ..Interpreted::default()
            },
        }
    }

    fn note(&mut self, note: &str) {
        if !self.out.notes.iter().any(|known| known == note) {
            self.out.notes.push(note.to_owned());
        }
    }

    fn level(&mut self) -> &mut Level {
        if self.levels.is_empty() {
            self.levels.push(Level::default());
        }
        let last = self.levels.len() - 1;
        &mut self.levels[last]
    }

    fn take(&mut self, piece: &Piece<'_>) {
        match piece {
            Piece::Open(field) => {
                if self.levels.len() > MAX_DEPTH {
                    self.ignored += 1;
                    self.note("Parentheses are nested too deeply; the inner ones were ignored.");
                    return;
                }
                let outer = self.level();
                let (title, source) = (outer.title, outer.source);
                self.levels.push(Level {
                    title: title || *field == Field::Title,
                    source: source || *field == Field::Source,
                    ..Level::default()
                });
            }
            Piece::Close => {
                if self.ignored > 0 {
                    self.ignored -= 1;
                } else if self.levels.len() > 1 {
                    self.close();
                } else {
                    self.note("A parenthesis was closed that was never opened; it was ignored.");
                }
            }
            Piece::Or => {
                let level = self.level();
                level.or = !level.parts.is_empty();
            }
            Piece::Minus => self.level().minus = true,
            Piece::Text(field, text) => self.words(*field, text),
            Piece::Quoted(field, text) => self.phrase(*field, text),
        }
    }

    fn close(&mut self) {
        if let Some(level) = self.levels.pop()
            && let Some(inside) = all(level.parts)
        {
            self.add(inside);
        } else {
            self.level().minus = false;
        }
    }

    /// Whether what comes now is excluded, by itself or by a group around it.
    fn is_excluded(&self) -> bool {
        self.levels.iter().filter(|level| level.minus).count() % 2 == 1
    }

    fn field(&mut self, field: Field) -> Field {
        let level = self.level();
        match field {
            Field::Any if level.source => Field::Source,
            Field::Any if level.title => Field::Title,
            other => other,
        }
    }

    fn full(&mut self) -> bool {
        if self.atoms == MAX_ATOMS {
            self.note("The query has too many words; only the first 64 were searched.");
            return true;
        }
        self.atoms += 1;
        false
    }

    fn words(&mut self, field: Field, text: &str) {
        let field = self.field(field);
        let prefix = text.ends_with('*');
        let found: Vec<&str> = words(text).map(|word| word.text).collect();
        let Some(last) = found.len().checked_sub(1) else {
            // A dash before an emoji excludes nothing.
            self.level().minus = false;
            return;
        };
        let mut parts = Vec::new();
        for (place, word) in found.into_iter().enumerate() {
            if self.full() {
                break;
            }
            let atom = Atom {
                // As a word it must not read as the operator.
                text: match word {
                    "OR" | "AND" => word.to_lowercase(),
                    _ => word.to_owned(),
                },
                title: field == Field::Title,
            };
            parts.push(match field {
                Field::Source => Expression::Source(atom.text),
                _ if prefix && place == last => Expression::Prefix(atom),
                _ => Expression::Word(atom),
            });
            let shown = if prefix && place == last {
                format!("{word}*")
            } else {
                word.to_owned()
            };
            if self.is_excluded() {
                self.out.excluded.push(shown);
            } else if field != Field::Source {
                self.out.words.push(shown);
            }
        }
        // Parts of one typed word stay together under OR and minus; otherwise they are words like others.
        let level = self.level();
        if level.or || level.minus {
            if let Some(together) = all(parts) {
                self.add(together);
            }
        } else {
            for part in parts {
                self.add(part);
            }
        }
    }

    fn phrase(&mut self, field: Field, text: &str) {
        let field = self.field(field);
        let clean: Vec<&str> = words(text).map(|word| word.text).take(MAX_ATOMS).collect();
        if clean.is_empty() {
            self.level().minus = false;
            return;
        }
        if self.full() {
            return;
        }
        let clean = clean.join(" ");
        if self.is_excluded() {
            self.out.excluded.push(clean.clone());
        } else if field != Field::Source {
            self.out.phrases.push(clean.clone());
        }
        self.add(match field {
            Field::Source => Expression::Source(clean),
            _ => Expression::Phrase(Atom {
                text: clean,
                title: field == Field::Title,
            }),
        });
    }

    /// Adds a part to the innermost level.
    fn add(&mut self, part: Expression) {
        let level = self.level();
        let part = if std::mem::take(&mut level.minus) {
            match part {
                Expression::Not(inside) => *inside,
                part => Expression::Not(Box::new(part)),
            }
        } else {
            part
        };
        if std::mem::take(&mut level.or) {
            match level.parts.pop() {
                Some(Expression::Any(mut parts)) => {
                    parts.push(part);
                    level.parts.push(Expression::Any(parts));
                }
                Some(other) => level.parts.push(Expression::Any(vec![other, part])),
                None => level.parts.push(part),
            }
        } else {
            level.parts.push(part);
        }
    }

    fn finish(mut self, query: &str) -> Parsed {
        if self.levels.len() > 1 {
            self.note("A parenthesis is not closed; it was taken to reach to the end.");
        }
        while self.levels.len() > 1 {
            self.close();
        }
        let parts = self.levels.pop().map(|level| level.parts);
        let expression = all(parts.unwrap_or_default());
        if let Some(expression) = &expression {
            self.out.query = expression.to_string();
        } else if !query.trim().is_empty() {
            self.note("There is no word in the query; nothing was searched.");
        }
        Parsed {
            expression,
            interpreted: self.out,
        }
    }
}

fn all(mut parts: Vec<Expression>) -> Option<Expression> {
    match parts.len() {
        0 => None,
        1 => parts.pop(),
        _ => Some(Expression::All(parts)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(query: &str) -> String {
        parse(query).interpreted.query
    }

    #[test]
    fn the_language_reads_as_people_mean_it() {
        for (typed, meant) in [
            ("locuințe protejate", "locuințe protejate"),
            ("a b OR c d", "a (b OR c) d"),
            ("a OR b OR c", "a OR b OR c"),
            ("(a b) OR c", "(a b) OR c"),
            ("-vechi nou", "-vechi nou"),
            ("-\"fără sens\" x", "-\"fără sens\" x"),
            ("-(a b) c", "-(a b) c"),
            ("title:apel source:fonss", "title:apel source:fonss"),
            ("title:\"apel deschis\"", "title:\"apel deschis\""),
            ("title:(a OR b) c", "(title:a OR title:b) c"),
            ("source:\"Crucea Roșie\"", "source:\"Crucea Roșie\""),
            ("locuin*", "locuin*"),
            ("e-mail", "e mail"),
            ("COVID-19", "COVID 19"),
            ("raport AND studiu", "raport studiu"),
            ("„citat românesc”", "\"citat românesc\""),
            ("a - b", "a b"),
        ] {
            assert_eq!(read(typed), meant, "{typed}");
        }
    }

    #[test]
    fn mistakes_are_taken_as_well_as_can_be() {
        for (typed, meant) in [
            ("\"neînchis aici", "\"neînchis aici\""),
            ("OR", ""),
            ("OR a", "a"),
            ("a OR", "a"),
            ("((a", "a"),
            ("a))", "a"),
            ("()", ""),
            ("-()  a", "a"),
            ("title:", "title"),
            ("title: apel", "title apel"),
            ("-- -", ""),
            ("🎉", ""),
            ("-🎉 a", "a"),
            ("\"\"", ""),
            ("*", ""),
            ("a OR OR b", "a OR b"),
        ] {
            assert_eq!(read(typed), meant, "{typed}");
        }
        assert!(!parse("🎉").interpreted.notes.is_empty());
        assert!(!parse("((a").interpreted.notes.is_empty());
    }

    #[test]
    fn what_is_excluded_is_said_so() {
        let said = parse("a -b -(c \"d e\")").interpreted;
        assert_eq!(said.words, ["a"]);
        assert_eq!(said.excluded, ["b", "c", "d e"]);
    }

    #[test]
    fn ten_kilobytes_of_garbage_are_a_bounded_query() {
        for garbage in ["(", "-(", "a OR (", "\"", "title:(", "x ", "-", "ș*"] {
            let parsed = parse(&garbage.repeat(10_000 / garbage.len()));
            let depth = parsed.interpreted.query.matches('(').count();
            assert!(depth <= MAX_ATOMS * 2, "{garbage}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_query(text in "\\PC{0,80}|[-()\"a* OR:ți]{0,200}") {
            parse(&text);
        }

        #[test]
        fn what_was_understood_reads_as_itself(text in "[-()\"a* ORtitle:ți]{0,60}") {
            let once = read(&text);
            prop_assert_eq!(read(&once), once);
        }
    }
}
