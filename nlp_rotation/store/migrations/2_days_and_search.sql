-- Version 2: timelines without counting a million rows, and full text search.

-- Drivers of current editions counted by day and category, once for each facet that a timeline may ask
-- for: '' is all of them, 'on X' those with an effect on X, 'by x' those of the source x. Clustered in
-- the order in which a timeline is read; 'undated' sorts behind every day.
CREATE TABLE driver_day (
    facet    TEXT NOT NULL,
    day      TEXT NOT NULL,
    category TEXT NOT NULL,
    drivers  INTEGER NOT NULL,
    articles INTEGER NOT NULL,
    hedged   INTEGER NOT NULL,
    ended    INTEGER NOT NULL,
    up       INTEGER NOT NULL,
    down     INTEGER NOT NULL,
    PRIMARY KEY (facet, day, category)
) WITHOUT ROWID;

INSERT INTO driver_day
SELECT '', coalesce(e.day, 'undated') AS at, d.category, count(*), count(DISTINCT e.edition),
       sum(d.hedged), sum(d.relation IN ('ended', 'denied')), sum(d.up), sum(d.down)
FROM driver d JOIN edition e ON e.edition = d.edition
WHERE e.current
GROUP BY at, d.category;

INSERT INTO driver_day
SELECT 'by ' || lower(e.source) AS facet, coalesce(e.day, 'undated') AS at, d.category, count(*),
       count(DISTINCT e.edition), sum(d.hedged), sum(d.relation IN ('ended', 'denied')), sum(d.up),
       sum(d.down)
FROM driver d JOIN edition e ON e.edition = d.edition
WHERE e.current AND e.source IS NOT NULL
GROUP BY facet, at, d.category;

INSERT INTO driver_day
SELECT 'on ' || f.subject AS facet, coalesce(e.day, 'undated') AS at, d.category, count(*),
       count(DISTINCT e.edition), sum(d.hedged), sum(d.relation IN ('ended', 'denied')),
       sum(CASE WHEN d.relation IN ('ended', 'denied') THEN 0 ELSE f.up END),
       sum(CASE WHEN d.relation IN ('ended', 'denied') THEN 0 ELSE f.down END)
FROM (
    SELECT edition, driver, subject, sum(direction = 'up') AS up, sum(direction = 'down') AS down
    FROM effect GROUP BY edition, driver, subject
) f
JOIN driver d ON d.edition = f.edition AND d.n = f.driver
JOIN edition e ON e.edition = f.edition
WHERE e.current
GROUP BY facet, at, d.category;

-- The words of `body`, which holds the text itself.
CREATE VIRTUAL TABLE words USING fts5 (
    text, content = 'body', content_rowid = 'edition', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO words (words) VALUES ('rebuild');
