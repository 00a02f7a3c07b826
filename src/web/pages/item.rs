//! `/items/{id}`: one announcement.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;

use super::card::{event, foreign};
use super::versions::{Earlier, Stretch, earlier};
use super::{Frame, Link};
use crate::domain::{Attachment, Edit, FileState, Item, ItemState, Precision, Version};
use crate::understanding::stories::is_easy;
use crate::web::content;
use crate::web::context::{Ask, Context, Face};
use crate::web::find::{Relatives, newest};
use crate::web::reply::Reply;
use crate::web::wording::{Before, Closing};

/// Another item of the story, or one that goes with it.
struct Copy {
    href: String,
    title: String,
    lang: Option<String>,
    lang_name: Option<String>,
    source: String,
    published: Option<String>,
}

impl Copy {
    fn new(context: &Context, item: &Item) -> Self {
        let lang = item.lang.map(|found| context.ui.language_name(found.lang));
        Self {
            href: context.to(&format!("/items/{}", item.id)),
            title: item.title.clone(),
            lang_name: lang.filter(|_| foreign(context, item).is_some()),
            lang: foreign(context, item),
            source: item.source_name.clone(),
            published: context.ui.published(item, context.zone()),
        }
    }
}

/// A file.
struct File {
    href: String,
    label: String,
    kind: Option<String>,
    /// Why there is no text of it.
    silent: Option<String>,
    /// HTML: escaped paragraphs; empty where there is no text.
    text: String,
    lang: Option<String>,
}

/// Paragraphs shown of a file's text; the rest is in the file.
const FIRST_PARAGRAPHS: usize = 12;

impl File {
    fn new(context: &Context, item: &Item, file: &Attachment) -> Self {
        let read = item.files.iter().find(|read| read.url == file.url);
        let told = file.title.clone().or_else(|| read?.title.clone());
        let ui = context.ui;
        let silent = match read.map(|read| read.state) {
            Some(FileState::Pending) => Some(ui.t("file-pending")),
            Some(FileState::Scanned) => Some(ui.t("file-scanned")),
            Some(FileState::Unreadable) => Some(ui.t("file-unreadable")),
            Some(FileState::Read) | None => None,
        };
        Self {
            href: file.url.to_string(),
            label: told.unwrap_or_else(|| {
                let last = file
                    .url
                    .path_segments()
                    .and_then(|mut path| path.next_back());
                last.filter(|name| !name.is_empty())
                    .unwrap_or(file.url.as_str())
                    .to_owned()
            }),
            kind: file.r#type.clone(),
            silent,
            text: read.map_or_else(String::new, |read| {
                content::beginning(&read.text, FIRST_PARAGRAPHS)
            }),
            lang: read
                .and_then(|read| read.lang)
                .filter(|lang| *lang != context.ui.language())
                .map(|lang| lang.to_string()),
        }
    }
}

#[derive(Template)]
#[template(path = "item.html")]
struct ItemPage {
    frame: Frame,
    title: String,
    lang: Option<String>,
    lang_name: Option<String>,
    kind: Link,
    kind_word: &'static str,
    source: Link,
    role: String,
    country: Link,
    author: Option<String>,
    published: Option<(String, String)>,
    first_seen: (String, String),
    updated: Option<(String, String)>,
    withdrawn: Option<String>,
    deadline: Option<Closing>,
    evidence: Option<String>,
    event: Option<String>,
    original: String,
    host: String,
    /// HTML: sanitised.
    body: String,
    topics: Vec<Link>,
    files: Vec<File>,
    newer: Option<Copy>,
    easy_heading: String,
    easy: Vec<Copy>,
    copies: Vec<Copy>,
    versions: Vec<Earlier>,
    json: String,
}

/// `/items/{id}`
pub(in crate::web) async fn page(Path(id): Path<String>, context: Ask) -> Response {
    context
        .serve(Face::Page, move |context| {
            let (item, copies) = context.item(&id)?;
            let versions = context.app.store.versions(item.id)?;
            let edits = context.app.store.matters_of(item.id)?;
            let relatives = context.relatives(&item)?;
            let modified = newest(std::slice::from_ref(&item))
                .max(newest(&copies))
                .max(newest(&relatives.easy))
                .max(context.today());
            let page = view(context, &item, &copies, &relatives, (&versions, &edits));
            Ok(Reply::html(page.render()?).modified(modified))
        })
        .await
}

/// Whether an author is only the account that published, as on many sites that nobody set up otherwise.
fn is_account(name: &str) -> bool {
    let accounts = ["admin", "administrator", "root", "user", "webmaster"];
    accounts.contains(&name.trim().to_lowercase().as_str())
}

fn view(
    context: &Context,
    item: &Item,
    copies: &[Item],
    relatives: &Relatives,
    (versions, edits): (&[Version], &[Edit]),
) -> ItemPage {
    let ui = context.ui;
    let moment = |at: jiff::Timestamp| {
        let words = ui.when(at, Precision::Second, context.zone(), context.zone());
        (at.to_string(), words)
    };
    let filter = |name: &str, value: &str, label: String| Link {
        href: context.link("/", &[(name, value)]),
        label,
        current: false,
    };
    let moment_after = |before, at: jiff::Timestamp| {
        ui.moment_after(before, at.to_zoned(context.zone().clone()).datetime())
    };
    // Copies of others' texts are not for search engines; the original is.
    let mut frame = Frame::new(context, item.title.clone());
    frame.index = context.config.settings.server.index_items;
    frame.canonical = Some(item.url.to_string());
    frame.description.clone_from(&item.excerpt);
    frame.kind = "article";
    ItemPage {
        frame,
        title: item.title.clone(),
        lang: foreign(context, item),
        lang_name: item.lang.map(|found| ui.language_name(found.lang)),
        kind: filter("kind", item.kind.as_str(), ui.kind_name(item.kind)),
        kind_word: item.kind.as_str(),
        source: Link {
            href: context.to(&format!("/sources/{}", item.source)),
            label: item.source_name.clone(),
            current: false,
        },
        role: ui.role_name(item.role),
        country: filter(
            "country",
            item.country.as_str(),
            ui.country_name(item.country),
        ),
        author: item.author.clone().filter(|name| !is_account(name)),
        published: item.published.map(|at| {
            let words = ui.when(
                at,
                item.precision,
                context.zone(),
                &item.country.time_zone(),
            );
            (at.to_string(), words)
        }),
        first_seen: moment(item.first_seen),
        updated: item.updated.map(moment),
        withdrawn: match item.state {
            ItemState::Live => None,
            ItemState::Withdrawn(at) => {
                Some(ui.tw("withdrawn", "date", &moment_after(Before::On, at)))
            }
        },
        deadline: item
            .deadline
            .as_ref()
            .map(|deadline| ui.deadline(deadline, item.country, context.now, context.zone())),
        evidence: item
            .deadline
            .as_ref()
            .map(|deadline| deadline.evidence.clone())
            .filter(|evidence| !evidence.is_empty()),
        event: event(context, item),
        original: item.url.to_string(),
        host: item.url.host_str().unwrap_or_default().to_owned(),
        body: content::body(item, ui),
        topics: item
            .topics
            .iter()
            .map(|topic| Link {
                href: context.to(&format!("/topics/{topic}")),
                label: context.topic_name(topic),
                current: false,
            })
            .collect(),
        files: item
            .attachments
            .iter()
            .map(|file| File::new(context, item, file))
            .collect(),
        newer: relatives
            .newer
            .as_ref()
            .map(|newer| Copy::new(context, newer)),
        easy_heading: if is_easy(&item.title, Some(&item.url)) {
            ui.t("plain-heading")
        } else {
            ui.t("easy-heading")
        },
        easy: relatives
            .easy
            .iter()
            .map(|easy| Copy::new(context, easy))
            .collect(),
        copies: copies
            .iter()
            .filter(|copy| Some(copy.id) != item.newer)
            .map(|copy| Copy::new(context, copy))
            .collect(),
        versions: earlier(context, item, versions, edits),
        json: context.to(&format!("/api/v1/items/{}", item.id)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::pages::samples;

    #[test]
    fn an_item_page_says_where_it_is_from_and_is_not_for_search_engines() {
        let context = samples::context("/items/0000000000007", "ui=en");
        let html = view(
            &context,
            &samples::item(),
            &[samples::item()],
            &Relatives::default(),
            (&[samples::version()], &[]),
        )
        .render()
        .unwrap();
        assert!(html.contains("<html lang=\"en\""));
        assert!(html.contains("content=\"noindex"));
        assert!(html.contains("rel=\"canonical\" href=\"https://ong.example/apel\""));
        assert!(
            html.contains("<h1 lang=\"ro\">Apel de proiecte &#60;b&#62;"),
            "{html}"
        );
        assert!(!html.contains("<b>"), "titles are text");
        assert!(
            html.contains("Termenul-limită este 1 decembrie 2026."),
            "the proof is shown"
        );
        assert!(html.contains("1 December 2026"));
        assert!(!html.contains("style=") && !html.contains("<script"));
    }

    #[test]
    fn files_show_what_they_say_or_why_they_do_not() {
        let shown = |ui: &str, state: FileState, text: &str| {
            let mut item = samples::item();
            item.files = vec![crate::domain::FileText {
                url: item.attachments[0].url.clone(),
                state,
                title: Some("Ghidul <b>solicitantului</b>".into()),
                pages: Some(3),
                lang: Some(crate::domain::Language::RO),
                text: text.into(),
            }];
            let context = samples::context("/items/0000000000007", &format!("ui={ui}"));
            view(&context, &item, &[], &Relatives::default(), (&[], &[]))
                .render()
                .unwrap()
        };
        let html = shown("en", FileState::Read, "Primul <i>.\n\nAl doilea.");
        assert!(
            html.contains("<summary>Text of the file</summary>"),
            "{html}"
        );
        assert!(
            html.contains("<div class=\"prose\" lang=\"ro\">\n<p>Primul &lt;i&gt;.</p>"),
            "{html}"
        );
        assert!(
            html.contains("Ghidul &#60;b&#62;"),
            "the file's own title, escaped"
        );
        for (ui, words) in [
            ("ro", "(scanare fără text)"),
            ("lv", "(skenējums bez teksta)"),
            ("ru", "(скан без текста)"),
            ("en", "(a scan without text)"),
        ] {
            let html = shown(ui, FileState::Scanned, "");
            assert!(html.contains(words), "{html}");
            assert!(!html.contains("<details>\n<summary>"), "nothing to unfold");
        }
    }

    #[test]
    fn sentences_with_a_date_have_it_in_the_right_case() {
        let shown = |ui: &str| {
            let mut item = samples::item();
            item.state = ItemState::Withdrawn(samples::now());
            let context = samples::context("/items/0000000000007", &format!("ui={ui}"));
            let old = [samples::version()];
            view(&context, &item, &[], &Relatives::default(), (&old, &[]))
                .render()
                .unwrap()
        };
        let html = shown("lv");
        assert!(html.contains("Kad: 2026. gada 25. novembrī plkst. 10:00, Chișinău"));
        assert!(html.contains("atsauca 2026. gada 21. novembrī plkst. 12:00."));
        assert!(html.contains("1. versija, līdz 2026. gada 21. novembrim plkst. 12:00"));
        assert!(shown("en").contains("When: 25 November 2026 at 10:00"));
        assert!(shown("ru").contains("публикацию 21 ноября 2026 г. в 12:00."));
    }

    #[test]
    fn an_account_is_no_author() {
        let shown = |name: &str| {
            let mut item = samples::item();
            item.author = Some(name.into());
            let context = samples::context("/items/0000000000007", "ui=en");
            view(&context, &item, &[], &Relatives::default(), (&[], &[])).author
        };
        assert_eq!(shown("Admin"), None);
        assert_eq!(shown("Maria Admin").as_deref(), Some("Maria Admin"));
    }

    #[test]
    fn every_language_renders_the_page() {
        for code in ["ro", "lv", "ru", "en"] {
            let context = samples::context("/items/0000000000007", &format!("ui={code}"));
            let relatives = Relatives {
                newer: Some(samples::item()),
                easy: vec![samples::item()],
            };
            let html = view(&context, &samples::item(), &[], &relatives, (&[], &[]))
                .render()
                .unwrap();
            assert!(html.contains("class=\"newer\"") && html.contains("id=\"easy\""));
            assert!(html.contains(&format!("<html lang=\"{code}\"")));
            assert!(
                html.contains(&format!("ui={code}")),
                "links keep the language"
            );
        }
    }
}
