//! An entry of a listing: what belongs to one link, and the title, text and picture in it.

use url::Url;

use super::links::{Link, resolved};
use super::page::Page;
use super::when::Around;
use super::words;
use crate::domain::{MAX_EXCERPT, MAX_TITLE};
use crate::reading::text::{clean_line, cut, excerpt};

/// Nodes of an entry that are looked at.
const MAX_NODES: usize = 400;
/// An excerpt has at least so many characters.
const LEAST_EXCERPT: usize = 40;

/// The nodes that belong to one link.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record {
    /// The topmost node that is the entry's alone.
    pub top: usize,
    /// What belongs to it: from the node here …
    pub from: usize,
    /// … to before the node here.
    pub to: usize,
    /// It stands beside the others with nothing around it: what lies between two entries is shared out.
    pub flat: bool,
}

/// Finds the entry around each link of a list. `stops` are nodes with the address they lead to, in order: an entry holds no other address.
pub(super) fn around(
    page: &Page,
    members: &[(usize, usize)],
    stops: &[(usize, usize)],
) -> Vec<Record> {
    let holds_other = |from: usize, to: usize, key: usize| {
        let first = stops.partition_point(|(node, _)| *node < from);
        stops[first..]
            .iter()
            .take_while(|(node, _)| *node < to)
            .take(60)
            .enumerate()
            .any(|(at, (_, other))| *other != key || at == 59)
    };
    let tops: Vec<usize> = members
        .iter()
        .map(|(node, key)| {
            let mut top = *node;
            for above in page.above(*node) {
                let around = &page.nodes[above];
                if matches!(around.name(), "body" | "html" | "main")
                    || holds_other(above, around.end, *key)
                {
                    break;
                }
                top = above;
            }
            top
        })
        .collect();
    // Entries that are nothing but their link share the nodes between them.
    let flat_ones = tops
        .iter()
        .filter(|top| {
            let node = &page.nodes[**top];
            node.chars <= node.linked + 3 && !matches!(node.name(), "li" | "tr" | "article" | "td")
        })
        .count();
    let flat = flat_ones * 2 > tops.len();
    let mut records = Vec::with_capacity(tops.len());
    for (at, top) in tops.iter().enumerate() {
        let end = page.nodes[*top].end;
        let mut record = Record {
            top: *top,
            from: *top,
            to: end.min(top + MAX_NODES),
            flat: false,
        };
        if flat {
            let parent = &page.nodes[page.nodes[*top].parent];
            let parent_start = page.nodes[*top].parent;
            let before = if at > 0 {
                page.nodes[tops[at - 1]].end
            } else {
                0
            };
            let after = tops.get(at + 1).copied().unwrap_or(parent.end);
            record.from = before
                .max(parent_start + 1)
                .max(top.saturating_sub(MAX_NODES / 4))
                .min(*top);
            record.to = after.min(parent.end).min(end + MAX_NODES).max(end);
            record.flat = true;
        }
        records.push(record);
    }
    records
}

/// The title, and whether a heading or a name said that it is one.
pub(super) fn title(
    page: &Page,
    record: &Record,
    links: &[&Link],
    around: &Around,
) -> (String, bool) {
    let to = record.to;
    let usable = |text: &str| {
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        letters >= 3 && !words::is_more(text)
    };
    // A heading that is linked, in a link, or has the link.
    for link in links {
        let node = &page.nodes[link.node];
        let inside = (link.node..node.end)
            .take(200)
            .find(|at| page.nodes[*at].heading().is_some());
        let above = page
            .above(link.node)
            .take(4)
            .find(|above| page.nodes[*above].heading().is_some());
        if let Some(heading) = inside {
            let text = page.text_of(heading);
            if usable(&text) {
                return (text, true);
            }
        } else if above.is_some() && usable(&link.text) {
            return (lengthened(page, link), true);
        }
    }
    // A part of a link that is called a title; else the longest link, if it says anything.
    for link in links {
        if let Some(named) = named_title(page, link.node + 1, page.nodes[link.node].end)
            && usable(&named)
        {
            return (named, true);
        }
    }
    let spoken = links
        .iter()
        .filter(|link| !link.mute && usable(&link.text))
        .max_by_key(|link| link.text.chars().count().min(200));
    if let Some(link) = spoken {
        let text = lengthened(page, link);
        // A whole card in a link: its first line that is long enough.
        let inner = page.nodes[link.node..page.nodes[link.node].end]
            .iter()
            .take(200)
            .any(|node| matches!(node.name(), "td" | "p" | "div" | "br" | "li"));
        if (inner || text.chars().count() > 120)
            && let Some(line) = first_line(page, link.node, page.nodes[link.node].end, around)
        {
            return (line, false);
        }
        if text.chars().count() >= 12 {
            return (text, false);
        }
    }
    let start = if record.flat { record.from } else { record.top };
    if let Some(heading) = (start..to).find(|at| page.nodes[*at].heading().is_some()) {
        let text = page.text_of(heading);
        if usable(&text) {
            return (text, true);
        }
    }
    if let Some(named) = named_title(page, start, to)
        && usable(&named)
    {
        return (named, true);
    }
    if let Some(link) = spoken {
        return (lengthened(page, link), false);
    }
    let bold = (start..to)
        .filter(|at| matches!(page.nodes[*at].name(), "b" | "strong"))
        .map(|at| page.text_of(at))
        .find(|text| usable(text) && text.chars().count() >= 12);
    if let Some(bold) = bold {
        return (bold, false);
    }
    if let Some(line) = first_line(page, start, to, around) {
        return (line, false);
    }
    let attribute = links
        .iter()
        .filter_map(|link| {
            let node = &page.nodes[link.node];
            node.attr("title")
                .or_else(|| node.attr("aria-label"))
                .map(clean_line)
                .or_else(|| {
                    page.nodes[link.node..node.end]
                        .iter()
                        .take(50)
                        .filter_map(|node| node.attr("alt"))
                        .map(clean_line)
                        .find(|alt| usable(alt))
                })
        })
        .find(|text| usable(text) && text.chars().count() >= 8);
    (attribute.unwrap_or_default(), false)
}

/// The link's text, or its `title` where the text was cut short.
fn lengthened(page: &Page, link: &Link) -> String {
    let short = link.text.trim_end_matches(['.', '…', ' ']);
    if short.len() < link.text.len()
        && let Some(title) = page.nodes[link.node].attr("title").map(clean_line)
        && title.chars().count() > short.chars().count()
        && title.starts_with(short)
    {
        return title;
    }
    link.text.clone()
}

fn named_title(page: &Page, from: usize, to: usize) -> Option<String> {
    (from..to.min(from + MAX_NODES)).find_map(|at| {
        let node = &page.nodes[at];
        let named = node
            .attr("itemprop")
            .is_some_and(|name| matches!(name, "headline" | "name"))
            || node.attr("class").is_some_and(|class| {
                words::has_word(
                    class,
                    &[
                        "title",
                        "headline",
                        "titlu",
                        "heading",
                        "caption",
                        "nosaukums",
                        "virsraksts",
                        "zagolovok",
                    ],
                )
            });
        (named && (4..400).contains(&node.chars)).then(|| page.text_of(at))
    })
}

/// The first line with words, dates and “read more” apart.
fn first_line(page: &Page, from: usize, to: usize, around: &Around) -> Option<String> {
    lines(page, from, to).into_iter().find(|line| {
        let letters = line.chars().filter(|c| c.is_alphabetic()).count();
        letters >= 12
            && line.split_whitespace().count() >= 2
            && !words::is_more(line)
            && around.alone(line).is_none()
    })
}

/// The lines of a range: texts with no block between them.
pub(super) fn lines(page: &Page, from: usize, to: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut block = usize::MAX;
    for at in from..to.min(from + MAX_NODES) {
        let node = &page.nodes[at];
        if !node.is_text() {
            if node.name() == "br" {
                block = usize::MAX;
            }
            continue;
        }
        let own = page
            .above(at)
            .find(|above| {
                !matches!(
                    page.nodes[*above].name(),
                    "b" | "strong"
                        | "i"
                        | "em"
                        | "span"
                        | "font"
                        | "u"
                        | "a"
                        | "small"
                        | "mark"
                        | "time"
                )
            })
            .unwrap_or(at);
        if own != block && !line.is_empty() {
            lines.push(clean_line(&line));
            line.clear();
        }
        block = own;
        if line.len() < 4_000 {
            line.push_str(node.text);
        }
    }
    if !line.is_empty() {
        lines.push(clean_line(&line));
    }
    lines.retain(|line| !line.is_empty());
    lines
}

/// The text beside the title that says what it is about.
pub(super) fn summary(lines: &[String], title: &str) -> Option<String> {
    let folded = words::folded(title);
    lines
        .iter()
        .map(|line| {
            // Leads end in “read more”.
            let line = line.strip_prefix(title).unwrap_or(line).trim();
            line.to_owned()
        })
        .find(|line| {
            line.chars().count() >= LEAST_EXCERPT
                && line.split_whitespace().count() >= 6
                && words::folded(line) != folded
        })
        .map(|line| excerpt(&line, MAX_EXCERPT))
}

/// A picture in an entry.
pub(super) fn picture(page: &Page, record: &Record, base: &Url) -> Option<Url> {
    page.nodes[record.top..record.to.min(record.top + MAX_NODES)]
        .iter()
        .filter(|node| node.name() == "img")
        .find_map(|node| {
            let tiny = ["width", "height"].iter().any(|name| {
                node.attr(name)
                    .and_then(|size| size.parse::<u32>().ok())
                    .is_some_and(|size| size < 40)
            });
            let address = ["data-src", "data-lazy-src", "data-original", "src"]
                .iter()
                .filter_map(|name| node.attr(name))
                .find(|address| !address.is_empty() && !address.starts_with("data:"))?;
            if tiny {
                return None;
            }
            resolved(address, base)
        })
}

/// A title cut to size.
pub(super) fn bounded(title: &str) -> String {
    let title = title.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '»' | '›' | '→' | '•' | '|' | '>' | '·' | '▸' | '►')
    });
    cut(title, MAX_TITLE)
}
