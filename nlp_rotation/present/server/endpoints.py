"""What can be asked for under ``/api/v1``: each address with its parameters and the answer's shape."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nlp_rotation.present.server.parameters import Given, Parameter

if TYPE_CHECKING:
    from nlp_rotation.align.prices import Prices
    from nlp_rotation.store.protocol import Store


@dataclass(frozen=True, slots=True)
class Sources:
    """What answers are made from."""

    store: Store
    #: Daily prices, where the server was given any.
    prices: Prices | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One address that answers ``GET`` with JSON."""

    #: Under ``/api/v1``; may hold ``{id}``.
    path: str
    #: Also the name of the method of the Python API that gives the same.
    name: str
    about: str
    parameters: Sequence[Parameter]
    #: From the sources and the values of the parameters (those of the path among them) to JSON.
    answer: Callable[[Sources, Given], Mapping[str, Any]]
    #: JSON schema of the answer.
    schema: Mapping[str, Any] = field(default_factory=lambda: {"type": "object"})
