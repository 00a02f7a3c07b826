//! `/monitor/watches`: all of them, with how they fare.

use askama::Template;
use axum::response::Response;

use super::{Desk, Frame, moment};
use crate::domain::{StaffRole, Watch};
use crate::web::context::{Ask, Face};
use crate::web::reply::{Keep, Reply};
use crate::web::trouble::Trouble;

struct Row {
    href: String,
    name: String,
    when: String,
    ways: String,
    fired: Option<String>,
    waiting: u64,
    paused: bool,
    fault: Option<String>,
}

#[derive(Template)]
#[template(path = "monitor/watches.html")]
struct WatchesPage {
    frame: Frame,
    desk: Desk,
    rows: Vec<Row>,
    /// Where another is made, for those who may.
    new: Option<String>,
}

/// `GET /monitor/watches`
pub(in crate::web) async fn page(context: Ask) -> Response {
    context.serve(Face::Page, view).await
}

fn view(context: &Ask) -> Result<Reply, Trouble> {
    let ui = context.ui;
    let (frame, desk) = Desk::new(context, StaffRole::Viewer, ui.t("desk-watches"))?;
    let editor = context.need(StaffRole::Editor).is_ok();
    let mut rows = Vec::new();
    for (watch, _) in context.app.store.watches()? {
        rows.push(row(context, &watch)?);
    }
    let page = WatchesPage {
        frame,
        desk,
        rows,
        new: editor.then(|| context.to("/monitor/watches/new")),
    };
    Ok(Reply::html(page.render()?).keep(Keep::Never))
}

fn row(context: &Ask, watch: &Watch) -> Result<Row, Trouble> {
    let (ui, store) = (context.ui, &context.app.store);
    let mails = store.watch_subscribers(watch.id)?.len();
    let mut ways = Vec::new();
    if watch.spec.feed {
        ways.push(ui.t("watch-way-feed"));
    }
    if mails > 0 {
        ways.push(ui.tn("watch-way-mail", mails as u64));
    }
    if let Some(hook) = &watch.spec.hook {
        let host = hook.url.host_str().unwrap_or_default();
        ways.push(format!(
            "{} ({host})",
            ui.t(super::one::format_key(hook.format))
        ));
    }
    Ok(Row {
        href: context.to(&format!("/monitor/watches/{}", watch.id)),
        name: watch.spec.name.clone(),
        when: super::one::rhythm(context, watch),
        ways: ways.join(", "),
        fired: watch.fired.map(|at| moment(context, at)),
        waiting: store.watch_waiting(watch.id)?.len() as u64,
        paused: watch.spec.paused,
        fault: super::one::fault(context, watch)?,
    })
}
