//! One announcement in a list.

use jiff::civil::DateTime;

use crate::delivery::{marked, passage};
use crate::domain::Item;
use crate::search::Marks;
use crate::web::context::Context;
use crate::web::find::Others;
use crate::web::wording::{Before, Closing};

/// An announcement as a list shows it.
pub(crate) struct Card {
    pub(crate) href: String,
    /// HTML: escaped, with `<mark>`.
    pub(crate) title: String,
    /// HTML: escaped, with `<mark>`.
    pub(crate) excerpt: String,
    /// Where the text is in another language than the page.
    pub(crate) lang: Option<String>,
    pub(crate) lang_name: Option<String>,
    pub(crate) source: String,
    pub(crate) source_href: String,
    pub(crate) country: String,
    /// For machines, and in words.
    pub(crate) published: Option<(String, String)>,
    pub(crate) kind: &'static str,
    pub(crate) kind_name: String,
    pub(crate) deadline: Option<Closing>,
    /// When and where, in words.
    pub(crate) event: Option<String>,
    /// “Also carried by …”
    pub(crate) also: Option<String>,
}

impl Card {
    /// How an item is shown. With marks, the passage that shows the query best.
    pub(crate) fn new(
        context: &Context,
        item: &Item,
        others: Others<'_>,
        marks: Option<&Marks>,
    ) -> Self {
        let ui = context.ui;
        let lang = item.lang.map(|found| found.lang);
        let (title, excerpt) = match marks {
            None => (marked(&item.title, &[]), cut(marked(&item.excerpt, &[]))),
            Some(marks) => {
                let (shown, ranges) = passage(item, marks);
                let excerpt = if ranges.is_empty() {
                    cut(marked(&item.excerpt, &marks.find(&item.excerpt, lang)))
                } else {
                    marked(&shown, &ranges)
                };
                (marked(&item.title, &marks.find(&item.title, lang)), excerpt)
            }
        };
        Self {
            href: context.to(&format!("/items/{}", item.id)),
            title,
            excerpt,
            lang: foreign(context, item),
            lang_name: lang
                .filter(|lang| *lang != ui.language())
                .map(|lang| ui.language_name(lang)),
            source: item.source_name.clone(),
            source_href: context.to(&format!("/sources/{}", item.source)),
            country: ui.country_name(item.country),
            published: item
                .published
                .zip(ui.published(item, context.zone()))
                .map(|(at, words)| (at.to_string(), words)),
            kind: item.kind.as_str(),
            kind_name: ui.kind_name(item.kind),
            deadline: item
                .deadline
                .as_ref()
                .map(|deadline| ui.deadline(deadline, item.country, context.now, context.zone())),
            event: event(context, item),
            also: also(context, others),
        }
    }
}

/// An excerpt, which shows that it goes on where it stops within a sentence.
fn cut(mut excerpt: String) -> String {
    if excerpt.ends_with(|c: char| c.is_alphanumeric() || c == ',') {
        excerpt.push('…');
    }
    excerpt
}

/// Sources named beside an announcement.
const NAMED: usize = 5;

/// Who else carries it; where that is its own source alone, in how many other items.
fn also(context: &Context, others: Others<'_>) -> Option<String> {
    let mut names: Vec<&str> = others.names().take(NAMED + 1).collect();
    if names.is_empty() {
        return (others.items > 0).then(|| context.ui.tn("also-sources", u64::from(others.items)));
    }
    if names.len() > NAMED {
        names[NAMED] = "…";
    }
    Some(context.ui.tw("also-carried", "sources", &names.join(", ")))
}

/// The code of an item's language where that is not the page's.
pub(super) fn foreign(context: &Context, item: &Item) -> Option<String> {
    item.lang
        .map(|found| found.lang)
        .filter(|lang| *lang != context.ui.language())
        .map(|lang| lang.to_string())
}

/// When and where something takes place.
pub(super) fn event(context: &Context, item: &Item) -> Option<String> {
    let event = item.event.as_ref()?;
    let local = |at: jiff::Timestamp| at.to_zoned(item.country.time_zone()).datetime();
    let (start, end) = (local(event.start), event.end.map(local));
    let ui = context.ui;
    let midnight = start.time() == jiff::civil::Time::midnight();
    let last = end.map(DateTime::date).filter(|last| *last != start.date());
    let mut words = match last {
        Some(last) if midnight => ui.days(start.date(), last),
        Some(last) => format!("{} – {}", ui.moment(start), ui.day(last)),
        None if midnight => ui.day_after(Before::On, start.date()),
        None => ui.moment_after(Before::On, start),
    };
    if let (None, false, Some(end)) = (last, midnight, end) {
        words.push_str(&end.strftime("–%H:%M").to_string());
    }
    if let Some(place) = &event.place {
        words.push_str(", ");
        words.push_str(place);
    }
    Some(words)
}
