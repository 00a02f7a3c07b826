//! `/calendar.ics`: the deadlines and events of any search.

use std::collections::HashSet;

use axum::response::Response;
use jiff::{SignedDuration, Timestamp};

use super::api;
use super::context::{Ask, Face};
use super::params::BadParameter;
use super::reply::{Keep, Reply};
use super::trouble::Trouble;
use crate::delivery::{self, Alarm, CalendarOptions};
use crate::domain::{CalendarDate, Dated, Item, SearchRequest, Sort};

/// Most pages of results that a calendar is made of, of 100 each.
const PAGES: usize = 3;
/// How long what was called off is still told of, so that whoever looks but rarely hears of it too.
const TOLD: SignedDuration = SignedDuration::from_hours(90 * 24);
/// Most dates that were called off.
const MOST_CALLED_OFF: usize = 200;

/// `/calendar.ics`
pub(super) async fn calendar(context: Ask) -> Response {
    context
        .serve_again(Face::Data, |context| {
            context.check(api::SEARCH)?;
            context.check(&["alarm"])?;
            let alarm = match context.pairs.last("alarm") {
                Some(text) => text.parse().map_err(|_| BadParameter::new("alarm", text))?,
                None => Alarm::default(),
            };
            let request = context.pairs.request()?;
            let mut dates = context.dated(&request)?;
            dates.extend(context.called_off(&request)?);
            let changed = dates.iter().map(|(_, dated)| dated.changed).max();
            let mut info = context.info(&request, context.search_title(&request))?;
            if alarm != Alarm::default()
                && let Some(text) = context.pairs.last("alarm")
            {
                info.this.query_pairs_mut().append_pair("alarm", text);
            }
            info.updated = changed.unwrap_or(Timestamp::UNIX_EPOCH);
            let options = CalendarOptions {
                alarm,
                zone: context.zone().iana_name().map(str::to_owned),
            };
            let body = delivery::calendar(&info, &options, &dates, context.now);
            let reply = Reply::new("text/calendar; charset=utf-8", body).keep(Keep::Minute);
            Ok(context.with_its_date(reply))
        })
        .await
}

impl Ask {
    /// What a search has that lies ahead or lately lay: open deadlines, events, and the newest of the rest.
    fn dated(&self, request: &SearchRequest) -> Result<Vec<(Item, Dated)>, Trouble> {
        let ways = [
            SearchRequest {
                deadline_open: true,
                sort: Some(Sort::Deadline),
                ..request.clone()
            },
            SearchRequest {
                event_coming: true,
                sort: Some(Sort::Event),
                ..request.clone()
            },
            SearchRequest {
                sort: Some(Sort::Date),
                ..request.clone()
            },
        ];
        let mut seen = HashSet::new();
        let mut items = Vec::new();
        for mut way in ways {
            way.limit = 100;
            way.cursor = None;
            for _ in 0..PAGES {
                let found = self.find(&way)?;
                items.extend(
                    found
                        .items
                        .into_iter()
                        .filter(|item| item.deadline.is_some() || item.event.is_some())
                        .filter(|item| seen.insert(item.id)),
                );
                way.cursor = found.hits.next_cursor;
                if way.cursor.is_none() {
                    break;
                }
            }
        }
        let ids: Vec<_> = items.iter().map(|item| item.id).collect();
        let mut known = self.app.store.dates(&ids)?;
        let mut dates = Vec::with_capacity(items.len());
        for item in items {
            // What was called off is looked for apart.
            let own = known.remove(&item.id).unwrap_or_default();
            for dated in own.into_iter().filter(|dated| dated.cancelled.is_none()) {
                dates.push((item.clone(), dated));
            }
        }
        Ok(dates)
    }

    /// What was called off lately while it still lay ahead, and would otherwise be found.
    fn called_off(&self, request: &SearchRequest) -> Result<Vec<(Item, Dated)>, Trouble> {
        let since = self.now.saturating_sub(TOLD).unwrap_or(Timestamp::MIN);
        let mut dates = self.app.store.called_off(since, MOST_CALLED_OFF)?;
        dates.retain(|(item, dated)| {
            let over = dated.date.over(&item.country.time_zone());
            self.is_public(&item.source) && dated.cancelled.is_some_and(|at| at < over)
        });
        let mut as_told: Vec<Item> = Vec::with_capacity(dates.len());
        for (item, dated) in &dates {
            let mut item = item.clone();
            item.title.clone_from(&dated.title);
            match &dated.date {
                CalendarDate::Deadline(deadline) => item.deadline = Some(deadline.clone()),
                CalendarDate::Event(event) => item.event = Some(event.clone()),
            }
            as_told.push(item);
        }
        let agree = self.app.index.agrees(request, as_told.iter())?;
        let mut admitted = as_told
            .iter()
            .zip(agree)
            .map(|(item, agrees)| agrees && request.admits(item, self.now, self.zone()));
        dates.retain(|_| admitted.next().unwrap_or(false));
        Ok(dates)
    }
}
