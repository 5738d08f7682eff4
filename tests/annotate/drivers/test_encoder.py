"""The encoder's answers for stretches, and how they join the linear log-odds."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from nlp_rotation.annotate.drivers import drivers as module
from nlp_rotation.annotate.drivers.candidates import Candidate
from nlp_rotation.annotate.drivers.drivers import find_drivers
from nlp_rotation.annotate.drivers.encoder import (
    UNREAD,
    DriverEncoder,
    Impression,
    Impressions,
    JointWeights,
    builtin_encoder,
    read_encoder,
)
from nlp_rotation.annotate.drivers.judging import Judge, Judged
from nlp_rotation.annotate.drivers.lexicon import lexicon
from nlp_rotation.annotate.drivers.passages import Passage
from nlp_rotation.annotate.sentences import find_sentences
from nlp_rotation.errors import ModelError
from nlp_rotation.taxonomy import builtin_taxonomy
from nlp_rotation.types import Reading, Span

WEIGHTS = JointWeights(linear=0.5, encoder=1.0, bias=-0.25, slope=1.0, offset=0.0, leaf_points=1.0)


def impression():
    """Tokens [CLS] a b c [SEP]; the answers are chosen so that each role can be told in the sum."""
    answers = np.zeros((5, 4 + 1 + 2), dtype=np.float32)
    answers[0, 0] = 1000  # before the stretch
    answers[1, 1] = 100  # its first token
    answers[2, 2] = 10  # its last
    answers[3, 3] = 1  # after it
    answers[:, 4] = [7, 2, 4, 7, 7]  # inside: mean of a and b is 3
    answers[:, 5] = [0, 1, 3, 0, 0]
    sums = np.vstack([np.zeros(3), answers[:, 4:].cumsum(0)])
    return Impression(Passage([101, 1, 2, 3, 102], 1, [0, 2, 4], [1, 3, 5]), answers, sums)


def test_a_stretch_is_the_sum_of_its_edges_and_the_mean_of_its_inside():
    seen = Impressions(("x.y", "x.z"), [impression()], [0])
    assert seen.cause(Span(start=0, end=3)) == pytest.approx(1114)
    leaves = seen.leaves(Span(start=0, end=3))
    assert leaves["x.y"] - leaves["x.z"] == pytest.approx(2.0)
    assert sum(np.exp(list(leaves.values()))) == pytest.approx(1.0)


def test_what_no_passage_holds_is_unread():
    seen = Impressions(("x.y", "x.z"), [impression()], [0])
    assert seen.cause(Span(start=40, end=50)) == UNREAD
    assert seen.leaves(Span(start=40, end=50)) == {}
    assert Impressions().cause(Span(start=0, end=3)) == UNREAD


def judge():
    encoder = DriverEncoder(Path("nowhere"), (), WEIGHTS)
    return Judge(lexicon(builtin_taxonomy()), None, encoder)


def candidate(**given):
    base = Candidate(0, 3, "after", "after.time", 0, Span(start=0, end=0), 0)
    return replace(base, **given)


@pytest.mark.parametrize(
    ("judged", "margin"),
    [
        pytest.param(Judged(candidate(), {}, 0.0, 0.5, odds=1.0), 1.25, id="both are weighed and added"),
        pytest.param(Judged(candidate(), {}, 3.0, 0.5, odds=-9.0, outright=True), 3.0, id="stated outright"),
        pytest.param(
            Judged(candidate(joined=2), {}, 0.0, 0.5, odds=1.0), -0.25, id="a whole that joins parts"
        ),
    ],
)
def test_both_judges_are_heard(judged, margin):
    passage = Passage([101, 1, 102], 1, [0], [3])
    answers = np.zeros((3, 6), dtype=np.float32)
    answers[1, 1] = 1.0
    seen = Impressions(("macro.growth",), [Impression(passage, answers, np.zeros((4, 2)))], [0])
    again = judge().look_again(judged, seen)
    assert again.margin == pytest.approx(margin)
    assert 0.0 <= again.confidence <= 1.0


def test_leaves_of_the_encoder_add_to_the_words():
    judged = Judged(candidate(), {"macro.growth": 1.0}, 0.0, 0.5)
    assert judge().leaf((), judged) == "macro.growth"
    doubted = replace(judged, leaves={"macro.growth": -8.0, "macro.labor": -0.1})
    assert judge().leaf((), doubted) == "macro.labor"


def test_leaves_that_a_taxonomy_lacks_do_not_count():
    judged = Judged(candidate(), {}, 0.0, 0.5, leaves={"sky.moon": -0.1})
    assert judge().leaf((), judged) == ""


@pytest.mark.parametrize("content", ["", "{}", '{"leaves": [], "judge": {"linear": 1}}'])
def test_a_broken_folder_is_refused(tmp_path, content):
    (tmp_path / "config.json").write_text(content, "utf-8")
    with pytest.raises(ModelError):
        read_encoder(tmp_path)


def test_a_folder_without_a_network_is_refused_at_the_first_text(tmp_path):
    judge = dict.fromkeys(("linear", "encoder", "bias", "slope", "offset", "leaf_points"), 1.0)
    (tmp_path / "config.json").write_text(json.dumps({"leaves": [], "judge": judge}), "utf-8")
    with pytest.raises(ModelError):
        read_encoder(tmp_path).read("Stocks fell.", 0, (Span(start=0, end=12),), {0})


TEXT = "Stocks fell on Monday as Treasury yields surged. Maple shares rose 4% after strong results."


@pytest.mark.skipif(builtin_encoder() is None, reason="the folder of the encoder is not there")
def test_an_answer_does_not_depend_on_what_is_read_beside_it():
    encoder = builtin_encoder()
    sentences = find_sentences(TEXT)
    span = Span(start=TEXT.index("Treasury"), end=TEXT.index("surged") + 6)
    alone = encoder.read(TEXT, 0, sentences, {0}).cause(span)
    longer = (
        TEXT
        + " Nobody was hurt. " * 3
        + "The storm that had come up in the night went out to sea again. " * 6
    )
    beside = encoder.read(longer, 0, find_sentences(longer), {0, 3, 5, 7}).cause(span)
    assert alone == pytest.approx(beside, abs=1e-4)


def test_the_rules_stand_alone_without_any_weights(monkeypatch):
    for name in ("builtin_model", "builtin_encoder"):
        monkeypatch.setattr(module, name, lambda: None)
    found = find_drivers(Reading(text=TEXT, sentences=find_sentences(TEXT)))
    assert "macro.yields" in {driver.category for driver in found}


@pytest.mark.skipif(builtin_encoder() is None, reason="the folder of the encoder is not there")
def test_a_sentence_that_was_not_read_gives_nothing_but_what_is_stated_outright(monkeypatch):
    """However the two judges are weighed, no answer must not count as a yes."""
    # Nothing looks hopeful to the linear weights, and without a no of the encoder everything would pass.
    monkeypatch.setattr(module, "_HOPELESS", 99.0)
    builtin = module.builtin_judge(builtin_taxonomy())
    eager = replace(builtin, encoder=replace(builtin.encoder, weights=replace(WEIGHTS, bias=50.0)))
    outright = "Bond funds fell for two reasons:\n\n1. Higher inflation;\n\n2. A hawkish Fed."

    def found(text):
        return [
            driver.text
            for driver in find_drivers(Reading(text=text, sentences=find_sentences(text)), judge=eager)
        ]

    assert found(TEXT) == []
    assert found(outright) == ["Higher inflation", "A hawkish Fed"]
