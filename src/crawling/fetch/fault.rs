//! From whatever went wrong to one plain reason for people who run an NGO, not a server.

use std::error::Error;
use std::io;
use std::time::Duration;

use rustls::{CertificateError, Error as TlsError};

use super::guard::Refusal;
use crate::domain::{Fault, FaultKind, Reason};

/// A fault whose message is one plain line, whatever was put in.
pub(super) fn fault(kind: FaultKind, reason: Reason) -> Fault {
    Fault::because(kind, reason)
}

/// A limit of time as reasons have it.
pub(super) fn millis(limit: Duration) -> u64 {
    u64::try_from(limit.as_millis()).unwrap_or(u64::MAX)
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
    let at = || host.to_owned();
    let mut incomplete = false;
    for cause in causes(error) {
        if let Some(found) = from_cause(cause, host, in_body) {
            return found;
        }
        if let Some(http) = cause.downcast_ref::<hyper::Error>() {
            if http.is_parse_too_large() {
                return fault(FaultKind::TooLarge, Reason::LargeHeaders { host: at() });
            }
            if http.is_parse() {
                let kind = if in_body {
                    FaultKind::Body
                } else {
                    FaultKind::Connect
                };
                return fault(kind, Reason::NoHttp { host: at() });
            }
            incomplete |= http.is_incomplete_message();
        }
    }
    if error.is_timeout() {
        let millis = millis(connect_timeout);
        let late = Reason::NoConnectionInTime { host: at(), millis };
        return fault(FaultKind::Timeout, late);
    }
    if in_body {
        return fault(FaultKind::Body, Reason::BrokeOff { host: at() });
    }
    let what = if incomplete {
        Reason::ClosedHalfway { host: at() }
    } else if error.is_connect() {
        Reason::NoConnection { host: at() }
    } else {
        Reason::ConnectionFailed { host: at() }
    };
    fault(FaultKind::Connect, what)
}

fn from_cause(cause: &(dyn Error + 'static), host: &str, in_body: bool) -> Option<Fault> {
    if let Some(refusal) = cause.downcast_ref::<Refusal>() {
        return Some(refusal.fault());
    }
    if let Some(tls) = cause.downcast_ref::<TlsError>() {
        return Some(fault(FaultKind::Tls, tls_reason(tls, host.to_owned())));
    }
    let io = cause.downcast_ref::<io::Error>()?;
    if io.get_ref().is_some_and(|inner| !inner.is::<io::Error>()) && in_body {
        return None;
    }
    let host = host.to_owned();
    let reason = match io.kind() {
        _ if in_body => return None,
        io::ErrorKind::ConnectionRefused => Reason::RefusesConnections { host },
        io::ErrorKind::ConnectionReset
        | io::ErrorKind::ConnectionAborted
        | io::ErrorKind::BrokenPipe => Reason::ConnectionBroken { host },
        io::ErrorKind::UnexpectedEof => Reason::ClosedSilently { host },
        io::ErrorKind::HostUnreachable
        | io::ErrorKind::NetworkUnreachable
        | io::ErrorKind::NetworkDown
        | io::ErrorKind::AddrNotAvailable => Reason::OutOfReach { host },
        _ => return None,
    };
    Some(fault(FaultKind::Connect, reason))
}

fn tls_reason(error: &TlsError, host: String) -> Reason {
    match error {
        TlsError::InvalidCertificate(certificate) => match certificate {
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
                Reason::CertificateExpired { host }
            }
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
                Reason::CertificateNotYet { host }
            }
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                Reason::CertificateOfAnother { host }
            }
            CertificateError::UnknownIssuer => Reason::CertificateUntrusted { host },
            CertificateError::Revoked => Reason::CertificateRevoked { host },
            _ => Reason::CertificateBad { host },
        },
        TlsError::InvalidMessage(_) => Reason::NoTls { host },
        TlsError::PeerIncompatible(_) => Reason::OldTls { host },
        TlsError::AlertReceived(_) => Reason::HandshakeRefused { host },
        _ => Reason::HandshakeFailed { host },
    }
}
