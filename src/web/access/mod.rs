//! Who is asking: staff by a session or a token, members by a key, or anybody.

mod attempts;
mod doors;
pub mod password;

use std::sync::Arc;

use axum::extract::Request;
use axum::http::{HeaderMap, header};
use url::Url;

use super::App;
use super::context::{Ask, Context};
use super::cookie;
use super::form::{Form, PAGE_FORM, same_origin};
use super::params::Pairs;
use super::trouble::Trouble;
use crate::delivery::secrets;
use crate::domain::hex;
use crate::domain::{StaffId, StaffName, StaffRole};
use crate::store::{PassKind, StoreError, blocking};
use sha2::{Digest as _, Sha256};

pub(super) use attempts::Attempts;
pub(super) use doors::{admit, is_open};

/// The cookie of a session.
const SESSION: &str = "vesti_session";
/// The cookie of a member's key.
const MEMBER: &str = "vesti_member";
/// What tokens of programs begin with, so that people and scanners know one when they see it.
pub(super) const TOKEN: &str = "vesti_";
/// Sessions end after so many days, however much they are used.
pub(super) const SESSION_DAYS: i64 = 90;
/// A member's key is kept by the browser for a year, in seconds.
const KEY_AGE: i64 = 365 * 24 * 3600;

/// A member of staff who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Staff {
    pub(crate) id: StaffId,
    pub(crate) name: StaffName,
    /// What may be done in this request: the member's role, or less where a token gives less.
    pub(crate) role: StaffRole,
    /// Where notices and links go.
    pub(crate) mail: Option<String>,
    /// What goes with every form.
    pub(crate) csrf: String,
    /// The pass it asks with, and what kind of.
    pub(crate) pass: i64,
    pub(crate) kind: PassKind,
}

/// Who asks.
#[derive(Debug, Clone, Default)]
pub(crate) struct Visitor {
    pub(crate) staff: Option<Arc<Staff>>,
    /// A member's key that is good: links to feeds carry it.
    pub(crate) key: Option<Arc<str>>,
}

impl Visitor {
    /// Whether nobody else is to get the answer.
    pub(crate) fn is_known(&self) -> bool {
        self.staff.is_some() || self.key.is_some()
    }

    /// What an answer for everybody is told from one for this visitor by.
    pub(crate) fn mark(&self) -> String {
        let staff = self.staff.as_ref().map(|staff| staff.id.0);
        match (staff, &self.key) {
            (None, None) => String::new(),
            (staff, key) => format!(" {staff:?} {key:?}"),
        }
    }
}

/// What a request brings to be known by.
struct Brought<'a> {
    session: Option<&'a str>,
    token: Option<String>,
    key: Option<String>,
}

impl<'a> Brought<'a> {
    fn of(headers: &'a HeaderMap, pairs: &Pairs) -> Self {
        let secret = cookie::named(headers, SESSION).filter(|value| is_secret(value));
        let offered = authorization(headers);
        let (token, other) = match offered {
            Some(text) if text.starts_with(TOKEN) => (Some(text), None),
            other => (None, other),
        };
        let key = pairs
            .last("key")
            .map(str::to_owned)
            .or(other)
            .or_else(|| cookie::named(headers, MEMBER).map(str::to_owned));
        Self {
            session: secret,
            token,
            key: key.filter(|key| is_secret(key)),
        }
    }
}

/// Of the form that all of ours have: nothing else is looked for.
fn is_secret(text: &str) -> bool {
    (20..=80).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// `Authorization: Bearer SECRET`, or `Basic` with the secret as the password: readers' programs know no other way.
fn authorization(headers: &HeaderMap) -> Option<String> {
    use base64::Engine as _;
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, rest) = value.trim().split_once(' ')?;
    let rest = rest.trim();
    if scheme.eq_ignore_ascii_case("bearer") {
        return Some(rest.to_owned());
    }
    if scheme.eq_ignore_ascii_case("basic") && rest.len() <= 512 {
        let decoded = base64::engine::general_purpose::STANDARD
            .decode(rest)
            .ok()?;
        let text = String::from_utf8(decoded).ok()?;
        return Some(text.split_once(':')?.1.to_owned());
    }
    None
}

/// Finds out who asks. Whoever brings nothing costs nothing.
pub(super) async fn visitor(
    app: &App,
    headers: &HeaderMap,
    pairs: &Pairs,
) -> Result<Visitor, StoreError> {
    let brought = Brought::of(headers, pairs);
    let closed = app.config.borrow().settings.access.is_closed();
    let now = app.clock.now();
    let (kind, secret) = match (&brought.token, brought.session) {
        (Some(token), _) => (PassKind::Token, Some(token.clone())),
        (None, session) => (PassKind::Session, session.map(str::to_owned)),
    };
    let mut visitor = Visitor::default();
    if let Some(secret) = secret {
        let store = app.store.clone();
        let hash = secrets::hash(&secret);
        let found = blocking(move || store.pass(kind, &hash, now)).await?;
        if let Some((member, pass)) = found {
            app.store.saw_pass(&pass, now).await?;
            visitor.staff = Some(Arc::new(Staff {
                id: member.id,
                name: member.name,
                role: member.role.min(pass.role),
                mail: member.mail,
                csrf: form_proof(&secret),
                pass: pass.id,
                kind,
            }));
        }
    }
    if closed && let Some(key) = brought.key {
        let store = app.store.clone();
        let hash = secrets::hash(&key);
        if let Some(found) = blocking(move || store.member_key(&hash)).await? {
            app.store.saw_member_key(&found, now).await?;
            visitor.key = Some(key.into());
        }
    }
    Ok(visitor)
}

/// What goes with the forms of a session, so that no other site can send one in its name: made of the session's secret, which
/// cannot be found from it.
fn form_proof(session: &str) -> String {
    hex(&Sha256::digest(format!("vesti form {session}"))[..16])
}

impl Context {
    /// The member of staff who asks.
    pub(crate) fn staff(&self) -> Option<&Staff> {
        self.visitor.staff.as_deref()
    }

    /// Whoever asks must be of the staff, and have at least this role.
    pub(crate) fn need(&self, role: StaffRole) -> Result<&Staff, Trouble> {
        match self.staff() {
            None => Err(Trouble::SignIn),
            Some(staff) if staff.role < role => Err(Trouble::NotAllowed),
            Some(staff) => Ok(staff),
        }
    }
}

/// A form that staff sends from a page of ours.
pub(crate) async fn form(
    context: &Ask,
    request: Request,
    role: StaffRole,
) -> Result<(Staff, Form), Trouble> {
    form_of(context, request, role, PAGE_FORM).await
}

/// The same, of at most so many bytes.
pub(crate) async fn form_of(
    context: &Ask,
    request: Request,
    role: StaffRole,
    most: usize,
) -> Result<(Staff, Form), Trouble> {
    let staff = context.need(role)?.clone();
    if staff.kind != PassKind::Session || !same_origin(&context.headers, &context.base) {
        return Err(Trouble::Foreign);
    }
    let form = Form::read(request, most).await?;
    if !secrets::same(form.last("csrf").unwrap_or_default(), &staff.csrf) {
        return Err(Trouble::Foreign);
    }
    Ok((staff, form))
}

/// What a program sends to the API to change something, in JSON. It asks with a token: no browser sends one by itself, so that
/// no other site can ask in anybody's name.
pub(crate) async fn body(
    context: &Ask,
    request: Request,
    role: StaffRole,
    most: usize,
) -> Result<(Staff, axum::body::Bytes), Trouble> {
    let staff = context.need(role)?.clone();
    if staff.kind != PassKind::Token {
        return Err(Trouble::SignIn);
    }
    let bytes = axum::body::to_bytes(request.into_body(), most)
        .await
        .map_err(|_| Trouble::TooLarge)?;
    Ok((staff, bytes))
}

/// Has a browser remember a session.
pub(super) fn session_cookie(secret: &str, base: &Url) -> String {
    cookie::kept(SESSION, secret, base, SESSION_DAYS * 24 * 3600)
}

/// Has a browser forget it.
pub(super) fn no_session_cookie(base: &Url) -> String {
    cookie::kept(SESSION, "", base, 0)
}

/// Has a browser remember a member's key.
pub(super) fn member_cookie(key: &str, base: &Url) -> String {
    cookie::kept(MEMBER, key, base, KEY_AGE)
}

/// Where to go after signing in: a path of ours and nothing else.
pub(super) fn next_path(given: Option<&str>) -> Option<&str> {
    let path = given?;
    let plain = path.len() <= 2_000
        && path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && !path.chars().any(|c| c.is_control() || c.is_whitespace())
        && !path.starts_with("/login")
        && !path.starts_with("/logout");
    plain.then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_with_forms_says_nothing_of_the_session() {
        let session = secrets::invent().unwrap();
        let proof = form_proof(&session);
        assert_eq!(proof, form_proof(&session));
        assert_ne!(proof, form_proof("another"));
        assert!(!session.contains(&proof) && !proof.contains(&session));
    }

    #[test]
    fn one_is_sent_back_to_pages_of_ours_alone() {
        for good in ["/", "/monitor?x=1", "/items/1#a", "/?q=a%20b"] {
            assert_eq!(next_path(Some(good)), Some(good));
        }
        for bad in [
            "",
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "javascript:alert(1)",
            "/a\r\nSet-Cookie: x",
            "/login?next=/",
        ] {
            assert_eq!(next_path(Some(bad)), None, "{bad}");
        }
        assert_eq!(next_path(None), None);
    }

    #[test]
    fn what_programs_prove_themselves_by_is_read_in_both_ways() {
        let headers = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::AUTHORIZATION, value.parse().unwrap());
            headers
        };
        let read = |value: &str| authorization(&headers(value));
        assert_eq!(read("Bearer vesti_abc").as_deref(), Some("vesti_abc"));
        assert_eq!(read("bearer  vesti_abc ").as_deref(), Some("vesti_abc"));
        assert_eq!(
            read("Basic cmVhZGVyOnNlY3JldA==").as_deref(),
            Some("secret")
        );
        for bad in ["Bearer", "Basic !!!", "Basic cmVhZGVy", "Digest x", ""] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
