//! A light stemmer for Latvian, on folded words.
//!
//! Written from the grammar in two steps. First the endings: the six declensions of nouns, indefinite and definite
//! adjectives, persons of the verb, the infinitive. Then what stands between root and ending: the theme of verbs
//! (`strād-ā-ja`), participles, the definite adjective's `-aj-`, the comparative's `-āk-`. As folding has taken the signs
//! off ļ ņ š ž č ķ ģ, most consonant alternations (`brālis`, `brāļa`) vanish by themselves; what is left of
//! them is a j after a labial (`kurpe`, `kurpju`), and k and g before front vowels.

mod verbs;

/// What an ending says about what may stand before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Before {
    /// Nothing more.
    Root,
    /// A vowel, the theme of the verb.
    Theme,
    /// A theme with its j.
    Verb,
    /// Anything that an adjective or participle has.
    Participle,
}

/// Endings with the least number of letters that must remain, longest first.
const ENDINGS: &[(&str, usize, Before)] = &[
    ("sieties", 3, Before::Theme),
    ("simies", 3, Before::Theme),
    ("soties", 3, Before::Theme),
    ("damies", 3, Before::Theme),
    ("ieties", 3, Before::Verb),
    ("usies", 3, Before::Verb),
    ("amies", 3, Before::Verb),
    ("aties", 3, Before::Root),
    ("eties", 3, Before::Root),
    ("ities", 3, Before::Root),
    ("oties", 3, Before::Verb),
    ("ajiem", 2, Before::Participle),
    ("sies", 3, Before::Theme),
    ("siet", 3, Before::Theme),
    ("ajam", 2, Before::Participle),
    ("ajas", 2, Before::Participle),
    ("ajos", 2, Before::Participle),
    ("ajai", 2, Before::Participle),
    ("ties", 3, Before::Root),
    ("sim", 3, Before::Theme),
    ("sot", 3, Before::Theme),
    ("iet", 3, Before::Verb),
    ("iem", 2, Before::Participle),
    ("ies", 3, Before::Verb),
    ("ais", 2, Before::Participle),
    ("as", 2, Before::Participle),
    ("es", 2, Before::Root),
    ("is", 2, Before::Verb),
    ("os", 2, Before::Participle),
    ("us", 2, Before::Participle),
    ("am", 2, Before::Participle),
    ("em", 2, Before::Root),
    ("im", 2, Before::Root),
    ("um", 3, Before::Root),
    ("ai", 2, Before::Participle),
    ("ei", 2, Before::Root),
    ("ie", 2, Before::Participle),
    ("at", 3, Before::Verb),
    ("et", 3, Before::Root),
    ("it", 3, Before::Root),
    ("ot", 3, Before::Verb),
    ("a", 2, Before::Participle),
    ("e", 2, Before::Root),
    ("i", 2, Before::Participle),
    ("o", 2, Before::Participle),
    ("u", 2, Before::Participle),
    ("s", 2, Before::Participle),
    ("t", 3, Before::Theme),
];

const THEME: &[(&str, usize)] = &[("a", 3), ("e", 3), ("i", 3), ("o", 3)];

const VERB: &[(&str, usize)] = &[("aj", 3), ("ej", 3), ("ij", 3), ("oj", 3)];

/// What is taken off after the ending of an adjective, longest first.
const PARTICIPLE: &[(&str, usize)] = &[
    ("akaj", 3),
    ("ajus", 3),
    ("ejus", 3),
    ("ijus", 3),
    ("ojus", 3),
    ("ajos", 3),
    ("ejos", 3),
    ("ojos", 3),
    ("ajam", 3),
    ("ojam", 3),
    ("ejam", 3),
    ("adam", 3),
    ("edam", 3),
    ("idam", 3),
    ("odam", 3),
    ("ajot", 3),
    ("ejot", 3),
    ("ojot", 3),
    ("dam", 4),
    ("am", 3),
    ("aj", 3),
    ("ej", 3),
    ("ij", 3),
    ("oj", 3),
    ("at", 3),
    ("et", 3),
    ("it", 3),
    ("ot", 3),
    ("ak", 3),
    ("us", 4),
    ("os", 3),
];

/// The future's -s- behind a theme, after endings of the first and second person.
const FUTURE: &[(&str, usize)] = &[("as", 3), ("es", 3), ("is", 3), ("os", 3)];

/// Stems of nouns that end as the future does: `procesu`, `adrešu`.
const SIBILANT: &[&str] = &[
    "proces", "biznes", "interes", "adres", "gres", "klas", "menes", "tiesnes", "ies",
];

/// The stem of a folded word.
pub(super) fn stem(folded: &str) -> String {
    if let Some(stem) = verbs::stem(folded) {
        return stem;
    }
    for prefix in ["ne", "ja"] {
        if let Some(stem) = folded.strip_prefix(prefix).and_then(verbs::stem) {
            return stem;
        }
    }
    let word = without_negation(folded);
    let word = word
        .strip_prefix("vis")
        .filter(|rest| rest.len() > 5 && rest.contains("ak"))
        .unwrap_or(word);
    let (mut stem, mut before) = without_ending(word);
    let agent = ["am", "ai", "as", "os"].iter().find_map(|ending| {
        let rest = word.strip_suffix(ending)?;
        AGENTS
            .iter()
            .any(|noun| rest.ends_with(noun))
            .then_some(rest)
    });
    let agent = agent.or_else(|| word.strip_suffix("iem").filter(|rest| is_agent(rest)));
    if let Some(agent) = agent {
        (stem, before) = (agent, Before::Root);
    }
    let plain = stem;
    stem = match before {
        Before::Root => stem,
        Before::Theme => strip(stem, THEME),
        Before::Participle | Before::Verb if is_agent(stem) || is_whole(stem) => stem,
        Before::Verb => strip(stem, VERB),
        Before::Participle => strip(stem, PARTICIPLE),
    };
    let future = word.ends_with("su") || word.ends_with("si");
    if future && stem.len() == plain.len() && !SIBILANT.iter().any(|end| stem.ends_with(end)) {
        stem = strip(stem, FUTURE);
    }
    match stem.as_bytes() {
        // `jaunietis, jaunieši`.
        [.., b'i', b'e', b's'] if stem.len() > 5 && !stem.ends_with("paties") => {
            format!("{}t", &stem[..stem.len() - 1])
        }
        [.., b'p' | b'b' | b'm' | b'v', b'j'] if stem.len() > 3 => {
            stem[..stem.len() - 1].to_owned()
        }
        // `sniegt, sniedz`; `atsaukt, atsauca`.
        [.., b'd', b'z'] if stem.len() > 3 => format!("{}g", &stem[..stem.len() - 2]),
        [.., b'c'] if stem.len() > 3 => format!("{}k", &stem[..stem.len() - 1]),
        _ => stem.to_owned(),
    }
}

/// A verb without its `ne-` (not) or `ja-` (must).
fn without_negation(word: &str) -> &str {
    if let Some(rest) = word.strip_prefix("ne")
        && rest.len() > 2
        && !WHOLE_WITH_NE.iter().any(|word| rest.starts_with(word))
        && !is_contrary(rest)
    {
        return rest;
    }
    if let Some(rest) = word.strip_prefix("ja")
        && rest.len() > 2
        && !rest.starts_with("un")
        && !rest.starts_with("ut")
        && !rest.starts_with("uk")
        && !rest.starts_with("ud")
        && !rest.starts_with("pan")
        && !rest.starts_with("nv")
        && ![
            "is", "am", "iem", "u", "us", "em", "im", "ei", "s", "ai", "i",
        ]
        .iter()
        .any(|noun| rest.ends_with(noun) && !rest.ends_with("as"))
    {
        return rest;
    }
    word
}

/// Nouns and adjectives with `ne-` mean the contrary, and are words of their own: `nepilngadīgs` is no `pilngadīgs`.
fn is_contrary(rest: &str) -> bool {
    let (stem, _) = without_ending(rest);
    let stem = stem.strip_suffix("aj").unwrap_or(stem);
    let stem = stem.strip_suffix("ak").unwrap_or(stem);
    CONTRARY.iter().any(|end| stem.ends_with(end))
}

/// What follows `ne` in words in which it is no negation, or no longer felt as one.
const WHOLE_WITH_NE: &[&str] = &["del", "laim", "saskan", "sen", "viens"];

/// How stems of nouns and adjectives end, and those of no verbs.
const CONTRARY: &[&str] = &["ib", "um", "san", "ig", "isk", "al", "tiv"];

/// Nouns that name people by what they do, and are commoner than the participles that some of their forms look like once the
/// signs are off: `skolotājam`, but `specializētajam`.
const AGENTS: &[&str] = &[
    "skolotaj",
    "lietotaj",
    "iedzivotaj",
    "audzinataj",
    "vaditaj",
    "aprupetaj",
    "razotaj",
    "klausitaj",
    "skatitaj",
    "lasitaj",
    "apmekletaj",
    "dibinataj",
    "ziedotaj",
    "organizetaj",
    "parvaditaj",
    "pasutitaj",
    "atbalstitaj",
    "tulkotaj",
    "audzetaj",
    "dziedataj",
    "novertetaj",
    "finansetaj",
    "tirgotaj",
    "petitaj",
    "pelnitaj",
    "uzraudzitaj",
    "pavaditaj",
];

/// `skolotājs`.
fn is_agent(stem: &str) -> bool {
    stem.len() > 5
        && ["ataj", "otaj", "itaj", "etaj"]
            .iter()
            .any(|end| stem.ends_with(end))
}

/// Stems that end as participles and pasts do, and are none.
fn is_whole(stem: &str) -> bool {
    WHOLE.iter().any(|end| stem.ends_with(end))
        || stem.strip_suffix("ej").is_some_and(verbs::is_stem)
}

const WHOLE: &[&str] = &[
    "iet",
    "itat",
    "gramat",
    "rezultat",
    "kandidat",
    "deputat",
    "advokat",
    "mandat",
    "format",
    "klimat",
    "automat",
    "aparat",
    "sertifikat",
    "diplomat",
    "demokrat",
    "privat",
    "adekvat",
    "konkret",
    "budzet",
    "paket",
    "kabinet",
    "komitet",
    "internet",
    "kredit",
    "limit",
    "deficit",
    "profit",
    "elit",
    "pilot",
    "robot",
    "vietej",
    "videj",
    "augsej",
    "apaksej",
    "prieksej",
    "arej",
    "ieksej",
    "pedej",
    "pirmej",
    "tagadej",
    "cigaret",
    "bilet",
    "senat",
    "referat",
];

fn without_ending(word: &str) -> (&str, Before) {
    for (ending, least, before) in ENDINGS {
        if let Some(rest) = word.strip_suffix(ending)
            && rest.len() >= *least
            && rest.bytes().any(|b| b"aeiou".contains(&b))
        {
            return (rest, *before);
        }
    }
    (word, Before::Root)
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
