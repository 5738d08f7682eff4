"""Which phrase fixes the window of which move, inside one sentence.

Places are tried in order of how firmly they bind: inside the move or right before it ("Monday's 0.1%
rise"), behind it in the same clause ("up 7% for the year"), behind the end of the list that it stands
in, that of the move it is set beside, and last the head of the sentence ("For the week, ...").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from nlp_rotation.annotate.windows.expressions import DAYS, Expression, Kind
from nlp_rotation.annotate.windows.table import window_table
from nlp_rotation.types import Sentence, Span

#: An attribute stands no more characters before the move than this; tuned on gold/train.
_ATTRIBUTE = 28
#: A phrase behind a move stands no further away than this.
_BEHIND = 90
#: Between a high or low and the date that the text gives for it.
_DATED = 40
#: Times within which a move without a day of its own lies somewhere.
_STORIED = frozenset({Kind.LAST_WEEK, Kind.LAST_MONTH, Kind.LAST_YEAR, Kind.NAMED_MONTH, Kind.NAMED_YEAR})
_HEAD = re.compile(
    r"[\"“'‘(*\s]*(?:(?:and|but|so|yet|then|meanwhile|still|again|also|just|only|however|overall|elsewhere)\s?,?\s?)?",
    re.I,
)
_SENDING = re.compile(r"\A[^,;]*,\s(?:sending|pushing|driving|lifting|knocking)\b|\A\sand\s\w+ed\b")
_PARTICIPLE = re.compile(r",\s(?:\w+ing|\w+(?:ed|lt)\sby)\b")
_BREAKS = re.compile(r"[;:]|\s[–—-]\s|--|\d\.\s|,\sand\s(?:this|that|it|they)\s")


def own_expressions(
    text: str, sentence: Sentence, moves: Sequence[Span], expressions: Sequence[Expression]
) -> list[Expression | None]:
    """Return for each of ``moves``, the distinct move spans of ``sentence``, the phrase that fixes it."""
    leading = _leading(text, sentence, expressions)
    chosen: list[Expression | None] = []
    for index, move in enumerate(moves):
        floor = moves[index - 1].end if index else sentence.start
        ceiling = moves[index + 1].start if index + 1 < len(moves) else sentence.end
        own = (
            _inside(move, expressions)
            or _behind(text, move, ceiling, expressions)
            or _attribute(text, move, floor, expressions)
            or _day_when(text, move, floor, expressions)
            or _shared_behind(text, moves, index, sentence.end, expressions)
            or _from_before(text[floor : move.start], chosen)
            or _extended_before(move, expressions)
            or leading
            or _storied(text, move, expressions)
        )
        chosen.append(_bounded(text, own, leading))
    return chosen


def _from_before(between: str, chosen: Sequence[Expression | None]) -> Expression | None:
    """The phrase of the move before, where this one is set beside it or goes on with it after hours."""
    last = chosen[-1] if chosen else None
    lasts = last is not None and last.kind is Kind.EXTENDED and "after" not in between
    if last is not None and (lasts or _cue("beside").search(between)):
        return last
    return None


def _storied(text: str, move: Span, expressions: Sequence[Expression]) -> Expression | None:
    """Read "reported last week, sending the shares down 9%": the day of such a move is not told."""
    for expression in expressions:
        between = text[expression.end : move.end]
        if expression.kind in _STORIED and expression.end <= move.start and _SENDING.search(between):
            return replace(expression, kind=Kind.VAGUE)
    return None


def _extended_before(move: Span, expressions: Sequence[Expression]) -> Expression | None:
    """Read "Moving to after-hours trading, the shares rose 7%"."""
    return next((e for e in expressions if e.kind is Kind.EXTENDED and e.end <= move.start), None)


def _bounded(text: str, own: Expression | None, leading: Expression | None) -> Expression | None:
    """Read "As of Friday's close, the shares were up 28% this year": the year ends that Friday."""
    if own is None or leading is None or own.kind in DAYS or leading.kind is not Kind.WEEKDAY:
        return own
    head = text[max(0, leading.start - 12) : leading.start].lower().split()
    ends = any(cue in " ".join(head) for cue in window_table()["cues"]["until"])
    return replace(own, until=leading) if ends else own


def _leading(text: str, sentence: Sentence, expressions: Sequence[Expression]) -> Expression | None:
    """The phrase that opens the sentence, for all of its moves."""
    head = _HEAD.match(text, sentence.start, sentence.end)
    begin = head.end() if head else sentence.start
    for expression in expressions[:1]:
        if expression.start <= begin + len("through ") and not is_ahead(text, expression):
            return _dated(expression, expressions)
    return None


def _inside(move: Span, expressions: Sequence[Expression]) -> Expression | None:
    for expression in expressions:
        within = move.start <= expression.start and expression.end <= move.end
        overlaps = expression.start < move.end and move.start < expression.end
        if within or (overlaps and expression.kind is Kind.VAGUE):
            return expression
    return None


def _attribute(text: str, move: Span, floor: int, expressions: Sequence[Expression]) -> Expression | None:
    """Read "Monday's 0.1% rise", "a weekly gain of 2%" and "the top stock in 2024, rising 84%"."""
    for expression in reversed(expressions):
        if not (floor <= expression.start and expression.end <= move.start):
            continue
        gap = text[expression.end : move.start]
        if len(gap) > _ATTRIBUTE or is_ahead(text, expression) or expression.kind is Kind.VAGUE:
            return None
        apposed = gap.strip() == "," and expression.kind not in DAYS
        return expression if apposed or not _CLOSED.search(gap) else None
    return None


def _day_when(text: str, move: Span, floor: int, expressions: Sequence[Expression]) -> Expression | None:
    """Read "turned up on Jan. 26, when the index gained 1%"."""
    for expression in reversed(expressions):
        if floor <= expression.start and expression.end <= move.start and expression.kind in DAYS:
            clause = _WHEN.match(text, expression.end, move.start)
            return expression if clause and not _BREAKS.search(text, clause.end(), move.start) else None
    return None


_WHEN = re.compile(r",?\swhen\s")
_CLOSED = re.compile(r"[,;:.()]|\b(?:after|while|but|as)\b|\band\s(?:is|was|are|were|has|have|up|down)\b")


def _behind(text: str, move: Span, ceiling: int, expressions: Sequence[Expression]) -> Expression | None:
    """Read "fell 2% on Monday", "is up 7% for the year", "3% below its record of March 9"."""
    for expression in _after(move, ceiling, expressions):
        between = text[move.end : expression.start]
        clause = _new_clause(between) or _PARTICIPLE.search(text[move.end : expression.end])
        open_parenthesis = between.count("(") > between.count(")")
        if open_parenthesis or _BREAKS.search(between) or len(between) > _BEHIND or clause:
            return None
        if not (is_ahead(text, expression) or _compares(text, expression, move) or owns_noun(expression)):
            return _dated(expression, expressions)
    return None


def _dated(expression: Expression, expressions: Sequence[Expression]) -> Expression:
    """Read "below its record closing high notched on January 23": the date says when the high was."""
    for later in expressions:
        near = 0 <= later.start - expression.end <= _DATED
        if expression.kind is Kind.SUMMIT and near and later.kind in (Kind.SINCE_DATE, Kind.DATE):
            return replace(later, kind=Kind.SINCE_DATE)
    return expression


def owns_noun(expression: Expression) -> bool:
    """Tell whether a day only owns another noun ("above Monday's high")."""
    starts = expression.until is not None or expression.kind is Kind.SINCE_WEEKDAY
    return not starts and expression.text.endswith(("'s", "’s"))


def _after(move: Span, ceiling: int, expressions: Sequence[Expression]) -> list[Expression]:
    return [e for e in expressions if move.start < e.start < ceiling and move.end < e.end]


def _shared_behind(
    text: str, moves: Sequence[Span], index: int, end: int, expressions: Sequence[Expression]
) -> Expression | None:
    """Read "rose 1% and 2%, respectively, on Monday": the phrase behind the end of a list."""
    last = index
    while last + 1 < len(moves) and _is_list(text[moves[last].end : moves[last + 1].start]):
        last += 1
    if last == index:
        return None
    ceiling = moves[last + 1].start if last + 1 < len(moves) else end
    return _behind(text, moves[last], ceiling, expressions)


def _is_list(between: str) -> bool:
    return between.strip(" ,)").lower() in ("", "and", "or")


@lru_cache(maxsize=8)
def _cue(name: str) -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in window_table()["cues"][name])
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _ahead() -> re.Pattern[str]:
    return re.compile(rf"{_cue('ahead').pattern}(?:\s\w+){{0,2}}\s*\Z", re.IGNORECASE)


def _new_clause(between: str) -> bool:
    return bool(_cue("clause").search(between))


def _compares(text: str, expression: Expression, move: Span) -> bool:
    """Tell whether the phrase only measures a record: "the biggest drop since May"."""
    if expression.kind in DAYS:
        return False
    if _RECORD.search(text, move.end, expression.start):
        return True
    since = expression.text.lower().startswith("since")
    found = _cue("superlatives").search(text, move.end, expression.start)
    return bool(found or (since and _cue("records").search(text, move.end, expression.start)))


#: "hit a high for the year": the phrase measures the high.
_RECORD = re.compile(r"\b(?:highs?|lows?|level)\s*\Z", re.IGNORECASE)


def opening_phrase(text: str, sentence: Sentence, expressions: Sequence[Expression]) -> Expression | None:
    """The phrase that opens a sentence of what has happened ("On Thursday, all indexes ended higher")."""
    return None if is_planned(text, sentence.start, sentence.end) else _leading(text, sentence, expressions)


def is_planned(text: str, start: int, end: int) -> bool:
    """Tell whether ``text[start:end]`` speaks of what is to come."""
    return bool(_cue("planned").search(text, start, end))


def is_ahead(text: str, expression: Expression) -> bool:
    """Tell whether the phrase belongs to something to come ("due Friday")."""
    start = max(0, expression.start - 30)
    return expression.kind in DAYS and bool(_ahead().search(text[start : expression.start]))
