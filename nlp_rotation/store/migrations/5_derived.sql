-- Version 5: what was computed from the rows with prices and calendars: the last computation counts.

-- Moves and rotations held against prices; `n` counts in the record's list of that kind.
CREATE TABLE claim (
    edition        INTEGER NOT NULL REFERENCES edition,
    kind           TEXT NOT NULL,
    n              INTEGER NOT NULL,
    computed       REAL,
    tolerance      REAL,
    percentile     REAL,
    history_since  TEXT,
    verdict        TEXT NOT NULL,
    reason         TEXT NOT NULL,
    window_start   TEXT,
    window_end     TEXT,
    nearest_start  TEXT,
    nearest_end    TEXT,
    priced_by      TEXT,
    checked_at     TEXT NOT NULL,
    check_versions TEXT NOT NULL,
    PRIMARY KEY (edition, kind, n)
) WITHOUT ROWID;

-- The signals of all that is stored; computed anew as a whole.
CREATE TABLE signal (
    basis           TEXT NOT NULL,
    session         TEXT NOT NULL,
    leg             TEXT NOT NULL,
    knowable_at     TEXT,
    volume          REAL,
    share           REAL,
    sentiment       REAL,
    explains        REAL,
    predicts        REAL,
    net_explains    REAL,
    net_predicts    REAL,
    first           REAL,
    hedged          REAL,
    attributed      REAL,
    computed_at     TEXT NOT NULL,
    signal_versions TEXT NOT NULL,
    PRIMARY KEY (session, basis, leg)
) WITHOUT ROWID;
CREATE INDEX signal_leg ON signal (leg, session);
-- Whether anything was checked since is asked with every answer.
CREATE INDEX claim_checked ON claim (checked_at);
