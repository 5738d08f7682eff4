"""Lists of stored rows: drivers, moves, rotations, articles, claims, signals, and what a search finds."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from nlp_rotation.present import options
from nlp_rotation.present.commands.asked import FORMAT, Asked, Other, asking, limit
from nlp_rotation.store.catalogue import answers, view

if TYPE_CHECKING:
    from nlp_rotation.present.queries.asking import Answer


#: Rows of a timeline that a table shows: nobody reads more of them on a screen, and laying them out is slow.
LONGEST_TABLE = 200


class By(StrEnum):
    """How drivers are counted."""

    day = "day"
    week = "week"


class Per(StrEnum):
    """What is counted together."""

    category = "category"
    group = "group"
    all = "all"


_BY = Annotated[By | None, typer.Option("--by", help="Count by day or week instead of listing.")]
_PER = Annotated[
    Per, typer.Option("--per", help="With --by: count each category, each of its groups, or all together.")
]
_WORDS = Annotated[
    str, typer.Argument(metavar="WORDS", help='All must occur; "in quotes" they follow each other.')
]


@asking(
    view("drivers").filters,
    Other(name="by", annotation=_BY, default=None),
    Other(name="per", annotation=_PER, default=Per.category),
    limit(50),
    FORMAT,
)
def drivers(asked: Asked) -> None:
    """Show the stored drivers, newest first, each with its evidence; or their timeline."""
    by: By | None = asked.others["by"]
    if by is None:
        _list("drivers", asked)
        return
    from nlp_rotation.present.queries.counts import timeline
    from nlp_rotation.store.opening import open_store

    with open_store(asked.store, mode="read") as store:
        counted = timeline(store, asked.filters, every=by.value, per=asked.others["per"].value)
    if asked.others["format_"] == options.RowFormat.table and len(counted.rows) > LONGEST_TABLE:
        told = f"the last {LONGEST_TABLE} of {len(counted.rows):,} rows; --format csv gives all"
        typer.echo(f"{told}, --per group or --since fewer", err=True)
        counted = counted.last(LONGEST_TABLE)
    _print("Driver timeline", "timeline", counted, asked)


@asking(view("moves").filters, limit(50), FORMAT)
def moves(asked: Asked) -> None:
    """Show the stored moves, newest first, each with the days it covers and its evidence."""
    _list("moves", asked)


@asking(view("rotations").filters, limit(50), FORMAT)
def rotations(asked: Asked) -> None:
    """Show the stored rotations, newest first; a subject may stand on either side."""
    _list("rotations", asked)


@asking(view("articles").filters, limit(50), FORMAT)
def articles(asked: Asked) -> None:
    """Show the stored articles, newest first; a subject is something that they mention."""
    _list("articles", asked)


@asking(view("claims").filters, limit(50), FORMAT)
def claims(asked: Asked) -> None:
    """Show what prices say of the stored moves and rotations, once `check` has held them against prices."""
    _list("claims", asked)


@asking(view("signals").filters, limit(50), FORMAT)
def signals(asked: Asked) -> None:
    """Show the signals by session and leg, newest first, once `align` has computed them."""
    _list("signals", asked)


@asking(answers()["search"].filters, Other(name="words", annotation=_WORDS), limit(20), FORMAT)
def search(asked: Asked) -> None:
    """Search the text of the stored articles, the best hit first."""
    from nlp_rotation.present.queries import finding
    from nlp_rotation.store.opening import open_store

    with open_store(asked.store, mode="read") as store:
        found = finding.search(store, asked.others["words"], asked.filters, limit=asked.others["limit"])
    _print("Found", "search", found, asked)


def _list(name: str, asked: Asked) -> None:
    from nlp_rotation.present.queries.asking import ask
    from nlp_rotation.store.opening import open_store

    with open_store(asked.store, mode="read") as store:
        answer = ask(store, name, asked.filters, limit=asked.others["limit"])
    _print(name.capitalize(), name, answer, asked)


def _print(title: str, name: str, answer: Answer, asked: Asked) -> None:
    from nlp_rotation.present.rows import print_answer

    format_: options.RowFormat = asked.others["format_"]
    print_answer(title, name, answer, format_.value, sys.stdout)
