"""Sides that a statement leaves to its neighbours: "this rotation", "the proceeds", "a role reversal"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from nlp_rotation.annotate.rotations.contrast import FORMERLY, Told, tell
from nlp_rotation.annotate.rotations.frames import Frame
from nlp_rotation.annotate.rotations.sides import HAVENS, Side, Sides
from nlp_rotation.annotate.rotations.vocabulary import any_of, table, whole_words
from nlp_rotation.types import Span

#: How many sentences back a side may have been told.
BACK = 3
_SAFE = frozenset({"bonds", "cash", "commodity:gold", "fx:USD", "fx:JPYUSD", "fx:CHFUSD", None})
#: "Flight to safety" has no side of its own: the haven that is told of beside it.
_HAVEN_OF = {
    "bonds": "bonds",
    "gold": "commodity:gold",
    "yen": "fx:JPYUSD",
    "franc": "fx:CHFUSD",
    "dollar": "fx:USD",
}
_NAMED_HAVEN = re.compile(
    r"\b(?:(?P<bonds>Treasur(?:y|ies|ys)|(?:government\s+)?bonds?|Bunds?|gilts|JGBs?)|(?P<gold>gold|bullion)"
    r"|(?P<yen>yen)|(?P<franc>franc)|(?P<dollar>dollar|greenback))\b",
    re.IGNORECASE,
)
_THIS_ROTATION = re.compile(r"\b[Tt]his\s+(?:[\w-]+\s+){0,2}?rotation\b")
_PROCEEDS = re.compile(
    r"\b(?:proceeds|profits|(?:that|this|the)\s+(?:money|funds|cash|capital))\b", re.IGNORECASE
)
_SIDELINES = re.compile(r"\bsidelines\b", re.IGNORECASE)
_REVERSAL = whole_words(table()["leadership"]["reversal"])
#: A role reversal sums up what was just told; "the roles are reversed" turns it round.
_SUMMED_UP = re.compile(r"reversal|guard|places|traded|swapped", re.IGNORECASE)
_GAINERS = any_of(table()["benefit"]["gainers"])
_BENEFICIARY = re.compile(
    rf"(?P<it>[^;.,:]{{3,60}}?)\s+(?:was|were|is|are|has\s+been)\s+(?:the\s+)?(?:[\w-]+\s+)?{_GAINERS}\b"
    rf"|(?:{_GAINERS}\s+(?:was|were|is|are|being)|{any_of(table()['benefit']['gaining'])})\s",
    re.IGNORECASE,
)
_UNDERPERFORMANCE = re.compile(
    r"\brevers(?:e|es|ed|ing|al\s+of)\s+(?:the\s+|their\s+|its\s+)?(?:[\w-]+\s+){0,2}?"
    r"(?P<kind>under|out)performance\s+(?:of|by|in)\s+(?P<one>[^.;]{3,80}?)\s+"
    r"(?:compared\s+(?:to|with)|relative\s+to|versus|vs\.?|over|against)\s+",
    re.IGNORECASE,
)


def complete(
    sides: Sides, sentence: Span, frame: Frame, earlier: Sequence[Span], last: Frame | None
) -> Frame:
    """Return ``frame`` with the side that it leaves unsaid, where its sentence or those before tell it."""
    whole = _completed(sides, sentence, frame, earlier, last)
    return replace(whole, filled=(whole.out_of != frame.out_of) + (whole.into != frame.into))


def _completed(
    sides: Sides, sentence: Span, frame: Frame, earlier: Sequence[Span], last: Frame | None
) -> Frame:
    if frame.into == (None,) and frame.out_of:
        return frame
    if frame.into == (None,):
        rising = [told.side for told in tell(sides, sentence) if told.up and told.side in _SAFE]
        frame = replace(frame, into=tuple(rising[:1]) or _haven_near(sides, sentence, frame, earlier))
    if frame.out_of:
        return frame if frame.into else _gained(sides, sentence, frame)
    left = _left(sides, sentence, frame, earlier, last)
    return replace(frame, out_of=left or _fled(sides, frame))


def _fled(sides: Sides, frame: Frame) -> tuple[Side, ...]:
    """Return shares as what was left for a haven, in an article that tells of their fall."""
    return (sides.market,) if HAVENS.issuperset(frame.into) and sides.shares_fell else ()


def _haven_near(sides: Sides, sentence: Span, frame: Frame, earlier: Sequence[Span]) -> tuple[Side, ...]:
    """Return the haven named last before ``frame``, or first behind it, near by."""
    floor = earlier[-1].start if earlier else sentence.start
    before = list(_NAMED_HAVEN.finditer(sides.text, floor, frame.head))
    found = before[-1] if before else _NAMED_HAVEN.search(sides.text, frame.head, sentence.end)
    return (_HAVEN_OF[found.lastgroup or ""],) if found else (None,)


def _gained(sides: Sides, sentence: Span, frame: Frame) -> Frame:
    """Return ``frame`` with what gains by it: "money left X; Y was the beneficiary"."""
    benefit = _BENEFICIARY.search(sides.text, frame.end, sentence.end)
    if benefit is None:
        return replace(frame, into=_risen(sides, sentence, frame))
    named = benefit.span("it") if benefit["it"] else (benefit.end(), sentence.end)
    phrase = sides.phrase(named[0], named[1])
    if gained := sides.read(phrase):
        return replace(frame, into=gained, end=max(benefit.end(), phrase.end))
    return frame


def _risen(sides: Sides, sentence: Span, frame: Frame) -> tuple[Side, ...]:
    """Return what rises in front of ``frame`` in the same breath: "Y climbed while money left X"."""
    told = (clause.side for clause in tell(sides, sentence) if clause.up and clause.end <= frame.head)
    return tuple(side for side in told if side not in (*frame.out_of, None, sides.home))[:1]


def _left(
    sides: Sides, sentence: Span, frame: Frame, earlier: Sequence[Span], last: Frame | None
) -> tuple[Side, ...]:
    """Return what the money of ``frame`` has left: what falls in the same breath, or what was sold before."""
    if falling := _falling(sides, sentence, frame):
        return falling
    if _SIDELINES.search(sides.text, frame.start, frame.end):
        return (sides.home,)
    if last and last.start >= sentence.start and not last.into:
        return last.out_of
    if _PROCEEDS.search(sides.text, frame.start, frame.end):
        if last and last.out_of:
            return last.out_of
        for before in reversed(earlier[-BACK:]):
            if falling := _falling(sides, before, frame):
                return falling
    return ()


def _falling(sides: Sides, sentence: Span, frame: Frame) -> tuple[Side, ...]:
    told = (clause for clause in tell(sides, sentence) if not clause.up and clause.at < frame.head)
    return tuple(clause.side for clause in told if clause.side not in frame.into and clause.side is not None)[
        :1
    ]


def this_rotation(sides: Sides, sentence: Span, last: Frame | None) -> Iterator[Frame]:
    """Read "this rotation" with the sides of the rotation that was told before it."""
    head = _THIS_ROTATION.search(sides.text, sentence.start, sentence.end)
    if last and head:
        yield Frame(head.start(), head.start(), head.end(), last.out_of, last.into)


def reversal(sides: Sides, sentence: Span, earlier: Sequence[Span]) -> Iterator[Frame]:
    """Read "the roles are reversed", "a role reversal", "reversing the underperformance of X against Y"."""
    for head in _UNDERPERFORMANCE.finditer(sides.text, sentence.start, sentence.end):
        one = sides.read(Span(start=head.start("one"), end=head.end("one")))
        phrase = sides.phrase(head.end(), sentence.end)
        other = sides.read(phrase)
        if one and other:
            out_of, into = (other, one) if head["kind"].lower() == "under" else (one, other)
            yield Frame(head.start(), head.start(), phrase.end, out_of, into)
    if found := _REVERSAL.search(sides.text, sentence.start, sentence.end):
        before = [*earlier[-BACK:], Span(start=sentence.start, end=found.start())]
        told = [clause for span in before for clause in tell(sides, span)]
        if pair := _last_pair(told):
            falling, rising = pair
            if not _SUMMED_UP.search(found[0]) or FORMERLY.match(sides.text, sentence.start):
                falling, rising = rising, falling
            yield Frame(sentence.start, found.start(), sentence.end, (falling.side,), (rising.side,))


def _last_pair(told: Sequence[Told]) -> tuple[Told, Told] | None:
    """Return the last fall and the last rise of two different groups."""
    falls = [clause for clause in told if not clause.up]
    rises = [clause for clause in told if clause.up]
    if falls and rises and falls[-1].side != rises[-1].side:
        return falls[-1], rises[-1]
    return None
