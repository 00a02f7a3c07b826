//! Archives of sources, read backwards.

use vesti::domain::{Arrival, Way};

use super::site::{HTML, NAMES, Site, article, feed, listing, slug};

const POSTS: &str = "per_page=100&page=1&_embed=author%2Cwp%3Afeaturedmedia%2Cwp%3Aterm";

fn page_of_posts(site: &Site, page: u32, from: usize, to: usize) {
    let posts: Vec<String> = (from..to)
        .map(|index| {
            format!(
                r#"{{"id":{index},"date_gmt":"20{:02}-03-01T08:00:00","link":"BASE/stiri/{}","title":{{"rendered":"{}"}},"content":{{"rendered":"<p>{}</p>"}}}}"#,
                25 - index,
                slug(index),
                NAMES[index],
                "Textul întreg al postării. ".repeat(40)
            )
        })
        .collect();
    let query = if page == 1 {
        POSTS.to_owned()
    } else {
        format!("per_page=100&_embed=author%2Cwp%3Afeaturedmedia%2Cwp%3Aterm&page={page}")
    };
    let body = format!("[{}]", posts.join(","));
    site.on(
        &format!("/wp-json/wp/v2/posts?{query}"),
        "application/json",
        body,
    );
}

fn wordpress(site: &Site) {
    let home = "<html><head><link rel='https://api.w.org/' href='BASE/wp-json/'><link rel=alternate type='application/rss+xml' href='/feed/'></head></html>";
    site.on("/", HTML, home);
    site.on("/feed/", "application/rss+xml", feed(0, 1));
    page_of_posts(site, 1, 0, 3);
    page_of_posts(site, 2, 3, 6);
    site.on(
        "/wp-json/wp/v2/posts?per_page=100&_embed=author%2Cwp%3Afeaturedmedia%2Cwp%3Aterm&page=3",
        HTML,
        "400",
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_posts_of_wordpress_are_read_to_the_last_page_and_only_new_ones_added() {
    let site = Site::new().await;
    wordpress(&site);
    let done = site.backfill(None).await.unwrap();
    assert_eq!((done.way, done.read, done.added), (Way::Wordpress, 2, 5));
    let items = site.items();
    assert_eq!(items.len(), NAMES.len());
    assert_eq!(items[0].arrival, Arrival::News, "the feed had it");
    assert!(
        items[1..]
            .iter()
            .all(|item| item.arrival == Arrival::Backfill)
    );
    let again = site.backfill(None).await.unwrap();
    assert_eq!(again.added, 0);
    // An ordinary visit takes none of them for edited.
    site.wait(7);
    let said = site.pass().await;
    assert_eq!((said.log.new, said.log.changed), (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_day_can_be_given_beyond_which_nothing_is_wanted() {
    let site = Site::new().await;
    wordpress(&site);
    let done = site.backfill(Some("2023-01-01T00:00:00Z")).await.unwrap();
    assert_eq!((done.read, done.added), (2, 2), "of 2024 and 2023");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_stopped_goes_on_where_it_was() {
    let site = Site::new().await;
    wordpress(&site);
    let second =
        "/wp-json/wp/v2/posts?per_page=100&_embed=author%2Cwp%3Afeaturedmedia%2Cwp%3Aterm&page=2";
    site.on(second, HTML, "503");
    let hurry = {
        let clock = site.clock.clone();
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
                let later = vesti::clock::Clock::now(&*clock) + jiff::SignedDuration::from_mins(1);
                clock.set(later);
            }
        })
    };
    let stopped = site.backfill(None).await.unwrap_err();
    assert!(stopped.to_string().contains("503"), "{stopped}");
    assert_eq!(site.items().len(), 3);
    page_of_posts(&site, 2, 3, 6);
    site.asked.lock().unwrap().clear();
    let done = site.backfill(None).await.unwrap();
    hurry.abort();
    assert_eq!(done.added, 5, "of both runs");
    let asked = site.asked.lock().unwrap().clone();
    assert_eq!(
        asked
            .iter()
            .filter(|path| path.contains("&page=1&"))
            .count(),
        0,
        "{asked:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn numbered_feeds_are_followed_until_they_repeat() {
    let site = Site::new().await;
    site.on(
        "/",
        HTML,
        "<html><head><link rel=alternate type='application/rss+xml' href='/feed/'></head></html>",
    );
    site.on("/feed/", "application/rss+xml", feed(0, 2));
    site.on("/feed/?paged=2", "application/rss+xml", feed(2, 4));
    site.on("/feed/?paged=3", "application/rss+xml", feed(4, 6));
    site.on("/feed/?paged=4", "application/rss+xml", feed(4, 6));
    let done = site.backfill(None).await.unwrap();
    assert_eq!((done.way, done.added), (Way::Feed, 4));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_listing_is_followed_through_its_pages_and_their_articles_are_read() {
    let site = Site::new().await;
    let paged = |from, to, next: &str| {
        let pager =
            format!("<div class=pager><a href='{next}'>Următoarea</a></div><div id=footer>");
        listing(from, to).replace("<div id=footer>", &pager)
    };
    site.on("/", HTML, paged(0, 3, "/?page=2"));
    site.on("/?page=2", HTML, listing(3, 6));
    for index in 0..6 {
        site.on(&format!("/stiri/{}", slug(index)), HTML, article(index));
    }
    let done = site.backfill(None).await.unwrap();
    assert_eq!((done.way, done.read, done.added), (Way::Listing, 2, 3));
    let items = site.items();
    assert!(items[4].text.contains("Numărul 4."), "{}", items[4].text);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_any_archive_it_says_so() {
    let site = Site::new().await;
    site.on(
        "/",
        HTML,
        "<html><head><link rel=alternate type='application/rss+xml' href='/feed/'></head></html>",
    );
    site.on("/feed/", "application/rss+xml", feed(0, 2));
    let error = site.backfill(None).await.unwrap_err();
    assert!(
        error.to_string().contains("no archive was found"),
        "{error}"
    );
}
