//! `/apps`: reading in an app, with a sign-in that is made here and can be deleted here.

use askama::Template;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::Response;

use super::Frame;
use crate::domain::Language;
use crate::web::context::{Ask, Context, Face};
use crate::web::form::{Form, PAGE_FORM, same_origin};
use crate::web::reader::{self, sign_in};
use crate::web::reply::{Keep, Reply};
use crate::web::trouble::Trouble;

/// Apps that are known to work with the addresses of FreshRSS.
const APPS: &str = "NetNewsWire, Reeder, FeedMe, Read You, Fluent Reader, NewsFlash";
/// How often a name is made up that nobody has: of 10^12 names, few are taken.
const TRIES: usize = 3;

#[derive(Template)]
#[template(path = "apps.html")]
struct AppsPage {
    frame: Frame,
    action: String,
    apps: &'static str,
    freshrss: String,
    miniflux: String,
    /// Name and password that were just made.
    made: Option<(String, String)>,
    /// What became of deleting one.
    told: Option<String>,
    by_country: String,
    by_topic: String,
}

/// `GET /apps`
pub(in crate::web) async fn page(context: Ask) -> Response {
    context
        .serve(Face::Page, |context| {
            Ok(Reply::html(view(context, None, None).render()?))
        })
        .await
}

/// `POST /apps`
pub(in crate::web) async fn change(context: Ask, request: Request) -> Response {
    match changed(&context, request).await {
        Ok(reply) => context.finish(reply.keep(Keep::Never)),
        Err(trouble) => context.fail(Face::Page, &trouble),
    }
}

async fn changed(context: &Ask, request: Request) -> Result<Reply, Trouble> {
    if !same_origin(&context.headers, &context.base) {
        return Err(Trouble::Foreign);
    }
    let client = reader::client_of(context, &request);
    let form = Form::read(request, PAGE_FORM).await?;
    let doors = &context.app.doors;
    if form.last("do") != Some("delete") {
        doors.sign_up(context, client)?;
        let made = make(context, context.ui.language()).await?;
        return Ok(Reply::html(view(context, Some(made), None).render()?));
    }
    doors.sign_in(context, client)?;
    let name = form.last("name").unwrap_or_default();
    let password = form.last("password").unwrap_or_default();
    let ui = context.ui;
    let Some(reader) = reader::recognise(context, name, password).await? else {
        let page = view(context, None, Some(ui.t("apps-unknown"))).render()?;
        return Ok(Reply::html(page).status(StatusCode::FORBIDDEN));
    };
    context.app.store.remove_reader(reader.id).await?;
    let page = view(context, None, Some(ui.t("apps-deleted"))).render()?;
    Ok(Reply::html(page))
}

/// A new sign-in: name and password.
async fn make(context: &Ask, language: Language) -> Result<(String, String), Trouble> {
    for _ in 0..TRIES {
        let (name, password) = sign_in::invent()
            .map_err(|_| Trouble::Internal("the system gives no random numbers".into()))?;
        let proof = sign_in::proof_of(&sign_in::key_of(&password));
        let store = &context.app.store;
        if store
            .add_reader(name.clone(), proof, language, context.now)
            .await?
        {
            return Ok((name, password));
        }
    }
    Err(Trouble::Busy)
}

fn view(context: &Context, made: Option<(String, String)>, told: Option<String>) -> AppsPage {
    let opml = |by: &str| context.link("/sources.opml", &[("by", by)]);
    AppsPage {
        frame: Frame::new(context, context.ui.t("nav-apps")),
        action: context.to("/apps"),
        apps: APPS,
        freshrss: context.absolute("/api/greader.php"),
        miniflux: context.absolute(""),
        made,
        told,
        by_country: opml("country"),
        by_topic: opml("topic"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::pages::samples;

    #[test]
    fn the_page_says_where_to_sign_in_and_shows_a_password_once() {
        for language in Language::OURS {
            let context = samples::context("/apps", &format!("ui={language}"));
            let plain = view(&context, None, None).render().unwrap();
            assert!(plain.contains("<code>https://vesti.example/api/greader.php</code>"));
            assert!(plain.contains("<code>https://vesti.example</code>"));
            assert!(plain.contains("NetNewsWire"));
            assert!(plain.contains("name=\"referrer\" content=\"same-origin\""));
            let made = Some(("reader-x".to_owned(), "7f3k".to_owned()));
            let made = view(&context, made, None).render().unwrap();
            assert!(!plain.contains("7f3k") && made.contains("<code>7f3k</code>"));
        }
    }
}
