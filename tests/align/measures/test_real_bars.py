"""On real bars the measures equal a plain recomputation, written differently."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from nlp_rotation.align.measures import breadth
from nlp_rotation.align.measures.graph import track
from nlp_rotation.align.measures.relative import (
    log_strength,
    month_runs,
    relative_return,
    trailing_percentile,
)
from nlp_rotation.align.proxies import members_of

pytestmark = pytest.mark.shared
PAIRS = [("IWM", "SPY"), ("RSP", "SPY"), ("QQQ", "SPY"), ("XLY", "XLP")]


@pytest.fixture(scope="module")
def sectors(real):
    return real.closes([member.symbol for member in members_of("sectors")]).loc["2019":]


@pytest.fixture(scope="module")
def daily(shared):
    """The closes as they stand in the file, without the loader of this project."""
    frame = pd.read_parquet(shared / "prices" / "daily.parquet")
    return frame.pivot(index="date", columns="symbol", values="close")


@pytest.mark.parametrize(("over", "under"), PAIRS)
def test_pairs(real, daily, over, under):
    both = daily[[over, under]].dropna()
    one, other = both[over].to_numpy(), both[under].to_numpy()
    assert (
        np.abs(log_strength(real.close(over), real.close(under)).to_numpy() - np.log(one / other)).max()
        < 1e-9
    )
    found = relative_return(real.close(over), real.close(under), days=5)
    expected = (one[5:] / one[:-5] - other[5:] / other[:-5]) * 100
    assert np.abs(found.to_numpy()[5:] - expected).max() < 1e-9
    ranks = trailing_percentile(found).to_numpy()[5:]
    for place in (59, 500, len(expected) - 1):
        assert ranks[place] == pytest.approx((expected[: place + 1] <= expected[place]).mean(), abs=1e-9)


def test_month_runs(real, daily):
    both = daily[["RSP", "SPY"]].dropna()
    ends = both.groupby(both.index.strftime("%Y-%m")).last().pct_change()
    leads = np.sign((ends["RSP"] - ends["SPY"]).to_numpy())
    run, expected = 0, []
    for lead in leads:
        run = run + int(lead) if lead and np.sign(run) == lead else int(np.nan_to_num(lead))
        expected.append(run)
    found = month_runs(real.close("RSP"), real.close("SPY"))
    assert found["run"].groupby(found.index.strftime("%Y-%m")).last().tolist() == expected


def test_inside_the_sectors(sectors):
    values = sectors.to_numpy()
    returns = (values[1:] / values[:-1] - 1) * 100
    expected = {
        breadth.dispersion: returns.std(axis=1, ddof=1),
        breadth.advance_decline: np.sign(returns).sum(axis=1) / np.abs(np.sign(returns)).sum(axis=1),
        breadth.rotation_intensity: np.abs(returns - returns.mean(axis=1, keepdims=True)).mean(axis=1) / 2,
    }
    for measure, wanted in expected.items():
        assert np.abs(measure(sectors).to_numpy()[1:] - wanted).max() < 1e-9, measure.__name__
    above = [
        (values[place] > values[place - 49 : place + 1].mean(axis=0)).mean()
        for place in range(49, len(values))
    ]
    assert np.abs(breadth.share_above_mean(sectors).to_numpy()[49:] - above).max() < 1e-9
    window = returns[-60:]
    spread = window.std(axis=0, ddof=1)
    weight = np.outer(spread, spread) * (1 - np.eye(len(spread)))
    correlation = float((weight * np.corrcoef(window.T)).sum() / weight.sum())
    assert breadth.average_correlation(sectors).iloc[-1] == pytest.approx(correlation, abs=1e-9)


def test_rank_turnover(sectors):
    moves = sectors.pct_change(20, fill_method=None)
    for place in (100, 500, -1):
        wanted = 1 - moves.iloc[place].corr(moves.shift(20).iloc[place], method="spearman")
        assert breadth.rank_turnover(sectors).iloc[place] == pytest.approx(wanted, abs=1e-9)


def test_graph(real):
    x = np.log(real.close("XLK") / real.close("SPY")).dropna().to_numpy()

    def smooth(values, span):
        out, weight = [values[0]], 2 / (span + 1)
        for value in values[1:]:
            out.append(out[-1] + weight * (value - out[-1]))
        return np.array(out)

    def z(values, place, window):
        part = values[place - window + 1 : place + 1]
        return (part[-1] - part.mean()) / part.std()

    level = smooth(x, 25)
    strength = np.array([100 + 5 * z(level, place, 130) for place in range(24 + 129, len(level))])
    found = track(real.close("XLK"), real.close("SPY"))["strength"].to_numpy()[24 + 129 :]
    assert np.abs(found - strength).max() < 1e-6
    change = smooth(strength[20:] - strength[:-20], 15)
    momentum = 100 + 5 * z(change, len(change) - 1, 65)
    assert track(real.close("XLK"), real.close("SPY"))["momentum"].iloc[-1] == pytest.approx(
        momentum, abs=1e-6
    )
