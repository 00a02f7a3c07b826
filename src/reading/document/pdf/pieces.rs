//! Glyphs to pieces: runs of text on one baseline without a wide gap.

use rustc_hash::FxHashSet;

use super::accents;
use super::content::Glyph;

/// Gap that parts words, in ems, where the text brings no spaces of its own.
const WORD_GAP: f64 = 0.15;
/// The same where it does.
const WIDE_WORD_GAP: f64 = 0.2;
/// Gap that parts pieces, in ems.
const PIECE_GAP: f64 = 1.3;

/// A run of text, in coordinates in which its line runs to the right and lines follow downwards.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) left: f64,
    pub(super) right: f64,
    /// The baseline.
    pub(super) y: f64,
    pub(super) size: f64,
    pub(super) furniture: bool,
}

/// A glyph turned so that its line runs to the right.
struct Turned<'g> {
    glyph: &'g Glyph,
    left: f64,
    right: f64,
    y: f64,
}

/// The pieces of a page in the order in which it draws them, by the direction in which they run: the commonest first.
pub(super) fn pieces(glyphs: &[Glyph]) -> Vec<Vec<Piece>> {
    let mut directions: Vec<(i32, usize)> = Vec::new();
    let turns: Vec<i32> = glyphs.iter().map(direction).collect();
    for (glyph, turn) in glyphs.iter().zip(&turns) {
        let weight = usize::from(!glyph.text.trim().is_empty());
        let known = directions.iter().position(|(known, _)| known == turn);
        match known {
            Some(at) => directions[at].1 += weight,
            // A page of text in a hundred directions is a drawing.
            None if directions.len() < 16 => directions.push((*turn, weight)),
            None => {}
        }
    }
    directions.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let mut all = Vec::new();
    for (turn, _) in directions {
        let (sin, cos) = f64::from(turn).to_radians().sin_cos();
        let turned = glyphs
            .iter()
            .zip(&turns)
            .filter(|(_, own)| **own == turn)
            .map(|(glyph, _)| {
                let along = |x: f64, y: f64| x * cos + y * sin;
                let (a, b) = (
                    along(glyph.at.x, glyph.at.y),
                    along(glyph.end.x, glyph.end.y),
                );
                Turned {
                    glyph,
                    left: a.min(b),
                    right: a.max(b),
                    y: glyph.at.y * cos - glyph.at.x * sin,
                }
            });
        all.push(join(turned));
    }
    all
}

/// The direction of writing in degrees, by fives.
fn direction(glyph: &Glyph) -> i32 {
    let way = glyph.end - glyph.at;
    if way.hypot() < 1e-6 {
        return 0;
    }
    let degrees = way.y.atan2(way.x).to_degrees();
    ((degrees / 5.0).round() as i32 * 5).rem_euclid(360)
}

fn join<'g>(glyphs: impl Iterator<Item = Turned<'g>>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut seen = Twice::default();
    let mut now: Option<Open> = None;
    for turned in glyphs {
        let glyph = turned.glyph;
        if seen.drawn(&turned) {
            continue;
        }
        if let Some(open) = &mut now {
            if accents::attach(
                open,
                &turned.glyph.text,
                turned.left,
                turned.right,
                turned.y,
            ) {
                continue;
            }
            if open.goes_on(&turned) {
                open.push(&turned);
                continue;
            }
        }
        if let Some(piece) = now.take().and_then(Open::close) {
            pieces.push(piece);
        }
        let mut open = Open {
            piece: Piece {
                text: String::new(),
                left: turned.left,
                right: turned.left,
                y: turned.y,
                size: glyph.size.max(0.1),
                furniture: glyph.furniture,
            },
            places: Vec::new(),
            end: turned.left,
            last: glyph.size,
            spacing: 0.0,
            spaces: false,
            pending: false,
            accent: None,
        };
        if !accents::begin(&mut open, &glyph.text, turned.left, turned.right) {
            open.push(&turned);
        }
        now = Some(open);
    }
    pieces.extend(now.and_then(Open::close));
    pieces
}

/// A piece that may go on.
pub(super) struct Open {
    pub(super) piece: Piece,
    /// Of each of the last few characters: where its text begins in the piece, and its place on the line.
    pub(super) places: Vec<(usize, f64, f64)>,
    /// Where the last glyph ended, a space included.
    end: f64,
    /// Size of the last glyph.
    last: f64,
    spacing: f64,
    /// Whether the text brings spaces of its own.
    spaces: bool,
    /// A space is to be written before the next word.
    pending: bool,
    /// An accent that was drawn before its letter: the combining character, and its place.
    pub(super) accent: Option<(char, f64, f64)>,
}

impl Open {
    fn goes_on(&self, next: &Turned<'_>) -> bool {
        let em = self.piece.size.max(next.glyph.size);
        let smaller = self.piece.size.min(next.glyph.size) < 0.8 * em;
        let rise = if smaller { 0.55 } else { 0.25 };
        let gap = next.left - self.end - self.spacing.max(0.0);
        (next.y - self.piece.y).abs() <= rise * em
            && gap > -0.6 * em
            && gap < PIECE_GAP * em
            && next.glyph.furniture == self.piece.furniture
    }

    fn push(&mut self, next: &Turned<'_>) {
        let glyph = next.glyph;
        if glyph.text.is_empty() {
            self.end = self.end.max(next.right);
            self.piece.right = self.piece.right.max(next.right);
            return;
        }
        if glyph.text.chars().all(char::is_whitespace) {
            self.pending = !self.piece.text.is_empty();
            self.spaces = true;
            self.end = next.right;
            return;
        }
        let em = glyph.size.max(0.1);
        let gap = next.left - self.end - self.spacing.max(0.0);
        let wide = if self.spaces { WIDE_WORD_GAP } else { WORD_GAP };
        if !self.piece.text.is_empty() && (self.pending || gap > wide * em || self.noted(glyph)) {
            self.piece.text.push(' ');
        }
        self.pending = false;
        if self.places.len() >= 4 {
            self.places.remove(0);
        }
        self.places
            .push((self.piece.text.len(), next.left, next.right));
        self.piece.text.push_str(&glyph.text);
        accents::receive(self, next.left, next.right);
        if self.piece.text.len() == glyph.text.len() {
            self.piece.left = next.left;
            self.piece.size = em;
            self.piece.y = next.y;
        } else if em > self.piece.size {
            // The larger of the two is the line, what is small beside it is raised or lowered.
            self.piece.size = em;
            self.piece.y = next.y;
        }
        self.end = next.right;
        self.last = em;
        self.piece.right = self.piece.right.max(next.right);
        // Letters set apart on purpose have wide gaps that part no words; a space as wide as half an em does.
        self.spacing = if glyph.spacing < 0.5 * em {
            glyph.spacing
        } else {
            0.0
        };
    }

    /// Whether a note's small number meets a word here: after a word of some length, or before any.
    fn noted(&self, next: &Glyph) -> bool {
        let begins = |of: fn(char) -> bool| next.text.starts_with(of);
        let numeral = self.piece.text.ends_with(|c: char| c.is_ascii_digit());
        if self.last < 0.8 * next.size {
            return numeral && begins(char::is_alphabetic);
        }
        let word = self
            .piece
            .text
            .chars()
            .rev()
            .take_while(|c| c.is_alphabetic())
            .count();
        next.size < 0.8 * self.last && word > 2 && begins(|c| c.is_ascii_digit())
    }

    fn close(mut self) -> Option<Piece> {
        if let Some((mark, ..)) = self.accent.take() {
            self.piece.text.push(accents::alone(mark));
        }
        (!self.piece.text.is_empty()).then_some(self.piece)
    }
}

/// Finds glyphs that are drawn twice for a bold look or a shadow.
#[derive(Default)]
struct Twice {
    drawn: FxHashSet<(char, i64, i64, i64)>,
}

impl Twice {
    fn drawn(&mut self, turned: &Turned<'_>) -> bool {
        let Some(c) = turned
            .glyph
            .text
            .chars()
            .next()
            .filter(|c| !c.is_whitespace())
        else {
            return false;
        };
        // Nearer than a tenth of an em: no two letters stand like that.
        let cell = 0.1 * turned.glyph.size.max(1.0);
        let (x, y) = ((turned.left / cell) as i64, (turned.y / cell) as i64);
        // Cells of different sizes have nothing to do with each other.
        let size = (cell * 1_000.0) as i64;
        let known =
            (-1..=1).any(|dx| (-1..=1).any(|dy| self.drawn.contains(&(c, size, x + dx, y + dy))));
        if !known {
            self.drawn.insert((c, size, x, y));
        }
        known
    }
}
