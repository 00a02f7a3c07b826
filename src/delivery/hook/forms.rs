//! Messages in the forms of services. What sources say is text in all of them: it marks nothing up and calls nobody.

use std::fmt::Write as _;

use serde_json::{Value, json};
use url::Url;

use crate::delivery::content::escape;
use crate::delivery::watch::{Bulletin, Line, Telling};
use crate::domain::{Hook, HookFormat, Language};

/// A message ready to be signed and sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// Where to.
    pub url: Url,
    /// With PUT; else with POST.
    pub put: bool,
    /// What proves that it may be sent, for the header `authorization`.
    pub access: Option<String>,
    /// The body.
    pub body: Value,
}

/// Most characters of a message of text; the rest is in the service itself.
const MOST_TEXT: usize = 12_000;

/// A bulletin as a service wants it; `None` where the settings do not fit the form. `public` is the base address of this service.
#[must_use]
pub fn message(
    hook: &Hook,
    bulletin: &Bulletin,
    language: Language,
    public: &Url,
) -> Option<Message> {
    let told = Telling::of(bulletin, language, public);
    let mut message = Message {
        url: hook.url.clone(),
        put: false,
        access: None,
        body: Value::Null,
    };
    message.body = match hook.format {
        HookFormat::Json => serde_json::to_value(bulletin).ok()?,
        HookFormat::Slack => slack(&told),
        HookFormat::Mattermost => mattermost(&told),
        HookFormat::Discord => discord(&told),
        HookFormat::Matrix => {
            // Client-Server API of Matrix, v1.11, 10.6.2: the transaction's name makes it happen once.
            message.put = true;
            message.access = Some(format!("Bearer {}", hook.access.as_deref()?));
            message.url = matrix_url(&hook.url, hook.room.as_deref()?, &bulletin.id)?;
            matrix(&told)
        }
    };
    Some(message)
}

fn matrix_url(server: &Url, room: &str, transaction: &str) -> Option<Url> {
    let mut url = server.clone();
    url.set_query(None);
    url.set_fragment(None);
    url.path_segments_mut().ok()?.pop_if_empty().extend([
        "_matrix",
        "client",
        "v3",
        "rooms",
        room,
        "send",
        "m.room.message",
        transaction,
    ]);
    Some(url)
}

/// The first characters of a text, ended with an ellipsis where there were more.
fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(most.saturating_sub(1)).collect();
    short.push('…');
    short
}

/// Keeps adding lines while they fit.
fn within(most: usize, lines: impl Iterator<Item = String>) -> String {
    let mut text = String::new();
    for line in lines {
        if text.chars().count() + line.chars().count() + 1 > most {
            text.push('…');
            break;
        }
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&line);
    }
    text
}

/// Block Kit and mrkdwn (<https://docs.slack.dev/messaging/formatting-message-text>): three characters are escaped, others that mark
/// text up are parted from it by a mark of no width.
fn slack(told: &Telling) -> Value {
    /// Of a section's text; of a header's; and blocks of a message.
    const SECTION: usize = 3_000;
    const HEADER: usize = 150;
    const BLOCKS: usize = 50;
    let text = |text: &str| {
        let escaped = text
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
        unmarked(&escaped, &['*', '_', '~', '`'])
    };
    let link = |line: &Line| {
        let title = text(&line.title).replace('|', "\u{2758}");
        format!(
            "<{}|{title}>",
            line.url.replace('|', "%7C").replace('>', "%3E")
        )
    };
    let mut blocks = vec![
        json!({"type": "header", "text": {"type": "plain_text", "text": cut(&told.title, HEADER), "emoji": false}}),
    ];
    for section in &told.sections {
        blocks.push(json!({"type": "section", "text": {"type": "mrkdwn", "text": format!("*{}*", text(&section.heading))}}));
        for line in &section.lines {
            let mut words = vec![link(line)];
            words.extend(line.notes.iter().map(|note| text(note)));
            words.extend(Some(text(&line.meta)).filter(|meta| !meta.is_empty()));
            blocks.push(json!({"type": "section", "text": {"type": "mrkdwn", "text": within(SECTION, words.into_iter())}}));
        }
    }
    if let Some(more) = &told.more {
        blocks.push(json!({"type": "section", "text": {"type": "mrkdwn", "text": text(more)}}));
    }
    if blocks.len() > BLOCKS {
        blocks.truncate(BLOCKS - 1);
        blocks.push(json!({"type": "section", "text": {"type": "mrkdwn", "text": "…"}}));
    }
    json!({"text": text(&cut(&told.title, HEADER)), "blocks": blocks, "unfurl_links": false, "unfurl_media": false})
}

/// Parts characters that mark text up from what they would mark.
fn unmarked(text: &str, marks: &[char]) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        if marks.contains(&c) {
            plain.push('\u{200b}');
        }
        plain.push(c);
    }
    plain
}

/// Text in Markdown: everything that marks up is escaped, and an at sign calls nobody.
fn markdown(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(
            c,
            '\\' | '`'
                | '*'
                | '_'
                | '{'
                | '}'
                | '['
                | ']'
                | '('
                | ')'
                | '#'
                | '+'
                | '-'
                | '!'
                | '~'
                | '|'
                | '<'
                | '>'
                | ':'
        ) {
            plain.push('\\');
        }
        plain.push(if c.is_control() { ' ' } else { c });
        if c == '@' {
            plain.push('\u{200b}');
        }
    }
    plain
}

/// An address in Markdown, which a closing bracket would end.
fn target(url: &str) -> String {
    url.replace('(', "%28")
        .replace(')', "%29")
        .replace(' ', "%20")
}

fn markdown_line(line: &Line) -> String {
    let mut words = format!("[{}]({})", markdown(&line.title), target(&line.url));
    for note in &line.notes {
        let _ = write!(words, "\n**{}**", markdown(note));
    }
    if !line.meta.is_empty() {
        let _ = write!(words, "\n{}", markdown(&line.meta));
    }
    words
}

/// Message attachments (<https://developers.mattermost.com/integrate/reference/message-attachments/>).
fn mattermost(told: &Telling) -> Value {
    let attachments: Vec<Value> = told
        .sections
        .iter()
        .map(|section| {
            let lines = section
                .lines
                .iter()
                .map(|line| format!("{}\n", markdown_line(line)));
            json!({
                "fallback": told.title,
                "title": section.heading,
                "text": within(MOST_TEXT, lines),
            })
        })
        .collect();
    let mut text = format!("#### {}", markdown(&cut(&told.title, 300)));
    if let Some(more) = &told.more {
        let _ = write!(text, "\n{}", markdown(more));
    }
    json!({"text": text, "attachments": attachments})
}

/// Embeds (<https://discord.com/developers/docs/resources/message#embed-object-embed-limits>): ten of them, 6,000 characters in all.
fn discord(told: &Telling) -> Value {
    const EMBEDS: usize = 10;
    const ALL: usize = 6_000;
    const TITLE: usize = 256;
    const DESCRIPTION: usize = 1_000;
    let mut embeds = Vec::new();
    let mut spent = 0;
    let mut left_out = 0_usize;
    for line in told.sections.iter().flat_map(|section| &section.lines) {
        let title = cut(&line.title, TITLE);
        let mut words: Vec<String> = line
            .notes
            .iter()
            .map(|note| format!("**{}**", markdown(note)))
            .collect();
        words.extend(Some(markdown(&line.meta)).filter(|meta| !meta.is_empty()));
        let description = within(DESCRIPTION, words.into_iter());
        let size = title.chars().count() + description.chars().count();
        if embeds.len() == EMBEDS || spent + size > ALL {
            left_out += 1;
            continue;
        }
        spent += size;
        embeds.push(json!({"title": title, "url": line.url, "description": description}));
    }
    let mut content = format!("**{}**", markdown(&cut(&told.title, 300)));
    if let Some(more) = &told.more {
        let _ = write!(content, "\n{}", markdown(more));
    } else if left_out > 0 {
        let _ = write!(content, "\n… +{left_out}");
    }
    json!({"content": content, "embeds": embeds, "allowed_mentions": {"parse": []}})
}

/// `m.text` with HTML (Client-Server API of Matrix, 11.2.1).
fn matrix(told: &Telling) -> Value {
    let mut body = vec![told.title.clone()];
    let mut html = format!("<p><strong>{}</strong></p>", escape(&told.title));
    for section in &told.sections {
        body.push(format!("\n{}", section.heading));
        let mut list = String::new();
        for line in &section.lines {
            let notes = line
                .notes
                .iter()
                .map(|note| format!("<br><strong>{}</strong>", escape(note)));
            let meta = Some(&line.meta).filter(|meta| !meta.is_empty());
            let entry = format!(
                "<li><a href=\"{}\">{}</a>{}{}</li>",
                escape(&line.url),
                escape(&line.title),
                notes.collect::<String>(),
                meta.map_or(String::new(), |meta| format!("<br>{}", escape(meta)))
            );
            // An event has 65,536 bytes at most.
            if html.len() + list.len() + entry.len() > 2 * MOST_TEXT {
                list.push_str("<li>…</li>");
                break;
            }
            list.push_str(&entry);
            body.push(format!("- {} {}", line.title, line.url));
            body.extend(line.notes.iter().map(|note| format!("  {note}")));
        }
        let _ = write!(html, "<p>{}</p><ul>{list}</ul>", escape(&section.heading));
    }
    if let Some(more) = &told.more {
        body.push(more.clone());
        let _ = write!(html, "<p>{}</p>", escape(more));
    }
    json!({
        "msgtype": "m.text",
        "body": within(MOST_TEXT, body.into_iter()),
        "format": "org.matrix.custom.html",
        "formatted_body": html,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::delivery::watch::samples::{bulletin, public};

    const NASTY: &str =
        "Apel <!channel> *gras* [x](javascript:1) @everyone </a><script> `cod` & | ~";

    fn hook(format: HookFormat) -> Hook {
        Hook {
            url: "https://hooks.example/base/".parse().unwrap(),
            format,
            room: Some("!room:example.org".into()),
            access: Some("token".into()),
        }
    }

    fn written(format: HookFormat, title: &str) -> Message {
        message(&hook(format), &bulletin(title), Language::RO, &public()).unwrap()
    }

    #[test]
    fn plain_json_has_the_names_that_are_described() {
        let message = written(HookFormat::Json, "Apel");
        let body = &message.body;
        assert_eq!(body["type"], "watch");
        assert_eq!(body["id"], "watch-7-12");
        assert_eq!(body["watch"]["id"], "7");
        assert_eq!(body["items"][0]["source"]["id"], "fonss");
        assert_eq!(body["matters"][0]["matters"][0]["matter"], "amount_changed");
        assert_eq!(body["matters"][0]["item"]["title"], "title 2");
        assert!(body["findings"].as_array().unwrap().is_empty());
        assert_eq!(message.url.as_str(), "https://hooks.example/base/");
        let again: Bulletin = serde_json::from_value(message.body.clone()).unwrap();
        assert_eq!(serde_json::to_value(&again).unwrap(), message.body);
    }

    #[test]
    fn titles_mark_nothing_up_and_call_nobody() {
        let slack = written(HookFormat::Slack, NASTY).body;
        let line = slack["blocks"][2]["text"]["text"].as_str().unwrap();
        assert!(
            line.contains("&lt;!channel&gt;") && !line.contains("<!channel>"),
            "{line}"
        );
        assert!(line.contains("\u{200b}*gras"), "{line}");
        assert_eq!(line.matches('|').count(), 1, "{line}");
        let mattermost = written(HookFormat::Mattermost, NASTY).body;
        let text = mattermost["attachments"][0]["text"].as_str().unwrap();
        assert!(
            text.contains("\\*gras\\*") && text.contains("@\u{200b}everyone"),
            "{text}"
        );
        assert!(text.contains("\\[x\\]\\(javascript"), "{text}");
        let discord = written(HookFormat::Discord, NASTY).body;
        assert_eq!(discord["allowed_mentions"], json!({"parse": []}));
        let matrix = written(HookFormat::Matrix, NASTY).body;
        let html = matrix["formatted_body"].as_str().unwrap();
        assert!(
            !html.contains("<script>") && html.contains("&lt;script&gt;"),
            "{html}"
        );
    }

    #[test]
    fn the_name_of_a_message_to_matrix_stands_in_its_address() {
        let message = written(HookFormat::Matrix, "Apel");
        assert!(message.put);
        assert_eq!(message.access.as_deref(), Some("Bearer token"));
        assert_eq!(
            message.url.as_str(),
            "https://hooks.example/base/_matrix/client/v3/rooms/!room:example.org/send/m.room.message/watch-7-12"
        );
        let without = Hook {
            room: None,
            ..hook(HookFormat::Matrix)
        };
        assert_eq!(
            super::message(&without, &bulletin("x"), Language::RO, &public()),
            None
        );
    }

    #[test]
    fn services_get_no_more_than_they_take() {
        let mut many = bulletin(&"Apel foarte lung ".repeat(30));
        many.items = vec![many.items[0].clone(); 50];
        many.more = 950;
        let of = |format| {
            message(&hook(format), &many, Language::EN, &public())
                .unwrap()
                .body
        };
        assert!(of(HookFormat::Slack)["blocks"].as_array().unwrap().len() <= 50);
        let discord = of(HookFormat::Discord);
        let embeds = discord["embeds"].as_array().unwrap();
        let size = |name: &str| -> usize {
            embeds
                .iter()
                .map(|embed| embed[name].as_str().unwrap().chars().count())
                .sum()
        };
        assert!(embeds.len() <= 10 && size("title") + size("description") <= 6_000);
        assert!(discord["content"].as_str().unwrap().contains("950"));
        let matrix = of(HookFormat::Matrix).to_string();
        assert!(matrix.len() < 65_000, "{}", matrix.len());
        let attachments = of(HookFormat::Mattermost);
        assert!(
            attachments["attachments"][0]["text"]
                .as_str()
                .unwrap()
                .chars()
                .count()
                <= MOST_TEXT + 1
        );
    }
}
