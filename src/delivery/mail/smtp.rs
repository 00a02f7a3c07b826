//! The conversation with the mail server (RFC 5321), on a thread of its own.

use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use lettre::address::Envelope;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{Certificate, SmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail as MailFrom, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailParameter};
use tokio::sync::oneshot;

use crate::config::{Encryption, Mail};
use crate::domain::Reason;
use crate::store::{Brink, Channel, Parcel, ParcelId};

/// Longest time for a connection and for any answer but the last.
const PATIENCE: Duration = Duration::from_mins(1);
/// Longest time for the answer to a whole mail (RFC 5321, 4.5.3.2.6 asks for ten minutes).
const LAST_PATIENCE: Duration = Duration::from_mins(10);
/// A connection that nothing was sent over for so long is closed.
const IDLE: Duration = Duration::from_secs(20);
/// Mails over one connection; servers like to see an end of it.
const MOST: u32 = 100;

/// How the server took a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Taken {
    /// It has it.
    Yes,
    /// Not now.
    Later(Reason),
    /// It never will: this address.
    NoSuchAddress(Reason),
    /// It never will: this mail.
    Refused(Reason),
    /// There is no talking to the server, whatever the mail.
    Unreachable(Reason),
}

impl Taken {
    /// Without the address, which servers like to repeat: neither the log nor the store is to keep it longer than its subscription.
    pub fn hiding(self, address: Option<&str>) -> Self {
        let hide = |why: Reason| match (why, address) {
            (Reason::MailServerSays { said }, Some(address)) => Reason::MailServerSays {
                said: said.replace(address, "…"),
            },
            (Reason::Words { text }, Some(address)) => Reason::words(text.replace(address, "…")),
            (why, _) => why,
        };
        match self {
            Self::Yes => Self::Yes,
            Self::Later(why) => Self::Later(hide(why)),
            Self::NoSuchAddress(why) => Self::NoSuchAddress(hide(why)),
            Self::Refused(why) => Self::Refused(hide(why)),
            Self::Unreachable(why) => Self::Unreachable(hide(why)),
        }
    }
}

/// A mail, ready to leave.
pub(super) struct Order {
    pub parcel: ParcelId,
    pub tries: u32,
    pub envelope: Envelope,
    pub bytes: Vec<u8>,
}

impl Order {
    pub fn new(parcel: &Parcel, envelope: Envelope, bytes: Vec<u8>) -> Self {
        Self {
            parcel: parcel.id,
            tries: parcel.tries,
            envelope,
            bytes,
        }
    }
}

/// The thread that talks to the server. It ends with this value; no program waits for it to end.
pub(super) struct Postman {
    orders: mpsc::Sender<(Order, oneshot::Sender<Taken>)>,
}

impl Postman {
    /// Begins for a server. `hello` is the name that it is greeted with.
    pub fn start(mail: Mail, hello: String, brink: Arc<Brink>) -> std::io::Result<Self> {
        let (orders, waiting) = mpsc::channel();
        std::thread::Builder::new()
            .name("mail".into())
            .spawn(move || Link::new(mail, &hello, brink).work(&waiting))?;
        Ok(Self { orders })
    }

    /// Sends a mail.
    pub async fn send(&self, order: Order) -> Taken {
        let (reply, answer) = oneshot::channel();
        if self.orders.send((order, reply)).is_ok()
            && let Ok(taken) = answer.await
        {
            return taken;
        }
        Taken::Unreachable(Reason::words("the thread that sends mail has ended"))
    }
}

/// Signs in at a server and says good-bye, for whoever wants to know whether mail can leave (blocking). The error is one plain
/// line, without the password.
pub fn greet(mail: &Mail, hello: &str) -> Result<(), String> {
    let mut connection = connect(mail, &client(hello))?;
    // Whether the server says good-bye is all one.
    let _ = connection.quit();
    Ok(())
}

fn client(hello: &str) -> ClientId {
    match hello.parse() {
        Ok(std::net::IpAddr::V4(address)) => ClientId::Ipv4(address),
        Ok(std::net::IpAddr::V6(address)) => ClientId::Ipv6(address),
        Err(_) => ClientId::Domain(hello.to_owned()),
    }
}

struct Link {
    mail: Mail,
    hello: ClientId,
    brink: Arc<Brink>,
    /// The connection, and how many mails went over it.
    open: Option<(SmtpConnection, u32)>,
    used: Instant,
}

impl Link {
    fn new(mail: Mail, hello: &str, brink: Arc<Brink>) -> Self {
        Self {
            mail,
            hello: client(hello),
            brink,
            open: None,
            used: Instant::now(),
        }
    }

    fn work(mut self, orders: &mpsc::Receiver<(Order, oneshot::Sender<Taken>)>) {
        loop {
            match orders.recv_timeout(IDLE) {
                Ok((order, reply)) => {
                    let taken = self.deliver(&order);
                    self.used = Instant::now();
                    // Nobody waits where the service is being stopped.
                    let _ = reply.send(taken);
                }
                Err(mpsc::RecvTimeoutError::Timeout) => self.close(),
                Err(mpsc::RecvTimeoutError::Disconnected) => {
                    self.close();
                    return;
                }
            }
        }
    }

    fn close(&mut self) {
        if let Some((mut connection, _)) = self.open.take() {
            // Whether the server says good-bye is all one.
            let _ = connection.quit();
        }
    }

    fn deliver(&mut self, order: &Order) -> Taken {
        if self.used.elapsed() > IDLE || self.open.as_ref().is_some_and(|(_, sent)| *sent >= MOST) {
            self.close();
        }
        let fresh = self.open.is_none();
        let (mut connection, sent) = match self.open.take() {
            Some(open) => open,
            None => match connect(&self.mail, &self.hello) {
                Ok(connection) => (connection, 0),
                Err(why) => return Taken::Unreachable(Reason::words(why)),
            },
        };
        let taken = self.converse(&mut connection, order);
        match &taken {
            Taken::Unreachable(_) if !fresh => {
                // The server had closed a connection that was kept open: that says nothing of the server.
                connection.abort();
                return self.deliver(order);
            }
            Taken::Unreachable(_) => connection.abort(),
            _ if connection.has_broken() => connection.abort(),
            _ => self.open = Some((connection, sent + 1)),
        }
        taken
    }

    /// One mail over an open connection.
    fn converse(&self, connection: &mut SmtpConnection, order: &Order) -> Taken {
        let mut options = Vec::new();
        if order
            .envelope
            .to()
            .iter()
            .any(|to| !to.user().is_ascii() || !to.domain().is_ascii())
        {
            if !connection
                .server_info()
                .supports_feature(Extension::SmtpUtfEight)
            {
                return Taken::NoSuchAddress(Reason::LettersInAddress);
            }
            options.push(MailParameter::SmtpUtfEight);
        }
        let from = MailFrom::new(order.envelope.from().cloned(), options);
        if let Err(error) = connection.command(from) {
            // A server that does not want us as a sender wants none of our mails.
            return judge(connection, &error, |why| {
                Taken::Unreachable(Reason::words(format!(
                    "the mail server refuses the sender: {why}"
                )))
            });
        }
        for to in order.envelope.to() {
            if let Err(error) = connection.command(Rcpt::new(to.clone(), Vec::new())) {
                return judge(connection, &error, Taken::NoSuchAddress);
            }
        }
        if let Err(error) = connection.command(Data) {
            return judge(connection, &error, Taken::Refused);
        }
        let _ = connection.set_timeout(Some(LAST_PATIENCE));
        // All of the mail first; then the mark; then, at once, the line that makes the server take it.
        let mut parts = std::iter::once(&order.bytes[..]).chain(std::iter::from_fn(|| {
            if let Err(error) = self.brink.step(Channel::Mail, order.parcel, order.tries) {
                tracing::error!(%error, "outbox.brink cannot be written: a mail may come twice after a crash");
            }
            None
        }));
        let sent = connection.message_iter(&mut parts);
        let _ = connection.set_timeout(Some(PATIENCE));
        match sent {
            Ok(_) => Taken::Yes,
            Err(error) => {
                // It says that it has not taken it, or the connection broke: tried again, under the same name.
                let _ = self.brink.back(Channel::Mail);
                if error.status().is_none() {
                    connection.abort();
                    let said = error.to_string();
                    return Taken::Later(Reason::MailConnectionLost { said }.clean());
                }
                judge(connection, &error, Taken::Refused)
            }
        }
    }
}

fn connect(mail: &Mail, hello: &ClientId) -> Result<SmtpConnection, String> {
    let whole = |what: &str, error: &dyn std::error::Error| {
        let mut why = format!("{what} {}:{}: {error}", mail.host, mail.port);
        let mut source = error.source();
        while let Some(cause) = source {
            why.push_str(": ");
            why.push_str(&cause.to_string());
            source = cause.source();
        }
        why
    };
    let tls = match mail.tls {
        Encryption::None => None,
        _ => Some(encryption(mail)?),
    };
    let implicit = tls.as_ref().filter(|_| mail.tls == Encryption::Implicit);
    let mut connection = SmtpConnection::connect(
        (mail.host.trim_matches(['[', ']']), mail.port),
        Some(PATIENCE),
        hello,
        implicit,
        None,
    )
    .map_err(|error| whole("no connection to", &error))?;
    if let Some(tls) = tls.as_ref().filter(|_| mail.tls == Encryption::StartTls) {
        connection
            .starttls(tls, hello)
            .map_err(|error| whole("no encryption with", &error))?;
    }
    if let Some(login) = &mail.login {
        let credentials = Credentials::new(login.user.clone(), login.password.reveal().to_owned());
        connection
            .auth(&[Mechanism::Plain, Mechanism::Login], &credentials)
            .map_err(|error| whole("the name or the password is refused by", &error))?;
    }
    Ok(connection)
}

fn encryption(mail: &Mail) -> Result<TlsParameters, String> {
    let mut builder = TlsParameters::builder(mail.host.clone());
    if let Some(path) = &mail.ca {
        let unreadable = |error: &dyn std::fmt::Display| {
            format!("mail.ca: {} cannot be read: {error}", path.display())
        };
        let pem = std::fs::read(path).map_err(|error| unreadable(&error))?;
        let certificate = Certificate::from_pem(&pem).map_err(|error| unreadable(&error))?;
        builder = builder.add_root_certificate(certificate);
    }
    builder.build().map_err(|error| error.to_string())
}

/// What an answer other than “yes” means. The connection is made ready for the next mail.
fn judge(
    connection: &mut SmtpConnection,
    error: &lettre::transport::smtp::Error,
    never: impl FnOnce(Reason) -> Taken,
) -> Taken {
    use lettre::transport::smtp::commands::Rset;
    let said: String = error
        .to_string()
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(300)
        .collect();
    let why = Reason::MailServerSays { said };
    let Some(status) = error.status() else {
        connection.abort();
        return Taken::Unreachable(why);
    };
    // 421: the server is closing the connection, whatever was said.
    if status.to_string() == "421" || connection.command(Rset).is_err() {
        connection.abort();
        return Taken::Later(why);
    }
    if error.is_permanent() {
        never(why)
    } else {
        Taken::Later(why)
    }
}
