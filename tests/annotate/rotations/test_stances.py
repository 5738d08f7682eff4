"""Loose constructions: what each reads off one sentence, right or wrong."""

from __future__ import annotations

import pytest

from nlp_rotation.annotate.rotations import stances
from nlp_rotation.annotate.rotations.sides import Sides
from nlp_rotation.annotate.sentences import find_sentences
from nlp_rotation.types import Reading, Span

READ = [
    ("trading", "Overseas funds bought copper miners.", ((), ("sector:miners",)), "many holders buy"),
    ("trading", "Pension funds dumped airlines.", (("sector:airlines",), ()), "many holders sell"),
    ("trading", "They raised exposure to small caps.", ((), ("group:small_caps",)), "a larger stake"),
    ("trading", "Managers trimmed holdings of utilities.", (("sector:utilities",), ()), "a smaller one"),
    ("wishing", "The appetite for biotech is back.", ((), ("sector:biotech",)), "a wish"),
    ("wishing", "Heavy selling of chipmakers went on.", (("sector:semis",), ()), "its opposite"),
    ("standing", "Homebuilders are in demand.", ((), ("sector:homebuilders",)), "how it stands"),
    (
        "standing",
        "Small caps, which have led the rally, paused.",
        ((), ("group:small_caps",)),
        "before a clause",
    ),
    ("outdoing", "Value outpaced growth.", (("group:growth",), ("group:value",)), "ahead of another"),
    ("outdoing", "Growth lagged value.", (("group:growth",), ("group:value",)), "behind another"),
    ("havens", "A flight to safety lifted the day.", ((), (None,)), "a haven without a name"),
    ("flowing", "Gold outflows went on.", (("commodity:gold",), ()), "whose flows stand before"),
    ("flowing", "An inflow into bonds was seen.", ((), ("bonds",)), "or behind"),
    ("hoarding", "They kept raising cash.", ((), ("cash",)), "cash is a side"),
    ("listing", "In the rotation, airlines soared.", ((), ("sector:airlines",)), "who rises beside the word"),
]


@pytest.mark.parametrize(("reader", "text", "sides", "why"), READ, ids=[row[1] for row in READ])
def test_reader_states_sides(reader, text, sides, why):
    reading = Reading(text=text, sentences=find_sentences(text))
    read = getattr(stances, reader)
    found = [(frame.out_of, frame.into) for frame in read(Sides.of(reading), Span(start=0, end=len(text)))]
    assert sides in found, why
