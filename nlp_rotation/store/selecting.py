"""Rows of any documented view, narrowed by its filters, a page at a time: one text for both back ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from nlp_rotation.store.catalogue import View, answers, view
from nlp_rotation.store.clocks import to_text
from nlp_rotation.store.questions import (
    Condition,
    Question,
    category_condition,
    clocks_condition,
    judged_by_clocks,
)

#: Kinds that are stored as text.
_TEXTUAL = ("text", "day", "instant")

#: What is read of an article that a search finds: the columns of the answer, with the text for the excerpt.
FOUND = ", ".join("v.text" if name == "excerpt" else f"v.{name}" for name in answers()["search"].names)


Way = Literal["gathered", "met"]
Editions = Literal["ranked", "judged"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What is asked for: a view, what narrows it, and which page of the answer."""

    view: str
    #: Values by the name of the filter, as :mod:`nlp_rotation.store.catalogue` lists them: days as
    #: ``date``, instants as aware ``datetime``, subjects as a tuple; without those that are not given.
    filters: Mapping[str, Any] = field(default_factory=dict)
    #: The columns wanted, in their order; all of them where none is named.
    columns: tuple[str, ...] = ()
    limit: int | None = None
    #: Values of the view's order columns in the last row seen; the answer begins after it.
    after: tuple[Any, ...] = ()
    #: How rows about the subjects are found, where a table tells them: ``gathered`` and then put in order,
    #: or ``met`` on the way back in time, which is sooner where there are many and few are wanted.
    subjects: Way = "gathered"
    #: How the editions that the clocks show are found: all ``ranked`` by article, or each ``judged`` when it
    #: is met, which is sooner where few are looked at.
    editions: Editions = "ranked"


def select(selection: Selection) -> Question:
    """Return the question for the rows, in the order of the view."""
    shown = view(selection.view)
    (source, condition), order = conditions_of(shown, selection), _order(shown)
    columns = ", ".join(f"v.{name}" for name in selection.columns or shown.names)
    if selection.limit is None or not shown.key:
        question = Question(
            f"SELECT {columns} FROM {source} WHERE {condition.sql} ORDER BY {order}", condition.values
        )
        return question.limited(selection.limit)
    # the few rows wanted are picked by their keys: sorting texts only to drop them takes minutes
    key = ", ".join(f"v.{name}" for name in shown.key)
    picked = f"SELECT {key} FROM {source} WHERE {condition.sql} ORDER BY {order} LIMIT ?"
    return Question(
        f"SELECT {columns} FROM {source} WHERE ({key}) IN ({picked}) ORDER BY {order}",
        (*condition.values, selection.limit),
    )


def conditions_of(shown: View, selection: Selection) -> tuple[str, Condition]:
    """Return what a selection reads from, under the name ``v``, and what its rows have to meet."""
    return _source(shown, selection), _condition(shown, selection)


def place_of(shown: View, row: Sequence[Any]) -> tuple[Any, ...]:
    """Return the values that a page after ``row`` begins behind; ``row`` is as :func:`select` gives it."""
    places = [shown.names.index(name) for name in shown.order]
    return tuple(row[place] for place in places)


def _source(shown: View, selection: Selection) -> str:
    """Without a clock only the current editions count; with one, all of them may."""
    clocked = shown.parts_of_articles and {"as_of", "recorded_as_of"} & set(selection.filters)
    return f"{shown.name}{'_history' if clocked else ''} v"


def _order(shown: View) -> str:
    latest = [f"v.{name} DESC NULLS LAST" for name in shown.newest]
    return ", ".join([*latest, *(f"v.{name} NULLS FIRST" for name in shown.then)])


def _condition(shown: View, selection: Selection) -> Condition:
    condition = _clocks(shown, selection)
    for name, value in selection.filters.items():
        if name in _NARROW:
            condition &= _NARROW[name](shown, value)
    if "subject" in selection.filters:
        condition &= _subject(shown, selection)
    if "category" in selection.filters:
        condition &= _category(shown, selection)
    return condition & _after(shown, selection.after) if selection.after else condition


def _clocks(shown: View, selection: Selection) -> Condition:
    as_of: dt.datetime | None = selection.filters.get("as_of")
    if shown.parts_of_articles:
        shows = clocks_condition if selection.editions == "ranked" else judged_by_clocks
        condition = shows(as_of=as_of, recorded_as_of=selection.filters.get("recorded_as_of"))
        # a window that is not over cannot have been held against prices
        return condition & _over_by(as_of) if as_of and shown.name == "claims" else condition
    return Condition("v.knowable_at <= ?", (to_text(as_of),)) if as_of else Condition("1 = 1")


def _over_by(as_of: dt.datetime) -> Condition:
    """The last session that was compared had closed: New York closes before its day ends in UTC."""
    return Condition("coalesce(v.window_end, '') < ?", (to_text(as_of)[:10],))


def about_subjects(shown: View, subjects: Sequence[str]) -> Condition:
    """Return the condition on the table that tells what rows of a view are about."""
    about = shown.subject
    return Condition(f"{about.column} IN ({', '.join('?' * len(subjects))})", tuple(subjects))


def _subject(shown: View, selection: Selection) -> Condition:
    about, values = shown.subject, tuple(selection.filters["subject"])
    if not about.table:
        places = ", ".join("?" * len(values))
        either = " OR ".join(f"v.{name} IN ({places})" for name in about.columns)
        return Condition(f"({either})", values * len(about.columns))
    key = ", ".join(f"v.{name.strip()}" for name in about.key.split(","))
    named = about_subjects(shown, values)
    if selection.subjects == "met":
        same = f"({about.matched}) = ({key})"
        return Condition(f"EXISTS (SELECT 1 FROM {about.table} WHERE {named.sql} AND {same})", values)
    return Condition(f"({key}) IN (SELECT {about.matched} FROM {about.table} WHERE {named.sql})", values)


def _category(shown: View, selection: Selection) -> Condition:
    category = selection.filters["category"]
    if shown.name == "drivers":
        # see questions.drivers: a few of the newest are found sooner by walking back in time
        column = "v.category" if selection.limit is None else "v.category || ''"
        return category_condition(category, column=column)
    stated = category_condition(category, column="d.category")
    return Condition(f"v.edition IN (SELECT d.edition FROM driver d WHERE {stated.sql})", stated.values)


def _rows(keys: Sequence[tuple[int, int]]) -> Condition:
    """Rows that are known by edition and place, as answers give them."""
    listed = ", ".join(["(?, ?)"] * len(keys))
    values = tuple(number for key in keys for number in key)
    return Condition(f"(v.edition, v.n) IN (VALUES {listed})", values)


_NARROW: dict[str, Callable[[View, Any], Condition]] = {
    "article_id": lambda _, value: Condition("v.article_id = ?", (value,)),
    "rows": lambda _, value: _rows(value),
    "source": lambda _, value: Condition("lower(v.source) = lower(?)", (value,)),
    "since": lambda shown, value: Condition(f"v.{shown.day} >= ?", (value.isoformat(),)),
    "until": lambda shown, value: Condition(f"v.{shown.day} <= ?", (value.isoformat(),)),
    "min_confidence": lambda _, value: Condition("v.confidence >= ?", (value,)),
    # as an expression: SQLite takes an equality for rare, and would sort all rows instead of walking back
    "relation": lambda _, value: Condition("v.relation || '' = ?", (value,)),
    "verdict": lambda _, value: Condition("v.verdict = ?", (value,)),
    "basis": lambda _, value: Condition("v.basis = ?", (value,)),
}


def _after(shown: View, after: tuple[Any, ...]) -> Condition:
    """Behind one place of the order; it need not be there any more.

    What the article alone decides is asked first, so that the rows of newer articles are not looked at.
    """
    values = tuple("" if value is None else value for value in after)
    cut = len(shown.newest)
    first, second = _sortable(shown, shown.newest), _sortable(shown, shown.then)
    here, there = _places(values[:cut]), _places(values[cut:])
    if not shown.then:
        return Condition(f"{first} < {here}", values)
    sql = f"{first} <= {here} AND ({first} < {here} OR {second} > {there})"
    return Condition(sql, (*values[:cut], *values[:cut], *values[cut:]))


def _places(values: tuple[Any, ...]) -> str:
    return f"({', '.join('?' * len(values))})"


def _sortable(shown: View, names: Sequence[str]) -> str:
    """Columns that compare with anything: what is not known stands as the empty text, before all."""
    textual = (
        f"coalesce(v.{name}, '')" if shown.column(name).kind in _TEXTUAL else f"v.{name}" for name in names
    )
    return f"({', '.join(textual)})"
