//! The time line of a search: a bar for each week, which filters when it is chosen.

use jiff::Span;
use jiff::civil::Date;

use super::Link;
use super::facets::EVERYWHERE;
use crate::domain::{DateBound, SearchRequest};
use crate::search::Timeline;
use crate::web::context::Context;

/// The picture's height and the room of a bar with the gap beside it, in its own units.
pub(crate) const HEIGHT: u64 = 48;
pub(crate) const STEP: u64 = 10;
/// The fewest weeks that make a picture.
const FEWEST: usize = 13;
/// The least that can be seen of a week with anything in it.
const LEAST: u64 = 3;

/// A week.
pub(crate) struct Bar {
    pub(crate) x: u64,
    pub(crate) y: u64,
    pub(crate) height: u64,
    pub(crate) href: String,
    /// Its days and its results, in words.
    pub(crate) days: String,
    pub(crate) count: String,
    pub(crate) empty: bool,
    /// Within the dates that the search is narrowed to.
    pub(crate) on: bool,
}

/// All weeks shown.
pub(crate) struct Chart {
    pub(crate) bars: Vec<Bar>,
    pub(crate) width: u64,
    /// What stands at both ends of the axis.
    pub(crate) first: String,
    pub(crate) last: String,
    /// What lies before, and after.
    pub(crate) earlier: Option<Link>,
    pub(crate) later: Option<Link>,
}

/// The chart of a search's results; `None` where there is nothing to choose from.
pub(crate) fn chart(
    context: &Context,
    request: &SearchRequest,
    timeline: &Timeline,
) -> Option<Chart> {
    let weeks = &timeline.weeks;
    // Before the first result of all there is nothing to see.
    let silent = weeks.iter().take_while(|week| week.count == 0).count();
    let silent = if timeline.earlier > 0 { 0 } else { silent };
    let weeks = &weeks[silent.min(weeks.len().saturating_sub(FEWEST))..];
    let (first, last) = (weeks.first()?, weeks.last()?);
    let most = weeks.iter().map(|week| week.count).max()?;
    let told = weeks.iter().filter(|week| week.count > 0).count() as u64;
    if most == 0 && timeline.earlier == 0 && timeline.later == 0 {
        return None;
    }
    // A single week and nothing else is no line.
    let chosen = request.from.is_some() || request.to.is_some();
    if told <= 1 && timeline.earlier == 0 && timeline.later == 0 && !chosen {
        return None;
    }
    let ui = context.ui;
    let day = |bound: Option<DateBound>| bound.map(|b| b.day(context.now, context.zone()));
    let (from, to) = (day(request.from), day(request.to));
    let dated = |from: Option<Date>, to: Option<Date>| SearchRequest {
        from: from.map(DateBound::Day),
        to: to.map(DateBound::Day),
        cursor: None,
        ..request.clone()
    };
    let bars = weeks
        .iter()
        .zip(0..)
        .map(|(week, place)| {
            let sunday = week.monday.saturating_add(Span::new().days(6));
            let alone = from == Some(week.monday) && to == Some(sunday);
            // Chosen again, it is let go.
            let other = if alone {
                dated(None, None)
            } else {
                dated(Some(week.monday), Some(sunday))
            };
            let height = (week.count * HEIGHT).div_ceil(most.max(1));
            let height = if week.count == 0 {
                0
            } else {
                height.max(LEAST)
            };
            Bar {
                x: place * STEP,
                y: HEIGHT - height,
                height,
                href: EVERYWHERE.href(context, &other),
                days: ui.days(week.monday, sunday),
                count: ui.tn("results", week.count),
                empty: week.count == 0,
                on: chosen
                    && from.is_none_or(|from| from <= sunday)
                    && to.is_none_or(|to| to >= week.monday),
            }
        })
        .collect();
    let beside = |count: u64, key: &str, from: Option<Date>, to: Option<Date>| {
        (count > 0).then(|| Link {
            href: EVERYWHERE.href(context, &dated(from, to)),
            label: ui.tn(key, count),
            current: false,
        })
    };
    let before = first.monday.saturating_sub(Span::new().days(1));
    let after = last.monday.saturating_add(Span::new().days(7));
    Some(Chart {
        width: weeks.len() as u64 * STEP,
        first: ui.month_of(first.monday),
        last: ui.month_of(last.monday.saturating_add(Span::new().days(6))),
        earlier: beside(timeline.earlier, "timeline-earlier", None, Some(before)),
        later: beside(timeline.later, "timeline-later", Some(after), None),
        bars,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::{WEEKS, Week};
    use crate::web::pages::samples;
    use crate::web::params::Pairs;
    use jiff::civil::date;

    fn timeline(counts: &[(usize, u64)], earlier: u64) -> Timeline {
        let first = date(2025, 11, 17);
        let mut weeks: Vec<Week> = (0..WEEKS as i64)
            .map(|week| Week {
                monday: first.saturating_add(Span::new().weeks(week)),
                count: 0,
            })
            .collect();
        for (week, count) in counts {
            weeks[*week].count = *count;
        }
        Timeline {
            weeks,
            earlier,
            later: 0,
        }
    }

    fn drawn(query: &str, timeline: &Timeline) -> Option<Chart> {
        let context = samples::context("/", "ui=en");
        let request = Pairs::parse(Some(query)).request().unwrap();
        chart(&context, &request, timeline)
    }

    #[test]
    fn each_bar_leads_to_its_week_and_the_chosen_one_back() {
        let timeline = timeline(&[(0, 1), (52, 400)], 3);
        let chart = drawn("q=a", &timeline).unwrap();
        let last = &chart.bars[52];
        assert_eq!(last.href, "/?q=a&from=2026-11-16&to=2026-11-22&ui=en");
        assert_eq!(last.days, "16–22 November 2026");
        assert_eq!((last.y, last.height), (0, HEIGHT));
        assert_eq!(chart.bars[0].height, LEAST, "one of four hundred is seen");
        assert_eq!(chart.bars[1].height, 0);
        assert!(chart.bars.iter().all(|bar| !bar.on));
        let earlier = chart.earlier.unwrap();
        assert_eq!(earlier.href, "/?q=a&to=2025-11-16&ui=en");

        let young = drawn("q=a", &self::timeline(&[(20, 1), (21, 1)], 0)).unwrap();
        assert_eq!(young.bars.len(), WEEKS - 20);
        assert_eq!(young.width, 33 * STEP);

        let chosen = drawn("q=a&from=2026-11-16&to=2026-11-22", &timeline).unwrap();
        assert_eq!(chosen.bars[52].href, "/?q=a&ui=en");
        let on: Vec<usize> = (0..WEEKS).filter(|week| chosen.bars[*week].on).collect();
        assert_eq!(on, [52]);
    }

    #[test]
    fn there_is_no_line_where_there_is_nothing_to_choose() {
        assert!(drawn("q=a", &timeline(&[], 0)).is_none());
        assert!(drawn("q=a", &timeline(&[(7, 5)], 0)).is_none());
        assert!(drawn("q=a", &timeline(&[(7, 5)], 1)).is_some());
        assert!(drawn("q=a&from=7d", &timeline(&[(7, 5)], 0)).is_some());
    }
}
