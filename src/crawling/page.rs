//! Completing an item from its page, where the feed gave only a summary.

use jiff::{SignedDuration, Timestamp};

use crate::domain::{Fault, FaultKind};
use crate::reading::article;
use crate::reading::charset::{self, Markup};
use crate::store::{PageJob, PageOutcome, StoreError};
use crate::understanding::{identity, understand};

use super::complete::complete;
use super::fetch::{Fetched, Request};
use super::shared::Shared;

/// Attempts before the summary is left as it is.
const TRIES: u32 = 5;
/// Wait after the first failed attempt; four times longer after each further one.
const FIRST_WAIT: i64 = 600;

/// Fetches a page and records what came of it.
pub(super) async fn fetch(shared: &Shared, job: &PageJob) -> Result<(), StoreError> {
    let fetched = shared.fetcher.fetch(&Request::page(job.url.clone())).await;
    let now = shared.clock.now();
    let outcome = match fetched {
        Ok(fetched) => read(shared, job, fetched, now).await,
        Err(fault) => put_off(job, fault, now),
    };
    shared.record_page(job, outcome, now).await.map(|_| ())
}

async fn read(shared: &Shared, job: &PageJob, fetched: Fetched, now: Timestamp) -> PageOutcome {
    let job = job.clone();
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
            let keys = identity::keys(
                &job.draft,
                job.source.url.as_ref(),
                &identity::Shared::default(),
            );
            let content_hash = identity::content_hash(&job.draft);
            let mut draft = job.draft.clone();
            complete(&mut draft, article);
            let whole = understand(draft, &job.source, &thesaurus, keys, content_hash, now);
            PageOutcome::Read(Box::new(whole))
        })
        .await
}

fn put_off(job: &PageJob, fault: Fault, now: Timestamp) -> PageOutcome {
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
