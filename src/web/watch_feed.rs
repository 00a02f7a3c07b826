//! `/watches/{token}.rss` and `.atom`: what a watch told, for whoever has its address.

use axum::extract::Path;
use axum::http::header;
use axum::response::Response;
use jiff::Timestamp;

use super::context::{Ask, Face};
use super::feeds::Format;
use super::reply::{Keep, Reply};
use super::trouble::Trouble;
use crate::delivery::watch::{WatchFeed, watch_feed};
use crate::delivery::{FeedInfo, FeedLinks};

/// Bulletins in a feed.
const MOST: usize = 50;

/// `GET /watches/{token}.rss` and `.atom`
pub(super) async fn feed(Path(name): Path<String>, context: Ask) -> Response {
    context
        .serve(Face::Data, move |context| written(context, &name))
        .await
}

fn written(context: &Ask, name: &str) -> Result<Reply, Trouble> {
    let (token, ending) = name.rsplit_once('.').ok_or(Trouble::NotFound)?;
    let (format, kind) = match ending {
        "rss" => (Format::Rss, WatchFeed::Rss),
        "atom" => (Format::Atom, WatchFeed::Atom),
        _ => return Err(Trouble::NotFound),
    };
    let store = &context.app.store;
    let watch = store.watch_by_token(token)?.ok_or(Trouble::NotFound)?;
    if !watch.spec.feed {
        return Err(Trouble::NotFound);
    }
    let bulletins = store.bulletins(watch.id, MOST)?;
    let updated = bulletins.first().map_or(watch.created, |last| last.at);
    let info = FeedInfo {
        title: watch.spec.name.clone(),
        description: context
            .ui
            .tw("watch-feed-description", "site", context.site()),
        home: context.base.clone(),
        this: context.url(&format!("/watches/{name}"))?,
        next: None,
        lang: Some(watch.spec.lang),
        updated,
        public: context.base.clone(),
        links: FeedLinks::default(),
        content: context.config.settings.feeds.content,
        labels: context.labels(),
        hub: None,
    };
    let body = watch_feed(&info, &bulletins, watch.spec.lang, kind);
    let modified: Option<Timestamp> = Some(updated);
    Ok(Reply::new(format.content_type(), body)
        .keep(Keep::Never)
        .header(header::REFERRER_POLICY, "no-referrer")
        .modified(modified))
}
