"""``nlp-rotation run``: the whole chain, ending in a short table and a page."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nlp_rotation.present import options
from nlp_rotation.present.ledger import Ledger
from nlp_rotation.present.progress import tracked
from nlp_rotation.types import Skipped

if TYPE_CHECKING:
    from nlp_rotation.present.charts.reporting import Framed
    from nlp_rotation.present.digest import Digest


class Engine(StrEnum):
    """Where the articles are read."""

    here = "here"
    ray = "ray"


def run(
    sources: options.Sources,
    prices: Annotated[
        Path | None,
        typer.Option("--prices", metavar="PATH", help="Daily prices, to check every stated move."),
    ] = None,
    store: options.StorePath = options.DEFAULT_STORE_PATH,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder for report.html.")] = Path(
        "rotation-out"
    ),
    sentiment_model: options.SentimentModel = None,
    cache: options.Cache = None,
    min_confidence: options.MinConfidence = 0.0,
    taxonomy: options.TaxonomyPath = None,
    engine: Annotated[
        Engine, typer.Option("--engine", help="here, or ray: on a cluster (extra ray).")
    ] = Engine.here,
    address: Annotated[
        str | None,
        typer.Option("--address", metavar="ADDRESS", help="Running Ray cluster, auto for this machine's."),
    ] = None,
    metrics: Annotated[
        Path | None,
        typer.Option("--metrics", metavar="FILE", help="Keep the numbers of the run there, for Prometheus."),
    ] = None,
    no_follow: options.NoFollow = False,
    allow_private_hosts: options.AllowPrivate = False,
    strict: options.Strict = False,
) -> None:
    """Read, extract, score, store, check against prices, and report."""
    from nlp_rotation import pipeline
    from nlp_rotation.acquire.sources import count
    from nlp_rotation.present.digest import Digest
    from nlp_rotation.present.report import write_report
    from nlp_rotation.present.summary import print_summary

    settings = options.settings_of(
        sentiment_model=sentiment_model,
        cache=cache,
        min_confidence=min_confidence,
        taxonomy=taxonomy,
        no_follow=no_follow,
        allow_private_hosts=allow_private_hosts,
    )
    ledger, digest = Ledger(), Digest()
    if engine is Engine.ray:
        outcomes = pipeline.run_on_ray(
            sources, store=store, settings=settings, prices=prices, address=address, metrics=metrics
        )
    else:
        outcomes = pipeline.run(sources, store=store, settings=settings, prices=prices, metrics=metrics)
    for item in tracked(outcomes, label="reading", total=count(sources)):
        if isinstance(item, Skipped):
            ledger.skip(item)
        else:
            ledger.articles += 1
            digest.add(item)
    chart = _held_against(prices, store, digest) if prices else None
    if ledger.articles:
        page = write_report(digest, ledger.skips, out, chart=chart)
        print_summary(digest, sys.stdout)
        typer.echo(f"{digest.articles} articles ({digest.written} new) in {store}; page: {page}")
    ledger.close(strict=strict)


def _held_against(prices: Path, store: str, digest: Digest) -> Framed | None:
    """Keep the verdicts of the prices in the store, and return the chart for the report."""
    from nlp_rotation.align.prices import load_prices
    from nlp_rotation.present.charts.reporting import framed_chart
    from nlp_rotation.present.deriving import keep_claims

    bars = load_prices(prices)
    keep_claims(store, bars)
    return framed_chart(digest, store, bars)
