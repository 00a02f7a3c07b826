//! What can go wrong with a request, told to programs as a problem document (RFC 9457) and to people as a page.

use axum::http::{StatusCode, header};
use serde::Serialize;
use utoipa::ToSchema;

use super::context::Context;
use super::params::BadParameter;
use super::reply::{Keep, Reply};
use crate::search::SearchError;
use crate::store::StoreError;

/// Why a request gets no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// A parameter cannot be understood.
    Bad(BadParameter),
    /// No such page or thing.
    NotFound,
    /// The path exists, but not for this method.
    Method,
    /// Too many requests at the same time, or this one took too long.
    Busy,
    /// Ours. The text is for the log only.
    Internal(String),
}

impl From<BadParameter> for Trouble {
    fn from(bad: BadParameter) -> Self {
        Self::Bad(bad)
    }
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        Self::Internal(error.to_string())
    }
}

impl From<SearchError> for Trouble {
    fn from(error: SearchError) -> Self {
        match error {
            SearchError::Cursor => Self::Bad(BadParameter {
                parameter: "cursor".into(),
                value: Some(String::new()),
            }),
            other => Self::Internal(other.to_string()),
        }
    }
}

impl From<serde_json::Error> for Trouble {
    fn from(error: serde_json::Error) -> Self {
        Self::Internal(error.to_string())
    }
}

impl From<askama::Error> for Trouble {
    fn from(error: askama::Error) -> Self {
        Self::Internal(error.to_string())
    }
}

/// A problem document (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// Names the kind of problem; `about:blank` where the status says it all.
    #[schema(example = "about:blank", format = "uri-reference")]
    r#type: String,
    /// The kind of problem in words.
    #[schema(example = "Bad parameter")]
    title: String,
    /// The HTTP status again.
    #[schema(example = 400)]
    status: u16,
    /// What happened and what to do next, in the language of `ui`.
    #[schema(
        example = "from: “nonsense” is neither a date such as 2026-11-21 nor a span such as 7d, 2w, 3m or 1y."
    )]
    detail: String,
    /// The parameter at fault, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "from")]
    parameter: Option<String>,
}

impl Trouble {
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::Bad(_) => StatusCode::BAD_REQUEST,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The heading and the sentence for the reader.
    pub(crate) fn words(&self, context: &Context) -> (String, String) {
        let ui = context.ui;
        match self {
            Self::Bad(bad) => (ui.t("error-bad-title"), bad.sentence(ui)),
            Self::NotFound => (ui.t("error-not-found-title"), ui.t("error-not-found")),
            Self::Method => (ui.t("error-method-title"), ui.t("error-method")),
            Self::Busy => (ui.t("error-busy-title"), ui.t("error-busy")),
            Self::Internal(_) => (ui.t("error-internal-title"), ui.t("error-internal")),
        }
    }

    /// As a problem document.
    pub(crate) fn problem(&self, context: &Context) -> Reply {
        let (title, detail) = self.words(context);
        let (kind, parameter) = match self {
            Self::Bad(bad) => (
                context.absolute("/api#bad-parameter"),
                Some(bad.parameter.clone()),
            ),
            _ => ("about:blank".to_owned(), None),
        };
        let problem = Problem {
            r#type: kind,
            title,
            status: self.status().as_u16(),
            detail,
            parameter,
        };
        let body = serde_json::to_vec(&problem).unwrap_or_default();
        self.dress(Reply::new("application/problem+json", body))
    }

    /// Status, caching and what else goes with any form of it.
    pub(crate) fn dress(&self, reply: Reply) -> Reply {
        let reply = reply.status(self.status()).keep(Keep::Never);
        match self {
            Self::Busy => reply.header(header::RETRY_AFTER, "5"),
            _ => reply,
        }
    }
}
