//! How sources fare: `/api/v1/monitor`, `/sources`, `/happenings`, `/audit`.

use axum::Router;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;
use serde::Serialize;

use crate::delivery::instant;
use crate::domain::{Country, Finding, Gravity, Happening, Remark, Role, StaffRole, Turn};
use crate::store::{SourceRecord, VisitLog};
use crate::web::App;
use crate::web::context::{Ask, Context, Face};
use crate::web::health::{self, Need, Wanted};
use crate::web::params::BadParameter;
use crate::web::reply::Reply;
use crate::web::trouble::Trouble;

/// Visits, weeks and happenings of one source.
const VISITS: usize = 100;
const WEEKS: u32 = 104;
const HAPPENINGS: usize = 100;

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/api/v1/monitor", get(summary))
        .route("/api/v1/monitor/happenings", get(happenings))
        .route("/api/v1/monitor/audit", get(audit))
        .route("/api/v1/monitor/sources", get(sources))
        .route("/api/v1/monitor/sources/{id}", get(source))
}

#[derive(Serialize)]
struct SummaryJson {
    sources: u64,
    act: u64,
    watch: u64,
    note: u64,
    well: u64,
    new: u64,
    paused: u64,
}

#[derive(Serialize)]
struct FindingJson {
    symptom: &'static str,
    gravity: &'static str,
    since: String,
    noticed: String,
    what: String,
    did: Option<String>,
    todo: Option<String>,
}

#[derive(Serialize)]
struct HealthJson {
    id: String,
    name: String,
    country: String,
    role: String,
    private: bool,
    state: &'static str,
    status: &'static str,
    findings: Vec<FindingJson>,
    way: Option<&'static str>,
    address: Option<String>,
    items: u64,
    newest: Option<String>,
    last_visit: Option<String>,
    last_success: Option<String>,
    last_new: Option<String>,
    next_visit: Option<String>,
    interval_seconds: Option<u64>,
    usual_gap_seconds: Option<u64>,
}

#[derive(Serialize)]
struct WholeJson {
    #[serde(flatten)]
    health: HealthJson,
    visits: Vec<VisitJson>,
    weeks: Vec<WeekJson>,
    happenings: Vec<HappeningJson>,
}

#[derive(Serialize)]
struct VisitJson {
    at: String,
    url: String,
    status: Option<u16>,
    millis: u64,
    bytes: u64,
    listed: u32,
    new: u32,
    changed: u32,
    fault: Option<String>,
    fault_code: Option<String>,
    note: Option<String>,
    note_code: Option<String>,
}

#[derive(Serialize)]
struct WeekJson {
    monday: String,
    items: u64,
    visits: u64,
    failures: u64,
}

#[derive(Serialize)]
struct HappeningJson {
    number: u64,
    at: String,
    source: String,
    turn: &'static str,
    finding: FindingJson,
}

#[derive(Serialize)]
struct DeedJson {
    number: u64,
    at: String,
    who: String,
    what: String,
    about: String,
    detail: String,
}

#[derive(Serialize)]
pub(super) struct ListJson<T> {
    pub(super) items: Vec<T>,
    pub(super) next_cursor: Option<String>,
}

/// `GET /api/v1/monitor`
async fn summary(context: Ask) -> Response {
    context
        .serve(Face::Data, |context| {
            context.need(StaffRole::Viewer)?;
            let (found, tally) = health::survey(context, &Wanted::default())?;
            Ok(Reply::json(&SummaryJson {
                sources: found.len() as u64,
                act: tally.of(Need::Act),
                watch: tally.of(Need::Watch),
                note: tally.of(Need::Note),
                well: tally.of(Need::Well),
                new: tally.of(Need::New),
                paused: tally.of(Need::Paused),
            })?)
        })
        .await
}

/// `GET /api/v1/monitor/sources`
async fn sources(context: Ask) -> Response {
    context
        .serve(Face::Data, |context| {
            context.need(StaffRole::Viewer)?;
            let wanted = wanted(context)?;
            let (found, _) = health::survey(context, &wanted)?;
            let (from, limit) = part(context)?;
            let end = found.len().min(from.saturating_add(limit));
            let items: Vec<HealthJson> = found
                .get(from..end)
                .unwrap_or_default()
                .iter()
                .map(|(need, record)| health_json(context, *need, record))
                .collect();
            Ok(Reply::json(&ListJson {
                items,
                next_cursor: (end < found.len()).then(|| end.to_string()),
            })?)
        })
        .await
}

/// `GET /api/v1/monitor/sources/{id}`
async fn source(Path(id): Path<String>, context: Ask) -> Response {
    context
        .serve(Face::Data, move |context| {
            context.need(StaffRole::Viewer)?;
            let record = health::source(context, &id)?;
            let store = &context.app.store;
            let id = &record.source.id;
            let weeks = store.weeks(id, WEEKS, context.now)?;
            let happenings = store.happenings(Some(id), None, HAPPENINGS)?;
            Ok(Reply::json(&WholeJson {
                health: health_json(context, Need::of(&record), &record),
                visits: store
                    .visits(id, VISITS)?
                    .into_iter()
                    .map(visit_json)
                    .collect(),
                weeks: weeks
                    .into_iter()
                    .map(|week| WeekJson {
                        monday: week.monday.to_string(),
                        items: week.items,
                        visits: week.visits,
                        failures: week.failures,
                    })
                    .collect(),
                happenings: happenings
                    .iter()
                    .map(|happening| happening_json(context, happening))
                    .collect(),
            })?)
        })
        .await
}

/// `GET /api/v1/monitor/happenings`
async fn happenings(context: Ask) -> Response {
    context
        .serve(Face::Data, |context| {
            context.need(StaffRole::Viewer)?;
            let source = match context.pairs.last("source") {
                None => None,
                Some(text) => {
                    let bad = |_| BadParameter::new("source", text);
                    Some(text.parse().map_err(bad)?)
                }
            };
            let (before, limit) = before(context)?;
            let store = &context.app.store;
            let found = store.happenings(source.as_ref(), before, limit)?;
            let last = found.last().map(|one| one.number.to_string());
            Ok(Reply::json(&ListJson {
                next_cursor: last.filter(|_| found.len() == limit),
                items: found
                    .iter()
                    .map(|happening| happening_json(context, happening))
                    .collect(),
            })?)
        })
        .await
}

/// `GET /api/v1/monitor/audit`
async fn audit(context: Ask) -> Response {
    context
        .serve(Face::Data, |context| {
            context.need(StaffRole::Admin)?;
            let (before, limit) = before(context)?;
            let found = context.app.store.deeds(before, limit)?;
            let last = found.last().map(|deed| deed.number.to_string());
            Ok(Reply::json(&ListJson {
                next_cursor: last.filter(|_| found.len() == limit),
                items: found
                    .into_iter()
                    .map(|deed| DeedJson {
                        number: deed.number,
                        at: instant(deed.at),
                        who: deed.who,
                        what: deed.what,
                        about: deed.about,
                        detail: deed.detail,
                    })
                    .collect(),
            })?)
        })
        .await
}

fn wanted(context: &Context) -> Result<Wanted, Trouble> {
    let mut wanted = Wanted::default();
    for text in context.pairs.all("state") {
        let need = Need::ALL.into_iter().find(|need| need.word() == text);
        let need = need.ok_or_else(|| BadParameter::new("state", text))?;
        wanted.needs.push(need);
    }
    for text in context.pairs.all("country") {
        let country: Result<Country, _> = text.parse();
        let country = country.map_err(|_| BadParameter::new("country", text))?;
        wanted.countries.push(country);
    }
    for text in context.pairs.all("role") {
        let role: Result<Role, _> = text.parse();
        wanted
            .roles
            .push(role.map_err(|_| BadParameter::new("role", text))?);
    }
    let q = context.pairs.last("q").unwrap_or_default();
    wanted.words = q.split_whitespace().map(health::folded).collect();
    Ok(wanted)
}

fn limit(context: &Context) -> Result<usize, BadParameter> {
    match context.pairs.last("limit") {
        None => Ok(20),
        Some(text) => match text.parse() {
            Ok(limit @ 1..=100) => Ok(limit),
            _ => Err(BadParameter::new("limit", text)),
        },
    }
}

/// Which part of a list that is sorted anew each time: how many stand before it, and how many are wanted.
fn part(context: &Context) -> Result<(usize, usize), BadParameter> {
    let from = match context.pairs.last("cursor") {
        None => 0,
        Some(text) => text
            .parse()
            .map_err(|_| BadParameter::new("cursor", text))?,
    };
    Ok((from, limit(context)?))
}

/// Which part of a list that is numbered, the latest first.
pub(super) fn before(context: &Context) -> Result<(Option<u64>, usize), BadParameter> {
    let before = match context.pairs.last("cursor") {
        None => None,
        Some(text) => match text.parse::<u64>() {
            Ok(number) if i64::try_from(number).is_ok() => Some(number),
            _ => return Err(BadParameter::new("cursor", text)),
        },
    };
    Ok((before, limit(context)?))
}

fn health_json(context: &Context, need: Need, record: &SourceRecord) -> HealthJson {
    let (source, state) = (&record.source, &record.state);
    let found = state.address.as_ref();
    HealthJson {
        id: source.id.to_string(),
        name: source.name.clone(),
        country: source.country.to_string(),
        role: source.role.to_string(),
        private: source.private,
        state: need.word(),
        status: state.phase.word(),
        findings: health::findings(record)
            .into_iter()
            .map(|finding| finding_json(context, finding))
            .collect(),
        way: found.map(|_| state.way.word()),
        address: found.map(ToString::to_string),
        items: record.items,
        newest: record.newest.map(instant),
        last_visit: state.last_visit.map(instant),
        last_success: state.last_success.map(instant),
        last_new: state.last_new.map(instant),
        next_visit: (need != Need::Paused).then(|| instant(state.next_visit)),
        interval_seconds: (state.interval > 0).then_some(state.interval),
        usual_gap_seconds: state.rhythm.map(|gap| gap as u64),
    }
}

fn finding_json(context: &Context, finding: &Finding) -> FindingJson {
    let told = context.told(finding);
    FindingJson {
        symptom: finding.symptom.word(),
        gravity: match finding.symptom.gravity() {
            Gravity::Note => "note",
            Gravity::Watch => "watch",
            Gravity::Act => "act",
        },
        since: instant(finding.since),
        noticed: instant(finding.noticed),
        what: told.what,
        did: told.did,
        todo: told.todo,
    }
}

fn happening_json(context: &Context, happening: &Happening) -> HappeningJson {
    HappeningJson {
        number: happening.number,
        at: instant(happening.at),
        source: happening.source.to_string(),
        turn: match happening.turn {
            Turn::Began => "began",
            Turn::Ended => "ended",
        },
        finding: finding_json(context, &happening.finding),
    }
}

fn visit_json(log: VisitLog) -> VisitJson {
    VisitJson {
        at: instant(log.at),
        url: log.url,
        status: log.status,
        millis: log.millis,
        bytes: log.bytes,
        listed: log.listed,
        new: log.new,
        changed: log.changed,
        fault_code: log.fault.as_ref().and_then(|fault| fault.reason.code()),
        fault: log.fault.map(|fault| fault.message),
        note_code: log.note.as_ref().and_then(Remark::code),
        note: log.note.map(|note| note.to_string()),
    }
}
