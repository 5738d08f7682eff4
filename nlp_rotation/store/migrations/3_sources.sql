-- Version 3: sources that are read again and again, and which of their entries have been dealt with.

CREATE TABLE source_state (
    source        TEXT PRIMARY KEY,
    attempted_at  TEXT,
    succeeded_at  TEXT,
    due_at        TEXT,
    new           INTEGER NOT NULL,
    known         INTEGER NOT NULL,
    failed        INTEGER NOT NULL,
    written       INTEGER NOT NULL,
    failures      INTEGER NOT NULL,
    reason        TEXT NOT NULL,
    etag          TEXT,
    last_modified TEXT,
    moved_to      TEXT
) WITHOUT ROWID;

-- What an entry said of itself when it was read tells, without fetching its page, whether it is new.
CREATE TABLE seen_entry (
    source TEXT NOT NULL,
    entry  TEXT NOT NULL,
    digest TEXT NOT NULL,
    tries  INTEGER NOT NULL,
    PRIMARY KEY (source, entry)
) WITHOUT ROWID;
