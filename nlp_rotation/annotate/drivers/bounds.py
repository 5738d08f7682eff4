"""Where a cause begins and ends: clause boundaries around a cue."""

from __future__ import annotations

import re

from nlp_rotation.annotate.drivers.cues import cues
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
_OUTER = " \t\n\r,;:-–—*“”\"'‘"


def end_of_cause(text: str, start: int, limit: int) -> int:
    """Return where the cause that starts at ``start`` ends, before ``limit``."""
    limit = min(limit, start + REACH)
    for stop in cues().stops.finditer(text, start, limit):
        so_far = text[start : stop.start()]
        if len(so_far.split()) < 1 or not _ends_here(text, stop, so_far, limit):
            continue
        return stop.start()
    return limit


def _ends_here(text: str, stop: re.Match[str], so_far: str, limit: int) -> bool:
    word = stop[0]
    if word == ":":
        return False
    if word in '“"' and text[stop.end() : stop.end() + 1].isalnum():
        return False
    if word != ",":
        return len(so_far.split()) > 1 or not word.isalpha()
    if text[stop.end() : stop.end() + 1].isdigit():
        return False
    return _comma_ends(text, stop, so_far, limit)


def _comma_ends(text: str, stop: re.Match[str], so_far: str, limit: int) -> bool:
    ahead = text[stop.start() : min(limit, stop.start() + 200)]
    if len(so_far.split()) <= 8 and _LIST_GOES_ON.match(ahead) and not _VERB.search(ahead[:40]):
        return False
    if _VERB.search(so_far):
        return True
    beyond = _NEXT_COMMA.match(ahead)
    if beyond and _VERB.match(beyond[1]):
        return False
    return bool(cues().comma_stops.match(text, stop.end(), limit)) or len(so_far.split()) > 2


def start_of_cause(text: str, floor: int, end: int) -> int:
    """Return where the cause that ends at ``end`` starts, not before ``floor``."""
    floor = max(floor, end - REACH)
    best = floor
    for opener in cues().openers.finditer(text, floor, end):
        if len(text[opener.end() : end].split()) >= (3 if opener[0] == "," else 1):
            best = opener.end()
    return best


def trim(text: str, start: int, end: int) -> Span:
    """Return the stretch without white space, empty openings and words that belong to the cue."""
    table = cues()
    while True:
        before = start, end
        while start < end and text[start] in _OUTER:
            start += 1
        while end > start and text[end - 1] in _OUTER + ".":
            end -= 1
        if lead := table.leads.match(text, start, end):
            start = lead.end()
        if trail := table.trails.search(text, max(start, end - 30), end):
            end = trail.start()
        if (start, end) == before:
            return Span(start=start, end=end)
