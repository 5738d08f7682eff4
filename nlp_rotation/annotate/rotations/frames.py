"""Frames: what one construction says of a rotation, and the readers that all constructions share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product

from nlp_rotation.annotate.rotations.sides import HAVENS, OTHER, Pair, Side, Sides
from nlp_rotation.annotate.rotations.vocabulary import any_of, table, whole_words
from nlp_rotation.types import Span

#: So far behind its verb a side may begin.
REACH = 160
#: So far before the verb the investors may stand.
AGENT_REACH = 90
#: The sides stand in the clause of the verb.
CLAUSE_END = re.compile(
    r"[;!?]|(?<!(?-i:[A-Z]))\.(?=\s|$)|:\s|\s[–—]\s|,\s+(?:which|while|but|with|as(?!\s+well)|after|amid|sending|pushing|helping)\b"
    r"|,\s+and\s+(?=(?:[\w-]+\s+){0,2}(?:investors|traders|money|cash|funds|people|holders|clients)\s)"
    r"|\s(?:while|because|amid|whereas|although)\s",
    re.IGNORECASE,
)
_AGENT = whole_words(table()["agents"]["who"])
#: "pulled $2 billion out of", "move money into"
_OBJECT = re.compile(rf"\s+(?:[\w$€£.,-]+\s+){{0,3}}?{any_of(table()['agents']['moved'])}\b")


#: Between two verbs of one subject: "... and moved", with no other subject.
_ONE_CLAUSE = re.compile(
    r"[^.;:!?,]{0,80}?,?\s+(?:and|then|instead)(?:\s+(?:have|are|is|has|been|then|instead|also))*\s+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Frame:
    """One statement of a rotation, before its status and links are read."""

    start: int
    #: Where the word stands that tells of the rotation; status and doubt are read around it.
    head: int
    end: int
    out_of: tuple[Side, ...]
    into: tuple[Side, ...]
    #: The construction that read it; empty where the rotation leans on another.
    reader: str = ""
    #: How many of its sides its own words leave unsaid, and others tell.
    filled: int = 0
    #: Whether the rules alone would take it for a rotation.
    chosen: bool = False

    @property
    def says(self) -> tuple[int, int, tuple[Side, ...], tuple[Side, ...]]:
        """Words and sides, whoever read them."""
        return self.start, self.end, self.out_of, self.into

    @property
    def says_something(self) -> bool:
        """A frame needs a side, and its two sides must differ."""
        if self.out_of and self.into:
            return set(self.out_of) != set(self.into) or self.out_of == (OTHER,)
        return bool(self.out_of or self.into)

    @property
    def of_single_names(self) -> bool:
        """Tell whether a side of it is one firm."""
        return any(side and ":" not in side and side[0] != "^" and side not in HAVENS for side in self.sides)

    @property
    def sides(self) -> tuple[Side, ...]:
        """All that it names."""
        return (*self.out_of, *self.into)

    @property
    def fullness(self) -> int:
        """How many of its two sides are stated."""
        return bool(self.out_of) + bool(self.into)


def pairs_of(frame: Frame) -> Iterator[Pair]:
    """Yield each pair of sides that ``frame`` states; one of them may be unsaid."""
    return (
        (left, right)
        for left, right in product(frame.out_of or (None,), frame.into or (None,))
        if left != right or left == OTHER or left is None
    )


#: A construction: reads its frames off one sentence.
Reader = Callable[[Sides, Span], Iterator[Frame]]


def best_frames(found: list[Frame]) -> tuple[Frame, ...]:
    """Return the fullest of the frames that share words, in order of place."""
    kept: list[Frame] = []
    for frame in sorted(found, key=lambda frame: (-frame.fullness, frame.head)):
        if all(frame.end <= other.start or other.end <= frame.start for other in kept):
            kept.append(frame)
    return tuple(sorted(kept, key=lambda frame: frame.start))


def joined(text: str, found: list[Frame]) -> list[Frame]:
    """Return the frames with "cut X and moved into Y" read as one where two readers saw a side each."""
    whole: list[Frame] = []
    for left in found:
        for right in found:
            between = text[left.end : right.head]
            if (
                not left.into
                and not right.out_of
                and left.end <= right.head
                and _ONE_CLAUSE.fullmatch(between)
            ):
                whole.append(Frame(left.start, left.head, right.end, left.out_of, right.into, "joined"))
    return [*found, *whole]


def frame_at(
    sides: Sides, sentence: Span, head: re.Match[str], out_of: Span | None, into: Span | None
) -> Frame:
    """Return the frame of ``head`` with what its two phrases name."""
    taken, left = sides.read(into) if into else (), sides.read(out_of) if out_of else ()
    ends = [phrase.end for phrase in (out_of, into) if phrase]
    return Frame(
        start=clause_start(sides.text, sentence, head.start()),
        head=head.start(),
        end=max([head.end(), *ends]),
        out_of=_as_shares(left, taken),
        into=_as_shares(taken, left),
    )


def _as_shares(these: tuple[Side, ...], those: tuple[Side, ...]) -> tuple[Side, ...]:
    """Return ``these`` with oil as the sector where other groups of shares stand beside it."""
    shares = any((side or "").startswith(("sector:", "group:")) for side in (*these, *those))
    return tuple("sector:energy" if shares and side == "commodity:oil" else side for side in these)


def clause_start(text: str, sentence: Span, head: int) -> int:
    """Return where the clause begins that ``head`` stands in."""
    start = sentence.start
    for end in CLAUSE_END.finditer(text, max(sentence.start, head - REACH), head):
        start = end.end()
    while start < head and text[start] in " \n\t\"“'‘*-,":
        start += 1
    return start


def clause_limit(text: str, sentence: Span, head_end: int) -> int:
    """Return how far behind ``head_end`` its clause goes."""
    end = CLAUSE_END.search(text, head_end, sentence.end)
    return min(end.start() if end else sentence.end, head_end + 2 * REACH)


def moves_money(sides: Sides, sentence: Span, head: re.Match[str]) -> bool:
    """Tell whether investors, or money itself, stand before the verb or right behind it."""
    floor = max(sentence.start, head.start() - AGENT_REACH)
    ceiling = min(sentence.end, head.end() + 60)
    return bool(
        _AGENT.search(sides.text, floor, head.start()) or _OBJECT.match(sides.text, head.end(), ceiling)
    )
