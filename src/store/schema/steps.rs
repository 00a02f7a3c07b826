//! The tables, step by step.

/// Each step leads from the format of its place in the list to the next. Steps are only ever added.
pub(super) const STEPS: &[&str] = &["
CREATE TABLE head (
    one            INTEGER PRIMARY KEY CHECK (one = 1),
    generation     TEXT    NOT NULL,
    seq            INTEGER NOT NULL,
    purged_through INTEGER NOT NULL
) STRICT;

-- The catalogue and what is known of each source. `listed` = 0: no longer in the configuration, its items are kept.
CREATE TABLE source (
    id          TEXT    PRIMARY KEY,
    listed      INTEGER NOT NULL,
    name        TEXT    NOT NULL,
    country     TEXT    NOT NULL,
    role        TEXT    NOT NULL,
    private     INTEGER NOT NULL,
    spec        TEXT    NOT NULL,
    state       TEXT    NOT NULL,
    phase       TEXT    NOT NULL,
    visited     INTEGER NOT NULL,
    next_visit  INTEGER,
    lease_until INTEGER NOT NULL DEFAULT 0,
    token       INTEGER NOT NULL DEFAULT 0,
    items       INTEGER NOT NULL DEFAULT 0,
    newest      INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX source_due ON source (next_visit) WHERE next_visit IS NOT NULL;

-- `id` is a hash and falls anywhere; `row` grows, so that what is new lies together on the disk.
CREATE TABLE item (
    row          INTEGER PRIMARY KEY,
    id           INTEGER NOT NULL UNIQUE,
    seq          INTEGER NOT NULL UNIQUE,
    born         INTEGER NOT NULL,
    version      INTEGER NOT NULL,
    source       TEXT    NOT NULL,
    url          TEXT    NOT NULL,
    canonical    TEXT    NOT NULL,
    guid         TEXT,
    title        TEXT    NOT NULL,
    author       TEXT,
    excerpt      TEXT    NOT NULL,
    lang         TEXT,
    confidence   REAL,
    published    INTEGER,
    precision    TEXT    NOT NULL,
    sort_at      INTEGER NOT NULL,
    first_seen   INTEGER NOT NULL,
    updated      INTEGER,
    kind         TEXT    NOT NULL,
    topics       TEXT    NOT NULL,
    deadline     TEXT,
    event        TEXT,
    image        TEXT,
    attachments  TEXT    NOT NULL,
    story        INTEGER NOT NULL,
    withdrawn    INTEGER,
    archive      INTEGER NOT NULL,
    content_hash TEXT    NOT NULL
) STRICT;
CREATE INDEX item_story ON item (story);
CREATE INDEX item_source ON item (source, sort_at) WHERE withdrawn IS NULL;

-- Texts apart from the rest, so that lists need not step over them.
CREATE TABLE body (
    row  INTEGER PRIMARY KEY,
    text TEXT NOT NULL,
    html TEXT
) STRICT;

CREATE TABLE key (
    key  BLOB    PRIMARY KEY,
    item INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE version (
    item        INTEGER NOT NULL,
    version     INTEGER NOT NULL,
    replaced_at INTEGER NOT NULL,
    title       TEXT    NOT NULL,
    text        TEXT    NOT NULL,
    PRIMARY KEY (item, version)
) STRICT, WITHOUT ROWID;

-- Pages to fetch because the feed gave only a summary.
CREATE TABLE page (
    item        INTEGER PRIMARY KEY,
    source      TEXT    NOT NULL,
    url         TEXT    NOT NULL,
    draft       TEXT    NOT NULL,
    tries       INTEGER NOT NULL,
    due         INTEGER NOT NULL,
    lease_until INTEGER NOT NULL DEFAULT 0,
    token       INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX page_due ON page (due);

CREATE TABLE visit (
    id     INTEGER PRIMARY KEY,
    source TEXT    NOT NULL,
    at     INTEGER NOT NULL,
    log    TEXT    NOT NULL
) STRICT;
CREATE INDEX visit_source ON visit (source, id);

CREATE TABLE edition (
    digest    TEXT    NOT NULL,
    ends      INTEGER NOT NULL,
    starts    INTEGER NOT NULL,
    published INTEGER NOT NULL,
    through   INTEGER NOT NULL,
    body      TEXT    NOT NULL,
    items     TEXT    NOT NULL,
    PRIMARY KEY (digest, ends)
) STRICT, WITHOUT ROWID;

-- Which digest had which item already.
CREATE TABLE delivered (
    digest TEXT    NOT NULL,
    item   INTEGER NOT NULL,
    PRIMARY KEY (digest, item)
) STRICT, WITHOUT ROWID;

INSERT INTO head VALUES (1, lower(hex(randomblob(8))), 0, 0);
", "
-- How far back the archive of a source was read.
CREATE TABLE backfill (
    source   TEXT PRIMARY KEY,
    progress TEXT NOT NULL
) STRICT, WITHOUT ROWID;
", "
-- Files that go with items, and what they say. `due` is null once that is settled.
CREATE TABLE file (
    row         INTEGER PRIMARY KEY,
    item        INTEGER NOT NULL,
    url         TEXT    NOT NULL,
    state       TEXT    NOT NULL,
    title       TEXT,
    pages       INTEGER,
    lang        TEXT,
    text        TEXT    NOT NULL DEFAULT '',
    deadline    TEXT,
    tries       INTEGER NOT NULL DEFAULT 0,
    due         INTEGER,
    lease_until INTEGER NOT NULL DEFAULT 0,
    token       INTEGER NOT NULL DEFAULT 0,
    UNIQUE (item, url)
) STRICT;
CREATE INDEX file_due ON file (due) WHERE due IS NOT NULL;
", "
-- How far work that goes over everything has come, by the name of the work.
CREATE TABLE note (
    key  TEXT PRIMARY KEY,
    text TEXT NOT NULL
) STRICT, WITHOUT ROWID;
", "
-- What items are compared by to see which tell the same story, by their rows.
CREATE TABLE sketch (
    row    INTEGER PRIMARY KEY,
    sketch BLOB NOT NULL
) STRICT;

-- Items that tell the same, each pair both ways, and how that is known.
CREATE TABLE story_link (
    a   INTEGER NOT NULL,
    b   INTEGER NOT NULL,
    why INTEGER NOT NULL,
    PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;

-- The item by which its source replaced it.
ALTER TABLE item ADD COLUMN newer INTEGER;

-- Items up to this row were recorded before there were stories, and are still to be compared; null when all are.
CREATE TABLE unsettled (row INTEGER) STRICT;
INSERT INTO unsettled SELECT max(row) FROM item;
", "
-- What is to leave the service. `due` is null once it has left, or never will.
CREATE TABLE outbox (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    channel TEXT    NOT NULL,
    key     TEXT    NOT NULL UNIQUE,
    body    TEXT    NOT NULL,
    posted  INTEGER NOT NULL,
    due     INTEGER,
    tries   INTEGER NOT NULL,
    done    INTEGER,
    state   TEXT,
    note    TEXT
) STRICT;
CREATE INDEX outbox_due ON outbox (channel, due) WHERE due IS NOT NULL;
", "
-- Who gets which digest by mail. `since`: editions that end later are still to be sent; `mailed`: when the last mail that
-- asks for confirmation was put in the outbox.
CREATE TABLE subscription (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    token    TEXT    NOT NULL UNIQUE,
    address  TEXT    NOT NULL COLLATE NOCASE,
    digest   TEXT    NOT NULL,
    title    TEXT    NOT NULL,
    lang     TEXT    NOT NULL,
    origin   TEXT    NOT NULL,
    state    TEXT    NOT NULL,
    asked    INTEGER NOT NULL,
    mailed   INTEGER NOT NULL,
    since    INTEGER,
    refusals INTEGER NOT NULL,
    UNIQUE (address, digest)
) STRICT;
CREATE INDEX subscription_due ON subscription (digest, since) WHERE state = 'active';

-- Digests of searches that somebody subscribed to.
CREATE TABLE search_digest (
    id   TEXT PRIMARY KEY,
    spec TEXT NOT NULL
) STRICT, WITHOUT ROWID;
", "
-- What calendars were told of an item's deadline and event; `cancelled`: when it was called off.
CREATE TABLE calendar (
    item      INTEGER NOT NULL,
    what      TEXT    NOT NULL,
    sequence  INTEGER NOT NULL,
    changed   INTEGER NOT NULL,
    cancelled INTEGER,
    title     TEXT    NOT NULL,
    date      TEXT    NOT NULL,
    PRIMARY KEY (item, what)
) STRICT, WITHOUT ROWID;
CREATE INDEX calendar_cancelled ON calendar (cancelled) WHERE cancelled IS NOT NULL;
-- Numbered as they were told before they were noted.
INSERT INTO calendar SELECT id, 'deadline', version - 1 + (withdrawn IS NOT NULL), coalesce(withdrawn, updated, first_seen), withdrawn, title,
    json_object('deadline', json(date)) FROM (SELECT i.*, coalesce(i.deadline, (SELECT f.deadline FROM file f WHERE f.item = i.id
    AND f.deadline IS NOT NULL ORDER BY f.row LIMIT 1)) AS date FROM item i) WHERE date IS NOT NULL;
INSERT INTO calendar SELECT id, 'event', version - 1 + (withdrawn IS NOT NULL), coalesce(withdrawn, updated, first_seen), withdrawn, title,
    json_object('event', json(event)) FROM item WHERE event IS NOT NULL;
-- Digests of any search ask what came when.
CREATE INDEX item_first_seen ON item (first_seen, born);
", "
-- What readers' apps are shown: items that came as news or with the first visit, and editions (`ends`), in the order in which they
-- came. `pos` is that order: the microsecond since 1970, or the next free one, so that it only grows. `id` is the item's, or random;
-- `nth` numbers the entries of a stream, so that they can be counted without being looked at.
CREATE TABLE entry (
    pos    INTEGER PRIMARY KEY,
    id     INTEGER NOT NULL UNIQUE,
    stream TEXT    NOT NULL,
    nth    INTEGER NOT NULL,
    ends   INTEGER,
    old    INTEGER NOT NULL,
    gone   INTEGER NOT NULL
) STRICT;

CREATE TABLE entry_topic (
    topic TEXT    NOT NULL,
    pos   INTEGER NOT NULL,
    PRIMARY KEY (topic, pos)
) STRICT, WITHOUT ROWID;

INSERT INTO entry (pos, id, stream, nth, ends, old, gone)
SELECT place + max(at - place) OVER (ORDER BY place), id, stream, row_number() OVER (PARTITION BY stream ORDER BY place), ends, old, gone FROM (
    SELECT row_number() OVER (ORDER BY at, row) AS place, * FROM (
        SELECT first_seen * 1000 AS at, row, id, source AS stream, NULL AS ends, archive AS old, withdrawn IS NOT NULL AS gone
        FROM item WHERE archive < 2
        UNION ALL
        SELECT published * 1000, 0, random() & 9223372036854775807, 'digest/' || digest, ends, 0, 0 FROM edition WHERE items <> '[]'
    )
);
INSERT OR IGNORE INTO entry_topic SELECT t.value, e.pos FROM item i JOIN entry e ON e.id = i.id, json_each(i.topics) t;
CREATE INDEX entry_stream ON entry (stream, pos, gone, old);
-- What is not to be counted among what is unread.
CREATE INDEX entry_apart ON entry (stream, pos) WHERE gone = 1 OR old = 1;

CREATE TRIGGER entry_state AFTER UPDATE OF withdrawn, archive ON item
WHEN (old.withdrawn IS NULL) <> (new.withdrawn IS NULL) OR old.archive <> new.archive
BEGIN
    UPDATE entry SET old = new.archive, gone = new.withdrawn IS NOT NULL WHERE id = new.id;
END;
CREATE TRIGGER entry_topics AFTER UPDATE OF topics ON item WHEN old.topics <> new.topics
BEGIN
    DELETE FROM entry_topic WHERE topic IN (SELECT value FROM json_each(old.topics)) AND pos = (SELECT pos FROM entry WHERE id = new.id);
    INSERT OR IGNORE INTO entry_topic SELECT t.value, e.pos FROM entry e, json_each(new.topics) t WHERE e.id = new.id;
END;
-- Digests of searches that somebody gets by mail are nobody else's.
CREATE TRIGGER entry_edition AFTER INSERT ON edition
WHEN new.items <> '[]' AND NOT EXISTS (SELECT 1 FROM search_digest WHERE id = new.digest)
BEGIN
    INSERT INTO entry (pos, id, stream, nth, ends, old, gone)
    VALUES (max(new.published * 1000, (SELECT coalesce(max(pos), 0) + 1 FROM entry)),
            random() & 9223372036854775807, 'digest/' || new.digest,
            1 + coalesce((SELECT nth FROM entry WHERE stream = 'digest/' || new.digest ORDER BY pos DESC LIMIT 1), 0), new.ends, 0, 0);
END;

-- Readers of apps: a name and a hash of what proves it, nothing about a person. What lies at or before `floor` is
-- read; `created` and `used` are days.
CREATE TABLE reader (
    id      INTEGER PRIMARY KEY,
    name    TEXT    NOT NULL UNIQUE,
    proof   BLOB    NOT NULL,
    lang    TEXT    NOT NULL,
    floor   INTEGER NOT NULL,
    created INTEGER NOT NULL,
    used    INTEGER
) STRICT;

-- What a stream has up to `pos` is read.
CREATE TABLE reader_through (
    reader INTEGER NOT NULL,
    stream TEXT    NOT NULL,
    pos    INTEGER NOT NULL,
    PRIMARY KEY (reader, stream)
) STRICT, WITHOUT ROWID;

-- What is otherwise than that: 1 read, 0 unread.
CREATE TABLE reader_mark (
    reader INTEGER NOT NULL,
    stream TEXT    NOT NULL,
    pos    INTEGER NOT NULL,
    read   INTEGER NOT NULL,
    PRIMARY KEY (reader, stream, pos)
) STRICT, WITHOUT ROWID;
CREATE INDEX reader_kept ON reader_mark (reader, pos) WHERE read = 0;

CREATE TABLE reader_star (
    reader INTEGER NOT NULL,
    pos    INTEGER NOT NULL,
    PRIMARY KEY (reader, pos)
) STRICT, WITHOUT ROWID;

-- Feeds that a reader has left, renamed or put into another folder.
CREATE TABLE reader_feed (
    reader INTEGER NOT NULL,
    stream TEXT    NOT NULL,
    hidden INTEGER NOT NULL,
    title  TEXT,
    folder TEXT,
    PRIMARY KEY (reader, stream)
) STRICT, WITHOUT ROWID;
", "
-- Subscriptions at hubs (WebSub), by the last part of the addresses that these push to. `ending` = 1: no longer wanted.
CREATE TABLE push (
    token  TEXT    PRIMARY KEY,
    source TEXT    NOT NULL,
    ending INTEGER NOT NULL,
    until  INTEGER,
    due    INTEGER,
    state  TEXT    NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX push_source ON push (source) WHERE ending = 0;
CREATE INDEX push_due ON push (due) WHERE due IS NOT NULL;

-- What hubs pushed and nobody has read yet.
CREATE TABLE pushed (
    id         INTEGER PRIMARY KEY,
    source     TEXT    NOT NULL,
    at         INTEGER NOT NULL,
    media_type TEXT,
    body       BLOB    NOT NULL
) STRICT;
CREATE INDEX pushed_source ON pushed (source, id);

-- Feeds of searches that were fetched lately, without by whom: of these the hub is told as well.
CREATE TABLE fetched (
    feed TEXT    PRIMARY KEY,
    at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
", "
-- Staff: who may sign in. `key` is the name in small letters; `password` a PHC string.
CREATE TABLE staff (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    key      TEXT    NOT NULL UNIQUE,
    name     TEXT    NOT NULL,
    role     TEXT    NOT NULL,
    mail     TEXT,
    password TEXT,
    created  INTEGER NOT NULL,
    used     INTEGER
) STRICT;

-- Sessions of browsers, tokens of programs, links that sign in once: by the hash of their secret.
CREATE TABLE pass (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    hash    BLOB    NOT NULL UNIQUE,
    kind    TEXT    NOT NULL,
    staff   INTEGER NOT NULL,
    label   TEXT    NOT NULL,
    role    TEXT    NOT NULL,
    created INTEGER NOT NULL,
    used    INTEGER,
    ends    INTEGER
) STRICT;
CREATE INDEX pass_staff ON pass (staff, kind);

-- Keys to the members' pages, by the hash of their secret; `used` is a day.
CREATE TABLE member_key (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    hash    BLOB    NOT NULL UNIQUE,
    label   TEXT    NOT NULL,
    created INTEGER NOT NULL,
    used    INTEGER
) STRICT;

-- Who of the staff changed what.
CREATE TABLE deed (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    at     INTEGER NOT NULL,
    who    TEXT    NOT NULL,
    what   TEXT    NOT NULL,
    about  TEXT    NOT NULL,
    detail TEXT    NOT NULL
) STRICT;
CREATE INDEX deed_at ON deed (at);
", "
-- What began and what ended with sources, in the order in which it was noticed.
CREATE TABLE happening (
    number  INTEGER PRIMARY KEY AUTOINCREMENT,
    at      INTEGER NOT NULL,
    source  TEXT    NOT NULL,
    turn    TEXT    NOT NULL,
    finding TEXT    NOT NULL
) STRICT;
CREATE INDEX happening_source ON happening (source, number);
", "
-- What mattered in the edits of items; `version` is the one that was replaced.
CREATE TABLE matter (
    number  INTEGER PRIMARY KEY AUTOINCREMENT,
    at      INTEGER NOT NULL,
    item    INTEGER NOT NULL,
    version INTEGER NOT NULL,
    what    TEXT    NOT NULL
) STRICT;
CREATE INDEX matter_item ON matter (item, number);

-- Items that were edited and whose new text is still to be fetched, with what they said before. `whole` = 0: not all of that was known.
CREATE TABLE half_edit (
    item     INTEGER PRIMARY KEY,
    version  INTEGER NOT NULL,
    whole    INTEGER NOT NULL,
    title    TEXT    NOT NULL,
    text     TEXT    NOT NULL,
    deadline TEXT,
    event    TEXT
) STRICT;

-- Watches: what their owners want to be told, and by which ways. `token` is the address of their feeds, `secret` signs what is
-- sent to their webhooks; items after `began`, matters after `matter` and happenings after `happening` are still to be looked at.
CREATE TABLE watch (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    owner     INTEGER NOT NULL,
    spec      TEXT    NOT NULL,
    token     TEXT    NOT NULL UNIQUE,
    secret    TEXT    NOT NULL,
    off       TEXT,
    created   INTEGER NOT NULL,
    began     INTEGER NOT NULL,
    matter    INTEGER NOT NULL,
    happening INTEGER NOT NULL,
    fired     INTEGER
) STRICT;

-- What a watch has found and has not told yet; `what` is an item, or the number of a matter or of a happening.
CREATE TABLE watch_found (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    watch  INTEGER NOT NULL,
    kind   TEXT    NOT NULL,
    what   INTEGER NOT NULL,
    at     INTEGER NOT NULL,
    due    INTEGER NOT NULL,
    UNIQUE (watch, kind, what)
) STRICT;
CREATE INDEX watch_found_due ON watch_found (watch, due);

-- When a watch told of a source last.
CREATE TABLE watch_calm (
    watch  INTEGER NOT NULL,
    source TEXT    NOT NULL,
    until  INTEGER NOT NULL,
    PRIMARY KEY (watch, source)
) STRICT, WITHOUT ROWID;

-- What watches told: the same to all their ways.
CREATE TABLE bulletin (
    id    INTEGER PRIMARY KEY AUTOINCREMENT,
    watch INTEGER NOT NULL,
    at    INTEGER NOT NULL,
    body  TEXT    NOT NULL
) STRICT;
CREATE INDEX bulletin_watch ON bulletin (watch, id);
-- The latest edits of all items.
CREATE INDEX version_replaced ON version (replaced_at, item);
", "
-- What people decided about sources in the browser, over what the file says.
CREATE TABLE managed (
    source   TEXT PRIMARY KEY,
    decision TEXT NOT NULL
) STRICT, WITHOUT ROWID;
", "
-- Items that were forgotten, by the change that this was.
CREATE TABLE stone (
    seq  INTEGER PRIMARY KEY,
    item INTEGER NOT NULL,
    at   INTEGER NOT NULL
) STRICT;
-- What is old is looked for by its date.
CREATE INDEX item_date ON item (sort_at);
CREATE INDEX item_withdrawn ON item (withdrawn) WHERE withdrawn IS NOT NULL;
"];
