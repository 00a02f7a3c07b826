//! WordprocessingML: `word/document.xml` and the notes.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::super::{Raw, Unreadable};
use super::archive::Archive;
use super::metadata;
use super::paper::{Kind, Paper};

pub(super) fn read(archive: &mut Archive<'_>) -> Result<Raw, Unreadable> {
    let main = match archive.part("word/document.xml")? {
        Some(main) => main,
        None => other_main(archive)?,
    };
    let mut paper = Paper::default();
    body(&main, &mut paper);
    for notes in ["word/footnotes.xml", "word/endnotes.xml"] {
        if let Ok(Some(notes)) = archive.part(notes) {
            body(&notes, &mut paper);
        }
    }
    let pictures = archive.names().any(|name| name.starts_with("word/media/"));
    let (text, cut) = paper.finish();
    let mut raw = Raw {
        text,
        pictures,
        cut,
        ..Raw::default()
    };
    if let Ok(Some(core)) = archive.part("docProps/core.xml") {
        metadata::fill(&mut raw, &core);
    }
    if let Ok(Some(app)) = archive.part("docProps/app.xml") {
        raw.pages = pages(&app);
    }
    Ok(raw)
}

/// Some writers number the main part: `word/document2.xml`.
fn other_main(archive: &mut Archive<'_>) -> Result<String, Unreadable> {
    let name = archive
        .names()
        .find(|name| name.starts_with("word/document") && name.ends_with(".xml"))
        .map(Cow::into_owned)
        .ok_or(Unreadable::Damaged)?;
    archive.part(&name)?.ok_or(Unreadable::Damaged)
}

/// Reads a part. The elements are followed with counters, not with a stack: only a handful matter.
fn body(xml: &str, paper: &mut Paper) {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    let mut kind = Kind::Plain;
    // How deep within something that is not read: deletions, the second telling of a text box, notes' separators.
    let mut hidden = 0_usize;
    // Within `w:t`; text elsewhere is white space or field code.
    let mut said = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                if hidden > 0 {
                    hidden += 1;
                    continue;
                }
                match tag.local_name().as_ref() {
                    "del" | "moveFrom" | "Fallback" | "instrText" | "delText" | "pPrChange"
                    | "rPrChange" => hidden = 1,
                    "footnote" | "endnote" if attribute(&tag, "type").is_some() => hidden = 1,
                    "t" => said = true,
                    "p" => paper.end(std::mem::take(&mut kind)),
                    "tr" => paper.begin_row(),
                    "tc" => paper.begin_cell(),
                    name => mark(name, &tag, paper, &mut kind),
                }
            }
            Ok(Event::Empty(tag)) if hidden == 0 => {
                mark(tag.local_name().as_ref(), &tag, paper, &mut kind);
            }
            Ok(Event::End(tag)) => {
                if hidden > 0 {
                    hidden -= 1;
                    continue;
                }
                match tag.local_name().as_ref() {
                    "t" => said = false,
                    "p" => paper.end(std::mem::take(&mut kind)),
                    "tr" => paper.end_row(),
                    _ => {}
                }
            }
            Ok(Event::Text(text)) if said && hidden == 0 => {
                paper.push(&text.xml10_content());
            }
            Ok(Event::CData(text)) if said && hidden == 0 => {
                paper.push(&text.xml10_content());
            }
            Ok(Event::GeneralRef(reference)) if said && hidden == 0 => {
                paper.push(&entity(&reference));
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    paper.end(kind);
}

/// Elements that stand for a character or say what a paragraph is.
fn mark(name: &str, tag: &BytesStart<'_>, paper: &mut Paper, kind: &mut Kind) {
    match name {
        "tab" | "ptab" => paper.push("\t"),
        "br" | "cr" => paper.push("\n"),
        "noBreakHyphen" => paper.push("-"),
        // Private codes of symbol fonts say nothing; what lies elsewhere is a character.
        "sym" => {
            let code = attribute(tag, "char").and_then(|code| u32::from_str_radix(&code, 16).ok());
            if let Some(c) = code
                .and_then(char::from_u32)
                .filter(|c| !matches!(c, '\u{e000}'..='\u{f8ff}'))
            {
                paper.push(c.encode_utf8(&mut [0; 4]));
            }
        }
        // “0” takes the paragraph out of its style's list.
        "numId" => {
            *kind = if attribute(tag, "val").as_deref() == Some("0") {
                Kind::Plain
            } else {
                Kind::Item
            }
        }
        "pStyle" => {
            let style = attribute(tag, "val").unwrap_or_default();
            if style.starts_with("ListBullet") || style.starts_with("ListNumber") {
                *kind = Kind::Item;
            }
        }
        _ => {}
    }
}

pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    tag.attributes()
        .with_checks(false)
        .take(64)
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == name)
        .map(|attribute| attribute.value.into_owned())
}

/// What a reference says: the five of XML, or a number.
pub(super) fn entity(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return c.to_string();
    }
    match reference.as_ref() {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => "",
    }
    .to_owned()
}

fn pages(xml: &str) -> Option<u32> {
    let (_, rest) = xml.split_once("<Pages>")?;
    rest.split(|c: char| !c.is_ascii_digit())
        .next()?
        .parse()
        .ok()
}
