//! All forms of a word of the `.dic` file.

use super::affixes::{Affixes, Flag, Rule};

/// Most forms of one word; a Latvian verb with its participles has some 700.
const MOST_FORMS: usize = 4_000;

/// Longest word or form, in bytes.
const LONGEST: usize = 100;

/// A line of the `.dic` file: the word and its flags.
pub(super) fn entry<'a>(line: &'a str, affixes: &Affixes) -> Option<(&'a str, Vec<Flag>)> {
    // What stands behind a blank or a tabulator is morphology.
    let line = line.split(['\t', ' ']).next()?;
    let (word, flags) = match line.split_once('/') {
        Some((word, flags)) => (word, affixes.flags(flags)),
        None => (line, Vec::new()),
    };
    let sound = !word.is_empty()
        && word.len() <= LONGEST
        && word
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.'));
    sound.then_some((word, flags))
}

/// Puts all forms of a word to `forms`, but for those with a prefix: these are other words. Each rule tried takes one from
/// `budget`, and with none left nothing more is made.
pub(super) fn forms(
    word: &str,
    flags: &[Flag],
    affixes: &Affixes,
    forms: &mut Vec<String>,
    budget: &mut u64,
) {
    if flags.iter().any(|flag| affixes.hidden.contains(flag)) {
        return;
    }
    let most = forms.len() + MOST_FORMS;
    if !affixes.need_affix.is_some_and(|need| flags.contains(&need)) {
        forms.push(word.to_owned());
    }
    for rule in suffixes(flags, affixes) {
        if *budget == 0 {
            return;
        }
        *budget -= 1;
        let Some(form) = with_suffix(word, rule) else {
            continue;
        };
        // An affix may bring flags of its own, once.
        for next in suffixes(&rule.flags, affixes) {
            if forms.len() >= most || *budget == 0 {
                return;
            }
            *budget -= 1;
            forms.extend(with_suffix(&form, next).filter(|_| stands_alone(next, affixes)));
        }
        if forms.len() >= most {
            return;
        }
        if stands_alone(rule, affixes) {
            forms.push(form);
        }
    }
}

/// Whether a form with this suffix is a word without anything else put to it.
fn stands_alone(rule: &Rule, affixes: &Affixes) -> bool {
    let flagged = |flag: Option<Flag>| flag.is_some_and(|flag| rule.flags.contains(&flag));
    !flagged(affixes.need_affix) && !flagged(affixes.circumfix)
}

fn with_suffix(word: &str, rule: &Rule) -> Option<String> {
    let rest = word.strip_suffix(&*rule.strip)?;
    (rule.fits(word) && rest.len() + rule.affix.len() <= LONGEST)
        .then(|| format!("{rest}{}", rule.affix))
}

fn suffixes<'a>(flags: &'a [Flag], affixes: &'a Affixes) -> impl Iterator<Item = &'a Rule> {
    flags
        .iter()
        .filter_map(|flag| affixes.suffixes.get(flag))
        .flatten()
}
