//! `/mail/{token}`: all that an address is subscribed to, and all that is kept about it.

use askama::Template;
use axum::extract::{Path, Request};
use axum::http::StatusCode;
use axum::response::Response;

use super::{gone, gone_page, notice, own_form, period, quiet};
use crate::domain::Language;
use crate::store::{Standing, Subscriber};
use crate::web::context::{Ask, Face};
use crate::web::pages::{Frame, own_name};
use crate::web::reply::{Keep, Reply};
use crate::web::trouble::Trouble;

/// A subscription in the list.
struct Row {
    title: String,
    period: String,
    standing: String,
    since: String,
    end: String,
    language: String,
    languages: Vec<(String, &'static str, bool)>,
}

#[derive(Template)]
#[template(path = "subscriptions.html")]
struct ListPage {
    frame: Frame,
    address: String,
    rows: Vec<Row>,
    end_all: String,
    export: String,
}

/// `GET /mail/{token}`: all that the address is subscribed to. `?export` gives the same as a file.
pub(in crate::web) async fn manage_page(context: Ask, Path(token): Path<String>) -> Response {
    context
        .serve(Face::Page, move |context| {
            let Some(own) = context.app.store.subscriber(&token)? else {
                return gone_page(context);
            };
            let all = context.app.store.subscribers_beside(&token)?;
            if context.pairs.last("export").is_some() {
                return export(context, &own, &all);
            }
            view_list(context, &own, &all)
        })
        .await
}

/// `POST /mail/{token}`: another language, or the end of all.
pub(in crate::web) async fn manage(
    context: Ask,
    Path(token): Path<String>,
    request: Request,
) -> Response {
    let done = async {
        let form = own_form(&context, request).await?;
        let store = &context.app.store;
        let ui = context.ui;
        if form.last("end") == Some("all") {
            if store.unsubscribe_all(token).await? == 0 {
                return Err(Trouble::NotFound);
            }
            return notice(
                &context,
                ui.t("mail-ended-title"),
                vec![ui.t("mail-ended-all")],
                Vec::new(),
                None,
                StatusCode::OK,
            );
        }
        let language = form
            .last("language")
            .and_then(|code| code.parse::<Language>().ok())
            .filter(|language| context.config.settings.server.languages.contains(language))
            .ok_or(Trouble::NotFound)?;
        store.set_language(token.clone(), language).await?;
        Ok(Reply::html(String::new())
            .status(StatusCode::SEE_OTHER)
            .header(
                axum::http::header::LOCATION,
                &context.to(&format!("/mail/{token}")),
            ))
    };
    match done.await {
        Ok(reply) => context.finish(reply),
        Err(Trouble::NotFound) => gone(&context),
        Err(trouble) => context.fail(Face::Page, &trouble),
    }
}

fn view_list(context: &Ask, own: &Subscriber, all: &[Subscriber]) -> Result<Reply, Trouble> {
    let ui = context.ui;
    let offered = &context.config.settings.server.languages;
    let rows = all
        .iter()
        .map(|one| Row {
            title: one.title.clone(),
            period: period(context, one)
                .map_or_else(String::new, |period| ui.word("period", period)),
            standing: ui.t(match one.state {
                Standing::Asked => "mail-state-asked",
                Standing::Active => "mail-state-active",
                Standing::Refused | Standing::Left => "mail-state-refused",
            }),
            since: ui.tw(
                "mail-asked",
                "date",
                &ui.day(one.asked.to_zoned(context.zone().clone()).date()),
            ),
            end: context.to(&format!("/mail/unsubscribe/{}", one.token)),
            language: context.to(&format!("/mail/{}", one.token)),
            languages: Language::OURS
                .into_iter()
                .filter(|language| offered.contains(language))
                .map(|language| {
                    (
                        language.to_string(),
                        own_name(language),
                        language == one.lang,
                    )
                })
                .collect(),
        })
        .collect();
    let page = ListPage {
        frame: quiet(context, ui.t("mail-manage-title")),
        address: own.address.clone(),
        rows,
        end_all: context.to(&format!("/mail/{}", own.token)),
        export: context.link(&format!("/mail/{}", own.token), &[("export", "1")]),
    };
    Ok(Reply::html(page.render()?).keep(Keep::Never))
}

/// All that is kept about an address, as a file.
fn export(context: &Ask, own: &Subscriber, all: &[Subscriber]) -> Result<Reply, Trouble> {
    let subscriptions: Vec<serde_json::Value> = all
        .iter()
        .map(|one| {
            let store = &context.app.store;
            let search = store.search_digest(&one.digest)?;
            let mails: Vec<serde_json::Value> = store
                .mails_to(one.id)?
                .into_iter()
                .map(|mail| {
                    serde_json::json!({
                        "decided": mail.posted.to_string(),
                        "state": mail.state.as_deref().unwrap_or("waiting"),
                    })
                })
                .collect();
            Ok(serde_json::json!({
                "digest": one.digest,
                "title": one.title,
                "search": search.map(|search| search.query),
                "language": one.lang,
                "asked": one.asked.to_string(),
                "confirmed": one.state != Standing::Asked,
                "stopped": one.state == Standing::Refused,
                "refusals": one.refusals,
                "last_asked_to_confirm": one.mailed.to_string(),
                "sent_through": one.since.map(|since| since.to_string()),
                "mails": mails,
            }))
        })
        .collect::<Result<_, Trouble>>()?;
    let body = serde_json::json!({ "address": own.address, "subscriptions": subscriptions });
    Ok(Reply::json(&body)?.keep(Keep::Never).header(
        axum::http::header::CONTENT_DISPOSITION,
        "attachment; filename=\"subscriptions.json\"",
    ))
}
