//! The Google Reader API, which apps for reading feeds speak, over the catalogue that all readers share. It is offered where
//! Miniflux has it (`/reader/api/0/…`) and where FreshRSS has it (`/api/greader.php/reader/api/0/…`).
//!
//! There is no standard; what is followed is what both of these answer, and what the library that Miniflux publishes, the one of
//! NewsFlash and the sources of NetNewsWire ask: <https://github.com/theoldreader/api>,
//! <https://github.com/FreshRSS/FreshRSS/blob/edge/p/api/greader.php>, <https://miniflux.app/docs/google_reader.html>.
//! Apps look at the status of an answer alone, so errors are a line of text.

mod catalogue;
mod edits;
mod ids;
mod lists;
pub(super) mod sign_in;
mod streams;

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::extract::{ConnectInfo, Request};
use axum::http::{HeaderName, Method, StatusCode, header};
use axum::response::Response;
use axum::routing::any;
use serde_json::json;

use super::App;
use super::client::Client;
use super::context::{Ask, Face};
use super::form::Form;
use super::limits::Limits;
use super::reply::{Keep, Reply};
use super::trouble::Trouble;
use crate::config::RateLimit;
use crate::store::Reader;

use catalogue::Catalogue;

/// Most bytes of what an app sends: some ten thousand ids.
const MOST_SENT: usize = 1 << 20;
/// How often one address may sign in. Apps do so when they start, or whenever they look for news.
const SIGN_INS: RateLimit = RateLimit {
    requests: 60,
    window: Duration::from_mins(10),
};
/// How many readers one address may make: a whole class can.
const SIGN_UPS: RateLimit = RateLimit {
    requests: 40,
    window: Duration::from_hours(1),
};

/// What those who sign in, and those who want to, have asked for lately. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub(super) struct Doors {
    ins: Limits,
    ups: Limits,
}

impl Doors {
    /// Counts an attempt to sign in.
    pub(super) fn sign_in(&self, context: &Ask, client: Client) -> Result<(), Trouble> {
        count(&self.ins, SIGN_INS, context, client)
    }

    /// Counts a reader that is made.
    pub(super) fn sign_up(&self, context: &Ask, client: Client) -> Result<(), Trouble> {
        count(&self.ups, SIGN_UPS, context, client)
    }
}

fn count(limits: &Limits, limit: RateLimit, context: &Ask, client: Client) -> Result<(), Trouble> {
    match limits.count(client, limit, context.now).wait {
        Some(wait) => Err(Trouble::TooMany(wait)),
        None => Ok(()),
    }
}

/// Whom a request is from.
pub(super) fn client_of(context: &Ask, request: &Request) -> Client {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let proxies = &context.config.settings.server.proxies;
    Client::of(peer.map(|peer| peer.0), request.headers(), proxies)
}

/// Whose way of answering is expected, where they differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Manner {
    Miniflux,
    FreshRss,
}

/// All addresses of it.
pub(super) fn router() -> Router<App> {
    let miniflux = |context: Ask, request: Request| answer(context, Manner::Miniflux, request);
    let freshrss = |context: Ask, request: Request| answer(context, Manner::FreshRss, request);
    Router::new()
        .route("/accounts/ClientLogin", any(miniflux))
        .route("/reader/api/0", any(miniflux))
        .route("/reader/api/0/{*rest}", any(miniflux))
        .route("/api/greader.php", any(freshrss))
        .route("/api/greader.php/{*rest}", any(freshrss))
}

/// A question of an app that has signed in.
struct Call {
    catalogue: Catalogue,
    manner: Manner,
    /// What is given in the address, then what was sent.
    form: Form,
}

async fn answer(context: Ask, manner: Manner, request: Request) -> Response {
    let method = request.method().clone();
    if ![Method::GET, Method::HEAD, Method::POST].contains(&method) {
        return context.fail(Face::Plain, &Trouble::Method);
    }
    let path = decoded(request.uri().path());
    let path = path.strip_prefix("/api/greader.php").unwrap_or(&path);
    let path = path.trim_end_matches('/');
    let found = match path {
        // By these, apps see whether they were given the right address.
        "" => Ok(text("OK\n")),
        "/check/compatibility" => Ok(text("PASS\n")),
        "/accounts/ClientLogin" => client_login(&context, request).await,
        _ => signed_in(&context, manner, path.to_owned(), request).await,
    };
    match found {
        Ok(reply) => context.finish(reply),
        Err(trouble) => context.fail(Face::Plain, &trouble),
    }
}

/// The path with what is written as `%2F` and the like.
fn decoded(path: &str) -> String {
    let plus = path.replace('+', "%2B");
    url::form_urlencoded::parse(format!("p={plus}").as_bytes())
        .next()
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default()
}

/// What is given in the address, and what was sent.
async fn form_of(request: Request) -> Result<Form, Trouble> {
    let given = Form::parse(request.uri().query().unwrap_or_default().as_bytes());
    if request.method() == Method::POST {
        Ok(given.and(Form::read(request, MOST_SENT).await?))
    } else {
        Ok(given)
    }
}

/// `/accounts/ClientLogin`: the secret of a reader against what its app sends from then on.
async fn client_login(context: &Ask, request: Request) -> Result<Reply, Trouble> {
    let client = client_of(context, &request);
    context.app.doors.sign_in(context, client)?;
    let form = form_of(request).await?;
    let (name, secret) = (form.last("Email"), form.last("Passwd"));
    let (Some(name), Some(secret)) = (name, secret) else {
        return Ok(bad_authentication());
    };
    let (name, key) = (sign_in::name_of(name), sign_in::key_of(secret));
    let Some(reader) = known(context, name, key.clone()).await? else {
        return Ok(bad_authentication());
    };
    let auth = format!("{}/{key}", reader.name);
    if form.last("output") == Some("json") {
        return Ok(
            Reply::json(&json!({"SID": auth, "LSID": null, "Auth": auth}))?.keep(Keep::Never),
        );
    }
    Ok(text(format!("SID={auth}\nLSID=null\nAuth={auth}\n")))
}

fn bad_authentication() -> Reply {
    text("Error=BadAuthentication\n").status(StatusCode::UNAUTHORIZED)
}

/// The reader of that name, if the key is its own.
async fn known(context: &Ask, name: String, key: String) -> Result<Option<Reader>, Trouble> {
    let reader = context
        .aside(move |context| {
            let reader = context.app.store.reader(&name)?;
            // What is compared are hashes: how long that takes says nothing about the key.
            Ok(reader.filter(|reader| reader.proof == sign_in::proof_of(&key)))
        })
        .await?;
    if let Some(reader) = &reader
        && reader.is_new_today(context.now)
    {
        context.app.store.saw_reader(reader.id, context.now).await?;
    }
    Ok(reader)
}

/// A reader that is recognised by name and secret.
pub(super) async fn recognise(
    context: &Ask,
    name: &str,
    secret: &str,
) -> Result<Option<Reader>, Trouble> {
    known(context, sign_in::name_of(name), sign_in::key_of(secret)).await
}

async fn signed_in(
    context: &Ask,
    manner: Manner,
    path: String,
    request: Request,
) -> Result<Reply, Trouble> {
    let Some((name, key)) = sign_in::presented(&context.headers) else {
        return Ok(unauthorised());
    };
    let Some(reader) = known(context, name, key.clone()).await? else {
        return Ok(unauthorised());
    };
    let Some(path) = path.strip_prefix("/reader/api/0/").map(str::to_owned) else {
        return Err(Trouble::NotFound);
    };
    let method = request.method().clone();
    let form = form_of(request).await?;
    if let Some(change) = edits::Change::of(&path) {
        if method != Method::POST {
            return Err(Trouble::Method);
        }
        let stale = form
            .last("T")
            .is_some_and(|token| !sign_in::is_token(token, &key, context.now));
        if stale {
            let bad = HeaderName::from_static("x-reader-google-bad-token");
            return Ok(unauthorised().header(bad, "true"));
        }
        return edits::make(context, change, reader, form).await;
    }
    context
        .aside(move |context| {
            if path == "token" {
                return Ok(text(sign_in::token(&key, context.now) + "\n"));
            }
            let catalogue = Catalogue::new(context, reader)?;
            let call = Call {
                catalogue,
                manner,
                form,
            };
            read(context, &call, &path)
        })
        .await
}

fn read(context: &Ask, call: &Call, path: &str) -> Result<Reply, Trouble> {
    match path {
        "user-info" => lists::user(call),
        "subscription/list" => lists::subscriptions(call),
        "subscription/export" => Ok(lists::export(context, call)),
        "tag/list" => lists::tags(context, call),
        "unread-count" => lists::unread(context, call),
        "preference/list" => data(&json!({"prefs": [{
            "id": "lhn-prefs", "value": "{\"subscriptions\":{\"ssa\":\"true\"}}"
        }]})),
        "preference/stream/list" => data(&json!({"streamprefs": {}})),
        "friend/list" => lists::friends(call),
        "stream/items/ids" => streams::ids(context, call),
        "stream/items/contents" => streams::items(context, call),
        "stream/items/count" => streams::count(context, call),
        _ if path == "stream/contents" || path.starts_with("stream/contents/") => {
            let named = path.strip_prefix("stream/contents/");
            streams::contents(context, call, named)
        }
        _ => Err(Trouble::NotFound),
    }
}

fn text(body: impl Into<String>) -> Reply {
    Reply::new("text/plain; charset=utf-8", body.into()).keep(Keep::Never)
}

fn data(value: &serde_json::Value) -> Result<Reply, Trouble> {
    Ok(Reply::json(value)?.keep(Keep::Never))
}

fn unauthorised() -> Reply {
    text("Unauthorized!\n")
        .status(StatusCode::UNAUTHORIZED)
        .header(header::WWW_AUTHENTICATE, "GoogleLogin realm=\"vesti\"")
}

fn bad_request(why: &str) -> Reply {
    text(format!("Bad Request! {why}\n")).status(StatusCode::BAD_REQUEST)
}
