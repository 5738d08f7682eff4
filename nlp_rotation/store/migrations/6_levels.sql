-- Version 6: counts by day also of whole groups and of all drivers together, and what as-of timelines need.

-- An article counts once for a group, so that its leaves cannot be added up: 'group ' and 'all ' before a
-- facet of `driver_day` are the same facet counted so.
INSERT INTO driver_day
SELECT l.level || f.facet, coalesce(e.day, 'undated') AS at,
       CASE l.level WHEN 'all ' THEN '' ELSE substr(d.category, 1, instr(d.category, '.') - 1) END AS label,
       count(*), count(DISTINCT e.edition), sum(d.hedged), sum(d.relation IN ('ended', 'denied')), sum(d.up),
       sum(d.down)
FROM driver d JOIN edition e ON e.edition = d.edition,
     (SELECT 'group ' AS level UNION ALL SELECT 'all ') l, (SELECT '' AS facet) f
WHERE e.current
GROUP BY l.level, at, label;

INSERT INTO driver_day
SELECT l.level || 'by ' || lower(e.source) AS facet, coalesce(e.day, 'undated') AS at,
       CASE l.level WHEN 'all ' THEN '' ELSE substr(d.category, 1, instr(d.category, '.') - 1) END AS label,
       count(*), count(DISTINCT e.edition), sum(d.hedged), sum(d.relation IN ('ended', 'denied')), sum(d.up),
       sum(d.down)
FROM driver d JOIN edition e ON e.edition = d.edition,
     (SELECT 'group ' AS level UNION ALL SELECT 'all ') l
WHERE e.current AND e.source IS NOT NULL
GROUP BY facet, at, label;

INSERT INTO driver_day
SELECT l.level || 'on ' || f.subject AS facet, coalesce(e.day, 'undated') AS at,
       CASE l.level WHEN 'all ' THEN '' ELSE substr(d.category, 1, instr(d.category, '.') - 1) END AS label,
       count(*), count(DISTINCT e.edition), sum(d.hedged), sum(d.relation IN ('ended', 'denied')),
       sum(CASE WHEN d.relation IN ('ended', 'denied') THEN 0 ELSE f.up END),
       sum(CASE WHEN d.relation IN ('ended', 'denied') THEN 0 ELSE f.down END)
FROM (
    SELECT edition, driver, subject, sum(direction = 'up') AS up, sum(direction = 'down') AS down
    FROM effect GROUP BY edition, driver, subject
) f
JOIN driver d ON d.edition = f.edition AND d.n = f.driver
JOIN edition e ON e.edition = f.edition,
     (SELECT 'group ' AS level UNION ALL SELECT 'all ') l
WHERE e.current
GROUP BY facet, at, label;

-- Current editions that became readable later than their day was over everywhere: few, and the only ones
-- that the counts of a day long past can hold too early.
CREATE INDEX edition_late ON edition (knowable_at)
WHERE current AND day IS NOT NULL
      AND (knowable_at IS NULL OR knowable_at > date(day, '+1 day') || 'T12:00:00.000000Z');

-- Articles whose editions became readable at different times: at some instants an older edition counts.
CREATE TABLE restated (article_id TEXT PRIMARY KEY) WITHOUT ROWID;
INSERT INTO restated
SELECT article_id FROM edition GROUP BY article_id HAVING count(DISTINCT coalesce(knowable_at, '')) > 1;
