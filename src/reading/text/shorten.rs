/// The text cut to at most `chars` characters: whole where it fits, else at a word's end with `…`.
#[must_use]
pub fn cut(text: &str, chars: usize) -> String {
    let Some((past, _)) = text.char_indices().nth(chars) else {
        return text.to_owned();
    };
    if chars == 0 {
        return String::new();
    }
    // One character is for the ellipsis.
    let hard = text[..past]
        .char_indices()
        .next_back()
        .map_or(0, |(at, _)| at);
    let head = &text[..hard];
    let at_word = text[hard..].starts_with(char::is_whitespace);
    let end = if at_word {
        hard
    } else {
        // A word that takes up more than half of what is left cannot be spared.
        head.rfind(char::is_whitespace)
            .filter(|at| *at * 2 >= hard)
            .unwrap_or(hard)
    };
    let head = head[..end].trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, ',' | ';' | ':' | '-' | '–' | '—' | '(' | '„' | '«')
    });
    format!("{head}…")
}

/// The first sentences of a text in one line of at most `max` characters: up to the last sentence that fits, where that
/// is not much shorter than could be, else cut at a word.
#[must_use]
pub fn excerpt(text: &str, max: usize) -> String {
    let mut line = String::with_capacity(text.len().min(max * 4 + 4));
    let mut count = 0;
    'words: for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
            count += 1;
        }
        for c in word.chars() {
            line.push(c);
            count += 1;
            if count > max {
                break 'words;
            }
        }
    }
    if count <= max {
        return line;
    }
    let mut best = None;
    let mut chars = line.char_indices().enumerate().peekable();
    while let Some((index, (at, c))) = chars.next() {
        let next = chars.peek().map(|(_, (_, c))| *c);
        let ends = matches!(c, '.' | '!' | '?' | '…') && next.is_none_or(|c| c == ' ');
        if ends && index < max && !abbreviated(&line[..at]) {
            let upper = line[at + c.len_utf8()..]
                .trim_start()
                .chars()
                .next()
                .is_some_and(|c| c.is_uppercase() || matches!(c, '„' | '«' | '"' | '“' | '–'));
            if upper {
                best = Some((index, at + c.len_utf8()));
            }
        }
    }
    match best {
        Some((index, end)) if index * 10 >= max * 4 => line[..end].to_owned(),
        _ => cut(&line, max),
    }
}

/// Whether the full stop after `before` belongs to an abbreviation, an initial or an ordinal.
fn abbreviated(before: &str) -> bool {
    let word = before
        .rsplit([' ', '(', '„', '"'])
        .next()
        .unwrap_or_default();
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    letters <= 1
        || word.contains('.')
        || matches!(
            word.to_lowercase().as_str(),
            "nr" | "str"
                | "art"
                | "dl"
                | "dna"
                | "dr"
                | "prof"
                | "etc"
                | "lit"
                | "alin"
                | "pag"
                | "tel"
                | "plk"
                | "utt"
                | "piem"
                | "ул"
                | "им"
                | "тел"
                | "стр"
                | "руб"
                | "mr"
                | "mrs"
                | "st"
                | "no"
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_cut_falls_between_words() {
        assert_eq!(cut("unu doi trei", 20), "unu doi trei");
        assert_eq!(cut("unu doi trei", 12), "unu doi trei");
        assert_eq!(cut("unu doi, trei", 11), "unu doi…");
        assert_eq!(cut("nedespărțibil", 6), "nedes…");
        assert_eq!(cut("abc", 0), "");
    }

    #[test]
    fn an_excerpt_ends_with_a_sentence() {
        let text = "Apelul nr. 3 este deschis.\n\nSe pot depune proiecte până la 5. iulie.  Restul urmează mai târziu, pe larg.";
        assert_eq!(
            excerpt(text, 80),
            "Apelul nr. 3 este deschis. Se pot depune proiecte până la 5. iulie."
        );
        assert_eq!(excerpt(text, 40), "Apelul nr. 3 este deschis.");
        assert_eq!(
            excerpt("fără sfârșit ".repeat(20).trim(), 30),
            "fără sfârșit fără sfârșit…"
        );
        assert_eq!(excerpt("a\nb", 30), "a b");
    }

    proptest! {
        #[test]
        fn nothing_is_longer_than_asked(text in "\\PC{0,60}", max in 0_usize..50) {
            prop_assert!(cut(&text, max).chars().count() <= max);
            prop_assert!(excerpt(&text, max).chars().count() <= max);
        }
    }
}
