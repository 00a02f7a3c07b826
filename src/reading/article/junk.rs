//! What on a page is no part of its text.

use super::names::{Attr, Name};
use super::tree::{LONG, Node, Tree};

/// Words of classes and ids that mark page furniture.
const WORDS: [&str; 82] = [
    "comment",
    "comments",
    "commentlist",
    "respond",
    "disqus",
    "share",
    "sharing",
    "sharedaddy",
    "shares",
    "social",
    "socials",
    "addtoany",
    "addthis",
    "a2a",
    "related",
    "relatedposts",
    "yarpp",
    "recommended",
    "recommendations",
    "sidebar",
    "breadcrumb",
    "breadcrumbs",
    "cookie",
    "cookies",
    "cookielaw",
    "consent",
    "gdpr",
    "newsletter",
    "subscribe",
    "subscription",
    "pagination",
    "pager",
    "pagenav",
    "paginate",
    "nav",
    "navbar",
    "navigation",
    "menu",
    "submenu",
    "megamenu",
    "footer",
    "widget",
    "widgets",
    "widgetarea",
    "promo",
    "advert",
    "adverts",
    "advertisement",
    "ads",
    "adsbygoogle",
    "popup",
    "modal",
    "overlay",
    "toolbar",
    "outbrain",
    "taboola",
    "tagcloud",
    "tags",
    "taglist",
    "authorbox",
    "byline",
    "dateline",
    "breadcrumbnav",
    "skip",
    "login",
    "search",
    "searchform",
    "print",
    "banner",
    "offcanvas",
    "masthead",
    "topbar",
    "jp",
    "postmeta",
    "entrymeta",
    "metadata",
    "rating",
    "ratings",
    "toc",
    "copyright",
    "donate",
    "poll",
];

/// Pairs of neighbouring words that do.
const PAIRS: [(&str, &str); 34] = [
    ("post", "meta"),
    ("entry", "meta"),
    ("article", "meta"),
    ("meta", "info"),
    ("post", "info"),
    ("article", "info"),
    ("post", "tags"),
    ("entry", "footer"),
    ("post", "footer"),
    ("author", "box"),
    ("author", "bio"),
    ("author", "info"),
    ("about", "author"),
    ("read", "more"),
    ("read", "also"),
    ("see", "also"),
    ("more", "news"),
    ("more", "posts"),
    ("other", "news"),
    ("latest", "news"),
    ("latest", "posts"),
    ("recent", "posts"),
    ("most", "read"),
    ("most", "popular"),
    ("popular", "posts"),
    ("similar", "posts"),
    ("next", "post"),
    ("prev", "post"),
    ("post", "nav"),
    ("nav", "links"),
    ("tag", "links"),
    ("cat", "links"),
    ("site", "header"),
    ("sr", "only"),
];

/// Headings, in small letters, under which stands something other than the article.
const OTHER: [&str; 121] = [
    "articole similare",
    "articole recomandate",
    "articole asemănătoare",
    "articole recente",
    "articole înrudite",
    "alte articole",
    "alte știri",
    "alte noutăți",
    "știri similare",
    "ultimele știri",
    "ultimele articole",
    "cele mai citite",
    "citește și",
    "citiți și",
    "vezi și",
    "recomandări",
    "recomandate",
    "recomandăm",
    "comentarii",
    "lasă un comentariu",
    "lasă un răspuns",
    "distribuie",
    "abonează-te",
    "related",
    "recommended",
    "you may also like",
    "you might also",
    "more from",
    "more news",
    "most read",
    "most popular",
    "see also",
    "read also",
    "leave a reply",
    "leave a comment",
    "share this",
    "comments",
    "latest news",
    "recent posts",
    "saistītie",
    "līdzīgi raksti",
    "līdzīgas ziņas",
    "citi raksti",
    "citas ziņas",
    "lasi arī",
    "lasi vēl",
    "komentāri",
    "ieteiktie raksti",
    "jaunākās ziņas",
    "dalies",
    "похожие",
    "читайте также",
    "другие новости",
    "по теме",
    "комментарии",
    "оставить комментарий",
    "последние новости",
    "поделиться",
    "pe aceeași temă",
    "din aceeași categorie",
    "te-ar putea interesa",
    "ar putea să te intereseze",
    "știri recente",
    "noutăți recente",
    "navigare în articole",
    "despre autor",
    "vēl par tēmu",
    "par šo tēmu",
    "vairāk par tēmu",
    "lasītākie",
    "par autoru",
    "ссылки по теме",
    "материалы по теме",
    "новости по теме",
    "ещё по теме",
    "популярное",
    "самое читаемое",
    "смотрите также",
    "об авторе",
    "ваш комментарий",
    "добавить комментарий",
    "czytaj również",
    "czytaj także",
    "czytaj też",
    "zobacz także",
    "zobacz też",
    "polecamy",
    "podobne artykuły",
    "podobne tematy",
    "powiązane artykuły",
    "najczęściej czytane",
    "ostatnie wiadomości",
    "komentarze",
    "wasze komentarze",
    "wybrane komentarze",
    "lesen sie auch",
    "mehr zum thema",
    "weitere artikel",
    "das könnte sie auch interessieren",
    "meistgelesen",
    "kommentare",
    "à lire aussi",
    "sur le même sujet",
    "articles liés",
    "les plus lus",
    "leggi anche",
    "articoli correlati",
    "te puede interesar",
    "noticias relacionadas",
    "temas relacionados",
    "más leídas",
    "las más vistas",
    "lo más leído",
    "leia também",
    "more stories",
    "more great",
    "next article",
    "previous article",
    "trending",
    "about the author",
    "share your thoughts",
];

/// Each costs a look at what follows it.
const MOST_SECTIONS: usize = 60;

/// Marks what stands under a heading of [`OTHER`]: its container where it comes first there, else what follows it.
fn mark_sections(tree: &mut Tree, total: usize) {
    let total_long = tree.nodes.first().map_or(0, |root| root.long);
    let mut left = MOST_SECTIONS;
    for index in 0..tree.nodes.len() {
        let node = &tree.nodes[index];
        let heading = match node.name {
            Name::H2 | Name::H3 | Name::H4 | Name::H5 | Name::H6 => true,
            Name::Div | Name::P | Name::Strong | Name::Span | Name::B => {
                node.chars > 0 && node.chars <= 40 && node.links == 0
            }
            _ => false,
        };
        if node.junk || !heading || node.chars > 60 {
            continue;
        }
        let text = tree.text(index).to_lowercase();
        let text = text.trim_end_matches([':', ' ', '.']);
        let other = OTHER.iter().any(|other| {
            text.strip_prefix(other)
                .is_some_and(|rest| rest.chars().count() <= 25)
        });
        if !other {
            continue;
        }
        left -= 1;
        if left == 0 {
            break;
        }
        // Up through containers that hold only the heading before it.
        let mut section = index;
        let mut until = node.end;
        loop {
            let parent = tree.nodes[section].parent;
            if parent == section
                || matches!(
                    tree.nodes[parent].name,
                    Name::Body | Name::Html | Name::Main | Name::Article
                )
            {
                until = until.max(tree.nodes[parent].end);
                break;
            }
            until = until.max(tree.nodes[parent].end);
            let before: usize = tree.nodes[parent..section]
                .iter()
                .filter(|node| node.is_text() && !node.junk)
                .map(|node| node.chars)
                .sum();
            // A box of its own, rather than an article that begins with a pointer.
            let above = &tree.nodes[parent];
            let main = above.long * 5 > total_long && above.link_density() < 0.3;
            if before > 0 || main {
                break;
            }
            section = parent;
        }
        let inside: usize = tree.nodes[section..until]
            .iter()
            .filter(|node| node.is_text() && !node.junk)
            .map(|node| node.chars)
            .sum();
        if inside * 10 > total * 5 {
            continue;
        }
        let mut at = section;
        while at < until {
            // A box amid an article: the paragraphs that follow it go on with the text.
            let node = &tree.nodes[at];
            if at > section && node.is_text() && node.letters >= LONG && node.linked == 0 {
                break;
            }
            if at > section
                && node.long > 0
                && (node.name == Name::P
                    || node.link_density() < 0.08
                    || goes_on(tree, section, at))
            {
                break;
            }
            tree.nodes[at].junk = true;
            at = tree.nodes[at].end.max(at + 1);
        }
    }
}

/// Marks it. Nothing that holds a good part of the page's text is furniture, whatever it is called.
pub(super) fn mark(tree: &mut Tree, title: Option<usize>) {
    let total = tree.nodes.first().map_or(0, |root| root.chars);
    let total_long = tree.nodes.first().map_or(0, |root| root.long);
    let mut index = 0;
    let mut in_article_until = 0;
    while index < tree.nodes.len() {
        let node = &tree.nodes[index];
        if node.is_text() {
            index += 1;
            continue;
        }
        if matches!(node.name, Name::Article | Name::Main) {
            in_article_until = in_article_until.max(node.end);
        }
        let large =
            node.chars * 10 > total * 4 || (total_long > 0 && node.long * 10 > total_long * 4);
        let titled = title.is_some_and(|title| (index..node.end).contains(&title));
        // What is certain by its name may be large, where enough is left beside it.
        let strong = !titled
            && total_long >= node.long + LEAST_BESIDE
            && !matches!(
                node.name,
                Name::Html | Name::Body | Name::Main | Name::Article
            )
            && node.marks().take(30).any(certain);
        if strong || is_junk(node, index < in_article_until, large) {
            let end = node.end;
            tree.nodes[index].junk = true;
            index = end.max(index + 1);
        } else {
            index += 1;
        }
    }
    tree.count();
    mark_sections(tree, total);
    tree.count();
}

/// Whether a node is of the kind of one with text that stands before the box: then the text goes on with it.
fn goes_on(tree: &Tree, section: usize, at: usize) -> bool {
    let node = &tree.nodes[at];
    let parent = node.parent;
    let mut before = parent + 1;
    while before < section {
        let other = &tree.nodes[before];
        if other.long > 0
            && other.name == node.name
            && other.class == node.class
            && !node.class.is_empty()
        {
            return true;
        }
        before = other.end.max(before + 1);
    }
    false
}

/// Stems of names of what stands below pictures.
const CAPTIONS: [&str; 8] = [
    "caption",
    "credit",
    "legend-photo",
    "photo-desc",
    "photodesc",
    "img-desc",
    "image-desc",
    "slideshow",
];
/// More than this below a picture is a text about it.
const LONGEST_CAPTION: usize = 500;

/// Characters of text that must be left where a large part of the page is taken for furniture.
const LEAST_BESIDE: usize = 250;

/// Stems of names that mean comments, in the languages whose speakers write class names in their own.
const COMMENTS: [&str; 9] = [
    "comment", "comentar", "koment", "komment", "reacties", "disqus", "livefyre", "opinie",
    "opinii",
];

/// Whether a class or an id says for certain that this is no article: the comments.
fn certain(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    COMMENTS.iter().any(|stem| {
        name.find(stem).is_some_and(|at| {
            let before = name[..at].trim_end_matches(|c: char| !c.is_ascii_alphabetic());
            // `no-comments`, `has-comments` and `commented` speak of something else.
            !matches!(
                before,
                "no" | "has" | "with" | "is" | "open" | "show" | "hide"
            ) && !name[at..].starts_with("commented")
                && !name[at..].starts_with("commentary")
        })
    })
}

fn is_junk(node: &Node, in_article: bool, large: bool) -> bool {
    let name = node.name;
    if matches!(
        name,
        Name::Button
            | Name::Select
            | Name::Input
            | Name::Textarea
            | Name::Dialog
            | Name::Menu
            | Name::Datalist
            | Name::Audio
            | Name::Video
            | Name::Figcaption
            | Name::Rt
            | Name::Rp
    ) {
        return true;
    }
    if node.has(Attr::Hidden) && !large {
        return true;
    }
    if node.attr(Attr::AriaHidden).as_deref() == Some("true") && name != Name::Img && !large {
        return true;
    }
    if node.attr(Attr::Style).is_some_and(|style| {
        let style: String = style
            .chars()
            .filter(|c| !c.is_whitespace())
            .collect::<String>()
            .to_ascii_lowercase();
        style.contains("display:none") || style.contains("visibility:hidden")
    }) && !large
    {
        return true;
    }
    if large
        || matches!(
            name,
            Name::Html | Name::Body | Name::Main | Name::Article | Name::H1
        )
    {
        return false;
    }
    match name {
        Name::Nav | Name::Footer | Name::Form => return true,
        Name::Aside => return !in_article || node.link_density() > 0.3 || node.long == 0,
        Name::Header => return node.long == 0 || !in_article,
        _ => {}
    }
    if node.attr(Attr::Role).is_some_and(|role| {
        matches!(
            &*role,
            "navigation"
                | "banner"
                | "contentinfo"
                | "complementary"
                | "dialog"
                | "alertdialog"
                | "search"
                | "menu"
                | "menubar"
                | "toolbar"
                | "tooltip"
        )
    }) {
        return true;
    }
    if name.is_inline() && !matches!(name, Name::Span | Name::A) {
        return false;
    }
    let caption = node.chars < LONGEST_CAPTION
        && node.marks().take(30).any(|name| {
            let name = name.to_ascii_lowercase();
            CAPTIONS.iter().any(|stem| name.contains(stem))
        });
    caption || is_unseen(node) || [node.class, node.id].into_iter().any(named_junk)
}

/// Whether its classes hide it from sight, as style sheets commonly have them.
fn is_unseen(node: &Node) -> bool {
    let hides = |name: &str| {
        matches!(
            name,
            "hidden"
                | "visually-hidden"
                | "visuallyhidden"
                | "element-invisible"
                | "screen-reader-text"
                | "sr-only"
                | "d-none"
                | "invisible"
        )
    };
    // `hidden md:block` and `d-none d-lg-block` are shown where there is room.
    node.class.split_ascii_whitespace().any(hides)
        && !node.class.split_ascii_whitespace().any(|name| {
            ["block", "flex", "grid", "inline", "table"]
                .iter()
                .any(|shown| name.ends_with(shown) && name.len() > shown.len())
        })
}

/// Beginnings of names that speak of what an article is filed under, or of how a block is laid out, not of what it is.
const FILED: [&str; 24] = [
    "has-",
    "no-",
    "with-",
    "without-",
    "is-",
    "not-",
    "category-",
    "tag-",
    "term-",
    "type-",
    "post-type-",
    "status-",
    "format-",
    "section-",
    "parent-",
    "page-id-",
    "postid-",
    "node-type-",
    "topic-",
    "author-",
    "taxonomy-",
    "field-label-",
    "elementor-",
    "label-",
];

fn named_junk(names: &str) -> bool {
    // Page builders put each paragraph into what they call a widget.
    let built = ["elementor", "sow-editor", "so-panel", "textwidget", "brxe-"]
        .iter()
        .any(|builder| names.contains(builder));
    names.split_ascii_whitespace().take(30).any(|name| {
        // `entry-meta`, `entryMeta`, `entry_meta`
        let mut before = String::new();
        let mut word = String::new();
        let mut check = |word: &mut String| {
            if word.is_empty() {
                return false;
            }
            let found = (WORDS.contains(&word.as_str()) && !(built && word.starts_with("widget")))
                || PAIRS.contains(&(before.as_str(), word.as_str()));
            before = std::mem::take(word);
            found
        };
        // `has-sidebar`, `no-comments`, `with-nav` speak of something else.
        if FILED.iter().any(|prefix| name.starts_with(prefix)) {
            return false;
        }
        for c in name.chars().take(100) {
            if c.is_ascii_alphanumeric() {
                if c.is_ascii_uppercase()
                    && word.ends_with(|c: char| c.is_ascii_lowercase())
                    && check(&mut word)
                {
                    return true;
                }
                word.push(c.to_ascii_lowercase());
            } else if check(&mut word) {
                return true;
            }
        }
        check(&mut word)
    })
}
