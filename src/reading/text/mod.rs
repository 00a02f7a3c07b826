//! Plain text: from HTML, cleaned of what is invisible or deceives, cut to size.

mod clean;
mod entities;
mod flatten;
mod shorten;
pub(in crate::reading) mod tail;

pub use clean::{clean_line, clean_text};
pub use entities::decode_entities;
pub use flatten::html_to_text;
pub use shorten::{cut, excerpt};

pub(super) use clean::deceives;
