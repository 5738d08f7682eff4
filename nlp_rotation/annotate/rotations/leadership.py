"""Constructions of leadership that passes: "X gave way to Y", "the rally broadened beyond X"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlp_rotation.annotate.rotations.frames import REACH, Frame, clause_limit, clause_start, frame_at
from nlp_rotation.annotate.rotations.sides import Sides
from nlp_rotation.annotate.rotations.vocabulary import any_of, table, whole_words
from nlp_rotation.types import Span

_WORDS = table()["leadership"]
_HAND_OVER = whole_words(_WORDS["hand_over"])
_TAKE_OVER = whole_words(_WORDS["take_over"])
_OWNED = r"(?:over\s+)?(?:(?:the|its|their|his|market)\s+)?(?:[\w-]+\s+)?"
_TOKEN = any_of(_WORDS["tokens"])
_HANDING = re.compile(
    rf"(?<![\w-]){any_of(_WORDS['handing'])}\s+{_OWNED}{_TOKEN}\s+(?:back\s+|over\s+)?to\s", re.IGNORECASE
)
_SEIZING = re.compile(
    rf"(?<![\w-]){any_of(_WORDS['seizing'])}\s+{_OWNED}{_TOKEN}\s+(?:away\s+|back\s+|over\s+)?from\s",
    re.IGNORECASE,
)
#: "stepped out of the shadow of X"
_SHADOW = re.compile(r"(?<![\w-])(?:out\s+of|from)\s+(?:the\s+)?(?:long\s+)?shadows?\s+of\s", re.IGNORECASE)
#: "X's loss was Y's gain"
_BENEFIT = table()["benefit"]
_LOSS_AND_GAIN = re.compile(
    rf"(?P<out>[\w’'& -]{{3,40}}?)[’']s?\s+{any_of(_BENEFIT['loss'])}\s+(?:is|was|has\s+been|became)\s+"
    rf"(?P<into>[\w’'& -]{{3,40}}?)[’']s?\s+{any_of(_BENEFIT['gain'])}\b",
    re.IGNORECASE,
)
_AS_LEADERS = whole_words(_WORDS["as_leaders"])
_PLAINLY = whole_words(_WORDS["plainly"])
_TAKING_LEAD = whole_words(_WORDS["taking_lead"])
_LOSING_LEAD = whole_words(_WORDS["losing_lead"])
_CATCHING_UP = whole_words(_WORDS["catching_up"])
_UNWINDING = whole_words(_WORDS["unwinding"])
_SPREADING = whole_words(table()["heads"]["spreading"])
#: What broadens must be the market's advance.
_ADVANCE = whole_words(_WORDS["advance"])
_BEYOND = re.compile(r"\s(?:beyond|past|away\s+from|outside(?:\s+of)?|from(?:\s+just)?)\s", re.IGNORECASE)
_SPREAD_TO = re.compile(r"\s(?:out\s+)?(?:to|into|toward|towards)\s", re.IGNORECASE)
_NOUN = any_of(["rotation", "shift", "switch", "trade", "rotations", "move"])
#: "the Trump trade could begin to unwind", "the unwinding of some carry trades"
_TRADE_BEFORE = re.compile(r"(?:[\w’'&-]+\s+){1,4}trades?\b(?=(?:\s+[\w’']+){0,4}\s*$)", re.IGNORECASE)
_BEHIND_OF = re.compile(
    r"\s+(?:of\s+)?(?:(?:the|some|their)\s+)?(?:[\w’'&-]+\s+){1,4}?trades?\b", re.IGNORECASE
)
#: "a growth-to-value rotation"
_COMPOUND = re.compile(
    rf"(?P<out>[\w’'.]+(?:[ -][\w’'.]+)?)[-–\s]to[-–\s](?P<into>[\w’'.]+(?:-[\w’'.]+)?)\s+{_NOUN}\b"
)


def handing_over(sides: Sides, sentence: Span) -> Iterator[Frame]:
    """Read "X gave way to Y"."""
    for head in _matches(sides, sentence, _HAND_OVER, _HANDING):
        left = _before(sides, sentence, head)
        right = sides.phrase(head.end(), clause_limit(sides.text, sentence, head.end()))
        frame = frame_at(sides, sentence, head, left, right)
        if frame.out_of and frame.into:
            yield frame


def taking_over(sides: Sides, sentence: Span) -> Iterator[Frame]:
    """Read "Y took over from X", "Y replaced X as the market's leaders"."""
    for head in _matches(sides, sentence, _TAKE_OVER, _SEIZING, _SHADOW):
        plainly = head.re is not _TAKE_OVER or _PLAINLY.fullmatch(head[0])
        if not (plainly or _AS_LEADERS.search(sides.text, sentence.start, sentence.end)):
            continue
        left = _before(sides, sentence, head)
        right = sides.phrase(head.end(), clause_limit(sides.text, sentence, head.end()))
        frame = frame_at(sides, sentence, head, right, left)
        if frame.out_of and frame.into:
            yield frame


def losing_to(sides: Sides, sentence: Span) -> Iterator[Frame]:
    """Read "X's loss was Y's gain", "X's pain has been Y's boon"."""
    for head in _LOSS_AND_GAIN.finditer(sides.text, sentence.start, sentence.end):
        out_of = Span(start=head.start("out"), end=head.end("out"))
        frame = frame_at(sides, sentence, head, out_of, Span(start=head.start("into"), end=head.end("into")))
        if frame.fullness == 2:
            yield frame


def leading(sides: Sides, sentence: Span) -> Iterator[Frame]:
    """Read what names one side only: "Y is taking the lead", "X fell out of favor", "Y catches up"."""
    for pattern, comes in ((_TAKING_LEAD, True), (_CATCHING_UP, True), (_LOSING_LEAD, False)):
        for head in pattern.finditer(sides.text, sentence.start, sentence.end):
            subject = _before(sides, sentence, head)
            frame = frame_at(sides, sentence, head, None if comes else subject, subject if comes else None)
            if frame.says_something and frame.out_of != (sides.home,) and frame.into != (sides.home,):
                yield frame


def unwinding(sides: Sides, sentence: Span) -> Iterator[Frame]:
    """Read "the X trade unwinds", "unwinding of the X trade"."""
    for head in _UNWINDING.finditer(sides.text, sentence.start, sentence.end):
        behind = _BEHIND_OF.match(sides.text, head.end(), sentence.end)
        before = _TRADE_BEFORE.search(sides.text, max(sentence.start, head.start() - REACH), head.start())
        if before:
            yield frame_at(sides, sentence, head, Span(start=before.start(), end=head.start()), None)
        elif behind:
            yield frame_at(sides, sentence, head, Span(start=behind.start(), end=behind.end()), None)


def broadening(sides: Sides, sentence: Span) -> Iterator[Frame]:
    """Read "the rally broadened beyond X", "gains spread from X to Y"."""
    for head in _SPREADING.finditer(sides.text, sentence.start, sentence.end):
        floor = clause_start(sides.text, sentence, head.start())
        limit = clause_limit(sides.text, sentence, head.end())
        if not _ADVANCE.search(sides.text, floor, limit):
            continue
        beyond = _BEYOND.search(sides.text, head.end(), min(limit, head.end() + REACH))
        to = _SPREAD_TO.search(sides.text, head.end() - 1, min(limit, head.end() + REACH))
        out_of = (
            sides.phrase(beyond.end(), to.start() if to and to.start() > beyond.end() else limit)
            if beyond
            else None
        )
        into = (
            sides.phrase(to.end(), beyond.start() if beyond and beyond.start() > to.end() else limit)
            if to
            else None
        )
        yield frame_at(sides, sentence, head, out_of, into)


def compounds(sides: Sides, sentence: Span) -> Iterator[Frame]:
    """Read "the growth-to-value rotation"."""
    for head in _COMPOUND.finditer(sides.text, sentence.start, sentence.end):
        out_of = Span(start=head.start("out"), end=head.end("out"))
        frame = frame_at(sides, sentence, head, out_of, Span(start=head.start("into"), end=head.end("into")))
        if frame.out_of and frame.into:
            yield frame


def _before(sides: Sides, sentence: Span, head: re.Match[str]) -> Span:
    return Span(start=clause_start(sides.text, sentence, head.start()), end=head.start())


def _matches(sides: Sides, sentence: Span, *patterns: re.Pattern[str]) -> Iterator[re.Match[str]]:
    for pattern in patterns:
        yield from pattern.finditer(sides.text, sentence.start, sentence.end)
