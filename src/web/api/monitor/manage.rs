//! Managing sources: `/api/v1/monitor/sources`, and looking at an address before it is added: `/api/v1/monitor/probe`.

use std::time::Duration;

use axum::Router;
use axum::extract::{Path, Request};
use axum::http::{StatusCode, header};
use axum::response::Response;
use axum::routing::{get, patch, post};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::config::{Conflict, Typed};
use crate::crawling::managing::{Change, Unmanageable};
use crate::crawling::probe::address;
use crate::delivery::instant;
use crate::domain::{Fate, Field, Language, Source, SourceId, StaffRole, TopicId};
use crate::web::App;
use crate::web::access;
use crate::web::context::{Ask, Context, Face};
use crate::web::pages::monitor::sources::{managing, refusal};
use crate::web::params::BadParameter;
use crate::web::reply::{Keep, Reply};
use crate::web::trouble::Trouble;

/// Most bytes of what is sent.
const MOST: usize = 64 << 10;
/// How long an answer waits for the end of a look: well within what any answer may take.
const PATIENCE: Duration = Duration::from_secs(18);

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/api/v1/monitor/sources", post(add))
        .route("/api/v1/monitor/sources/{id}", patch(edit).delete(retire))
        .route("/api/v1/monitor/sources/{id}/visit", post(visit))
        .route("/api/v1/monitor/sources/{id}/restore", post(restore))
        .route("/api/v1/monitor/sources/{id}/merge", post(merge))
        .route("/api/v1/monitor/sources/{id}/undo", post(undo))
        .route("/api/v1/monitor/sources/{id}/look-again", post(look_again))
        .route("/api/v1/monitor/sources/{id}/trust", post(trust))
        .route("/api/v1/monitor/probe", post(probe))
        .route("/api/v1/monitor/probe/{id}", get(looked))
        .route("/api/v1/monitor/catalogue", get(catalogue))
}

/// A source as the catalogue has it.
#[derive(Serialize)]
struct ManagedJson<'a> {
    id: &'a str,
    name: &'a str,
    url: Option<&'a str>,
    country: &'a str,
    role: String,
    languages: Vec<&'a str>,
    feed: Option<&'a str>,
    interval: Option<String>,
    topics: Vec<&'a str>,
    paused: bool,
    private: bool,
}

impl<'a> ManagedJson<'a> {
    fn new(source: &'a Source) -> Self {
        let interval = Typed::of(source).interval;
        Self {
            id: source.id.as_str(),
            name: &source.name,
            url: source.url.as_ref().map(url::Url::as_str),
            country: source.country.as_str(),
            role: source.role.to_string(),
            languages: source.languages.iter().map(Language::as_str).collect(),
            feed: source.feed.as_ref().map(url::Url::as_str),
            interval: Some(interval).filter(|text| !text.is_empty()),
            topics: source.topics.iter().map(TopicId::as_str).collect(),
            paused: source.paused,
            private: source.private,
        }
    }
}

/// What somebody decided about a source.
#[derive(Serialize)]
struct DecisionJson<'a> {
    source: ManagedJson<'a>,
    state: &'static str,
    merged_into: Option<&'a str>,
    by: &'a str,
    at: String,
    conflict: Option<String>,
}

#[derive(Serialize)]
struct CatalogueJson<'a> {
    items: Vec<DecisionJson<'a>>,
    next_cursor: Option<String>,
}

#[derive(Serialize)]
struct LookingJson<'a> {
    id: &'a str,
    url: &'a str,
}

#[derive(Serialize)]
struct AskedJson {
    since: String,
}

async fn answered(context: Ask, work: impl Future<Output = Result<Reply, Trouble>>) -> Response {
    match work.await {
        Ok(reply) => context.finish(reply.keep(Keep::Never)),
        Err(trouble) => context.fail(Face::Data, &trouble),
    }
}

/// What was sent: an object of JSON, with none but these names in it. Nothing at all is an empty one.
async fn object(
    context: &Ask,
    request: Request,
    names: &[&str],
) -> Result<(String, Map<String, Value>), Trouble> {
    let (staff, bytes) = access::body(context, request, StaffRole::Editor, MOST).await?;
    let bad = |name: &str| Trouble::Bad(BadParameter::new(name, ""));
    let map = if bytes.is_empty() {
        Map::new()
    } else {
        serde_json::from_slice::<Map<String, Value>>(&bytes).map_err(|_| bad("body"))?
    };
    match map.keys().find(|name| !names.contains(&name.as_str())) {
        Some(unknown) => Err(bad(unknown)),
        None => Ok((staff.name.to_string(), map)),
    }
}

const FIELDS: [&str; 11] = [
    "id",
    "name",
    "url",
    "country",
    "role",
    "languages",
    "feed",
    "interval",
    "topics",
    "paused",
    "private",
];

/// Lays what was sent over what is there.
fn typed(mut typed: Typed, map: &Map<String, Value>) -> Result<Typed, Trouble> {
    for (name, value) in map {
        let bad = || Trouble::Bad(BadParameter::new(name, &shown(value)));
        let text = match value {
            Value::Null => Some(String::new()),
            Value::String(text) => Some(text.clone()),
            _ => None,
        };
        let words = |value: &Value| -> Option<String> {
            let words: Option<Vec<&str>> = value.as_array()?.iter().map(Value::as_str).collect();
            Some(words?.join(", "))
        };
        match name.as_str() {
            "id" => typed.id = text.ok_or_else(bad)?,
            "name" => typed.name = text.ok_or_else(bad)?,
            "url" => typed.url = text.ok_or_else(bad)?,
            "country" => typed.country = text.ok_or_else(bad)?,
            "role" => typed.role = text.ok_or_else(bad)?,
            "feed" => typed.feed = text.ok_or_else(bad)?,
            "interval" => typed.interval = text.ok_or_else(bad)?,
            "languages" => typed.languages = words(value).ok_or_else(bad)?,
            "topics" => typed.topics = words(value).ok_or_else(bad)?,
            "paused" => typed.paused = value.as_bool().ok_or_else(bad)?,
            _ => typed.private = value.as_bool().ok_or_else(bad)?,
        }
    }
    Ok(typed)
}

fn shown(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn read(context: &Context, typed: &Typed, before: Option<&Source>) -> Result<Source, Trouble> {
    typed
        .read(&context.config.thesaurus, before)
        .map_err(|mistakes| {
            let first = mistakes.first();
            let name = first
                .and_then(|mistake| mistake.field)
                .map_or("id", Field::key);
            let value = match name {
                "id" => &typed.id,
                "name" => &typed.name,
                "url" => &typed.url,
                "country" => &typed.country,
                "role" => &typed.role,
                "languages" => &typed.languages,
                "feed" => &typed.feed,
                "interval" => &typed.interval,
                _ => &typed.topics,
            };
            Trouble::Bad(BadParameter::new(name, value))
        })
}

fn known<'a>(context: &'a Context, id: &str) -> Result<&'a Source, Trouble> {
    let source = context
        .config
        .sources
        .iter()
        .find(|one| one.id.as_str() == id);
    source.ok_or(Trouble::NotFound)
}

async fn change(context: &Ask, change: Change, by: &str) -> Result<(), Trouble> {
    let managing = managing(context)?;
    match managing.change(change, by, context.now).await {
        Ok(()) => Ok(()),
        Err(why) => Err(impossible(context, why)?),
    }
}

fn impossible(context: &Context, why: Unmanageable) -> Result<Trouble, Trouble> {
    Ok(match why {
        Unmanageable::Unknown(_) => Trouble::NotFound,
        why => Trouble::Impossible(refusal(context.ui, why)?),
    })
}

/// The source as it is in force now.
fn told(context: &Ask, id: &SourceId, status: StatusCode) -> Result<Reply, Trouble> {
    let config = managing(context)?.config();
    let source = config.sources.iter().find(|one| one.id == *id);
    let source = source.ok_or(Trouble::NotFound)?;
    let place = context.absolute(&format!("/api/v1/monitor/sources/{id}"));
    Ok(Reply::json(&ManagedJson::new(source))?
        .status(status)
        .header(header::LOCATION, &place))
}

async fn add(context: Ask, request: Request) -> Response {
    let own = context.clone();
    answered(context, async move {
        let context = own;
        let (by, map) = object(&context, request, &FIELDS).await?;
        let source = read(&context, &typed(Typed::default(), &map)?, None)?;
        let id = source.id.clone();
        change(&context, Change::Add(vec![source]), &by).await?;
        told(&context, &id, StatusCode::CREATED)
    })
    .await
}

async fn edit(Path(id): Path<String>, context: Ask, request: Request) -> Response {
    let own = context.clone();
    answered(context, async move {
        let context = own;
        let (by, map) = object(&context, request, &FIELDS[1..]).await?;
        let before = known(&context, &id)?;
        let source = read(&context, &typed(Typed::of(before), &map)?, Some(before))?;
        let id = source.id.clone();
        change(&context, edit_or_pause(before, source), &by).await?;
        told(&context, &id, StatusCode::OK)
    })
    .await
}

/// Pausing alone is noted as that.
fn edit_or_pause(before: &Source, after: Source) -> Change {
    if Field::differing(before, &after) == [Field::Paused] {
        if after.paused {
            Change::Pause(after.id)
        } else {
            Change::Resume(after.id)
        }
    } else {
        Change::Edit(Box::new(after))
    }
}

async fn retire(Path(id): Path<String>, context: Ask, request: Request) -> Response {
    let own = context.clone();
    answered(context, async move {
        let context = own;
        let (by, _) = object(&context, request, &[]).await?;
        let id = known(&context, &id)?.id.clone();
        change(&context, Change::Retire(id), &by).await?;
        Ok(Reply::new("application/json", "").status(StatusCode::NO_CONTENT))
    })
    .await
}

async fn restore(Path(id): Path<String>, context: Ask, request: Request) -> Response {
    let own = context.clone();
    answered(context, async move {
        let context = own;
        let (by, _) = object(&context, request, &[]).await?;
        let id: SourceId = id.parse().map_err(|_| Trouble::NotFound)?;
        change(&context, Change::Restore(id.clone()), &by).await?;
        told(&context, &id, StatusCode::OK)
    })
    .await
}

async fn merge(Path(id): Path<String>, context: Ask, request: Request) -> Response {
    let own = context.clone();
    answered(context, async move {
        let context = own;
        let (by, map) = object(&context, request, &["into"]).await?;
        let into = map.get("into").and_then(Value::as_str).unwrap_or_default();
        let bad = || Trouble::Bad(BadParameter::new("into", into));
        let into = known(&context, into).map_err(|_| bad())?.id.clone();
        let id: SourceId = id.parse().map_err(|_| Trouble::NotFound)?;
        change(&context, Change::Merge(id, into.clone()), &by).await?;
        told(&context, &into, StatusCode::OK)
    })
    .await
}

async fn visit(Path(id): Path<String>, context: Ask, request: Request) -> Response {
    let own = context.clone();
    answered(context, async move {
        let context = own;
        let (by, _) = object(&context, request, &[]).await?;
        let id = known(&context, &id)?.id.clone();
        if let Err(why) = managing(&context)?.visit(&id, &by, context.now).await {
            return Err(impossible(&context, why)?);
        }
        let asked = AskedJson {
            since: instant(context.now),
        };
        Ok(Reply::json(&asked)?.status(StatusCode::ACCEPTED))
    })
    .await
}

async fn undo(Path(id): Path<String>, context: Ask, request: Request) -> Response {
    healed(id, context, request, "undo").await
}

async fn look_again(Path(id): Path<String>, context: Ask, request: Request) -> Response {
    healed(id, context, request, "look-again").await
}

async fn trust(Path(id): Path<String>, context: Ask, request: Request) -> Response {
    healed(id, context, request, "trust").await
}

/// Takes back, or takes note of, what vesti did about a source by itself.
async fn healed(id: String, context: Ask, request: Request, what: &'static str) -> Response {
    let own = context.clone();
    answered(context, async move {
        let context = own;
        let (by, _) = object(&context, request, &[]).await?;
        let id = known(&context, &id)?.id.clone();
        let (store, now) = (&context.app.store, context.now);
        let done = match what {
            "undo" => store.undo(&id, None, &by, now).await?.is_some(),
            "trust" => store.trust(&id, &by, now).await?,
            _ => store.look_again(&id, &by, now).await?,
        };
        if !done {
            return Err(Trouble::Impossible(context.ui.t("manage-nothing")));
        }
        told(&context, &id, StatusCode::OK)
    })
    .await
}

async fn probe(context: Ask, request: Request) -> Response {
    let own = context.clone();
    answered(context, async move {
        let context = own;
        let (_, map) = object(&context, request, &["url"]).await?;
        let text = map.get("url").and_then(Value::as_str).unwrap_or_default();
        let bad = || Trouble::Bad(BadParameter::new("url", text));
        let url = address(text).ok_or_else(bad)?;
        let staff = context.need(StaffRole::Editor)?.id;
        let id = context.probe(staff, url)?;
        result(&context, &id).await
    })
    .await
}

async fn looked(Path(id): Path<String>, context: Ask) -> Response {
    let own = context.clone();
    answered(context, async move { result(&own, &id).await }).await
}

/// What came of a look, or that it goes on.
async fn result(context: &Ask, id: &str) -> Result<Reply, Trouble> {
    let staff = context.need(StaffRole::Editor)?.id;
    let looking = context.looked(staff, id, PATIENCE).await;
    let looking = looking.ok_or(Trouble::NotFound)?;
    if let Some(probed) = looking.result {
        return Ok(Reply::json(&probed.json())?);
    }
    let going_on = LookingJson {
        id,
        url: looking.url.as_str(),
    };
    let place = context.absolute(&format!("/api/v1/monitor/probe/{id}"));
    Ok(Reply::json(&going_on)?
        .status(StatusCode::ACCEPTED)
        .header(header::LOCATION, &place))
}

async fn catalogue(context: Ask) -> Response {
    context
        .serve(Face::Data, |context| {
            context.need(StaffRole::Viewer)?;
            let overlay = &context.config.overlay;
            let conflict = |id: &SourceId| overlay.conflicts.iter().find(|one| one.id == *id);
            let decisions = overlay.managed.iter().map(|one| DecisionJson {
                source: ManagedJson::new(&one.source),
                state: match (&one.fate, &one.base) {
                    (Fate::Kept, None) => "added",
                    (Fate::Kept, Some(_)) => "edited",
                    (Fate::Retired, _) => "retired",
                    (Fate::Merged(_), _) => "merged",
                },
                merged_into: match &one.fate {
                    Fate::Merged(into) => Some(into.as_str()),
                    _ => None,
                },
                by: &one.by,
                at: instant(one.at),
                conflict: conflict(&one.source.id).map(Conflict::to_string),
            });
            let list = CatalogueJson {
                items: decisions.collect(),
                next_cursor: None,
            };
            Ok(Reply::json(&list)?.keep(Keep::Never))
        })
        .await
}
