//! Secrets that nobody guesses, what is stored of them, and what is made of them for forms.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::{SecureRandom as _, SystemRandom};
use sha2::{Digest as _, Sha256};

use crate::domain::hex;
use crate::store::PassHash;

/// Bytes of a secret: 256 bits.
const LENGTH: usize = 32;

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

/// What goes with the forms of a session, so that no other site can send one in its name: made of the session's secret, which
/// cannot be found from it.
pub(super) fn form_proof(session: &str) -> String {
    hex(&Sha256::digest(format!("vesti form {session}"))[..16])
}

/// Whether two secrets are the same, without telling by the time taken how much of them is.
pub(super) fn same(one: &str, other: &str) -> bool {
    hash(one) == hash(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_long_and_of_a_form_that_says_nothing_of_the_session() {
        let (one, other) = (invent().unwrap(), invent().unwrap());
        assert_ne!(one, other);
        assert_eq!(one.len(), 43);
        let proof = form_proof(&one);
        assert_ne!(proof, form_proof(&other));
        assert!(!one.contains(&proof));
        assert!(same(&proof, &form_proof(&one)) && !same(&proof, "") && !same("", &proof));
    }
}
