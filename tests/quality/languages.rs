//! The language of titles, as they are written and as they are typed.

use std::fs;

use vesti::domain::Language;
use vesti::understanding::language::detect;

use crate::floors;

fn titles() -> Vec<(String, String)> {
    fs::read_to_string("tests/quality/languages.tsv")
        .unwrap()
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            let (lang, title) = line.split_once('\t').unwrap();
            (lang.to_owned(), title.to_owned())
        })
        .collect()
}

/// How many titles of these languages are told from what `spell` makes of them.
fn keep(name: &str, langs: &[&str], spell: impl Fn(&str) -> String) {
    let (mut right, mut wrong) = (0, Vec::new());
    for (lang, title) in titles() {
        if !langs.contains(&lang.as_str()) {
            continue;
        }
        let title = spell(&title);
        let told = detect(&title, &[], None).map(|found| found.lang);
        let ours = told.is_some_and(|told| Language::OURS.contains(&told) || told == Language::UK);
        let fits = match lang.as_str() {
            "other" => !ours,
            "none" => told.is_none(),
            lang => told == Language::from_tag(lang),
        };
        if fits {
            right += 1;
        } else {
            wrong.push(format!("{lang} {title}: {told:?}"));
        }
    }
    floors::keep("languages", name, right, &wrong);
}

fn bare(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            'ă' | 'â' | 'ā' => 'a',
            'Ă' | 'Â' | 'Ā' => 'A',
            'î' | 'ī' => 'i',
            'Î' | 'Ī' => 'I',
            'ș' | 'š' => 's',
            'Ș' | 'Š' => 'S',
            'ț' => 't',
            'Ț' => 'T',
            'č' => 'c',
            'Č' => 'C',
            'ē' => 'e',
            'Ē' => 'E',
            'ģ' => 'g',
            'Ģ' => 'G',
            'ķ' => 'k',
            'Ķ' => 'K',
            'ļ' => 'l',
            'Ļ' => 'L',
            'ņ' => 'n',
            'Ņ' => 'N',
            'ū' => 'u',
            'Ū' => 'U',
            'ž' => 'z',
            'Ž' => 'Z',
            other => other,
        })
        .collect()
}

/// Romanian as it was written east of the Dniester.
fn cyrillic(text: &str) -> String {
    let mut out = text.to_lowercase();
    for (latin, cyrillic) in [
        ("chi", "ки"),
        ("che", "ке"),
        ("ghi", "ги"),
        ("ghe", "ге"),
        ("cea", "чя"),
        ("cia", "чя"),
        ("ciu", "чу"),
        ("cio", "чо"),
        ("gea", "ӂя"),
        ("gia", "ӂя"),
        ("giu", "ӂу"),
        ("ce", "че"),
        ("ci", "чи"),
        ("ge", "ӂе"),
        ("gi", "ӂи"),
        ("ea", "я"),
        ("ia", "я"),
        ("iu", "ю"),
        ("ți ", "ць "),
        ("ri ", "рь "),
        ("x", "кс"),
    ] {
        out = out.replace(latin, cyrillic);
    }
    let from = "aăâîbcdefghijklmnoprsștțuvz";
    let to = "аэыыбкдефгхижклмнопрсштцувз";
    out.chars()
        .map(|c| match from.chars().position(|latin| latin == c) {
            Some(place) => to.chars().nth(place).unwrap(),
            None => c,
        })
        .collect()
}

const OURS: [&str; 5] = ["ro", "lv", "ru", "en", "uk"];
const MARKED: [&str; 2] = ["ro", "lv"];

#[test]
fn titles_are_told() {
    keep("titles", &OURS, str::to_owned);
    keep("capitals", &OURS, str::to_uppercase);
}

#[test]
fn titles_without_diacritics_are_told() {
    keep("bare", &MARKED, bare);
    keep("bare_capitals", &MARKED, |title| bare(title).to_uppercase());
}

#[test]
fn romanian_is_told_in_any_spelling() {
    keep("cedilla", &["ro"], |title| {
        title
            .replace('ș', "ş")
            .replace('ț', "ţ")
            .replace('Ș', "Ş")
            .replace('Ț', "Ţ")
    });
    keep("old_spelling", &["ro"], |title| title.replace('â', "î"));
    keep("cyrillic", &["ro"], cyrillic);
}

#[test]
fn what_is_none_of_ours_is_not_taken_for_it() {
    keep("other", &["other"], str::to_owned);
    keep("other_capitals", &["other"], str::to_uppercase);
    keep("none", &["none"], str::to_owned);
}
