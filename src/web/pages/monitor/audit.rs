//! `/monitor/audit`: who of the staff changed what.

use askama::Template;
use axum::response::Response;

use super::{Desk, Frame};
use crate::domain::StaffRole;
use crate::web::context::{Ask, Face};
use crate::web::reply::{Keep, Reply};
use crate::web::trouble::Trouble;

/// Deeds on a page.
const PAGE: usize = 100;

struct Row {
    machine: String,
    at: String,
    who: String,
    what: String,
    about: String,
    detail: String,
}

#[derive(Template)]
#[template(path = "monitor/audit.html")]
struct AuditPage {
    frame: Frame,
    desk: Desk,
    rows: Vec<Row>,
    older: Option<String>,
}

/// `GET /monitor/audit`
pub(in crate::web) async fn page(context: Ask) -> Response {
    context.serve(Face::Page, view).await
}

fn view(context: &Ask) -> Result<Reply, Trouble> {
    let ui = context.ui;
    let (frame, desk) = Desk::new(context, StaffRole::Admin, ui.t("desk-audit"))?;
    let before = context
        .pairs
        .last("before")
        .and_then(|text| text.parse().ok());
    let deeds = context.app.store.deeds(before, PAGE)?;
    let last = deeds.last().map(|deed| deed.number);
    let older = last.filter(|_| deeds.len() == PAGE);
    let rows = deeds.into_iter().map(|deed| {
        let key = format!("did-{}", deed.what);
        Row {
            machine: deed.at.to_string(),
            at: ui.moment(deed.at.to_zoned(context.zone().clone()).datetime()),
            who: deed.who,
            what: if ui.has(&key) { ui.t(&key) } else { deed.what },
            about: deed.about,
            detail: deed.detail,
        }
    });
    let page = AuditPage {
        frame,
        desk,
        rows: rows.collect(),
        older: older
            .map(|number| context.link("/monitor/audit", &[("before", number.to_string())])),
    };
    Ok(Reply::html(page.render()?).keep(Keep::Never))
}

#[cfg(test)]
mod tests {
    use crate::domain::Language;
    use crate::store::Did;
    use crate::web::locale::Ui;

    #[test]
    fn every_deed_has_a_name_in_every_language() {
        for language in Language::OURS {
            for did in Did::ALL {
                assert!(
                    Ui::new(language).has(&format!("did-{}", did.word())),
                    "{did:?}"
                );
            }
        }
    }
}
