"""Filters are read once for every front; the typed keywords of Python are those of the table."""

from __future__ import annotations

import contextlib
import datetime as dt
from typing import get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp_rotation.errors import RotationError, UsageError
from nlp_rotation.present.queries import filters as typed
from nlp_rotation.present.queries.reading import LONGEST_TEXT, MOST_SUBJECTS, read_filter, read_filters
from nlp_rotation.store.catalogue import answers, filters, view

KEYWORDS = {
    typed.ArticleFilters: view("articles"),
    typed.SureFilters: view("moves"),
    typed.DriverFilters: view("drivers"),
    typed.Filters: view("sentiment"),
    typed.ClaimFilters: view("claims"),
    typed.SignalFilters: view("signals"),
    typed.WhyFilters: answers()["why"],
}


@pytest.mark.parametrize(("keywords", "shown"), KEYWORDS.items(), ids=lambda item: getattr(item, "name", ""))
def test_keywords_are_the_filters_of_the_view(keywords, shown):
    assert set(get_type_hints(keywords)) == {item.name for item in shown.filters}


def test_views_with_the_same_filters_share_their_keywords():
    names = {name: {item.name for item in view(name).filters} for name in ("mentions", "moves", "rotations")}
    assert names["mentions"] == names["moves"] == names["rotations"]
    assert {item.name for item in answers()["timeline"].filters} == set(get_type_hints(typed.DriverFilters))


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("since", "2024-07-01", dt.date(2024, 7, 1)),
        ("since", dt.datetime(2024, 7, 1, 12), dt.date(2024, 7, 1)),
        ("until", "9999-12-31", dt.date(2200, 1, 1)),  # beyond what every clock can hold, and all news
        ("as_of", "2024-07-11T14:30", dt.datetime(2024, 7, 11, 14, 30, tzinfo=dt.UTC)),
        ("as_of", "2024-07-11T14:30+02:00", dt.datetime(2024, 7, 11, 12, 30, tzinfo=dt.UTC)),
        ("as_of", "2024-07-11", dt.datetime(2024, 7, 11, tzinfo=dt.UTC)),
        ("subject", "NVDA", ("NVDA",)),
        ("subject", ["NVDA", "^RUT"], ("NVDA", "^RUT")),
        ("min_confidence", "0.5", 0.5),
        ("relation", "predicts", "predicts"),
    ],
)
def test_a_value_is_read(name, value, expected):
    assert read_filter(name, value) == expected


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("since", "yesterday"),
        ("since", 20240701),
        ("as_of", "noon"),
        ("subject", ""),
        ("subject", []),
        ("subject", ["A"] * (MOST_SUBJECTS + 1)),
        ("subject", "A" * (LONGEST_TEXT + 1)),
        ("source", "a\0b"),
        ("source", "\ud800"),
        ("min_confidence", "much"),
        ("min_confidence", "nan"),
        ("min_confidence", 1.5),
        ("relation", "foretells"),
    ],
)
def test_what_is_no_value_names_the_filter(name, value):
    with pytest.raises(UsageError) as caught:
        read_filter(name, value)
    assert caught.value.where == name


def test_a_filter_of_another_view_is_refused():
    with pytest.raises(UsageError, match="no such filter"):
        read_filters(view("moves").filters, {"category": "monetary"})


def test_a_pair_stands_for_what_is_near_its_sides():
    read = read_filters(view("drivers").filters, {"pair": "IWM/SPY"})
    assert {"IWM", "^RUT", "group:small_caps", "SPY", "^GSPC"} <= set(read["subject"])
    both = read_filters(view("drivers").filters, {"pair": "IWM/SPY", "subject": ["^RUT", "NVDA"]})
    assert both["subject"] == ("^RUT",)
    assert read_filters(view("drivers").filters, read) == read  # what was read can be read again


@given(st.sampled_from(sorted(filters())), st.text() | st.integers() | st.floats() | st.none())
def test_no_value_breaks_the_reading(name, value):
    with contextlib.suppress(RotationError):
        read_filter(name, value)
