"""Rotations told in two steps: "sold X and bought Y", "cash that hid in X is going to Y", "X out, Y in"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlp_rotation.annotate.rotations.frames import REACH, Frame, frame_at
from nlp_rotation.annotate.rotations.sides import OTHER, Sides
from nlp_rotation.annotate.rotations.vocabulary import table, whole_words
from nlp_rotation.types import Span

_WORDS = table()["steps"]
#: "cut their bets on X", "raised exposure to Y"
_STAKE = (
    r"(?:\s+(?:[\w-]+\s+){0,2}?"
    r"(?:bets|exposure|holdings|positions|stakes|weightings?|allocations?|purchases)\s+(?:on|to|of|in)(?=\s))?"
)


def _step(*lists: str) -> re.Pattern[str]:
    phrases = [phrase for name in lists for phrase in _WORDS[name]]
    return re.compile(whole_words(phrases).pattern + _STAKE, re.IGNORECASE)


_PARTING = _step("parting", "resting")
_JOINING = _step("joining", "onward")
#: Without a first step, these are steps of their own, so only a purchase may come first.
_PURCHASE = _step("joining")
_SALE = _step("parting", "paid_with")
_HOLDERS = whole_words(table()["agents"]["who"] + _WORDS["holders"])
#: Whoever speaks of one holder's trades tells no rotation.
_ONE_HOLDER = re.compile(
    r"\b(?:I|our|[Hh]e|[Ss]he|its|his|her|[Tt]he\s+(?:company|firm|group|maker|bank|billionaire|investor))\b"
)
_BREAK = re.compile(r"[;!?]|(?<![A-Z])\.(?=\s|$)")
_WENT_AND_CAME = re.compile(
    r"(?P<first>out|in)\s+(?:went|go|goes|come|comes|came)\s+(?P<one>[\w’'& -]{3,40}?)[,;]?\s+(?:and\s+)?"
    r"(?P<second>out|in)\s+(?:went|go|goes|come|comes|came)\s+(?P<other>[\w’'& -]{3,40})",
    re.IGNORECASE,
)
_OUT_AND_IN = re.compile(
    r"(?P<one>[\w’'& -]{3,40}?)\s+(?:is|are)?\s*(?P<first>in|out)[,;]\s+(?:and\s+)?"
    r"(?P<other>[\w’'& -]{3,40}?)\s+(?:is|are)?\s*(?P<second>in|out)(?=[.,;:!]|$)",
    re.IGNORECASE | re.MULTILINE,
)


def parting_then_joining(sides: Sides, sentence: Span) -> Iterator[Frame]:
    """Read "took money out of X and put it to work in Y", "investors who hid in X went shopping for Y"."""
    yield from _two_steps(sides, sentence, _PARTING, _JOINING)


def joining_then_parting(sides: Sides, sentence: Span) -> Iterator[Frame]:
    """Read "bought Y and sold X", "paying for Y with X"."""
    for frame in _two_steps(sides, sentence, _PURCHASE, _SALE):
        yield Frame(frame.start, frame.head, frame.end, frame.into, frame.out_of)


def out_and_in(sides: Sides, sentence: Span) -> Iterator[Frame]:
    """Read "X out, Y in", "out went X, in came Y"."""
    match = _OUT_AND_IN.match(sides.text, sentence.start, sentence.end) or _WENT_AND_CAME.search(
        sides.text, sentence.start, sentence.end
    )
    if match and match["first"].lower() != match["second"].lower():
        one = Span(start=match.start("one"), end=match.end("one"))
        other = Span(start=match.start("other"), end=match.end("other"))
        out_of, into = (one, other) if match["first"].lower() == "out" else (other, one)
        frame = frame_at(sides, sentence, match, out_of, into)
        if frame.fullness == 2:
            yield frame


def _two_steps(
    sides: Sides, sentence: Span, first: re.Pattern[str], second: re.Pattern[str]
) -> Iterator[Frame]:
    """Yield frames whose left side stands behind ``first``, the right one behind ``second``."""
    for step in first.finditer(sides.text, sentence.start, sentence.end):
        limit = min(sentence.end, step.end() + REACH)
        if stop := _BREAK.search(sides.text, step.end(), limit):
            limit = stop.start()
        follows = (
            second.finditer(sides.text, step.end(), limit) if _by_many(sides.text, sentence, step) else ()
        )
        for follow in follows:
            left = sides.phrase(step.end(), follow.start())
            frame = frame_at(sides, sentence, step, left, sides.phrase(follow.end(), limit))
            if _ONE_HOLDER.search(sides.text, step.end(), follow.start()):
                break
            if frame.fullness == 2 and frame.says_something and _told_apart(sides, frame):
                yield frame
                break


def _by_many(text: str, sentence: Span, step: re.Match[str]) -> bool:
    """Tell whether money, or more holders than one, take the step."""
    floor = max(sentence.start, step.start() - REACH)
    many = _HOLDERS.search(text, floor, step.end())
    return bool(many) and not _ONE_HOLDER.search(text, max(floor, step.start() - 30), step.start())


def _told_apart(sides: Sides, frame: Frame) -> bool:
    """Two sets without a name, or the whole market, say too little on either side of two verbs."""
    vague = {None, OTHER, sides.home}
    return not (vague.issuperset(frame.out_of) and vague.issuperset(frame.into))
