//! `/sources`: the directory of organisations, authorities and media, by country and name.

use askama::Template;
use axum::response::Response;

use super::sources::{Row, row};
use super::{Frame, Link};
use crate::domain::{Country, Role, SearchRequest};
use crate::store::SourceRecord;
use crate::understanding::normalise::fold;
use crate::web::collate;
use crate::web::context::{Ask, Context, Face};
use crate::web::reply::Reply;

/// Sources on one page.
const PAGE: usize = 120;

/// Sources of a country.
struct Land {
    code: String,
    name: String,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "sources.html")]
struct DirectoryPage {
    frame: Frame,
    action: String,
    q: String,
    /// Filters that are kept: name and value.
    kept: Vec<(&'static str, String)>,
    countries: Vec<Link>,
    roles: Vec<Link>,
    count: String,
    narrowed: bool,
    lands: Vec<Land>,
    first: Option<String>,
    next: Option<String>,
    all: String,
    opml: String,
    apps: String,
}

/// `/sources`
pub(in crate::web) async fn list(context: Ask) -> Response {
    context
        .serve(Face::Page, |context| {
            let request = context.pairs.request()?;
            let records = context.sources()?;
            let page = view(context, &request, &records);
            Ok(Reply::html(page.render()?).modified(context.today()))
        })
        .await
}

fn view(context: &Context, request: &SearchRequest, records: &[SourceRecord]) -> DirectoryPage {
    let ui = context.ui;
    let words: Vec<String> = request.q.split_whitespace().map(folded).collect();
    let mut found: Vec<&SourceRecord> = records
        .iter()
        .filter(|record| {
            let source = &record.source;
            let name = folded(&format!("{} {}", source.name, source.id));
            (request.country.is_empty() || request.country.contains(&source.country))
                && (request.role.is_empty() || request.role.contains(&source.role))
                && words.iter().all(|word| name.contains(word))
        })
        .collect();
    found.sort_by_cached_key(|record| {
        let country = ui.country_name(record.source.country);
        let of = |text: &str| collate::key(text, ui.language());
        (of(&country), of(&record.source.name))
    });
    let pages = found.len().div_ceil(PAGE).max(1);
    let asked = context
        .pairs
        .last("page")
        .and_then(|page| page.parse().ok());
    let page = asked.unwrap_or(1).clamp(1, pages);
    let here = &found[((page - 1) * PAGE).min(found.len())..(page * PAGE).min(found.len())];
    let lands = here
        .chunk_by(|a, b| a.source.country == b.source.country)
        .map(|records| {
            let country = records[0].source.country;
            Land {
                code: country.to_string(),
                name: ui.country_name(country),
                rows: records.iter().map(|record| row(context, record)).collect(),
            }
        })
        .collect();
    let at = |page: usize| {
        let mut pairs = pairs(request);
        if page > 1 {
            pairs.push(("page", page.to_string()));
        }
        context.link("/sources", &pairs)
    };
    let mut frame = Frame::new(context, ui.t("nav-sources"));
    let narrowed = !pairs(request).is_empty();
    if narrowed || page > 1 {
        frame = frame.unlisted();
    }
    let mut kept = pairs(request);
    kept.retain(|(name, _)| *name != "q");
    if context.ui_given && !context.ui_remembered {
        kept.push(("ui", ui.code()));
    }
    DirectoryPage {
        frame,
        action: context
            .link::<&str, &str>("/sources", &[])
            .split('?')
            .next()
            .unwrap_or("/sources")
            .to_owned(),
        q: request.q.clone(),
        kept,
        countries: countries(context, request, records),
        roles: roles(context, request, records),
        count: ui.tn("sources-count", found.len() as u64),
        narrowed,
        lands,
        first: (page > 1).then(|| at(1)),
        next: (page < pages).then(|| at(page + 1)),
        all: context.to("/sources"),
        opml: context.link("/sources.opml", &kept_of(request)),
        apps: context.to("/apps"),
    }
}

fn folded(text: &str) -> String {
    fold(&text.to_lowercase()).into_owned()
}

/// What of a request the directory looks at.
fn pairs(request: &SearchRequest) -> Vec<(&'static str, String)> {
    let mut pairs = request.to_pairs();
    pairs.retain(|(name, _)| ["q", "country", "role"].contains(name));
    pairs
}

/// What of a request the list for other programs looks at as well.
fn kept_of(request: &SearchRequest) -> Vec<(&'static str, String)> {
    let mut pairs = pairs(request);
    pairs.retain(|(name, _)| *name != "q");
    pairs
}

/// The countries that have any sources, each as a link that narrows the list to it or lets it go.
fn countries(context: &Context, request: &SearchRequest, records: &[SourceRecord]) -> Vec<Link> {
    let mut all: Vec<Country> = records.iter().map(|record| record.source.country).collect();
    all.sort_by_cached_key(|country| {
        let name = context.ui.country_name(*country);
        collate::key(&name, context.ui.language())
    });
    all.dedup();
    let link = |country: Country| {
        let current = request.country == [country];
        let narrowed = SearchRequest {
            country: if current { Vec::new() } else { vec![country] },
            ..request.clone()
        };
        Link {
            href: context.link("/sources", &pairs(&narrowed)),
            label: context.ui.country_name(country),
            current,
        }
    };
    all.into_iter().map(link).collect()
}

fn roles(context: &Context, request: &SearchRequest, records: &[SourceRecord]) -> Vec<Link> {
    let link = |role: Role| {
        let current = request.role == [role];
        let narrowed = SearchRequest {
            role: if current { Vec::new() } else { vec![role] },
            ..request.clone()
        };
        Link {
            href: context.link("/sources", &pairs(&narrowed)),
            label: context.ui.role_name(role),
            current,
        }
    };
    let held = |role: &Role| records.iter().any(|record| record.source.role == *role);
    Role::ALL.iter().copied().filter(held).map(link).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::pages::samples;
    use crate::web::params::Pairs;

    fn shown(query: &str, names: &[(&str, Country)]) -> DirectoryPage {
        let records: Vec<SourceRecord> = names
            .iter()
            .map(|(name, country)| {
                let mut record = samples::source();
                record.source.name = (*name).to_owned();
                record.source.country = *country;
                record
            })
            .collect();
        let context = samples::context("/sources", query);
        let request = Pairs::parse(Some(query)).request().unwrap();
        view(&context, &request, &records)
    }

    fn names(page: &DirectoryPage) -> Vec<&str> {
        let rows = page.lands.iter().flat_map(|land| &land.rows);
        rows.map(|row| row.name.as_str()).collect()
    }

    #[test]
    fn sources_stand_under_their_countries_with_their_state_in_words() {
        let context = samples::context("/sources", "ui=ru");
        let mut source = samples::source();
        source.state.phase = crate::domain::Phase::Silent {
            since: samples::now(),
        };
        let html = view(&context, &SearchRequest::default(), &[source])
            .render()
            .unwrap();
        assert!(html.contains("Молдова"));
        assert!(html.contains("/sources/ong-exemplu?ui=ru"));
        assert!(html.contains(&context.ui.t("phase-silent")));
    }

    #[test]
    fn a_name_is_found_without_its_diacritics_and_filters_narrow() {
        let all = [
            ("Fundația Țara", Country::MD),
            ("Biedrība Šodien", Country::LV),
            ("Asociația Fără Bariere", Country::MD),
        ];
        assert_eq!(names(&shown("q=tara", &all)), ["Fundația Țara"]);
        assert_eq!(
            names(&shown("q=ŠODIEN+biedriba", &all)),
            ["Biedrība Šodien"]
        );
        let moldova = shown("country=MD", &all);
        assert_eq!(names(&moldova), ["Asociația Fără Bariere", "Fundația Țara"]);
        let chosen: Vec<(&str, bool)> = moldova
            .countries
            .iter()
            .map(|link| (link.href.as_str(), link.current))
            .collect();
        assert_eq!(chosen, [("/sources?country=LV", false), ("/sources", true)]);
        assert!(names(&shown("q=nimic", &all)).is_empty());
    }

    #[test]
    fn thousands_of_sources_are_shown_page_by_page() {
        let all: Vec<(String, Country)> = (0..300)
            .map(|number| (format!("Sursa {number:03}"), Country::RO))
            .collect();
        let all: Vec<(&str, Country)> = all.iter().map(|(name, c)| (name.as_str(), *c)).collect();
        let mut seen = Vec::new();
        for page in 1..=3 {
            let shown = shown(&format!("page={page}"), &all);
            assert_eq!(shown.next.is_some(), page < 3);
            seen.extend(names(&shown).into_iter().map(str::to_owned));
        }
        assert_eq!(seen.len(), 300);
        assert_eq!(seen.first().unwrap(), "Sursa 000");
        assert_eq!(seen.last().unwrap(), "Sursa 299");
        assert_eq!(names(&shown("page=99", &all)).len(), 60, "the last one");
    }
}
