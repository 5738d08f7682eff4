"""No measure and no signal knows the future: data after t is changed, deleted and added, and t stays the same."""

from __future__ import annotations

import datetime as dt
import inspect
from types import ModuleType

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp_rotation.align import joins, overview
from nlp_rotation.align import signals as signal_module
from nlp_rotation.align.measures import breadth, contribution, graph, relative, trailing
from nlp_rotation.align.measures.graph import Spans
from nlp_rotation.align.narrative import narrative_of
from nlp_rotation.align.prices import Prices
from nlp_rotation.align.proxies import Membership, basket_level
from nlp_rotation.align.sessions import exchange
from nlp_rotation.align.targets import target_frame, target_of, target_returns
from nlp_rotation.types import Article, Driver, Effect, Publication, Record, Rotation

DAYS = exchange().days[13000:13160]
LATER = exchange().days[13160:13180]
SHORT = Spans(smooth=4, window=15, step=3, momentum_smooth=2, momentum_window=8)


def walk(days: pd.DatetimeIndex = DAYS, seed: int = 1) -> pd.DataFrame:
    steps = np.random.default_rng(seed).normal(0, 0.01, (len(days), 5))
    return pd.DataFrame(100 * np.exp(steps.cumsum(axis=0)), index=days, columns=list("ABCDE"))


def with_holes() -> pd.DataFrame:
    closes = walk()
    closes.loc[DAYS[:40], "E"] = np.nan  # a member that joins late
    closes.loc[DAYS[60], "D"] = np.nan  # and one with a hole
    return closes


def prices_of(closes: pd.DataFrame) -> Prices:
    bars = {
        name: pd.DataFrame({"close": close.dropna(), "adj_close": np.nan, "basis": "split"})
        for name, close in closes.items()
    }
    return Prices(bars=bars, dialects={})


def basket(closes: pd.DataFrame) -> pd.Series:
    since, until = DAYS[50].date(), DAYS[120].date()
    return basket_level(
        prices_of(closes), (Membership(symbol="A", since=since), Membership(symbol="B", until=until))
    )


def lead(closes: pd.DataFrame) -> pd.Series:
    return relative.relative_return(closes["A"], closes["B"], days=5)


def every_session(closes: pd.DataFrame, answer) -> pd.Series:
    """What a function of one session answers on some of them."""
    values = lead(closes).dropna()
    days = values.index.intersection(DAYS[relative.LEAST_HISTORY + 5 :: 6])
    return pd.Series([str(answer(values, day.date())) for day in days], index=days)


def given_since(closes: pd.DataFrame) -> pd.DataFrame:
    weights, start = {"A": 0.5, "B": 0.3, "C": 0.2}, DAYS[70].date()
    ends = closes.index.intersection(DAYS[71::15])
    tables = {day: contribution.contributions(closes, weights, start=start, end=day.date()) for day in ends}
    return pd.concat(tables).stack().unstack([1, 2]).sort_index(axis=1)


MEASURES = {
    "log_strength": lambda c: relative.log_strength(c["A"], c["B"]),
    "relative_return": lead,
    "trailing_percentile": lambda c: relative.trailing_percentile(lead(c)),
    "extremeness": lambda c: every_session(c, relative.extremeness),
    "strongest_in_years": lambda c: every_session(
        c, lambda values, day: relative.strongest_in_years(values, day, years=0.2)
    ),
    "month_runs": lambda c: relative.month_runs(c["A"], c["B"]),
    "track": lambda c: graph.track(c["A"], c["B"], spans=SHORT),
    "rotation_graph": lambda c: graph.rotation_graph(c[["A", "C"]], c["B"], spans=SHORT).unstack("symbol"),
    "momentum_of": lambda c: graph.momentum_of(c["A"], spans=SHORT),
    "trailing_z": lambda c: graph.trailing_z(c["D"], 10),
    "trailing_mean": lambda c: trailing.trailing_mean(c["D"], 10),
    "trailing_deviation": lambda c: trailing.trailing_deviation(c["D"], 10, ddof=1),
    "returns_of": breadth.returns_of,
    "dispersion": breadth.dispersion,
    "absolute_dispersion": lambda c: breadth.absolute_dispersion(c, c["A"]),
    "average_correlation": lambda c: breadth.average_correlation(c, window=20),
    "share_above_mean": lambda c: breadth.share_above_mean(c, window=10),
    "share_beating": lambda c: breadth.share_beating(c, c["A"], days=5),
    "advance_decline": breadth.advance_decline,
    "rank_turnover": lambda c: breadth.rank_turnover(c, days=5, lag=5),
    "rotation_intensity": breadth.rotation_intensity,
    "contributions": given_since,
    "top_share": lambda c: given_since(c).xs("share", axis=1, level=1).max(axis=1),
    "basket_level": basket,
    "overview.history": lambda c: overview.history(prices_of(c), ["A/B"], days=[1, 5]).droplevel("pair"),
    "target_returns": lambda c: target_returns(target_of("A/B"), prices_of(c)),
}
#: These read weights and say nothing of a session.
TIMELESS = {"normal_weights"}


def public(module: ModuleType) -> set[str]:
    found = inspect.getmembers(module, inspect.isfunction)
    return {name for name, one in found if one.__module__ == module.__name__ and not name.startswith("_")}


def test_no_measure_is_left_out():
    wanted = set().union(*map(public, (breadth, contribution, graph, relative, trailing)))
    assert wanted - TIMELESS <= set(MEASURES)
    assert public(signal_module) | public(joins) <= {*SIGNALS, "onsets", "leg_closes"}


def same(one, other):
    check = pd.testing.assert_frame_equal if isinstance(one, pd.DataFrame) else pd.testing.assert_series_equal
    check(one, other, check_exact=True, check_freq=False)


@pytest.mark.parametrize("name", MEASURES)
@settings(max_examples=10, deadline=None)
@given(place=st.integers(80, len(DAYS) - 2), seed=st.integers(2, 1000))
def test_measures(name, place, seed):
    measure, closes, day = MEASURES[name], with_holes(), DAYS[place]
    whole = measure(closes).loc[:day]
    changed = closes.copy()
    changed.iloc[place + 1 :] = walk(seed=seed).iloc[place + 1 :] * 3
    others = {
        "cut off": closes.iloc[: place + 1],
        "changed": changed,
        "deleted": closes.drop(DAYS[place + 1 :: 2]),
        "added": pd.concat([closes, walk(LATER, seed)]),
    }
    for other in others.values():
        same(measure(other).loc[:day], whole)


# --- signals --------------------------------------------------------------------------------------

START = dt.datetime(2024, 7, 8, tzinfo=dt.UTC)
CLOSES = walk(exchange().between(dt.date(2024, 6, 3), dt.date(2024, 9, 30)), seed=7)


def told(number: int, hours: float, leg: str, category: str, direction: str, said: dict) -> Record:
    published = Publication(at=START + dt.timedelta(hours=hours))
    driver = Driver(
        start=0, end=1, text="x", category=category, effects=(Effect(on=leg, direction=direction),), **said
    )
    rotation = Rotation(start=0, end=1, text="x", from_="A", to="B", hedged=said["hedged"])
    article = Article(id=f"a{number}", source_path=None, published=published, text="x")
    return Record(article=article, drivers=(driver,), rotations=(rotation,) if said["hedged"] else ())


STORIES = st.lists(
    st.tuples(
        st.floats(0, 400),
        st.sampled_from("AB"),
        st.sampled_from(["macro.inflation", "monetary.rate_cut"]),
        st.sampled_from(["up", "down"]),
        st.fixed_dictionaries(
            {
                "relation": st.sampled_from(["explains", "predicts"]),
                "hedged": st.booleans(),
                "speaker": st.sampled_from([None, "A. Person"]),
            }
        ),
    ),
    min_size=1,
    max_size=10,
)


def known_frame(narrative) -> pd.DataFrame:
    """The signals of a pair by session; the returns that follow lie ahead by their name and meaning."""
    return target_frame(target_of("A/B"), narrative, prices_of(CLOSES)).filter(like="known_")


SIGNALS = {
    "signals": signal_module.signals,
    "category_shares": signal_module.category_shares,
    "fits_the_day": lambda narrative: joins.fits_the_day(narrative, CLOSES),
    "foretells": lambda narrative: joins.foretells(narrative, CLOSES),
    "target_frame": known_frame,
}


@pytest.mark.parametrize("name", SIGNALS)
@settings(max_examples=10, deadline=None)
@given(stories=STORIES, later=STORIES, cut=st.floats(0, 400))
def test_signals(name, stories, later, cut):
    """Stories that come out after a session's close change nothing on it, whatever they say."""
    records = [told(number, *story) for number, story in enumerate(stories)]
    instant = START + dt.timedelta(hours=cut)
    known = [record for record in records if record.article.published.at <= instant]
    added = [told(100 + number, cut + 0.01 + story[0], *story[1:]) for number, story in enumerate(later)]
    closed = exchange().days[exchange().closes <= pd.Timestamp(instant)][-1]
    # The evening still tells of the session that has closed; what it says is known on the next.
    last = closed if name != "fits_the_day" else closed - pd.Timedelta(days=1)
    tables = [SIGNALS[name](narrative_of(some)) for some in (records, known, [*added, *known]) if some]
    before = [table[table.index.get_level_values("session") <= last] for table in tables]
    for table in before[1:]:
        columns = before[0].columns.union(table.columns)
        index = before[0].index.union(table.index)
        one, other = (part.reindex(index=index, columns=columns).fillna(0.0) for part in (before[0], table))
        pd.testing.assert_frame_equal(one, other, check_freq=False)


@settings(max_examples=15, deadline=None)
@given(stories=STORIES, later=STORIES, cut=st.floats(0, 400))
def test_onsets(stories, later, cut):
    """What comes out later begins no driver earlier, and takes no beginning away."""
    records = [told(number, *story) for number, story in enumerate(stories)]
    instant = START + dt.timedelta(hours=cut)
    known = [record for record in records if record.article.published.at <= instant]
    added = [told(100 + number, cut + 0.01 + story[0], *story[1:]) for number, story in enumerate(later)]
    closed = exchange().days[exchange().closes <= pd.Timestamp(instant)][-1]
    found = []
    for some in (records, known, [*known, *added]):
        table = signal_module.onsets(narrative_of(some)) if some else None
        rows = [] if table is None else table[table["session"] <= closed].to_dict("records")
        found.append(sorted(map(repr, rows)))
    assert found[0] == found[1] == found[2]


@settings(max_examples=15, deadline=None)
@given(stories=STORIES, cut=st.floats(0, 400))
def test_novelty_of_what_was_said_does_not_change(stories, cut):
    records = [told(number, *story) for number, story in enumerate(stories)]
    instant = START + dt.timedelta(hours=cut)
    whole, known = (
        narrative_of(some).statements
        for some in (records, [record for record in records if record.article.published.at < instant])
    )
    early = whole[whole["knowable_at"] < pd.Timestamp(instant)]
    assert early["novelty"].tolist() == known["novelty"].tolist()
    assert (
        narrative_of(records).as_of(instant).statements["article_id"].tolist() == known["article_id"].tolist()
    )


def test_an_onset_stays_an_onset():
    said = {"relation": "explains", "hedged": False, "speaker": None}
    records = [told(number, hours, "A", "macro.inflation", "up", said) for number, hours in ((1, 1), (2, 30))]
    both, first = (signal_module.onsets(narrative_of(some)) for some in (records, records[:1]))
    pd.testing.assert_frame_equal(both, first)
