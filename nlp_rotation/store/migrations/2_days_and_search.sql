-- Version 2: timelines without counting a million rows, and full text search.

-- Drivers of current editions by day and category; subject '' stands for all drivers, and each subject
-- has rows of its own beside it. Day '' stands for articles without a known day. Clustered in the order
-- in which a timeline is read.
CREATE TABLE driver_day (
    subject  TEXT NOT NULL,
    day      TEXT NOT NULL,
    category TEXT NOT NULL,
    drivers  INTEGER NOT NULL,
    articles INTEGER NOT NULL,
    hedged   INTEGER NOT NULL,
    ended    INTEGER NOT NULL,
    up       INTEGER NOT NULL,
    down     INTEGER NOT NULL,
    PRIMARY KEY (subject, day, category)
) WITHOUT ROWID;

INSERT INTO driver_day
SELECT '', coalesce(e.day, ''), d.category, count(*), count(DISTINCT e.edition), sum(d.hedged),
       sum(d.relation IN ('ended', 'denied')), sum(d.up), sum(d.down)
FROM driver d JOIN edition e USING (edition)
WHERE e.current
GROUP BY coalesce(e.day, ''), d.category;

INSERT INTO driver_day
SELECT s.subject, coalesce(e.day, ''), d.category, count(*), count(DISTINCT e.edition), sum(d.hedged),
       sum(d.relation IN ('ended', 'denied')),
       sum(CASE WHEN d.relation IN ('ended', 'denied') THEN 0 ELSE s.up END),
       sum(CASE WHEN d.relation IN ('ended', 'denied') THEN 0 ELSE s.down END)
FROM driver d
JOIN edition e USING (edition)
JOIN (
    SELECT f.edition, f.driver, f.subject,
           sum(f.direction = 'up') AS up, sum(f.direction = 'down') AS down
    FROM effect f GROUP BY f.edition, f.driver, f.subject
) s ON s.edition = d.edition AND s.driver = d.n
WHERE e.current
GROUP BY s.subject, coalesce(e.day, ''), d.category;

-- The words of `body`, which holds the text itself.
CREATE VIRTUAL TABLE words USING fts5 (
    text, content = 'body', content_rowid = 'edition', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO words (words) VALUES ('rebuild');
