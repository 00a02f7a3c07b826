//! How apps write items and streams.

use std::fmt;

use crate::domain::ItemId;

/// What the long form of an item's id begins with.
const LONG: &str = "tag:google.com,2005:reader/item/";
/// What states begin with.
const STATE: &str = "state/com.google/";

/// The item that a text names, in any of the forms that apps use: long with 16 hexadecimal digits, these alone, or decimal (of a
/// number with a sign, as the first servers had them). Where sixteen digits may be either, both are given, the decimal first.
pub(super) fn read_item(text: &str) -> Option<(ItemId, Option<ItemId>)> {
    let text = text.trim();
    let number = |number: u64| (number >> 63 == 0).then(|| ItemId::new(number));
    let hex = |digits: &str| {
        let plain =
            (1..=16).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        number(u64::from_str_radix(digits, 16).ok().filter(|_| plain)?)
    };
    if let Some(digits) = text.strip_prefix(LONG) {
        return Some((hex(digits)?, None));
    }
    let decimal = text
        .parse::<i64>()
        .ok()
        .and_then(|n| number(n.cast_unsigned()));
    let hex = hex(text).filter(|_| text.len() == 16);
    match (decimal, hex) {
        (Some(decimal), other) => Some((decimal, other)),
        (None, Some(hex)) => Some((hex, None)),
        (None, None) => None,
    }
}

/// A stream as apps name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Stream {
    /// `feed/…`: a source, or `digest/…`.
    Feed(String),
    /// `user/-/label/…`: a folder or a topic.
    Label(String),
    /// `user/-/state/com.google/…`
    State(State),
}

/// States that items can be in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// All that is subscribed to.
    ReadingList,
    /// What was read.
    Read,
    /// What is unread because the reader said so.
    KeptUnread,
    /// What has a star.
    Starred,
    /// Any that servers of old had: nothing is in it.
    Other,
}

impl State {
    fn of(word: &str) -> Self {
        match word {
            "reading-list" => Self::ReadingList,
            "read" => Self::Read,
            "kept-unread" => Self::KeptUnread,
            "starred" => Self::Starred,
            _ => Self::Other,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::ReadingList => "reading-list",
            Self::Read => "read",
            Self::KeptUnread => "kept-unread",
            Self::Starred => "starred",
            Self::Other => "other",
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "user/-/{STATE}{}", self.word())
    }
}

/// A label as a stream.
pub(super) fn label(name: &str) -> String {
    format!("user/-/label/{name}")
}

/// States that some apps ask for by their names alone.
const BARE: [&str; 3] = ["reading-list", "starred", "read"];

/// The stream that a text names; `user/-/…` and `user/{any of own}/…` are the same, those of other users are none.
pub(super) fn read_stream(text: &str, own: &[&str]) -> Option<Stream> {
    let text = text.trim();
    if let Some(feed) = text.strip_prefix("feed/") {
        return (!feed.is_empty()).then(|| Stream::Feed(feed.to_owned()));
    }
    if BARE.contains(&text) {
        return Some(Stream::State(State::of(text)));
    }
    let (user, rest) = text.strip_prefix("user/")?.split_once('/')?;
    if user != "-" && !own.contains(&user) {
        return None;
    }
    if let Some(name) = rest.strip_prefix("label/") {
        return (!name.is_empty()).then(|| Stream::Label(name.to_owned()));
    }
    Some(Stream::State(State::of(rest.strip_prefix(STATE)?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::delivery::long_id;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_form_of_an_id_names_the_same_item(number: u64) {
            let id = ItemId::new(number);
            let names = |text: &str| {
                let (first, second) = read_item(text).unwrap();
                first == id || second == Some(id)
            };
            prop_assert!(names(&long_id(id)));
            let hex = format!("{:016x}", id.get());
            prop_assert!(names(&hex));
            prop_assert!(names(&id.get().to_string()));
            prop_assert_eq!(read_item(&long_id(id)), Some((id, None)));
        }

        #[test]
        fn no_text_is_too_odd(text in ".{0,60}") {
            let _ = read_item(&text);
            let _ = read_stream(&text, &["7"]);
            let _ = read_stream(&format!("user/-/{text}"), &[]);
        }
    }

    #[test]
    fn what_names_no_item_is_none() {
        for bad in [
            "",
            "x",
            "tag:google.com,2005:reader/item/",
            "tag:google.com,2005:reader/item/+1",
            "tag:google.com,2005:reader/item/00000000000000001",
            "ffffffffffffffff",
            "-1",
            "99999999999999999999",
            "00000000000000g0",
        ] {
            assert_eq!(read_item(bad), None, "{bad}");
        }
        let (decimal, hex) = read_item("0000000000000010").unwrap();
        assert_eq!((decimal.get(), hex.unwrap().get()), (10, 16));
    }

    #[test]
    fn streams_are_those_of_the_reader() {
        let read = |text: &str| read_stream(text, &["7", "reader-x"]);
        for user in ["-", "7", "reader-x"] {
            assert_eq!(
                read(&format!("user/{user}/label/Țări/x")),
                Some(Stream::Label("Țări/x".into()))
            );
            assert_eq!(
                read(&format!("user/{user}/state/com.google/starred")),
                Some(Stream::State(State::Starred))
            );
        }
        assert_eq!(
            read("feed/digest/all"),
            Some(Stream::Feed("digest/all".into()))
        );
        assert_eq!(
            read("reading-list"),
            Some(Stream::State(State::ReadingList))
        );
        assert_eq!(
            read("user/-/state/com.google/broadcast"),
            Some(Stream::State(State::Other))
        );
        for bad in [
            "",
            "feed/",
            "user/8/label/a",
            "user/-/label/",
            "user/-",
            "x",
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
        assert_eq!(
            State::KeptUnread.to_string(),
            "user/-/state/com.google/kept-unread"
        );
    }
}
