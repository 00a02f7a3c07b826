//! WebSub (<https://www.w3.org/TR/websub/>): hubs are asked to push what sources publish, so that these need not be polled.
//!
//! `course` decides, and asks nobody; `asking` tells the hubs, `confirm` answers when they ask back, `receive` reads what they
//! pushed. Hubs that speak the older PubSubHubbub 0.4 are understood as well.

mod asking;
mod confirm;
pub mod course;
mod receive;
mod signature;

pub use confirm::{Taken, confirm, take};
pub use course::{Intent, Mode};
