//! `/api/v1/sources`, `/topics` and `/digests`.

use std::collections::HashMap;

use axum::extract::Path;
use axum::http::header;
use axum::response::Response;

use super::catalogue::{DigestJson, DigestList, SourceJson, SourceList, TopicJson, TopicList};
use super::operations::{DIGESTS, Operation, SOURCE, SOURCES, TOPICS};
use crate::config::{Concept, DigestSpec};
use crate::delivery::instant;
use crate::domain::{SearchRequest, SourceId};
use crate::store::SourceRecord;
use crate::web::context::{Ask, Context, Face};
use crate::web::params::{BadParameter, query_string};
use crate::web::reply::Reply;
use crate::web::strict;
use crate::web::trouble::Trouble;

/// Lists the sources, by id.
///
/// The organisations, authorities and media whose announcements are gathered, with how each is read and how it fares.
#[utoipa::path(
    get,
    path = "/api/v1/sources",
    tag = "catalogue",
    responses(
        (status = 200, description = "A page of sources", body = SourceList, content_type = "application/json"),
    )
)]
pub(super) async fn sources(context: Ask) -> Response {
    context
        .serve(Face::Data, |context| {
            let all = context.sources()?;
            let id = |record: &SourceRecord| record.source.id.to_string();
            let page = page(context, &SOURCES, &all, id, Order::ById)?;
            let list = SourceList {
                items: page
                    .items
                    .iter()
                    .map(|record| SourceJson::new(record))
                    .collect(),
                next_cursor: page.next_cursor,
            };
            let reply = Reply::json(&list)?;
            Ok(next_page(
                context,
                &SOURCES,
                list.next_cursor.as_deref(),
                reply,
            ))
        })
        .await
}

/// One source.
///
/// What is known of it, and how reading it fares.
#[utoipa::path(
    get,
    path = "/api/v1/sources/{id}",
    tag = "catalogue",
    responses(
        (status = 200, description = "The source", body = SourceJson, content_type = "application/json"),
    )
)]
pub(super) async fn source(Path(id): Path<String>, context: Ask) -> Response {
    context
        .serve(Face::Data, move |context| {
            context.check(SOURCE.query)?;
            Ok(Reply::json(&SourceJson::new(&context.source(&id)?))?)
        })
        .await
}

/// Lists the topics, in the order of the thesaurus.
///
/// The concepts of the sector that items are tagged with, with their names in every language.
#[utoipa::path(
    get,
    path = "/api/v1/topics",
    tag = "catalogue",
    responses(
        (status = 200, description = "A page of topics", body = TopicList, content_type = "application/json"),
    )
)]
pub(super) async fn topics(context: Ask) -> Response {
    context
        .serve(Face::Data, |context| {
            let id = |concept: &Concept| concept.id.to_string();
            let page = page(
                context,
                &TOPICS,
                &context.config.thesaurus,
                id,
                Order::Given,
            )?;
            let counts = context.topic_counts()?;
            let language = context.ui.language();
            let list = TopicList {
                items: page
                    .items
                    .iter()
                    .map(|concept| {
                        let count = counts.get(concept.id.as_str()).copied().unwrap_or(0);
                        TopicJson::new(concept, language, count)
                    })
                    .collect(),
                next_cursor: page.next_cursor,
            };
            let reply = Reply::json(&list)?;
            Ok(next_page(
                context,
                &TOPICS,
                list.next_cursor.as_deref(),
                reply,
            ))
        })
        .await
}

/// Lists the digests, in the order of the configuration.
///
/// Named searches that come out once a period, with the addresses of their feeds.
#[utoipa::path(
    get,
    path = "/api/v1/digests",
    tag = "catalogue",
    responses(
        (status = 200, description = "A page of digests", body = DigestList, content_type = "application/json"),
    )
)]
pub(super) async fn digests(context: Ask) -> Response {
    context
        .serve(Face::Data, |context| {
            let id = |spec: &DigestSpec| spec.id.to_string();
            let page = page(context, &DIGESTS, &context.config.digests, id, Order::Given)?;
            let mut items = Vec::with_capacity(page.items.len());
            for spec in page.items {
                let latest = context.latest_edition(spec)?;
                items.push(DigestJson::new(context, spec, latest));
            }
            let list = DigestList {
                items,
                next_cursor: page.next_cursor,
            };
            let reply = Reply::json(&list)?;
            Ok(next_page(
                context,
                &DIGESTS,
                list.next_cursor.as_deref(),
                reply,
            ))
        })
        .await
}

impl Ask {
    /// All sources that may be shown, by id.
    pub(crate) fn sources(&self) -> Result<Vec<SourceRecord>, Trouble> {
        let mut all = self.app.store.sources()?;
        all.retain(|record| !record.source.private);
        Ok(all)
    }

    /// One source that may be shown.
    pub(crate) fn source(&self, id: &str) -> Result<SourceRecord, Trouble> {
        let id: SourceId = id.parse().map_err(|_| Trouble::NotFound)?;
        self.app
            .store
            .source(&id)?
            .filter(|record| !record.source.private)
            .ok_or(Trouble::NotFound)
    }

    /// How many items each topic has.
    pub(crate) fn topic_counts(&self) -> Result<HashMap<String, u64>, Trouble> {
        let request = SearchRequest {
            limit: 1,
            ..SearchRequest::default()
        };
        let hits = self.app.index.search(&request, self.now, self.zone())?;
        Ok(hits.facets.topic.into_iter().collect())
    }

    fn latest_edition(&self, spec: &DigestSpec) -> Result<Option<String>, Trouble> {
        let editions = self.app.store.editions(&spec.id, 1)?;
        Ok(editions.first().map(|edition| instant(edition.published)))
    }
}

/// A page of a list.
struct Page<'a, T> {
    items: Vec<&'a T>,
    next_cursor: Option<String>,
}

/// In which order a list stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    /// By id.
    ById,
    /// As the configuration has it.
    Given,
}

/// The part of a list that `limit` and `cursor` ask for. The cursor names the last thing of the page before, so that
/// nothing is skipped or shown twice while others come and go.
fn page<'a, T>(
    context: &Context,
    operation: &Operation,
    all: &'a [T],
    id: impl Fn(&T) -> String,
    order: Order,
) -> Result<Page<'a, T>, Trouble> {
    context.check(operation.query)?;
    let pairs = &context.pairs;
    let limit = match pairs.last("limit") {
        None => 20,
        Some(text) => match text.parse() {
            Ok(limit @ 1..=100) => limit,
            _ => return Err(BadParameter::new("limit", text).into()),
        },
    };
    let start = match pairs.last("cursor") {
        None => 0,
        Some(cursor) => {
            let bad = || BadParameter::new("cursor", cursor);
            let last = strict::after(cursor).ok_or_else(bad)?;
            match order {
                Order::ById => all.partition_point(|one| id(one).as_str() <= last),
                Order::Given => {
                    let at = all.iter().position(|one| id(one) == last);
                    at.ok_or_else(|| Trouble::Astray(bad()))? + 1
                }
            }
        }
    };
    let items: Vec<&T> = all[start..].iter().take(limit).collect();
    let more = start + items.len() < all.len();
    let next_cursor = items
        .last()
        .filter(|_| more)
        .map(|last| strict::list_cursor(&id(last)));
    Ok(Page { items, next_cursor })
}

/// An answer with the address of the page after it (RFC 8288).
pub(super) fn next_page(
    context: &Context,
    operation: &Operation,
    cursor: Option<&str>,
    reply: Reply,
) -> Reply {
    let Some(cursor) = cursor else { return reply };
    let mut pairs = context.pairs.of(operation.query);
    pairs.retain(|(name, _)| *name != "cursor");
    pairs.push(("cursor", cursor));
    let address = context.absolute(operation.path) + &query_string(&pairs);
    reply.header(header::LINK, &format!("<{address}>; rel=\"next\""))
}
