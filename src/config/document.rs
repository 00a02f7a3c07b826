//! A configuration file as text, and where in it things stand.

use std::fs::File;
use std::io::{ErrorKind, Read as _};
use std::ops::Range;
use std::path::Path;

use super::problem::{Problem, Report, Wrong};

/// Largest configuration file that is read, in bytes: a hundred times what anybody writes by hand.
const MAX_BYTES: u64 = 4 << 20;

/// A file that was read, and is UTF-8.
#[derive(Debug)]
pub(super) struct Document {
    /// The path as the person gave it.
    pub file: String,
    /// What is in it, without a byte order mark.
    pub text: String,
    /// Where each line starts.
    starts: Vec<usize>,
}

/// What became of opening a file.
#[derive(Debug)]
pub(super) enum Opened {
    /// There is none.
    Missing,
    /// There is one, but its problem has been reported.
    Unreadable,
    /// Here it is.
    Read(Document),
}

impl Document {
    /// A document from text.
    pub fn new(file: impl Into<String>, text: String) -> Self {
        let text = match text.strip_prefix('\u{feff}') {
            Some(rest) => rest.to_owned(),
            None => text,
        };
        let starts = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| at + 1))
            .collect();
        Self {
            file: file.into(),
            text,
            starts,
        }
    }

    /// Reads a file; whatever is wrong with it goes to the report.
    pub fn open(path: &Path, report: &Report) -> Opened {
        let file = path.display().to_string();
        let unreadable = |line, message: String, hint: Option<String>| {
            report.add(Problem {
                file: file.clone(),
                line,
                column: None,
                message,
                hint,
            });
            Opened::Unreadable
        };
        let mut bytes = Vec::new();
        let read =
            File::open(path).and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut bytes));
        match read {
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::NotFound => return Opened::Missing,
            Err(error) if error.kind() == ErrorKind::PermissionDenied => {
                return unreadable(
                    None,
                    "the file may not be read".into(),
                    Some("give the account that runs vesti the right to read it".into()),
                );
            }
            Err(error) if error.kind() == ErrorKind::IsADirectory => {
                return unreadable(
                    None,
                    "this is a folder, not a file".into(),
                    Some("name the file in it".into()),
                );
            }
            Err(error) => return unreadable(None, format!("cannot be read: {error}"), None),
        }
        if bytes.len() as u64 > MAX_BYTES {
            return unreadable(
                None,
                format!("the file is larger than {} MiB", MAX_BYTES >> 20),
                Some("is it the right one?".into()),
            );
        }
        if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
            return unreadable(
                None,
                "the file is in UTF-16".into(),
                Some("save it as UTF-8".into()),
            );
        }
        match String::from_utf8(bytes) {
            Ok(text) => Opened::Read(Self::new(file, text)),
            Err(error) => {
                let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
                let line = good.split(|byte| *byte == b'\n').count();
                unreadable(
                    Some(line),
                    "the file is not UTF-8".into(),
                    Some("save it as UTF-8".into()),
                )
            }
        }
    }

    /// Line and column, both from 1, of a place in the text.
    pub fn place(&self, offset: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = line.checked_sub(1).map_or(0, |line| self.starts[line]);
        let column = self
            .text
            .get(start..offset)
            .map_or(1, |before| before.chars().count() + 1);
        (line, column)
    }

    /// Notes what is wrong with a line of this file.
    pub fn report_line(&self, report: &Report, line: usize, wrong: Wrong) {
        report.add(Problem {
            file: self.file.clone(),
            line: Some(line),
            column: None,
            message: wrong.message,
            hint: wrong.hint,
        });
    }

    /// Notes what is wrong at a place of this file.
    pub fn report(&self, report: &Report, at: &Range<usize>, wrong: Wrong) {
        let (line, column) = self.place(at.start);
        report.add(Problem {
            file: self.file.clone(),
            line: Some(line),
            column: Some(column),
            message: wrong.message,
            hint: wrong.hint,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_in_lines_and_characters() {
        let document = Document::new("x", "\u{feff}ab\r\nșț = 1\n".into());
        assert_eq!(document.place(0), (1, 1));
        assert_eq!(document.place(4), (2, 1));
        assert_eq!(document.place(8), (2, 3));
        assert_eq!(document.place(document.text.len()), (3, 1));
        assert_eq!(document.place(10_000), (3, 1));
    }

    #[test]
    fn a_file_that_is_no_text_gets_a_plain_message() {
        let folder = tempfile::tempdir().unwrap();
        for (bytes, message) in [
            (
                b"a = 1\nb = \"\xe2\x28\"\n".to_vec(),
                ":2: the file is not UTF-8",
            ),
            (b"\xff\xfea\0".to_vec(), "UTF-16"),
            (vec![b' '; MAX_BYTES as usize + 1], "larger than 4 MiB"),
        ] {
            let path = folder.path().join("vesti.toml");
            std::fs::write(&path, bytes).unwrap();
            let report = Report::default();
            assert!(matches!(Document::open(&path, &report), Opened::Unreadable));
            let text = report.into_problems().unwrap().to_string();
            assert!(text.contains(message), "{text}");
        }
        let report = Report::default();
        assert!(matches!(
            Document::open(folder.path(), &report),
            Opened::Unreadable
        ));
        assert!(
            report
                .into_problems()
                .unwrap()
                .to_string()
                .contains("folder")
        );
        let report = Report::default();
        let missing = folder.path().join("none");
        assert!(matches!(Document::open(&missing, &report), Opened::Missing));
    }
}
