//! Office documents: a zip file of XML.

mod archive;
mod docx;
mod metadata;
mod odt;
mod paper;

use self::archive::Archive;
use super::{Raw, Unreadable};

/// Reads Office Open XML text (ECMA-376).
pub(super) fn docx(bytes: &[u8]) -> Result<Raw, Unreadable> {
    docx::read(&mut Archive::open(bytes)?)
}

/// Reads Open Document text (ISO/IEC 26300).
pub(super) fn odt(bytes: &[u8]) -> Result<Raw, Unreadable> {
    odt::read(&mut Archive::open(bytes)?)
}
