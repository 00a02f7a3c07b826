//! `/monitor/account`: one's own password, the browsers that are signed in, and tokens for programs.

use askama::Template;
use axum::extract::Request;
use axum::http::header;
use axum::response::Response;

use super::{Desk, Frame};
use crate::delivery::secrets;
use crate::domain::StaffRole;
use crate::store::{Deed, Did, NewPass, Pass, PassKind, StaffChange};
use crate::web::access::{self, Staff, TOKEN, no_session_cookie, password};
use crate::web::client::Client;
use crate::web::context::{Ask, Context, Face};
use crate::web::form::Form;
use crate::web::pages::sign_in::{new_secret, see_other};
use crate::web::reply::{Keep, Reply};
use crate::web::trouble::Trouble;

/// Most tokens of one member of staff.
const MOST_TOKENS: usize = 50;
/// Longest name of a token, in characters.
const LABEL: usize = 60;

struct Row {
    id: i64,
    label: String,
    role: String,
    created: String,
    used: Option<String>,
    current: bool,
}

#[derive(Template)]
#[template(path = "monitor/account.html")]
struct AccountPage {
    frame: Frame,
    desk: Desk,
    action: String,
    api: String,
    role: String,
    has_password: bool,
    shortest: u64,
    sessions: Vec<Row>,
    tokens: Vec<Row>,
    roles: Vec<(&'static str, String)>,
    /// A token that was just made.
    made: Option<String>,
}

enum Done {
    Told(Result<Option<String>, String>),
    Made(String),
    /// All sessions ended, this one too.
    Out,
}

/// `GET /monitor/account`
pub(in crate::web) async fn page(context: Ask) -> Response {
    context
        .serve(Face::Page, |context| view(context, Done::Told(Ok(None))))
        .await
}

/// `POST /monitor/account`
pub(in crate::web) async fn change(context: Ask, request: Request) -> Response {
    let done = async {
        let (staff, form) = access::form(&context, request, StaffRole::Viewer).await?;
        match form.last("do") {
            Some("password") => set_password(&context, &staff, &form).await,
            Some("token") => make_token(&context, &staff, &form).await,
            _ => end(&context, &staff, &form).await,
        }
    };
    match done.await {
        Ok(Done::Out) => context.finish(
            see_other(&context.to("/login"))
                .header(header::SET_COOKIE, &no_session_cookie(&context.base)),
        ),
        Ok(done) => {
            context
                .serve(Face::Page, move |context| view(context, done))
                .await
        }
        Err(trouble) => context.fail(Face::Page, &trouble),
    }
}

async fn set_password(context: &Ask, staff: &Staff, form: &Form) -> Result<Done, Trouble> {
    let ui = context.ui;
    let raw = |name: &str| form.all(name).last().unwrap_or_default().to_owned();
    let (old, new, again) = (raw("old"), raw("new"), raw("again"));
    if new != again {
        return Ok(Done::Told(Err(ui.t("account-not-alike"))));
    }
    let (id, name) = (staff.id, staff.name.to_string());
    let attempts = &context.app.attempts;
    // By the name alone: whoever is here has signed in.
    let client = Client::Reader(u128::MAX);
    if let Some(wait) = attempts.wait(client, &name, context.now) {
        return Err(Trouble::TooMany(wait));
    }
    let hashed = {
        let name = name.clone();
        context
            .aside(move |context| {
                let member = context.app.store.staff_member(id)?.ok_or(Trouble::SignIn)?;
                // Whoever came by a link sets a first password without one.
                let known = member.password.is_none()
                    || password::matches(&old, member.password.as_deref());
                Ok(known.then(|| password::hash(&name, &new)))
            })
            .await?
    };
    let hash = match hashed {
        None => {
            attempts.failed(client, &name, context.now);
            return Ok(Done::Told(Err(ui.t("account-wrong"))));
        }
        Some(Err(bad)) => {
            let key = match bad {
                password::BadPassword::TooShort => "account-too-short",
                password::BadPassword::TooCommon => "account-too-common",
                _ => "account-too-long",
            };
            return Ok(Done::Told(Err(ui.t(key))));
        }
        Some(Ok(hash)) => hash,
    };
    let change = StaffChange {
        password: Some(hash),
        ..StaffChange::default()
    };
    let store = &context.app.store;
    store
        .change_staff(staff.id, change, false, name, context.now)
        .await?;
    Ok(Done::Out)
}

async fn make_token(context: &Ask, staff: &Staff, form: &Form) -> Result<Done, Trouble> {
    let ui = context.ui;
    let label: String = form
        .last("label")
        .unwrap_or_default()
        .chars()
        .take(LABEL)
        .collect();
    if label.is_empty() {
        return Ok(Done::Told(Err(ui.t("account-token-unnamed"))));
    }
    let asked = form
        .last("role")
        .and_then(|text| text.parse::<StaffRole>().ok());
    let role = asked.unwrap_or(StaffRole::Viewer).min(staff.role);
    let there = {
        let (id, now) = (staff.id, context.now);
        context
            .aside(move |context| Ok(context.app.store.passes(id, PassKind::Token, now)?.len()))
            .await?
    };
    if there >= MOST_TOKENS {
        return Ok(Done::Told(Err(ui.t("account-token-many"))));
    }
    let token = format!("{TOKEN}{}", new_secret()?);
    let pass = NewPass {
        staff: staff.id,
        kind: PassKind::Token,
        hash: secrets::hash(&token),
        label: label.clone(),
        role,
        ends: None,
    };
    let deed = Deed {
        who: staff.name.to_string(),
        what: Did::TokenMade,
        about: label,
        detail: role.to_string(),
    };
    let store = &context.app.store;
    store.add_pass(pass, Some(deed), context.now).await?;
    Ok(Done::Made(token))
}

async fn end(context: &Ask, staff: &Staff, form: &Form) -> Result<Done, Trouble> {
    let id: i64 = form
        .last("id")
        .and_then(|text| text.parse().ok())
        .ok_or(Trouble::NotFound)?;
    let deed = Deed {
        who: staff.name.to_string(),
        what: Did::PassEnded,
        about: id.to_string(),
        detail: String::new(),
    };
    let store = &context.app.store;
    store
        .end_pass(staff.id, id, Some(deed), context.now)
        .await?;
    if id == staff.pass {
        return Ok(Done::Out);
    }
    Ok(Done::Told(Ok(Some(context.ui.t("account-ended")))))
}

fn view(context: &Ask, done: Done) -> Result<Reply, Trouble> {
    let ui = context.ui;
    let (frame, desk) = Desk::new(context, StaffRole::Viewer, ui.t("desk-account"))?;
    let staff = context.need(StaffRole::Viewer)?;
    let store = &context.app.store;
    let member = store.staff_member(staff.id)?.ok_or(Trouble::SignIn)?;
    let rows = |kind| -> Result<Vec<Row>, Trouble> {
        let passes = store.passes(staff.id, kind, context.now)?;
        Ok(passes
            .into_iter()
            .map(|pass| row(context, staff, pass))
            .collect())
    };
    let (told, made) = match done {
        Done::Told(told) => (told, None),
        Done::Made(token) => (Ok(None), Some(token)),
        Done::Out => (Ok(None), None),
    };
    let page = AccountPage {
        frame,
        desk: desk.with(told),
        action: context.to("/monitor/account"),
        api: context.to("/api"),
        role: ui.t(&format!("staff-role-{}", member.role)),
        has_password: member.password.is_some(),
        shortest: password::SHORTEST as u64,
        sessions: rows(PassKind::Session)?,
        tokens: rows(PassKind::Token)?,
        roles: StaffRole::ALL
            .into_iter()
            .filter(|role| *role <= member.role)
            .map(|role| (role.as_str(), ui.t(&format!("staff-role-{role}"))))
            .collect(),
        made,
    };
    Ok(Reply::html(page.render()?).keep(Keep::Never))
}

fn row(context: &Context, staff: &Staff, pass: Pass) -> Row {
    let moment = |at: jiff::Timestamp| {
        context
            .ui
            .moment(at.to_zoned(context.zone().clone()).datetime())
    };
    Row {
        id: pass.id,
        label: if pass.label.is_empty() {
            context.ui.t("account-browser-unknown")
        } else {
            pass.label
        },
        role: context.ui.t(&format!("staff-role-{}", pass.role)),
        created: moment(pass.created),
        used: pass.used.map(moment),
        current: pass.id == staff.pass,
    }
}
