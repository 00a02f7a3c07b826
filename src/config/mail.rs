//! `[mail]`: the server through which digests are sent.

use std::path::PathBuf;

use lettre::Address;
use lettre::message::Mailbox;

use super::given::Given;
use super::problem::{Wrong, quote};
use super::settings::Server;
use super::table::Table;
use super::units;

/// The keys of the section.
pub(super) const KEYS: &[&str] = &[
    "host", "port", "tls", "user", "password", "from", "reply_to", "bounces", "ca",
];

/// How mail is sent. Without a host, there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// The server's name or address.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is encrypted.
    pub tls: Encryption,
    /// Whom to sign in as.
    pub login: Option<Login>,
    /// Whom mails are from.
    pub from: Mailbox,
    /// Where answers go, where not to `from`.
    pub reply_to: Option<Mailbox>,
    /// Where mails come back to that cannot be delivered, where not to `from`.
    pub bounces: Option<Address>,
    /// A file of certificates (PEM) to trust besides those of the system.
    pub ca: Option<PathBuf>,
}

/// How the connection to the mail server is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encryption {
    /// It begins in the clear and is encrypted before anything is said (RFC 3207); never sent without.
    StartTls,
    /// From the first byte (RFC 8314).
    Implicit,
    /// Not at all: for a server on the same machine.
    None,
}

impl Encryption {
    fn port(self) -> u16 {
        match self {
            Self::StartTls => 587,
            Self::Implicit => 465,
            Self::None => 25,
        }
    }
}

/// Name and password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Login {
    /// The name.
    pub user: String,
    /// The password.
    pub password: Secret,
}

/// A text that is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The text, for the one place that needs it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret")
    }
}

/// Reads the section. `None` where no server is named.
pub(super) fn read(table: Table<'_>, server: &Server) -> Option<Mail> {
    let host = table.get("host", |given| given.parse(host));
    let tls = table
        .get("tls", |given| given.parse(encryption))
        .unwrap_or(Encryption::StartTls);
    let port = table
        .get("port", |given| given.whole(1..=65_535))
        .map(|port| port as u16);
    let user = table.get("user", |given| given.line(500));
    let password = table.get("password", secret);
    let from = table.get("from", |given| given.parse(mailbox));
    let reply_to = table.get("reply_to", |given| given.parse(mailbox));
    let bounces = table.get("bounces", |given| {
        given.parse(mailbox).map(|mailbox| mailbox.email)
    });
    let ca = table.get("ca", |given| given.line(1_000).map(PathBuf::from));
    if table.has("host") {
        let needs = |key: &str, message: &str, hint: &str| {
            table.complain(key, Wrong::new(message, hint));
        };
        if !table.has("from") {
            needs(
                "host",
                "a mail server is named, but not whom mails are from",
                r#"add from = "Vesti <news@example.org>" to [mail]"#,
            );
        }
        if server.public_url.is_none() {
            needs(
                "host",
                "mails have links that lead back here, and nothing says where that is",
                r#"set server.public_url to the address that people type, such as "https://news.example.org/""#,
            );
        }
        match (&user, &password) {
            (Some(_), None) if !table.has("password") => needs(
                "user",
                "a name to sign in with, but no password",
                "set password, or VESTI_MAIL__PASSWORD in the environment",
            ),
            (None, Some(_)) if !table.has("user") => needs(
                "password",
                "a password, but no name to sign in with",
                "set user",
            ),
            _ => {}
        }
        if tls == Encryption::None
            && user.is_some()
            && host.as_deref().is_some_and(|host| !is_here(host))
        {
            needs(
                "tls",
                "the password would cross the network in the clear",
                r#"set tls = "starttls" or "implicit""#,
            );
        }
    }
    table.finish(|key| match key {
        "server" | "smtp" | "smtp_host" => Some("did you mean “host”?".into()),
        "username" | "login" => Some("did you mean “user”?".into()),
        "sender" => Some("did you mean “from”?".into()),
        _ => None,
    });
    Some(Mail {
        host: host?,
        port: port.unwrap_or_else(|| tls.port()),
        tls,
        login: user
            .zip(password)
            .map(|(user, password)| Login { user, password }),
        from: from?,
        reply_to,
        bounces,
        ca,
    })
}

/// Whether a host is this machine.
fn is_here(host: &str) -> bool {
    host == "localhost"
        || host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

fn host(text: &str) -> Result<String, Wrong> {
    let text = text.trim();
    url::Host::parse(text)
        .map(|_| text.to_owned())
        .or_else(|_| {
            text.parse::<std::net::Ipv6Addr>()
                .map(|_| text.to_owned())
                .map_err(|_| {
                    Wrong::new(
                        format!("{} is no name of a server", quote(text)),
                        r#"write its name alone, such as "smtp.example.org"; the port has a key of its own"#,
                    )
                })
        })
}

fn encryption(text: &str) -> Result<Encryption, Wrong> {
    const WORDS: [(&str, Encryption); 3] = [
        ("starttls", Encryption::StartTls),
        ("implicit", Encryption::Implicit),
        ("none", Encryption::None),
    ];
    units::word(text.trim(), "way to encrypt", &WORDS)
}

fn mailbox(text: &str) -> Result<Mailbox, Wrong> {
    text.trim().parse().map_err(|_| {
        Wrong::new(
            format!("{} is no sender", quote(text)),
            r#"write an address, or a name and an address: "Vesti <news@example.org>""#,
        )
    })
}

/// Passwords may hold anything but line breaks; a complaint does not repeat them.
fn secret(given: Given<'_>) -> Result<Secret, Wrong> {
    given.parse(|text| {
        if text.is_empty() || text.contains(['\n', '\r', '\0']) {
            Err(Wrong::new(
                "is empty or has a line break",
                "write the password in quotation marks",
            ))
        } else {
            Ok(Secret(text.to_owned()))
        }
    })
}
