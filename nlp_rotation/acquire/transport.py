"""Connections that go only where :mod:`nlp_rotation.acquire.guard` allows; imported when one is needed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import httpcore2
import httpx2

from nlp_rotation.acquire.guard import addresses_of


class GuardedBackend(httpcore2.NetworkBackend):
    """Resolves and checks a name itself and connects to the address that it has checked."""

    def __init__(self, *, allow_private: bool) -> None:
        self._allow_private = allow_private
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
        for address in addresses[:-1]:
            try:
                return self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                continue
        return self._inner.connect_tcp(addresses[-1], port, timeout, local_address, socket_options)

    def sleep(self, seconds: float) -> None:
        """Wait between the attempts of the pool."""
        self._inner.sleep(seconds)


def guarded_client(*, allow_private: bool, timeout: float, headers: dict[str, str]) -> httpx2.Client:
    """Return a client that follows no redirect by itself, knows no proxy and connects through the guard."""
    transport = httpx2.HTTPTransport(trust_env=False)
    transport._pool.close()
    # The transport has no argument for the backend, only its pool has.
    transport._pool = httpcore2.ConnectionPool(
        ssl_context=httpx2.create_ssl_context(trust_env=False),
        network_backend=GuardedBackend(allow_private=allow_private),
    )
    return httpx2.Client(
        transport=transport, timeout=timeout, headers=headers, follow_redirects=False, trust_env=False
    )
