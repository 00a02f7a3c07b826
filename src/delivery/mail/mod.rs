//! E-mail: digests and searches for whoever asked for them and confirmed it.
//!
//! `subscribing` says what a subscription to a search is and puts editions in the outbox; `message` and `text` write
//! mails (pure); `smtp` speaks to the mail server; `sender` takes mails from the outbox, one after the other;
//! `bounce` reads what comes back.

mod bounce;
mod links;
mod message;
mod sender;
mod sign_in;
mod smtp;
mod subscribing;
mod text;
mod words;

pub use bounce::{Bounce, bounce};
pub use links::{confirm_url, manage_url, unsubscribe_url};
pub use message::{About, Sheet, message};
pub use sender::send_mails;
pub use smtp::greet;
pub use subscribing::{
    confirm, mail_editions, mailbox, recipients, search_digest, search_spec, specs,
};
