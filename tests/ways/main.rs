//! Sources without a feed: how vesti finds a way to read them, and another one when that stops working.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::format_collect,
    reason = "a test may"
)]

mod backfill;
mod site;

use vesti::domain::{FaultKind, ListingSelectors, Phase, Way};

use site::{HTML, NAMES, Site, article, feed, listing, slug};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_without_a_feed_is_read_as_a_listing_and_its_pages_are_fetched() {
    let site = Site::new().await;
    site.serve_listing("/", 1, 5);
    let said = site.pass().await;
    assert_eq!(said.log.fault, None);
    assert_eq!((said.state.way, said.log.new), (Way::Listing, 4));
    let note = said.log.note.unwrap().to_string();
    assert!(note.contains("listing"), "{note}");
    let items = site.items();
    assert_eq!(items[0].title, NAMES[1]);
    assert_eq!(
        items[0].published.unwrap().to_string(),
        "2026-03-07T22:00:00Z"
    );
    assert!(items[0].text.contains("Numărul 1."), "{}", items[0].text);

    // The next visits ask for the page alone, and find only what is new.
    site.asked.lock().unwrap().clear();
    site.serve_listing("/", 0, 5);
    site.wait(7);
    let said = site.pass().await;
    assert_eq!((said.log.new, said.log.changed), (1, 0));
    assert_eq!(said.log.note, None);
    let asked = site.asked.lock().unwrap().clone();
    let new = format!("/stiri/{}", slug(0));
    assert_eq!(asked, ["/".to_owned(), new], "robots.txt is still fresh");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_listing_that_becomes_empty_is_a_fault_and_loses_nothing() {
    let site = Site::new().await;
    site.serve_listing("/", 0, 5);
    site.pass().await;
    site.on(
        "/",
        HTML,
        "<html><body><h1>Bine ați venit</h1><p>Suntem alături de familii din 1998.</p></body></html>",
    );
    site.wait(7);
    let said = site.pass().await;
    let fault = said.log.fault.unwrap();
    assert_eq!(fault.kind, FaultKind::NothingListed);
    assert!(fault.message.contains("listed 5 before"), "{fault}");
    assert!(matches!(said.state.phase, Phase::Failing { .. }));
    assert_eq!(site.items().len(), 5);
    // Redesigned, it is read as it is now.
    site.on(
        "/",
        HTML,
        listing(0, 6)
            .replace("<h3>", "<h2>")
            .replace("</h3>", "</h2>")
            .replace("stire", "card-nou"),
    );
    site.on(&format!("/stiri/{}", slug(5)), HTML, article(5));
    site.wait(24);
    let said = site.pass().await;
    assert_eq!((said.log.fault, said.log.new), (None, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_feed_that_goes_away_is_replaced_and_nothing_is_doubled_or_edited() {
    let site = Site::new().await;
    site.serve_listing("/", 0, 4);
    site.on("/feed/", "application/rss+xml", feed(0, 4));
    let said = site.pass().await;
    assert_eq!((said.state.way, said.log.new), (Way::Feed, 4));
    site.off("/feed/");
    site.serve_listing("/", 0, 5);
    site.wait(7);
    let said = site.pass().await;
    assert_eq!(said.log.fault, None);
    assert_eq!(
        (said.state.way, said.log.new, said.log.changed),
        (Way::Listing, 1, 0)
    );
    let note = said.log.note.unwrap().to_string();
    assert!(note.contains("/feed/") && note.contains("404"), "{note}");
    let items = site.items();
    assert_eq!(items.len(), 5);
    assert!(
        items.iter().all(|item| item.version == 1),
        "nobody edited them"
    );
    assert!(
        items[0].text.contains("Textul întreg"),
        "what was read from the feed stays"
    );
    // The feed comes back: within a week it is found again.
    site.on("/feed/", "application/rss+xml", feed(0, 5));
    for _ in 0..15 {
        site.wait(12);
        site.pass().await;
    }
    let said = site.pass().await;
    assert_eq!(said.state.way, Way::Feed);
    assert!(site.items().iter().all(|item| item.version == 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_in_trouble_is_waited_for_before_its_feed_is_given_up() {
    let site = Site::new().await;
    site.serve_listing("/", 0, 4);
    site.on("/feed/", "application/rss+xml", feed(0, 4));
    site.pass().await;
    site.on("/feed/", HTML, "500");
    for _ in 0..4 {
        site.wait(24);
        let said = site.pass().await;
        assert_eq!(said.log.fault.unwrap().status, Some(500));
        assert_eq!(said.state.way, Way::Feed);
    }
    site.wait(24);
    site.pass().await;
    site.wait(24);
    assert_eq!(site.pass().await.state.way, Way::Listing);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_forgotten_feed_stands_back_behind_a_page_that_goes_on() {
    let site = Site::new().await;
    site.serve_listing("/", 0, 5);
    let old = feed(2, 6).replace("Mar 2026", "Mar 2024");
    site.on("/feed/", "application/rss+xml", old);
    let said = site.pass().await;
    assert_eq!((said.state.way, said.log.new), (Way::Listing, 5));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wordpress_without_feeds_gives_its_posts_whole() {
    let site = Site::new().await;
    let home = "<html><head><link rel='https://api.w.org/' href='BASE/wp-json/'></head><body><p>Bine ați venit.</p></body></html>";
    site.on("/", HTML, home);
    let posts: Vec<String> = (0..3)
        .map(|index| {
            format!(
                r#"{{"id":{index},"date_gmt":"2026-03-0{}T08:00:00","link":"BASE/{}/","title":{{"rendered":"{}"}},"content":{{"rendered":"<p>{}</p>","protected":false}}}}"#,
                9 - index,
                slug(index),
                NAMES[index],
                "Textul întreg al postării. ".repeat(40)
            )
        })
        .collect();
    let path =
        "/wp-json/wp/v2/posts?per_page=20&page=1&_embed=author%2Cwp%3Afeaturedmedia%2Cwp%3Aterm";
    site.on(path, "application/json", format!("[{}]", posts.join(",")));
    let said = site.pass().await;
    assert_eq!(said.log.fault, None);
    assert_eq!((said.state.way, said.log.new), (Way::Wordpress, 3));
    assert!(site.items()[0].text.contains("Textul întreg al postării."));
    site.wait(7);
    let said = site.pass().await;
    assert_eq!((said.log.new, said.log.changed), (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_that_needs_scripts_is_read_by_its_sitemap() {
    let site = Site::new().await;
    site.on(
        "/",
        HTML,
        "<html><body><div id=root></div><script src=/app.js></script></body></html>",
    );
    site.on(
        "/robots.txt",
        "text/plain",
        "User-agent: *\nAllow: /\nSitemap: BASE/harta.xml\n",
    );
    let parts = "<sitemapindex><sitemap><loc>BASE/harta-pagini.xml</loc></sitemap><sitemap><loc>BASE/harta-stiri.xml</loc></sitemap></sitemapindex>";
    site.on("/harta.xml", "application/xml", parts);
    site.on(
        "/harta-pagini.xml",
        "application/xml",
        "<urlset><url><loc>BASE/despre</loc></url><url><loc>BASE/contact</loc></url></urlset>",
    );
    let urls: String = (0..4)
        .map(|index| {
            site.on(&format!("/stiri/{}", slug(index)), HTML, article(index));
            format!(
                "<url><loc>BASE/stiri/{}</loc><lastmod>2026-03-0{}</lastmod></url>",
                slug(index),
                9 - index
            )
        })
        .collect();
    site.on(
        "/harta-stiri.xml",
        "application/xml",
        format!("<urlset>{urls}</urlset>"),
    );
    let said = site.pass().await;
    assert_eq!(said.log.fault, None);
    assert_eq!((said.state.way, said.log.new), (Way::Sitemap, 4));
    let items = site.items();
    assert_eq!(
        items[0].title, NAMES[0],
        "the page's title, not one made of its address"
    );
    assert!(items[0].text.contains("Numărul 0."));
    site.wait(7);
    let said = site.pass().await;
    assert_eq!((said.log.new, said.log.changed), (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_home_page_without_news_leads_to_the_page_of_news() {
    let site = Site::new().await;
    site.on("/", HTML, "<html><body><ul><li><a href='/despre'>Despre noi</a></li><li><a href='/ro/noutati'>Noutăți</a></li></ul><p>Bine ați venit la noi.</p></body></html>");
    site.serve_listing("/ro/noutati", 0, 5);
    let said = site.pass().await;
    assert_eq!((said.state.way, said.log.new), (Way::Listing, 5));
    assert_eq!(said.state.address.unwrap().path(), "/ro/noutati");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn selectors_come_first_and_rotten_ones_are_told() {
    let site = Site::with(|source| {
        source.listing = Some(ListingSelectors {
            item: "tr.rand".into(),
            link: Some("td.b a".into()),
            ..ListingSelectors::default()
        });
    })
    .await;
    let rows: String = (0..3)
        .map(|index| {
            site.on(&format!("/stiri/{}", slug(index)), HTML, article(index));
            format!("<tr class=rand><td class=a><a href='/alt'>alt</a></td><td class=b><a href='/stiri/{}'>{}</a></td></tr>", slug(index), NAMES[index])
        })
        .collect();
    site.on(
        "/",
        HTML,
        format!("<html><body><table>{rows}</table></body></html>"),
    );
    let said = site.pass().await;
    assert_eq!(
        (said.state.way, said.log.new, said.log.fault),
        (Way::Listing, 3, None)
    );
    site.serve_listing("/", 0, 5);
    site.wait(7);
    let said = site.pass().await;
    assert_eq!((said.log.new, said.log.fault), (2, None));
    let note = said.log.note.unwrap().to_string();
    assert!(note.contains("selector"), "{note}");
}
