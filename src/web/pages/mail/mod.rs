//! Subscribing by mail: `/subscribe`, and the pages that links in mails lead to under `/mail`.

mod form;
mod links;
mod list;

pub(in crate::web) use form::{form, wish};
pub(in crate::web) use links::{bounced, confirm, confirm_page, unsubscribe, unsubscribe_page};
pub(in crate::web) use list::{manage, manage_page};

use askama::Template;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::Response;

use super::{Frame, Link, period_word};
use crate::store::Subscriber;
use crate::web::context::{Ask, Context, Face};
use crate::web::form::{Form, PAGE_FORM, same_origin};
use crate::web::params::Pairs;
use crate::web::reply::{Keep, Reply};
use crate::web::trouble::Trouble;
use crate::web::wording::capital;

#[derive(Template)]
#[template(path = "notice.html")]
struct NoticePage {
    frame: Frame,
    sentences: Vec<String>,
    /// What it is about: label and value.
    facts: Vec<(String, String)>,
    /// Where a button leads and what it says.
    button: Option<(String, String)>,
    links: Vec<Link>,
}

/// The form of a request, if one of our pages sent it and mail is offered.
async fn own_form(context: &Ask, request: Request) -> Result<Form, Trouble> {
    offered(context)?;
    if !same_origin(&context.headers, &context.base) {
        return Err(Trouble::Foreign);
    }
    Form::read(request, PAGE_FORM).await
}

/// Without a mail server there is nothing to offer.
fn offered(context: &Context) -> Result<(), Trouble> {
    match context.config.settings.mail {
        Some(_) => Ok(()),
        None => Err(Trouble::NotFound),
    }
}

/// The page for a link whose subscription is no more.
fn gone_page(context: &Context) -> Result<Reply, Trouble> {
    let ui = context.ui;
    notice(
        context,
        ui.t("mail-gone-title"),
        vec![ui.t("mail-gone")],
        Vec::new(),
        None,
        StatusCode::NOT_FOUND,
    )
}

fn gone(context: &Ask) -> Response {
    match gone_page(context) {
        Ok(reply) => context.finish(reply),
        Err(trouble) => context.fail(Face::Page, &trouble),
    }
}

fn facts(context: &Ask, one: &Subscriber) -> Vec<(String, String)> {
    let ui = context.ui;
    let mut facts = vec![
        (ui.t("mail-what"), one.title.clone()),
        (ui.t("mail-address"), one.address.clone()),
    ];
    if let Some(period) = period(context, one) {
        facts.push((ui.t("mail-pace"), capital(&ui.word("period", period))));
    }
    facts
}

/// How often a subscription sends.
fn period(context: &Ask, one: &Subscriber) -> Option<&'static str> {
    let named = context
        .config
        .digests
        .iter()
        .find(|spec| spec.id == one.digest)
        .map(|spec| spec.period);
    let search = || {
        let search = context.app.store.search_digest(&one.digest);
        search.ok().flatten().map(|search| search.period)
    };
    named.or_else(search).map(period_word)
}

/// A frame that search engines do not list.
fn quiet(context: &Context, title: String) -> Frame {
    let neutral = Context {
        pairs: Pairs::default(),
        ..context.clone()
    };
    let mut frame = Frame::new(&neutral, title).unlisted();
    frame.canonical = None;
    frame
}

fn notice(
    context: &Context,
    title: String,
    sentences: Vec<String>,
    facts: Vec<(String, String)>,
    button: Option<(String, String)>,
    status: StatusCode,
) -> Result<Reply, Trouble> {
    let page = NoticePage {
        frame: quiet(context, title),
        sentences,
        facts,
        button,
        links: Vec::new(),
    };
    Ok(Reply::html(page.render()?).status(status).keep(Keep::Never))
}
