use std::fmt::Write as _;

use super::*;
use crate::understanding::analysis::stem_of;
use crate::understanding::normalise::{exact, fold};
use proptest::prelude::*;

/// A Latvian dictionary of three words, with flags of four kinds and a form that two words share.
const AFF: &str = "SET UTF-8\nNEEDAFFIX {\n\
    SFX O Y 4\nSFX O s a s\nSFX O s u s\nSFX O s am s\nSFX O s iem s\n\
    SFX S Y 3\nSFX S a as a\nSFX S a ai a\nSFX S a u [^i]a\n\
    PFX - Y 1\nPFX - 0 ne .\n";
const DIC: &str = "3\nkāts/O- po:lietv1r\nkaza/S\nplikais/{O\n";

fn lookup(dictionary: &Dictionary, word: &str, lang: Language) -> String {
    let exact = exact(word);
    let folded = fold(&exact).into_owned();
    // `stem_of` asks no dictionary here: none is in use.
    let stem = stem_of(&folded, Some(lang));
    let found = dictionary.term(&exact, &folded, &stem);
    found.map_or(stem.clone(), str::to_owned)
}

fn compiled(aff: &str, dic: &str, lang: Language) -> Result<Dictionary, DictionaryError> {
    Dictionary::read(&compile(aff.as_bytes(), dic.as_bytes(), lang)?, lang)
}

#[test]
fn all_forms_of_a_word_get_the_word() {
    let dictionary = compiled(AFF, DIC, Language::LV).unwrap();
    for form in ["kāts", "kāta", "KĀTU", "katam", "kātiem"] {
        assert_eq!(lookup(&dictionary, form, Language::LV), "kats", "{form}");
    }
    for form in ["kaza", "kazas", "kazai", "kazu"] {
        assert_eq!(lookup(&dictionary, form, Language::LV), "kaza", "{form}");
    }
}

#[test]
fn a_form_that_needs_an_affix_is_none() {
    let mut forms = Vec::new();
    let affixes = affixes::Affixes::parse(AFF.as_bytes()).unwrap();
    let (word, flags) = expand::entry("mazs/{O", &affixes).unwrap();
    expand::forms(word, &flags, &affixes, &mut forms, &mut 100_000);
    assert_eq!(forms, ["maza", "mazu", "mazam", "maziem"]);
}

#[test]
fn flags_are_read_in_all_four_ways() {
    for (head, word) in [
        (
            "SET UTF-8\nFLAG UTF-8\nSFX ž Y 1\nSFX ž a ele a\n",
            "stea/ž",
        ),
        ("FLAG long\nSFX Zz Y 1\nSFX Zz a ele a\n", "stea/XxZz"),
        ("FLAG num\nSFX 999 Y 1\nSFX 999 a ele a\n", "stea/7,999"),
        ("AF 2\nAF Q\nAF ZY\nSFX Z Y 1\nSFX Z a ele a\n", "stea/2"),
    ] {
        let affixes = affixes::Affixes::parse(head.as_bytes()).unwrap();
        let (word, flags) = expand::entry(word, &affixes).unwrap();
        let mut forms = Vec::new();
        expand::forms(word, &flags, &affixes, &mut forms, &mut 100_000);
        assert_eq!(forms, ["stea", "steele"], "{head}");
    }
}

#[test]
fn the_encoding_is_the_one_that_the_dictionary_names() {
    let aff = b"SET ISO8859-2\nSFX A Y 1\nSFX A \xe3 e \xe3\n";
    let affixes = affixes::Affixes::parse(aff).unwrap();
    let text = affixes.decode(b"fat\xe3/A");
    let (word, flags) = expand::entry(&text, &affixes).unwrap();
    let mut forms = Vec::new();
    expand::forms(word, &flags, &affixes, &mut forms, &mut 100_000);
    assert_eq!(forms, ["fată", "fate"]);
}

#[test]
fn suffixes_follow_each_other_once() {
    let aff = "SFX A Y 1\nSFX A 0 b/A .\n";
    let affixes = affixes::Affixes::parse(aff.as_bytes()).unwrap();
    let (word, flags) = expand::entry("a/A", &affixes).unwrap();
    let mut forms = Vec::new();
    expand::forms(word, &flags, &affixes, &mut forms, &mut 100_000);
    forms.sort_unstable();
    assert_eq!(forms, ["a", "ab", "abb"]);
}

#[test]
fn a_romanian_form_gets_the_stem_of_its_word() {
    let aff = "SFX A Y 1\nSFX A ură urori ură\n";
    let dictionary = compiled(aff, "1\nbură/A\n", Language::RO).unwrap();
    let word = lookup(&dictionary, "bură", Language::RO);
    assert_eq!(lookup(&dictionary, "burori", Language::RO), word);
    assert_ne!(stem_of("burori", Some(Language::RO)), word);
}

#[test]
fn a_bomb_of_rules_makes_no_more_forms_than_any_word_has() {
    let mut aff = String::from("SFX A Y 1000\n");
    for number in 0..1_000 {
        writeln!(aff, "SFX A 0 x{number}/A .").unwrap();
    }
    let affixes = affixes::Affixes::parse(aff.as_bytes()).unwrap();
    let (word, flags) = expand::entry("a/A", &affixes).unwrap();
    let mut forms = Vec::new();
    expand::forms(word, &flags, &affixes, &mut forms, &mut 100_000);
    assert!(forms.len() <= 5_000, "{}", forms.len());
}

#[test]
fn no_more_rules_are_tried_than_the_budget_has() {
    let affixes = affixes::Affixes::parse(b"SFX A Y 1\nSFX A 0 b .\nSFX A 0 c .\n").unwrap();
    let (word, flags) = expand::entry("a/AAAA", &affixes).unwrap();
    let mut forms = Vec::new();
    let mut budget = 3;
    expand::forms(word, &flags, &affixes, &mut forms, &mut budget);
    assert_eq!((forms.len(), budget), (4, 0));
}

#[test]
fn what_is_no_dictionary_is_an_error() {
    for aff in ["", "SET nonsense\nSFX A Y 1\nSFX A 0 s .\n", "<html>"] {
        assert!(compile(aff.as_bytes(), b"1\nword/A\n", Language::RO).is_err());
    }
    assert_eq!(
        compiled("COMPLEXPREFIXES\nSFX A Y 1\n", "", Language::RO).unwrap_err(),
        DictionaryError::Unknown("COMPLEXPREFIXES")
    );
}

#[test]
fn what_is_damaged_is_not_read() {
    let bytes = compile(AFF.as_bytes(), DIC.as_bytes(), Language::LV).unwrap();
    for at in [0, 9, 41, bytes.len() - 1] {
        let mut damaged = bytes.clone();
        damaged[at] ^= 1;
        assert!(Dictionary::read(&damaged, Language::LV).is_err(), "{at}");
    }
    assert!(Dictionary::read(&bytes[..bytes.len() - 3], Language::LV).is_err());
    assert!(Dictionary::read(b"", Language::LV).is_err());
}

proptest! {
    #[test]
    fn any_bytes_are_a_dictionary_or_an_error(aff in "(SFX|PFX|FLAG|AF|SET|NEEDAFFIX)? ?\\PC{0,40}\n(SFX A Y 1\nSFX A [a-zā0\\[\\]^.]{0,4} [a-z0/A]{0,4} [a-z\\[^.]{0,5}\n){0,3}", dic in "(\\PC{0,12}/?A?\n){0,8}") {
        if let Ok(bytes) = compile(aff.as_bytes(), dic.as_bytes(), Language::LV) {
            prop_assert!(Dictionary::read(&bytes, Language::LV).is_ok());
        }
    }
}
