"""Questions that SQLite answers in a way of its own: timelines from ready counts, search by FTS5."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from nlp_rotation.store import questions
from nlp_rotation.store.catalogue import views
from nlp_rotation.store.days import ALL, NO_DAY, by_source, on_subject
from nlp_rotation.store.questions import ARTICLE_COLUMNS, Condition, Question
from nlp_rotation.store.rows import ArticleQuery, DriverQuery
from nlp_rotation.store.selecting import FOUND, Selection, conditions_of
from nlp_rotation.store.words import Phrase


def timeline_question(query: DriverQuery) -> Question:
    """Read ``driver_day`` where it has the facet that is asked for; count anew where it has not."""
    facet = _facet(query)
    if facet is None:
        return questions.timeline(query)
    condition = Condition("v.facet = ? AND v.drivers > 0", (facet,))
    condition &= questions.category_condition(query.category)
    if query.since is not None:
        condition &= Condition("v.day >= ?", (query.since.isoformat(),))
    if query.until is not None:
        condition &= Condition("v.day <= ?", (query.until.isoformat(),))
    elif query.since is not None:
        condition &= Condition("v.day < ?", (NO_DAY,))
    sql = (
        f"SELECT nullif(v.day, '{NO_DAY}'), v.category, v.drivers, v.articles, v.hedged, v.ended, "
        f"v.up, v.down FROM driver_day v WHERE {condition.sql} ORDER BY v.day, v.category"
    )
    return Question(sql, condition.values)


def _facet(query: DriverQuery) -> str | None:
    """The facet that answers the question; None where it asks for a clock, or for two facets at once."""
    if query.as_of is not None or query.recorded_as_of is not None:
        return None
    if query.subject is not None and query.source is not None:
        return None
    if query.subject is not None:
        return on_subject(query.subject)
    return ALL if query.source is None else by_source(query.source)


def search_question(wanted: Sequence[Phrase], query: ArticleQuery) -> Question:
    """Articles that hold all the phrases, by the weight that BM25 gives them."""
    condition = Condition("words MATCH ?", (_match(wanted),)) & questions.article_condition(query)
    sql = (
        f"SELECT {ARTICLE_COLUMNS} FROM words "
        f"JOIN {questions.articles_view(query)} ON v.edition = words.rowid "
        f"WHERE {condition.sql} ORDER BY words.rank, v.edition"
    )
    return Question(sql, condition.values).limited(query.limit)


def find_question(wanted: Sequence[Phrase], filters: Mapping[str, Any], limit: int) -> Question:
    """The same for rows under the columns of :data:`FOUND`."""
    source, narrowed = conditions_of(views()["articles"], Selection(view="articles", filters=filters))
    condition = Condition("words MATCH ?", (_match(wanted),)) & narrowed
    sql = (
        f"SELECT {FOUND} FROM words JOIN {source} ON v.edition = words.rowid "
        f"WHERE {condition.sql} ORDER BY words.rank, v.edition"
    )
    return Question(sql, condition.values).limited(limit)


def _match(wanted: Sequence[Phrase]) -> str:
    """Quote every phrase, so that no word of the user's is taken for FTS5's own syntax."""
    return " AND ".join(f'"{" ".join(phrase)}"' for phrase in wanted)
