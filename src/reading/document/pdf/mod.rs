//! PDF (ISO 32000): objects, filters, encryption and fonts are `hayro`'s; what is text, and in which order it is read, is
//! told here.

mod accents;
mod content;
mod fonts;
mod furniture;
mod lines;
mod order;
mod paragraphs;
mod pieces;
mod strings;

use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use self::content::Budget;
use self::fonts::Fonts;
use super::{MAX_PAGES, MAX_TEXT, Raw, Unreadable};

/// Reads a PDF. One that opens with the empty password is opened.
pub(super) fn read(bytes: &[u8]) -> Result<Raw, Unreadable> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::InvalidEncryption) | LoadPdfError::Invalid => {
            Unreadable::Damaged
        }
        LoadPdfError::Decryption(_) => Unreadable::Locked,
    })?;
    let pages = pdf.pages();
    if pages.is_empty() {
        return Err(Unreadable::Damaged);
    }
    let fonts = Fonts::default();
    let mut budget = Budget::default();
    let mut read = Vec::new();
    let mut pictures = false;
    let mut length = 0;
    let mut cut = pages.len() > MAX_PAGES;
    for page in pages.iter().take(MAX_PAGES) {
        let found = content::glyphs(page, &fonts, &mut budget);
        pictures |= found.pictures;
        let page = lines::of_page(found.glyphs, found.width, found.height);
        length += page.lines.iter().map(|line| line.text.len()).sum::<usize>();
        read.push(page);
        if budget.spent() || length > MAX_TEXT {
            cut = true;
            break;
        }
    }
    furniture::remove(&mut read);
    let metadata = pdf.metadata();
    Ok(Raw {
        title: metadata.title.as_deref().map(strings::decode),
        author: metadata.author.as_deref().map(strings::decode),
        created: metadata.creation_date.and_then(strings::date),
        text: paragraphs::text(&read),
        pages: u32::try_from(pages.len()).ok(),
        pictures,
        cut,
    })
}
