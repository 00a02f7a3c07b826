//! `/topics` and `/topics/{id}`.

use std::collections::HashMap;

use askama::Template;
use axum::extract::Path;
use axum::response::Response;

use super::card::Card;
use super::{FeedLink, Frame, Link};
use crate::config::Concept;
use crate::domain::{Language, SearchRequest, TopicId};
use crate::web::collate;
use crate::web::context::{Ask, Context, Face};
use crate::web::find::Found;
use crate::web::reply::Reply;
use crate::web::trouble::Trouble;
use crate::web::wording::capital;

/// A topic with how many items it has.
struct Entry {
    href: String,
    label: String,
    count: u64,
    shown: String,
    narrower: Vec<Entry>,
}

#[derive(Template)]
#[template(path = "topics.html")]
struct ListPage {
    frame: Frame,
    entries: Vec<Entry>,
}

/// What a topic is called in one language.
struct Names {
    code: String,
    language: String,
    all: String,
}

#[derive(Template)]
#[template(path = "topic.html")]
struct TopicPage {
    frame: Frame,
    title: String,
    broader: Option<Link>,
    narrower: Vec<Link>,
    names: Vec<Names>,
    count: String,
    cards: Vec<Card>,
    all: String,
    feeds: Vec<FeedLink>,
    calendar: String,
    digest: String,
}

/// `/topics`
pub(in crate::web) async fn list(context: Ask) -> Response {
    context
        .serve_again(Face::Page, |context| {
            let counts = context.topic_counts()?;
            Ok(Reply::html(list_view(context, &counts).render()?).modified(context.today()))
        })
        .await
}

/// `/topics/{id}`
pub(in crate::web) async fn page(Path(id): Path<String>, context: Ask) -> Response {
    context
        .serve_again(Face::Page, move |context| {
            let id: TopicId = id.parse().map_err(|_| Trouble::NotFound)?;
            let concept = context
                .config
                .thesaurus
                .iter()
                .find(|concept| concept.id == id)
                .ok_or(Trouble::NotFound)?;
            let request = SearchRequest {
                topic: vec![id],
                ..SearchRequest::default()
            };
            let found = context.find(&request)?;
            let modified = found.modified().max(context.today());
            let page = view(context, concept, &request, &found);
            Ok(Reply::html(page.render()?).modified(modified))
        })
        .await
}

fn entry(context: &Context, concept: &Concept, counts: &HashMap<String, u64>) -> Entry {
    let count = counts.get(concept.id.as_str()).copied().unwrap_or(0);
    Entry {
        href: context.to(&format!("/topics/{}", concept.id)),
        label: capital(concept.label(context.ui.language())),
        shown: context.ui.number(count),
        count,
        narrower: Vec::new(),
    }
}

/// Two levels: what has no wider concept, and everything under it.
fn list_view(context: &Context, counts: &HashMap<String, u64>) -> ListPage {
    let thesaurus = &context.config.thesaurus;
    let mut under: HashMap<&TopicId, Vec<Entry>> = HashMap::new();
    let parents: HashMap<&TopicId, &TopicId> = thesaurus
        .iter()
        .filter_map(|concept| Some((&concept.id, concept.broader.as_ref()?)))
        .collect();
    let mut entries: Vec<(&TopicId, Entry)> = Vec::new();
    for concept in thesaurus {
        let own = entry(context, concept, counts);
        let mut top = &concept.id;
        // Bounded, as nobody promises that the file has no circle.
        for _ in 0..8 {
            match parents.get(top) {
                Some(parent) => top = *parent,
                None => break,
            }
        }
        if top == &concept.id {
            entries.push((&concept.id, own));
        } else {
            under.entry(top).or_default().push(own);
        }
    }
    let by_label = |entry: &Entry| collate::key(&entry.label, context.ui.language());
    let mut entries: Vec<Entry> = entries
        .into_iter()
        .map(|(id, mut entry)| {
            entry.narrower = under.remove(id).unwrap_or_default();
            entry.narrower.sort_by_cached_key(by_label);
            entry
        })
        .collect();
    entries.sort_by_cached_key(by_label);
    ListPage {
        frame: Frame::new(context, context.ui.t("nav-topics")),
        entries,
    }
}

fn view(context: &Context, concept: &Concept, request: &SearchRequest, found: &Found) -> TopicPage {
    let ui = context.ui;
    let language = ui.language();
    let link = |other: &Concept| Link {
        href: context.to(&format!("/topics/{}", other.id)),
        label: other.label(language).to_owned(),
        current: false,
    };
    let thesaurus = &context.config.thesaurus;
    let title = capital(concept.label(language));
    let feeds = context.feeds_of(request);
    TopicPage {
        frame: Frame::new(context, title.clone())
            .with_feeds(feeds.clone())
            .with_mail(context, &request.to_pairs()),
        title,
        broader: concept
            .broader
            .as_ref()
            .and_then(|id| thesaurus.iter().find(|other| other.id == *id))
            .map(link),
        narrower: thesaurus
            .iter()
            .filter(|other| other.broader.as_ref() == Some(&concept.id))
            .map(link)
            .collect(),
        names: Language::OURS
            .into_iter()
            .filter_map(|language| {
                let names = concept.labels.get(&language)?;
                let names: Vec<String> = names.iter().map(ToString::to_string).collect();
                Some(Names {
                    code: language.to_string(),
                    language: ui.language_name(language),
                    all: names.join(", "),
                })
            })
            .collect(),
        count: ui.tn("results", found.hits.total),
        cards: found
            .items
            .iter()
            .map(|item| Card::new(context, item, found.others(item), None))
            .collect(),
        all: context.link("/", &request.to_pairs()),
        feeds,
        calendar: context.link("/calendar.ics", &request.to_pairs()),
        digest: context.link("/digest", &request.to_pairs()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::pages::samples;

    #[test]
    fn narrower_topics_stand_under_the_widest() {
        let context = samples::context("/topics", "ui=lv");
        let page = list_view(&context, &HashMap::from([("day-centre".to_owned(), 3)]));
        let labels: Vec<&str> = page
            .entries
            .iter()
            .map(|entry| entry.label.as_str())
            .collect();
        assert_eq!(labels, ["Sociālie pakalpojumi"]);
        assert_eq!(page.entries[0].narrower.len(), 2);
        assert!(page.render().unwrap().contains("Dienas centrs"));
    }
}
