//! A light stemmer for Russian, on small letters with е for ё.
//!
//! Written from the grammar: declensions, long and short adjectives, comparison, both conjugations, participles and
//! gerunds, reflexives. Beside what Snowball's stemmer does, verbal nouns (`решение`) are kept apart from their verb, verbs
//! of one syllable and irregular ones find together, -овать meets its -ую, nouns that end as verbs do (`комитет`,
//! `журнал`) keep all of their forms together, and vowels that come and go (`конец, конца`) are left out.

mod verbs;

/// The stem of a folded word.
pub(super) fn stem(folded: &str) -> String {
    if folded.chars().nth(2).is_none() {
        return folded.to_owned();
    }
    if let Some((_, stem)) = IRREGULAR.iter().find(|(form, _)| *form == folded) {
        return (*stem).to_owned();
    }
    let whole = folded.strip_suffix('у').unwrap_or(folded);
    if WHOLE.iter().any(|noun| whole.ends_with(noun)) {
        return finish(whole);
    }
    if let Some(noun) = verbal_noun(folded) {
        return noun.to_owned();
    }
    let (word, reflexive) = without_reflexive(folded);
    if let Some(infinitive) = verbs::infinitive(word) {
        return if reflexive {
            infinitive + "ся"
        } else {
            infinitive
        };
    }
    let word = word
        .strip_prefix("наи")
        .filter(|rest| rest.contains("ейш") || rest.contains("айш"))
        .unwrap_or(word);
    if let Some(stem) = verb(word) {
        let mut stem = finish(stem);
        if reflexive {
            stem.push_str("ся");
        }
        return stem;
    }
    if let Some(stem) = adjective(word) {
        return finish(stem);
    }
    finish(noun(folded))
}

/// Without -ся, and whether there was one. Nouns that end so are few.
fn without_reflexive(word: &str) -> (&str, bool) {
    for (sign, before) in [
        (
            "ся",
            &[
                "ть", "ет", "ют", "ут", "ит", "ят", "ат", "л", "й", "я", "е", "м", "х", "ь", "ти",
                "чь",
            ][..],
        ),
        (
            "сь",
            &[
                "ла", "ло", "ли", "ю", "у", "ь", "и", "я", "в", "е", "ши", "а", "ы", "но",
            ][..],
        ),
    ] {
        if let Some(rest) = word.strip_suffix(sign)
            && rest.chars().nth(3).is_some()
            && before.iter().any(|end| rest.ends_with(end))
        {
            return (rest, true);
        }
    }
    (word, false)
}

/// `решение` and its forms: they are not of `решён`.
fn verbal_noun(word: &str) -> Option<&str> {
    let rest = ["ями", "ем", "ей", "ям", "ях", "е", "я", "ю", "и", "й"]
        .iter()
        .find_map(|ending| word.strip_suffix(ending))?;
    let noun = ["ани", "ени", "яни", "ыти", "яти", "ити", "стви"]
        .iter()
        .any(|end| rest.ends_with(end))
        && rest.chars().nth(5).is_some();
    noun.then_some(rest)
}

/// Takes off the first ending that leaves at least three letters with a vowel among them.
fn strip<'a>(word: &'a str, endings: &[&str]) -> Option<&'a str> {
    endings.iter().find_map(|ending| {
        let rest = word.strip_suffix(ending)?;
        (rest.chars().nth(2).is_some() && rest.contains(is_vowel)).then_some(rest)
    })
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'а' | 'е' | 'и' | 'о' | 'у' | 'ы' | 'э' | 'ю' | 'я')
}

/// The stem of a verb or a participle; `None` where the ending is none of a verb.
fn verb(word: &str) -> Option<&str> {
    if NOUNS.iter().any(|noun| word.ends_with(noun)) {
        return None;
    }
    // Participles.
    if let Some(rest) = strip(word, verbs::ADJECTIVE) {
        for sign in [
            "ующ", "ющ", "ащ", "ящ", "ущ", "ивш", "ывш", "евш", "увш", "вш",
        ] {
            if let Some(theme) = strip(rest, &[sign]) {
                let first = sign == "вш" && !theme.ends_with(['а', 'я']);
                return Some(if first { rest } else { theme_of(theme) });
            }
        }
        for sign in ["уем", "аем", "яем"] {
            if let Some(theme) = rest.strip_suffix(sign)
                && theme.chars().nth(2).is_some()
            {
                return Some(theme_of(&rest[..rest.len() - "ем".len()]));
            }
        }
        for sign in ["анн", "янн"] {
            if let Some(theme) = rest.strip_suffix(sign)
                && theme.chars().nth(2).is_some()
            {
                return Some(theme_of(&rest[..rest.len() - "нн".len()]));
            }
        }
        for sign in ["вленн", "пленн", "бленн", "мленн"] {
            if rest.ends_with(sign) {
                return Some(&rest[..rest.len() - "ленн".len()]);
            }
        }
    }
    // The theme vowel а or я stays.
    for ending in [
        "ешь", "ете", "вши", "йте", "ть", "ет", "ют", "ем", "ла", "ло", "ли", "ю", "й", "л", "в",
    ] {
        if let Some(rest) = word.strip_suffix(ending)
            && rest.ends_with(['а', 'я'])
            && rest.chars().nth(3).is_some()
        {
            return Some(theme_of(rest));
        }
    }
    // `использует, использую`.
    if let Some(rest) = strip(
        word,
        &[
            "уешь", "уете", "ует", "уют", "уем", "ую", "уй", "уйте", "уя",
        ],
    )
        // -ую is an adjective's as well.
        && (!word.ends_with("ую") || rest.ends_with("ир"))
    {
        return Some(rest);
    }
    let rest = strip(
        word,
        &[
            "еешь", "еете", "еет", "еют", "ею", "еем", "ели", "еть", "евши", "ила", "ило", "или",
            "ил", "ить", "ивши", "ив", "ите", "ишь", "ит", "ыла", "ыло", "ыли", "ыл", "ыть",
            "ывши", "ыв", "ят",
        ],
    );
    if let Some(rest) = rest {
        return Some(rest);
    }
    let rest = strip(word, &["ула", "уло", "ули", "ул", "уть", "увши", "ув"]);
    if let Some(rest) = rest.filter(|rest| rest.ends_with('н')) {
        return Some(rest);
    }
    let rest = strip(word, &["лена", "лено", "лены", "лен", "лю"]);
    if let Some(rest) = rest.filter(|rest| rest.ends_with(['б', 'в', 'м', 'п', 'ф'])) {
        return Some(rest);
    }
    let rest = strip(word, &["ешь", "ет", "ете", "ут", "ат"])?;
    rest.ends_with(['н', 'ж', 'ч', 'ш', 'щ']).then_some(rest)
}

/// `использова-` of the infinitive is `использ-`.
fn theme_of(stem: &str) -> &str {
    for sign in ["ова", "у"] {
        if let Some(rest) = stem.strip_suffix(sign)
            && rest.chars().nth(2).is_some()
        {
            return rest;
        }
    }
    stem
}

/// Nouns whose end looks like an ending.
const WHOLE: &[&str] = &["облем", "истем", "ъем", "прием", "реклам"];

/// Words whose forms have little in common, or look like those of others.
const IRREGULAR: &[(&str, &str)] = &[
    ("семей", "семь"),
    ("семью", "семь"),
    ("детьми", "дет"),
    ("люди", "человек"),
    ("людей", "человек"),
    ("людям", "человек"),
    ("людьми", "человек"),
    ("людях", "человек"),
    ("идей", "иде"),
    ("музей", "музе"),
    ("музее", "музе"),
    ("комнат", "комнат"),
    ("опеки", "опек"),
    ("опеку", "опек"),
];

/// Nouns whose end looks like a verb's.
const NOUNS: &[&str] = &[
    "бюджет",
    "сюжет",
    "отчет",
    "расчет",
    "счет",
    "учет",
    "зачет",
    "почет",
    "интернет",
    "кабинет",
    "планет",
    "минут",
    "институт",
    "кредит",
    "дефицит",
    "лимит",
    "визит",
    "транзит",
    "магнит",
    "алфавит",
    "гранит",
    "аудит",
    "ители",
    "атели",
    "ятели",
    "недели",
    "модели",
    "панели",
    "отдел",
    "раздел",
    "предел",
    "отдела",
    "раздела",
    "предела",
    "удел",
    "надел",
    "ребят",
    "мотив",
    "актив",
    "архив",
    "коллектив",
    "норматив",
    "объектив",
    "негатив",
    "позитив",
    "препарат",
    "депутат",
    "результат",
    "аппарат",
    "формат",
    "мандат",
    "кандидат",
    "автомобили",
    "профили",
    "стили",
    "тыла",
    "мобил",
];

/// The stem of an adjective.
fn adjective(word: &str) -> Option<&str> {
    let rest = strip(word, verbs::ADJECTIVE).filter(|rest| !rest.ends_with('и'))?;
    Some(
        ["ейш", "айш"]
            .iter()
            .find_map(|sign| rest.strip_suffix(sign))
            .filter(|rest| rest.chars().nth(2).is_some())
            .unwrap_or(rest),
    )
}

fn noun(word: &str) -> &str {
    // `семья, семье`: the sign stays.
    for ending in ["ями", "ям", "ях", "ем", "ей", "я", "е", "и"] {
        if let Some(rest) = word.strip_suffix(ending)
            && rest.ends_with('ь')
            && rest.chars().nth(3).is_some()
        {
            return rest;
        }
    }
    let endings = [
        "иями", "ями", "ами", "ией", "иям", "ием", "иях", "ев", "ов", "ие", "ье", "ии", "ей", "ой",
        "ий", "ям", "ем", "ам", "ом", "ах", "ях", "ию", "ью", "ия", "ья", "а", "е", "и", "й", "о",
        "у", "ы", "ь", "ю", "я",
    ];
    endings
        .iter()
        .find_map(|ending| {
            let rest = word.strip_suffix(ending)?;
            (rest.chars().nth(1).is_some() && rest.contains(is_vowel)).then_some(rest)
        })
        .unwrap_or(word)
}

/// What differs between forms at the end of a stem.
fn finish(stem: &str) -> String {
    let mut stem = stem
        .strip_suffix('ь')
        .filter(|rest| !rest.ends_with(['д', 'м', 'т', 'в']) || rest.chars().nth(4).is_some())
        .unwrap_or(stem)
        .to_owned();
    if stem.ends_with("нн") {
        stem.truncate(stem.len() - "н".len());
    }
    if stem.ends_with("анин") || stem.ends_with("янин") {
        stem.truncate(stem.len() - "ин".len());
    }
    if matches!(stem.as_str(), "врем" | "плем" | "знам") {
        stem.push_str("ен");
    }
    let long = stem.chars().nth(4).is_some();
    if long && (stem.ends_with("ал") || stem.ends_with("ан")) {
        let participle = stem.ends_with('н');
        stem.truncate(stem.len() - "л".len());
        if participle && stem.ends_with("ова") {
            stem.truncate(theme_of(&stem).len());
        }
    } else if long {
        for (fleeting, kept) in [("ец", "ц"), ("ок", "к"), ("ек", "к")] {
            if let Some(rest) = stem.strip_suffix(fleeting)
                && rest.chars().nth(2).is_some()
                && !rest.ends_with(is_vowel)
                && !STEADY.iter().any(|end| stem.ends_with(end))
            {
                stem = format!("{rest}{kept}");
                break;
            }
        }
    }
    stem
}

/// Stems whose last vowel stays in all forms.
const STEADY: &[&str] = &[
    "век",
    "поток",
    "восток",
    "исток",
    "приток",
    "отток",
    "знаток",
    "срок",
    "урок",
    "порок",
    "игрок",
    "пророк",
    "кузнец",
    "близнец",
    "мертвец",
    "мудрец",
    "храбрец",
];
