//! A digest of any search, by its address alone: what is asked for, and its feeds. Its page is `pages/search_digest.rs`.

use axum::response::Response;
use jiff::Timestamp;
use jiff::civil::Weekday;
use jiff::tz::TimeZone;

use super::api;
use super::context::{Ask, Context, Face};
use super::feeds::{Format, write_digest};
use super::params::{BadParameter, query_string};
use super::reply::{Keep, Reply};
use super::trouble::Trouble;
use crate::config::{DigestSpec, Grouping, Manner, Period, WEEKDAYS};
use crate::delivery::digest::{
    DigestError, Span, can_hold, edition_slug, editions_of_search, latest_spans, of_search,
    parse_slug, settled, span_to,
};
use crate::domain::{DigestId, SearchRequest};
use crate::store::Edition;

/// The parameters beside those of a search.
pub(super) const OWN: [&str; 7] = [
    "period", "hour", "weekday", "tz", "group", "before", "edition",
];
/// How often a digest can come, and the words for it.
pub(super) const PERIODS: [(&str, Period); 4] = [
    ("hourly", Period::Hourly),
    ("daily", Period::Daily),
    ("weekly", Period::Weekly),
    ("monthly", Period::Monthly),
];
/// The hour at which editions close, and how many stories they tell, where nobody says otherwise.
const HOUR: i8 = 7;
const LIMIT: usize = 50;

/// A digest as an address asks for it.
pub(super) struct Asked {
    pub(super) request: SearchRequest,
    pub(super) spec: DigestSpec,
    /// Show what ended then or earlier.
    pub(super) before: Option<Timestamp>,
    /// Show this one alone.
    pub(super) edition: Option<Timestamp>,
}

impl Asked {
    /// The parameters that make the digest, in one order.
    pub(super) fn pairs(&self) -> &[(String, String)] {
        self.spec.manner.address.as_deref().unwrap_or_default()
    }
}

impl Context {
    /// The digest that the address asks for.
    pub(super) fn asked_digest(&self) -> Result<Asked, Trouble> {
        self.check(api::SEARCH)?;
        self.check(&OWN)?;
        let request = self.pairs.request()?;
        let period = self.word("period", &PERIODS)?.unwrap_or(Period::Daily);
        let weekday = self.weekday()?.unwrap_or(Weekday::Monday);
        let hour = self.hour()?.unwrap_or(HOUR);
        let group = self.word("group", &Grouping::ALL)?.unwrap_or_default();
        let zone = self.named_zone()?;
        let limit = self.pairs.last("limit").map_or(LIMIT, |_| request.limit);
        let mut own: Vec<(String, String)> = request
            .to_pairs()
            .into_iter()
            .filter(|(name, _)| *name != "sort")
            .map(|(name, value)| (name.to_owned(), value))
            .collect();
        let mut say = |name: &str, value: &str| own.push((name.to_owned(), value.to_owned()));
        say("period", word_of(&PERIODS, period));
        if period != Period::Hourly && hour != HOUR {
            say("hour", &hour.to_string());
        }
        if period == Period::Weekly && weekday != Weekday::Monday {
            say("weekday", word_of(&WEEKDAYS, weekday));
        }
        if let Some(name) = zone.as_ref().and_then(|zone| zone.iana_name()) {
            say("tz", name);
        }
        if group != Grouping::Kind {
            say("group", group.word());
        }
        if limit != LIMIT {
            say("limit", &limit.to_string());
        }
        let id: DigestId = "search"
            .parse()
            .map_err(|_| Trouble::Internal("no id".into()))?;
        let rhythm = DigestSpec {
            id,
            title: Vec::new(),
            query: SearchRequest::default(),
            period,
            hour,
            weekday,
            time_zone: zone.unwrap_or_else(|| self.zone().clone()),
            limit,
            manner: Manner {
                group,
                topics: if group == Grouping::Topic {
                    std::sync::Arc::new(crate::config::Topics::of(&self.config.thesaurus))
                } else {
                    std::sync::Arc::default()
                },
                ..Manner::default()
            },
            recipients: Vec::new(),
        };
        let title = self.search_title(&request);
        let title = title
            .strip_suffix(self.site())
            .and_then(|title| title.strip_suffix(" · "))
            .unwrap_or(&title);
        let title = self.ui.tw("search-digest-title", "search", title);
        Ok(Asked {
            spec: of_search(request.clone(), rhythm, (self.ui.language(), title), own),
            request,
            before: self.slug("before")?,
            edition: self.slug("edition")?,
        })
    }

    fn word<T: Copy>(&self, name: &str, words: &[(&str, T)]) -> Result<Option<T>, BadParameter> {
        let Some(given) = self.pairs.last(name) else {
            return Ok(None);
        };
        let found = words.iter().find(|(word, _)| *word == given);
        match found {
            Some((_, value)) => Ok(Some(*value)),
            None => Err(BadParameter::new(name, given)),
        }
    }

    fn weekday(&self) -> Result<Option<Weekday>, BadParameter> {
        let short: Vec<(&str, Weekday)> = WEEKDAYS
            .iter()
            .map(|(word, day)| (&word[..3], *day))
            .collect();
        self.word("weekday", &WEEKDAYS)
            .or_else(|_| self.word("weekday", &short))
    }

    fn hour(&self) -> Result<Option<i8>, BadParameter> {
        let Some(given) = self.pairs.last("hour") else {
            return Ok(None);
        };
        let digits = (1..=2).contains(&given.len()) && given.bytes().all(|b| b.is_ascii_digit());
        let hour = given.parse().ok().filter(|hour| (0..=23).contains(hour));
        match hour.filter(|_| digits) {
            Some(hour) => Ok(Some(hour)),
            None => Err(BadParameter::new("hour", given)),
        }
    }

    fn named_zone(&self) -> Result<Option<TimeZone>, BadParameter> {
        let Some(given) = self.pairs.last("tz") else {
            return Ok(None);
        };
        // A name of the database, not a rule or a file that the system would look for.
        let plain = given.len() <= 64
            && given
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"/_+-".contains(&b));
        let zone = if plain {
            TimeZone::get(given).ok()
        } else {
            None
        };
        match zone.filter(|zone| zone.iana_name().is_some()) {
            Some(zone) => Ok(Some(zone)),
            None => Err(BadParameter::new("tz", given)),
        }
    }

    /// The end of an edition, by what stands for it in addresses.
    pub(super) fn slug(&self, name: &str) -> Result<Option<Timestamp>, BadParameter> {
        let Some(given) = self.pairs.last(name) else {
            return Ok(None);
        };
        match parse_slug(given) {
            Some(end) => Ok(Some(end)),
            None => Err(BadParameter::new(name, given)),
        }
    }
}

/// The word for a value.
pub(super) fn word_of<T: PartialEq>(words: &[(&'static str, T)], value: T) -> &'static str {
    words
        .iter()
        .find(|(_, own)| *own == value)
        .map_or("", |(word, _)| word)
}

/// The latest editions of an asked digest that hold anything, and from where to go on.
pub(super) struct Latest {
    pub(super) editions: Vec<Edition>,
    /// What `before` is to be for those before.
    pub(super) next: Option<String>,
    /// When the latest of the periods that were looked at ended.
    pub(super) end: Timestamp,
}

impl Ask {
    /// The editions that a feed or a list of them shows (blocking).
    pub(super) fn latest(&self, asked: &Asked) -> Result<Latest, Trouble> {
        let settled = settled(self.now);
        let until = asked.before.unwrap_or(settled).min(settled);
        let spans = latest_spans(&asked.spec, until);
        let mut editions = self.made(asked, &spans)?;
        editions.retain(|edition| !edition.items.is_empty());
        let (end, start) = match (spans.first(), spans.last()) {
            (Some(first), Some(last)) => (first.end, last.start),
            _ => (until, until),
        };
        let more = can_hold(&self.app.store, start).map_err(trouble)?;
        Ok(Latest {
            editions,
            next: more.then(|| edition_slug(start)),
            end,
        })
    }

    /// The edition that ends at a moment (blocking).
    pub(super) fn one_edition(&self, asked: &Asked, end: Timestamp) -> Result<Edition, Trouble> {
        let span = span_to(&asked.spec, end)
            .filter(|span| span.end <= settled(self.now))
            .ok_or(Trouble::NotFound)?;
        self.made(asked, &[span])?.pop().ok_or(Trouble::NotFound)
    }

    fn made(&self, asked: &Asked, spans: &[Span]) -> Result<Vec<Edition>, Trouble> {
        let (store, index) = (&self.app.store, &self.app.index);
        editions_of_search(store, index, &asked.spec, spans, self.zone()).map_err(trouble)
    }
}

fn trouble(error: DigestError) -> Trouble {
    Trouble::Internal(error.to_string())
}

/// `/digest.rss`
pub(super) async fn rss(context: Ask) -> Response {
    feed(context, Format::Rss).await
}

/// `/digest.atom`
pub(super) async fn atom(context: Ask) -> Response {
    feed(context, Format::Atom).await
}

/// `/digest.json`
pub(super) async fn json(context: Ask) -> Response {
    feed(context, Format::Json).await
}

async fn feed(context: Ask, format: Format) -> Response {
    context
        .serve_again(Face::Data, move |context| {
            let asked = context.asked_digest()?;
            let (editions, next, end) = if let Some(end) = asked.edition {
                (vec![context.one_edition(&asked, end)?], None, end)
            } else {
                let latest = context.latest(&asked)?;
                (latest.editions, latest.next, latest.end)
            };
            let ui = context.ui.language();
            let title = format!("{} · {}", asked.spec.title(ui), context.site());
            let mut info = context.info(&asked.request, title)?;
            let mut own = asked.pairs().to_vec();
            info.home = context.url(&format!("/digest{}", query_string(&own)))?;
            if context.ui_given {
                own.push(("ui".into(), context.ui.code()));
            }
            let at = |more: Option<(&str, String)>| {
                let mut pairs = own.clone();
                pairs.extend(more.map(|(name, value)| (name.to_owned(), value)));
                context.url(&format!("{}{}", context.path, query_string(&pairs)))
            };
            let place = asked
                .edition
                .map(|end| ("edition", edition_slug(end)))
                .or_else(|| asked.before.map(|end| ("before", edition_slug(end))));
            info.links.first = place.is_some().then(|| at(None)).transpose()?;
            info.this = at(place)?;
            info.next = next.map(|slug| at(Some(("before", slug)))).transpose()?;
            info.lang = Some(ui);
            info.updated = editions.first().map_or(end, |edition| edition.end);
            let body = write_digest(&info, &asked.spec, &editions, ui, format);
            let reply = Reply::new(format.content_type(), body).keep(Keep::Minute);
            Ok(context.with_its_date(reply))
        })
        .await
}
