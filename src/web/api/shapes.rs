//! The JSON of items and results. What is written here is the contract with programs.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use crate::delivery::{ItemJson, MatterJson, SourceRef, instant};
use crate::domain::{Edit, Item, ItemState, Language, SearchRequest, Version};
use crate::search::{Facets, Interpreted};
use crate::web::context::Context;
use crate::web::find::{Found, Relatives};

/// One announcement with everything that is known of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WholeItemJson {
    #[serde(flatten)]
    item: ItemJson,
    /// When the source took it back; null while it stands.
    #[schema(format = "date-time")]
    withdrawn: Option<String>,
    /// The other items that tell the same story, oldest first.
    copies: Vec<CopyJson>,
    /// The item by which its source replaced it.
    newer: Option<CopyJson>,
    /// The same in easy language; in full, where the item itself is in easy language.
    easy_to_read: Vec<CopyJson>,
    /// Earlier texts, newest first.
    versions: Vec<VersionJson>,
}

/// Another item.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CopyJson {
    /// Its id.
    id: String,
    /// Where a person reads it.
    #[schema(format = "uri")]
    url: String,
    /// Plain text.
    title: String,
    /// Whose it is.
    source: SourceRef,
    /// When it was published.
    #[schema(format = "date-time")]
    published: Option<String>,
}

/// An earlier text.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VersionJson {
    /// Its number, from 1.
    version: u32,
    /// When it was seen to be replaced.
    #[schema(format = "date-time")]
    replaced_at: String,
    /// The title it had.
    title: String,
    /// The text it had.
    text: String,
    /// What mattered in the edit that replaced it, in the language of the request.
    matters: Vec<MatterJson>,
}

impl WholeItemJson {
    pub(crate) fn new(
        item: &Item,
        copies: &[Item],
        relatives: &Relatives,
        (versions, edits): (Vec<Version>, &[Edit]),
        language: Language,
    ) -> Self {
        let zone = item.country.time_zone();
        let size = u32::try_from(copies.len() + 1).unwrap_or(u32::MAX);
        Self {
            item: ItemJson::with_text(item, size),
            withdrawn: match item.state {
                ItemState::Live => None,
                ItemState::Withdrawn(at) => Some(instant(at)),
            },
            copies: copies.iter().map(CopyJson::of).collect(),
            newer: relatives.newer.as_ref().map(CopyJson::of),
            easy_to_read: relatives.easy.iter().map(CopyJson::of).collect(),
            versions: versions
                .into_iter()
                .map(|old| VersionJson {
                    version: old.version,
                    replaced_at: instant(old.replaced_at),
                    matters: edits
                        .iter()
                        .filter(|edit| edit.version == old.version)
                        .flat_map(|edit| &edit.what)
                        .map(|matter| MatterJson::of(matter, language, &zone))
                        .collect(),
                    title: old.title,
                    text: old.text,
                })
                .collect(),
        }
    }
}

impl CopyJson {
    fn of(item: &Item) -> Self {
        Self {
            id: item.id.to_string(),
            url: item.url.to_string(),
            title: item.title.clone(),
            source: SourceRef {
                id: item.source.to_string(),
                name: item.source_name.clone(),
                role: item.role.to_string(),
            },
            published: item.published.map(instant),
        }
    }
}

/// A page of results.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SearchJson {
    /// How many there are in all.
    total: u64,
    /// How long finding them took, in milliseconds.
    pub(crate) took_ms: u64,
    /// This page.
    items: Vec<ItemJson>,
    /// How many there are of each value.
    facets: FacetsJson,
    /// Give it as `cursor` for the next page; null on the last.
    next_cursor: Option<String>,
    /// What was understood of the query.
    interpreted: InterpretedJson,
}

/// How many there are of each value, most frequent first. A facet's own filter does not narrow its own counts.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FacetsJson {
    /// By language.
    lang: Vec<FacetJson>,
    /// By country.
    country: Vec<FacetJson>,
    /// By source.
    source: Vec<FacetJson>,
    /// By role of the source.
    role: Vec<FacetJson>,
    /// By topic.
    topic: Vec<FacetJson>,
    /// By kind.
    kind: Vec<FacetJson>,
}

/// A value of a facet.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FacetJson {
    /// As the parameter takes it.
    #[schema(example = "RO")]
    value: String,
    /// In the language of `ui`.
    #[schema(example = "Romania")]
    label: String,
    /// How many.
    count: u64,
}

/// What was understood of the query.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct InterpretedJson {
    /// The query as it was searched.
    query: String,
    /// Words searched.
    words: Vec<String>,
    /// Phrases searched.
    phrases: Vec<String>,
    /// Words and phrases excluded.
    excluded: Vec<String>,
    /// Words added in other languages, by what they were added for.
    expanded: BTreeMap<String, Vec<String>>,
    /// Spelling offered in place of words that nothing has.
    did_you_mean: Option<String>,
    /// Too few items have all words: those with some of them follow.
    partial: bool,
    /// What could not be taken as meant.
    notes: Vec<String>,
}

impl SearchJson {
    pub(crate) fn new(context: &Context, request: &SearchRequest, found: Found) -> Self {
        let marks = (!request.q.trim().is_empty()).then_some(&found.hits.marks);
        let items = found
            .items
            .iter()
            .map(|item| ItemJson::new(item, found.story_size(item), marks))
            .collect();
        Self {
            total: found.hits.total,
            took_ms: found.took_ms,
            items,
            facets: facets(context, &found.hits.facets),
            next_cursor: found.hits.next_cursor,
            interpreted: found.hits.interpreted.into(),
        }
    }
}

/// Longest text, in characters, and values of a list, where an answer is shown to people.
const SHOWN: (usize, usize) = (160, 2);

impl SearchJson {
    /// The same with long texts cut, and of long lists the beginning.
    pub(crate) fn shortened(mut self) -> Self {
        let cut = |text: &mut String| {
            if let Some((at, _)) = text.char_indices().nth(SHOWN.0) {
                text.truncate(at);
                text.push('…');
            }
        };
        for item in &mut self.items {
            cut(&mut item.excerpt);
            item.highlights.excerpt.iter_mut().for_each(cut);
            item.deadline_evidence.iter_mut().for_each(cut);
            item.attachments.truncate(SHOWN.1);
            item.topics.truncate(SHOWN.1);
        }
        let FacetsJson {
            lang,
            country,
            source,
            role,
            topic,
            kind,
        } = &mut self.facets;
        for list in [lang, country, source, role, topic, kind] {
            list.truncate(SHOWN.1);
        }
        for words in self.interpreted.expanded.values_mut() {
            words.truncate(SHOWN.1);
        }
        self
    }
}

impl From<Interpreted> for InterpretedJson {
    fn from(own: Interpreted) -> Self {
        Self {
            query: own.query,
            words: own.words,
            phrases: own.phrases,
            excluded: own.excluded,
            expanded: own.expanded.into_iter().collect(),
            did_you_mean: own.did_you_mean,
            partial: own.partial,
            notes: own.notes,
        }
    }
}

fn facets(context: &Context, counts: &Facets) -> FacetsJson {
    let list = |name: &str, counts: &[(String, u64)]| {
        counts
            .iter()
            .map(|(value, count)| FacetJson {
                value: value.clone(),
                label: context.label(name, value),
                count: *count,
            })
            .collect()
    };
    FacetsJson {
        lang: list("lang", &counts.lang),
        country: list("country", &counts.country),
        source: list("source", &counts.source),
        role: list("role", &counts.role),
        topic: list("topic", &counts.topic),
        kind: list("kind", &counts.kind),
    }
}
