"""Our scorer gives the figures of the annotation contract."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from nlp_rotation.evaluate.extraction import score_extraction
from nlp_rotation.evaluate.predictions import by_article, read_predictions

TEXT = """date: 2024-07-12
title: Small caps leap

Shares of Acme rose 4% on Thursday after strong results, while Bolt fell 3%. Its stake is 16%.
"The Fed helps," said Ann Lee of Fund Co.
"""

GOLD = {
    "id": "a1",
    "published": {"date": "2024-07-12", "basis": "header"},
    "tickers": [{"symbol": "ACME", "kind": "equity", "surfaces": ["Acme"]}],
    "moves": [
        {"quote": "rose 4%", "subject": "ACME", "pct": 4.0, "approx": False, "status": "reported",
         "window": {"quote": "on Thursday", "start": "2024-07-10", "end": "2024-07-11"}},
        {"quote": "fell 3%", "subject": "BOLT", "pct": -3.0, "approx": False, "status": "reported", "window": None},
    ],
    "not_moves": [{"quote": "16%", "why": "stake"}],
    "drivers": [
        {"quote": "strong results", "category": "company.results", "relation": "explains", "hedged": False,
         "effects": [{"on": "ACME", "direction": "up"}], "speaker": None, "firm": None},
        {"quote": "The Fed helps", "category": "monetary.rate_cut", "relation": "predicts", "hedged": True,
         "effects": [], "speaker": "Ann Lee", "firm": "Fund Co."},
    ],
    "rotations": [{"quote": "Small caps leap", "from": None, "to": "group:small_caps", "status": "reported"}],
}  # fmt: skip


def span(words, text=TEXT, **more):
    start = text.index(words)
    return {"start": start, "end": start + len(words), "text": words, **more}


def perfect():
    return {
        "id": "a1",
        "text": TEXT,
        "published": {"date": "2024-07-12"},
        "mentions": [span("Acme", symbol="ACME", kind="equity"), span("Fund Co.", symbol="FUND", kind="firm")],
        "moves": [
            span("rose 4%", subject="ACME", pct=4.04, window={"start": "2024-07-10", "end": "2024-07-11"}),
            span("fell 3%", subject="BOLT", pct=-3.0, window=None),
        ],
        "drivers": [
            span("strong results", category="company.results", relation="explains", hedged=False,
                 effects=[{"on": "ACME", "direction": "up"}]),
            span("The Fed helps", category="monetary.rate_cut", relation="predicts", hedged=True, effects=[],
                 speaker="Ann Lee", firm=None),
        ],
        "rotations": [{**span("Small caps leap"), "from": "sector:tech", "to": "group:small_caps"}],
    }  # fmt: skip


@pytest.fixture
def gold(tmp_path):
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / "a1.txt").write_text(TEXT)
    (folder / "a1.json").write_text(json.dumps(GOLD))
    return folder


def figures(gold, record):
    return score_extraction(gold, by_article([record])).figures()


def test_perfect_record_scores_one(gold):
    found = figures(gold, perfect())
    assert {key: row["f1"] for key, row in found.items() if "f1" in row} == dict.fromkeys(
        ("tickers", "moves", "drivers_any", "drivers_group", "drivers_leaf", "effects", "hedged", "speaker",
         "rotations", "relation"), 1.0,
    )  # fmt: skip
    assert {key: row["share"] for key, row in found.items() if "share" in row} == {
        "windows": 1.0, "guessed_dates": 0.0, "status": 1.0, "published": 1.0, "false_moves": 0.0,
    }  # fmt: skip


CHANGES = [
    # A percentage beyond the tolerance of 2 % of its size is another move.
    (lambda r: r["moves"][0].update(pct=4.2), "moves", "f1", 0.5),
    # Another subject is another move.
    (lambda r: r["moves"][1].update(subject="ACME"), "moves", "f1", 0.5),
    # A date filled in where the gold has none counts as guessed: both sides of the second move.
    (
        lambda r: r["moves"][1].update(window={"start": "2024-07-10", "end": "2024-07-11"}),
        "guessed_dates",
        "share",
        1.0,
    ),
    # One wrong side spoils a window.
    (lambda r: r["moves"][0]["window"].update(start="2024-07-09"), "windows", "share", 0.0),
    # A move over a percentage that is none.
    (lambda r: r["moves"].append(span("16%", subject="ACME", pct=16.0)), "false_moves", "share", 1.0),
    # Status is reported unless said otherwise.
    (lambda r: r["moves"][0].update(status="forecast"), "status", "share", 0.5),
    # Group right, leaf wrong.
    (lambda r: r["drivers"][0].update(category="company.guidance"), "drivers_leaf", "f1", 0.5),
    (lambda r: r["drivers"][0].update(category="company.guidance"), "drivers_group", "f1", 1.0),
    # A span that shares too little of the cause is another cause.
    (lambda r: r["drivers"][0].update(span("rose 4% on Thursday after strong")), "drivers_any", "f1", 0.5),
    # The firm stands in for a missing speaker, and containment is enough.
    (lambda r: r["drivers"][1].update(speaker="Lee"), "speaker", "f1", 1.0),
    (lambda r: r["drivers"][1].update(speaker=None, firm="Other Co."), "speaker", "f1", 0.0),
    # A null side of the gold matches anything, a stated one only itself.
    (lambda r: r["rotations"][0].update(to="group:value"), "rotations", "f1", 0.0),
    # A source is no ticker.
    (lambda r: r["mentions"][1].update(kind="equity"), "tickers", "precision", 0.5),
]


@pytest.mark.parametrize(("change", "key", "number", "expected"), CHANGES)
def test_each_mistake_costs_what_it_should(gold, change, key, number, expected):
    record = perfect()
    change(record)
    assert figures(gold, record)[key][number] == expected


def test_missing_record_counts_as_all_missed(gold):
    found = score_extraction(gold, {}).figures()
    assert found["moves"] == {"precision": 0.0, "recall": 0.0, "f1": 0.0, "tp": 0, "predicted": 0, "gold": 2}


def test_golden_of_the_reference_scorer(root):
    """Written by make_golden.py: saved records of our seeds and what the reference scorer says of them."""
    data = root / "tests" / "evaluate" / "data"
    expected = json.loads((data / "seeds.figures.json").read_text("utf-8"))
    records = by_article(read_predictions(data / "seeds.records.jsonl"))
    assert score_extraction(root / "seeds", records).figures() == expected


@pytest.mark.shared
@pytest.mark.parametrize("folder", ["seeds", "dev"])
def test_same_figures_as_the_reference_scorer(shared, tmp_path, folder):
    from nlp_rotation import pipeline
    from nlp_rotation.config import Settings
    from nlp_rotation.records import encode
    from nlp_rotation.types import Record

    gold = shared / "gold" / folder
    saved = tmp_path / "records.jsonl"
    items = pipeline.extract([str(gold)], settings=Settings(sentiment_model="off"))
    saved.write_text("".join(json.dumps(encode(item)) + "\n" for item in items if isinstance(item, Record)))
    reference = [sys.executable, str(shared / "gold" / "score.py"), str(gold), str(saved), "--json"]
    expected = json.loads(subprocess.run(reference, capture_output=True, text=True, check=True).stdout)
    assert score_extraction(gold, by_article(read_predictions(saved))).figures() == expected
