"""``nlp-rotation why``: the causes given for the lead of one side over another, beside that lead."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from nlp_rotation.present.commands.asked import Asked, Other, asking
from nlp_rotation.store.catalogue import answers


class WhyFormat(StrEnum):
    """How the answer is printed."""

    text = "text"
    json = "json"


_PAIR = Annotated[str, typer.Argument(metavar="A/B", help="Two sides, IWM/SPY, or a named pair.")]
_PRICES = Annotated[
    Path | None, typer.Option("--prices", metavar="PATH", help="Daily prices, to tell the lead itself.")
]
_FORMAT = Annotated[WhyFormat, typer.Option("--format", help="text or json.")]


@asking(
    answers()["why"].filters,
    Other(name="sides", annotation=_PAIR),
    Other(name="prices", annotation=_PRICES, default=None),
    Other(name="format_", annotation=_FORMAT, default=WhyFormat.text),
)
def why(asked: Asked) -> None:
    """Tell why one side led another: the causes given, ranked, beside its relative return, with quotes."""
    from nlp_rotation.present.queries import why as queries
    from nlp_rotation.store.opening import open_store

    prices = queries.loaded(asked.others["prices"])
    with open_store(asked.store, mode="read") as store:
        answer = queries.why(store, asked.others["sides"], asked.filters, prices=prices)
    if asked.others["format_"] is WhyFormat.json:
        sys.stdout.write(json.dumps(queries.as_json(answer), ensure_ascii=False, indent=2) + "\n")
    else:
        typer.echo(str(answer))
