//! Where something happens: what the sentence of its date names as a place, or a line that is labelled so.

use std::ops::Range;
use std::sync::LazyLock;

use super::super::moments::{Moment, Token, TokenKind};
use super::super::phrases::Phrases;
use super::super::sentences::sentences;
use super::{Says, cues};

/// Longest place, in characters.
const MOST: usize = 120;

/// As many tokens are looked at for the end of a place.
const MOST_TOKENS: usize = 60;

/// Most words of a name before a Latvian locative.
const MOST_OF_NAME: usize = 8;

/// Longest name in quotation marks, in tokens.
const MOST_QUOTED: usize = 12;

/// Most words without a capital letter one after the other: “sediul asociației noastre”.
const MOST_SMALL: usize = 2;

/// What a word can be to a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// A kind of place, or a part of an address.
    Noun,
    /// Stands before a number or a name, with or without a point.
    Short,
    /// Joins the words of a name.
    Joins,
    /// An event or a body that one takes part in: no place, though one is “at” it.
    Gathering,
    /// No place goes beyond it.
    Ends,
}

static ROLES: LazyLock<Phrases<Role>> = LazyLock::new(|| {
    Phrases::new(&[
        (
            "sediu*|sala|salii|saloanele|salonul|hotel*|centru*|centre*|casa|biblioteca|bibliotecii|universitat*|palat*|primari*|ministerul|muzeul|muzeului|scoala|scolii|liceul|liceului|teatru*|piata|pietei|parcul|parcului|incinta|camin*|clubul|institut*|academi*|facultat*|biseric*|complex*|pavilion*|restaurant*|cafenea*|cinema|aula|amfiteatru*|gradin*|strada|strazii|bulevard*|soseaua|calea|biroul|birourile|consiliul|prefectura|etaj*|parter*|campus*|spital*|filiala|orasul|orasului|orasel*|municipiul|municipiului|comuna|satul|raionul|raion|scuar*|judetul|sectorul|cladirea|cladirii|ambasada|\
             bibliotek*|iela|ielas|centra|centrs|nama|nams|dome|domes|viesnica|viesnicas|zale|zales|telpas|telpa|stava|ministrija|muzeja|skola|universitate|pagasta|novada|pili|pils|parka|laukuma|kluba|teatri|koncertzale|baznica|augstskola|instituta|biroja|maja|majas|pilseta|vestnieciba|saeima|auditorija|kafejnica|halle|stacija|arena|estrade|dienesta|bulvari|prospekta|gatve|filiale|gimnazija|pasvaldiba|parvalde|agentura|\
             зал*|конференц|гостиниц*|отел*|библиотек*|университет*|центр*|дом|дома|доме|дворц*|здани*|музе|музее|музея|школ*|театр*|площад*|парк|парка|парке|офис*|министерств*|мэрии|примэри*|клуб*|институт*|академи*|аудитори*|кабинет*|церкв*|собор*|кинотеатр*|улиц*|проспект*|бульвар*|город|города|городе|помещени*|лице|лицее|гимнази*|больниц*|ресторан*|кафе|комплекс*|павильон*|посольств*|этаж*|район*|сквер*|базе|територі*|території|будинк*|\
             hotel|hall|centre|center|library|university|palace|museum|school|house|office|offices|room|headquarters|square|park|theatre|theater|institute|academy|ministry|embassy|building|auditorium|club|church|street|avenue|boulevard|campus|premises|city|town|floor",
            Role::Noun,
        ),
        (
            "str|bd|bdul|nr|et|ap|sos|jud|mun|г|ул|пр|пл|д|каб|им|str|st|kr",
            Role::Short,
        ),
        (
            "de|din|al|ale|a|ai|lui|cel|of|the|имени|и|un|si|and|for|pentru",
            Role::Joins,
        ),
        (
            "conferin*|forum*|atelier*|seminar*|curs|cursul*|cursuri*|congres*|gala|targul*|festival*|webinar*|sesiun*|consultar*|intalnir*|reuniun*|dezbater*|eveniment*|concurs*|program*|proiect*|campani*|apelul*|marsul*|concert*|expozit*|lansar*|ora|orele|data|\
             конференци*|форум*|семинар*|тренинг*|вебинар*|встреч*|конкурс*|курс|курсы|программ*|проект*|акци*|заседани*|выставк*|фестивал*|рамках|\
             seminaru|konferenci|pasakumu|tiksanos|diskusiju|apmacibas|kursus|lekciju|koncertu|izstadi|sanaksmi|sapulci|\
             conference*|workshop*|congress*|festival*|session*|meeting*|event*|training*|call|project*|programme*|campaign*|exhibition*",
            Role::Gathering,
        ),
        (
            "pe|intre|cu|unde|care|cand|va|vor|vom|sunt|este|iar|sau|prin|incepand|pana|ora|orele|data|ziua|perioada|despre|cum|sub|\
             no|lidz|kur|kas|par|ar|kad|bus|ir|vai|plkst|pulksten|\
             с|для|от|до|где|который|которая|которое|которые|будет|будут|по|под|о|об|начало|\
             on|from|until|till|with|where|which|who|will|is|are|about|by|starting|between|during|or|to",
            Role::Ends,
        ),
    ])
});

fn role(token: &Token) -> Option<Role> {
    ROLES.at(&[token.word()], 0).map(|found| found.means)
}

/// The place: in the sentence of the date, else behind a label at the beginning of a line.
pub(super) fn find(
    text: &str,
    tokens: &[Token],
    moments: &[Moment],
    sentence: &Range<usize>,
) -> Option<String> {
    let page = Page {
        text,
        tokens,
        moments,
    };
    let here = cues(tokens, sentence.clone());
    let limit = sentence.end;
    for (cue, says) in &here {
        if *says == Says::Label
            && let Some(place) = page.labelled(cue, limit)
        {
            return Some(place);
        }
    }
    let begun = here
        .iter()
        .find(|(_, says)| *says == Says::Happens)
        .map_or(sentence.start, |(cue, _)| cue.end);
    let online = here
        .iter()
        .filter(|(_, says)| *says == Says::Online)
        .map(|(cue, _)| cue.clone())
        .next();
    let told: Vec<&Range<usize>> = here
        .iter()
        .filter(|(_, says)| *says == Says::Place)
        .map(|(cue, _)| cue)
        .collect();
    let named = page
        .named(begun..limit, &told)
        .or_else(|| page.named(sentence.start..begun, &told));
    match (online, named) {
        // Registration is online as often as not: what is said first counts.
        (Some(cue), Some((at, place))) if at >= begun && at < cue.start => Some(place),
        (Some(cue), _) => Some(capitalised(
            &text[tokens[cue.start].at.start..tokens[cue.end - 1].at.end],
        )),
        (None, Some((_, place))) => Some(place),
        (None, None) => sentences(text, tokens).into_iter().find_map(|other| {
            let (cue, says) = cues(tokens, other.clone()).into_iter().next()?;
            (says == Says::Label && cue.start == other.start)
                .then(|| page.labelled(&cue, other.end))?
        }),
    }
}

/// Behind which a place can follow.
fn is_preposition(word: &str) -> bool {
    matches!(word, "la" | "in" | "в" | "во" | "на" | "at" | "у")
}

struct Page<'a> {
    text: &'a str,
    tokens: &'a [Token<'a>],
    moments: &'a [Moment],
}

impl Page<'_> {
    fn written(&self, place: usize) -> &str {
        self.tokens
            .get(place)
            .map_or("", |token| &self.text[token.at.clone()])
    }

    fn is_capital(&self, place: usize) -> bool {
        self.written(place)
            .chars()
            .next()
            .is_some_and(char::is_uppercase)
    }

    fn is_dated(&self, place: usize) -> bool {
        let first = self
            .moments
            .partition_point(|moment| moment.tokens.end <= place);
        self.moments
            .get(first)
            .is_some_and(|moment| moment.tokens.start <= place)
    }

    fn role(&self, place: usize) -> Option<Role> {
        self.tokens.get(place).and_then(role)
    }

    /// What stands behind a label and its colon: all to the end of the line, since nobody writes on behind it.
    fn labelled(&self, cue: &Range<usize>, limit: usize) -> Option<String> {
        let mut start = cue.end;
        if !self.tokens.get(start)?.is_mark(&[':', '-']) {
            return None;
        }
        while start < limit && self.tokens[start].is_mark(&[':', '-', '\n', ',']) {
            start += 1;
        }
        let end = (start..limit).find(|place| {
            self.is_dated(*place)
                || self.tokens[*place].is_mark(&['\n', ';', '|', '!', '?'])
                || cues(self.tokens, *place..limit.min(*place + 3))
                    .first()
                    .is_some_and(|(cue, says)| cue.start == *place && *says == Says::Happens)
        });
        self.cut(start, end.unwrap_or(limit))
    }

    /// “la București”, “în sala mare”, “Rīgā”, “в Кишинёве”, “at the Palace”, or behind words that tell of a place: where it
    /// begins, and the whole of it.
    fn named(&self, within: Range<usize>, told: &[&Range<usize>]) -> Option<(usize, String)> {
        for place in within.clone() {
            if self.is_dated(place) {
                continue;
            }
            let word = self.tokens[place].word();
            let told = told.iter().find(|cue| cue.start == place);
            let found = if let Some(cue) = told {
                // “la sediul Fundației” is a place with the word that tells, “по адресу …” one without.
                let whole = self.role(cue.end - 1) == Some(Role::Noun);
                Some(if whole { cue.start + 1 } else { cue.end })
            } else if is_preposition(word) {
                let begins = self.begins(place + 1, within.end, word == "на");
                begins.then_some(place + 1)
            } else {
                self.is_locative(place)
                    .then(|| self.first_of_name(place, within.start))
            };
            let found = found.and_then(|start| self.phrase(start, within.end));
            if let Some(found) = found {
                return Some((place, found));
            }
        }
        None
    }

    /// Whether a place begins here, behind its preposition: a name, a kind of place, or a word about it.
    fn begins(&self, start: usize, limit: usize, noun_only: bool) -> bool {
        if start >= limit || self.is_dated(start) {
            return false;
        }
        let article = usize::from(matches!(self.tokens[start].word(), "the" | "our" | "г"));
        let start = start + article;
        if start >= limit {
            return false;
        }
        match self.role(start) {
            Some(Role::Noun) => true,
            Some(Role::Gathering | Role::Ends) => false,
            _ if self.is_capital(start) && !self.tokens[start].word().is_empty() => !noun_only,
            Some(_) => false,
            // “în noua sală”, “в актовом зале”.
            None => {
                !self.tokens[start].word().is_empty()
                    && start + 1 < limit
                    && self.role(start + 1) == Some(Role::Noun)
            }
        }
    }

    /// Whether a word is a Latvian place in the locative: a name, or a kind of place.
    fn is_locative(&self, place: usize) -> bool {
        let written = self.written(place);
        // “Mazsalacas vidusskolā”
        let of_a_name = || {
            place > 0 && self.is_capital(place - 1) && self.written(place - 1).ends_with(['s', 'u'])
        };
        written.ends_with(['ā', 'ē', 'ī', 'ū'])
            && written.chars().count() >= 4
            && match self.role(place) {
                Some(Role::Noun) => true,
                Some(_) => false,
                None => self.is_capital(place) || of_a_name(),
            }
    }

    /// Where the name begins that goes before a Latvian locative: “Liepājas Centrālajā bibliotēkā”.
    fn first_of_name(&self, place: usize, from: usize) -> usize {
        let mut start = place;
        let mut small = 0;
        while start > from.max(place.saturating_sub(MOST_OF_NAME)) {
            let before = start - 1;
            let written = self.written(before);
            let ends = |ends: &[&str]| ends.iter().any(|end| written.ends_with(end));
            let opens = before == 0 || self.tokens[before - 1].is_mark(&['.', '\n', '!', '?']);
            let belongs = if self.is_capital(before) {
                // “Cēsu Izstāžu namā notiks”, but “Seminārs Rīgā notiks”.
                !opens || ends(&["as", "es", "us", "u", "ls"])
            } else {
                small += 1;
                let noun = self.role(before) == Some(Role::Noun);
                let may = self.role(before).is_none() && written.chars().count() > 3;
                small <= MOST_SMALL && (noun || (may && ends(&["as", "es", "u", "ajā", "ajās"])))
            };
            if !belongs || self.is_dated(before) || self.tokens[before].word().is_empty() {
                break;
            }
            start = before;
        }
        start
    }

    /// The place that begins at a token.
    fn phrase(&self, start: usize, limit: usize) -> Option<String> {
        let mut start = start;
        while start < limit
            && (self.tokens[start].is_mark(&[':', '-', ','])
                || matches!(self.tokens[start].word(), "the" | "our"))
        {
            start += 1;
        }
        self.cut(start, self.end_of(start, limit))
    }

    fn end_of(&self, start: usize, limit: usize) -> usize {
        let limit = limit.min(start + MOST_TOKENS);
        // “в здании библиотеки состоится встреча”
        let happens = cues(self.tokens, start..limit.max(start))
            .into_iter()
            .find(|(_, says)| *says == Says::Happens);
        let limit = happens.map_or(limit, |(cue, _)| cue.start);
        let mut end = start;
        // Behind the last word that surely belongs to it, and how many came since that may.
        let (mut sure, mut small) = (start, 0);
        while end < limit && !self.is_dated(end) {
            match self.tokens[end].kind {
                TokenKind::Mark('„' | '“' | '"' | '«' | '”') => {
                    let close = (end + 1..limit.min(end + MOST_QUOTED))
                        .find(|place| self.tokens[*place].is_mark(&['”', '“', '"', '»']));
                    let Some(close) = close else { break };
                    end = close + 1;
                    (sure, small) = (end, 0);
                    continue;
                }
                TokenKind::Mark('-' | '/' | '’' | '\'') if self.is_attached(end) => {}
                TokenKind::Mark('&') => {}
                TokenKind::Mark('.') if end > start && self.is_shortened(end) => {}
                TokenKind::Mark(',') if self.goes_on(end + 1, limit) => {}
                TokenKind::Mark(_) => break,
                TokenKind::Number { .. } => (sure, small) = (end + 1, 0),
                TokenKind::Word(_) => match self.role(end) {
                    Some(Role::Noun | Role::Short) => (sure, small) = (end + 1, 0),
                    _ if self.is_capital(end) => (sure, small) = (end + 1, 0),
                    Some(Role::Joins) => {}
                    Some(Role::Ends | Role::Gathering) => break,
                    _ if is_preposition(self.tokens[end].word()) => {
                        if !self.begins(end + 1, limit, false) {
                            break;
                        }
                    }
                    None => {
                        small += 1;
                        if small > MOST_SMALL {
                            end = sure;
                            break;
                        }
                    }
                },
            }
            end += 1;
        }
        end
    }

    /// Whether a mark stands in a word: “Cluj-Napoca”.
    fn is_attached(&self, place: usize) -> bool {
        let Some(next) = self.tokens.get(place + 1) else {
            return false;
        };
        place > 0
            && self.tokens[place - 1].at.end == self.tokens[place].at.start
            && self.tokens[place].at.end == next.at.start
    }

    /// Whether the point here is that of a short form, an initial or an ordinal.
    fn is_shortened(&self, place: usize) -> bool {
        let before = &self.tokens[place - 1];
        before.number().is_some()
            || role(before) == Some(Role::Short)
            || self.written(place - 1).chars().count() == 1
    }

    /// Whether what follows a comma is more of the place.
    fn goes_on(&self, next: usize, limit: usize) -> bool {
        if next >= limit || self.is_dated(next) {
            return false;
        }
        if self.tokens[next].number().is_some() {
            return true;
        }
        match self.role(next) {
            Some(Role::Noun | Role::Short) => return true,
            Some(Role::Ends | Role::Gathering) => return false,
            _ => {}
        }
        if is_preposition(self.tokens[next].word()) {
            return self.begins(next + 1, limit, self.tokens[next].word() == "на");
        }
        // “sala mare”, “Latvia”, but not “Ministerul Muncii invită …”.
        let part = next..limit.min(next + 8);
        let part = part.take_while(|place| {
            !self.is_dated(*place)
                && !self.tokens[*place].is_mark(&[',', '.', '\n', '(', ';', '-', '!', '?'])
        });
        self.is_capital(next)
            && part.into_iter().all(|place| {
                self.is_capital(place)
                    || self.tokens[place].word().is_empty()
                    || is_preposition(self.tokens[place].word())
                    || matches!(
                        self.role(place),
                        Some(Role::Noun | Role::Short | Role::Joins | Role::Ends)
                    )
            })
    }

    /// The text of a range without what only leads on from it.
    fn cut(&self, start: usize, end: usize) -> Option<String> {
        let mut end = end;
        while end > start
            && (self.tokens[end - 1].is_mark(&[',', '.', '-', ':', '&', '/', '('])
                || matches!(self.role(end - 1), Some(Role::Joins | Role::Ends))
                || is_preposition(self.tokens[end - 1].word()))
        {
            end -= 1;
        }
        let (first, last) = (
            self.tokens.get(start)?,
            self.tokens.get(end.checked_sub(1)?)?,
        );
        let place = self.text.get(first.at.start..last.at.end)?;
        let place = place.split_whitespace().collect::<Vec<_>>().join(" ");
        let letters = place.chars().filter(|c| c.is_alphabetic()).count();
        (end > start && letters >= 3 && place.chars().count() <= MOST).then_some(place)
    }
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}
