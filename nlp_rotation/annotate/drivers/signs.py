"""Which way the words of a stretch tell a price to go."""

from __future__ import annotations

import re
import tomllib
from functools import cache

from nlp_rotation.annotate.drivers.bounds import REACH
from nlp_rotation.annotate.drivers.scan import Scan
from nlp_rotation.config import TABLES
from nlp_rotation.types import Direction, Span

OPPOSITE: dict[Direction, Direction] = {"up": "down", "down": "up", "unclear": "unclear"}
_PAST = re.compile(
    r"(?:\w+ed|rose|fell|sank|slid|shed|lost|fallen|risen|dove|leapt|sunk|shot up|sold off)$", re.I
)
#: How far before a noun of price the verb that undoes it begins, and what may stand between the two.
_UNDOING = 45
_JOINS_NOUN = re.compile(r"[\w-]*\s+(?:(?!(?:by|after|as|with|on)\b)[\w.'’-]+\s+){0,3}", re.I)
_NOUN = re.compile(
    r"(?:gains|losses|advances?|declines?|rall(?:y|ies)|slides?|drops?|falls?|slumps?|sell-?offs?|rebounds?|rises?)\b",
    re.I,
)


@cache
def turns() -> dict[str, re.Pattern[str]]:
    """Return the verbs that lift, lower, turn or undo a price, by what they do."""
    table = tomllib.loads((TABLES / "causes.toml").read_text("utf-8"))["turns"]
    return {name: re.compile(r"\b(?:" + "|".join(stems) + ")", re.I) for name, stems in table.items()}


def sign(scan: Scan, span: Span) -> Direction | None:
    """Return the direction of the first past verb of price in ``span``, else of its first word of price."""
    if span.start >= span.end:
        return None
    found: list[tuple[bool, int, Direction]] = []
    sides: tuple[Direction, ...] = ("up", "down")
    for direction in sides:
        for hit in scan.hits[direction].within(span.start, min(span.end, span.start + REACH)):
            past = bool(_PAST.match(scan.text, hit.start, hit.end))
            if past and turns()["undo"].match(scan.text, hit.start):
                continue
            undone = bool(_NOUN.match(scan.text, hit.start)) and _is_undone(scan.text, span.start, hit.start)
            found.append((not past, hit.start, OPPOSITE[direction] if undone else direction))
    return min(found)[2] if found else None


def sign_around(scan: Scan, cause: Span, sentence: Span) -> Direction | None:
    """Return the direction that the sentence gives outside the cause."""
    return sign(scan, Span(start=sentence.start, end=cause.start)) or sign(
        scan, Span(start=cause.end, end=sentence.end)
    )


def _is_undone(text: str, floor: int, noun: int) -> bool:
    """Return whether the verb before a noun of price undoes its move: "pared earlier gains"."""
    before = text[max(floor, noun - _UNDOING) : noun]
    return any(_JOINS_NOUN.fullmatch(before, verb.end()) for verb in turns()["undo"].finditer(before))
