"""``nlp-rotation evaluate``: how good the records are, against annotated articles."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nlp_rotation.errors import UsageError
from nlp_rotation.present import options
from nlp_rotation.present.commands.evaluate_sentiment import sentiment

if TYPE_CHECKING:
    from nlp_rotation.evaluate.extraction import Miss, Score

app = typer.Typer(help="Measure extraction and sentiment against labelled texts.", no_args_is_help=True)
app.command(name="sentiment")(sentiment)

Gold = Annotated[
    Path, typer.Argument(metavar="GOLD_DIR", help="Folder of NAME.txt with NAME.json.", show_default=False)
]


@app.command(name="extraction")
def extraction(
    gold: Gold,
    predictions: Annotated[
        Path | None,
        typer.Argument(metavar="[PREDICTIONS]", help="Records to score; made afresh where not given."),
    ] = None,
    against: Annotated[
        Path | None,
        typer.Option("--against", metavar="FILE", help="Saved records to compare with, item by item."),
    ] = None,
    save: Annotated[
        Path | None, typer.Option("--save", metavar="FILE", help="Keep the records that were scored.")
    ] = None,
    errors: Annotated[bool, typer.Option("--errors", help="List every miss.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    min_confidence: options.MinConfidence = 0.0,
) -> None:
    """Score records: tickers, moves, windows, drivers, effects, speakers, rotations."""
    from nlp_rotation.evaluate.extraction import score_extraction
    from nlp_rotation.evaluate.predictions import by_article, read_predictions

    trees = read_predictions(predictions) if predictions else _extracted(gold, min_confidence)
    if save:
        save.write_text("".join(json.dumps(tree, ensure_ascii=False) + "\n" for tree in trees), "utf-8")
    score = score_extraction(gold, by_article(trees))
    if errors:
        _print_misses(score.misses)
    if as_json:
        typer.echo(json.dumps(score.figures()))
    else:
        _print_figures(score)
    if against:
        _print_comparison(score_extraction(gold, by_article(read_predictions(against))), score)


@app.command(name="gate")
def gate(
    gold: Gold,
    update: Annotated[bool, typer.Option("--update", help="Pin today's figures as the new floors.")] = False,
    allow_regression: Annotated[
        bool, typer.Option("--allow-regression", help="Let --update lower a floor.")
    ] = False,
) -> None:
    """Fail where a figure on GOLD_DIR falls below the floor pinned in GOLD_DIR/../baseline.json."""
    from nlp_rotation.evaluate.extraction import score_extraction
    from nlp_rotation.evaluate.gate import judge, read_baseline, regressions, write_baseline
    from nlp_rotation.evaluate.predictions import by_article

    path = gold.resolve().parent / "baseline.json"
    score = score_extraction(gold, by_article(_extracted(gold, 0.0)))
    if update:
        lowered = regressions(score, read_baseline(path)) if path.exists() else []
        if lowered and not allow_regression:
            raise UsageError(
                f"would lower {', '.join(lowered)}", where=str(path), hint="--allow-regression does it"
            )
        write_baseline(path, gold, score)
        typer.echo(f"floors pinned in {path}")
        return
    result = judge(score, read_baseline(path), gold)
    _print_figures(score)
    _print_changes(result.gains, result.losses)
    for line in result.shortfalls:
        typer.echo(f"short: {line}", err=True)
    if not result.passed:
        raise typer.Exit(1)


def _extracted(gold: Path, min_confidence: float) -> list[Mapping[str, Any]]:
    from nlp_rotation import pipeline
    from nlp_rotation.config import Settings
    from nlp_rotation.records import encode
    from nlp_rotation.types import Record

    # Mood plays no part in these figures, so that it is not computed.
    settings = Settings(sentiment_model="off", min_confidence=min_confidence)
    items = pipeline.extract([str(gold)], settings=settings)
    return [encode(item) for item in items if isinstance(item, Record)]


def _print_figures(score: Score) -> None:
    from nlp_rotation.present.tables import console_on, plain_table

    table = plain_table("", "figure", "precision", "recall", "F1", "share", "n")
    for key, figure in score.figures().items():
        numbers = [figure.get(name) for name in ("precision", "recall", "f1", "share")]
        cells = ["" if value is None else f"{value:.4f}" for value in numbers]
        table.add_row(key, *cells, str(figure.get("gold", figure.get("n"))))
    console_on(sys.stdout).print(table)


def _print_comparison(before: Score, after: Score) -> None:
    from nlp_rotation.evaluate.comparison import compare

    comparison = compare(before, after)
    for key, (old, new) in comparison.changed.items():
        typer.echo(f"{key}: {old:.4f} -> {new:.4f}")
    _print_changes(comparison.gains, comparison.losses)


def _print_changes(gains: Iterable[Miss], losses: Iterable[Miss]) -> None:
    for sign, misses in (("+", gains), ("-", losses)):
        for miss in misses:
            typer.echo(f"{sign} {miss.article}  {miss.kind}: {miss.item}")


def _print_misses(misses: Iterable[Miss]) -> None:
    for miss in misses:
        typer.echo(f"{miss.article}\t{miss.kind}\t{miss.item}")
