//! What the description of API and feeds forbids is refused there, also where a page makes the best of it. A page is for people who
//! type; a program that sends nonsense has a fault that its author wants to hear of.

use super::context::{Context, is_feed};
use super::params::BadParameter;

/// Most values of one filter.
const MOST: usize = 100;

/// What can be repeated; anything else is given once.
const REPEATED: [&str; 6] = ["lang", "country", "source", "role", "topic", "kind"];

/// Characters of a search's cursor: 58 bytes in base 64.
const CURSOR: usize = 78;
/// What the cursors of lists begin with; the id that the page before ended with follows.
const LIST_CURSOR: &str = "after-";

impl Context {
    /// Refuses what the description forbids of the parameters that an address takes. An empty value is as good as none,
    /// so that programs can send their forms as they are.
    pub(crate) fn check(&self, names: &[&str]) -> Result<(), BadParameter> {
        for name in names {
            let values = || self.pairs.given(name);
            let most = if REPEATED.contains(name) { MOST } else { 1 };
            if values().count() > most {
                return Err(BadParameter::too_many(name));
            }
            let alone = values().count() == 1;
            let bad =
                values().find(|value| !(alone && value.is_empty() || self.is_right(name, value)));
            if let Some(value) = bad {
                return Err(BadParameter::new(name, value));
            }
        }
        Ok(())
    }

    fn is_right(&self, name: &str, value: &str) -> bool {
        if name == "q" {
            return true;
        }
        // Reading would trim it.
        if value.trim() != value || value.is_empty() {
            return false;
        }
        match name {
            "from" | "to" => is_date(value) || is_span(value),
            "limit" => value.len() <= 3 && is_number(value) && !value.starts_with('0'),
            "cursor" if self.path == "/api/v1/search" || is_feed(&self.path) => is_cursor(value),
            "cursor" => after(value).is_some(),
            "ui" => {
                let offered = &self.config.settings.server.languages;
                offered.iter().any(|language| language.as_str() == value)
            }
            // The words themselves are read by those whose they are.
            _ => true,
        }
    }
}

/// Whether a text has the form of a search's cursor, whichever search it is of.
pub(crate) fn is_cursor(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == CURSOR
        && bytes.starts_with(b"A")
        && matches!(bytes[1], b'Q'..=b'Z' | b'a'..=b'f')
        && bytes
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        && matches!(bytes[CURSOR - 1], b'A' | b'Q' | b'g' | b'w')
}

/// The cursor of a list after something.
pub(crate) fn list_cursor(id: &str) -> String {
    format!("{LIST_CURSOR}{id}")
}

/// What the cursor of a list stands after.
pub(crate) fn after(cursor: &str) -> Option<&str> {
    let id = cursor.strip_prefix(LIST_CURSOR)?;
    id.parse::<crate::domain::TopicId>().is_ok().then_some(id)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `2026-11-21`; whether there is such a day is seen when it is read.
fn is_date(text: &str) -> bool {
    let shape = |(at, byte): (usize, u8)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    };
    text.len() == 10 && text.bytes().enumerate().all(shape)
}

/// `7d`, `2w`, `3m`, `1y`
fn is_span(text: &str) -> bool {
    text.strip_suffix(['d', 'w', 'm', 'y'])
        .is_some_and(|count| count.len() <= 4 && is_number(count))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::pages::samples;

    fn refused(query: &str) -> Option<String> {
        let context = samples::context("/api/v1/search", query);
        let single = [
            "q", "from", "to", "deadline", "cross", "sort", "limit", "cursor", "ui",
        ];
        let names = [&single[..], &REPEATED].concat();
        context.check(&names).err().map(|bad| bad.parameter)
    }

    #[test]
    fn what_is_right_or_empty_passes() {
        for query in [
            "",
            "q=+a+%00&lang=ro&lang=lv&country=md&from=2026-11-21&to=7d&deadline=open&cross=0&sort=date&limit=100&ui=ru",
            "q=&lang=&from=&deadline=&cross=&sort=&limit=&cursor=&ui=",
            "unknown=x&unknown=y",
        ] {
            assert_eq!(refused(query), None, "{query}");
        }
    }

    #[test]
    fn what_a_page_would_forgive_is_refused() {
        for (query, parameter) in [
            ("limit=%00", "limit"),
            ("limit=+5", "limit"),
            ("limit=%2B5", "limit"),
            ("limit=007", "limit"),
            ("limit=5&limit=6", "limit"),
            ("q=a&q=b", "q"),
            ("kind=&kind=call", "kind"),
            ("lang=ro%20", "lang"),
            ("ui=RO", "ui"),
            ("ui=ro-MD", "ui"),
            ("ui=de", "ui"),
            ("from=12345d", "from"),
            ("to=20261121T1", "to"),
            ("cursor=nonsense", "cursor"),
        ] {
            assert_eq!(refused(query).as_deref(), Some(parameter), "{query}");
        }
        let many: Vec<String> = (0..=MOST).map(|_| "topic=a".to_owned()).collect();
        assert_eq!(refused(&many.join("&")).as_deref(), Some("topic"));
    }

    #[test]
    fn cursors_of_lists_read_back() {
        assert_eq!(after(&list_cursor("day-centre")), Some("day-centre"));
        for bad in ["", "after-", "after--", "after-Ă", "day-centre", "nonsense"] {
            assert_eq!(after(bad), None, "{bad}");
        }
    }
}
