-- The store as the first version of vesti made it, with five hundred announcements. It does not change any more.
PRAGMA journal_mode = WAL;
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

INSERT INTO source (id, listed, name, country, role, private, spec, state, phase, visited, items)
VALUES ('a', 1, 'Sursa a', 'RO', 'member', 0, '{}', '{}', 'healthy', 1, 500);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
INSERT INTO item (row, id, seq, born, version, source, url, canonical, guid, title, excerpt, lang, confidence, published, precision, sort_at,
    first_seen, kind, topics, attachments, story, archive, content_hash)
SELECT i, 1000 + i, i, i, 1, 'a', 'https://a.ro/' || i, 'https://a.ro/' || i, 'vechi-' || i, 'Consiliere ' || i, 'Consiliere', 'ro', 0.9,
    1780000000000 + i * 60000, 'second', 1780000000000 + i * 60000, 1780000000000 + i * 60000, 'news', '[]', '[]', 1000 + i, 0, 'h' || i FROM n;
INSERT INTO body SELECT row, 'Consiliere gratuită pentru familii, ediția cu numărul ' || hex(randomblob(40)), NULL FROM item;
INSERT INTO version SELECT id, 0, 1, 'Înainte', 'Textul de înainte' FROM item WHERE row % 10 = 0;
UPDATE head SET seq = 500, generation = 'first';
PRAGMA user_version = 1;
