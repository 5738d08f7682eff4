"""Labels never cover each other, and no leader crosses a label; the same holds for the page's pins."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from nlp_rotation.present.charts.labels import Wanted, place_labels

WIDTH, GAP, ROWS = 100.0, 1.0, 3
labels = st.builds(Wanted, x=st.floats(-5, 105), width=st.floats(1, 60))


@given(st.lists(labels, max_size=30))
def test_no_label_covers_another_and_no_leader_crosses_one(wanted):
    placed = place_labels(wanted, width=WIDTH, rows=ROWS, gap=GAP, most=20)
    for one, other in combinations(placed, 2):
        if one.row == other.row:
            assert one.right + GAP <= other.left or other.right + GAP <= one.left
        else:
            upper, lower = sorted((one, other), key=lambda spot: spot.row)
            assert not lower.left - GAP <= upper.x <= lower.right + GAP


@given(st.lists(labels, max_size=30))
def test_every_label_stays_inside_and_meets_its_leader(wanted):
    for spot in place_labels(wanted, width=WIDTH, rows=ROWS, gap=GAP, most=20):
        assert 0 <= spot.left <= spot.right <= WIDTH + 1e-9
        assert spot.left - 1e-9 <= spot.x <= spot.right + 1e-9
        assert 0 <= spot.row < ROWS


def test_the_first_finds_room_and_the_rest_sink_into_empty_rows():
    (only,) = place_labels([Wanted(x=50, width=20)], width=WIDTH, rows=ROWS, gap=GAP, most=5)
    assert (only.item, only.row, only.left) == (0, ROWS - 1, 40)


def test_no_more_than_asked_for():
    wanted = [Wanted(x=5 + 10 * place, width=4) for place in range(9)]
    assert len(place_labels(wanted, width=WIDTH, rows=ROWS, gap=GAP, most=4)) == 4
