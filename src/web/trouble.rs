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
    /// A cursor that leads nowhere in what is asked for: of another search, or after what is gone.
    Astray(BadParameter),
    /// No such page or thing.
    NotFound,
    /// The path exists, but not for this method.
    Method,
    /// The address is longer than any sensible one.
    TooLong,
    /// What was sent is larger than any sensible form, or broke off.
    TooLarge,
    /// A form that no page of ours sent.
    Foreign,
    /// It is for those who have signed in.
    SignIn,
    /// Whoever signed in may not do that.
    NotAllowed,
    /// It cannot be done to what is there. The text says why, in the reader's language.
    Impossible(String),
    /// The client asked too much lately; so many seconds until it may again.
    TooMany(u64),
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
    /// Names the kind of problem: an address at which it is explained.
    #[schema(example = "https://vesti.example/api#bad-parameter", format = "uri")]
    r#type: String,
    /// The kind of problem in words.
    #[schema(example = "A value cannot be understood")]
    title: String,
    /// The HTTP status again.
    #[schema(example = 400, minimum = 400, maximum = 599)]
    status: u16,
    /// What happened and what to do next, in the language of `ui`.
    #[schema(
        example = "“nonsense” is neither a date such as 2026-11-21 nor a span such as 7d, 2w, 3m or 1y."
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
            Self::Astray(_) | Self::Impossible(_) => StatusCode::CONFLICT,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooLong => StatusCode::URI_TOO_LONG,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Foreign | Self::NotAllowed => StatusCode::FORBIDDEN,
            Self::SignIn => StatusCode::UNAUTHORIZED,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Where the page about the API explains it.
    pub(crate) fn anchor(&self) -> &'static str {
        match self {
            Self::Bad(_) => "bad-parameter",
            Self::Astray(_) => "cursor-astray",
            Self::NotFound => "not-found",
            Self::Method => "method-not-allowed",
            Self::TooLong => "address-too-long",
            Self::TooLarge => "form-too-large",
            Self::Foreign => "foreign-form",
            Self::Impossible(_) => "impossible",
            Self::SignIn => "sign-in-needed",
            Self::NotAllowed => "not-allowed",
            Self::TooMany(_) => "too-many-requests",
            Self::Busy => "busy",
            Self::Internal(_) => "internal-error",
        }
    }

    /// The heading and the sentence for the reader.
    pub(crate) fn words(&self, context: &Context) -> (String, String) {
        let ui = context.ui;
        match self {
            Self::Bad(bad) => (ui.t("error-bad-title"), bad.sentence(ui)),
            Self::Astray(_) => (ui.t("error-cursor-title"), ui.t("error-cursor")),
            Self::NotFound => (ui.t("error-not-found-title"), ui.t("error-not-found")),
            Self::Method => (ui.t("error-method-title"), ui.t("error-method")),
            Self::TooLong => (ui.t("error-too-long-title"), ui.t("error-too-long")),
            Self::TooLarge => (ui.t("error-too-large-title"), ui.t("error-too-large")),
            Self::Foreign => (ui.t("error-foreign-title"), ui.t("error-foreign")),
            Self::Impossible(why) => (ui.t("error-impossible-title"), why.clone()),
            Self::SignIn => (ui.t("error-sign-in-title"), ui.t("error-sign-in")),
            Self::NotAllowed => (ui.t("error-not-allowed-title"), ui.t("error-not-allowed")),
            Self::TooMany(wait) => (ui.t("error-too-many-title"), ui.tn("error-too-many", *wait)),
            Self::Busy => (ui.t("error-busy-title"), ui.t("error-busy")),
            Self::Internal(_) => (ui.t("error-internal-title"), ui.t("error-internal")),
        }
    }

    /// As a problem document.
    pub(crate) fn document(&self, context: &Context) -> Problem {
        let (title, detail) = self.words(context);
        let parameter = match self {
            Self::Bad(bad) | Self::Astray(bad) => Some(bad.parameter.clone()),
            _ => None,
        };
        Problem {
            r#type: context.absolute(&format!("/api#{}", self.anchor())),
            title,
            status: self.status().as_u16(),
            detail,
            parameter,
        }
    }

    /// Its answer to a program.
    pub(crate) fn problem(&self, context: &Context) -> Reply {
        let body = serde_json::to_vec(&self.document(context)).unwrap_or_default();
        self.dress(Reply::new("application/problem+json", body))
    }

    /// Its answer to a program that looks at the status alone.
    pub(crate) fn line(&self, context: &Context) -> Reply {
        let (title, _) = self.words(context);
        self.dress(Reply::new("text/plain; charset=utf-8", title + "\n"))
    }

    /// Status, caching and what else goes with any form of it.
    pub(crate) fn dress(&self, reply: Reply) -> Reply {
        let reply = reply.status(self.status()).keep(Keep::Never);
        match self {
            Self::Busy => reply.header(header::RETRY_AFTER, "5"),
            Self::SignIn => reply.header(header::WWW_AUTHENTICATE, "Bearer, Basic realm=\"vesti\""),
            Self::TooMany(wait) => reply.header(header::RETRY_AFTER, &wait.to_string()),
            _ => reply,
        }
    }
}
