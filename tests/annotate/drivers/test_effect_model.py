"""Effects: every subject near a cause is weighed; without weights, the rules decide."""

from __future__ import annotations

import json

import pytest

from nlp_rotation.annotate.drivers.candidates import find_candidates
from nlp_rotation.annotate.drivers.directions import direction_traits
from nlp_rotation.annotate.drivers.effect_model import EffectModel, builtin_effect_model, read_effect_model
from nlp_rotation.annotate.drivers.effect_rules import told_effects
from nlp_rotation.annotate.drivers.effects import choose_subjects, find_effects
from nlp_rotation.annotate.drivers.lexicon import lexicon
from nlp_rotation.annotate.drivers.places import places
from nlp_rotation.annotate.drivers.scan import Scan
from nlp_rotation.annotate.drivers.scene import Scene, Told
from nlp_rotation.annotate.drivers.subjects import kind_of, subject_traits
from nlp_rotation.errors import ModelError
from nlp_rotation.taxonomy import builtin_taxonomy
from nlp_rotation.types import Mention, Reading, Sentence

KNOWN = {"Maple": "MPL", "Cedar": "CDR"}


def scene_and_cause(text, cause):
    mentions = tuple(
        Mention(start=at, end=at + 5, text=name, symbol=symbol, kind="equity", rule="test", confidence=1.0)
        for name, symbol in KNOWN.items()
        if (at := text.find(name)) >= 0
    )
    sentence = Sentence(start=0, end=len(text))
    reading = Reading(text=text, mentions=mentions, sentences=(sentence,))
    scan = Scan.of(text, lexicon(builtin_taxonomy()))
    (place,) = places(reading, scan)
    offered = [c for c in find_candidates(place) if text[c.start : c.end] == cause]
    candidate = max(offered, key=lambda c: c.effect.end - c.effect.start)
    return Scene.of(reading, scan), Told.of(scan, candidate, sentence, "company.results", "explains")


def test_every_subject_near_a_cause_is_offered():
    scene, told = scene_and_cause(
        "Shares of Maple fell after Cedar cut its forecast", "Cedar cut its forecast"
    )
    near = subject_traits(scene, told, told_effects(scene, told))
    assert set(near) == {"MPL", "CDR", "country:US"}
    assert {"clause", "ruled", "price told"} <= near["MPL"]
    assert "head of cause" in near["CDR"]


def test_yields_offer_bonds():
    scene, told = scene_and_cause("Shares of Maple fell as yields rose after weak sales", "weak sales")
    assert "group:bonds" in subject_traits(scene, told, ())


@pytest.mark.parametrize(
    ("subject", "kind"),
    [
        ("country:US", "home"),
        ("country:JP", "country"),
        ("sector:banks", "sector"),
        ("^DJI", "index"),
        ("MPL", "share"),
    ],
)
def test_kinds_of_subjects(subject, kind):
    assert kind_of(subject, "country:US") == kind


def test_traits_of_a_direction_hold_what_the_clause_tells():
    scene, told = scene_and_cause("Shares of Maple fell after weak sales", "weak sales")
    assert {"clause=down", "behind its name=down", "in:weak"} <= direction_traits(scene, told, "MPL", ())


def test_the_best_subject_is_kept_where_none_is_believed():
    model = EffectModel(subjects={"a": -2.0, "b": -3.0}, threshold=0.0, up={}, unclear={})
    assert choose_subjects(model, {"X": ["b"], "Y": ["a"]}) == ["Y"]


def test_all_that_are_believed_are_kept_the_surest_first():
    model = EffectModel(subjects={"a": 1.0, "b": 2.0}, threshold=0.0, up={}, unclear={})
    assert choose_subjects(model, {"X": ["a"], "Y": ["b"], "Z": ["c", "bias"]}) == ["Y", "X", "Z"]


@pytest.mark.parametrize(
    ("up", "unclear", "direction"),
    [({"a": 1.0}, {}, "up"), ({"a": -1.0}, {}, "down"), ({"a": 1.0}, {"a": 0.5}, "unclear")],
)
def test_directions(up, unclear, direction):
    assert EffectModel(subjects={}, threshold=0.0, up=up, unclear=unclear).direction({"a"}) == direction


def test_without_weights_the_rules_decide():
    scene, told = scene_and_cause("Shares of Maple fell after weak sales", "weak sales")
    assert find_effects(scene, told, None) == told_effects(scene, told)


def test_the_bundled_weights_read_a_plain_sentence():
    scene, told = scene_and_cause("Shares of Maple fell after weak sales", "weak sales")
    (effect,) = find_effects(scene, told, builtin_effect_model())
    assert (effect.on, effect.direction) == ("MPL", "down")


@pytest.mark.parametrize("content", ["{", "[]", json.dumps({"subjects": {}})])
def test_a_file_that_is_no_weights_is_an_error(tmp_path, content):
    (tmp_path / "weights.json").write_text(content)
    with pytest.raises(ModelError):
        read_effect_model(tmp_path)
