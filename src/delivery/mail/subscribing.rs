//! What a subscription to a search is, and how editions get from digests into the outbox.

use jiff::Timestamp;
use jiff::civil::Weekday;
use lettre::Address;
use sha2::{Digest as _, Sha256};

use crate::config::{Config, DigestSpec, Manner, Period};
use crate::delivery::digest::periods;
use crate::delivery::secrets;
use crate::domain::{DigestId, Language, SearchRequest, hex};
use crate::store::{SearchDigest, Store, StoreError, Subscriber, Wish, blocking};

/// The local hour at which daily and weekly digests of searches close.
const HOUR: i8 = 7;
/// Most stories in one of their editions.
const LIMIT: usize = 50;
/// Subscribers whose mails are put in the outbox in one transaction.
const TOGETHER: usize = 500;

/// A mail address as it is kept: the name as it was typed, the domain in small letters. `None` for what is none.
#[must_use]
pub fn mailbox(typed: &str) -> Option<String> {
    let typed = typed.trim();
    // RFC 5321, 4.5.3.1: 64 for the name and 255 for the domain; 254 for both as a path.
    if typed.len() > 254 || typed.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return None;
    }
    let address: Address = typed.parse().ok()?;
    let (user, domain) = (address.user(), address.domain());
    if user.len() > 64 || domain.starts_with('[') {
        return None;
    }
    Some(format!("{user}@{}", domain.to_lowercase()))
}

/// The digest of a search: whoever asks for the same gets the same.
#[must_use]
pub fn search_digest(request: &SearchRequest, period: Period) -> Option<SearchDigest> {
    let query: Vec<(String, String)> = request
        .to_pairs()
        .into_iter()
        .filter(|(name, _)| *name != "sort")
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    let mut hash = Sha256::new();
    hash.update(serde_json::to_vec(&(&query, period)).ok()?);
    let hex = hex(&hash.finalize()[..16]);
    Some(SearchDigest {
        id: format!("mail-{hex}").parse().ok()?,
        query,
        period,
    })
}

/// A digest of a search, as digests are configured.
#[must_use]
pub fn search_spec(search: &SearchDigest, config: &Config) -> Option<DigestSpec> {
    let pairs = search
        .query
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()));
    Some(DigestSpec {
        id: search.id.clone(),
        title: Vec::new(),
        query: SearchRequest::from_pairs(pairs).ok()?,
        period: search.period,
        hour: HOUR,
        weekday: Weekday::Monday,
        time_zone: config.settings.server.time_zone.clone(),
        limit: LIMIT,
        recipients: Vec::new(),
        manner: Manner::default(),
    })
}

/// The digests of searches that somebody is subscribed to (blocking).
pub fn specs(store: &Store, config: &Config) -> Result<Vec<DigestSpec>, StoreError> {
    Ok(store
        .search_digests()?
        .iter()
        .filter_map(|search| search_spec(search, config))
        .collect())
}

/// Puts a subscription in force; `None` where the token is nobody's.
pub async fn confirm(
    store: &Store,
    config: &Config,
    token: &str,
    now: Timestamp,
) -> Result<Option<Subscriber>, StoreError> {
    let begins = {
        let (store, token) = (store.clone(), token.to_owned());
        blocking(move || match store.subscriber(&token)? {
            Some(found) => store.search_digest(&found.digest),
            None => Ok(None),
        })
        .await?
    };
    let begins = begins
        .and_then(|search| search_spec(&search, config))
        .map_or(now, |spec| periods::ended(&spec, now).end);
    store.confirm(token.to_owned(), begins, now).await
}

/// The recipients that the configuration names, as wishes that need no confirmation.
#[must_use]
pub fn recipients(config: &Config) -> Vec<Wish> {
    let lang = config
        .settings
        .server
        .languages
        .first()
        .copied()
        .unwrap_or(Language::EN);
    let each = |spec: &DigestSpec| -> Vec<Wish> {
        spec.recipients
            .iter()
            .filter_map(|address| {
                Some(Wish {
                    address: mailbox(address)?,
                    digest: spec.id.clone(),
                    search: None,
                    title: spec.title(lang).to_owned(),
                    lang,
                    token: secrets::invent()?,
                })
            })
            .collect()
    };
    config.digests.iter().flat_map(each).collect()
}

/// Puts in the outbox what subscribers are still to get of what was published, and says which editions those are. An edition and
/// the place up to which a subscriber has got them are one transaction: no restart doubles or forgets a mail.
pub async fn mail_editions(
    store: &Store,
    now: Timestamp,
) -> Result<Vec<(DigestId, Timestamp)>, StoreError> {
    let mut mailed = Vec::new();
    loop {
        let due = {
            let store = store.clone();
            blocking(move || store.editions_to_mail()).await?
        };
        if due.is_empty() {
            return Ok(mailed);
        }
        for (digest, end) in due {
            while store
                .mail_edition(digest.clone(), end, TOGETHER, now)
                .await?
                == TOGETHER
            {}
            mailed.push((digest, end));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_kept_in_one_spelling_and_nonsense_is_none() {
        assert_eq!(
            mailbox(" Ana.Pop@Example.ORG ").as_deref(),
            Some("Ana.Pop@example.org")
        );
        for bad in [
            "",
            "ana",
            "@example.org",
            "ana@",
            "ana@[127.0.0.1]",
            "a b@example.org",
            "ana@example.org\r\nBcc: x@y.z",
            "ana@example.org, bob@example.org",
            "Ana <ana@example.org>",
            &format!("{}@example.org", "a".repeat(65)),
            &format!("a@{}.org", "b".repeat(260)),
        ] {
            assert_eq!(mailbox(bad), None, "{bad}");
        }
    }

    #[test]
    fn the_same_search_is_the_same_digest_whoever_asks() {
        let request =
            |pairs: &[(&str, &str)]| SearchRequest::from_pairs(pairs.iter().copied()).unwrap();
        let one = search_digest(
            &request(&[("q", "locuințe"), ("country", "MD")]),
            Period::Daily,
        )
        .unwrap();
        let same = request(&[
            ("country", "md"),
            ("q", "locuințe"),
            ("sort", "date"),
            ("limit", "50"),
        ]);
        assert_eq!(search_digest(&same, Period::Daily).unwrap(), one);
        assert_ne!(search_digest(&same, Period::Weekly).unwrap().id, one.id);
        let spec = search_spec(&one, &Config::default()).unwrap();
        assert_eq!(spec.query.q, "locuințe");
    }
}
