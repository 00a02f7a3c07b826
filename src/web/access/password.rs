//! Passwords: hashed slowly with argon2id, so that a stolen store does not give them away.

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use ring::rand::{SecureRandom as _, SystemRandom};

/// Shortest password, in characters (NIST SP 800-63B-4, 3.1.1.2, asks for 15 where it is all that is asked for, and 8 as the
/// least; people with half an hour a week write 15 down).
pub const SHORTEST: usize = 10;
/// Longest, in bytes: hashing takes time.
pub const LONGEST: usize = 256;

/// Why a password is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadPassword {
    /// It has too few characters.
    #[error("a password has at least {SHORTEST} characters")]
    TooShort,
    /// It has too many bytes.
    #[error("a password has at most {LONGEST} bytes")]
    TooLong,
    /// It could be guessed at once.
    #[error(
        "this password is one of the first that anybody would try: a few words of your own are better"
    )]
    TooCommon,
    /// The system gives no random numbers, or no memory.
    #[error("the password cannot be hashed on this machine")]
    Unhashed,
}

/// What is kept of a password: a PHC string. Takes some 20 ms and 19 MiB.
pub fn hash(name: &str, password: &str) -> Result<String, BadPassword> {
    if password.chars().count() < SHORTEST {
        return Err(BadPassword::TooShort);
    }
    if password.len() > LONGEST {
        return Err(BadPassword::TooLong);
    }
    if is_common(name, password) {
        return Err(BadPassword::TooCommon);
    }
    let mut bytes = [0; 16];
    SystemRandom::new()
        .fill(&mut bytes)
        .map_err(|_| BadPassword::Unhashed)?;
    let salt = SaltString::encode_b64(&bytes).map_err(|_| BadPassword::Unhashed)?;
    hasher()
        .ok_or(BadPassword::Unhashed)?
        .hash_password(password.as_bytes(), &salt)
        .map(|hash| hash.to_string())
        .map_err(|_| BadPassword::Unhashed)
}

/// Whether a password is the one that was hashed. Without a hash it takes as long and says no, so that the time does not tell who
/// has a password.
pub fn matches(password: &str, hashed: Option<&str>) -> bool {
    if password.len() > LONGEST {
        return false;
    }
    let Some(hasher) = hasher() else {
        return false;
    };
    let parsed = hashed.and_then(|text| PasswordHash::new(text).ok());
    if let Some(hash) = parsed {
        return hasher.verify_password(password.as_bytes(), &hash).is_ok();
    }
    let mut out = [0; 32];
    let _ = hasher.hash_password_into(password.as_bytes(), b"nobody at all...", &mut out);
    false
}

/// The first choice of OWASP's password storage cheat sheet for argon2id: 19 MiB, two passes, one lane.
fn hasher() -> Option<Argon2<'static>> {
    let params = Params::new(19 * 1024, 2, 1, None).ok()?;
    Some(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// One character all over, a row of the keyboard, the name: what is tried before anything else.
fn is_common(name: &str, password: &str) -> bool {
    const TRIED: [&str; 12] = [
        "0123456789",
        "1234567890",
        "12345678910",
        "qwertyuiop",
        "qwerty12345",
        "password",
        "parola",
        "parole",
        "пароль",
        "administrator",
        "letmein",
        "welcome",
    ];
    let folded = password.to_lowercase();
    let mut distinct: Vec<char> = folded.chars().collect();
    distinct.sort_unstable();
    distinct.dedup();
    let bare = folded.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_ascii_punctuation());
    distinct.len() < 4
        || TRIED.contains(&folded.as_str())
        || TRIED.contains(&bare)
        || bare == name.to_lowercase()
        || folded == name.to_lowercase().repeat(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_known_by_its_hash_and_nothing_else_is() {
        let hashed = hash("ana", "trei mere verzi").unwrap();
        assert!(hashed.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert_ne!(hashed, hash("ana", "trei mere verzi").unwrap(), "salted");
        assert!(matches("trei mere verzi", Some(&hashed)));
        assert!(!matches("trei mere verzI", Some(&hashed)));
        assert!(!matches("", Some(&hashed)));
        assert!(!matches("trei mere verzi", None));
        assert!(!matches("trei mere verzi", Some("no hash at all")));
    }

    #[test]
    fn what_anybody_would_try_is_no_password() {
        for (password, why) in [
            ("scurt", BadPassword::TooShort),
            ("șșșșșșșșșș", BadPassword::TooCommon),
            ("1234567890", BadPassword::TooCommon),
            ("Password123!", BadPassword::TooCommon),
            ("ana.popescu1", BadPassword::TooCommon),
            ("ana.popescuana.popescu", BadPassword::TooCommon),
        ] {
            assert_eq!(hash("ana.popescu", password), Err(why), "{password}");
        }
        let long = "ă".repeat(LONGEST);
        assert_eq!(hash("ana", &long), Err(BadPassword::TooLong));
        assert!(!matches(&long, None));
    }
}
