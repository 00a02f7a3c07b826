//! Documents: PDF, DOCX, ODT and RTF to paragraphs of text.
//!
//! Whatever is read here was sent by strangers. The work is bounded by [`MAX_PAGES`] and [`MAX_TEXT`] and by the budgets of
//! each format, but the libraries underneath make no promise about memory: whoever runs this in a service does so in a
//! process of its own with limits.

mod article;
mod form;
mod office;
mod pdf;
mod rtf;
mod tidy;
mod title;

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

use crate::domain::MAX_TEXT;

pub use form::Form;

/// Most pages read of a document; what follows is left out and [`Document::cut`] says so.
pub const MAX_PAGES: usize = 1_000;

/// What a document says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// What kind of file it is.
    pub form: Form,
    /// Its title: the one it declares, unless that is a file name or a programme's; else its first heading.
    pub title: Option<String>,
    /// Who wrote it, as declared.
    pub author: Option<String>,
    /// When it was made, as declared, in the clock time of its maker.
    pub created: Option<DateTime>,
    /// Paragraphs parted by blank lines, list items and table rows on lines of their own; at most [`MAX_TEXT`] bytes.
    pub text: String,
    /// How many pages it has, where it says.
    pub pages: Option<u32>,
    /// Its pages are pictures without a text layer.
    pub scanned: bool,
    /// There is more text than was read.
    pub cut: bool,
}

/// Why a document cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Unreadable {
    /// None of the forms known here.
    #[error("is no document that can be read: PDF, DOCX, ODT and RTF can")]
    Unknown,
    /// The Word format of before 2007.
    #[error("is an old Word document (.doc), which cannot be read; DOCX, ODT, RTF and PDF can")]
    OldWord,
    /// Encrypted, and no password is known.
    #[error("is locked with a password")]
    Locked,
    /// Broken beyond repair.
    #[error("is damaged")]
    Damaged,
    /// It unpacks to more than is read.
    #[error("is too large")]
    TooLarge,
}

/// What is read from a file before it is tidied.
#[derive(Debug, Default)]
struct Raw {
    title: Option<String>,
    author: Option<String>,
    created: Option<DateTime>,
    text: String,
    pages: Option<u32>,
    pictures: bool,
    cut: bool,
}

/// Reads a document. What it is, is told by its bytes, not by its name or by what the server calls it.
///
/// # Errors
/// [`Unreadable`], with a sentence for people.
pub fn read(bytes: &[u8]) -> Result<Document, Unreadable> {
    let form = Form::of(bytes).ok_or(Unreadable::Unknown)?;
    let mut raw = match form {
        Form::Pdf => pdf::read(bytes)?,
        Form::Docx => office::docx(bytes)?,
        Form::Odt => office::odt(bytes)?,
        Form::Rtf => rtf::read(bytes)?,
        Form::Doc => return Err(Unreadable::OldWord),
    };
    let mut text = tidy::text(&raw.text);
    if text.len() > MAX_TEXT {
        text.truncate(text.floor_char_boundary(MAX_TEXT));
        raw.cut = true;
    }
    // A stray page number on a page of pictures is no text layer.
    let letters = text
        .chars()
        .filter(|c| c.is_alphabetic())
        .take(1_000)
        .count();
    let scanned = raw.pictures && letters < 10 * raw.pages.unwrap_or(1).clamp(1, 100) as usize;
    Ok(Document {
        form,
        title: title::choose(raw.title.as_deref(), &text),
        author: raw.author.as_deref().and_then(title::author),
        created: raw.created,
        text,
        pages: raw.pages,
        scanned,
        cut: raw.cut,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Unreadable, read};

    proptest! {
        #[test]
        fn any_rtf_is_read_or_refused(body in r"(\\[a-z]{1,8}-?[0-9]{0,6}|[{}]|\\'[0-9a-f]{0,2}|[a-z ț]|\\){0,60}") {
            match read(format!("{{\\rtf1 {body}").as_bytes()) {
                Ok(document) => prop_assert!(!document.text.contains('\0')),
                Err(error) => prop_assert_eq!(error, Unreadable::Damaged),
            }
        }

        #[test]
        fn any_content_of_a_page_is_read(
            body in r"(BT|ET|q|Q|Tj|TJ|Td|Tm|Tf|Tr|Do|BDC|EMC|/F|/X|<<|>>|\[|\]|\([a-z^`]{0,5}\)|-?[0-9]{1,9}(\.[0-9])?| |\n){0,80}"
        ) {
            let page = format!(
                "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n\
                 2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n\
                 3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
                 /Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>\nendobj\n\
                 4 0 obj\n<< /Length {} >>\nstream\n{body}\nendstream\nendobj\ntrailer << /Root 1 0 R >>\n",
                body.len()
            );
            let document = read(page.as_bytes());
            prop_assert!(document.is_ok(), "{document:?}");
        }
    }
}
