//! A bulletin as HTML and as plain text, for mails and feeds.

use std::fmt::Write as _;

use super::{Line, Telling};
use crate::delivery::content::escape;

/// As an HTML fragment (safe; headings are `h2`, links absolute).
pub(in crate::delivery) fn html(told: &Telling) -> String {
    let mut html = String::new();
    for section in &told.sections {
        let _ = writeln!(html, "<h2>{}</h2>\n<ul>", escape(&section.heading));
        for line in &section.lines {
            write_line(&mut html, line);
        }
        html.push_str("</ul>\n");
    }
    if let Some(more) = &told.more {
        let _ = writeln!(html, "<p>{}</p>", escape(more));
    }
    html
}

fn write_line(html: &mut String, line: &Line) {
    let lang = line
        .lang
        .as_ref()
        .map_or(String::new(), |lang| format!(" lang=\"{}\"", escape(lang)));
    let _ = write!(
        html,
        "<li><p><a href=\"{}\"{lang}>{}</a></p>",
        escape(&line.url),
        escape(&line.title)
    );
    for note in &line.notes {
        let _ = write!(html, "\n<p><strong>{}</strong></p>", escape(note));
    }
    if !line.meta.is_empty() {
        let _ = write!(html, "\n<p>{}</p>", escape(&line.meta));
    }
    html.push_str("</li>\n");
}

/// As plain text; `heading` writes a heading, `wrap` a paragraph.
pub(in crate::delivery) fn text(
    told: &Telling,
    heading: impl Fn(&mut String, &str),
    wrap: impl Fn(&mut String, &str, &str, &str),
) -> String {
    let mut text = String::new();
    for section in &told.sections {
        heading(&mut text, &section.heading);
        for line in &section.lines {
            wrap(&mut text, &line.title, "* ", "  ");
            for note in &line.notes {
                wrap(&mut text, note, "  ", "  ");
            }
            if !line.meta.is_empty() {
                wrap(&mut text, &line.meta, "  ", "  ");
            }
            let _ = write!(text, "  {}\n\n", line.url);
        }
    }
    if let Some(more) = &told.more {
        let _ = write!(text, "{more}\n\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::telling::samples::{bulletin, public};
    use super::*;
    use crate::domain::Language;

    #[test]
    fn titles_are_text_and_not_html() {
        let told = Telling::of(&bulletin("Apel <b>\"x\"</b>"), Language::RO, &public());
        let html = html(&told);
        assert!(html.contains("Apel &lt;b&gt;"), "{html}");
        assert!(!html.contains("<b>"));
        let text = text(&told, String::push_str, |text, line, _, _| {
            text.push_str(line);
        });
        assert!(text.contains("Apel <b>"));
    }
}
