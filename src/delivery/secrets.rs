//! Secrets that nobody guesses, what is stored of them, and the link that signs a member of staff in once.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use ring::rand::{SecureRandom as _, SystemRandom};
use sha2::{Digest as _, Sha256};

use crate::domain::{StaffId, StaffRole};
use crate::store::{Deed, NewPass, PassHash, PassKind, Store, StoreError};

/// Bytes of a secret: 256 bits.
const LENGTH: usize = 32;

/// How long a link is good that somebody hands over.
pub const LINK_DAYS: i64 = 3;

/// A new secret, 43 characters that stand in addresses and cookies as they are. `None` where the system has no randomness to
/// give.
#[must_use]
pub fn invent() -> Option<String> {
    let mut bytes = [0; LENGTH];
    SystemRandom::new().fill(&mut bytes).ok()?;
    Some(URL_SAFE_NO_PAD.encode(bytes))
}

/// What is stored of a secret. It is long and random, so that a plain hash tells nothing of it.
#[must_use]
pub fn hash(secret: &str) -> PassHash {
    Sha256::digest(secret.as_bytes()).into()
}

/// Whether two secrets are the same, without telling by the time taken how much of them is.
#[must_use]
pub fn same(one: &str, other: &str) -> bool {
    hash(one) == hash(other)
}

/// Makes good the secret of a link, `/login/SECRET`, with which a member of staff signs in once: until `ends`, or for some days.
/// `deed` says who made it, where that is worth noting.
///
/// # Errors
/// Where the store refuses, or the system has no randomness to give.
pub async fn invite(
    store: &Store,
    staff: StaffId,
    ends: Option<Timestamp>,
    deed: Option<Deed>,
    now: Timestamp,
) -> Result<String, StoreError> {
    let secret = invent()
        .ok_or_else(|| StoreError::Other("the system gives no random numbers".to_owned()))?;
    let days = SignedDuration::from_hours(24 * LINK_DAYS);
    let pass = NewPass {
        staff,
        kind: PassKind::Link,
        hash: hash(&secret),
        label: String::new(),
        role: StaffRole::Admin,
        ends: ends.or_else(|| now.checked_add(days).ok()),
    };
    store.add_pass(pass, deed, now).await?;
    Ok(secret)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_long_and_each_is_another() {
        let secrets: std::collections::HashSet<_> = (0..100).filter_map(|_| invent()).collect();
        assert_eq!(secrets.len(), 100);
        assert!(secrets.iter().all(|secret| secret.len() == 43));
        assert!(same("a", "a") && !same("a", "") && !same("", "a"));
    }
}
