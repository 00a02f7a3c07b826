//! The last moment to answer an announcement, from prose in four languages.
//!
//! Every date in the text is weighed by what stands around it: “termen limită”, “iesniegt līdz”, “срок подачи”, “apply by”
//! speak for it, “întrebări”, “results” and “implementation” against. A date that nothing speaks for is never a deadline,
//! so neither is the publication date.

mod cues;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan, tz::TimeZone};

use super::moments::{Moment, Token, moments, tokens};
use super::sentences::sentences;
use super::words::first_bytes;
use crate::domain::{Deadline, Precision};
use cues::{Cue, Says};

/// How much of a text is looked through, in bytes.
pub(super) const MOST: usize = 48 * 1024;
/// Longest evidence, in characters.
const MOST_EVIDENCE: usize = 400;
/// What a date must weigh to be a deadline.
const ENOUGH: f32 = 1.5;

/// Finds the deadline. `reference` is when the text was published (or first seen): years left out are counted from there.
/// `zone` is that of the source's country, in which hours are meant unless the text says otherwise.
///
/// The cues of all languages are looked for, for many announcements are in two.
#[must_use]
pub fn find(title: &str, text: &str, reference: Timestamp, zone: &TimeZone) -> Option<Deadline> {
    let all = format!("{title}\n{}", first_bytes(text, MOST));
    if !all.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let today = reference.to_zoned(zone.clone()).date();
    let tokens = tokens(&all);
    let moments = moments(&tokens, today);
    if moments.is_empty() {
        return None;
    }
    let mut best: Option<Candidate> = None;
    for sentence in sentences(&all, &tokens) {
        let first = moments.partition_point(|moment| moment.tokens.end <= sentence.start);
        let after = moments.partition_point(|moment| moment.tokens.start < sentence.end);
        if first >= after {
            continue;
        }
        let cues = cues::find(&tokens, sentence.clone());
        for index in first..after {
            let weight = weigh(&tokens, &moments[first..after], index - first, &cues, today);
            let weight = if sentence.start == 0 && weight > 0.0 {
                weight + 0.3
            } else {
                weight
            };
            if weight < ENOUGH {
                continue;
            }
            let extended = cues.iter().any(|cue| cue.says == Says::Extended);
            // The first of equals; but of an extension the last, which is the new date.
            let better = best.as_ref().is_none_or(|best| {
                weight > best.weight || (extended && best.extended && weight >= best.weight)
            });
            if better {
                best = Some(Candidate {
                    moment: index,
                    sentence: sentence.clone(),
                    weight,
                    extended,
                });
            }
        }
    }
    let best = best?;
    let moment = &moments[best.moment];
    let start = tokens[best.sentence.start].at.start;
    let end = tokens[best.sentence.end - 1].at.end;
    // An hour that belongs to the date may stand before the sentence.
    let date_at = tokens[moment.tokens.start].at.start;
    Some(Deadline {
        at: moment.last_instant(zone)?,
        precision: if moment.hours.is_some() {
            Precision::Second
        } else {
            Precision::Day
        },
        evidence: evidence(&all[start..end], date_at.saturating_sub(start)),
    })
}

struct Candidate {
    moment: usize,
    sentence: std::ops::Range<usize>,
    weight: f32,
    extended: bool,
}

/// Whether something in its sentence makes a date a deadline: for those who look for other dates.
pub(super) fn is_deadline(
    tokens: &[Token],
    sentence: std::ops::Range<usize>,
    moments: &[Moment],
    index: usize,
    today: Date,
) -> bool {
    let cues = cues::find(tokens, sentence);
    weigh(tokens, moments, index, &cues, today) >= ENOUGH
}

/// How much speaks for a date being the deadline. `moments` are those of the sentence.
fn weigh(tokens: &[Token], moments: &[Moment], index: usize, cues: &[Cue], today: Date) -> f32 {
    let moment = &moments[index];
    let (start, end) = (moment.tokens.start, moment.tokens.end);
    // “1 martie – 15 martie”: a cue before the first date is a cue for the second, and none for the first.
    let joined =
        |earlier: &Moment, later: &Moment| is_join(tokens, earlier.tokens.end, later.tokens.start);
    if moments
        .get(index + 1)
        .is_some_and(|next| joined(moment, next))
    {
        return 0.0;
    }
    let partner = index
        .checked_sub(1)
        .map(|before| &moments[before])
        .filter(|before| joined(before, moment));
    let span = partner.is_some() || moment.from.is_some();
    let floor = match (partner, index.checked_sub(1)) {
        (Some(_), Some(1..)) => moments[index - 2].tokens.end,
        (Some(_), _) | (None, None) => 0,
        // What is said before the date that was put off is said of the new one.
        (None, Some(before)) if former(tokens, moments, before, cues) => before
            .checked_sub(1)
            .map_or(0, |earlier| moments[earlier].tokens.end),
        (None, Some(before)) => moments[before].tokens.end,
    };
    let start_of_span = partner.map_or(start, |partner| partner.tokens.start);
    let next = moments
        .get(index + 1)
        .map_or(usize::MAX, |next| next.tokens.start);

    let about = |says: Says| {
        cues.iter()
            .any(|cue| cue.says == says && cue.tokens.start >= floor && cue.tokens.end <= next)
    };
    let anywhere = |says: Says| cues.iter().any(|cue| cue.says == says);
    let strong_before = cues.iter().any(|cue| {
        cue.says == Says::Deadline
            && cue.tokens.end <= start
            && cue.tokens.start >= floor
            && start_of_span.saturating_sub(cue.tokens.end) <= 16
    });
    // A cue between two dates speaks of the later one.
    let strong_after = cues.iter().any(|cue| {
        cue.says == Says::Deadline
            && cue.tokens.start >= end
            && cue.tokens.start - end <= 5
            && cue.tokens.end <= next
            && next.saturating_sub(cue.tokens.end) > 16
    });
    let until = cues
        .iter()
        .any(|cue| cue.says == Says::Until && cue.tokens.end <= start && cue.tokens.start >= floor && start - cue.tokens.end <= 4)
        // “līdz plkst. 12.00 15. martam”, “до 18:00 15 марта”: within the moment's own tokens.
        || cues.iter().any(|cue| cue.says == Says::Until && cue.tokens.start >= start && cue.tokens.end < end);

    let told_by_cue = strong_before || strong_after;
    let up_to = cues
        .iter()
        .any(|cue| cue.says == Says::UpTo && cue.tokens.end == start);
    let mut weight: f32 = 0.0;
    if told_by_cue {
        weight += 3.0;
    }
    if until || up_to {
        weight += 1.0;
    }
    if weight > 0.0 && anywhere(Says::Act) {
        weight += 0.8;
    }
    if span && weight < 1.5 && anywhere(Says::Act) {
        weight = weight.max(1.0) + 0.8;
    }
    // What is only said to go on for longer is no deadline: a permit, an exhibition.
    if weight > 0.0 && anywhere(Says::Extended) && (told_by_cue || anywhere(Says::Act)) {
        weight += 2.0;
    }
    if about(Says::Aside) {
        weight -= 2.0;
    }
    if anywhere(Says::Project) && !told_by_cue {
        weight -= 1.5;
    }
    if former(tokens, moments, index, cues) {
        return 0.0;
    }
    // Without a plain cue neither the day of publication nor one long past is meant.
    if !told_by_cue
        && ((moment.date == today && moment.hours.is_none()) || is_past(moment.date, today))
    {
        return 0.0;
    }
    weight
}

/// Whether a date is the one that was put off: “stabilit inițial pentru 14 mai, a fost extins până la 3 iunie”.
fn former(tokens: &[Token], moments: &[Moment], index: usize, cues: &[Cue]) -> bool {
    let moment = &moments[index];
    let said = cues.iter().any(|cue| {
        cue.says == Says::Former
            && cue.tokens.end <= moment.tokens.start
            && tokens
                .get(cue.tokens.end..moment.tokens.start)
                .is_some_and(|between| {
                    between.len() <= 4 && !between.iter().any(|token| token.is_mark(&[',', '(']))
                })
    });
    let put_off = moments.get(index + 1).is_some_and(|next| {
        cues.iter().any(|cue| {
            cue.says == Says::Extended
                && cue.tokens.start >= moment.tokens.end
                && cue.tokens.end <= next.tokens.start
        })
    });
    said || put_off
}

/// Whether a day lies more than a month back.
fn is_past(date: Date, today: Date) -> bool {
    today.checked_sub(31.days()).is_ok_and(|limit| date < limit)
}

/// Whether two dates with this between them are the ends of one span.
fn is_join(tokens: &[Token], from: usize, to: usize) -> bool {
    let between = tokens.get(from..to).unwrap_or_default();
    !between.is_empty()
        && between.len() <= 3
        && between.iter().all(|token| {
            token.is_mark(&['-', ','])
                || matches!(
                    token.word(),
                    "pana"
                        | "la"
                        | "lidz"
                        | "по"
                        | "до"
                        | "to"
                        | "until"
                        | "till"
                        | "through"
                        | "data"
                        | "de"
                        | "si"
                        | "and"
                )
        })
        && !between.iter().all(|token| token.is_mark(&[',']))
}

/// The sentence, or of a long one the part around the date.
fn evidence(sentence: &str, date_at: usize) -> String {
    let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    if sentence.chars().count() <= MOST_EVIDENCE {
        return squeezed(sentence);
    }
    let before = sentence[..date_at].chars().count();
    let skip = before.saturating_sub(MOST_EVIDENCE / 2);
    let part: String = sentence
        .chars()
        .skip(skip)
        .take(MOST_EVIDENCE - 2)
        .collect();
    let part = if skip > 0 {
        format!(
            "…{}",
            part.split_once(' ').map_or(part.as_str(), |(_, rest)| rest)
        )
    } else {
        part
    };
    squeezed(&part)
}

#[cfg(test)]
mod tests;
