//! Managing sources: adding by a look at an address, editing, pausing, trying, merging, retiring, and what the browser
//! holds beside the file.

mod actions;
mod add;
mod catalogue;
mod edit;
mod form;
mod import;

pub(in crate::web) use actions::SourceActions;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::HeaderName;
use axum::routing::{get, post};

use super::{Desk, Frame};
use crate::crawling::managing::{Managing, Unmanageable};
use crate::domain::SourceId;
use crate::web::App;
use crate::web::context::{Ask, Context};
use crate::web::locale::Ui;
use crate::web::reply::Reply;
use crate::web::trouble::Trouble;

/// The pages, but for the list of sources and the page of one.
pub(in crate::web) fn router() -> Router<App> {
    Router::new()
        .route("/monitor/sources/add", get(add::page).post(add::change))
        .route("/monitor/sources/{id}", post(actions::act))
        .route(
            "/monitor/sources/{id}/edit",
            get(edit::page).post(edit::change),
        )
        .route("/monitor/sources/{id}/visit", get(actions::visit))
        .route(
            "/monitor/catalogue",
            get(catalogue::page).post(catalogue::change),
        )
        .route(
            "/monitor/catalogue/sources.toml",
            get(catalogue::whole_file),
        )
        .route("/monitor/catalogue/browser.toml", get(catalogue::own_file))
        .route("/monitor/catalogue/sources.opml", get(catalogue::opml))
        .layer(DefaultBodyLimit::disable())
}

/// What changes the catalogue.
pub(in crate::web) fn managing(context: &Ask) -> Result<Managing, Trouble> {
    let managing = context.app.managing.clone();
    managing.ok_or_else(|| Trouble::Internal("the catalogue cannot be changed here".into()))
}

/// A source's id in an address.
fn source_id(text: &str) -> Result<SourceId, Trouble> {
    text.parse().map_err(|_| Trouble::NotFound)
}

/// The page about a source, with what was just done.
fn source_page(context: &Context, id: &SourceId, done: &str) -> String {
    context.link(&format!("/monitor/sources/{id}"), &[("done", done)])
}

/// What the page before says was done: a sentence for one of our words.
pub(in crate::web) fn done(context: &Context) -> Option<String> {
    let word = context.pairs.last("done")?;
    let known = word
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    let key = format!("manage-done-{word}");
    (known && context.ui.has(&key)).then(|| context.ui.t(&key))
}

/// Has the browser ask again by itself after some seconds. A header, as every browser understands it, rather than an element of the
/// page: there is a link as well, for those whom that disturbs.
fn asked_again(reply: Reply, seconds: u32, address: Option<&str>) -> Reply {
    match address {
        Some(address) => reply.header(
            HeaderName::from_static("refresh"),
            &format!("{seconds};url={address}"),
        ),
        None => reply,
    }
}

/// Why a change is not made, in the reader's language.
pub(in crate::web) fn refusal(ui: Ui, why: Unmanageable) -> Result<String, Trouble> {
    Ok(match why {
        Unmanageable::Unknown(id) => ui.tw("manage-unknown", "id", id.as_str()),
        Unmanageable::IdTaken(id) => ui.tw("manage-id-taken", "id", id.as_str()),
        Unmanageable::AddressTaken(id) => ui.tw("manage-address-taken", "id", id.as_str()),
        Unmanageable::NoAddress(id) => ui.tw("manage-no-address", "id", id.as_str()),
        Unmanageable::Paused(id) => ui.tw("manage-paused", "id", id.as_str()),
        Unmanageable::Itself => ui.t("manage-itself"),
        Unmanageable::Exposing(from, into) => ui.tw2(
            "manage-exposing",
            ("from", from.as_str()),
            ("into", into.as_str()),
        ),
        Unmanageable::Settled(id) => ui.tw("manage-settled", "id", id.as_str()),
        Unmanageable::Store(error) => return Err(error.into()),
    })
}

#[cfg(test)]
mod tests;
