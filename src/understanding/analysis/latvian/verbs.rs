//! Latvian verbs of the first conjugation, on folded words.
//!
//! Their three stems (infinitive, present, past) follow no rule that the letters show (`vilkt, velk, vilka`; `atrast, atrod,
//! atrada`), so they are listed, as grammars do: the class is closed, new verbs join the other two. All prefixes and
//! endings are regular.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// Stems of the infinitive (before its -t), the present and the past.
const VERBS: &[(&str, &str, &str)] = &[
    ("au", "aun", "av"),
    ("aug", "aug", "aug"),
    ("beig", "beidz", "beidz"),
    ("beg", "beg", "beg"),
    ("ber", "ber", "ber"),
    ("bilz", "bilz", "bilz"),
    ("bils", "bilst", "bilst"),
    ("bir", "birst", "bir"),
    ("blau", "blauj", "blav"),
    ("brauk", "brauc", "brauc"),
    ("bris", "brien", "brid"),
    ("bu", "esm", "bij"),
    ("bruk", "bruk", "bruk"),
    ("cel", "cel", "cel"),
    ("cep", "cep", "cep"),
    ("cies", "cies", "ciet"),
    ("cirs", "cert", "cirt"),
    ("deg", "deg", "deg"),
    ("dil", "dilst", "dil"),
    ("do", "dod", "dev"),
    ("dur", "dur", "dur"),
    ("dzel", "dzel", "dzel"),
    ("dzer", "dzer", "dzer"),
    ("dzes", "dzes", "dzes"),
    ("dzi", "dzen", "dzin"),
    ("dzim", "dzimst", "dzim"),
    ("dzis", "dziest", "dzis"),
    ("es", "ed", "ed"),
    ("gaz", "gaz", "gaz"),
    ("gerb", "gerbj", "gerb"),
    ("glaus", "glauz", "glaud"),
    ("grab", "grabj", "grab"),
    ("grau", "grauj", "grav"),
    ("grauz", "grauz", "grauz"),
    ("griez", "griez", "griez"),
    ("grim", "grimst", "grim"),
    ("grus", "gruz", "grud"),
    ("gu", "gust", "guv"),
    ("gul", "gulst", "gul"),
    ("ie", "ej", "gaj"),
    ("jau", "jauj", "jav"),
    ("jauk", "jauc", "jauc"),
    ("jaj", "jaj", "jaj"),
    ("joz", "joz", "joz"),
    ("juk", "juk", "juk"),
    ("jus", "jut", "jut"),
    ("kal", "kal", "kal"),
    ("kap", "kap", "kap"),
    ("kau", "kauj", "kav"),
    ("ker", "ker", "ker"),
    ("kla", "klaj", "klaj"),
    ("klieg", "kliedz", "kliedz"),
    ("klis", "klist", "klid"),
    ("klu", "klust", "kluv"),
    ("klup", "klup", "klup"),
    ("apklus", "apklust", "apklus"),
    ("knieb", "kniebj", "knieb"),
    ("kop", "kop", "kop"),
    ("kos", "koz", "kod"),
    ("kra", "kraj", "kraj"),
    ("krap", "krapj", "krap"),
    ("krau", "krauj", "krav"),
    ("kris", "krit", "krit"),
    ("kul", "kul", "kul"),
    ("kur", "kur", "kur"),
    ("kus", "kust", "kus"),
    ("lais", "laiz", "laid"),
    ("lauz", "lauz", "lauz"),
    ("lau", "lauj", "lav"),
    ("lek", "lec", "lec"),
    ("lem", "lem", "lem"),
    ("lenk", "lenc", "lenc"),
    ("li", "list", "lij"),
    ("lie", "lej", "lej"),
    ("lieg", "liedz", "liedz"),
    ("liek", "liec", "liec"),
    ("lik", "liek", "lik"),
    ("lis", "lien", "lid"),
    ("lug", "ludz", "ludz"),
    ("luz", "lust", "luz"),
    ("melz", "melz", "melz"),
    ("mes", "met", "met"),
    ("mi", "min", "min"),
    ("mieg", "miedz", "miedz"),
    ("mig", "mieg", "mig"),
    ("mir", "mirst", "mir"),
    ("aizmirs", "aizmirst", "aizmirs"),
    ("mos", "most", "mod"),
    ("muk", "muk", "muk"),
    ("nak", "nak", "nak"),
    ("nem", "nem", "nem"),
    ("nes", "nes", "nes"),
    ("nik", "nikst", "nik"),
    ("nir", "nirst", "nir"),
    ("os", "oz", "od"),
    ("paus", "pauz", "paud"),
    ("pel", "pel", "pel"),
    ("per", "per", "per"),
    ("pi", "pin", "pin"),
    ("pirk", "perk", "pirk"),
    ("plau", "plauj", "plav"),
    ("plauk", "plaukst", "plauk"),
    ("ples", "ples", "ples"),
    ("plis", "plist", "plis"),
    ("plus", "plust", "plud"),
    ("pras", "prot", "prat"),
    ("pu", "pust", "puv"),
    ("pus", "pus", "put"),
    ("rak", "rok", "rak"),
    ("atras", "atrod", "atrad"),
    ("rau", "rauj", "rav"),
    ("raus", "raus", "raus"),
    ("rei", "rej", "rej"),
    ("rim", "rimst", "rim"),
    ("rui", "ruj", "ruj"),
    ("sak", "sak", "sak"),
    ("sau", "sauj", "sav"),
    ("sauk", "sauc", "sauc"),
    ("seg", "sedz", "sedz"),
    ("ses", "sest", "sed"),
    ("sie", "sien", "sej"),
    ("sis", "sit", "sit"),
    ("skar", "skar", "skar"),
    ("skel", "skel", "skel"),
    ("skir", "skir", "skir"),
    ("skis", "skiet", "skit"),
    ("skrie", "skrej", "skrej"),
    ("skrie", "skrien", "skrej"),
    ("skum", "skumst", "skum"),
    ("skut", "skuj", "skuv"),
    ("sleg", "sledz", "sledz"),
    ("slep", "slepj", "slep"),
    ("slie", "slej", "slej"),
    ("slik", "slikst", "slik"),
    ("smel", "smel", "smel"),
    ("smie", "smej", "smej"),
    ("snieg", "sniedz", "sniedz"),
    ("snig", "snieg", "snig"),
    ("spe", "spej", "spej"),
    ("sper", "sper", "sper"),
    ("spies", "spiez", "spied"),
    ("splau", "splauj", "splav"),
    ("spraus", "sprauz", "spraud"),
    ("spries", "spriez", "spried"),
    ("sta", "staj", "staj"),
    ("stiep", "stiepj", "stiep"),
    ("streb", "strebj", "streb"),
    ("suk", "suc", "suc"),
    ("su", "suj", "suv"),
    ("sver", "sver", "sver"),
    ("svis", "svist", "svid"),
    ("tap", "top", "tap"),
    ("teik", "teic", "teic"),
    ("terp", "terpj", "terp"),
    ("ti", "tin", "tin"),
    ("tiek", "tiec", "tiec"),
    ("tik", "tiek", "tik"),
    ("trauk", "trauc", "trauc"),
    ("triek", "triec", "triec"),
    ("tri", "trin", "trin"),
    ("truk", "trukst", "truk"),
    ("tver", "tver", "tver"),
    ("urb", "urbj", "urb"),
    ("vak", "vac", "vac"),
    ("ver", "ver", "ver"),
    ("verp", "verpj", "verp"),
    ("vers", "vers", "vers"),
    ("ves", "ved", "ved"),
    ("vi", "vij", "vij"),
    ("vil", "vil", "vil"),
    ("vilk", "velk", "vilk"),
    ("zag", "zog", "zag"),
    ("zau", "zauj", "zav"),
    ("pazi", "pazist", "pazin"),
    ("atzi", "atzist", "atzin"),
    ("znaug", "znaudz", "znaudz"),
    ("zus", "zud", "zud"),
];

/// Prefixes of verbs.
const PREFIXES: &[&str] = &[
    "aiz", "ap", "at", "ie", "iz", "no", "pa", "par", "pie", "sa", "uz",
];

/// Which of its three stems a verb stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Infinitive,
    Present,
    Past,
}

/// What follows the stem of the infinitive, but for participles.
const INFINITIVE: &[&str] = &[
    "t", "ties", "tu", "tos", "su", "si", "s", "sim", "siet", "sit", "sos", "sies", "simies",
    "sieties", "sot", "soties", "dams", "dama", "dami", "damas", "damies",
];

const PRESENT: &[&str] = &[
    "", "u", "i", "am", "at", "iet", "os", "ies", "as", "amies", "aties", "ieties", "ot", "oties",
];

const PAST: &[&str] = &[
    "u", "i", "a", "am", "at", "os", "ies", "as", "amies", "aties", "is", "usi", "usies",
    // The future of roots in d and t: `vedīs`.
    "isu", "isi", "isim", "isiet", "isit", "isos", "isies", "isimies", "isot",
];

/// Endings of adjectives, which participles have.
pub(super) const ADJECTIVE: &[&str] = &[
    "s", "a", "i", "as", "u", "am", "ai", "iem", "us", "os", "o", "ais", "ie", "aja", "ajam",
    "ajai", "ajas", "ajiem", "ajos", "aju",
];

static STEMS: LazyLock<FxHashMap<String, Vec<(Part, &'static str)>>> = LazyLock::new(|| {
    let mut stems: FxHashMap<String, Vec<(Part, &str)>> = FxHashMap::default();
    for (infinitive, present, past) in VERBS {
        for (part, stem) in [
            (Part::Infinitive, infinitive),
            (Part::Present, present),
            (Part::Past, past),
        ] {
            stems
                .entry((*stem).to_owned())
                .or_default()
                .push((part, *infinitive));
            if part == Part::Present && stem.ends_with(['p', 'b', 'm', 'v']) {
                stems
                    .entry(format!("{stem}j"))
                    .or_default()
                    .push((part, *infinitive));
            }
            // `teica`, but `teikuši`; `lūdza`, but `lūguši`.
            let hard = stem.strip_suffix('c').map(|rest| format!("{rest}k"));
            let hard = hard.or_else(|| stem.strip_suffix("dz").map(|rest| format!("{rest}g")));
            if let Some(hard) = hard {
                stems.entry(hard).or_default().push((part, *infinitive));
            }
        }
    }
    stems
});

/// Longest verb that is looked for, in bytes.
const LONGEST: usize = 24;

/// The stem of a verb of the first conjugation with its prefix; `None` for any other word.
pub(super) fn stem(word: &str) -> Option<String> {
    if word.len() > LONGEST || !word.is_ascii() {
        return None;
    }
    if matches!(
        word,
        "ir" | "nav" | "esmu" | "esi" | "esam" | "esat" | "esot"
    ) {
        return Some("but".to_owned());
    }
    let is_noun = NOMINAL.iter().any(|ending| {
        word.strip_suffix(ending)
            .is_some_and(|stem| NOUNS.contains(&stem))
    });
    if is_noun {
        return None;
    }
    if let Some((root, reflexive)) = root(word)
        && (root.len() > 2 || UNPREFIXED.contains(&root))
    {
        return Some(term("", root, reflexive));
    }
    PREFIXES.iter().find_map(|prefix| {
        let (root, reflexive) = root(word.strip_prefix(prefix)?)?;
        // `iespēja`, `iespējams` have left their verb.
        let left = root == "spe" && *prefix == "ie";
        (!left).then(|| term(prefix, root, reflexive))
    })
}

/// The short stems that are looked for without a prefix.
const UNPREFIXED: &[&str] = &["bu", "do", "es", "gu", "ie"];

/// Stems that are more often those of nouns: `siena`, `ceļš`, `atļauja`, `sēde`.
const NOUNS: &[&str] = &[
    "zog", "sien", "prat", "terp", "kauj", "cel", "liek", "vers", "per", "ver", "met", "kal",
    "mod", "oz", "pin", "rod", "tin", "top", "vij", "laiz", "slep", "plaukst", "lauk", "jauk",
    "sak", "mij", "spiez", "pel", "rok", "sal", "juk", "kap", "kur", "kop", "lec", "ker", "vil",
    "mal", "brid", "sed", "aug", "paraug", "kurs", "kaus", "klas", "parej", "atlauj", "atput",
    "piemin", "atmin", "atsleg", "sajut", "partik", "apav", "apl",
];

/// Endings that nouns have as well.
const NOMINAL: &[&str] = &["a", "u", "i", "as", "os", "am", "is", "s", "at"];

fn term(prefix: &str, root: &str, reflexive: bool) -> String {
    let ending = if reflexive { "ties" } else { "t" };
    format!("{prefix}{root}{ending}")
}

/// The infinitive's stem, and whether the verb is reflexive.
fn root(word: &str) -> Option<(&'static str, bool)> {
    // The longest stem is the likeliest.
    (2..=word.len()).rev().find_map(|at| {
        let (stem, ending) = word.split_at(at);
        let found = STEMS.get(stem)?;
        found
            .iter()
            .find(|(part, _)| fits(*part, ending))
            .map(|(part, infinitive)| (*infinitive, is_reflexive(*part, ending)))
    })
}

fn is_reflexive(part: Part, ending: &str) -> bool {
    ending.ends_with("ies")
        || matches!(ending, "tos" | "sos" | "isos")
        || (part != Part::Infinitive && matches!(ending, "as" | "os"))
}

fn fits(part: Part, ending: &str) -> bool {
    let participle = |sign: &str| {
        ending
            .strip_prefix(sign)
            .is_some_and(|rest| ADJECTIVE.contains(&rest))
    };
    match part {
        Part::Infinitive => INFINITIVE.contains(&ending) || participle("t"),
        Part::Present => PRESENT.contains(&ending) || participle("os") || participle("am"),
        Part::Past => PAST.contains(&ending) || participle("us"),
    }
}

/// Whether this is a stem of such a verb, with or without a prefix: before -ēj- it makes a noun (`braucējs`), no past.
pub(super) fn is_stem(stem: &str) -> bool {
    STEMS.contains_key(stem)
        || PREFIXES.iter().any(|prefix| {
            stem.strip_prefix(prefix)
                .is_some_and(|rest| STEMS.contains_key(rest))
        })
}
