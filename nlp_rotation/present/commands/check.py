"""``nlp-rotation check``: stated moves and rotations held against prices."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from nlp_rotation.present import options
from nlp_rotation.present.commands.prices import OutPath

Recorded = Annotated[
    Path | None,
    typer.Argument(
        metavar="[RECORDS]",
        help="The JSON lines of `extract --format jsonl`, or a store; the store of --store if none.",
        show_default=False,
    ),
]
PricesOption = Annotated[
    Path,
    typer.Option("--prices", metavar="PATH", help="Daily prices: a file or a folder.", show_default=False),
]
_SHOWN = ["source", "subject", "stated", "computed", "verdict", "reason"]
_SHOWN_ROTATIONS = ["source", "from", "to", "relative", "percentile", "verdict", "reason"]


class Shown(StrEnum):
    """The verdict whose claims are shown."""

    CONFIRMED = "confirmed"
    DIRECTION_ONLY = "direction only"
    CONTRADICTED = "contradicted"
    CANNOT_TELL = "cannot tell"


def check(
    prices: PricesOption,
    records: Recorded = None,
    store: options.StorePath = options.DEFAULT_STORE_PATH,
    verdict: Annotated[
        Shown | None, typer.Option("--verdict", help="Show only these; all that could be told if none.")
    ] = None,
    out: OutPath = None,
    rotations_out: Annotated[
        Path | None, typer.Option("--rotations-out", metavar="FILE", help="The same for the rotations.")
    ] = None,
) -> None:
    """Tell of every stated move and rotation whether prices show it, and how often each source is right."""
    from nlp_rotation.align.checks import check_records
    from nlp_rotation.align.claims import accuracy_by_source
    from nlp_rotation.align.prices import load_prices
    from nlp_rotation.present.deriving import keep_claims
    from nlp_rotation.present.frames import check_ending, print_frame, write_frame
    from nlp_rotation.present.recorded import recorded

    check_ending(out)
    check_ending(rotations_out)
    loaded = load_prices(prices)
    checked = check_records((record for record, _ in recorded(records or Path(store))), loaded)
    if records is None:
        keep_claims(store, loaded)
    if checked.moves.empty and checked.rotations.empty:
        typer.echo("the records state no move and no rotation that has happened", err=True)
        return
    moves, rotations = (
        frame[frame["verdict"] == verdict.value]
        if verdict
        else frame[frame["verdict"] != Shown.CANNOT_TELL.value]
        for frame in (checked.moves, checked.rotations)
    )
    print_frame("Moves", moves[_SHOWN], sys.stdout)
    print_frame("Rotations", rotations[_SHOWN_ROTATIONS], sys.stdout)
    print_frame("By source", accuracy_by_source(checked.moves), sys.stdout)
    if out:
        write_frame(checked.moves, out)
    if rotations_out:
        write_frame(checked.rotations, rotations_out)
