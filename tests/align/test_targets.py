"""Stories about the sides of a pair, beside the pair's return."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from nlp_rotation.align.hypotheses import ALL_LEGS, all_tests, onset_study, peaks
from nlp_rotation.align.joins import leg_closes
from nlp_rotation.align.narrative import narrative_of
from nlp_rotation.align.sessions import exchange
from nlp_rotation.align.targets import target_frame, target_of, target_returns, target_signals
from nlp_rotation.errors import AlignError

DAYS = exchange().between(dt.date(2024, 1, 2), dt.date(2024, 7, 31))


@pytest.fixture
def prices(made):
    steps = np.random.default_rng(2).normal(0, 0.01, (len(DAYS), 2))
    return made(pd.DataFrame(100 * np.exp(steps.cumsum(axis=0)), index=DAYS, columns=["IWM", "SPY"]))


def test_a_pair_is_the_difference_of_its_sides(prices, record):
    target = target_of("IWM/SPY")
    closes = prices.closes(["IWM", "SPY"]).pct_change(fill_method=None) * 100
    expected = (closes["IWM"] - closes["SPY"]).iloc[1:]
    assert target_returns(target, prices).iloc[1:].tolist() == pytest.approx(expected.tolist())
    stories = [
        record("a", "2024-07-11T10:00-04:00", leg="group:small_caps"),
        record("b", "2024-07-11T11:00-04:00", leg="^GSPC"),
    ]
    table = target_signals(target, narrative_of(stories), session="known_session")
    assert table.loc["2024-07-11"].to_dict() == {
        "volume": 2.0,
        "sentiment": 0.0,
        "net_explains": 0.0,
        "net_predicts": 0.0,
    }


def test_told_stands_beside_the_day_and_known_beside_what_follows(prices, record):
    stories = [
        record("a", "2024-07-10T18:00-04:00", leg="IWM"),
        record("b", "2024-07-16T10:00-04:00", leg="IWM"),
    ]
    table = target_frame(target_of("IWM/SPY"), narrative_of(stories), prices)
    assert table["told_net_explains"].loc["2024-07-10"] == 1.0
    assert table["known_net_explains"].loc["2024-07-11"] == 1.0
    returns = target_returns(target_of("IWM/SPY"), prices)
    assert table["same_day"].loc["2024-07-10"] == returns.loc["2024-07-10"]
    assert table["ahead"].loc["2024-07-11"] == pytest.approx(returns.loc["2024-07-12"])


def test_tests_print_their_number_and_refuse_where_dates_are_few(prices, record):
    deal = np.random.default_rng(7)
    stories = [
        record(str(n), f"{day:%Y-%m-%d}T10:00-05:00", leg="IWM", direction=str(deal.choice(["up", "down"])))
        for n, day in enumerate(DAYS[10:140])
    ]
    table = all_tests([target_of("IWM/SPY")], narrative_of(stories), prices)
    assert set(table["target"]) == {"IWM/SPY", ALL_LEGS}
    assert (table["tests"] == table["p"].notna().sum()).all()
    onset = table[table["test"] == "after onset, permuted"].iloc[0]
    assert np.isnan(onset["p"])
    assert onset["note"] == "no p-value: 1 independent dates are too few, 20 are wanted"


def test_legs_are_ranked_against_each_other(made, record):
    """Of five legs, the one with good news leads on the next day."""
    deal = np.random.default_rng(11)
    days = DAYS[10:70]
    good = deal.integers(0, 5, len(days))
    steps = deal.normal(0, 0.001, (len(DAYS), 5))
    for place, leg in enumerate(good):
        steps[11 + place, leg] += 0.05
    prices = made(pd.DataFrame(100 * np.exp(steps.cumsum(axis=0)), index=DAYS, columns=list("VWXYZ")))
    stories = [
        record(
            f"{day:%m%d}{leg}",
            f"{day:%Y-%m-%d}T10:00-05:00",
            leg=leg,
            direction="up" if "VWXYZ"[best] == leg else "down",
        )
        for day, best in zip(days, good, strict=True)
        for leg in "VWXYZ"
    ]
    table = all_tests([], narrative_of(stories), prices)
    ranked = table[table["target"] == ALL_LEGS].set_index(["about", "test"])
    assert ranked.loc[("net_explains", "mean IC, permuted"), "found"]
    assert ranked.loc[("net_explains", "mean IC"), "statistic"] > 5
    assert np.isnan(ranked.loc[("net_predicts", "mean IC"), "p"]), "nothing was predicted"


def test_the_peak_of_lead_and_lag(prices, record):
    stories = [
        record(str(n), f"{day:%Y-%m-%d}T18:00-05:00", leg="IWM", direction="up" if n % 3 else "down")
        for n, day in enumerate(DAYS[10:140])
    ]
    table = peaks([target_of("IWM")], narrative_of(stories), prices, most=1)
    assert table["signal"].tolist() == ["net_explains"], "the others do not vary"
    (row,) = table.itertuples()
    assert -1 <= row.lag <= 1
    assert row.low <= row.correlation <= row.high


def test_onsets_are_studied(made, record):
    deal = np.random.default_rng(3)
    steps = deal.normal(0, 0.005, (900, 3))
    days = exchange().days[12000:12900]
    begins = range(150, 890, 24)
    stories = []
    for number, place in enumerate(begins):
        steps[place, number % 2] += 0.03
        told = f"{days[place]:%Y-%m-%d}T15:00+00:00"
        stories.append(record(str(number), told, leg="AB"[number % 2]))
    closes = pd.DataFrame(100 * np.exp(steps.cumsum(axis=0)), index=days, columns=["A", "B", "SPY"])
    narrative = narrative_of(stories)
    legs, _ = leg_closes(narrative, made(closes))
    study = onset_study(narrative, legs, closes["SPY"], category="macro.inflation", direction=1.0)
    assert study.caar == pytest.approx(3.0, abs=0.4)
    assert (study.tests["p"] < 0.05).all()
    with pytest.raises(AlignError, match="no onset of this driver"):
        onset_study(narrative, legs, closes["SPY"], category="macro.inflation", direction=-1.0)
