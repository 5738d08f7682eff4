"""Questions that SQLite answers in a way of its own: search by FTS5."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from nlp_rotation.store import questions
from nlp_rotation.store.catalogue import views
from nlp_rotation.store.questions import ARTICLE_COLUMNS, Condition, Question
from nlp_rotation.store.rows import ArticleQuery
from nlp_rotation.store.selecting import FOUND, Selection, conditions_of
from nlp_rotation.store.words import Phrase


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
