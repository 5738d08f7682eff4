"""``nlp-rotation watch``: the chain of ``run`` again and again, until it is told to stop."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from nlp_rotation.errors import UsageError
from nlp_rotation.present import options
from nlp_rotation.present.ledger import Ledger
from nlp_rotation.types import Skipped

if TYPE_CHECKING:
    from nlp_rotation.pipeline import Round
    from nlp_rotation.present.digest import Digest

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_LONGEST = timedelta(days=366)


def watch(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE...", help="Feed, sitemap, page, OPML list, file or folder.", show_default=False
        ),
    ],
    every: Annotated[
        str, typer.Option("--every", metavar="TIME", help="How often: 90s, 15m, 2h or 1d.")
    ] = "15m",
    rounds: Annotated[
        int | None, typer.Option("--rounds", min=1, help="Stop after so many rounds; never if not given.")
    ] = None,
    prices: Annotated[
        Path | None,
        typer.Option("--prices", metavar="PATH", help="Daily prices, to check every stated move."),
    ] = None,
    store: options.StorePath = options.DEFAULT_STORE_PATH,
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help="Folder for report.html and signals.csv.")
    ] = Path("rotation-out"),
    sentiment_model: options.SentimentModel = None,
    cache: options.Cache = None,
    min_confidence: options.MinConfidence = 0.0,
    taxonomy: options.TaxonomyPath = None,
    no_follow: options.NoFollow = False,
    allow_private_hosts: options.AllowPrivate = False,
    strict: options.Strict = False,
) -> None:
    """Read sources again and again: extract, score, store, check, and renew signals and report."""
    from nlp_rotation import pipeline
    from nlp_rotation.align.prices import load_prices
    from nlp_rotation.present.deriving import keep_claims
    from nlp_rotation.present.digest import Digest

    settings = options.settings_of(
        sentiment_model=sentiment_model,
        cache=cache,
        min_confidence=min_confidence,
        taxonomy=taxonomy,
        no_follow=no_follow,
        allow_private_hosts=allow_private_hosts,
    )
    items = pipeline.watch(
        sources, store=store, every=interval_of(every), rounds=rounds, settings=settings, prices=prices
    )
    ledger, digest = Ledger(), Digest()
    with _stopping():
        for item in items:
            if isinstance(item, Skipped):
                ledger.skip(item)
            elif isinstance(item, pipeline.Round):
                _end_round(item, digest, ledger, out)
                if prices and item.new:
                    keep_claims(store, load_prices(prices))
                if strict and ledger.lost:
                    raise typer.Exit(1)
                # A round that is over must not weigh on one a month later.
                ledger = Ledger()
            else:
                digest.add(item)


def interval_of(text: str) -> timedelta:
    """Read an interval such as ``15m``.

    >>> interval_of("90s"), interval_of("2h")
    (datetime.timedelta(seconds=90), datetime.timedelta(seconds=7200))
    """
    found = re.fullmatch(r"(\d{1,7})\s*([smhd])", text.strip().lower())
    interval = timedelta(**{_UNITS[found[2]]: int(found[1])}) if found else timedelta(0)
    if not timedelta(0) < interval <= _LONGEST:
        raise UsageError(f"{text!r} is no interval", where="--every", hint="write 90s, 15m, 2h or 1d")
    return interval


def _end_round(over: Round, digest: Digest, ledger: Ledger, out: Path) -> None:
    """Say how a round went and, where it brought something, renew what people look at."""
    from nlp_rotation.present.report import write_report

    known = sum(state.known for state in over.sources)
    failed = sum(state.failures > 0 for state in over.sources)
    told = f"{over.started:%Y-%m-%d %H:%M} round {over.number}: {len(over.sources)} sources"
    told += f" ({failed} failed)" if failed else ""
    typer.echo(f"{told}, {over.new} articles new, {known} known; next at {over.next_at:%H:%M} UTC")
    if over.signals is not None:
        write_report(digest, ledger.skips, out)
        _write_signals(over.signals, out / "signals.csv")


def _write_signals(signals: Any, path: Path) -> None:
    """Put the new table in the place of the old one at once: other programs read it at any time."""
    from nlp_rotation.present.frames import write_frame

    unfinished = path.with_name("unfinished.csv")
    write_frame(signals, unfinished)
    unfinished.replace(path)


@contextmanager
def _stopping() -> Iterator[None]:
    """Take a request to end, by a key or by the system, for what it is: no error."""

    def stop(*_signal: object) -> NoReturn:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    except KeyboardInterrupt:
        typer.echo("stopped; what was stored stays stored", err=True)
    finally:
        signal.signal(signal.SIGTERM, before)
