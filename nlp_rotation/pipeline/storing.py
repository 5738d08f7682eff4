"""Records are stored and, where there are prices, every move that they state is checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from nlp_rotation.pipeline.annotating import annotated, language_note
from nlp_rotation.types import Article, Claim, Record, Skipped

if TYPE_CHECKING:
    from nlp_rotation.align.prices import Prices
    from nlp_rotation.annotate.annotator import Annotator
    from nlp_rotation.store.protocol import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one article in a run."""

    record: Record
    #: ``known`` where the store already held it under the same versions.
    state: Literal["written", "known"]
    claims: tuple[Claim, ...] = ()


def made(
    chunk: Sequence[Article | Skipped], annotator: Annotator, store: Store
) -> Iterator[Outcome | Skipped]:
    """Annotate what the store does not hold yet, and look up the rest; nothing is written."""
    versions = annotator.versions
    known = {item.id for item in chunk if isinstance(item, Article) and store.has(item, versions)}
    fresh = [item for item in chunk if isinstance(item, Skipped) or item.id not in known]
    done = annotated(fresh, annotator)
    for item in chunk:
        if isinstance(item, Article) and item.id in known:
            yield Outcome(record=store.record(item.id), state="known")
            continue
        record = next(done)
        yield record if isinstance(record, Skipped) else Outcome(record=record, state="written")


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Everything that outcomes need on their way into the store."""

    store: Store
    #: One clock for the whole run: it is what the store tells editions apart by.
    started: datetime
    prices: Prices | None = None

    def write(self, made: Iterable[Outcome | Skipped]) -> Iterator[Outcome | Skipped]:
        """Store what was made of a chunk; when the first item comes out, all of it has been written."""
        done = list(made)
        written = [item.record for item in done if isinstance(item, Outcome) and item.state == "written"]
        self.store.add(written, extracted_at=self.started)
        if skips := [item for item in done if isinstance(item, Skipped)]:
            self.store.add_skips(skips)
        for item in done:
            if isinstance(item, Skipped):
                yield item
                continue
            yield self._checked(item)
            yield from language_note(item.record.article)

    def _checked(self, outcome: Outcome) -> Outcome:
        if self.prices is None:
            return outcome
        from nlp_rotation.align.claims import check_moves

        claims = check_moves(outcome.record, self.prices)
        return Outcome(record=outcome.record, state=outcome.state, claims=claims)


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeper(Writer):
    """Everything that a chunk of articles needs on its way into the store."""

    annotator: Annotator

    def keep(self, chunk: Sequence[Article | Skipped]) -> Iterator[Outcome | Skipped]:
        """Annotate and store a chunk; when the first item comes out, all of it has been written."""
        return self.write(made(chunk, self.annotator, self.store))


def loaded_prices(path: str | Path | None) -> Prices | None:
    """Return the prices at ``path``, if one is given."""
    if path is None:
        return None
    from nlp_rotation.align.prices import load_prices

    return load_prices(path)
