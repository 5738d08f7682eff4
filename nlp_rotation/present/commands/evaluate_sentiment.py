"""``nlp-rotation evaluate sentiment``: sentiment models against labelled sentences, side by side."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nlp_rotation.errors import UsageError

if TYPE_CHECKING:
    from nlp_rotation.evaluate.sentiment import SentimentFigures
    from nlp_rotation.evaluate.sentiment_files import Labelled
    from nlp_rotation.types import Probabilities


def sentiment(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="Labelled texts: text@label lines, CSV or JSON lines (text, label; or text, entity, label).",
            show_default=False,
        ),
    ],
    models: Annotated[
        list[str] | None,
        typer.Option(
            "--sentiment-model",
            metavar="NAME",
            help="Bundled model, model folder or hub id; give it again to compare several.",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Score sentiment models: accuracy, macro-F1, each class, confusion, calibration."""
    from nlp_rotation.annotate.sentiment.loading import DEFAULT
    from nlp_rotation.evaluate.sentiment_files import read_labelled

    items = read_labelled(file)
    figures = [_measured(items, model) for model in models or [DEFAULT]]
    if as_json:
        typer.echo(json.dumps([item.as_tree() for item in figures]))
    else:
        _print_models(figures)
        for item in figures:
            _print_classes(item)


def _measured(items: Sequence[Labelled], model: str) -> SentimentFigures:
    from nlp_rotation.annotate.sentiment.loading import OFF
    from nlp_rotation.evaluate.sentiment import measure

    if model == OFF:
        raise UsageError("a model that is off has no figures", hint="name a model")
    return measure(model, [item.label for item in items], _answers(items, model))


def _answers(items: Sequence[Labelled], model: str) -> list[Probabilities]:
    from nlp_rotation.annotate.sentiment.loading import load_scorer
    from nlp_rotation.annotate.sentiment.questions import ask

    questions = [
        (item.text, None if item.start is None or item.end is None else (item.start, item.end))
        for item in items
    ]
    answers = ask(questions, load_scorer(model))
    return [answers[question] for question in questions]


def _print_models(figures: Sequence[SentimentFigures]) -> None:
    from nlp_rotation.present.tables import console_on, plain_table

    table = plain_table("", "model", "n", "accuracy", "macro-F1", "ECE")
    for item in figures:
        table.add_row(
            item.model, str(item.n), f"{item.accuracy:.4f}", f"{item.macro_f1:.4f}", f"{item.ece:.4f}"
        )
    console_on(sys.stdout).print(table)


def _print_classes(figures: SentimentFigures) -> None:
    from nlp_rotation.present.tables import console_on, plain_table

    answers = [f"as {side}" for side in figures.confusion]
    table = plain_table(figures.model, "label", "precision", "recall", "F1", "n", *answers)
    for side, item in figures.classes.items():
        shares = (f"{share:.4f}" for share in (item.precision, item.recall, item.f1))
        counts = (str(count) for count in figures.confusion[side].values())
        table.add_row(side, *shares, str(item.n), *counts)
    console_on(sys.stdout).print(table)
