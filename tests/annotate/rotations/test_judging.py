"""Weights that judge frames: what they keep, what they are read from, what their odds are worth."""

from __future__ import annotations

import json

import pytest

from nlp_rotation.annotate.names.mentions import find_mentions
from nlp_rotation.annotate.rotations import rotations as module
from nlp_rotation.annotate.rotations.frames import Frame
from nlp_rotation.annotate.rotations.judging import (
    Judged,
    RotationModel,
    Setting,
    builtin_model,
    judge,
    read_model,
    surest,
)
from nlp_rotation.annotate.rotations.rotations import all_frames, find_rotations, strict_frames
from nlp_rotation.annotate.rotations.sides import Sides
from nlp_rotation.annotate.sentences import find_sentences
from nlp_rotation.errors import ModelError
from nlp_rotation.types import Reading, Span

TEXT = "Money rotated out of utilities into banks. Foreigners dumped gold miners on Friday."
WHOLE = Span(start=0, end=90)


def _reading(text: str) -> Reading:
    reading = Reading(text=text, sentences=find_sentences(text))
    return Reading(text=text, sentences=reading.sentences, mentions=find_mentions(reading))


def _model(**weights: float) -> RotationModel:
    return RotationModel(weights=weights, threshold=0.0, version="test")


def test_loose_readers_are_heard_beside_the_strict_ones():
    sides = Sides.of(_reading(TEXT))
    strict = {frame.says for _, frame in strict_frames(sides, _reading(TEXT))}
    heard = [frame for _, frame in all_frames(sides, _reading(TEXT))]
    assert strict <= {frame.says for frame in heard}
    assert any(frame.reader == "trading" and frame.out_of == ("sector:miners",) for frame in heard)


def test_no_frame_is_heard_twice_from_one_reader():
    sides = Sides.of(_reading(TEXT))
    heard = [(frame.reader, frame.says) for _, frame in all_frames(sides, _reading(TEXT))]
    assert len(heard) == len(set(heard))


@pytest.mark.parametrize(("bias", "loose"), [(1.0, True), (-1.0, False)])
def test_loose_frames_need_the_threshold_strict_ones_stand(bias, loose):
    sides = Sides.of(_reading(TEXT))
    found = list(judge(_model(bias=bias), Setting.of(sides, 0), all_frames(sides, _reading(TEXT))))
    assert any(item.frame.chosen for item in found)
    assert any(not item.frame.chosen for item in found) is loose


def test_of_frames_that_share_words_the_surest_stays():
    one = Judged(WHOLE, Frame(0, 0, 20, (), ("cash",)), (((None, "cash"), 0.5),))
    other = Judged(WHOLE, Frame(10, 10, 30, (), ("bonds",)), (((None, "bonds"), 0.9),))
    apart = Judged(WHOLE, Frame(40, 40, 50, (), ("bonds",)), (((None, "bonds"), -2.0),))
    assert surest([one, other, apart]) == [other, apart]


def test_confidence_rises_with_the_odds():
    model = RotationModel(weights={}, threshold=-1.0, version="test", slope=0.8, offset=-0.2)
    rated = [model.confidence(odds) for odds in (-1.0, 0.0, 1.0, 100.0)]
    assert rated == sorted(rated)
    assert rated[0] == pytest.approx(0.45, abs=0.001)


def test_weights_are_read_from_their_folder(tmp_path):
    tree = {"weights": {"bias": 0.5}, "threshold": -1.0, "calibration": {"slope": 1.0, "offset": 0.0}}
    (tmp_path / "weights.json").write_text(json.dumps(tree))
    assert read_model(tmp_path).odds(["unknown"]) == 0.5


def test_a_folder_without_weights_is_an_error(tmp_path):
    with pytest.raises(ModelError):
        read_model(tmp_path)


def test_bundled_weights_keep_a_plain_rotation():
    model = builtin_model()
    assert model is not None
    found = find_rotations(_reading(TEXT))
    assert ("sector:utilities", "sector:banks") in {(item.from_, item.to) for item in found}
    assert all(0.0 < item.confidence < 1.0 for item in found)


def test_without_weights_the_rules_stand_alone(monkeypatch):
    monkeypatch.setattr(module, "builtin_model", lambda: None)
    found = find_rotations(_reading(TEXT))
    assert [(item.from_, item.to, item.confidence) for item in found] == [
        ("sector:utilities", "sector:banks", 0.9)
    ]
