//! Webhooks: services that are told what a watch has found, in the form that each understands.
//!
//! A message has a name that never changes, stands in `webhook-id` and `Idempotency-Key`, and is sent until the service takes it:
//! whoever gets one twice can tell. `forms` writes messages and is pure; `sender` sends them.

mod forms;
mod sender;

pub use forms::{Message, message};
pub use sender::send_hooks;
