//! `/login` and `/logout`: how staff come in, by a password or by a link that works once, and members by a key.

use askama::Template;
use axum::extract::{Path, Request};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use jiff::SignedDuration;

use super::{Frame, Link};
use crate::delivery::secrets;
use crate::domain::StaffRole;
use crate::store::{Deed, Did, NewPass, PassKind, StaffMember};
use crate::web::access::{
    self, SESSION_DAYS, member_cookie, next_path, no_session_cookie, password, session_cookie,
};
use crate::web::client::Client;
use crate::web::context::{Ask, Context, Face};
use crate::web::form::{Form, PAGE_FORM, same_origin};
use crate::web::reader::client_of;
use crate::web::reply::{Keep, Reply};
use crate::web::trouble::Trouble;

/// Where staff begin.
const DESK: &str = "/monitor";
/// Longest name of a browser that is kept, in characters.
const LABEL: usize = 120;

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage {
    frame: Frame,
    action: String,
    next: String,
    name: String,
    /// Why it did not work, or what to do next.
    told: Option<String>,
    is_fault: bool,
    /// Links can be sent.
    by_mail: bool,
    /// Members come in by a key.
    by_key: bool,
}

#[derive(Template)]
#[template(path = "notice.html")]
struct OncePage {
    frame: Frame,
    sentences: Vec<String>,
    facts: Vec<(String, String)>,
    button: Option<(String, String)>,
    links: Vec<Link>,
}

/// `GET /login`
pub(in crate::web) async fn page(context: Ask) -> Response {
    if context.staff().is_some() {
        return context.finish(see_other(&after(&context, context.pairs.last("next"))));
    }
    match view(&context, context.pairs.last("next"), "", None) {
        Ok(reply) => context.finish(reply),
        Err(trouble) => context.fail(Face::Page, &trouble),
    }
}

/// `POST /login`
pub(in crate::web) async fn sign_in(context: Ask, request: Request) -> Response {
    match signed_in(&context, request).await {
        Ok(reply) => context.finish(reply),
        Err(trouble) => context.fail(Face::Page, &trouble),
    }
}

async fn signed_in(context: &Ask, request: Request) -> Result<Reply, Trouble> {
    if !same_origin(&context.headers, &context.base) {
        return Err(Trouble::Foreign);
    }
    let client = client_of(context, &request);
    let form = Form::read(request, PAGE_FORM).await?;
    match form.last("do") {
        Some("key") => with_key(context, client, &form).await,
        Some("link") => with_link(context, client, &form).await,
        _ => with_password(context, client, &form).await,
    }
}

async fn with_password(context: &Ask, client: Client, form: &Form) -> Result<Reply, Trouble> {
    let name = form.last("name").unwrap_or_default().to_owned();
    let typed = form.all("password").last().unwrap_or_default().to_owned();
    let next = form.last("next");
    let attempts = &context.app.attempts;
    if let Some(wait) = attempts.wait(client, &name, context.now) {
        return Err(Trouble::TooMany(wait));
    }
    // Counted before the answer is known, so that many at the same time are many.
    attempts.failed(client, &name, context.now);
    let found = {
        let name = name.clone();
        context
            .aside(move |context| {
                let member = context.app.store.staff_named(&name)?;
                let hash = member
                    .as_ref()
                    .and_then(|member| member.password.as_deref());
                let good = password::matches(&typed, hash);
                Ok(member.filter(|_| good))
            })
            .await?
    };
    let Some(member) = found else {
        let deed = Deed {
            who: "?".into(),
            what: Did::SignInFailed,
            about: name.chars().filter(|c| !c.is_control()).take(40).collect(),
            detail: String::new(),
        };
        context.app.store.note_deed(deed, context.now).await?;
        let told = (context.ui.t("login-wrong"), true);
        return Ok(view(context, next, &name, Some(told))?.status(StatusCode::FORBIDDEN));
    };
    attempts.succeeded(client, &name);
    let secret = open(context, &member).await?;
    Ok(see_other(&after(context, next))
        .header(header::SET_COOKIE, &session_cookie(&secret, &context.base)))
}

/// Opens a session; gives its secret.
async fn open(context: &Ask, member: &StaffMember) -> Result<String, Trouble> {
    let secret = new_secret()?;
    let pass = NewPass {
        staff: member.id,
        kind: PassKind::Session,
        hash: secrets::hash(&secret),
        label: browser(&context.headers),
        role: StaffRole::Admin,
        ends: context
            .now
            .checked_add(SignedDuration::from_hours(24 * SESSION_DAYS))
            .ok(),
    };
    let deed = Deed {
        who: member.name.to_string(),
        what: Did::SignedIn,
        about: String::new(),
        detail: String::new(),
    };
    context
        .app
        .store
        .add_pass(pass, Some(deed), context.now)
        .await?;
    Ok(secret)
}

pub(super) fn new_secret() -> Result<String, Trouble> {
    secrets::invent().ok_or_else(|| Trouble::Internal("the system gives no random numbers".into()))
}

/// What a browser says that it is, to tell one session from another.
fn browser(headers: &HeaderMap) -> String {
    let agent = headers
        .get(header::USER_AGENT)
        .and_then(|value| value.to_str().ok());
    agent.unwrap_or_default().chars().take(LABEL).collect()
}

async fn with_key(context: &Ask, client: Client, form: &Form) -> Result<Reply, Trouble> {
    let key = form.last("key").unwrap_or_default().to_owned();
    let next = form.last("next");
    let attempts = &context.app.attempts;
    if let Some(wait) = attempts.wait(client, "", context.now) {
        return Err(Trouble::TooMany(wait));
    }
    let hash = secrets::hash(&key);
    let found = context
        .aside(move |context| Ok(context.app.store.member_key(&hash)?))
        .await?;
    if found.is_none() {
        attempts.failed(client, "", context.now);
        let told = (context.ui.t("login-key-wrong"), true);
        return Ok(view(context, next, "", Some(told))?.status(StatusCode::FORBIDDEN));
    }
    let to = context.to(next_path(next).unwrap_or("/"));
    Ok(see_other(&to).header(header::SET_COOKIE, &member_cookie(&key, &context.base)))
}

async fn with_link(context: &Ask, client: Client, form: &Form) -> Result<Reply, Trouble> {
    let name = form.last("name").unwrap_or_default().to_owned();
    let next = form.last("next");
    if context.config.settings.mail.is_none() {
        return Err(Trouble::NotFound);
    }
    let attempts = &context.app.attempts;
    if let Some(wait) = attempts.wait(client, &name, context.now) {
        return Err(Trouble::TooMany(wait));
    }
    attempts.failed(client, &name, context.now);
    let language = context.ui.language();
    let found = {
        let name = name.clone();
        context
            .aside(move |context| Ok(context.app.store.staff_named(&name)?))
            .await?
    };
    if let Some(member) = found.filter(|member| member.mail.is_some()) {
        context
            .app
            .store
            .mail_sign_in(member.id, language, context.now)
            .await?;
    }
    // The same answer to everybody: it tells nobody who is of the staff.
    let told = (context.ui.t("login-link-sent"), false);
    view(context, next, &name, Some(told))
}

/// `GET /login/{token}`: programs that look at every link in a mail use nothing up.
pub(in crate::web) async fn once_page(context: Ask, Path(token): Path<String>) -> Response {
    let ui = context.ui;
    let page = OncePage {
        frame: Frame::new(&context, ui.t("login-once-title")).unlisted(),
        sentences: vec![ui.t("login-once-lead")],
        facts: Vec::new(),
        button: Some((context.to(&format!("/login/{token}")), ui.t("login-do"))),
        links: Vec::new(),
    };
    match page.render() {
        Ok(page) => context.finish(Reply::html(page).keep(Keep::Never)),
        Err(error) => context.fail(Face::Page, &error.into()),
    }
}

/// `POST /login/{token}`
pub(in crate::web) async fn once(
    context: Ask,
    Path(token): Path<String>,
    request: Request,
) -> Response {
    match taken(&context, token, request).await {
        Ok(reply) => context.finish(reply),
        Err(trouble) => context.fail(Face::Page, &trouble),
    }
}

async fn taken(context: &Ask, token: String, request: Request) -> Result<Reply, Trouble> {
    if !same_origin(&context.headers, &context.base) {
        return Err(Trouble::Foreign);
    }
    let client = client_of(context, &request);
    Form::read(request, PAGE_FORM).await?;
    if let Some(wait) = context.app.attempts.wait(client, "", context.now) {
        return Err(Trouble::TooMany(wait));
    }
    let secret = new_secret()?;
    let ends = context
        .now
        .saturating_add(SignedDuration::from_hours(24 * SESSION_DAYS))
        .unwrap_or(jiff::Timestamp::MAX);
    let found = context
        .app
        .store
        .take_link(
            secrets::hash(&token),
            secrets::hash(&secret),
            browser(&context.headers),
            ends,
            context.now,
        )
        .await?;
    if found.is_none() {
        context.app.attempts.failed(client, "", context.now);
        let told = (context.ui.t("login-once-gone"), true);
        return Ok(view(context, None, "", Some(told))?.status(StatusCode::FORBIDDEN));
    }
    Ok(see_other(&after(context, None))
        .header(header::SET_COOKIE, &session_cookie(&secret, &context.base)))
}

/// `POST /logout`
pub(in crate::web) async fn sign_out(context: Ask, request: Request) -> Response {
    let done = async {
        let (staff, _) = access::form(&context, request, StaffRole::Viewer).await?;
        context
            .app
            .store
            .end_pass(staff.id, staff.pass, None, context.now)
            .await?;
        Ok(see_other(&context.to("/"))
            .header(header::SET_COOKIE, &no_session_cookie(&context.base)))
    };
    match done.await {
        Ok(reply) => context.finish(reply),
        Err(trouble) => context.fail(Face::Page, &trouble),
    }
}

/// Where one goes after signing in.
fn after(context: &Context, next: Option<&str>) -> String {
    context.to(next_path(next).unwrap_or(DESK))
}

/// An answer that leads elsewhere.
pub(in crate::web) fn see_other(to: &str) -> Reply {
    Reply::html(String::new())
        .status(StatusCode::SEE_OTHER)
        .keep(Keep::Never)
        .header(header::LOCATION, to)
}

fn view(
    context: &Context,
    next: Option<&str>,
    name: &str,
    told: Option<(String, bool)>,
) -> Result<Reply, Trouble> {
    let is_fault = told.as_ref().is_some_and(|(_, fault)| *fault);
    let page = SignInPage {
        frame: Frame::new(context, context.ui.t("nav-login")).unlisted(),
        action: context.to("/login"),
        next: next_path(next).unwrap_or_default().to_owned(),
        name: name.to_owned(),
        told: told.map(|(sentence, _)| sentence),
        is_fault,
        by_mail: context.config.settings.mail.is_some(),
        by_key: context.config.settings.access.is_closed(),
    };
    Ok(Reply::html(page.render()?).keep(Keep::Never))
}
