//! Where sentences end, in texts full of abbreviations, ordinals and dates.

use std::ops::Range;

use super::moments::{Token, TokenKind, is_month};

/// Words that a point after them does not end, folded.
const SHORT: [&str; 45] = [
    "nr", "str", "dr", "art", "al", "lit", "dl", "dna", "bd", "sf", "et", "ap", "ing", "prof",
    "tel", "plkst", "pl", "piem", "utt", "resp", "ul", "ул", "им", "пр", "стр", "тел", "руб",
    "тыс", "млн", "д", "кв", "mr", "mrs", "ms", "vs", "no", "st", "inc", "ltd", "approx", "alin",
    "pct", "cca", "min", "kr",
];

/// The sentences of a text as ranges of its tokens, in order, none empty. A line is a sentence unless it ends in a colon,
/// whose other half is the next line.
pub(super) fn sentences(text: &str, tokens: &[Token]) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for (place, token) in tokens.iter().enumerate() {
        let TokenKind::Mark(mark) = token.kind else {
            continue;
        };
        let before = place.checked_sub(1).map(|before| &tokens[before]);
        let ends = match mark {
            '\n' => !before.is_some_and(|before| before.is_mark(&[':'])),
            '!' | '?' | '…' | ';' | '•' | '●' | '▪' => true,
            '.' => {
                let next = tokens.get(place + 1);
                let parted = next.is_none_or(|next| next.at.start > token.at.end);
                let capital = next.is_none_or(|next| {
                    text[next.at.clone()]
                        .chars()
                        .next()
                        .is_some_and(char::is_uppercase)
                        || matches!(next.kind, TokenKind::Mark(_))
                });
                let short = before.is_some_and(|before| {
                    let word = before.word();
                    SHORT.contains(&word)
                        // An initial.
                        // “г. Кишинёв”, but not “2024 г.”.
                        || (word == "г" && place.checked_sub(2).is_none_or(|at| tokens[at].number().is_none()))
                        || (word.chars().count() == 1 && text[before.at.clone()].chars().all(char::is_uppercase))
                });
                // “15. MARTAM”, “2024. GADA”: an ordinal in a text of capitals.
                let ordinal = before.is_some_and(|before| before.number().is_some())
                    && next.is_some_and(|next| is_month(next.word()) || next.word() == "gada");
                parted && capital && !short && !ordinal
            }
            _ => false,
        };
        if ends {
            if place > start {
                sentences.push(start..place);
            }
            start = place + 1;
        }
    }
    if start < tokens.len() {
        sentences.push(start..tokens.len());
    }
    sentences
}

#[cfg(test)]
mod tests {
    use super::super::moments::tokens;
    use super::*;
    use proptest::prelude::*;

    fn parts(text: &str) -> Vec<&str> {
        let tokens = tokens(text);
        sentences(text, &tokens)
            .into_iter()
            .map(|range| &text[tokens[range.start].at.start..tokens[range.end - 1].at.end])
            .collect()
    }

    #[test]
    fn capitals_part_no_date() {
        assert_eq!(
            parts("PIETEIKTIES LĪDZ 2024. GADA 21. JŪLIJAM. VIETU SKAITS IR 5. AICINĀM"),
            [
                "PIETEIKTIES LĪDZ 2024. GADA 21. JŪLIJAM",
                "VIETU SKAITS IR 5",
                "AICINĀM"
            ]
        );
    }

    #[test]
    fn points_within_dates_and_abbreviations_end_nothing() {
        assert_eq!(
            parts(
                "Iesniegt līdz 2024. gada 15. martam plkst. 12.00. Vairāk informācijas: tel. 123"
            ),
            [
                "Iesniegt līdz 2024. gada 15. martam plkst. 12.00",
                "Vairāk informācijas: tel. 123"
            ]
        );
        assert_eq!(
            parts("Termen: 15 martie 2024. Dosarele se depun la str. Unirii nr. 5."),
            [
                "Termen: 15 martie 2024",
                "Dosarele se depun la str. Unirii nr. 5"
            ]
        );
        assert_eq!(
            parts("Титул\n\nСрок:\n15 марта"),
            ["Титул", "Срок:\n15 марта"]
        );
    }

    proptest! {
        #[test]
        fn sentences_are_in_order_and_never_empty(text in "[a-zA-Z0-9.:!?\n ăя]{0,120}") {
            let tokens = tokens(&text);
            let mut last = 0;
            for range in sentences(&text, &tokens) {
                prop_assert!(range.start >= last && range.end > range.start && range.end <= tokens.len());
                last = range.end;
            }
        }
    }
}
