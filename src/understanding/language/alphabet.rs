//! The letters that a language is written with: a foreign one speaks against it, unless it stands in a name.

/// What each different letter that a language does not have takes from its score, a natural logarithm of likelihood.
const FOREIGN: f32 = 1.0;
/// What they take at most: a few names do not make a text foreign.
const MOST: f32 = 3.0;

/// What to take from the score of a language for the letters of a text in small letters; nothing for those not listed.
pub(super) fn against(lang: &str, text: &str) -> f32 {
    let Some(own) = beyond_basic(lang) else {
        return 0.0;
    };
    let mut seen = [' '; 3];
    let mut count = 0;
    for c in text.chars().filter(|c| is_telling(*c)) {
        if !own.contains(c) && !seen.contains(&c) {
            seen[count] = c;
            count += 1;
            if count == seen.len() {
                break;
            }
        }
    }
    (FOREIGN * count as f32).min(MOST)
}

/// A letter that not every language of its script has.
fn is_telling(c: char) -> bool {
    matches!(c, 'ß'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | 'щ' | 'ъ'..='џ' | '\u{48a}'..='\u{52f}')
        && !matches!(c, '÷' | 'ѐ' | 'ѝ')
}

/// The letters that a language has of those; the orthographies in force, and what is often typed for them.
fn beyond_basic(lang: &str) -> Option<&'static str> {
    Some(match lang {
        "ro" => "ăâîșțşţãыьэюяӂ",
        "lv" => "āčēģīķļņōŗšūž",
        "en" => "éèêëïöçñâ",
        "ru" => "ёщъыьэюя",
        "uk" => "щьюяєіїґ",
        "be" => "ёыьэюяіў",
        "bg" => "щъьюя",
        "sr" => "ђјљњћџđčćšž",
        "mk" => "ѓјљњќџѕ",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_others_speak_against_a_language() {
        assert!(against("ru", "лайф і спорт") > 0.0);
        assert!(against("uk", "объявления") > 0.0);
        assert!(against("lv", "łódź") > against("lv", "lodź"));
    }

    #[test]
    fn a_language_has_its_own_letters() {
        for (lang, text) in [
            ("ro", "țară, înălțimea, pâine, ţară"),
            ("ro", "ынвэцэмынтул ӂенерал пентру тоць, ачяста ю"),
            ("lv", "šķēršļi, ģimeņu, žogs, ūdens, četri"),
            ("ru", "съезд, чьё, щука, этот, юла, выход, яма"),
            ("uk", "щось, об'єкт, їжа, ґанок, лікарня, юшка, яблуко"),
            ("be", "воўк, дзень, гэта, ёсць, мы, яна, юнак, лісіца"),
        ] {
            assert!(against(lang, text) == 0.0, "{lang} {text}");
        }
    }

    #[test]
    fn letters_that_all_have_say_nothing() {
        assert!(against("ro", "copiii") == 0.0);
        assert!(against("de", "über") == 0.0);
    }
}
