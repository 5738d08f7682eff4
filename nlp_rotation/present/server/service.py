"""What a server answers from: one store, read by many, and prices that are read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from nlp_rotation.present.server.endpoints import Endpoint, Sources
from nlp_rotation.present.server.parameters import Given
from nlp_rotation.present.server.readers import Readers

if TYPE_CHECKING:
    from nlp_rotation.align.prices import Prices
    from nlp_rotation.store.protocol import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """What is served."""

    store: str
    #: File or folder of daily prices.
    prices: Path | None = None
    #: Names of endpoints that are asked once, as they stand, when the server starts: what the page will ask
    #: first is ready before its reader has typed the address.
    ahead: tuple[str, ...] = ()


class Service:
    """Answers endpoints from a store and prices, for HTTP and MCP alike."""

    def __init__(self, served: Served) -> None:
        self.readers = Readers(served.store)
        self._path = served.prices
        self._prices: Prices | None = None
        self._loading = Lock()

    async def ask(self, endpoint: Endpoint, given: Given) -> Mapping[str, Any]:
        """Return the answer of an endpoint."""
        return await self.readers.ask(lambda store: self.answer(store, endpoint, given))

    def answer(self, store: Store, endpoint: Endpoint, given: Given) -> Mapping[str, Any]:
        """Return the answer of an endpoint on the thread that ``store`` belongs to."""
        return endpoint.answer(Sources(store, self._prices_once()), given)

    def close(self) -> None:
        """Let go of the files."""
        self.readers.close()

    def _prices_once(self) -> Prices | None:
        """Prices are read when something is first asked, and by one thread."""
        if self._path is None:
            return None
        with self._loading:
            if self._prices is None:
                from nlp_rotation.align.prices import load_prices

                self._prices = load_prices(self._path)
        return self._prices
