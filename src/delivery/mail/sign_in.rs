//! The mail with which a member of staff signs in once.

use jiff::{SignedDuration, Timestamp};
use lettre::Message;

use super::message::{Sheet, Written, letter, name, post};
use super::words::{Words, fill};
use crate::config::Config;
use crate::delivery::secrets;
use crate::domain::{Language, Reason, StaffId};
use crate::store::{Parcel, Store, StoreError, blocking};
use url::Url;

/// How long its link is good, from when it was asked for.
const GOOD: SignedDuration = SignedDuration::from_mins(30);

/// Writes it, and makes its link good; the error says why it is not to be sent.
pub(super) async fn write(
    store: &Store,
    config: &Config,
    public: &Url,
    parcel: &Parcel,
    (staff, lang): (i64, Language),
    now: Timestamp,
) -> Result<Result<Message, Reason>, StoreError> {
    let no = |why: &str| Ok(Err(Reason::words(why)));
    let ends = parcel.posted.saturating_add(GOOD).unwrap_or(now);
    if ends <= now {
        return no("asked for too long ago");
    }
    let id = StaffId(staff);
    let member = {
        let store = store.clone();
        blocking(move || store.staff_member(id)).await?
    };
    let Some((member, address)) = member.and_then(|member| {
        let address = member.mail.clone()?;
        Some((member, address))
    }) else {
        return no("nobody of the staff has that number and an address");
    };
    let Some(mail) = &config.settings.mail else {
        return no("no mail server is configured");
    };
    let secret = secrets::invite(store, member.id, Some(ends), None, now).await?;
    let server = &config.settings.server;
    let sheet = Sheet {
        mail,
        site: &server.title,
        contact: server.contact.as_ref(),
        public,
    };
    let words = Words::of(lang);
    let who = member.name.as_str();
    let url = format!("{}/login/{secret}", public.as_str().trim_end_matches('/'));
    let (subject, text, main) = letter(
        sheet,
        &fill(words.sign_in_subject, who, sheet.site),
        &fill(words.sign_in_lead, who, sheet.site),
        (words.sign_in_do, &url),
        Some(words.sign_in_else),
    );
    let written = Written {
        subject,
        text,
        main,
        // Each attempt has a link of its own, so each is another mail.
        name: name(&secret, &parcel.key),
        posted: parcel.posted,
    };
    Ok(
        post(sheet, &address, lang, None, written)
            .map_err(|error| Reason::words(error.to_string())),
    )
}
