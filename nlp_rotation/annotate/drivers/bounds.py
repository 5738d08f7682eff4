"""Where a cause begins and ends: clause boundaries around a cue."""

from __future__ import annotations

import re

from nlp_rotation.annotate.drivers.scan import Scan
from nlp_rotation.types import Span

#: Longest stretch looked at on either side of a cue: keeps long lines linear.
REACH = 400

_VERB = re.compile(
    r"\b(?:\w{2,}ed|is|are|was|were|has|have|had|will|would|could|may|might|said|fell|rose|won|cut|beat|hit"
    r"|gave|came|saw|took|sent|put|went|got|made|swung|led|says|plans|expects|shows|remains|continues)\b",
    re.I,
)
_LIST_GOES_ON = re.compile(r",(?:\s+[^\s,;.]+){1,8}?(?:,\s+(?:and|or)|\s+and)\s", re.I)
_NEXT_COMMA = re.compile(r",[^,;]{1,90},\s*(?=(\S+))")
_PARTICIPLE = re.compile(r"\w+ing\b", re.I)
_ASIDE = re.compile(r"\([^()]{0,120}\)\s")
_OUTER = " \t\n\r,;:-–—*“”\"'‘"


def end_of_cause(scan: Scan, start: int, limit: int) -> int:
    """Return where the cause that starts at ``start`` ends, before ``limit``."""
    limit = min(limit, start + REACH)
    for stop in scan.hits["stops"].within(start, limit):
        if stop.start > start and _ends_here(scan, start, stop, limit):
            return stop.start
    return limit


def _ends_here(scan: Scan, start: int, stop: Span, limit: int) -> bool:
    text = scan.text
    word, so_far = text[stop.start : stop.end], text[start : stop.start]
    if word == ":" or not so_far.strip():
        return False
    if word in '“"' and text[stop.end : stop.end + 1].isalnum():
        return False
    if word != ",":
        return " " in so_far.strip() or not word.isalpha()
    if text[stop.end : stop.end + 1].isdigit():
        return False
    return _comma_ends(scan, stop, so_far, limit)


def _comma_ends(scan: Scan, stop: Span, so_far: str, limit: int) -> bool:
    text, words = scan.text, len(so_far.split())
    ahead = text[stop.start : min(limit, stop.start + 200)]
    if words <= 8 and _LIST_GOES_ON.match(ahead) and not _VERB.search(ahead[:40]):
        return False
    if words > 2:
        beyond = _NEXT_COMMA.match(ahead)
        return not (beyond and _VERB.match(beyond[1])) or bool(_VERB.search(so_far))
    return _opens_aside(scan, stop.end, limit)


def _opens_aside(scan: Scan, start: int, limit: int) -> bool:
    """Return whether what follows a comma is no more of the cause."""
    while start < limit and scan.text[start].isspace():
        start += 1
    return scan.hits["comma_stops"].end_at(start) > start or bool(_PARTICIPLE.match(scan.text, start, limit))


def start_of_cause(scan: Scan, floor: int, end: int, *, within: frozenset[str] = frozenset()) -> int:
    """Return where the cause that ends at ``end`` starts, not before ``floor``.

    Words of ``within`` open no clause here.
    """
    floor = max(floor, end - REACH)
    best = floor
    for opener in scan.hits["openers"].within(floor, end):
        mark = scan.text[opener.start : opener.end]
        if mark.lower() not in within and _holds_words(scan.text[opener.end : end], 3 if mark == "," else 1):
            best = opener.end
    return best


def _holds_words(stretch: str, least: int) -> bool:
    return len(stretch.split(maxsplit=least)) >= least


def trim(scan: Scan, start: int, end: int) -> Span:
    """Return the stretch without white space, empty openings and words that belong to the cue."""
    text, leads, trails = scan.text, scan.hits["leads"], scan.hits["trails"]
    while True:
        before = start, end
        while start < end and text[start] in _OUTER:
            start += 1
        while end > start and text[end - 1] in _OUTER + ".":
            end -= 1
        if aside := _ASIDE.match(text, start, end):
            start = aside.end()
        start = min(leads.end_at(start), end)
        end = max(trails.start_at(end), start)
        if (start, end) == before:
            return Span(start=start, end=end)
