//! Whether a text says of what it announces that it is cancelled, put off or open again.
//!
//! A word alone says little: orders are cancelled and libraries opened again too, contests were cancelled last year, organisers
//! reserve the right to cancel. So a sentence counts when what it speaks of is what announcements are about, and
//! when it neither denies, nor supposes, nor quotes, nor remembers.

use std::ops::Range;
use std::sync::LazyLock;

use super::cut;
use crate::understanding::moments::{Token, tokens};
use crate::understanding::phrases::Phrases;
use crate::understanding::sentences::sentences;

/// What a text says of what it announces: the first sentence of each kind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Said {
    pub cancelled: Option<String>,
    pub postponed: Option<String>,
    pub reopened: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    Cancelled,
    /// The same, whatever it is said of: “nu va mai avea loc”.
    Off,
    Postponed,
    Reopened,
    /// Announcements are about this.
    Own,
    /// They are not: an order, a tax.
    Other,
    /// What follows is not so.
    Not,
    /// Only supposed, or possible.
    Maybe,
    /// It was so once.
    Once,
}

static PHRASES: LazyLock<Phrases<Says>> = LazyLock::new(|| {
    Phrases::new(&[
        (
            "anulat|anulata|anulate|anulati|anuleaza|anularea|anulare|anularii|anulam|suspendat|suspendata|suspendate|suspenda|suspendam|suspendarea|sistat|sistata|sisteaza|sistam|contramandat*|revocat|revocata|\
             atcelts|atcelta|atcelti|atceltas|atcel|atcelam|atcelsana|atcelsanu|apturets|apturetas|apturets|apturets|aptureta|partraukts|partraukta|partraukti|partrauktas|\
             отменен|отменена|отменено|отменены|отменяется|отменяются|отменили|отмена|отмене|отменяем|отмененн*|аннулирован*|приостановлен*|приостановили|скасован*|\
             cancelled|canceled|cancellation|cancelling|suspended|called off|discontinued|withdrawn by the organi*",
            Says::Cancelled,
        ),
        (
            "nu va mai avea loc|nu va avea loc|nu mai are loc|nu se mai organizeaza|nu se va mai organiza|nu se mai desfasoara|nu se va desfasura|\
             nenotiks|nenotiek|netiks rikot*|netiks organizet*|\
             не состоится|не состоятся|не будет проводиться|не будет проводится|не проводится|\
             will not take place|won t take place|wont take place|no longer take place|no longer taking place|will not be held|will not go ahead",
            Says::Off,
        ),
        (
            "amanat|amanata|amanate|amana|amanam|amanarea|reprogramat*|reprogrameaza|\
             atlikts|atlikta|atlikti|atliktas|parcelts|parcelta|parcelti|parceltas|atliek|parcel|\
             перенесен|перенесена|перенесено|перенесены|переносится|переносятся|отложен|отложена|отложено|отложены|откладывается|перенос|\
             postponed|rescheduled|deferred|put off",
            Says::Postponed,
        ),
        (
            "redeschis|redeschisa|redeschise|redeschide|redeschidem|redeschiderea|se redeschid|relansat|relansata|relanseaza|relansam|reluat|reluata|reluate|reia|\
             atkartoti atver*|atkartoti izsludin*|atkal atver*|no jauna izsludin*|atsakta|atsakts|atsakti|atsak|atjaunota|atjaunots|\
             возобновлен|возобновлена|возобновлено|возобновлены|возобновляется|возобновляем|возобновили|возобновился|повторно открыт*|вновь открыт*|снова открыт*|заново открыт*|вновь объявл*|повторно объявл*|открывается вновь|\
             reopened|reopens|reopen|reopening|re opened|re opens|re open|open again|resumed|resumes|relaunched|re launched",
            Says::Reopened,
        ),
        (
            "apel|apelul|apelului|apelurile|concurs|concursul|concursului|concursuri*|eveniment|evenimentul|evenimentului|evenimentele|sesiune|sesiunea|sesiunii|conferint*|atelier|atelierul|atelierele|seminar*|curs|cursul|cursuri*|licitati*|procedura|procedurii|selecti*|achiziti*|consultar*|consultat*|intalnir*|sedint*|spectacol*|gala|inscrier*|inscrieri*|depunere*|candidat*|aplicat*|anuntul|invitati*|forum|forumul|targ|targul|webinar*|dezbater*|proiecti*|recrutar*|angajar*|post|postul|postului|program|programul|finantar*|granturi*|licitatia|reuniune*|tabara|festival*|manifestar*|\
             konkurs*|pasakum*|konferenc*|seminar*|darbnic*|apmacib*|kurs*|iepirkum*|sarunu procedur*|apspried*|sede|sedes|sanaksm*|tiksan*|pieteiksan*|pieteikum*|uzsaukum*|atlase|atlases|vakanc*|izsludinat*|forums|foruma|vebinar*|lekcij*|koncert*|programm*|nodarbib*|registracij*|izrad*|\
             конкурс*|мероприят*|конференц*|семинар*|мастер класс*|курс|курса|курсы|тендер*|закупк*|отбор*|консультац*|встреч*|заседан*|спектакл*|прием|приема|прием заявок|набор*|регистрац*|форум*|вебинар*|лекци*|обсужден*|слушан*|концерт*|фестивал*|программ*|вакансия|вакансии|подача|подачи|аукцион*|тренинг*|выставк*|\
             call|calls|competition|event|events|conference|workshop*|seminar*|course|courses|tender*|procurement|consultation*|meeting*|applications|application|registration*|submission*|forum|webinar*|training*|gala|festival*|vacancy|position|recruitment|programme|program|session*|hearing*|contest*|grant|grants|lecture*|concert*|auction*",
            Says::Own,
        ),
        (
            "ordin|ordinul|ordinului|decizia|deciziei|hotararea|hotararii|legea|legii|lege|taxa|taxei|taxele|amenda|amenzile|datori*|viza|vizele|vizelor|zbor|zborul|zboruri*|curse|cursele|articolul|contract|contractul|contractului|impozit*|restricti*|licenta|licentei|permisul|permise|alegerile|obligati*|sanctiun*|carantina|plata|platile|\
             rikojum*|lemum*|likum*|nodokl*|sod|soda|sodi|reis|reiss|reisi|reisu|ierobezojum*|licence|licences|licenc*|ligum*|noteikum*|maksa|\
             приказ*|решени*|закон|закона|законы|законопроект*|налог*|штраф*|рейс|рейса|рейсы|рейсов|ограничен*|лицензи*|договор*|постановлен*|указ|указа|виза|визы|долг*|пошлин*|карантин*|\
             order|orders|decision*|law|laws|act|tax|taxes|fine|fines|flight|flights|debt*|visa|visas|restriction*|licence*|license*|contract*|decree*|subscription*|tariff*",
            Says::Other,
        ),
        (
            "nu|nici|niciun|nicio|fara|nu a fost|nav|netiek|netika|netiks|nebija|nebus|bez|nedrikst|не|ни|нет|без|not|never|no|isn|wasn|won|hasn|aren|without|isnt|wasnt|wont|hasnt|ne",
            Says::Not,
        ),
        (
            "daca|in cazul|in caz|in situatia|poate|pot|ar putea|dreptul|dreptul de|eventual*|posibil|ori de cate ori|risca|in conditiile in care|\
             gadijuma|ja|var tikt|var|tiesibas|tiesigs|tiesiga|tiesigi|iespejam*|\
             если|в случае|случае|может|могут|право|вправе|возможн*|при отмене|\
             if|in case|may|might|can|could|the right|reserves|unless|should|policy|possible|in the event of|in the event that|refund*",
            Says::Maybe,
        ),
        (
            "anul trecut|anii trecuti|anterior|anterioara|anterioare|precedent*|trecuta|\
             pagajusaja|pagajusgad|ieprieksej*|ieprieks|\
             прошлом году|прошлого года|прошлый|прошлогодн*|предыдущ*|ранее|\
             last year|last year s|previous|previously|in the past|earlier this year",
            Says::Once,
        ),
    ])
});

/// Tokens between a denial and what it denies.
const NEAR: usize = 3;
/// A sentence of so few words needs to name nothing: “ANULAT”, “Eveniment anulat”.
const SHORT: usize = 4;

/// What a text says; its first `title` bytes are the title. Years before `year` are past.
pub(super) fn said(text: &str, title: usize, year: i16) -> Said {
    let tokens = tokens(text);
    let mut found = Said::default();
    for sentence in sentences(text, &tokens) {
        let titled = tokens[sentence.start].at.start < title;
        let Some(says) = sentence_says(text, &tokens, sentence.clone(), titled, year) else {
            continue;
        };
        let slot = match says {
            Says::Cancelled | Says::Off => &mut found.cancelled,
            Says::Postponed => &mut found.postponed,
            Says::Reopened => &mut found.reopened,
            _ => continue,
        };
        if slot.is_none() {
            let (start, end) = (
                tokens[sentence.start].at.start,
                tokens[sentence.end - 1].at.end,
            );
            *slot = Some(cut(&text[start..end]));
        }
    }
    // What is open again was cancelled before: the history of one announcement in one text.
    if found.reopened.is_some() {
        found.cancelled = None;
    }
    found
}

struct Cue {
    at: Range<usize>,
    says: Says,
}

fn sentence_says(
    text: &str,
    tokens: &[Token],
    sentence: Range<usize>,
    titled: bool,
    year: i16,
) -> Option<Says> {
    let places: Vec<usize> = sentence
        .clone()
        .filter(|place| !tokens[*place].word().is_empty())
        .collect();
    let words: Vec<&str> = places.iter().map(|place| tokens[*place].word()).collect();
    let cues: Vec<Cue> = PHRASES
        .all(&words)
        .into_iter()
        .map(|found| Cue {
            at: places[found.start]..places[found.end - 1] + 1,
            says: found.means,
        })
        .collect();
    let tells = |says: Says| {
        matches!(
            says,
            Says::Cancelled | Says::Off | Says::Postponed | Says::Reopened
        )
    };
    if !cues.iter().any(|cue| tells(cue.says)) {
        return None;
    }
    let past = tokens[sentence.clone()].iter().any(|token| {
        token.number().is_some_and(|(value, digits)| {
            digits == 4 && (1990..u32::try_from(year).unwrap_or(0)).contains(&value)
        })
    });
    if past || cues.iter().any(|cue| cue.says == Says::Once) {
        // “Apelul, anulat anterior, a fost redeschis” is open all the same.
        let reopened = cues.iter().any(|cue| cue.says == Says::Reopened);
        if past || !reopened {
            return None;
        }
    }
    let mut accepted = None;
    for cue in cues.iter().filter(|cue| tells(cue.says)) {
        let denied = cue.says != Says::Off
            && cues.iter().any(|other| {
                other.says == Says::Not
                    && other.at.end <= cue.at.start
                    && cue.at.start - other.at.end < NEAR
            });
        let maybe = cues
            .iter()
            .any(|other| other.says == Says::Maybe && other.at.start < cue.at.start);
        if denied || maybe || is_quoted(text, tokens, &sentence, cue.at.start) {
            continue;
        }
        let distance = |of: Says| {
            let near = cues.iter().filter(|other| other.says == of).map(|other| {
                if other.at.start >= cue.at.end {
                    // What follows is meant as often as what goes before, but more loosely.
                    other.at.start - cue.at.end
                } else {
                    cue.at.start.saturating_sub(other.at.end)
                }
            });
            near.min()
        };
        let (own, other) = (distance(Says::Own), distance(Says::Other));
        let about = match (own, other) {
            (Some(own), Some(other)) => own <= other,
            (Some(_), None) => true,
            (None, Some(_)) => false,
            (None, None) => words.len() <= SHORT || titled || cue.says == Says::Off,
        };
        if !about {
            continue;
        }
        // The last word counts: what was cancelled and is open again is open.
        accepted = match (accepted, cue.says) {
            (Some(Says::Reopened), _) | (_, Says::Reopened) => Some(Says::Reopened),
            (Some(Says::Cancelled | Says::Off), _) => accepted,
            (_, says) => Some(says),
        };
    }
    accepted
}

/// Whether a token stands within quotation marks of its sentence.
fn is_quoted(text: &str, tokens: &[Token], sentence: &Range<usize>, place: usize) -> bool {
    let start = tokens[sentence.start].at.start;
    let end = tokens[sentence.end - 1].at.end;
    let (before, after) = (
        &text[start..tokens[place].at.start],
        &text[tokens[place].at.end..end],
    );
    let mut open = 0_i32;
    let mut straight = false;
    for c in before.chars() {
        match c {
            '„' | '«' | '‹' => open += 1,
            '“' if open == 0 => open += 1,
            '”' | '“' | '»' | '›' => open = (open - 1).max(0),
            '"' => straight = !straight,
            _ => {}
        }
    }
    let closes = |marks: &[char]| after.contains(marks);
    (open > 0 && closes(&['”', '“', '»', '›', '"'])) || (straight && closes(&['"']))
}
