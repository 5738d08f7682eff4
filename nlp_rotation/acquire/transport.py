"""Connections that go only where :mod:`nlp_rotation.acquire.guard` allows; imported when one is needed."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

import httpcore2
import httpx2

from nlp_rotation.acquire.guard import addresses_of


class TimedStream(httpcore2.NetworkStream):
    """A connection that ends when the time of its fetch is over, however often a server sends a byte."""

    def __init__(self, stream: httpcore2.NetworkStream, expired: Callable[[], bool]) -> None:
        self._stream = stream
        self._expired = expired

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what has come, while there is time."""
        if self._expired():
            raise httpcore2.ReadTimeout("the time of the whole fetch is over")
        return self._stream.read(max_bytes, timeout)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send."""
        self._stream.write(buffer, timeout)

    def close(self) -> None:
        """Hang up."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        """Go on encrypted, under the same clock."""
        return TimedStream(self._stream.start_tls(ssl_context, server_hostname, timeout), self._expired)

    def get_extra_info(self, info: str) -> Any:
        """Return what the connection knows of itself."""
        return self._stream.get_extra_info(info)


class GuardedBackend(httpcore2.NetworkBackend):
    """Resolves and checks a name itself and connects to the address that it has checked."""

    def __init__(self, *, allow_private: bool, expired: Callable[[], bool]) -> None:
        self._allow_private = allow_private
        self._expired = expired
        self._inner = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """Connect to the first address of ``host`` that answers."""
        addresses = addresses_of(host, port, allow_private=self._allow_private)
        rest = (port, timeout, local_address, socket_options)
        for address in addresses[:-1]:
            with suppress(httpcore2.ConnectError, httpcore2.ConnectTimeout):
                return TimedStream(self._inner.connect_tcp(address, *rest), self._expired)
        return TimedStream(self._inner.connect_tcp(addresses[-1], *rest), self._expired)

    def sleep(self, seconds: float) -> None:
        """Wait between the attempts of the pool."""
        self._inner.sleep(seconds)


def guarded_client(
    *, allow_private: bool, timeout: float, expired: Callable[[], bool], headers: dict[str, str]
) -> httpx2.Client:
    """Return a client that follows no redirect by itself, knows no proxy and connects through the guard.

    :param timeout: seconds of silence that are borne.
    :param expired: tells whether the time of the fetch at hand is over.
    """
    transport = httpx2.HTTPTransport(trust_env=False)
    transport._pool.close()
    # The transport has no argument for the backend, only its pool has.
    transport._pool = httpcore2.ConnectionPool(
        ssl_context=httpx2.create_ssl_context(trust_env=False),
        network_backend=GuardedBackend(allow_private=allow_private, expired=expired),
    )
    return httpx2.Client(
        transport=transport, timeout=timeout, headers=headers, follow_redirects=False, trust_env=False
    )
