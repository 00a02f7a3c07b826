//! Lists of articles that a page gives as data (schema.org in JSON-LD).

use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;
use scraper::Html;
use serde_json::Value;
use url::Url;

use super::links::resolved;
use crate::domain::CanonicalUrl;
use crate::reading::text::clean_line;

/// Values that are looked at, of all scripts together.
const MAX_LOOKED: usize = 20_000;
/// A script of more bytes is not read.
const MAX_SCRIPT: usize = 2 << 20;

/// What is said of one article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Declared {
    pub url: Option<Url>,
    pub title: Option<String>,
    pub published: Option<String>,
}

/// The articles by their canonical address, and these addresses in order.
pub(super) fn read(document: &Html, base: &Url) -> (FxHashMap<String, Declared>, Vec<String>) {
    let mut found = FxHashMap::default();
    let mut order = Vec::new();
    let mut looked = 0;
    let scripts = document
        .tree
        .nodes()
        .filter(|node| {
            node.value().as_element().is_some_and(|element| {
                element.name() == "script"
                    && element
                        .attr("type")
                        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json"))
            })
        })
        .take(50);
    for script in scripts {
        let text: String = script
            .children()
            .filter_map(|child| child.value().as_text().map(|text| &**text))
            .collect();
        if text.len() > MAX_SCRIPT {
            continue;
        }
        let Ok(value) = serde_json::from_str::<Value>(&text)
            .or_else(|_| serde_json::from_str(&text.replace(['\n', '\r', '\t'], " ")))
        else {
            continue;
        };
        // serde_json bounds the depth; this walk bounds the number.
        let mut queue = vec![(&value, false)];
        while let Some((value, listed)) = queue.pop() {
            looked += 1;
            if looked > MAX_LOOKED {
                return (found, order);
            }
            match value {
                Value::Array(list) => queue.extend(list.iter().rev().map(|entry| (entry, listed))),
                Value::Object(object) => {
                    let kind = kind_of(value);
                    if kind.contains("Breadcrumb") || kind.contains("Navigation") {
                        continue;
                    }
                    let is_article = kind.ends_with("Article") || kind.ends_with("Posting");
                    let is_entry = kind == "ListItem" && !object.contains_key("item");
                    if listed
                        && (is_article || is_entry)
                        && let Some(declared) = declared(value, base)
                        && let Some(url) = &declared.url
                    {
                        let key = CanonicalUrl::of(url).as_str().to_owned();
                        if let Entry::Vacant(place) = found.entry(key) {
                            order.push(place.key().clone());
                            place.insert(declared);
                        }
                    }
                    let list = listed
                        || kind.ends_with("List")
                        || kind == "Blog"
                        || kind.contains("CollectionPage");
                    for key in [
                        "@graph",
                        "mainEntity",
                        "mainEntityOfPage",
                        "itemListElement",
                        "item",
                        "blogPost",
                        "blogPosts",
                        "hasPart",
                    ] {
                        if let Some(inner) = object.get(key) {
                            // An article on its own is no list.
                            let listed = list
                                || matches!(
                                    key,
                                    "itemListElement" | "blogPost" | "blogPosts" | "hasPart"
                                );
                            queue.push((inner, listed));
                        }
                    }
                }
                _ => {}
            }
        }
    }
    (found, order)
}

fn kind_of(value: &Value) -> String {
    match value.get("@type") {
        Some(Value::String(kind)) => kind.clone(),
        Some(Value::Array(kinds)) => kinds
            .first()
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned(),
        _ => String::new(),
    }
}

fn declared(value: &Value, base: &Url) -> Option<Declared> {
    let text = |name: &str| value.get(name).and_then(Value::as_str);
    let address = text("url").or_else(|| text("@id")).or_else(|| {
        value
            .get("mainEntityOfPage")
            .and_then(|page| page.as_str().or_else(|| page.get("@id")?.as_str()))
    })?;
    Some(Declared {
        url: resolved(address, base),
        title: text("headline")
            .or_else(|| text("name"))
            .map(clean_line)
            .filter(|title| !title.is_empty()),
        published: text("datePublished")
            .or_else(|| text("dateCreated"))
            .map(str::to_owned),
    })
}
