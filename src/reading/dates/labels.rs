//! What the words around a date say of it.

use super::tokens::Token;

/// So many tokens before a date may hold its label.
const REACH: usize = 9;

/// What a date is said to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// When it was published.
    Published,
    /// Nothing.
    Unsaid,
    /// When something else happened: a change, a deadline, a birth.
    Other,
}

/// The role of the date at `start`; labels before `from` belong to another.
pub(super) fn role(tokens: &[Token], from: usize, start: usize) -> Role {
    let published = [
        "publi",
        "postat",
        "posted",
        "adaugat",
        "ievietot",
        "pievienot",
        "izveidot",
        "опубликов",
        "публикац",
        "размещен",
        "добавлен",
    ];
    let other = [
        "actualiz",
        "modific",
        "updated",
        "modified",
        "atjaun",
        "atjaunin",
        "labot",
        "обновлен",
        "изменен",
        "revizuit",
        "termen",
        "termins",
        "deadline",
        "срок",
        "expir",
        "nascut",
        "dzimis",
        "dzimusi",
        "born",
        "родил",
    ];
    for token in tokens[from.max(start.saturating_sub(REACH))..start]
        .iter()
        .rev()
    {
        if matches!(token.sign(), Some('|' | '•' | '·' | ';')) {
            break;
        }
        let Some(word) = token.word() else { continue };
        if published.iter().any(|stem| word.starts_with(stem)) {
            return Role::Published;
        }
        if other.iter().any(|stem| word.starts_with(stem)) {
            return Role::Other;
        }
    }
    Role::Unsaid
}

/// Whether the numbers at `start` are announced as something else than a date: a telephone, an article of a law, a version.
pub(super) fn is_other_number(tokens: &[Token], start: usize) -> bool {
    for token in tokens[start.saturating_sub(REACH)..start].iter().rev() {
        if let Some(word) = token.word() {
            // `nr. 12/05/2024` is the number of a document, `nr. 12.05.2024` hardly.
            let slashed = tokens.get(start + 1).and_then(Token::sign) == Some('/');
            return names_other_number(word) || (slashed && matches!(word, "nr" | "no"));
        }
        match token.sign() {
            // The international prefix of a telephone number.
            Some('+' | '№' | '#') => return true,
            Some(',' | ';' | '|' | '•' | '·') => return false,
            _ => {}
        }
    }
    false
}

fn names_other_number(word: &str) -> bool {
    matches!(
        word,
        "tel"
            | "telefon"
            | "telefonul"
            | "telefons"
            | "telefoane"
            | "talr"
            | "talrunis"
            | "тел"
            | "телефон"
            | "телефоны"
            | "fax"
            | "faks"
            | "fakss"
            | "факс"
            | "mob"
            | "mobil"
            | "моб"
            | "phone"
            | "gsm"
            | "whatsapp"
            | "viber"
            | "ip"
            | "isbn"
            | "issn"
            | "iban"
            | "cont"
            | "konts"
            | "счет"
            | "cod"
            | "kods"
            | "код"
            | "cui"
            | "cif"
            | "idno"
            | "dosar"
            | "dosarul"
            | "дело"
            | "art"
            | "articolul"
            | "alin"
            | "pct"
            | "cap"
            | "capitolul"
            | "sectiunea"
            | "section"
            | "chapter"
            | "room"
            | "pag"
            | "pagina"
            | "стр"
            | "ст"
            | "п"
            | "lpp"
            | "punkts"
            | "version"
            | "versiunea"
            | "versiune"
            | "versija"
            | "версия"
            | "ver"
            | "v"
            | "php"
            | "iso"
    )
}

/// Whether a sum of money or a measure ends before `at`.
pub(super) fn is_amount(tokens: &[Token], at: usize) -> bool {
    let Some(token) = tokens.get(at) else {
        return false;
    };
    match token.word() {
        Some(word) => matches!(
            word,
            "lei"
                | "ron"
                | "mdl"
                | "eur"
                | "euro"
                | "eiro"
                | "usd"
                | "руб"
                | "рублей"
                | "kg"
                | "km"
        ),
        None => matches!(token.sign(), Some('€' | '$' | '%' | '₽' | '£')),
    }
}
