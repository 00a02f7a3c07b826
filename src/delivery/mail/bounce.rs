//! What comes back: a mail server accepted a mail, and later says that it could not be delivered (RFC 3464).

/// A mail that came back for good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounce {
    /// The token of the subscription that it was for.
    pub token: String,
}

/// Reads a delivery report. `None` for what is none, for one that only tells of a delay, and for one of a mail that is not ours.
/// Which subscription it is about is known by the link for unsubscribing that the returned headers hold: whoever can show
/// that link could as well follow it, so a report proves enough to be believed.
#[must_use]
pub fn bounce(message: &[u8]) -> Option<Bounce> {
    let text = String::from_utf8_lossy(message);
    // Lines that were folded in the returned headers, or wrapped as quoted-printable.
    let text = text
        .replace("\r\n", "\n")
        .replace("=\n", "")
        .replace("\n ", "")
        .replace("\n\t", "");
    let mut failed = false;
    let mut permanent = false;
    for line in text.lines() {
        let Some((name, value)) = line.split_once(':') else {
            continue;
        };
        let value = value.trim();
        if name.eq_ignore_ascii_case("action") {
            failed |= value.eq_ignore_ascii_case("failed");
        } else if name.eq_ignore_ascii_case("status") {
            permanent |= value.starts_with("5.");
        }
    }
    if !(failed && permanent) {
        return None;
    }
    let (_, after) = text.split_once("/mail/unsubscribe/")?;
    let token: String = after
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        .take(64)
        .collect();
    (!token.is_empty()).then_some(Bounce { token })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn report(action: &str, status: &str, link: &str) -> String {
        format!(
            "From: MAILER-DAEMON@example.org\r\nSubject: Undelivered Mail\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n\
             --b\r\nContent-Type: text/plain\r\n\r\nI'm sorry.\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n\
             Reporting-MTA: dns; mx.example.org\r\n\r\nFinal-Recipient: rfc822; ana@example.org\r\nAction: {action}\r\nStatus: {status}\r\n\r\n\
             --b\r\nContent-Type: text/rfc822-headers\r\n\r\nFrom: news@example.org\r\nList-Unsubscribe:\r\n <https://news.example.org/{link}>\r\n\r\n--b--\r\n"
        )
    }

    #[test]
    fn what_came_back_for_good_names_its_subscription() {
        let token = "AbC-d_9";
        let whole = report("failed", "5.1.1", &format!("mail/unsubscribe/{token}"));
        assert_eq!(bounce(whole.as_bytes()).unwrap().token, token);
        let wrapped = whole.replace("AbC-d_9", "AbC=\r\n-d_9");
        assert_eq!(bounce(wrapped.as_bytes()).unwrap().token, token);
        for other in [
            report("delayed", "4.4.1", &format!("mail/unsubscribe/{token}")),
            report("failed", "4.4.7", &format!("mail/unsubscribe/{token}")),
            report("failed", "5.1.1", "other"),
            "Action: failed\nStatus: 5.0.0\n".into(),
        ] {
            assert_eq!(bounce(other.as_bytes()), None, "{other}");
        }
    }

    proptest! {
        #[test]
        fn no_message_is_too_odd(message: Vec<u8>) {
            let _ = bounce(&message);
        }
    }
}
