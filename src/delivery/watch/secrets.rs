//! What proves that a message comes from a watch: symmetric signatures of Standard Webhooks
//! (<https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md>).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::hmac;
use ring::rand::{SecureRandom as _, SystemRandom};

/// What secrets begin with.
const PREFIX: &str = "whsec_";
/// Random bytes of one: the specification asks for 24 to 64.
const BYTES: usize = 32;

/// A new secret; `None` where the system has no randomness to give.
#[must_use]
pub fn new_secret() -> Option<String> {
    let mut bytes = [0; BYTES];
    SystemRandom::new().fill(&mut bytes).ok()?;
    Some(format!("{PREFIX}{}", STANDARD.encode(bytes)))
}

/// The header `webhook-signature` of a message: its id, the second at which it is sent, and its body, signed.
#[must_use]
pub fn signature(secret: &str, id: &str, second: i64, body: &str) -> Option<String> {
    let key = STANDARD.decode(secret.strip_prefix(PREFIX)?).ok()?;
    let key = hmac::Key::new(hmac::HMAC_SHA256, &key);
    let tag = hmac::sign(&key, format!("{id}.{second}.{body}").as_bytes());
    Some(format!("v1,{}", STANDARD.encode(tag)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_specification_is_signed_alike() {
        // Of its reference libraries.
        let signed = signature(
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1_614_265_330,
            "{\"test\": 2432232314}",
        );
        assert_eq!(
            signed.as_deref(),
            Some("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
        );
        let secrets: std::collections::HashSet<_> = (0..50).filter_map(|_| new_secret()).collect();
        assert_eq!(secrets.len(), 50);
        assert!(
            secrets
                .iter()
                .all(|secret| signature(secret, "a", 1, "{}").is_some())
        );
    }
}
