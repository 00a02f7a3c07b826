//! The phrases, folded, with what they say. Romanian, Latvian, Russian with some Ukrainian, English, in this order.

use std::sync::LazyLock;

use crate::domain::Kind;
use crate::understanding::phrases::Phrases;

/// What a phrase says.
#[derive(Debug, Clone, Copy)]
pub(super) enum Means {
    /// So much for a kind: 3 is plain, 1.5 likely, 0.7 a hint.
    Kind(Kind, f32),
    /// It is over.
    Over,
    /// It is to come.
    Ahead,
}

const PLAIN: f32 = 3.0;
const LIKELY: f32 = 1.6;
const HINT: f32 = 0.7;

pub(super) static PHRASES: LazyLock<Phrases<Means>> = LazyLock::new(|| {
    use Kind::{Call, Consultation, Event, Other, Report, Tender, Vacancy};
    use Means::{Ahead, Over};
    let kind = Means::Kind;
    Phrases::new(&[
        // Calls
        (
            "apel de proiecte|apel de propuneri|apel de granturi|apel pentru proiecte|apel pentru propuneri|apel pentru organizati*|apel public|apel de selectie|apel de candidatur*|apelul de proiecte|apelul de propuneri|apeluri de proiecte|apel deschis|apel competitiv|\
             concurs de proiecte|concurs de granturi|concurs de finantare|concursul de proiecte|concursul de granturi|concurs de idei|finantare nerambursabila|finantari nerambursabile|finantarilor nerambursabile|cerere* de finantare|granturi pentru|granturi mici|program* de granturi|linie de finantare|sesiune de finantare|sesiunea de finantare|oportunitate de finantare|oportunitati de finantare|depune* proiecte*|depune* propuneri*|burse pentru|apel la candidatur*|scheme de granturi|selectie de parteneri|selectare* de parteneri|\
             projektu konkurs*|konkurss nevalst*|izsludina konkurs*|atklats konkurs*|atklata konkurs*|konkursu projekt*|granta konkurs*|grantu konkurs*|projektu pieteikum*|projektu iesnieg*|pieteikumu pienems*|aicina iesniegt projekt*|aicina iesniegt pieteik*|finansejuma konkurs*|\
             конкурс* грант*|грантов* конкурс*|конкурс* проект*|прием* заяв*|прием* проект*|подач* заяв*|грантов* программ*|программ* грант*|объявл* конкурс*|объявл* набор*|конкурс* малых|проектных предложен*|гранты для|грант* для|конкурс* проєкт*|прийом* заяв*|\
             call for proposals|call for proposal|call for applications|call for projects|call for grants|call for concept*|open call|calls for proposals|grant* programme|grant* program|small grants|funding opportunit*|grants for|apply for funding|grant competition|sub grant*|re granting|call for nominations|call for partners|call for expression*|se cauta parteneri|se cauta ong*|cautam parteneri|mekle partner*|ищем партнер*|call for participants",
            kind(Call, PLAIN),
        ),
        (
            "apel|apelul|granturi|grant|grantur*|finantare|concurs|concursul|inscrie te|inscrieti va|inscrieri|burse|bursa|subventi*|premiile|candidaturi|\
             konkurss|konkursu|konkursa|konkurs*|finansejum*|grants|pieteiksanas|piesakies|piesakieties|stipendij*|aicina pieteik*|aicinam pieteik*|balva*|\
             конкурс*|грант*|стипенди*|премия|премии|набор*|заявки|\
             call|grant|grants|funding|fellowship*|scholarship*|award*|apply",
            kind(Call, LIKELY),
        ),
        (
            "depunere*|aplica|aplicare*|solicitant*|eligibil*|beneficiari eligibil*|pretendent*|atbalstam* darbib*|соискател*|заявител*|eligible|applicant*|application*|consorti*",
            kind(Call, HINT),
        ),
        // Events
        (
            "conferinta|conferinte*|conferintei|seminar|seminarul*|webinar*|webinarul|atelier|atelierul|atelierului|ateliere|masa rotunda|mesei rotunde|mese rotunde|forum|forumul|forumului|simpozion*|workshop*|invitatie la|va invita*|te invita*|sesiune de informare|sesiuni de informare|sesiunea de informare|zilele portilor|ziua portilor|targul|targ|gala|hackathon*|festival*|cursuri|curs de formare|cursul|instruire*|tabara|tabere|concert*|spectacol*|marsul|vernisaj*|\
             konferenc*|seminar*|vebinar*|pasakum*|lekcij*|forums|foruma|apmacib*|darbnic*|meistarklas*|diskusij*|kursi|kursiem|kursu|tiksanas|festival*|izstad*|koncert*|nometn*|informativ* diena|informacijas diena|atverto durvju|akcija|\
             семинар*|конференци*|вебинар*|мероприят*|тренинг*|форум|форума|форуме|круглый стол|круглого стола|круглом столе|мастер класс*|выставк*|фестивал*|лекци*|воркшоп*|концерт*|день открытых|дни открытых|ярмарк*|захід|заходи|конференці*|семінар*|\
             conference*|seminar*|webinar*|workshop*|training*|round table|roundtable*|save the date|info session*|information session*|info day|symposium|summer school|open day*|hackathon*|festival*|exhibition*|masterclass*|course*|congress",
            kind(Event, LIKELY),
        ),
        (
            "eveniment*|intalnire*|sedinta|sedinte*|dezbatere|dezbateri|program* evenimentului|agenda|inscriere la|participare gratuita|tikas|tikties|sanaksm*|sapulc*|встреч*|заседани*|заход*|зустріч|event|events|meeting*|agenda|register now|registration|join us|live|calendar|kalendar*|pasakumi|evenimente|мероприятия",
            kind(Event, HINT),
        ),
        (
            "va avea loc|vor avea loc|va fi organizat*|se va desfasura|se vor desfasura|va asteptam|te asteptam|va invitam|te invitam|notiks|norisinasies|tiks rikot*|aicina piedalities|aicinam piedalities|aicina uz|gaidisim|\
             состоится|состоятся|пройдет|пройдут|будет проведен*|приглашаем|приглашает|відбудеться|запрошуємо|will take place|will be held|join us|save the date|invites you|invite you|register now",
            Ahead,
        ),
        // Vacancies
        (
            "post vacant|postului vacant|posturi vacante|posturilor vacante|locuri de munca|loc de munca|angajeaza|angajam|anunt de angajare|concurs de angajare|oferta de munca|anunt angajare|recruteaza|recrutam|recrutare*|ocuparea postului|ocuparea functiei|ocuparea unui post|ocuparii|functii* vacant*|functiei vacante|functiei publice|functiilor publice|fisa postului|cautam coleg*|cautam un coleg|cautam o colega|job|joburi|angajari|scoate la concurs|\
             vakance*|vakanc*|darba piedavajum*|mekle darbiniek*|mekle kolegi|mekle kolegus|aicina darba|aicinam darba|piedava darbu|darba iespej*|pievienoties komandai|pievienojies komandai|izsludina konkursu uz amatu|uz amatu|amata konkurs*|darba sludinajum*|\
             ваканси*|требуется|требуются|приглашаем на работу|приглашает на работу|ищем сотрудник*|ищет сотрудник*|ищем коллег*|на должность|вакантн* должност*|замещение вакант*|набор персонал*|вакансі*|\
             vacancy|vacancies|job opening*|job opportunit*|job announcement*|job vacanc*|we are hiring|is hiring|is recruiting|join our team|internship*|hiring|position of|open position*|job offer*",
            kind(Vacancy, PLAIN),
        ),
        (
            "angajare|posturi|postului|functia de|cv|scrisoare de motivatie|salariu*|interviu|cariere|cariera|amata|amats|atalgojum*|alga|karjer*|pienakum*|cv un motivacijas|должност*|резюме|зарплат*|карьер*|посад*|recruit*|salary|job|jobs|careers|candidate*|consultant*",
            kind(Vacancy, HINT),
        ),
        // Tenders
        (
            "licitati*|achiziti*|achizitie publica|achizitii publice|achizitionare*|achizitia de|cerere de oferte|cererea de oferte|cerere de oferta|cerere de pret*|solicitare de oferte|solicitare de oferta|solicitarea ofertelor|invitatie de participare|invitatie la licitatie|invitatie de depunere a ofertelor|caiet de sarcini|caietul de sarcini|anunt de participare|oferte de pret|oferta de pret|termeni de referinta|termenii de referinta|colectarea ofertelor|anunt de achizit*|\
             iepirkum*|cenu aptauj*|tirgus izpet*|tirgus izpete|piegad* konkurs*|publisk* iepirk*|tehniska specifikacija|tehnisko specifikaciju|cenas piedavajum*|cenu piedavajum*|\
             тендер*|закупк*|запрос* цен*|запрос* предложен*|техническое задание|технического задания|ценов* предложен*|коммерческ* предложен*|закупівл*|\
             tender|tenders|request for proposals|request for proposal|request for quotation*|request for quote*|invitation to bid|invitation to tender|invitation for bids|procurement*|terms of reference|rfp|rfq|itb|call for tenders|call for offers|request for offers",
            kind(Tender, PLAIN),
        ),
        (
            "oferte|ofertelor|ofertant*|furnizor de servicii|piedavajum*|pretendent*|поставщик*|подрядчик*|bids|bidder*|supplier*|quotation*|contractor*",
            kind(Tender, HINT),
        ),
        // Consultations
        (
            "consultare publica|consultarea publica|consultarii publice|consultari publice|consultarilor publice|consultare* public*|dezbatere publica|dezbaterii publice|dezbateri publice|dezbaterea publica|transparenta decizionala|supus consultarii|supune consultarii|supuse consultarii|consultarea partilor|propuneri si sugestii|sugestii si opinii|propuneri sugestii|spune ti parerea|spune ti si tu parerea|audieri publice|audiere publica|\
             sabiedrisk* apsprie*|publisk* apsprie*|sabiedribas lidzdalib*|publiskaja apspries*|sabiedriskaja apspries*|nodots apsprie*|izsaki viedokli|izsaki savu viedokli|aicina izteikt viedok*|aicina sniegt viedok*|\
             общественн* обсужден*|публичн* обсужден*|публичн* консультац*|общественн* консультац*|общественн* слушан*|публичн* слушан*|прозрачност* принятия|громадськ* обговорен*|консультац* с общественн*|\
             public consultation*|open consultation*|consultation on|public hearing*|call for evidence|have your say|public debate*|consultation launched",
            kind(Consultation, PLAIN),
        ),
        (
            "proiect de lege|proiectul de lege|proiectului de lege|proiect de hotarare|proiectul de hotarare|proiectului de hotarare|proiectul hotararii|proiect de ordin|proiectul de ordin|proiectul de ordonanta|proiect de ordonanta|consultare|consultari|\
             likumprojekt*|noteikumu projekt*|tiesibu akta projekt*|planosanas dokumenta projekt*|apspriesan*|viedok*|\
             проект закона|проекта закона|законопроект*|проект постановлен*|консультац*|обсужден*|\
             draft law|draft regulation|draft strategy|consultation|feedback on the draft",
            kind(Consultation, LIKELY),
        ),
        // Reports
        (
            "raport anual|raportul anual|raport de activitate|raportul de activitate|raport privind|raportul privind|raport despre|raport de monitorizare|raport alternativ|raport|raportul|studiu|studiul|studiul privind|studiu privind|cercetare|cercetarea|sondaj|sondajul|barometru*|analiza privind|policy brief|nota de analiza|ghid|ghidul|\
             petijum*|gada parskat*|zinojums par|zinojum*|parskats par|parskats|parskatu|publicitates parskats|vadlinij*|rokasgramat*|\
             отчет|отчет о|отчета|годовой отчет|исследован*|доклад|доклада|доклад о|опрос показал|звіт|дослідженн*|\
             report|report on|annual report|study|new study|survey|research|findings|policy brief|policy paper|white paper|factsheet|handbook|toolkit|guidelines",
            kind(Report, LIKELY),
        ),
        (
            "analiza|publicatie|publicatii|statistic*|concluzii*|raportului|studiului|publikacij*|aptauj*|statistik*|анализ*|обзор*|статистик*|опрос*|доклад*|отчет*|publication*|analysis|data show*|evaluation|statistics",
            kind(Report, HINT),
        ),
        // Other
        (
            "program de lucru|programul de lucru|orarul|sarbatori fericite|la multi ani|felicitare|condoleant*|craciun fericit|paste fericit|\
             darba laik*|priecigus svetkus|apsveic*|sveicam|lidzjutib*|\
             график работы|режим работы|поздравля*|с праздником|соболезнован*|\
             opening hours|season s greetings|happy new year|merry christmas|condolences",
            kind(Other, LIKELY),
        ),
        // It is over
        (
            "rezultatele|rezultatul|rezultate|castigator*|lista castigator*|proiecte castigatoare|proiectelor castigatoare|a avut loc|au avut loc|s a desfasurat|s au desfasurat|s a incheiat|s au incheiat|a fost organizat*|au participat|a participat|au fost selectat*|au fost premiat*|am participat|a gazduit|anulare*|anulat*|s a semnat|a semnat|am semnat|concluziile|impresii|\
             rezultati|uzvaretaj*|laureat*|notika|norisinajas|noslegu*|noslegum*|pieskirts|pieskirti|piedalijas|parakstits|atcelts|atcelta|aizvadit*|\
             итоги|результат*|победител*|состоялся|состоялась|состоялось|состоялись|прошел|прошла|прошло|прошли|завершил*|приняли участие|принял участие|подписа*|отменен*|відбувся|відбулася|відбулось|переможц*|\
             results|winners|winner|awarded|took place|was held|were held|has ended|concluded|participated|attended|signed|cancelled|canceled|recap|highlights from|lessons from",
            Over,
        ),
    ])
});
