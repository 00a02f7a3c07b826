//! Forms for services that a source named, such as a hub: sent with the guards of everything that is fetched.

use reqwest::Response;
use reqwest::header::{CONTENT_TYPE, LOCATION};
use url::{Url, form_urlencoded};

use super::super::body::{self, Cap};
use super::super::fault::{fault, from_client, millis};
use super::super::redirect::Trail;
use super::super::{Form, freshness};
use super::{Answer, Fetcher, Inner, status_fault};
use crate::domain::{Fault, FaultKind, Reason};

/// So much of an answer is read, in bytes: only its status counts.
const READ: usize = 4 * 1024;

impl Fetcher {
    /// Sends a form; well where the answer is any 2xx. robots.txt is not asked: it speaks of documents, not of services that
    /// a document offers. Redirects are followed where they keep the request as it is (307 and 308, RFC 9110, 15.4.8).
    pub async fn post(&self, form: &Form) -> Result<(), Fault> {
        let this = &*self.0;
        let mut trail = Trail::new(&form.url, this.limits.redirects);
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(&form.fields)
            .finish();
        loop {
            let url = trail.current().clone();
            this.guard.check(&url)?;
            let mut turn = this.hosts.enter(&url).await;
            turn.wait(std::time::Duration::ZERO).await;
            let answer = this.send(&url, &body).await;
            drop(turn);
            let answer = answer?;
            if matches!(answer.status.as_u16(), 307 | 308) {
                trail.follow(answer.status, answer.headers.get(LOCATION))?;
                continue;
            }
            if answer.status.is_success() {
                return Ok(());
            }
            let now = this.clock.now();
            let mut fault = status_fault(&answer, &url, now);
            fault.retry_after = freshness::retry_after(&answer.headers, now);
            return Err(fault);
        }
    }
}

impl Inner {
    async fn send(&self, url: &Url, form: &str) -> Result<Answer, Fault> {
        let host = url.host_str().unwrap_or_default();
        let request = self
            .http
            .post(url.clone())
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(form.to_owned());
        let response: Response = tokio::time::timeout(self.limits.first_byte, request.send())
            .await
            .map_err(|_| {
                let (host, millis) = (host.to_owned(), millis(self.limits.first_byte));
                fault(FaultKind::Timeout, Reason::NoAnswer { host, millis })
            })?
            .map_err(|error| from_client(&error, host, self.limits.connect, false))?;
        let (status, headers) = (response.status(), response.headers().clone());
        let cap = Cap {
            bytes: READ,
            cut: true,
        };
        // To the end where that is near, so that the connection can be used again; what it says does not count.
        let rest = body::read(response, cap, self.limits.idle, host);
        let _ = tokio::time::timeout(self.limits.idle, rest).await;
        Ok(Answer {
            status,
            headers,
            body: Vec::new(),
        })
    }
}
