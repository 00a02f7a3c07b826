//! Takes mails from the outbox, one after the other, and sees to it that each arrives once.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use lettre::address::Envelope;
use tokio::sync::watch;
use url::Url;

use super::message::{About, Sheet, host, message};
use super::sign_in;
use super::smtp::{Order, Postman, Taken};
use super::subscribing::search_spec;
use crate::clock::SharedClock;
use crate::config::{Config, Mail};
use crate::delivery::watch::Telling;
use crate::domain::Reason;
use crate::store::{Channel, Fate, MailJob, Parcel, Standing, Store, StoreError, Took, blocking};

/// Mails that are looked at together.
const BATCH: usize = 20;
/// For how long a mail is tried (RFC 5321, 4.5.4.1 asks for four to five days).
const GIVE_UP: SignedDuration = SignedDuration::from_hours(5 * 24);
/// Longest time between two looks, in case something was not told.
const LOOK: SignedDuration = SignedDuration::from_mins(1);
/// How long a server is left alone that cannot be talked to: at first, and at most.
const PAUSE: (SignedDuration, SignedDuration) =
    (SignedDuration::from_secs(10), SignedDuration::from_mins(10));

/// Sends mails, for ever, until `stop` becomes true. Does nothing while no server is configured.
pub async fn send_mails(
    store: Store,
    clock: SharedClock,
    mut config: watch::Receiver<Arc<Config>>,
    public: Url,
    mut stop: watch::Receiver<bool>,
) {
    let mut posted = store.posted();
    let mut postman: Option<(Mail, Postman)> = None;
    let mut failures = 0_u32;
    while !*stop.borrow() {
        let now = clock.now();
        let current = config.borrow_and_update().clone();
        posted.borrow_and_update();
        let mut wake = now.saturating_add(LOOK).unwrap_or(now);
        match round(&store, &clock, &current, &public, &mut postman, &stop).await {
            Ok(Round::Reached) => failures = 0,
            Ok(Round::Unreachable(why)) => {
                let pause = PAUSE.0.saturating_mul(1 << failures.min(10)).min(PAUSE.1);
                failures += 1;
                tracing::error!(%why, "no mail can be sent; trying again in {} s", pause.as_secs());
                wake = now.saturating_add(pause).unwrap_or(now);
                // Neither new mails nor an early look change that; another configuration may.
                tokio::select! {
                    () = clock.sleep_until(wake) => {}
                    _ = config.changed() => {}
                    _ = stop.changed() => {}
                }
                continue;
            }
            Err(error) => tracing::error!(%error, "mails are put off"),
        }
        let next = {
            let store = store.clone();
            blocking(move || store.next_post(Channel::Mail)).await
        };
        if let Ok(Some(next)) = next
            && current.settings.mail.is_some()
        {
            wake = wake.min(next);
        }
        tokio::select! {
            () = clock.sleep_until(wake) => {}
            _ = posted.changed() => {}
            _ = config.changed() => {}
            _ = stop.changed() => {}
        }
    }
}

enum Round {
    Reached,
    Unreachable(String),
}

/// Sends all that is due.
async fn round(
    store: &Store,
    clock: &SharedClock,
    config: &Arc<Config>,
    public: &Url,
    postman: &mut Option<(Mail, Postman)>,
    stop: &watch::Receiver<bool>,
) -> Result<Round, StoreError> {
    let Some(mail) = &config.settings.mail else {
        *postman = None;
        return Ok(Round::Reached);
    };
    loop {
        let now = clock.now();
        let due = {
            let store = store.clone();
            blocking(move || store.outbox(Channel::Mail, now, BATCH)).await?
        };
        if due.is_empty() {
            return Ok(Round::Reached);
        }
        for parcel in due {
            if *stop.borrow() {
                return Ok(Round::Reached);
            }
            let written = if let Some(MailJob::SignIn { staff, lang }) = parcel.read() {
                let whom = (staff, lang);
                let made = sign_in::write(store, config, public, &parcel, whom, now).await?;
                made.map(|message| {
                    (
                        MailJob::SignIn { staff, lang },
                        order(mail, &parcel, &message),
                    )
                })
            } else {
                let (store, config, public, parcel) = (
                    store.clone(),
                    config.clone(),
                    public.clone(),
                    parcel.clone(),
                );
                blocking(move || write(&store, &config, &public, &parcel)).await?
            };
            let (job, order) = match written {
                Ok(written) => written,
                Err(why) => {
                    store
                        .settle(parcel.id, Fate::Failed(why.kept()), clock.now())
                        .await?;
                    continue;
                }
            };
            let sender = match postman {
                Some((of, sender)) if of == mail => sender,
                _ => {
                    let brink = store.brink().ok_or(StoreError::ForReading)?;
                    let sender =
                        Postman::start(mail.clone(), host(public), brink).map_err(|error| {
                            StoreError::Other(format!("no thread for mail: {error}"))
                        })?;
                    &mut postman.insert((mail.clone(), sender)).1
                }
            };
            let to = order.envelope.to().first().map(ToString::to_string);
            let taken = sender.send(order).await.hiding(to.as_deref());
            let now = clock.now();
            let address = job.subscription();
            match taken {
                Taken::Unreachable(why) => return Ok(Round::Unreachable(why.to_string())),
                Taken::Yes => {
                    store.settle(parcel.id, Fate::Sent, now).await?;
                    if let Some(address) = address {
                        store.address_took(address, Took::Taken).await?;
                    }
                }
                Taken::Later(why) => {
                    let fate = later(&parcel, why, now);
                    store.settle(parcel.id, fate, now).await?;
                }
                Taken::NoSuchAddress(why) | Taken::Refused(why) => {
                    tracing::warn!(parcel = ?parcel.id, %why, "a mail was refused for good");
                    let fate = Fate::Failed(why.kept());
                    store.settle(parcel.id, fate, now).await?;
                    if let Some(address) = address
                        && store.address_took(address, Took::Refused).await?
                    {
                        tracing::warn!(subscription = %address, "the address refuses mail again and again: it gets no more");
                    }
                }
            }
        }
    }
}

/// Again after five minutes, ten, twenty, … at most four hours: servers that put strangers off (greylisting) take them within
/// half an hour, others mend themselves within hours.
fn later(parcel: &Parcel, why: Reason, now: Timestamp) -> Fate {
    if now.duration_since(parcel.posted) > GIVE_UP {
        let why = Box::new(why);
        return Fate::Failed(Reason::GivenUpAfterDays { count: 5, why }.kept());
    }
    let pause = Duration::from_mins(5)
        .saturating_mul(1 << parcel.tries.min(10))
        .min(Duration::from_hours(4));
    let at = now.saturating_add(pause).unwrap_or(Timestamp::MAX);
    Fate::Again(at, why.kept())
}

/// A mail, and whom it is from and to on its way.
fn order(mail: &Mail, parcel: &Parcel, message: &lettre::Message) -> Order {
    // What cannot be delivered comes back to whoever the envelope is from.
    let back = mail.bounces.clone().unwrap_or(mail.from.email.clone());
    let envelope = Envelope::new(Some(back), message.envelope().to().to_vec())
        .unwrap_or_else(|_| message.envelope().clone());
    Order::new(parcel, envelope, message.formatted())
}

/// Writes a mail; the error says why it is not to be sent.
fn write(
    store: &Store,
    config: &Config,
    public: &Url,
    parcel: &Parcel,
) -> Result<Result<(MailJob, Order), Reason>, StoreError> {
    let Some(job) = parcel.read::<MailJob>() else {
        return Ok(Err(Reason::UnknownMessage));
    };
    let to = match job.subscription() {
        Some(subscription) => store.subscriber_of(subscription)?,
        None => None,
    };
    let Some(to) = to else {
        return Ok(Err(Reason::NobodySubscribed));
    };
    let Some(mail) = &config.settings.mail else {
        return Ok(Err(Reason::NoMailServer));
    };
    let wanted = match &job {
        MailJob::Confirm { .. } => to.state == Standing::Asked,
        MailJob::Already { .. } | MailJob::Edition { .. } | MailJob::Watch { .. } => {
            to.state == Standing::Active
        }
        MailJob::SignIn { .. } => false,
    };
    if !wanted {
        return Ok(Err(Reason::SubscriptionChanged));
    }
    let edition = match &job {
        MailJob::Edition { digest, end, .. } => {
            let spec = match store.search_digest(digest)? {
                Some(search) => search_spec(&search, config),
                None => config
                    .digests
                    .iter()
                    .find(|spec| spec.id == *digest)
                    .cloned(),
            };
            match (spec, store.edition(digest, *end)?) {
                (Some(spec), Some(edition)) => Some((spec, edition)),
                _ => return Ok(Err(Reason::DigestGone)),
            }
        }
        _ => None,
    };
    let told = match &job {
        MailJob::Watch { bulletin, .. } => match store.bulletin(*bulletin)?.map(|found| found.body)
        {
            Some(body) => match serde_json::from_value(body) {
                Ok(bulletin) => Some(Telling::of(&bulletin, to.lang, public)),
                Err(error) => {
                    let text = error.to_string();
                    return Ok(Err(Reason::UnknownBulletin { text }.clean()));
                }
            },
            None => return Ok(Err(Reason::WatchGone)),
        },
        _ => None,
    };
    let about = match (&job, &edition, &told) {
        (_, _, Some(told)) => About::Watch(told),
        (_, Some((spec, edition)), None) => About::Edition(spec, edition),
        (MailJob::Already { .. }, None, None) => About::Already,
        (_, None, None) => About::Confirm,
    };
    let server = &config.settings.server;
    let sheet = Sheet {
        mail,
        site: &server.title,
        contact: server.contact.as_ref(),
        public,
    };
    let written = message(sheet, &to, about, &parcel.key, parcel.posted)
        .map_err(|error| Reason::words(error.to_string()))
        .map(|message| {
            let order = order(mail, parcel, &message);
            (job, order)
        });
    Ok(written)
}
