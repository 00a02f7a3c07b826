//! Whether a push comes from whom it says: `X-Hub-Signature` (WebSub, 5.4 and 8.1).

use ring::hmac;

/// Longest header that is looked at: 64 bytes in hexadecimal and a name.
const MAX: usize = 200;

/// Whether a body is signed with the secret. The time that takes depends on the body alone.
#[must_use]
pub(super) fn is_signed(secret: &str, header: &str, body: &[u8]) -> bool {
    let Some((method, digest)) = header
        .trim()
        .split_once('=')
        .filter(|_| header.len() <= MAX)
    else {
        return false;
    };
    let algorithm = match method.trim().to_ascii_lowercase().as_str() {
        // Not for new things; but most hubs sign with nothing else.
        "sha1" => hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY,
        "sha256" => hmac::HMAC_SHA256,
        "sha384" => hmac::HMAC_SHA384,
        "sha512" => hmac::HMAC_SHA512,
        _ => return false,
    };
    let Some(digest) = bytes(digest.trim()) else {
        return false;
    };
    let key = hmac::Key::new(algorithm, secret.as_bytes());
    hmac::verify(&key, body, &digest).is_ok()
}

/// Hexadecimal to bytes.
fn bytes(hex: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let (pairs, rest) = hex.as_bytes().as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    pairs
        .iter()
        .map(|[high, low]| Some((digit(*high)? * 16 + digit(*low)?) as u8))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    // RFC 2202, test case 2; RFC 4231, test case 2.
    const KEY: &str = "Jefe";
    const DATA: &[u8] = b"what do ya want for nothing?";
    const SIGNATURES: [&str; 4] = [
        "sha1=effcdf6ae5eb2fa2d27416d5f184df9c259a7c79",
        "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        "sha384=af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649",
        "sha512=164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737",
    ];

    #[test]
    fn every_method_of_the_standard_is_known() {
        for signature in SIGNATURES {
            assert!(is_signed(KEY, signature, DATA), "{signature}");
            assert!(is_signed(KEY, &signature.to_uppercase(), DATA));
            assert!(!is_signed("jefe", signature, DATA));
            assert!(!is_signed(KEY, signature, b"what do ya want for nothing!"));
        }
    }

    #[test]
    fn anything_else_is_no_signature() {
        let digest = SIGNATURES[1].strip_prefix("sha256=").unwrap();
        for bad in [
            String::new(),
            digest.to_owned(),
            "sha256=".to_owned(),
            format!("sha256={}", &digest[..62]),
            format!("sha256={digest}0"),
            format!("sha256={}", digest.replace('5', "ж")),
            format!("md5={digest}"),
            format!("sha1={digest}"),
            format!("none={digest}"),
            format!("sha256={}", "0".repeat(4000)),
        ] {
            assert!(!is_signed(KEY, &bad, DATA), "{bad}");
        }
    }
}
