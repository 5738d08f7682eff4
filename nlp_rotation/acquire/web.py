"""The web as the readers of sources see it: named addresses fetched, entries followed with manners."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from nlp_rotation.acquire.fetch import Fetcher
from nlp_rotation.acquire.opening import Opened, open_bytes
from nlp_rotation.config import Settings
from nlp_rotation.errors import AcquireError
from nlp_rotation.types import RawDocument, Skipped

_AGENT = "nlp-rotation"
#: Seconds between two pages of one host; a robots.txt may ask for more, up to the second figure.
_SPACING, _LONGEST_SPACING = 1.0, 10.0


class Web:
    """Everything that comes over the network in one run."""

    def __init__(self, settings: Settings) -> None:
        self.follows = settings.follow
        self._fetcher = Fetcher(settings)
        # Hosts of one's own need no sparing.
        self._spacing = 0.0 if settings.allow_private_hosts else _SPACING
        self._robots: dict[str, Any] = {}
        self._free_at: dict[str, float] = {}

    def __enter__(self) -> Web:
        return self

    def __exit__(self, *ending: object) -> None:
        self._fetcher.__exit__(*ending)

    def open(self, url: str) -> Opened:
        """Fetch an address that the user has named, as a browser would."""
        fetched = self._fetcher.get(url)
        opened = open_bytes(fetched.body, path=url, charset=fetched.charset)
        return replace(opened, url=fetched.url, fetched_at=fetched.fetched_at)

    def follow(self, document: RawDocument) -> Iterator[RawDocument | Skipped]:
        """Yield ``document`` with the page that it points to, or as it is, with the reason."""
        url = document.given.url or ""
        try:
            self._ask(url)
            opened = self.open(url)
            if opened.form != "html":
                raise AcquireError("the address holds no page", where=url)
            page = opened.text()
        except AcquireError as error:
            yield document
            yield _kept(document, error)
            return
        yield replace(document, media="html", body=page, content="full", fetched_at=opened.fetched_at)

    def _ask(self, url: str) -> None:
        """Wait until the host of ``url`` may be asked again.

        :raises AcquireError: where its robots.txt keeps readers off the page.
        """
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
        rules = self._rules(origin)
        if not rules.can_fetch(url, _AGENT):
            raise AcquireError("robots.txt keeps programs off this page", where=url)
        spacing = min(max(self._spacing, rules.crawl_delay(_AGENT) or 0.0), _LONGEST_SPACING)
        time.sleep(max(0.0, self._free_at.get(origin, 0.0) - time.monotonic()))
        self._free_at[origin] = time.monotonic() + spacing

    def _rules(self, origin: str) -> Any:
        """Return the rules of a host; a host that has none, or cannot say, is taken as silent."""
        from protego import Protego

        if origin not in self._robots:
            try:
                text = self.open(f"{origin}/robots.txt").text(limit=2**19)
            except AcquireError:
                text = ""
            self._robots[origin] = Protego.parse(text)
        return self._robots[origin]


def _kept(document: RawDocument, error: AcquireError) -> Skipped:
    return Skipped(
        source_path=document.source_path,
        locator=document.locator,
        stage="acquire",
        reason=f"page not had: {error.what}; what the entry itself says is kept",
        loss=False,
    )
