"""Questions as SQL over the documented views: one text for both back ends.

Only what SQLite and DuckDB read alike is used here; the views themselves make up for the rest.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from nlp_rotation.store.clocks import to_text
from nlp_rotation.store.rows import ArticleQuery, DriverQuery, Query

_ORIGIN = (
    "v.article_id, v.edition, v.title, v.source, v.url, v.published_at, v.day, v.knowable_at, "
    "v.extracted_at, v.versions"
)
_EVIDENCE = "v.start_char, v.end_char, v.quote, v.sentence_start, v.sentence_end, v.sentence"
_WINDOW = "v.has_window, v.window_text, v.window_start, v.window_end"

#: The columns of an answer, in the order in which ``answers`` reads them.
ARTICLE_COLUMNS = (
    f"{_ORIGIN}, v.author, v.lang, v.content, v.source_path, v.precision, "
    "v.positive, v.neutral, v.negative, v.model, v.text, "
    "v.updated_at, v.publisher, v.canonical_url, v.item_kind, v.story_id, v.role"
)
_STORY_COLUMNS = f"{_ORIGIN}, v.story_id, v.role, v.precursor, v.likeness, v.updated_at"
_MENTION_COLUMNS = (
    f"{_ORIGIN}, {_EVIDENCE}, v.symbol, v.kind, v.rule, v.confidence, v.positive, v.neutral, v.negative"
)
_MOVE_COLUMNS = (
    f"{_ORIGIN}, {_EVIDENCE}, v.subject, v.pct, v.pct_low, v.pct_high, v.approx, v.intraday, "
    f"v.relative_to, v.status, {_WINDOW}, v.confidence"
)
_DRIVER_COLUMNS = (
    f"{_ORIGIN}, {_EVIDENCE}, v.category, v.effects, v.relation, v.hedged, v.rank, "
    "v.speaker, v.firm, v.confidence"
)
_ROTATION_COLUMNS = (
    f"{_ORIGIN}, {_EVIDENCE}, v.from_subject, v.to_subject, v.status, v.hedged, {_WINDOW}, "
    "v.speaker, v.firm, v.confidence"
)

#: The newest first; within an article in the order of the text. Without a day comes last.
_NEWEST_FIRST = "v.day DESC NULLS LAST, v.knowable_at DESC NULLS LAST, v.edition DESC"

#: Sorts behind everything that begins with the same text.
_LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Question:
    """SQL with the values of its placeholders, in order."""

    sql: str
    values: tuple[Any, ...] = ()

    def limited(self, limit: int | None) -> Question:
        """The same question for so many rows at most."""
        return self if limit is None else Question(f"{self.sql} LIMIT ?", (*self.values, limit))


@dataclass(frozen=True, slots=True)
class Condition:
    """What follows ``WHERE``; conditions add up with ``&``."""

    sql: str
    values: tuple[Any, ...] = ()

    def __and__(self, other: Condition) -> Condition:
        return Condition(f"{self.sql} AND {other.sql}", self.values + other.values)


def articles(query: ArticleQuery) -> Question:
    """Articles that meet the filters, the newest first."""
    columns = _as_recorded(ARTICLE_COLUMNS, query)
    return _question(columns, "articles", article_condition(query), _NEWEST_FIRST, query)


def stories(query: ArticleQuery) -> Question:
    """The places of articles in their stories: story by story, each from its beginning."""
    order = "v.story_id, v.knowable_at NULLS LAST, v.edition"
    return _question(_as_recorded(_STORY_COLUMNS, query), "stories", article_condition(query), order, query)


def mentions(query: Query) -> Question:
    """Mentions that meet the filters; ``subject`` is their symbol."""
    condition = _common(query) & _equal("v.symbol", query.subject)
    return _question(_MENTION_COLUMNS, "mentions", condition, f"{_NEWEST_FIRST}, v.n", query)


def moves(query: Query) -> Question:
    """Moves that meet the filters; ``subject`` is what moved."""
    condition = _common(query) & _equal("v.subject", query.subject)
    return _question(_MOVE_COLUMNS, "moves", condition, f"{_NEWEST_FIRST}, v.n", query)


def drivers(query: DriverQuery) -> Question:
    """Drivers that meet the filters; ``subject`` is what one of their effects is on."""
    # a few of the newest are found sooner by walking back in time than by way of SQLite's index of
    # categories, each of which holds a great part of all rows: the expression keeps it off that index
    column = "v.category" if query.limit is None else "v.category || ''"
    condition = _common(query) & category_condition(query.category, column=column) & _has_effect_on(query)
    return _question(_DRIVER_COLUMNS, "drivers", condition, f"{_NEWEST_FIRST}, v.rank, v.n", query)


def rotations(query: Query) -> Question:
    """Rotations that meet the filters; ``subject`` is either side."""
    condition = _common(query)
    if query.subject is not None:
        condition &= Condition("? IN (v.from_subject, v.to_subject)", (query.subject,))
    return _question(_ROTATION_COLUMNS, "rotations", condition, f"{_NEWEST_FIRST}, v.n", query)


def edition_of(article_id: str, query: Query) -> Question:
    """The number of the edition of one article that the clocks of ``query`` show."""
    condition = Condition("v.article_id = ?", (article_id,)) & _clocks(query)
    return Question(
        f"SELECT v.edition FROM {_view('articles', query)} WHERE {condition.sql}", condition.values
    )


def body_of(edition: int) -> Question:
    """The text and the rest of the record of one edition."""
    return Question("SELECT b.text, b.record FROM body b WHERE b.edition = ?", (edition,))


def article_condition(query: ArticleQuery) -> Condition:
    """The filters of ``query`` on a row ``v`` of the articles."""
    condition = _common(query)
    if query.subject is not None:
        named = f"SELECT m.edition FROM {_view('mentions', query, alias='m')} WHERE m.symbol = ?"
        condition &= Condition(f"v.edition IN ({named})", (query.subject,))
    if query.category is not None:
        stated = category_condition(query.category)
        inner = f"SELECT v.edition FROM {_view('drivers', query)} WHERE {stated.sql}"
        condition &= Condition(f"v.edition IN ({inner})", stated.values)
    return condition


def _as_recorded(columns: str, query: Query) -> str:
    """Read the places in stories as they stood decided when the store is asked about."""
    if query.recorded_as_of is None:
        return columns
    # an instant in its stored form holds no quote, and a placeholder here would come before the filters'
    decided = (
        "FROM story_link l JOIN edition d ON d.edition = l.edition WHERE l.article_id = v.article_id "
        f"AND d.extracted_at <= '{to_text(query.recorded_as_of)}' ORDER BY l.edition DESC LIMIT 1"
    )
    for name in ("story_id", "role", "precursor", "likeness"):
        columns = columns.replace(f"v.{name}", f"(SELECT l.{name} {decided})")
    return columns


def articles_view(query: Query) -> str:
    """The view of articles that ``query`` needs, under the name ``v``."""
    return _view("articles", query)


def _question(columns: str, view: str, condition: Condition, order: str, query: Query) -> Question:
    source, key = _view(view, query), "v.edition" if view == "articles" else "v.edition, v.n"
    if query.limit is not None:
        # the few rows wanted are picked by their keys: sorting texts only to drop them takes minutes
        picked = f"SELECT {key} FROM {source} WHERE {condition.sql} ORDER BY {order} LIMIT ?"
        condition = Condition(f"({key}) IN ({picked})", (*condition.values, query.limit))
    sql = f"SELECT {columns} FROM {source} WHERE {condition.sql} ORDER BY {order}"
    return Question(sql, condition.values)


def _view(name: str, query: Query, *, alias: str = "v") -> str:
    """Without a clock only the current editions count; with one, all of them may."""
    clockless = query.as_of is None and query.recorded_as_of is None
    return f"{name} {alias}" if clockless else f"{name}_history {alias}"


def _common(query: Query) -> Condition:
    condition = _clocks(query)
    if query.source is not None:
        condition &= Condition("lower(v.source) = lower(?)", (query.source,))
    if query.since is not None:
        condition &= Condition("v.day >= ?", (query.since.isoformat(),))
    if query.until is not None:
        condition &= Condition("v.day <= ?", (query.until.isoformat(),))
    return condition


def _clocks(query: Query) -> Condition:
    return clocks_condition(as_of=query.as_of, recorded_as_of=query.recorded_as_of)


def clocks_condition(*, as_of: dt.datetime | None, recorded_as_of: dt.datetime | None) -> Condition:
    """Of each article, the edition written down last among those that both clocks let through."""
    bounds = _bounds(as_of, recorded_as_of)
    if not bounds.values:
        return bounds
    ranked = (
        "SELECT edition, row_number() OVER "
        "(PARTITION BY article_id ORDER BY extracted_at DESC, edition DESC) AS place "
        f"FROM edition WHERE {bounds.sql}"
    )
    return Condition(f"v.edition IN (SELECT edition FROM ({ranked}) WHERE place = 1)", bounds.values)


def judged_by_clocks(*, as_of: dt.datetime | None, recorded_as_of: dt.datetime | None) -> Condition:
    """The same, asked of each row by itself: no edition that they let through was written down after it."""
    own, others = (_bounds(as_of, recorded_as_of, of=name) for name in ("v.", "w."))
    if not own.values:
        return own
    after = "w.article_id = v.article_id AND (w.extracted_at, w.edition) > (v.extracted_at, v.edition)"
    later = f"SELECT 1 FROM edition w WHERE {after} AND {others.sql}"
    return own & Condition(f"NOT EXISTS ({later})", others.values)


def _bounds(as_of: dt.datetime | None, recorded_as_of: dt.datetime | None, *, of: str = "") -> Condition:
    bounds = Condition("1 = 1")
    if as_of is not None:
        bounds &= Condition(f"{of}knowable_at <= ?", (to_text(as_of),))
    if recorded_as_of is not None:
        bounds &= Condition(f"{of}extracted_at <= ?", (to_text(recorded_as_of),))
    return bounds


def category_condition(category: str | None, *, column: str = "v.category") -> Condition:
    """A leaf exactly, or every leaf of a group."""
    if category is None or "." in category:
        return _equal(column, category)
    return Condition(f"{column} BETWEEN ? AND ?", (f"{category}.", f"{category}.{_LAST}"))


def _equal(column: str, value: str | None) -> Condition:
    return Condition("1 = 1") if value is None else Condition(f"{column} = ?", (value,))


def _has_effect_on(query: DriverQuery) -> Condition:
    if query.subject is None:
        return Condition("1 = 1")
    found = "SELECT f.edition, f.driver FROM effect f WHERE f.subject = ?"
    return Condition(f"(v.edition, v.n) IN ({found})", (query.subject,))
