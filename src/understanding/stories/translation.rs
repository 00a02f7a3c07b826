//! Whether two announcements say the same in two languages.
//!
//! They have no words in common, so evidence is added up: where they lead, days, amounts, names, topics. Each part alone
//! is found in announcements that have nothing to do with each other; together they are not.

use super::figures::{date_figure, is_date, is_year, weight};
use super::judge::{Told, each};
use super::{DAY, common};

/// Most time between a text and its translation.
const WINDOW: i64 = 14 * DAY;

/// How much evidence is enough.
const ENOUGH: f32 = 6.0;

/// Whether one is the other, translated.
pub(super) fn same(a: &Told<'_>, b: &Told<'_>) -> bool {
    let apart = a.at.abs_diff(b.at);
    apart <= WINDOW.unsigned_abs() && evidence(a, b) >= ENOUGH
}

fn evidence(a: &Told<'_>, b: &Told<'_>) -> f32 {
    let (one, other) = (a.sketch, b.sketch);
    // One source says in each of its announcements who it is and where; that proves nothing.
    let one_source = a.source == b.source;
    let mut sum = 0.0;

    let shared = common(&one.links, &other.links).min(2) as f32;
    let credited = one.own != 0 && other.links.binary_search(&one.own).is_ok()
        || other.own != 0 && one.links.binary_search(&other.own).is_ok();
    sum += if one_source { 1.0 } else { 2.0 } * shared + if credited { 3.0 } else { 0.0 };

    let same_deadline = one
        .deadline
        .filter(|day| other.deadline.is_some_and(|other| day.abs_diff(other) <= 1));
    // It counts as a deadline, below.
    let counted = same_deadline.and_then(date_figure);
    let (mut in_one, mut in_other, mut in_both) = (0.0, 0.0, 0.0);
    let (mut telling, mut figures) = (0_usize, 0_usize);
    each(&one.figures, &other.figures, |figure, of_one, of_other| {
        if Some(figure) == counted {
            return;
        }
        let weight = weight(figure);
        match (of_one, of_other) {
            (true, true) => {
                in_both += weight;
                figures += 1;
                telling += usize::from(!is_year(figure) && (figure >= 100 || is_date(figure)));
            }
            (true, false) => in_one += weight,
            _ => in_other += weight,
        }
    });
    let fewer = in_both + f32::min(in_one, in_other);
    // However small they are, many numbers that are all the same are no accident.
    let all_alike = figures >= 6 && in_both >= 0.8 * (in_both + in_one + in_other);
    if all_alike {
        sum += 1.5;
    }
    if in_both + in_one > 0.5 && in_both + in_other > 0.5 && fewer > 0.0 {
        let agree: f32 = in_both / fewer;
        let all = in_both / (in_both + in_one + in_other);
        // From full agreement down to plain contradiction.
        let strength = f32::min(in_both, 8.0);
        sum += if agree >= 0.5 {
            strength * (0.35 * agree + 0.35 * all)
        } else {
            -3.0 * (1.0 - agree)
        };
    }

    sum += match (one.deadline, other.deadline) {
        (Some(a), Some(b)) if a.abs_diff(b) <= 1 => 2.0,
        (Some(_), Some(_)) => -2.0,
        _ => 0.0,
    };
    sum += match (one.event, other.event) {
        (Some(a), Some(b)) if a.abs_diff(b) <= 1 => 1.5,
        (Some(_), Some(_)) => -2.0,
        _ => 0.0,
    };

    sum += f32::min(
        agreement(&one.names, &other.names, 2) * if one_source { 1.0 } else { 2.5 },
        2.5,
    );
    sum += agreement(&one.title_sounds, &other.title_sounds, 2) * 2.5;
    sum += agreement(&one.topics, &other.topics, 1) * 1.5;
    let numbers = common(&one.title_figures, &other.title_figures);
    sum += 0.7 * numbers.min(2) as f32;
    if let (Some(kind), Some(other)) = (one.kind, other.kind) {
        sum += if kind == other { 0.4 } else { -0.6 };
    }

    let (short, long) = (one.words.min(other.words), one.words.max(other.words));
    // Russian and Latvian need fewer words than Romanian and English.
    sum += if short < 8 {
        -1.0
    } else if short * 2 >= long {
        0.6
    } else if short * 4 < long {
        -1.0
    } else {
        0.0
    };
    sum += if a.at.abs_diff(b.at) <= DAY.unsigned_abs() * 3 {
        0.4
    } else {
        -0.4
    };
    // Two announcements of one year and one office are no translations of each other without anything that tells.
    let proof = telling > 0 || all_alike || shared > 0.0 || credited;
    if proof { sum } else { sum - 3.0 }
}

/// How much of the shorter list is in the longer one, where they have at least so many in common; tempered by how much is
/// in both of all.
fn agreement(a: &[u32], b: &[u32], least: usize) -> f32 {
    let shared = common(a, b);
    if shared < least {
        return 0.0;
    }
    let fewer = a.len().min(b.len()) as f32;
    let all = (a.len() + b.len() - shared) as f32;
    let shared = shared as f32;
    0.5 * (shared / fewer + shared / all)
}
