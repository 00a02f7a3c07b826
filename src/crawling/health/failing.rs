//! Visits that fail, and what the page that came instead shows itself to be.

use jiff::{SignedDuration, Timestamp};

use super::{Patience, rhythm};
use crate::domain::{Fault, FaultKind, Phase, Reason, SignKind, SourceState, Symptom};

pub(super) fn found(
    now: Timestamp,
    old: &SourceState,
    new: &SourceState,
    patience: &Patience,
) -> Option<(Symptom, Timestamp)> {
    match &new.phase {
        // A site that is being moved may say so for an hour: it is believed when it says it twice.
        Phase::Gone { since } if matches!(old.phase, Phase::Gone { .. }) => {
            Some((Symptom::Gone, *since))
        }
        Phase::Failing {
            since,
            tries,
            fault,
        } => {
            let lasts = now.duration_since(*since);
            let enough = lasts >= hold(fault, new, patience) && *tries > 1;
            let symptom = symptom(fault, *tries, new);
            let known = old
                .findings
                .iter()
                .any(|finding| finding.symptom.is_same(&symptom) || is_failure(&finding.symptom));
            (enough || known).then_some((symptom, *since))
        }
        _ => None,
    }
}

/// How long it must have failed for somebody to be told.
fn hold(fault: &Fault, state: &SourceState, patience: &Patience) -> SignedDuration {
    let certain = match fault.kind {
        FaultKind::Forbidden
        | FaultKind::Tls
        | FaultKind::Unreadable
        | FaultKind::NothingListed
        | FaultKind::Gone
        | FaultKind::Redirect
        | FaultKind::TooLarge => true,
        FaultKind::Status => fault
            .status
            .is_some_and(|status| status < 500 && status != 408),
        _ => false,
    };
    // Maintenance and walls come and go, whatever status they have.
    let certain = match fault.sign.as_ref().map(|sign| sign.what) {
        Some(SignKind::Parked) => true,
        Some(_) => false,
        None => certain,
    };
    if certain {
        return patience.certain;
    }
    let usual =
        SignedDuration::try_from_secs_f64(rhythm::usual(state) * 1.5).unwrap_or(patience.outage);
    usual.clamp(patience.outage_least, patience.outage)
}

/// What a fault is a symptom of.
#[must_use]
pub fn symptom(fault: &Fault, tries: u32, state: &SourceState) -> Symptom {
    if let Some(sign) = &fault.sign {
        let sign = (sign.what, sign.words.clone());
        return match sign {
            (SignKind::ErrorPage, sign) => Symptom::ErrorPage { sign },
            (SignKind::Parked, sign) => Symptom::Parked { sign },
            (SignKind::BotWall, sign) => Symptom::BotWall { sign },
            (SignKind::CookieWall, sign) => Symptom::CookieWall { sign },
        };
    }
    match (fault.kind, state.memory.certificate) {
        (FaultKind::Tls, Some((_, ends)))
            if matches!(*fault.reason, Reason::CertificateExpired { .. })
                || fault.message.contains("expired") =>
        {
            Symptom::Certificate { ends }
        }
        (FaultKind::NothingListed, _) if state.listed > 0 => Symptom::Redesigned {
            before: state.listed,
            now: 0,
        },
        _ => Symptom::Failing {
            fault: fault.clone(),
            tries,
        },
    }
}

/// Whether it is told of visits that fail.
fn is_failure(symptom: &Symptom) -> bool {
    matches!(
        symptom,
        Symptom::Failing { .. }
            | Symptom::ErrorPage { .. }
            | Symptom::Parked { .. }
            | Symptom::BotWall { .. }
            | Symptom::CookieWall { .. }
    )
}
