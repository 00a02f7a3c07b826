//! English forms that no rule makes.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// A word and those of its forms that are irregular.
const FORMS: &[&str] = &[
    // Verbs.
    "be am is are was were been being",
    "arise arose arisen",
    "awake awoke awoken",
    "bear bore borne",
    "beat beaten",
    "become became",
    "begin began begun",
    "bend bent",
    "bind bound",
    "bite bit bitten",
    "bleed bled",
    "blow blew blown",
    "break broke broken",
    "breed bred",
    "bring brought",
    "build built",
    "burn burnt",
    "buy bought",
    "catch caught",
    "choose chose chosen",
    "come came",
    "creep crept",
    "deal dealt",
    "die dies dying died",
    "dig dug",
    "do does did done",
    "draw drew drawn",
    "dream dreamt",
    "drink drank drunk",
    "drive drove driven",
    "eat ate eaten",
    "fall fell fallen",
    "feed fed",
    "feel felt",
    "fight fought",
    "find found",
    "flee fled",
    "fly flew flown flies",
    "forbid forbade forbidden",
    "foresee foresaw foreseen",
    "forget forgot forgotten",
    "forgive forgave forgiven",
    "freeze froze frozen",
    "get got gotten",
    "give gave given",
    "go goes went gone",
    "grind ground",
    "grow grew grown",
    "hang hung",
    "have has had having",
    "hear heard",
    "hide hid hidden",
    "hold held",
    "keep kept",
    "kneel knelt",
    "know knew known",
    "lay laid",
    "lead led",
    "lean leant",
    "learn learnt",
    "leave left",
    "lend lent",
    "lie lies lying lied lain",
    "lose lost",
    "make made",
    "mean meant",
    "meet met",
    "mistake mistook mistaken",
    "overcome overcame",
    "pay paid",
    "prove proven",
    "rebuild rebuilt",
    "ride rode ridden",
    "ring rang rung",
    "rise rose risen",
    "run ran",
    "say said",
    "see saw seen",
    "seek sought",
    "sell sold",
    "send sent",
    "shake shook shaken",
    "shine shone",
    "shoot shot",
    "show shown",
    "shrink shrank shrunk",
    "sing sang sung",
    "sink sank sunk",
    "sit sat",
    "sleep slept",
    "slide slid",
    "smell smelt",
    "speak spoke spoken",
    "speed sped",
    "spend spent",
    "spin spun",
    "spring sprang sprung",
    "stand stood",
    "steal stole stolen",
    "stick stuck",
    "sting stung",
    "strike struck stricken",
    "strive strove striven",
    "swear swore sworn",
    "sweep swept",
    "swim swam swum",
    "swing swung",
    "take took taken",
    "teach taught",
    "tear tore torn",
    "tell told",
    "think thought",
    "throw threw thrown",
    "tie ties tying tied",
    "undergo undergoes underwent undergone",
    "understand understood",
    "undertake undertook undertaken",
    "wake woke woken",
    "wear wore worn",
    "weave wove woven",
    "weep wept",
    "win won",
    "wind wound",
    "withdraw withdrew withdrawn",
    "write wrote written",
    "use used using uses",
    "sue sued suing sues",
    // Nouns.
    "analysis analyses",
    "basis bases",
    "calf calves",
    "child children",
    "crisis crises",
    "criterion criteria",
    "datum data",
    "foot feet",
    "goose geese",
    "half halves",
    "hypothesis hypotheses",
    "index indices",
    "knife knives",
    "leaf leaves",
    "life lives",
    "loaf loaves",
    "louse lice",
    "man men",
    "matrix matrices",
    "medium media",
    "mouse mice",
    "person people peoples",
    "phenomenon phenomena",
    "self selves",
    "shelf shelves",
    "stimulus stimuli",
    "thesis theses",
    "thief thieves",
    "tooth teeth",
    "wife wives",
    "wolf wolves",
    "woman women",
    "chairman chairmen",
    "businessman businessmen",
    "fisherman fishermen",
    "policeman policemen",
    "spokesman spokesmen",
    "gas gases",
    "bus buses",
    "lens lenses",
    "news news",
    "series series",
    "species species",
    // Adjectives.
    "good better best",
    "bad worse worst",
    "far further furthest farther farthest",
    "little less least",
    // No forms of a shorter word.
    "morning mornings",
    "evening evenings",
    "during",
    "ceiling ceilings",
    "nothing",
    "something",
    "anything",
    "everything",
    "hundred hundreds",
    "indeed",
    "exceed exceeds exceeded exceeding",
    "proceed proceeds proceeded proceeding",
    "succeed succeeds succeeded succeeding",
    "need needs needed needing",
    "speech speeches",
    "bed beds",
    "united",
    "wedding weddings",
    "sibling siblings",
    "pudding puddings",
    "this",
    "does",
    "always",
    "perhaps",
    "whereas",
    "texas",
    "christmas",
    "december",
];

static LEMMAS: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let mut lemmas = FxHashMap::default();
    for line in FORMS {
        let mut words = line.split(' ');
        let Some(lemma) = words.next() else { continue };
        lemmas.entry(lemma).or_insert(lemma);
        for form in words {
            lemmas.entry(form).or_insert(lemma);
        }
    }
    lemmas
});

/// Adjectives that are compared with -er and -est.
const COMPARED: &[&str] = &[
    "big", "brave", "brief", "bright", "broad", "calm", "cheap", "clean", "clear", "close", "cold",
    "cool", "dark", "deep", "fair", "fast", "few", "fine", "firm", "fresh", "full", "great",
    "hard", "high", "hot", "kind", "large", "late", "light", "long", "loud", "low", "mild",
    "narrow", "near", "neat", "new", "nice", "old", "poor", "proud", "quick", "quiet", "rare",
    "rich", "rough", "safe", "sharp", "short", "simple", "slow", "small", "smart", "smooth",
    "soft", "soon", "steep", "strict", "strong", "sweet", "tall", "thick", "thin", "tight",
    "tough", "warm", "weak", "wet", "white", "black", "wide", "wild", "wise", "young", "easy",
    "early", "happy", "healthy", "heavy", "busy", "dirty", "funny", "lucky", "pretty", "angry",
    "hungry", "lovely", "noisy", "tiny", "ugly", "wealthy", "dry", "sad", "fat", "mad", "friendly",
    "likely", "lonely", "crazy", "tasty", "cute", "dense", "pure", "sick", "slim", "tender",
    "vast", "humble", "gentle", "noble",
];

static COMPARISONS: LazyLock<FxHashMap<String, &'static str>> = LazyLock::new(|| {
    let mut forms = FxHashMap::default();
    for adjective in COMPARED {
        let doubled = matches!(
            *adjective,
            "big" | "hot" | "thin" | "wet" | "sad" | "fat" | "mad" | "slim"
        );
        for ending in ["er", "est"] {
            let form = if let Some(rest) = adjective.strip_suffix('y') {
                format!("{rest}i{ending}")
            } else if let Some(rest) = adjective.strip_suffix('e') {
                format!("{rest}{ending}")
            } else if let Some(last) = adjective.chars().next_back().filter(|_| doubled) {
                format!("{adjective}{last}{ending}")
            } else {
                format!("{adjective}{ending}")
            };
            forms.insert(form, *adjective);
        }
    }
    forms
});

/// The dictionary form of an irregular form or a comparison.
pub(super) fn lemma(word: &str) -> Option<&'static str> {
    LEMMAS.get(word).or_else(|| COMPARISONS.get(word)).copied()
}
