//! `/monitor/sources/add`: an address is looked at, what would come of it is shown, and nothing is kept before somebody
//! says so.

use std::sync::Arc;
use std::time::Duration;

use askama::Template;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::Response;
use url::Url;

use super::form::{SourceForm, typed};
use super::{Desk, Frame, asked_again, managing, refusal, source_page};
use crate::config::{Mistake, Typed};
use crate::crawling::managing::{Change, taken_by};
use crate::crawling::probe::{Preview, Probed, address};
use crate::domain::{CanonicalUrl, Source, SourceId, StaffRole, country_of, slug};
use crate::web::access;
use crate::web::context::{Ask, Context, Face};
use crate::web::form::Form;
use crate::web::pages::Link;
use crate::web::pages::sign_in::see_other;
use crate::web::probing::Looking;
use crate::web::reply::{Keep, Reply};
use crate::web::trouble::Trouble;

/// How long an answer waits for a look to end, before it says that it goes on.
const PATIENCE: Duration = Duration::from_secs(6);
/// Most neighbours of the same site that are named.
const NEIGHBOURS: usize = 5;

/// An announcement in the preview.
struct Shown {
    title: String,
    href: Option<String>,
    date: Option<String>,
    lang: Option<String>,
    excerpt: String,
}

/// What would come of the address.
struct Found {
    way: String,
    /// As HTML.
    why: String,
    address: String,
    listed: String,
    samples: Vec<Shown>,
}

#[derive(Template)]
#[template(path = "monitor/source_add.html")]
struct AddPage {
    frame: Frame,
    desk: Desk,
    action: String,
    /// The address that was typed.
    url: String,
    probe: String,
    /// Looking goes on: where to look again.
    again: Option<String>,
    found: Option<Found>,
    /// Why nothing came of it, as HTML.
    nothing: Option<String>,
    /// The ways that were compared: way, address, result as HTML.
    tried: Vec<(String, String, String)>,
    /// Sources that are the same, or of the same site: what is alike, and which.
    alike: Vec<(String, Link)>,
    form: Option<SourceForm>,
}

/// What the page shows.
#[derive(Default)]
struct Shows {
    url: String,
    probe: String,
    looking: Option<Looking>,
    typed: Option<Typed>,
    mistakes: Vec<Mistake>,
    fault: Option<String>,
}

/// `GET /monitor/sources/add`
pub(super) async fn page(context: Ask) -> Response {
    let shows = async {
        let staff = context.need(StaffRole::Editor)?;
        let mut shows = Shows {
            url: context.pairs.last("url").unwrap_or_default().to_owned(),
            ..Shows::default()
        };
        if let Some(id) = context.pairs.last("probe") {
            shows.looking = context.looked(staff.id, id, PATIENCE).await;
            id.clone_into(&mut shows.probe);
            if shows.looking.is_none() {
                shows.fault = Some(context.ui.t("add-forgotten"));
            }
        }
        Ok::<_, Trouble>(shows)
    };
    match shows.await {
        Ok(shows) => shown(context, shows).await,
        Err(trouble) => context.fail(Face::Page, &trouble),
    }
}

/// `POST /monitor/sources/add`
pub(super) async fn change(context: Ask, request: Request) -> Response {
    match changed(&context, request).await {
        Ok(Ok(to)) => context.finish(see_other(&to)),
        Ok(Err(shows)) => shown(context, *shows).await,
        Err(trouble) => context.fail(Face::Page, &trouble),
    }
}

async fn shown(context: Ask, shows: Shows) -> Response {
    context
        .serve(Face::Page, move |context| view(context, shows))
        .await
}

async fn changed(context: &Ask, request: Request) -> Result<Result<String, Box<Shows>>, Trouble> {
    let (staff, form) = access::form(context, request, StaffRole::Editor).await?;
    if form.last("do") == Some("probe") {
        let text = form.last("url").unwrap_or_default();
        let Some(url) = address(text) else {
            return Ok(Err(Box::new(Shows {
                url: text.chars().take(2_000).collect(),
                fault: Some(context.ui.t("source-field-url-bad")),
                ..Shows::default()
            })));
        };
        let id = context.probe(staff.id, url)?;
        return Ok(Ok(context.link("/monitor/sources/add", &[("probe", id)])));
    }
    save(context, staff.id, staff.name.as_str(), &form).await
}

async fn save(
    context: &Ask,
    staff: crate::domain::StaffId,
    by: &str,
    form: &Form,
) -> Result<Result<String, Box<Shows>>, Trouble> {
    let typed = typed(form);
    let (mistakes, fault) = match typed.read(&context.config.thesaurus, None) {
        Ok(source) => {
            let id = source.id.clone();
            let change = Change::Add(vec![source]);
            match managing(context)?.change(change, by, context.now).await {
                Ok(()) => return Ok(Ok(source_page(context, &id, "added"))),
                Err(why) => (Vec::new(), refusal(context.ui, why)?),
            }
        }
        Err(mistakes) => (mistakes, context.ui.t("manage-mistakes")),
    };
    let probe = form.last("probe").unwrap_or_default().to_owned();
    Ok(Err(Box::new(Shows {
        url: typed.url.clone(),
        looking: context.looked(staff, &probe, Duration::ZERO).await,
        probe,
        typed: Some(typed),
        mistakes,
        fault: Some(fault),
    })))
}

fn view(context: &Ask, shows: Shows) -> Result<Reply, Trouble> {
    let ui = context.ui;
    let (frame, desk) = Desk::new(context, StaffRole::Editor, ui.t("add-title"))?;
    let result = shows
        .looking
        .as_ref()
        .and_then(|looking| looking.result.clone());
    let goes_on = shows.looking.is_some() && result.is_none();
    let url = match &shows.looking {
        Some(looking) => looking.url.to_string(),
        None => shows.url,
    };
    let typed = match (&shows.typed, &result) {
        (Some(typed), _) => Some(typed.clone()),
        (None, Some(probed)) => Some(suggested(context, probed)?),
        (None, None) => None,
    };
    let bad = shows.fault.is_some();
    let page = AddPage {
        frame,
        desk: Desk {
            fault: shows.fault,
            ..desk
        },
        action: context.to("/monitor/sources/add"),
        again: goes_on
            .then(|| context.link("/monitor/sources/add", &[("probe", shows.probe.as_str())])),
        found: result
            .as_deref()
            .and_then(|probed| probed.outcome.as_ref().ok())
            .map(|preview| found(context, preview)),
        nothing: result
            .as_deref()
            .and_then(|probed| probed.outcome.as_ref().err())
            .map(|fault| context.reason(&fault.reason).html()),
        tried: result
            .as_deref()
            .map_or_else(Vec::new, |probed| tried(context, probed)),
        alike: match &result {
            Some(probed) => alike(context, probed)?,
            None => Vec::new(),
        },
        form: typed.map(|typed| SourceForm::new(ui, &typed, &shows.mistakes, true)),
        probe: shows.probe,
        url,
    };
    let reply = Reply::html(page.render()?).keep(Keep::Never);
    let reply = asked_again(reply, 3, page.again.as_deref());
    Ok(if bad && !goes_on {
        reply.status(StatusCode::UNPROCESSABLE_ENTITY)
    } else {
        reply
    })
}

fn found(context: &Context, preview: &Preview) -> Found {
    let zone = context.zone();
    let samples = preview.samples.iter().map(|sample| Shown {
        title: sample.draft.title.clone(),
        href: sample
            .draft
            .url
            .as_ref()
            .filter(|url| is_web(url))
            .map(ToString::to_string),
        date: sample
            .draft
            .published
            .map(|at| context.ui.day(at.to_zoned(zone.clone()).date())),
        lang: sample.lang.map(|lang| context.ui.language_name(lang)),
        excerpt: sample.excerpt.clone(),
    });
    Found {
        way: context.ui.word("way", preview.way.word()),
        why: context.remark(&preview.why).html(),
        address: preview.address.to_string(),
        listed: context.ui.tn("add-listed", preview.listed as u64),
        samples: samples.collect(),
    }
}

fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
}

fn tried(context: &Context, probed: &Probed) -> Vec<(String, String, String)> {
    let line = |tried: &crate::crawling::ways::Tried| {
        (
            context.ui.word("way", tried.way.word()),
            tried.url.to_string(),
            context.remark(&tried.result).html_within(),
        )
    };
    probed.tried.iter().map(line).collect()
}

/// The source as it would be, under an id that is free.
fn suggested(context: &Ask, probed: &Probed) -> Result<Typed, Trouble> {
    let mut typed = match &probed.outcome {
        Ok(preview) => Typed::of(&preview.source),
        Err(_) => Typed {
            id: slug(bare(&probed.url)),
            name: bare(&probed.url).to_owned(),
            url: probed.url.to_string(),
            country: country_of(&probed.url).map_or_else(String::new, |one| one.to_string()),
            role: "partner".into(),
            ..Typed::default()
        },
    };
    typed.id = free_id(context, &typed.id)?;
    Ok(typed)
}

/// The host's name without what nearly all begin with.
fn bare(url: &Url) -> &str {
    let host = url.host_str().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host)
}

/// This id, or the same with a number.
pub(super) fn free_id(context: &Ask, stem: &str) -> Result<String, Trouble> {
    for number in 1..1_000 {
        let id = match number {
            1 => stem.to_owned(),
            number => format!("{stem}-{number}"),
        };
        if let Ok(parsed) = id.parse::<SourceId>()
            && context.config.decision(&parsed).is_none()
            && context.app.store.source(&parsed)?.is_none()
        {
            return Ok(id);
        }
    }
    Ok(stem.to_owned())
}

/// Sources that read the same, and neighbours on the same site.
fn alike(context: &Ask, probed: &Arc<Probed>) -> Result<Vec<(String, Link)>, Trouble> {
    let link = |source: &Source| Link {
        href: context.to(&format!("/monitor/sources/{}", source.id)),
        label: source.name.clone(),
        current: false,
    };
    let ui = context.ui;
    let mut alike = Vec::new();
    let mut named: Vec<SourceId> = Vec::new();
    if let Ok(preview) = &probed.outcome {
        let place = CanonicalUrl::of(&preview.address);
        let own = Source {
            // Whatever id it gets, it is none of those that are there.
            id: slug(&format!("probe {}", preview.source.id))
                .parse()
                .unwrap_or_else(|_| preview.source.id.clone()),
            ..preview.source.clone()
        };
        if let Some(other) = taken_by(&context.config, &own) {
            alike.push((ui.t("add-same-address"), link(other)));
            named.push(other.id.clone());
        }
        for record in context.app.store.sources()? {
            let reads = record.state.address.as_ref().map(CanonicalUrl::of);
            if reads.as_ref() == Some(&place) && !named.contains(&record.source.id) {
                alike.push((ui.t("add-same-feed"), link(&record.source)));
                named.push(record.source.id);
            }
        }
    }
    let host = bare(&probed.url);
    let neighbours = context.config.sources.iter().filter(|source| {
        !named.contains(&source.id) && source.url.as_ref().is_some_and(|url| bare(url) == host)
    });
    alike.extend(
        neighbours
            .take(NEIGHBOURS)
            .map(|source| (ui.t("add-same-site"), link(source))),
    );
    Ok(alike)
}
