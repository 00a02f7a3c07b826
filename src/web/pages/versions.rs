//! The earlier versions of an announcement, with what was changed in each.

use crate::delivery::matter_sentence;
use crate::domain::{Edit, Item, Version};
use crate::understanding::changes::{Block, Fate, Part, changes, edited};
use crate::web::context::Context;
use crate::web::wording::Before;

/// What one version was replaced with.
pub(crate) struct Earlier {
    pub(crate) heading: String,
    /// What mattered in the edit, in sentences.
    pub(crate) matters: Vec<String>,
    /// The title's pieces; all kept where it stayed.
    pub(crate) title: Vec<Piece>,
    pub(crate) stretches: Vec<Stretch>,
    /// Nothing that is shown differs.
    pub(crate) alike: bool,
}

/// A stretch of the text: so many unchanged paragraphs in words, or the pieces of a changed one.
pub(crate) enum Stretch {
    Same(String),
    Edited(Vec<Piece>),
}

/// A piece of text by what became of it, line by line.
pub(crate) struct Piece {
    pub(crate) fate: Fate,
    pub(crate) lines: Vec<String>,
}

impl Piece {
    pub(crate) fn is_removed(&self) -> bool {
        self.fate == Fate::Removed
    }

    pub(crate) fn is_added(&self) -> bool {
        self.fate == Fate::Added
    }
}

/// The earlier versions of an item, newest first: each with how it became the one after it.
pub(crate) fn earlier(
    context: &Context,
    item: &Item,
    versions: &[Version],
    edits: &[Edit],
) -> Vec<Earlier> {
    let ui = context.ui;
    let zone = item.country.time_zone();
    let mut ordered: Vec<&Version> = versions.iter().collect();
    ordered.sort_by_key(|version| version.version);
    let next = ordered
        .iter()
        .skip(1)
        .map(|version| (version.title.as_str(), version.text.as_str()))
        .chain([(item.title.as_str(), item.text.as_str())]);
    let mut shown: Vec<Earlier> = ordered
        .iter()
        .zip(next)
        .map(|(old, (title, text))| {
            let at = old.replaced_at.to_zoned(context.zone().clone());
            let date = ui.moment_after(Before::Until, at.datetime());
            let stretches: Vec<Stretch> = changes(&old.text, text)
                .into_iter()
                .map(|block| match block {
                    Block::Same(count) => Stretch::Same(ui.tn("version-same", count as u64)),
                    Block::Edited(parts) => Stretch::Edited(pieces(parts)),
                })
                .collect();
            Earlier {
                heading: ui.tw2(
                    "version-heading",
                    ("number", &old.version.to_string()),
                    ("date", &date),
                ),
                matters: edits
                    .iter()
                    .filter(|edit| edit.version == old.version)
                    .flat_map(|edit| &edit.what)
                    .map(|matter| matter_sentence(matter, ui.language(), &zone))
                    .collect(),
                alike: old.title == title
                    && !stretches
                        .iter()
                        .any(|one| matches!(one, Stretch::Edited(_))),
                title: pieces(edited(&old.title, title)),
                stretches,
            }
        })
        .collect();
    shown.reverse();
    shown
}

fn pieces(parts: Vec<Part>) -> Vec<Piece> {
    parts
        .into_iter()
        .map(|part| Piece {
            fate: part.fate,
            lines: part.text.split('\n').map(str::to_owned).collect(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Matter;
    use crate::web::pages::samples;

    #[test]
    fn each_version_shows_how_it_became_the_next() {
        let context = samples::context("/items/0000000000007", "ui=en");
        let item = samples::item();
        let version = |number: u32, text: &str| Version {
            version: number,
            text: text.to_owned(),
            title: item.title.clone(),
            ..samples::version()
        };
        let first = version(1, "Termenul-limită este 25 noiembrie 2026.");
        let second = version(2, &item.text.replace("decembrie", "noiembrie"));
        let third = version(3, &item.text);
        let edit = Edit {
            number: 1,
            at: third.replaced_at,
            item: item.id,
            version: 2,
            what: vec![Matter::Withdrawn],
        };
        let shown = earlier(&context, &item, &[third, first, second], &[edit]);
        assert_eq!(shown[1].matters, ["Taken down by its source"]);
        assert!(shown[0].matters.is_empty());
        assert!(shown[0].heading.starts_with("Version 3"), "newest first");
        assert!(shown[0].alike);
        assert!(!shown[1].alike && !shown[2].alike);
        let Stretch::Edited(pieces) = &shown[1].stretches[1] else {
            panic!("the second paragraph was edited");
        };
        let words = |fate: Fate| -> Vec<&str> {
            let of = pieces.iter().filter(|piece| piece.fate == fate);
            of.flat_map(|piece| &piece.lines)
                .map(String::as_str)
                .collect()
        };
        assert_eq!(words(Fate::Removed), ["noiembrie"]);
        assert_eq!(words(Fate::Added), ["decembrie"]);
    }
}
