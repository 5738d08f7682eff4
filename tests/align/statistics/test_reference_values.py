"""Tests of hypotheses against published formulae, other libraries, and data of known kind."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from nlp_rotation.align.sessions import exchange
from nlp_rotation.align.statistics.abnormal import Design, fit_events
from nlp_rotation.align.statistics.events import adjusted_bmp, bmp, event_study, grank, mean_on_dates
from nlp_rotation.align.statistics.findings import finding, independent_dates
from nlp_rotation.align.statistics.leadlag import granger, lead_lag, whitened
from nlp_rotation.align.statistics.libraries import library
from nlp_rotation.align.statistics.multiple import false_discoveries
from nlp_rotation.align.statistics.ranks import mean_ic, permuted_ic, rank_ic
from nlp_rotation.errors import AlignError

pytest.importorskip("statsmodels")
pytest.importorskip("arch")

DAYS = exchange().days[13000:13400]


def noise(seed: int, columns: int = 1, count: int = len(DAYS)) -> np.ndarray:
    return np.random.default_rng(seed).normal(0, 1, (count, columns))


def test_benjamini_hochberg_of_1995():
    """The fifteen p-values of the paper's own example: four are found at a rate of 5 %."""
    p = [
        0.0001,
        0.0004,
        0.0019,
        0.0095,
        0.0201,
        0.0278,
        0.0298,
        0.0344,
        0.0459,
        0.3240,
        0.4262,
        0.5719,
        0.6528,
        0.7590,
        1.0,
    ]
    table = false_discoveries(pd.DataFrame({"p": [*p, np.nan]}))
    assert table["found"].sum() == 4
    assert (table["tests"] == 15).all()
    assert table["q"].iloc[3] == pytest.approx(0.0095 * 15 / 4)
    assert np.isnan(table["q"].iloc[-1])


def test_kolari_pynnonen_factor_by_hand():
    """N = 100 and r = 0.05: sqrt(0.95 / 5.95); no correlation changes nothing."""
    assert adjusted_bmp(1.0, correlation=0.05, events=100) == pytest.approx(0.39958, abs=1e-5)
    assert adjusted_bmp(2.5, correlation=0.0, events=100) == 2.5
    assert np.isnan(adjusted_bmp(1.0, correlation=-0.1, events=11)), "sectors less their own market"
    assert bmp(np.array([1.0, 2.0, 3.0])) == pytest.approx(2 * np.sqrt(3))


def test_market_model_equals_least_squares():
    values = noise(1, 2)
    returns = pd.DataFrame({"AAA": values[:, 0] + 1.3 * values[:, 1]}, index=DAYS)
    market = pd.Series(values[:, 1], index=DAYS)
    design = Design(first=0, last=2, estimation=100, gap=5)
    (event,) = fit_events(returns, market, [(DAYS[200].date(), "AAA")], design=design)
    api = library("statsmodels.api")
    past = slice(95, 195)
    fit = api.OLS(returns["AAA"].iloc[past].to_numpy(), api.add_constant(market.iloc[past].to_numpy())).fit()
    ahead = api.add_constant(market.iloc[200:203].to_numpy(), has_constant="add")
    assert event.car == pytest.approx(
        float((returns["AAA"].iloc[200:203].to_numpy() - fit.predict(ahead)).sum())
    )
    # The variance of a sum of forecast errors: sigma^2 (L + 1' X (X'X)^-1 X' 1).
    total = ahead.sum(axis=0)
    variance = fit.mse_resid * 3 + total @ fit.cov_params() @ total
    assert event.scar == pytest.approx(event.car / np.sqrt(variance))


def test_same_day_events_fool_the_plain_test_and_not_the_others():
    """Eleven correlated legs on one day each time, no effect: over many draws BMP rejects far too often."""
    deal, rejected = np.random.default_rng(11), {"BMP": 0, "Kolari-Pynnonen": 0}
    for _ in range(300):
        scars = np.sqrt(0.2) * deal.normal() + np.sqrt(0.8) * deal.normal(size=11)
        plain = bmp(scars)
        rejected["BMP"] += abs(plain) > 2.228
        rejected["Kolari-Pynnonen"] += abs(adjusted_bmp(plain, correlation=0.2, events=11)) > 2.228
    assert rejected["BMP"] / 300 > 0.2
    assert rejected["Kolari-Pynnonen"] / 300 < 0.1


def study(effect: float):
    values = noise(3, 4)
    market = pd.Series(values[:, 3], index=DAYS)
    returns = pd.DataFrame(values[:, :3] + values[:, [3]], index=DAYS, columns=list("ABC"))
    days = DAYS[150:390:8]
    returns.loc[days] += effect
    events = [(day.date(), leg) for day in days for leg in "ABC"]
    return event_study(
        returns, market, [*events, (DAYS[3].date(), "A")], design=Design(estimation=100), draws=199
    )


def test_event_study_finds_an_effect_and_no_other():
    found, none = study(1.5), study(0.0)
    assert (found.tests["p"] < 0.02).all()
    assert (none.tests["p"] > 0.02).all()
    assert found.left_out == 1, "an event without enough sessions before it"
    assert found.caar == pytest.approx(1.5, abs=0.3)
    assert (found.tests["dates"] == 30).all()


def test_grank_against_its_definition():
    values = noise(4, 2)
    design = Design(estimation=50, gap=0)
    events = [(DAYS[100].date(), "A"), (DAYS[100].date(), "B")]
    fitted = fit_events(
        pd.DataFrame(values, index=DAYS, columns=["A", "B"]),
        pd.Series(noise(5)[:, 0], index=DAYS),
        events,
        design=design,
    )
    scars = np.array([event.scar for event in fitted])
    points = np.array([[*event.residuals, event.scar / scars.std(ddof=1)] for event in fitted])
    mean = np.mean([(pd.Series(row).rank() / 52 - 0.5).to_numpy() for row in points], axis=0)
    z = mean[-1] / np.sqrt((mean**2).mean())
    assert grank(fitted, dates=30).statistic == pytest.approx(z * np.sqrt(49 / (50 - z**2)))


def test_too_few_dates_get_a_sentence():
    outcome = finding("BMP", 5.0, 0.0001, dates=3)
    assert np.isnan(outcome.p)
    assert (
        str(outcome)
        == "BMP: 5.000, no p-value: 3 independent dates are too few, 20 are wanted (3 independent dates)"
    )
    assert independent_dates(DAYS[[0, 1, 2, 5, 9]], DAYS, length=3) == 3


def test_lead_and_lag_stand_on_their_side():
    text = pd.Series(noise(6)[:, 0], index=DAYS)
    price = text.shift(2).fillna(0.0) + 0.5 * noise(7)[:, 0]
    table = lead_lag(text, price, most=2, draws=199)
    assert table["correlation"].idxmax() == 2, "the text came two sessions before"
    assert table.loc[2, "low"] > 0.5
    assert table.loc[0, "low"] < 0 < table.loc[0, "high"]
    few = lead_lag(text.iloc[:10], price.iloc[:10], most=0)
    assert "too few" in few.loc[0, "note"]


def test_granger_equals_statsmodels_both_ways():
    pytest.importorskip("statsmodels.tsa.stattools")
    text = pd.Series(noise(8)[:, 0], index=DAYS)
    price = 0.4 * text.shift(1).fillna(0.0) + noise(9)[:, 0]
    forward, backward = granger(text, price, lags=2)
    api = library("statsmodels.tsa.api")
    model = api.VAR(pd.DataFrame({"text": text, "price": price}).to_numpy()).fit(2)
    assert forward.p < 1e-6 < 0.05 < backward.p
    assert forward.statistic == pytest.approx(model.test_causality(1, 0, kind="f").test_statistic, rel=0.02)


def test_whitened_has_no_memory_left():
    values = pd.Series(noise(10)[:, 0], index=DAYS)
    for place in range(1, len(values)):
        values.iloc[place] += 0.8 * values.iloc[place - 1]
    assert values.autocorr() > 0.7
    assert abs(whitened(values).autocorr()) < 0.1


def joined(strength: float, legs: int = 6, count: int = 60) -> pd.DataFrame:
    index = pd.MultiIndex.from_product([DAYS[:count], list("ABCDEFGHIJK")[:legs]], names=["session", "leg"])
    deal = np.random.default_rng(12)
    signal = deal.normal(size=len(index))
    return pd.DataFrame({"s": signal, "ahead": strength * signal + deal.normal(size=len(index))}, index=index)


def test_rank_ic_is_spearman():
    frame = joined(0.5)
    ic = rank_ic(frame, signal="s", outcome="ahead")
    first = frame.loc[DAYS[0]]
    assert ic.iloc[0] == pytest.approx(first["s"].corr(first["ahead"], method="spearman"))
    assert len(ic) == 60


def test_mean_ic_with_newey_west_by_hand():
    """Two lags: the Bartlett weights are 2/3 and 1/3; statsmodels scales by n / (n - 1)."""
    ic = pd.Series(noise(13, count=60)[:, 0] + 0.5)
    away, n = ic - ic.mean(), 60
    long = sum(
        (1 if k == 0 else 2 * (1 - k / 3)) * float((away.to_numpy()[k:] * away.to_numpy()[: n - k]).sum())
        for k in range(3)
    )
    assert mean_ic(ic, days=3).statistic == pytest.approx(ic.mean() / np.sqrt(long / n**2 * n / (n - 1)))


def test_permuted_ic_tells_something_from_nothing():
    assert permuted_ic(joined(0.8), signal="s", outcome="ahead", draws=199).p == pytest.approx(1 / 200)
    assert permuted_ic(joined(0.0), signal="s", outcome="ahead", draws=199).p > 0.05
    assert np.isnan(permuted_ic(joined(0.8, count=10), signal="s", outcome="ahead", draws=19).p)


def test_dates_are_held_against_shifted_dates():
    ahead = pd.Series(noise(14)[:, 0], index=DAYS)
    dates = DAYS[10:390:9]
    ahead.loc[dates] += 1.0
    signs = pd.Series(1.0, index=dates)
    assert mean_on_dates(ahead, signs, draws=199).p < 0.02
    assert mean_on_dates(ahead, pd.Series(1.0, index=DAYS[14:390:9]), draws=199).p > 0.02


def test_a_missing_library_is_named():
    with pytest.raises(AlignError, match=r"this test needs nolibrary; pip install 'nlp-rotation\[stats\]'"):
        library("nolibrary.part")


def test_no_event_can_be_fitted():
    frame = pd.DataFrame({"A": noise(15)[:, 0]}, index=DAYS)
    with pytest.raises(AlignError, match="no event has enough sessions"):
        event_study(frame, frame["A"], [(dt.date(1999, 1, 4), "A")])
