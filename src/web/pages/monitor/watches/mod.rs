//! `/monitor/watches…`: what is watched for whom, whether it arrives, and the form.

mod form;
mod list;
mod one;

pub(in crate::web) use form::{create, edit, new, save};
pub(in crate::web) use list::page as list;
pub(in crate::web) use one::{change, page as one};

use super::{Desk, Frame};
use crate::domain::{Watch, WatchId};
use crate::web::context::Ask;
use crate::web::trouble::Trouble;

/// A watch by the number in an address.
fn watch(context: &Ask, id: &str) -> Result<Watch, Trouble> {
    let id = id.parse().map(WatchId).map_err(|_| Trouble::NotFound)?;
    context.app.store.watch_of(id)?.ok_or(Trouble::NotFound)
}

/// A moment in words, in the zone of the service.
fn moment(context: &Ask, at: jiff::Timestamp) -> String {
    context
        .ui
        .moment(at.to_zoned(context.zone().clone()).datetime())
}
