"""A progress bar on standard error, for people only: nothing is drawn where it is not a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")


def tracked(items: Iterable[Item], *, label: str, total: int | None) -> Iterator[Item]:
    """Pass ``items`` on and show how many have come by."""
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(
        items, description=label, total=total, console=Console(stderr=True), transient=True, show_speed=False
    )
