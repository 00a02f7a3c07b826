//! All of it together: a draft, understood.

use jiff::Timestamp;
use url::Url;

use super::scan::Scan;
use super::stories::{self, Facts};
use super::topics::Thesaurus;
use super::{deadline, event, excerpt, kind, language, published};
use crate::domain::{Draft, ItemKey, Kind, Source, TopicId, Understood};

/// Most words of a text that anything here looks at.
const MOST_WORDS: usize = 3_000;

/// Most topics of an item, its source's own among them.
const MOST_TOPICS: usize = 8;

/// Makes of a draft everything that is known of it before it is recorded. `keys` are the draft's
/// ([`super::identity::keys`], which needs to see the whole document), `content_hash` the hash
/// of what the source gave ([`super::identity::content_hash`]), `first_seen` when vesti first saw it.
/// The publication date comes out judged ([`published::judge`]).
#[must_use]
pub fn understand(
    mut draft: Draft,
    source: &Source,
    thesaurus: &Thesaurus,
    keys: Vec<ItemKey>,
    content_hash: String,
    first_seen: Timestamp,
) -> Understood {
    let judged = published::judge(draft.published, draft.precision, first_seen);
    draft.published = judged.published;
    draft.precision = judged.precision;

    let lang = language::detect(
        &language::sample(&draft.title, &draft.text),
        &source.languages,
        draft.lang_hint,
    );
    let code = lang.map(|lang| lang.lang);
    let zone = source.country.time_zone();
    let reference = judged.published.unwrap_or(first_seen);
    let title_words = Scan::of(&draft.title, MOST_WORDS);
    let words = Scan::of(&draft.text, MOST_WORDS);
    let kind = kind::kind_scanned(
        &title_words,
        (&draft.text, &words),
        &draft.categories,
        draft.url.as_ref(),
    );
    let deadline = deadline::find(&draft.title, &draft.text, reference, &zone);
    let event = (kind == Kind::Event)
        .then(|| event::find(&draft.title, &draft.text, reference, &zone))
        .flatten();
    let found = thesaurus.tag_scanned(&title_words, &words, code, Some(source.country));
    let topics = topics(&source.topics, found);
    let url = address(&draft, source);
    let facts = Facts {
        title: &draft.title,
        text: &draft.text,
        html: draft.html.as_deref(),
        url: Some(&url),
        lang: code,
        kind: Some(kind),
        topics: &topics,
        deadline: deadline.as_ref(),
        event: event.as_ref(),
        attachments: &draft.attachments,
    };
    let sketch = stories::sketch_scanned(&facts, &title_words, &words);
    Understood {
        url,
        keys,
        content_hash,
        excerpt: excerpt::excerpt(&draft),
        lang,
        kind,
        topics,
        deadline,
        event,
        sketch,
        draft,
    }
}

/// The topics of an item: its source's own, then those that were found in it.
#[must_use]
pub fn topics(of_source: &[TopicId], found: Vec<TopicId>) -> Vec<TopicId> {
    let mut topics = of_source.to_vec();
    for topic in found {
        if topics.len() < MOST_TOPICS && !topics.contains(&topic) {
            topics.push(topic);
        }
    }
    topics
}

/// The draft's address, else the source's page, else its feed. A source with none of these is never visited,
/// so the last resort, a reserved name that leads nowhere (RFC 2606), is not met in practice.
fn address(draft: &Draft, source: &Source) -> Url {
    if let Some(url) = draft
        .url
        .as_ref()
        .or(source.url.as_ref())
        .or(source.feed.as_ref())
    {
        return url.clone();
    }
    let mut nowhere = NOWHERE.clone();
    nowhere.set_path(source.id.as_str());
    nowhere
}

#[allow(clippy::expect_used, reason = "a constant that is an address")]
static NOWHERE: std::sync::LazyLock<Url> =
    std::sync::LazyLock::new(|| Url::parse("https://source.invalid/").expect("an address"));
