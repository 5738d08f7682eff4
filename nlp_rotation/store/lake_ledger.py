"""The ledger of a lake: one line of JSON for each input that gave no record, only ever added to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

from nlp_rotation.types import Skipped


def append_skips(path: Path, skips: Iterable[Skipped], *, recorded_at: str) -> None:
    """Write those that are not in the ledger yet."""
    skips = list(skips)
    if not skips:
        return
    known = set(read_skips(path))
    fresh = [skip for skip in dict.fromkeys(skips) if skip not in known]
    if not fresh:
        return
    lines = [json.dumps({**asdict(skip), "recorded_at": recorded_at}) for skip in fresh]
    with path.open("a", encoding="ascii") as file:
        # a line that a crash cut short must not swallow the one that follows
        file.write("" if _ends_with_newline(path) else "\n")
        file.write("".join(f"{line}\n" for line in lines))


def read_skips(path: Path) -> Iterator[Skipped]:
    """Yield the skips in the order in which they were written; a line cut short by a crash is passed over."""
    if not path.exists():
        return
    for line in path.read_text(encoding="ascii").splitlines():
        try:
            tree = json.loads(line)
        except ValueError:
            continue
        del tree["recorded_at"]
        yield Skipped(**tree)


def _ends_with_newline(path: Path) -> bool:
    return not path.exists() or path.read_bytes()[-1:] in (b"", b"\n")
