//! `/api/v1/search` and `/api/v1/items/{id}`.

use axum::extract::Path;
use axum::response::Response;

use super::shapes::{SearchJson, WholeItemJson};
use crate::domain::{Item, ItemId};
use crate::web::context::{Ask, Context, Face};
use crate::web::find::newest;
use crate::web::params::BadParameter;
use crate::web::reply::Reply;
use crate::web::trouble::{Problem, Trouble};

/// Searches announcements.
///
/// Without `q`: everything, newest first. Filters of one kind are OR-ed, different ones AND-ed. Any text is a query.
#[utoipa::path(
    get,
    path = "/api/v1/search",
    tag = "search",
    params(
        ("q" = Option<String>, Query, description = "Words, \"phrases\", -not, OR, (…), title:…, source:…, prefix*. Anything a person types gives an answer.", example = "locuințe protejate"),
        ("lang" = Option<Vec<String>>, Query, description = "Languages (BCP 47), repeatable", example = json!(["ro", "lv"])),
        ("country" = Option<Vec<String>>, Query, description = "Countries (ISO 3166-1 alpha-2, or EU), repeatable", example = json!(["MD"])),
        ("source" = Option<Vec<String>>, Query, description = "Ids of sources, repeatable"),
        ("role" = Option<Vec<String>>, Query, description = "founder, member, partner, authority, media, eu; repeatable"),
        ("topic" = Option<Vec<String>>, Query, description = "Ids of topics, repeatable"),
        ("kind" = Option<Vec<String>>, Query, description = "news, call, event, vacancy, tender, consultation, report, other; repeatable", example = json!(["call"])),
        ("from" = Option<String>, Query, description = "Published on this day (YYYY-MM-DD) or later; or a span such as 7d, 2w, 3m, 1y before today", example = "3m"),
        ("to" = Option<String>, Query, description = "Published on this day or earlier; or a span before today"),
        ("deadline" = Option<String>, Query, description = "open: only announcements whose deadline lies ahead"),
        ("event" = Option<String>, Query, description = "coming: only events that are not over yet"),
        ("cross" = Option<String>, Query, description = "0 turns the search across languages off"),
        ("sort" = Option<String>, Query, description = "relevance (default with q), date (default without), deadline, event"),
        ("limit" = Option<u32>, Query, description = "Page size, 1 to 100; 20 if not given", minimum = 1, maximum = 100),
        ("cursor" = Option<String>, Query, description = "The next_cursor of the page before"),
        ("ui" = Option<String>, Query, description = "Language of labels and problem documents: ro, lv, ru, en. Else Accept-Language, else English."),
    ),
    responses(
        (status = 200, description = "A page of results", body = SearchJson, content_type = "application/json"),
        (status = 304, description = "Not changed since the ETag that was sent"),
        (status = 400, description = "A parameter cannot be understood", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Too many requests at the same time; try again after Retry-After", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn search(context: Ask) -> Response {
    context
        .serve_again(Face::Data, |context| {
            context.check_ui()?;
            let request = context.pairs.request()?;
            let found = context.find(&request)?;
            let modified = found.modified();
            let cursor = found.hits.next_cursor.clone();
            let mut json = SearchJson::new(context, &request, found);
            // How long it took does not make it another answer.
            let took = std::mem::take(&mut json.took_ms);
            let seed = serde_json::to_string(&json)?;
            let took = format!("\"took_ms\":{took},");
            let body = seed.replacen("\"took_ms\":0,", &took, 1);
            Ok(Reply::new("application/json", body)
                .seed(seed.into_bytes())
                .ignoring(cursor.as_deref())
                .modified(modified))
        })
        .await
}

/// One announcement with its whole text, its copies and its earlier versions.
#[utoipa::path(
    get,
    path = "/api/v1/items/{id}",
    tag = "search",
    params(
        ("id" = String, Path, description = "The item's id"),
        ("ui" = Option<String>, Query, description = "Language of problem documents: ro, lv, ru, en"),
    ),
    responses(
        (status = 200, description = "The announcement", body = WholeItemJson, content_type = "application/json"),
        (status = 304, description = "Not changed since the ETag that was sent"),
        (status = 400, description = "A parameter cannot be understood", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such item", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn item(Path(id): Path<String>, context: Ask) -> Response {
    context
        .serve(Face::Data, move |context| {
            context.check_ui()?;
            let (item, copies) = context.item(&id)?;
            let versions = context.app.store.versions(item.id)?;
            let modified = newest(std::slice::from_ref(&item)).max(newest(&copies));
            let relatives = context.relatives(&item)?;
            let json = WholeItemJson::new(&item, &copies, &relatives, versions);
            Ok(Reply::json(&json)?.modified(modified))
        })
        .await
}

impl Ask {
    /// An item that may be shown, and the others of its story.
    pub(crate) fn item(&self, id: &str) -> Result<(Item, Vec<Item>), Trouble> {
        let id: ItemId = id.parse().map_err(|_| Trouble::NotFound)?;
        let item = self.app.store.item(id)?.ok_or(Trouble::NotFound)?;
        if !self.is_public(&item.source) {
            return Err(Trouble::NotFound);
        }
        let mut copies = self.app.store.story(item.story)?;
        copies.retain(|copy| copy.id != item.id && self.is_public(&copy.source));
        Ok((item, copies))
    }
}

impl Context {
    /// Programs are told when `ui` is none of ours; people just get another language.
    pub(crate) fn check_ui(&self) -> Result<(), Trouble> {
        match self.pairs.last("ui") {
            Some(value) if !self.ui_given => Err(BadParameter::new("ui", value).into()),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::find::Relatives;
    use crate::web::pages::samples;

    #[test]
    fn an_item_has_the_shape_of_the_contract() {
        let json = serde_json::to_value(crate::delivery::ItemJson::new(&samples::item(), 3, None))
            .unwrap();
        let keys: Vec<&str> = json
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        for key in [
            "id",
            "url",
            "canonical_url",
            "title",
            "excerpt",
            "highlights",
            "lang",
            "lang_confidence",
            "country",
            "source",
            "published",
            "published_precision",
            "first_seen",
            "updated",
            "author",
            "kind",
            "topics",
            "deadline",
            "event",
            "image",
            "attachments",
            "story",
        ] {
            assert!(keys.contains(&key), "{key}");
        }
        assert!(!keys.contains(&"text"), "the text is for /items/{{id}}");
        assert_eq!(json["story"]["size"], 3);
        assert_eq!(json["deadline"], "2026-12-01T21:59:59Z");
        assert_eq!(json["event"]["place"], "Chișinău");
        assert_eq!(json["source"]["role"], "member");
        assert_eq!(json["attachments"][0]["type"], "application/pdf");
        assert!(json["updated"].is_null());
    }

    #[test]
    fn a_whole_item_has_its_text_copies_and_versions() {
        let item = samples::item();
        let json = serde_json::to_value(WholeItemJson::new(
            &item,
            &[samples::item()],
            &Relatives::default(),
            vec![samples::version()],
        ))
        .unwrap();
        assert_eq!(json["text"], item.text);
        assert_eq!(json["story"]["size"], 2);
        assert_eq!(json["copies"].as_array().unwrap().len(), 1);
        assert_eq!(json["versions"][0]["version"], 1);
        assert!(json["withdrawn"].is_null());
    }
}
