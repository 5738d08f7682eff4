"""The documented views as data: their columns, their order, and what each may be narrowed by.

``tables/views.toml`` says it once; frames, JSON, OpenAPI, the command line and the docs follow it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from nlp_rotation.config import TABLES
from nlp_rotation.errors import UsageError

Kind = Literal["text", "int", "number", "flag", "instant", "day", "json"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a view."""

    name: str
    kind: Kind
    #: What it holds, as the docs say it.
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """One thing that rows may be narrowed by."""

    name: str
    kind: Kind
    about: str
    #: The only values there are; empty where any is good.
    choices: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None
    #: Whether several values may be given, of which a row has to meet one.
    many: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """How a row of a view is found by what it is about: in columns of its own, or by way of a table."""

    columns: tuple[str, ...] = ()
    table: str = ""
    #: Columns of the view, and those of the table that they have to be equal to.
    key: str = ""
    matched: str = ""
    column: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One documented view."""

    name: str
    about: str
    columns: tuple[Column, ...]
    #: What makes a row one of its own; empty where nothing short does.
    key: tuple[str, ...]
    #: The order of answers: these the latest first, and after them those, ascending.
    newest: tuple[str, ...]
    then: tuple[str, ...]
    subject: Subject
    filters: tuple[Filter, ...]
    #: The column that ``since`` and ``until`` are about.
    day: str

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)

    @property
    def order(self) -> tuple[str, ...]:
        """The columns that place a row in the answer; their values are where the next page begins."""
        return self.newest + self.then

    @property
    def parts_of_articles(self) -> bool:
        """Whether the rows hang on editions of articles, and so live by their clocks."""
        return "edition" in self.names

    def column(self, name: str) -> Column:
        """Return one column."""
        return next(column for column in self.columns if column.name == name)


def view(name: str) -> View:
    """Return the view called ``name``.

    :raises UsageError: where there is none.
    """
    if name not in views():
        raise UsageError("no such view", where=name, hint=f"one of {', '.join(views())}")
    return views()[name]


@cache
def views() -> Mapping[str, View]:
    """Return the views by name, in the order of the docs."""
    table = _table()
    return {name: _view(name, entry, table["parts"]) for name, entry in table["views"].items()}


@cache
def answers() -> Mapping[str, View]:
    """Return what is counted or ranked from the views, described like them."""
    table = _table()
    return {name: _view(name, entry, table["parts"]) for name, entry in table["answers"].items()}


@cache
def filters() -> Mapping[str, Filter]:
    """Return every filter by name."""
    return {name: _filter(name, entry) for name, entry in _table()["filters"].items()}


def _view(name: str, entry: Mapping[str, Any], parts: Mapping[str, Any]) -> View:
    told = [*(column for part in entry["parts"] for column in parts[part]), *entry["columns"]]
    subject = {key: tuple(value) if key == "columns" else value for key, value in entry["subject"].items()}
    return View(
        name=name,
        about=entry["about"],
        columns=tuple(_columns(told, parts)),
        key=tuple(entry["key"]),
        newest=tuple(entry["newest"]),
        then=tuple(entry["then"]),
        subject=Subject(**({"matched": subject.get("key", "")} | subject)),
        filters=tuple(filters()[known] for known in entry["filters"]),
        day=entry.get("day", "day"),
    )


def _columns(told: list[Any], parts: Mapping[str, Any]) -> Iterator[Column]:
    for item in told:
        if isinstance(item, str):
            yield from _columns(parts[item], parts)
        else:
            yield Column(*item)


def _filter(name: str, entry: Mapping[str, Any]) -> Filter:
    return Filter(name=name, **{**entry, "choices": tuple(entry.get("choices", ()))})


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((TABLES / "views.toml").read_text("utf-8"))
