"""A source visited again: what is new in it, and what is to be entered in the ledger afterwards."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from nlp_rotation.acquire.addresses import is_url
from nlp_rotation.acquire.fetch import Fetched, Validators
from nlp_rotation.acquire.memory import Memory
from nlp_rotation.acquire.opening import STANDARD_INPUT, open_path
from nlp_rotation.acquire.opml import feeds_of
from nlp_rotation.acquire.patience import next_due
from nlp_rotation.acquire.sources import Items, check_sources, read, read_path
from nlp_rotation.acquire.web import Web, opened
from nlp_rotation.errors import AcquireError, UnavailableError, UsageError
from nlp_rotation.types import SeenEntry, SourceState


def sources_in(named: Sequence[str]) -> tuple[str, ...]:
    """Return the sources to watch, each once: a list of feeds on disk stands for the feeds in it.

    :raises UsageError: where a path does not exist, or standard input is named: it can be read only once.
    """
    check_sources(named)
    if STANDARD_INPUT in named:
        raise UsageError("standard input cannot be watched", where="-", hint="name files or addresses")
    return tuple(dict.fromkeys(source for name in named for source in _expanded(name)))


def _expanded(name: str) -> Sequence[str]:
    if is_url(name) or Path(name).is_dir():
        return (name,)
    with open_path(name) as look:
        return feeds_of(look) if look.form == "opml" else (name,)


class Visit:
    """One visit to one source; iterate :meth:`documents`, then ask for :meth:`ending`."""

    def __init__(self, state: SourceState, seen: Mapping[str, SeenEntry], web: Web) -> None:
        self.state = state
        self.memory = Memory(seen)
        self._web = web
        self._found = Validators()
        self._moved_to = state.moved_to

    def documents(self) -> Items:
        """Yield what has not been dealt with.

        :raises AcquireError: where the source itself cannot be had.
        """
        self._web.memory = self.memory
        if is_url(self.state.source):
            yield from self._read_address()
        elif self._is_changed():
            yield from read_path(self.state.source, self._web)

    def ending(self, *, now: dt.datetime, every: dt.timedelta) -> SourceState:
        """Return the state after a visit that read all there was.

        The validators are kept only where no page is owed: otherwise the server would say next time that
        nothing is new, and the page would never be had.
        """
        kept = Validators() if self.memory.owes else self._found
        return replace(
            self.state,
            attempted_at=now,
            succeeded_at=now,
            due_at=now + every,
            failures=0,
            reason="",
            etag=kept.etag,
            last_modified=kept.last_modified,
            moved_to=self._moved_to,
        )

    def _read_address(self) -> Items:
        fetched = self._ask()
        self._found = fetched.validators
        if fetched.unchanged:
            # A server may leave out of a 304 what it has said before.
            self._found = Validators(
                etag=fetched.validators.etag or self.state.etag,
                last_modified=fetched.validators.last_modified or self.state.last_modified,
            )
            return iter(())
        return read(opened(fetched, path=self.state.source), self._web)

    def _ask(self) -> Fetched:
        """Fetch the source where it has moved to, and where it was before if there is nothing there."""
        known = Validators(etag=self.state.etag, last_modified=self.state.last_modified)
        if self.state.moved_to:
            try:
                return self._noting_move(self._web.ask(self.state.moved_to, known), self.state.moved_to)
            except UnavailableError:
                raise
            except AcquireError:
                self._moved_to = None
        return self._noting_move(self._web.ask(self.state.source, known), None)

    def _noting_move(self, fetched: Fetched, before: str | None) -> Fetched:
        """Remember where the source has moved for good, unless it has left encryption behind."""
        leaves = self.state.source.lower().startswith("https:")
        if fetched.moved_to and not (leaves and not fetched.moved_to.lower().startswith("https:")):
            self._moved_to = fetched.moved_to
        else:
            self._moved_to = before
        return fetched

    def _is_changed(self) -> bool:
        """Tell whether a file has been written since; a folder always may have been."""
        path = Path(self.state.source)
        if path.is_dir():
            return True
        try:
            about = path.stat()
        except OSError as error:
            raise AcquireError(error.strerror or "cannot be read", where=self.state.source) from error
        self._found = Validators(etag=f"{about.st_mtime_ns}-{about.st_size}")
        return self._found.etag != self.state.etag


def failed(
    state: SourceState, error: AcquireError, *, now: dt.datetime, every: dt.timedelta, chance: random.Random
) -> SourceState:
    """Return the state of a source after a visit that came to nothing."""
    failures = state.failures + 1
    asked = error.wait if isinstance(error, UnavailableError) else None
    due_at = next_due(now, every=every, failures=failures, asked=asked, chance=chance)
    return replace(
        state, attempted_at=now, due_at=due_at, failures=failures, reason=error.what, new=0, known=0, failed=0
    )


def due(states: Iterator[SourceState], *, now: dt.datetime) -> list[SourceState]:
    """Return the sources whose time has come, the one that has waited longest first."""
    ready = (state for state in states if state.due_at is None or state.due_at <= now)
    return sorted(ready, key=lambda state: state.due_at or dt.datetime.min.replace(tzinfo=dt.UTC))
