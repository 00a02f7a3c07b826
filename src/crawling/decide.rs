//! What a document means for what is known already: decided without asking anybody.

use std::collections::HashSet;

use crate::domain::{CanonicalUrl, Draft, ItemKey, Source, Understood};
use crate::reading::sitemap;
use crate::store::{Intent, Known};
use crate::understanding::identity;

/// An entry, ready to be looked up.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// What was read.
    pub draft: Draft,
    /// What it may be known by.
    pub keys: Vec<ItemKey>,
    /// What makes it what it is.
    pub content_hash: String,
}

/// Makes the entries of one document ready to be looked up.
#[must_use]
pub fn candidates(source: &Source, drafts: Vec<Draft>) -> Vec<Candidate> {
    let shared = identity::Shared::of(&drafts);
    drafts
        .into_iter()
        .enumerate()
        .map(|(index, draft)| Candidate {
            keys: shared.keys(index, &draft, source.url.as_ref()),
            content_hash: shared.content_hash(index, &draft),
            draft,
        })
        .collect()
}

/// Takes from a candidate the keys that lead to an item which it is not: feeds use one guid for whatever is newest, or
/// link every entry to the same page. Says whether it took any; then the candidate is to be looked up again.
pub fn disown(candidate: &mut Candidate, known: &Known) -> bool {
    let canonical = candidate.draft.url.as_ref().map(CanonicalUrl::of);
    let same_url = canonical
        .as_ref()
        .is_some_and(|url| url.as_str() == known.canonical_url);
    let same_guid = known.guid.is_some() && candidate.draft.guid == known.guid;
    if alike(&candidate.draft.title, &known.title) || (same_url && same_guid) {
        return false;
    }
    let wrong_guid = same_guid && canonical.is_some();
    let wrong_url = same_url && candidate.draft.guid.is_some() && known.guid.is_some();
    if !wrong_guid && !wrong_url {
        return false;
    }
    candidate.keys.retain(|key| match key {
        ItemKey::Guid(_) => !wrong_guid,
        ItemKey::Url(_) => !wrong_url,
        ItemKey::Text(_) => true,
    });
    if candidate.keys.is_empty() {
        let own = Draft {
            guid: None,
            url: None,
            ..candidate.draft.clone()
        };
        candidate.keys = identity::keys(&own, None, &identity::Shared::default());
    }
    if wrong_guid {
        candidate.draft.guid = None;
    }
    true
}

/// How a document came to us: what a difference to what is known means depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Manner {
    /// It gives addresses and titles alone: see [`crate::domain::Way::is_bare`].
    pub bare: bool,
    /// The source was read another way before: what differs now may be vesti's reading, and is no edit.
    pub another: bool,
}

/// What is to be recorded, oldest first, and how many of it are new and edited.
#[must_use]
pub fn decide(
    found: Vec<(Candidate, Option<Known>)>,
    manner: Manner,
    understand: impl Fn(Draft, Vec<ItemKey>, String) -> Understood,
) -> Vec<Intent> {
    // Feeds list the newest first; where dates are missing, their order is all there is.
    let mut found: Vec<_> = found.into_iter().rev().collect();
    found.sort_by_key(|(candidate, _)| candidate.draft.published);
    let mut taken = HashSet::new();
    let mut intents = Vec::new();
    for (candidate, known) in found {
        let Candidate {
            draft,
            keys,
            content_hash,
        } = candidate;
        // The hash of what the source gave, so that the next visit compares like with like.
        let make = |draft, keys| Box::new(understand(draft, keys, content_hash.clone()));
        match known {
            None => intents.push(Intent::Insert(make(draft, keys))),
            Some(known) if !taken.insert(known.id) => {}
            Some(known)
                if manner.bare && !known.withdrawn && says_nothing_new(&draft, &known.title) => {}
            Some(known) if known.content_hash != content_hash => intents.push(Intent::Update {
                id: known.id,
                now: make(draft, keys),
                edit: !manner.another,
            }),
            Some(known) if known.withdrawn => intents.push(Intent::Update {
                id: known.id,
                now: make(draft, keys),
                edit: false,
            }),
            Some(_) => {}
        }
    }
    intents
}

/// Whether a bare title is the known one: as it is, cut off, or made of the address.
fn says_nothing_new(draft: &Draft, known: &str) -> bool {
    let cut = draft.title.trim_end().trim_end_matches(['…', '.']);
    let (said, known) = (letters(cut), letters(known));
    said == known
        || (cut.len() < draft.title.trim_end().len() && known.starts_with(&said))
        || is_provisional(draft)
}

/// Letters and digits alone, small: by which titles are compared.
pub(super) fn letters(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Whether a title is only made of the address, until the page gives the right one: nothing else is said of the
/// announcement, as in a sitemap.
#[must_use]
pub fn is_provisional(draft: &Draft) -> bool {
    let says_more = draft.guid.is_some() || draft.summary.is_some() || !draft.text.is_empty();
    !says_more
        && draft
            .url
            .as_ref()
            .is_some_and(|url| draft.title == sitemap::title_of(url))
}

/// Whether two titles share at least half the words of the shorter.
fn alike(one: &str, other: &str) -> bool {
    let words = |title: &str| -> HashSet<String> {
        title
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    let (one, other) = (words(one), words(other));
    let common = one.intersection(&other).count();
    common * 2 >= one.len().min(other.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ItemId, Precision};
    use url::Url;

    fn draft(guid: &str, url: &str, title: &str) -> Draft {
        Draft {
            guid: Some(guid.into()),
            url: Some(Url::parse(url).unwrap()),
            title: title.into(),
            author: None,
            html: None,
            text: "Text".into(),
            summary: None,
            published: None,
            precision: Precision::None,
            updated: None,
            lang_hint: None,
            image: None,
            attachments: Vec::new(),
            categories: Vec::new(),
            partial: false,
        }
    }

    fn candidate(draft: Draft) -> Candidate {
        Candidate {
            keys: identity::keys(&draft, None, &identity::Shared::default()),
            content_hash: identity::content_hash(&draft),
            draft,
        }
    }

    fn known(draft: &Draft) -> Known {
        Known {
            id: ItemId::new(7),
            content_hash: identity::content_hash(draft),
            canonical_url: draft
                .url
                .as_ref()
                .map(|url| CanonicalUrl::of(url).to_string())
                .unwrap(),
            guid: draft.guid.clone(),
            title: draft.title.clone(),
            withdrawn: false,
            page_pending: false,
        }
    }

    #[test]
    fn a_guid_used_again_for_something_else_is_no_key() {
        let old = draft("1", "https://a.ro/vechi", "Apel de proiecte pentru ONG-uri");
        let mut new = candidate(draft("1", "https://a.ro/nou", "Concert caritabil la Iași"));
        assert!(disown(&mut new, &known(&old)));
        assert!(!new.keys.contains(&ItemKey::Guid("1".into())));
        assert!(!new.keys.is_empty());
    }

    #[test]
    fn an_address_that_every_entry_links_to_is_no_key() {
        let old = draft("1", "https://a.ro/stiri", "Apel de proiecte pentru ONG-uri");
        let mut new = candidate(draft(
            "2",
            "https://a.ro/stiri",
            "Concert caritabil la Iași",
        ));
        assert!(disown(&mut new, &known(&old)));
        assert!(new.keys.contains(&ItemKey::Guid("2".into())));
        assert!(!new.keys.iter().any(|key| matches!(key, ItemKey::Url(_))));
    }

    #[test]
    fn a_bare_title_edits_an_item_only_where_it_says_something_new() {
        let known_as = |title: &str| {
            let mut known = known(&draft("1", "https://a.ro/stiri/apel-nou", title));
            known.content_hash = "of the feed that was read before".into();
            known
        };
        let decided = |title: &str, known: Known| {
            let mut bare = draft("1", "https://a.ro/stiri/apel-nou", title);
            bare.text = String::new();
            bare.guid = None;
            let manner = Manner {
                bare: true,
                another: false,
            };
            let found = vec![(candidate(bare), Some(known))];
            decide(found, manner, |draft, keys, hash| Understood {
                url: draft.url.clone().unwrap(),
                keys,
                content_hash: hash,
                excerpt: String::new(),
                lang: None,
                kind: crate::domain::Kind::News,
                topics: Vec::new(),
                deadline: None,
                event: None,
                sketch: crate::domain::Sketch::default(),
                draft,
            })
            .len()
        };
        let title = "Apel de proiecte pentru ONG-uri";
        assert_eq!(
            decided("APEL de proiecte pentru ONG-uri", known_as(title)),
            0
        );
        assert_eq!(decided("Apel de proiecte pentru…", known_as(title)), 0);
        assert_eq!(
            decided("Apel nou", known_as(title)),
            0,
            "made of the address"
        );
        assert_eq!(
            decided("Apel de proiecte pentru ONG-uri: ANULAT", known_as(title)),
            1
        );
        let mut back = known_as(title);
        back.withdrawn = true;
        assert_eq!(
            decided(title, back),
            1,
            "what was taken back is there again"
        );
    }

    #[test]
    fn an_edited_or_moved_entry_is_still_itself() {
        let old = draft("1", "https://a.ro/apel", "Apel de proiecte pentru ONG-uri");
        for again in [
            draft("1", "https://a.ro/apel", "Cu totul alt titlu"),
            draft("1", "https://a.ro/mutat", "Apel de proiecte, termen extins"),
            draft("9", "https://a.ro/apel", "APEL de proiecte pentru ONG-uri!"),
        ] {
            assert!(
                !disown(&mut candidate(again.clone()), &known(&old)),
                "{again:?}"
            );
        }
    }
}
