//! What is sent to a service that somebody named, such as a webhook: with the guards of everything that is fetched.

use std::time::Duration;

use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue};

use super::super::body::{self, Cap};
use super::super::fault::{fault, from_client, millis};
use super::super::{Delivery, freshness};
use super::{Answer, Fetcher, status_fault};
use crate::domain::{Fault, FaultKind, Reason, plain};

/// So much of an answer is read, in bytes: its status counts, and its first words for whoever looks why it was refused.
const READ: usize = 2 * 1024;
/// Longest answer that is shown, in characters.
const SHOWN: usize = 120;

impl Fetcher {
    /// Sends JSON; well where the answer is any 2xx. Neither redirects are followed nor is robots.txt asked, and no pause is kept
    /// between two: whoever sends sees to it that a host gets one at a time.
    pub async fn deliver(&self, delivery: &Delivery) -> Result<(), Fault> {
        let this = &*self.0;
        this.guard.check(&delivery.url)?;
        let host = delivery.url.host_str().unwrap_or_default();
        let method = if delivery.put {
            Method::PUT
        } else {
            Method::POST
        };
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        for (name, value) in &delivery.headers {
            let mut value = HeaderValue::from_str(value)
                .map_err(|_| fault(FaultKind::Forbidden, Reason::BadHeader))?;
            value.set_sensitive(*name == "authorization");
            headers.insert(*name, value);
        }
        let request = this
            .http
            .request(method, delivery.url.clone())
            .headers(headers)
            .body(delivery.body.clone());
        let limit = this.limits.first_byte;
        let response = tokio::time::timeout(limit, request.send())
            .await
            .map_err(|_| {
                let (host, millis) = (host.to_owned(), millis(limit));
                fault(FaultKind::Timeout, Reason::NoAnswer { host, millis })
            })?
            .map_err(|error| from_client(&error, host, this.limits.connect, false))?;
        let (status, headers) = (response.status(), response.headers().clone());
        if status.is_success() {
            return Ok(());
        }
        let cap = Cap {
            bytes: READ,
            cut: true,
        };
        let idle = this.limits.idle.min(Duration::from_secs(5));
        let said = match tokio::time::timeout(idle, body::read(response, cap, idle, host)).await {
            Ok(Ok(said)) => said,
            _ => Vec::new(),
        };
        let answer = Answer {
            status,
            headers,
            body: Vec::new(),
        };
        let now = this.clock.now();
        let mut found = status_fault(&answer, &delivery.url, now);
        found.retry_after = freshness::retry_after(&answer.headers, now);
        let said = plain(String::from_utf8_lossy(&said).trim(), SHOWN);
        if !said.is_empty() && !said.starts_with('<') {
            found = found.with(|why| Reason::Answered { why, said });
        }
        Err(found)
    }
}
