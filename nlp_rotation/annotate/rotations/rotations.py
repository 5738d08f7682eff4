"""Find statements that money or leadership moves from one group to another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from nlp_rotation.annotate.rotations.context import BACK, complete, reversal, this_rotation
from nlp_rotation.annotate.rotations.contrast import contrasting, speaks_of_rotation
from nlp_rotation.annotate.rotations.echoes import echoing
from nlp_rotation.annotate.rotations.flows import defending, funding, lifting, streaming
from nlp_rotation.annotate.rotations.frames import Frame, Reader, best_frames, joined, pairs_of
from nlp_rotation.annotate.rotations.judging import Setting, builtin_model, judge
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
from nlp_rotation.annotate.rotations.sides import Pair, Sides
from nlp_rotation.annotate.rotations.stances import (
    flowing,
    havens,
    hoarding,
    listing,
    outdoing,
    standing,
    trading,
    wishing,
)
from nlp_rotation.annotate.rotations.status import is_hedged, status_of
from nlp_rotation.annotate.rotations.steps import joining_then_parting, out_and_in, parting_then_joining
from nlp_rotation.annotate.rotations.vocabulary import first_words, telling_words
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
    (funding, frozenset({"funds", "etfs"})),
    (lifting, frozenset({"rotation", "rotations"})),
    (defending, frozenset({"defensive"})),
    (streaming, first_words("flows.streams")),
)
#: Readers whose frames are mostly no rotations: heard only where weights judge.
LOOSE_READERS: tuple[tuple[Reader, frozenset[str]], ...] = (
    (trading, telling_words("stances.taking", "stances.leaving", "stances.more", "stances.less")),
    (wishing, telling_words("stances.wish", "stances.unwish", "stances.led_by")),
    (standing, telling_words("stances.wanted", "stances.unwanted")),
    (outdoing, telling_words("stances.outdoing", "stances.lagging")),
    (havens, telling_words("stances.haven")),
    (flowing, frozenset({"inflow", "inflows", "outflow", "outflows"})),
    (hoarding, telling_words("stances.hoarding")),
    (listing, frozenset({"rotation", "rotations", "rotating", "rotated", "leadership"})),
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
    model = builtin_model()
    if model is None:
        return tuple(
            _rotation(
                reading.text, sentence, frame, pair, links, _SURE if frame.fullness == 2 else _LESS_SURE
            )
            for sentence, frame in strict_frames(sides, reading)
            for pair in pairs_of(frame)
        )
    found = list(all_frames(sides, reading))
    if not found:
        return ()
    return tuple(
        _rotation(reading.text, item.sentence, item.frame, pair, links, model.confidence(odds))
        for item in judge(model, Setting.of(sides, reading.title_end), found)
        for pair, odds in item.pairs
    )


def strict_frames(sides: Sides, reading: Reading) -> Iterator[tuple[Span, Frame]]:
    """Yield what the rules alone take for the rotations of the article, each with its sentence."""
    for sentence, chosen, _ in _read(sides, reading, loose=()):
        yield from ((sentence, frame) for frame in chosen)


def all_frames(sides: Sides, reading: Reading) -> Iterator[tuple[Span, Frame]]:
    """Yield whatever a reader took for a rotation, the loose readers included; nothing twice.

    Money that goes into one firm is mostly no rotation: of such, only the weights say which are.
    """
    for sentence, chosen, heard in _read(sides, reading, loose=LOOSE_READERS):
        taken = {frame.says for frame in chosen}
        yield from ((sentence, replace(frame, chosen=not frame.of_single_names)) for frame in chosen)
        yield from ((sentence, frame) for frame in dict.fromkeys(heard) if frame.says not in taken)


def _read(
    sides: Sides, reading: Reading, loose: tuple[tuple[Reader, frozenset[str]], ...]
) -> Iterator[tuple[Span, list[Frame], list[Frame]]]:
    """Yield each sentence with the frames that the rules choose and with all; one may lean on an earlier."""
    presented = speaks_of_rotation(reading.text)
    last: Frame | None = None
    sentences = _bounded(reading.sentences)
    for index, sentence in enumerate(sentences):
        held = frozenset(_WORD.findall(reading.text[sentence.start : sentence.end].lower()))
        earlier = sentences[max(0, index - BACK) : index]
        found = _stated(sides, sentence, held, READERS)
        if presented:
            found += _named("contrast", contrasting(sides, sentence))
            found += _named("this", this_rotation(sides, sentence, last))
        if not held.isdisjoint(_REVERSING):
            found += _named("reversal", reversal(sides, sentence, earlier))
        found += _named("echo", echoing(sides, sentence, last, earlier[-1] if earlier else None))
        before, chosen = last, []
        for frame in best_frames(found):
            last = complete(sides, sentence, frame, earlier, last)
            chosen.append(last)
        heard = [*found, *_stated(sides, sentence, held, loose)] if loose else []
        yield sentence, chosen, [complete(sides, sentence, frame, earlier, before) for frame in heard]


def _named(reader: str, frames: Iterable[Frame]) -> list[Frame]:
    return [replace(frame, reader=reader) for frame in frames]


def _bounded(sentences: Iterable[Span]) -> list[Span]:
    """Return the sentences with overlong ones cut: so long is no sentence, and time stays linear."""
    return [
        Span(start=start, end=min(start + LONGEST, sentence.end))
        for sentence in sentences
        for start in range(sentence.start, sentence.end, LONGEST)
    ]


def _stated(
    sides: Sides, sentence: Span, held: frozenset[str], readers: Iterable[tuple[Reader, frozenset[str]]]
) -> list[Frame]:
    stated = [
        frame
        for read, heads in readers
        if not held.isdisjoint(heads)
        for frame in _named(read.__name__, read(sides, sentence))
        if frame.says_something
    ]
    return joined(sides.text, stated)


def _rotation(
    text: str, sentence: Span, frame: Frame, pair: Pair, links: Links, confidence: float
) -> Rotation:
    speaker, firm = links.source(frame)
    return Rotation(
        start=frame.start,
        end=frame.end,
        text=text[frame.start : frame.end],
        from_=pair[0],
        to=pair[1],
        status=status_of(text, sentence, frame),
        hedged=is_hedged(text, sentence, frame),
        window=links.window(sentence, pair),
        drivers=links.drivers(sentence, pair),
        moves=links.moves(sentence, pair),
        speaker=speaker,
        firm=firm,
        confidence=confidence,
    )
