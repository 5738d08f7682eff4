"""Commands whose options are the filters of a view: one mechanism, the names and words of the views.

typer reads the signature of a function, so the signature is made here from the same table that HTTP and
Python follow, and a command itself is a function of what was asked.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated, Any

import typer

from nlp_rotation.errors import UsageError
from nlp_rotation.present import options
from nlp_rotation.present.queries.reading import read_filters
from nlp_rotation.store.catalogue import Filter

_NONE = inspect.Parameter.empty

_METAVARS = {"day": "DATE", "instant": "TIME", "number": "P"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a user wants to know."""

    store: str
    #: Filters as they were read, by name; without those that were not typed.
    filters: dict[str, Any]
    #: The other options and arguments, by name.
    others: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """An argument or option of a command that is no filter; it is required where no default is given."""

    name: str
    annotation: Any
    default: Any = _NONE


def limit(usual: int) -> Other:
    """Return the option for the longest list."""
    return Other(name="limit", annotation=options.Limit, default=usual)


#: How the rows are printed.
FORMAT = Other(name="format_", annotation=options.Rows, default=options.RowFormat.table)


def asking(
    filters: Iterable[Filter], *others: Other
) -> Callable[[Callable[[Asked], None]], Callable[..., None]]:
    """Make a command of a function of :class:`Asked`: arguments first, then the store, filters, the rest."""
    known = tuple(filters)
    names = {item.name for item in known}

    def decorate(body: Callable[[Asked], None]) -> Callable[..., None]:
        def command(**given: Any) -> None:
            typed = {name: value or None for name, value in given.items() if name in names}
            left = {name: value for name, value in given.items() if name not in {*names, "store"}}
            with _naming_options():
                body(Asked(store=given["store"], filters=read_filters(known, typed), others=left))

        parameters = [*_parameters(others, known)]
        command.__name__, command.__doc__ = body.__name__, body.__doc__
        command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        command.__annotations__ = {item.name: item.annotation for item in parameters}
        return command

    return decorate


def _parameters(others: Iterable[Other], known: Iterable[Filter]) -> Iterable[inspect.Parameter]:
    arguments = [other for other in others if other.default is _NONE]
    rest = [other for other in others if other.default is not _NONE]
    store = Other(name="store", annotation=options.StorePath, default=options.DEFAULT_STORE_PATH)
    for other in (*arguments, store, *(_option(item) for item in known), *rest):
        yield inspect.Parameter(
            other.name, inspect.Parameter.KEYWORD_ONLY, default=other.default, annotation=other.annotation
        )


def _option(known: Filter) -> Other:
    option = typer.Option(
        f"--{known.name.replace('_', '-')}", help=_plain(known.about), metavar=_METAVARS.get(known.kind)
    )
    kind: Any = list[str] | None if known.many else str | None
    return Other(name=known.name, annotation=Annotated[kind, option], default=None)


def _plain(words: str) -> str:
    return words.replace("`", "")


@contextmanager
def _naming_options() -> Iterator[None]:
    """Name the option, where a filter of its name is not as it should be."""
    try:
        yield
    except UsageError as error:
        if not error.where or not error.where.isidentifier():
            raise
        where = f"--{error.where.replace('_', '-')}"
        raise UsageError(error.what, where=where, hint=error.hint) from error
