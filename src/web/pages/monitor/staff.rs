//! `/monitor/staff`: who may sign in, and what each may do.

use askama::Template;
use axum::extract::Request;
use axum::response::Response;

use super::{Desk, Frame};
use crate::delivery::mail::mailbox;
use crate::delivery::secrets;
use crate::domain::{StaffId, StaffName, StaffRole};
use crate::store::{Deed, Did, StaffChange, StaffChanged, StaffMember};
use crate::web::access::{self, Staff};
use crate::web::context::{Ask, Context, Face};
use crate::web::form::Form;
use crate::web::reply::{Keep, Reply};
use crate::web::trouble::Trouble;

struct Row {
    id: i64,
    name: String,
    mail: String,
    role: StaffRole,
    used: Option<String>,
    is_me: bool,
}

#[derive(Template)]
#[template(path = "monitor/staff.html")]
struct StaffPage {
    frame: Frame,
    desk: Desk,
    action: String,
    rows: Vec<Row>,
    roles: Vec<(&'static str, String)>,
    /// A link that was just made, and for whom.
    link: Option<(String, String)>,
}

/// What became of what was asked for.
#[derive(Default)]
struct Done {
    told: Option<String>,
    fault: Option<String>,
    link: Option<(String, String)>,
}

/// `GET /monitor/staff`
pub(in crate::web) async fn page(context: Ask) -> Response {
    context
        .serve(Face::Page, |context| view(context, Done::default()))
        .await
}

/// `POST /monitor/staff`
pub(in crate::web) async fn change(context: Ask, request: Request) -> Response {
    let done = async {
        let (staff, form) = access::form(&context, request, StaffRole::Admin).await?;
        changed(&context, &staff, &form).await
    };
    match done.await {
        Ok(done) => {
            context
                .serve(Face::Page, move |context| view(context, done))
                .await
        }
        Err(trouble) => context.fail(Face::Page, &trouble),
    }
}

async fn changed(context: &Ask, staff: &Staff, form: &Form) -> Result<Done, Trouble> {
    let ui = context.ui;
    let fault = |key: &str| Done {
        fault: Some(ui.t(key)),
        ..Done::default()
    };
    let role = form
        .last("role")
        .and_then(|text| text.parse::<StaffRole>().ok());
    let mail = match form.last("mail") {
        None => None,
        Some(typed) => match mailbox(typed) {
            Some(mail) => Some(mail),
            None => return Ok(fault("staff-bad-mail")),
        },
    };
    if form.last("do") == Some("add") {
        let Some(name) = form
            .last("name")
            .and_then(|text| text.parse::<StaffName>().ok())
        else {
            return Ok(fault("staff-bad-name"));
        };
        let role = role.unwrap_or(StaffRole::Viewer);
        let store = &context.app.store;
        let by = staff.name.to_string();
        let added = store
            .add_staff(name.clone(), role, mail, None, by, context.now)
            .await?;
        let Some(id) = added else {
            return Ok(fault("staff-taken"));
        };
        let link = link_for(context, staff, id, &name).await?;
        return Ok(Done {
            told: Some(ui.tw("staff-added", "name", name.as_str())),
            link: Some((name.to_string(), link)),
            ..Done::default()
        });
    }
    let member = {
        let id = form.last("id").and_then(|text| text.parse().ok());
        let id = StaffId(id.ok_or(Trouble::NotFound)?);
        context
            .aside(move |context| Ok(context.app.store.staff_member(id)?))
            .await?
            .ok_or(Trouble::NotFound)?
    };
    let change = match form.last("do") {
        Some("link") => {
            let link = link_for(context, staff, member.id, &member.name).await?;
            return Ok(Done {
                link: Some((member.name.to_string(), link)),
                ..Done::default()
            });
        }
        Some("remove") => StaffChange {
            remove: true,
            ..StaffChange::default()
        },
        _ => StaffChange {
            role,
            mail: Some(mail),
            ..StaffChange::default()
        },
    };
    let removed = change.remove;
    let by = staff.name.to_string();
    let store = &context.app.store;
    match store
        .change_staff(member.id, change, true, by, context.now)
        .await?
    {
        StaffChanged::Unknown => Err(Trouble::NotFound),
        StaffChanged::LastAdmin => Ok(fault("staff-last-admin")),
        StaffChanged::Done => Ok(Done {
            told: Some(ui.tw(
                if removed {
                    "staff-removed"
                } else {
                    "staff-changed"
                },
                "name",
                member.name.as_str(),
            )),
            ..Done::default()
        }),
    }
}

/// A link with which a member of staff signs in once, to be handed over by whoever made it.
async fn link_for(
    context: &Ask,
    by: &Staff,
    id: StaffId,
    name: &StaffName,
) -> Result<String, Trouble> {
    let deed = Deed {
        who: by.name.to_string(),
        what: Did::LinkMade,
        about: name.to_string(),
        detail: String::new(),
    };
    let store = &context.app.store;
    let secret = secrets::invite(store, id, None, Some(deed), context.now).await?;
    Ok(context.absolute(&format!("/login/{secret}")))
}

fn view(context: &Ask, done: Done) -> Result<Reply, Trouble> {
    let ui = context.ui;
    let (frame, desk) = Desk::new(context, StaffRole::Admin, ui.t("desk-staff"))?;
    let me = context.need(StaffRole::Admin)?.id;
    let rows = context
        .app
        .store
        .staff()?
        .into_iter()
        .map(|member| row(context, member, me))
        .collect();
    let page = StaffPage {
        frame,
        desk: Desk {
            told: done.told,
            fault: done.fault,
            ..desk
        },
        action: context.to("/monitor/staff"),
        rows,
        roles: StaffRole::ALL
            .into_iter()
            .map(|role| (role.as_str(), ui.t(&format!("staff-role-{role}"))))
            .collect(),
        link: done.link,
    };
    Ok(Reply::html(page.render()?).keep(Keep::Never))
}

fn row(context: &Context, member: StaffMember, me: StaffId) -> Row {
    Row {
        id: member.id.0,
        name: member.name.to_string(),
        mail: member.mail.unwrap_or_default(),
        role: member.role,
        used: member.used.map(|at| {
            context
                .ui
                .moment(at.to_zoned(context.zone().clone()).datetime())
        }),
        is_me: member.id == me,
    }
}
