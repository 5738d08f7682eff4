"""Content ids never change: stores of older versions are found again by them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nlp_rotation.hashing import content_id, fingerprint


def test_ids_are_pinned():
    assert content_id("https://example.org/a", "text") == "a147511464c7f58e9762"
    assert fingerprint(b"text") == "982d9e3eb996"


@given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_different_parts_give_different_ids(one, other):
    assert (content_id(*one) == content_id(*other)) == (one == other)
