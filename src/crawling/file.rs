//! Reading the files that go with items, and items that are files themselves.

use jiff::Timestamp;

use crate::domain::Fault;
use crate::domain::{FaultKind, FileState};
use crate::reading::document::{Document, Form};
use crate::store::{FileOf, PageJob, PageOutcome, ReadFile};
use crate::understanding::{deadline, language};

use super::fetch::{Fetched, Request};
use super::page::put_off;
use super::shared::Shared;

/// Longest text kept of a file, in bytes: some hundred pages. Whoever needs more has the file.
const MAX_TEXT: usize = 256 << 10;

/// Fetches and reads a file.
pub(super) async fn read(
    shared: &Shared,
    job: &PageJob,
    file: &FileOf,
) -> (PageOutcome, Timestamp) {
    let fetched = shared.fetcher.fetch(&Request::page(job.url.clone())).await;
    let now = shared.clock.now();
    let outcome = match fetched {
        Ok(fetched) => match document(shared, &fetched).await {
            Ok(document) => PageOutcome::File(Box::new(understood(document, job, file))),
            Err(fault) => later_or_never(job, fault, now),
        },
        Err(fault) => put_off(job, fault, now),
    };
    (outcome, now)
}

/// Whether what came is a document and no page: its first bytes tell, else what the server says of it.
pub(super) fn is_document(fetched: &Fetched) -> bool {
    Form::of(&fetched.body).is_some()
        || fetched
            .content_type
            .as_deref()
            .and_then(Form::of_type)
            .is_some()
}

/// Reads a document in a child process, no more of them at once than there are processors.
pub(super) async fn document(shared: &Shared, fetched: &Fetched) -> Result<Document, Trouble> {
    let Some(documents) = &shared.documents else {
        return Err(Trouble::Lasting(Fault::new(
            FaultKind::Unreadable,
            format!("{}: documents are not read here", fetched.url),
        )));
    };
    // The semaphore is never closed.
    let _permit = shared.processors.permit().await;
    documents.read(&fetched.body).await.map_err(|fault| {
        let told = Fault::new(FaultKind::Unreadable, format!("{} {fault}", fetched.url));
        if fault.passes() {
            Trouble::Passing(told)
        } else {
            Trouble::Lasting(told)
        }
    })
}

/// Why a document was not read, and whether another attempt may go better.
pub(super) enum Trouble {
    Passing(Fault),
    Lasting(Fault),
}

pub(super) fn later_or_never(job: &PageJob, trouble: Trouble, now: Timestamp) -> PageOutcome {
    match trouble {
        Trouble::Passing(fault) => put_off(job, fault, now),
        Trouble::Lasting(fault) => PageOutcome::Never(fault),
    }
}

fn understood(document: Document, job: &PageJob, file: &FileOf) -> ReadFile {
    if document.scanned {
        return ReadFile {
            pages: document.pages,
            ..ReadFile::silent(FileState::Scanned)
        };
    }
    if document.text.is_empty() {
        return ReadFile::silent(FileState::Unreadable);
    }
    let title = document.title.unwrap_or_default();
    let mut text = document.text;
    let lang = language::detect(
        &language::sample(&title, &text),
        &job.source.languages,
        file.lang,
    )
    .map(|found| found.lang);
    let zone = job.source.country.time_zone();
    let deadline = deadline::find(&file.title, &text, file.at, &zone);
    if text.len() > MAX_TEXT {
        text.truncate(text.floor_char_boundary(MAX_TEXT));
    }
    ReadFile {
        state: FileState::Read,
        title: Some(title).filter(|title| !title.is_empty()),
        pages: document.pages,
        lang,
        text,
        deadline,
    }
}
