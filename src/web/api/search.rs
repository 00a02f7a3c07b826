//! `/api/v1/search` and `/api/v1/items/{id}`.

use axum::extract::Path;
use axum::response::Response;

use super::lists::next_page;
use super::operations::{ITEM, SEARCH};
use super::shapes::{SearchJson, WholeItemJson};
use crate::domain::{Item, ItemId};
use crate::web::context::{Ask, Face};
use crate::web::find::newest;
use crate::web::reply::Reply;
use crate::web::trouble::Trouble;

/// Searches announcements.
///
/// Without `q`: everything, newest first. Filters of one kind are OR-ed, different ones AND-ed. Any text is a query.
#[utoipa::path(
    get,
    path = "/api/v1/search",
    tag = "search",
    responses(
        (status = 200, description = "A page of results", body = SearchJson, content_type = "application/json"),
    )
)]
pub(super) async fn search(context: Ask) -> Response {
    context
        .serve_again(Face::Data, |context| {
            context.check(SEARCH.query)?;
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
            let reply = Reply::new("application/json", body)
                .seed(seed.into_bytes())
                .ignoring(cursor.as_deref())
                .modified(modified);
            Ok(next_page(context, &SEARCH, cursor.as_deref(), reply))
        })
        .await
}

/// One announcement with its whole text, its copies and its earlier versions.
///
/// The texts of its files and what its source replaced it by are told as well.
#[utoipa::path(
    get,
    path = "/api/v1/items/{id}",
    tag = "search",
    responses(
        (status = 200, description = "The announcement", body = WholeItemJson, content_type = "application/json"),
    )
)]
pub(super) async fn item(Path(id): Path<String>, context: Ask) -> Response {
    context
        .serve(Face::Data, move |context| {
            context.check(ITEM.query)?;
            let (item, copies) = context.item(&id)?;
            let versions = context.app.store.versions(item.id)?;
            let modified = newest(std::slice::from_ref(&item)).max(newest(&copies));
            let relatives = context.relatives(&item)?;
            let edits = context.app.store.matters_of(item.id)?;
            let language = context.ui.language();
            let json = WholeItemJson::new(&item, &copies, &relatives, (versions, &edits), language);
            Ok(Reply::json(&json)?.modified(modified))
        })
        .await
}

impl Ask {
    /// An item that may be shown, and the others of its story.
    pub(crate) fn item(&self, id: &str) -> Result<(Item, Vec<Item>), Trouble> {
        let id: ItemId = id.parse().map_err(|_| Trouble::NotFound)?;
        let store = &self.app.store;
        let found = match self.staff() {
            Some(_) => store.any_item(id)?,
            None => store.item(id)?,
        };
        let item = found.ok_or(Trouble::NotFound)?;
        if !self.is_public(&item.source) {
            return Err(Trouble::NotFound);
        }
        let mut copies = self.app.store.story(item.story)?;
        copies.retain(|copy| copy.id != item.id && self.is_public(&copy.source));
        Ok((item, copies))
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
            (vec![samples::version()], &[]),
            crate::domain::Language::EN,
        ))
        .unwrap();
        assert_eq!(json["text"], item.text);
        assert_eq!(json["story"]["size"], 2);
        assert_eq!(json["copies"].as_array().unwrap().len(), 1);
        assert_eq!(json["versions"][0]["version"], 1);
        assert!(json["withdrawn"].is_null());
    }
}
