-- Views over what was computed from the rows; documented in docs/store.md like the others.

CREATE VIEW claims_history AS
SELECT e.article_id, e.edition, e.current, e.title, e.source, e.url, e.published_at, e.day, e.knowable_at,
       e.extracted_at, e.versions, c.n, m.start_char, m.end_char, m.quote, m.sentence_start, m.sentence_end,
       substr(b.text, m.sentence_start + 1, m.sentence_end - m.sentence_start) AS sentence,
       'move' AS kind, m.subject, NULL AS from_subject, NULL AS to_subject, m.pct AS stated, c.computed,
       c.tolerance, c.percentile, c.history_since, c.verdict, c.reason, c.window_start, c.window_end,
       c.nearest_start, c.nearest_end, c.priced_by, c.checked_at, c.check_versions
FROM claim c JOIN edition e ON e.edition = c.edition JOIN move m ON m.edition = c.edition AND m.n = c.n
LEFT JOIN body b ON b.edition = c.edition
WHERE c.kind = 'move'
UNION ALL
SELECT e.article_id, e.edition, e.current, e.title, e.source, e.url, e.published_at, e.day, e.knowable_at,
       e.extracted_at, e.versions, c.n, r.start_char, r.end_char, r.quote, r.sentence_start, r.sentence_end,
       substr(b.text, r.sentence_start + 1, r.sentence_end - r.sentence_start) AS sentence,
       'rotation' AS kind, NULL, r.from_subject, r.to_subject, NULL, c.computed,
       c.tolerance, c.percentile, c.history_since, c.verdict, c.reason, c.window_start, c.window_end,
       c.nearest_start, c.nearest_end, c.priced_by, c.checked_at, c.check_versions
FROM claim c JOIN edition e ON e.edition = c.edition JOIN rotation r ON r.edition = c.edition AND r.n = c.n
LEFT JOIN body b ON b.edition = c.edition
WHERE c.kind = 'rotation';

CREATE VIEW claims AS SELECT * FROM claims_history WHERE current;

CREATE VIEW signals AS
SELECT basis, session, leg, knowable_at, volume, share, sentiment, explains, predicts, net_explains,
       net_predicts, first, hedged, attributed, computed_at, signal_versions
FROM signal;
