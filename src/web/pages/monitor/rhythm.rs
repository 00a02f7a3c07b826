//! A picture of a source's rhythm: a bar a week for what it published, a mark beneath where visits failed.

use jiff::Span;

use crate::store::Week;
use crate::web::context::Context;

/// The height of the bars, the room beneath them, and the room of a week, in the picture's own units.
const HEIGHT: u64 = 32;
const STEP: u64 = 8;
/// The least that can be seen of a week with anything in it.
const LEAST: u64 = 3;

/// A week.
pub(in crate::web) struct Bar {
    pub(in crate::web) x: u64,
    pub(in crate::web) y: u64,
    pub(in crate::web) height: u64,
    /// More than half of its visits failed, or some did.
    pub(in crate::web) fault: Option<&'static str>,
    pub(in crate::web) days: String,
    pub(in crate::web) items: String,
    pub(in crate::web) failures: Option<String>,
}

/// All weeks.
pub(in crate::web) struct Chart {
    pub(in crate::web) width: u64,
    pub(in crate::web) bars: Vec<Bar>,
    /// The same in a sentence, for whoever does not see it.
    pub(in crate::web) told: String,
}

/// The picture of some weeks, the oldest first.
pub(in crate::web) fn chart(context: &Context, weeks: &[Week]) -> Chart {
    let ui = context.ui;
    let most = weeks
        .iter()
        .map(|week| week.items)
        .max()
        .unwrap_or(0)
        .max(1);
    let items: u64 = weeks.iter().map(|week| week.items).sum();
    let faulty = weeks.iter().filter(|week| week.failures > 0).count() as u64;
    let bars = weeks
        .iter()
        .zip(0..)
        .map(|(week, place)| {
            let height = (week.items * HEIGHT).div_ceil(most);
            let height = if week.items == 0 {
                0
            } else {
                height.max(LEAST)
            };
            let sunday = week.monday.saturating_add(Span::new().days(6));
            Bar {
                x: place * STEP,
                y: HEIGHT - height,
                height,
                fault: match week.failures {
                    0 => None,
                    failures if failures * 2 > week.visits => Some("most"),
                    _ => Some("some"),
                },
                days: ui.days(week.monday, sunday),
                items: ui.tn("items-count", week.items),
                failures: (week.failures > 0).then(|| ui.tn("failures-count", week.failures)),
            }
        })
        .collect();
    let told = format!(
        "{}: {}; {}",
        ui.tn("weeks-count", weeks.len() as u64),
        ui.tn("items-count", items),
        ui.tn("failing-weeks-count", faulty)
    );
    Chart {
        width: weeks.len() as u64 * STEP,
        bars,
        told,
    }
}
