"""Constructions that name one side outright: flows of funds, what a rotation lifts, turning defensive."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlp_rotation.annotate.rotations.frames import Frame, clause_limit, clause_start, frame_at, moves_money
from nlp_rotation.annotate.rotations.sides import Sides
from nlp_rotation.annotate.rotations.vocabulary import any_of, table, whole_words
from nlp_rotation.types import Span

_WORDS = table()["flows"]
#: "Stock funds have lost", "value ETFs saw"
_FUNDS = re.compile(
    rf"\b(?:funds|ETFs)\s+(?:(?:have|had|has|also|again)\s+)*"
    rf"(?:(?P<out>{any_of(_WORDS['losing'])})|(?P<into>{any_of(_WORDS['taking_in'])})|{any_of(_WORDS['seeing'])})\s",
    re.IGNORECASE,
)
#: A fund loses in percent when prices fall; in money when holders leave.
_MONEY = re.compile(r"[$€£¥]\s?\d|\b\d[\d.,]*\s+(?:billion|million|trillion|crore|bn|mn)\b")
_OUTWARD, _INWARD = whole_words(_WORDS["outward"]), whole_words(_WORDS["inward"])
#: So far behind its verb the sum stands.
_NEAR = 60
#: "a rotation that has lifted banks", "the rotation hurt software makers"
_ROTATION = re.compile(
    rf"\brotations?\s+(?:(?:that|which|has|have|had|is|was|again|also)\s+)*"
    rf"(?:(?P<into>{any_of(_WORDS['lifting'])})|(?P<out>{any_of(_WORDS['hurting'])}))\s",
    re.IGNORECASE,
)
#: "a return of money to banks"
_STREAM = re.compile(
    rf"\b{any_of(_WORDS['streams'])}\s+of\s+(?:\w+\s+)?{any_of(_WORDS['streaming'])}\s+(?:back\s+)?"
    rf"(?:(?P<out>{any_of(table()['markers']['out'])})|(?P<into>{any_of(table()['markers']['into'])}))\s",
    re.IGNORECASE,
)
_DEFENSIVE = whole_words(_WORDS["defensive"])


def funding(sides: Sides, sentence: Span) -> Iterator[Frame]:
    """Read "stock funds lost $3 billion", "value ETFs saw inflows"."""
    for head in _FUNDS.finditer(sides.text, sentence.start, sentence.end):
        behind = (head.end(), min(sentence.end, head.end() + _NEAR))
        leaves = bool(head["out"]) or bool(_OUTWARD.search(sides.text, *behind))
        comes = bool(head["into"]) or bool(_INWARD.search(sides.text, *behind))
        told = _MONEY.search(sides.text, *behind) if head["out"] or head["into"] else True
        if told and leaves != comes:
            start = clause_start(sides.text, sentence, head.start())
            whose = Span(start=start, end=head.start() + len("funds"))
            yield frame_at(sides, sentence, head, *((whose, None) if leaves else (None, whose)))


def lifting(sides: Sides, sentence: Span) -> Iterator[Frame]:
    """Read "a rotation that lifted X", "the rotation hurt X"."""
    for head in _ROTATION.finditer(sides.text, sentence.start, sentence.end):
        whom = sides.phrase(head.end(), clause_limit(sides.text, sentence, head.end()))
        yield frame_at(sides, sentence, head, *((None, whom) if head["into"] else (whom, None)))


def streaming(sides: Sides, sentence: Span) -> Iterator[Frame]:
    """Read "a return of money to X", "the flow of capital out of X"."""
    for head in _STREAM.finditer(sides.text, sentence.start, sentence.end):
        whom = sides.phrase(head.end(), clause_limit(sides.text, sentence, head.end()))
        yield frame_at(sides, sentence, head, *((None, whom) if head["into"] else (whom, None)))


def defending(sides: Sides, sentence: Span) -> Iterator[Frame]:
    """Read "investors turned defensive"."""
    for head in _DEFENSIVE.finditer(sides.text, sentence.start, sentence.end):
        if moves_money(sides, sentence, head):
            start = clause_start(sides.text, sentence, head.start())
            yield Frame(start, head.start(), head.end(), (), ("group:defensives",))
