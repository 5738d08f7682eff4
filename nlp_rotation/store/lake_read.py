"""Questions that DuckDB answers in a way of its own: search without an index of words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from nlp_rotation.store import questions
from nlp_rotation.store.catalogue import views
from nlp_rotation.store.questions import ARTICLE_COLUMNS, Condition, Question
from nlp_rotation.store.rows import ArticleQuery
from nlp_rotation.store.selecting import FOUND, Selection, conditions_of
from nlp_rotation.store.words import Phrase

# ``\b`` would do, but knows only the letters of ASCII here.
_BETWEEN_WORDS = r"[^\pL\pN]"


def search_question(wanted: Sequence[Phrase], query: ArticleQuery) -> Question:
    """Articles that hold all the phrases, by how often they do."""
    patterns = tuple(_pattern(phrase) for phrase in wanted)
    found = " AND ".join(["regexp_matches(strip_accents(v.text), strip_accents(?))"] * len(patterns))
    often = " + ".join(["len(regexp_extract_all(strip_accents(v.text), strip_accents(?)))"] * len(patterns))
    condition = questions.article_condition(query) & Condition(found, patterns)
    sql = (
        f"SELECT {ARTICLE_COLUMNS} FROM {questions.articles_view(query)} "
        f"WHERE {condition.sql} ORDER BY {often} DESC, v.edition"
    )
    return Question(sql, condition.values + patterns).limited(query.limit)


def find_question(wanted: Sequence[Phrase], filters: Mapping[str, Any], limit: int) -> Question:
    """The same for rows under the columns of :data:`FOUND`."""
    patterns = tuple(_pattern(phrase) for phrase in wanted)
    found = " AND ".join(["regexp_matches(strip_accents(v.text), strip_accents(?))"] * len(patterns))
    often = " + ".join(["len(regexp_extract_all(strip_accents(v.text), strip_accents(?)))"] * len(patterns))
    source, narrowed = conditions_of(views()["articles"], Selection(view="articles", filters=filters))
    condition = narrowed & Condition(found, patterns)
    sql = f"SELECT {FOUND} FROM {source} WHERE {condition.sql} ORDER BY {often} DESC, v.edition"
    return Question(sql, condition.values + patterns).limited(limit)


def _pattern(phrase: Phrase) -> str:
    words = f"{_BETWEEN_WORDS}+".join(phrase)
    return f"(?i)(^|{_BETWEEN_WORDS}){words}($|{_BETWEEN_WORDS})"
