"""No measure and no signal knows the future: data after t is changed, cut off and added, and t stays the same."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp_rotation.align.measures import breadth
from nlp_rotation.align.measures.graph import Spans, rotation_graph, track
from nlp_rotation.align.measures.relative import (
    log_strength,
    month_runs,
    relative_return,
    trailing_percentile,
)
from nlp_rotation.align.narrative import narrative_of
from nlp_rotation.align.prices import prices_from_frame
from nlp_rotation.align.proxies import Membership, basket_level
from nlp_rotation.align.sessions import exchange
from nlp_rotation.align.signals import category_shares, onsets, signals
from nlp_rotation.types import Article, Driver, Effect, Publication, Record

DAYS = exchange().days[13000:13160]
SHORT = Spans(smooth=4, window=15, step=3, momentum_smooth=2, momentum_window=8)


def walk(seed: int = 1) -> pd.DataFrame:
    steps = np.random.default_rng(seed).normal(0, 0.01, (len(DAYS), 5))
    closes = pd.DataFrame(100 * np.exp(steps.cumsum(axis=0)), index=DAYS, columns=list("ABCDE"))
    closes.loc[DAYS[:40], "E"] = np.nan  # a member that joins late
    closes.loc[DAYS[60], "D"] = np.nan  # and one with a hole
    return closes


def basket(closes: pd.DataFrame) -> pd.Series:
    tall = (
        closes.rename_axis("date").reset_index().melt("date", var_name="symbol", value_name="close").dropna()
    )
    since, until = DAYS[50].date(), DAYS[120].date()
    return basket_level(
        prices_from_frame(tall), (Membership(symbol="A", since=since), Membership(symbol="B", until=until))
    )


MEASURES = {
    "log_strength": lambda c: log_strength(c["A"], c["B"]),
    "relative_return": lambda c: relative_return(c["A"], c["B"], days=5),
    "trailing_percentile": lambda c: trailing_percentile(relative_return(c["A"], c["B"], days=5)),
    "month_runs": lambda c: month_runs(c["A"], c["B"]),
    "track": lambda c: track(c["A"], c["B"], spans=SHORT),
    "rotation_graph": lambda c: rotation_graph(c[["A", "C"]], c["B"], spans=SHORT).unstack("symbol"),
    "dispersion": breadth.dispersion,
    "absolute_dispersion": lambda c: breadth.absolute_dispersion(c, c["A"]),
    "average_correlation": lambda c: breadth.average_correlation(c, window=20),
    "share_above_mean": lambda c: breadth.share_above_mean(c, window=10),
    "share_beating": lambda c: breadth.share_beating(c, c["A"], days=5),
    "advance_decline": breadth.advance_decline,
    "rank_turnover": lambda c: breadth.rank_turnover(c, days=5, lag=5),
    "rotation_intensity": breadth.rotation_intensity,
    "basket_level": basket,
}


def same(one, other):
    check = pd.testing.assert_frame_equal if isinstance(one, pd.DataFrame) else pd.testing.assert_series_equal
    check(one, other, check_exact=True, check_freq=False)


@pytest.mark.parametrize("name", MEASURES)
@settings(max_examples=3, deadline=None)
@given(place=st.integers(80, len(DAYS) - 2), seed=st.integers(2, 1000))
def test_measures(name, place, seed):
    measure, closes = MEASURES[name], walk()
    whole = measure(closes).loc[: DAYS[place]]
    same(measure(closes.iloc[: place + 1]).loc[: DAYS[place]], whole)
    changed = closes.copy()
    changed.iloc[place + 1 :] = walk(seed).iloc[place + 1 :] * 3
    same(measure(changed).loc[: DAYS[place]], whole)
    thinned = closes.drop(DAYS[place + 1 :: 2])
    same(measure(thinned).loc[: DAYS[place]], whole)


# --- signals --------------------------------------------------------------------------------------

START = dt.datetime(2024, 7, 8, tzinfo=dt.UTC)


def told(number: int, hours: float, leg: str, category: str, direction: str) -> Record:
    published = Publication(at=START + dt.timedelta(hours=hours))
    driver = Driver(
        start=0, end=1, text="x", category=category, effects=(Effect(on=leg, direction=direction),)
    )
    article = Article(id=f"a{number}", source_path=None, published=published, text="x")
    return Record(article=article, drivers=(driver,))


STORIES = st.lists(
    st.tuples(
        st.floats(0, 400),
        st.sampled_from(["AAA", "BBB"]),
        st.sampled_from(["macro.inflation", "monetary.rate_cut"]),
        st.sampled_from(["up", "down"]),
    ),
    min_size=1,
    max_size=12,
)


@pytest.mark.parametrize("compute", [signals, category_shares], ids=["signals", "category_shares"])
@settings(max_examples=8, deadline=None)
@given(stories=STORIES, later=STORIES, cut=st.floats(0, 400))
def test_signals(compute, stories, later, cut):
    """Stories that come out after a session's close change nothing on it, whatever they say."""
    records = [told(number, *story) for number, story in enumerate(stories)]
    known = [record for record in records if record.article.published.at <= START + dt.timedelta(hours=cut)]
    added = [told(100 + number, cut + 0.01 + story[0], *story[1:]) for number, story in enumerate(later)]
    market = exchange()
    last = market.days[market.closes <= pd.Timestamp(START + dt.timedelta(hours=cut))][-1]
    tables = [compute(narrative_of(some)) for some in (records, known, [*added, *known]) if some]
    before = [table[table.index.get_level_values("session") <= last] for table in tables]
    for table in before[1:]:
        columns = before[0].columns.union(table.columns)
        one, other = (part.reindex(columns=columns, fill_value=0.0) for part in (before[0], table))
        pd.testing.assert_frame_equal(one, other, check_freq=False)


def test_an_onset_stays_an_onset():
    records = [told(1, 1, "AAA", "macro.inflation", "up"), told(2, 30, "AAA", "macro.inflation", "up")]
    both, first = onsets(narrative_of(records)), onsets(narrative_of(records[:1]))
    pd.testing.assert_frame_equal(both, first)
