"""Why one side led another: ranked, with quotes, what explains apart from what predicts."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

import nlp_rotation
from nlp_rotation.align.prices import prices_from_frame
from nlp_rotation.errors import AlignError
from nlp_rotation.present.queries.why import as_json


@pytest.fixture(scope="module")
def prices():
    days = pd.bdate_range("2024-01-02", "2024-07-31")
    ahead = np.where(days >= "2024-07-11", 1.05, 1.0)
    frames = [
        pd.DataFrame({"date": days, "symbol": symbol, "close": 100.0 * factor})
        for symbol, factor in (("IWM", ahead * np.linspace(1, 1.01, len(days))), ("SPY", np.ones(len(days))))
    ]
    return prices_from_frame(pd.concat(frames, ignore_index=True))


@pytest.fixture
def store(stored):
    with nlp_rotation.open_store(stored) as opened:
        yield opened


def test_what_explains_stands_apart_from_what_predicts(store, prices):
    answer = store.why("IWM/SPY", prices=prices)
    assert [cause.category for cause in answer.explains] == ["macro.inflation"]
    assert [cause.category for cause in answer.predicts] == ["monetary.rate_cut"]
    assert (answer.explains[0].net > 0, answer.predicts[0].net > 0) == (True, False)
    assert answer.explains[0].articles == 10
    assert answer.statements == 20


def test_the_lead_stands_beside_its_percentile(store, prices):
    lead = store.why("IWM/SPY", prices=prices, since="2024-07-11", until="2024-07-11").lead
    assert (str(lead.first), str(lead.last), lead.days) == ("2024-07-10", "2024-07-11", 1)
    assert 4.5 < lead.points < 5.5
    assert lead.percentile == 1.0


def test_a_quote_carries_its_evidence(store, prices):
    quote = store.why("IWM/SPY", prices=prices).explains[0].quotes[0]
    assert quote["quote"] == "prices cooled"
    for name in ("sentence", "source", "url", "published_at", "confidence", "speaker"):
        assert quote[name]
    assert quote["points"] == 1


def test_as_of_looks_at_nothing_later(store, prices):
    answer = store.why("IWM/SPY", prices=prices, since="2024-07-08", as_of="2024-07-10T20:00Z")
    assert answer.explains[0].articles == 3
    assert str(answer.lead.last) == "2024-07-09"  # the close of the 10th is not strictly before


def test_without_prices_the_causes_stand_alone(store):
    answer = store.why("IWM/SPY")
    assert (answer.lead, answer.note) == (None, "no prices were given")
    assert answer.explains


def test_too_short_a_history_is_told(store, prices):
    answer = store.why("IWM/SPY", prices=prices, since="2024-01-05", until="2024-01-09")
    assert answer.lead is None
    assert "no percentile" in answer.note


def test_it_reads_as_words_and_as_json(store, prices):
    answer = store.why("IWM/SPY", prices=prices)
    words = str(answer)
    assert "Explains:\n1. macro.inflation, for IWM" in words
    assert "Ann Able · Ledger · 2024-07-" in words
    assert json.loads(json.dumps(as_json(answer)))["predicts"][0]["category"] == "monetary.rate_cut"


def test_one_side_is_no_pair(store):
    with pytest.raises(AlignError, match="no such pair"):
        store.why("IWM")
