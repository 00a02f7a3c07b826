//! Who a reader is: names and secrets, what apps prove themselves by, and the token that goes with what they change.
//!
//! A secret is 140 random bits. What an app sends with each request, `{name}/{key}`, is made of it by SHA-256; the store holds the
//! SHA-256 of the key. Neither can be guessed nor found from what is stored, so no slow hash is needed, and asking costs nothing.

use axum::http::{HeaderMap, header};
use jiff::Timestamp;
use ring::hmac;
use ring::rand::{SecureRandom, SystemRandom};
use sha2::{Digest, Sha256};

use crate::domain::hex;

/// <https://www.crockford.com/base32.html>, lower case: without letters that look like others.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Characters of the random part of a name, of five bits each: 40 bits.
const NAME: usize = 8;
/// Characters of a secret: 140 bits.
const SECRET: usize = 28;
/// They are shown in groups of so many.
const GROUP: usize = 4;
/// Days that a token for changes can be used. It only goes with the key, which no browser sends by itself, so that it guards nothing
/// by itself; apps keep it as long as they run.
const TOKEN_DAYS: i64 = 60;

/// A new name and its secret; the error says that the system has no randomness to give.
pub(in crate::web) fn invent() -> Result<(String, String), ring::error::Unspecified> {
    let name = random(NAME)?;
    let secret: Vec<char> = random(SECRET)?.chars().collect();
    let groups: Vec<String> = secret
        .chunks(GROUP)
        .map(|group| group.iter().collect())
        .collect();
    Ok((format!("reader-{name}"), groups.join("-")))
}

fn random(length: usize) -> Result<String, ring::error::Unspecified> {
    let mut bytes = vec![0; length];
    SystemRandom::new().fill(&mut bytes)?;
    // 256 is a multiple of 32: every character is as likely as the others.
    Ok(bytes
        .iter()
        .map(|byte| char::from(ALPHABET[usize::from(byte % 32)]))
        .collect())
}

/// What an app sends in place of a secret: made so that the secret cannot be found from it. Hyphens, blanks and case do not matter, and
/// what is easily taken for a digit counts as that: people type it from another screen.
pub(in crate::web) fn key_of(secret: &str) -> String {
    let typed: String = secret
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .take(2 * SECRET)
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'o' => '0',
            'i' | 'l' => '1',
            c => c,
        })
        .collect();
    hex(&Sha256::digest(format!("vesti reader {typed}")))
}

/// What is stored of a key.
pub(in crate::web) fn proof_of(key: &str) -> Vec<u8> {
    Sha256::digest(key).to_vec()
}

/// The name as it was typed.
pub(in crate::web) fn name_of(typed: &str) -> String {
    typed.trim().to_lowercase()
}

/// Name and key of a request: `Authorization: GoogleLogin auth={name}/{key}`.
pub(super) fn presented(headers: &HeaderMap) -> Option<(String, String)> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?.trim();
    let (scheme, rest) = value.split_once(' ')?;
    let rest = rest.trim();
    let auth = match scheme.to_ascii_lowercase().as_str() {
        "googlelogin" => {
            let (word, auth) = rest.split_once('=')?;
            word.trim().eq_ignore_ascii_case("auth").then_some(auth)?
        }
        "bearer" => rest,
        _ => return None,
    };
    let (name, key) = auth.trim().trim_matches('"').split_once('/')?;
    Some((name.to_owned(), key.to_owned()))
}

/// The token for changes of a reader, at a moment.
pub(super) fn token(key: &str, now: Timestamp) -> String {
    token_of(key, day(now))
}

/// Whether a token is the reader's own, and not too old.
pub(super) fn is_token(token: &str, key: &str, now: Timestamp) -> bool {
    let Some(given) = token
        .split_once('-')
        .and_then(|(day, _)| i64::from_str_radix(day, 16).ok())
    else {
        return false;
    };
    (0..=TOKEN_DAYS).contains(&day(now).saturating_sub(given)) && token_of(key, given) == token
}

fn token_of(key: &str, day: i64) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, key.as_bytes());
    let tag = hmac::sign(&key, format!("token {day}").as_bytes());
    format!("{day:x}-{}", hex(&tag.as_ref()[..16]))
}

fn day(at: Timestamp) -> i64 {
    at.as_second().div_euclid(24 * 3600)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn names_and_secrets_are_new_each_time() {
        let (name, secret) = invent().unwrap();
        assert_eq!(name.len(), 15);
        assert_eq!(secret.len(), SECRET + SECRET / GROUP - 1);
        assert!(name.starts_with("reader-"));
        assert_ne!(invent().unwrap().1, secret);
    }

    #[test]
    fn a_secret_may_be_typed_as_people_type() {
        let key = key_of("7f3k-0m1q");
        for typed in ["7F3K 0M1Q", "7f3kom1q", "7f3k-Om-lQ", " 7f3k0miq\n"] {
            assert_eq!(key_of(typed), key, "{typed}");
        }
        assert_ne!(key_of("7f3k-0m1r"), key);
        assert!(!key.contains("7f3k"));
    }

    #[test]
    fn the_header_is_read_as_apps_write_it() {
        let read = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::AUTHORIZATION, value.parse().unwrap());
            presented(&headers)
        };
        let right = Some(("reader-x".to_owned(), "abc".to_owned()));
        for value in [
            "GoogleLogin auth=reader-x/abc",
            "googlelogin Auth=reader-x/abc",
            "GoogleLogin  auth=\"reader-x/abc\"",
            "Bearer reader-x/abc",
        ] {
            assert_eq!(read(value), right, "{value}");
        }
        for value in [
            "",
            "Basic cmVhZGVyOng=",
            "GoogleLogin",
            "GoogleLogin auth=x",
            "GoogleLogin x/y",
        ] {
            assert_eq!(read(value), None, "{value}");
        }
        assert_eq!(presented(&HeaderMap::new()), None);
    }

    #[test]
    fn a_token_is_of_its_reader_and_its_time() {
        let now = at("2026-11-21T10:00:00Z");
        let token = token("key", now);
        assert!(is_token(&token, "key", now));
        assert!(is_token(&token, "key", at("2027-01-10T10:00:00Z")));
        assert!(!is_token(&token, "key", at("2027-03-01T10:00:00Z")));
        assert!(!is_token(&token, "key", at("2026-11-19T10:00:00Z")));
        assert!(!is_token(&token, "other", now));
        for bad in ["", "-", "x", "9-", "9223372036854775808-a"] {
            assert!(!is_token(bad, "key", now), "{bad}");
        }
    }
}
