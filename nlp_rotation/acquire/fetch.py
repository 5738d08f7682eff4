"""Fetch one address: guarded at every redirect, capped in size and time, retried when the server asks."""

from __future__ import annotations

import datetime as dt
import email.utils
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from nlp_rotation.acquire.guard import check_url
from nlp_rotation.acquire.opening import MAX_DOCUMENT
from nlp_rotation.config import Settings
from nlp_rotation.errors import AcquireError
from nlp_rotation.version import VERSION

_REDIRECTS = 5
_TRIES = 3
#: Seconds: of silence, of one fetch with all its redirects, and of waiting because a server asks for it.
_SILENCE, _WHOLE, _PATIENCE = 20.0, 60.0, 30.0
_HEADERS = {
    "User-Agent": f"nlp-rotation/{VERSION}",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
    # Gzip expands a thousandfold at most, and the cap is checked piece by piece; others do worse.
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

    #: The address after all redirects.
    url: str
    body: bytes
    charset: str | None
    fetched_at: dt.datetime
    validators: Validators
    #: The server has nothing newer than what the validators stand for; the body is empty.
    unchanged: bool = False


class _Later(Exception):
    """The server asks to try again, after ``wait`` seconds if it says so."""

    def __init__(self, reason: str, wait: float | None) -> None:
        super().__init__(reason)
        self.wait = wait


class Fetcher:
    """One client for a whole run."""

    def __init__(self, settings: Settings) -> None:
        self._allow_private = settings.allow_private_hosts
        self._client: Any = None

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, *ending: object) -> None:
        if self._client is not None:
            self._client.close()

    def get(self, url: str, *, known: Validators | None = None) -> Fetched:
        """Return what ``url`` holds now.

        :raises AcquireError: with the reason why it could not be had.
        """
        import stamina

        try:
            for attempt in stamina.retry_context(on=_backoff, attempts=_TRIES, timeout=_WHOLE):
                with attempt:
                    return self._once(url, known or Validators())
        except _Later as error:
            raise AcquireError(str(error), where=url) from error
        raise AssertionError("unreachable: the last attempt raises or returns")

    def _once(self, url: str, known: Validators) -> Fetched:
        import httpx2

        deadline = time.monotonic() + _WHOLE
        here = url
        try:
            for _ in range(_REDIRECTS + 1):
                check_url(here)
                with self._open().stream("GET", here, headers=known.headers()) as response:
                    if not response.has_redirect_location:
                        return _read(response, here, deadline)
                    here = _target(here, response.headers["location"])
        except (httpx2.TimeoutException, httpx2.NetworkError, httpx2.RemoteProtocolError) as error:
            raise _Later(f"no answer ({type(error).__name__})", None) from error
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise AcquireError(f"cannot be fetched ({error})", where=url) from error
        raise AcquireError(f"more than {_REDIRECTS} redirects", where=url)

    def _open(self) -> Any:
        if self._client is None:
            from nlp_rotation.acquire.transport import guarded_client

            self._client = guarded_client(
                allow_private=self._allow_private, timeout=_SILENCE, headers=_HEADERS
            )
        return self._client


def _target(here: str, location: str) -> str:
    """Return where a redirect leads, without name and password, which one server may not hand to another."""
    target = urlsplit(urljoin(here, location))
    host = target.netloc.rpartition("@")[2]
    return target._replace(netloc=host, fragment="").geturl()


def _read(response: Any, url: str, deadline: float) -> Fetched:
    if response.status_code in {429, 502, 503, 504}:
        raise _Later(f"the server answers {response.status_code}", _wait(response.headers.get("retry-after")))
    unchanged = response.status_code == 304
    if response.status_code != 200 and not unchanged:
        raise AcquireError(f"the server answers {response.status_code}", where=url)
    return Fetched(
        url=url,
        body=b"" if unchanged else _body(response, url, deadline),
        charset=response.charset_encoding,
        fetched_at=dt.datetime.now(dt.UTC),
        validators=Validators(
            etag=response.headers.get("etag"), last_modified=response.headers.get("last-modified")
        ),
        unchanged=unchanged,
    )


def _body(response: Any, url: str, deadline: float) -> bytes:
    pieces, size = [], 0
    for piece in response.iter_bytes(65_536):
        size += len(piece)
        if size > MAX_DOCUMENT:
            raise AcquireError(f"more than {MAX_DOCUMENT // 2**20} MB", where=url)
        if time.monotonic() > deadline:
            raise AcquireError(f"not finished after {_WHOLE:.0f} seconds", where=url)
        pieces.append(piece)
    return b"".join(pieces)


def _backoff(error: Exception) -> bool | float:
    """Tell stamina whether to try again: at the server's own time, if it names one worth waiting for."""
    if not isinstance(error, _Later):
        return False
    if error.wait is None:
        return True
    return error.wait if error.wait <= _PATIENCE else False


def _wait(retry_after: str | None) -> float | None:
    """Return the seconds that ``Retry-After`` asks for, given as a number or as a date."""
    if not retry_after:
        return None
    if retry_after.strip().isdigit():
        return float(retry_after)
    try:
        moment = email.utils.parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    if moment.tzinfo is None:
        return None
    return max(0.0, (moment - dt.datetime.now(dt.UTC)).total_seconds())
