"""One entry a cause; the body outdoes the title; the title lends its weight."""

from __future__ import annotations

from nlp_rotation.annotate.drivers.emphasis import Emphasis
from nlp_rotation.annotate.drivers.ranking import settle
from nlp_rotation.types import Driver, Effect

UP = (Effect(on="country:US", direction="up"),)


def driver(start, text, category="macro.yields", effects=UP, **more):
    return Driver(start=start, end=start + len(text), text=text, category=category, effects=effects, **more)


def test_the_title_gives_way_to_the_body():
    found = settle([driver(3, "yields fall"), driver(90, "Treasury yields fell")], Emphasis(title_end=40))
    assert [d.start for d in found] == [90]


def test_the_title_stays_where_the_body_is_silent():
    assert [d.start for d in settle([driver(3, "yields fall")], Emphasis(title_end=40))] == [3]


def test_a_repeat_in_the_body_goes():
    found = settle([driver(50, "falling bond yields"), driver(150, "bond yields falling")], Emphasis())
    assert [d.start for d in found] == [50]


def test_another_speaker_is_another_entry():
    found = settle(
        [driver(50, "falling bond yields"), driver(150, "falling bond yields", speaker="Ada")], Emphasis()
    )
    assert len(found) == 2


def test_another_effect_is_another_entry():
    other = (Effect(on="sector:banks", direction="down"),)
    assert (
        len(settle([driver(50, "falling yields"), driver(150, "falling yields", effects=other)], Emphasis()))
        == 2
    )


def test_what_the_title_stresses_comes_first():
    found = settle(
        [driver(3, "yields fall"), driver(60, "a bid", "company.deal"), driver(90, "Treasury yields fell")],
        Emphasis(title_end=40),
    )
    assert [(d.category, d.rank) for d in found] == [("company.deal", 2), ("macro.yields", 1)]


def test_a_denied_cause_ranks_behind_one_in_force():
    found = settle(
        [driver(50, "weak data", "macro.growth", relation="denied"), driver(90, "a bid", "company.deal")],
        Emphasis(),
    )
    assert [d.rank for d in found] == [2, 1]
