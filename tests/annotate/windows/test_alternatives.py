"""Many words as one pattern."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp_rotation.annotate.windows.alternatives import alternation, by_first_word

PHRASES = [
    "today",
    "today's session",
    "this week",
    "this",
    "so far",
    "so far this year",
    "year-to-date",
    "year",
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("so far this year", "so far this year"),  # the longest
        ("so far this yeti", "so far"),
        ("today’s session", "today’s session"),  # either apostrophe
        ("today's lunch", "today"),
        ("year-to-date", "year-to-date"),  # first words that begin alike
        ("yearly", "year"),
    ],
)
def test_the_longest_is_found(text, expected):
    assert re.match(by_first_word(PHRASES), text)[0] == expected


@given(
    st.lists(st.sampled_from(["so", "far", "year", "'s", "-to-date", "today", " ", "this"]), max_size=6).map(
        "".join
    )
)
def test_words_sorted_by_their_first_find_what_all_in_a_row_find(text):
    end = r"(?![\w-])"
    quick, plain = (re.search(f"(?:{make(PHRASES)}){end}", text) for make in (by_first_word, alternation))
    assert (quick and quick.span()) == (plain and plain.span())
