//! `/sources.opml`: the sources as a list for other programs, by country or by topic.

use std::collections::{HashMap, HashSet};

use axum::response::Response;
use url::Url;

use super::collate;
use super::context::{Ask, Context, Face};
use super::params::BadParameter;
use super::reply::{Keep, Reply};
use super::trouble::Trouble;
use crate::delivery::{Feedless, OpmlFeed, opml_folders};
use crate::domain::{SearchRequest, TopicId};
use crate::store::SourceRecord;

/// What the query takes.
const QUERY: &[&str] = &["country", "role", "topic", "by", "ui"];
/// A source is of a topic where at least one in so many of its items is about it.
const SHARE: u64 = 10;

/// How the list is filed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Country,
    Topic,
}

/// `/sources.opml`
pub(super) async fn sources(context: Ask) -> Response {
    context
        .serve_again(Face::Data, |context| {
            context.check(QUERY)?;
            let request = context.pairs.request()?;
            let by = match context.pairs.last("by") {
                None | Some("country") => By::Country,
                Some("topic") => By::Topic,
                Some(other) => return Err(BadParameter::new("by", other).into()),
            };
            let mut records = context.sources()?;
            records.retain(|record| {
                let source = &record.source;
                (request.country.is_empty() || request.country.contains(&source.country))
                    && (request.role.is_empty() || request.role.contains(&source.role))
            });
            if !request.topic.is_empty() {
                let mut about = HashSet::new();
                for topic in &request.topic {
                    about.extend(context.sources_about(topic, &records)?);
                }
                records.retain(|record| about.contains(record.source.id.as_str()));
            }
            let mut folders = match by {
                By::Country => by_country(context, &records),
                By::Topic => by_topic(context, &records)?,
            };
            if request.country.is_empty() && request.role.is_empty() && request.topic.is_empty() {
                folders.push((context.ui.t("nav-digests"), digests(context)));
            }
            let title = format!("{} · {}", context.ui.t("nav-sources"), context.site());
            let body = opml_folders(&title, &context.base, &folders);
            Ok(Reply::new("text/x-opml; charset=utf-8", body).keep(Keep::Minute))
        })
        .await
}

type Folders = Vec<(String, Vec<OpmlFeed>)>;

fn feeds<'a>(
    context: &Context,
    records: impl IntoIterator<Item = &'a SourceRecord>,
) -> Vec<OpmlFeed> {
    let mut feeds: Vec<OpmlFeed> = records
        .into_iter()
        .filter_map(|record| OpmlFeed::of(record, &context.base, Feedless::OurFeed))
        .collect();
    feeds.sort_by_cached_key(|feed| collate::key(&feed.title, context.ui.language()));
    feeds
}

fn sorted(context: &Context, mut folders: Folders) -> Folders {
    folders.sort_by_cached_key(|(name, _)| collate::key(name, context.ui.language()));
    folders
}

fn by_country(context: &Context, records: &[SourceRecord]) -> Folders {
    let mut countries: HashMap<String, Vec<&SourceRecord>> = HashMap::new();
    for record in records {
        let name = context.ui.country_name(record.source.country);
        countries.entry(name).or_default().push(record);
    }
    let folders = countries
        .into_iter()
        .map(|(name, records)| (name, feeds(context, records)));
    sorted(context, folders.collect())
}

/// A folder for each of the widest topics; sources that are of none stand after them.
fn by_topic(context: &Ask, records: &[SourceRecord]) -> Result<Folders, Trouble> {
    let mut folders = Vec::new();
    let mut filed = HashSet::new();
    let concepts = &context.config.thesaurus;
    for concept in concepts.iter().filter(|concept| concept.broader.is_none()) {
        let about = context.sources_about(&concept.id, records)?;
        let of = |record: &&SourceRecord| about.contains(record.source.id.as_str());
        let own: Vec<&SourceRecord> = records.iter().filter(of).collect();
        if !own.is_empty() {
            let name = concept.label(context.ui.language()).to_owned();
            folders.push((name, feeds(context, own)));
            filed.extend(about);
        }
    }
    let mut folders = sorted(context, folders);
    let rest = records
        .iter()
        .filter(|record| !filed.contains(record.source.id.as_str()));
    folders.push((String::new(), feeds(context, rest)));
    Ok(folders)
}

fn digests(context: &Context) -> Vec<OpmlFeed> {
    let ui = context.ui.language();
    let address = |path: String| Url::parse(&context.absolute(&path)).ok();
    context
        .config
        .digests
        .iter()
        .filter_map(|spec| {
            Some(OpmlFeed {
                title: spec.title(ui).to_owned(),
                feed: address(format!("/digests/{}.rss?ui={ui}", spec.id))?,
                home: address(format!("/digests/{}", spec.id)),
                language: Some(ui),
                digest: true,
            })
        })
        .collect()
}

impl Ask {
    /// The ids of those sources that are of a topic.
    fn sources_about(
        &self,
        topic: &TopicId,
        records: &[SourceRecord],
    ) -> Result<HashSet<String>, Trouble> {
        let request = SearchRequest {
            topic: vec![topic.clone()],
            limit: 1,
            ..SearchRequest::default()
        };
        let hits = self.app.index.search(&request, self.now, self.zone())?;
        let counts: HashMap<String, u64> = hits.facets.source.into_iter().collect();
        Ok(records
            .iter()
            .filter(|record| {
                let about = counts.get(record.source.id.as_str()).copied().unwrap_or(0);
                record.source.topics.contains(topic) || about > 0 && about * SHARE >= record.items
            })
            .map(|record| record.source.id.to_string())
            .collect())
    }
}
