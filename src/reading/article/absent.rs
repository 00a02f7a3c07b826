//! Pages that have no article: those that say so in the title, and lists of articles.

use rustc_hash::FxHashSet;

use super::names::{Attr, Name};
use super::render::bare;
use super::tree::Tree;

/// Titles of pages that tell of an error, or ask to sign in or to wait; letters and digits alone, in small letters.
const TITLES: [&str; 52] = [
    "404",
    "403",
    "error",
    "error404",
    "404error",
    "404notfound",
    "notfound",
    "pagenotfound",
    "404pagenotfound",
    "accessdenied",
    "forbidden",
    "403forbidden",
    "justamoment",
    "attentionrequired",
    "onemomentplease",
    "checkingyourbrowser",
    "areyouarobot",
    "login",
    "signin",
    "serviceunavailable",
    "503servicetemporarilyunavailable",
    "502badgateway",
    "sitemaintenance",
    "eroare",
    "eroare404",
    "paginanuafostgăsită",
    "paginanuafostgasita",
    "paginanuexistă",
    "paginanuexista",
    "paginăinexistentă",
    "paginainexistenta",
    "paginăneidentificată",
    "accesinterzis",
    "accesrefuzat",
    "autentificare",
    "conectare",
    "intraţiîncont",
    "lapanavatrasta",
    "lapanetikaatrasta",
    "lapaneeksistē",
    "kļūda",
    "kļūda404",
    "piekļuveliegta",
    "pieslēgties",
    "ielogoties",
    "autorizācija",
    "страницаненайдена",
    "ошибка",
    "ошибка404",
    "доступзапрещён",
    "авторизация",
    "вход",
];

/// More letters than that are no notice.
const LONGEST_NOTICE: usize = 500;

/// Whether the page says by its title that it holds nothing: an error, a form to sign in, a guard. `letters` is how long
/// its text is.
pub(super) fn by_title(tree: &Tree, title: &str, head: Option<&str>, letters: usize) -> bool {
    if letters > LONGEST_NOTICE {
        return false;
    }
    let says = |text: &str| TITLES.contains(&bare(text).as_str());
    let first = tree
        .nodes
        .iter()
        .position(|node| node.name == Name::H1)
        .map(|index| tree.text(index));
    says(title)
        || first.as_deref().is_some_and(says)
        || head.is_some_and(|head| head.split(['|', '–', '—', '-', ':', '»']).any(says))
}

/// Cards of a list, at least.
const CARDS: usize = 4;

/// Whether the chosen parts are a list of articles: headings that are links, each in an `<article>` or a box of its own
/// that links to the same address once more (a picture, “read more”).
pub(super) fn is_list(tree: &Tree, chosen: &[usize]) -> bool {
    let mut cards = FxHashSet::default();
    for start in chosen {
        let end = tree.nodes[*start].end;
        for index in *start..end {
            let node = &tree.nodes[index];
            let heading = node.name.is_heading() && node.links == 1 && node.link_density() > 0.9;
            if node.junk || !heading || cards.len() >= CARDS {
                continue;
            }
            let Some(href) = tree.nodes[index..node.end]
                .iter()
                .find_map(|node| node.attr(Attr::Href))
            else {
                continue;
            };
            let mut at = index;
            for _ in 0..3 {
                at = tree.nodes[at].parent;
                let around = &tree.nodes[at];
                if at <= *start || around.end - at > 120 {
                    break;
                }
                let again = || {
                    tree.nodes[at..around.end]
                        .iter()
                        .filter(|node| node.name == Name::A)
                        .filter(|node| node.attr(Attr::Href).as_ref() == Some(&href))
                        .count()
                        > 1
                };
                if around.name == Name::Article || again() {
                    cards.insert(at);
                    break;
                }
            }
        }
    }
    cards.len() >= CARDS
}
