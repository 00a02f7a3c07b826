//! `/monitor/catalogue`: what the browser holds beside the file, where the two disagree, and sources in and out.

use std::collections::HashSet;

use askama::Template;
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::response::Response;

use super::form::said;
use super::import::{Plan, Standing};
use super::{Desk, Frame, done, managing, refusal};
use crate::config::{Choice, Clash, Conflict, read_sources};
use crate::crawling::managing::Change;
use crate::delivery::{Feedless, Usual, opml as write_opml};
use crate::domain::{Country, Fate, Field, Managed, Role, SourceId, StaffRole};
use crate::web::access;
use crate::web::context::{Ask, Context, Face};
use crate::web::form::Form;
use crate::web::locale::Ui;
use crate::web::pages::sign_in::see_other;
use crate::web::reply::{Keep, Reply};
use crate::web::trouble::Trouble;

/// Most bytes of a file that is imported: a hundred times the longest honest list.
const FILE: usize = 4 << 20;

/// A disagreement.
struct Clashing {
    id: String,
    name: String,
    sentence: String,
    /// Field, what the file says, what the browser says.
    fields: Vec<(String, String, String)>,
    file: String,
    browser: String,
}

/// Something that was decided in the browser.
struct Held {
    href: String,
    name: String,
    what: String,
    by: String,
    at: String,
}

/// A source that is read no more.
struct Past {
    id: String,
    href: String,
    name: String,
    items: String,
    csrf: String,
    action: String,
}

/// A source of a file.
struct Line {
    id: String,
    name: String,
    address: String,
    is_new: bool,
    standing: String,
}

/// What a file would bring.
struct Brought {
    lines: Vec<Line>,
    mistakes: Vec<String>,
    new: u64,
    plan: String,
    summary: String,
    cut: bool,
}

#[derive(Template)]
#[template(path = "monitor/catalogue.html")]
struct CataloguePage {
    frame: Frame,
    desk: Desk,
    action: String,
    may_change: bool,
    clashes: Vec<Clashing>,
    held: Vec<Held>,
    past: Vec<Past>,
    exports: Vec<(String, String)>,
    brought: Option<Brought>,
    text: String,
    country: String,
    roles: Vec<(String, String, bool)>,
}

#[derive(Default)]
struct Shows {
    told: Option<String>,
    fault: Option<String>,
    plan: Option<(Plan, Usual)>,
    text: String,
}

/// `GET /monitor/catalogue`
pub(super) async fn page(context: Ask) -> Response {
    let shows = Shows {
        told: done(&context),
        ..Shows::default()
    };
    shown(context, shows).await
}

async fn shown(context: Ask, shows: Shows) -> Response {
    context
        .serve(Face::Page, move |context| view(context, shows))
        .await
}

/// `POST /monitor/catalogue`
pub(super) async fn change(context: Ask, request: Request) -> Response {
    match changed(&context, request).await {
        Ok(Ok(word)) => context.finish(see_other(
            &context.link("/monitor/catalogue", &[("done", word)]),
        )),
        Ok(Err(shows)) => shown(context, *shows).await,
        Err(trouble) => context.fail(Face::Page, &trouble),
    }
}

async fn changed(
    context: &Ask,
    request: Request,
) -> Result<Result<&'static str, Box<Shows>>, Trouble> {
    let (staff, form) = access::form_of(context, request, StaffRole::Editor, FILE).await?;
    let change = match form.last("do") {
        Some("preview") => return preview(context, &form).await.map(Err),
        Some("import") => match chosen(context, &form) {
            Ok(change) => change,
            Err(fault) => {
                return Ok(Err(Box::new(Shows {
                    fault: Some(fault),
                    ..Shows::default()
                })));
            }
        },
        Some(choice @ ("file" | "browser")) => {
            let id: SourceId = form
                .last("id")
                .and_then(|id| id.parse().ok())
                .ok_or(Trouble::NotFound)?;
            let choice = match choice {
                "file" => Choice::File,
                _ => Choice::Browser,
            };
            Change::Settle(id, choice)
        }
        _ => return Err(Trouble::NotFound),
    };
    let word = match change {
        Change::Add(_) => "imported",
        _ => "decided",
    };
    let by = staff.name.as_str();
    match managing(context)?.change(change, by, context.now).await {
        Ok(()) => Ok(Ok(word)),
        Err(why) => Ok(Err(Box::new(Shows {
            fault: Some(refusal(context.ui, why)?),
            ..Shows::default()
        }))),
    }
}

async fn preview(context: &Ask, form: &Form) -> Result<Box<Shows>, Trouble> {
    let usual = Usual {
        country: form
            .last("country")
            .and_then(|text| text.to_uppercase().parse().ok())
            .unwrap_or(Country::EU),
        role: form
            .last("role")
            .and_then(|text| text.parse().ok())
            .unwrap_or(Role::Partner),
    };
    let file = form.last("file").unwrap_or_default();
    let pasted = form.last("text").unwrap_or_default();
    let text = if file.is_empty() { pasted } else { file }.to_owned();
    if text.is_empty() {
        return Ok(Box::new(Shows {
            fault: Some(context.ui.t("import-empty")),
            ..Shows::default()
        }));
    }
    let kept = pasted.to_owned();
    let plan = context
        .aside(move |context| {
            let store = &context.app.store;
            let taken = |id: &SourceId| store.source(id).ok().flatten().is_some();
            Ok(Plan::of(text.as_bytes(), usual, &context.config, taken))
        })
        .await?;
    Ok(Box::new(Shows {
        plan: Some((plan, usual)),
        text: kept,
        ..Shows::default()
    }))
}

/// The new sources of a preview that were ticked.
fn chosen(context: &Context, form: &Form) -> Result<Change, String> {
    let ticked: HashSet<&str> = form.all("take").collect();
    let plan = form.last("plan").unwrap_or_default().to_owned();
    let (mut sources, problems) = read_sources("plan", plan, &context.config.thesaurus);
    sources.retain(|source| ticked.contains(source.id.as_str()));
    if sources.is_empty() || !problems.is_empty() {
        return Err(context.ui.t("import-none"));
    }
    Ok(Change::Add(sources))
}

fn view(context: &Ask, shows: Shows) -> Result<Reply, Trouble> {
    let ui = context.ui;
    let staff = context.need(StaffRole::Viewer)?;
    let may_change = staff.role >= StaffRole::Editor;
    let (frame, desk) = Desk::new(context, StaffRole::Viewer, ui.t("desk-catalogue"))?;
    let overlay = &context.config.overlay;
    let mut named: HashSet<&SourceId> = HashSet::new();
    // A source of which several things are to be decided comes once: one decision may settle the rest.
    let clashes = overlay
        .conflicts
        .iter()
        .filter(|conflict| named.insert(&conflict.id))
        .map(|conflict| clashing(context, conflict));
    let exports = [
        ("catalogue-export-all", "/monitor/catalogue/sources.toml"),
        ("catalogue-export-own", "/monitor/catalogue/browser.toml"),
        ("catalogue-export-opml", "/monitor/catalogue/sources.opml"),
    ];
    let past = context.app.store.unlisted_sources()?;
    let usual = shows.plan.as_ref().map(|(_, usual)| *usual);
    let role = usual.map_or(Role::Partner, |usual| usual.role);
    let bad = shows.fault.is_some();
    let page = CataloguePage {
        action: context.to("/monitor/catalogue"),
        may_change,
        clashes: clashes.collect(),
        held: overlay
            .managed
            .iter()
            .map(|managed| held(context, managed))
            .collect(),
        past: past
            .into_iter()
            .map(|record| {
                let path = context.to(&format!("/monitor/sources/{}", record.source.id));
                Past {
                    id: record.source.id.to_string(),
                    href: path.clone(),
                    action: path,
                    name: record.source.name,
                    items: ui.tn("items-count", record.items),
                    csrf: desk.csrf.clone(),
                }
            })
            .collect(),
        exports: exports
            .into_iter()
            .map(|(message, path)| (ui.t(message), context.to(path)))
            .collect(),
        brought: shows.plan.map(|(plan, _)| brought(ui, &plan)),
        text: shows.text,
        country: usual.map_or(Country::EU, |usual| usual.country).to_string(),
        roles: Role::ALL
            .iter()
            .map(|one| (one.to_string(), ui.role_name(*one), *one == role))
            .collect(),
        frame,
        desk: Desk {
            told: shows.told,
            fault: shows.fault,
            ..desk
        },
    };
    let reply = Reply::html(page.render()?).keep(Keep::Never);
    Ok(if bad {
        reply.status(StatusCode::CONFLICT)
    } else {
        reply
    })
}

fn clashing(context: &Context, conflict: &Conflict) -> Clashing {
    let ui = context.ui;
    let id = conflict.id.as_str();
    let (word, fields) = match &conflict.clash {
        Clash::SameId(fields) => ("same-id", fields.as_slice()),
        Clash::SameAddress(_) => ("same-address", &[][..]),
        Clash::Changed(fields) => ("changed", fields.as_slice()),
        Clash::Retired(fields) => ("retired", fields.as_slice()),
        Clash::Gone => ("gone", &[][..]),
    };
    let other = match &conflict.clash {
        Clash::SameAddress(other) => other.as_str(),
        _ => "",
    };
    let (file, browser) = match &conflict.clash {
        Clash::SameAddress(_) => (
            ui.tw2("conflict-merge", ("from", id), ("into", other)),
            ui.tw2("conflict-merge", ("from", other), ("into", id)),
        ),
        _ => (ui.t("conflict-file"), ui.t("conflict-browser")),
    };
    let says = |field: &Field| {
        let file = conflict.file.as_ref();
        (
            ui.word("source-field", field.key()),
            file.map_or_else(String::new, |file| said(ui, *field, file)),
            said(ui, *field, &conflict.browser),
        )
    };
    Clashing {
        id: id.to_owned(),
        name: conflict.browser.name.clone(),
        sentence: ui.tw(&format!("conflict-{word}"), "other", other),
        fields: fields.iter().map(says).collect(),
        file,
        browser,
    }
}

fn held(context: &Context, managed: &Managed) -> Held {
    let ui = context.ui;
    let word = match (&managed.fate, &managed.base) {
        (Fate::Kept, None) => "added",
        (Fate::Kept, Some(_)) => "edited",
        (Fate::Retired, _) => "retired",
        (Fate::Merged(_), _) => "merged",
    };
    Held {
        href: context.to(&format!("/monitor/sources/{}", managed.source.id)),
        name: managed.source.name.clone(),
        what: ui.word("managed", word),
        by: managed.by.clone(),
        at: ui.day(managed.at.to_zoned(context.zone().clone()).date()),
    }
}

fn brought(ui: Ui, plan: &Plan) -> Brought {
    let lines = plan.entries.iter().map(|entry| {
        let source = &entry.source;
        let address = source.feed.as_ref().or(source.url.as_ref());
        Line {
            id: source.id.to_string(),
            name: source.name.clone(),
            address: address.map(ToString::to_string).unwrap_or_default(),
            is_new: entry.standing == Standing::New,
            standing: match &entry.standing {
                Standing::New => ui.t("import-new"),
                Standing::Same => ui.t("import-same"),
                Standing::Differs(fields) => {
                    let names: Vec<String> = fields
                        .iter()
                        .map(|field| ui.word("source-field", field.key()))
                        .collect();
                    ui.tw("import-differs", "fields", &names.join(", "))
                }
                Standing::Taken(other) => ui.tw("import-taken", "id", other.as_str()),
                Standing::Retired => ui.t("import-retired"),
            },
        }
    });
    let lines: Vec<Line> = lines.collect();
    let new = lines.iter().filter(|line| line.is_new).count() as u64;
    Brought {
        lines,
        mistakes: plan.mistakes.clone(),
        new,
        plan: plan.new_ones(),
        summary: ui.tn("import-found", new),
        cut: plan.cut,
    }
}

/// `GET /monitor/catalogue/sources.toml`
pub(super) async fn whole_file(context: Ask) -> Response {
    file(context, |context| context.config.exported()).await
}

/// `GET /monitor/catalogue/browser.toml`
pub(super) async fn own_file(context: Ask) -> Response {
    file(context, |context| context.config.exported_from_browser()).await
}

async fn file(context: Ask, write: impl FnOnce(&Ask) -> String + Send + 'static) -> Response {
    context
        .serve(Face::Page, move |context| {
            context.need(StaffRole::Viewer)?;
            let reply = Reply::new("application/toml; charset=utf-8", write(context));
            Ok(reply.keep(Keep::Never).header(
                header::CONTENT_DISPOSITION,
                "attachment; filename=\"sources.toml\"",
            ))
        })
        .await
}

/// `GET /monitor/catalogue/sources.opml`: for another vesti, or any reader of feeds.
pub(super) async fn opml(context: Ask) -> Response {
    context
        .serve(Face::Page, |context| {
            context.need(StaffRole::Viewer)?;
            let records = context.sources()?;
            let title = context.site();
            let body = write_opml(title, &records, &context.base, Feedless::ItsPage);
            let reply = Reply::new("text/x-opml; charset=utf-8", body);
            Ok(reply.keep(Keep::Never).header(
                header::CONTENT_DISPOSITION,
                "attachment; filename=\"sources.opml\"",
            ))
        })
        .await
}
