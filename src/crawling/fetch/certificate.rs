//! What the certificates of servers say of how long they are valid, noted as the handshakes see them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{DigitallySignedStruct, Error, SignatureScheme};

/// Most hosts whose certificates are remembered; beyond that the memory begins anew.
const MOST: usize = 20_000;

/// From when to when the certificates of hosts are valid. Clones share it.
#[derive(Debug, Clone, Default)]
pub(super) struct Certificates(Arc<Mutex<HashMap<String, (Timestamp, Timestamp)>>>);

impl Certificates {
    /// The validity of the certificate that a host showed last, good or bad.
    pub(super) fn of(&self, host: &str) -> Option<(Timestamp, Timestamp)> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(&host.to_ascii_lowercase()).copied()
    }

    fn note(&self, host: &str, validity: (Timestamp, Timestamp)) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(host.to_ascii_lowercase(), validity);
    }
}

/// Verifies as rustls does, and notes how long what it sees is valid.
#[derive(Debug)]
pub(super) struct Noting {
    pub(super) verifier: Arc<WebPkiServerVerifier>,
    pub(super) certificates: Certificates,
}

impl ServerCertVerifier for Noting {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let verified = self.verifier.verify_server_cert(
            end_entity,
            intermediates,
            server_name,
            ocsp_response,
            now,
        );
        // What is shown for another name, or by a stranger, says nothing of this host's own: an expired one does.
        let own = match &verified {
            Ok(_) => true,
            Err(Error::InvalidCertificate(error)) => matches!(
                error,
                rustls::CertificateError::Expired | rustls::CertificateError::ExpiredContext { .. }
            ),
            Err(_) => false,
        };
        if own && let Some(validity) = validity(end_entity) {
            self.certificates.note(&server_name.to_str(), validity);
        }
        verified
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.verifier.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.verifier.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.verifier.supported_verify_schemes()
    }

    fn root_hint_subjects(&self) -> Option<&[rustls::DistinguishedName]> {
        self.verifier.root_hint_subjects()
    }
}

const SEQUENCE: u8 = 0x30;
const INTEGER: u8 = 0x02;
const VERSION: u8 = 0xa0;
const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;

/// The Validity field of a certificate (RFC 5280, 4.1); `None` where it is not one.
fn validity(der: &[u8]) -> Option<(Timestamp, Timestamp)> {
    let (certificate, _) = field(der, SEQUENCE)?;
    let (body, _) = field(certificate, SEQUENCE)?;
    let rest = field(body, VERSION).map_or(body, |(_, rest)| rest);
    let (_, rest) = field(rest, INTEGER)?;
    let (_, rest) = field(rest, SEQUENCE)?;
    let (_, rest) = field(rest, SEQUENCE)?;
    let (validity, _) = field(rest, SEQUENCE)?;
    let (from, rest) = time(validity)?;
    let (to, _) = time(rest)?;
    Some((from, to))
}

/// The content of the first field, which has this tag, and what follows it (X.690, 8.1: definite lengths).
fn field(der: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let [first, length, rest @ ..] = der else {
        return None;
    };
    if *first != tag {
        return None;
    }
    let (length, rest) = if *length < 0x80 {
        (usize::from(*length), rest)
    } else {
        let count = usize::from(*length & 0x7f);
        if !(1..=4).contains(&count) {
            return None;
        }
        let digits = rest.get(..count)?;
        let length = digits
            .iter()
            .fold(0_usize, |sum, digit| sum << 8 | usize::from(*digit));
        (length, &rest[count..])
    };
    (length <= rest.len()).then(|| rest.split_at(length))
}

/// A moment, in either of the two forms that certificates may use (RFC 5280, 4.1.2.5), and what follows it.
fn time(der: &[u8]) -> Option<(Timestamp, &[u8])> {
    let (digits, year_digits, rest) = match field(der, UTC_TIME) {
        Some((text, rest)) => (text, 2, rest),
        None => field(der, GENERALIZED_TIME).map(|(text, rest)| (text, 4, rest))?,
    };
    let digits = digits.strip_suffix(b"Z")?;
    if digits.len() != year_digits + 10 || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let number = |digits: &[u8]| {
        digits
            .iter()
            .fold(0_i16, |sum, digit| sum * 10 + i16::from(digit - b'0'))
    };
    let (year, others) = digits.split_at(year_digits);
    let year = match (number(year), year_digits) {
        (year @ 0..50, 2) => 2000 + year,
        (year, 2) => 1900 + year,
        (year, _) => year,
    };
    let mut others = others.chunks(2).map(|pair| i8::try_from(number(pair)).ok());
    let mut next = || others.next().flatten();
    let (month, day, hour, minute, second) = (next()?, next()?, next()?, next()?, next()?);
    let civil = DateTime::new(year, month, day, hour, minute, second.min(59), 0).ok()?;
    let at = civil.to_zoned(TimeZone::UTC).ok()?.timestamp();
    Some((at, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rcgen::{CertificateParams, KeyPair};

    fn certificate(years: (i32, i32)) -> CertificateDer<'static> {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(vec!["fonpc.example".to_owned()]).unwrap();
        params.not_before = rcgen::date_time_ymd(years.0, 2, 28);
        params.not_after = rcgen::date_time_ymd(years.1, 12, 31);
        params.self_signed(&key).unwrap().der().clone()
    }

    #[test]
    fn both_forms_of_dates_are_read() {
        for years in [(1999, 2026), (2026, 2049), (2026, 2050), (2000, 2100)] {
            let (from, to) = validity(&certificate(years)).unwrap();
            assert_eq!(from.to_string(), format!("{}-02-28T00:00:00Z", years.0));
            assert_eq!(to.to_string(), format!("{}-12-31T00:00:00Z", years.1));
        }
    }

    #[test]
    fn what_is_cut_or_damaged_is_no_certificate_and_no_panic() {
        let whole = certificate((2020, 2030));
        for end in 0..whole.len() {
            let _ = validity(&whole[..end]);
        }
        for place in 0..whole.len().min(200) {
            for value in [0, 0x7f, 0x80, 0x84, 0xff] {
                let mut damaged = whole.to_vec();
                damaged[place] = value;
                let _ = validity(&damaged);
            }
        }
        assert_eq!(validity(b""), None);
        assert_eq!(validity(b"\x30\x84\xff\xff\xff\xff"), None);
    }

    #[test]
    fn hosts_are_remembered_whatever_their_case() {
        let certificates = Certificates::default();
        let times = (Timestamp::UNIX_EPOCH, Timestamp::MAX);
        certificates.note("FONPC.example", times);
        assert_eq!(certificates.of("fonpc.EXAMPLE"), Some(times));
        assert_eq!(certificates.of("other.example"), None);
    }
}
