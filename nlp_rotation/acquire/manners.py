"""Whether and when a host may be asked: its robots.txt, its pace, and its wish to be left alone.

Manners belong to an origin (scheme, host, port) and last as long as the :class:`Manners` that keeps them.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from nlp_rotation.acquire.addresses import origin_of
from nlp_rotation.acquire.clock import Clock
from nlp_rotation.acquire.fetch import PATIENCE
from nlp_rotation.acquire.patience import host_pause
from nlp_rotation.errors import AcquireError, UnavailableError

AGENT = "nlp-rotation"
#: Seconds for which a robots.txt is believed (RFC 9309 allows a day).
_RULES_LAST = 86_400.0


@dataclass(slots=True)
class _Host:
    """What is known of one origin."""

    rules: Any = None
    rules_until: float = 0.0
    #: When it may be asked next, for the sake of its pace or because it asked for patience.
    free_at: float = 0.0
    failures: int = 0


class Manners:
    """How this program behaves towards every host."""

    def __init__(
        self, read: Callable[[str], str], *, clock: Clock, chance: random.Random, spacing: float
    ) -> None:
        """Keep manners.

        :param read: returns the text at an address, to read a robots.txt.
        :param spacing: seconds between two requests to one host, where its robots.txt does not ask for more.
        """
        self._read = read
        self._clock = clock
        self._chance = chance
        self._spacing = spacing
        self._hosts: dict[str, _Host] = {}

    def ask_leave(self, url: str) -> None:
        """Wait until a page may be fetched by a program that nobody watches.

        :raises AcquireError: where the robots.txt of its host keeps programs off it.
        :raises UnavailableError: where the host is to be left alone for longer than anyone would wait.
        """
        rules = self._rules(url)
        if not rules.can_fetch(url, AGENT):
            raise AcquireError("robots.txt keeps programs off this page", where=url)
        self._take_turn(url, spacing=max(self._spacing, rules.crawl_delay(AGENT) or 0.0))

    def take_turn(self, url: str) -> None:
        """Wait until an address that the user has named may be fetched: only the pace of its host counts."""
        self._take_turn(url, spacing=self._spacing)

    def note_answer(self, url: str) -> None:
        """Remember that the host of ``url`` is well."""
        self._host(url).failures = 0

    def note_failure(self, url: str, error: UnavailableError) -> None:
        """Leave the host of ``url`` alone for as long as it asks, or longer with each failure."""
        host = self._host(url)
        host.failures += 1
        pause = host_pause(host.failures, asked=error.wait, chance=self._chance)
        host.free_at = max(host.free_at, self._clock.monotonic() + pause)

    def _take_turn(self, url: str, *, spacing: float) -> None:
        host = self._host(url)
        wait = host.free_at - self._clock.monotonic()
        if wait > PATIENCE:
            later = UnavailableError(f"the host is to be left alone for {wait:.0f} s more", where=url)
            later.wait = wait
            raise later
        self._clock.sleep(wait)
        host.free_at = self._clock.monotonic() + spacing

    def _rules(self, url: str) -> Any:
        """Return the rules of a host; one that has none is taken to allow everything (RFC 9309, 2.3.1.3).

        :raises UnavailableError: where the host cannot say now: then nothing of it is fetched (2.3.1.4).
        """
        from protego import Protego

        host = self._host(url)
        if host.rules is None or self._clock.monotonic() > host.rules_until:
            try:
                text = self._read(f"{origin_of(url)}/robots.txt")
            except UnavailableError:
                raise
            except AcquireError:
                text = ""
            host.rules = Protego.parse(text)
            host.rules_until = self._clock.monotonic() + _RULES_LAST
        return host.rules

    def _host(self, url: str) -> _Host:
        return self._hosts.setdefault(origin_of(url), _Host())
