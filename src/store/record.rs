//! Recording a visit: one transaction, fenced by the lease.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, params};

use crate::domain::{
    Arrival, ItemId, ItemState, Matter, Phase, Precision, Seq, SourceId, Understood, turned,
};

use super::calendar;
use super::happenings;
use super::items::{item_by_key, one};
use super::matters;
use super::pushes;
use super::rows::{arrival_code, millis, to_json};
use super::stories::{self, Sketched};
use super::tally::Tally;
use super::writer::Refusal;
use super::{Intent, Lease, Recorded, Store, StoreError, Visit, VisitLog};
use super::{entries, files, retention};

/// An item older than this when first seen is archive, not news (days).
const NEWS_DAYS: i64 = 45;
/// Most lines of history kept of a source; thinned out every so many visits.
const HISTORY: i64 = 2_000;
/// Most earlier versions kept of an item where nobody has said otherwise.
const VERSIONS: u32 = 20;

impl Store {
    /// Records a visit: one transaction, nothing at all if the lease is lost.
    pub async fn record(
        &self,
        lease: &Lease,
        visit: impl Into<Arc<Visit>>,
    ) -> Result<Recorded, StoreError> {
        self.record_seen(lease, visit.into(), None).await
    }

    /// Records what was pushed like a visit, and takes it from what waits to be read, at once or not at all.
    pub async fn record_pushed(
        &self,
        lease: &Lease,
        visit: impl Into<Arc<Visit>>,
        pushed: i64,
    ) -> Result<Recorded, StoreError> {
        self.record_seen(lease, visit.into(), Some(pushed)).await
    }

    async fn record_seen(
        &self,
        lease: &Lease,
        visit: Arc<Visit>,
        pushed: Option<i64>,
    ) -> Result<Recorded, StoreError> {
        let source = lease.source.id.clone();
        let token = lease.token;
        let turns = turned(&lease.state.findings, &visit.state.findings);
        let (recorded, followed) = self.write(move |connection| {
            let next = (!matches!(visit.state.phase, Phase::Paused)).then_some(visit.state.next_visit);
            let fenced = connection
                .prepare_cached(
                    "UPDATE source SET state = ?, phase = ?, visited = 1, next_visit = CASE WHEN next_visit IS NULL THEN NULL ELSE ? END, \
                     lease_until = 0 WHERE id = ? AND token = ?",
                )?
                .execute(params![
                    to_json(&visit.state)?,
                    visit.state.phase.word(),
                    next.map(millis),
                    source.as_str(),
                    token.cast_signed()
                ])?;
            if fenced == 0 {
                return Err(Refusal::Store(StoreError::LeaseLost));
            }
            let mut recorded = Recorded::default();
            let mut tally = Tally::begin(connection)?;
            for intent in &visit.intents {
                apply(connection, &source, intent, visit.at, &mut tally, &mut recorded)?;
            }
            tally.end(connection, &source)?;
            entries::arrived(connection, &recorded.inserted, ended(&visit))?;
            log_visit(connection, &source, &visit.log, visit.state.visits)?;
            if let Some(pushed) = pushed {
                pushes::take_out(connection, pushed)?;
            }
            happenings::note(connection, &source, &turns, visit.at)?;
            let followed = pushes::follow(connection, &source, &visit.state, visit.at)?;
            pushes::doubt(connection, &source, &visit.state, visit.at)?;
            Ok((recorded, followed))
        })
        .await?;
        if followed {
            self.tell_pushes();
        }
        Ok(recorded)
    }
}

/// When a visit was over: whoever asks later for what came since an earlier moment must not miss what it brought.
fn ended(visit: &Visit) -> Timestamp {
    let took = i64::try_from(visit.log.millis).unwrap_or(0);
    visit
        .at
        .saturating_add(SignedDuration::from_millis(took))
        .unwrap_or(visit.at)
}

fn log_visit(
    connection: &Connection,
    source: &SourceId,
    log: &VisitLog,
    visits: u64,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT INTO visit (source, at, log) VALUES (?, ?, ?)")?
        .execute(params![source.as_str(), millis(log.at), to_json(log)?])?;
    if visits.is_multiple_of(100) {
        connection
            .prepare_cached(
                "DELETE FROM visit WHERE source = ?1 AND id <= (SELECT id FROM visit WHERE source = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)",
            )?
            .execute(params![source.as_str(), HISTORY])?;
    }
    Ok(())
}

fn apply(
    connection: &Connection,
    source: &SourceId,
    intent: &Intent,
    now: Timestamp,
    tally: &mut Tally,
    recorded: &mut Recorded,
) -> Result<(), Refusal> {
    match intent {
        Intent::Insert(item) => {
            for key in &item.keys {
                // Two entries of one document may turn out to be the same item.
                if item_by_key(connection, source, key)?.is_some() {
                    return Ok(());
                }
            }
            let (id, seq) = insert(connection, source, item, None, now, tally)?;
            recorded.inserted.push(id);
            recorded.seq = Some(seq);
        }
        Intent::Update {
            id,
            now: item,
            edit,
        } => {
            if let Some(seq) = update(connection, source, *id, item, *edit, now, tally)? {
                recorded.changed.push(*id);
                recorded.seq = Some(seq);
            }
        }
        Intent::Withdraw { id } => {
            if let Some((old, _)) = one(connection, *id)?
                && old.source == *source
                && old.state == ItemState::Live
            {
                let seq = tally.next_seq();
                connection
                    .prepare_cached("UPDATE item SET withdrawn = ?, seq = ? WHERE id = ?")?
                    .execute(params![
                        millis(now),
                        seq.0.cast_signed(),
                        id.get().cast_signed()
                    ])?;
                stories::take_out(connection, row_of(connection, *id)?, tally)?;
                tally.count(-1, None);
                calendar::follow(connection, *id, now)?;
                matters::note(connection, *id, old.version, &[Matter::Withdrawn], now)?;
                recorded.changed.push(*id);
                recorded.seq = Some(seq);
            }
        }
    }
    Ok(())
}

/// `oldest` is given for what comes from an archive: what lists are sorted by where it has no date.
pub(super) fn insert(
    connection: &Connection,
    source: &SourceId,
    item: &Understood,
    oldest: Option<Timestamp>,
    now: Timestamp,
    tally: &mut Tally,
) -> Result<(ItemId, Seq), Refusal> {
    let Some(first) = item.keys.first() else {
        return Err(Refusal::Store(StoreError::Other(
            "an item without any key cannot be recorded".into(),
        )));
    };
    let mut id = first.item_id(source);
    while connection
        .prepare_cached("SELECT 1 FROM item WHERE id = ?")?
        .exists([id.get().cast_signed()])?
    {
        // Two of 10^18: the next free one is as good.
        id = ItemId::new(id.get().wrapping_add(1));
    }
    let seq = tally.next_seq();
    let draft = &item.draft;
    let published = draft.published;
    let sort_at = published.map_or(oldest.unwrap_or(now), |published| published.min(now));
    let arrival = match oldest {
        Some(_) => Arrival::Backfill,
        None => arrival(published, now),
    };
    connection
        .prepare_cached(
            "INSERT INTO item (id, seq, born, version, source, url, canonical, guid, title, author, excerpt, lang, confidence, published, \
             precision, sort_at, first_seen, updated, kind, topics, deadline, event, image, attachments, story, withdrawn, archive, content_hash) \
             VALUES (?1, ?2, ?2, 1, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, NULL, ?24, ?25)",
        )?
        .execute(params![
            id.get().cast_signed(),
            seq.0.cast_signed(),
            source.as_str(),
            item.url.as_str(),
            crate::domain::CanonicalUrl::of(&item.url).as_str(),
            draft.guid,
            draft.title,
            draft.author,
            item.excerpt,
            item.lang.map(|found| found.lang.to_string()),
            item.lang.map(|found| f64::from(found.confidence)),
            published.map(millis),
            if published.is_some() { draft.precision } else { Precision::None }.as_str(),
            millis(sort_at),
            millis(now),
            draft.updated.filter(|updated| Some(*updated) > published && *updated <= now).map(millis),
            item.kind.as_str(),
            to_json(&item.topics)?,
            item.deadline.as_ref().map(to_json).transpose()?,
            item.event.as_ref().map(to_json).transpose()?,
            draft.image.as_ref().map(url::Url::as_str),
            to_json(&draft.attachments)?,
            id.get().cast_signed(),
            arrival_code(arrival),
            item.content_hash,
        ])?;
    let row = connection.last_insert_rowid();
    connection
        .prepare_cached("INSERT INTO body (row, text, html) VALUES (?, ?, ?)")?
        .execute(params![row, draft.text, draft.html])?;
    add_keys(connection, source, id, item)?;
    // Of a new item nothing is kept yet that could have to go.
    if draft.partial {
        set_page(connection, source, id, item, now)?;
    } else if !draft.attachments.is_empty() {
        files::expect(connection, id, &draft.attachments, now)?;
    }
    let sketched = Sketched {
        row,
        source: source.as_str(),
        at: millis(sort_at),
        sketch: &item.sketch,
    };
    stories::place(connection, &sketched, true, tally)?;
    tally.count(1, Some(sort_at));
    if item.deadline.is_some() || item.event.is_some() {
        calendar::follow(connection, id, now)?;
    }
    Ok((id, seq))
}

/// Writes what an item is now; `None` where it is not this source's or nothing is different.
pub(super) fn update(
    connection: &Connection,
    source: &SourceId,
    id: ItemId,
    item: &Understood,
    edit: bool,
    now: Timestamp,
    tally: &mut Tally,
) -> Result<Option<Seq>, Refusal> {
    let Some((old, _)) = one(connection, id)? else {
        return Ok(None);
    };
    if old.source != *source {
        return Ok(None);
    }
    let draft = &item.draft;
    // A first date stays: sites put a new one on every edit. A missing one may be learnt from the page.
    let published = old.published.or(draft.published);
    let precision = if old.published.is_some() {
        old.precision
    } else if published.is_some() {
        draft.precision
    } else {
        Precision::None
    };
    let sort_at = published.map_or(old.sort_at, |published| published.min(old.first_seen));
    let updated = if edit {
        let said = draft
            .updated
            .filter(|said| *said > old.sort_at && *said <= now);
        Some(said.unwrap_or(now))
    } else {
        old.updated
    };
    let arrival = match old.arrival {
        Arrival::Backfill => Arrival::Backfill,
        other => published.map_or(other, |at| arrival(Some(at), old.first_seen)),
    };
    // A title alone does not take the text away: its page is read again, and says what became of it.
    let bare = draft.partial && draft.text.is_empty();
    let excerpt = if bare && item.excerpt.is_empty() {
        &old.excerpt
    } else {
        &item.excerpt
    };
    if edit {
        keep_version(connection, &old, now)?;
        let unread = connection
            .prepare_cached("SELECT 1 FROM page WHERE item = ?")?
            .exists([id.get().cast_signed()])?;
        matters::keep(connection, &old, !unread)?;
    }
    let seq = tally.next_seq();
    connection
        .prepare_cached(
            "UPDATE item SET seq = ?2, version = ?3, url = ?4, canonical = ?5, guid = coalesce(?6, guid), title = ?7, author = ?8, excerpt = ?9, \
             lang = ?10, confidence = ?11, published = ?12, precision = ?13, sort_at = ?14, updated = ?15, kind = ?16, topics = ?17, deadline = ?18, \
             event = ?19, image = ?20, attachments = ?21, withdrawn = NULL, archive = ?22, content_hash = ?23 WHERE id = ?1",
        )?
        .execute(params![
            id.get().cast_signed(),
            seq.0.cast_signed(),
            if edit { old.version + 1 } else { old.version },
            item.url.as_str(),
            crate::domain::CanonicalUrl::of(&item.url).as_str(),
            draft.guid,
            draft.title,
            draft.author,
            excerpt,
            item.lang.map(|found| found.lang.to_string()),
            item.lang.map(|found| f64::from(found.confidence)),
            published.map(millis),
            precision.as_str(),
            millis(sort_at),
            updated.map(millis),
            item.kind.as_str(),
            to_json(&item.topics)?,
            item.deadline.as_ref().map(to_json).transpose()?,
            item.event.as_ref().map(to_json).transpose()?,
            draft.image.as_ref().map(url::Url::as_str),
            to_json(&draft.attachments)?,
            arrival_code(arrival),
            item.content_hash,
        ])?;
    if !bare {
        connection
            .prepare_cached(
                "UPDATE body SET text = ?2, html = ?3 WHERE row = (SELECT row FROM item WHERE id = ?1)",
            )?
            .execute(params![id.get().cast_signed(), draft.text, draft.html])?;
    }
    add_keys(connection, source, id, item)?;
    if edit {
        set_page(connection, source, id, item, now)?;
    }
    // The page may name more files: they are told when it was read.
    if !draft.partial {
        files::expect(connection, id, &draft.attachments, now)?;
    }
    let from_store = if bare { one(connection, id)? } else { None };
    let from_store = from_store.map(|(item, _)| stories::sketch_of(&item));
    let sketched = Sketched {
        row: row_of(connection, id)?,
        source: source.as_str(),
        at: millis(sort_at),
        sketch: from_store.as_ref().unwrap_or(&item.sketch),
    };
    stories::place(connection, &sketched, false, tally)?;
    let back = i64::from(old.state != ItemState::Live);
    tally.count(back, Some(sort_at));
    calendar::follow(connection, id, now)?;
    if old.state != ItemState::Live {
        matters::note(connection, id, old.version, &[Matter::Returned], now)?;
    }
    if !draft.partial {
        matters::settle(connection, id, true, now)?;
    }
    Ok(Some(seq))
}

/// What an item is to those who see it first now.
fn arrival(published: Option<Timestamp>, now: Timestamp) -> Arrival {
    match published {
        Some(at) if now.as_second() - at.as_second() > NEWS_DAYS * 24 * 3600 => Arrival::Old,
        _ => Arrival::News,
    }
}

fn row_of(connection: &Connection, id: ItemId) -> rusqlite::Result<i64> {
    connection
        .prepare_cached("SELECT row FROM item WHERE id = ?")?
        .query_row([id.get().cast_signed()], |row| row.get(0))
}

fn keep_version(
    connection: &Connection,
    old: &crate::domain::Item,
    now: Timestamp,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO version (item, version, replaced_at, title, text) VALUES (?, ?, ?, ?, ?)",
        )?
        .execute(params![
            old.id.get().cast_signed(),
            old.version,
            millis(now),
            old.title,
            old.text
        ])?;
    let kept = retention::kept_versions(connection)?.unwrap_or(VERSIONS);
    connection
        .prepare_cached("DELETE FROM version WHERE item = ? AND version <= ?")?
        .execute(params![
            old.id.get().cast_signed(),
            old.version.saturating_sub(kept)
        ])?;
    Ok(())
}

/// Keys that lead elsewhere already stay as they are: nobody takes over another item's name.
fn add_keys(
    connection: &Connection,
    source: &SourceId,
    id: ItemId,
    item: &Understood,
) -> rusqlite::Result<()> {
    let mut statement =
        connection.prepare_cached("INSERT OR IGNORE INTO key (key, item) VALUES (?, ?)")?;
    for key in &item.keys {
        statement.execute(params![&key.digest(source)[..16], id.get().cast_signed()])?;
    }
    Ok(())
}

/// Notes that the page is still to be fetched, where the feed gave only a part.
fn set_page(
    connection: &Connection,
    source: &SourceId,
    id: ItemId,
    item: &Understood,
    now: Timestamp,
) -> rusqlite::Result<()> {
    match &item.draft.url {
        Some(url) if item.draft.partial => connection
            .prepare_cached(
                "INSERT INTO page (item, source, url, draft, tries, due) VALUES (?1, ?2, ?3, ?4, 0, ?5) \
                 ON CONFLICT (item) DO UPDATE SET url = ?3, draft = ?4, tries = 0, due = ?5, lease_until = 0, token = token + 1",
            )?
            .execute(params![
                id.get().cast_signed(),
                source.as_str(),
                url.as_str(),
                to_json(&item.draft)?,
                millis(now)
            ])?,
        _ => connection
            .prepare_cached("DELETE FROM page WHERE item = ?")?
            .execute([id.get().cast_signed()])?,
    };
    Ok(())
}
