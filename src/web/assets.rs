//! The stylesheet, the script and the icon, under addresses that hold a hash of their content.

use std::sync::LazyLock;

use crate::domain::hex;
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::context::{Ask, Face};
use super::reply::{Keep, Reply};
use super::trouble::Trouble;

const CSS: &str = include_str!("assets/vesti.css");
const JS: &str = include_str!("assets/vesti.js");
const ICON: &str = include_str!("assets/icon.svg");

const CSS_TYPE: &str = "text/css; charset=utf-8";
const JS_TYPE: &str = "text/javascript; charset=utf-8";
const ICON_TYPE: &str = "image/svg+xml";

/// `vesti-0123456789abcdef.css`
pub(super) static CSS_NAME: LazyLock<String> = LazyLock::new(|| name("vesti", CSS, "css"));
/// `vesti-0123456789abcdef.js`
pub(super) static JS_NAME: LazyLock<String> = LazyLock::new(|| name("vesti", JS, "js"));
/// `icon-0123456789abcdef.svg`
pub(super) static ICON_NAME: LazyLock<String> = LazyLock::new(|| name("icon", ICON, "svg"));

fn name(stem: &str, content: &str, ending: &str) -> String {
    let digest = Sha256::digest(content);
    format!("{stem}-{}.{ending}", hex(&digest[..8]))
}

/// `/assets/{name}`
pub(super) async fn asset(Path(name): Path<String>, context: Ask) -> Response {
    let reply = if name == *CSS_NAME {
        Reply::new(CSS_TYPE, CSS)
    } else if name == *JS_NAME {
        Reply::new(JS_TYPE, JS)
    } else if name == *ICON_NAME {
        Reply::new(ICON_TYPE, ICON)
    } else {
        return context.fail(Face::Data, &Trouble::NotFound);
    };
    reply
        .keep(Keep::Forever)
        .answer(&context.headers, context.now)
}

/// `/favicon.ico`, for those who ask without having read the page.
pub(super) async fn favicon(headers: HeaderMap) -> Response {
    Reply::new(ICON_TYPE, ICON)
        .keep(Keep::Hour)
        .answer(&headers, Timestamp::UNIX_EPOCH)
}
