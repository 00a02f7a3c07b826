//! `/monitor`: all sources, those first that ask for a person.

use askama::Template;
use axum::response::Response;

use super::{Desk, Frame};
use crate::domain::{Country, StaffRole};
use crate::store::SourceRecord;
use crate::web::context::{Ask, Face};
use crate::web::health::{self, Need, Wanted};
use crate::web::pages::Link;
use crate::web::reply::{Keep, Reply};
use crate::web::trouble::Trouble;

use super::rhythm::{Chart, chart};

/// Sources on a page.
const PAGE: usize = 40;
/// Weeks in the small picture of a source.
const WEEKS: u32 = 26;

pub(super) struct Row {
    pub(super) href: String,
    pub(super) name: String,
    pub(super) place: String,
    pub(super) need: &'static str,
    pub(super) need_name: String,
    pub(super) what: Vec<String>,
    pub(super) did: Option<String>,
    pub(super) todo: Option<String>,
    pub(super) last: Option<String>,
    pub(super) next: Option<String>,
    pub(super) chart: Chart,
}

#[derive(Template)]
#[template(path = "monitor/overview.html")]
struct OverviewPage {
    frame: Frame,
    desk: Desk,
    /// Where a source is added, for those who may.
    add: Option<String>,
    action: String,
    q: String,
    kept: Vec<(&'static str, String)>,
    needs: Vec<Link>,
    countries: Vec<Link>,
    rows: Vec<Row>,
    all_well: bool,
    first: Option<String>,
    next: Option<String>,
}

/// `GET /monitor`
pub(in crate::web) async fn page(context: Ask) -> Response {
    context.serve(Face::Page, view).await
}

fn view(context: &Ask) -> Result<Reply, Trouble> {
    let ui = context.ui;
    let (frame, desk) = Desk::new(context, StaffRole::Viewer, ui.t("nav-monitor"))?;
    let state = context.pairs.last("state").unwrap_or("needs");
    let country = context
        .pairs
        .last("country")
        .and_then(|text| text.parse::<Country>().ok());
    let q = context.pairs.last("q").unwrap_or_default();
    let wanted = Wanted {
        needs: match state {
            "all" => Vec::new(),
            "needs" if !q.is_empty() => Vec::new(),
            "needs" => vec![Need::Act, Need::Watch],
            word => Need::ALL
                .into_iter()
                .filter(|need| need.word() == word)
                .collect(),
        },
        countries: country.into_iter().collect(),
        roles: Vec::new(),
        words: q.split_whitespace().map(health::folded).collect(),
    };
    let (found, tally) = health::survey(context, &wanted)?;
    let pages = found.len().div_ceil(PAGE).max(1);
    let page = context
        .pairs
        .last("page")
        .and_then(|text| text.parse().ok());
    let page = page.unwrap_or(1).clamp(1, pages);
    let mut rows = Vec::new();
    for (need, record) in found.iter().skip((page - 1) * PAGE).take(PAGE) {
        rows.push(row(context, *need, record)?);
    }
    let link = |state: &str, country: Option<Country>, page: usize| {
        let mut pairs = vec![("state", state.to_owned())];
        pairs.extend(country.map(|country| ("country", country.to_string())));
        if !q.is_empty() {
            pairs.push(("q", q.to_owned()));
        }
        if page > 1 {
            pairs.push(("page", page.to_string()));
        }
        context.link("/monitor", &pairs)
    };
    let number = |count: u64| ui.number(count);
    let mut needs = vec![Link {
        href: link("needs", country, 1),
        label: format!(
            "{} ({})",
            ui.t("need-needs"),
            number(tally.of(Need::Act) + tally.of(Need::Watch))
        ),
        current: state == "needs",
    }];
    for need in Need::ALL.into_iter().filter(|need| tally.of(*need) > 0) {
        needs.push(Link {
            href: link(need.word(), country, 1),
            label: format!(
                "{} ({})",
                ui.word("need", need.word()),
                number(tally.of(need))
            ),
            current: state == need.word(),
        });
    }
    needs.push(Link {
        href: link("all", country, 1),
        label: ui.t("need-all"),
        current: state == "all",
    });
    let page_of = OverviewPage {
        frame,
        desk,
        add: context
            .need(StaffRole::Editor)
            .is_ok()
            .then(|| context.to("/monitor/sources/add")),
        action: context.action("/monitor"),
        q: q.to_owned(),
        kept: vec![("state", state.to_owned())],
        needs,
        countries: countries(context, |country| link(state, country, 1), country)?,
        all_well: found.is_empty() && state == "needs" && q.is_empty(),
        rows,
        first: (page > 1).then(|| link(state, country, 1)),
        next: (page < pages).then(|| link(state, country, page + 1)),
    };
    Ok(Reply::html(page_of.render()?).keep(Keep::Ask))
}

fn countries(
    context: &Ask,
    link: impl Fn(Option<Country>) -> String,
    chosen: Option<Country>,
) -> Result<Vec<Link>, Trouble> {
    let mut there: Vec<Country> = context
        .app
        .store
        .sources()?
        .iter()
        .map(|record| record.source.country)
        .collect();
    there.sort_by_key(|country| country.as_str().to_owned());
    there.dedup();
    Ok(there
        .into_iter()
        .map(|country| Link {
            href: link((chosen != Some(country)).then_some(country)),
            label: context.ui.country_name(country),
            current: chosen == Some(country),
        })
        .collect())
}

fn row(context: &Ask, need: Need, record: &SourceRecord) -> Result<Row, Trouble> {
    let ui = context.ui;
    let source = &record.source;
    let findings = health::findings(record);
    let told: Vec<_> = findings
        .iter()
        .map(|finding| context.told(finding))
        .collect();
    let moment = |at: jiff::Timestamp| ui.moment(at.to_zoned(context.zone().clone()).datetime());
    let state = &record.state;
    Ok(Row {
        href: context.to(&format!("/monitor/sources/{}", source.id)),
        name: source.name.clone(),
        place: ui.country_name(source.country),
        need: need.word(),
        need_name: ui.word("need", need.word()),
        did: told.first().and_then(|told| told.did.clone()),
        todo: told.first().and_then(|told| told.todo.clone()),
        what: told.into_iter().map(|told| told.what).collect(),
        last: state.last_visit.map(moment),
        next: (need != Need::Paused).then(|| moment(state.next_visit)),
        chart: chart(
            context,
            &context.app.store.weeks(&source.id, WEEKS, context.now)?,
        ),
    })
}
