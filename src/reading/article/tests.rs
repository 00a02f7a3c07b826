use super::*;
use proptest::prelude::*;

fn page(html: &str) -> Article {
    let url = Url::parse("https://ong.example/ro/stiri/apel").unwrap();
    read(
        html,
        &url,
        "2026-03-01T12:00:00Z".parse().unwrap(),
        &TimeZone::get("Europe/Bucharest").unwrap(),
    )
}

#[test]
fn the_heading_in_the_trail_of_sections_is_for_search_engines() {
    let article = page(&format!(
        "<head><title>Granturi 2026: cine poate primi bani acum? | Punte</title><meta property='og:title' content='Granturi 2026: cine poate primi bani acum?'>
        <script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\"headline\":\"Fundația Punte deschide apelul pentru tineri\"}}</script></head>
        <body><nav><ul><li><a href=/>Acasă</a></li><li><h1>Granturi 2026: cine poate primi bani acum?</h1></li></ul></nav>
        <main><h2>Fundația Punte deschide apelul pentru tineri</h2>{PARAGRAPHS}</main></body>"
    ));
    assert_eq!(
        article.title,
        "Fundația Punte deschide apelul pentru tineri"
    );
}

#[test]
fn a_title_that_ends_as_names_of_sites_do_is_whole_where_the_address_has_all_of_it() {
    let article = read(
        &format!(
            "<head><title>Apel pentru tineri din sate - Ghid complet</title></head>
            <body><main><h1>Apel pentru tineri din sate</h1>{PARAGRAPHS}</main></body>"
        ),
        &Url::parse("https://ong.example/apel-pentru-tineri-din-sate-ghid-complet-3700").unwrap(),
        "2026-03-01T12:00:00Z".parse().unwrap(),
        &TimeZone::UTC,
    );
    assert_eq!(article.title, "Apel pentru tineri din sate - Ghid complet");
}

#[test]
fn a_heading_whose_kicker_the_layout_alone_parts_is_read_as_the_head_writes_it() {
    let article = page(&format!(
        "<head><title>„Începem acum”: apel pentru tineri din sate</title></head>
        <body><main><h1><span>„Începem acum”</span><span>apel pentru tineri din sate</span></h1>{PARAGRAPHS}</main></body>"
    ));
    assert_eq!(article.title, "„Începem acum”: apel pentru tineri din sate");
}

#[test]
fn a_day_in_the_head_that_may_be_that_of_a_change_yields_to_an_earlier_one_shown() {
    let dated = |head: &str, shown: &str| {
        let article = page(&format!(
            "<head><title>Apel pentru tineri</title><meta name='{head}' content='2026-02-20T10:00:00'></head>
            <body><main><h1>Apel pentru tineri</h1><p class=info>{shown}</p>{PARAGRAPHS}</main></body>"
        ));
        article.published.unwrap().to_string()[..10].to_owned()
    };
    assert_eq!(dated("date", "18 februarie 2026, 18:00"), "2026-02-18");
    assert_eq!(
        dated("article:published_time", "18 februarie 2026"),
        "2026-02-20"
    );
    assert_eq!(dated("date", "Actualizat: 18 februarie 2026"), "2026-02-20");
    assert_eq!(dated("date", "18 ianuarie 2024"), "2026-02-20");
    assert_eq!(dated("date", "21 februarie 2026"), "2026-02-20");
    assert_eq!(dated("date", "Termen: 18 februarie 2026"), "2026-02-20");
}

const PARAGRAPHS: &str = "<p>Asociația anunță deschiderea apelului de proiecte pentru organizațiile de tineret, cu un buget de zece mii de lei pentru fiecare proiect ales.</p>
<h3>Cine poate participa</h3><ul><li>asociații și fundații înregistrate, de cel puțin un an</li><li>grupuri de inițiativă</li></ul>
<p>Cererile se trimit prin poștă electronică, împreună cu <a href='/ghid.pdf'>ghidul solicitantului</a> semnat, iar rezultatele se anunță după două săptămâni.</p>
<blockquote>Vrem ca fiecare comunitate să aibă o voce, spune directoarea asociației.</blockquote>
<table><tr><td>Buget</td><td>10.000 lei</td></tr></table>";

#[test]
fn an_article_is_found_amid_furniture() {
    let article = page(&format!(
        "<html lang=ro-RO><head><title>Apel de proiecte pentru tineri – Asociația Punte</title><meta property='og:site_name' content='Asociația Punte'>
        <meta property='article:published_time' content='2026-02-20T23:30:00+02:00'><meta property='og:image' content='/poza.jpg'><link rel=canonical href='/ro/stiri/apel-de-proiecte'></head>
        <body><header><h1>Asociația Punte</h1><nav><ul><li><a href=/>Acasă</a></li><li><a href=/despre>Despre noi</a></li></ul></nav></header>
        <div class='cookie-notice'><p>Folosim cookie-uri pentru a vă oferi o experiență mai bună, mai rapidă și mai sigură pe acest site. <a href=/c>Detalii</a></p></div>
        <div id=main><h2>Apel de proiecte pentru tineri</h2><div class=post-meta>Publicat pe 20 februarie 2026 de <span class=author>Ana Pop</span></div>{PARAGRAPHS}
        <div class='sharedaddy'><a href=//f>Facebook</a> <a href=//t>Twitter</a></div>
        <p>Citește și: <a href=/alt>Un alt articol despre altceva, mai vechi</a></p></div>
        <div class=sidebar><h3>Cele mai citite</h3><p>Un text lung din bara laterală, cu virgule, multe virgule, și tot așa, care nu face parte din articol.</p></div>
        <footer><p>© 2026 Asociația Punte, str. Florilor nr. 1, București, România, telefon 021 000 00 00</p></footer></body></html>"
    ));
    assert_eq!(article.title, "Apel de proiecte pentru tineri");
    assert_eq!(article.author.as_deref(), Some("Ana Pop"));
    assert_eq!(
        article.published.unwrap().to_string(),
        "2026-02-20T21:30:00Z"
    );
    assert_eq!(article.lang, Some(Language::RO));
    assert_eq!(
        article.image.unwrap().as_str(),
        "https://ong.example/poza.jpg"
    );
    assert_eq!(
        article.canonical_url.unwrap().as_str(),
        "https://ong.example/ro/stiri/apel-de-proiecte"
    );
    assert_eq!(article.attachments.len(), 1);
    assert_eq!(
        article.attachments[0].title.as_deref(),
        Some("ghidul solicitantului")
    );
    for part in [
        "Asociația anunță",
        "Cine poate participa",
        "\ngrupuri de inițiativă",
        "o voce",
        "Buget 10.000 lei",
    ] {
        assert!(
            article.text.contains(part),
            "{part} is missing in {}",
            article.text
        );
    }
    for part in [
        "cookie",
        "Facebook",
        "Citește și",
        "laterală",
        "Florilor",
        "Acasă",
    ] {
        assert!(
            !article.text.contains(part),
            "{part} is in {}",
            article.text
        );
    }
    assert!(article.html.contains("<blockquote>") && article.html.contains("<h3>"));
}

#[test]
fn a_page_that_is_one_text_is_given_whole_and_in_order() {
    let part = |n: u32| {
        format!(
            "<section><h2>Partea {n}</h2><div><p>Paragraful întâi al părții {n} spune, pe îndelete, ce face organizația noastră pentru oameni.</p><p>Paragraful al doilea al părții {n} arată cum, cu cine și de ce lucrăm în comunități.</p></div></section>"
        )
    };
    let article = page(&format!(
        "<html><body><h1>Despre noi</h1><div class=wrap>{}{}{}</div></body></html>",
        part(1),
        part(2),
        part(3)
    ));
    let places: Vec<_> = [
        "Partea 1",
        "întâi al părții 1",
        "doilea al părții 1",
        "Partea 2",
        "întâi al părții 2",
        "Partea 3",
        "doilea al părții 3",
    ]
    .iter()
    .map(|words| article.text.find(words))
    .collect();
    assert!(
        places.iter().all(Option::is_some) && places.is_sorted(),
        "{places:?} {}",
        article.text
    );
}

#[test]
fn dates_come_from_the_best_place() {
    let body = "<p>Un text destul de lung, cu virgule, despre ceva ce s-a petrecut demult și merită povestit pe larg aici.</p>";
    for (html, expected) in [
        (
            r#"<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","datePublished":"2026-01-05T10:00:00Z","headline":"T"}]}</script><time datetime="2020-01-01">"#,
            Some("2026-01-05T10:00:00Z"),
        ),
        (
            "<h1>T</h1><time datetime='2026-01-06T08:00'>ieri</time>",
            Some("2026-01-06T06:00:00Z"),
        ),
        (
            "<h1>Titlu</h1><span>12.01.2026</span>",
            Some("2026-01-11T22:00:00Z"),
        ),
        ("<h1>Titlu</h1><span>Termen: 12.01.2026</span>", None),
        (
            "<h1>Titlu</h1><p>Evenimentul are loc pe 12 mai 2026.</p>",
            None,
        ),
        ("<footer>© 2025</footer>", None),
    ] {
        let article = page(&format!(
            "<html><head></head><body>{html}{body}</body></html>"
        ));
        assert_eq!(
            article.published.map(|at| at.to_string()).as_deref(),
            expected,
            "{html}"
        );
    }
}

#[test]
fn a_page_without_text_is_no_article() {
    let url = Url::parse("https://ong.example/").unwrap();
    assert!(
        extract(
            "<html><title>x</title><body><nav><a href=/>Acasă</a></nav>",
            &url,
            Timestamp::UNIX_EPOCH,
            &TimeZone::UTC
        )
        .is_none()
    );
    assert!(extract("", &url, Timestamp::UNIX_EPOCH, &TimeZone::UTC).is_none());
}

#[test]
fn hostile_pages_are_read_in_bounds() {
    let deep = "<div><b>".repeat(50_000) + "<p>text, text</p>";
    assert!(page(&deep).text.contains("text"));
    let wide = format!("<p title='{}'>x</p>", "a=\"b\" ".repeat(200_000));
    assert_eq!(page(&wide).text, "x");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_page_gives_bounded_fields(html in "(<(/)?(html|body|article|p|h1|div|table|td|a href=x.pdf|time|script|meta property=og:title content=x)>|[a-zé0-9.,\u{202e} ]{0,12}){0,60}") {
        let article = page(&html);
        prop_assert!(article.title.chars().count() <= MAX_TITLE);
        prop_assert!(!article.text.contains(super::super::text::deceives));
        prop_assert!(article.excerpt.is_none_or(|text| text.chars().count() <= MAX_EXCERPT));
    }
}

#[test]
fn in_a_layout_table_the_title_tells_the_cell_and_where_the_text_begins() {
    let html = "<html><head><title>Primăria Lunca :: Ajutoare pentru încălzirea locuinței</title></head><body><table>
        <tr><td colspan=3><font size=5>Primăria Lunca</font><br>Servicii sociale pentru toți cetățenii orașului nostru</td></tr>
        <tr><td><a href=/>Acasă</a><br><a href=/n>Noutăți</a></td><td><a href=/>Acasă</a> &gt; <a href=/n>Noutăți</a>
        <h1>Ajutoare pentru încălzirea locuinței</h1><font size=1>21.02.2026, 09:10</font><div><p>Cererile pentru ajutor se primesc la ghișeu, de luni până joi.</p>
        <p>Persoanele nedeplasabile pot solicita vizita unui asistent social, la telefon.</p></div></td>
        <td><b>Recente</b><br><a href=/1>Un alt titlu de știre</a></td></tr>
        <tr><td colspan=3>Str. Primăverii nr. 4, Lunca. Program cu publicul: luni–vineri, 8:00–16:00 | Toate drepturile rezervate.</td></tr></table></body></html>";
    let url = Url::parse("https://lunca.example.ro/1").unwrap();
    let article = read(
        html,
        &url,
        "2026-03-01T12:00:00Z".parse().unwrap(),
        &TimeZone::UTC,
    );
    assert_eq!(
        article.text,
        "Cererile pentru ajutor se primesc la ghișeu, de luni până joi.\n\nPersoanele nedeplasabile pot solicita vizita unui asistent social, la telefon."
    );
    assert_eq!(
        article.published.unwrap().to_string(),
        "2026-02-21T09:10:00Z"
    );
}

#[test]
fn lines_about_the_article_are_no_text_of_it_and_sentences_with_dates_are() {
    let page = |first: &str| {
        let html = format!(
            "<title>Apel nou pentru granturi</title><div class=entry-content><h1>Apel nou pentru granturi</h1>{first}<p>Fundația caută proiecte locale pentru tineri, vârstnici și familii din mediul rural, din toate județele țării.</p></div>"
        );
        let url = Url::parse("https://ong.example.ro/1").unwrap();
        read(
            &html,
            &url,
            "2026-03-01T12:00:00Z".parse().unwrap(),
            &TimeZone::UTC,
        )
        .text
    };
    for line in [
        "<p>Publicat: 12.02.2026 | Autor: Ana Pop</p>",
        "<div>24 februarie 2026, 10:30</div>",
        "<p>Etichete: <a href=/t>granturi</a>, <a href=/u>tineri</a></p>",
    ] {
        assert!(page(line).starts_with("Fundația caută"), "{}", page(line));
    }
    for line in [
        "<p>Termen-limită de depunere a proiectelor: 12.04.2026</p>",
        "<p>La 24 februarie 2026 s-a deschis apelul.</p>",
    ] {
        assert!(!page(line).starts_with("Fundația caută"), "{line}");
    }
}

fn sentence(n: usize) -> String {
    format!(
        "Al {n}-lea paragraf spune, cu destule cuvinte, ce a făcut asociația în luna care a trecut, cu cine și pentru cine."
    )
}

fn paragraphs(count: usize) -> String {
    (1..=count).fold(String::new(), |all, n| all + "<p>" + &sentence(n) + "</p>")
}

#[test]
fn text_that_machines_are_told_stands_in_where_none_is_shown() {
    let told = (1..=6).map(sentence).collect::<Vec<_>>().join("\\n\\n");
    let script = format!(
        r#"<script type="application/ld+json">{{"@type":"NewsArticle","headline":"Titlu lung","articleBody":"{told}"}}</script>"#
    );
    let drawn = page(&format!(
        "{script}<body><div id=root>Se încarcă…</div></body>"
    ));
    assert_eq!(drawn.text.matches("paragraf").count(), 6);
    assert!(drawn.text.contains("\n\n"));
    // Where the text is shown, what machines are not told is furniture.
    let shown = page(&format!(
        "{script}<body><h1>Titlu lung</h1><div class=x>{}<p>Scrisoarea noastră de vineri aduce trei povești alese.</p></div></body>",
        paragraphs(6)
    ));
    assert_eq!(shown.text.matches("paragraf").count(), 6);
    assert!(!shown.text.contains("Scrisoarea"), "{}", shown.text);
}

#[test]
fn errors_and_lists_are_no_articles() {
    let url = Url::parse("https://ong.example/x").unwrap();
    let given = |html: &str| extract(html, &url, Timestamp::UNIX_EPOCH, &TimeZone::UTC).is_some();
    let short =
        "<p>Ne pare rău, această pagină nu mai există, dar vă așteptăm cu drag la sediu.</p>";
    assert!(!given(&format!(
        "<title>Pagina nu a fost găsită | ONG</title><h1>Ups</h1>{short}"
    )));
    assert!(given(&format!(
        "<title>Un sediu nou | ONG</title><h1>Un sediu nou</h1>{short}"
    )));
    // A long text about errors is an article.
    assert!(given(&format!(
        "<title>Eroare</title><h1>Eroare</h1>{}",
        paragraphs(6)
    )));
    let card = |n: usize| {
        format!(
            "<article><h2><a href=/{n}>Știrea cu numărul {n}</a></h2><p>{}</p></article>",
            sentence(n)
        )
    };
    let cards: String = (1..=5).map(card).collect();
    assert!(!given(&format!(
        "<title>Noutăți</title><main><h1>Noutăți</h1>{cards}</main>"
    )));
}

#[test]
fn the_longer_of_two_headings_in_the_page_title_is_the_title() {
    let read = |head: &str| {
        page(&format!(
            "<title>{head}</title><h1><a href=/>Asociația Punte</a></h1><div class=post><h2><a href=/x>Am deschis un nou centru de zi</a></h2>{}</div>",
            paragraphs(3)
        ))
        .title
    };
    for head in [
        "Asociația Punte » Blog Archive » Am deschis un nou centru de zi",
        "Am deschis un nou centru de zi | Asociația Punte",
    ] {
        assert_eq!(read(head), "Am deschis un nou centru de zi", "{head}");
    }
}

#[test]
fn of_heads_that_differ_the_one_that_two_of_them_give_is_the_title() {
    let article = page(&format!(
        "<title>Copiii cer un loc la masa deciziilor | Asociația Punte</title><meta property=og:title content='Copii la masa deciziilor?'>
        <script type=application/ld+json>{{\"@type\":\"NewsArticle\",\"headline\":\"Copiii cer un loc la masa deciziilor\"}}</script>
        <h1>Un loc la masă</h1>{}",
        paragraphs(3)
    ));
    assert_eq!(article.title, "Copiii cer un loc la masa deciziilor");
}

#[test]
fn the_day_beside_an_author_is_no_part_of_the_name() {
    for line in ["Ana Pop 21 ian. 2026", "de Ana Pop | 21.01.2026", "Ana Pop"] {
        let article = page(&format!(
            "<h1>Un titlu destul de lung</h1><div class=post-author>{line}</div>{}",
            paragraphs(3)
        ));
        assert_eq!(article.author.as_deref(), Some("Ana Pop"), "{line}");
    }
}

#[test]
fn a_short_article_wins_over_long_comments_and_notices() {
    let article = page(&format!(
        "<title>Un titlu destul de lung</title><div id=w><h1>Un titlu destul de lung</h1><div class=txt>{}</div><div class=lista-comentarii>{}</div>
        <div class=jos><p>Toate drepturile rezervate. {}</p></div></div>",
        paragraphs(3),
        paragraphs(30).replace("paragraf", "comentator"),
        sentence(9).repeat(9).replace("paragraf", "proprietar")
    ));
    assert_eq!(article.text.matches("paragraf").count(), 3);
    assert!(!article.text.contains("comentator") && !article.text.contains("proprietar"));
}

#[test]
fn lines_that_are_no_text_go_and_links_to_files_stay() {
    let more = format!("<p>{}</p><p>{}</p>", sentence(7), sentence(8));
    let article = page(&format!(
        "<title>Un titlu destul de lung</title><div class=entry-content><h1>Un titlu destul de lung</h1><p>De Ana Pop</p>{}<p>Publicitate</p><p><b>Citește și:</b> <a href=/y>Alt articol</a></p>{}
        <p><a href=https://forms.example.org/x>Formularul de înscriere</a></p><p><a href=/regulament.pdf>Regulamentul concursului</a></p><p><a href=/print>Versiune pentru tipărire</a></p></div>",
        paragraphs(2),
        more
    ));
    for gone in ["Publicitate", "Alt articol", "tipărire"] {
        assert!(!article.text.contains(gone), "{}", article.text);
    }
    assert_eq!(article.text.matches("paragraf").count(), 4);
    assert!(article.text.contains("Formularul de înscriere"));
    assert!(
        article.text.ends_with("Regulamentul concursului"),
        "{}",
        article.text
    );
}

#[test]
fn hostile_pages_cost_little() {
    let text = sentence(1);
    let related = format!("<div class=x>{text}<a href=x>{text}</a></div>");
    let line = format!("<p>{text}</p>");
    for html in [
        "<a href=x><div>a</a>".repeat(50_000),
        "<h3>Related</h3>".to_owned() + &related.repeat(5_000),
        format!("<article class=entry-content>{text}{text}</article>").repeat(5_000),
        "<section>".repeat(150) + &"</ul>".repeat(300_000),
        "<title>".to_owned() + &text.repeat(5_000) + "</title>" + &line.repeat(5_000),
    ] {
        assert!(page(&html).text.len() <= crate::domain::MAX_TEXT);
    }
}
