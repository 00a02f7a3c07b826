//! How an edition reads: its title and its stories as HTML.

use std::fmt::Write as _;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use url::Url;

use super::body::{Body, Closes, Story};
use crate::config::{DigestSpec, Period};
use crate::delivery::content::escape;
use crate::delivery::entry::{plain, safe_link, under};
use crate::delivery::words::Ui;
use crate::domain::Language;
use crate::store::Edition;

/// The title of an edition: the digest's, and the local dates of its period.
#[must_use]
pub fn edition_title(spec: &DigestSpec, edition: &Edition, ui: Language) -> String {
    format!(
        "{}: {}",
        plain(spec.title(Ui::of(ui).language()), spec.id.as_str()),
        edition_dates(spec, edition, ui)
    )
}

/// The local dates of an edition's period, in words.
#[must_use]
pub fn edition_dates(spec: &DigestSpec, edition: &Edition, ui: Language) -> String {
    let ui = Ui::of(ui);
    let local = |at: Timestamp| at.to_zoned(spec.time_zone.clone());
    let start = local(edition.start);
    // The last moment that belongs to it, so that a period up to midnight is not named after the next day.
    let last = local(
        edition
            .end
            .saturating_sub(SignedDuration::from_secs(1))
            .unwrap_or(edition.end),
    );
    let hours = edition.end.duration_since(edition.start).as_hours();
    match spec.period {
        Period::AtOnce => ui.moment(local(edition.end).datetime()),
        Period::Hourly if start.date() == last.date() => format!(
            "{}, {}–{}",
            ui.day(last.date()),
            start.strftime("%H:%M"),
            local(edition.end).strftime("%H:%M")
        ),
        // From seven in the morning to seven in the morning: the day on which people read it.
        Period::Daily if hours <= 25 => ui.day(last.date()),
        Period::Monthly if start.day() == 1 && (27 * 24..=32 * 24).contains(&hours) => {
            ui.whole_month(start.date())
        }
        _ => ui.days(start.date(), last.date()),
    }
}

/// The stories of an edition as an HTML fragment (safe; headings are `h2`, links absolute). Its own words are in the
/// language of the interface; what sources said is marked with its language.
#[must_use]
pub fn edition_html(edition: &Edition, ui: Language, zone: &TimeZone, public: &Url) -> String {
    let ui = Ui::of(ui);
    let body = Body::of(edition).unwrap_or_default();
    let mut html = String::new();
    if body.groups.is_empty() {
        let _ = writeln!(html, "<p>{}</p>", ui.nothing());
    }
    for group in &body.groups {
        let _ = writeln!(
            html,
            "<h2>{}</h2>\n<ul>",
            escape(&plain(&ui.heading(&group.heading), "…"))
        );
        for story in &group.stories {
            write_story(&mut html, story, ui, public);
        }
        html.push_str("</ul>\n");
    }
    if body.more > 0 {
        let href = escape(&search_url(&body, edition, zone, public));
        let _ = writeln!(
            html,
            "<p><a href=\"{href}\">{}: {}</a></p>",
            ui.more(),
            body.more
        );
    }
    html
}

fn write_story(html: &mut String, story: &Story, ui: Ui, public: &Url) {
    let lang = story
        .lang
        .map_or(String::new(), |lang| format!(" lang=\"{lang}\""));
    let Some(first) = story.sources.first() else {
        return;
    };
    let page = under(public, &format!("items/{}", first.item));
    let href = escape(safe_link(&first.url).unwrap_or(&page));
    let title = escape(&plain(&story.title, "…"));
    let _ = write!(html, "<li><p><a href=\"{href}\"{lang}>{title}</a></p>");
    let mut facts: Vec<String> = Vec::new();
    if let Some(closes) = &story.closes {
        facts.push(format!(
            "<strong>{}: {}</strong>",
            ui.deadline(),
            closing(ui, closes)
        ));
    }
    let sources: Vec<String> = story
        .sources
        .iter()
        .map(|source| {
            let name = escape(&plain(&source.name, source.id.as_str()));
            match safe_link(&source.url) {
                Some(url) if source.item != first.item => {
                    format!("<a href=\"{}\">{name}</a>", escape(url))
                }
                _ => name,
            }
        })
        .collect();
    facts.push(sources.join(", "));
    facts.extend(story.day.map(|day| ui.day(day)));
    facts.extend(story.lang.map(|lang| ui.language_name(lang)));
    let _ = write!(html, "<p><small>{}</small></p>", facts.join(" · "));
    let excerpt = plain(&story.excerpt, "");
    if !excerpt.is_empty() {
        let _ = write!(html, "<p{lang}>{}</p>", escape(&excerpt));
    }
    html.push_str("</li>\n");
}

fn closing(ui: Ui, closes: &Closes) -> String {
    if closes.hour {
        ui.moment(closes.at)
    } else {
        ui.day(closes.at.date())
    }
}

/// The search page for what the edition was made of.
fn search_url(body: &Body, edition: &Edition, zone: &TimeZone, public: &Url) -> String {
    let mut url = public.clone();
    let day = |at: Timestamp| at.to_zoned(zone.clone()).date().to_string();
    {
        let mut query = url.query_pairs_mut();
        query.clear();
        for (name, value) in &body.query {
            if name != "from" && name != "to" {
                query.append_pair(name, value);
            }
        }
        query.append_pair("from", &day(edition.start));
        query.append_pair("to", &day(edition.end));
        query.append_pair("sort", "date");
    }
    url.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::delivery::digest::Span;
    use crate::delivery::digest::compose::compose;
    use crate::delivery::digest::testing::{at, edition, item, spec};
    use std::collections::{HashMap, HashSet};

    fn over(start: &str, end: &str) -> Edition {
        let mut edition = edition(end, 1);
        edition.start = at(start);
        edition
    }

    #[test]
    fn an_edition_is_named_after_the_local_days_of_its_period() {
        let daily = spec(Period::Daily, 7, "Europe/Bucharest");
        let one = over("2026-11-20T05:00:00Z", "2026-11-21T05:00:00Z");
        assert_eq!(
            edition_dates(&daily, &one, Language::RO),
            "21 noiembrie 2026"
        );
        let midnight = spec(Period::Daily, 0, "Europe/Bucharest");
        let one = over("2026-11-20T22:00:00Z", "2026-11-21T22:00:00Z");
        assert_eq!(
            edition_dates(&midnight, &one, Language::EN),
            "21 November 2026"
        );
        let gap = over("2026-11-01T05:00:00Z", "2026-11-21T05:00:00Z");
        assert_eq!(
            edition_dates(&daily, &gap, Language::RU),
            "1–21 ноября 2026 г."
        );
        let monthly = spec(Period::Monthly, 7, "Europe/Riga");
        let one = over("2026-10-01T04:00:00Z", "2026-11-01T05:00:00Z");
        assert_eq!(
            edition_dates(&monthly, &one, Language::LV),
            "2026. gada oktobris"
        );
        let hourly = spec(Period::Hourly, 0, "Europe/Riga");
        let one = over("2026-11-21T21:00:00Z", "2026-11-21T22:00:00Z");
        assert_eq!(
            edition_dates(&hourly, &one, Language::EN),
            "21 November 2026, 23:00–00:00"
        );
        assert!(edition_title(&daily, &gap, Language::EN).starts_with("Digest: "));
    }

    #[test]
    fn what_sources_say_stays_text_and_links_lead_to_pages() {
        let mut hostile = item(1, "a", "2026-11-20T10:00:00Z");
        hostile.title = "<script>alert(1)</script>\u{202e}".into();
        hostile.source_name = "\"><img src=x>".into();
        hostile.excerpt = "</p><iframe>".into();
        hostile.url = Url::parse("javascript:alert(1)").unwrap();
        hostile.lang = Some(crate::domain::Detected {
            lang: Language::LV,
            confidence: 1.0,
        });
        let span = Span {
            start: at("2026-11-20T07:00:00Z"),
            end: at("2026-11-21T07:00:00Z"),
        };
        let mut spec = spec(Period::Daily, 7, "UTC");
        spec.query.q = "a&b".into();
        let (mut body, _) = compose(&spec, span, &[hostile], &HashMap::new(), &HashSet::new());
        body.more = 3;
        let mut edition = over("2026-11-20T07:00:00Z", "2026-11-21T07:00:00Z");
        edition.body = serde_json::to_value(&body).unwrap();
        let public = Url::parse("https://vesti.ro/").unwrap();
        let html = edition_html(&edition, Language::RO, &TimeZone::UTC, &public);
        for bad in ["<script", "<img", "<iframe", "javascript:", "\u{202e}"] {
            assert!(!html.contains(bad), "{bad} in {html}");
        }
        assert!(html.contains("lang=\"lv\">&lt;script&gt;"));
        assert!(html.contains("href=\"https://vesti.ro/items/"));
        assert!(html.contains("letonă") && html.contains("20 noiembrie 2026"));
        assert!(html.contains("q=a%26b&amp;from=2026-11-20&amp;to=2026-11-21"));
    }
}
