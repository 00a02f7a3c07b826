//! What browsers and search engines expect.

use super::*;

#[tokio::test]
async fn the_site_map_has_our_pages_in_every_language_and_no_items() {
    let house = House::new().await;
    let answer = house.get("/sitemap.xml").await;
    assert_eq!(answer.header(header::CONTENT_TYPE), "application/xml");
    for part in [
        "<loc>https://vesti.example/</loc><lastmod>2026-11-21T11:00:00Z</lastmod>",
        "<loc>https://vesti.example/sources/deschis</loc><lastmod>",
        "<loc>https://vesti.example/digests/zilnic</loc>",
        "hreflang=\"lv\" href=\"https://vesti.example/api?ui=lv\"",
        "hreflang=\"x-default\" href=\"https://vesti.example/api\"",
    ] {
        assert!(answer.body.contains(part), "{part} in {}", answer.body);
    }
    assert!(!answer.body.contains("/items/") && !answer.body.contains("tainita"));
}

#[tokio::test]
async fn a_browser_can_search_from_its_address_bar_in_the_language_of_the_page() {
    let house = House::new().await;
    let page = house.get("/topics?ui=lv").await.body;
    assert!(page.contains("href=\"/opensearch.xml?ui=lv\""));
    let answer = house.get("/opensearch.xml?ui=lv").await;
    assert_eq!(
        answer.header(header::CONTENT_TYPE),
        "application/opensearchdescription+xml"
    );
    for part in [
        "<ShortName>vesti</ShortName>",
        "<LongName>vesti</LongName>",
        "template=\"https://vesti.example/?q={searchTerms}&amp;ui=lv\"",
        "rel=\"self\" template=\"https://vesti.example/opensearch.xml?ui=lv\"",
        "<Image width=\"32\" height=\"32\" type=\"image/svg+xml\">https://vesti.example/assets/icon-",
        "<Query role=\"example\" searchTerms=\"",
        "<Language>lv</Language>",
    ] {
        assert!(answer.body.contains(part), "{part} in {}", answer.body);
    }
}

#[tokio::test]
async fn a_page_names_its_address_and_those_in_other_languages() {
    let house = House::new().await;
    let page = house.get("/topics?ui=lv").await.body;
    for part in [
        "<link rel=\"canonical\" href=\"https://vesti.example/topics?ui=lv\">",
        "hreflang=\"ru\" href=\"https://vesti.example/topics?ui=ru\"",
        "hreflang=\"x-default\" href=\"https://vesti.example/topics\"",
        "<meta name=\"twitter:card\" content=\"summary\">",
        "<meta property=\"og:url\"",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    let neutral = house.get("/topics").await.body;
    assert!(neutral.contains("<link rel=\"canonical\" href=\"https://vesti.example/topics\">"));
}

#[tokio::test]
async fn copies_are_for_search_engines_only_where_that_is_wanted() {
    let mut settings = vesti::config::Settings::default();
    for wanted in [false, true] {
        settings.server.index_items = wanted;
        let settings = settings.clone();
        let house = House::with(Config {
            settings,
            ..Config::default()
        })
        .await;
        let json = house.get("/api/v1/search?kind=call").await.json();
        let id = json["items"][0]["id"].as_str().unwrap().to_owned();
        let page = house.get(&format!("/items/{id}")).await.body;
        assert_eq!(page.contains("noindex"), !wanted);
        assert!(page.contains("<link rel=\"canonical\" href=\"https://deschis.example/3\">"));
    }
}

#[tokio::test]
async fn every_kind_of_answer_says_how_long_it_keeps() {
    let house = House::new().await;
    for (path, keep) in [
        ("/", "public, no-cache"),
        ("/api/v1/search", "public, no-cache"),
        ("/feed.atom", "public, max-age=60"),
        ("/calendar.ics", "public, max-age=60"),
        ("/sitemap.xml", "public, max-age=3600"),
        ("/robots.txt", "public, max-age=3600"),
        ("/openapi.json", "public, max-age=3600"),
        ("/favicon.ico", "public, max-age=3600"),
        ("/nope", "no-store"),
        ("/healthz", "no-store"),
        ("/metrics", "no-store"),
    ] {
        assert_eq!(
            house.get(path).await.header(header::CACHE_CONTROL),
            keep,
            "{path}"
        );
    }
}

#[tokio::test]
async fn whoever_finds_a_weakness_learns_whom_to_tell_where_somebody_is_named() {
    let path = "/.well-known/security.txt";
    let nobody = House::new().await.get(path).await;
    assert_eq!(nobody.status, StatusCode::NOT_FOUND);
    let mut settings = vesti::config::Settings::default();
    settings.server.contact = Some(vesti::config::Contact::Mail("office@vesti.example".into()));
    let house = House::with(Config {
        settings,
        ..Config::default()
    })
    .await;
    let answer = house.get(path).await;
    for line in [
        "Contact: mailto:office@vesti.example",
        "Expires: 2027-05-19T22:00:00Z",
        "Preferred-Languages: ro, lv, ru, en",
        "Canonical: https://vesti.example/.well-known/security.txt",
    ] {
        assert!(
            answer.body.lines().any(|own| own == line),
            "{line} in {}",
            answer.body
        );
    }
    let description = house.get("/openapi.json").await.json();
    assert_eq!(
        description["info"]["contact"]["email"],
        "office@vesti.example"
    );
}
