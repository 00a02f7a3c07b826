//! Pieces in reading order to lines.

use super::content::Glyph;
use super::order;
use super::pieces::{Piece, pieces};

/// Gap between pieces that makes them cells of a row, in ems.
const CELL_GAP: f64 = 2.0;

/// A line of text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) left: f64,
    pub(super) right: f64,
    /// The baseline, from the top of the page.
    pub(super) y: f64,
    pub(super) size: f64,
    /// A page's header, footer or number, as the document says.
    pub(super) furniture: bool,
    /// Has wide gaps, as rows of tables have.
    pub(super) cells: bool,
}

/// The lines of a page.
#[derive(Debug, Default)]
pub(super) struct PageLines {
    /// In reading order.
    pub(super) lines: Vec<Line>,
    /// How many of them run in the page's main direction: they come first.
    pub(super) upright: usize,
    /// Its height along that direction.
    pub(super) height: f64,
}

pub(super) fn of_page(glyphs: Vec<Glyph>, width: f64, height: f64) -> PageLines {
    let mut page = PageLines {
        height: height.max(width).max(1.0),
        ..PageLines::default()
    };
    for (at, direction) in pieces(&glyphs).into_iter().enumerate() {
        page.lines.extend(join(order::order(direction)));
        if at == 0 {
            page.upright = page.lines.len();
        }
    }
    page
}

fn join(pieces: Vec<Piece>) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for piece in pieces {
        if let Some(line) = lines.last_mut() {
            let em = line.size.max(piece.size);
            let level = if line.size.min(piece.size) < 0.8 * em {
                0.55
            } else {
                0.35
            };
            if (piece.y - line.y).abs() <= level * em
                && piece.left >= line.right - 0.5 * em
                && piece.furniture == line.furniture
            {
                let gap = piece.left - line.right;
                let raised = piece.size < 0.8 * line.size && gap < 0.2 * em;
                if !raised && gap > 0.05 * em {
                    line.text.push(' ');
                }
                line.cells |= gap > CELL_GAP * em;
                line.text.push_str(&piece.text);
                line.right = line.right.max(piece.right);
                if piece.size > line.size {
                    line.size = piece.size;
                    line.y = piece.y;
                }
                continue;
            }
        }
        lines.push(Line {
            text: piece.text,
            left: piece.left,
            right: piece.right,
            y: piece.y,
            size: piece.size,
            furniture: piece.furniture,
            cells: false,
        });
    }
    lines
}
