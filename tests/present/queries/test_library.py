"""The store for analysis: types of columns, clocks, pages, SQL that only reads, news beside prices."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

import nlp_rotation
from nlp_rotation.errors import AlignError, CursorError, UsageError
from nlp_rotation.present.queries.asking import page
from nlp_rotation.store import opening
from nlp_rotation.store.catalogue import view, views

PANDAS = {
    "text": "string",
    "int": "Int64",
    "number": "float64",
    "flag": "boolean",
    "json": "object",
    "instant": "datetime64[us, UTC]",
    "day": "datetime64[us]",
}
ASKED = ["articles", "mentions", "moves", "drivers", "rotations", "sentiment", "claims", "signals"]


@pytest.fixture
def store(stored):
    with nlp_rotation.open_store(stored) as opened:
        yield opened


@pytest.mark.parametrize("name", ASKED)
def test_columns_are_those_of_the_view_and_always_of_one_type(store, name):
    frame = getattr(store, name)()
    kinds = {column.name: PANDAS[column.kind] for column in view(name).columns}
    assert str(frame.index.dtype) == kinds.pop("knowable_at")
    assert {column: str(dtype) for column, dtype in frame.dtypes.items()} == kinds


@pytest.mark.parametrize("name", ASKED)
def test_arrow_tables_have_the_same_columns_and_rows(store, name):
    table, frame = getattr(store.arrow, name)(), getattr(store, name)()
    assert table.column_names == list(view(name).names)
    assert table.num_rows == len(frame)


def test_rows_come_the_newest_first_with_their_evidence(store):
    rows = store.drivers(limit=3)
    assert list(rows["article_id"]) == ["a9", "a9", "a8"]
    first = rows.iloc[0]
    assert first["quote"] == "prices cooled"
    assert first["sentence"].endswith("prices cooled.")
    assert first["effects"] == [{"on": "IWM", "direction": "up"}]
    assert rows.index.is_monotonic_decreasing


@pytest.mark.parametrize(
    ("filters", "rows"),
    [
        ({}, 20),
        ({"category": "macro"}, 10),
        ({"relation": "condition"}, 10),
        ({"subject": "IWM"}, 10),
        ({"subject": ["IWM", "^GSPC"]}, 20),
        ({"pair": "IWM/SPY"}, 20),
        ({"pair": "IWM/SPY", "since": "2024-07-16"}, 4),
        ({"min_confidence": 0.85}, 10),
        ({"source": "LEDGER", "until": dt.date(2024, 7, 8)}, 2),
        ({"as_of": "2024-07-08T16:00Z"}, 2),
        ({"as_of": "2024-07-08T15:59"}, 0),
        ({"recorded_as_of": "2026-02-28"}, 0),
    ],
    ids=str,
)
def test_filters_narrow(store, filters, rows):
    assert len(store.drivers(**filters)) == rows


def test_timelines_by_level(store):
    by_group = store.timeline(per="group", every="week")
    assert by_group.index.name == "period"
    assert list(by_group.loc["2024-07-08", "category"]) == ["macro", "monetary"]
    total = store.timeline(per="all", as_of="2024-07-10T00:00Z")
    assert list(total["articles"]) == [1, 1]
    assert list(total["drivers"]) == [2, 2]


def test_search_takes_the_filters(store):
    assert len(store.search('"prices cooled"', since="2024-07-16")) == 2
    assert "prices cooled" in store.search("cooled", limit=1)["excerpt"].iloc[0]


def test_pages_cover_every_row_once(stored):
    with opening.open_store(stored, mode="read") as store:
        for name in views():
            found, cursor = [], ""
            while True:
                part = page(store, name, {}, limit=3, cursor=cursor)
                found += list(part.answer.rows)
                cursor = part.following
                if not cursor:
                    break
            assert len(found) == len(set(map(str, found))), name
            whole = page(store, name, {}, limit=1000).answer.rows
            assert list(map(tuple, found)) == list(map(tuple, whole)), name


@pytest.mark.parametrize("cursor", ["x", "W10", "WyJhIl0", "8J-YgA", "bnVsbA"])
def test_a_cursor_of_nothing_is_told(stored, cursor):
    with opening.open_store(stored, mode="read") as store, pytest.raises(CursorError):
        page(store, "drivers", {}, limit=3, cursor=cursor)


# --- SQL ------------------------------------------------------------------------------------------


def test_sql_keeps_the_types_of_our_columns(store):
    frame = store.sql(
        "SELECT day, category, count(*) AS n, avg(confidence) AS sure FROM drivers GROUP BY 1, 2"
    )
    assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == {
        "day": "datetime64[us]",
        "category": "string",
        "n": "Int64",
        "sure": "float64",
    }


def test_sql_takes_what_others_call_a_day_as_it_is(store):
    assert str(store.sql("SELECT substr(day, 1, 7) AS day FROM drivers LIMIT 1")["day"].dtype) == "string"


@pytest.mark.parametrize(
    "query",
    [
        "DELETE FROM edition",
        "CREATE TABLE more (n INTEGER)",
        "INSERT INTO restated VALUES ('a')",
        "ATTACH 'other.db' AS other",
        "PRAGMA query_only = OFF",
        "COPY (SELECT 1) TO 'stolen.csv'",
        "SELECT 1; SELECT 2",
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT readfile('/etc/hostname')",
        "SELECT load_extension('more')",
        "VACUUM INTO 'copy.db'",
        "SELEC",
        "",
    ],
)
def test_sql_that_does_more_than_read_is_refused(store, query, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match="refused"):
        store.sql(query)
    assert list(tmp_path.iterdir()) == []


def test_sql_is_cut_where_it_is_said(store):
    assert len(store.sql("SELECT * FROM drivers", limit=7)) == 7


def test_the_documented_views_answer_sql(store):
    for name in views():
        frame = store.sql(f"SELECT * FROM {name}")
        assert set(view(name).names) == set(frame.columns), name


# --- prices ---------------------------------------------------------------------------------------


@pytest.fixture
def closes():
    days = pd.bdate_range("2024-07-01", "2024-07-16")
    return pd.DataFrame({"IWM": range(len(days)), "SPY": 1.0}, index=days)


def test_news_are_given_to_the_first_session_that_closes_after_them(store, closes):
    events = closes.news.events(store, category="macro")
    given = dict(zip(events["article_id"], events.index.strftime("%m-%d"), strict=True))
    # noon of a Friday is known at its close; a Saturday's article at that of Monday
    assert (given["a0"], given["a4"], given["a5"]) == ("07-08", "07-12", "07-15")
    assert "a9" not in given  # no bar could know it
    assert closes.news.counts(store).sum() == len(closes.news.events(store))


def test_news_at_the_second_of_the_close_belong_to_the_next_session(store, closes):
    bars = pd.DataFrame({"IWM": 1.0}, index=pd.date_range("2024-07-08T15:00Z", periods=4, freq="h"))
    events = bars.news.events(store, category="macro")
    assert list(events.index.hour) == [17]


def test_bars_inside_a_day_need_a_zone(store):
    bars = pd.DataFrame({"IWM": 1.0}, index=pd.date_range("2024-07-08T15:30", periods=4, freq="h"))
    with pytest.raises(AlignError, match="time zone"):
        bars.news.events(store)
