//! `/api/v1/sources`, `/topics` and `/digests`.

use std::collections::HashMap;

use axum::extract::Path;
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::catalogue::{DigestJson, DigestList, SourceJson, SourceList, TopicJson, TopicList};
use crate::config::DigestSpec;
use crate::delivery::instant;
use crate::domain::{SearchRequest, SourceId};
use crate::store::SourceRecord;
use crate::web::context::{Ask, Context, Face};
use crate::web::params::BadParameter;
use crate::web::reply::Reply;
use crate::web::trouble::{Problem, Trouble};

/// Lists the sources, by id.
#[utoipa::path(
    get,
    path = "/api/v1/sources",
    tag = "catalogue",
    params(
        ("limit" = Option<u32>, Query, description = "Page size, 1 to 100; 20 if not given", minimum = 1, maximum = 100),
        ("cursor" = Option<String>, Query, description = "The next_cursor of the page before"),
        ("ui" = Option<String>, Query, description = "Language of problem documents: ro, lv, ru, en"),
    ),
    responses(
        (status = 200, description = "A page of sources", body = SourceList, content_type = "application/json"),
        (status = 400, description = "A parameter cannot be understood", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn sources(context: Ask) -> Response {
    context
        .serve(Face::Data, |context| {
            let all = context.sources()?;
            let page = page(context, &all, |record| record.source.id.as_str())?;
            let list = SourceList {
                items: page
                    .items
                    .iter()
                    .map(|record| SourceJson::new(record))
                    .collect(),
                next_cursor: page.next_cursor,
            };
            Ok(Reply::json(&list)?)
        })
        .await
}

/// One source.
#[utoipa::path(
    get,
    path = "/api/v1/sources/{id}",
    tag = "catalogue",
    params(
        ("id" = String, Path, description = "The source's id"),
        ("ui" = Option<String>, Query, description = "Language of problem documents: ro, lv, ru, en"),
    ),
    responses(
        (status = 200, description = "The source", body = SourceJson, content_type = "application/json"),
        (status = 400, description = "A parameter cannot be understood", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such source", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn source(Path(id): Path<String>, context: Ask) -> Response {
    context
        .serve(Face::Data, move |context| {
            context.check_ui()?;
            Ok(Reply::json(&SourceJson::new(&context.source(&id)?))?)
        })
        .await
}

/// Lists the topics, in the order of the thesaurus.
#[utoipa::path(
    get,
    path = "/api/v1/topics",
    tag = "catalogue",
    params(
        ("limit" = Option<u32>, Query, description = "Page size, 1 to 100; 20 if not given", minimum = 1, maximum = 100),
        ("cursor" = Option<String>, Query, description = "The next_cursor of the page before"),
        ("ui" = Option<String>, Query, description = "Language of labels and problem documents: ro, lv, ru, en"),
    ),
    responses(
        (status = 200, description = "A page of topics", body = TopicList, content_type = "application/json"),
        (status = 400, description = "A parameter cannot be understood", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn topics(context: Ask) -> Response {
    context
        .serve(Face::Data, |context| {
            let page = page(context, &context.config.thesaurus, |concept| {
                concept.id.as_str()
            })?;
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
            Ok(Reply::json(&list)?)
        })
        .await
}

/// Lists the digests, in the order of the configuration.
#[utoipa::path(
    get,
    path = "/api/v1/digests",
    tag = "catalogue",
    params(
        ("limit" = Option<u32>, Query, description = "Page size, 1 to 100; 20 if not given", minimum = 1, maximum = 100),
        ("cursor" = Option<String>, Query, description = "The next_cursor of the page before"),
        ("ui" = Option<String>, Query, description = "Language of titles and problem documents: ro, lv, ru, en"),
    ),
    responses(
        (status = 200, description = "A page of digests", body = DigestList, content_type = "application/json"),
        (status = 400, description = "A parameter cannot be understood", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn digests(context: Ask) -> Response {
    context
        .serve(Face::Data, |context| {
            let page = page(context, &context.config.digests, |spec| spec.id.as_str())?;
            let mut items = Vec::with_capacity(page.items.len());
            for spec in page.items {
                let latest = context.latest_edition(spec)?;
                items.push(DigestJson::new(context, spec, latest));
            }
            let list = DigestList {
                items,
                next_cursor: page.next_cursor,
            };
            Ok(Reply::json(&list)?)
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

/// The part of a list that `limit` and `cursor` ask for. The cursor names the last thing of the page before, so that
/// nothing is skipped or shown twice while others come and go.
fn page<'a, T>(
    context: &Context,
    all: &'a [T],
    id: impl Fn(&T) -> &str,
) -> Result<Page<'a, T>, Trouble> {
    context.check_ui()?;
    let pairs = &context.pairs;
    let limit = match pairs.last("limit") {
        None => 20,
        Some(text) => match text.trim().parse() {
            Ok(limit @ 1..=100) => limit,
            _ => return Err(BadParameter::new("limit", text).into()),
        },
    };
    let start = match pairs.last("cursor") {
        None => 0,
        Some(cursor) => URL_SAFE_NO_PAD
            .decode(cursor.trim())
            .ok()
            .and_then(|last| all.iter().position(|one| id(one).as_bytes() == last))
            .map(|at| at + 1)
            .ok_or_else(|| BadParameter::new("cursor", cursor))?,
    };
    let items: Vec<&T> = all[start..].iter().take(limit).collect();
    let more = start + items.len() < all.len();
    let next_cursor = items
        .last()
        .filter(|_| more)
        .map(|last| URL_SAFE_NO_PAD.encode(id(last)));
    Ok(Page { items, next_cursor })
}
