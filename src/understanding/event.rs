//! What can be attended: when and where, from prose in four languages.

mod place;

use std::ops::Range;
use std::sync::LazyLock;

use jiff::{Timestamp, tz::TimeZone};

use super::deadline::{self, MOST};
use super::moments::{Moment, Token, moments, tokens};
use super::phrases::Phrases;
use super::sentences::sentences;
use super::words::first_bytes;
use crate::domain::Event;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    /// It happens then.
    Happens,
    /// The place follows, behind a colon.
    Label,
    /// The place begins, or follows.
    Place,
    /// The place itself.
    Online,
    /// It is about something else: a project's course, a publication.
    Else,
}

static PHRASES: LazyLock<Phrases<Says>> = LazyLock::new(|| {
    Phrases::new(&[
        (
            "va avea loc|vor avea loc|are loc|au loc|se va desfasura|se vor desfasura|se desfasoara|va fi organizat*|se va tine|va fi lansat*|se organizeaza|organizeaza|organizam|va organiza|vom organiza|gazduieste|gazduim|va gazdui|programat pentru|programata pentru|ne vedem|ne intalnim|ajunge pe|ajunge in|te asteptam|va asteptam|va invita*|te invita*|\
             data si ora|data evenimentului|cand|in data de|pe data de|\
             notiks|norisinasies|notiek|norisinas|tiks rikot*|tiks atklat*|riko|rikos|rikojam|rikosim|planots|planota|paredzets|paredzeta|tiekamies|satiksimies|norises laiks|laiks|kad|noslegsies|saksies|atklas|atklasies|aicina uz|aicinam uz|pulcesies|gaidisim|\
             состоится|состоятся|пройдет|пройдут|проходит|будет проходить|будет проведен*|когда|приглаша*|проводим|проведем|проведет|проведут|организуем|организует|намечен*|запланирован*|начало|дата и время|дата проведения|відбудеться|відбудуться|запрош*|\
             will take place|takes place|take place|taking place|will be held|is held|will be organised|will be organized|will hold|is holding|hosts|will host|is hosting|is organising|are organising|scheduled for|join us|when|date and time|will meet|invites you|invite you",
            Says::Happens,
        ),
        (
            "locatie|locatia|locul desfasurarii|locul de desfasurare|loc|adresa|unde|\
             norises vieta|vieta|adrese|kur|\
             место проведения|место|адрес|где|місце|\
             venue|location|place|where|address",
            Says::Label,
        ),
        (
            "la sediul|in sala|la sala|la hotel*|in incinta|по адресу|в зале|в здании|за адресою",
            Says::Place,
        ),
        (
            "online|on line|zoom|tiessaiste|attalinati|онлайн|дистанционно|microsoft teams|google meet",
            Says::Online,
        ),
        (
            "publicat|actualizat|implement*|publicets|istenos*|опубликовано|реализ*|published|updated",
            Says::Else,
        ),
    ])
});

/// Finds the event that an announcement is about: `None` where no date is clearly that of one. `reference` is when the
/// text was published, `zone` the one in which hours are meant.
#[must_use]
pub fn find(title: &str, text: &str, reference: Timestamp, zone: &TimeZone) -> Option<Event> {
    let all = format!("{title}\n{}", first_bytes(text, MOST));
    if !all.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let today = reference.to_zoned(zone.clone()).date();
    let tokens = tokens(&all);
    let moments = moments(&tokens, today);
    let mut best: Option<(u8, usize, Range<usize>)> = None;
    for sentence in sentences(&all, &tokens) {
        let first = moments.partition_point(|moment| moment.tokens.end <= sentence.start);
        let after = moments.partition_point(|moment| moment.tokens.start < sentence.end);
        if first >= after {
            continue;
        }
        let cues = cues(&tokens, sentence.clone());
        let says = |wanted: Says| cues.iter().any(|(_, says)| *says == wanted);
        if says(Says::Else) {
            continue;
        }
        let distances = distances(&cues, &moments[first..after]);
        let least = distances.iter().flatten().min().copied();
        for index in first..after {
            if deadline::is_deadline(
                &tokens,
                sentence.clone(),
                &moments[first..after],
                index - first,
                today,
            ) {
                continue;
            }
            // Of several dates of a sentence it is the one beside the cue.
            let nearest = distances[index - first].is_some_and(|own| Some(own) == least);
            // A cue is worth most, then an hour beside the date, then a date in the title.
            let weight = 4 * u8::from(says(Says::Happens))
                + 3 * u8::from(nearest)
                + 2 * u8::from(moments[index].hours.is_some())
                + u8::from(sentence.start == 0)
                + u8::from(says(Says::Place) || says(Says::Label));
            let soon = moments[index].date >= today;
            if weight >= 2 && soon && best.as_ref().is_none_or(|(best, ..)| weight > *best) {
                best = Some((weight, index, sentence.clone()));
            }
        }
    }
    let (_, index, sentence) = best?;
    let moment = &moments[index];
    let start = moment.first_instant(zone)?;
    let end = end_of(&tokens, &moments, index, zone).filter(|end| *end > start);
    Some(Event {
        start,
        end,
        place: place::find(&all, &tokens, &moments, &sentence),
    })
}

/// Tokens between each date and the nearest cue that something happens.
fn distances(cues: &[(Range<usize>, Says)], moments: &[Moment]) -> Vec<Option<usize>> {
    let happens: Vec<&Range<usize>> = cues
        .iter()
        .filter(|(_, says)| *says == Says::Happens)
        .map(|(cue, _)| cue)
        .collect();
    moments
        .iter()
        .map(|moment| {
            let next = happens.partition_point(|cue| cue.end <= moment.tokens.start);
            let before = next
                .checked_sub(1)
                .map(|before| moment.tokens.start - happens[before].end);
            let after = happens
                .get(next)
                .map(|cue| cue.start.saturating_sub(moment.tokens.end));
            before.into_iter().chain(after).min()
        })
        .collect()
}

/// The end, where the text gives a span of hours or of days.
fn end_of(
    tokens: &[Token],
    moments: &[Moment],
    index: usize,
    zone: &TimeZone,
) -> Option<Timestamp> {
    let moment = &moments[index];
    if let Some(next) = moments.get(index + 1) {
        let between = tokens
            .get(moment.tokens.end..next.tokens.start)
            .unwrap_or_default();
        let before = moment.tokens.start.checked_sub(1);
        let span = before.is_some_and(|before| {
            matches!(
                tokens[before].word(),
                "intre" | "starp" | "между" | "between"
            )
        });
        let joined = (1..=2).contains(&between.len())
            && between.iter().all(|token| {
                token.is_mark(&['-'])
                    || matches!(token.word(), "pana" | "la" | "lidz" | "по" | "to")
                    || (span && matches!(token.word(), "si" | "un" | "и" | "and"))
            });
        if joined {
            return next.last_instant(zone);
        }
    }
    moment.end_instant(zone)
}

fn cues(tokens: &[Token], sentence: Range<usize>) -> Vec<(Range<usize>, Says)> {
    let places: Vec<usize> = sentence
        .filter(|place| !tokens[*place].word().is_empty())
        .collect();
    let words: Vec<&str> = places.iter().map(|place| tokens[*place].word()).collect();
    PHRASES
        .all(&words)
        .into_iter()
        .map(|found| (places[found.start]..places[found.end - 1] + 1, found.means))
        .collect()
}

#[cfg(test)]
mod tests;
