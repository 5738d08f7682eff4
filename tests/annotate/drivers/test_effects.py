"""Effects: moves of the clause first, then its names, then the market, then whom the text was about."""

from __future__ import annotations

import pytest

from nlp_rotation.annotate.drivers.candidates import find_candidates
from nlp_rotation.annotate.drivers.effect_rules import told_effects
from nlp_rotation.annotate.drivers.lexicon import lexicon
from nlp_rotation.annotate.drivers.places import places
from nlp_rotation.annotate.drivers.scan import Scan
from nlp_rotation.annotate.drivers.scene import Scene, Told
from nlp_rotation.taxonomy import builtin_taxonomy
from nlp_rotation.types import Mention, Move, Reading, Sentence

WORDS = lexicon(builtin_taxonomy())
KNOWN = {"Maple": "MPL", "Cedar": "CDR", "Birch": "BRC", "gold": "commodity:gold", "banks": "sector:banks"}


def effects(text, cause, *, moves=()):
    mentions = tuple(
        Mention(
            start=at, end=at + len(name), text=name, symbol=symbol, kind="equity", rule="test", confidence=1.0
        )
        for name, symbol in KNOWN.items()
        if (at := text.find(name)) >= 0
    )
    found = tuple(
        Move(
            start=text.find(w),
            end=text.find(w) + len(w),
            text=w,
            subject=s,
            subject_start=0,
            subject_end=1,
            pct=p,
        )
        for w, s, p in moves
    )
    sentence = Sentence(start=text.rfind("\n") + 1, end=len(text))
    reading = Reading(text=text, mentions=mentions, moves=found, sentences=(sentence,))
    scan = Scan.of(text, WORDS)
    scene = Scene.of(reading, scan)
    (place,) = places(reading, scan)
    cued = [c for c in find_candidates(place) if text[c.start : c.end] == cause]
    chosen = min(cued, key=lambda c: c.family == "clause")
    told = Told.of(scan, chosen, sentence, "", "explains")
    return {(e.on, e.direction) for e in told_effects(scene, told)}


ROWS = [
    ("Maple fell after weak sales", "weak sales", {("MPL", "down")}, "the name before the verb"),
    (
        "Maple and Cedar rose on strong orders",
        "strong orders",
        {("MPL", "up"), ("CDR", "up")},
        "two names joined",
    ),
    ("Stocks rose after strong earnings", "strong earnings", {("country:US", "up")}, "the market as a whole"),
    (
        "European stocks fell as yields rose",
        "yields rose",
        {("country:EU", "down")},
        "whose market the adjective says",
    ),
    ("Rising yields lifted banks", "Rising yields", {("sector:banks", "up")}, "a verb that lifts"),
    (
        "A strong dollar weighed on gold",
        "A strong dollar",
        {("commodity:gold", "down")},
        "a verb that lowers",
    ),
    ("A weaker dollar sent gold higher", "A weaker dollar", {("commodity:gold", "up")}, "an adverb tells"),
    (
        "Bargain hunting limited losses in gold",
        "Bargain hunting",
        {("commodity:gold", "up")},
        "losses turned",
    ),
    ("Maple rose despite weak sales", "weak sales", {("MPL", "down")}, "what it would have done"),
    ("After Cedar cut its outlook, Birch fell", "Cedar cut its outlook", {("BRC", "down")}, "the cue opens"),
    (
        "Maple rose today.\nThe shares were boosted by strong orders",
        "strong orders",
        {("MPL", "up")},
        "named before",
    ),
]


@pytest.mark.parametrize(("text", "cause", "wanted", "reason"), ROWS)
def test_effects_of_a_clause(text, cause, wanted, reason):
    assert effects(text, cause) == wanted, reason


def test_a_move_in_percent_outweighs_the_words():
    text = "Maple lost its gains, ending down 3%, after weak sales"
    assert effects(text, "weak sales", moves=[("down 3%", "MPL", -3.0)]) == {("MPL", "down")}
