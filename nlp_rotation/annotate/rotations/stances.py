"""Loose constructions with one side, or two without a verb of moving: what only trained weights can judge.

"Foreigners dumped X", "X in demand", "safe-haven buying of X", "leaders included X", "X outpaced Y", and a
sentence that names a rotation and tells who rises in it. Most of what they read is no rotation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from nlp_rotation.annotate.rotations.contrast import tell
from nlp_rotation.annotate.rotations.frames import Frame, clause_limit, clause_start, frame_at
from nlp_rotation.annotate.rotations.sides import Sides
from nlp_rotation.annotate.rotations.vocabulary import any_of, table, whole_words
from nlp_rotation.types import Span

_WORDS = table()["stances"]
_MANY = any_of(table()["agents"]["who"] + table()["steps"]["holders"])
_GAP = r"(?:\s+[\w’'-]+){0,5}?\s+"


def _by_many(verbs: str) -> re.Pattern[str]:
    """Match one of ``verbs`` close behind many holders."""
    return re.compile(rf"(?<![\w-]){_MANY}{_GAP}(?P<verb>{any_of(_WORDS[verbs])})\s+(?=\S)", re.IGNORECASE)


def _stake(change: str) -> re.Pattern[str]:
    amount, stake = any_of(_WORDS[change]), any_of(_WORDS["stake"])
    return re.compile(rf"(?<![\w-])(?P<verb>{amount})\s+(?:[\w-]+\s+){{0,3}}?{stake}\s+", re.IGNORECASE)


_TAKING, _ABANDONING = _by_many("taking"), _by_many("leaving")
_MORE, _LESS = _stake("more"), _stake("less")
_WISH, _UNWISH = whole_words(_WORDS["wish"]), whole_words(_WORDS["unwish"])
_WANTED, _UNWANTED = whole_words(_WORDS["wanted"]), whole_words(_WORDS["unwanted"])
_LED_BY = whole_words(_WORDS["led_by"])
_OUTDOING, _LAGGING = whole_words(_WORDS["outdoing"]), whole_words(_WORDS["lagging"])
_HAVEN, _HOARDING = whole_words(_WORDS["haven"]), whole_words(_WORDS["hoarding"])
#: "X, which have led": the subject stands before its clause.
_WHICH = re.compile(r"which|\W*who\b")
_FLOWS = re.compile(
    r"(?P<way>in|out)flows?\b(?P<behind>\s+(?:of\s+\S+\s+(?:\w+\s+)?)?(?:into|from|to|in|for)\s+)?",
    re.IGNORECASE,
)
_ROTATION = re.compile(r"\brotat(?:ion|ions|ing|ed)\b|\bleadership\b", re.IGNORECASE)


def trading(sides: Sides, sentence: Span) -> Iterator[Frame]:
    """Read "investors bought X", "funds dumped X", "raised exposure to X"."""
    yield from _behind(sides, sentence, (_TAKING, _MORE))
    yield from map(_leaving, _behind(sides, sentence, (_ABANDONING, _LESS)))


def wishing(sides: Sides, sentence: Span) -> Iterator[Frame]:
    """Read "appetite for X", "leaders included X", "selling of X"."""
    yield from _behind(sides, sentence, (_WISH, _LED_BY))
    yield from map(_leaving, _behind(sides, sentence, (_UNWISH,)))


def standing(sides: Sides, sentence: Span) -> Iterator[Frame]:
    """Read "X in demand", "X has emerged as a safe haven", "X is out of favor"."""
    yield from _before(sides, sentence, _WANTED)
    yield from map(_leaving, _before(sides, sentence, _UNWANTED))


def outdoing(sides: Sides, sentence: Span) -> Iterator[Frame]:
    """Read "X outpaced Y", "X lagged Y"."""
    for match in _OUTDOING.finditer(sides.text, sentence.start, sentence.end):
        ahead, behind = _around(sides, sentence, match)
        yield frame_at(sides, sentence, match, behind, ahead)
    for match in _LAGGING.finditer(sides.text, sentence.start, sentence.end):
        behind, ahead = _around(sides, sentence, match)
        yield frame_at(sides, sentence, match, behind, ahead)


def havens(sides: Sides, sentence: Span) -> Iterator[Frame]:
    """Read a haven beside what rises, or beside what follows it: "the safe-haven yen climbed"."""
    for match in _HAVEN.finditer(sides.text, sentence.start, sentence.end):
        phrase = _phrase(sides, sentence, match)
        risen = tuple(told.side for told in tell(sides, sentence) if told.up and told.side is not None)
        into = tuple(side for side in sides.read(phrase) if side is not None) or risen[:1] or (None,)
        start = clause_start(sides.text, sentence, match.start())
        yield Frame(start, match.start(), max(match.end(), phrase.end), (), into)


def flowing(sides: Sides, sentence: Span) -> Iterator[Frame]:
    """Read "X outflows", "X saw an inflow of money", "outflows from X"."""
    for match in _FLOWS.finditer(sides.text, sentence.start, sentence.end):
        phrase = _phrase(sides, sentence, match)
        if not (match["behind"] and sides.read(phrase)):
            phrase = Span(start=clause_start(sides.text, sentence, match.start()), end=match.start())
        frame = _entering(sides, sentence, match, phrase)
        yield frame if match["way"].lower() == "in" else _leaving(frame)


def hoarding(sides: Sides, sentence: Span) -> Iterator[Frame]:
    """Read "raising cash", "in cash"."""
    for match in _HOARDING.finditer(sides.text, sentence.start, sentence.end):
        start = clause_start(sides.text, sentence, match.start())
        yield Frame(start, match.start(), match.end(), (), ("cash",))


def listing(sides: Sides, sentence: Span) -> Iterator[Frame]:
    """Read what rises and what falls beside a word of rotation or leadership, and what is named there."""
    if head := _ROTATION.search(sides.text, sentence.start, sentence.end):
        for told in tell(sides, sentence):
            if told.side not in (None, sides.home):
                frame = Frame(min(told.start, head.start()), told.at, told.end, (), (told.side,))
                yield frame if told.up else _leaving(frame)
        before = Span(start=clause_start(sides.text, sentence, head.start()), end=head.start())
        named = sides.read(sides.phrase(head.end(), sentence.end)) or sides.read(before)
        yield Frame(sentence.start, head.start(), sentence.end, (), named)


def _behind(sides: Sides, sentence: Span, patterns: Iterable[re.Pattern[str]]) -> Iterator[Frame]:
    """Yield a frame for what stands behind each match, as if it was entered."""
    for pattern in patterns:
        for match in pattern.finditer(sides.text, sentence.start, sentence.end):
            yield _entering(sides, sentence, match, _phrase(sides, sentence, match))


def _before(sides: Sides, sentence: Span, pattern: re.Pattern[str]) -> Iterator[Frame]:
    """Yield a frame for what stands before each match, as if it was entered."""
    for match in pattern.finditer(sides.text, sentence.start, sentence.end):
        start = clause_start(sides.text, sentence, match.start())
        if start > sentence.start and _WHICH.match(sides.text, start - 6, match.start()):
            start = clause_start(sides.text, sentence, start - 7)
        yield _entering(sides, sentence, match, Span(start=start, end=match.start()))


def _around(sides: Sides, sentence: Span, match: re.Match[str]) -> tuple[Span, Span]:
    before = Span(start=clause_start(sides.text, sentence, match.start()), end=match.start())
    return before, _phrase(sides, sentence, match)


def _phrase(sides: Sides, sentence: Span, match: re.Match[str]) -> Span:
    return sides.phrase(match.end(), clause_limit(sides.text, sentence, match.end()))


def _entering(sides: Sides, sentence: Span, match: re.Match[str], phrase: Span) -> Frame:
    start = clause_start(sides.text, sentence, match.start())
    return Frame(start, match.start(), max(match.end(), phrase.end), (), sides.read(phrase))


def _leaving(frame: Frame) -> Frame:
    """Return ``frame`` with what it enters as what it leaves."""
    return replace(frame, out_of=frame.into, into=())
