//! An edition as plain text, for those whose mail program shows no HTML, or who want none.

use std::fmt::Write as _;

use url::Url;

use super::super::digest::{Body, Story};
use super::super::entry::{plain, safe_link, under};
use super::super::words::Ui;
use crate::domain::Language;

/// Widest line, in characters (RFC 5322, 2.1.1 asks for 78).
const WIDTH: usize = 76;

/// The stories of an edition as plain text.
pub(super) fn edition_text(body: &Body, lang: Language, public: &Url) -> String {
    let ui = Ui::of(lang);
    let mut text = String::new();
    if body.groups.is_empty() {
        text.push_str(ui.nothing());
        text.push('\n');
    }
    for group in &body.groups {
        heading(&mut text, &ui.heading(&group.heading), '-');
        for story in &group.stories {
            write_story(&mut text, story, ui, public);
        }
    }
    if body.more > 0 {
        let _ = write!(text, "{}: {}\n\n", ui.more(), body.more);
    }
    text
}

/// A heading with a line of its width beneath it.
pub(super) fn heading(text: &mut String, heading: &str, line: char) {
    let width = heading.chars().count().min(WIDTH);
    wrap(text, heading, "", "");
    text.extend(std::iter::repeat_n(line, width));
    text.push_str("\n\n");
}

fn write_story(text: &mut String, story: &Story, ui: Ui, public: &Url) {
    let Some(first) = story.sources.first() else {
        return;
    };
    wrap(text, &plain(&story.title, "…"), "* ", "  ");
    if let Some(closes) = &story.closes {
        let at = if closes.hour {
            ui.moment(closes.at)
        } else {
            ui.day(closes.at.date())
        };
        wrap(text, &format!("{}: {at}", ui.deadline()), "  ", "  ");
    }
    let names: Vec<String> = story
        .sources
        .iter()
        .map(|source| plain(&source.name, source.id.as_str()))
        .collect();
    let mut facts = vec![names.join(", ")];
    facts.extend(story.day.map(|day| ui.day(day)));
    facts.extend(story.lang.map(|lang| ui.language_name(lang)));
    wrap(text, &facts.join(" · "), "  ", "  ");
    let excerpt = plain(&story.excerpt, "");
    if !excerpt.is_empty() {
        wrap(text, &excerpt, "  ", "  ");
    }
    let page = under(public, &format!("items/{}", first.item));
    text.push_str("  ");
    text.push_str(safe_link(&first.url).unwrap_or(&page));
    text.push_str("\n\n");
}

/// A paragraph in lines that are not too wide.
pub(super) fn wrap(text: &mut String, paragraph: &str, first: &str, others: &str) {
    let mut width = first.chars().count();
    text.push_str(first);
    let mut begun = false;
    for word in paragraph.split_whitespace() {
        let length = word.chars().count();
        if begun && width + 1 + length > WIDTH {
            text.push('\n');
            text.push_str(others);
            width = others.chars().count();
            begun = false;
        }
        if begun {
            text.push(' ');
            width += 1;
        }
        text.push_str(word);
        width += length;
        begun = true;
    }
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_short_and_words_stay_whole() {
        let mut text = String::new();
        wrap(&mut text, &"abc ".repeat(60), "* ", "  ");
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH));
        assert!(text.starts_with("* abc abc") && text.lines().nth(1).unwrap().starts_with("  abc"));
        let mut text = String::new();
        wrap(&mut text, &"x".repeat(200), "", "");
        assert_eq!(text.trim_end().len(), 200);
    }
}
