"""Stated rotations against prices."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from nlp_rotation.align.checks import check_records
from nlp_rotation.align.rotation_claims import check_rotations
from nlp_rotation.align.sessions import exchange
from nlp_rotation.types import Article, Publication, Record, Rotation, Sentence, Window

DAYS = exchange().between(dt.date(2024, 1, 2), dt.date(2024, 7, 11))
ARTICLE = Article(id="a", source_path=None, published=Publication(), text="Money moves.")


def prices_where_iwm_leads(made, lead):
    """IWM and SPY move alike until the last session, when IWM leads by so much."""
    steps = np.random.default_rng(3).normal(0, 0.01, len(DAYS))
    small, large = steps + np.random.default_rng(4).normal(0, 0.002, len(DAYS)), steps.copy()
    small[-1], large[-1] = lead, 0.0
    closes = {"IWM": 100 * np.exp(small.cumsum()), "SPY": 100 * np.exp(large.cumsum())}
    return made(pd.DataFrame(closes, index=DAYS))


def rotation(**fields):
    window = Window(text="on Thursday", start=dt.date(2024, 7, 10), end=dt.date(2024, 7, 11))
    given = {"from_": "group:large_caps", "to": "group:small_caps", "window": window} | fields
    return Rotation(start=0, end=11, text="Money moves", **given)


def checked(prices, **fields):
    (claim,) = check_rotations(Record(article=ARTICLE, rotations=(rotation(**fields),)), prices)
    return claim


@pytest.mark.parametrize(
    ("lead", "verdict"), [(0.03, "confirmed"), (0.0003, "direction only"), (-0.01, "contradicted")]
)
def test_verdicts(made, lead, verdict):
    claim = checked(prices_where_iwm_leads(made, lead))
    assert claim.verdict == verdict, claim.reason
    assert claim.relative == pytest.approx((np.exp(lead) - 1) * 100, abs=1e-3)
    assert claim.since == DAYS[1].date()
    assert claim.priced_by == ("IWM", "SPY")


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"window": None}, "the text fixes no window"),
        ({"to": "cash"}, "cash has no price"),
        ({"to": "group:large_caps"}, "both sides are priced by SPY"),
        ({"to": "sector:energy"}, "no prices of XLE"),
    ],
)
def test_why_it_cannot_be_told(made, fields, says):
    claim = checked(prices_where_iwm_leads(made, 0.03), **fields)
    assert (claim.verdict, claim.reason) == ("cannot tell", says)


def test_an_open_side_is_the_market(made):
    assert checked(prices_where_iwm_leads(made, 0.03), from_=None).verdict == "confirmed"


def test_a_move_of_the_same_sentence_lends_its_window(made, move):
    prices = prices_where_iwm_leads(made, 0.03)
    moves = (
        replace(move("1%", 1.0, "2024-07-09", "2024-07-10", status="forecast"), start=0, end=2),
        replace(move("3%", 3.0, "2024-07-10", "2024-07-11"), start=4, end=6),
    )
    record = Record(
        article=ARTICLE,
        sentences=(Sentence(start=0, end=20),),
        moves=moves,
        rotations=(rotation(window=None),),
    )
    (claim,) = check_rotations(record, prices)
    assert (claim.verdict, claim.window.end) == ("confirmed", dt.date(2024, 7, 11))
    (claim,) = check_rotations(replace(record, sentences=(Sentence(start=0, end=3),)), prices)
    assert claim.reason == "the text fixes no window"


def test_only_what_is_reported_is_checked(made):
    record = Record(article=ARTICLE, rotations=(rotation(status="forecast"), rotation(status="denied")))
    assert check_rotations(record, prices_where_iwm_leads(made, 0.03)) == ()


def test_frames_of_checks(made):
    record = Record(article=replace(ARTICLE, source="Outlet"), rotations=(rotation(),))
    found = check_records([record], prices_where_iwm_leads(made, 0.03))
    assert found.rotations["verdict"].tolist() == ["confirmed"]
    assert found.rotations["source"].tolist() == ["Outlet"]
    assert str(found.moves["start"].dtype) == "datetime64[ns]"
    assert str(found.rotations["relative"].dtype) == "float64"


@pytest.mark.shared
def test_the_eleventh_of_july_2024(real):
    claim = checked(real, from_="group:mega_cap_tech")
    assert claim.verdict == "confirmed"
    assert claim.percentile > 0.99
