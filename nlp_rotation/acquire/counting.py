"""How many documents there will be, as well as can be told in a moment: for a progress bar."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from nlp_rotation.acquire.folder import files_of
from nlp_rotation.acquire.opening import Opened, open_path
from nlp_rotation.acquire.remote import is_remote
from nlp_rotation.acquire.sniff import Form
from nlp_rotation.errors import AcquireError

#: Lines read to learn how long a line is.
_SAMPLE = 100


def count_in(path: str) -> int | None:
    """Return how many documents ``path`` holds, about; None where only reading it all would tell."""
    if is_remote(path):
        return None
    if Path(path).is_dir():
        return sum(_count_file(item) or 1 for item in files_of(path) if isinstance(item, str))
    return _count_file(path)


def _count_file(path: str) -> int | None:
    try:
        with open_path(path) as opened:
            return _COUNTERS.get(opened.form, _one)(opened)
    except AcquireError:
        return 0


def _one(opened: Opened) -> int | None:
    return 1


def _unknown(opened: Opened) -> int | None:
    return None


def _lines(opened: Opened) -> int | None:
    """Return the number of lines, worked out from the length of the first ones; compressed, nobody knows."""
    if opened.path.endswith(".gz"):
        return None
    lengths = [len(line) for _, line in zip(range(_SAMPLE), opened.stream, strict=False)]
    return round(Path(opened.path).stat().st_size * len(lengths) / max(1, sum(lengths)))


_COUNTERS: dict[Form, Callable[[Opened], int | None]] = {
    "lines": _lines,
    "feed": _unknown,
    "sitemap": _unknown,
    "opml": _unknown,
    "warc": _unknown,
    "parquet": _unknown,
    "json": _unknown,
}
