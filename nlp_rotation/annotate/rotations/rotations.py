"""Find statements that money or leadership moves from one group to another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import product

from nlp_rotation.annotate.rotations.context import BACK, complete, reversal, this_rotation
from nlp_rotation.annotate.rotations.contrast import contrasting, speaks_of_rotation
from nlp_rotation.annotate.rotations.echoes import echoing
from nlp_rotation.annotate.rotations.frames import Frame, Reader, best_frames, joined
from nlp_rotation.annotate.rotations.leadership import (
    broadening,
    compounds,
    handing_over,
    leading,
    losing_to,
    taking_over,
    unwinding,
)
from nlp_rotation.annotate.rotations.links import Links
from nlp_rotation.annotate.rotations.money import (
    arriving,
    drawing,
    exchanging,
    faintly_moving,
    leaving,
    moving,
    paring,
    preferring,
    rotating,
    sheltering,
    shifts,
    trading_places,
)
from nlp_rotation.annotate.rotations.sides import Side, Sides
from nlp_rotation.annotate.rotations.status import is_hedged, status_of
from nlp_rotation.annotate.rotations.steps import joining_then_parting, out_and_in, parting_then_joining
from nlp_rotation.annotate.rotations.vocabulary import first_words
from nlp_rotation.types import Reading, Rotation, Span

#: Every construction, with the words of which a sentence must hold one for it: a quick first sieve. Where two
#: constructions share words, the one that states both sides wins, then the earlier.
READERS: tuple[tuple[Reader, frozenset[str]], ...] = (
    (rotating, first_words("heads.strong")),
    (compounds, first_words("sieve.compounds")),
    (exchanging, first_words("heads.exchange", "heads.leaving_off")),
    (trading_places, first_words("heads.buying")),
    (parting_then_joining, first_words("steps.parting", "steps.resting")),
    (joining_then_parting, first_words("steps.joining")),
    (out_and_in, frozenset({"out"})),
    (preferring, first_words("heads.preference")),
    (handing_over, first_words("leadership.hand_over", "leadership.handing")),
    (taking_over, first_words("leadership.take_over", "leadership.seizing") | {"shadow", "shadows"}),
    (moving, first_words("heads.movement")),
    (shifts, first_words("heads.nouns")),
    (faintly_moving, first_words("heads.faint")),
    (arriving, first_words("heads.arrival", "heads.driven")),
    (drawing, first_words("heads.drawing")),
    (sheltering, first_words("sieve.sheltering")),
    (leaving, first_words("heads.departure", "sieve.leaving", "steps.parting")),
    (paring, first_words("heads.paring")),
    (broadening, first_words("heads.spreading")),
    (leading, first_words("leadership.taking_lead", "leadership.losing_lead", "leadership.catching_up")),
    (losing_to, first_words("benefit.loss")),
    (unwinding, first_words("leadership.unwinding")),
)
_REVERSING = first_words("sieve.reversal")
_WORD = re.compile(r"[a-z][\w-]*")
#: A longer stretch without an end is a list or a table.
LONGEST = 1500
#: Both sides stated, or one.
_SURE, _LESS_SURE = 0.9, 0.7


def find_rotations(reading: Reading) -> tuple[Rotation, ...]:
    """Return every statement of ``reading`` that money or leadership moves, moved or will move.

    Several destinations of one statement are one rotation each, with the same words.
    """
    sides, links = Sides.of(reading), Links.of(reading)
    return tuple(
        rotation
        for sentence, frame in _frames(sides, reading)
        for rotation in _rotations(reading.text, sentence, frame, links)
    )


def _frames(sides: Sides, reading: Reading) -> Iterator[tuple[Span, Frame]]:
    """Yield the rotations of the article, each with its sentence; a later one may lean on an earlier."""
    presented = speaks_of_rotation(reading.text)
    last: Frame | None = None
    sentences = _bounded(reading.sentences)
    for index, sentence in enumerate(sentences):
        held = frozenset(_WORD.findall(reading.text[sentence.start : sentence.end].lower()))
        earlier = sentences[max(0, index - BACK) : index]
        found = _stated(sides, sentence, held)
        if presented:
            found += [*contrasting(sides, sentence), *this_rotation(sides, sentence, last)]
        if not held.isdisjoint(_REVERSING):
            found += reversal(sides, sentence, earlier)
        found += echoing(sides, sentence, last, earlier[-1] if earlier else None)
        for frame in best_frames(found):
            last = complete(sides, sentence, frame, earlier, last)
            yield sentence, last


def _bounded(sentences: Iterable[Span]) -> list[Span]:
    """Return the sentences with overlong ones cut: so long is no sentence, and time stays linear."""
    return [
        Span(start=start, end=min(start + LONGEST, sentence.end))
        for sentence in sentences
        for start in range(sentence.start, sentence.end, LONGEST)
    ]


def _stated(sides: Sides, sentence: Span, held: frozenset[str]) -> list[Frame]:
    readers = (read for read, heads in READERS if not held.isdisjoint(heads))
    stated = [frame for read in readers for frame in read(sides, sentence) if frame.says_something]
    return joined(sides.text, stated)


def _rotations(text: str, sentence: Span, frame: Frame, links: Links) -> Iterator[Rotation]:
    for out_of, into in _pairs(frame.out_of or (None,), frame.into or (None,)):
        speaker, firm = links.source(frame)
        yield Rotation(
            start=frame.start,
            end=frame.end,
            text=text[frame.start : frame.end],
            from_=out_of,
            to=into,
            status=status_of(text, sentence, frame),
            hedged=is_hedged(text, sentence, frame),
            window=links.window(sentence, (out_of, into)),
            drivers=links.drivers(sentence, (out_of, into)),
            moves=links.moves(sentence, (out_of, into)),
            speaker=speaker,
            firm=firm,
            confidence=_SURE if frame.fullness == 2 else _LESS_SURE,
        )


def _pairs(out_of: tuple[Side, ...], into: tuple[Side, ...]) -> Iterator[tuple[Side, Side]]:
    return (
        (left, right)
        for left, right in product(out_of, into)
        if left != right or left == "group:other" or left is None
    )
