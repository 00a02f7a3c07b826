//! Where the links in mails lead: to confirm, and to end.

use axum::extract::{Path, Request};
use axum::http::StatusCode;
use axum::response::Response;

use askama::Template;

use super::{NoticePage, facts, gone, gone_page, notice, own_form, quiet};
use crate::delivery::mail;
use crate::store::{Standing, Subscriber, Took};

use crate::web::context::{Ask, Face};
use crate::web::form::{Form, PAGE_FORM};
use crate::web::pages::Link;
use crate::web::reply::{Keep, Reply};
use crate::web::trouble::Trouble;

/// Largest report of a mail that came back; most hold the headers alone.
const LARGEST_BOUNCE: usize = 1 << 20;

/// `GET /mail/confirm/{token}`: programs that look at every link in a mail confirm nothing.
pub(in crate::web) async fn confirm_page(context: Ask, Path(token): Path<String>) -> Response {
    context
        .serve(Face::Page, move |context| {
            let Some(one) = context.app.store.subscriber(&token)? else {
                return gone_page(context);
            };
            let ui = context.ui;
            if one.state == Standing::Active {
                return confirmed(context, &one);
            }
            let button = (
                context.to(&format!("/mail/confirm/{token}")),
                ui.t("mail-confirm-do"),
            );
            notice(
                context,
                ui.t("mail-confirm-title"),
                vec![ui.t("mail-confirm-lead")],
                facts(context, &one),
                Some(button),
                StatusCode::OK,
            )
        })
        .await
}

/// `POST /mail/confirm/{token}`
pub(in crate::web) async fn confirm(
    context: Ask,
    Path(token): Path<String>,
    request: Request,
) -> Response {
    let done = async {
        own_form(&context, request).await?;
        let app = &context.app;
        let one = mail::confirm(&app.store, &context.config, &token, context.now).await?;
        confirmed(&context, &one.ok_or(Trouble::NotFound)?)
    };
    match done.await {
        Ok(reply) => context.finish(reply),
        Err(Trouble::NotFound) => gone(&context),
        Err(trouble) => context.fail(Face::Page, &trouble),
    }
}

/// `GET /mail/unsubscribe/{token}`
pub(in crate::web) async fn unsubscribe_page(context: Ask, Path(token): Path<String>) -> Response {
    context
        .serve(Face::Page, move |context| {
            let Some(one) = context.app.store.subscriber(&token)? else {
                return gone_page(context);
            };
            let ui = context.ui;
            let button = (
                context.to(&format!("/mail/unsubscribe/{token}")),
                ui.t("mail-end-do"),
            );
            notice(
                context,
                ui.t("mail-end-title"),
                vec![ui.t("mail-end-lead")],
                facts(context, &one),
                Some(button),
                StatusCode::OK,
            )
        })
        .await
}

/// `POST /mail/unsubscribe/{token}`: the button of the page, and the one click of mail programs (RFC 8058), which send no
/// cookie and come from anywhere. Whoever has the token may do no worse than this.
pub(in crate::web) async fn unsubscribe(
    context: Ask,
    Path(token): Path<String>,
    request: Request,
) -> Response {
    let done = async {
        Form::read(request, PAGE_FORM).await?;
        let gone = context.app.store.unsubscribe(token).await?;
        let ui = context.ui;
        // A second click finds nothing, and that is what was wanted.
        let facts = gone.map_or_else(Vec::new, |one| vec![(ui.t("mail-what"), one.title)]);
        notice(
            &context,
            ui.t("mail-ended-title"),
            vec![ui.t("mail-ended")],
            facts,
            None,
            StatusCode::OK,
        )
    };
    match done.await {
        Ok(reply) => context.finish(reply),
        Err(trouble) => context.fail(Face::Page, &trouble),
    }
}

/// `POST /mail/bounces`: a mail that came back, as its mail server hands it over. What is none is left alone, and nobody is told
/// which it was.
pub(in crate::web) async fn bounced(context: Ask, request: Request) -> Response {
    let done = async {
        let body = axum::body::to_bytes(request.into_body(), LARGEST_BOUNCE)
            .await
            .map_err(|_| Trouble::TooLarge)?;
        let store = &context.app.store;
        if let Some(bounce) = mail::bounce(&body)
            && let Some(one) = store.subscriber(&bounce.token)?
            && store.address_took(one.id, Took::Bounced).await?
        {
            tracing::warn!(subscription = %one.id, "the address sends mails back: it gets no more");
        }
        Ok(Reply::html(String::new())
            .status(StatusCode::NO_CONTENT)
            .keep(Keep::Never))
    };
    match done.await {
        Ok(reply) => context.finish(reply),
        Err(trouble) => context.fail(Face::Page, &trouble),
    }
}

fn confirmed(context: &Ask, one: &Subscriber) -> Result<Reply, Trouble> {
    let ui = context.ui;
    let manage = Link {
        href: context.to(&format!("/mail/{}", one.token)),
        label: ui.t("mail-manage-title"),
        current: false,
    };
    let page = NoticePage {
        frame: quiet(context, ui.t("mail-confirmed-title")),
        sentences: vec![ui.t("mail-confirmed")],
        facts: facts(context, one),
        button: None,
        links: vec![manage],
    };
    Ok(Reply::html(page.render()?).keep(Keep::Never))
}
