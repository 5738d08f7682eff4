"""The chain of ``run`` over sources that are read again and again, each entered in the ledger of the store.

What a visit gave is written before it is remembered as seen, and an address's validators are kept only
when all that it held has been written: a crash at any moment costs at most some work twice.
"""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from nlp_rotation.config import Settings
from nlp_rotation.errors import AcquireError, UsageError
from nlp_rotation.pipeline.annotating import chunks
from nlp_rotation.pipeline.parsing import Parser, parsed
from nlp_rotation.pipeline.signalling import recent_signals
from nlp_rotation.pipeline.storing import Keeper, Outcome, loaded_prices
from nlp_rotation.pipeline.tallying import Tally
from nlp_rotation.types import Skipped, SourceState

if TYPE_CHECKING:
    import pandas as pd

    from nlp_rotation.acquire.clock import Clock
    from nlp_rotation.acquire.visits import Visit
    from nlp_rotation.acquire.web import Web

#: What is due within this share of the interval is read now: a round that starts a moment early because
#: the last one was slow must not wait for another whole interval.
_EARLY = 0.1
#: Seconds between two rounds at least, so that nothing can spin.
_SHORTEST_PAUSE = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One round is over: the sources that were due, as they stand in the ledger now."""

    number: int
    started: dt.datetime
    sources: tuple[SourceState, ...]
    #: When the first source is due again.
    next_at: dt.datetime
    #: What the stories of late say of every leg; None where the round brought no new one.
    signals: pd.DataFrame | None = None

    @property
    def new(self) -> int:
        """Articles written in this round."""
        return sum(state.new for state in self.sources)


def watch(
    sources: Sequence[str],
    *,
    store: str | Path,
    every: dt.timedelta,
    rounds: int | None = None,
    settings: Settings | None = None,
    prices: str | Path | None = None,
    clock: Clock | None = None,
    chance: random.Random | None = None,
) -> Iterator[Outcome | Skipped | Round]:
    """Read ``sources`` again and again; yield what :func:`run` yields, and a :class:`Round` after each.

    :param every: how often a source is read that does not fail.
    :param rounds: how many rounds; for ever where none is given.
    :param clock: whose time it is, and who waits.
    """
    from nlp_rotation.acquire.clock import SystemClock
    from nlp_rotation.acquire.visits import sources_in
    from nlp_rotation.acquire.web import Web
    from nlp_rotation.annotate.annotator import Annotator
    from nlp_rotation.store.opening import open_store

    if every <= dt.timedelta(0):
        raise UsageError("not an interval", where="every", hint="give a time above zero")
    settings, clock, chance = settings or Settings(), clock or SystemClock(), chance or random.Random()
    names = sources_in(sources)
    annotator = Annotator(settings)
    with open_store(store) as opened, Web(settings, clock=clock, chance=chance) as web:
        for number in itertools.count(1):
            # Prices are read anew, since a watch outlives many a close.
            bars = loaded_prices(prices)
            keeper = Keeper(annotator=annotator, store=opened, started=clock.now(), prices=bars)
            watcher = _Watcher(keeper=keeper, web=web, every=every, clock=clock, chance=chance)
            over = yield from watcher.go_round(number, names)
            yield over
            if number == rounds:
                return
            clock.sleep(max(_SHORTEST_PAUSE, (over.next_at - clock.now()).total_seconds()))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Watcher:
    """Everything that one round needs."""

    keeper: Keeper
    web: Web
    every: dt.timedelta
    clock: Clock
    chance: random.Random

    def due_at(self, state: SourceState) -> dt.datetime:
        """Return when a source is due: a failing one when the ledger says, any other after the interval.

        The interval may be another one than that of the program that entered the source.
        """
        if state.attempted_at is None:
            return self.keeper.started
        if state.failures and state.due_at is not None:
            return state.due_at
        return state.attempted_at + self.every

    def go_round(self, number: int, names: Sequence[str]) -> Generator[Outcome | Skipped, None, Round]:
        """Visit the sources whose time has come; return how that went."""
        store, started = self.keeper.store, self.keeper.started
        late = started + _EARLY * self.every
        ready = [name for name in names if self.due_at(store.source(name)) <= late]
        states = []
        with Parser() as parser:
            for name in ready:
                states.append((yield from self._visit(store.source(name), parser)))
        next_at = min(self.due_at(store.source(name)) for name in names)
        over = Round(number=number, started=started, sources=tuple(states), next_at=next_at)
        return replace(over, signals=recent_signals(store, now=self.clock.now())) if over.new else over

    def _visit(self, state: SourceState, parser: Parser) -> Generator[Outcome | Skipped, None, SourceState]:
        """Read one source to its end, or as far as it goes, and enter how that went."""
        from nlp_rotation.acquire.visits import Visit, failed

        store, tally = self.keeper.store, Tally()
        visit = Visit(state, store.seen(state.source), self.web)
        try:
            yield from self._kept(visit, parser, tally)
        except AcquireError as error:
            entered = failed(state, error, now=self.clock.now(), every=self.every, chance=self.chance)
            yield Skipped(source_path=state.source, stage="acquire", reason=error.what)
        else:
            entered = visit.ending(now=self.clock.now(), every=self.every)
        tally.known += visit.memory.known
        entered = tally.counted(entered)
        store.keep_source(entered)
        return entered

    def _kept(self, visit: Visit, parser: Parser, tally: Tally) -> Iterator[Outcome | Skipped]:
        """Keep what is new in a source, chunk by chunk, and remember each when it has been written."""
        for chunk in chunks(parsed(visit.documents(), parser)):
            for item in self.keeper.keep([one.result for one in chunk]):
                tally.add(item)
                yield item
            places = (f"{one.source_path} {one.locator}".strip() for one in chunk)
            self.keeper.store.mark_seen(visit.state.source, visit.memory.met(places))
