//! `/monitor/watches/{id}`: one watch, what it sent, and what can be done with it.

use askama::Template;
use axum::extract::{Path, Request};
use axum::response::Response;

use super::{Desk, Frame, moment, watch};
use crate::delivery::escape;
use crate::delivery::watch::new_secret;
use crate::domain::{HookFormat, Reason, Rhythm, StaffRole, Watch, WatchSpec};
use crate::store::{Posted, Standing, StoreError};
use crate::web::access;
use crate::web::context::{Ask, Face};
use crate::web::locale::Ui;
use crate::web::pages::sign_in::see_other;
use crate::web::reply::{Keep, Reply};
use crate::web::trouble::Trouble;

/// Deliveries in the log.
const LOG: usize = 50;

struct Delivered {
    machine: String,
    at: String,
    way: String,
    standing: String,
    tries: u32,
    /// As HTML.
    note: String,
}

struct Address {
    address: String,
    standing: String,
}

#[derive(Template)]
#[template(path = "monitor/watch.html")]
struct WatchPage {
    frame: Frame,
    desk: Desk,
    action: String,
    edit: String,
    back: String,
    facts: Vec<(String, String)>,
    feeds: Vec<(String, String)>,
    addresses: Vec<Address>,
    hook: bool,
    paused: bool,
    fault: Option<String>,
    /// Shown once.
    secret: Option<String>,
    log: Vec<Delivered>,
}

/// `GET /monitor/watches/{id}`
pub(in crate::web) async fn page(Path(id): Path<String>, context: Ask) -> Response {
    context
        .serve(Face::Page, move |context| {
            context.need(StaffRole::Editor)?;
            let watch = watch(context, &id)?;
            let told = context.pairs.last("told").map(|word| match word {
                "test" => context.ui.t("watch-told-test"),
                _ => context.ui.t("watch-told-saved"),
            });
            view(context, &watch, None, told)
        })
        .await
}

/// `POST /monitor/watches/{id}`
pub(in crate::web) async fn change(
    Path(id): Path<String>,
    context: Ask,
    request: Request,
) -> Response {
    let done = async {
        let (staff, form) = access::form(&context, request, StaffRole::Editor).await?;
        let by = staff.name.to_string();
        let found = context.aside(move |context| watch(context, &id)).await?;
        let (store, now) = (&context.app.store, context.now);
        let own = format!("/monitor/watches/{}", found.id);
        match form.last("do").unwrap_or_default() {
            word @ ("pause" | "resume") => {
                let spec = WatchSpec {
                    paused: word == "pause",
                    ..found.spec
                };
                store.set_watch(found.id, spec, by, now).await?;
                Ok((context.to(&own), None))
            }
            "test" => {
                store.test_watch(found.id, now).await?;
                Ok((context.link(&own, &[("told", "test")]), None))
            }
            "secret" => {
                let secret = new_secret().ok_or_else(|| {
                    StoreError::Other("the system has no randomness to give".into())
                })?;
                store
                    .set_watch_secret(found.id, secret.clone(), by, now)
                    .await?;
                Ok((own, Some((found, secret))))
            }
            "delete" => {
                store.delete_watch(found.id, by, now).await?;
                Ok((context.to("/monitor/watches"), None))
            }
            _ => Err(Trouble::NotFound),
        }
    };
    match done.await {
        Ok((to, None)) => context.finish(see_other(&to)),
        Ok((_, Some((watch, secret)))) => shown(context, watch, secret).await,
        Err(trouble) => context.fail(Face::Page, &trouble),
    }
}

/// The page with a secret that is shown this once.
pub(super) async fn shown(context: Ask, watch: Watch, secret: String) -> Response {
    context
        .serve(Face::Page, move |context| {
            view(context, &watch, Some(secret), None)
        })
        .await
}

/// What a form of services is called: a key.
pub(super) fn format_key(format: HookFormat) -> &'static str {
    match format {
        HookFormat::Json => "watch-format-json",
        HookFormat::Slack => "watch-format-slack",
        HookFormat::Mattermost => "watch-format-mattermost",
        HookFormat::Matrix => "watch-format-matrix",
        HookFormat::Discord => "watch-format-discord",
    }
}

/// When a watch tells, in words.
pub(super) fn rhythm(context: &Ask, watch: &Watch) -> String {
    let ui = context.ui;
    match watch.spec.rhythm {
        Rhythm::AtOnce => ui.t("watch-at-once"),
        Rhythm::Daily { hour } => ui.tw("watch-daily-at", "hour", &format!("{hour:02}:00")),
        Rhythm::Weekly { weekday, hour } => ui.tw2(
            "watch-weekly-at",
            ("day", &ui.word("weekday", weekday.word())),
            ("hour", &format!("{hour:02}:00")),
        ),
    }
}

/// Why a watch does not arrive, in plain words, as HTML; `None` where it does.
pub(super) fn fault(context: &Ask, watch: &Watch) -> Result<Option<String>, Trouble> {
    if let Some(why) = &watch.off {
        return Ok(Some(because(context, why, |ui, why| {
            ui.tw("watch-off", "why", why)
        })));
    }
    let last = context
        .app
        .store
        .posted_under(&format!("hook/{}/", watch.id), 1)?;
    let failed: Option<String> = last
        .first()
        .filter(|last| !last.sent)
        .and_then(|last| last.note.clone());
    Ok(failed.map(|why| because(context, &why, |ui, why| ui.tw("watch-failing", "why", why))))
}

/// A sentence that gives a reason, as HTML.
fn because(context: &Ask, kept: &str, sentence: impl Fn(Ui, &str) -> String) -> String {
    const HERE: &str = "\u{e000}";
    let said = context.reason(&Reason::of_kept(kept)).html_within();
    let mut html = String::new();
    escape(&sentence(context.ui, HERE), &mut html);
    html.replace(HERE, &said)
}

fn view(
    context: &Ask,
    watch: &Watch,
    secret: Option<String>,
    told: Option<String>,
) -> Result<Reply, Trouble> {
    let (ui, store) = (context.ui, &context.app.store);
    let (frame, desk) = Desk::new(context, StaffRole::Editor, watch.spec.name.clone())?;
    let subscribers = store.watch_subscribers(watch.id)?;
    let own = format!("/monitor/watches/{}", watch.id);
    let mut log: Vec<Delivered> = store
        .posted_under(&format!("hook/{}/", watch.id), LOG)?
        .iter()
        .map(|posted| delivered(context, posted, ui.t("watch-way-hook")))
        .collect();
    for one in &subscribers {
        let mails = store.posted_under(&format!("mail/{}/w", one.id), LOG)?;
        log.extend(
            mails
                .iter()
                .map(|posted| delivered(context, posted, one.address.clone())),
        );
    }
    log.sort_by(|one, other| other.machine.cmp(&one.machine));
    log.truncate(LOG);
    let page = WatchPage {
        frame,
        desk: Desk { told, ..desk },
        action: context.to(&own),
        edit: context.to(&format!("{own}/edit")),
        back: context.to("/monitor/watches"),
        facts: facts(context, watch)?,
        feeds: if watch.spec.feed {
            ["rss", "atom"]
                .map(|ending| {
                    let path = format!("/watches/{}.{ending}", watch.token);
                    (ending.to_uppercase(), context.absolute(&path))
                })
                .into()
        } else {
            Vec::new()
        },
        addresses: subscribers
            .into_iter()
            .map(|one| Address {
                standing: ui.t(match one.state {
                    Standing::Asked => "mail-state-asked",
                    Standing::Active => "mail-state-active",
                    Standing::Refused | Standing::Left => "mail-state-refused",
                }),
                address: one.address,
            })
            .collect(),
        hook: watch.spec.hook.is_some(),
        paused: watch.spec.paused,
        fault: fault(context, watch)?,
        secret,
        log,
    };
    Ok(Reply::html(page.render()?).keep(Keep::Never))
}

fn facts(context: &Ask, watch: &Watch) -> Result<Vec<(String, String)>, Trouble> {
    let (ui, spec) = (context.ui, &watch.spec);
    let mut what = Vec::new();
    if spec.items {
        what.push(ui.t("watch-items"));
    }
    if spec.edits {
        what.push(ui.t("watch-edits"));
    }
    if spec.notices.is_some() {
        what.push(ui.t("watch-notices"));
    }
    let request = spec.request().unwrap_or_default();
    let mut facts = vec![
        (ui.t("watch-what"), what.join(", ")),
        (
            ui.t("watch-search"),
            if spec.search.is_empty() {
                ui.t("watch-search-all")
            } else {
                context.search_title(&request)
            },
        ),
        (ui.t("watch-when"), rhythm(context, watch)),
    ];
    if let Some(quiet) = spec.quiet {
        facts.push((
            ui.t("watch-quiet"),
            format!("{:02}:00–{:02}:00", quiet.from, quiet.to),
        ));
    }
    if let Some(hook) = &spec.hook {
        let host = hook.url.host_str().unwrap_or_default();
        facts.push((
            ui.t("watch-way-hook"),
            format!("{} ({host})", ui.t(format_key(hook.format))),
        ));
    }
    let waiting = context.app.store.watch_waiting(watch.id)?.len();
    if waiting > 0 {
        facts.push((ui.t("watch-waits"), ui.tn("watch-waiting", waiting as u64)));
    }
    if let Some(fired) = watch.fired {
        facts.push((ui.t("watch-last"), moment(context, fired)));
    }
    Ok(facts)
}

fn delivered(context: &Ask, posted: &Posted, way: String) -> Delivered {
    let ui = context.ui;
    let standing = match (posted.sent, posted.due) {
        (true, _) => ui.t("watch-log-sent"),
        (false, Some(due)) if posted.tries > 0 => {
            ui.tw("watch-log-again", "date", &moment(context, due))
        }
        (false, Some(_)) => ui.t("watch-log-waiting"),
        (false, None) => ui.t("watch-log-failed"),
    };
    Delivered {
        machine: posted.posted.to_string(),
        at: moment(context, posted.posted),
        way,
        standing,
        tries: posted.tries + u32::from(posted.done.is_some()),
        note: posted.note.as_deref().map_or_else(String::new, |note| {
            context.reason(&Reason::of_kept(note)).html()
        }),
    }
}
