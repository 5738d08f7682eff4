"""``nlp-rotation chart``: a pair with what was said about it, as a picture or as one page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from nlp_rotation.errors import UsageError
from nlp_rotation.present import options


def chart(
    pair: Annotated[
        str, typer.Argument(metavar="PAIR", help="IWM/SPY, a named pair or one symbol.", show_default=False)
    ],
    out: Annotated[
        Path,
        typer.Option("--out", metavar="FILE", help="x.png, x.svg, or x.html: one page that works offline."),
    ],
    store: options.StorePath = options.DEFAULT_STORE_PATH,
    prices: Annotated[
        Path | None,
        typer.Option("--prices", metavar="PATH", help="Daily prices: a file or a folder; no line without."),
    ] = None,
    since: options.Since = None,
    until: options.Until = None,
    as_of: options.AsOf = None,
) -> None:
    """Draw the line of a pair with its drivers: the most telling ones labelled, the rest as ticks."""
    from nlp_rotation.present.charts import build
    from nlp_rotation.present.charts.saving import check_picture_ending

    check_picture_ending(out)
    first, last = options.day_of(since, "--since"), options.day_of(until, "--until")
    if first and last and last < first:
        raise UsageError("it lies before --since", where=f"--until {last}")
    shown = build.chart(
        pair,
        store=store,
        prices=prices,
        since=first,
        until=last,
        as_of=options.moment_of(as_of, "--as-of"),
    )
    shown.save(out)
    for note in shown.notes:
        typer.echo(note, err=True)
    typer.echo(f"{len(shown.drivers)} drivers over {len(shown.sessions)} sessions in {out}")
