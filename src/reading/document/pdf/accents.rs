//! Accents that are drawn over or under a letter as glyphs of their own, as old fonts and typesetters do.

use super::pieces::Open;

/// The combining character that an accent on its own stands for.
fn combining(text: &str) -> Option<char> {
    let mut chars = text.chars();
    let (first, None) = (chars.next()?, chars.next()) else {
        return None;
    };
    Some(match first {
        '`' | '\u{2cb}' => '\u{300}',
        '\u{b4}' | '\u{2ca}' => '\u{301}',
        '\u{2c6}' | '^' => '\u{302}',
        '\u{2dc}' => '\u{303}',
        '\u{af}' | '\u{2c9}' => '\u{304}',
        '\u{2d8}' => '\u{306}',
        '\u{2d9}' => '\u{307}',
        '\u{a8}' => '\u{308}',
        '\u{2da}' => '\u{30a}',
        '\u{2dd}' => '\u{30b}',
        '\u{2c7}' => '\u{30c}',
        '\u{b8}' => '\u{327}',
        '\u{2db}' => '\u{328}',
        ',' | '\u{201a}' => '\u{326}',
        c @ '\u{300}'..='\u{36f}' => c,
        _ => return None,
    })
}

/// The accent as it is written where it belongs to no letter.
pub(super) fn alone(mark: char) -> char {
    match mark {
        '\u{300}' => '`',
        '\u{301}' => '\u{b4}',
        '\u{302}' => '^',
        '\u{303}' => '~',
        '\u{304}' => '\u{af}',
        '\u{306}' => '\u{2d8}',
        '\u{307}' => '\u{2d9}',
        '\u{308}' => '\u{a8}',
        '\u{30a}' => '\u{2da}',
        '\u{30b}' => '\u{2dd}',
        '\u{30c}' => '\u{2c7}',
        '\u{326}' => ',',
        '\u{327}' => '\u{b8}',
        '\u{328}' => '\u{2db}',
        other => other,
    }
}

/// How much of the narrower of two stretches lies within the other.
fn overlap(a: (f64, f64), b: (f64, f64)) -> f64 {
    let common = a.1.min(b.1) - a.0.max(b.0);
    let narrower = (a.1 - a.0).min(b.1 - b.0);
    if narrower <= 0.0 {
        // A combining glyph without a width stands at the end of its letter.
        f64::from(u8::from(common >= -0.5))
    } else {
        common / narrower
    }
}

/// Takes an accent in: onto the letter that it is drawn over, or to wait for the letter that is drawn next.
/// `false` where the glyph is no accent here.
pub(super) fn attach(open: &mut Open, text: &str, left: f64, right: f64, y: f64) -> bool {
    let Some(mark) = combining(text) else {
        return false;
    };
    if (y - open.piece.y).abs() > open.piece.size {
        return false;
    }
    // Over the last letter or the one before it.
    for (place, &(start, from, to)) in open.places.iter().enumerate().rev().take(2) {
        if overlap((from, to), (left, right)) < 0.6 {
            continue;
        }
        let end = open
            .places
            .get(place + 1)
            .map_or(open.piece.text.len(), |next| next.0);
        let letter = &open.piece.text[start..end];
        let Some(base) = letter.chars().next_back().filter(|c| c.is_alphabetic()) else {
            continue;
        };
        let at = start + letter.trim_end().len();
        let written = accented(base, mark);
        open.piece
            .text
            .replace_range(at - base.len_utf8()..at, &written);
        let more = written.len() - base.len_utf8();
        for later in &mut open.places[place + 1..] {
            later.0 += more;
        }
        return true;
    }
    if is_spacing(text) && mark != '\u{326}' && open.accent.is_none() {
        let near = left < open.piece.right + open.piece.size;
        if near && left >= open.piece.left {
            open.accent = Some((mark, left, right));
            return true;
        }
    }
    false
}

/// An accent with a width of its own that is no punctuation either.
fn is_spacing(text: &str) -> bool {
    !matches!(
        text.chars().next(),
        Some('\u{300}'..='\u{36f}' | '^' | '`') | None
    )
}

/// Gives the accent that waits to the letter that was just written, or writes it on its own.
pub(super) fn receive(open: &mut Open, left: f64, right: f64) {
    let Some((mark, from, to)) = open.accent.take() else {
        return;
    };
    let Some(&(start, ..)) = open.places.last() else {
        return;
    };
    let base = open.piece.text[start..].chars().next();
    if overlap((left, right), (from, to)) >= 0.6
        && let Some(base) = base.filter(|c| c.is_alphabetic())
    {
        open.piece
            .text
            .replace_range(start..start + base.len_utf8(), &accented(base, mark));
    } else {
        open.piece.text.insert(start, alone(mark));
    }
}

/// A letter with its accent, decomposed, never shorter than the letter; what is drawn over a dotless letter stands in place
/// of the dot.
fn accented(base: char, mark: char) -> String {
    let letter = match base {
        '\u{131}' => 'i',
        '\u{237}' => 'j',
        other => other,
    };
    String::from_iter([letter, under(base, mark)])
}

/// Lets an accent that begins a piece wait for its letter.
pub(super) fn begin(open: &mut Open, text: &str, left: f64, right: f64) -> bool {
    match combining(text) {
        Some(mark) if is_spacing(text) && mark != '\u{326}' => {
            open.accent = Some((mark, left, right));
            true
        }
        _ => false,
    }
}

/// What is drawn as a comma below is a cedilla to Unicode under the Latvian letters, and the other way round under none.
fn under(base: char, mark: char) -> char {
    match mark {
        '\u{326}'
            if matches!(
                base,
                'k' | 'l' | 'n' | 'r' | 'g' | 'K' | 'L' | 'N' | 'R' | 'G'
            ) =>
        {
            '\u{327}'
        }
        other => other,
    }
}
