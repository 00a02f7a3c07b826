//! The first sentences, for lists.

use crate::domain::{Draft, MAX_EXCERPT, is_letter};

/// An excerpt of a draft: the source's own summary where it is good text, else the first sentences.
/// At most [`MAX_EXCERPT`] characters, cut at a word; empty where there is nothing to quote.
#[must_use]
pub fn excerpt(draft: &Draft) -> String {
    if let Some(summary) = draft.summary.as_deref().map(squeeze)
        && is_good(&summary, &draft.title)
    {
        let mut summary = cut(&summary);
        // Sources cut their summaries where the space ends, and many do not say so.
        let broken_off = summary.ends_with(|c: char| c.is_alphanumeric() || c == ',');
        let length = summary.chars().count();
        let whole = || squeeze(&draft.text).chars().count() <= length;
        if broken_off && length < MAX_EXCERPT && !whole() {
            summary.push('…');
        }
        return summary;
    }
    let mut start = String::new();
    for paragraph in draft.text.split("\n\n") {
        let paragraph = squeeze(paragraph);
        if paragraph.is_empty() || (start.is_empty() && paragraph == squeeze(&draft.title)) {
            continue;
        }
        if !start.is_empty() {
            start.push(' ');
        }
        start.push_str(&paragraph);
        if start.chars().nth(MAX_EXCERPT).is_some() {
            break;
        }
    }
    cut(&start)
}

/// Long enough to say something, and something else than the title; no cut-off stub of the kind “[…] The post X appeared first on Y”.
fn is_good(summary: &str, title: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|c| is_letter(*c)).count();
    let title = squeeze(title);
    // A listing often says the title again, with its date or its kind of file.
    let own = match summary.find(&title) {
        Some(_) if letters(&title) >= 10 => letters(summary) - letters(&title),
        _ => letters(summary),
    };
    own >= 40 && !summary.contains("appeared first on") && !summary.contains("apărut prima dată")
}

/// White space as single spaces.
fn squeeze(text: &str) -> String {
    let mut squeezed = String::with_capacity(text.len().min(4096));
    let mut chars = 0;
    for word in text.split_whitespace() {
        if !squeezed.is_empty() {
            squeezed.push(' ');
        }
        squeezed.push_str(word);
        chars += word.len() + 1;
        // Four bytes a character at most: more than the excerpt can hold.
        if chars > 4 * MAX_EXCERPT + 4 {
            break;
        }
    }
    squeezed
}

/// At most [`MAX_EXCERPT`] characters: whole sentences where they fill more than half of that, else whole words and an ellipsis.
fn cut(text: &str) -> String {
    let Some((limit, _)) = text.char_indices().nth(MAX_EXCERPT) else {
        return text.to_owned();
    };
    // Room for the ellipsis.
    let (last, _) = text
        .char_indices()
        .nth(MAX_EXCERPT - 1)
        .unwrap_or((limit, ' '));
    let head = &text[..last];
    let sentence = head
        .char_indices()
        .filter(|(at, c)| {
            matches!(c, '.' | '!' | '?' | '…') && head[at + c.len_utf8()..].starts_with(' ')
        })
        .map(|(at, c)| at + c.len_utf8())
        .next_back();
    if let Some(end) = sentence.filter(|end| *end > last / 2) {
        return head[..end].to_owned();
    }
    // A text without spaces is cut where it must be.
    let word = head.rfind(' ').filter(|at| *at > last / 2).unwrap_or(last);
    let mut cut = head[..word]
        .trim_end_matches([' ', ',', ';', ':', '-', '–', '('])
        .to_owned();
    cut.push('…');
    cut
}

#[cfg(test)]
mod tests {
    use super::super::tests::draft;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_sources_own_summary_is_taken_where_it_is_text() {
        let mut entry = draft("Titlu", "Prima frază a textului. A doua frază.");
        entry.summary =
            Some("Un rezumat scris de oameni, care spune pe scurt despre ce este vorba.".into());
        assert!(excerpt(&entry).starts_with("Un rezumat"));
        // One that breaks off, of which there is more.
        entry.summary =
            Some("Un rezumat care este tăiat acolo unde s-a terminat locul, fără".into());
        assert!(
            excerpt(&entry).ends_with("locul, fără"),
            "nothing is left out"
        );
        entry
            .text
            .push_str(" Aici textul este mult mai lung decât rezumatul său, după cum se vede.");
        assert!(excerpt(&entry).ends_with("locul, fără…"));
        entry.summary =
            Some("The post Titlu appeared first on Asociația noastră de undeva.".into());
        assert!(excerpt(&entry).starts_with("Prima frază"));
        entry.summary = Some("[…]".into());
        assert!(excerpt(&entry).starts_with("Prima frază"));
    }

    #[test]
    fn the_title_is_not_said_twice() {
        assert_eq!(
            excerpt(&draft("Titlu", "Titlu\n\nTextul începe aici.")),
            "Textul începe aici."
        );
        assert_eq!(excerpt(&draft("Titlu", "")), "");
        let title = "Apel de granturi pentru asociații locale";
        let mut listed = draft(title, "Consiliul local finanțează asociații.");
        listed.summary = Some(format!("15.11.2026 - {title} (PDF)"));
        assert_eq!(excerpt(&listed), "Consiliul local finanțează asociații.");
    }

    #[test]
    fn whole_sentences_are_kept_where_they_fill_the_space() {
        let text = format!(
            "{} Urmează {}",
            "O frază de probă, destul de lungă."
                .repeat(6)
                .replace(".O", ". O"),
            "încă ".repeat(60)
        );
        assert!(excerpt(&draft("T", &text)).ends_with("lungă."));
        let endless = "cuvânt ".repeat(100);
        assert!(excerpt(&draft("T", &endless)).ends_with("cuvânt…"));
    }

    proptest! {
        #[test]
        fn an_excerpt_is_bounded(text in "(\\PC|[ .\n]){0,600}", summary in proptest::option::of("\\PC{0,400}")) {
            let mut entry = draft("T", &text);
            entry.summary = summary;
            prop_assert!(excerpt(&entry).chars().count() <= MAX_EXCERPT);
        }
    }
}
