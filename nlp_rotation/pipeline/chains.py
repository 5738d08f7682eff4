"""The chains that users call: sources to articles, to records, to stored and checked records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from nlp_rotation.config import Settings
from nlp_rotation.pipeline.annotating import annotated, chunks, language_note
from nlp_rotation.pipeline.metering import Meter, kept_in
from nlp_rotation.pipeline.parsing import Parser, parsed
from nlp_rotation.pipeline.storing import Keeper, Outcome, loaded_prices
from nlp_rotation.pipeline.tallying import Tally, source_of
from nlp_rotation.types import Article, Record, Skipped


def articles(sources: Sequence[str], *, settings: Settings | None = None) -> Iterator[Article | Skipped]:
    """Read and parse every source, in the order given."""
    from nlp_rotation.acquire.sources import documents

    with Parser() as parser:
        for item in parsed(documents(sources, settings=settings or Settings()), parser):
            yield item.result


def extract(sources: Sequence[str], *, settings: Settings | None = None) -> Iterator[Record | Skipped]:
    """Yield a record for every article of ``sources`` and a ``Skipped`` for everything else."""
    from nlp_rotation.annotate.annotator import Annotator

    settings = settings or Settings()
    annotator = Annotator(settings)
    for chunk in chunks(articles(sources, settings=settings)):
        for item in annotated(chunk, annotator):
            yield item
            if isinstance(item, Record):
                yield from language_note(item.article)


def run(
    sources: Sequence[str],
    *,
    store: str | Path,
    settings: Settings | None = None,
    prices: str | Path | None = None,
    metrics: str | Path | None = None,
) -> Iterator[Outcome | Skipped]:
    """Do everything: read, annotate, store and, where prices are given, check every stated move.

    Articles that the store holds under the same versions are not annotated again, so that a run that
    was cut short goes on where it stopped.

    :param store: path of the store; made where there is none.
    :param prices: file or folder of daily prices.
    :param metrics: file for the numbers of the run, renewed every few seconds.
    """
    from nlp_rotation.acquire.addresses import is_url
    from nlp_rotation.annotate.annotator import Annotator
    from nlp_rotation.store.opening import open_store

    settings, meter = settings or Settings(), Meter()
    annotator = Annotator(settings)
    bars = loaded_prices(prices)
    started = datetime.now(UTC)
    tallies = {source: Tally() for source in sources if is_url(source)}
    with open_store(store) as opened, kept_in(metrics, meter):
        keeper = Keeper(annotator=annotator, store=opened, started=started, prices=bars)
        for chunk in chunks(articles(sources, settings=settings)):
            for item in meter.counted(keeper.keep(chunk)):
                if tally := tallies.get(source_of(item)):
                    tally.add(item)
                yield item
        for source, tally in tallies.items():
            opened.keep_source(tally.entered(opened.source(source), at=started))
