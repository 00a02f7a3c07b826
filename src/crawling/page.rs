//! Completing an item from its page, where the feed gave only a summary.

use jiff::{SignedDuration, Timestamp};

use crate::domain::{Attachment, Draft, Fault, FaultKind, Understood};
use crate::reading::article;
use crate::reading::charset::{self, Markup};
use crate::reading::document::Form;
use crate::store::{PageJob, PageOutcome, StoreError, Wanted};
use crate::understanding::topics::Thesaurus;
use crate::understanding::{identity, understand};

use super::complete::complete;
use super::fetch::{Fetched, Request};
use super::file::{self, Trouble};
use super::shared::Shared;

/// Attempts before the summary is left as it is.
const TRIES: u32 = 5;
/// Wait after the first failed attempt; four times longer after each further one.
const FIRST_WAIT: i64 = 600;

/// Fetches a page or a file and records what came of it.
pub(super) async fn fetch(shared: &Shared, job: &PageJob) -> Result<(), StoreError> {
    let (outcome, now) = match &job.wanted {
        Wanted::Page(draft) => page(shared, job, draft).await,
        Wanted::File(file) => file::read(shared, job, file).await,
    };
    shared.record_page(job, outcome, now).await.map(|_| ())
}

async fn page(shared: &Shared, job: &PageJob, draft: &Draft) -> (PageOutcome, Timestamp) {
    let fetched = shared.fetcher.fetch(&Request::page(job.url.clone())).await;
    let now = shared.clock.now();
    let outcome = match fetched {
        Ok(fetched) if file::is_document(&fetched) => {
            read_document(shared, job, draft, fetched, now).await
        }
        Ok(fetched) => read(shared, job, draft, fetched, now).await,
        Err(fault) => put_off(job, fault, now),
    };
    (outcome, now)
}

/// The item is a file: its text is the document's. A file that says nothing goes with the item, so that it can be told why.
async fn read_document(
    shared: &Shared,
    job: &PageJob,
    draft: &Draft,
    fetched: Fetched,
    now: Timestamp,
) -> PageOutcome {
    let zone = job.source.country.time_zone();
    let given = draft.clone();
    let mut draft = draft.clone();
    match file::document(shared, &fetched).await {
        Err(Trouble::Passing(fault)) => return put_off(job, fault, now),
        Ok(document) if !document.scanned && !document.text.is_empty() => {
            complete(&mut draft, document.into_article(now, &zone));
        }
        Ok(_) | Err(Trouble::Lasting(_)) => {
            draft.partial = false;
            if draft.attachments.iter().all(|known| known.url != job.url) {
                let r#type = fetched
                    .content_type
                    .filter(|of| Form::of_type(of).is_some());
                draft.attachments.push(Attachment {
                    url: job.url.clone(),
                    r#type: r#type.or_else(|| {
                        Form::of(&fetched.body).map(|form| form.media_type().to_owned())
                    }),
                    title: None,
                });
            }
        }
    }
    let (job, thesaurus) = (job.clone(), shared.thesaurus.clone());
    shared
        .compute(move || PageOutcome::Read(Box::new(whole(draft, &given, &job, &thesaurus, now))))
        .await
}

async fn read(
    shared: &Shared,
    job: &PageJob,
    draft: &Draft,
    fetched: Fetched,
    now: Timestamp,
) -> PageOutcome {
    let (job, given) = (job.clone(), draft.clone());
    let thesaurus = shared.thesaurus.clone();
    shared
        .compute(move || {
            let never = |message: &str| {
                PageOutcome::Never(Fault::new(
                    FaultKind::Unreadable,
                    format!("{}: {message}", fetched.url),
                ))
            };
            let kind = fetched
                .content_type
                .as_deref()
                .unwrap_or("text/html")
                .to_ascii_lowercase();
            if !kind.contains("html") && !kind.contains("text/plain") {
                return never("no page but a file");
            }
            let html = charset::decode_from(
                &fetched.body,
                fetched.content_type.as_deref(),
                Markup::Html,
                Some(&fetched.url),
            )
            .text;
            let zone = job.source.country.time_zone();
            let Some(article) = article::extract(&html, &fetched.url, now, &zone) else {
                return never("no article was found in the page");
            };
            let mut draft = given.clone();
            complete(&mut draft, article);
            PageOutcome::Read(Box::new(whole(draft, &given, &job, &thesaurus, now)))
        })
        .await
}

/// The completed item, known by what the feed said of it.
fn whole(
    draft: Draft,
    given: &Draft,
    job: &PageJob,
    thesaurus: &Thesaurus,
    now: Timestamp,
) -> Understood {
    let keys = identity::keys(given, job.source.url.as_ref(), &identity::Shared::default());
    let content_hash = identity::content_hash(given);
    understand(draft, &job.source, thesaurus, keys, content_hash, now)
}

pub(super) fn put_off(job: &PageJob, fault: Fault, now: Timestamp) -> PageOutcome {
    let hopeless = matches!(
        fault.kind,
        FaultKind::Robots | FaultKind::Forbidden | FaultKind::Gone | FaultKind::TooLarge
    );
    if hopeless || job.tries + 1 >= TRIES {
        return PageOutcome::Never(fault);
    }
    let wait = FIRST_WAIT * 4_i64.pow(job.tries);
    let wish = fault
        .retry_after
        .and_then(|seconds| i64::try_from(seconds).ok())
        .unwrap_or(0);
    let at = now
        .saturating_add(SignedDuration::from_secs(wait.max(wish)))
        .unwrap_or(Timestamp::MAX);
    PageOutcome::Later(at, fault)
}
