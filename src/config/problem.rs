use std::cell::RefCell;
use std::fmt;

/// Something that is wrong with the configuration: where, what, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file as the person named it, or the name of the environment variable.
    pub file: String,
    /// The line, from 1, where it can be told.
    pub line: Option<usize>,
    /// The character in the line, from 1.
    pub column: Option<usize>,
    /// What is wrong, in one line.
    pub message: String,
    /// What would be right.
    pub hint: Option<String>,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}", self.message)?;
        match &self.hint {
            Some(hint) => write!(f, ": {hint}"),
            None => Ok(()),
        }
    }
}

/// Everything that is wrong with the configuration, in the order of the files and lines; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// All of them.
    #[must_use]
    pub fn as_slice(&self) -> &[Problem] {
        &self.0
    }

    /// The first one, and how many more there are: for where only one line can be shown.
    #[must_use]
    pub fn summary(&self) -> String {
        let first = self.0.first().map(ToString::to_string).unwrap_or_default();
        match self.0.len() {
            0 | 1 => first,
            count => format!("{first} (and {} more; “vesti check” shows all)", count - 1),
        }
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            problem.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}

/// Most problems listed for one file: whoever meets more has a damaged file, not a list to work through.
const MAX_PER_FILE: usize = 1_000;

/// Collects problems while files are read, so that one run finds them all.
#[derive(Debug, Default)]
pub(super) struct Report {
    found: RefCell<Vec<Problem>>,
}

impl Report {
    /// Notes a problem. What it quotes is made harmless: no control and no bidirectional characters.
    pub fn add(&self, mut problem: Problem) {
        problem.message = harmless(&problem.message);
        problem.hint = problem.hint.map(|hint| harmless(&hint));
        self.found.borrow_mut().push(problem);
    }

    /// Problems if there are any. Within a file they stand in the order of its lines; the files stay in the order
    /// in which they were first reported.
    pub fn into_problems(self) -> Option<Problems> {
        let found = self.found.into_inner();
        if found.is_empty() {
            return None;
        }
        let mut files: Vec<(String, Vec<Problem>)> = Vec::new();
        for problem in found {
            match files.iter_mut().find(|(file, _)| *file == problem.file) {
                Some((_, list)) => list.push(problem),
                None => files.push((problem.file.clone(), vec![problem])),
            }
        }
        let mut sorted = Vec::new();
        for (file, mut list) in files {
            list.sort_by_key(|problem| (problem.line, problem.column));
            let more = list.len().saturating_sub(MAX_PER_FILE);
            list.truncate(MAX_PER_FILE);
            sorted.append(&mut list);
            if more > 0 {
                sorted.push(Problem {
                    file,
                    line: None,
                    column: None,
                    message: format!("{more} more problems, which are not shown"),
                    hint: None,
                });
            }
        }
        Some(Problems(sorted))
    }
}

/// What is wrong with one value; the place is added by whoever knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wrong {
    pub message: String,
    pub hint: Option<String>,
}

impl Wrong {
    pub fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            hint: Some(hint.into()),
        }
    }
}

impl From<String> for Wrong {
    fn from(message: String) -> Self {
        Self {
            message,
            hint: None,
        }
    }
}

/// A value in quotation marks, cut to a length that fits a line.
pub(super) fn quote(text: &str) -> String {
    const MOST: usize = 60;
    if text.chars().nth(MOST).is_some() {
        let start: String = text.chars().take(MOST).collect();
        format!("“{start}…”")
    } else {
        format!("“{text}”")
    }
}

/// Whether a character could move the cursor or turn the direction of a terminal's line.
pub(super) fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{61c}')
}

fn harmless(text: &str) -> String {
    text.chars()
        .map(|c| if is_unsafe(c) { '\u{fffd}' } else { c })
        .collect()
}

/// The name among `known` that was probably meant by `written`, if any is near enough.
pub(super) fn nearest<'k>(
    written: &str,
    known: impl IntoIterator<Item = &'k str>,
) -> Option<&'k str> {
    let plain = |text: &str| text.trim().to_lowercase().replace('-', "_");
    let written: Vec<char> = plain(written).chars().collect();
    if written.len() > 64 {
        return None;
    }
    known
        .into_iter()
        .map(|name| {
            let name_chars: Vec<char> = plain(name).chars().collect();
            (distance(&written, &name_chars), name)
        })
        .filter(|(distance, name)| *distance <= (name.chars().count() / 3).max(1))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours, each counting one.
fn distance(one: &[char], other: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (row, a) in one.iter().enumerate() {
        let mut line = vec![row + 1];
        for (column, b) in other.iter().enumerate() {
            let mut best = (last[column] + usize::from(a != b))
                .min(last[column + 1] + 1)
                .min(line[column] + 1);
            let swapped = row > 0 && column > 0 && one[row - 1] == *b && other[column - 1] == *a;
            if swapped {
                best = best.min(before[column - 1] + 1);
            }
            line.push(best);
        }
        before = std::mem::replace(&mut last, line);
    }
    last.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_find_the_name_that_was_meant() {
        let known = ["name", "url", "country", "languages", "host_delay"];
        for (written, meant) in [
            ("nmae", Some("name")),
            ("Name", Some("name")),
            ("urls", Some("url")),
            ("host-delay", Some("host_delay")),
            ("hostdelay", Some("host_delay")),
            ("language", Some("languages")),
            ("colour_of_the_sky", None),
            ("", None),
        ] {
            assert_eq!(nearest(written, known), meant, "{written}");
        }
    }

    #[test]
    fn what_is_quoted_cannot_drive_the_terminal() {
        let report = Report::default();
        report.add(Problem {
            file: "a".into(),
            line: Some(3),
            column: None,
            message: quote("x\u{1b}[2J\u{202e}y\nz"),
            hint: None,
        });
        let text = report.into_problems().unwrap().to_string();
        assert_eq!(text, "a:3: “x\u{fffd}[2J\u{fffd}y\u{fffd}z”");
    }

    #[test]
    fn problems_stand_in_the_order_of_lines() {
        let report = Report::default();
        for (file, line) in [("b", 9), ("a", 2), ("b", 1)] {
            report.add(Problem {
                file: file.into(),
                line: Some(line),
                column: None,
                message: "m".into(),
                hint: None,
            });
        }
        let problems = report.into_problems().unwrap();
        assert_eq!(problems.to_string(), "b:1: m\nb:9: m\na:2: m");
        assert!(problems.summary().starts_with("b:1: m (and 2 more"));
    }
}
