"""``nlp-rotation export``: the rows of a view in a file, of the format that its name ends with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from nlp_rotation.errors import UsageError
from nlp_rotation.present.commands.asked import Asked, Other, asking
from nlp_rotation.store.catalogue import filters, view, views

_VIEW = Annotated[str, typer.Argument(metavar="VIEW", help=f"One of {', '.join(views())}.")]
_OUT = Annotated[
    Path, typer.Option("--out", metavar="FILE", help="File to write: .csv, .json, .jsonl, .parquet or .ics.")
]
_LIMIT = Annotated[int | None, typer.Option("--limit", min=1, help="Rows at most, the newest; all if none.")]
#: Counting has options of its own.
_FILTERS = tuple(item for name, item in filters().items() if name not in ("every", "per"))


@asking(
    _FILTERS,
    Other(name="rows", annotation=_VIEW),
    Other(name="out", annotation=_OUT, default=Path()),
    Other(name="limit", annotation=_LIMIT, default=None),
)
def export(asked: Asked) -> None:
    """Write the rows of a view to a file: CSV, JSON, Parquet, or a calendar (ICS)."""
    from nlp_rotation.present.exporting import check_ending, write
    from nlp_rotation.present.queries.asking import ask
    from nlp_rotation.store.opening import open_store

    name, out = asked.others["rows"], asked.others["out"]
    view(name)
    if out == Path():
        raise UsageError("a file is needed", where="--out", hint="end its name in .csv, .json or .parquet")
    check_ending(name, out)
    with open_store(asked.store, mode="read") as store:
        answer = ask(store, name, asked.filters, limit=asked.others["limit"])
    write(name, answer, out)
    typer.echo(f"{len(answer.rows)} rows in {out}", err=True)
