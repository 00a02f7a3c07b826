//! Why something came to nothing: a word with its figures, from which every language makes its own sentence.
//!
//! Displayed in English, as logs, the terminal and programs have it; `delivery::reasons` says the same to people.

use serde::{Deserialize, Deserializer, Serialize};

use super::plain;

/// Longest English sentence, in characters.
const LONGEST: usize = 300;
/// Longest name, address or word in one, in characters.
const LONGEST_PART: usize = 160;

/// Why a visit, a look or a delivery came to nothing. What is called `host` or `url` is what was asked; `said`, `shown` and `text`
/// are words of others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
#[allow(missing_docs, reason = "each is said in its own English sentence")]
pub enum Reason {
    /// A sentence without a word of its own: of an older version, or of a part of vesti that only the log hears.
    #[error("{text}")]
    Words { text: String },

    #[error("the name {host} is not found: it is misspelt or expired, or there is no network here")]
    NoSuchName { host: String },
    #[error(
        "the name {host} cannot be looked up: there is no network here, or its name server does not answer"
    )]
    NameServerSilent { host: String },
    #[error(
        "{host} leads to {address}, an address that is not on the public internet; crawler.allow_networks can allow it"
    )]
    LeadsInside { host: String, address: String },
    #[error(
        "the address {address} is not on the public internet; crawler.allow_networks can allow it"
    )]
    AddressInside { address: String },
    #[error("only http and https addresses are fetched, not “{scheme}:”")]
    OtherScheme { scheme: String },
    #[error("the address is longer than {most} characters")]
    LongAddress { most: u64 },
    #[error("port {port} belongs to a service other than the web")]
    OtherPort { port: u16 },
    #[error("the address names no host")]
    NoHost,

    #[error("no connection to {host} within {}", span(*millis))]
    NoConnectionInTime { host: String, millis: u64 },
    #[error("no connection to {host}")]
    NoConnection { host: String },
    #[error("{host} refuses connections")]
    RefusesConnections { host: String },
    #[error("{host} broke the connection off")]
    ConnectionBroken { host: String },
    #[error("{host} closed the connection without an answer")]
    ClosedSilently { host: String },
    #[error("{host} closed the connection without a whole answer")]
    ClosedHalfway { host: String },
    #[error("{host} cannot be reached from here")]
    OutOfReach { host: String },
    #[error("the connection to {host} failed before it answered")]
    ConnectionFailed { host: String },
    #[error("{host} answers with something that is not proper HTTP")]
    NoHttp { host: String },
    #[error("{host} sends larger headers than allowed")]
    LargeHeaders { host: String },

    #[error("the certificate of {host} has expired")]
    CertificateExpired { host: String },
    #[error("the certificate of {host} is not valid yet")]
    CertificateNotYet { host: String },
    #[error("the certificate that {host} shows is for another name")]
    CertificateOfAnother { host: String },
    #[error(
        "the certificate of {host} comes from an issuer that is not trusted (or its server leaves out a part of the chain)"
    )]
    CertificateUntrusted { host: String },
    #[error("the certificate of {host} was revoked")]
    CertificateRevoked { host: String },
    #[error("the certificate of {host} is not valid")]
    CertificateBad { host: String },
    #[error("{host} does not speak TLS there; the address may have to begin with http:")]
    NoTls { host: String },
    #[error("{host} offers only TLS that is too old to be safe")]
    OldTls { host: String },
    #[error("{host} refused the TLS handshake")]
    HandshakeRefused { host: String },
    #[error("the TLS handshake with {host} failed")]
    HandshakeFailed { host: String },

    #[error("{host}: no answer within {}", span(*millis))]
    NoAnswer { host: String, millis: u64 },
    #[error("{host}: no whole answer within {}", span(*millis))]
    NoWholeAnswer { host: String, millis: u64 },
    #[error("{host} stopped sending for {}", span(*millis))]
    Stalled { host: String, millis: u64 },
    #[error("looking took longer than {}", span(*millis))]
    LookedTooLong { millis: u64 },

    #[error("{host} answers with {}", status_words(*status))]
    Status { host: String, status: u16 },
    #[error("{host} says that this is gone for good (410 Gone)")]
    GoneForGood { host: String },
    #[error("{host} says “not modified” of a document that was never fetched")]
    NeverFetched { host: String },
    #[error("{host} asks to come less often ({})", status_words(*status))]
    AsksForLess { host: String, status: u16 },
    #[error("{host} is busy and asks to come later ({})", status_words(*status))]
    Busy { host: String, status: u16 },
    #[error("{why}: {said}")]
    Answered { why: Box<Self>, said: String },

    #[error(
        "the robots.txt of {host} answers with {}, so nothing may be fetched there for now",
        status_words(*status)
    )]
    RobotsStatus { host: String, status: u16 },
    #[error("the robots.txt of {host} does not allow {agent} to fetch {path}")]
    RobotsForbids {
        host: String,
        agent: String,
        path: String,
    },
    #[error("its robots.txt cannot be read: {why}")]
    RobotsUnreadable { why: Box<Self> },

    #[error("{host} redirects more than {most} times")]
    ManyRedirects { host: String, most: u64 },
    #[error("{host} redirects ({status}) without saying where to")]
    RedirectNowhere { host: String, status: u16 },
    #[error("{host} redirects to “{said}”, which is no address")]
    RedirectToNoAddress { host: String, said: String },
    #[error("{host} redirects in a circle; it may want a cookie or a login")]
    RedirectCircle { host: String },

    #[error("the document is larger than {} (crawler.max_body)", size(*bytes))]
    TooLarge { bytes: u64 },
    #[error("the document is packed as “{said}”, which nobody asked for")]
    UnknownPacking { said: String },
    #[error("the document is compressed more than {most} times over")]
    PackedTooOften { most: u64 },
    #[error("the document cannot be decompressed: it is damaged or incomplete")]
    Damaged,
    #[error("{host} broke off in the middle of the document")]
    BrokeOff { host: String },

    #[error(
        "what it serves at {url} is no readable feed: the document is empty; a feed was expected"
    )]
    EmptyFeed { url: String },
    #[error(
        "what it serves at {url} is no readable feed: this is a web page, not a feed; look for the address of its feed"
    )]
    PageForFeed { url: String },
    #[error(
        "what it serves at {url} is no readable feed: this is {shown}, not a feed (RSS, Atom or JSON Feed)"
    )]
    NoFeed { url: String, shown: String },
    #[error(
        "what it serves at {url} is no readable feed: the feed breaks off before the end of its first entry"
    )]
    CutFeed { url: String },
    #[error("what it serves at {url} is no readable list of WordPress posts")]
    NoPosts { url: String },
    #[error("what it serves at {url} is no readable sitemap: it lists only others")]
    SitemapOfSitemaps { url: String },
    #[error("what it serves at {url}: this is no sitemap")]
    NoSitemap { url: String },
    #[error("what it serves at {url}: the sitemap is compressed and damaged")]
    DamagedSitemap { url: String },
    #[error("what it serves at {url}: the sitemap is larger than 50 MB")]
    LargeSitemap { url: String },
    #[error("the sitemap {url} names no announcements")]
    EmptySitemap { url: String },
    #[error("the page {url} lists no announcements")]
    NothingListed { url: String },
    #[error(
        "the page {url} lists no announcements ({why}, so the page was read without its selectors)"
    )]
    NothingSelected { url: String, why: Box<Self> },
    #[error("its selectors in sources.toml find nothing")]
    SelectorsFindNothing,
    #[error("the listing's selector {name} = “{said}” is no CSS selector")]
    BadSelector { name: String, said: String },
    #[error("the listing's selector {name} = “{said}” matches nothing on the page")]
    IdleSelector { name: String, said: String },
    #[error(
        "no feed was found on {url} or at the usual addresses, and it lists no announcements: give the address of its news page"
    )]
    NothingFound { url: String },
    #[error("{why}, where it listed {count} before: was the site redesigned?")]
    Emptied { why: Box<Self>, count: u64 },
    #[error("the page {url} shows an error or a notice (“{said}”)")]
    ShowsError { url: String, said: String },
    #[error("the page {url} shows that its domain is for sale or unused (“{said}”)")]
    ShowsParking { url: String, said: String },
    #[error("the page {url} shows a question whether one is a robot (“{said}”)")]
    ShowsBotWall { url: String, said: String },
    #[error("the page {url} shows a question for consent (“{said}”)")]
    ShowsCookieWall { url: String, said: String },
    #[error("it has no address in sources.toml: give it a url, or pause it")]
    NoAddress,
    #[error("it is no longer read from a feed")]
    NoLongerFeed,
    #[error("vesti stumbled over what it serves: {text}")]
    Stumbled { text: String },

    #[error("a header holds what HTTP does not allow")]
    BadHeader,
    #[error("given up after {count} attempts: {why}")]
    GivenUpAfterAttempts { count: u64, why: Box<Self> },
    #[error("given up after {} days: {why}", in_letters(*count))]
    GivenUpAfterDays { count: u64, why: Box<Self> },
    #[error("presumed")]
    Presumed,
    #[error("left after the backup")]
    LeftAfterBackup,
    #[error("no message that this version can write")]
    UnknownMessage,
    #[error("the watch is no more")]
    WatchGone,
    #[error("the watch tells no service any more")]
    NoServiceTold,
    #[error("no bulletin that this version can read: {text}")]
    UnknownBulletin { text: String },
    #[error("the bulletin is no more")]
    BulletinGone,
    #[error("the room or the access token is missing")]
    RoomMissing,
    #[error("the message is too long")]
    MessageTooLong,
    #[error("the watch's secret cannot be read")]
    SecretUnreadable,
    #[error("nobody is subscribed any more")]
    NobodySubscribed,
    #[error("no mail server is configured")]
    NoMailServer,
    #[error("the subscription is no longer what it was")]
    SubscriptionChanged,
    #[error("the digest is no more")]
    DigestGone,
    #[error("the mail server says: {said}")]
    MailServerSays { said: String },
    #[error("the connection to the mail server was lost: {said}")]
    MailConnectionLost { said: String },
    #[error("the mail server cannot send to an address with such letters")]
    LettersInAddress,
}

impl Reason {
    /// A sentence that has no word of its own.
    #[must_use]
    pub fn words(text: impl Into<String>) -> Self {
        Self::Words { text: text.into() }
    }

    /// The word that stands for it in the store and in JSON; `None` for a sentence without one.
    #[must_use]
    pub fn code(&self) -> Option<String> {
        match self {
            Self::Words { .. } => None,
            known => code(known),
        }
    }

    /// As it is kept where there is room for one text.
    #[must_use]
    pub fn kept(&self) -> String {
        match self {
            Self::Words { text } => text.clone(),
            known => serde_json::to_string(known).unwrap_or_else(|_| known.to_string()),
        }
    }

    /// What was kept: a word with its figures, or a sentence of an older version, which stays as it is.
    #[must_use]
    pub fn of_kept(text: &str) -> Self {
        match text {
            "presumed" => return Self::Presumed,
            "left after the backup" => return Self::LeftAfterBackup,
            _ => {}
        }
        let known = text
            .starts_with('{')
            .then(|| serde_json::from_str(text).ok())
            .flatten();
        known.unwrap_or_else(|| Self::words(text))
    }

    /// The same, whatever others put into it: each part one bounded line, fit for a log and a page.
    #[must_use]
    pub fn clean(self) -> Self {
        cleaned(self)
    }

    /// One bounded English line.
    #[must_use]
    pub fn line(&self) -> String {
        plain(&self.to_string(), LONGEST)
    }
}

/// The word of a value that is written with one.
pub(super) fn code(value: &impl Serialize) -> Option<String> {
    let value = serde_json::to_value(value).ok()?;
    Some(value.get("code")?.as_str()?.to_owned())
}

/// Each text in it made one bounded line.
pub(super) fn cleaned<T: Serialize + for<'a> Deserialize<'a>>(value: T) -> T {
    let Ok(mut json) = serde_json::to_value(&value) else {
        return value;
    };
    clean_texts(&mut json);
    serde_json::from_value(json).unwrap_or(value)
}

fn clean_texts(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::String(text) => *text = plain(text, LONGEST_PART),
        serde_json::Value::Object(fields) => {
            for (name, field) in fields {
                match field {
                    serde_json::Value::String(text) if name == "text" => {
                        *text = plain(text, LONGEST);
                    }
                    field => clean_texts(field),
                }
            }
        }
        _ => {}
    }
}

/// Reads what older versions kept as a bare sentence.
pub(super) fn or_words<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
    words: impl Fn(String) -> T,
) -> Result<Option<T>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Kept<T> {
        Words(String),
        Known(T),
    }
    let kept = Option::<Kept<T>>::deserialize(deserializer)?;
    Ok(kept.map(|kept| match kept {
        Kept::Words(text) => words(text),
        Kept::Known(known) => known,
    }))
}

/// A span of time as people write it.
#[must_use]
pub fn span(millis: u64) -> String {
    if millis.is_multiple_of(1_000) && millis > 0 {
        format!("{} s", millis / 1_000)
    } else {
        format!("{millis} ms")
    }
}

/// So many bytes, in the largest unit that tells.
#[must_use]
pub fn size(bytes: u64) -> String {
    match bytes {
        1_000_000.. => format!("{} MB", bytes / 1_000_000),
        1_000.. => format!("{} kB", bytes / 1_000),
        _ => format!("{bytes} bytes"),
    }
}

/// `404 Not Found` (RFC 9110, 15, and the IANA registry of status codes).
#[must_use]
pub fn status_words(status: u16) -> String {
    let words = match status {
        300 => "Multiple Choices",
        304 => "Not Modified",
        400 => "Bad Request",
        401 => "Unauthorized",
        402 => "Payment Required",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        406 => "Not Acceptable",
        407 => "Proxy Authentication Required",
        408 => "Request Timeout",
        409 => "Conflict",
        410 => "Gone",
        411 => "Length Required",
        412 => "Precondition Failed",
        413 => "Payload Too Large",
        414 => "URI Too Long",
        415 => "Unsupported Media Type",
        421 => "Misdirected Request",
        422 => "Unprocessable Entity",
        425 => "Too Early",
        426 => "Upgrade Required",
        428 => "Precondition Required",
        429 => "Too Many Requests",
        431 => "Request Header Fields Too Large",
        451 => "Unavailable For Legal Reasons",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        505 => "HTTP Version Not Supported",
        507 => "Insufficient Storage",
        508 => "Loop Detected",
        511 => "Network Authentication Required",
        _ => return status.to_string(),
    };
    format!("{status} {words}")
}

fn in_letters(count: u64) -> String {
    match count {
        1 => "one".into(),
        3 => "three".into(),
        5 => "five".into(),
        count => count.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_the_word_with_its_figures() {
        let why = Reason::GivenUpAfterDays {
            count: 3,
            why: Box::new(Reason::Answered {
                why: Box::new(Reason::Status {
                    host: "hooks.example".into(),
                    status: 500,
                }),
                said: "{\"code\": 7}".into(),
            }),
        };
        let kept = why.kept();
        assert!(!kept.contains("answers"), "{kept}");
        assert_eq!(Reason::of_kept(&kept), why);
        assert_eq!(why.code().as_deref(), Some("given_up_after_days"));
        assert_eq!(
            why.to_string(),
            "given up after three days: hooks.example answers with 500 Internal Server Error: {\"code\": 7}"
        );
    }

    #[test]
    fn a_sentence_of_an_older_version_stays_as_it_is() {
        for old in [
            "the watch is no more, alas",
            "{not json",
            "{\"code\":\"of_a_later_version\"}",
            "",
        ] {
            let why = Reason::of_kept(old);
            assert_eq!((why.to_string().as_str(), why.code()), (old, None));
            assert_eq!(why.kept(), old);
        }
        assert_eq!(Reason::of_kept("presumed"), Reason::Presumed);
    }

    #[test]
    fn whatever_others_put_in_comes_out_as_bounded_lines() {
        let why = Reason::Answered {
            why: Box::new(Reason::NoSuchName {
                host: "x".repeat(5_000),
            }),
            said: "evil\r\n2026 INFO all is well\u{202e}\u{1b}[31m".into(),
        }
        .clean();
        let Reason::Answered { why: inner, said } = &why else {
            panic!("{why}");
        };
        assert_eq!(said, "evil2026 INFO all is well[31m");
        assert!(inner.to_string().chars().count() < 300, "{inner}");
        assert!(why.line().chars().count() <= 300);
    }

    #[test]
    fn figures_read_well() {
        assert_eq!(span(10_000), "10 s");
        assert_eq!(span(1_500), "1500 ms");
        assert_eq!(span(0), "0 ms");
        assert_eq!(size(10_000_000), "10 MB");
        assert_eq!(status_words(404), "404 Not Found");
        assert_eq!(status_words(599), "599");
    }
}
