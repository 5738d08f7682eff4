"""The one composer: sources become articles, records, stored rows and checked claims.

Everything streams. A document that fails becomes a :class:`Skipped` in its place, and the rest goes on;
only what makes the whole job impossible (a missing path, a broken model, a full disk) is raised.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from nlp_rotation.config import Settings
from nlp_rotation.errors import ModelError, RotationError
from nlp_rotation.types import Article, Claim, RawDocument, Record, Skipped

if TYPE_CHECKING:
    from nlp_rotation.align.prices import Prices
    from nlp_rotation.annotate.annotator import Annotator
    from nlp_rotation.store.protocol import Store

log = logging.getLogger(__name__)

#: Articles annotated and written together: enough to fill batches, few enough to lose nothing by a crash.
CHUNK = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one article in a run."""

    record: Record
    #: ``known`` where the store already held it under the same versions.
    state: Literal["written", "known"]
    claims: tuple[Claim, ...] = ()


def articles(sources: Sequence[str], *, settings: Settings | None = None) -> Iterator[Article | Skipped]:
    """Read and parse every source, in the order given."""
    from nlp_rotation.acquire.sources import documents

    for document in documents(sources, settings=settings or Settings()):
        yield document if isinstance(document, Skipped) else _parsed(document)


def _parsed(document: RawDocument) -> Article | Skipped:
    from nlp_rotation.parse.article import parse

    try:
        return parse(document)
    except RotationError as error:
        reason = error.what
    except Exception as error:  # a parser's own bug must not end the batch
        log.debug("parser failed on %s", document.source_path, exc_info=True)
        reason = f"the parser failed ({type(error).__name__}: {error})"
    return Skipped(source_path=document.source_path, locator=document.locator, stage="parse", reason=reason)


def extract(sources: Sequence[str], *, settings: Settings | None = None) -> Iterator[Record | Skipped]:
    """Yield a record for every article of ``sources`` and a ``Skipped`` for everything else."""
    from nlp_rotation.annotate.annotator import Annotator

    settings = settings or Settings()
    annotator = Annotator(settings)
    for chunk in _chunks(articles(sources, settings=settings)):
        for item in _annotated(chunk, annotator):
            yield item
            if isinstance(item, Record):
                yield from _language_note(item.article)


def run(
    sources: Sequence[str],
    *,
    store: str | Path,
    settings: Settings | None = None,
    prices: str | Path | None = None,
) -> Iterator[Outcome | Skipped]:
    """Do everything: read, annotate, store and, where prices are given, check every stated move.

    Articles that the store holds under the same versions are not annotated again, so that a run that
    was cut short goes on where it stopped.

    :param store: path of the store; made where there is none.
    :param prices: file or folder of daily prices.
    """
    from nlp_rotation.annotate.annotator import Annotator
    from nlp_rotation.store.opening import open_store

    settings = settings or Settings()
    annotator = Annotator(settings)
    bars = _loaded_prices(prices)
    # One clock for the whole run: it is what the store tells editions apart by.
    started = datetime.now(UTC)
    with open_store(store) as opened:
        for chunk in _chunks(articles(sources, settings=settings)):
            for item in _stored(chunk, annotator, opened, started):
                if isinstance(item, Skipped):
                    opened.add_skips([item])
                    yield item
                else:
                    yield _checked(item, bars)
                    yield from _language_note(item.record.article)


def _chunks(items: Iterable[Article | Skipped]) -> Iterator[list[Article | Skipped]]:
    pending = iter(items)
    while chunk := list(islice(pending, CHUNK)):
        yield chunk


def _annotated(chunk: Sequence[Article | Skipped], annotator: Annotator) -> Iterator[Record | Skipped]:
    """Annotate the articles of a chunk together; where that fails, one by one, to find the culprit."""
    wanted = [item for item in chunk if isinstance(item, Article)]
    try:
        done: Iterator[Record | Skipped] = iter(list(annotator.annotate(wanted)))
    except ModelError:
        raise
    except Exception:
        log.debug("a chunk failed, trying its articles one by one", exc_info=True)
        done = (_annotated_alone(article, annotator) for article in wanted)
    for item in chunk:
        yield item if isinstance(item, Skipped) else next(done)


def _annotated_alone(article: Article, annotator: Annotator) -> Record | Skipped:
    try:
        return next(annotator.annotate([article]))
    except Exception as error:
        log.debug("annotation failed on %s", article.id, exc_info=True)
        return Skipped(
            source_path=article.source_path or "",
            locator=article.id,
            stage="annotate",
            reason=f"the annotators failed ({type(error).__name__}: {error})",
        )


def _stored(
    chunk: Sequence[Article | Skipped], annotator: Annotator, store: Store, started: datetime
) -> Iterator[Outcome | Skipped]:
    known = {item.id for item in chunk if isinstance(item, Article) and store.has(item, annotator.versions)}
    fresh = [item for item in chunk if isinstance(item, Skipped) or item.id not in known]
    annotated = list(_annotated(fresh, annotator))
    store.add([item for item in annotated if isinstance(item, Record)], extracted_at=started)
    done = iter(annotated)
    for item in chunk:
        if isinstance(item, Article) and item.id in known:
            yield Outcome(record=store.record(item.id), state="known")
            continue
        made = next(done)
        yield made if isinstance(made, Skipped) else Outcome(record=made, state="written")


def _loaded_prices(path: str | Path | None) -> Prices | None:
    if path is None:
        return None
    from nlp_rotation.align.prices import load_prices

    return load_prices(path)


def _checked(outcome: Outcome, prices: Prices | None) -> Outcome:
    if prices is None:
        return outcome
    from nlp_rotation.align.claims import check_moves

    return Outcome(record=outcome.record, state=outcome.state, claims=check_moves(outcome.record, prices))


def _language_note(article: Article) -> Iterator[Skipped]:
    """List a text that was kept and not extracted because nobody here reads its language."""
    from nlp_rotation.annotate.annotator import ENGLISH

    if article.lang not in (None, ENGLISH):
        yield Skipped(
            source_path=article.source_path or "",
            locator=article.id,
            stage="annotate",
            reason=f"language is {article.lang}: kept, not extracted",
        )
