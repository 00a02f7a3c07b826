use proptest::prelude::*;

use super::*;
use crate::domain::ListingSelectors;

fn now() -> Timestamp {
    "2026-11-20T09:30:00Z".parse().unwrap()
}

fn url() -> Url {
    Url::parse("https://ong.example/noutati/").unwrap()
}

fn read_here(html: &str) -> Listing {
    read(html, &url(), now(), &TimeZone::UTC)
}

fn titles(listing: &Listing) -> Vec<&str> {
    listing
        .items
        .iter()
        .map(|item| item.title.as_str())
        .collect()
}

/// Three entries around which a test puts its trap.
fn entries() -> String {
    [
        ("apel", "Apel deschis pentru granturi mici", "18.11.2026"),
        ("raport", "Raportul anual al organizației noastre", "11.11.2026"),
        ("curs", "Curs gratuit pentru asistenți personali", "03.11.2026"),
    ]
    .iter()
    .map(|(slug, title, date)| {
        format!("<div class=post><h3><a href='/noutati/{slug}'>{title}</a></h3><span class=date>{date}</span></div>")
    })
    .collect::<Vec<_>>()
    .concat()
}

#[test]
fn the_entries_are_read_with_titles_and_days() {
    let listing = read_here(&format!("<body><main>{}</main>", entries()));
    assert_eq!(
        titles(&listing),
        [
            "Apel deschis pentru granturi mici",
            "Raportul anual al organizației noastre",
            "Curs gratuit pentru asistenți personali",
        ]
    );
    assert_eq!(
        listing.items[0].published,
        Some("2026-11-18T00:00:00Z".parse().unwrap())
    );
    assert_eq!(listing.items[0].precision, Precision::Day);
    assert_eq!(listing.way, ListingWay::Markup);
    assert_eq!(listing.next, None);
}

#[test]
fn what_frames_the_page_is_not_listed() {
    let frame = "<nav><a href=/despre-noi-si-echipa>Despre noi și echipa noastră de lucru</a></nav>\
        <div class=sidebar><h3>Cele mai citite</h3><ul><li><a href=/noutati/vechi-1>Ghidul beneficiarului de servicii sociale</a>\
        <li><a href=/noutati/vechi-2>Formularul pentru redirecționarea impozitului</a></ul></div>";
    let end = "<footer><a href=/politica-de-confidentialitate>Politica de confidențialitate a asociației</a></footer>";
    let listing = read_here(&format!("<body>{frame}<main>{}</main>{end}", entries()));
    assert_eq!(listing.items.len(), 3);
}

#[test]
fn a_page_without_a_list_has_no_items() {
    let listing = read_here(
        "<body><ul><li><a href=/>Acasă</a><li><a href=/contact>Contact</a><li><a href=/proiecte>Proiecte</a></ul>\
         <p>Suntem o asociație. <a href=/statut>Statutul nostru</a> este public.</p>",
    );
    assert!(listing.items.is_empty());
}

#[test]
fn a_deadline_is_no_day_of_publication() {
    let html = (1..5)
        .map(|at| format!("<li><a href='/apel-{at}'>Apel de proiecte numărul {at} pentru tineri</a> Termen limită: 1{at}.11.2026</li>"))
        .collect::<Vec<_>>().concat();
    let listing = read_here(&format!("<ul>{html}</ul>"));
    assert_eq!(listing.items.len(), 4);
    assert!(listing.items.iter().all(|item| item.published.is_none()));
}

#[test]
fn what_lies_ahead_is_no_day_of_publication() {
    let listing = read_here(&entries().replace("18.11.2026", "18.12.2026"));
    assert_eq!(listing.items[0].published, None);
    assert!(listing.items[1].published.is_some());
}

#[test]
fn one_page_is_listed_once_whichever_links_lead_to_it() {
    let html = (1..4)
        .map(|at| format!("<div class=card><a href='/noutati/{at}?utm_source=x'><img src=/{at}.jpg></a><h4>Anunțul cu numărul {at} al rețelei</h4><a href='/noutati/{at}#mai'>Citește mai mult</a></div>"))
        .collect::<Vec<_>>().concat();
    let listing = read_here(&html);
    assert_eq!(
        titles(&listing),
        [
            "Anunțul cu numărul 1 al rețelei",
            "Anunțul cu numărul 2 al rețelei",
            "Anunțul cu numărul 3 al rețelei"
        ]
    );
}

#[test]
fn the_next_page_is_the_nearest_one_behind_this() {
    let with = |pager: &str, at: &str| {
        let html = format!("{}{pager}", entries());
        read(&html, &Url::parse(at).unwrap(), now(), &TimeZone::UTC)
            .next
            .map(String::from)
    };
    let pager = "<div class=pager><a href='?page=0'>« anterioara</a><a href='?page=0'>1</a> 2 <a href='?page=2'>3</a><a href='?page=2'>următoarea ›</a><a href='?page=9'>ultima »</a></div>";
    assert_eq!(
        with(pager, "https://ong.example/noutati?page=1").as_deref(),
        Some("https://ong.example/noutati?page=2")
    );
    let elsewhere = "<div class=pager><a href='https://alta.example/page/2/'>următoarea</a></div>";
    assert_eq!(with(elsewhere, "https://ong.example/noutati"), None);
    let itself = "<div class=pager><a rel=next href='/noutati/'>›</a></div>";
    assert_eq!(with(itself, "https://ong.example/noutati"), None);
    let head = "<link rel=next href='/noutati/page/2/'>";
    assert_eq!(
        with(head, "https://ong.example/noutati/").as_deref(),
        Some("https://ong.example/noutati/page/2/")
    );
}

#[test]
fn a_base_and_scripts_are_followed() {
    let html = (1..4)
        .map(|at| format!("<tr onclick=\"window.location='stire-{at}.html'\"><td>0{at}.11.2026</td><td>Știrea cu numărul {at} despre voluntari</td></tr>"))
        .collect::<Vec<_>>().concat();
    let listing = read_here(&format!(
        "<head><base href='https://ong.example/ro/'></head><table>{html}</table>"
    ));
    let found: Vec<&str> = listing.items.iter().map(|item| item.url.path()).collect();
    assert_eq!(
        found,
        ["/ro/stire-1.html", "/ro/stire-2.html", "/ro/stire-3.html"]
    );
    assert!(listing.items.iter().all(|item| item.published.is_some()));
}

#[test]
fn a_draft_of_it_is_partial() {
    let item = read_here(&entries()).items.remove(0);
    let draft = item.clone().into_draft();
    assert!(draft.partial);
    assert_eq!(draft.url, Some(item.url));
    assert_eq!(draft.title, item.title);
    assert_eq!(draft.published, item.published);
}

fn selectors() -> ListingSelectors {
    ListingSelectors {
        item: "div.post".to_owned(),
        link: None,
        title: Some("h3".to_owned()),
        date: Some(".date".to_owned()),
        excerpt: None,
    }
}

#[test]
fn selectors_are_obeyed() {
    let html = format!("<div class=post><p>fără legătură</p></div>{}", entries());
    let listing = read_selected(&html, &url(), &selectors(), now(), &TimeZone::UTC).unwrap();
    assert_eq!(listing.items.len(), 3);
    assert_eq!(listing.way, ListingWay::Selectors);
    assert_eq!(
        listing.items[2].title,
        "Curs gratuit pentru asistenți personali"
    );
    assert_eq!(listing.items[2].precision, Precision::Day);
}

#[test]
fn a_selector_that_matches_nothing_is_told_by_name() {
    let fault = |selectors: &ListingSelectors| {
        read_selected(&entries(), &url(), selectors, now(), &TimeZone::UTC)
            .unwrap_err()
            .to_string()
    };
    let mut wrong = selectors();
    wrong.item = "article".to_owned();
    assert!(fault(&wrong).contains("item = \"article\""));
    let mut wrong = selectors();
    wrong.date = Some("time".to_owned());
    assert!(fault(&wrong).contains("date = \"time\""));
    let mut wrong = selectors();
    wrong.title = Some("[[".to_owned());
    assert!(fault(&wrong).contains("no CSS selector"));
}

#[test]
fn endless_pages_end() {
    for html in [
        "<div><a href=/a-b-c-d>o legătură destul de lungă".repeat(30_000),
        "<a href=/x>".repeat(50_000),
        format!(
            "<ul>{}</ul>",
            "<li><a href=?x=1>Un titlu oarecare de listă</a> 1.2.2026".repeat(20_000)
        ),
        format!(
            "<div class='{}'><a href='/{}'>x</a>",
            "menu ".repeat(200_000),
            "a".repeat(1 << 20)
        ),
    ] {
        assert!(read_here(&html).items.len() <= MAX_ITEMS);
    }
}

proptest! {
    #[test]
    fn any_page_is_read(html in "(<(/)?(div|ul|li|a|h2|td|tr|table|p|br|span)( class=(post|menu|date|pager))?( href=['\"]?[a-z/?=0-9#:.]{0,9}['\"]?)?>|[a-zșā0-9 .:]{1,12}){0,80}") {
        let listing = read_here(&html);
        for item in &listing.items {
            prop_assert!(matches!(item.url.scheme(), "http" | "https"));
            prop_assert!(!item.title.is_empty());
            prop_assert!(item.published.is_none_or(|at| at <= now() + jiff::SignedDuration::from_hours(36)));
        }
        let unique: std::collections::BTreeSet<_> = listing.items.iter().map(|item| CanonicalUrl::of(&item.url)).collect();
        prop_assert_eq!(unique.len(), listing.items.len());
        prop_assert_eq!(read_here(&html), listing);
    }
}
