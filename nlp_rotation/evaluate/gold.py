"""Gold annotations and where their quotes stand in the article.

Texts are compared *folded*: quotes, dashes, white space and case are levelled, and the page furniture
that the annotation ignores is taken out. Positions in this package are positions in folded text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlp_rotation.errors import UsageError

Place = tuple[int, int]

_LEVEL = str.maketrans("‘’“”–—\u00a0\t\n\r", "''\"\"--    ")
_SPACES = re.compile(r" +")
_FURNITURE = re.compile(r" - get report\b")
#: Characters of context on both sides that tell equal quotes apart.
_CONTEXT = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldArticle:
    """One annotated article."""

    id: str
    stem: str
    folded: str
    tree: Mapping[str, Any]

    def items(self, kind: str) -> list[Mapping[str, Any]]:
        """Return the annotated items of one kind; none where the gold has no such key."""
        return list(self.tree.get(kind, []))


def read_gold(folder: Path) -> Iterator[GoldArticle]:
    """Yield the annotated articles of ``folder`` in the order of their names.

    :raises UsageError: where the folder holds no pair of ``NAME.txt`` and ``NAME.json``.
    """
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise UsageError("no gold (NAME.txt with NAME.json) in this folder", where=str(folder))
    for path in paths:
        try:
            tree = json.loads(path.read_text("utf-8"))
            text = path.with_suffix(".txt").read_text("utf-8")
        except (OSError, ValueError) as error:
            raise UsageError(f"gold is not readable ({error})", where=str(path)) from error
        yield GoldArticle(id=str(tree["id"]), stem=path.stem, folded=fold(text), tree=tree)


def fold(text: str) -> str:
    """Level what annotators and pages write in different ways.

    >>> fold("“Tech”  —  up\\u00a04%")
    '"tech" - up 4%'
    """
    return _FURNITURE.sub("", _SPACES.sub(" ", text.translate(_LEVEL)).lower())


def occurrences(folded: str, quote: str) -> Iterator[Place]:
    """Yield every place of ``quote``; one that begins or ends with a digit must match whole numbers.

    >>> list(occurrences("from 16% to 6%", "6%"))
    [(12, 14)]
    """
    wanted = fold(quote).strip()
    at = folded.find(wanted) if wanted else -1
    while at >= 0:
        end = at + len(wanted)
        if not _cuts_number(folded, wanted, at, end):
            yield at, end
        at = folded.find(wanted, at + 1)


def _cuts_number(folded: str, wanted: str, at: int, end: int) -> bool:
    head = wanted[0].isdigit() and re.search(r"\d[.,]?$", folded[max(0, at - 2) : at])
    tail = wanted[-1].isdigit() and re.match(r"[.,]?\d", folded[end : end + 2])
    return bool(head or tail)


def place_of_quote(folded: str, item: Mapping[str, Any]) -> Place | None:
    """Return where the ``nth`` occurrence of a gold item's quote stands; None where it is not there."""
    wanted = item.get("nth", 1)
    for count, place in enumerate(occurrences(folded, item["quote"]), start=1):
        if count == wanted:
            return place
    return None


def place_of_span(folded: str, text: str, item: Mapping[str, Any]) -> Place | None:
    """Return where a predicted span of the record's ``text`` stands in the folded gold text.

    The two texts differ (a page's furniture is gone from the record's), so the span is found by its
    surroundings, and by its words alone where these are not found.
    """
    quote = item.get("text") or ""
    if "start" in item and text:
        start, end = item["start"], item["end"]
        around = text[max(0, start - _CONTEXT) : end + _CONTEXT]
        spot = next(occurrences(folded, around), None)
        if spot:
            begin = spot[0] + len(fold(text[max(0, start - _CONTEXT) : start]).lstrip())
            return begin, begin + max(1, len(fold(text[start:end]).strip()))
        quote = text[start:end] or quote
    return next(occurrences(folded, quote), None)


def shared_length(one: Place, other: Place) -> int:
    """Return how many characters two places have in common."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))
