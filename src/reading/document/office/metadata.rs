//! What an office document declares about itself: Dublin Core elements in `docProps/core.xml` or `meta.xml`.

use jiff::civil::DateTime;
use quick_xml::Reader;
use quick_xml::events::Event;

use super::super::Raw;

/// Fills in title, author and date of making.
pub(super) fn fill(raw: &mut Raw, xml: &str) {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    let mut name = String::new();
    let mut text = String::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                tag.local_name().as_ref().clone_into(&mut name);
                text.clear();
            }
            Ok(Event::Text(part)) => text.push_str(&part.xml10_content()),
            Ok(Event::GeneralRef(entity)) => text.push_str(&super::docx::entity(&entity)),
            Ok(Event::End(_)) => {
                let said = std::mem::take(&mut text);
                let said = said.trim();
                if !said.is_empty() {
                    match name.as_str() {
                        "title" => raw.title = Some(said.to_owned()),
                        "creator" | "initial-creator" if raw.author.is_none() => {
                            raw.author = Some(said.to_owned());
                        }
                        "created" | "creation-date" => raw.created = date(said),
                        _ => {}
                    }
                }
                name.clear();
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
}

fn date(text: &str) -> Option<DateTime> {
    let bare = text.trim_end_matches('Z');
    let bare = bare.split('.').next().unwrap_or(bare);
    bare.parse::<DateTime>()
        .ok()
        .filter(|date| date.year() >= 1983)
}
