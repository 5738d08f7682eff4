"""What rounding and wording of a figure allow."""

from __future__ import annotations

import pytest

from nlp_rotation.align.tolerance import allowance_of, dividend_slack, readings, slack_of
from nlp_rotation.types import Move


def stated(text: str, figure: str, pct: float, **more) -> tuple[Move, str]:
    start = text.index(figure)
    place = {"start": start, "end": start + len(figure), "subject_start": 0, "subject_end": 1}
    return Move(text=figure, subject="AAA", pct=pct, **place, **more), text


@pytest.mark.parametrize(
    ("text", "figure", "pct", "below", "above", "why"),
    [
        ("Acme rose 4.5%.", "rose 4.5%", 4.5, 0.05, 0.05, "half a unit of the last digit"),
        ("Acme rose 4%.", "rose 4%", 4.0, 0.5, 0.5, "no decimals"),
        ("Acme fell 19.80%.", "fell 19.80%", -19.8, 0.005, 0.005, "a written zero counts"),
        ("Acme rose about 4.5%.", "rose about 4.5%", 4.5, 0.5, 0.5, "a tenth to either side"),
        ("Acme rose about 4.5%.", "4.5%", 4.5, 0.5, 0.5, "the word before the quoted stretch"),
        ("Acme rose nearly 4.5%.", "nearly 4.5%", 4.5, 0.5, 0.05, "less, not more"),
        ("Acme rose more than 4%.", "more than 4%", 4.0, 0.5, 1.5, "more, not less"),
        ("Acme moved less than 4%.", "less than 4%", 4.0, 4.5, 0.5, "anything smaller"),
        (
            "Over the year Acme had a gain of 4%.",
            "gain of 4%",
            4.0,
            0.5,
            0.5,
            "a word that is not about the figure",
        ),
        ("Acme has doubled.", "doubled", 100.0, 10.0, 10.0, "a tenth of a figure in words"),
        ("Acme gained 1,200%.", "1,200%", 1200.0, 0.5, 0.5, "thousands"),
    ],
)
def test_wording(text, figure, pct, below, above, why):
    allowance = allowance_of(*stated(text, figure, pct))
    assert allowance.below == pytest.approx(below), why
    assert allowance.above == pytest.approx(above), why


def test_a_flag_for_approximate_counts_like_the_word():
    move, text = stated("Each is up 4%.", "up 4%", 4.0, approx=True)
    assert allowance_of(move, text).widest == pytest.approx(0.9)


def test_ranges_hold_both_ends():
    move, text = stated("Acme moved less than 0.5%.", "less than 0.5%", 0.0, approx=True, range=(-0.5, 0.5))
    allowance = allowance_of(move, text)
    assert allowance.holds(stated=0.0, computed=0.4)
    assert allowance.holds(stated=0.0, computed=-0.5)
    assert not allowance.holds(stated=0.0, computed=0.7)


def test_sizes_count_along_the_sign():
    allowance = allowance_of(*stated("Acme fell more than 4%.", "more than 4%", -4.0))
    assert allowance.holds(stated=-4.0, computed=-5.2)
    assert not allowance.holds(stated=-4.0, computed=-3.2)


def test_stand_ins_and_dividends_widen():
    assert slack_of("own", 5) < slack_of("near", 5) < slack_of("proxy", 5)
    assert dividend_slack(2) == 2 * dividend_slack(1)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("since its all-time high of June", {"from_high"}),
        ("off its low", {"from_low"}),
        ("opened 2% higher", {"to_open"}),
        ("a total return of 16%", {"total"}),
        ("high hopes this week", set()),
    ],
)
def test_readings(text, found):
    assert readings(text) == found
