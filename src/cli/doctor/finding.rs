//! What was found, each in a plain sentence with what to do next.

use std::fmt::Write as _;

use serde::Serialize;

use super::Check;

/// How it stands with something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Verdict {
    /// Well.
    Ok,
    /// It works, but somebody should look at it.
    Warning,
    /// It does not work.
    Fault,
}

/// One line of the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Finding {
    pub check: Check,
    pub verdict: Verdict,
    pub says: String,
    /// What to do next.
    pub advice: Option<String>,
}

/// All that was found.
#[derive(Debug, Default)]
pub(super) struct Findings {
    only: Vec<Check>,
    pub all: Vec<Finding>,
}

impl Findings {
    /// Keeps what is found about these things, or about all.
    pub fn new(only: Vec<Check>) -> Self {
        Self {
            only,
            all: Vec::new(),
        }
    }

    /// Whether anybody wants to know.
    pub fn wants(&self, check: Check) -> bool {
        self.only.is_empty() || self.only.contains(&check)
    }

    /// Whether it was asked for by name.
    pub fn names(&self, check: Check) -> bool {
        self.only.contains(&check)
    }

    pub fn ok(&mut self, check: Check, says: impl Into<String>) {
        self.add(check, Verdict::Ok, says.into(), None);
    }

    pub fn warn(&mut self, check: Check, says: impl Into<String>, advice: impl Into<String>) {
        self.add(check, Verdict::Warning, says.into(), Some(advice.into()));
    }

    pub fn fault(&mut self, check: Check, says: impl Into<String>, advice: impl Into<String>) {
        self.add(check, Verdict::Fault, says.into(), Some(advice.into()));
    }

    fn add(&mut self, check: Check, verdict: Verdict, says: String, advice: Option<String>) {
        if self.wants(check) {
            self.all.push(Finding {
                check,
                verdict,
                says,
                advice,
            });
        }
    }

    /// How many of a kind there are.
    pub fn count(&self, verdict: Verdict) -> usize {
        let all = self.all.iter();
        all.filter(|finding| finding.verdict == verdict).count()
    }

    /// For people: what is wrong stands last, where the eye falls.
    pub fn text(&self) -> String {
        let mut out = String::new();
        for wanted in [Verdict::Ok, Verdict::Warning, Verdict::Fault] {
            for finding in self.all.iter().filter(|found| found.verdict == wanted) {
                let mark = match wanted {
                    Verdict::Ok => "ok     ",
                    Verdict::Warning => "warning",
                    Verdict::Fault => "FAULT  ",
                };
                let name = format!("{:?}", finding.check).to_lowercase();
                // Further lines stand under the first.
                let says = finding.says.replace('\n', "\n           ");
                let _ = writeln!(out, "{mark} {name}: {says}");
                if let Some(advice) = &finding.advice {
                    let _ = writeln!(out, "        → {advice}");
                }
            }
        }
        out
    }
}
