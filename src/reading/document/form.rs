//! Telling what kind of file it is.

use memchr::memmem;
use serde::{Deserialize, Serialize};

/// Kinds of documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// Portable Document Format.
    Pdf,
    /// Office Open XML, text.
    Docx,
    /// Open Document Format, text.
    Odt,
    /// Rich Text Format.
    Rtf,
    /// The compound file of Word 97 to 2003; told, not read.
    Doc,
}

/// Where readers look for the signature of a PDF that something else stands before (ISO 32000-1, annex H, note 13).
const PDF_WITHIN: usize = 1024;

impl Form {
    /// What these bytes are, whatever anybody calls them.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let head = &bytes[..bytes.len().min(PDF_WITHIN)];
        if bytes.starts_with(b"PK\x03\x04") {
            return zipped(bytes);
        }
        if head.trim_ascii_start().starts_with(b"{\\rtf") {
            return Some(Self::Rtf);
        }
        if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
            return Some(Self::Doc);
        }
        let at = memmem::find(head, b"%PDF-")?;
        // A page that speaks about the format is no such file.
        let before = head[..at].trim_ascii();
        (!before.starts_with(b"<")).then_some(Self::Pdf)
    }

    /// What a media type promises, where it promises one of these.
    #[must_use]
    pub fn of_type(content_type: &str) -> Option<Self> {
        let essence = content_type.split(';').next().unwrap_or_default().trim();
        match essence.to_ascii_lowercase().as_str() {
            "application/pdf" | "application/x-pdf" | "application/acrobat" | "text/pdf" => {
                Some(Self::Pdf)
            }
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
            | "application/vnd.openxmlformats-officedocument.wordprocessingml.template"
            | "application/vnd.ms-word.document.macroenabled.12" => Some(Self::Docx),
            "application/vnd.oasis.opendocument.text" => Some(Self::Odt),
            "application/rtf" | "text/rtf" | "text/richtext" => Some(Self::Rtf),
            "application/msword" => Some(Self::Doc),
            _ => None,
        }
    }

    /// Its registered media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Rtf => "application/rtf",
            Self::Doc => "application/msword",
        }
    }

    /// What the end of a file's name promises.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "pdf" => Some(Self::Pdf),
            "docx" | "docm" | "dotx" => Some(Self::Docx),
            "odt" | "ott" => Some(Self::Odt),
            "rtf" => Some(Self::Rtf),
            "doc" => Some(Self::Doc),
            _ => None,
        }
    }
}

/// Both zipped formats name their main part in the directory, which holds names in the clear.
fn zipped(bytes: &[u8]) -> Option<Form> {
    if memmem::find(
        &bytes[..bytes.len().min(200)],
        b"application/vnd.oasis.opendocument.text",
    )
    .is_some()
    {
        return Some(Form::Odt);
    }
    memmem::find(bytes, b"word/").map(|_| Form::Docx)
}

#[cfg(test)]
mod tests {
    use super::Form;

    #[test]
    fn bytes_tell() {
        assert_eq!(Form::of(b"%PDF-1.7\n"), Some(Form::Pdf));
        assert_eq!(Form::of(b"\r\n\r\n%PDF-1.4"), Some(Form::Pdf));
        assert_eq!(Form::of(b"{\\rtf1\\ansi"), Some(Form::Rtf));
        assert_eq!(
            Form::of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...."),
            Some(Form::Doc)
        );
        assert_eq!(
            Form::of(b"PK\x03\x04....word/document.xml"),
            Some(Form::Docx)
        );
        assert_eq!(Form::of(b"PK\x03\x04....xl/workbook.xml"), None);
        assert_eq!(Form::of(b"<html><p>Files begin with %PDF-1.7</p>"), None);
        assert_eq!(Form::of(b""), None);
    }

    #[test]
    fn types_and_names_promise() {
        assert_eq!(
            Form::of_type("Application/PDF; charset=binary"),
            Some(Form::Pdf)
        );
        assert_eq!(Form::of_type("text/html"), None);
        assert_eq!(Form::of_name("/a/Apel.PDF"), Some(Form::Pdf));
        assert_eq!(Form::of_name("/a/apel"), None);
    }
}
