//! `/monitor/sources/{id}`: how one source fares, what was done about it, and every visit.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use jiff::Timestamp;

use super::rhythm::{Chart, chart};
use super::sources::{self, SourceActions};
use super::{Desk, Frame};
use crate::domain::{Gravity, StaffRole, Turn};
use crate::store::{SourceRecord, VisitLog};
use crate::web::context::{Ask, Face};
use crate::web::health::{self, Need};
use crate::web::reply::{Keep, Reply};
use crate::web::trouble::Trouble;

/// Weeks in the picture.
const WEEKS: u32 = 52;
/// Visits, happenings and items that are listed.
const VISITS: usize = 50;
const HAPPENINGS: usize = 30;
const ITEMS: usize = 10;

struct Told {
    gravity: &'static str,
    gravity_name: String,
    what: String,
    did: Option<String>,
    todo: Option<String>,
    noticed: String,
}

struct Visit {
    machine: String,
    at: String,
    status: String,
    time: String,
    size: String,
    counts: String,
    /// These two as HTML.
    fault: Option<String>,
    note: Option<String>,
}

struct Happened {
    machine: String,
    at: String,
    turn: String,
    what: String,
}

#[derive(Template)]
#[template(path = "monitor/source.html")]
struct SourcePage {
    frame: Frame,
    desk: Desk,
    need: &'static str,
    need_name: String,
    told: Vec<Told>,
    facts: Vec<(String, String)>,
    address: Option<String>,
    home: Option<String>,
    public: Option<String>,
    chart: Chart,
    visits: Vec<Visit>,
    happened: Vec<Happened>,
    /// Address, title, day, language.
    items: Vec<(String, String, String, Option<String>)>,
    actions: Option<SourceActions>,
}

/// `GET /monitor/sources/{id}`
pub(in crate::web) async fn page(Path(id): Path<String>, context: Ask) -> Response {
    context
        .serve(Face::Page, move |context| {
            context.need(StaffRole::Viewer)?;
            let record = health::source(context, &id)?;
            view(context, &record)
        })
        .await
}

fn view(context: &Ask, record: &SourceRecord) -> Result<Reply, Trouble> {
    let ui = context.ui;
    let source = &record.source;
    let store = &context.app.store;
    let title = format!("{}: {}", ui.t("nav-monitor"), source.name);
    let (frame, desk) = Desk::new(context, StaffRole::Viewer, title)?;
    let need = Need::of(record);
    let moment = |at: Timestamp| ui.moment(at.to_zoned(context.zone().clone()).datetime());
    let told = health::findings(record)
        .into_iter()
        .map(|finding| {
            let told = context.told(finding);
            let gravity = match finding.symptom.gravity() {
                Gravity::Act => Need::Act,
                Gravity::Watch => Need::Watch,
                Gravity::Note => Need::Note,
            };
            Told {
                gravity: gravity.word(),
                gravity_name: ui.word("need", gravity.word()),
                what: told.what,
                did: told.did,
                todo: told.todo,
                noticed: moment(finding.noticed),
            }
        })
        .collect();
    let happened = store
        .happenings(Some(&source.id), None, HAPPENINGS)?
        .into_iter()
        .map(|happening| Happened {
            machine: happening.at.to_string(),
            at: moment(happening.at),
            turn: ui.t(match happening.turn {
                Turn::Began => "turn-began",
                Turn::Ended => "turn-ended",
            }),
            what: context.told(&happening.finding).what,
        })
        .collect();
    let items = store
        .latest_of(&source.id, ITEMS)?
        .into_iter()
        .map(|item| {
            let day = ui.published(&item, context.zone()).unwrap_or_default();
            let href = context.to(&format!("/items/{}", item.id));
            let lang = item.lang.map(|found| found.lang.to_string());
            (href, item.title, day, lang)
        })
        .collect();
    let page = SourcePage {
        frame,
        desk: desk.with(Ok(sources::done(context))),
        need: need.word(),
        need_name: ui.word("need", need.word()),
        told,
        facts: facts(context, record, need),
        address: record.state.address.as_ref().map(ToString::to_string),
        home: source.url.as_ref().map(ToString::to_string),
        public: (!source.private).then(|| context.to(&format!("/sources/{}", source.id))),
        chart: chart(context, &store.weeks(&source.id, WEEKS, context.now)?),
        visits: store
            .visits(&source.id, VISITS)?
            .iter()
            .map(|log| visit(context, log))
            .collect(),
        happened,
        items,
        actions: SourceActions::new(context, &source.id)?,
    };
    Ok(Reply::html(page.render()?).keep(Keep::Ask))
}

fn facts(context: &Ask, record: &SourceRecord, need: Need) -> Vec<(String, String)> {
    let ui = context.ui;
    let (source, state) = (&record.source, &record.state);
    let moment = |at: Timestamp| ui.moment(at.to_zoned(context.zone().clone()).datetime());
    let never = || ui.t("monitor-never");
    let mut facts = vec![
        (ui.t("facet-country"), ui.country_name(source.country)),
        (ui.t("facet-role"), ui.role_name(source.role)),
        (ui.t("monitor-fact-items"), ui.number(record.items)),
        (
            ui.t("monitor-fact-new"),
            state.last_new.map_or_else(never, moment),
        ),
        (
            ui.t("monitor-fact-last"),
            state.last_visit.map_or_else(never, moment),
        ),
        (
            ui.t("monitor-fact-success"),
            state.last_success.map_or_else(never, moment),
        ),
    ];
    if need != Need::Paused {
        facts.push((ui.t("monitor-fact-next"), moment(state.next_visit)));
    }
    if state.address.is_some() {
        facts.push((
            ui.t("monitor-fact-way"),
            ui.t(&format!("way-{}", state.way.word())),
        ));
    }
    if let Some(gap) = state.rhythm {
        facts.push((ui.t("monitor-fact-rhythm"), span(context, gap as u64)));
    }
    if state.interval > 0 {
        facts.push((ui.t("monitor-fact-interval"), span(context, state.interval)));
    }
    facts
}

/// So many seconds in the largest unit that tells.
fn span(context: &Ask, seconds: u64) -> String {
    let ui = context.ui;
    match seconds {
        0..120 => ui.tn("span-seconds", seconds.max(1)),
        120..7_200 => ui.tn("span-minutes", seconds / 60),
        7_200..172_800 => ui.tn("span-hours", seconds / 3_600),
        _ => ui.tn("span-days-count", seconds / 86_400),
    }
}

fn visit(context: &Ask, log: &VisitLog) -> Visit {
    let ui = context.ui;
    Visit {
        machine: log.at.to_string(),
        at: ui.moment(log.at.to_zoned(context.zone().clone()).datetime()),
        status: log
            .status
            .map_or_else(|| "–".to_owned(), |status| status.to_string()),
        time: format!("{}\u{a0}ms", ui.number(log.millis)),
        size: match log.bytes {
            0 => "–".to_owned(),
            bytes => format!("{}\u{a0}kB", ui.number(bytes.div_ceil(1_000))),
        },
        counts: format!("{} / {} / {}", log.listed, log.new, log.changed),
        fault: log
            .fault
            .as_ref()
            .map(|fault| context.reason(&fault.reason).html()),
        note: log.note.as_ref().map(|note| context.remark(note).html()),
    }
}
