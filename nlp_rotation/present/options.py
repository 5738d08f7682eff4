"""Options that several commands share: one name, one meaning, one help text each."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from nlp_rotation.config import DEFAULT_STORE, Settings

Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCE...",
        help="Text file, HTML file, folder, JSON lines (.gz too), feed, URL, or - for standard input.",
        show_default=False,
    ),
]
StorePath = Annotated[
    Path,
    typer.Option("--store", metavar="PATH", help="Store to read or write: a file, or a folder for Parquet."),
]
SentimentModel = Annotated[
    str | None,
    typer.Option(
        "--sentiment-model",
        metavar="NAME",
        help="Bundled model, model folder or hub id; 'lexicon' for the word list, 'off' for none.",
    ),
]
MinConfidence = Annotated[
    float,
    typer.Option("--min-confidence", min=0.0, max=1.0, help="Leave out items that are less sure than this."),
]
TaxonomyPath = Annotated[
    Path | None,
    typer.Option("--taxonomy", metavar="FILE", help="Your own driver taxonomy instead of the built-in one."),
]
Strict = Annotated[bool, typer.Option("--strict", help="Fail when anything was skipped.")]
NoFollow = Annotated[
    bool, typer.Option("--no-follow", help="Keep the summaries of a feed; do not fetch its pages.")
]

DEFAULT_STORE_PATH = DEFAULT_STORE


def settings_of(
    *,
    sentiment_model: str | None,
    min_confidence: float,
    taxonomy: Path | None,
    no_follow: bool,
) -> Settings:
    """Gather the options of a command into settings."""
    return Settings(
        sentiment_model=sentiment_model,
        min_confidence=min_confidence,
        taxonomy=taxonomy,
        follow=not no_follow,
    )
