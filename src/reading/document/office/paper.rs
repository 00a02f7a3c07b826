//! Paragraphs, items and rows as they are put down.

use super::super::MAX_TEXT;

/// Text being put together.
#[derive(Default)]
pub(super) struct Paper {
    done: String,
    now: String,
    /// Cells of the rows that are open, innermost last: a table may stand in a cell.
    rows: Vec<Vec<String>>,
    pub(super) cut: bool,
    last: Kind,
}

/// What a paragraph is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Kind {
    #[default]
    Plain,
    /// An item of a list.
    Item,
    /// A row of a table.
    Row,
}

impl Paper {
    pub(super) fn push(&mut self, text: &str) {
        if self.done.len() + self.now.len() + text.len() > MAX_TEXT {
            self.cut = true;
        } else {
            self.now.push_str(text);
        }
    }

    /// Ends a paragraph.
    pub(super) fn end(&mut self, kind: Kind) {
        let text = std::mem::take(&mut self.now);
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        if let Some(cell) = self.rows.last_mut().and_then(|row| row.last_mut()) {
            if !cell.is_empty() {
                cell.push(' ');
            }
            cell.push_str(&text.split_whitespace().collect::<Vec<_>>().join(" "));
            return;
        }
        let text = if kind == Kind::Item && !super::super::tidy::is_list_item(text) {
            format!("• {text}")
        } else {
            text.to_owned()
        };
        self.line(&text, kind);
    }

    fn line(&mut self, text: &str, kind: Kind) {
        if !self.done.is_empty() {
            let together = kind != Kind::Plain && kind == self.last;
            // A list begins right below the line that announces it.
            let announced =
                kind == Kind::Item && self.last == Kind::Plain && self.done.ends_with(':');
            self.done
                .push_str(if together || announced { "\n" } else { "\n\n" });
        }
        self.done.push_str(text);
        self.last = kind;
    }

    pub(super) fn begin_row(&mut self) {
        self.end(Kind::Plain);
        if self.rows.len() < 64 {
            self.rows.push(Vec::new());
        }
    }

    pub(super) fn begin_cell(&mut self) {
        if let Some(row) = self.rows.last_mut() {
            row.push(String::new());
        }
    }

    pub(super) fn end_row(&mut self) {
        self.end(Kind::Plain);
        let Some(row) = self.rows.pop() else {
            return;
        };
        let row: Vec<String> = row.into_iter().filter(|cell| !cell.is_empty()).collect();
        if row.is_empty() {
            return;
        }
        let row = row.join(" | ");
        if let Some(cell) = self.rows.last_mut().and_then(|row| row.last_mut()) {
            if !cell.is_empty() {
                cell.push(' ');
            }
            cell.push_str(&row);
        } else {
            self.line(&row, Kind::Row);
        }
    }

    pub(super) fn finish(mut self) -> (String, bool) {
        self.end(Kind::Plain);
        while !self.rows.is_empty() {
            self.end_row();
        }
        (self.done, self.cut)
    }
}
