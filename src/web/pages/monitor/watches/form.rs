//! `/monitor/watches/new` and `/monitor/watches/{id}/edit`: the form.

use askama::Template;
use axum::extract::{Path, Request};
use axum::http::StatusCode;
use axum::response::Response;

use super::{Desk, Frame, watch};
use crate::domain::{
    Country, Day, Gravity, HookFormat, Kind, Language, Notices, Rhythm, Role, SearchRequest,
    StaffRole, Watch, WatchSpec,
};
use crate::web::access;
use crate::web::context::{Ask, Face};
use crate::web::form::Form;
use crate::web::pages::sign_in::see_other;
use crate::web::reply::{Keep, Reply};
use crate::web::trouble::Trouble;
use crate::web::watching::{Typed, Unfit};

/// Parameters of a search that the form shows as fields of their own, and those that it only keeps.
const SHOWN: [&str; 6] = ["lang", "country", "source", "role", "topic", "kind"];
const KEPT: [&str; 4] = ["from", "to", "event", "cross"];

/// One of several values to choose.
struct Choice {
    value: String,
    label: String,
    chosen: bool,
}

/// A parameter of the search with its values.
struct Field {
    name: &'static str,
    legend: String,
    choices: Vec<Choice>,
    /// So many values that they are folded away.
    long: bool,
}

impl Field {
    fn is_open(&self) -> bool {
        self.choices.iter().any(|choice| choice.chosen)
    }
}

#[derive(Template)]
#[template(path = "monitor/watch_form.html")]
struct FormPage {
    frame: Frame,
    desk: Desk,
    action: String,
    back: String,
    /// The field that is wrong.
    wrong: Option<&'static str>,
    name: String,
    q: String,
    open: bool,
    kept: Vec<(String, String)>,
    fields: Vec<Field>,
    items: bool,
    edits: bool,
    gravities: Vec<Choice>,
    rhythms: Vec<Choice>,
    hours: Vec<Choice>,
    days: Vec<Choice>,
    quiet_from: Vec<Choice>,
    quiet_to: Vec<Choice>,
    languages: Vec<Choice>,
    feed: bool,
    mails: String,
    mailing: bool,
    formats: Vec<Choice>,
    hook_url: String,
    /// The address that is kept where none is given.
    hook_host: Option<String>,
    room: String,
}

/// What the form shows.
struct Shown {
    form: Form,
    fault: Option<Unfit>,
    old: Option<Watch>,
    mails: Vec<String>,
}

/// `GET /monitor/watches/new`: also with the parameters of a search.
pub(in crate::web) async fn new(context: Ask) -> Response {
    context
        .serve(Face::Page, |context| {
            let pairs = context.pairs.every();
            let mut form = url::form_urlencoded::Serializer::new(String::new());
            form.extend_pairs(pairs);
            for (name, value) in [("items", "on"), ("feed", "on"), ("rhythm", "at_once")] {
                form.append_pair(name, value);
            }
            form.append_pair("tongue", context.ui.code().as_str());
            view(
                context,
                &Shown {
                    form: Form::parse(form.finish().as_bytes()),
                    fault: None,
                    old: None,
                    mails: Vec::new(),
                },
            )
        })
        .await
}

/// `GET /monitor/watches/{id}/edit`
pub(in crate::web) async fn edit(Path(id): Path<String>, context: Ask) -> Response {
    context
        .serve(Face::Page, move |context| {
            context.need(StaffRole::Editor)?;
            let old = watch(context, &id)?;
            let subscribers = context.app.store.watch_subscribers(old.id)?;
            let shown = Shown {
                form: as_typed(&old.spec),
                fault: None,
                mails: subscribers.into_iter().map(|one| one.address).collect(),
                old: Some(old),
            };
            view(context, &shown)
        })
        .await
}

/// `POST /monitor/watches/new`
pub(in crate::web) async fn create(context: Ask, request: Request) -> Response {
    put(context, None, request).await
}

/// `POST /monitor/watches/{id}/edit`
pub(in crate::web) async fn save(
    Path(id): Path<String>,
    context: Ask,
    request: Request,
) -> Response {
    put(context, Some(id), request).await
}

async fn put(context: Ask, id: Option<String>, request: Request) -> Response {
    let done = async {
        let (staff, form) = access::form(&context, request, StaffRole::Editor).await?;
        let old = match id {
            Some(id) => Some(context.aside(move |context| watch(context, &id)).await?),
            None => None,
        };
        let mailing = context.config.settings.mail.is_some();
        let wanted = typed(&context, &form, old.as_ref())
            .and_then(|typed| typed.wanted(old.as_ref().map(|old| &old.spec), mailing));
        match wanted {
            Ok(wanted) => {
                let who = (staff.id, staff.name.to_string());
                let hook = wanted.spec.hook.is_some();
                let (id, secret) =
                    crate::web::watching::save(&context, who, old.as_ref(), wanted).await?;
                Ok(Ok((id, secret.filter(|_| hook))))
            }
            Err(unfit) => Ok(Err(Shown {
                mails: lines(form.last("mail").unwrap_or_default()),
                form,
                fault: Some(unfit),
                old,
            })),
        }
    };
    match done.await {
        Ok(Ok((id, None))) => {
            let own = format!("/monitor/watches/{id}");
            context.finish(see_other(&context.link(&own, &[("told", "saved")])))
        }
        Ok(Ok((id, Some(secret)))) => {
            let found = context
                .aside(move |context| watch(context, &id.to_string()))
                .await;
            match found {
                Ok(found) => super::one::shown(context, found, secret).await,
                Err(trouble) => context.fail(Face::Page, &trouble),
            }
        }
        Ok(Err(shown)) => {
            context
                .serve(Face::Page, move |context| {
                    Ok(view(context, &shown)?.status(StatusCode::UNPROCESSABLE_ENTITY))
                })
                .await
        }
        Err(trouble) => context.fail(Face::Page, &trouble),
    }
}

fn lines(text: &str) -> Vec<String> {
    let parts = text.split([',', ';', '\n', '\r']).map(str::trim);
    parts
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

/// What was typed, as a watch.
fn typed(context: &Ask, form: &Form, old: Option<&Watch>) -> Result<Typed, Unfit> {
    let unfit = |field, key| Unfit { field, key };
    let pairs: Vec<(&str, &str)> = SHOWN
        .iter()
        .chain(&KEPT)
        .chain(&["q", "deadline"])
        .flat_map(|name| form.all(name).map(move |value| (*name, value)))
        .collect();
    let search = SearchRequest::from_pairs(pairs).map_err(|_| unfit("q", "watch-bad-search"))?;
    let gravity = form.last("notices").and_then(gravity);
    let hour = |name: &str| form.last(name).and_then(|text| text.parse::<i64>().ok());
    let rhythm_hour = i8::try_from(hour("hour").unwrap_or(8)).unwrap_or(-1);
    let day = form.last("day").unwrap_or("monday");
    let rhythm = match form.last("rhythm") {
        Some("daily") => Rhythm::Daily { hour: rhythm_hour },
        Some("weekly") => Rhythm::Weekly {
            weekday: Day::ALL
                .into_iter()
                .find(|one| one.word() == day)
                .unwrap_or(Day::Monday),
            hour: rhythm_hour,
        },
        _ => Rhythm::AtOnce,
    };
    let format = form
        .last("format")
        .and_then(|word| HookFormat::ALL.into_iter().find(|one| one.word() == word));
    let text = |name: &str| form.last(name).unwrap_or_default().to_owned();
    Ok(Typed {
        name: text("name"),
        lang: form
            .last("tongue")
            .and_then(|code| code.parse::<Language>().ok())
            .filter(|language| Language::OURS.contains(language))
            .unwrap_or(context.ui.language()),
        items: form.last("items").is_some(),
        edits: form.last("edits").is_some(),
        notices: gravity.map(|from| Notices {
            from,
            source: search.source.clone(),
            country: search.country.clone(),
            role: search.role.clone(),
        }),
        search,
        rhythm,
        quiet: hour("quiet_from").zip(hour("quiet_to")),
        feed: form.last("feed").is_some(),
        mails: lines(&form.all("mail").collect::<Vec<_>>().join("\n")),
        hook: format.map(|format| (format, text("hook_url"), text("room"), text("access"))),
        paused: old.is_some_and(|old| old.spec.paused),
    })
}

fn gravity(word: &str) -> Option<Gravity> {
    match word {
        "note" => Some(Gravity::Note),
        "watch" => Some(Gravity::Watch),
        "act" => Some(Gravity::Act),
        _ => None,
    }
}

/// A watch as if it had just been typed; its secrets are not shown again.
fn as_typed(spec: &WatchSpec) -> Form {
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    form.append_pair("name", &spec.name);
    form.extend_pairs(&spec.search);
    form.append_pair("tongue", spec.lang.as_str());
    for (name, on) in [
        ("items", spec.items),
        ("edits", spec.edits),
        ("feed", spec.feed),
    ] {
        if on {
            form.append_pair(name, "on");
        }
    }
    if let Some(notices) = &spec.notices {
        form.append_pair(
            "notices",
            match notices.from {
                Gravity::Note => "note",
                Gravity::Watch => "watch",
                Gravity::Act => "act",
            },
        );
    }
    match spec.rhythm {
        Rhythm::AtOnce => {
            form.append_pair("rhythm", "at_once");
        }
        Rhythm::Daily { hour } => {
            form.append_pair("rhythm", "daily");
            form.append_pair("hour", &hour.to_string());
        }
        Rhythm::Weekly { weekday, hour } => {
            form.append_pair("rhythm", "weekly");
            form.append_pair("day", weekday.word());
            form.append_pair("hour", &hour.to_string());
        }
    }
    if let Some(quiet) = spec.quiet {
        form.append_pair("quiet_from", &quiet.from.to_string());
        form.append_pair("quiet_to", &quiet.to.to_string());
    }
    if let Some(hook) = &spec.hook {
        form.append_pair("format", hook.format.word());
        if let Some(room) = &hook.room {
            form.append_pair("room", room);
        }
    }
    Form::parse(form.finish().as_bytes())
}

fn fields(context: &Ask, form: &Form) -> Result<Vec<Field>, Trouble> {
    let ui = context.ui;
    let chosen =
        |name: &str, value: &str| form.all(name).any(|own| own.eq_ignore_ascii_case(value));
    let choice = |name: &'static str, value: &str, label: String| Choice {
        chosen: chosen(name, value),
        value: value.to_owned(),
        label,
    };
    let sources = context.sources()?;
    let mut countries: Vec<Country> = sources.iter().map(|record| record.source.country).collect();
    countries.sort_unstable_by_key(|country| country.as_str().to_owned());
    countries.dedup();
    let field = |name: &'static str, choices: Vec<Choice>, long| Field {
        name,
        legend: ui.t(&format!("facet-{name}")),
        choices,
        long,
    };
    Ok(vec![
        field(
            "kind",
            Kind::ALL
                .iter()
                .map(|kind| choice("kind", kind.as_str(), ui.kind_name(*kind)))
                .collect(),
            false,
        ),
        field(
            "country",
            countries
                .into_iter()
                .map(|country| choice("country", country.as_str(), ui.country_name(country)))
                .collect(),
            false,
        ),
        field(
            "lang",
            Language::OURS
                .into_iter()
                .map(|language| choice("lang", language.as_str(), ui.language_name(language)))
                .collect(),
            false,
        ),
        field(
            "role",
            Role::ALL
                .iter()
                .map(|role| choice("role", role.as_str(), ui.role_name(*role)))
                .collect(),
            false,
        ),
        field(
            "topic",
            context
                .config
                .thesaurus
                .iter()
                .map(|concept| {
                    choice(
                        "topic",
                        concept.id.as_str(),
                        context.topic_name(&concept.id),
                    )
                })
                .collect(),
            true,
        ),
        field(
            "source",
            sources
                .iter()
                .map(|record| {
                    choice(
                        "source",
                        record.source.id.as_str(),
                        record.source.name.clone(),
                    )
                })
                .collect(),
            true,
        ),
    ])
}

fn view(context: &Ask, shown: &Shown) -> Result<Reply, Trouble> {
    let ui = context.ui;
    let form = &shown.form;
    let (title, action, back) = match &shown.old {
        Some(old) => {
            let own = format!("/monitor/watches/{}", old.id);
            (
                old.spec.name.clone(),
                context.to(&format!("{own}/edit")),
                context.to(&own),
            )
        }
        None => (
            ui.t("watches-new"),
            context.to("/monitor/watches/new"),
            context.to("/monitor/watches"),
        ),
    };
    let (frame, desk) = Desk::new(context, StaffRole::Editor, title)?;
    let last = |name: &str| form.last(name).unwrap_or_default().to_owned();
    let choice = |name: &str, value: String, label: String| Choice {
        chosen: form.last(name) == Some(value.as_str()),
        value,
        label,
    };
    let hours = |name: &'static str| -> Vec<Choice> {
        (0..24)
            .map(|hour| choice(name, hour.to_string(), format!("{hour:02}:00")))
            .collect()
    };
    let kept = KEPT
        .iter()
        .flat_map(|name| {
            form.all(name)
                .map(|value| ((*name).to_owned(), value.to_owned()))
        })
        .filter(|(_, value)| !value.is_empty())
        .collect();
    let page = FormPage {
        frame,
        desk: Desk {
            fault: shown.fault.map(|fault| ui.t(fault.key)),
            ..desk
        },
        action,
        back,
        wrong: shown.fault.map(|fault| fault.field),
        name: last("name"),
        q: last("q"),
        open: form.last("deadline") == Some("open"),
        kept,
        fields: fields(context, form)?,
        items: form.last("items").is_some(),
        edits: form.last("edits").is_some(),
        gravities: vec![
            choice("notices", String::new(), ui.t("watch-notices-none")),
            choice("notices", "act".into(), ui.t("watch-notices-act")),
            choice("notices", "watch".into(), ui.t("watch-notices-watch")),
            choice("notices", "note".into(), ui.t("watch-notices-note")),
        ],
        rhythms: vec![
            choice("rhythm", "at_once".into(), ui.t("watch-at-once")),
            choice("rhythm", "daily".into(), ui.t("watch-daily")),
            choice("rhythm", "weekly".into(), ui.t("watch-weekly")),
        ],
        hours: hours("hour"),
        days: Day::ALL
            .into_iter()
            .map(|day| choice("day", day.word().to_owned(), ui.word("weekday", day.word())))
            .collect(),
        quiet_from: hours("quiet_from"),
        quiet_to: hours("quiet_to"),
        languages: Language::OURS
            .into_iter()
            .map(|language| choice("tongue", language.to_string(), ui.language_name(language)))
            .collect(),
        feed: form.last("feed").is_some(),
        mails: shown.mails.join("\n"),
        mailing: context.config.settings.mail.is_some(),
        formats: std::iter::once(choice("format", String::new(), ui.t("watch-format-none")))
            .chain(HookFormat::ALL.into_iter().map(|format| {
                choice(
                    "format",
                    format.word().to_owned(),
                    ui.t(super::one::format_key(format)),
                )
            }))
            .collect(),
        hook_url: last("hook_url"),
        hook_host: shown
            .old
            .as_ref()
            .and_then(|old| old.spec.hook.as_ref())
            .and_then(|hook| hook.url.host_str().map(str::to_owned)),
        room: last("room"),
    };
    Ok(Reply::html(page.render()?).keep(Keep::Never))
}
