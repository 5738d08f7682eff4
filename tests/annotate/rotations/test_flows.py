"""Flows of funds, what a rotation lifts or hurts, turning defensive: sides as each sentence states them."""

from __future__ import annotations

import pytest

from nlp_rotation.annotate.rotations import flows
from nlp_rotation.annotate.rotations.rotations import find_rotations
from nlp_rotation.annotate.rotations.sides import Sides
from nlp_rotation.annotate.sentences import find_sentences
from nlp_rotation.types import Mention, Reading, Span

READ = [
    ("funding", "Value ETFs took in $2 billion.", [((), ("group:value",))], "money comes"),
    ("funding", "Biotech funds shed $40 million last week.", [(("sector:biotech",), ())], "money goes"),
    ("funding", "Biotech funds lost 4% last week.", [], "a fund that loses in percent has not been left"),
    ("funding", "Small-cap funds saw brisk inflows.", [((), ("group:small_caps",))], "a flow that is seen"),
    ("funding", "Small-cap funds saw brisk trading.", [], "what is seen must be a flow"),
    ("funding", "Energy funds suffered redemptions.", [(("sector:energy",), ())], "holders who leave"),
    ("lifting", "The rotation has favored banks.", [((), ("sector:banks",))], "whom it goes to"),
    (
        "lifting",
        "It was a rotation that hurt software makers.",
        [(("sector:software",), ())],
        "whom it leaves",
    ),
    (
        "streaming",
        "A return of money to banks is likely.",
        [((), ("sector:banks",))],
        "what streams, and where",
    ),
    ("streaming", "The flow of capital out of miners goes on.", [(("sector:miners",), ())], "or whence"),
    ("defending", "Money managers turned defensive.", [((), ("group:defensives",))], "holders turn"),
    ("defending", "The minister turned defensive.", [], "whoever else does, moves no money"),
]


@pytest.mark.parametrize(("reader", "text", "sides", "why"), READ, ids=[row[1] for row in READ])
def test_reader_states_sides(reader, text, sides, why):
    reading = Reading(text=text, sentences=find_sentences(text))
    found = getattr(flows, reader)(Sides.of(reading), Span(start=0, end=len(text)))
    assert [(frame.out_of, frame.into) for frame in found if frame.says_something] == sides, why


def sides_of(text, *mentions):
    reading = Reading(text=text, sentences=find_sentences(text), mentions=mentions)
    return [(rotation.from_, rotation.to) for rotation in find_rotations(reading)]


@pytest.mark.parametrize(
    ("text", "pair", "why"),
    [
        (
            "Investors rotated out of technology, banking and shipping stocks.",
            ("sector:banks", None),
            "a trade in -ing goes on with the list",
        ),
        (
            "Reduced safe-haven demand for gold marked the day.",
            ("commodity:gold", None),
            "a haven that is wanted less is left",
        ),
    ],
)
def test_sides_are_found(text, pair, why):
    assert pair in sides_of(text), why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Traders moved on as the shares jumped to 412 yen.", "a sum in yen is a price"),
        ("Investors turned to the trade war again.", "a trade war is no trade"),
    ],
)
def test_no_side_is_made_up(text, why):
    assert sides_of(text) == [], why


def test_money_that_goes_into_one_firm_is_mostly_no_rotation():
    text = "The billions of dollars moved into Maple last spring were lost."
    maple = Mention(start=36, end=41, text="Maple", symbol="MPL", kind="equity", rule="test", confidence=1.0)
    assert sides_of(text, maple) == []
