"""Relation and hedge follow from the cue and from the tense of the effect, not of the cause."""

from __future__ import annotations

import pytest

from nlp_rotation.annotate.drivers.candidates import find_candidates
from nlp_rotation.annotate.drivers.lexicon import lexicon
from nlp_rotation.annotate.drivers.places import places
from nlp_rotation.annotate.drivers.relations import find_relation, is_hedged
from nlp_rotation.annotate.drivers.scan import Scan
from nlp_rotation.taxonomy import builtin_taxonomy
from nlp_rotation.types import Reading, Sentence

WORDS = lexicon(builtin_taxonomy())


def candidate(text, cause):
    scan = Scan.of(text, WORDS)
    sentence = Sentence(start=0, end=len(text))
    (place,) = places(Reading(text=text, sentences=(sentence,)), scan)
    cued = [c for c in find_candidates(place) if text[c.start : c.end] == cause]
    return scan, min(cued, key=lambda c: c.family == "clause"), sentence


RELATIONS = [
    ("Stocks rose after strong earnings", "strong earnings", "explains", "a past move"),
    (
        "Stocks fell as the bank said it will raise rates",
        "the bank said it will raise rates",
        "explains",
        "will in the cause",
    ),
    ("Weak demand sent the shares lower", "Weak demand", "explains", "a past verb after the cause"),
    ("Stocks are set to fall after new tariffs", "new tariffs", "predicts", "set to"),
    ("Lower rates will lift stocks", "Lower rates", "predicts", "will in the effect"),
    ("Stocks would drop if talks collapse", "talks collapse", "condition", "if"),
    ("Unless inflation slows, stocks will fall", "inflation slows", "condition", "unless"),
    ("Oil rose despite a jump in inventories", "a jump in inventories", "denied", "despite"),
    ("Investors shrugged off weak factory data", "weak factory data", "denied", "shrugged off"),
    ("Stocks rose even as inflation surged", "inflation surged", "denied", "even as"),
]


@pytest.mark.parametrize(("text", "cause", "relation", "reason"), RELATIONS)
def test_relation(text, cause, relation, reason):
    assert find_relation(*candidate(text, cause)) == relation, reason


HEDGES = [
    ("Stocks may fall after new tariffs", "new tariffs", True, "may on the effect"),
    ("Tax selling could weigh on shares", "Tax selling", True, "could on the link"),
    ("The drop was likely due to profit-taking", "profit-taking", True, "likely on the link"),
    ("The stock appears to fall because of weak demand", "weak demand", True, "appears"),
    ("Stocks rose after strong earnings", "strong earnings", False, "no hedge"),
    ("Stocks rose on hopes of a rate cut", "hopes of a rate cut", False, "a hope is no hedge of the link"),
]


@pytest.mark.parametrize(("text", "cause", "hedged", "reason"), HEDGES)
def test_hedge(text, cause, hedged, reason):
    assert is_hedged(*candidate(text, cause)) is hedged, reason
