//! What stands around deadlines, folded, in Romanian, Latvian, Russian, Ukrainian and English.

use std::ops::Range;
use std::sync::LazyLock;

use crate::understanding::moments::Token;
use crate::understanding::phrases::Phrases;

/// What a phrase says of the dates near it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    /// It is the deadline.
    Deadline,
    /// Something goes on until then.
    Until,
    /// The same, but only right before the date: “по 15 марта”, “through March 15”.
    UpTo,
    /// There is something to do for the reader.
    Act,
    /// It was put off.
    Extended,
    /// It is the date of something else: questions, interviews, results.
    Aside,
    /// It is the course of a project.
    Project,
    /// It was the deadline at first.
    Former,
    /// Nothing: only looks like something else.
    Nothing,
}

/// A phrase found.
#[derive(Debug, Clone)]
pub(super) struct Cue {
    /// Its tokens.
    pub tokens: Range<usize>,
    pub says: Says,
}

static PHRASES: LazyLock<Phrases<Says>> = LazyLock::new(|| {
    Phrases::new(&[
        // Romanian
        (
            "termen* limita|data limita|datei limita|date limita|termen* de depunere|termen* de inscriere|termen* de aplicare|termen* de transmitere|termen* de inregistrare|termen* pentru depunere*|termen* pentru inscriere*|termen* pentru transmitere*|termen* final*|termen* extins|termen* prelungit|termen* de aplicare|ultima zi|ultimul termen|cel tarziu|nu mai tarziu de|limita de depunere|limita de inscriere|data finala|se inchide|se inchid|expira|inscrierile se incheie|depunerea se incheie|depune* pana|inscrieri pana|aplica pana|aplicati pana|termen",
            Says::Deadline,
        ),
        (
            "pana la data de|pana la|pana pe|pana in|pana pe data de|pana in data de|pana|pina la data de|pina la|pina pe|pina in|pina",
            Says::Until,
        ),
        (
            "depun*|depus*|inscri*|aplic*|trimit*|trimis*|transmi*|candid*|propuner*|inregistr*|ofert*|dosar*|solicit*|cerer*|expedi*|primire*|primit*|primesc|sugesti*|recomandar*|comentari*|opini*|observati*|contribut*|particip*|confirm*|complet*|anunt* intentia|apelul*|apel deschis|concursul*|concurs prelungit|concurs extins|sesiunea|donat*|doneaz*|vota*|voteaza|raspund*|chestionar*",
            Says::Act,
        ),
        ("extin*|extins*|prelung*|amanat*|amanare*", Says::Extended),
        (
            "intrebar*|clarificar*|contestat*|rezultat*|interviu*|evaluar*|publicat*|publicarii|actualizat*",
            Says::Aside,
        ),
        (
            "implement*|derul*|durata|valabil*|finaliz*|a primit|au primit|am primit|au depus|au fost depuse|s au inscris|au aplicat|se desfasoara|se va desfasura|are loc|va avea loc|orizont*|vor fi realizat*",
            Says::Project,
        ),
        // Latvian
        (
            "iesniegsanas termin*|iesniegsanas beigu termin*|pieteiksanas termin*|pieteikuma termin*|pieteikumu termin*|registracijas termin*|registresanas termin*|pieteiksanas*|termins|termina|terminam|terminu|beigu termin*|gala termin*|ne velak ka|pedeja diena|pedejais termin*|pieteikties lidz|iesniegt lidz|iesniedzam* lidz|jaiesniedz lidz|pieteikumi lidz|registreties lidz|pienemsana notiks lidz|pienemsana notiek lidz|pienemsana lidz|piesakies lidz|piesakieties lidz",
            Says::Deadline,
        ),
        ("lidz", Says::Until),
        (
            "iesnieg*|pieteik*|pieteic*|piesak*|piesaki*|registr*|nosut*|sutit*|sniegt|sniedz|jaiesn*|jasniedz|piedavaj*|priekslik*|viedok*|atsauk*|anket*|aizpild*|nobalso*|balso*|iesut*|ziedo*|konkurs*|uzsaukum*|atlase|pienem*",
            Says::Act,
        ),
        ("pagarin*", Says::Extended),
        (
            "jautajum*|rezultat*|intervij*|publicet*|precizej*",
            Says::Aside,
        ),
        (
            "isteno*|norisina*|notiek|notiks|darbos*|izstad*|ilgs|ilgst|realiz*|sanemti|iesniegti|uznemti|sanema|iesniedza",
            Says::Project,
        ),
        // Russian and Ukrainian
        (
            "срок* подач*|срок* прием*|срок* сдач*|срок* регистрац*|срок* представлен*|срок* окончан*|крайн* срок*|последн* срок*|последн* день|конечн* срок*|не позднее|не позже|дедлайн*|окончан* прием*|прием* заяв* до|прием* заяв* заверш*|прием* заяв* заканчива*|прием* документ* заверш*|прием* документ* заканчива*|прием* заверш*|набор* продлится|набор участник* продлится|прием* продлится|прием* заяв* продлится|регистрац* продлится|завершает* прием*|заканчивает* прием*|заявк* принима*|срок до|кінцев* термін*|термін* подан*|термін* подач*|кінцев* дат*|не пізніше|останн* день|крайн* термін*",
            Says::Deadline,
        ),
        ("до|вплоть до", Says::Until),
        ("по|through|thru", Says::UpTo),
        (
            "заяв*|подат*|подач*|подав*|прием*|принима*|документ*|регистр*|зарегистр*|предложен*|направ*|присыл*|прислат*|отклик*|резюме|представ*|запис*|заполн*|отправ*|голос*|подан*|надсил*|надісл*|конкурс*|набор*|анкет*|реєстр*|зареєстр*|прийма*",
            Says::Act,
        ),
        ("продл*|перенес*|продовж*|подовж*", Says::Extended),
        (
            "вопрос*|разъяснен*|результат*|собеседован*|опублик*|интервью|питан*|співбесід*",
            Says::Aside,
        ),
        (
            "реализ*|действ*|продлится|длится|длиться|проходит|состоит*|пройдет|поступило|поступили|подали|получено|приняли|зарегистрировались|тривати*|відбуд*",
            Says::Project,
        ),
        // English
        (
            "deadline*|due date|closing date|cut off date|no later than|not later than|apply by|applications by|submitted by|submit by|register by|received by|closes on|closing on|due by|due on|applications close|applications due|submissions close|nominations close|registration closes|registrations close|close on|close at|closes at|last day|latest by|closes",
            Says::Deadline,
        ),
        ("by|until|before|till|due", Says::Until),
        ("due to", Says::Nothing),
        (
            "apply*|appli*|submi*|send|sent|sending|regist*|proposal*|tender*|bids|bid|nominat*|respond*|response*|comment*|feedback|sign up|enrol*|cv|cvs|cover letter|expression* of interest|rsvp|call|calls|offer|offers|abstract*|entries|survey|questionnaire|contribut*|vote*",
            Says::Act,
        ),
        ("extend*|extension|prolong*|postpon*", Says::Extended),
        (
            "question*|clarification*|results|interview*|inquir*|queries|notified|shortlist*|published|posted|updated",
            Says::Aside,
        ),
        (
            "initial date|initial deadline|initially|originally|original deadline|previous deadline|previously|instead of|\
             initial|termenul initial|stabilit initial|anterior|in loc de|in locul datei|\
             sakotnej*|ieprieks noteikt*|ieprieksej*|\
             первоначальн*|изначальн*|ранее|вместо",
            Says::Former,
        ),
        (
            "implement*|runs until|lasts until|valid*|will take place|takes place|will be held|will run|were received|were submitted|had received|have applied|applied",
            Says::Project,
        ),
    ])
});

/// The phrases in a sentence.
pub(super) fn find(tokens: &[Token], sentence: Range<usize>) -> Vec<Cue> {
    let places: Vec<usize> = sentence
        .filter(|place| !tokens[*place].word().is_empty())
        .collect();
    let words: Vec<&str> = places.iter().map(|place| tokens[*place].word()).collect();
    PHRASES
        .all(&words)
        .into_iter()
        .map(|found| Cue {
            tokens: places[found.start]..places[found.end - 1] + 1,
            says: found.means,
        })
        .collect()
}
