-- The views that other programs read, the same over both back ends: documented in docs/store.md.
-- X_history shows every edition of every article, X only the current ones. Every edition has a body; the
-- joins to it are left joins because those are dropped where a question does not touch the text.

CREATE VIEW articles_history AS
SELECT e.article_id, e.edition, e.current, e.title, e.source, e.url, e.published_at, e.day, e.knowable_at,
       e.extracted_at, e.versions, e.author, e.lang, e.content, e.source_path, e.precision, e.basis,
       e.not_before, e.not_after, e.positive, e.neutral, e.negative, e.score, e.model, e.updated_at,
       e.publisher, e.canonical_url, coalesce(e.item_kind, 'article') AS item_kind,
       coalesce(l.story_id, e.article_id) AS story_id, coalesce(l.role, 'original') AS role, b.text
FROM edition e
LEFT JOIN story_link l ON l.article_id = e.article_id AND l.latest
LEFT JOIN body b ON b.edition = e.edition;

CREATE VIEW stories_history AS
SELECT e.article_id, e.edition, e.current, e.title, e.source, e.url, e.published_at, e.day, e.knowable_at,
       e.extracted_at, e.versions, coalesce(l.story_id, e.article_id) AS story_id,
       coalesce(l.role, 'original') AS role, l.precursor, l.likeness, e.updated_at, e.publisher,
       e.canonical_url, coalesce(e.item_kind, 'article') AS item_kind
FROM edition e LEFT JOIN story_link l ON l.article_id = e.article_id AND l.latest;

CREATE VIEW mentions_history AS
SELECT e.article_id, e.edition, e.current, e.title, e.source, e.url, e.published_at, e.day, e.knowable_at,
       e.extracted_at, e.versions, m.n, m.start_char, m.end_char, m.quote, m.sentence_start, m.sentence_end,
       substr(b.text, m.sentence_start + 1, m.sentence_end - m.sentence_start) AS sentence,
       m.symbol, m.kind, m.rule, m.confidence, m.positive, m.neutral, m.negative
FROM mention m JOIN edition e ON e.edition = m.edition LEFT JOIN body b ON b.edition = m.edition;

CREATE VIEW moves_history AS
SELECT e.article_id, e.edition, e.current, e.title, e.source, e.url, e.published_at, e.day, e.knowable_at,
       e.extracted_at, e.versions, m.n, m.start_char, m.end_char, m.quote, m.sentence_start, m.sentence_end,
       substr(b.text, m.sentence_start + 1, m.sentence_end - m.sentence_start) AS sentence,
       m.subject, m.subject_start, m.subject_end, m.pct, m.pct_low, m.pct_high, m.approx, m.intraday,
       m.relative_to, m.status, m.has_window, m.window_text, m.window_start, m.window_end, m.confidence
FROM move m JOIN edition e ON e.edition = m.edition LEFT JOIN body b ON b.edition = m.edition;

CREATE VIEW drivers_history AS
SELECT e.article_id, e.edition, e.current, e.title, e.source, e.url, e.published_at, e.day, e.knowable_at,
       e.extracted_at, e.versions, d.n, d.start_char, d.end_char, d.quote, d.sentence_start, d.sentence_end,
       substr(b.text, d.sentence_start + 1, d.sentence_end - d.sentence_start) AS sentence,
       d.category, d.effects, d.up, d.down, d.relation, d.hedged, d.rank, d.speaker, d.firm, d.confidence
FROM driver d JOIN edition e ON e.edition = d.edition LEFT JOIN body b ON b.edition = d.edition;

CREATE VIEW effects_history AS
SELECT e.article_id, e.edition, e.current, e.title, e.source, e.url, e.published_at, e.day, e.knowable_at,
       e.extracted_at, e.versions, f.driver, f.n, f.subject, f.direction
FROM effect f JOIN edition e ON e.edition = f.edition;

CREATE VIEW rotations_history AS
SELECT e.article_id, e.edition, e.current, e.title, e.source, e.url, e.published_at, e.day, e.knowable_at,
       e.extracted_at, e.versions, r.n, r.start_char, r.end_char, r.quote, r.sentence_start, r.sentence_end,
       substr(b.text, r.sentence_start + 1, r.sentence_end - r.sentence_start) AS sentence,
       r.from_subject, r.to_subject, r.status, r.hedged, r.has_window, r.window_text, r.window_start,
       r.window_end, r.drivers, r.moves, r.speaker, r.firm, r.confidence
FROM rotation r JOIN edition e ON e.edition = r.edition LEFT JOIN body b ON b.edition = r.edition;

CREATE VIEW sentiment_history AS
SELECT e.article_id, e.edition, e.current, e.title, e.source, e.url, e.published_at, e.day, e.knowable_at,
       e.extracted_at, e.versions, 'article' AS scope, 0 AS start_char, length(b.text) AS end_char,
       NULL AS symbol, e.positive, e.neutral, e.negative, e.score, e.model
FROM edition e JOIN body b ON b.edition = e.edition
WHERE e.positive IS NOT NULL
UNION ALL
SELECT e.article_id, e.edition, e.current, e.title, e.source, e.url, e.published_at, e.day, e.knowable_at,
       e.extracted_at, e.versions, 'sentence', s.start_char, s.end_char,
       NULL, s.positive, s.neutral, s.negative, s.positive - s.negative, e.model
FROM sentence s JOIN edition e ON e.edition = s.edition
WHERE s.positive IS NOT NULL
UNION ALL
SELECT e.article_id, e.edition, e.current, e.title, e.source, e.url, e.published_at, e.day, e.knowable_at,
       e.extracted_at, e.versions, 'mention', m.start_char, m.end_char,
       m.symbol, m.positive, m.neutral, m.negative, m.positive - m.negative, e.model
FROM mention m JOIN edition e ON e.edition = m.edition
WHERE m.positive IS NOT NULL;

CREATE VIEW articles AS SELECT * FROM articles_history WHERE current;
CREATE VIEW stories AS SELECT * FROM stories_history WHERE current;
CREATE VIEW mentions AS SELECT * FROM mentions_history WHERE current;
CREATE VIEW moves AS SELECT * FROM moves_history WHERE current;
CREATE VIEW drivers AS SELECT * FROM drivers_history WHERE current;
CREATE VIEW effects AS SELECT * FROM effects_history WHERE current;
CREATE VIEW rotations AS SELECT * FROM rotations_history WHERE current;
CREATE VIEW sentiment AS SELECT * FROM sentiment_history WHERE current;
