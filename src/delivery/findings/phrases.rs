//! The phrases, in Romanian, Latvian, Russian and English; what stands in braces is filled in.

type Table = &'static [(&'static str, [&'static str; 4])];

/// What is the matter.
pub(super) const WHAT: Table = &[
    (
        "failing",
        [
            "Vizitele nu reușesc din {since} (la rând: {tries}): {fault}.",
            "Apmeklējumi neizdodas kopš {since} (pēc kārtas: {tries}): {fault}.",
            "Посещения не удаются с {since} (подряд: {tries}): {fault}.",
            "Visits have failed since {since}, {tries} in a row: {fault}.",
        ],
    ),
    (
        "gone",
        [
            "Serverul său spune din {since} că pagina nu mai există și nu va reveni (410).",
            "Tā serveris kopš {since} ziņo, ka lapa ir likvidēta uz visiem laikiem (410).",
            "Сервер с {since} сообщает, что страница удалена навсегда (410).",
            "Its server has said since {since} that the page is gone for good (410).",
        ],
    ),
    (
        "silent",
        [
            "Nu a publicat nimic de {quiet}; de obicei publică o dată la {usual}.",
            "Nav publicējis neko jau {quiet}; parasti publicē ik pēc {usual}.",
            "Ничего не публикует уже {quiet}; обычно публикует раз в {usual}.",
            "Has published nothing for {quiet}; it usually publishes every {usual}.",
        ],
    ),
    (
        "frozen",
        [
            "Fluxul său nu mai aduce nimic nou din {feed}, dar pe site apar în continuare anunțuri.",
            "Tā RSS plūsmā nav nekā jauna kopš {feed}, bet vietnē parādās jauni paziņojumi.",
            "В его RSS-ленте нет ничего нового с {feed}, а на сайте появляются новые публикации.",
            "Its feed has stood still since {feed}, while its site goes on publishing.",
        ],
    ),
    (
        "frozen_undated",
        [
            "Fluxul său nu mai aduce nimic nou, dar pe site apar în continuare anunțuri.",
            "Tā RSS plūsmā nav nekā jauna, bet vietnē parādās jauni paziņojumi.",
            "В его RSS-ленте нет ничего нового, а на сайте появляются новые публикации.",
            "Its feed says nothing new, while its site goes on publishing.",
        ],
    ),
    (
        "error_page",
        [
            "Din {since} arată o pagină de eroare în loc de anunțuri („{sign}”).",
            "Kopš {since} paziņojumu vietā rāda kļūdas lapu („{sign}”).",
            "С {since} вместо публикаций показывает страницу с ошибкой («{sign}»).",
            "Has answered with an error page since {since} (“{sign}”).",
        ],
    ),
    (
        "parked",
        [
            "Din {since} domeniul pare de vânzare sau nefolosit („{sign}”).",
            "Kopš {since} domēns, šķiet, ir pārdošanā vai netiek lietots („{sign}”).",
            "С {since} домен, похоже, продаётся или не используется («{sign}»).",
            "Its domain has seemed to be for sale or unused since {since} (“{sign}”).",
        ],
    ),
    (
        "bot_wall",
        [
            "Din {since} cere vizitatorilor să dovedească că nu sunt roboți („{sign}”).",
            "Kopš {since} prasa apmeklētājiem pierādīt, ka tie nav roboti („{sign}”).",
            "С {since} требует доказать, что посетитель не робот («{sign}»).",
            "Has asked visitors since {since} to prove that they are not robots (“{sign}”).",
        ],
    ),
    (
        "cookie_wall",
        [
            "Din {since} arată doar o cerere de consimțământ pentru cookie-uri („{sign}”).",
            "Kopš {since} rāda tikai sīkdatņu piekrišanas lūgumu („{sign}”).",
            "С {since} показывает только запрос согласия на cookie («{sign}»).",
            "Has shown nothing but a request to accept cookies since {since} (“{sign}”).",
        ],
    ),
    (
        "false_unchanged",
        [
            "Serverul său spune „nemodificat” chiar și când sunt noutăți.",
            "Tā serveris atbild „nav mainīts” arī tad, ja ir kas jauns.",
            "Сервер отвечает «не изменилось», даже когда есть новое.",
            "Its server says “not modified” even when there is something new.",
        ],
    ),
    (
        "other_language",
        [
            "Din {since} scrie în altă limbă: {now}; până acum: {usual}. Poate că domeniul are alt proprietar.",
            "Kopš {since} raksta citā valodā: {now}; līdz šim: {usual}. Varbūt domēnam ir cits īpašnieks.",
            "С {since} пишет на другом языке: {now}; раньше: {usual}. Возможно, у домена другой владелец.",
            "Has written in another language since {since}: {now}; until then: {usual}. The domain may have another owner.",
        ],
    ),
    (
        "other_subject",
        [
            "Din {since} scrie despre lucruri care nu au legătură cu organizația („{sign}”). Poate că domeniul are alt proprietar sau site-ul a fost spart.",
            "Kopš {since} raksta par lietām, kas nav saistītas ar organizāciju („{sign}”). Varbūt domēnam ir cits īpašnieks vai vietne ir uzlauzta.",
            "С {since} пишет о вещах, не связанных с организацией («{sign}»). Возможно, у домена другой владелец или сайт взломан.",
            "Has written since {since} about things that have nothing to do with the organisation (“{sign}”). The domain may have another owner, or the site was broken into.",
        ],
    ),
    (
        "certificate",
        [
            "Certificatul său expiră: {ends}.",
            "Tā sertifikāta termiņš beigsies: {ends}.",
            "Срок действия сертификата истекает: {ends}.",
            "Its certificate expires on {ends}.",
        ],
    ),
    (
        "certificate_ended",
        [
            "Certificatul său a expirat: {ends}.",
            "Tā sertifikāta termiņš ir beidzies: {ends}.",
            "Срок действия сертификата истёк: {ends}.",
            "Its certificate expired on {ends}.",
        ],
    ),
    (
        "redesigned",
        [
            "Din {since}, lista sa conține alte anunțuri sau mai puține: {now}, înainte {before}. Probabil site-ul a fost refăcut.",
            "Kopš {since} tā sarakstā ir citi paziņojumi vai to ir mazāk: {now}, agrāk {before}. Laikam vietne ir pārveidota.",
            "С {since} в списке другие публикации или их стало меньше: {now}, раньше {before}. Похоже, сайт переделали.",
            "Has listed other announcements, or fewer, since {since}: {now}, until then {before}. The site was probably redesigned.",
        ],
    ),
    (
        "redesigned_to_nothing",
        [
            "Din {since}, lista sa nu mai conține niciun anunț; înainte erau: {before}. Probabil site-ul a fost refăcut.",
            "Kopš {since} tā sarakstā vairs nav neviena paziņojuma; agrāk bija: {before}. Laikam vietne ir pārveidota.",
            "С {since} в списке нет ни одной публикации; раньше было: {before}. Похоже, сайт переделали.",
            "Has listed nothing since {since}; until then it listed {before}. The site was probably redesigned.",
        ],
    ),
    (
        "moved",
        [
            "S-a mutat definitiv de la {from} la {to}.",
            "Tas ir pavisam pārcēlies no {from} uz {to}.",
            "Адрес окончательно изменился: был {from}, теперь {to}.",
            "It moved for good from {from} to {to}.",
        ],
    ),
    (
        "read_anew",
        [
            "Din {since}, sursa este citită altfel: {to_way}, {to}. Înainte: {from_way}, {from}. {why}",
            "Kopš {since} tiek lasīts citādi: {to_way}, {to}. Agrāk: {from_way}, {from}. {why}",
            "С {since} читается иначе: {to_way}, {to}. Раньше: {from_way}, {from}. {why}",
            "It has been read in another way since {since}: {to_way}, {to}. Before: {from_way}, {from}. {why}",
        ],
    ),
];

/// What vesti does about it.
pub(super) const DID: Table = &[
    (
        "failing",
        [
            "vesti încearcă în continuare, tot mai rar, și citește sursa altfel dacă găsește o cale.",
            "vesti turpina mēģināt arvien retāk un lasīs avotu citādi, ja atradīs, kā.",
            "vesti продолжает попытки, всё реже, и прочтёт источник иначе, если найдёт способ.",
            "vesti keeps trying, ever less often, and reads the source in another way if it finds one.",
        ],
    ),
    (
        "gone",
        [
            "vesti se mai uită acolo o dată pe lună.",
            "vesti joprojām ieskatās reizi mēnesī.",
            "vesti по-прежнему заглядывает раз в месяц.",
            "vesti still looks once a month.",
        ],
    ),
    (
        "silent",
        [
            "vesti vizitează sursa în continuare și compară căile de a o citi.",
            "vesti turpina apmeklēt avotu un salīdzina, kā to varētu lasīt.",
            "vesti продолжает посещать источник и сравнивает способы чтения.",
            "vesti keeps visiting the source, and compares the ways of reading it.",
        ],
    ),
    (
        "frozen",
        [
            "vesti a căutat altă cale de a citi site-ul și nu a găsit una mai bună.",
            "vesti meklēja citu veidu, kā lasīt vietni, un labāku neatrada.",
            "vesti искал другой способ читать сайт и лучшего не нашёл.",
            "vesti looked for another way to read the site and found none that is better.",
        ],
    ),
    (
        "error_page",
        [
            "vesti nu ia pagina drept anunț și încearcă în continuare.",
            "vesti neuzskata šo lapu par paziņojumu un turpina mēģināt.",
            "vesti не принимает эту страницу за публикацию и продолжает попытки.",
            "vesti does not take the page for an announcement, and keeps trying.",
        ],
    ),
    (
        "parked",
        [
            "vesti nu înregistrează nimic de acolo și nu caută altă cale.",
            "vesti no turienes neko nepieraksta un citu veidu nemeklē.",
            "vesti ничего оттуда не записывает и другого способа не ищет.",
            "vesti records nothing from there, and looks for no other way.",
        ],
    ),
    (
        "bot_wall",
        [
            "vesti nu ocolește astfel de bariere; mai încearcă din când în când.",
            "vesti šādus šķēršļus neapiet; ik pa laikam mēģina vēlreiz.",
            "vesti не обходит такие преграды; изредка пробует снова.",
            "vesti does not get round such barriers; it tries again now and then.",
        ],
    ),
    (
        "cookie_wall",
        [
            "vesti nu apasă pe butoane; încearcă în continuare.",
            "vesti pogas nespiež un turpina mēģināt.",
            "vesti не нажимает кнопки и продолжает попытки.",
            "vesti presses no buttons; it keeps trying.",
        ],
    ),
    (
        "false_unchanged",
        [
            "vesti aduce documentul întreg la fiecare vizită.",
            "vesti katrā apmeklējumā ielādē visu dokumentu.",
            "vesti при каждом посещении загружает документ целиком.",
            "vesti fetches the whole document on every visit.",
        ],
    ),
    (
        "other_language",
        [
            "vesti ține deoparte ce este nou și nu publică nimic din acestea.",
            "vesti jauno tur malā un neko no tā nepublicē.",
            "vesti держит новое в стороне и ничего из него не публикует.",
            "vesti keeps what is new aside and publishes none of it.",
        ],
    ),
    (
        "other_subject",
        [
            "vesti ține deoparte ce este nou și nu publică nimic din acestea.",
            "vesti jauno tur malā un neko no tā nepublicē.",
            "vesti держит новое в стороне и ничего из него не публикует.",
            "vesti keeps what is new aside and publishes none of it.",
        ],
    ),
    (
        "certificate",
        [
            "vesti nu citește de la servere cu certificat expirat.",
            "vesti nelasa no serveriem, kuru sertifikātam beidzies termiņš.",
            "vesti не читает серверы с истёкшим сертификатом.",
            "vesti does not read from servers whose certificate has expired.",
        ],
    ),
    (
        "redesigned",
        [
            "vesti a căutat altă cale de a citi site-ul și ține deoparte ce pare a fi meniul.",
            "vesti meklēja citu veidu, kā lasīt vietni, un tur malā to, kas izskatās pēc izvēlnes.",
            "vesti искал другой способ читать сайт и держит в стороне то, что похоже на меню.",
            "vesti looked for another way to read the site, and keeps aside what may be its menu.",
        ],
    ),
    (
        "moved",
        [
            "vesti citește de acum de la noua adresă.",
            "vesti tagad lasa no jaunās adreses.",
            "vesti теперь читает по новому адресу.",
            "vesti reads from the new address from now on.",
        ],
    ),
    (
        "read_anew",
        [
            "vesti a ales singur această cale; nimic nu s-a pierdut.",
            "vesti šo veidu izvēlējās pats; nekas nav zudis.",
            "vesti сам выбрал этот способ; ничего не потеряно.",
            "vesti chose this way by itself; nothing was lost.",
        ],
    ),
];

/// What a person could do.
pub(super) const TODO: Table = &[
    (
        "failing",
        [
            "Deschideți site-ul: dacă merge, corectați adresa sursei; dacă nu, scrieți organizației.",
            "Atveriet vietni: ja tā darbojas, izlabojiet avota adresi; ja ne, uzrakstiet organizācijai.",
            "Откройте сайт: если он работает, исправьте адрес источника; если нет, напишите организации.",
            "Open the site: if it works, correct the source’s address; if not, write to the organisation.",
        ],
    ),
    (
        "gone",
        [
            "Căutați noua adresă a organizației sau scoateți sursa din catalog.",
            "Atrodiet organizācijas jauno adresi vai izņemiet avotu no kataloga.",
            "Найдите новый адрес организации или уберите источник из каталога.",
            "Find the organisation’s new address, or retire the source.",
        ],
    ),
    (
        "silent",
        [
            "Deschideți site-ul: dacă are noutăți, cereți căutarea altei căi de citire; altfel, nu este nimic de făcut.",
            "Atveriet vietni: ja tur ir jaunumi, lieciet meklēt citu lasīšanas veidu; citādi nekas nav jādara.",
            "Откройте сайт: если там есть новости, попросите найти другой способ чтения; иначе делать ничего не нужно.",
            "Open the site: if it has news, ask for another way to read it; otherwise there is nothing to do.",
        ],
    ),
    (
        "frozen",
        [
            "Scrieți organizației că fluxul ei s-a oprit sau indicați adresa paginii sale de noutăți.",
            "Uzrakstiet organizācijai, ka tās plūsma apstājusies, vai norādiet tās jaunumu lapas adresi.",
            "Напишите организации, что её лента остановилась, или укажите адрес её страницы новостей.",
            "Tell the organisation that its feed stopped, or give the address of its news page.",
        ],
    ),
    (
        "error_page",
        [
            "Dacă durează mai multe zile, scrieți organizației sau corectați adresa.",
            "Ja tas ilgst vairākas dienas, uzrakstiet organizācijai vai izlabojiet adresi.",
            "Если это длится несколько дней, напишите организации или исправьте адрес.",
            "If it lasts for days, write to the organisation or correct the address.",
        ],
    ),
    (
        "parked",
        [
            "Întrebați organizația unde s-a mutat; nu deschideți linkurile de pe pagină.",
            "Pajautājiet organizācijai, kur tā pārcēlusies; lapas saites neatveriet.",
            "Спросите организацию, куда она переехала; не открывайте ссылки на этой странице.",
            "Ask the organisation where it moved; open none of the page’s links.",
        ],
    ),
    (
        "bot_wall",
        [
            "Rugați organizația să lase vesti să treacă sau să ofere un flux RSS.",
            "Lūdziet organizāciju vesti ielaist vai piedāvāt RSS plūsmu.",
            "Попросите организацию пропускать vesti или завести RSS-ленту.",
            "Ask the organisation to let vesti through, or to offer a feed.",
        ],
    ),
    (
        "cookie_wall",
        [
            "Căutați un flux RSS sau o pagină fără această cerere și indicați adresa.",
            "Atrodiet RSS plūsmu vai lapu bez šī lūguma un norādiet adresi.",
            "Найдите RSS-ленту или страницу без этого запроса и укажите адрес.",
            "Look for a feed or a page without this request, and give its address.",
        ],
    ),
    ("false_unchanged", ["", "", "", ""]),
    (
        "other_language",
        [
            "Uitați-vă la site: dacă este tot al organizației, confirmați că textele sunt ale ei; altfel, puneți sursa în pauză.",
            "Apskatiet vietni: ja tā joprojām pieder organizācijai, apstipriniet, ka teksti ir paša avota; citādi apturiet avotu.",
            "Посмотрите на сайт: если он по-прежнему принадлежит организации, подтвердите, что это тексты самого источника; иначе приостановите источник.",
            "Look at the site: if it is still the organisation’s, confirm that the texts are its own; if not, pause the source.",
        ],
    ),
    (
        "other_subject",
        [
            "Uitați-vă la site: dacă este tot al organizației, confirmați că textele sunt ale ei; altfel, puneți sursa în pauză și anunțați organizația.",
            "Apskatiet vietni: ja tā joprojām pieder organizācijai, apstipriniet, ka teksti ir paša avota; citādi apturiet avotu un brīdiniet organizāciju.",
            "Посмотрите на сайт: если он по-прежнему принадлежит организации, подтвердите, что это тексты самого источника; иначе приостановите источник и предупредите организацию.",
            "Look at the site: if it is still the organisation’s, confirm that the texts are its own; if not, pause the source and warn the organisation.",
        ],
    ),
    (
        "certificate",
        [
            "Scrieți organizației: cine îi găzduiește site-ul trebuie să reînnoiască certificatul.",
            "Uzrakstiet organizācijai: vietnes uzturētājam jāatjauno sertifikāts.",
            "Напишите организации: тот, кто обслуживает сайт, должен продлить сертификат.",
            "Write to the organisation: whoever hosts its site has to renew the certificate.",
        ],
    ),
    (
        "redesigned",
        [
            "Deschideți site-ul și indicați adresa paginii sale de noutăți.",
            "Atveriet vietni un norādiet tās jaunumu lapas adresi.",
            "Откройте сайт и укажите адрес его страницы новостей.",
            "Open the site and give the address of its news page.",
        ],
    ),
    (
        "moved",
        [
            "Dacă noua adresă nu este a organizației, anulați schimbarea.",
            "Ja jaunā adrese nepieder organizācijai, atceliet izmaiņu.",
            "Если новый адрес не принадлежит организации, отмените изменение.",
            "If the new address is not the organisation’s, undo the change.",
        ],
    ),
    (
        "read_anew",
        [
            "Dacă lipsește ceva, anulați schimbarea: vesti nu va mai alege această cale.",
            "Ja kaut kā trūkst, atceliet izmaiņu: vesti šo veidu vairs neizvēlēsies.",
            "Если чего-то не хватает, отмените изменение: vesti больше не выберет этот способ.",
            "If something is missing, undo the change: vesti will not choose this way again.",
        ],
    ),
];

/// Faults, by kind, as they stand within a sentence.
pub(super) const FAULTS: [[&str; 4]; 14] = [
    [
        "numele domeniului nu se găsește",
        "domēna vārds nav atrodams",
        "доменное имя не находится",
        "its domain name is not found",
    ],
    [
        "nu se poate face conexiunea",
        "ar vietni nevar savienoties",
        "с сайтом не удаётся соединиться",
        "no connection can be made",
    ],
    [
        "certificatul sau conexiunea securizată nu este în regulă",
        "sertifikāts vai drošais savienojums nav kārtībā",
        "сертификат или защищённое соединение не в порядке",
        "its certificate or its secure connection is not in order",
    ],
    [
        "site-ul răspunde prea încet",
        "vietne atbild pārāk lēni",
        "сайт отвечает слишком медленно",
        "it answers too slowly",
    ],
    [
        "adresa sa nu poate fi vizitată",
        "šo adresi apmeklēt nav ļauts",
        "этот адрес нельзя посещать",
        "its address must not be visited",
    ],
    [
        "robots.txt interzice vizita",
        "robots.txt apmeklējumu aizliedz",
        "robots.txt запрещает посещение",
        "its robots.txt forbids the visit",
    ],
    [
        "site-ul răspunde cu o eroare{status}",
        "vietne atbild ar kļūdu{status}",
        "сайт отвечает ошибкой{status}",
        "it answers with an error{status}",
    ],
    [
        "site-ul spune că nu mai există{status}",
        "vietne ziņo, ka vairs nepastāv{status}",
        "сайт сообщает, что больше не существует{status}",
        "it says that it is gone{status}",
    ],
    [
        "site-ul cere să fie vizitat mai rar{status}",
        "vietne lūdz nākt retāk{status}",
        "сайт просит приходить реже{status}",
        "it asks to be visited less often{status}",
    ],
    [
        "site-ul redirecționează în cerc sau nicăieri",
        "vietne pāradresē pa apli vai uz nekurieni",
        "сайт перенаправляет по кругу или в никуда",
        "it redirects in a circle or to nowhere",
    ],
    [
        "site-ul trimite un document prea mare",
        "vietne sūta pārāk lielu dokumentu",
        "сайт присылает слишком большой документ",
        "it sends a document that is too large",
    ],
    [
        "documentul se întrerupe la jumătate",
        "dokuments pārtrūkst pusē",
        "документ обрывается на середине",
        "its document breaks off in the middle",
    ],
    [
        "ceea ce trimite site-ul nu poate fi citit",
        "to, ko vietne sūta, nevar izlasīt",
        "то, что присылает сайт, нельзя прочесть",
        "what it sends cannot be read",
    ],
    [
        "lista nu conține niciun anunț",
        "sarakstā nav neviena paziņojuma",
        "в списке нет ни одной публикации",
        "it lists no announcements",
    ],
];
