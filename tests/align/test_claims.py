"""Stated moves against prices: invented cases for each verdict, and the real ones that people remember."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from nlp_rotation.align.claims import accuracy_by_source, check_move, check_moves
from nlp_rotation.align.sessions import exchange
from nlp_rotation.types import Article, Publication, Record, Window

#: Sessions of one July week and the next; AAA goes 100, 102, 104, 103, 105, 110 and so on.
DAYS = exchange().between(dt.date(2024, 7, 8), dt.date(2024, 7, 19))
CLOSES = pd.DataFrame(
    {"AAA": [100, 102, 104, 103, 105, 110, 111, 108, 107, 107.0], "BBB": np.linspace(50, 59, 10)}, index=DAYS
)


def checked(move, prices, text="Some text."):
    return check_move(move, prices, article_id="a", place=0, text=text)


@pytest.mark.parametrize(
    ("text", "pct", "start", "end", "verdict", "computed"),
    [
        ("up 2%", 2.0, "2024-07-08", "2024-07-09", "confirmed", 2.0),
        ("up 2.1%", 2.1, "2024-07-08", "2024-07-09", "direction only", 2.0),
        ("down 2%", -2.0, "2024-07-08", "2024-07-09", "contradicted", 2.0),
        ("up 5%", 5.0, "2024-07-08", "2024-07-12", "confirmed", 5.0),
        ("up 5%", 5.0, "2024-07-07", "2024-07-14", "cannot tell", None),
        ("up 5%", 5.0, "2024-07-08", "2024-07-14", "confirmed", 5.0),
        ("up 5%", 5.0, None, "2024-07-12", "cannot tell", None),
        ("up 5%", 5.0, "2024-07-12", "2024-07-12", "cannot tell", None),
        ("up 5%", 5.0, "2024-07-12", "2024-08-12", "cannot tell", None),
    ],
)
def test_verdicts(made, move, text, pct, start, end, verdict, computed):
    claim = checked(move(text, pct, start, end), made(CLOSES))
    assert claim.verdict == verdict, claim.reason
    assert claim.computed == computed or claim.computed == pytest.approx(computed)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"window": None}, "the text fixes no window"),
        ({"subject": "ZZZ"}, "no prices of ZZZ"),
        ({"subject": "group:other"}, "the members of the set are not known"),
        ({"subject": "cash"}, "cash has no price"),
        ({"subject": "sector:unheard_of"}, "no price stands in for sector:unheard_of"),
    ],
)
def test_why_it_cannot_be_told(made, move, change, says):
    from dataclasses import replace

    claim = checked(replace(move("up 2%", 2.0, "2024-07-08", "2024-07-09"), **change), made(CLOSES))
    assert (claim.verdict, claim.reason, claim.computed) == ("cannot tell", says, None)


def test_a_hole_is_no_price(made, move):
    claim = checked(move("up 4%", 4.0, "2024-07-08", "2024-07-10"), made(CLOSES.drop(DAYS[2])))
    assert claim.reason == "the prices of AAA have no bar on 2024-07-10"


def test_beyond_the_calendar_only_a_bar_on_the_very_day_counts(made, move):
    """Bombay's holidays are known to the end of 2026."""
    days = pd.DatetimeIndex(["2027-03-03", "2027-03-04"])
    prices = made(pd.DataFrame({"AAA.NS": [100.0, 102.0]}, index=days))
    claim = checked(move("up 2%", 2.0, "2027-03-03", "2027-03-04", subject="AAA.NS"), prices)
    assert claim.verdict == "confirmed"
    claim = checked(move("up 2%", 2.0, "2027-03-03", "2027-03-07", subject="AAA.NS"), prices)
    assert claim.verdict == "cannot tell", "the Sunday may stand for Friday, or for a Thursday before a feast"


def test_nearest_window_that_would_confirm(made, move):
    claim = checked(move("up 2%", 2.0, "2024-07-09", "2024-07-10"), made(CLOSES))
    assert claim.verdict == "confirmed"
    claim = checked(move("up 4.8%", 4.8, "2024-07-11", "2024-07-12"), made(CLOSES))
    assert claim.verdict == "direction only"
    assert claim.nearest == Window(text=None, start=dt.date(2024, 7, 12), end=dt.date(2024, 7, 15))


def test_other_readings_where_the_text_gives_them(made, move):
    prices = made(CLOSES)
    low = move("as much as 3%", 3.0, "2024-07-08", "2024-07-09", intraday=True)
    assert checked(low, prices).verdict == "confirmed", "the high is 1 % above the close of +2 %"
    off = move("off 8.5%", -8.5, "2024-07-16", "2024-07-19", window_text="from its high of Tuesday")
    claim = checked(off, prices)
    assert claim.computed == pytest.approx((107 / (111 * 1.01) - 1) * 100, abs=1e-4)
    assert "from the high of the first day" in claim.reason
    assert "close to close" in claim.reason


def test_relative_moves(made, move):
    beat = move("beat by 0 points", 0.0, "2024-07-08", "2024-07-09", relative_to="BBB")
    assert checked(beat, made(CLOSES)).computed == pytest.approx(0.0, abs=1e-9)


def test_open_end_says_where_it_was_true(made, move):
    since = move("up 11%", 11.0, "2024-07-08", None)
    assert checked(since, made(CLOSES)).reason.endswith("+11 % is true at the close of 2024-07-16")
    never = move("up 50.00%", 50.0, "2024-07-08", None)
    assert "true at no close of the 9 sessions after 2024-07-08" in checked(never, made(CLOSES)).reason


def test_proxies_stand_in_with_a_wider_tolerance(made, move):
    prices = made(CLOSES.rename(columns={"AAA": "IWM"}))
    claim = checked(move("up 2.3%", 2.3, "2024-07-08", "2024-07-09", subject="group:small_caps"), prices)
    assert (claim.verdict, claim.priced_by) == ("confirmed", "IWM")
    assert "by IWM" in claim.reason


def test_forecasts_are_no_claims(made, move):
    moves = tuple(
        move("up 2%", 2.0, "2024-07-08", "2024-07-09", status=one) for one in ("reported", "forecast")
    )
    article = Article(id="a", source_path=None, published=Publication(), text="Some text.")
    assert [claim.move for claim in check_moves(Record(article=article, moves=moves), made(CLOSES))] == [0]


def test_accuracy_by_source():
    claims = pd.DataFrame(
        [("A", "confirmed"), ("A", "contradicted"), ("A", "cannot tell"), ("B", "cannot tell")],
        columns=["source", "verdict"],
    )
    table = accuracy_by_source(claims)
    assert table.loc["A", "confirmed share"] == 0.5
    assert table.loc["A", "claims"] == 3
    assert np.isnan(table.loc["B", "confirmed share"])


@pytest.mark.shared
@pytest.mark.parametrize(
    ("subject", "text", "pct", "start", "end", "verdict", "computed"),
    [
        ("AMZN", "about 4.5%", 4.5, "2020-12-24", "2020-12-29", "confirmed", 4.71),
        ("FUBO", "16%", -16.0, "2020-12-24", "2020-12-29", "direction only", -12.31),
        ("^RUT", "3.57%", 3.57, "2024-07-10", "2024-07-11", "confirmed", 3.57),
        ("^NDX", "2.24%", -2.24, "2024-07-10", "2024-07-11", "confirmed", -2.24),
    ],
)
def test_real_cases(real, move, subject, text, pct, start, end, verdict, computed):
    claim = checked(move(text, pct, start, end, subject=subject), real)
    assert claim.verdict == verdict, claim.reason
    assert claim.computed == pytest.approx(computed, abs=0.005)


@pytest.mark.shared
def test_a_figure_that_was_true_at_no_close(real, move):
    since = move(
        "declined 19.80%", -19.8, "2024-06-20", None, subject="NVDA", window_text="since the all-time high"
    )
    assert "true at no close" in checked(since, real).reason


@pytest.mark.shared
def test_the_hole_and_the_passed_on_symbol_are_told(real, move):
    hole = checked(move("up 5%", 5.0, "2025-07-07", "2025-08-01", subject="FUBO"), real)
    assert hole.reason == "the prices of FUBO have no bar on 2025-08-01"
    facebook = checked(move("up 5%", 5.0, "2025-06-30", "2025-07-01", subject="META"), real)
    assert facebook.priced_by == "META"
