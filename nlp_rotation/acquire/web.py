"""The web as the readers of sources see it: named addresses fetched, entries followed with manners."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

from nlp_rotation.acquire.addresses import is_url
from nlp_rotation.acquire.clock import Clock, SystemClock
from nlp_rotation.acquire.fetch import Fetched, Fetcher, Validators
from nlp_rotation.acquire.manners import Manners
from nlp_rotation.acquire.memory import Forgetful
from nlp_rotation.acquire.opening import Opened, open_bytes
from nlp_rotation.config import Settings
from nlp_rotation.errors import AcquireError, UnavailableError
from nlp_rotation.types import RawDocument, Skipped

#: Seconds between two requests to one host; a robots.txt may ask for more.
_SPACING = 1.0
#: The longest robots.txt that is read; RFC 9309 demands half a megabyte.
_LONGEST_RULES = 2**19


class Web:
    """Everything that comes over the network in one run."""

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Clock | None = None,
        chance: random.Random | None = None,
        spacing: float | None = None,
    ) -> None:
        """Reach the web.

        :param spacing: seconds between two requests to one host.
        """
        clock, chance = clock or SystemClock(), chance or random.Random()
        if spacing is None:
            # Hosts of one's own need no sparing.
            spacing = 0.0 if settings.allow_private_hosts else _SPACING
        #: What the source at hand has given before.
        self.memory = Forgetful()
        self.follows = settings.follow
        self._fetcher = Fetcher(settings, clock=clock, chance=chance)
        self._manners = Manners(self._read_rules, clock=clock, chance=chance, spacing=spacing)

    def __enter__(self) -> Web:
        return self

    def __exit__(self, *ending: object) -> None:
        self._fetcher.__exit__(*ending)

    def open(self, url: str) -> Opened:
        """Fetch an address that the user has named, as a browser would."""
        return opened(self.ask(url, Validators()), path=url)

    def ask(self, url: str, known: Validators) -> Fetched:
        """Fetch an address that the user has named, if it holds something newer than what is ``known``."""
        if is_url(url):
            self._manners.take_turn(url)
        return self._fetch(url, known)

    def follow(self, document: RawDocument) -> Iterator[RawDocument | Skipped]:
        """Yield ``document`` with the page that it points to, or as it is, with the reason."""
        url = document.given.url or ""
        try:
            self._manners.ask_leave(url)
            page = opened(self._fetch(url, Validators()), path=url)
            if page.form != "html":
                raise AcquireError("the address holds no page", where=url)
            body = page.text()
        except AcquireError as error:
            if isinstance(error, UnavailableError):
                self.memory.owe(document)
            yield document
            yield _kept(document, error)
            return
        yield replace(document, media="html", body=body, content="full", fetched_at=page.fetched_at)

    def _fetch(self, url: str, known: Validators) -> Fetched:
        try:
            fetched = self._fetcher.get(url, known=known)
        except UnavailableError as error:
            self._manners.note_failure(url, error)
            raise
        self._manners.note_answer(url)
        return fetched

    def _read_rules(self, url: str) -> str:
        return opened(self._fetch(url, Validators()), path=url).text(limit=_LONGEST_RULES)


def opened(fetched: Fetched, *, path: str) -> Opened:
    """Look at what was fetched; ``path`` is the address as the user or an entry gave it."""
    look = open_bytes(fetched.body, path=path, charset=fetched.charset)
    return replace(look, url=fetched.url, fetched_at=fetched.fetched_at)


def _kept(document: RawDocument, error: AcquireError) -> Skipped:
    return Skipped(
        source_path=document.source_path,
        locator=document.locator,
        stage="acquire",
        reason=f"page not had: {error.what}; what the entry itself says is kept",
        loss=False,
    )
