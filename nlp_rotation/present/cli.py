"""The command line: one thin command for each verb.

Exit status: 0 done; 1 an error, or with ``--strict`` something skipped; 2 wrong usage or settings;
3 nothing to read: no source gave an article; 130 interrupted.
"""

from __future__ import annotations

import os
import sys

import typer

from nlp_rotation.errors import RotationError
from nlp_rotation.present.commands import (
    align,
    chart,
    check,
    evaluate,
    export,
    extract,
    listing,
    mcp,
    prices,
    rotation,
    run,
    serve,
    sources,
    sql,
    watch,
    why,
)
from nlp_rotation.version import VERSION

app = typer.Typer(
    name="nlp-rotation",
    help="Reads market news: who moved, by how much, over which days, why, who says so, in which mood.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command(name="run")(run.run)
app.command(name="watch")(watch.watch)
app.command(name="sources")(sources.sources)
app.command(name="extract")(extract.extract)
app.command(name="drivers")(listing.drivers)
app.command(name="moves")(listing.moves)
app.command(name="rotations")(listing.rotations)
app.command(name="articles")(listing.articles)
app.command(name="claims")(listing.claims)
app.command(name="signals")(listing.signals)
app.command(name="search")(listing.search)
app.command(name="why")(why.why)
app.command(name="sql")(sql.sql)
app.command(name="export")(export.export)
app.command(name="chart")(chart.chart)
app.command(name="prices")(prices.prices)
app.command(name="rotation")(rotation.rotation)
app.command(name="align")(align.align)
app.command(name="check")(check.check)
app.command(name="serve")(serve.serve)
app.command(name="mcp")(mcp.mcp)
app.add_typer(evaluate.app, name="evaluate")


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"nlp-rotation {VERSION}")
        raise typer.Exit


@app.callback()
def _common(
    version: bool = typer.Option(
        False, "--version", help="Print the version and stop.", callback=_print_version, is_eager=True
    ),
) -> None:
    """Options that stand before the command."""


def main() -> None:
    """Run the command line and turn every expected error into one line and an exit status."""
    try:
        app()
    except RotationError as error:
        typer.echo(f"nlp-rotation: {error}", err=True)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        typer.echo("nlp-rotation: interrupted; what was stored stays stored", err=True)
        sys.exit(130)
    except BrokenPipeError:
        # The reader of our output has gone (| head); nothing is wrong. Keep the flush at exit quiet.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
