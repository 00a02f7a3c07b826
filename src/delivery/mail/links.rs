//! Where the links in mails lead.

use url::Url;

use crate::delivery::entry::under;

/// The page on which a wish is confirmed.
#[must_use]
pub fn confirm_url(public: &Url, token: &str) -> String {
    under(public, &format!("mail/confirm/{token}"))
}

/// The page of all that an address is subscribed to.
#[must_use]
pub fn manage_url(public: &Url, token: &str) -> String {
    under(public, &format!("mail/{token}"))
}

/// Where a subscription ends: for people a page, for mail programs a POST (RFC 8058).
#[must_use]
pub fn unsubscribe_url(public: &Url, token: &str) -> String {
    under(public, &format!("mail/unsubscribe/{token}"))
}
