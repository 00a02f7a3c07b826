//! `/api/v1/monitor`: what staff see and do, for programs.

mod health;
mod manage;
mod watches;

use axum::Router;

use crate::web::App;

/// All of it.
pub(super) fn router() -> Router<App> {
    health::router()
        .merge(manage::router())
        .merge(watches::router())
}
