"""Fetch one address: guarded at every redirect, capped in size and time, tried again when the server asks."""

from __future__ import annotations

import datetime as dt
import random
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from nlp_rotation.acquire.addresses import target_of, without_secrets
from nlp_rotation.acquire.clock import Clock, SystemClock
from nlp_rotation.acquire.guard import check_url
from nlp_rotation.acquire.inflate import BombError, inflated
from nlp_rotation.acquire.opening import MAX_DOCUMENT
from nlp_rotation.acquire.patience import seconds_asked_for
from nlp_rotation.config import Settings
from nlp_rotation.errors import AcquireError, UnavailableError
from nlp_rotation.version import VERSION

_REDIRECTS = 5
_FOR_GOOD = (301, 308)
_TRIES = 3
#: Seconds: of silence, of one fetch with all its redirects, and of waiting because a server asks for it.
_SILENCE, _WHOLE, PATIENCE = 20.0, 60.0, 30.0
#: Seconds before the second try where the server does not say; each further wait is twice as long.
_FIRST_WAIT = 1.0
_HEADERS = {
    "User-Agent": f"nlp-rotation/{VERSION}",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
    # The one coding that is undone in steps of a fixed size.
    "Accept-Encoding": "gzip",
    "Accept-Language": "en",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a server said of a version, to ask it later whether there is a newer one."""

    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> dict[str, str]:
        """Return the request headers of a conditional GET."""
        pairs = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in pairs.items() if value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a server sent."""

    #: The address after all redirects, without name and password.
    url: str
    #: Where the address has moved for good; None where it stays.
    moved_to: str | None = None
    body: bytes
    charset: str | None
    fetched_at: dt.datetime
    validators: Validators
    #: The server has nothing newer than what the validators stand for; the body is empty.
    unchanged: bool = False


class Fetcher:
    """One client for a whole run."""

    def __init__(
        self, settings: Settings, *, clock: Clock | None = None, chance: random.Random | None = None
    ) -> None:
        self._allow_private = settings.allow_private_hosts
        self._clock = clock or SystemClock()
        self._chance = chance or random.Random()
        self._client: Any = None
        self._deadline = 0.0

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, *ending: object) -> None:
        if self._client is not None:
            self._client.close()

    def get(self, url: str, *, known: Validators | None = None) -> Fetched:
        """Return what ``url`` holds now.

        :raises UnavailableError: where the server does not answer, or asks for more patience than there is.
        :raises AcquireError: with the reason why it cannot be had at all.
        """
        for wait in (*self._waits(), None):
            try:
                return self._once(url, known or Validators())
            except UnavailableError as error:
                if wait is None or (error.wait or 0.0) > PATIENCE:
                    raise
                self._clock.sleep(wait if error.wait is None else error.wait)
        raise AssertionError("unreachable: the last try returns or raises")

    def _waits(self) -> Iterator[float]:
        return (_FIRST_WAIT * 2**n * self._chance.uniform(0.5, 1.5) for n in range(_TRIES - 1))

    def _once(self, url: str, known: Validators) -> Fetched:
        import httpx2

        self._deadline = self._clock.monotonic() + _WHOLE
        try:
            return self._follow_redirects(url, known)
        except httpx2.TimeoutException as error:
            raise self._late(url) from error
        except (httpx2.NetworkError, httpx2.RemoteProtocolError) as error:
            raise UnavailableError(f"no answer ({type(error).__name__})", where=url) from error
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise AcquireError(f"cannot be fetched ({error})", where=url) from error

    def _follow_redirects(self, url: str, known: Validators) -> Fetched:
        client = self._open()
        # What one fetch was given to remember is no affair of the next.
        client.cookies.clear()
        here, moved_to, for_good = url, None, True
        for _ in range(_REDIRECTS + 1):
            check_url(here)
            with client.stream("GET", here, headers=known.headers()) as response:
                if not response.has_redirect_location:
                    return self._read(response, here, moved_to)
                here = target_of(here, response.headers["location"])
                for_good = for_good and response.status_code in _FOR_GOOD
                moved_to = here if for_good else moved_to
        raise AcquireError(f"more than {_REDIRECTS} redirects", where=url)

    def _read(self, response: Any, here: str, moved_to: str | None) -> Fetched:
        unchanged = response.status_code == 304
        if not unchanged:
            _refuse_status(response, here, self._clock.now())
        headers = response.headers
        return Fetched(
            url=without_secrets(here),
            moved_to=moved_to,
            body=b"" if unchanged else self._body(response, here),
            charset=response.charset_encoding,
            fetched_at=self._clock.now(),
            validators=Validators(etag=headers.get("etag"), last_modified=headers.get("last-modified")),
            unchanged=unchanged,
        )

    def _body(self, response: Any, url: str) -> bytes:
        pieces, size = [], 0
        try:
            for piece in _decoded(response, url):
                size += len(piece)
                if size > MAX_DOCUMENT:
                    raise AcquireError(f"more than {MAX_DOCUMENT // 2**20} MB", where=url)
                pieces.append(piece)
        except (BombError, zlib.error) as error:
            raise AcquireError(f"broken compression ({error})", where=url) from error
        return b"".join(pieces)

    def _open(self) -> Any:
        if self._client is None:
            from nlp_rotation.acquire.transport import guarded_client

            self._client = guarded_client(
                allow_private=self._allow_private,
                timeout=_SILENCE,
                expired=self._is_over,
                headers=_HEADERS,
            )
        return self._client

    def _late(self, url: str) -> UnavailableError:
        """Return what to say of a slow server; one that used up all its time gets no second try."""
        if not self._is_over():
            return UnavailableError("no answer in time", where=url)
        late = UnavailableError(f"not finished after {_WHOLE:.0f} seconds", where=url)
        late.wait = _WHOLE
        return late

    def _is_over(self) -> bool:
        return self._clock.monotonic() > self._deadline


def _refuse_status(response: Any, url: str, now: dt.datetime) -> None:
    status = response.status_code
    if status in {429, 502, 503, 504}:
        busy = UnavailableError(f"the server answers {status}", where=url)
        busy.wait = seconds_asked_for(response.headers.get("retry-after"), now=now)
        raise busy
    if status != 200:
        raise AcquireError(f"the server answers {status}", where=url)


def _decoded(response: Any, url: str) -> Iterator[bytes]:
    """Undo the one coding that was asked for; the client's own way would undo any amount at once."""
    coding = response.headers.get("content-encoding", "identity").strip().lower()
    if coding in {"gzip", "x-gzip"}:
        return inflated(response.iter_raw(65_536))
    if coding not in {"", "identity"}:
        raise AcquireError(f"sent in a coding that was not asked for ({coding})", where=url)
    raw: Iterator[bytes] = response.iter_raw(65_536)
    return raw
