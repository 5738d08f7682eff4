"""Which phrase fixes the window of which move, inside one sentence.

Three places count, in this order: right before the number or inside the move ("Monday's 0.1% rise"),
behind it in the same clause ("fell 2% on Monday"), and at the head of the sentence ("For the week,
the Dow lost 2% and the Nasdaq 3%").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from nlp_rotation.annotate.windows.calendars import window_table
from nlp_rotation.annotate.windows.expressions import DAYS, Expression, Kind
from nlp_rotation.types import Sentence, Span

#: An attribute stands no more characters before the move than this.
_ATTRIBUTE = 28
#: A period ("this year") behind a move stands no further away; a day may.
_BEHIND = 70
_HEAD = re.compile(
    r"[\"“'‘(*\s]*(?:(?:and|but|so|yet|then|meanwhile|still|again|also|however|overall|elsewhere)\s*,?\s*)?",
    re.I,
)
_BREAKS = re.compile(r"[;:]|\s[–—-]\s|--|\d\.\s")
_CARRIERS = DAYS - {Kind.YESTERDAY}


def own_expressions(
    text: str, sentence: Sentence, moves: Sequence[Span], expressions: Sequence[Expression]
) -> list[Expression | None]:
    """Return for each of ``moves``, the distinct move spans of ``sentence``, the phrase that fixes it."""
    leading = _leading(text, sentence, expressions)
    chosen: list[Expression | None] = []
    for index, move in enumerate(moves):
        floor = moves[index - 1].end if index else sentence.start
        ceiling = moves[index + 1].start if index + 1 < len(moves) else sentence.end
        chosen.append(
            _attribute(text, move, floor, expressions)
            or _behind(text, move, ceiling, expressions)
            or _shared_behind(text, moves, index, sentence.end, expressions)
            or leading
        )
    return chosen


def _leading(text: str, sentence: Sentence, expressions: Sequence[Expression]) -> Expression | None:
    """The phrase that opens the sentence, for all of its moves."""
    head = _HEAD.match(text, sentence.start, sentence.end)
    begin = head.end() if head else sentence.start
    for expression in expressions:
        if expression.start <= begin + 3 and not is_ahead(text, expression):
            return expression
    return None


def _attribute(text: str, move: Span, floor: int, expressions: Sequence[Expression]) -> Expression | None:
    """Read "Monday's 0.1% rise", "a weekly gain of 2%" and "on Monday fell 2%"."""
    for expression in reversed(expressions):
        inside = move.start <= expression.start and expression.end <= move.end
        gap = text[expression.end : move.start]
        near = floor <= expression.start and 0 <= len(gap) <= _ATTRIBUTE and expression.end <= move.start
        if inside or (near and not re.search(r"[,;:.]", gap) and not is_ahead(text, expression)):
            return expression
    return None


def _behind(text: str, move: Span, ceiling: int, expressions: Sequence[Expression]) -> Expression | None:
    """Read "fell 2% on Monday", "is up 7% for the year"."""
    for expression in expressions:
        if not move.end <= expression.start < ceiling:
            continue
        between = text[move.end : expression.start]
        if _BREAKS.search(between) or is_ahead(text, expression):
            continue
        if expression.kind in _CARRIERS or (len(between) <= _BEHIND and not _new_clause(between)):
            return expression
    return None


def _shared_behind(
    text: str, moves: Sequence[Span], index: int, end: int, expressions: Sequence[Expression]
) -> Expression | None:
    """Read "rose 1% and 2%, respectively, on Monday": the phrase behind the end of a list."""
    last = index
    while last + 1 < len(moves) and _is_list(text[moves[last].end : moves[last + 1].start]):
        last += 1
    ceiling = moves[last + 1].start if last + 1 < len(moves) else end
    return _behind(text, moves[last], ceiling, expressions) if last > index else None


def _is_list(between: str) -> bool:
    return between.replace("%", "").strip(" ,)").lower() in ("", "and", "or", "and on", "to")


def _new_clause(between: str) -> bool:
    return bool(_clause_words().search(between))


@lru_cache(maxsize=1)
def _clause_words() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in window_table()["cues"]["clause"])
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _ahead_words() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in window_table()["cues"]["ahead"])
    return re.compile(rf"\b(?:{words})(?:\s\w+)?\s*\Z", re.IGNORECASE)


def is_ahead(text: str, expression: Expression) -> bool:
    """Tell whether the phrase belongs to something to come ("due Friday")."""
    return expression.kind in DAYS and bool(
        _ahead_words().search(text, max(0, expression.start - 30), expression.start)
    )
