//! `/websub/{token}`: where hubs ask whether they shall push, and push (WebSub, 5.2 to 5.4).

use std::time::Duration;

use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use url::form_urlencoded;

use super::App;
use crate::crawling::websub::{self, Intent, Mode, Taken};
use crate::domain::Subscription;
use crate::store::{Pushed, StoreError};

/// Longest time that a push may take to come in.
const PATIENCE: Duration = Duration::from_secs(20);
/// Most characters of what a hub says that are looked at, one value each.
const LONGEST: usize = 4_096;
/// Most of why a hub refuses, in characters.
const REASON: usize = 200;
/// When a hub that finds no room may come again, in seconds.
const LATER: &str = "60";

/// What the paths of these addresses begin with.
const PLACE: &str = "/websub/";

/// Whether a path is one that a hub was told, and no stranger's guess.
pub(super) async fn is_known(app: &App, path: &str) -> bool {
    match path.strip_prefix(PLACE) {
        Some(token) => matches!(subscription(app, token.to_owned()).await, Ok(Some(_))),
        None => false,
    }
}

/// A hub asks whether that was asked for, or says that it will not.
pub(super) async fn verify(
    State(app): State<App>,
    Path(token): Path<String>,
    uri: Uri,
) -> Response {
    let Some((intent, challenge)) = asked(uri.query().unwrap_or_default()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let done = async {
        let Some(subscription) = subscription(&app, token).await? else {
            return Ok(false);
        };
        websub::confirm(&app.store, &subscription, intent, app.clock.now()).await
    };
    match done.await {
        Ok(true) => {
            let plain = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
            (plain, challenge).into_response()
        }
        Ok(false) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => refused(&error),
    }
}

/// What a hub asks, and the text that says yes; `None` where it asks nothing that is known.
fn asked(query: &str) -> Option<(Intent, String)> {
    let mut pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes())
        .take(50)
        .filter(|(_, value)| value.len() <= LONGEST)
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    let mut take = |name: &str| {
        let at = pairs.iter().position(|(other, _)| other == name)?;
        Some(pairs.swap_remove(at).1)
    };
    let mode = match take("hub.mode")?.as_str() {
        "subscribe" => Mode::Subscribe,
        "unsubscribe" => Mode::Unsubscribe,
        "denied" => Mode::Denied,
        _ => return None,
    };
    let challenge = take("hub.challenge");
    if challenge.is_none() && mode != Mode::Denied {
        return None;
    }
    let intent = Intent {
        mode,
        topic: take("hub.topic")?,
        lease: take("hub.lease_seconds").and_then(|lease| lease.trim().parse().ok()),
        reason: take("hub.reason").map(|reason| {
            let plain = reason.chars().filter(|c| !c.is_control());
            plain.take(REASON).collect()
        }),
    };
    Some((intent, challenge.unwrap_or_default()))
}

/// A hub pushes. It is told that this is well once it is on the disk.
pub(super) async fn receive(
    State(app): State<App>,
    Path(token): Path<String>,
    request: Request,
) -> Response {
    let known = match subscription(&app, token).await {
        Ok(Some(known)) => known,
        // So hubs that missed the end learn of it.
        Ok(None) => return StatusCode::GONE.into_response(),
        Err(error) => return refused(&error),
    };
    let (head, body) = request.into_parts();
    if is_packed(&head.headers) {
        return StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response();
    }
    let Ok(_seat) = app.pushes.try_acquire() else {
        return busy();
    };
    let most = app.config.borrow().settings.crawler.max_body;
    let body = match whole(body, usize::try_from(most).unwrap_or(usize::MAX)).await {
        Ok(body) => body,
        Err(status) => return status.into_response(),
    };
    let text = |name: &str| -> Vec<String> {
        let all = head.headers.get_all(name).iter();
        all.filter_map(|value| value.to_str().ok())
            .map(str::to_owned)
            .collect()
    };
    let pushed = Pushed {
        at: app.clock.now(),
        media_type: text("content-type").pop().map(|mut kind| {
            kind.truncate(kind.floor_char_boundary(256));
            kind
        }),
        body,
    };
    match websub::take(&app.store, known, text("x-hub-signature"), pushed).await {
        Ok(Taken::Kept | Taken::Ignored) => StatusCode::ACCEPTED.into_response(),
        Ok(Taken::Gone) => StatusCode::GONE.into_response(),
        Ok(Taken::Full) => busy(),
        Err(error) => refused(&error),
    }
}

async fn subscription(app: &App, token: String) -> Result<Option<Subscription>, StoreError> {
    let on = app.config.borrow().settings.crawler.websub;
    if !on || !is_token(&token) {
        return Ok(None);
    }
    let store = app.store.clone();
    let read = tokio::task::spawn_blocking(move || store.subscription(&token));
    read.await
        .unwrap_or_else(|error| Err(StoreError::Other(error.to_string())))
}

/// Whether it looks like ours: 256 bits in base64url.
fn is_token(token: &str) -> bool {
    token.len() == 43
        && token
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// Whether a body would have to be unpacked: nobody asked for that.
fn is_packed(headers: &HeaderMap) -> bool {
    headers
        .get(header::CONTENT_ENCODING)
        .is_some_and(|encoding| !encoding.as_bytes().eq_ignore_ascii_case(b"identity"))
}

async fn whole(body: Body, most: usize) -> Result<Vec<u8>, StatusCode> {
    let read = axum::body::to_bytes(body, most);
    match tokio::time::timeout(PATIENCE, read).await {
        Ok(Ok(body)) => Ok(body.into()),
        Ok(Err(_)) => Err(StatusCode::PAYLOAD_TOO_LARGE),
        Err(_) => Err(StatusCode::REQUEST_TIMEOUT),
    }
}

fn busy() -> Response {
    let later = [(header::RETRY_AFTER, LATER)];
    (StatusCode::SERVICE_UNAVAILABLE, later).into_response()
}

fn refused(error: &StoreError) -> Response {
    tracing::error!(%error, "a hub is told to come again");
    busy()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_read_as_hubs_write_it() {
        let (intent, challenge) = asked(
            "hub.mode=subscribe&hub.topic=https%3A%2F%2Fa.ro%2Ff%3Fa%3Db&hub.challenge=a+b%26&hub.lease_seconds=60",
        )
        .unwrap();
        assert_eq!(intent.mode, Mode::Subscribe);
        assert_eq!(intent.topic, "https://a.ro/f?a=b");
        assert_eq!((intent.lease, challenge.as_str()), (Some(60), "a b&"));
        let (denied, _) = asked("hub.mode=denied&hub.topic=x&hub.reason=no%0Amore").unwrap();
        assert_eq!(denied.reason.as_deref(), Some("nomore"));
        for bad in [
            "",
            "hub.mode=subscribe&hub.topic=x",
            "hub.mode=subscribe&hub.challenge=x",
            "hub.mode=publish&hub.topic=x&hub.challenge=x",
            "mode=subscribe&topic=x&challenge=x",
        ] {
            assert_eq!(asked(bad), None, "{bad}");
        }
        let long = format!(
            "hub.mode=subscribe&hub.topic=x&hub.challenge={}",
            "x".repeat(5000)
        );
        assert_eq!(asked(&long), None);
    }

    #[test]
    fn what_cannot_be_a_token_is_not_looked_up() {
        assert!(is_token(&"a-_9".repeat(11)[..43]));
        assert!(!is_token(""));
        assert!(!is_token(&"a".repeat(44)));
        assert!(!is_token(&format!("{}'", "a".repeat(42))));
    }
}
