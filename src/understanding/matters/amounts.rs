//! Amounts that changed: one that only the older version has, and one that only the newer has, said of the same thing.

use std::collections::HashSet;
use std::ops::Range;

use super::cut;
use super::money::{Amount, amounts};
use crate::domain::Matter;
use crate::understanding::moments::{Token, tokens};
use crate::understanding::sentences::sentences;

/// Words before and after an amount, within its sentence, by which it is known.
const BEFORE: usize = 8;
const AFTER: usize = 5;
/// Most changes that are told of one edit.
const MOST: usize = 5;
/// How alike what stands around two amounts must be: common words among all, and how many at least, unless there are fewer.
const ALIKE: f64 = 0.5;
const COMMON: usize = 2;

/// An amount and what it is said of.
struct Placed {
    amount: Amount,
    written: String,
    around: HashSet<String>,
}

/// The amounts that changed from one text to another.
pub(super) fn changed(old: &str, new: &str) -> Vec<Matter> {
    if old == new {
        return Vec::new();
    }
    let (mut before, mut after) = (placed(old), placed(new));
    // What both have, wherever and however written, has not changed.
    before.retain(|was| {
        let same = |is: &Placed| {
            is.amount.hundredths == was.amount.hundredths
                && is.amount.currency.is_like(was.amount.currency)
        };
        let found = after.iter().position(same);
        if let Some(found) = found {
            after.remove(found);
        }
        found.is_none()
    });
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (first, was) in before.iter().enumerate() {
        for (second, is) in after.iter().enumerate() {
            pairs.extend(likeness(was, is).map(|alike| (alike, first, second)));
        }
    }
    // The most alike first; of equals in the order of the texts.
    pairs.sort_by(|one, two| {
        let by_likeness = two.0.total_cmp(&one.0);
        by_likeness.then((one.1, one.2).cmp(&(two.1, two.2)))
    });
    let (mut taken, mut given) = (HashSet::new(), HashSet::new());
    let mut found: Vec<(usize, Matter)> = Vec::new();
    for (_, first, second) in pairs {
        if taken.contains(&first) || given.contains(&second) {
            continue;
        }
        taken.insert(first);
        given.insert(second);
        let (from, to) = (before[first].written.clone(), after[second].written.clone());
        found.push((first, Matter::AmountChanged { from, to }));
    }
    found.sort_by_key(|(place, _)| *place);
    found.truncate(MOST);
    found.into_iter().map(|(_, matter)| matter).collect()
}

/// How alike two amounts are in what they are said of; `None` where they are not about the same thing.
fn likeness(was: &Placed, is: &Placed) -> Option<f64> {
    let common = was.around.intersection(&is.around).count();
    let all = was.around.union(&is.around).count();
    let fewest = was.around.len().min(is.around.len());
    if common == 0 || common < COMMON.min(fewest) {
        return None;
    }
    let share = common as f64 / all as f64;
    (share >= ALIKE).then_some(share)
}

fn placed(text: &str) -> Vec<Placed> {
    let tokens = tokens(text);
    let amounts = amounts(text, &tokens);
    let mut sentences = sentences(text, &tokens).into_iter().peekable();
    let mut last: Range<usize> = 0..0;
    let mut placed = Vec::with_capacity(amounts.len());
    for (index, amount) in amounts.iter().enumerate() {
        while let Some(next) = sentences.next_if(|next| next.start <= amount.tokens.start) {
            last = next;
        }
        // What stands beyond another amount is said of that one, unless nothing else is said.
        let before = index
            .checked_sub(1)
            .map_or(0, |index| amounts[index].tokens.end);
        let after = amounts
            .get(index + 1)
            .map_or(usize::MAX, |next| next.tokens.start);
        let floor = last.start.max(before.min(amount.tokens.start));
        let end = last.end.max(amount.tokens.end).min(after);
        let mut around = words(tokens[floor..amount.tokens.start].iter().rev(), BEFORE);
        if around.is_empty() {
            around = words(
                tokens[last.start.min(amount.tokens.start)..amount.tokens.start]
                    .iter()
                    .rev(),
                BEFORE,
            );
        }
        around.extend(words(tokens[amount.tokens.end.min(end)..end].iter(), AFTER));
        let written =
            &text[tokens[amount.tokens.start].at.start..tokens[amount.tokens.end - 1].at.end];
        placed.push(Placed {
            amount: amount.clone(),
            written: cut(written),
            around,
        });
    }
    placed
}

/// Words that say what something is; not those that any sentence has.
fn words<'a>(tokens: impl Iterator<Item = &'a Token<'a>>, most: usize) -> HashSet<String> {
    tokens
        .map(Token::word)
        .filter(|word| word.chars().count() > 2 && !COMMON_WORDS.contains(word))
        .take(most)
        // Endings differ with what is changed around.
        .map(|word| word.chars().take(6).collect())
        .collect()
}

const COMMON_WORDS: [&str; 40] = [
    "din",
    "pentru",
    "este",
    "sunt",
    "care",
    "pana",
    "fost",
    "prin",
    "sau",
    "mai",
    "lui",
    "unei",
    "unui",
    "intre",
    "lidz",
    "par",
    "tiek",
    "kas",
    "vai",
    "bus",
    "для",
    "это",
    "или",
    "при",
    "что",
    "как",
    "его",
    "будет",
    "the",
    "and",
    "for",
    "with",
    "are",
    "was",
    "from",
    "will",
    "our",
    "their",
    "this",
    "that",
];
