//! `/monitor/audit`: who of the staff changed what.

use askama::Template;
use axum::response::Response;

use super::{Desk, Frame};
use crate::domain::StaffRole;
use crate::web::context::{Ask, Face};
use crate::web::locale::Ui;
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
            detail: detail(ui, &deed.what, &deed.detail),
            what: if ui.has(&key) { ui.t(&key) } else { deed.what },
            about: deed.about,
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

/// What the log has as keys, in the reader's words; all else stays as it was written.
fn detail(ui: Ui, what: &str, detail: &str) -> String {
    let known = |family: &str, part: &str| {
        let key = format!("{family}-{part}");
        if ui.has(&key) {
            ui.t(&key)
        } else {
            part.to_owned()
        }
    };
    let each = |family: &str, between: &str| {
        let parts: Vec<String> = detail
            .split(between)
            .map(|part| known(family, part))
            .collect();
        parts.join(between)
    };
    match what {
        "signed-in" if detail == "link" => ui.t("audit-by-link"),
        "conflict-settled" if detail == "browser" => ui.t("conflict-browser"),
        "staff-added" | "staff-changed" | "token-made" => each("staff-role", " → "),
        "source-edited" => each("source-field", ", "),
        _ => detail.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::detail;
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

    #[test]
    fn what_the_log_has_as_keys_is_said_in_words() {
        let lv = Ui::new(Language::LV);
        let changed = detail(lv, Did::StaffChanged.word(), "admin → viewer");
        assert!(
            !changed.contains("admin →") && changed.contains(" → "),
            "{changed}"
        );
        let edited = detail(lv, Did::SourceEdited.word(), "name, url");
        assert!(edited.contains(&lv.t("source-field-name")), "{edited}");
        let mail = detail(lv, Did::StaffChanged.word(), "ana@ngo.example");
        assert_eq!(mail, "ana@ngo.example");
        assert_ne!(detail(lv, Did::SignedIn.word(), "link"), "link");
    }
}
