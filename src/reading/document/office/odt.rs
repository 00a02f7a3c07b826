//! Open Document text: `content.xml`.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::super::{Raw, Unreadable};
use super::archive::Archive;
use super::docx::{attribute, entity};
use super::metadata;
use super::paper::{Kind, Paper};

/// Most spaces that one element stands for.
const MAX_SPACES: usize = 100;

pub(super) fn read(archive: &mut Archive<'_>) -> Result<Raw, Unreadable> {
    let encrypted = archive
        .part("META-INF/manifest.xml")?
        .is_some_and(|manifest| manifest.contains("encryption-data"));
    if encrypted {
        return Err(Unreadable::Locked);
    }
    let content = archive.part("content.xml")?.ok_or(Unreadable::Damaged)?;
    let pictures = archive.names().any(|name| name.starts_with("Pictures/"));
    let (text, cut) = body(&content);
    let mut raw = Raw {
        text,
        pictures,
        cut,
        ..Raw::default()
    };
    if let Ok(Some(meta)) = archive.part("meta.xml") {
        metadata::fill(&mut raw, &meta);
        raw.pages = pages(&meta);
    }
    Ok(raw)
}

fn body(xml: &str) -> (String, bool) {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    let mut paper = Paper::default();
    let (mut hidden, mut inside, mut lists) = (0_usize, 0_usize, 0_usize);
    let kind = |lists: usize| if lists > 0 { Kind::Item } else { Kind::Plain };
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                if hidden > 0 {
                    hidden += 1;
                    continue;
                }
                match tag.local_name().as_ref() {
                    "tracked-changes" | "annotation" | "script" | "note-citation"
                    | "binary-data" => hidden = 1,
                    "p" | "h" => {
                        // A paragraph within another stands in a note or a frame.
                        if inside > 0 {
                            paper.push(" ");
                        }
                        inside += 1;
                    }
                    "list" => lists += 1,
                    "table-row" => paper.begin_row(),
                    "table-cell" => paper.begin_cell(),
                    name => mark(name, &tag, &mut paper),
                }
            }
            Ok(Event::Empty(tag)) if hidden == 0 => {
                mark(tag.local_name().as_ref(), &tag, &mut paper);
            }
            Ok(Event::End(tag)) => {
                if hidden > 0 {
                    hidden -= 1;
                    continue;
                }
                match tag.local_name().as_ref() {
                    "p" | "h" => {
                        inside = inside.saturating_sub(1);
                        if inside == 0 {
                            paper.end(kind(lists));
                        } else {
                            paper.push(" ");
                        }
                    }
                    "list" => lists = lists.saturating_sub(1),
                    "table-row" => paper.end_row(),
                    _ => {}
                }
            }
            Ok(Event::Text(text)) if inside > 0 && hidden == 0 => {
                paper.push(&text.xml10_content());
            }
            Ok(Event::GeneralRef(reference)) if inside > 0 && hidden == 0 => {
                paper.push(&entity(&reference));
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    paper.finish()
}

fn mark(name: &str, tag: &BytesStart<'_>, paper: &mut Paper) {
    match name {
        "s" => {
            let count = attribute(tag, "c")
                .and_then(|count| count.parse().ok())
                .unwrap_or(1);
            paper.push(&" ".repeat(MAX_SPACES.min(count)));
        }
        "tab" => paper.push("\t"),
        "line-break" => paper.push("\n"),
        _ => {}
    }
}

fn pages(meta: &str) -> Option<u32> {
    let (_, rest) = meta.split_once("page-count=\"")?;
    rest.split(|c: char| !c.is_ascii_digit())
        .next()?
        .parse()
        .ok()
}
