-- Version 7: the counts by day packed, so that a timeline of everything is read in one go.

-- What is counted: categories, their groups, and '' for all together.
CREATE TABLE label (
    number INTEGER PRIMARY KEY,
    name   TEXT NOT NULL UNIQUE
);

-- What `driver_day` held, with one value for all that a facet counts on a day; see `sqlite_days.py`.
CREATE TABLE facet_day (
    facet  TEXT NOT NULL,
    day    TEXT NOT NULL,
    counts BLOB NOT NULL,
    PRIMARY KEY (facet, day)
) WITHOUT ROWID;
