//! Names for sources that nobody has named yet: ids of names, countries and languages of addresses.

use unicode_normalization::UnicodeNormalization as _;
use url::Url;

use super::{Country, Language};

/// Longest id made of a name, in characters; leaves room for a number.
const LONGEST_ID: usize = 40;

/// The country whose letters end the host's name.
#[must_use]
pub fn country_of(site: &Url) -> Option<Country> {
    let (_, end) = site.host_str()?.trim_end_matches('.').rsplit_once('.')?;
    // Two letters at the end of a name are a country's; these are sold to everybody.
    let ours =
        end.len() == 2 && !matches!(end, "io" | "co" | "tv" | "me" | "ai" | "fm" | "ly" | "to");
    ours.then(|| end.parse().ok()).flatten()
}

/// What organisations of a country usually write in.
#[must_use]
pub fn usual_languages(country: Country) -> Vec<Language> {
    match country {
        Country::RO => vec![Language::RO],
        Country::MD => vec![Language::RO, Language::RU],
        Country::LV => vec![Language::LV],
        _ => Vec::new(),
    }
}

/// A name in small Latin letters, digits and hyphens.
#[must_use]
pub fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in name.to_lowercase().nfd() {
        let latin = match c {
            'a'..='z' | '0'..='9' => c.encode_utf8(&mut [0; 4]).to_owned(),
            '\u{300}'..='\u{36f}' | '\'' | '’' => continue,
            'а'..='я' => CYRILLIC[c as usize - 'а' as usize].to_owned(),
            'ß' => "ss".to_owned(),
            'ł' => "l".to_owned(),
            'ø' => "o".to_owned(),
            _ => "-".to_owned(),
        };
        if latin != "-" || !(slug.is_empty() || slug.ends_with('-')) {
            slug.push_str(&latin);
        }
        if slug.len() >= LONGEST_ID {
            break;
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() {
        "source".to_owned()
    } else {
        slug.to_owned()
    }
}

/// Russian letters in Latin ones, from а to я without ё and й, which are taken apart before.
const CYRILLIC: [&str; 32] = [
    "a", "b", "v", "g", "d", "e", "zh", "z", "i", "i", "k", "l", "m", "n", "o", "p", "r", "s", "t",
    "u", "f", "h", "c", "ch", "sh", "shch", "", "y", "", "e", "yu", "ya",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::SourceId;

    #[test]
    fn names_become_ids() {
        for (name, id) in [
            ("Platforma Socială", "platforma-sociala"),
            ("Žurnāls „Šķirba” №1", "zurnals-skirba-1"),
            ("Ёжик и щука", "ezhik-i-shchuka"),
            ("???", "source"),
            ("-a-", "a"),
        ] {
            assert_eq!(slug(name), id);
            assert!(slug(name).parse::<SourceId>().is_ok());
        }
        assert!(slug(&"щ".repeat(100)).len() < 60);
    }
}
