//! Answers.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use tantivy::query::{AllQuery, EmptyQuery, Query};

use super::collect::{Collected, Filters, Gather, Wanted};
use super::columns::{GROUPS, Group, Values};
use super::cursor::Cursor;
use super::lift::lift;
use super::marks::Marks;
use super::nearest::{self, Nearest};
use super::pins::Pins;
use super::query::{Expander, Expression, Parsed, Plan, Reach, name, parse};
use super::snapshot::Snapshot;
use super::timeline::{Timeline, Weeks};
use super::top::Best;
use super::ways::{Figures, Weighed};
use super::{Facets, Hits, Interpreted, SearchError, spelling};
use crate::domain::{Country, ItemId, Language, SearchRequest, Seq, Sort, SourceId, TopicId};
use crate::understanding::analysis::STEMMED;

/// Fewer results than these, and what lacks some of the words is shown after them.
const FEW: u64 = 10;

/// Everything that answering needs.
pub(super) struct Answering<'a> {
    pub snapshot: Option<Arc<Snapshot>>,
    pub pins: &'a Pins,
    pub values: &'a Values,
    pub expander: Arc<Expander>,
    pub nearest: Option<Arc<dyn Nearest>>,
    /// Distinguishes this process from earlier ones.
    pub process: u64,
}

impl Answering<'_> {
    /// Answers a search, with its time line if that is wanted.
    pub fn search(
        &self,
        request: &SearchRequest,
        now: Timestamp,
        zone: &TimeZone,
        by_week: bool,
    ) -> Result<Hits, SearchError> {
        let cursor = request
            .cursor
            .as_deref()
            .map(|text| Cursor::read(text, request))
            .transpose()?;
        let Some(current) = self.snapshot.clone() else {
            let meant = self.read(&request.q, request, None)?;
            return Ok(Hits {
                total: 0,
                ids: Vec::new(),
                facets: Facets::default(),
                timeline: Timeline::default(),
                next_cursor: None,
                marks: Marks::of(meant.expression.as_ref()),
                interpreted: meant.interpreted,
            });
        };
        let order = request.order();
        // Scores change with every item that comes or goes: later pages are read from what the first was made of.
        let snapshot = cursor
            .filter(|cursor| order == Sort::Relevance && cursor.snapshot.0 == self.process)
            .and_then(|cursor| self.pins.find(cursor.snapshot.1))
            .unwrap_or(current);
        let mut meant = self.read(&request.q, request, Some(&snapshot))?;
        // To the minute: an address that says the same a second later can be cached.
        let minute = Timestamp::from_second(now.as_second().div_euclid(60) * 60).unwrap_or(now);
        let now = cursor.map_or(minute, |cursor| cursor.now);
        let wanted = Arc::new(Wanted {
            filters: self.filters(request, now, zone),
            order,
            now: now.as_millisecond(),
            after: cursor.map(|cursor| cursor.after),
            // One more than asked for tells whether there is another page.
            most: request.limit.clamp(1, 100) + 1,
            every: false,
            weeks: by_week.then(|| Weeks::of(request, now, zone)),
            closer: order == Sort::Relevance && meant.expression.is_some(),
        });
        // Of all languages, whatever the filter: the facet of languages counts what the others would give.
        let plan = Plan::new(&snapshot.fields, &[], order == Sort::Relevance);
        let near = match &self.nearest {
            Some(nearest) if wanted.closer => nearest.nearest(&request.q, nearest::MOST),
            _ => Vec::new(),
        };
        let run = |meant: &Meant, reach: Reach| {
            let mut found = if near.is_empty() {
                self.found(&plan, meant, reach, (request, &snapshot, &wanted))?
            } else {
                let query = whole(&plan, meant.expression.as_ref(), reach, &request.q);
                let query = nearest::joined(query, &near, &snapshot.fields);
                self.gather(&snapshot, &*query, &wanted)?
            };
            if let Some(expression) = meant.expression.as_ref().filter(|_| wanted.closer) {
                guarded(|| {
                    let langs = self.langs_of(&snapshot, &found.closer);
                    lift(
                        &snapshot,
                        &mut found.closer,
                        plan.bonuses(expression, &langs),
                    )
                })?;
                nearest::lift(&mut found.closer, &near);
            }
            found.settle(&wanted);
            Ok::<_, SearchError>(found)
        };
        let mut reach = cursor.map_or(Reach::All, |cursor| cursor.reach);
        let mut corrected = cursor.is_some_and(|cursor| cursor.corrected);
        let mut found = None;
        if cursor.is_none() {
            let first = run(&meant, Reach::All)?;
            if first.total < FEW
                && let Some(better) = self.better(&meant, &snapshot, request)?
            {
                meant.interpreted.did_you_mean = Some(better.interpreted.query.clone());
                if first.total == 0 {
                    let second = run(&better, Reach::All)?;
                    if second.total > 0 {
                        corrected = true;
                        found = Some(second);
                        meant = meant.replaced_by(better);
                    }
                }
            }
            found = found.or(Some(first));
        } else if corrected && let Some(better) = self.better(&meant, &snapshot, request)? {
            meant.interpreted.did_you_mean = Some(better.interpreted.query.clone());
            meant = meant.replaced_by(better);
        }
        let mut found = match found {
            Some(found) => found,
            None => run(&meant, reach)?,
        };
        if cursor.is_none()
            && order == Sort::Relevance
            && found.total < FEW
            && meant.expression.as_ref().is_some_and(Plan::can_reach)
        {
            for wider in [Reach::Half, Reach::Any] {
                let more = run(&meant, wider)?;
                if more.total > found.total {
                    (found, reach) = (more, wider);
                    break;
                }
            }
        }
        meant.interpreted.partial = reach != Reach::All;
        let page = request.limit.clamp(1, 100);
        let more = found.best.len() > page;
        found.best.truncate(page);
        let next_cursor = found.best.last().filter(|_| more).map(|last| {
            if order == Sort::Relevance {
                self.pins.pin(&snapshot);
            }
            Cursor {
                after: last.key,
                now,
                reach,
                corrected,
                snapshot: match order {
                    Sort::Relevance => (self.process, snapshot.number),
                    Sort::Date | Sort::Deadline | Sort::Event => (0, 0),
                },
            }
            .write(request)
        });
        Ok(Hits {
            total: found.total,
            ids: found
                .best
                .iter()
                .map(|best| ItemId::new(best.key.2))
                .collect(),
            facets: self.facets(&found),
            timeline: match &wanted.weeks {
                Some(weeks) => weeks.timeline(&found.weeks),
                None => Timeline::default(),
            },
            next_cursor,
            marks: Marks::of(meant.expression.as_ref()),
            interpreted: meant.interpreted,
        })
    }

    /// All items that a request selects.
    pub fn select(
        &self,
        request: &SearchRequest,
        now: Timestamp,
        zone: &TimeZone,
        after: Option<Seq>,
    ) -> Result<Vec<ItemId>, SearchError> {
        let Some(snapshot) = &self.snapshot else {
            return Ok(Vec::new());
        };
        let meant = self.read(&request.q, request, Some(snapshot))?;
        let mut filters = self.filters(request, now, zone);
        filters.born_after = after.map(|seq| seq.0);
        let wanted = Arc::new(Wanted {
            filters,
            order: Sort::Date,
            now: now.as_millisecond(),
            after: None,
            most: 0,
            every: true,
            weeks: None,
            closer: false,
        });
        let plan = Plan::new(&snapshot.fields, &request.lang, false);
        let found = self.found(&plan, &meant, Reach::All, (request, snapshot, &wanted))?;
        Ok(found.every.into_iter().map(ItemId::new).collect())
    }

    /// What a request's words mean, with what the thesaurus adds to them; `None` where there are none.
    pub fn meant(&self, request: &SearchRequest) -> Result<Option<Expression>, SearchError> {
        Ok(self.read(&request.q, request, None)?.expression)
    }

    /// What a query means, with what the thesaurus and the names of sources add to it.
    fn read(
        &self,
        query: &str,
        request: &SearchRequest,
        snapshot: Option<&Snapshot>,
    ) -> Result<Meant, SearchError> {
        let Parsed {
            expression,
            mut interpreted,
        } = parse(query);
        let typed = expression.clone();
        let expression = if request.cross {
            expression.map(|expression| {
                let (expression, expanded) = self.expander.expand(expression, &request.country);
                interpreted.expanded = expanded;
                expression
            })
        } else {
            expression
        };
        let expression = match (expression, snapshot) {
            (Some(expression), Some(snapshot)) => Some(guarded(|| {
                name(expression, &mut interpreted.expanded, snapshot)
            })?),
            (expression, _) => expression,
        };
        Ok(Meant {
            typed,
            expression,
            interpreted,
        })
    }

    /// A query with known words in place of those that nothing has.
    fn better(
        &self,
        meant: &Meant,
        snapshot: &Snapshot,
        request: &SearchRequest,
    ) -> Result<Option<Meant>, SearchError> {
        let Some(typed) = &meant.typed else {
            return Ok(None);
        };
        let better = guarded(|| spelling::corrected(typed, snapshot))?;
        better
            .map(|better| self.read(&better.to_string(), request, Some(snapshot)))
            .transpose()
    }

    fn filters(&self, request: &SearchRequest, now: Timestamp, zone: &TimeZone) -> Filters {
        let mut groups: [Option<Vec<bool>>; GROUPS.len()] = Default::default();
        let mut admit = |group: Group, names: &mut dyn Iterator<Item = &str>| {
            let mut admitted: Option<Vec<bool>> = None;
            for name in names {
                let admitted = admitted.get_or_insert_default();
                if let Some(number) = self.values.find(group, name) {
                    let number = number as usize;
                    if admitted.len() <= number {
                        admitted.resize(number + 1, false);
                    }
                    admitted[number] = true;
                }
            }
            groups[group as usize] = admitted;
        };
        admit(Group::Lang, &mut request.lang.iter().map(Language::as_str));
        admit(
            Group::Country,
            &mut request.country.iter().map(Country::as_str),
        );
        admit(
            Group::Source,
            &mut request.source.iter().map(SourceId::as_str),
        );
        admit(
            Group::Role,
            &mut request.role.iter().map(|role| role.as_str()),
        );
        admit(
            Group::Kind,
            &mut request.kind.iter().map(|kind| kind.as_str()),
        );
        admit(Group::Topic, &mut request.topic.iter().map(TopicId::as_str));
        let from = request.from.map(|bound| bound.start(now, zone));
        let to = request.to.map(|bound| bound.end(now, zone));
        Filters {
            any: groups.iter().any(Option::is_some),
            groups,
            at: (
                from.map_or(i64::MIN, Timestamp::as_millisecond),
                to.map_or(i64::MAX, Timestamp::as_millisecond),
            ),
            deadline_after: request.deadline_open.then(|| now.as_millisecond()),
            event_after: request.event_coming.then(|| now.as_millisecond()),
            born_after: None,
        }
    }

    /// All that has the words.
    fn found(
        &self,
        plan: &Plan<'_>,
        meant: &Meant,
        reach: Reach,
        (request, snapshot, wanted): (&SearchRequest, &Snapshot, &Arc<Wanted>),
    ) -> Result<Collected, SearchError> {
        let expression = meant.expression.as_ref();
        let listed = expression.filter(|_| reach == Reach::All);
        if let Some(ways) = listed.and_then(|expression| plan.ways(expression)) {
            let gather = Gather::new(wanted, snapshot, self.values);
            return guarded(|| {
                let mut figures = Figures::of(snapshot);
                let ways = ways.into_iter().map(|way| way.weigh(&mut figures));
                let ways: Vec<Weighed> = ways
                    .filter_map(Result::transpose)
                    .collect::<tantivy::Result<_>>()?;
                gather.run(&snapshot.searcher, &ways)
            });
        }
        let query = whole(plan, expression, reach, &request.q);
        self.gather(snapshot, &*query, wanted)
    }

    fn gather(
        &self,
        snapshot: &Snapshot,
        query: &dyn Query,
        wanted: &Arc<Wanted>,
    ) -> Result<Collected, SearchError> {
        let gather = Gather::new(wanted, snapshot, self.values);
        guarded(|| snapshot.searcher.search(query, &gather))
    }

    /// The languages with words of their own that results are in; `None` for all others together.
    fn langs_of(&self, snapshot: &Snapshot, results: &[Best]) -> Vec<Option<Language>> {
        let ours = STEMMED.map(|lang| (self.values.find(Group::Lang, lang.as_str()), lang));
        let mut langs: Vec<Option<Language>> = Vec::new();
        for best in results {
            let (_, columns) = &snapshot.columns[best.address.segment_ord as usize];
            let number = columns.single(best.address.doc_id)[Group::Lang as usize];
            let known = ours.iter().find(|(ours, _)| *ours == Some(number));
            let lang = known.map(|(_, lang)| *lang);
            if !langs.contains(&lang) {
                langs.push(lang);
            }
        }
        langs
    }

    fn facets(&self, found: &Collected) -> Facets {
        let of = |group: Group| self.values.named(group, &found.counts);
        Facets {
            lang: of(Group::Lang),
            country: of(Group::Country),
            source: of(Group::Source),
            role: of(Group::Role),
            topic: of(Group::Topic),
            kind: of(Group::Kind),
        }
    }
}

/// A query, understood.
struct Meant {
    /// As it was typed.
    typed: Option<Expression>,
    /// With what the thesaurus adds; `None` where nothing can be searched.
    expression: Option<Expression>,
    interpreted: Interpreted,
}

impl Meant {
    /// Another spelling of the query, searched because this one finds nothing.
    fn replaced_by(self, better: Self) -> Self {
        let mut notes = self.interpreted.notes;
        notes.push(format!(
            "Nothing was found for “{}”; “{}” was searched in its place.",
            self.interpreted.query, better.interpreted.query
        ));
        Self {
            interpreted: Interpreted {
                did_you_mean: self.interpreted.did_you_mean,
                notes,
                ..better.interpreted
            },
            ..better
        }
    }
}

/// The query for a request's words: everything where there are none, nothing where nothing in them can be searched.
fn whole(
    plan: &Plan<'_>,
    expression: Option<&Expression>,
    reach: Reach,
    typed: &str,
) -> Box<dyn Query> {
    match expression {
        Some(expression) => plan.query(expression, reach),
        None if typed.trim().is_empty() => Box::new(AllQuery),
        None => Box::new(EmptyQuery),
    }
}

/// Damaged files can make tantivy panic; one search that fails must not take a server's thread with it.
fn guarded<T>(work: impl FnOnce() -> tantivy::Result<T>) -> Result<T, SearchError> {
    match std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)) {
        Ok(found) => found.map_err(|error| SearchError::Index(error.to_string())),
        Err(_) => Err(SearchError::Index(
            "a part of it is damaged; run `vesti reindex`".to_owned(),
        )),
    }
}
