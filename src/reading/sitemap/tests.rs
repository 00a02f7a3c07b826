use super::*;
use proptest::prelude::*;

fn base() -> Url {
    Url::parse("https://ong.example/sitemap.xml").unwrap()
}

fn now() -> Timestamp {
    "2026-03-10T12:00:00Z".parse().unwrap()
}

fn read_text(text: &str) -> Result<Sitemap, SitemapFault> {
    read(text.as_bytes(), None, &base(), now(), &TimeZone::UTC)
}

fn pages(text: &str) -> Vec<Page> {
    match read_text(text) {
        Ok(Sitemap::Pages(pages)) => pages,
        other => panic!("{other:?}"),
    }
}

#[test]
fn pages_and_their_changes_are_read() {
    let found = pages(
        "<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:image='x'>\
         <url><loc> https://ong.example/a?x=1&amp;y=2 </loc><lastmod>2026-03-01</lastmod><image:image><image:loc>https://cdn.example/a.jpg</image:loc></image:image></url>\
         <url><loc><![CDATA[/b]]></loc><lastmod>recently</lastmod></url><url><lastmod>2026-03-01</lastmod></url><url><loc>javascript:x</loc></url>",
    );
    let shown: Vec<_> = found
        .iter()
        .map(|page| (page.url.as_str(), page.modified.is_some()))
        .collect();
    assert_eq!(
        shown,
        [
            ("https://ong.example/a?x=1&y=2", true),
            ("https://ong.example/b", false)
        ]
    );
}

#[test]
fn a_news_sitemap_gives_titles_dates_and_languages() {
    let found = pages(
        "<urlset xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'><url><loc>https://ong.example/1</loc><n:news><n:publication><n:name>ONG</n:name>\
         <n:language>lv</n:language></n:publication><n:publication_date>2026-03-09T10:00:00+02:00</n:publication_date><n:title>Jauns &amp;amp; konkurss</n:title></n:news></url></urlset>",
    );
    let news = found[0].news.as_ref().unwrap();
    assert_eq!(news.title, "Jauns &amp; konkurss");
    assert_eq!(news.published, "2026-03-09T08:00:00Z".parse().ok());
    assert_eq!(news.lang, Some(Language::LV));
}

#[test]
fn plain_text_and_compressed_ones_are_sitemaps_too() {
    use std::io::Write as _;
    let text = "\u{feff}https://ong.example/a\nhttps://ong.example/b\n\n";
    assert_eq!(pages(text).len(), 2);
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(text.as_bytes()).unwrap();
    let packed = encoder.finish().unwrap();
    let read_bytes = |bytes: &[u8]| read(bytes, None, &base(), now(), &TimeZone::UTC);
    assert!(matches!(read_bytes(&packed), Ok(Sitemap::Pages(pages)) if pages.len() == 2));
    assert_eq!(
        read_bytes(&packed[..packed.len() / 2]),
        Err(SitemapFault::Damaged)
    );
}

#[test]
fn a_compressed_bomb_is_refused() {
    use std::io::Write as _;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let block = vec![b' '; 1 << 20];
    for _ in 0..60 {
        encoder.write_all(&block).unwrap();
    }
    let bomb = encoder.finish().unwrap();
    assert_eq!(
        read(&bomb, None, &base(), now(), &TimeZone::UTC),
        Err(SitemapFault::TooLarge)
    );
}

#[test]
fn what_is_no_sitemap_is_refused() {
    for text in [
        "",
        "<html><body>404</body></html>",
        "Not found",
        "{}",
        "<rss><channel><item><url>x</url></item></channel></rss>",
    ] {
        assert_eq!(read_text(text), Err(SitemapFault::NotASitemap), "{text}");
    }
}

#[test]
fn of_many_sitemaps_those_of_news_and_posts_are_looked_at() {
    let Ok(Sitemap::Index(children)) = read_text(
        "<sitemapindex><sitemap><loc>https://a.ro/page-sitemap.xml</loc></sitemap><sitemap><loc>https://a.ro/post-sitemap.xml</loc></sitemap>\
         <sitemap><loc>https://a.ro/post-sitemap2.xml</loc></sitemap><sitemap><loc>https://a.ro/category-sitemap.xml</loc></sitemap>\
         <sitemap><loc>https://a.ro/news-sitemap.xml</loc></sitemap></sitemapindex>",
    ) else {
        panic!("a list of sitemaps");
    };
    let chosen = likely_children(children);
    let shown: Vec<&str> = chosen.iter().map(Url::path).collect();
    assert_eq!(
        shown,
        [
            "/news-sitemap.xml",
            "/post-sitemap2.xml",
            "/post-sitemap.xml"
        ]
    );
}

fn addresses(paths: &[&str], around: &str) -> Vec<String> {
    let pages = paths
        .iter()
        .map(|path| Page {
            url: base().join(path).unwrap(),
            modified: None,
            news: None,
        })
        .collect();
    announcements(pages, &base().join(around).unwrap(), 100)
        .items
        .into_iter()
        .map(|draft| draft.url.unwrap().path().to_owned())
        .collect()
}

#[test]
fn announcements_are_told_from_the_other_pages() {
    let found = addresses(
        &[
            "/",
            "/despre-noi/",
            "/contact/",
            "/stiri/",
            "/stiri/apel-de-proiecte-2026/",
            "/stiri/o-noua-casa-pentru-tineri/",
            "/2026/03/concert-caritabil/",
            "/tag/apel-de-proiecte-nou/",
            "/politica-de-confidentialitate/",
            "/servicii/centru-de-zi-pentru-copii/",
            "/jaunumi/123",
        ],
        "/",
    );
    assert_eq!(
        found,
        [
            "/stiri/apel-de-proiecte-2026/",
            "/stiri/o-noua-casa-pentru-tineri/",
            "/2026/03/concert-caritabil/",
        ]
    );
}

#[test]
fn a_section_that_was_asked_for_is_what_is_meant() {
    let paths = [
        "/stiri/a-b",
        "/proiecte/unu",
        "/proiecte/doi",
        "/proiecte/trei",
    ];
    assert_eq!(
        addresses(&paths, "/proiecte/"),
        ["/proiecte/unu", "/proiecte/doi", "/proiecte/trei"]
    );
}

#[test]
fn titles_are_made_of_addresses() {
    for (url, title) in [
        ("https://a.ro/stiri/apel-nou-2026/", "Apel nou 2026"),
        ("https://a.ro/x/%C8%99coala_noua.html", "Școala noua"),
        ("https://a.ro/", "https://a.ro/"),
        ("https://a.ro/%ff%", "\u{fffd}%"),
    ] {
        assert_eq!(title_of(&Url::parse(url).unwrap()), title);
    }
}

proptest! {
    #[test]
    fn any_text_is_read_to_its_end(text in "(<(/)?(urlset|sitemapindex|url|sitemap|loc|lastmod|news:news|n:title)>|https://a.ro/[a-z-]{0,6}|2026-0[0-9]-01|&amp;|<!\\[CDATA\\[|\\]\\]>|\n){0,60}") {
        if let Ok(Sitemap::Pages(pages)) = read_text(&text) {
            for draft in announcements(pages, &base(), 100).items {
                prop_assert!(!draft.title.is_empty() && draft.url.is_some());
            }
        }
    }
}
