//! Russian verbs whose stems no rule connects (`брать, беру`; `вести, вёл, веду`), on words with е for ё.
//!
//! They are listed by root, as grammars do: the class is closed, and all their prefixes and endings are regular.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// Infinitive, stems of the present, stems of the past, stems of the passive participle.
const VERBS: &[(&str, &str, &str, &str)] = &[
    ("знать", "зна", "зна", "знан"),
    ("дать", "да дад", "да", "дан"),
    ("стать", "стан", "ста", ""),
    ("звать", "зов", "зва", "зван"),
    ("брать", "бер", "бра", "бран"),
    ("драть", "дер", "дра", "дран"),
    ("ждать", "жд", "жда", "ждан"),
    ("слать", "шл", "сла", "слан"),
    ("гнать", "гон", "гна", "гнан"),
    ("рвать", "рв", "рва", "рван"),
    ("спать", "сп", "спа", ""),
    ("врать", "вр", "вра", ""),
    ("жить", "жив", "жи", "жит"),
    ("плыть", "плыв", "плы", ""),
    ("пить", "пь", "пи", "пит"),
    ("бить", "бь", "би", "бит"),
    ("лить", "ль", "ли", "лит"),
    ("шить", "шь", "ши", "шит"),
    ("вить", "вь", "ви", "вит"),
    ("мыть", "мо", "мы", "мыт"),
    ("рыть", "ро", "ры", "рыт"),
    ("крыть", "кро", "кры", "крыт"),
    ("петь", "по", "пе", "пет"),
    ("быть", "буд", "бы", "быт"),
    ("взять", "возьм", "взя", "взят"),
    ("снять", "сним", "сня", "снят"),
    ("нять", "ним йм", "ня", "нят"),
    ("принять", "прим", "приня", "принят"),
    ("начать", "начн", "нача", "начат"),
    ("жать", "жм жн", "жа", "жат"),
    ("мять", "мн", "мя", "мят"),
    ("ехать", "ед", "еха", ""),
    ("идти", "ид йд", "ше шед", "йден"),
    ("йти", "", "", ""),
    ("шла", "", "", ""),
    ("шло", "", "", ""),
    ("шли", "", "", ""),
    ("прийти", "прид", "прише пришед", ""),
    ("вести", "вед", "ве вед", "веден"),
    ("нести", "нес", "нес", "несен"),
    ("везти", "вез", "вез", "везен"),
    ("ползти", "полз", "полз", ""),
    ("лезть", "лез", "лез", ""),
    ("расти", "раст", "рос", ""),
    ("спасти", "спас", "спас", "спасен"),
    ("пасти", "пас", "пас", ""),
    ("цвести", "цвет", "цве", ""),
    ("мести", "мет", "ме", "метен"),
    ("плести", "плет", "пле", "плетен"),
    ("обрести", "обрет", "обре", "обретен"),
    ("мочь", "мог мож", "мог", ""),
    ("печь", "пек печ", "пек", "печен"),
    ("течь", "тек теч", "тек", ""),
    ("сечь", "сек сеч", "сек", "сечен"),
    ("лечь", "ляг ляж", "лег", ""),
    ("беречь", "берег береж", "берег", "бережен"),
    ("стричь", "стриг стриж", "стриг", "стрижен"),
    ("влечь", "влек влеч", "влек", "влечен"),
    ("жечь", "жг жж", "жег жг", "жжен"),
    ("сесть", "сяд", "се", ""),
    ("пасть", "пад", "па", ""),
    ("класть", "клад", "кла", ""),
    ("красть", "крад", "кра", "краден"),
    ("честь", "чт", "че ч", "чтен"),
    ("есть", "ед", "е", "еден"),
    ("тереть", "тр", "тер", "терт"),
    ("умереть", "умр", "умер", ""),
    ("переть", "пр", "пер", "перт"),
    ("писать", "пиш", "писа", "писан"),
    ("казать", "каж", "каза", "казан"),
    ("резать", "реж", "реза", "резан"),
    ("искать", "ищ", "иска", "искан"),
    ("плакать", "плач", "плака", ""),
    ("скакать", "скач", "скака", ""),
    ("прятать", "пряч", "прята", "прятан"),
    ("вязать", "вяж", "вяза", "вязан"),
    ("мазать", "маж", "маза", "мазан"),
    ("сыпать", "сып сыпл", "сыпа", "сыпан"),
    ("ходить", "хож", "", ""),
    ("видеть", "виж", "виде", ""),
    ("сидеть", "сиж", "сиде", ""),
    ("хотеть", "хоч", "хоте", ""),
    ("гнить", "гни", "гни", ""),
    ("слыть", "слыв", "слы", ""),
    ("стыть", "стын", "сты", ""),
    ("лгать", "лг лж", "лга", ""),
    ("ткать", "тк", "тка", "ткан"),
    ("клясть", "клян", "кля", ""),
    ("греть", "гре", "гре", "грет"),
    ("зреть", "зре", "зре", ""),
    ("сметь", "сме", "сме", ""),
    ("уметь", "уме", "уме", ""),
    ("иметь", "име", "име", ""),
    ("спеть", "спе", "спе", ""),
    ("дуть", "ду", "ду", "дут"),
];

const PREFIXES: &[&str] = &[
    "в", "во", "вз", "вс", "воз", "вос", "вы", "до", "за", "из", "изо", "ис", "на", "над", "не",
    "недо", "о", "об", "обо", "от", "ото", "пере", "по", "под", "подо", "пре", "при", "про", "раз",
    "рас", "разо", "с", "со", "съ", "у", "объ", "подъ", "въ",
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Infinitive,
    Present,
    Past,
    Passive,
}

const PRESENT: &[&str] = &[
    "у", "ю", "ешь", "ет", "ем", "ете", "ут", "ют", "ишь", "ит", "им", "ите", "ат", "ят", "и", "й",
    "йте", "ь", "ьте", "я",
];
/// After a vowel: `зна-л`.
const PAST_OPEN: &[&str] = &["л", "ла", "ло", "ли", "в", "вши"];
/// After a consonant: `нёс, нес-ла`.
const PAST_CLOSED: &[&str] = &["", "ла", "ло", "ли", "ши"];
/// Short forms of the passive participle.
const SHORT: &[&str] = &["", "а", "о", "ы"];

/// Endings of adjectives.
pub(super) const ADJECTIVE: &[&str] = &[
    "ый", "ий", "ой", "ая", "яя", "ое", "ее", "ые", "ие", "ого", "его", "ому", "ему", "ым", "им",
    "ом", "ем", "ую", "юю", "ою", "ею", "ей", "ых", "их", "ыми", "ими",
];

static STEMS: LazyLock<FxHashMap<&'static str, Vec<(Part, &'static str)>>> = LazyLock::new(|| {
    let mut stems: FxHashMap<&str, Vec<(Part, &str)>> = FxHashMap::default();
    for (infinitive, present, past, passive) in VERBS {
        let name = if matches!(*infinitive, "йти" | "шла" | "шло" | "шли") {
            "идти"
        } else {
            *infinitive
        };
        stems
            .entry(infinitive)
            .or_default()
            .push((Part::Infinitive, name));
        for (part, list) in [
            (Part::Present, present),
            (Part::Past, past),
            (Part::Passive, passive),
        ] {
            for stem in list.split_whitespace() {
                stems.entry(stem).or_default().push((part, name));
            }
        }
    }
    stems
});

/// Stems of two letters that are looked for without a prefix.
const SHORT_PAST: &[&str] = &["ве", "да", "бы", "жи", "ше", "пе", "би"];

/// Longest verb that is looked for, in bytes.
const LONGEST: usize = 40;

/// The infinitive of a verb with its prefix, without -ся; `None` for any other word.
pub(super) fn infinitive(word: &str) -> Option<String> {
    if word.len() > LONGEST || word.len() < 6 || word.starts_with("запад") {
        return None;
    }
    if let Some(infinitive) = root(word, 6) {
        return Some(infinitive.to_owned());
    }
    PREFIXES.iter().find_map(|prefix| {
        let infinitive = root(word.strip_prefix(prefix)?, 4)?;
        // `подберу, подобрать`
        let prefix = match *prefix {
            "до" | "по" | "про" | "о" => prefix,
            other => other.strip_suffix('о').unwrap_or(other),
        };
        let found = format!("{prefix}{infinitive}");
        Some(if found == "приидти" {
            "прийти".to_owned()
        } else {
            found
        })
    })
}

/// The infinitive of a verb without prefix whose stem has at least so many bytes.
fn root(word: &str, least: usize) -> Option<&'static str> {
    let ends = word.char_indices().map(|(at, _)| at).chain([word.len()]);
    let ends: Vec<usize> = ends.filter(|at| *at >= 2).collect();
    // The longest stem is the likeliest.
    ends.into_iter().rev().find_map(|at| {
        let (stem, ending) = word.split_at(at);
        let found = STEMS.get(stem)?;
        found
            .iter()
            .find(|(part, _)| {
                (at >= least || SHORT_PAST.contains(&stem) && *part == Part::Past)
                    && fits(*part, stem, ending)
            })
            .map(|(_, infinitive)| *infinitive)
    })
}

fn fits(part: Part, stem: &str, ending: &str) -> bool {
    let adjective = |signs: &[&str]| {
        signs.iter().any(|sign| {
            ending
                .strip_prefix(sign)
                .is_some_and(|rest| ADJECTIVE.contains(&rest))
        })
    };
    match part {
        Part::Infinitive => ending.is_empty(),
        Part::Present => PRESENT.contains(&ending) || adjective(&["ущ", "ющ", "ащ", "ящ"]),
        Part::Past if stem.ends_with(['а', 'я', 'е', 'и', 'ы', 'у']) => {
            PAST_OPEN.contains(&ending) || adjective(&["вш"])
        }
        Part::Past => PAST_CLOSED.contains(&ending) || adjective(&["ш"]),
        Part::Passive => SHORT.contains(&ending) || adjective(&["", "н"]),
    }
}
