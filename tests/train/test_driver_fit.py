"""Weights of causes are measured on articles that they were not fitted on."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlp_rotation.annotate.drivers.lexicon import lexicon
from nlp_rotation.taxonomy import builtin_taxonomy

pytest.importorskip("sklearn", reason="the fit needs scikit-learn")

from nlp_rotation.train.driver_fit import Plan, calls_on, out_of_fold
from nlp_rotation.train.driver_gold import read_examples

CORPUS = Path(__file__).parents[2] / "corpus" / "articles"


@pytest.fixture(scope="module")
def examples(tmp_path_factory):
    folder = tmp_path_factory.mktemp("gold")
    for path in sorted(CORPUS.glob("*.txt"))[:9]:
        for part in (path, path.with_suffix(".json")):
            (folder / part.name).write_text(part.read_text("utf-8"), "utf-8")
    return read_examples([folder], lexicon(builtin_taxonomy()), {})


def test_what_is_held_back_teaches_nothing(examples):
    held, taught = examples[:3], examples[3:]
    calls = calls_on(held, taught, Plan())
    assert calls
    assert calls == calls_on(held, taught, Plan())
    # Weights that have seen the very articles know them better.
    seen = calls_on(held, examples, Plan())
    assert sum(call.odds for call in seen if call.hit) > sum(call.odds for call in calls if call.hit)


def test_every_article_is_left_out_once(examples):
    wanted = sum(len(example.categories) for example in examples)
    hits = sum(call.hit for call in out_of_fold(examples, [], Plan(folds=3)))
    assert 0 < hits <= wanted
