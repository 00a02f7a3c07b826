//! Why something came to nothing and what vesti did by itself, in the language of whoever reads: the same on pages, in mails and in what
//! services are sent. The messages are in `reasons/*.ftl`; English is what the domain displays, as it stands in the log.

use std::borrow::Cow;
use std::sync::LazyLock;

use fluent_bundle::{FluentArgs, FluentValue};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::bundles::{Bundles, bundles};
use super::marked::escape;
use super::words::Ui;
use crate::domain::{Fault, Language, Reason, Remark};

/// The messages as they are written, by language.
const SOURCES: [(Language, &str); 3] = [
    (Language::RO, include_str!("reasons/ro.ftl")),
    (Language::LV, include_str!("reasons/lv.ftl")),
    (Language::RU, include_str!("reasons/ru.ftl")),
];

static BUNDLES: LazyLock<Bundles> = LazyLock::new(|| bundles(SOURCES));

/// Where words of others begin and end in a sentence that is being made; nothing from outside can hold these.
const OPEN: char = '\u{e000}';
const CLOSE: char = '\u{e001}';

/// Something said to people in their language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// With marks around the words of others.
    marked: String,
    /// It is an English sentence of an older version, whatever the reader's language.
    pub is_old: bool,
}

/// Says why something came to nothing.
#[must_use]
pub fn reason(reason: &Reason, language: Language) -> Said {
    let is_old = matches!(reason, Reason::Words { .. });
    said("reason", reason, is_old, language)
}

/// Says what vesti did or found out.
#[must_use]
pub fn remark(remark: &Remark, language: Language) -> Said {
    let is_old = matches!(remark, Remark::Words { .. });
    said("remark", remark, is_old, language)
}

/// Says what went wrong.
#[must_use]
pub fn fault(fault: &Fault, language: Language) -> Said {
    reason(&fault.reason, language)
}

impl Said {
    /// In the middle of another sentence, as plain text.
    #[must_use]
    pub fn within(&self) -> String {
        self.marked.replace([OPEN, CLOSE], "")
    }

    /// On its own, as plain text: begins with a capital letter, unless an address or a sentence of an older version begins it.
    #[must_use]
    pub fn alone(&self) -> String {
        self.begun().replace([OPEN, CLOSE], "")
    }

    /// In the middle of another sentence, as HTML: words of others are marked as being in no known language, and a sentence of an older version as
    /// English.
    #[must_use]
    pub fn html_within(&self) -> String {
        self.html_of(&self.marked)
    }

    /// On its own, as HTML.
    #[must_use]
    pub fn html(&self) -> String {
        self.html_of(&self.begun())
    }

    fn begun(&self) -> String {
        if self.is_old {
            self.marked.clone()
        } else {
            capital(&self.marked)
        }
    }

    fn html_of(&self, marked: &str) -> String {
        let mut html = String::with_capacity(marked.len() + 60);
        if self.is_old {
            html.push_str("<span lang=\"en\">");
        }
        let mut rest = marked;
        while let Some((before, after)) = rest.split_once(OPEN) {
            escape(before, &mut html);
            let (words, after) = after.split_once(CLOSE).unwrap_or((after, ""));
            html.push_str("<span lang=\"\">");
            escape(words, &mut html);
            html.push_str("</span>");
            rest = after;
        }
        escape(rest, &mut html);
        if self.is_old {
            html.push_str("</span>");
        }
        html
    }
}

fn said<T>(family: &str, value: &T, is_old: bool, language: Language) -> Said
where
    T: Serialize + DeserializeOwned + ToString,
{
    let ui = Ui::of(language);
    let json = serde_json::to_value(value).ok().filter(|_| !is_old);
    let marked = match (ui, json) {
        (_, None) => None,
        (Ui::En, Some(mut json)) => {
            mark(&mut json);
            serde_json::from_value::<T>(json)
                .ok()
                .map(|value| value.to_string())
        }
        (_, Some(json)) => json
            .as_object()
            .and_then(|fields| told(family, fields, ui, &mut Vec::new())),
    };
    Said {
        is_old: marked.is_none(),
        marked: marked.unwrap_or_else(|| plain(&value.to_string())),
    }
}

/// Marks the words of others.
fn mark(value: &mut Value) {
    let Value::Object(fields) = value else { return };
    for (name, field) in fields {
        match field {
            Value::String(words) if matches!(name.as_str(), "said" | "shown") => {
                *words = format!("{OPEN}{}{CLOSE}", plain(words));
            }
            field => mark(field),
        }
    }
}

/// A message with its figures; `None` where there is none. `wrong` hears what does not fit.
fn told(
    family: &str,
    fields: &Map<String, Value>,
    ui: Ui,
    wrong: &mut Vec<String>,
) -> Option<String> {
    let bundle = BUNDLES.get(&ui.language())?;
    let code = fields.get("code")?.as_str()?;
    let key = format!("{family}-{}", code.replace('_', "-"));
    let pattern = bundle.get_message(&key)?.value()?;
    let mut args = FluentArgs::new();
    for (name, value) in fields {
        put(&mut args, family, (name, value), ui, wrong);
    }
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(&args), &mut errors);
    wrong.extend(errors.iter().map(|error| format!("{key}: {error}")));
    Some(text.into_owned())
}

/// One figure, by what its name says that it is.
fn put(
    args: &mut FluentArgs<'_>,
    family: &str,
    (name, value): (&str, &Value),
    ui: Ui,
    wrong: &mut Vec<String>,
) {
    let name = name.to_owned();
    match (name.as_str(), value) {
        ("code", _) => {}
        ("status", Value::Number(status)) => {
            args.set(name, FluentValue::from(status.as_u64().unwrap_or_default()));
        }
        ("millis", Value::Number(millis)) => {
            args.set("time", span(millis.as_u64().unwrap_or_default(), ui));
        }
        ("bytes", Value::Number(bytes)) => {
            args.set("size", size(bytes.as_u64().unwrap_or_default(), ui));
        }
        (_, Value::Number(number)) => {
            let number = number.as_u64().unwrap_or_default();
            args.set(format!("{name}-form"), plural(number, ui));
            args.set(name, number.to_string());
        }
        ("way" | "old_way", Value::String(way)) => {
            let key = format!("way-{way}");
            let word = BUNDLES.get(&ui.language()).and_then(|bundle| {
                let pattern = bundle.get_message(&key)?.value()?;
                Some(bundle.format_pattern(pattern, None, &mut Vec::new()))
            });
            args.set(name, word.map_or_else(|| way.clone(), Cow::into_owned));
        }
        ("language", Value::String(language)) => {
            let known = Language::from_tag(language);
            let word = known.map_or_else(|| language.clone(), |known| ui.language_name(known));
            args.set(name, word);
        }
        ("newest", Value::String(day)) => {
            let word = day.parse().map_or_else(|_| day.clone(), |day| ui.day(day));
            args.set(name, word);
        }
        ("said" | "shown", Value::String(words)) => {
            args.set(name, format!("{OPEN}{}{CLOSE}", plain(words)));
        }
        (_, Value::String(text)) => args.set(name, plain(text)),
        (_, Value::Object(fields)) => {
            // A reason within a remark is a reason; all else within is of the same kind.
            let family = if name == "why" { "reason" } else { family };
            let inner = told(family, fields, ui, wrong);
            let words = || fields.get("text").and_then(Value::as_str);
            let inner =
                inner.or_else(|| words().map(|text| format!("{OPEN}{}{CLOSE}", plain(text))));
            args.set(name, inner.unwrap_or_default());
        }
        _ => {}
    }
}

fn plain(text: &str) -> String {
    text.replace([OPEN, CLOSE], "")
}

/// The number that has the same plural form: the rules that come with fluent take 101 as 120 in Romanian, but people say “101 anunțuri” as
/// they say “2 anunțuri” (CLDR 40 and later).
fn plural(count: u64, ui: Ui) -> u64 {
    match ui {
        Ui::Ro if count > 1 && (1..20).contains(&(count % 100)) => 2,
        _ => count,
    }
}

/// The symbols of the international system of units, as each language writes them.
fn span(millis: u64, ui: Ui) -> String {
    let (number, unit) = if millis.is_multiple_of(1_000) && millis > 0 {
        (millis / 1_000, ui.pick(["s", "s", "с", "s"]))
    } else {
        (millis, ui.pick(["ms", "ms", "мс", "ms"]))
    };
    format!("{number}\u{a0}{unit}")
}

fn size(bytes: u64, ui: Ui) -> String {
    let (number, unit) = match bytes {
        1_000_000.. => (bytes / 1_000_000, ui.pick(["MB", "MB", "МБ", "MB"])),
        1_000.. => (bytes / 1_000, ui.pick(["kB", "kB", "кБ", "kB"])),
        _ => (bytes, ui.pick(["B", "B", "Б", "B"])),
    };
    format!("{number}\u{a0}{unit}")
}

/// With a capital letter at its beginning, unless an address stands there, which is written as it is.
fn capital(text: &str) -> String {
    let first = text.split_whitespace().next().unwrap_or_default();
    let is_address = first
        .trim_end_matches([':', ',', ';', '.'])
        .contains(['.', '/', ':', '_']);
    let is_name = matches!(first, "vesti" | "robots.txt");
    let mut chars = text.chars();
    match chars.next() {
        Some(letter) if !is_address && !is_name => letter.to_uppercase().chain(chars).collect(),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests;
