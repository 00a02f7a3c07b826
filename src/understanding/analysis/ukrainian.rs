//! A light stemmer for Ukrainian, on small letters: the commoner endings of nouns, adjectives and verbs.

/// Endings, longest first, with what they belong to.
const ENDINGS: &[&str] = &[
    "уватимуть",
    "уватиме",
    "уваннями",
    "атимуть",
    "итимуть",
    "уванням",
    "ованими",
    "ованого",
    "ованому",
    "увавши",
    "атиме",
    "итиме",
    "яєте",
    "уючи",
    "уєте",
    "уємо",
    "ованих",
    "ований",
    "ованої",
    "ованою",
    "ованим",
    "ованій",
    "ована",
    "оване",
    "овані",
    "овану",
    "овано",
    "ували",
    "увала",
    "увало",
    "увати",
    "аючи",
    "яючи",
    "ають",
    "яють",
    "аємо",
    "яємо",
    "аєте",
    "іють",
    "авши",
    "ивши",
    "івши",
    "ують",
    "ьому",
    "ього",
    "іями",
    "ував",
    "аєш",
    "яєш",
    "уєш",
    "али",
    "ала",
    "ало",
    "яли",
    "яла",
    "яло",
    "или",
    "ила",
    "ило",
    "іла",
    "іло",
    "ули",
    "ула",
    "уло",
    "ати",
    "яти",
    "ити",
    "іти",
    "ути",
    "ять",
    "ить",
    "уть",
    "ють",
    "ать",
    "имо",
    "емо",
    "ите",
    "ете",
    "ими",
    "іми",
    "ого",
    "ому",
    "ями",
    "ами",
    "ьою",
    "ьої",
    "ією",
    "іям",
    "іях",
    "ано",
    "ено",
    "ає",
    "яє",
    "іє",
    "аю",
    "яю",
    "ав",
    "яв",
    "ив",
    "ув",
    "ує",
    "ую",
    "уй",
    "иш",
    "еш",
    "ий",
    "ій",
    "их",
    "іх",
    "им",
    "ім",
    "ої",
    "ою",
    "ею",
    "єю",
    "ів",
    "їв",
    "ам",
    "ям",
    "ах",
    "ях",
    "ом",
    "ем",
    "єм",
    "ей",
    "ія",
    "ії",
    "ію",
    "а",
    "я",
    "о",
    "е",
    "є",
    "у",
    "ю",
    "и",
    "і",
    "ї",
    "ь",
    "й",
];

/// The stem of a folded word.
pub(super) fn stem(folded: &str) -> String {
    let word = ["ся", "сь"]
        .iter()
        .find_map(|sign| folded.strip_suffix(sign))
        .filter(|rest| rest.chars().nth(3).is_some())
        .unwrap_or(folded);
    let word = word
        .strip_suffix("ть")
        .filter(|rest| word.len() < folded.len() && rest.ends_with(['є', 'е']))
        .unwrap_or(word);
    let mut stem = ENDINGS
        .iter()
        .find_map(|ending| {
            let rest = word.strip_suffix(ending)?;
            let least = if ending.chars().nth(1).is_some() {
                2
            } else {
                1
            };
            (rest.chars().nth(least).is_some() && rest.contains(is_vowel)).then_some(rest)
        })
        .unwrap_or(word)
        .to_owned();
    for (long, short) in [("нн", "н"), ("єн", "ен")] {
        if let Some(rest) = stem.strip_suffix(long) {
            stem = format!("{rest}{short}");
            break;
        }
    }
    if stem.ends_with('ь') {
        stem.pop();
    }
    // `оцінці`
    if word.ends_with('і') && stem.ends_with('ц') {
        stem.truncate(stem.len() - 'ц'.len_utf8());
        stem.push('к');
    }
    // `рік, року`: і in a closed syllable.
    if let Some(at) = stem.rfind(is_vowel)
        && at > 0
        && stem[at..].starts_with('і')
        && (stem[at..].chars().count() == 2 || stem.ends_with("іст"))
    {
        stem.replace_range(at..at + 'і'.len_utf8(), "о");
    }
    stem
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'а' | 'е' | 'є' | 'и' | 'і' | 'ї' | 'о' | 'у' | 'ю' | 'я')
}
