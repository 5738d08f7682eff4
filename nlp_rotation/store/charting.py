"""What a chart asks of a store: drivers as narrow columns, and the texts behind a few of them.

A page draws a hundred thousand drivers and shows the words of a handful, so neither the texts nor the
sentences are read before somebody asks for them. The SQL is over the documented views, and the same for
both back ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nlp_rotation.store.questions import Question, article_condition
from nlp_rotation.store.rows import ArticleQuery

#: The columns of :func:`driver_columns`, in order.
DRIVER_COLUMNS = ("edition", "n", "category", "relation", "hedged", "confidence")
#: The columns of :func:`quotes_of`, in order.
QUOTE_COLUMNS = (
    "edition", "n", "category", "relation", "hedged", "speaker", "firm", "effects", "confidence",
    "start_char", "end_char", "title", "source", "url", "published_at", "day",
)  # fmt: skip


def driver_columns(query: ArticleQuery) -> Question:
    """Every driver that the filters let through, without its words and in no order."""
    return _narrow("drivers", [f"v.{name}" for name in DRIVER_COLUMNS], query)


def dated_editions(query: ArticleQuery) -> Question:
    """Edition, clocks and outlet of every article that the filters let through."""
    return _narrow("articles", ["v.edition", "v.published_at", "v.day", "v.source"], query)


def effect_columns(query: ArticleQuery, subjects: Iterable[str]) -> Question:
    """Edition, driver, subject and direction of every effect on one of ``subjects``."""
    wanted = sorted(subjects)
    question = _narrow("effects", ["v.edition", "v.driver", "v.subject", "v.direction"], query)
    places = ", ".join("?" * len(wanted))
    return Question(f"{question.sql} AND v.subject IN ({places})", (*question.values, *wanted))


def quotes_of(editions: Sequence[int]) -> Question:
    """Every driver of some editions with what a reader wants to know of it, but the text."""
    columns = ", ".join(f"v.{name}" for name in QUOTE_COLUMNS)
    return _of_editions(f"SELECT {columns} FROM drivers_history v", editions)


def texts_of(editions: Sequence[int]) -> Question:
    """Number and text of some editions."""
    return _of_editions("SELECT v.edition, v.text FROM articles_history v", editions)


def span_of_days() -> Question:
    """The first and the last day on which an article that states a driver appeared."""
    return Question("SELECT min(v.day), max(v.day) FROM drivers v")


def _narrow(view: str, columns: Sequence[str], query: ArticleQuery) -> Question:
    condition = article_condition(query)
    history = "" if query.as_of is None and query.recorded_as_of is None else "_history"
    sql = f"SELECT {', '.join(columns)} FROM {view}{history} v WHERE {condition.sql}"
    return Question(sql, condition.values)


def _of_editions(select: str, editions: Sequence[int]) -> Question:
    places = ", ".join("?" * len(editions))
    return Question(f"{select} WHERE v.edition IN ({places})", tuple(editions))
