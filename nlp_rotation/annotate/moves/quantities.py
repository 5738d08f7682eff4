"""Percentages as texts write them: number, unit, range, approximation, and the amounts beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from nlp_rotation.annotate.moves.vocabulary import move_table
from nlp_rotation.types import Span

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,7}(?:\.\d{1,6})?|\.\d{1,6})"
_SPELLED = {
    "half a": 0.5, "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "seven": 7.0,
    "eight": 8.0, "nine": 9.0, "ten": 10.0, "twenty": 20.0, "thirty": 30.0, "forty": 40.0, "fifty": 50.0,
}  # fmt: skip
_UNIT = r"(?:[ -]?(?:percent\b|per[ -]cent\b|pct\b|pc\b)|\s?%)"
_POINTS = r"(?:[ -]percentage[ -]points?\b)"
#: An amount of money or points: "23p", "$1.09", "C$8.78", "189.37 points", "80 Canadian cents".
_AMOUNT = (
    r"(?:(?:[A-Z]{0,3}[$£€¥₹]|Rs\.?\s?)\s?\d[\d,]{0,12}(?:\.\d{1,6})?"
    r"|\d[\d,]{0,12}(?:\.\d{1,6})?(?:p\b|¢|c\b|\s(?:index\s)?(?:points?|pts|(?:canadian\s)?cents?|pence|rupees|yen|yuan|riyals)\b)?)"
)


#: Units are looked for first: they are rare and tell where the costly pattern has to look at all.
_UNITS = re.compile(
    r"\d\s?%|\d[ -]?(?:per[ -]?cent|percentage|pct|pc)\b|[a-z][ -]per[ -]?cent\b", re.IGNORECASE
)
#: How far the amounts and approximations beside a number reach.
_REACH = 70


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity(Span):
    """A percentage. ``start`` and ``end`` take in approximation, fillers and the amounts beside it."""

    #: The percentage alone: first digit (or its sign) to the end of the unit.
    number_start: int
    number_end: int
    #: Where the stretch begins that a reader would quote: the approximation or the number.
    quote_start: int
    low: float
    high: float
    #: The sign written at the number: 1, -1, or 0 for none.
    sign: int
    approx: bool
    #: "as much as": the far point of the session.
    extreme: bool
    #: Percentage points: a difference of rates, or of two moves.
    points: bool
    #: "less than": the size is a bound, which gives a move without direction its range.
    bounded: bool = False

    @property
    def value(self) -> float:
        """The middle of the range."""
        return round((self.low + self.high) / 2, 6)


def find_quantities(text: str, start: int = 0, end: int | None = None) -> Iterator[Quantity]:
    """Yield the percentages of ``text[start:end]`` in order.

    >>> [(q.low, q.high, q.approx) for q in find_quantities("up more than 2 per cent, or 23p, to 571p")]
    [(2.0, 2.0, True)]
    >>> [(q.low, q.high) for q in find_quantities("gains of 9.8% to 16.8%")]
    [(9.8, 16.8)]
    """
    stop = len(text) if end is None else end
    for unit in _UNITS.finditer(text, start, stop):
        if unit.start() < start:
            continue
        match = _pattern().search(text, max(start, unit.start() - _REACH), min(stop, unit.end() + _REACH))
        if match:
            yield _read(match)
            start = match.end()


def _read(match: re.Match[str]) -> Quantity:
    before = f"{match['pre'] or ''} {match['mid'] or ''}".lower()
    after = (match["after"] or "").lower()
    low, high = _bounds(match)
    return Quantity(
        start=match.start(),
        end=match.end(),
        number_start=match.start("sign") if match["sign"] else match.start("low"),
        number_end=match.end("unit"),
        quote_start=match.start("pre") if match["pre"] else match.start("low"),
        low=low,
        high=high,
        sign={"+": 1, "-": -1, "−": -1, "–": -1}.get(match["sign"] or "", 0),
        approx=bool(_approximators().search(before)) or bool(after),
        extreme=any(cue in before for cue in move_table()["quantity"]["extremes"]),
        points="point" in match["unit"].lower(),
        bounded=any(bound in before for bound in move_table()["undirected"]["bounds"]),
    )


def _bounds(match: re.Match[str]) -> tuple[float, float]:
    low = _number(match["low"])
    high = _number(match["high"]) if match["high"] else low
    return (low, high) if low <= high else (high, high)


def _number(text: str) -> float:
    word = text.lower()
    return _SPELLED[word] if word in _SPELLED else float(text.replace(",", ""))


def _alternation(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@lru_cache(maxsize=1)
def _approximators() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_alternation(move_table()['quantity']['approximators'])})\b")


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    table = move_table()["quantity"]
    pre = _alternation(table["approximators"] + table["fillers"])
    spelled = _alternation(list(_SPELLED))
    return re.compile(
        rf"(?:(?<![\w.$£€]){_AMOUNT}(?:,?\s+or\s+|,\s+|\s*\())?"
        rf"(?P<pre>\b(?:(?:{pre})\s+){{1,5}})?"
        rf"(?P<between>between\s+)?(?<![\d.,$£€\w])(?P<sign>[+−–-](?=[\d.]))?"
        rf"(?P<low>{_NUMBER}|(?:{spelled})(?=[ -]per))"
        rf"(?:{_UNIT}?(?:\s?[-–]\s?|\s+to\s+|\s+or\s+|(?(between)\s+and\s+|(?!))|-to-)(?P<mid>almost\s+|nearly\s+|about\s+)?(?P<high>{_NUMBER}))?"
        rf"(?P<unit>{_POINTS}|{_UNIT})"
        rf"(?P<after>\s+or\s+(?:more|so|less|better)\b|\s*\+|\s+plus\b)?"
        rf"(?:,?\s+or\s+(?:by\s+)?{_AMOUNT})?"
        rf"(?:,?\s+(?:to|at)\s+(?:(?:close|end|finish|settle)\s+(?:at\s+)?)?{_AMOUNT}(?!\s?%|\d| per))?",
        re.IGNORECASE,
    )
