"""Counts as columns say what the same counts say row by row, however they were added up or packed."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp_rotation.store.counts import of_rows, together
from nlp_rotation.store.days import NO_DAY
from nlp_rotation.store.schema import MIGRATIONS, run_script
from nlp_rotation.store.sqlite_days import change_counts, read_counts

DAYS = st.one_of(st.none(), st.dates(dt.date(1969, 12, 1), dt.date(1970, 2, 1)).map(dt.date.isoformat))
LABELS = st.sampled_from(["", "a.b", "a.c", "b.a", "é.x", "a"])
NUMBERS = st.tuples(st.integers(1, 9), *[st.integers(0, 9)] * 5)
ROWS = st.dictionaries(st.tuples(DAYS, LABELS), NUMBERS, max_size=8)

few = settings(max_examples=40)


def flat(counted):
    """The rows of a dictionary in the order of a timeline."""
    rows = [(*key, *numbers) for key, numbers in counted.items()]
    return sorted(rows, key=lambda row: (row[0] is None, row[:2]))


def packed():
    """A store of nothing but packed counts."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    run_script(connection, MIGRATIONS[7])
    return connection


def summed(keyed):
    sums = defaultdict(lambda: (0,) * 6)
    for key, numbers in keyed:
        sums[key] = tuple(a + b for a, b in zip(sums[key], numbers, strict=True))
    return sums


@few
@given(ROWS)
def test_rows_come_in_the_order_of_time_those_of_no_day_last(counted):
    assert list(of_rows(flat(counted)[::-1])) == flat(counted)


@few
@given(ROWS, st.integers(-9, 9), st.integers(-9, 9))
def test_places_and_slices_are_those_of_a_list(counted, first, last):
    counts, rows = of_rows(flat(counted)), flat(counted)
    assert len(counts) == len(rows)
    assert list(counts[first:last]) == rows[first:last]
    assert [counts[place] for place in range(-len(rows), len(rows))] == rows + rows
    for outside in (len(rows), -len(rows) - 1):
        with pytest.raises(IndexError):
            counts[outside]


@few
@given(ROWS, ROWS)
def test_what_is_added_and_taken_away_again_changes_nothing(some, others):
    both = together([of_rows(flat(some)), of_rows(flat(others))])
    assert list(both) == flat(summed([*some.items(), *others.items()]))
    assert list(together([both, of_rows(flat(others)).negated()])) == flat(some)


@few
@given(ROWS)
def test_weeks_begin_on_mondays(counted):
    def monday(day):
        date = day and dt.date.fromisoformat(day)
        return date and (date - dt.timedelta(days=date.weekday())).isoformat()

    weeks = summed(((monday(day), label), numbers) for (day, label), numbers in counted.items())
    assert list(of_rows(flat(counted)).weekly()) == flat(weeks)


@few
@given(ROWS)
def test_columns_are_the_rows_turned(counted):
    days, labels, *numbers = of_rows(flat(counted)).columns()
    told = [None if str(day) == "NaT" else str(day) for day in days]
    rows = list(zip(told, labels, *(column.tolist() for column in numbers), strict=True))
    assert rows == flat(counted)


@few
@given(
    st.lists(ROWS, max_size=3), st.sampled_from(["", "1970-01-01"]), st.sampled_from([NO_DAY, "1970-01-15"])
)
def test_packed_counts_give_back_the_sum_of_all_changes(batches, first, last):
    connection = packed()
    for batch in batches:
        changes = [("on X", day or NO_DAY, label, numbers) for (day, label), numbers in batch.items()]
        change_counts(connection, [*changes, ("on Y", "1970-01-02", "a.b", (1,) * 6)])
    expected = summed(
        (key, numbers)
        for batch in batches
        for key, numbers in batch.items()
        if first <= (key[0] or NO_DAY) <= last and key[1].startswith("a")
    )
    found = read_counts(connection, "on X", first, last, lambda label: label.startswith("a"))
    assert list(found) == flat(expected)
    connection.close()


def test_what_is_taken_away_as_a_whole_is_not_counted():
    connection = packed()
    change_counts(
        connection, [("", NO_DAY, "a.b", (2, 1, 0, 0, 1, 0)), ("", NO_DAY, "a.c", (1, 1, 0, 0, 0, 0))]
    )
    change_counts(connection, [("", NO_DAY, "a.b", (-2, -1, 0, 0, -1, 0))])
    assert list(read_counts(connection, "", "", NO_DAY, bool)) == [(None, "a.c", 1, 1, 0, 0, 0, 0)]
    connection.close()
