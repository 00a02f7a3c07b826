//! Romanian verbs whose stem changes, on folded stems.
//!
//! What endings leave of them is brought to the stem of the present: `scris` of `scrie`, `propus` of `propune`, `poate` of
//! `putea`. Prefixes are many and regular (`propune, compune, depune`), so roots are matched at the end of a stem.

/// A changed root at the end of a stem, the root that it stands for, and the least number of letters before it.
const ROOTS: &[(&str, &str, usize)] = &[
    // Participles and perfects in -s and -t.
    ("prins", "prind", 0),
    ("puns", "pund", 2),
    ("puses", "pun", 0),
    ("pus", "pun", 0),
    ("spus", "spun", 0),
    ("duses", "duc", 0),
    ("dus", "duc", 0),
    ("scris", "scri", 0),
    ("tras", "trag", 0),
    ("trimis", "trimit", 0),
    ("permis", "permit", 0),
    ("promis", "promit", 0),
    ("admis", "admit", 0),
    ("commis", "commit", 0),
    ("emis", "emit", 0),
    ("transmis", "transmit", 0),
    ("remis", "remit", 0),
    ("omis", "omit", 0),
    ("demis", "demit", 0),
    ("submis", "submit", 0),
    ("trimit", "trimit", 0),
    ("permit", "permit", 0),
    ("promit", "promit", 0),
    ("admit", "admit", 0),
    ("commit", "commit", 0),
    ("emit", "emit", 0),
    ("transmit", "transmit", 0),
    ("remit", "remit", 0),
    ("demit", "demit", 0),
    ("submit", "submit", 0),
    ("clus", "clud", 2),
    ("chis", "chid", 2),
    ("ucis", "ucid", 0),
    ("decis", "decid", 0),
    ("tins", "tind", 2),
    ("stins", "sting", 0),
    ("atins", "ating", 0),
    ("mpins", "mping", 0),
    ("nvins", "nving", 0),
    ("inteles", "inteleg", 0),
    ("ales", "aleg", 0),
    ("cules", "culeg", 0),
    ("juns", "jung", 1),
    ("trans", "trang", 1),
    ("plans", "plang", 0),
    ("distrus", "distrug", 0),
    ("mers", "merg", 0),
    ("ters", "terg", 1),
    ("spars", "sparg", 0),
    ("intors", "intorc", 0),
    ("ramas", "raman", 0),
    ("scos", "scot", 0),
    ("zis", "zic", 1),
    ("scund", "scund", 0),
    ("scuns", "scund", 0),
    ("rupt", "rup", 1),
    // Sounds before endings.
    ("devin", "deven", 0),
    ("revin", "reven", 0),
    ("intervin", "interven", 0),
    ("provin", "proven", 0),
    ("cuvin", "cuven", 0),
    ("convin", "conven", 0),
    ("previn", "preven", 0),
    ("survin", "surven", 0),
    ("parvin", "parven", 0),
    ("cunost", "cunosc", 0),
    ("crest", "cresc", 0),
    ("nast", "nasc", 0),
    ("vaz", "ved", 0),
    ("vad", "ved", 0),
    ("vez", "ved", 0),
    ("crez", "cred", 0),
    ("caz", "cad", 1),
    ("fasor", "fasur", 1),
    ("masor", "masur", 0),
    ("poat", "put", 0),
    ("cumper", "cumpar", 0),
    ("recomand", "recomand", 0),
];

/// Whole stems.
const WHOLE: &[(&str, &str)] = &[
    ("pot", "put"),
    ("vin", "ven"),
    ("mor", "mur"),
    ("moar", "mur"),
    ("jo", "juc"),
    ("joc", "juc"),
    ("joac", "juc"),
    ("rog", "rug"),
    ("roag", "rug"),
    ("port", "purt"),
    ("poart", "purt"),
    ("mananc", "manc"),
    ("dau", "da"),
    ("dai", "da"),
    ("dea", "da"),
    ("dad", "da"),
    ("dand", "da"),
    ("dat", "da"),
    ("stau", "sta"),
    ("stea", "sta"),
    ("stat", "sta"),
    ("vand", "vind"),
];

/// The stem of the present.
pub(super) fn present(stem: &str) -> Option<String> {
    if let Some((_, whole)) = WHOLE.iter().find(|(changed, _)| *changed == stem) {
        return Some((*whole).to_owned());
    }
    ROOTS.iter().find_map(|(changed, root, least)| {
        let before = stem.strip_suffix(changed)?;
        (before.len() >= *least).then(|| format!("{before}{root}"))
    })
}

/// A perfect or past perfect in -s- without its ending: `deschise`, `deschisese`.
pub(super) fn perfect(word: &str) -> Option<&str> {
    [
        "eserati", "eseram", "esera", "esesi", "esem", "ese", "eram", "era", "ei", "ul", "ului",
        "a", "e", "i",
    ]
    .iter()
    .find_map(|ending| word.strip_suffix(ending))
    .filter(|rest| rest.len() > 2 && rest.ends_with('s') && present(rest).is_some())
}
