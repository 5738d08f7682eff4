"""``nlp-rotation extract``: records on standard output, nothing stored."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from nlp_rotation.present import options
from nlp_rotation.present.ledger import Ledger
from nlp_rotation.present.progress import tracked
from nlp_rotation.types import Skipped


class Format(StrEnum):
    """How records are printed."""

    jsonl = "jsonl"
    csv = "csv"
    table = "table"


def extract(
    sources: options.Sources,
    format_: Annotated[
        Format, typer.Option("--format", help="jsonl: whole records; csv: a row an item; table: for reading.")
    ] = Format.table,
    sentiment_model: options.SentimentModel = None,
    cache: options.Cache = None,
    min_confidence: options.MinConfidence = 0.0,
    taxonomy: options.TaxonomyPath = None,
    no_follow: options.NoFollow = False,
    allow_private_hosts: options.AllowPrivate = False,
    strict: options.Strict = False,
) -> None:
    """Print what the articles say: tickers, moves, drivers, rotations, sentiment."""
    from nlp_rotation import pipeline
    from nlp_rotation.acquire.sources import count
    from nlp_rotation.present.formats import writer_for

    settings = options.settings_of(
        sentiment_model=sentiment_model,
        cache=cache,
        min_confidence=min_confidence,
        taxonomy=taxonomy,
        no_follow=no_follow,
        allow_private_hosts=allow_private_hosts,
    )
    ledger = Ledger()
    writer = writer_for(format_.value, sys.stdout)
    items = pipeline.extract(sources, settings=settings)
    for item in tracked(items, label="extracting", total=count(sources)):
        if isinstance(item, Skipped):
            ledger.skip(item)
        else:
            ledger.articles += 1
            writer.write(item)
    writer.close()
    ledger.close(strict=strict)
