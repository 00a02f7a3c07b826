//! The words by which pages are known, as their products and translations write them.

use std::sync::LazyLock;

use super::page::fold;

/// A phrase, and how it is told.
#[derive(Debug)]
pub(super) struct Phrase {
    pub told: &'static str,
    pub folded: String,
}

/// Phrases that mean the same.
pub(super) struct Phrases(LazyLock<Vec<Phrase>>);

macro_rules! phrases {
    ($($name:ident: $lines:expr;)*) => {
        $(pub(super) static $name: Phrases = Phrases(LazyLock::new(|| read($lines)));)*
    };
}

/// One a line; `|` between several.
fn read(lines: &'static str) -> Vec<Phrase> {
    lines
        .split(['|', '\n'])
        .map(str::trim)
        .filter(|told| !told.is_empty())
        .map(|told| Phrase {
            told,
            folded: fold(told),
        })
        .collect()
}

impl Phrases {
    pub fn all(&self) -> &[Phrase] {
        &self.0
    }

    /// The first that stands in a folded text.
    pub fn in_text(&self, text: &str) -> Option<&Phrase> {
        self.all()
            .iter()
            .find(|phrase| text.contains(phrase.folded.as_str()))
    }

    /// The one that is all of a folded text, but for numbers, signs and a word such as “error”.
    pub fn is_all_of(&self, text: &str) -> Option<&Phrase> {
        let bare = |text: &str| -> Vec<String> {
            text.split(|c: char| !c.is_alphanumeric())
                .filter(|word| !word.is_empty() && !FILLERS.contains(word))
                .map(str::to_owned)
                .collect()
        };
        let said = bare(text);
        let numbers: Vec<&str> = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        if said.is_empty() {
            // “404”, “Error 404”: fillers alone, of which one is the number.
            let number = numbers
                .iter()
                .any(|word| matches!(*word, "404" | "500" | "502" | "503"));
            return number.then(|| self.all().first()).flatten();
        }
        self.all()
            .iter()
            .find(|phrase| bare(&phrase.folded) == said)
    }
}

/// Words that add nothing to an error.
const FILLERS: &[&str] = &[
    "404",
    "403",
    "500",
    "502",
    "503",
    "error",
    "eroare",
    "eroarea",
    "kluda",
    "ошибка",
    "http",
    "status",
    "oops",
    "ups",
    "ой",
    "sorry",
    "ne",
    "pare",
    "rau",
    "diemzel",
    "atvainojiet",
    "извините",
    "the",
    "this",
];

phrases! {
    // The first is what “404” alone is told as.
    ERRORS: "
        page not found | not found | page cannot be found | the page you requested could not be found | that page can't be found
        the page you are looking for does not exist | nothing found | content not found | file not found | page does not exist
        the requested url was not found on this server | nothing was found at this location | oops! that page can't be found
        pagina nu a fost găsită | pagina nu există | pagina negăsită | pagină negăsită | pagina căutată nu există | nu a fost găsit | pagina nu a putut fi găsită
        pagina solicitată nu a fost găsită | pagina pe care o căutați nu există | această pagină nu a putut fi găsită | nimic găsit | pagina căutată nu a fost găsită
        lapa nav atrasta | lapa netika atrasta | lapa nav pieejama | šāda lapa neeksistē | lapa neeksistē | šo lapu nevarēja atrast | nekas netika atrasts
        meklētā lapa nav atrasta | pieprasītā lapa nav atrasta | nav atrasts
        страница не найдена | страница не существует | страница не найдена на сервере | запрашиваемая страница не найдена | ничего не найдено | не найдено
        такой страницы не существует | страница недоступна | эту страницу невозможно найти | такой страницы нет
        internal server error | service unavailable | bad gateway | gateway timeout | gateway time-out | temporarily unavailable | forbidden | access forbidden
        service temporarily unavailable | server error | application error | web server is down | connection timed out | origin is unreachable
        eroare internă a serverului | eroare de server | serviciu indisponibil | acces interzis | servera kļūda | iekšēja servera kļūda | внутренняя ошибка сервера
        сервис временно недоступен | ошибка сервера | доступ запрещен | pakalpojums nav pieejams | piekļuve liegta
        under maintenance | maintenance mode | site under maintenance | we'll be back soon | be right back | down for maintenance | maintenance | scheduled maintenance
        în mentenanță | site în mentenanță | mentenanță | revenim în curând | site în lucru | lucrări de mentenanță | întreținere programată | site-ul este în mentenanță
        tehniskie darbi | notiek tehniskie darbi | vietne tiek atjaunota | mājaslapa tiek atjaunota | drīzumā būsim atpakaļ | apkopes režīms
        технические работы | ведутся технические работы | сайт на обслуживании | сайт временно недоступен | режим обслуживания | техническое обслуживание
        coming soon | under construction | site under construction | website coming soon | în construcție | site în construcție | în curând | site-ul este în construcție
        vietne izstrādes stadijā | mājaslapa izstrādes stadijā | drīzumā | lapa ir izstrādes stadijā | сайт в разработке | скоро открытие | сайт на реконструкции
        account suspended | this account has been suspended | website suspended | site suspended | cont suspendat | site suspendat | contul a fost suspendat
        konts apturēts | vietne apturēta | konts ir apturēts | аккаунт заблокирован | сайт заблокирован | хостинг приостановлен | сайт отключен | сайт приостановлен
        welcome to nginx | welcome to nginx! | it works | it works! | apache2 ubuntu default page | apache2 debian default page | apache http server test page
        iis windows server | default web site page | test page for the nginx http server on fedora | welcome to centos | index of | hello world | web server's default page
        success! your new web server is ready to use | domain default page | default parallels plesk page | plesk default page | site is created successfully | litespeed
    ";
    CRASHES: "
        error establishing a database connection | there has been a critical error on this website | there has been a critical error on your website
        the site is experiencing technical difficulties | briefly unavailable for scheduled maintenance
        eroare la stabilirea unei conexiuni cu baza de date | eroare la stabilirea conexiunii cu baza de date | a apărut o eroare critică pe acest sit
        a existat o eroare critică pe acest sit | indisponibil pentru scurt timp pentru întreținere programată | temporar indisponibil pentru mentenanță programată
        kļūda, veidojot savienojumu ar datubāzi | kļūda savienojumā ar datubāzi | šajā vietnē ir notikusi kritiska kļūda | šajā vietnē radās kritiska kļūda
        šajā vietnē ir radusies kritiska kļūda | neilgu laiku nav pieejama plānotās apkopes dēļ
        ошибка установки соединения с базой данных | на сайте возникла критическая ошибка | на вашем сайте возникла критическая ошибка
        сайт временно закрыт на техническое обслуживание | подключение к базе данных не удалось
        fatal error: uncaught | fatal error: allowed memory size | parse error: syntax error | warning: mysqli_connect | warning: mysql_connect | uncaught error: call to
        sqlstate[ | mysql server has gone away | too many connections | database error occurred | could not connect to the database | can't connect to mysql server
        could not connect to mysql | the website encountered an unexpected error. please try again later | error displaying the error page | jdatabaseexception
        unable to connect to the database | access denied for user | an error occurred while processing your request | whoops, looks like something went wrong
        this account has been suspended | contact your hosting provider for more information | acest cont a fost suspendat | šis konts ir apturēts
        welcome to nginx! | if you see this page, the nginx web server is successfully installed | apache2 ubuntu default page | apache2 debian default page
        this is the default welcome page used to test the correct operation | this page is used to test the proper operation of the
        this is the default page for this domain | this website is currently unavailable | error code: 521 | error code: 522 | error code: 523 | error 1001 | error 1016
    ";
    PARKED: "
        domain is for sale | domain name is for sale | domain may be for sale | domain might be for sale | buy this domain | this domain is available for purchase
        make an offer on this domain | inquire about this domain | domain for sale | get this domain | the domain has expired | this domain has expired | domain expired
        domain name has expired | this domain is parked | domain parked | parked domain | parked free, courtesy of | this web page is parked | domain is parked
        domain is registered but | this domain name was recently registered | future home of | renew your domain | domain has been registered | is available for backorder
        acest domeniu este de vânzare | domeniul este de vânzare | domeniu de vânzare | domeniu parcat | domeniul este parcat | acest domeniu este parcat
        domeniul a expirat | domeniu expirat | acest domeniu a expirat | domeniul este expirat | domeniul este înregistrat | domeniu rezervat | cumpără acest domeniu | cumpără domeniul
        domeniul nu este găzduit | acest domeniu este înregistrat | domeniul este suspendat | domeniu suspendat
        domēns ir pārdošanā | šis domēns ir pārdošanā | domēns tiek pārdots | pārdod domēnu | domēns ir brīvs | domēns ir novietots | domēna vārds ir reģistrēts
        domēna reģistrācijas termiņš ir beidzies | domēna termiņš beidzies | domēns nav apmaksāts | domēns ir rezervēts | nopirkt šo domēnu | domēns ir reģistrēts
        домен продается | домен продаётся | этот домен продается | купить этот домен | купить домен | домен припаркован | домен выставлен на продажу
        срок регистрации домена истек | срок регистрации домена истёк | домен не продлен | домен зарегистрирован | домен просрочен | регистрация домена истекла | домен не прилинкован
    ";
    PARKING_MARKS: "
        sedoparking.com | parkingcrew.net | bodis.com | parklogic.com | hugedomains.com | dan.com/buy-domain | afternic.com/forsale | cdn.afternic.com | above.com/marketplace
        sedo.com/search/details | parking.reg.ru | parking.nic.ru | parking.godaddy.com | img1.wsimg.com/parking-lander | uniregistry.com | undeveloped.com | dsparking.com
        d38psrni17bvxu.cloudfront.net | parkingpage.namecheap.com | voodoo.com | trellian.com | skenzo.com | smartname.com | parked-content.godaddy.com | rotld.ro/whois
        domain.nic.md | nic.lv/whois | parked.hostico | parking.rumahweb | domainmarket.com | porkbun.com/parked | ztomy.com | buydomains.com | brandbucket.com | epik.com
    ";
    WALLS: "
        just a moment | attention required! | checking your browser before accessing | verify you are human | verifying you are human | please verify you are a human
        enable javascript and cookies to continue | ddos protection by | performing security verification | please turn javascript on and reload the page
        request unsuccessful. incapsula incident | incapsula incident id | sucuri website firewall | access denied - sucuri | ddos-guard | pardon our interruption
        one moment, please | please wait while your request is being verified | bot verification | are you a robot | i'm not a robot | i am not a robot | prove you are human
        complete the security check | complete the captcha | solve the captcha | security check to access | you have been blocked | sorry, you have been blocked | unusual traffic
        powered and protected by imunify360 | imunify360 bot-protection | making sure you're not a bot | you don't have permission to access | you are unable to access
        please enable cookies. | human verification | robot check | captcha challenge | browser check | checking your browser | access to this page has been denied
        verificăm dacă sunteți | verificați că sunteți om | nu sunt robot | confirmați că nu sunteți robot | verificarea browserului | se verifică browserul | demonstrați că sunteți om
        apstipriniet, ka neesat robots | es neesmu robots | pārbauda jūsu pārlūk | pārlūkprogrammas pārbaude | pierādiet, ka esat cilvēks | notiek pārlūkprogrammas pārbaude
        подтвердите, что вы не робот | я не робот | проверка браузера | проверяем ваш браузер | докажите, что вы человек | вы не робот | проверка безопасности | введите капчу
        один момент… | подождите, идет проверка | un moment… | vienu brīdi…
    ";
    WALL_MARKS: "
        cf-mitigated | _cf_chl_opt | cf-browser-verification | cf-challenge-running | cf_chl_ | _incapsula_resource | sucuri_cloudproxy | cloudproxy@sucuri | ddos-guard.net
        /.well-known/ddos-guard | errors.edgesuite.net | captcha-delivery.com | px-captcha | /_sec/cp_challenge | imunify360 | awswaf.com | token.awswaf | anubis_challenge
        geo.captcha-delivery | hcaptcha.com/1/api.js | challenges.cloudflare.com/turnstile | bm-verify | distil_r_captcha | aes.js\"></script><script>function tonumbers
    ";
    CONSENT: "
        we use cookies | uses cookies | use of cookies | before you continue | we value your privacy | we care about your privacy | cookie consent | your privacy choices
        manage your consent | our partners | process personal data | cookies and similar technologies | store and/or access information
        folosim cookie | folosește cookie | utilizează cookie | utilizăm cookie | module cookie | fișiere cookie | cookie-uri | respectăm confidențialitatea | înainte de a continua
        sīkdatnes | sīkdatņu | izmanto sīkdat | izmantojam sīkdat | pirms turpināt | jūsu privātum
        файлы cookie | файлов cookie | использует cookie | используем cookie | куки | прежде чем продолжить | мы ценим вашу конфиденциальность
    ";
    AGREE: "
        accept | agree | i consent | allow all | got it | reject all | continue without
        accept | de acord | sunt de acord | acceptă | respinge | permite toate | refuz
        piekrīt | pieņemt | apstiprin | noraidīt | atļaut visas | saprotu
        принять | соглас | отклонить | разрешить | хорошо
    ";
}
