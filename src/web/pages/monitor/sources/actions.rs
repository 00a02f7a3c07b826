//! What can be done with a source, and what came of it.

use askama::Template;
use axum::extract::{Path, Request};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::{SignedDuration, Timestamp};

use super::{Desk, Frame, asked_again, managing, refusal, source_id, source_page};
use crate::crawling::managing::{Change, Unmanageable};
use crate::delivery::escape;
use crate::domain::{SourceId, StaffRole, Symptom};
use crate::store::VisitLog;
use crate::web::access;
use crate::web::context::{Ask, Context, Face};
use crate::web::form::Form;
use crate::web::pages::Link;
use crate::web::pages::sign_in::see_other;
use crate::web::reply::{Keep, Reply};
use crate::web::trouble::Trouble;

/// How long the page looks for the result of a visit by itself.
const WATCHED: SignedDuration = SignedDuration::from_mins(3);

/// The buttons on the page of a source, for those who may press them.
pub(in crate::web) struct SourceActions {
    pub(in crate::web) action: String,
    pub(in crate::web) edit: String,
    pub(in crate::web) csrf: String,
    /// Whether it is in the catalogue.
    pub(in crate::web) listed: bool,
    pub(in crate::web) paused: bool,
    /// Vesti did something about it that can be taken back, or taken note of.
    pub(in crate::web) undo: bool,
    /// Vesti takes what it writes for a stranger's.
    pub(in crate::web) trust: bool,
    /// What it can become part of: id and name.
    pub(in crate::web) others: Vec<(String, String)>,
}

impl SourceActions {
    /// The buttons, if whoever asks may press them.
    pub(in crate::web) fn new(context: &Ask, id: &SourceId) -> Result<Option<Self>, Trouble> {
        let Ok(staff) = context.need(StaffRole::Editor) else {
            return Ok(None);
        };
        let record = context.app.store.source(id)?;
        let has = |which: fn(&Symptom) -> bool| {
            let findings = record.iter().flat_map(|record| &record.state.findings);
            findings.into_iter().any(|finding| which(&finding.symptom))
        };
        let path = format!("/monitor/sources/{id}");
        let source = context.config.sources.iter().find(|one| one.id == *id);
        let others = context.config.sources.iter().filter(|one| one.id != *id);
        let mut others: Vec<(String, String)> = others
            .map(|one| (one.id.to_string(), one.name.clone()))
            .collect();
        others.sort_by_cached_key(|(_, name)| name.to_lowercase());
        Ok(Some(Self {
            action: context.to(&path),
            edit: context.to(&format!("{path}/edit")),
            csrf: staff.csrf.clone(),
            listed: source.is_some(),
            paused: source.is_some_and(|source| source.paused),
            undo: has(|symptom| {
                matches!(symptom, Symptom::ReadAnew { .. } | Symptom::Moved { .. })
            }),
            trust: has(|symptom| {
                matches!(
                    symptom,
                    Symptom::OtherLanguage { .. }
                        | Symptom::OtherSubject { .. }
                        | Symptom::Redesigned { .. }
                )
            }),
            others,
        }))
    }
}

/// Where a form goes, what it carries, what its button says.
type Button = (String, Vec<(&'static str, String)>, String);

/// A page that says what came of something, or asks whether it is meant.
#[derive(Template)]
#[template(path = "monitor/source_ask.html")]
struct AskPage {
    frame: Frame,
    desk: Desk,
    /// Where the page is asked for again by itself.
    again: Option<String>,
    sentences: Vec<String>,
    /// What each is called, and its value as HTML.
    facts: Vec<(String, String)>,
    form: Option<Button>,
    back: Link,
    /// What else can be done.
    actions: Option<SourceActions>,
}

/// `POST /monitor/sources/{id}`
pub(super) async fn act(Path(id): Path<String>, context: Ask, request: Request) -> Response {
    let done = async {
        let (staff, form) = access::form(&context, request, StaffRole::Editor).await?;
        let id = source_id(&id)?;
        let done = do_it(&context, &id, staff.name.as_str(), &form).await?;
        Ok::<_, Trouble>((id, done))
    };
    match done.await {
        Ok((_, Done::Go(to))) => context.finish(see_other(&to)),
        Ok((id, Done::Sure(into))) => {
            context
                .serve(Face::Page, move |context| sure(context, &id, &into))
                .await
        }
        Ok((id, Done::Refused(why))) => {
            context
                .serve(Face::Page, move |context| refused(context, &id, why))
                .await
        }
        Err(trouble) => context.fail(Face::Page, &trouble),
    }
}

enum Done {
    /// It is done: where to go.
    Go(String),
    /// Is it meant that the source becomes part of this one?
    Sure(SourceId),
    /// It cannot be done.
    Refused(String),
}

async fn do_it(context: &Ask, id: &SourceId, by: &str, form: &Form) -> Result<Done, Trouble> {
    let now = context.now;
    let managing = managing(context)?;
    let into = || -> Result<SourceId, Trouble> { source_id(form.last("into").unwrap_or_default()) };
    let (change, word) = match form.last("do") {
        Some("pause") => (Change::Pause(id.clone()), "paused"),
        Some("resume") => (Change::Resume(id.clone()), "resumed"),
        Some("retire") => (Change::Retire(id.clone()), "retired"),
        Some("restore") => (Change::Restore(id.clone()), "restored"),
        Some("merge") => {
            let into = into()?;
            if form.last("sure").is_none() && into != *id {
                return Ok(Done::Sure(into));
            }
            (Change::Merge(id.clone(), into), "merged")
        }
        Some("try") => {
            return match managing.visit(id, by, now).await {
                Ok(()) => Ok(Done::Go(context.link(
                    &format!("/monitor/sources/{id}/visit"),
                    &[("since", now.as_millisecond().to_string())],
                ))),
                Err(why) => Ok(Done::Refused(refusal(context.ui, why)?)),
            };
        }
        Some(what) => return heal(context, id, by, what).await,
        None => return Err(Trouble::NotFound),
    };
    let end = match &change {
        Change::Merge(_, into) => into.clone(),
        _ => id.clone(),
    };
    match managing.change(change, by, now).await {
        Ok(()) => Ok(Done::Go(source_page(context, &end, word))),
        Err(Unmanageable::Unknown(_)) if context.app.store.source(id)?.is_none() => {
            Err(Trouble::NotFound)
        }
        Err(why) => Ok(Done::Refused(refusal(context.ui, why)?)),
    }
}

/// Takes back, or takes note of, what vesti did about a source by itself.
async fn heal(context: &Ask, id: &SourceId, by: &str, what: &str) -> Result<Done, Trouble> {
    let (store, now) = (&context.app.store, context.now);
    let (done, word) = match what {
        "undo" => (store.undo(id, None, by, now).await?.is_some(), "undone"),
        "look-again" => (store.look_again(id, by, now).await?, "looked-again"),
        "trust" => (store.trust(id, by, now).await?, "trusted"),
        "confirm" => (store.confirm_deeds(id, by, now).await?, "confirmed"),
        _ => return Err(Trouble::NotFound),
    };
    Ok(if done {
        Done::Go(source_page(context, id, word))
    } else {
        Done::Refused(context.ui.t("manage-nothing"))
    })
}

fn back(context: &Context, id: &SourceId) -> Link {
    Link {
        href: context.to(&format!("/monitor/sources/{id}")),
        label: context.source_name(id.as_str()),
        current: false,
    }
}

/// Asks whether a source is to become part of another.
fn sure(context: &Ask, id: &SourceId, into: &SourceId) -> Result<Reply, Trouble> {
    let ui = context.ui;
    let store = &context.app.store;
    let from = store.source(id)?.ok_or(Trouble::NotFound)?;
    let target = store.source(into)?.ok_or(Trouble::NotFound)?;
    let names = (
        ("from", from.source.name.as_str()),
        ("into", target.source.name.as_str()),
    );
    let (frame, desk) = Desk::new(
        context,
        StaffRole::Editor,
        ui.tw2("merge-title", names.0, names.1),
    )?;
    let page = AskPage {
        frame,
        again: None,
        sentences: vec![
            ui.tn("merge-lead", from.items),
            ui.tw("merge-note", "from", &from.source.name),
        ],
        facts: Vec::new(),
        form: Some((
            context.to(&format!("/monitor/sources/{id}")),
            vec![
                ("csrf", desk.csrf.clone()),
                ("do", "merge".into()),
                ("into", into.to_string()),
                ("sure", "1".into()),
            ],
            ui.t("merge-do"),
        )),
        back: back(context, id),
        actions: None,
        desk,
    };
    Ok(Reply::html(page.render()?).keep(Keep::Never))
}

fn refused(context: &Ask, id: &SourceId, why: String) -> Result<Reply, Trouble> {
    let (frame, desk) = Desk::new(context, StaffRole::Editor, context.source_name(id.as_str()))?;
    let page = AskPage {
        frame,
        desk: desk.with(Err(why)),
        again: None,
        sentences: Vec::new(),
        facts: Vec::new(),
        form: None,
        back: back(context, id),
        actions: SourceActions::new(context, id)?,
    };
    Ok(Reply::html(page.render()?)
        .status(StatusCode::CONFLICT)
        .keep(Keep::Never))
}

/// `GET /monitor/sources/{id}/visit`: the result of a visit since a moment, as soon as it is there.
pub(super) async fn visit(Path(id): Path<String>, context: Ask) -> Response {
    context
        .serve(Face::Page, move |context| {
            let id = source_id(&id)?;
            let since = context
                .pairs
                .last("since")
                .and_then(|text| text.parse().ok());
            let since = since.and_then(|millis| Timestamp::from_millisecond(millis).ok());
            let since = since.ok_or(Trouble::NotFound)?;
            visited(context, &id, since)
        })
        .await
}

fn visited(context: &Ask, id: &SourceId, since: Timestamp) -> Result<Reply, Trouble> {
    let ui = context.ui;
    context.need(StaffRole::Editor)?;
    let store = &context.app.store;
    let name = store.source(id)?.ok_or(Trouble::NotFound)?.source.name;
    let last = store.visits(id, 1)?.into_iter().next();
    let last = last.filter(|log| log.at >= since);
    let waited = context.now.duration_since(since);
    let (frame, desk) = Desk::new(
        context,
        StaffRole::Editor,
        ui.tw("trial-title", "name", &name),
    )?;
    let here = context.link(
        &format!("/monitor/sources/{id}/visit"),
        &[("since", since.as_millisecond().to_string())],
    );
    let sentence = match &last {
        None if waited > WATCHED => ui.t("trial-late"),
        None => ui.t("trial-soon"),
        Some(log) if log.fault.is_some() => ui.t("trial-failed"),
        Some(_) => ui.t("trial-done"),
    };
    let page = AskPage {
        frame,
        desk,
        again: (last.is_none() && waited <= WATCHED).then_some(here),
        sentences: vec![sentence],
        facts: last.map_or_else(Vec::new, |log| facts(context, &log)),
        form: None,
        back: back(context, id),
        actions: SourceActions::new(context, id)?,
    };
    let reply = Reply::html(page.render()?).keep(Keep::Never);
    Ok(asked_again(reply, 2, page.again.as_deref()))
}

fn facts(context: &Context, log: &VisitLog) -> Vec<(String, String)> {
    let ui = context.ui;
    let mut address = String::new();
    escape(&log.url, &mut address);
    let mut facts = vec![(ui.t("trial-address"), address)];
    facts.extend(
        log.status
            .map(|status| (ui.t("trial-status"), status.to_string())),
    );
    facts.push((ui.t("trial-listed"), ui.number(u64::from(log.listed))));
    facts.push((ui.t("trial-new"), ui.number(u64::from(log.new))));
    facts.push((ui.t("trial-changed"), ui.number(u64::from(log.changed))));
    facts.extend(
        log.fault
            .as_ref()
            .map(|fault| (ui.t("trial-fault"), context.reason(&fault.reason).html())),
    );
    facts.extend(
        log.note
            .as_ref()
            .map(|note| (ui.t("trial-note"), context.remark(note).html())),
    );
    facts
}
