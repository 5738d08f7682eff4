"""Opening a store for analysis: what ``nlp_rotation.open_store`` is."""

from __future__ import annotations

from pathlib import Path

from nlp_rotation.present.queries.accessor import register
from nlp_rotation.present.queries.library import Frames
from nlp_rotation.store import opening


def open_store(path: str | Path) -> Frames:
    """Open a store to ask it; nothing can be written through it.

    It also gives frames of prices the accessor ``news`` (see :mod:`nlp_rotation.present.queries.accessor`).

    :raises StoreError: where there is no store, or another file.
    """
    register()
    return Frames(opening.open_store(path, mode="read"))
