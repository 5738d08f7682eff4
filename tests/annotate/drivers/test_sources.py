"""Who gives a cause, where no statement covers it; what denies a cause; where a condition is hedged."""

from __future__ import annotations

import pytest

from nlp_rotation.annotate.drivers.drivers import find_drivers
from nlp_rotation.annotate.sentences import find_sentences
from nlp_rotation.types import Reading, Statement

FIRST = "The rally is tired, said Ada Moor."


def read(text, *statements):
    return find_drivers(Reading(text=text, sentences=find_sentences(text), statements=statements))


@pytest.mark.parametrize(
    ("second", "speaker"),
    [
        pytest.param("If yields climb, stocks could fall 5%.", "Ada Moor", id="a condition goes on"),
        pytest.param("Stocks fell 5% after yields surged, she said.", "Ada Moor", id="so does who speaks on"),
        pytest.param("Stocks fell 5% after yields surged.", None, id="the article itself"),
    ],
)
def test_who_has_just_spoken(second, speaker):
    statement = Statement(start=0, end=len(FIRST) - 1, speaker="Ada Moor", firm=None)
    found = [d for d in read(f"{FIRST} {second}", statement) if d.start > len(FIRST)]
    assert [d.speaker for d in found] == [speaker]


def test_a_condition_is_hedged_by_what_would_follow():
    (found,) = read("If Treasury yields climb above 5%, stocks could fall 10%.")
    assert (found.relation, found.hedged) == ("condition", True)
