"""Constructions that state causes outright, whatever the weights: lists, answers, evidence, roles, conditions."""

from __future__ import annotations

import pytest

from nlp_rotation.annotate.drivers.drivers import find_drivers
from nlp_rotation.annotate.sentences import find_sentences
from nlp_rotation.types import Reading


def found(text):
    drivers = find_drivers(Reading(text=text, sentences=find_sentences(text)))
    return {driver.text: driver for driver in drivers}


ROWS = [
    (
        "Bond funds fell for three reasons:\n\n1. Higher inflation;\n\n2. Heavy government borrowing;\n\n3. A hawkish Fed.",
        {"Higher inflation", "Heavy government borrowing", "A hawkish Fed"},
        "numbered items under an announcing sentence",
    ),
    (
        "Small caps rallied on several factors, including falling rates, solid payrolls and retail buying.",
        {"falling rates", "solid payrolls", "retail buying"},
        "a list within the sentence",
    ),
    (
        "Why did chip stocks slide? New export curbs and profit-taking could be playing a role.",
        {"New export curbs", "profit-taking"},
        "two answers to a question, joined",
    ),
    (
        "Who is buying utilities? It's probably retail investors.",
        {"retail investors"},
        "an answer that names who",
    ),
    (
        "Analysts see red flags in small caps, which might fall. The paper reported (citing exchange data) "
        "that margin debt has hit a record.",
        {"margin debt has hit a record"},
        "evidence after a warning, past an aside",
    ),
    (
        "The fact that pension funds had to rebalance was a headwind for stocks.",
        {"pension funds had to rebalance"},
        "a fact in the role of a headwind",
    ),
    (
        "The rally in banks may continue unless inflation picks up, or tariffs are raised.",
        {"inflation picks up", "tariffs are raised"},
        "two conditions",
    ),
    (
        "Three things feed the slump in utilities, she says:\n\n1. Dearer power lines;\n\n2. Rising bond yields.",
        {"Dearer power lines", "Rising bond yields"},
        "a plain noun announces a list where a list follows",
    ),
    (
        "What lies behind the fall in airlines? Costlier jet fuel may be part of it.",
        {"Costlier jet fuel"},
        "a part in the answer",
    ),
    (
        "Banks should go on rising, barring a recession.",
        {"a recession"},
        "what a move to come is safe from but for",
    ),
]


@pytest.mark.parametrize(("text", "causes", "reason"), ROWS)
def test_causes_stated_outright(text, causes, reason):
    assert causes <= set(found(text)), reason


@pytest.mark.parametrize(
    ("text", "cause", "relation", "hedged", "reason"),
    [
        (
            "The rally in banks may continue unless inflation picks up.",
            "inflation picks up",
            "condition",
            True,
            "unless",
        ),
        (
            "Index selling was a headwind for stocks, and one which has now gone away.",
            "Index selling",
            "ended",
            False,
            "no longer in force",
        ),
        (
            "Why did chip stocks slide? New export curbs could be playing a role.",
            "New export curbs",
            "explains",
            True,
            "could be: today, not tomorrow",
        ),
    ],
)
def test_relation_of_what_is_stated_outright(text, cause, relation, hedged, reason):
    driver = found(text)[cause]
    assert (driver.relation, driver.hedged) == (relation, hedged), reason


def test_what_ends_a_rotation_turns_its_sides():
    from nlp_rotation.annotate.names.mentions import find_mentions

    text = "The rotation from big tech stocks to small-cap stocks will go on until inflation picks up."
    reading = Reading(text=text, sentences=find_sentences(text))
    reading = Reading(text=text, sentences=reading.sentences, mentions=find_mentions(reading))
    (driver,) = [d for d in find_drivers(reading) if d.relation == "condition"]
    assert {(e.on, e.direction) for e in driver.effects} == {
        ("group:small_caps", "down"),
        ("group:mega_cap_tech", "up"),
    }


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Shares rose. Teachers gave three reasons:\nChildren sleep too little.", "no item, no price"),
        ("Shares rose. He likes many things: walks and books.", "no list below, no price in it"),
        ("Guests should book early until the end of the month.", "a date is no condition"),
    ],
)
def test_what_only_looks_like_a_cause(text, reason):
    assert not found(text), reason
