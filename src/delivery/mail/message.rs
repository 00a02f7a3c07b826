//! Mails, written: subject, plain text and HTML of the same content, and the headers by which mail programs know a list.

use std::fmt::Write as _;

use jiff::Timestamp;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::{Address, Message};
use sha2::{Digest as _, Sha256};
use url::Url;

use super::links::{confirm_url, manage_url, unsubscribe_url};
use super::text::{edition_text, heading, wrap};
use super::words::{Words, fill};
use crate::config::{Contact, DigestSpec, Mail, Period};
use crate::delivery::content::escape;
use crate::delivery::digest::{Body, edition_dates, edition_html, edition_url};
use crate::delivery::entry::plain;
use crate::delivery::watch::{self, Telling};
use crate::domain::{Language, hex};
use crate::store::{Edition, Subscriber};

/// What a mail is written on: whom it is from, and where its links lead.
#[derive(Debug, Clone, Copy)]
pub struct Sheet<'a> {
    /// The settings of mail.
    pub mail: &'a Mail,
    /// What the service is called.
    pub site: &'a str,
    /// Whom readers turn to.
    pub contact: Option<&'a Contact>,
    /// The base address of the service.
    pub public: &'a Url,
}

/// What a mail is about.
#[derive(Debug, Clone, Copy)]
pub enum About<'a> {
    /// Confirm the subscription, please.
    Confirm,
    /// It is in force already.
    Already,
    /// An edition, and the digest that it is of.
    Edition(&'a DigestSpec, &'a Edition),
    /// What a watch tells.
    Watch(&'a Telling),
}

/// A mail to a subscriber. `key` is what it is: the same key gives the same `Message-ID`, by which receivers know one
/// that comes a second time; `posted`, when it was decided on.
pub fn message(
    sheet: Sheet<'_>,
    to: &Subscriber,
    about: About<'_>,
    key: &str,
    posted: Timestamp,
) -> Result<Message, lettre::error::Error> {
    let words = Words::of(to.lang);
    let title = plain(&to.title, sheet.site);
    let (subject, text, main) = match about {
        About::Confirm => letter(
            sheet,
            &fill(words.confirm_subject, &title, sheet.site),
            &fill(words.confirm_lead, &title, sheet.site),
            (words.confirm_do, &confirm_url(sheet.public, &to.token)),
            Some(words.confirm_else),
        ),
        About::Already => letter(
            sheet,
            &fill(words.already_subject, &title, sheet.site),
            &fill(words.already_lead, &title, sheet.site),
            (words.manage, &manage_url(sheet.public, &to.token)),
            None,
        ),
        About::Edition(spec, edition) => issue(sheet, to, &title, spec, edition),
        About::Watch(told) => {
            let mut text = String::new();
            heading(&mut text, &told.title, '=');
            text.push_str(&watch::text(
                told,
                |text, words| heading(text, words, '-'),
                wrap,
            ));
            let main = format!("<h1>{}</h1>\n{}", escape(&told.title), watch::html(told));
            (told.title.clone(), text, main)
        }
    };
    let listed =
        matches!(about, About::Edition(..) | About::Watch(_)).then_some((to, title.as_str()));
    let written = Written {
        subject,
        text,
        main,
        name: name(&to.token, key),
        posted,
    };
    post(sheet, &to.address, to.lang, listed, written)
}

/// What is in a mail, and what it is known by.
pub(super) struct Written {
    pub(super) subject: String,
    pub(super) text: String,
    pub(super) main: String,
    pub(super) name: String,
    pub(super) posted: Timestamp,
}

/// A mail to an address, and to a subscriber of what, where it is one of a list.
pub(super) fn post(
    sheet: Sheet<'_>,
    to: &str,
    lang: Language,
    listed: Option<(&Subscriber, &str)>,
    written: Written,
) -> Result<Message, lettre::error::Error> {
    let (text, html) = dress(sheet, lang, listed, &written);
    let name = &written.name;
    let boundary = format!("_{name}");
    let mut builder = Message::builder()
        .from(sheet.mail.from.clone())
        .to(Mailbox::new(None, address(to)?))
        .subject(written.subject.clone())
        .date(std::time::SystemTime::from(written.posted))
        .message_id(Some(format!("<{name}@{}>", host(sheet.public))))
        .raw_header(raw("Auto-Submitted", "auto-generated"))
        .raw_header(raw("X-Auto-Response-Suppress", "All"))
        .raw_header(raw("Content-Language", lang.as_str()));
    if let Some(reply_to) = &sheet.mail.reply_to {
        builder = builder.reply_to(reply_to.clone());
    }
    if let Some((to, _)) = listed {
        // RFC 2919, RFC 2369, RFC 8058.
        let id = format!("<{}.{}>", to.digest, host(sheet.public));
        let end = unsubscribe_url(sheet.public, &to.token);
        builder = builder
            .raw_header(raw("List-Id", &id))
            .raw_header(raw("List-Unsubscribe", &format!("<{end}>")))
            .raw_header(raw("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))
            .raw_header(raw(
                "List-Help",
                &format!("<{}>", manage_url(sheet.public, &to.token)),
            ))
            .raw_header(raw("Precedence", "list"));
    }
    let part = |kind: ContentType, body: String| SinglePart::builder().header(kind).body(body);
    builder.multipart(
        // The same mail is the same to the byte, also when it is sent again.
        MultiPart::alternative()
            .boundary(boundary)
            .singlepart(part(ContentType::TEXT_PLAIN, text))
            .singlepart(part(ContentType::TEXT_HTML, html)),
    )
}

fn address(text: &str) -> Result<Address, lettre::error::Error> {
    text.parse().map_err(|_| lettre::error::Error::MissingTo)
}

/// A letter with a lead, one thing to do, and perhaps what else to know: subject, text, HTML.
pub(super) fn letter(
    sheet: Sheet<'_>,
    subject: &str,
    lead: &str,
    (label, url): (&str, &str),
    rest: Option<&str>,
) -> (String, String, String) {
    let mut text = String::new();
    heading(&mut text, sheet.site, '=');
    wrap(&mut text, lead, "", "");
    let _ = write!(text, "\n{label}:\n{url}\n\n");
    let mut html = format!(
        "<h1>{}</h1>\n<p>{}</p>\n<p><a href=\"{}\"><strong>{}</strong></a></p>\n",
        escape(subject),
        escape(lead),
        escape(url),
        escape(label)
    );
    if let Some(rest) = rest {
        wrap(&mut text, rest, "", "");
        text.push('\n');
        let _ = writeln!(html, "<p>{}</p>", escape(rest));
    }
    (subject.to_owned(), text, html)
}

/// An edition: subject, text, HTML.
fn issue(
    sheet: Sheet<'_>,
    to: &Subscriber,
    title: &str,
    spec: &DigestSpec,
    edition: &Edition,
) -> (String, String, String) {
    let words = Words::of(to.lang);
    let body = Body::of(edition).unwrap_or_default();
    let stories = body.stories();
    let only = body.groups.first().and_then(|group| group.stories.first());
    let subject = match (spec.period, only) {
        (Period::AtOnce, Some(story)) if stories == 1 => plain(&story.title, title),
        (Period::AtOnce, _) => {
            fill(words.count, title, sheet.site).replace("{count}", &stories.to_string())
        }
        _ => format!("{title}: {}", edition_dates(spec, edition, to.lang)),
    };
    let mut text = String::new();
    heading(&mut text, &subject, '=');
    text.push_str(&edition_text(&body, to.lang, sheet.public));
    let heading_lang = match (spec.period, only) {
        (Period::AtOnce, Some(story)) if stories == 1 => story
            .lang
            .map_or(String::new(), |lang| format!(" lang=\"{lang}\"")),
        _ => String::new(),
    };
    let mut html = format!("<h1{heading_lang}>{}</h1>\n", escape(&subject));
    html.push_str(&edition_html(
        edition,
        to.lang,
        &spec.time_zone,
        sheet.public,
    ));
    // Editions of `digests.toml` have pages of their own.
    if !spec.title.is_empty() {
        let url = edition_url(sheet.public, spec, edition.end);
        let _ = write!(text, "{}: {url}\n\n", words.online);
        let _ = writeln!(
            html,
            "<p><a href=\"{}\">{}</a></p>",
            escape(url.as_str()),
            escape(words.online)
        );
    }
    (subject, text, html)
}

/// Puts the content between what every mail begins and ends with.
fn dress(
    sheet: Sheet<'_>,
    lang: Language,
    listed: Option<(&Subscriber, &str)>,
    written: &Written,
) -> (String, String) {
    /// Readers' own sizes and colours; no picture, no font, nothing that is fetched.
    const STYLE: &str = "body{font:1rem/1.5 sans-serif;max-width:42rem;margin:0 auto;padding:1rem}h1{font-size:1.4rem;line-height:1.25}h2{font-size:1.15rem}ul{padding-left:1.2rem}li{margin-bottom:1rem}li p{margin:0 0 .25rem}footer{border-top:1px solid #767676;margin-top:2rem;font-size:.9rem}";
    let (subject, main) = (&written.subject, &written.main);
    let words = Words::of(lang);
    let mut foot = String::new();
    let mut text = written.text.clone();
    text.push_str("-- \n");
    if let Some((to, title)) = listed {
        let why = fill(words.why, title, sheet.site);
        let links = [
            (words.unsubscribe, unsubscribe_url(sheet.public, &to.token)),
            (words.manage, manage_url(sheet.public, &to.token)),
        ];
        wrap(&mut text, &why, "", "");
        let _ = writeln!(foot, "<p>{}</p>", escape(&why));
        for (label, url) in links {
            let _ = writeln!(text, "{label}: {url}");
            let _ = writeln!(
                foot,
                "<p><a href=\"{}\">{}</a></p>",
                escape(&url),
                escape(label)
            );
        }
    }
    let _ = writeln!(text, "{}: {}", sheet.site, sheet.public);
    let _ = writeln!(
        foot,
        "<p><a href=\"{}\">{}</a></p>",
        escape(sheet.public.as_str()),
        escape(sheet.site)
    );
    if let Some(contact) = sheet.contact {
        let _ = writeln!(text, "{}: {contact}", words.contact);
        let _ = writeln!(
            foot,
            "<p>{}: <a href=\"{}\">{}</a></p>",
            escape(words.contact),
            escape(&contact.href()),
            escape(&contact.to_string())
        );
    }
    let html = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n{main}</main>\n<footer>\n{foot}</footer>\n</body>\n</html>\n",
        lang,
        escape(subject)
    );
    (text, html)
}

/// What names a mail, the same whenever it is written.
pub(super) fn name(token: &str, key: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(token);
    hash.update([0]);
    hash.update(key);
    hex(&hash.finalize()[..16])
}

/// The name of this machine to the world, as it may stand in identifiers.
pub(super) fn host(public: &Url) -> String {
    match public.host() {
        Some(url::Host::Domain(name)) => name.trim_end_matches('.').to_owned(),
        Some(url::Host::Ipv4(address)) => address.to_string(),
        Some(url::Host::Ipv6(address)) => format!("ipv6-{:032x}", address.to_bits()),
        None => "localhost".to_owned(),
    }
}

/// A header that lettre has no type for.
fn raw(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}
