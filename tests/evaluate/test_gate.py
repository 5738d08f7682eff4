"""The gate shuts when a figure falls or the corpus changes, and says what was gained and lost."""

from __future__ import annotations

import json

import pytest

from nlp_rotation.errors import UsageError
from nlp_rotation.evaluate.comparison import compare
from nlp_rotation.evaluate.extraction import Miss, Score, score_extraction
from nlp_rotation.evaluate.gate import (
    corpus_fingerprint,
    headlines,
    judge,
    read_baseline,
    regressions,
    write_baseline,
)
from nlp_rotation.evaluate.predictions import by_article, read_predictions

GOLD = {
    "id": "a1",
    "published": {"date": None, "basis": "unknown"},
    "tickers": [{"symbol": symbol, "kind": "equity", "surfaces": [symbol]} for symbol in ("AAA", "BBB")],
    "moves": [],
    "not_moves": [{"quote": "5%", "why": "a stake"}],
    "drivers": [],
    "rotations": [],
}


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a1.txt").write_text("AAA and BBB hold 5%.")
    (folder / "a1.json").write_text(json.dumps(GOLD))
    return folder


def score(corpus, *symbols, moves=()):
    mentions = [{"symbol": symbol, "kind": "equity"} for symbol in symbols]
    record = {"id": "a1", "text": "AAA and BBB hold 5%.", "mentions": mentions, "moves": list(moves)}
    return score_extraction(corpus, by_article([record]))


@pytest.fixture
def baseline(corpus):
    path = corpus.parent / "baseline.json"
    write_baseline(path, corpus, score(corpus, "AAA"))
    return path


def test_the_same_figures_pass(corpus, baseline):
    result = judge(score(corpus, "AAA"), read_baseline(baseline), corpus)
    assert (result.passed, result.gains, result.losses) == (True, (), ())


def test_better_figures_pass_and_are_told(corpus, baseline):
    result = judge(score(corpus, "AAA", "BBB"), read_baseline(baseline), corpus)
    assert result.passed
    assert result.gains == (Miss("a1", "ticker missed", "BBB"),)


def test_a_fallen_figure_shuts_the_gate(corpus, baseline):
    result = judge(score(corpus), read_baseline(baseline), corpus)
    assert not result.passed
    assert any(line.startswith("tickers 0.0000, floor 0.6667") for line in result.shortfalls)
    assert result.losses == (Miss("a1", "ticker missed", "AAA"),)


def test_where_less_is_better_a_rise_shuts_the_gate(corpus, baseline):
    false_move = {"start": 17, "end": 19, "text": "5%", "subject": "AAA", "pct": 5.0}
    result = judge(score(corpus, "AAA", moves=[false_move]), read_baseline(baseline), corpus)
    assert any(line.startswith("false_moves") for line in result.shortfalls)


@pytest.mark.parametrize("name", ["a1.txt", "a1.json"])
def test_a_changed_corpus_shuts_the_gate(corpus, baseline, name):
    with (corpus / name).open("a") as file:
        file.write(" ")
    result = judge(score(corpus, "AAA"), read_baseline(baseline), corpus)
    assert any("corpus is not the one" in line for line in result.shortfalls)


def test_a_new_baseline_knows_what_it_would_lower(corpus, baseline):
    assert regressions(score(corpus), read_baseline(baseline)) == ["tickers"]
    assert regressions(score(corpus, "AAA", "BBB"), read_baseline(baseline)) == []


def test_baseline_round_trip(corpus, baseline):
    kept = read_baseline(baseline)
    assert kept.fingerprint == corpus_fingerprint(corpus)
    assert kept.floors == headlines(score(corpus, "AAA"))


@pytest.mark.parametrize(
    "content", [None, "", "{}", "[]", '{"fingerprint": 1, "floors": {}, "misses": [[1]]}']
)
def test_an_unreadable_baseline_is_one_clear_line(tmp_path, content):
    path = tmp_path / "baseline.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(UsageError, match="no readable baseline"):
        read_baseline(path)


def test_comparison_names_gains_losses_and_changed_figures(corpus):
    difference = compare(score(corpus, "AAA"), score(corpus, "BBB", "CCC"))
    assert difference.gains == [Miss("a1", "ticker missed", "BBB")]
    assert difference.losses == [Miss("a1", "ticker missed", "AAA"), Miss("a1", "ticker wrong", "CCC")]
    assert difference.changed == {"tickers": (0.6667, 0.5)}


def test_comparison_of_a_score_with_itself_is_empty(corpus):
    difference = compare(Score(), Score())
    assert (difference.gains, difference.losses, difference.changed) == ([], [], {})


@pytest.mark.parametrize(
    ("content", "told"), [("{", "records.jsonl:1: not JSON"), ("[1]", "records.jsonl:1: not a JSON object")]
)
def test_broken_predictions_name_their_line(tmp_path, content, told):
    path = tmp_path / "records.jsonl"
    path.write_text(content)
    with pytest.raises(UsageError, match=told):
        read_predictions(path)


def test_two_records_for_one_article_are_refused():
    with pytest.raises(UsageError, match="two records for a1"):
        by_article([{"id": "a1"}, {"id": "x", "source_path": "gold/a1.txt"}])
