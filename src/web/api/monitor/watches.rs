//! Watches and the edits that matter: `/api/v1/monitor/watches…`, `/changes`.

use axum::Router;
use axum::extract::{Path, Request};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use serde::{Deserialize, Serialize};
use url::form_urlencoded;

use super::health::{ListJson, before};
use crate::delivery::{EditJson, instant};
use crate::domain::{
    HookFormat, Language, Notices, Reason, Rhythm, SearchRequest, StaffRole, Watch, WatchId,
};
use crate::store::Standing;
use crate::web::App;
use crate::web::access;
use crate::web::context::{Ask, Face};
use crate::web::params::BadParameter;
use crate::web::reply::{Keep, Reply};
use crate::web::trouble::Trouble;
use crate::web::watching::{self, Typed, Unfit, Wanted};

/// Most bytes of a watch in JSON.
const MOST: usize = 64 << 10;
/// Deliveries that are listed.
const LOG: usize = 50;

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/api/v1/monitor/changes", get(changes))
        .route("/api/v1/monitor/watches", get(list).post(create))
        .route(
            "/api/v1/monitor/watches/{id}",
            get(one).put(replace).delete(remove),
        )
        .route("/api/v1/monitor/watches/{id}/test", post(test))
}

/// A watch as it is asked for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WatchIn {
    name: String,
    lang: Option<Language>,
    #[serde(default)]
    search: String,
    #[serde(default)]
    items: bool,
    #[serde(default)]
    edits: bool,
    notices: Option<Notices>,
    rhythm: Option<Rhythm>,
    quiet: Option<QuietIn>,
    #[serde(default)]
    feed: bool,
    #[serde(default)]
    mail: Vec<String>,
    hook: Option<HookIn>,
    #[serde(default)]
    paused: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct QuietIn {
    from: i64,
    to: i64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct HookIn {
    format: HookFormat,
    url: Option<String>,
    room: Option<String>,
    access: Option<String>,
}

/// A watch as it is.
#[derive(Debug, Serialize)]
struct WatchJson {
    id: String,
    name: String,
    lang: String,
    search: String,
    items: bool,
    edits: bool,
    notices: Option<Notices>,
    rhythm: Rhythm,
    quiet: Option<crate::domain::Quiet>,
    feed: bool,
    feeds: Option<FeedsJson>,
    mail: Vec<MailJson>,
    hook: Option<HookJson>,
    paused: bool,
    created: String,
    fired: Option<String>,
    waiting: u64,
    fault: Option<String>,
    fault_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deliveries: Option<Vec<DeliveryJson>>,
}

#[derive(Debug, Serialize)]
struct FeedsJson {
    rss: String,
    atom: String,
}

#[derive(Debug, Serialize)]
struct MailJson {
    address: String,
    state: &'static str,
}

#[derive(Debug, Serialize)]
struct HookJson {
    format: HookFormat,
    host: String,
    room: Option<String>,
}

#[derive(Debug, Serialize)]
struct DeliveryJson {
    way: &'static str,
    posted: String,
    state: &'static str,
    tries: u32,
    next: Option<String>,
    note: Option<String>,
    note_code: Option<String>,
}

/// `GET /api/v1/monitor/changes`
async fn changes(context: Ask) -> Response {
    context
        .serve(Face::Data, |context| {
            context.need(StaffRole::Viewer)?;
            let (before, limit) = before(context)?;
            let found = context.app.store.matters(before, limit)?;
            let last = found.last().map(|(edit, _)| edit.number.to_string());
            let language = context.ui.language();
            Ok(Reply::json(&ListJson {
                next_cursor: last.filter(|_| found.len() == limit),
                items: found
                    .iter()
                    .map(|(edit, item)| EditJson::of(edit, item, language))
                    .collect(),
            })?)
        })
        .await
}

/// `GET /api/v1/monitor/watches`
async fn list(context: Ask) -> Response {
    context
        .serve(Face::Data, |context| {
            context.need(StaffRole::Editor)?;
            let (after, limit) = before(context)?;
            let after = after.map_or(0, u64::cast_signed);
            let mut found = context.app.store.watches()?;
            found.retain(|(watch, _)| watch.id.0 > after);
            let more = found.len() > limit;
            found.truncate(limit);
            let last = found.last().map(|(watch, _)| watch.id.to_string());
            let items: Result<Vec<WatchJson>, Trouble> = found
                .iter()
                .map(|(watch, _)| json(context, watch, None, false))
                .collect();
            Ok(Reply::json(&ListJson {
                next_cursor: last.filter(|_| more),
                items: items?,
            })?
            .keep(Keep::Never))
        })
        .await
}

/// `GET /api/v1/monitor/watches/{id}`
async fn one(Path(id): Path<String>, context: Ask) -> Response {
    context
        .serve(Face::Data, move |context| {
            context.need(StaffRole::Editor)?;
            let watch = watch(context, &id)?;
            Ok(Reply::json(&json(context, &watch, None, true)?)?.keep(Keep::Never))
        })
        .await
}

/// `POST /api/v1/monitor/watches`
async fn create(context: Ask, request: Request) -> Response {
    put(context, None, request).await
}

/// `PUT /api/v1/monitor/watches/{id}`
async fn replace(Path(id): Path<String>, context: Ask, request: Request) -> Response {
    put(context, Some(id), request).await
}

/// `DELETE /api/v1/monitor/watches/{id}`
async fn remove(Path(id): Path<String>, context: Ask, request: Request) -> Response {
    let done = async {
        let (staff, _) = access::body(&context, request, StaffRole::Editor, MOST).await?;
        let found = context.aside(move |context| watch(context, &id)).await?;
        let (store, by) = (&context.app.store, staff.name.to_string());
        store.delete_watch(found.id, by, context.now).await?;
        Ok(Reply::new("application/json", Vec::new())
            .status(StatusCode::NO_CONTENT)
            .keep(Keep::Never))
    };
    match done.await {
        Ok(reply) => context.finish(reply),
        Err(trouble) => context.fail(Face::Data, &trouble),
    }
}

/// `POST /api/v1/monitor/watches/{id}/test`
async fn test(Path(id): Path<String>, context: Ask, request: Request) -> Response {
    let done = async {
        access::body(&context, request, StaffRole::Editor, MOST).await?;
        let found = context.aside(move |context| watch(context, &id)).await?;
        if !context.app.store.test_watch(found.id, context.now).await? {
            return Err(Trouble::Bad(BadParameter::new("hook", "null")));
        }
        shown(&context, found, None, StatusCode::ACCEPTED).await
    };
    match done.await {
        Ok(reply) => context.finish(reply),
        Err(trouble) => context.fail(Face::Data, &trouble),
    }
}

async fn put(context: Ask, id: Option<String>, request: Request) -> Response {
    let done = async {
        let (staff, bytes) = access::body(&context, request, StaffRole::Editor, MOST).await?;
        let old = match id {
            Some(id) => Some(context.aside(move |context| watch(context, &id)).await?),
            None => None,
        };
        let asked: WatchIn = serde_json::from_slice(&bytes)
            .map_err(|error| BadParameter::new("body", &error.to_string()))?;
        let wanted = wanted(&context, asked, old.as_ref())?;
        let who = (staff.id, staff.name.to_string());
        let (id, secret) = watching::save(&context, who, old.as_ref(), wanted).await?;
        let found = context
            .aside(move |context| watch(context, &id.to_string()))
            .await?;
        let status = if old.is_some() {
            StatusCode::OK
        } else {
            StatusCode::CREATED
        };
        shown(&context, found, secret, status).await
    };
    match done.await {
        Ok(reply) => context.finish(reply),
        Err(trouble) => context.fail(Face::Data, &trouble),
    }
}

async fn shown(
    context: &Ask,
    watch: Watch,
    secret: Option<String>,
    status: StatusCode,
) -> Result<Reply, Trouble> {
    let json = context
        .aside(move |context| json(context, &watch, secret, true))
        .await?;
    Ok(Reply::json(&json)?.status(status).keep(Keep::Never))
}

fn watch(context: &Ask, id: &str) -> Result<Watch, Trouble> {
    let id = id.parse().map(WatchId).map_err(|_| Trouble::NotFound)?;
    context.app.store.watch_of(id)?.ok_or(Trouble::NotFound)
}

fn wanted(context: &Ask, asked: WatchIn, old: Option<&Watch>) -> Result<Wanted, Trouble> {
    let pairs: Vec<_> = form_urlencoded::parse(asked.search.as_bytes()).collect();
    let pairs = pairs.iter().map(|(name, value)| (&**name, &**value));
    let search = SearchRequest::from_pairs(pairs)
        .map_err(|error| BadParameter::new("search", &error.to_string()))?;
    let name = asked.name.clone();
    let typed = Typed {
        name: asked.name,
        lang: asked
            .lang
            .filter(|language| Language::OURS.contains(language))
            .unwrap_or(context.ui.language()),
        search,
        items: asked.items,
        edits: asked.edits,
        notices: asked.notices,
        rhythm: asked.rhythm.unwrap_or(Rhythm::AtOnce),
        quiet: asked.quiet.map(|quiet| (quiet.from, quiet.to)),
        feed: asked.feed,
        mails: asked.mail,
        hook: asked.hook.map(|hook| {
            let text = Option::unwrap_or_default;
            (
                hook.format,
                text(hook.url),
                text(hook.room),
                text(hook.access),
            )
        }),
        paused: asked.paused,
    };
    let mailing = context.config.settings.mail.is_some();
    let refused = |unfit: Unfit| {
        let value = if unfit.field == "name" {
            name.as_str()
        } else {
            ""
        };
        Trouble::Bad(BadParameter::new(unfit.field, value))
    };
    typed
        .wanted(old.map(|old| &old.spec), mailing)
        .map_err(refused)
}

fn json(
    context: &Ask,
    watch: &Watch,
    secret: Option<String>,
    whole: bool,
) -> Result<WatchJson, Trouble> {
    let (store, spec) = (&context.app.store, &watch.spec);
    let subscribers = store.watch_subscribers(watch.id)?;
    let deliveries = if whole {
        let mut found = Vec::new();
        for posted in store.posted_under(&format!("hook/{}/", watch.id), LOG)? {
            found.push(("hook", posted));
        }
        for one in &subscribers {
            for posted in store.posted_under(&format!("mail/{}/w", one.id), LOG)? {
                found.push(("mail", posted));
            }
        }
        found.sort_by_key(|(_, posted)| std::cmp::Reverse(posted.posted));
        found.truncate(LOG);
        let each = found.into_iter().map(|(way, posted)| {
            let note = posted.note.as_deref().map(Reason::of_kept);
            DeliveryJson {
                way,
                posted: instant(posted.posted),
                state: match (posted.sent, posted.due) {
                    (true, _) => "delivered",
                    (false, Some(_)) => "waiting",
                    (false, None) => "failed",
                },
                tries: posted.tries + u32::from(posted.done.is_some()),
                next: posted.due.map(instant),
                note_code: note.as_ref().and_then(Reason::code),
                note: note.map(|note| note.line()),
            }
        });
        Some(each.collect())
    } else {
        None
    };
    let off = watch.off.as_deref().map(Reason::of_kept);
    let feed = |ending: &str| context.absolute(&format!("/watches/{}.{ending}", watch.token));
    let mut search = form_urlencoded::Serializer::new(String::new());
    search.extend_pairs(&spec.search);
    Ok(WatchJson {
        id: watch.id.to_string(),
        name: spec.name.clone(),
        lang: spec.lang.to_string(),
        search: search.finish(),
        items: spec.items,
        edits: spec.edits,
        notices: spec.notices.clone(),
        rhythm: spec.rhythm,
        quiet: spec.quiet,
        feed: spec.feed,
        feeds: spec.feed.then(|| FeedsJson {
            rss: feed("rss"),
            atom: feed("atom"),
        }),
        mail: subscribers
            .into_iter()
            .map(|one| MailJson {
                state: match one.state {
                    Standing::Asked => "asked",
                    Standing::Active => "active",
                    Standing::Refused | Standing::Left => "refused",
                },
                address: one.address,
            })
            .collect(),
        hook: spec.hook.as_ref().map(|hook| HookJson {
            format: hook.format,
            host: hook.url.host_str().unwrap_or_default().to_owned(),
            room: hook.room.clone(),
        }),
        paused: spec.paused,
        created: instant(watch.created),
        fired: watch.fired.map(instant),
        waiting: store.watch_waiting(watch.id)?.len() as u64,
        fault_code: off.as_ref().and_then(Reason::code),
        fault: off.map(|why| why.line()),
        secret,
        deliveries,
    })
}
