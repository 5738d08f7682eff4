-- Version 4: what pages say of themselves, and which articles tell the same story.

ALTER TABLE edition ADD COLUMN updated_at TEXT;
ALTER TABLE edition ADD COLUMN publisher TEXT;
ALTER TABLE edition ADD COLUMN canonical_url TEXT;
ALTER TABLE edition ADD COLUMN item_kind TEXT NOT NULL DEFAULT 'article';

-- Keys under which the first edition of an article meets others that may tell its story: bands of its
-- MinHash signature, and its page. `day` is the day of publication as days since 1970, 0 where unknown: only
-- neighbours in time are looked at. It comes first, so that what is written and looked up together lies
-- together, however large the store has grown.
CREATE TABLE story_key (
    day     INTEGER NOT NULL,
    key     INTEGER NOT NULL,
    edition INTEGER NOT NULL REFERENCES edition,
    PRIMARY KEY (day, key, edition)
) WITHOUT ROWID;

-- The place of an article in its story, as it was decided when `edition` was written: its own first one, or
-- that of an earlier article that arrived late. Decisions are only ever added; `latest` marks the one that holds.
CREATE TABLE story_link (
    edition    INTEGER NOT NULL REFERENCES edition,
    article_id TEXT NOT NULL,
    story_id   TEXT NOT NULL,
    role       TEXT NOT NULL,
    precursor  TEXT,
    likeness   REAL,
    latest     BOOLEAN NOT NULL,
    PRIMARY KEY (edition, article_id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX story_link_latest ON story_link (article_id) WHERE latest;
CREATE INDEX story_link_precursor ON story_link (precursor) WHERE latest;
CREATE INDEX story_link_story ON story_link (story_id) WHERE latest;
