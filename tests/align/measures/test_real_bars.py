"""On real bars every measure equals a plain recomputation on every session, written differently, to 1e-9."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right, insort
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from nlp_rotation.align.measures import breadth
from nlp_rotation.align.measures.contribution import contributions, top_share
from nlp_rotation.align.measures.graph import rotation_graph
from nlp_rotation.align.measures.relative import (
    extremeness,
    log_strength,
    month_runs,
    relative_return,
    trailing_percentile,
)
from nlp_rotation.align.proxies import basket_level, members_of

pytestmark = pytest.mark.shared
PAIRS = [("IWM", "SPY"), ("RSP", "SPY"), ("QQQ", "SPY"), ("XLY", "XLP"), ("^RUT", "^NDX")]
#: Two of the eleven join after this.
SINCE = "2013"


@pytest.fixture(scope="module")
def daily(shared):
    """The closes as they stand in the file, without the loader of this project."""
    frame = pd.read_parquet(shared / "prices" / "daily.parquet")
    return frame.pivot(index="date", columns="symbol", values="close")


@pytest.fixture(scope="module")
def sectors(real):
    return real.closes([member.symbol for member in members_of("sectors")]).loc[SINCE:]


@pytest.fixture(scope="module")
def plain(daily, sectors):
    """Closes of the sectors, a row a session; and the market's."""
    rows = daily.loc[sectors.index]
    return rows[list(sectors.columns)].to_numpy(), rows["SPY"].to_numpy()


def change(values, days=1):
    """Returns in percent, NaN in the first rows."""
    out = np.full(values.shape, np.nan)
    out[days:] = (values[days:] / values[:-days] - 1) * 100
    return out


def equal(found, wanted):
    found, wanted = np.asarray(found, dtype="float64"), np.asarray(wanted, dtype="float64")
    assert found.shape == wanted.shape
    assert (np.isnan(found) == np.isnan(wanted)).all()
    assert np.nanmax(np.abs(found - wanted)) < 1e-9


def each(rows, of):
    """What ``of`` gives for the values that each row has; NaN where there are fewer than two."""
    present = (row[~np.isnan(row)] for row in rows)
    return np.array([of(row) if len(row) > 1 else np.nan for row in present])


# --- pairs ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("over", "under"), PAIRS)
def test_strength_return_and_percentile(real, daily, over, under):
    both = daily[[over, under]].dropna()
    one, other = both[over].to_numpy(), both[under].to_numpy()
    equal(log_strength(real.close(over), real.close(under)), np.log(one) - np.log(other))
    for days in (1, 5, 20):
        equal(
            relative_return(real.close(over), real.close(under), days=days),
            change(one, days) - change(other, days),
        )
    found = relative_return(real.close(over), real.close(under), days=5)
    past, wanted = [], []
    for value in found.dropna():
        insort(past, value)
        wanted.append(bisect_right(past, value) / len(past) if len(past) >= 60 else np.nan)
    equal(trailing_percentile(found)[5:], wanted)
    for place in (100, 900, -1):
        rare = extremeness(found, found.index[5:][place].date())
        equal([rare.percentile, rare.value], [wanted[place], found.iloc[5:].iloc[place]])
        assert rare.since == found.index[5].date()


@pytest.mark.parametrize(("over", "under"), PAIRS)
def test_months(real, daily, over, under):
    both = daily[[over, under]].dropna()
    months = both.index.strftime("%Y-%m")
    base, run, closed, wanted = None, 0, (np.nan, 0), []
    for place, (one, other) in enumerate(both.to_numpy()):
        if place and months[place] != months[place - 1]:
            base, run = both.to_numpy()[place - 1], closed[1]
        lead = (one / base[0] - other / base[1]) * 100 if base is not None else np.nan
        sign = int(np.sign(np.nan_to_num(lead)))
        closed = (lead, run + sign if np.sign(run) == sign else sign)
        wanted.append(closed)
    found = month_runs(real.close(over), real.close(under))
    equal(found["month_to_date"], [lead for lead, _ in wanted])
    assert found["run"].tolist() == [length for _, length in wanted]


# --- inside a group -------------------------------------------------------------------------------


@pytest.mark.parametrize("days", [1, 5])
def test_dispersion(real, sectors, plain, days):
    returns, market = change(plain[0], days), change(plain[1], days)
    equal(breadth.dispersion(sectors, days=days), each(returns, lambda row: row.std(ddof=1)))
    equal(
        breadth.absolute_dispersion(sectors, real.close("SPY"), days=days),
        each(returns - market[:, None], lambda row: np.abs(row).mean()),
    )


def test_average_correlation(sectors, plain):
    returns, wanted = change(plain[0]), np.full(len(sectors), np.nan)
    for place in range(60, len(sectors)):
        window = returns[place - 59 : place + 1]
        covariance = np.cov(window[:, ~np.isnan(window).any(axis=0)].T)
        spread = np.sqrt(np.diag(covariance))
        off = ~np.eye(len(spread), dtype=bool)
        wanted[place] = covariance[off].sum() / np.outer(spread, spread)[off].sum()
    equal(breadth.average_correlation(sectors), wanted)


def test_breadth(real, sectors, plain):
    values, market = plain
    above = [np.nan] * 49
    for last in range(50, len(values) + 1):
        window = values[last - 50 : last]
        window = window[:, ~np.isnan(window).any(axis=0)]
        above.append((window[-1] > window.mean(axis=0)).mean())
    equal(breadth.share_above_mean(sectors), above)
    beaten = change(values, 20) - change(market, 20)[:, None]
    equal(breadth.share_beating(sectors, real.close("SPY")), each(beaten, lambda row: (row > 0).mean()))
    advances = each(change(values), lambda row: ((row > 0).sum() - (row < 0).sum()) / (row != 0).sum())
    equal(breadth.advance_decline(sectors), advances)


def test_rank_turnover(sectors, plain):
    returns = change(plain[0], 20)
    wanted = np.full(len(returns), np.nan)
    for place in range(40, len(returns)):
        both = returns[[place, place - 20]]
        both = both[:, ~np.isnan(both).any(axis=0)]
        # A rank is half the number of those that are not larger and those that are smaller, and a half.
        ranks = (both[:, :, None] > both[:, None, :]).sum(axis=2) + (
            both[:, :, None] >= both[:, None, :]
        ).sum(axis=2)
        wanted[place] = 1 - np.corrcoef(ranks)[0, 1]
    equal(breadth.rank_turnover(sectors), wanted)


@pytest.mark.parametrize("given", [False, True], ids=["equal", "weighted"])
def test_rotation_intensity(sectors, plain, given):
    weights = {symbol: place + 1.0 for place, symbol in enumerate(sectors.columns)} if given else None
    share = np.array(list(weights.values())) if weights else np.ones(sectors.shape[1])
    wanted = []
    for row in change(plain[0]):
        there = ~np.isnan(row)
        part = share[there] / share[there].sum()
        wanted.append(0.5 * part @ np.abs(row[there] - part @ row[there]) if there.any() else np.nan)
    equal(breadth.rotation_intensity(sectors, weights=weights), wanted)


def test_contributions(sectors, daily):
    start, end = dt.date(2024, 7, 10), dt.date(2024, 7, 16)
    weights = {"XLK": 50, "XLF": 30, "XLE": 20}
    ends = daily.loc[[pd.Timestamp(start), pd.Timestamp(end)], list(weights)].to_numpy()
    given = (ends[1] / ends[0] - 1) * 100 * np.array([0.5, 0.3, 0.2])
    table = contributions(sectors, weights, start=start, end=end)
    equal(table.loc[list(weights), "contribution"], given)
    equal(table.loc[list(weights), "share"], given / given.sum())
    equal([top_share(table, 2)], [np.sort(given)[1:].sum() / given.sum()])


def test_basket(real, daily):
    members = members_of("sectors")
    values = daily[[member.symbol for member in members]].dropna(how="all")
    level, wanted = 100.0, [100.0]
    for (_, then), (day, now) in pairwise(values.iterrows()):
        held = [member.symbol for member in members if member.since <= day.date() <= member.until]
        returns = [
            now[one] / then[one] - 1 for one in held if then[one] == then[one] and now[one] == now[one]
        ]
        level *= 1 + sum(returns) / len(returns)
        wanted.append(level)
    equal(basket_level(real, members) / wanted, np.ones(len(wanted)))


# --- the graph ------------------------------------------------------------------------------------


def smooth(values, span):
    out = [values[0]]
    for value in values[1:]:
        out.append(out[-1] + 2 / (span + 1) * (value - out[-1]))
    return np.array(out)


def z(values, window):
    """The z-score of each value in the window that ends with it."""
    parts = [values[last - window : last] for last in range(window, len(values) + 1)]
    return np.array([(part[-1] - part.mean()) / part.std() for part in parts])


@pytest.mark.parametrize("symbol", ["XLK", "XLRE", "IWM", "RSP", "QQQ"])
def test_graph(real, daily, symbol):
    both = daily[[symbol, "SPY"]].dropna()
    level = smooth(np.log(both[symbol] / both["SPY"]).to_numpy(), 25)[24:]
    strength = 100 + 5 * z(level, 130)
    momentum = 100 + 5 * z(smooth(strength[20:] - strength[:-20], 15)[14:], 65)
    graph = rotation_graph(real.closes([symbol]), real.close("SPY")).xs(symbol, level="symbol")
    equal(graph["strength"].dropna(), strength)
    equal(graph["momentum"].dropna(), momentum)
    points = np.column_stack([strength[-len(momentum) :], momentum]) - 100
    known = graph.dropna(subset=["momentum"])
    equal(known["speed"][1:], np.hypot(*np.diff(points, axis=0).T))
    equal(known["heading"], [np.degrees(np.angle(complex(*point))) for point in points])
    corners = {(1, 1): "leading", (1, -1): "weakening", (-1, -1): "lagging", (-1, 1): "improving"}
    assert known["quadrant"].tolist() == [corners[tuple(np.where(point >= 0, 1, -1))] for point in points]
