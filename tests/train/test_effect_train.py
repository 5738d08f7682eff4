"""The weights of effects learn whom a cause moves, and which way."""

from __future__ import annotations

import json

from nlp_rotation.annotate.drivers.effect_model import read_effect_model
from nlp_rotation.train.driver_fit import write_weights
from nlp_rotation.train.effect_gold import Case, Lesson, read_lessons
from nlp_rotation.train.effects import Tally, fit, measure, out_of_fold, tree_of

TEXT = "title: Maple\n\nStocks fell after weak jobs data. Traders said little else.\n"
GOLD = {
    "drivers": [
        {
            "quote": "weak jobs data",
            "category": "macro.labor",
            "effects": [{"on": "country:US", "direction": "down"}],
        }
    ]
}


def lesson(number):
    rises = number % 2 == 0
    return Lesson(
        str(number),
        (
            Case(
                subjects={"MPL": frozenset({"clause"}), "CDR": frozenset({"cause"})},
                directions={"MPL": frozenset({"rise" if rises else "fall"}), "CDR": frozenset()},
                wanted={"MPL": "up" if rises else "down"},
                settled={},
            ),
        ),
    )


LESSONS = [
    *map(lesson, range(60)),
    Lesson("u", (Case({}, {"A": frozenset({"await"})}, {"A": "unclear"}, {}),) * 9),
]


def test_weights_tell_who_is_moved_and_which_way(tmp_path):
    model = fit(LESSONS, seed=7)
    tally = Tally()
    for one in LESSONS[:6]:
        measure(one, model, tally)
    assert (tally.right, tally.f1) == (6, 1.0)
    write_weights(tree_of(model), tmp_path)
    assert read_effect_model(tmp_path).subjects == model.subjects


def test_articles_are_measured_unseen():
    assert out_of_fold(LESSONS[:60], LESSONS[60:], seed=7).f1 == 1.0


def test_what_rules_settle_stays():
    settled = Case({}, {}, {"A": "up", "B": "down"}, {"A": "up", "B": "down"})
    tally = Tally()
    measure(Lesson("r", (settled,)), fit(LESSONS, seed=7), tally)
    assert tally.f1 == 1.0


def test_articles_become_lessons(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "a.json").write_text(json.dumps(GOLD))
    (read,) = read_lessons([tmp_path])
    (case,) = read.cases
    assert case.wanted == {"country:US": "down"}
    assert "country:US" in case.subjects
