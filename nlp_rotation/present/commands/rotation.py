"""``nlp-rotation rotation``: who leads whom, how unusual that is, and how the sectors move inside."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nlp_rotation.errors import AlignError
from nlp_rotation.present import options
from nlp_rotation.present.commands.prices import OutPath, PricesPath

if TYPE_CHECKING:
    from nlp_rotation.align.prices import Prices


Pairs = Annotated[
    list[str] | None,
    typer.Option(
        "--pair", help="IWM/SPY, group:value/group:growth, or a named pair; all named ones if none."
    ),
]
WeightsPath = Annotated[
    Path | None,
    typer.Option(
        "--weights",
        metavar="FILE",
        help="Weights of an index's members, a CSV of symbol and weight: who made its return.",
    ),
]


def rotation(
    path: PricesPath,
    pair: Pairs = None,
    days: Annotated[
        list[int] | None,
        typer.Option("--days", min=1, help="Sessions to look back over; 1, 5 and 20 if none."),
    ] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="Last session to use.")] = None,
    years: Annotated[
        float | None, typer.Option("--years", help="Ask whether a lead is the strongest in so many years.")
    ] = None,
    basket: Annotated[
        str | None, typer.Option("--basket", help="Whose members to look inside of; the sectors if none.")
    ] = None,
    weights: WeightsPath = None,
    out: OutPath = None,
) -> None:
    """Show relative returns with their percentile, the rotation graph, and what goes on inside a basket."""
    from nlp_rotation.align import overview
    from nlp_rotation.align.prices import load_prices
    from nlp_rotation.align.weights import read_weights
    from nlp_rotation.present.frames import check_ending, print_frame, write_frame

    check_ending(out)
    loaded = overview.up_to(load_prices(path), options.day_of(on, "--on"))
    pairs, spans = pair or overview.priced_pairs(loaded), days or [1, 5, 20]
    leads = overview.leads(loaded, pairs, days=spans, years=years)
    print_frame("Pairs", leads, sys.stdout, digits=3)
    if leads.empty:
        typer.echo("no pair has prices of both sides and a history that makes a percentile", err=True)
    try:
        _print_inside(loaded, basket or "sectors")
    except AlignError as error:
        if basket:
            raise
        typer.echo(f"no look inside: {error}", err=True)  # nobody asked for the sectors
    if weights:
        lifted = overview.lifted_by(loaded, read_weights(weights), days=max(spans))
        print_frame("Contributions, in points", lifted, sys.stdout, digits=3)
    if out:
        write_frame(overview.history(loaded, pairs, days=spans), out)


def _print_inside(loaded: Prices, basket: str) -> None:
    from nlp_rotation.align import overview
    from nlp_rotation.present.frames import print_frame

    print_frame("Rotation graph", overview.graph_now(loaded, basket), sys.stdout)
    print_frame("Inside", overview.inside_now(loaded, basket), sys.stdout, digits=3)
