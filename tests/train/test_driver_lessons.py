"""Annotated articles become rows, lessons and sheets with each cause where it stands; weights come out of them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

import pytest

from nlp_rotation.annotate.drivers.candidates import Candidate
from nlp_rotation.annotate.drivers.encoder import JointWeights
from nlp_rotation.annotate.drivers.judging import Judged
from nlp_rotation.annotate.drivers.lexicon import lexicon
from nlp_rotation.annotate.drivers.model import read_model
from nlp_rotation.taxonomy import builtin_taxonomy
from nlp_rotation.train import drivers
from nlp_rotation.train.driver_gold import read_annotated
from nlp_rotation.train.driver_joint import Offer, Sheet, joint_calls
from nlp_rotation.train.driver_lessons import School
from nlp_rotation.types import Span

CAUSES = {
    "Maple shares fell 6% after the company reported weak earnings.": ("weak earnings", "company.results"),
    "Stocks slid on Monday as Treasury yields surged.": ("Treasury yields surged", "macro.yields"),
    "Energy shares rose 2% after crude oil prices jumped.": ("crude oil prices jumped", "commodities.oil"),
    "Stocks rose on hopes of a rate cut.": ("hopes of a rate cut", "monetary.rate_cut"),
}


@pytest.fixture
def gold(tmp_path):
    for number, (text, (quote, category)) in enumerate(CAUSES.items()):
        for copy in range(2):
            name = f"{number}{copy}"
            (tmp_path / f"{name}.txt").write_text(f"title: Stocks move\n\n{text} Nobody was hurt.", "utf-8")
            cause = {"quote": quote, "category": category, "relation": "explains", "hedged": False}
            (tmp_path / f"{name}.json").write_text(json.dumps({"drivers": [cause]}), "utf-8")
    return tmp_path


def test_the_span_of_a_cause_is_where_its_quote_stands(gold):
    article = read_annotated(gold / "10.txt")
    (start, end) = article.spans[0]
    assert article.reading.text[start:end] == "Treasury yields surged"
    assert article.nearest(start, end) == (1.0, 0)
    assert article.nearest(0, 3) == (0.0, -1)


@dataclass
class Words:
    ids: list
    offsets: list


def by_word(texts):
    found = [list(re.finditer(r"\S+", text)) for text in texts]
    return [Words([len(m[0]) for m in words], [m.span() for m in words]) for words in found]


def test_lessons_hold_each_cause_once_and_the_candidate_that_fits_it(gold):
    tree = builtin_taxonomy()
    leaves = sorted(tree.ids)
    lessons = School(lexicon(tree), leaves, by_word).lessons([gold], weight=0.5)
    causes = [cause for lesson in lessons for cause in lesson.causes]
    assert sorted(leaves[cause.leaf] for cause in causes) == sorted(2 * [c for _, c in CAUSES.values()])
    assert all(any(offer.fit >= 0.3 for offer in lesson.offered) for lesson in lessons if lesson.causes)
    assert {lesson.weight for lesson in lessons} == {0.5}


def test_the_command_writes_weights_that_can_be_read(gold, tmp_path):
    pytest.importorskip("sklearn")
    out = tmp_path / "out"
    assert drivers.main(["--gold", str(gold), "--out", str(out)]) == 0
    (out / "clusters.json").write_text("{}", "utf-8")
    model = read_model(out)
    assert model.causes
    assert json.loads((out / "figures.json").read_text("utf-8"))["articles"] == {"measured": 8, "taught": 8}


def offer(start, end, *, odds, impression, fit, cause):
    candidate = Candidate(start, end, "after", "after.time", 0, Span(start=0, end=0), 0)
    return Offer(Judged(candidate, {}, 0.0, 0.5, odds=odds), impression, (), fit, cause, "")


def test_of_offers_that_overlap_the_one_that_both_prefer_is_called():
    weights = JointWeights(1.0, 1.0, -1.0, 1.0, 0.0, 0.0)
    sheet = Sheet(
        [
            offer(0, 10, odds=2.0, impression=-2.0, fit=0.2, cause=0),
            offer(5, 12, odds=0.5, impression=1.5, fit=0.9, cause=0),
            offer(20, 25, odds=-1.0, impression=0.0, fit=0.0, cause=-1),
        ],
        1,
    )
    assert [(call.odds, call.hit) for call in joint_calls([sheet], weights)] == [(1.0, True), (-2.0, False)]
