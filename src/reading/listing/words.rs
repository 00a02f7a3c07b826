//! What the parts of a page are called: in class names, in headings, on links, in addresses.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

/// A set of words or phrases.
pub(super) type Words = LazyLock<FxHashSet<&'static str>>;

/// Class names and ids, word by word, of what frames a page.
pub(super) static FRAME: Words = LazyLock::new(|| {
    "nav|navbar|navigation|menu|menus|submenu|megamenu|mainmenu|topmenu|breadcrumb|breadcrumbs|crumbs|footer|\
         pagination|pager|paginate|pagenavi|paginator|paging|tagcloud|social|socials|share|sharing|sharedaddy|\
         addthis|addtoany|cookie|cookies|consent|gdpr|login|signin|signup|lang|langs|language|languages|polylang|\
         wpml|copyright|toolbar|topbar|offcanvas|dropdown|hamburger|sitemap|newsletter|subscribe|advert|adverts|ads|\
         adsense|advertisement|sponsor|sponsors|partners|parteneri|partneri|breadcrump|pathway|skip|popup|modal|\
         filters|respond|commentlist|counter|copyrights|meniu|subsol|izvelne|reklama|banners"
    .split('|')
    .collect()
});

/// The same of small parts of an entry.
pub(super) static SMALL: Words = LazyLock::new(|| {
    "tag|tags|category|categories|cat|cats|author|authors|byline|comment|comments|rubric|rubrics|taxonomy|\
         etichete|categorie|categorii|autor|edit|permalink|replies|share|filter|kicker"
    .split('|')
    .collect()
});

/// The same of what stands beside a list: it may hold announcements, but not the page's own.
pub(super) static ASIDE: Words = LazyLock::new(|| {
    "aside|sidebar|sidebars|related|popular|mostread|trending|recommended|archives|blogroll|secondary|rightcol|\
         leftcol|rightbar|leftbar|ticker|mostviewed|topnews|recommend"
    .split('|')
    .collect()
});

/// The same of an announcement, or a list of them.
pub(super) static ENTRY: Words = LazyLock::new(|| {
    "post|posts|entry|entries|article|articles|news|story|stories|item|teaser|views|hentry|blog|listing|archive|\
         card|feed|headline|noutati|stiri|anunturi|comunicate|jaunumi|aktualitates|zinas|novosti|announcement|\
         announcements|press|excerpt|latest|loop|blogpost|latestnews|itemlist|actualitate|stire|articol"
    .split('|')
    .collect()
});

/// The same of events: what dates stand there are theirs.
pub(super) static EVENT: Words = LazyLock::new(|| {
    "event|events|tribe|evenimente|eveniment|calendar|agenda|pasakumi|pasakums|notikumi|afisha|countdown|\
         meropriyatiya|deadline|termen"
    .split('|')
    .collect()
});

/// The same of what shows a date.
pub(super) static DATED: Words = LazyLock::new(|| {
    "date|dates|datetime|published|posted|datum|datums|data|time|meta|submitted|created|createdate|pubdate|\
         timestamp|day|calendar"
    .split('|')
    .collect()
});

/// The beginnings of headings over lists of announcements, in small letters without diacritics of Latin script.
pub(super) static GOOD_HEADINGS: Words = LazyLock::new(|| {
    "noutati|stiri|anunturi|comunicate|ultimele|actualitate|actualitati|articole|blog|jaunumi|aktualitates|zinas|\
         jaunakas|jaunakie|aktuali|pazinojumi|новости|объявления|последние|анонсы|события|статьи|пресс|лента|news|\
         latest|recent|announcements|press|articles|stories|updates|apeluri|granturi|finantari|konkursi|конкурсы|\
         noutatile|presa|evenimente|pasakumi|publicatii"
    .split('|')
    .collect()
});

/// The same over what is no list of the page's own announcements.
pub(super) static BAD_HEADINGS: Words = LazyLock::new(|| {
    "cele mai citite|cele mai vizualizate|cele mai populare|populare|cele mai comentate|popularakie|popularakas|\
         lasitakie|lasitakas|skatitakie|популярн|самое читаем|читаемое|самые|most read|most popular|popular|trending|\
         most viewed|top 10|etichete|taguri|tag|birkas|теги|метки|облако|categorii|kategorij|рубрик|категори|\
         categories|arhiv|архив|archive|parteneri|partneri|sadarbibas partneri|atbalstitaji|партнер|партнёр|partners|\
         sponsor|finantatori|linkuri|link-uri|legaturi|saites|noderig|ссылк|полезные ссылк|links|useful|comentarii|\
         komentar|комментар|recent comments|contact|kontakt|контакт|urmariti|urmareste|seko|follow|social|newsletter|\
         login|autentificare|meniu|izvelne|меню|menu|related|similare|lasi ari|citeste si|читайте также|по теме|\
         recommended|recomandate|autori|авторы|authors|documente utile|meta"
    .split('|')
    .collect()
});

/// What links say that lead to an article whose title stands elsewhere: whole texts, or their beginnings where they go on with `…` or an arrow.
pub(super) static MORE: Words = LazyLock::new(|| {
    "citeste mai mult|citeste mai departe|citeste tot|citeste|citeste articolul|citeste stirea|mai mult|\
         mai multe|mai multe detalii|detalii|vezi detalii|vezi|vezi mai mult|afla mai mult|afla mai multe|continuare|\
         continua lectura|continua sa citesti|citire|lasit vairak|lasit talak|lasit|vairak|uzzinat vairak|\
         skatit vairak|skatit|apskatit|talak|turpinat lasit|читать далее|читать дальше|читать|читать полностью|\
         подробнее|далее|подробно|узнать больше|узнать подробнее|продолжить чтение|дальше|еще|полностью|смотреть|\
         read more|read on|read|more|read article|read the article|read full article|read full story|read story|\
         continue reading|learn more|full story|details|view|view more|see more|find out more|view article|view post|\
         read post|download|descarca|descarca pdf|descarca documentul|lejupieladet|скачать|pdf|doc|docx|fisier|\
         document|documentul|fails|файл|aici|click aici|click|here|seit|тут|здесь|link|permalink|anunt|deschide|\
         atvert|открыть|open|watch|listen|watch video|video|foto|photo|image|imagine|citeste in continuare|\
         vezi anuntul|vezi articolul|descopera|discover|leer mas|weiterlesen|mehr|lire la suite|en savoir plus|\
         ver mas|leggi tutto|leggi di piu|continua a leggere|czytaj wiecej|wiecej|cist dal|cely clanek|vice|\
         lees meer|las mer|les mer|devamini oku|ler mais|saiba mais|детальніше|читати далі|докладніше|\
         skaityti daugiau|daugiau|loe edasi|loe lahemalt"
    .split('|')
    .collect()
});

/// What links say that lead to no announcement.
pub(super) static NEVER: Words = LazyLock::new(|| {
    "acasa|contact|contacte|contact us|kontakti|контакты|despre noi|despre|par mums|о нас|about|about us|home|\
         sakums|sakumlapa|главная|login|log in|sign in|register|autentificare|inregistrare|ieiet|войти|вход|\
         регистрация|harta site|harta site-ului|lapas karte|karta saita|sitemap|карта сайта|rss|facebook|twitter|\
         youtube|instagram|linkedin|telegram|whatsapp|x|print|printeaza|tipareste|drukat|печать|pdf|email|e-mail|\
         share|distribuie|dalities|поделиться|toate|toate stirile|toate noutatile|toate articolele|vezi toate|\
         vezi toate stirile|vezi toate noutatile|vezi toate anunturile|mai multe stiri|mai multe noutati|arhiva|\
         arhivs|архив|visas zinas|visi jaunumi|visas aktualitates|skatit visus|skatit visas|все новости|все|\
         все объявления|все статьи|all|all news|view all|see all|more news|archive|archives|inapoi|atpakal|назад|\
         back|next|previous|urmatoarea|anterioara|nakama|ieprieksejha|следующая|предыдущая|older posts|newer posts|\
         load more|show more|incarca mai multe|radit vairak|показать еще|politica de confidentialitate|\
         privatuma politika|sikdatnu politika|политика конфиденциальности|privacy policy|privacy|cookies|\
         cookie policy|termeni si conditii|terms|terms of service|terms of use|doneaza|ziedot|пожертвовать|donate|\
         subscribe|aboneaza-te|pieteikties|подписаться|newsletter|comments|comentarii|komentari|комментарии|\
         no comments|leave a comment|add comment|lasa un comentariu|niciun comentariu|оставить комментарий|\
         нет комментариев|reply|edit|skip to content|skip to main content|sari la continut|pariet uz saturu|\
         перейти к содержимому|перейти к содержанию|up|top|sus|uz augsu|наверх|latviesu|romana|english|русский|\
         по-русски|latviski|in english|membri|echipa|proiecte|publicatii|legislatie|search|cautare|meklet|поиск|\
         galerie foto|galerie|galerija|галерея|parteneri|partneri|партнеры"
    .split('|')
    .collect()
});

/// Parts of a path that are never an announcement's.
pub(super) static NEVER_PATHS: Words = LazyLock::new(|| {
    "tag|tags|category|categories|categorie|categorii|kategorija|author|authors|autor|autori|user|users|profile|\
         login|logout|signin|signup|register|wp-admin|wp-login.php|feed|rss|search|cautare|meklet|poisk|contact|\
         contacts|contacte|kontakti|kontakty|about|about-us|despre|despre-noi|par-mums|o-nas|privacy|privacy-policy|\
         terms|sitemap|cart|checkout|account|my-account|subscribe|newsletter|comment|comments|share|sharer|eticheta|\
         etichete|topic|topics|label|reply|donate|doneaza|advertise|careers|cookies|cookie-policy|\
         politica-de-confidentialitate|privatuma-politika|print|members|member|people|sections|help|faq|taxonomy"
    .split('|')
    .collect()
});

/// Longer class names say nothing.
const MAX_NAMES: usize = 2_000;

/// The words of a class name or an id.
pub(super) fn words_of(names: &str) -> impl Iterator<Item = &str> {
    names
        .split(|c: char| !c.is_alphanumeric())
        .flat_map(|word| {
            // camelCase counts as two words.
            let cut = word
                .char_indices()
                .zip(word.chars().skip(1))
                .find(|((_, one), next)| one.is_lowercase() && next.is_uppercase())
                .map(|((at, one), _)| at + one.len_utf8());
            match cut {
                Some(cut) => [&word[..cut], &word[cut..]],
                None => [word, ""],
            }
        })
        .filter(|word| !word.is_empty())
}

/// Whether one of the words is in a set.
pub(super) fn speaks_of(names: &str, set: &Words) -> bool {
    names.len() < MAX_NAMES
        && words_of(names).any(|word| {
            if word.bytes().any(|byte| byte.is_ascii_uppercase()) {
                set.contains(word.to_ascii_lowercase().as_str())
            } else {
                set.contains(word)
            }
        })
}

/// Whether one of the words is in a short list.
pub(super) fn has_word(names: &str, list: &[&str]) -> bool {
    names.len() < MAX_NAMES
        && words_of(names).any(|word| list.iter().any(|known| word.eq_ignore_ascii_case(known)))
}

/// Small letters, Latin diacritics dropped, signs and digits at the ends dropped, one space between words.
pub(super) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().take(300).flat_map(char::to_lowercase) {
        out.push(match c {
            'ă' | 'â' | 'ā' | 'á' | 'à' | 'ã' | 'ä' => 'a',
            'č' | 'ç' => 'c',
            'ē' | 'é' | 'è' | 'ê' | 'ě' => 'e',
            'ģ' => 'g',
            'î' | 'ī' | 'í' => 'i',
            'ķ' => 'k',
            'ļ' => 'l',
            'ņ' => 'n',
            'ó' | 'ò' | 'ö' | 'õ' => 'o',
            'ș' | 'ş' | 'š' | 'ś' => 's',
            'ț' | 'ţ' => 't',
            'ū' | 'ú' | 'ü' | 'ù' => 'u',
            'ž' => 'z',
            'ё' => 'е',
            other => other,
        });
    }
    out.trim_matches(|c: char| !c.is_alphabetic()).to_owned()
}

/// Whether a text is what a link says that leads on, and nothing more.
pub(super) fn is_more(text: &str) -> bool {
    let folded = folded(text);
    folded.is_empty() || MORE.contains(folded.as_str())
}

/// Whether a text names what is no announcement.
pub(super) fn is_never(text: &str) -> bool {
    let folded = folded(text);
    NEVER.contains(folded.as_str())
}
