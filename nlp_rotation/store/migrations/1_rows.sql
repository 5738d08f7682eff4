-- Version 1: articles, what was extracted from them, and what gave no record.
--
-- An edition is one article as one set of versions read it. Editions are only ever added; `current`
-- marks the one of an article that was written down last.

CREATE TABLE edition (
    edition      INTEGER PRIMARY KEY,
    article_id   TEXT NOT NULL,
    digest       TEXT NOT NULL,
    current      BOOLEAN NOT NULL,
    title        TEXT,
    source       TEXT,
    author       TEXT,
    url          TEXT,
    lang         TEXT,
    content      TEXT NOT NULL,
    source_path  TEXT,
    published_at TEXT,
    day          TEXT,
    precision    TEXT NOT NULL,
    basis        TEXT NOT NULL,
    not_before   TEXT,
    not_after    TEXT,
    knowable_at  TEXT,
    extracted_at TEXT NOT NULL,
    versions     TEXT NOT NULL,
    positive     REAL,
    neutral      REAL,
    negative     REAL,
    score        REAL,
    model        TEXT,
    UNIQUE (article_id, digest)
);
-- Two current editions of one article would count its rows twice: the database itself forbids it.
CREATE UNIQUE INDEX edition_current ON edition (article_id) WHERE current;
-- Answers come the newest first: in the order of this index, without sorting all that is stored.
CREATE INDEX edition_newest ON edition (day DESC, knowable_at DESC, edition DESC);
CREATE INDEX edition_source ON edition (lower(source), day);

-- The long columns stand apart, so that a walk over the editions does not drag them along.
CREATE TABLE body (
    edition INTEGER PRIMARY KEY REFERENCES edition,
    text    TEXT NOT NULL,
    record  TEXT NOT NULL
);

CREATE TABLE sentence (
    edition    INTEGER NOT NULL REFERENCES edition,
    n          INTEGER NOT NULL,
    start_char INTEGER NOT NULL,
    end_char   INTEGER NOT NULL,
    positive   REAL,
    neutral    REAL,
    negative   REAL,
    PRIMARY KEY (edition, n)
) WITHOUT ROWID;

CREATE TABLE mention (
    edition        INTEGER NOT NULL REFERENCES edition,
    n              INTEGER NOT NULL,
    start_char     INTEGER NOT NULL,
    end_char       INTEGER NOT NULL,
    quote          TEXT NOT NULL,
    sentence_start INTEGER,
    sentence_end   INTEGER,
    symbol         TEXT,
    kind           TEXT NOT NULL,
    rule           TEXT NOT NULL,
    confidence     REAL,
    positive       REAL,
    neutral        REAL,
    negative       REAL,
    PRIMARY KEY (edition, n)
) WITHOUT ROWID;
CREATE INDEX mention_symbol ON mention (symbol);

CREATE TABLE move (
    edition        INTEGER NOT NULL REFERENCES edition,
    n              INTEGER NOT NULL,
    start_char     INTEGER NOT NULL,
    end_char       INTEGER NOT NULL,
    quote          TEXT NOT NULL,
    sentence_start INTEGER,
    sentence_end   INTEGER,
    subject        TEXT NOT NULL,
    subject_start  INTEGER NOT NULL,
    subject_end    INTEGER NOT NULL,
    pct            REAL,
    pct_low        REAL,
    pct_high       REAL,
    approx         BOOLEAN NOT NULL,
    intraday       BOOLEAN NOT NULL,
    relative_to    TEXT,
    status         TEXT NOT NULL,
    has_window     BOOLEAN NOT NULL,
    window_text    TEXT,
    window_start   TEXT,
    window_end     TEXT,
    confidence     REAL,
    PRIMARY KEY (edition, n)
) WITHOUT ROWID;
CREATE INDEX move_subject ON move (subject);

CREATE TABLE driver (
    edition        INTEGER NOT NULL REFERENCES edition,
    n              INTEGER NOT NULL,
    start_char     INTEGER NOT NULL,
    end_char       INTEGER NOT NULL,
    quote          TEXT NOT NULL,
    sentence_start INTEGER,
    sentence_end   INTEGER,
    category       TEXT NOT NULL,
    effects        TEXT NOT NULL,
    up             INTEGER NOT NULL,
    down           INTEGER NOT NULL,
    relation       TEXT NOT NULL,
    hedged         BOOLEAN NOT NULL,
    rank           INTEGER NOT NULL,
    speaker        TEXT,
    firm           TEXT,
    confidence     REAL,
    PRIMARY KEY (edition, n)
) WITHOUT ROWID;
CREATE INDEX driver_category ON driver (category);

CREATE TABLE effect (
    edition   INTEGER NOT NULL REFERENCES edition,
    driver    INTEGER NOT NULL,
    n         INTEGER NOT NULL,
    subject   TEXT NOT NULL,
    direction TEXT NOT NULL,
    PRIMARY KEY (edition, driver, n)
) WITHOUT ROWID;
CREATE INDEX effect_subject ON effect (subject);

CREATE TABLE rotation (
    edition        INTEGER NOT NULL REFERENCES edition,
    n              INTEGER NOT NULL,
    start_char     INTEGER NOT NULL,
    end_char       INTEGER NOT NULL,
    quote          TEXT NOT NULL,
    sentence_start INTEGER,
    sentence_end   INTEGER,
    from_subject   TEXT,
    to_subject     TEXT,
    status         TEXT NOT NULL,
    hedged         BOOLEAN NOT NULL,
    has_window     BOOLEAN NOT NULL,
    window_text    TEXT,
    window_start   TEXT,
    window_end     TEXT,
    drivers        TEXT NOT NULL,
    moves          TEXT NOT NULL,
    speaker        TEXT,
    firm           TEXT,
    confidence     REAL,
    PRIMARY KEY (edition, n)
) WITHOUT ROWID;

-- The ledger: one row for each input that gave no record, from the first time that it did not.
CREATE TABLE skipped (
    source_path TEXT NOT NULL,
    locator     TEXT NOT NULL,
    stage       TEXT NOT NULL,
    reason      TEXT NOT NULL,
    loss        BOOLEAN NOT NULL,
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (source_path, locator, stage, reason)
);
