//! `VESTI_SECTION__KEY` in the environment stands above `section.key` in `vesti.toml`.

use super::problem::{Problem, Report, nearest};
use super::table::Overrides;

const PREFIX: &str = "VESTI_";

/// The variables of this process that concern vesti. Values that are not UTF-8 are made so, and then found wrong.
pub fn environment() -> impl Iterator<Item = (String, String)> {
    std::env::vars_os().filter_map(|(name, value)| {
        let name = name.into_string().ok()?;
        let ours = name.starts_with(PREFIX);
        ours.then(|| (name, value.to_string_lossy().into_owned()))
    })
}

/// The variable that overrides a key.
pub(super) fn variable(section: &str, key: &str) -> String {
    format!("{PREFIX}{section}__{key}").to_ascii_uppercase()
}

/// All overrides, each taken by the section that it is for.
#[derive(Debug, Default)]
pub(super) struct Environment {
    /// Section, key, variable, value.
    left: Vec<(String, String, String, String)>,
}

impl Environment {
    /// Those of the variables that name a section and a key.
    pub fn new(variables: impl Iterator<Item = (String, String)>) -> Self {
        let mut left: Vec<_> = variables
            .filter_map(|(variable, value)| {
                let name = variable.strip_prefix(PREFIX)?.to_ascii_lowercase();
                let (section, key) = name.split_once("__")?;
                Some((section.to_owned(), key.to_owned(), variable, value))
            })
            .collect();
        left.sort();
        Self { left }
    }

    /// Takes out what is for one section.
    pub fn take(&mut self, section: &str) -> Overrides {
        let (ours, left) = std::mem::take(&mut self.left)
            .into_iter()
            .partition(|(of, ..)| of == section);
        self.left = left;
        let ours: Vec<_> = ours;
        ours.into_iter()
            .map(|(_, key, variable, value)| (key, (variable, value)))
            .collect()
    }

    /// Notes what is left over: variables for sections that do not exist.
    pub fn finish(self, sections: &[&str], report: &Report) {
        for (section, key, variable, _) in self.left {
            let hint = match nearest(&section, sections.iter().copied()) {
                Some(name) => format!("did you mean “{}”?", self::variable(name, &key)),
                None => format!("sections are {}", sections.join(", ")),
            };
            report.add(Problem {
                file: variable,
                line: None,
                column: None,
                message: format!("there is no section “{section}” in the settings"),
                hint: Some(hint),
            });
        }
    }
}
