//! `vesti lang`

use std::io::{BufRead, BufWriter, Write};

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

use super::Context;
use crate::domain::Language;
use crate::understanding::language::detect;

/// JSON Lines {"text", "hint"} in, {"lang", "confidence"} out.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// A line in. Other keys are left alone.
#[derive(Deserialize)]
struct Question {
    text: String,
    #[serde(default)]
    hint: Hints,
}

/// What the text is likely to be in: one tag, several, or none.
#[derive(Deserialize, Default)]
#[serde(untagged)]
enum Hints {
    Several(Vec<String>),
    One(String),
    #[default]
    None,
}

/// A line out.
#[derive(Serialize)]
struct Answer {
    lang: Option<Language>,
    confidence: Option<f32>,
}

pub(super) fn run(_args: &Args, _context: &Context) -> anyhow::Result<()> {
    let input = std::io::stdin().lock();
    let mut output = BufWriter::new(std::io::stdout().lock());
    answer_all(input, &mut output)?;
    output.flush().context("cannot write the answers")
}

fn answer_all(input: impl BufRead, output: &mut impl Write) -> anyhow::Result<()> {
    for (index, line) in input.lines().enumerate() {
        let number = index + 1;
        let line = line.with_context(|| {
            format!("line {number} of standard input cannot be read (is it UTF-8?)")
        })?;
        if line.trim().is_empty() {
            continue;
        }
        let question: Question = serde_json::from_str(&line).with_context(|| {
            format!("line {number} of standard input is not an object such as {{\"text\": \"…\", \"hint\": [\"ro\"]}}")
        })?;
        let tags = match &question.hint {
            Hints::Several(tags) => tags.as_slice(),
            Hints::One(tag) => std::slice::from_ref(tag),
            Hints::None => &[],
        };
        let hints: Vec<Language> = tags
            .iter()
            .filter_map(|tag| Language::from_tag(tag))
            .collect();
        let found = detect(&question.text, &hints, None);
        let answer = Answer {
            lang: found.map(|found| found.lang),
            confidence: found.map(|found| found.confidence),
        };
        serde_json::to_writer(&mut *output, &answer).context("cannot write the answers")?;
        writeln!(output).context("cannot write the answers")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run_on(input: &str) -> anyhow::Result<String> {
        let mut output = Vec::new();
        answer_all(input.as_bytes(), &mut output)?;
        Ok(String::from_utf8(output)?)
    }

    #[test]
    fn every_line_is_answered_with_null_where_there_is_no_telling() {
        let output = run_on(
            "{\"text\": \"Asociația a lansat un apel pentru proiecte\", \"hint\": [\"ro-MD\"]}\n\
             {\"text\": \"12.03.2024\"}\n\
             {\"text\": \"Biedrība aicina pieteikties brīvprātīgos\", \"hint\": \"lv\", \"n\": 7}\n\
             {\"text\": \"\", \"hint\": null}\n",
        )
        .unwrap();
        let langs: Vec<serde_json::Value> = output
            .lines()
            .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["lang"].clone())
            .collect();
        assert_eq!(
            langs,
            [
                serde_json::json!("ro"),
                serde_json::Value::Null,
                serde_json::json!("lv"),
                serde_json::Value::Null
            ]
        );
    }

    #[test]
    fn a_bad_line_is_named() {
        let error = run_on("{\"text\": \"a\"}\nnot json\n").unwrap_err();
        assert!(error.to_string().contains("line 2"), "{error}");
    }
}
