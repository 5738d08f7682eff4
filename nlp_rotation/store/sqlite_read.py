"""Questions that SQLite answers in a way of its own: timelines from ready counts, search by FTS5."""

from __future__ import annotations

from collections.abc import Sequence

from nlp_rotation.store import questions
from nlp_rotation.store.days import ANY_SUBJECT, NO_DAY
from nlp_rotation.store.questions import ARTICLE_COLUMNS, Condition, Question
from nlp_rotation.store.rows import ArticleQuery, DriverQuery
from nlp_rotation.store.words import Phrase


def timeline_question(query: DriverQuery) -> Question:
    """Read ``driver_day``; count anew only where a source or a clock is asked for, which it lacks."""
    if query.source is not None or query.as_of is not None or query.recorded_as_of is not None:
        return questions.timeline(query)
    condition = Condition("v.subject = ? AND v.drivers > 0", (query.subject or ANY_SUBJECT,))
    condition &= questions.category_condition(query.category)
    if query.since is not None or query.until is not None:
        first = query.since.isoformat() if query.since else "0"
        last = query.until.isoformat() if query.until else "9999-12-31"
        condition &= Condition("v.day BETWEEN ? AND ?", (first, last))
    sql = (
        "SELECT v.day, v.category, v.drivers, v.articles, v.hedged, v.ended, v.up, v.down FROM driver_day v "
        f"WHERE {condition.sql} ORDER BY v.day = '{NO_DAY}', v.day, v.category"
    )
    return Question(sql, condition.values)


def search_question(wanted: Sequence[Phrase], query: ArticleQuery) -> Question:
    """Articles that hold all the phrases, by the weight that BM25 gives them."""
    condition = Condition("words MATCH ?", (_match(wanted),)) & questions.article_condition(query)
    sql = (
        f"SELECT {ARTICLE_COLUMNS} FROM words "
        f"JOIN {questions.articles_view(query)} ON v.edition = words.rowid "
        f"WHERE {condition.sql} ORDER BY words.rank, v.edition"
    )
    return Question(sql, condition.values).limited(query.limit)


def _match(wanted: Sequence[Phrase]) -> str:
    """Quote every phrase, so that no word of the user's is taken for FTS5's own syntax."""
    return " AND ".join(f'"{" ".join(phrase)}"' for phrase in wanted)
