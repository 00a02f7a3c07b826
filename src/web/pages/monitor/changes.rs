//! `/monitor/changes`: announcements that were edited, those where it matters first of all.

use askama::Template;
use axum::response::Response;

use super::{Desk, Frame};
use crate::delivery::matter_sentence;
use crate::domain::{Item, StaffRole};
use crate::web::context::{Ask, Face};
use crate::web::pages::Link;
use crate::web::pages::card::foreign;
use crate::web::reply::{Keep, Reply};
use crate::web::trouble::Trouble;

/// Edits on a page.
const PAGE: usize = 50;

struct Row {
    href: String,
    title: String,
    lang: Option<String>,
    source: Link,
    machine: String,
    at: String,
    /// What mattered; empty where nothing did.
    what: Vec<String>,
}

#[derive(Template)]
#[template(path = "monitor/changes.html")]
struct ChangesPage {
    frame: Frame,
    desk: Desk,
    filters: Vec<Link>,
    rows: Vec<Row>,
    older: Option<String>,
}

/// `GET /monitor/changes`
pub(in crate::web) async fn page(context: Ask) -> Response {
    context.serve(Face::Page, view).await
}

fn view(context: &Ask) -> Result<Reply, Trouble> {
    let ui = context.ui;
    let (frame, desk) = Desk::new(context, StaffRole::Viewer, ui.t("desk-changes"))?;
    let all = context.pairs.last("show") == Some("all");
    let before = context.pairs.last("before");
    let (rows, older) = if all {
        every_edit(context, before)?
    } else {
        matters(context, before)?
    };
    let filter = |value: &str, label: String, current: bool| Link {
        href: context.link("/monitor/changes", &[("show", value)]),
        label,
        current,
    };
    let page = ChangesPage {
        frame,
        desk,
        filters: vec![
            filter("matters", ui.t("changes-matters"), !all),
            filter("all", ui.t("changes-all"), all),
        ],
        rows,
        older,
    };
    Ok(Reply::html(page.render()?).keep(Keep::Never))
}

type Rows = (Vec<Row>, Option<String>);

fn matters(context: &Ask, before: Option<&str>) -> Result<Rows, Trouble> {
    let before = before.and_then(|text| text.parse().ok());
    let edits = context.app.store.matters(before, PAGE)?;
    let last = edits.last().map(|(edit, _)| edit.number.to_string());
    let older = last.filter(|_| edits.len() == PAGE);
    let rows = edits.into_iter().map(|(edit, item)| {
        let zone = item.country.time_zone();
        let sentences = edit
            .what
            .iter()
            .map(|matter| matter_sentence(matter, context.ui.language(), &zone));
        row(context, &item, edit.at, sentences.collect())
    });
    let older = older.map(|number| {
        context.link(
            "/monitor/changes",
            &[("show", "matters"), ("before", number.as_str())],
        )
    });
    Ok((rows.collect(), older))
}

fn every_edit(context: &Ask, before: Option<&str>) -> Result<Rows, Trouble> {
    let store = &context.app.store;
    let before = before
        .and_then(|text| text.split_once('_'))
        .and_then(|(at, item)| Some((at.parse().ok()?, item.parse().ok()?)));
    let edits = store.edited(before, PAGE)?;
    let last = edits
        .last()
        .map(|(item, _, at)| format!("{at}_{}", item.id));
    let older = last.filter(|_| edits.len() == PAGE);
    let mut rows = Vec::with_capacity(edits.len());
    for (item, version, at) in edits {
        let zone = item.country.time_zone();
        let matters = store.matters_of(item.id)?;
        let what = matters
            .iter()
            .filter(|edit| edit.version == version)
            .flat_map(|edit| &edit.what)
            .map(|matter| matter_sentence(matter, context.ui.language(), &zone))
            .collect();
        rows.push(row(context, &item, at, what));
    }
    // Those that matter first, each kind in the order of time.
    rows.sort_by_key(|row| row.what.is_empty());
    let older = older.map(|place| {
        context.link(
            "/monitor/changes",
            &[("show", "all"), ("before", place.as_str())],
        )
    });
    Ok((rows, older))
}

fn row(context: &Ask, item: &Item, at: jiff::Timestamp, what: Vec<String>) -> Row {
    Row {
        href: format!("{}#versions", context.to(&format!("/items/{}", item.id))),
        title: item.title.clone(),
        lang: foreign(context, item),
        source: Link {
            href: context.to(&format!("/sources/{}", item.source)),
            label: item.source_name.clone(),
            current: false,
        },
        machine: at.to_string(),
        at: context
            .ui
            .moment(at.to_zoned(context.zone().clone()).datetime()),
        what,
    }
}
