//! What the head of a page says of it.

use super::jsonld::{self, Described};
use super::names::Name;
use super::parse::Head;
use crate::domain::Language;

/// The values as written; the first of each kind.
#[derive(Debug, Default)]
pub(super) struct Meta {
    /// `<title>`
    pub title: Option<String>,
    /// `og:title` or the like.
    pub og_title: Option<String>,
    /// The name of the site.
    pub site: Option<String>,
    pub author: Option<String>,
    pub description: Option<String>,
    pub image: Option<String>,
    pub canonical: Option<String>,
    pub base: Option<String>,
    pub lang: Option<Language>,
    /// Publication dates, the most trusted first.
    pub published: Vec<String>,
    /// When it was published, or changed: its head does not say which.
    pub dated: Vec<String>,
    pub modified: Vec<String>,
    pub described: Described,
}

impl Meta {
    pub fn read(head: &Head) -> Self {
        let mut meta = Self {
            title: head.title.clone(),
            ..Self::default()
        };
        let mut ranked: Vec<(u8, String)> = Vec::new();
        let mut modified: Vec<(u8, String)> = Vec::new();
        let html_lang = head.lang.as_deref().and_then(Language::from_tag);
        let mut og_lang = None;
        for script in &head.described {
            if script.len() < 1 << 20
                && let Some(found) = jsonld::read(script)
            {
                let known = &mut meta.described;
                known.headline = known.headline.take().or(found.headline);
                known.published = known.published.take().or(found.published);
                known.modified = known.modified.take().or(found.modified);
                known.author = known.author.take().or(found.author);
                known.image = known.image.take().or(found.image);
                known.lang = known.lang.take().or(found.lang);
                known.body = known.body.take().or(found.body);
            }
        }
        for (name, tag) in &head.tags {
            match name {
                Name::Base => set(&mut meta.base, tag.attr("href").as_deref()),
                Name::Link => {
                    let rel = tag.attr("rel").unwrap_or_default();
                    if rel
                        .split_ascii_whitespace()
                        .any(|rel| rel.eq_ignore_ascii_case("canonical"))
                    {
                        set(&mut meta.canonical, tag.attr("href").as_deref());
                    }
                }
                Name::Meta => {
                    let name = ["property", "name", "itemprop", "http-equiv"]
                        .iter()
                        .find_map(|key| tag.attr(key))
                        .unwrap_or_default()
                        .to_ascii_lowercase();
                    let Some(content) = tag
                        .attr("content")
                        .filter(|content| !content.trim().is_empty())
                    else {
                        continue;
                    };
                    match name.as_str() {
                        "og:title" => meta.og_title = Some(content.to_string()),
                        "twitter:title" | "dc.title" | "dcterms.title" => {
                            set(&mut meta.og_title, Some(&content));
                        }
                        "og:site_name" | "application-name" => set(&mut meta.site, Some(&content)),
                        "author" | "dc.creator" | "dcterms.creator" | "article:author"
                        | "parsely-author" | "sailthru.author"
                            if !content.starts_with("http") =>
                        {
                            set(&mut meta.author, Some(&content));
                        }
                        "og:description" => meta.description = Some(content.to_string()),
                        "description" | "twitter:description" | "dc.description" => {
                            set(&mut meta.description, Some(&content));
                        }
                        "og:image"
                        | "og:image:url"
                        | "og:image:secure_url"
                        | "twitter:image"
                        | "twitter:image:src"
                        | "thumbnail" => set(&mut meta.image, Some(&content)),
                        "og:url" => set(&mut meta.canonical, Some(&content)),
                        "og:locale" => og_lang = og_lang.or(Language::from_tag(&content)),
                        "content-language" | "dc.language" => {
                            og_lang = og_lang.or(Language::from_tag(&content));
                        }
                        "article:published_time"
                        | "og:published_time"
                        | "og:article:published_time" => ranked.push((1, content.to_string())),
                        "datepublished"
                        | "uploaddate"
                        | "publishdate"
                        | "pubdate"
                        | "publish_date"
                        | "publish-date"
                        | "publication_date"
                        | "dc.date.issued"
                        | "dcterms.issued"
                        | "dc.issued"
                        | "dcterms.created"
                        | "dc.date.created"
                        | "dc.created"
                        | "article.published"
                        | "published"
                        | "sailthru.date"
                        | "parsely-pub-date"
                        | "cxenseparse:recs:publishtime"
                        | "citation_publication_date"
                        | "displaydate"
                        | "originalpublicationdate"
                        | "article_date_original"
                        | "timestamp"
                        | "published-date"
                        | "published_time"
                        | "published_at"
                        | "rnews:datepublished"
                        | "dateposted"
                        | "artpubdate"
                        | "pubyear" => ranked.push((2, content.to_string())),
                        "cdate" | "datecreated" | "created" | "article:created" => {
                            ranked.push((3, content.to_string()));
                        }
                        "date" | "dc.date" | "dcterms.date" => {
                            meta.dated.push(content.to_string());
                        }
                        "article:modified_time" | "og:updated_time" => {
                            modified.push((1, content.to_string()));
                        }
                        "datemodified" | "last-modified" | "modified" | "dcterms.modified"
                        | "dc.modified" | "lastmod" | "revised" => {
                            modified.push((2, content.to_string()));
                        }
                        _ => {}
                    }
                }
                _ => {}
            }
        }
        ranked.sort_by_key(|(rank, _)| *rank);
        modified.sort_by_key(|(rank, _)| *rank);
        let described = &meta.described;
        meta.published = described
            .published
            .iter()
            .cloned()
            .chain(ranked.into_iter().map(|(_, text)| text))
            .collect();
        meta.modified = described
            .modified
            .iter()
            .cloned()
            .chain(modified.into_iter().map(|(_, text)| text))
            .collect();
        meta.author = described
            .author
            .clone()
            .filter(|author| !author.starts_with("http"))
            .or(meta.author);
        meta.image = meta.image.or(described.image.clone());
        meta.lang = html_lang
            .or(og_lang)
            .or(described.lang.as_deref().and_then(Language::from_tag));
        meta
    }
}

fn set(place: &mut Option<String>, value: Option<&str>) {
    if place.is_none()
        && let Some(value) = value.map(str::trim).filter(|value| !value.is_empty())
    {
        *place = Some(value.to_owned());
    }
}
