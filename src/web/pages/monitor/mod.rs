//! `/monitor`: what staff look after. Each page needs a role; what all of them share stands here.

pub(in crate::web) mod account;
pub(in crate::web) mod audit;
pub(in crate::web) mod changes;
pub(in crate::web) mod keys;
mod overview;
mod rhythm;
mod source;
pub(in crate::web) mod sources;
pub(in crate::web) mod staff;
pub(in crate::web) mod watches;

use axum::Router;
use axum::routing::get;

use super::{Frame, Link};
use crate::domain::StaffRole;
use crate::web::App;
use crate::web::context::Context;
use crate::web::trouble::Trouble;

/// The pages that the sub-navigation names: path, message, and who sees it.
const PLACES: &[(&str, &str, StaffRole)] = &[
    ("/monitor", "nav-sources", StaffRole::Viewer),
    ("/monitor/changes", "desk-changes", StaffRole::Viewer),
    ("/monitor/watches", "desk-watches", StaffRole::Viewer),
    ("/monitor/catalogue", "desk-catalogue", StaffRole::Viewer),
    ("/monitor/account", "desk-account", StaffRole::Viewer),
    ("/monitor/staff", "desk-staff", StaffRole::Admin),
    ("/monitor/keys", "desk-keys", StaffRole::Admin),
    ("/monitor/audit", "desk-audit", StaffRole::Admin),
];

/// All pages under `/monitor`.
pub(in crate::web) fn router() -> Router<App> {
    Router::new()
        .route("/monitor", get(overview::page))
        .route("/monitor/sources/{id}", get(source::page))
        .route("/monitor/changes", get(changes::page))
        .route("/monitor/watches", get(watches::list))
        .route(
            "/monitor/watches/new",
            get(watches::new).post(watches::create),
        )
        .route(
            "/monitor/watches/{id}",
            get(watches::one).post(watches::change),
        )
        .route(
            "/monitor/watches/{id}/edit",
            get(watches::edit).post(watches::save),
        )
        .route("/monitor/account", get(account::page).post(account::change))
        .route("/monitor/staff", get(staff::page).post(staff::change))
        .route("/monitor/keys", get(keys::page).post(keys::change))
        .route("/monitor/audit", get(audit::page))
        .merge(sources::router())
}

/// What stands around every page of the monitor.
pub(super) struct Desk {
    pub(super) csrf: String,
    pub(super) name: String,
    pub(super) nav: Vec<Link>,
    pub(super) sign_out: String,
    /// What was just done.
    pub(super) told: Option<String>,
    /// Why it was not.
    pub(super) fault: Option<String>,
}

impl Desk {
    /// The desk of whoever asks, who must have at least this role; and the frame of the page.
    pub(super) fn new(
        context: &Context,
        role: StaffRole,
        title: String,
    ) -> Result<(Frame, Self), Trouble> {
        let staff = context.need(role)?;
        let path = context.path.as_str();
        let nav = PLACES
            .iter()
            .filter(|(_, _, least)| staff.role >= *least)
            .map(|(to, message, _)| Link {
                href: context.to(to),
                label: context.ui.t(message),
                current: *to == path
                    || (*to != "/monitor" && path.starts_with(&format!("{to}/")))
                    || (*to == "/monitor" && path.starts_with("/monitor/sources")),
            })
            .collect();
        let desk = Self {
            csrf: staff.csrf.clone(),
            name: staff.name.to_string(),
            nav,
            sign_out: context.to("/logout"),
            told: None,
            fault: None,
        };
        Ok((Frame::new(context, title).unlisted(), desk))
    }

    /// With what became of what was asked for.
    pub(super) fn with(mut self, done: Result<Option<String>, String>) -> Self {
        match done {
            Ok(told) => self.told = told,
            Err(fault) => self.fault = Some(fault),
        }
        self
    }
}
