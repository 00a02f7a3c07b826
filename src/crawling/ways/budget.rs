//! How many questions a comparison of the ways may put to a site.

use crate::crawling::fetch::{Accept, Fetched, Fetcher, Request};
use crate::domain::{Fault, FaultKind, Reason, Remark};

use url::Url;

/// Most requests of one comparison, robots.txt and redirects not counted.
const REQUESTS: usize = 14;

/// A fetcher with a limit.
pub(super) struct Budget<'a> {
    fetcher: &'a Fetcher,
    left: usize,
    /// Why no more questions are put: the server is in trouble, not the address.
    pub(super) busy: Option<Fault>,
}

impl<'a> Budget<'a> {
    pub(super) fn new(fetcher: &'a Fetcher) -> Self {
        Self {
            fetcher,
            left: REQUESTS,
            busy: None,
        }
    }

    /// Fetches, as long as there is something left to spend; the remark says why not.
    pub(super) async fn fetch(&mut self, url: &Url, accept: Accept) -> Result<Fetched, Remark> {
        if let Some(fault) = &self.busy {
            let why = Reason::clone(&fault.reason);
            return Err(Remark::NotAsked { why });
        }
        if self.left == 0 {
            return Err(Remark::EnoughAsked);
        }
        self.left -= 1;
        let request = Request {
            url: url.clone(),
            validators: None,
            accept,
        };
        self.fetcher.fetch(&request).await.map_err(|fault| {
            let why = Reason::clone(&fault.reason);
            if matches!(
                fault.kind,
                FaultKind::Busy
                    | FaultKind::Dns
                    | FaultKind::Connect
                    | FaultKind::Tls
                    | FaultKind::Timeout
            ) {
                // More questions would not help, and could harm.
                self.busy = Some(fault);
            }
            Remark::Failed { why }
        })
    }
}
