//! A light stemmer for Romanian, on folded words.
//!
//! Snowball's was made for words with their diacritics: on folded ones it misses half of its endings (`asociația` and
//! `asociatiei` come apart). This one takes off inflection alone, in two steps: case, number and article of nouns and
//! adjectives first, then the commoner endings of verbs. Derivation (`finanțare` of `finanța`) is left.

mod verbs;

/// Endings of nouns and adjectives with the least number of letters that must remain, longest first.
const NOMINAL: &[(&str, usize)] = &[
    ("urilor", 3),
    ("urile", 3),
    ("iilor", 3),
    ("iului", 3),
    ("eilor", 3),
    ("elor", 3),
    ("ilor", 3),
    ("ului", 2),
    ("iile", 3),
    ("eaua", 2),
    ("elui", 4),
    ("elei", 4),
    ("eele", 3),
    ("eile", 3),
    ("iei", 3),
    ("iul", 3),
    ("uri", 3),
    ("ile", 3),
    ("ele", 3),
    ("ul", 3),
    ("ia", 3),
    ("ie", 3),
    ("ii", 3),
    ("iu", 3),
    ("ea", 3),
    ("ei", 3),
    ("a", 3),
    ("e", 3),
    ("i", 3),
    ("u", 3),
];

/// Endings that verbs alone have, taken off first, longest first.
const TENSES: &[(&str, usize)] = &[
    ("aserati", 3),
    ("iserati", 3),
    ("userati", 3),
    ("aseram", 3),
    ("iseram", 3),
    ("useram", 3),
    ("asera", 3),
    ("isera", 3),
    ("usera", 3),
    ("asesi", 3),
    ("isesi", 3),
    ("usesi", 3),
    ("asem", 3),
    ("isem", 3),
    ("usem", 3),
    ("ase", 4),
    ("ise", 4),
    ("use", 3),
    ("aram", 4),
    ("iram", 4),
    ("uram", 3),
    ("arati", 4),
    ("irati", 4),
    ("urati", 4),
    ("ira", 4),
    ("eam", 3),
    ("eai", 3),
    ("eau", 2),
    ("eati", 3),
    ("iau", 3),
    ("au", 3),
    ("andu", 2),
    ("indu", 3),
    ("and", 2),
    ("ind", 3),
    ("easca", 3),
    ("esti", 3),
    ("este", 4),
    ("esc", 3),
    ("eaza", 3),
    ("iaza", 4),
    ("ieze", 4),
    ("eze", 3),
    ("ez", 3),
];

/// Endings of verbs, applied to what is left, longest first.
const VERBAL: &[(&str, usize)] = &[
    ("easc", 3),
    ("eaz", 3),
    ("est", 4),
    ("esc", 3),
    ("and", 3),
    ("ind", 4),
    ("ez", 3),
    ("at", 4),
    ("it", 4),
    ("ut", 3),
];

/// The stem of a folded word.
pub(super) fn stem(folded: &str) -> String {
    if let Some((_, stem)) = IRREGULAR.iter().find(|(form, _)| *form == folded) {
        return (*stem).to_owned();
    }
    if let Some(noun) = noun_in_tie(folded) {
        return noun.to_owned();
    }
    // `sănătoase` is no pluperfect.
    let tense = if folded.ends_with("oase") {
        folded
    } else {
        verbs::perfect(folded).unwrap_or_else(|| strip(folded, TENSES))
    };
    let mut stem = if tense.len() < folded.len() {
        tense
    } else {
        nominal(folded)
    };
    // `zilele`, `locuintele`: the article stands behind the plural's own vowel.
    if stem.len() < folded.len() {
        stem = strip_vowel(stem);
    }
    if let Some(present) = verbs::present(stem) {
        return present;
    }
    if !is_no_participle(stem) {
        stem = strip(stem, VERBAL);
    }
    // `beneficia, beneficiat`.
    if stem.len() > 4 {
        stem = stem.strip_suffix('i').unwrap_or(stem);
    }
    let stem = alternate(stem);
    verbs::present(&stem).unwrap_or(stem)
}

/// Without article, case and number.
fn nominal(folded: &str) -> &str {
    // An adjective's own ending (`favorabile`), no article.
    if let Some(rest) = folded.strip_suffix('e')
        && (ADJECTIVES_IN_IL.iter().any(|end| rest.ends_with(end)) || WHOLE_IN_L.contains(&rest))
    {
        return rest;
    }
    if NOUNS_IN_UL.contains(&folded) {
        return folded;
    }
    strip(folded, NOMINAL)
}

/// `organizație` and its forms, which are not of `organizat`.
fn noun_in_tie(folded: &str) -> Option<&str> {
    let rest = ["e", "a", "i", "ei", "ile", "ilor"]
        .iter()
        .find_map(|ending| {
            folded
                .strip_suffix(ending)
                .filter(|rest| rest.ends_with("ti"))
        })?;
    let participle = rest.strip_suffix('i')?;
    let before = participle.strip_suffix('t')?;
    let noun = before.len() > 3
        && before.ends_with(['a', 'i', 'u'])
        && !is_no_participle(participle)
        && !PEOPLE_IN_AT
            .iter()
            .any(|people| participle.ends_with(people));
    noun.then_some(rest)
}

/// Participles that name people and have no noun in -ție beside them: `angajații`.
const PEOPLE_IN_AT: &[&str] = &[
    "angajat",
    "refugiat",
    "asigurat",
    "licentiat",
    "internat",
    "evacuat",
    "stramutat",
    "deplasat",
    "condamnat",
];

/// What their last letters make look like an article.
const ADJECTIVES_IN_IL: &[&str] = &[
    "bil", "ficil", "util", "civil", "antil", "ertil", "acil", "ragil", "ostil", "venil", "umil",
    "febril",
];

/// The same, where other words end alike (`privirile`), and nouns: `nivele` is no `niv` with an article.
const WHOLE_IN_L: &[&str] = &[
    "viril", "steril", "nivel", "model", "tunel", "apel", "panel",
];

const NOUNS_IN_UL: &[&str] = &[
    "vehicul", "calcul", "stimul", "cumul", "consul", "modul", "pendul", "titul", "scrupul",
    "tumul",
];

/// Nouns and adjectives that only look like participles.
const NOUNS_IN_AT: &[&str] = &[
    "candidat",
    "mandat",
    "senat",
    "certificat",
    "sindicat",
    "campionat",
    "deputat",
    "magistrat",
    "avocat",
    "consulat",
    "secretariat",
    "parteneriat",
    "voluntariat",
    "doctorat",
    "masterat",
    "internat",
    "comisariat",
    "habitat",
    "electorat",
    "aparat",
    "climat",
    "palat",
    "tratat",
    "soldat",
    "barbat",
    "imparat",
    "pacat",
    "principat",
    "format",
    "stat",
    "rezultat",
    "privat",
    "salariat",
    "comitat",
    "proletariat",
    "plagiat",
    "atentat",
    "acrobat",
    "democrat",
    "burghezit",
    "institut",
    "statut",
    "atribut",
    "minut",
    "tribut",
    "debut",
    "absolut",
    "credit",
    "profit",
    "limit",
    "merit",
    "spirit",
    "deficit",
    "circuit",
    "conflict",
    "audit",
    "tranzit",
    "depozit",
    "adevarat",
    "sanatat",
    "libertat",
    "dreptat",
    "strainatat",
    "singuratat",
    "bunatat",
    "greutat",
    "noutat",
    "ietat",
    "cetat",
    "majestat",
    "dimineat",
];

/// Verbs in -ita: `limitat` is a participle, `calitate` is none.
const VERBS_IN_ITA: &[&str] = &[
    "limit", "invit", "edit", "profit", "credit", "agit", "cit", "solicit", "felicit", "merit",
    "milit", "necesit", "exercit", "imit", "vizit", "irit", "recit", "abilit", "facilit",
    "acredit", "depozit", "tranzit", "medit", "evit", "habit", "excit", "hesit", "ezit", "debit",
    "delimit",
];

/// Words whose forms have little in common.
const IRREGULAR: &[(&str, &str)] = &[
    ("copii", "copil"),
    ("copiii", "copil"),
    ("copiilor", "copil"),
    ("oameni", "om"),
    ("oamenii", "om"),
    ("oamenilor", "om"),
    ("omul", "om"),
    ("tatal", "tat"),
    ("tatalui", "tat"),
    ("fiul", "fiu"),
    ("fiului", "fiu"),
    ("fiii", "fiu"),
    ("fiilor", "fiu"),
    ("strazi", "strad"),
    ("strazii", "strad"),
    ("strazile", "strad"),
    ("strazilor", "strad"),
    ("tanar", "tiner"),
    ("tanara", "tiner"),
    ("tanarul", "tiner"),
    ("tanarului", "tiner"),
    ("zi", "zil"),
    ("ziua", "zil"),
    ("iarna", "iern"),
    ("surori", "sor"),
    ("surorile", "sor"),
    ("surorilor", "sor"),
    ("mana", "main"),
    ("baiat", "baiet"),
    ("baiatul", "baiet"),
    ("baiatului", "baiet"),
    ("sunt", "fi"),
    ("este", "fi"),
    ("esti", "fi"),
    ("suntem", "fi"),
    ("sunteti", "fi"),
    ("era", "fi"),
    ("erau", "fi"),
    ("fost", "fi"),
    ("fiind", "fi"),
    ("fie", "fi"),
];

fn is_no_participle(stem: &str) -> bool {
    NOUNS_IN_AT.iter().any(|noun| stem.ends_with(noun))
        || stem.strip_suffix("at").is_some_and(|verb| {
            verb.len() > 3
                && verb.ends_with("it")
                && (verb.ends_with("dizabilit")
                    || !VERBS_IN_ITA.iter().any(|end| verb.ends_with(end)))
        })
}

fn strip<'a>(word: &'a str, endings: &[(&str, usize)]) -> &'a str {
    for (ending, least) in endings {
        if let Some(rest) = word.strip_suffix(ending)
            && rest.len() >= *least
            && rest.bytes().any(|b| b"aeiou".contains(&b))
        {
            return rest;
        }
    }
    word
}

fn strip_vowel(stem: &str) -> &str {
    match stem.as_bytes() {
        [.., b'a' | b'e' | b'i'] if stem.len() > 3 => &stem[..stem.len() - 1],
        _ => stem,
    }
}

/// Sounds that change before an ending: `școală, școli`; `seară, seri`; `stradă, străzi` is left, as it is rare.
fn alternate(stem: &str) -> String {
    let mut word = stem.to_owned();
    for (broken, whole) in [("oa", "o"), ("ea", "e")] {
        if let Some(at) = word.rfind(broken)
            && (at > 0 || broken == "oa")
            && word.len() - at <= 5
            && !word[at + 2..].bytes().any(|b| b"aeiou".contains(&b))
            && word.len() > at + 2
        {
            word.replace_range(at..at + 2, whole);
            break;
        }
    }
    if word.len() > 5 && word.ends_with("ian") {
        // `italian, italiene`
        word.truncate(word.len() - 2);
        word.push_str("en");
    }
    word
}
