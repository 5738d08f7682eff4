"""One question, one answer: columns that say what they are, and rows as the store gives them."""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nlp_rotation.errors import CursorError
from nlp_rotation.present.queries.reading import read_filters
from nlp_rotation.store.catalogue import Column, Kind, View, view, views
from nlp_rotation.store.selecting import Selection, place_of

if TYPE_CHECKING:
    from nlp_rotation.store.protocol import Store

Row = Sequence[Any]
Item = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows under their columns."""

    columns: tuple[Column, ...]
    rows: Sequence[Row]

    def first(self, limit: int) -> Answer:
        """Return the first rows."""
        return Answer(self.columns, self.rows[:limit])

    def last(self, limit: int) -> Answer:
        """Return the last rows."""
        return Answer(self.columns, self.rows[-limit:])

    def items(self) -> Iterator[Item]:
        """Yield the rows as values of JSON, by name."""
        names = [column.name for column in self.columns]
        turns = [_TO_JSON.get(column.kind) for column in self.columns]
        for row in self.rows:
            values = (
                turn(value) if turn and value is not None else value
                for turn, value in zip(turns, row, strict=True)
            )
            yield dict(zip(names, values, strict=True))


@dataclass(frozen=True, slots=True)
class Page:
    """A part of an answer, and where the next one begins; empty where nothing follows."""

    answer: Answer
    following: str


def ask(store: Store, name: str, given: Mapping[str, Any], *, limit: int | None = None) -> Answer:
    """Return the rows of a view that meet the filters, the newest first."""
    shown = view(name)
    chosen = Selection(view=name, filters=read_filters(shown.filters, given), limit=limit)
    return Answer(shown.columns, list(store.rows(chosen)))


def ask_rows(
    store: Store,
    name: str,
    filters: Mapping[str, Any],
    *,
    columns: tuple[str, ...] = (),
    limit: int | None = None,
) -> list[Row]:
    """Return some columns of the rows that meet filters which have been read already."""
    return list(store.rows(Selection(view=name, filters=filters, columns=columns, limit=limit)))


def sql(store: Store, query: str, *, limit: int) -> Answer:
    """Return what one reading statement gives; its columns are of our kinds where they bear our names."""
    names, rows = store.read_sql(query, limit=limit)
    known = {column.name: column for shown in views().values() for column in shown.columns}
    return Answer(tuple(_column(name, place, rows, known) for place, name in enumerate(names)), rows)


def _column(name: str, place: int, rows: Sequence[Row], known: Mapping[str, Column]) -> Column:
    """Take a column for ours where all its values may be: anybody may call anything ``day``."""
    values = [row[place] for row in rows if row[place] is not None]
    if name in known and all(_may_be(known[name].kind, value) for value in values):
        return known[name]
    kinds = {_PLAIN.get(type(value), "text") for value in values}
    return Column(name, kinds.pop() if len(kinds) == 1 else "text", "")


def _may_be(kind: Kind, value: Any) -> bool:
    if not isinstance(value, _STORED.get(kind, (str,))):
        return False
    try:
        _PARSED.get(kind, str)(str(value))
    except ValueError:
        return False
    return True


def page(store: Store, name: str, given: Mapping[str, Any], *, limit: int, cursor: str = "") -> Page:
    """Return one page of an answer.

    :param cursor: what the page before gave as ``following``; empty for the first page.
    """
    shown = view(name)
    chosen = Selection(
        view=name,
        filters=read_filters(shown.filters, given),
        limit=limit + 1,
        after=read_cursor(shown, cursor) if cursor else (),
    )
    rows = list(store.rows(chosen))
    more = len(rows) > limit
    following = write_cursor(place_of(shown, rows[limit - 1])) if more else ""
    return Page(Answer(shown.columns, rows[:limit]), following)


def article(store: Store, article_id: str, clocks: Mapping[str, Any]) -> Answer:
    """Return one article as the clocks show it; no row where they show none."""
    shown = view("articles")
    chosen = Selection(
        view="articles", filters={**read_filters(shown.filters, clocks), "article_id": article_id}, limit=1
    )
    return Answer(shown.columns, list(store.rows(chosen)))


def write_cursor(place: Sequence[Any]) -> str:
    """Return a place in an answer as text."""
    return base64.urlsafe_b64encode(json.dumps(place, separators=(",", ":")).encode()).decode().rstrip("=")


def read_cursor(shown: View, cursor: str) -> tuple[Any, ...]:
    """Return the place that a cursor stands for.

    :raises CursorError: where it is none of this list.
    """
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        place = json.loads(base64.b64decode(padded.encode("ascii"), altchars=b"-_", validate=True))
    except ValueError:
        place = None
    if not isinstance(place, list) or not _fits(shown, place):
        hint = "take it from `next` of the page before"
        raise CursorError("it is no cursor of this list", where="cursor", hint=hint)
    return tuple(place)


def _fits(shown: View, place: list[Any]) -> bool:
    """Whether the values of a cursor are of the kinds of the columns that it stands for."""
    kinds = [shown.column(name).kind for name in shown.order]
    if len(place) != len(kinds):
        return False
    return all(
        type(value) is int and abs(value) < 2**63
        if kind == "int"
        else value is None or isinstance(value, str)
        for kind, value in zip(kinds, place, strict=True)
    )


#: What a value of each kind is in the store; text for all others.
_STORED: dict[str, tuple[type, ...]] = {"int": (int,), "number": (float,), "flag": (bool, int)}
_PARSED: dict[str, Callable[[str], Any]] = {
    "instant": dt.datetime.fromisoformat,
    "day": dt.date.fromisoformat,
    "json": json.loads,
}
_PLAIN: dict[type, Kind] = {str: "text", int: "int", float: "number", bool: "flag"}
_TO_JSON: dict[str, Callable[[Any], Any]] = {"flag": bool, "json": json.loads}


def _is_unicode(value: Any) -> bool:
    return isinstance(value, str) and value.isprintable()
