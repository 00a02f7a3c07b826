//! `/privacy` and `/accessibility`: what the service says of itself, as prose in a template for each language.

use askama::Template;
use axum::response::Response;
use jiff::civil::{Date, date};

use super::{Frame, Link};
use crate::config::BackupSettings;
use crate::web::context::{Ask, Context, Face};
use crate::web::reply::{Keep, Reply};
use crate::web::wording::Before;

/// When the statements were last gone through. To be moved on with every change of what they say, or of what they speak of.
const AS_OF: Date = date(2026, 11, 22);

/// What a statement is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Subject {
    Privacy,
    Accessibility,
}

#[derive(Template)]
#[template(path = "statement.html")]
struct StatementPage {
    frame: Frame,
    subject: Subject,
    /// The code of the interface's language.
    language: String,
    contact: Option<Link>,
    /// Whether digests can be had by mail.
    by_mail: bool,
    /// Whether members need a key to read.
    closed: bool,
    /// Where sign-ins for apps are made and deleted.
    apps: String,
    /// Whether search engines are asked to leave out the texts of others.
    unlisted: bool,
    /// The hub that is told when feeds change.
    hub: Option<String>,
    /// Days after which announcements, and the texts of withdrawn ones, are deleted.
    items_days: Option<u32>,
    withdrawn_days: Option<u32>,
    files_days: Option<u32>,
    editions_days: Option<u32>,
    /// Days after which the backups of the service are replaced.
    backup_days: Option<u64>,
    /// When it was last gone through, alone and as the day on which something happens.
    date: String,
    date_on: String,
}

/// `/privacy`
pub(in crate::web) async fn privacy(context: Ask) -> Response {
    answer(context, Subject::Privacy).await
}

/// `/accessibility`
pub(in crate::web) async fn accessibility(context: Ask) -> Response {
    answer(context, Subject::Accessibility).await
}

async fn answer(context: Ask, subject: Subject) -> Response {
    context
        .serve(Face::Page, move |context| {
            Ok(Reply::html(view(context, subject).render()?).keep(Keep::Ask))
        })
        .await
}

fn view(context: &Context, subject: Subject) -> StatementPage {
    let ui = context.ui;
    let title = match subject {
        Subject::Privacy => ui.t("privacy-title"),
        Subject::Accessibility => ui.t("accessibility-title"),
    };
    StatementPage {
        frame: Frame::new(context, title),
        subject,
        language: ui.code(),
        contact: context.contact(),
        by_mail: context.config.settings.mail.is_some(),
        closed: context.config.settings.access.is_closed(),
        apps: context.to("/apps"),
        unlisted: !context.config.settings.server.index_items,
        hub: context
            .config
            .settings
            .feeds
            .hub
            .as_ref()
            .and_then(|hub| hub.host_str().map(str::to_owned)),
        items_days: context.config.settings.retention.items_days,
        withdrawn_days: context.config.settings.retention.withdrawn_days,
        files_days: context.config.settings.retention.files_days,
        editions_days: context.config.settings.retention.editions_days,
        backup_days: backup_days(&context.config.settings.backup),
        date: ui.day(AS_OF),
        date_on: ui.day_after(Before::On, AS_OF),
    }
}

/// The oldest of them goes when one more is made.
fn backup_days(settings: &BackupSettings) -> Option<u64> {
    let hours = settings.every?.as_secs().div_ceil(3_600) * (settings.keep as u64 + 1);
    Some(hours.div_ceil(24))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::config::{Config, Contact};
    use crate::domain::Language;
    use crate::web::pages::samples;

    const SUBJECTS: [Subject; 2] = [Subject::Privacy, Subject::Accessibility];

    #[test]
    fn what_is_thrown_away_is_said_in_every_language() {
        for language in Language::OURS {
            let mut context = samples::context("/", &format!("ui={language}"));
            let without = view(&context, Subject::Privacy).render().unwrap();
            assert!(without.contains(": 4)"), "{without}");
            let mut config = Config::clone(&context.config);
            config.settings.retention.items_days = Some(731);
            config.settings.retention.withdrawn_days = Some(97);
            config.settings.retention.files_days = Some(83);
            config.settings.retention.editions_days = Some(79);
            config.settings.backup.every = None;
            context.config = Arc::new(config);
            let with = view(&context, Subject::Privacy).render().unwrap();
            for days in [": 731)", ": 97)", ": 83)", ": 79)"] {
                assert!(with.contains(days) && !without.contains(days), "{language}");
            }
            assert!(!with.contains(": 4)"));
            assert_eq!(shape(&with), shape(&without));
        }
    }

    #[test]
    fn with_a_hub_the_statement_says_what_is_kept_for_it() {
        for language in Language::OURS {
            let mut context = samples::context("/", &format!("ui={language}"));
            let without = view(&context, Subject::Privacy).render().unwrap();
            let mut config = Config::clone(&context.config);
            config.settings.feeds.hub = Some("https://hub.example/".parse().unwrap());
            context.config = Arc::new(config);
            let with = view(&context, Subject::Privacy).render().unwrap();
            assert!(with.contains("hub.example") && !without.contains("WebSub"));
            assert_eq!(shape(&with).len(), shape(&without).len() + 1);
        }
    }

    fn shown(subject: Subject, language: Language, contact: Option<Contact>) -> String {
        let mut context = samples::context("/", &format!("ui={language}"));
        let mut config = Config::clone(&context.config);
        config.settings.server.contact = contact;
        context.config = Arc::new(config);
        view(&context, subject).render().unwrap()
    }

    /// The opening tags of main, in order: its shape without its words.
    fn shape(html: &str) -> Vec<&str> {
        let main = html.split_once("<main").unwrap().1;
        let main = main.split_once("</main>").unwrap().0;
        main.split('<')
            .filter_map(|part| part.split([' ', '>']).next())
            .filter(|tag| ["h1", "h2", "h3", "p", "ul", "li", "code"].contains(tag))
            .collect()
    }

    #[test]
    fn the_four_languages_say_the_same_things_in_the_same_order() {
        for subject in SUBJECTS {
            let english = shown(subject, Language::EN, None);
            let headings = |tag: &str| shape(&english).iter().filter(|t| **t == tag).count();
            assert_eq!(headings("h1"), 1);
            assert!(headings("h2") >= 6, "{subject:?}");
            for language in Language::OURS {
                let html = shown(subject, language, None);
                assert!(html.contains(&format!("<html lang=\"{language}\"")));
                assert_eq!(shape(&html), shape(&english), "{subject:?} in {language}");
            }
        }
    }

    #[test]
    fn no_two_languages_share_a_text() {
        for subject in SUBJECTS {
            let mut texts: Vec<String> = Language::OURS
                .into_iter()
                .map(|language| {
                    let html = shown(subject, language, None);
                    html.split_once("<div class=\"prose\">").unwrap().1.into()
                })
                .collect();
            texts.sort();
            texts.dedup();
            assert_eq!(texts.len(), Language::OURS.len(), "{subject:?}");
        }
    }

    #[test]
    fn they_name_the_contact_where_there_is_one() {
        let mail = Contact::Mail("birou@ong.example".into());
        for subject in SUBJECTS {
            for language in Language::OURS {
                let with = shown(subject, language, Some(mail.clone()));
                let link = "<a href=\"mailto:birou@ong.example\">birou@ong.example</a>";
                assert!(with.contains(link), "{subject:?} in {language}");
                let without = shown(subject, language, None);
                assert!(!without.contains("mailto:"));
                assert_eq!(shape(&with), shape(&without), "{subject:?} in {language}");
            }
        }
    }

    #[test]
    fn dates_stand_in_the_case_of_their_sentence() {
        let html = shown(Subject::Accessibility, Language::LV, None);
        assert!(html.contains("sagatavots 2026. gada 22. novembrī."));
        let html = shown(Subject::Privacy, Language::RU, None);
        assert!(html.contains("на 22 ноября 2026 г.</p>"));
    }
}
