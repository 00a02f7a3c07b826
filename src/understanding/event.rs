//! What can be attended: when and where, from prose in four languages.

use std::ops::Range;
use std::sync::LazyLock;

use jiff::{Timestamp, tz::TimeZone};

use super::deadline::{self, MOST};
use super::moments::{Moment, Token, TokenKind, moments, tokens};
use super::phrases::Phrases;
use super::sentences::sentences;
use super::words::first_bytes;
use crate::domain::{Event, Language};

/// Longest place, in characters.
const MOST_PLACE: usize = 120;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    /// It happens then.
    Happens,
    /// The place follows.
    Place,
    /// The place itself.
    Online,
    /// It is about something else: a project's course, a publication.
    Else,
}

static PHRASES: LazyLock<Phrases<Says>> = LazyLock::new(|| {
    Phrases::new(&[
        (
            "va avea loc|vor avea loc|are loc|au loc|se va desfasura|se vor desfasura|se desfasoara|va fi organizat*|se va tine|va fi lansat*|se organizeaza|organizeaza|te asteptam|va asteptam|va invita*|te invita*|\
             data si ora|data evenimentului|cand|in data de|pe data de|\
             notiks|norisinasies|notiek|norisinas|tiks rikot*|tiks atklat*|riko|rikos|norises laiks|laiks|kad|noslegsies|saksies|atklas|atklasies|aicina uz|aicinam uz|pulcesies|gaidisim|\
             состоится|состоятся|пройдет|пройдут|проходит|будет проходить|будет проведен*|когда|приглаша*|начало|дата и время|дата проведения|відбудеться|відбудуться|запрош*|\
             will take place|takes place|take place|taking place|will be held|is held|will be organised|will be organized|join us|when|date and time|will meet|invites you|invite you",
            Says::Happens,
        ),
        (
            "la sediul|in sala|la sala|la hotel*|in incinta|locatie|locatia|locul desfasurarii|locul de desfasurare|loc|adresa|unde|\
             norises vieta|vieta|adrese|kur|\
             по адресу|место проведения|место|адрес|где|в зале|в здании|за адресою|місце|\
             venue|location|place|where|address",
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
pub fn find(
    title: &str,
    text: &str,
    lang: Option<Language>,
    reference: Timestamp,
    zone: &TimeZone,
) -> Option<Event> {
    let _ = lang;
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
                + u8::from(says(Says::Place));
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
        place: place(&all, &tokens, &moments, &sentence),
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
        let joined = (1..=2).contains(&between.len())
            && between.iter().all(|token| {
                token.is_mark(&['-'])
                    || matches!(token.word(), "pana" | "la" | "lidz" | "по" | "to")
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

/// The place: in the sentence of the date, else behind a label at the beginning of a line.
fn place(
    text: &str,
    tokens: &[Token],
    moments: &[Moment],
    sentence: &Range<usize>,
) -> Option<String> {
    let here = cues(tokens, sentence.clone());
    let mut online = None;
    for (cue, says) in &here {
        match says {
            Says::Place => {
                if let Some(place) = place_at(text, tokens, moments, cue, sentence.end) {
                    return Some(place);
                }
            }
            Says::Online => {
                online = online.or_else(|| {
                    Some(capitalised(
                        &text[tokens[cue.start].at.start..tokens[cue.end - 1].at.end],
                    ))
                });
            }
            _ => {}
        }
    }
    if online.is_some() {
        return online;
    }
    // “la București”, “Rīgā”, “в Кишинёве”: a preposition and a name right after the date.
    if let Some(place) = named_place(text, tokens, moments, sentence) {
        return Some(place);
    }
    for other in sentences(text, tokens) {
        for (cue, says) in cues(tokens, other.clone()) {
            let labelled = cue.start == other.start
                && tokens
                    .get(cue.end)
                    .is_some_and(|token| token.is_mark(&[':']));
            if says == Says::Place
                && labelled
                && let Some(place) = place_at(text, tokens, moments, &cue, other.end)
            {
                return Some(place);
            }
        }
    }
    None
}

/// What follows a cue for a place, to the end of the clause.
fn place_at(
    text: &str,
    tokens: &[Token],
    moments: &[Moment],
    cue: &Range<usize>,
    limit: usize,
) -> Option<String> {
    // “la sediul Fundației” is a place with its cue, “adresa: str. Unirii 5” one without.
    let word = tokens[cue.start].word();
    let part_of_it = matches!(word, "la" | "in" | "в") && cue.len() > 1;
    let mut start = if part_of_it { cue.start + 1 } else { cue.end };
    while start < limit && tokens[start].is_mark(&[':', '-', '\n', ',']) {
        start += 1;
    }
    until_clause_ends(text, tokens, moments, start, limit, true)
}

/// A preposition and a name after the date.
fn named_place(
    text: &str,
    tokens: &[Token],
    moments: &[Moment],
    sentence: &Range<usize>,
) -> Option<String> {
    for place in sentence.clone() {
        let before = matches!(tokens[place].word(), "la" | "in" | "в" | "во" | "at" | "у");
        let capital = tokens.get(place + 1).filter(|next| {
            place + 1 < sentence.end
                && !next.word().is_empty()
                && text[next.at.clone()]
                    .chars()
                    .next()
                    .is_some_and(char::is_uppercase)
        });
        let dated = moments
            .iter()
            .any(|moment| moment.tokens.contains(&(place + 1)));
        if before && capital.is_some() && !dated {
            return until_clause_ends(text, tokens, moments, place + 1, sentence.end, false);
        }
    }
    None
}

fn until_clause_ends(
    text: &str,
    tokens: &[Token],
    moments: &[Moment],
    start: usize,
    limit: usize,
    commas: bool,
) -> Option<String> {
    // “в здании библиотеки состоится встреча”
    let happens = cues(tokens, start..limit.max(start))
        .into_iter()
        .find(|(_, says)| *says == Says::Happens);
    let limit = happens.map_or(limit, |(cue, _)| cue.start);
    let mut end = start;
    while end < limit {
        let token = &tokens[end];
        let stops = match token.kind {
            // “Cluj-Napoca” goes on.
            TokenKind::Mark('-') if end > start && tokens[end - 1].at.end == token.at.start => {
                false
            }
            TokenKind::Mark(mark) => {
                matches!(mark, '\n' | ';' | '(' | '|' | '!' | '?')
                    || (!commas && matches!(mark, ',' | '.' | '-' | ':'))
            }
            TokenKind::Word(_) | TokenKind::Number { .. } => {
                moments.iter().any(|moment| moment.tokens.contains(&end))
            }
        };
        let length = text
            .get(tokens[start].at.start..token.at.end)
            .map_or(0, |part| part.chars().count());
        if stops || length > MOST_PLACE {
            break;
        }
        end += 1;
    }
    while end > start && tokens[end - 1].is_mark(&[',', '.', '-', ':']) {
        end -= 1;
    }
    let place = text.get(tokens.get(start)?.at.start..tokens.get(end.checked_sub(1)?)?.at.end)?;
    let place = place.split_whitespace().collect::<Vec<_>>().join(" ");
    (end > start && place.chars().filter(|c| c.is_alphabetic()).count() >= 3).then_some(place)
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn event(
        zone: &str,
        title: &str,
        text: &str,
    ) -> Option<(String, Option<String>, Option<String>)> {
        let zone = TimeZone::get(zone).unwrap();
        let reference = "2024-02-20T09:00:00Z".parse().unwrap();
        find(title, text, None, reference, &zone).map(|event| {
            let local = |at: Timestamp| {
                at.to_zoned(zone.clone())
                    .strftime("%Y-%m-%d %H:%M")
                    .to_string()
            };
            (local(event.start), event.end.map(local), event.place)
        })
    }

    fn said(
        start: &str,
        end: Option<&str>,
        place: Option<&str>,
    ) -> (String, Option<String>, Option<String>) {
        (
            start.to_owned(),
            end.map(str::to_owned),
            place.map(str::to_owned),
        )
    }

    #[test]
    fn events_in_four_languages() {
        assert_eq!(
            event(
                "Europe/Bucharest",
                "Masă rotundă",
                "Evenimentul va avea loc vineri, 15 martie 2024, în intervalul 10:00-14:00, la sediul Fundației, sala mare."
            ),
            Some(said(
                "2024-03-15 10:00",
                Some("2024-03-15 14:00"),
                Some("sediul Fundației, sala mare")
            ))
        );
        assert_eq!(
            event(
                "Europe/Riga",
                "Seminārs",
                "Seminārs notiks ceturtdien, 14. martā, plkst. 11.00.\nNorises vieta: Brīvības iela 5, Rīga"
            ),
            Some(said(
                "2024-03-14 11:00",
                None,
                Some("Brīvības iela 5, Rīga")
            ))
        );
        assert_eq!(
            event(
                "Europe/Chisinau",
                "Круглый стол",
                "Встреча состоится 15 марта 2024 года в 10:00 по адресу ул. Пушкина 22, Кишинёв."
            ),
            Some(said(
                "2024-03-15 10:00",
                None,
                Some("ул. Пушкина 22, Кишинёв")
            ))
        );
        assert_eq!(
            event(
                "Europe/Brussels",
                "EPSR Day",
                "The meeting will take place online on 15th March 2024 10:00-12:30 CET."
            ),
            Some(said(
                "2024-03-15 10:00",
                Some("2024-03-15 12:30"),
                Some("Online")
            ))
        );
        assert_eq!(
            event(
                "Europe/Bucharest",
                "Conferință",
                "Conferința are loc în perioada 16 – 17 martie 2024 la Cluj-Napoca."
            ),
            Some(said(
                "2024-03-16 00:00",
                Some("2024-03-17 23:59"),
                Some("Cluj-Napoca")
            ))
        );
    }

    #[test]
    fn the_registration_is_not_the_event() {
        let found = event("Europe/Bucharest", "Atelier", "Înscrierile se fac până la 5 martie 2024. Atelierul va avea loc pe 15 martie 2024, ora 10:00.").unwrap();
        assert_eq!(found.0, "2024-03-15 10:00");
    }

    #[test]
    fn without_a_clear_date_there_is_no_event() {
        assert_eq!(
            event("Europe/Riga", "Konference", "Konference notiks pavasarī."),
            None
        );
        assert_eq!(
            event(
                "Europe/Riga",
                "Atskaite",
                "Publicēts 2024. gada 25. februārī."
            ),
            None
        );
    }

    proptest! {
        #[test]
        fn any_text_is_searched_without_a_fall(text in "((va avea loc|15 martie|notiks|la|в|Riga|adresa|online|10:00|2024|[-.,:;(\n]) ?){0,30}", title in "\\PC{0,40}") {
            let _ = find(&title, &text, None, "2024-02-20T09:00:00Z".parse().unwrap(), &TimeZone::UTC);
        }
    }
}
