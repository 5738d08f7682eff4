"""``nlp-rotation align``: stories and prices by session, without a look ahead."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nlp_rotation.errors import AlignError
from nlp_rotation.present import options
from nlp_rotation.present.commands.check import PricesOption, Recorded
from nlp_rotation.present.commands.prices import OutPath

if TYPE_CHECKING:
    import pandas as pd

    from nlp_rotation.align.narrative import Narrative
    from nlp_rotation.align.prices import Prices

DEFAULT_TARGETS = ["IWM/SPY", "RSP/SPY", "QQQ"]


def align(
    prices: PricesOption,
    records: Recorded = None,
    store: options.StorePath = options.DEFAULT_STORE_PATH,
    target: Annotated[
        list[str] | None,
        typer.Option(
            "--target", help="IWM/SPY, a named pair or one symbol; IWM/SPY, RSP/SPY and QQQ if none."
        ),
    ] = None,
    days: Annotated[int, typer.Option("--days", min=1, help="Sessions of the return that follows.")] = 1,
    as_of: options.AsOf = None,
    tests: Annotated[
        bool, typer.Option("--tests", help="Test signals against returns (extra stats).")
    ] = False,
    out: OutPath = None,
) -> None:
    """Give every story to its session, turn the stories into signals, and set them beside returns."""
    import pandas as pd

    from nlp_rotation.align.narrative import narrative_of
    from nlp_rotation.align.prices import load_prices
    from nlp_rotation.align.targets import target_frame, target_of
    from nlp_rotation.present.deriving import keep_signals
    from nlp_rotation.present.frames import check_ending, print_frame, write_frame
    from nlp_rotation.present.recorded import recorded, stories_in

    check_ending(out)
    loaded = load_prices(prices)
    source = records or Path(store)
    narrative = narrative_of(
        ((record, at) if at else record for record, at in recorded(source)), stories=stories_in(source)
    )
    if records is None:
        keep_signals(store, narrative)
    instant = options.moment_of(as_of, "--as-of")
    narrative = narrative.as_of(instant) if instant else narrative
    _tell_counts(narrative)
    targets = [target_of(name) for name in target or _priced(DEFAULT_TARGETS, loaded)]
    frames = {one.name: target_frame(one, narrative, loaded, days=days) for one in targets}
    joined = pd.concat(frames, names=["target", "session"])
    print_frame("Sessions, the last", _last(joined), sys.stdout)
    if tests:
        from nlp_rotation.align.hypotheses import all_tests, peaks

        print_frame(
            "Lead and lag, the highest of each", peaks(targets, narrative, loaded), sys.stdout, digits=3
        )
        _print_tests(all_tests(targets, narrative, loaded, days=days))
    if out:
        write_frame(joined, out)


def _priced(names: list[str], loaded: Prices) -> list[str]:
    """Return those of the usual targets that have prices, and tell which have none."""
    from nlp_rotation.align.targets import target_of, target_returns

    priced = []
    for name in names:
        try:
            target_returns(target_of(name), loaded)
        except AlignError as error:
            typer.echo(f"{name} is left out: {error}", err=True)
        else:
            priced.append(name)
    if not priced:
        raise AlignError("none of the usual targets has prices", hint="name one of yours with --target")
    return priced


def _tell_counts(narrative: Narrative) -> None:
    articles = len(narrative.articles)
    typer.echo(f"{articles} articles, {len(narrative.statements)} statements about a leg", err=True)
    if narrative.unaligned:
        typer.echo(
            f"{narrative.unaligned} articles have no bound on their date and are not aligned", err=True
        )


def _print_tests(table: pd.DataFrame) -> None:
    """Print the tests that have a p-value, the smallest first; say how many, and why others have none."""
    from nlp_rotation.present.frames import print_frame

    told = table[table["p"].notna()].sort_values("p")
    print_frame("Tests", told.drop(columns=["note", "tests"]), sys.stdout, digits=3)
    typer.echo(
        f"{len(told)} tests; {int(told['found'].sum())} found, of which one in twenty may be chance", err=True
    )
    refused = table.loc[table["p"].isna(), "note"].str.replace(
        r"\d+ independent", "their independent", regex=True
    )
    for note, count in refused.value_counts().items():
        typer.echo(f"{count} more tests have {note}", err=True)


def _last(joined: pd.DataFrame) -> pd.DataFrame:
    shown = ["told_volume", "told_net_explains", "same_day", "known_net_predicts", "ahead"]
    spoken = joined[(joined["told_volume"] > 0) | (joined["known_volume"] > 0)]
    return spoken.groupby(level="target").tail(5)[shown]
