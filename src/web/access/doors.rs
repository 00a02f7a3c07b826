//! Members' pages that are closed: who comes in, and what stands open all the same.

use axum::http::{HeaderMap, Uri};

use crate::web::App;
use crate::web::params::Pairs;
use crate::web::trouble::Trouble;

/// Whether a path is open to everybody, also where the members' pages are closed: what is guarded in its own way, what is
/// needed to come in, and what tells nothing of what is inside.
pub(in crate::web) fn is_open(path: &str) -> bool {
    matches!(
        path,
        "/login"
            | "/logout"
            | "/privacy"
            | "/accessibility"
            | "/healthz"
            | "/readyz"
            | "/metrics"
            | "/robots.txt"
            | "/favicon.ico"
            | "/opensearch.xml"
            | "/openapi.json"
            | "/api"
    ) || [
        "/login/",
        "/monitor",
        "/api/v1/monitor",
        "/api/greader.php",
        "/reader/",
        "/accounts/",
        "/assets/",
        "/.well-known/",
        "/mail/",
        "/websub/",
        "/watches/",
    ]
    .iter()
    .any(|beginning| path.starts_with(beginning))
}

/// Whether a request comes in where the members' pages are closed.
pub(in crate::web) async fn admit(
    app: &App,
    uri: &Uri,
    headers: &HeaderMap,
) -> Result<(), Trouble> {
    let closed = app.config.borrow().settings.access.is_closed();
    if !closed || is_open(uri.path()) {
        return Ok(());
    }
    let visitor = super::visitor(app, headers, &Pairs::parse(uri.query())).await?;
    if visitor.is_known() {
        Ok(())
    } else {
        Err(Trouble::SignIn)
    }
}
