//! What the names of classes and ids say of an element.

use rustc_hash::FxHashMap;

use super::tree::Node;

/// What names say.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Says {
    /// For certain that these are comments.
    pub comments: bool,
    /// That it stands below a picture.
    pub caption: bool,
    /// That it is page furniture.
    pub furniture: bool,
}

/// The answers for names seen before: a page repeats few of them many times.
#[derive(Default)]
pub(super) struct Names<'a> {
    known: FxHashMap<&'a str, Says>,
}

impl<'a> Names<'a> {
    /// What class and id of a node say together.
    pub fn say(&mut self, node: &Node<'a>) -> Says {
        let (class, id) = (self.one(node.class), self.one(node.id));
        Says {
            comments: class.comments || id.comments,
            caption: class.caption || id.caption,
            furniture: class.furniture || id.furniture,
        }
    }

    fn one(&mut self, names: &'a str) -> Says {
        if names.is_empty() || self.known.len() > MOST_KNOWN {
            return Says::default();
        }
        *self.known.entry(names).or_insert_with(|| {
            let each = || names.split_ascii_whitespace().take(MOST_NAMES);
            Says {
                comments: each().any(comments),
                caption: each().any(caption),
                furniture: furniture(names),
            }
        })
    }
}

/// Different names that a page may have; no more are asked.
const MOST_KNOWN: usize = 20_000;
/// Names of an element that are looked at.
const MOST_NAMES: usize = 30;

/// Words of classes and ids that mark page furniture, sorted.
const WORDS: [&str; 83] = [
    "a2a",
    "addthis",
    "addtoany",
    "ads",
    "adsbygoogle",
    "advert",
    "advertisement",
    "adverts",
    "authorbox",
    "banner",
    "breadcrumb",
    "breadcrumbnav",
    "breadcrumbs",
    "byline",
    "comment",
    "commentlist",
    "comments",
    "consent",
    "cookie",
    "cookielaw",
    "cookies",
    "copyright",
    "dateline",
    "disqus",
    "donate",
    "entrymeta",
    "footer",
    "gdpr",
    "jp",
    "login",
    "masthead",
    "megamenu",
    "menu",
    "metadata",
    "modal",
    "nav",
    "navbar",
    "navigation",
    "newsletter",
    "offcanvas",
    "outbrain",
    "overlay",
    "pagenav",
    "pager",
    "paginate",
    "pagination",
    "poll",
    "popup",
    "postmeta",
    "postmetadata",
    "print",
    "promo",
    "rating",
    "ratings",
    "recommendations",
    "recommended",
    "related",
    "relatedposts",
    "respond",
    "search",
    "searchform",
    "share",
    "sharedaddy",
    "shares",
    "sharing",
    "sidebar",
    "skip",
    "social",
    "socials",
    "submenu",
    "subscribe",
    "subscription",
    "taboola",
    "tagcloud",
    "taglist",
    "tags",
    "toc",
    "toolbar",
    "topbar",
    "widget",
    "widgetarea",
    "widgets",
    "yarpp",
];

/// Pairs of neighbouring words that do, sorted.
const PAIRS: [(&str, &str); 34] = [
    ("about", "author"),
    ("article", "info"),
    ("article", "meta"),
    ("author", "bio"),
    ("author", "box"),
    ("author", "info"),
    ("cat", "links"),
    ("entry", "footer"),
    ("entry", "meta"),
    ("latest", "news"),
    ("latest", "posts"),
    ("meta", "info"),
    ("more", "news"),
    ("more", "posts"),
    ("most", "popular"),
    ("most", "read"),
    ("nav", "links"),
    ("next", "post"),
    ("other", "news"),
    ("popular", "posts"),
    ("post", "footer"),
    ("post", "info"),
    ("post", "meta"),
    ("post", "nav"),
    ("post", "tags"),
    ("prev", "post"),
    ("read", "also"),
    ("read", "more"),
    ("recent", "posts"),
    ("see", "also"),
    ("similar", "posts"),
    ("site", "header"),
    ("sr", "only"),
    ("tag", "links"),
];

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
fn caption(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    CAPTIONS.iter().any(|stem| name.contains(stem))
}

/// Stems of names that mean comments, in the languages whose speakers write class names in their own.
const COMMENTS: [&str; 9] = [
    "comment", "comentar", "koment", "komment", "reacties", "disqus", "livefyre", "opinie",
    "opinii",
];

/// Whether a class or an id says for certain that this is no article: the comments.
fn comments(name: &str) -> bool {
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

/// Whether one of the names marks page furniture.
fn furniture(names: &str) -> bool {
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
            let found = (WORDS.binary_search(&word.as_str()).is_ok()
                && !(built && word.starts_with("widget")))
                || PAIRS
                    .binary_search(&(before.as_str(), word.as_str()))
                    .is_ok();
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

/// Whether its classes hide it from sight, as style sheets commonly have them.
pub(super) fn is_unseen(node: &Node) -> bool {
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
