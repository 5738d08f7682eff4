"""The whole annotator: on any text it gives valid spans, and what it reads is what it says."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nlp_rotation.annotate.drivers import drivers as module
from nlp_rotation.annotate.drivers.drivers import find_drivers
from nlp_rotation.annotate.sentences import find_sentences
from nlp_rotation.taxonomy import builtin_taxonomy, load_taxonomy
from nlp_rotation.types import Reading, Statement

PIECES = st.sampled_from(
    ["Stocks ", "fell ", "rose 3% ", "after ", "as ", "on ", "despite ", "the Fed cut rates", " and ", ", ", ". ", "\n",
     "“", "”", '"', " -- ", "weak earnings ", "sent shares lower", "if ", "; ", "amid ", "boosted by ", "(", ")", "ﬃ", "İ"]
)  # fmt: skip


def read(text, **given):
    return Reading(text=text, sentences=find_sentences(text), **given)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=200))
def test_spans_are_valid_on_any_text(text):
    reading = read(text)
    for driver in find_drivers(reading):
        assert text[driver.start : driver.end] == driver.text
        assert any(s.start <= driver.start < driver.end <= s.end for s in reading.sentences)
        assert driver.category in builtin_taxonomy().ids
        assert 0.0 <= driver.confidence <= 1.0


def test_a_long_line_takes_time_in_proportion():
    def seconds(times):
        text = "Stocks fell as yields rose and oil was boosted by war " * times
        start = time.process_time()
        find_drivers(read(text))
        return time.process_time() - start

    seconds(20)
    short, long = seconds(150), seconds(600)
    assert long < 12 * max(short, 0.02)


CLEAR = [
    (
        "Maple shares fell 6% after the company reported quarterly earnings below estimates.",
        "company.results",
    ),
    ("Stocks fell on Tuesday as Treasury yields surged.", "macro.yields"),
    (
        "Stocks rose on Friday on hopes that the Federal Reserve would cut interest rates.",
        "monetary.rate_cut",
    ),
    ("U.S. stocks tumbled on Monday amid fears of a trade war.", "trade.tariffs"),
    ("Energy shares rose 2% after crude oil prices jumped.", "commodities.oil"),
]


@pytest.mark.parametrize(("text", "category"), CLEAR)
def test_clear_cases_with_and_without_weights(text, category, monkeypatch):
    assert category in {d.category for d in find_drivers(read(text))}
    monkeypatch.setattr(module, "builtin_model", lambda: None)
    assert category in {d.category for d in find_drivers(read(text))}


def test_causes_have_the_source_that_covers_them():
    text = "Stocks fell after weak earnings."
    statement = Statement(start=0, end=len(text), speaker="Ada Moor", firm="Moor Capital")
    found = find_drivers(read(text, statements=(statement,)))
    assert [(d.speaker, d.firm) for d in found] == [("Ada Moor", "Moor Capital")]


def test_ranks_are_an_order():
    text = "Stocks fell after weak earnings.\nOil rose as war spread.\nGold fell on a stronger dollar."
    ranks = sorted(d.rank for d in find_drivers(read(text)))
    assert ranks == list(range(1, len(ranks) + 1))


def test_a_leaf_of_the_users_own_is_found(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('[sky]\nbbds = "Other"\n[sky.moon]\nmeans = "the moon"\nsure = ["full moon"]\n', "utf-8")
    found = find_drivers(read("Stocks fell 2% on Monday after a full moon."), taxonomy=load_taxonomy(path))
    assert {d.category for d in found} == {"sky.moon"}


def test_no_text_gives_no_driver():
    assert find_drivers(read("")) == ()
