//! The page of news that a menu leads to.

use url::Url;

use super::super::markup::{Token, Tokens, lower};
use super::super::text::{clean_line, decode_entities};
use super::link;

/// What sites call their page of news, folded to small letters without marks, in the languages of the sector.
const NEWS: [&str; 40] = [
    "news",
    "stiri",
    "noutati",
    "noutatile",
    "anunturi",
    "comunicate",
    "comunicate de presa",
    "presa",
    "blog",
    "actualitate",
    "actualitati",
    "stiri si evenimente",
    "noutati si evenimente",
    "ultimele noutati",
    "apeluri",
    "avizier",
    "jaunumi",
    "aktualitates",
    "zinas",
    "jaunakais",
    "aktuali",
    "aktualais",
    "jaunumi un aktualitates",
    "preses relizes",
    "raksti",
    "новости",
    "объявления",
    "анонсы",
    "пресс-центр",
    "события",
    "новости и события",
    "пресс-релизы",
    "latest news",
    "news and events",
    "news & events",
    "press releases",
    "announcements",
    "press",
    "media",
    "toate noutatile",
];
/// The beginnings of addresses of such pages.
const NEWS_PATHS: [&str; 18] = [
    "news",
    "stiri",
    "noutati",
    "anunturi",
    "comunicate",
    "actualitat",
    "jaunumi",
    "zinas",
    "aktualitates",
    "novosti",
    "obyavleniya",
    "blog",
    "presa",
    "press",
    "avizier",
    "aktuali",
    "sobytiya",
    "announcements",
];

/// The pages of the same site that a page's menu calls its news, the likeliest first, at most four.
#[must_use]
pub fn news_pages(html: &str, base: &Url) -> Vec<Url> {
    let mut found: Vec<(u8, Url)> = Vec::new();
    let mut open: Option<(Url, String)> = None;
    let mut buffer = [0; 24];
    for token in Tokens::html(html) {
        match token {
            Token::Open(tag) if lower(tag.name, &mut buffer) == "a" => {
                open = tag
                    .attr("href")
                    .and_then(|href| link(base, &href))
                    .filter(|url| url.host_str() == base.host_str() && url != base)
                    .map(|url| (url, String::new()));
            }
            Token::Text(text) => {
                if let Some((_, words)) = &mut open
                    && words.len() < 100
                {
                    words.push_str(&text[..text.floor_char_boundary(100)]);
                }
            }
            Token::Close(name) if name.eq_ignore_ascii_case("a") => {
                let Some((url, words)) = open.take() else {
                    continue;
                };
                let words = plain(&decode_entities(&words));
                let path = url.path().trim_matches('/').to_ascii_lowercase();
                let last = path.rsplit('/').next().unwrap_or_default();
                let depth = path.split('/').count();
                let named = NEWS.contains(&words.as_str());
                let placed = depth <= 3
                    && NEWS_PATHS.iter().any(|start| last.starts_with(start))
                    && last.len() < 32;
                let rank = match (named, placed) {
                    (true, true) => 0,
                    (true, false) => 1,
                    (false, true) if words.chars().count() < 40 => 2,
                    _ => continue,
                };
                if found.iter().all(|(_, known)| *known != url) && found.len() < 50 {
                    found.push((rank, url));
                }
            }
            _ => {}
        }
    }
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().take(4).map(|(_, url)| url).collect()
}

/// Small letters without marks, single spaces.
fn plain(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    let bare: String = clean_line(text)
        .to_lowercase()
        .nfd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .collect();
    bare.nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_of_news_is_known_by_its_name_in_the_menu() {
        let html = "<nav><a href=/>Acasă</a><a href=/despre>Despre</a><a href='/ro/noutati'>NOUT&Abreve;ȚI</a><a href=/lv/x>Aktualitātes</a>            <a href=/c>Contact</a><a href='https://alt.example/stiri'>Știri</a><a href=/ro/stiri/un-articol-cu-titlu-lung-despre-ceva-anume>Un articol</a>            <a href='/novosti/'>Все наши последние новости</a><a href=/n>Новости</a></nav>";
        let found = news_pages(html, &Url::parse("https://ong.example/").unwrap());
        let shown: Vec<&str> = found.iter().map(Url::path).collect();
        assert_eq!(shown, ["/ro/noutati", "/lv/x", "/n", "/novosti/"]);
    }
}
