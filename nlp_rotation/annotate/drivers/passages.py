"""What the encoder reads at a time: a few sentences behind the title and the end of what was told before."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from typing import Protocol

from nlp_rotation.types import Span

#: Tokens of a passage's own sentences, of the title before them, and of the sentence before them.
OWN, TITLE, BEFORE = 120, 16, 24
#: A sentence is cut after this many characters: more hold more tokens than a passage takes.
_CUT = 12 * OWN
_OPEN, _PART = 101, 102


class Tokens(Protocol):
    """The tokens of a text as the library ``tokenizers`` gives them."""

    @property
    def ids(self) -> list[int]:
        """Numbers of the words' parts in the vocabulary."""

    @property
    def offsets(self) -> list[tuple[int, int]]:
        """Where each stands."""


#: Texts -> the tokens of each, without special ones.
Tokenize = Callable[[list[str]], Sequence[Tokens]]


@dataclass(frozen=True, slots=True)
class Passage:
    """Token ids for one pass, and where in the text those of its own sentences stand."""

    ids: list[int]
    #: Index among ``ids`` of the first token of its own sentences.
    first: int
    starts: Sequence[int]
    ends: Sequence[int]

    def tokens(self, start: int, end: int) -> range:
        """Return the indexes among ``ids`` of the tokens in ``[start, end)``; empty where it has none."""
        first = bisect_right(self.ends, start)
        last = min(bisect_left(self.starts, end), len(self.starts))
        return range(self.first + first, self.first + max(first, last))


@dataclass(frozen=True, slots=True)
class _Told:
    """A sentence in tokens."""

    ids: Sequence[int]
    starts: Sequence[int]
    ends: Sequence[int]


def passages(
    text: str, title_end: int, sentences: Sequence[Span], wanted: Set[int], tokenize: Tokenize
) -> Iterator[Passage]:
    """Yield passages that together hold the ``wanted`` sentences (by index), in order of place."""
    needed = sorted({at for index in wanted for at in (index - 1, index) if at >= 0})
    told = dict(zip(needed, _told(text, [sentences[at] for at in needed], tokenize), strict=True))
    title = list(tokenize([text[: min(title_end, _CUT)]])[0].ids[:TITLE]) if title_end else []
    for run in _runs(sorted(wanted), {index: len(told[index].ids) for index in wanted}):
        opening = [_OPEN]
        if sentences[run[0]].start >= title_end:
            opening += [*title, _PART] if title else []
            if run[0] and sentences[run[0] - 1].start >= title_end:
                opening += told[run[0] - 1].ids[-BEFORE:]
        yield _passage(opening, [told[index] for index in run])


def _told(text: str, sentences: Sequence[Span], tokenize: Tokenize) -> Iterator[_Told]:
    cut = [text[s.start : min(s.end, s.start + _CUT)] for s in sentences]
    for sentence, tokens in zip(sentences, tokenize(cut) if cut else (), strict=True):
        offsets = tokens.offsets[:OWN]
        yield _Told(
            tokens.ids[:OWN],
            [sentence.start + start for start, _ in offsets],
            [sentence.start + end for _, end in offsets],
        )


def _runs(wanted: Sequence[int], lengths: dict[int, int]) -> Iterator[list[int]]:
    """Yield neighbours among ``wanted`` that fit into one passage."""
    run: list[int] = []
    room = OWN
    for index in wanted:
        if run and (index != run[-1] + 1 or lengths[index] > room):
            yield run
            run, room = [], OWN
        run.append(index)
        room -= lengths[index]
    if run:
        yield run


def _passage(opening: list[int], told: Sequence[_Told]) -> Passage:
    return Passage(
        ids=[*opening, *(token for sentence in told for token in sentence.ids), _PART],
        first=len(opening),
        starts=[start for sentence in told for start in sentence.starts],
        ends=[end for sentence in told for end in sentence.ends],
    )
