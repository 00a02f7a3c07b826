//! While a backup is put in force: the service has let go of its data, and tells whoever asks to come back in a moment.

use std::path::Path;
use std::time::Duration;

use axum::Router;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use tokio::net::TcpListener;
use tokio::sync::mpsc;

use super::signals::Signal;
use crate::cli::notify::Manager;
use crate::store;

/// How long it is between two looks whether it is done.
const LOOK: Duration = Duration::from_millis(50);

/// The same in the four languages; it needs nothing else, as there is nobody to give it.
const PAGE: &str = include_str!("../../../templates/pause.html");

/// Answers everybody with 503 until nobody restores any more. `false` where the service was told to stop meanwhile.
pub(super) async fn wait(
    data: &Path,
    listener: std::net::TcpListener,
    signals: &mut mpsc::UnboundedReceiver<Signal>,
    manager: &Manager,
) -> anyhow::Result<bool> {
    let listener = TcpListener::from_std(listener)?;
    let server =
        tokio::spawn(async move { axum::serve(listener, Router::new().fallback(later)).await });
    let mut last = true;
    while store::restore_goes_on(data) {
        tokio::select! {
            signal = signals.recv() => if !matches!(signal, Some(Signal::Reload)) {
                last = false;
                break;
            },
            () = tokio::time::sleep(LOOK) => manager.alive(),
        }
    }
    server.abort();
    Ok(last)
}

async fn later() -> impl IntoResponse {
    (
        StatusCode::SERVICE_UNAVAILABLE,
        [
            (header::CONTENT_TYPE, "text/html; charset=utf-8"),
            (header::RETRY_AFTER, "5"),
            (header::CACHE_CONTROL, "no-store"),
            (header::CONNECTION, "close"),
            (header::CONTENT_SECURITY_POLICY, "default-src 'none'"),
        ],
        PAGE,
    )
}
