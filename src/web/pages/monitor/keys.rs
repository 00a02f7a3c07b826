//! `/monitor/keys`: keys to the members' pages, where these are closed: one for a network, or one for each subscriber.

use askama::Template;
use axum::extract::Request;
use axum::response::Response;

use super::{Desk, Frame};
use crate::delivery::secrets;
use crate::domain::StaffRole;
use crate::web::access;
use crate::web::context::{Ask, Face};
use crate::web::pages::sign_in::new_secret;
use crate::web::reply::{Keep, Reply};
use crate::web::trouble::Trouble;

/// Longest name of a key, in characters.
const LABEL: usize = 80;

struct Row {
    id: i64,
    label: String,
    created: String,
    used: Option<String>,
}

#[derive(Template)]
#[template(path = "monitor/keys.html")]
struct KeysPage {
    frame: Frame,
    desk: Desk,
    action: String,
    closed: bool,
    rows: Vec<Row>,
    /// A key that was just made: the key, the address that opens with it, a feed.
    made: Option<(String, String, String)>,
}

#[derive(Default)]
struct Done {
    told: Option<String>,
    fault: Option<String>,
    made: Option<String>,
}

/// `GET /monitor/keys`
pub(in crate::web) async fn page(context: Ask) -> Response {
    context
        .serve(Face::Page, |context| view(context, Done::default()))
        .await
}

/// `POST /monitor/keys`
pub(in crate::web) async fn change(context: Ask, request: Request) -> Response {
    let done = async {
        let (staff, form) = access::form(&context, request, StaffRole::Admin).await?;
        let (store, by) = (&context.app.store, staff.name.to_string());
        if form.last("do") == Some("make") {
            let label: String = form
                .last("label")
                .unwrap_or_default()
                .chars()
                .take(LABEL)
                .collect();
            if label.is_empty() {
                return Ok(Done {
                    fault: Some(context.ui.t("keys-unnamed")),
                    ..Done::default()
                });
            }
            let key = new_secret()?;
            store
                .add_member_key(secrets::hash(&key), label, by, context.now)
                .await?;
            return Ok(Done {
                made: Some(key),
                ..Done::default()
            });
        }
        let id = form.last("id").and_then(|text| text.parse().ok());
        let id = id.ok_or(Trouble::NotFound)?;
        store.remove_member_key(id, by, context.now).await?;
        Ok(Done {
            told: Some(context.ui.t("keys-revoked")),
            ..Done::default()
        })
    };
    match done.await {
        Ok(done) => {
            context
                .serve(Face::Page, move |context| view(context, done))
                .await
        }
        Err(trouble) => context.fail(Face::Page, &trouble),
    }
}

fn view(context: &Ask, done: Done) -> Result<Reply, Trouble> {
    let ui = context.ui;
    let (frame, desk) = Desk::new(context, StaffRole::Admin, ui.t("desk-keys"))?;
    let day = |at: jiff::Timestamp| ui.day(at.to_zoned(context.zone().clone()).date());
    let rows = context.app.store.member_keys()?.into_iter().map(|key| Row {
        id: key.id,
        label: key.label,
        created: day(key.created),
        used: key.used.map(day),
    });
    let page = KeysPage {
        frame,
        desk: Desk {
            told: done.told,
            fault: done.fault,
            ..desk
        },
        action: context.to("/monitor/keys"),
        closed: context.config.settings.access.is_closed(),
        rows: rows.collect(),
        made: done.made.map(|key| {
            let page = context.absolute(&format!("/?key={key}"));
            let feed = context.absolute(&format!("/feed.rss?key={key}"));
            (key, page, feed)
        }),
    };
    Ok(Reply::html(page.render()?).keep(Keep::Never))
}
