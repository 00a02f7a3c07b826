//! Amounts of money in running text: “50.000 lei”, “EUR 1,5 milioane”, “10 000 €”, “2 млн рублей”, “no 500 līdz 900 eiro”.

use std::ops::Range;

use crate::understanding::moments::{Token, TokenKind};

/// An amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Amount {
    /// Its tokens, with the currency.
    pub tokens: Range<usize>,
    /// In hundredths of the unit.
    pub hundredths: u128,
    /// Of what.
    pub currency: Currency,
}

/// A currency. A leu is Romanian or Moldovan, whichever the text is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Currency {
    Leu,
    RomanianLeu,
    MoldovanLeu,
    Euro,
    Dollar,
    Rouble,
    Pound,
    Hryvnia,
    Franc,
    Krone,
    Lats,
}

impl Currency {
    /// Whether both may be the same.
    pub(super) fn is_like(self, other: Self) -> bool {
        let leu = |one: Self, two: Self| {
            one == Self::Leu && matches!(two, Self::RomanianLeu | Self::MoldovanLeu)
        };
        self == other || leu(self, other) || leu(other, self)
    }
}

/// Most amounts of a text.
const MOST: usize = 200;

/// The amounts in a text, in order.
pub(super) fn amounts(text: &str, tokens: &[Token]) -> Vec<Amount> {
    let mut found: Vec<Amount> = Vec::new();
    let mut place = 0;
    while place < tokens.len() && found.len() < MOST {
        match amount_at(text, tokens, place) {
            Some((lower, amount)) => {
                place = amount.tokens.end;
                found.extend(lower);
                found.push(amount);
            }
            // The rest of a number is none.
            None => place = figure(text, tokens, place).map_or(place + 1, |whole| whole.end),
        }
    }
    found
}

/// A number as it is written, perhaps with its scale.
struct Figure {
    end: usize,
    hundredths: u128,
    scaled: bool,
}

/// The amount that begins at a token, and the lower end of a span of amounts before it.
fn amount_at(text: &str, tokens: &[Token], place: usize) -> Option<(Option<Amount>, Amount)> {
    let (currency, start) = match currency(tokens, place) {
        // “EUR 1,5 milioane”, “€ 500”.
        Some((currency, end)) => (Some(currency), end),
        None => (None, place),
    };
    let first = figure(text, tokens, start)?;
    // “1 EUR = 4,97 lei” is a rate of exchange.
    let equals = |at: usize| tokens.get(at).is_some_and(|token| token.is_mark(&['=']));
    if place > 0 && equals(place - 1) {
        return None;
    }
    if let Some(currency) = currency {
        let amount = whole(place..first.end, first.hundredths, currency)?;
        return Some((None, amount));
    }
    if let Some((currency, end)) = self::currency(tokens, after_link(tokens, first.end)) {
        if equals(end) {
            return None;
        }
        return Some((None, whole(place..end, first.hundredths, currency)?));
    }
    // “10 000 – 50 000 euro”, “de la 10 la 50 de mii de lei”.
    let next = span_link(tokens, first.end)?;
    let second = figure(text, tokens, next)?;
    let (currency, end) = self::currency(tokens, after_link(tokens, second.end))?;
    let lower = if second.scaled && !first.scaled {
        let (scale, _) = scale(tokens, after_digits(tokens, next))?;
        first.hundredths.saturating_mul(scale)
    } else {
        first.hundredths
    };
    let lower = whole(place..first.end, lower, currency);
    Some((lower, whole(next..end, second.hundredths, currency)?))
}

fn whole(tokens: Range<usize>, hundredths: u128, currency: Currency) -> Option<Amount> {
    (hundredths > 0).then_some(Amount {
        tokens,
        hundredths,
        currency,
    })
}

/// Past the “de” of “50 de mii de lei”.
fn after_link(tokens: &[Token], place: usize) -> usize {
    match tokens.get(place).map(Token::word) {
        Some("de" | "of") => place + 1,
        _ => place,
    }
}

fn span_link(tokens: &[Token], place: usize) -> Option<usize> {
    let token = tokens.get(place)?;
    let links = ["si", "la", "lidz", "до", "и", "un", "to", "and", "pana"];
    if token.is_mark(&['-', '/']) || links.contains(&token.word()) {
        let next = place + 1;
        let twice =
            token.word() == "pana" && tokens.get(next).is_some_and(|next| next.word() == "la");
        return Some(if twice { next + 1 } else { next });
    }
    None
}

/// Where the digits that begin at a token end, as far as they may be one number.
fn after_digits(tokens: &[Token], place: usize) -> usize {
    let mut end = place;
    while end < tokens.len()
        && (tokens[end].number().is_some()
            || (end > place && tokens[end].is_mark(&['.', ',', '\'', '’'])))
    {
        end += 1;
    }
    while end > place && tokens[end - 1].number().is_none() {
        end -= 1;
    }
    let linked = after_link(tokens, end);
    if scale(tokens, linked).is_some() {
        linked
    } else {
        end
    }
}

fn figure(text: &str, tokens: &[Token], place: usize) -> Option<Figure> {
    let (value, digits) = tokens.get(place)?.number()?;
    // Part of a longer word or number: “3D”, “nr.12”.
    let mut end = place + 1;
    let mut units = u128::from(value);
    let mut groups = 0;
    let mut separator = None;
    let mut cents = 0_u128;
    let written = |from: usize, to: usize| &text[tokens[from].at.end..tokens[to].at.start];
    loop {
        let (gap, next) = match tokens.get(end) {
            Some(token) if token.number().is_some() => (written(end - 1, end), end),
            Some(token) if token.is_mark(&['.', ',', '\'', '’']) => {
                let close = tokens[end - 1].at.end == token.at.start
                    && tokens
                        .get(end + 1)
                        .is_some_and(|next| next.at.start == token.at.end);
                if !close {
                    break;
                }
                (&text[token.at.clone()], end + 1)
            }
            _ => break,
        };
        let Some((group, width)) = tokens.get(next).and_then(Token::number) else {
            break;
        };
        let blank = gap.chars().count() == 1 && gap.chars().all(char::is_whitespace);
        let point = matches!(gap, "." | "," | "'" | "’");
        let same = separator.is_none_or(|one| one == gap || (blank && is_blank(one)));
        if width == 3 && digits <= 3 && value > 0 && (blank || point) && same {
            units = units
                .saturating_mul(1_000)
                .saturating_add(u128::from(group));
            groups += 1;
            separator = Some(gap);
            end = next + 1;
            continue;
        }
        if matches!(gap, "." | ",") && width <= 2 {
            cents = u128::from(group) * if width == 1 { 10 } else { 1 };
            end = next + 1;
        }
        break;
    }
    let hundredths = units.saturating_mul(100).saturating_add(cents);
    let (scale, after) = match scale(tokens, after_link(tokens, end)) {
        Some((scale, after)) => (scale, after),
        None => (1, end),
    };
    if scale > 1 && groups == 1 && matches!(separator, Some("," | ".")) {
        // “1,125 milioane” is a little more than one million.
        let fraction = units % 1_000;
        let hundredths = (units / 1_000).saturating_mul(100);
        let small = fraction.saturating_mul(scale) / 10;
        return Some(Figure {
            end: after,
            hundredths: hundredths.saturating_mul(scale).saturating_add(small),
            scaled: true,
        });
    }
    Some(Figure {
        end: after,
        hundredths: hundredths.saturating_mul(scale),
        scaled: scale > 1,
    })
}

fn is_blank(gap: &str) -> bool {
    gap.chars().all(char::is_whitespace)
}

/// “mii”, “milioane”, “тыс.”, “bn”: what it multiplies by, and where it ends.
fn scale(tokens: &[Token], place: usize) -> Option<(u128, usize)> {
    let word = tokens.get(place)?.word();
    let scale = match word {
        "mii" | "mie" | "tukst" | "тыс" | "thousand" | "k" | "тысяча" | "тысячи" | "тысяч" => {
            1_000
        }
        "mil" | "mln" | "milj" | "млн" | "million" | "millions" | "mio" | "milion" | "milioane"
        | "m" => 1_000_000,
        "mld" | "mrd" | "mljrd" | "млрд" | "billion" | "bn" | "miliard" | "miliarde" => {
            1_000_000_000
        }
        _ if word.starts_with("tukstos") => 1_000,
        _ if word.starts_with("miljon") || word.starts_with("миллион") => 1_000_000,
        _ if word.starts_with("miljard") || word.starts_with("миллиард") => 1_000_000_000,
        _ => return None,
    };
    let short = matches!(
        word,
        "tukst" | "тыс" | "mil" | "mln" | "milj" | "млн" | "mio" | "mld" | "mrd" | "mljrd" | "млрд"
    );
    let point = short
        && tokens
            .get(place + 1)
            .is_some_and(|next| next.is_mark(&['.']));
    Some((scale, place + 1 + usize::from(point)))
}

/// A currency and where it ends.
fn currency(tokens: &[Token], place: usize) -> Option<(Currency, usize)> {
    let token = tokens.get(place)?;
    let one = place + 1;
    if let TokenKind::Mark(mark) = token.kind {
        let currency = match mark {
            '€' => Currency::Euro,
            '$' => Currency::Dollar,
            '£' => Currency::Pound,
            '₽' => Currency::Rouble,
            '₴' => Currency::Hryvnia,
            _ => return None,
        };
        return Some((currency, one));
    }
    let word = token.word();
    let next = tokens.get(one).map_or("", Token::word);
    Some(match word {
        "lei" | "leu" | "leilor" | "лей" | "лея" | "леев" | "leju" | "lejas" => {
            if next.starts_with("moldovenesc") || next.starts_with("moldovenest") {
                (Currency::MoldovanLeu, one + 1)
            } else if next.starts_with("romanesc") || next.starts_with("romanest") {
                (Currency::RomanianLeu, one + 1)
            } else {
                (Currency::Leu, one)
            }
        }
        "ron" => (Currency::RomanianLeu, one),
        "mdl" => (Currency::MoldovanLeu, one),
        "eur" | "euro" | "euros" | "eiro" | "евро" | "euroi" => (Currency::Euro, one),
        "usd" | "dollar" | "dollars" | "dolari" | "dolarilor" | "dolaru" | "доллар" | "доллара"
        | "долларов" => (Currency::Dollar, one),
        "руб" | "рубль" | "рубля" | "рублей" | "rub" | "ruble" | "rubles" | "roubles" | "rublu"
        | "rubli" => {
            let point = word == "руб" && tokens.get(one).is_some_and(|next| next.is_mark(&['.']));
            (Currency::Rouble, one + usize::from(point))
        }
        "gbp" | "lire" | "pounds" | "marcinas" | "marcinu" | "фунтов" => {
            (Currency::Pound, one)
        }
        "uah" | "грн" | "гривен" | "гривень" | "hryvnias" | "grivne" => {
            (Currency::Hryvnia, one)
        }
        "chf" | "franci" | "franku" | "франков" => (Currency::Franc, one),
        "nok" | "sek" | "dkk" | "kronu" | "coroane" | "крон" => (Currency::Krone, one),
        "lvl" | "ls" | "lati" | "latu" => (Currency::Lats, one),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::understanding::moments::tokens;
    use proptest::prelude::*;

    fn of(text: &str) -> Vec<(u128, Currency)> {
        amounts(text, &tokens(text))
            .into_iter()
            .map(|amount| (amount.hundredths, amount.currency))
            .collect()
    }

    #[test]
    fn amounts_are_read_as_they_are_written_in_four_languages() {
        use Currency::{Dollar, Euro, Leu, MoldovanLeu, RomanianLeu, Rouble};
        let table: &[(&str, u128, Currency)] = &[
            ("Buget: 50.000 lei", 50_000, Leu),
            ("50 000 de lei", 50_000, Leu),
            ("50 de mii de lei", 50_000, Leu),
            ("EUR 1,5 milioane", 1_500_000, Euro),
            ("1,5 milioane de euro", 1_500_000, Euro),
            ("10\u{a0}000\u{a0}€", 10_000, Euro),
            ("€10,000", 10_000, Euro),
            ("€ 2.5m", 2_500_000, Euro),
            ("2 млн. рублей", 2_000_000, Rouble),
            ("300 тыс. руб.", 300_000, Rouble),
            ("1 500 000 MDL", 1_500_000, MoldovanLeu),
            ("250000 RON", 250_000, RomanianLeu),
            ("līdz 15 tūkst. eiro", 15_000, Euro),
            ("3 miljoni eiro", 3_000_000, Euro),
            ("USD 1,250.00", 1_250, Dollar),
            ("1,125 milioane lei", 1_125_000, Leu),
            ("12 500 lei moldovenești", 12_500, MoldovanLeu),
        ];
        for (text, units, currency) in table {
            assert_eq!(of(text), [(units * 100, *currency)], "{text}");
        }
        assert_eq!(of("49,99 euro"), [(4_999, Euro)]);
    }

    #[test]
    fn both_ends_of_a_span_are_amounts() {
        let both = [(1_000_000, Currency::Euro), (5_000_000, Currency::Euro)];
        for text in [
            "10 000 – 50 000 euro",
            "între 10.000 și 50.000 euro",
            "no 10 000 līdz 50 000 eiro",
            "от 10 до 50 тыс. евро",
            "from 10,000 to 50,000 euros",
        ] {
            assert_eq!(of(text), both, "{text}");
        }
    }

    #[test]
    fn other_numbers_are_no_amounts() {
        for text in [
            "15 martie 2026",
            "nr. 50.000",
            "1 EUR = 4,97 lei astăzi la BNR",
            "tel. 0722 123 456",
            "100 de participanți",
            "20 %",
            "3D",
        ] {
            assert!(of(text).is_empty(), "{text}: {:?}", of(text));
        }
    }

    proptest! {
        #[test]
        fn amounts_lie_in_the_text_in_order(text in "[0-9a-c.,' \u{a0}€leimlnEUR–-]{0,80}") {
            let tokens = tokens(&text);
            let mut last = 0;
            for amount in amounts(&text, &tokens) {
                prop_assert!(amount.tokens.start >= last && amount.tokens.end <= tokens.len());
                prop_assert!(amount.tokens.start < amount.tokens.end);
                last = amount.tokens.end;
            }
        }

        #[test]
        fn the_same_amount_is_the_same_however_its_groups_are_parted(units in 1_000_u128..900_000_000) {
            let digits = units.to_string();
            let grouped = |mark: &str| {
                let mut text = String::new();
                for (place, digit) in digits.chars().enumerate() {
                    if place > 0 && (digits.len() - place).is_multiple_of(3) {
                        text.push_str(mark);
                    }
                    text.push(digit);
                }
                format!("{text} lei")
            };
            for mark in ["", ".", ",", " ", "\u{a0}", "\u{202f}", "'"] {
                prop_assert_eq!(of(&grouped(mark)), [(units * 100, Currency::Leu)]);
            }
        }
    }
}
