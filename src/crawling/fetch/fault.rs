//! From whatever went wrong to one plain sentence for people who run an NGO, not a server.

use std::error::Error;
use std::io;
use std::time::Duration;

use reqwest::StatusCode;
use rustls::{CertificateError, Error as TlsError};

use super::guard::Refusal;
use crate::domain::{Fault, FaultKind};

/// Longest message, in characters.
const MAX_MESSAGE: usize = 300;

/// A fault whose message is one plain line, whatever was put in.
pub(super) fn fault(kind: FaultKind, message: &str) -> Fault {
    Fault::new(kind, plain(message, MAX_MESSAGE))
}

/// Text from outside made fit for a log and a page: no control, bidirectional or invisible characters, one line, bounded.
pub(super) fn plain(text: &str, most: usize) -> String {
    let mut clean = String::with_capacity(text.len().min(most));
    let shown = text.chars().filter(|c| !is_invisible(*c));
    for (count, c) in shown.enumerate() {
        if count + 1 == most {
            clean.push('…');
            break;
        }
        clean.push(c);
    }
    clean
}

fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// A duration as people write it.
pub(super) fn span(duration: Duration) -> String {
    if duration.subsec_millis() == 0 && duration.as_secs() > 0 {
        format!("{} s", duration.as_secs())
    } else {
        format!("{} ms", duration.as_millis())
    }
}

/// `404 Not Found`
pub(super) fn status_words(status: StatusCode) -> String {
    match status.canonical_reason() {
        Some(reason) => format!("{} {reason}", status.as_u16()),
        None => status.as_u16().to_string(),
    }
}

/// Whether the connection broke before anything was answered: on one that was kept from before, that says nothing
/// about the host.
pub(super) fn is_broken_off(error: &reqwest::Error) -> bool {
    causes(error).any(|cause| {
        let http = cause.downcast_ref::<hyper::Error>();
        let io = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        http.is_some_and(hyper::Error::is_incomplete_message)
            || matches!(
                io,
                Some(io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe)
            )
    }) && !error.is_connect()
}

/// The chain of causes behind an error. It is short; the bound is for a library's mistake.
fn causes<'a>(error: &'a reqwest::Error) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    // An io::Error names as its source that of the error it carries, so what it carries is looked at by hand.
    std::iter::successors(error.source(), |cause| {
        let cause: &'a (dyn Error + 'static) = *cause;
        match cause.downcast_ref::<io::Error>() {
            Some(io) => io.get_ref().map(|inner| inner as &(dyn Error + 'static)),
            None => cause.source(),
        }
    })
    .take(16)
}

/// What stands behind an error of the HTTP client that came before the answer's head, or in its body.
pub(super) fn from_client(
    error: &reqwest::Error,
    host: &str,
    connect_timeout: Duration,
    in_body: bool,
) -> Fault {
    let mut incomplete = false;
    for cause in causes(error) {
        if let Some(found) = from_cause(cause, host, in_body) {
            return found;
        }
        if let Some(http) = cause.downcast_ref::<hyper::Error>() {
            if http.is_parse_too_large() {
                return fault(
                    FaultKind::TooLarge,
                    &format!("{host} sends larger headers than allowed"),
                );
            }
            if http.is_parse() {
                let kind = if in_body {
                    FaultKind::Body
                } else {
                    FaultKind::Connect
                };
                return fault(
                    kind,
                    &format!("{host} answers with something that is not proper HTTP"),
                );
            }
            incomplete |= http.is_incomplete_message();
        }
    }
    if error.is_timeout() {
        return fault(
            FaultKind::Timeout,
            &format!("no connection to {host} within {}", span(connect_timeout)),
        );
    }
    if in_body {
        return fault(
            FaultKind::Body,
            &format!("{host} broke off in the middle of the document"),
        );
    }
    let what = if incomplete {
        format!("{host} closed the connection without a whole answer")
    } else if error.is_connect() {
        format!("no connection to {host}")
    } else {
        format!("the connection to {host} failed before it answered")
    };
    fault(FaultKind::Connect, &what)
}

fn from_cause(cause: &(dyn Error + 'static), host: &str, in_body: bool) -> Option<Fault> {
    if let Some(refusal) = cause.downcast_ref::<Refusal>() {
        return Some(refusal.fault());
    }
    if let Some(tls) = cause.downcast_ref::<TlsError>() {
        return Some(fault(FaultKind::Tls, &tls_words(tls, host)));
    }
    let io = cause.downcast_ref::<io::Error>()?;
    if io.get_ref().is_some_and(|inner| !inner.is::<io::Error>()) && in_body {
        return None;
    }
    let words = match io.kind() {
        _ if in_body => return None,
        io::ErrorKind::ConnectionRefused => format!("{host} refuses connections"),
        io::ErrorKind::ConnectionReset
        | io::ErrorKind::ConnectionAborted
        | io::ErrorKind::BrokenPipe => format!("{host} broke the connection off"),
        io::ErrorKind::UnexpectedEof => format!("{host} closed the connection without an answer"),
        io::ErrorKind::HostUnreachable
        | io::ErrorKind::NetworkUnreachable
        | io::ErrorKind::NetworkDown
        | io::ErrorKind::AddrNotAvailable => format!("{host} cannot be reached from here"),
        _ => return None,
    };
    Some(fault(FaultKind::Connect, &words))
}

fn tls_words(error: &TlsError, host: &str) -> String {
    match error {
        TlsError::InvalidCertificate(certificate) => match certificate {
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
                format!("the certificate of {host} has expired")
            }
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
                format!("the certificate of {host} is not valid yet")
            }
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                format!("the certificate that {host} shows is for another name")
            }
            CertificateError::UnknownIssuer => format!(
                "the certificate of {host} comes from an issuer that is not trusted (or its server leaves out a part of the chain)"
            ),
            CertificateError::Revoked => format!("the certificate of {host} was revoked"),
            _ => format!("the certificate of {host} is not valid"),
        },
        TlsError::InvalidMessage(_) => {
            format!("{host} does not speak TLS there; the address may have to begin with http:")
        }
        TlsError::PeerIncompatible(_) => {
            format!("{host} offers only TLS that is too old to be safe")
        }
        TlsError::AlertReceived(_) => format!("{host} refused the TLS handshake"),
        _ => format!("the TLS handshake with {host} failed"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_one_bounded_line() {
        let message = fault(
            FaultKind::Status,
            &format!(
                "evil\r\n2026 INFO all is well\u{202e}\u{200b}\u{1b}[31m {}",
                "x".repeat(1000)
            ),
        )
        .message;
        assert!(message.starts_with("evil2026 INFO all is well[31m x"));
        assert_eq!(message.chars().count(), 300);
        assert!(message.ends_with('…'));
        assert_eq!(plain("ziņas", 5), "ziņa…");
        assert_eq!(plain("ziņas", 6), "ziņas");
    }

    #[test]
    fn spans_read_well() {
        assert_eq!(span(Duration::from_secs(10)), "10 s");
        assert_eq!(span(Duration::from_millis(1500)), "1500 ms");
        assert_eq!(span(Duration::ZERO), "0 ms");
    }
}
