"""One chart from a store and prices: which session, which side, which words, what is missing."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

import nlp_rotation
from nlp_rotation.present.charts.build import USUAL_SESSIONS, chart
from nlp_rotation.present.charts.model import RELATIONS, side_name
from nlp_rotation.present.charts.quotes import LONGEST_PARAGRAPH, paragraph_around
from nlp_rotation.present.charts.stories import side_signs
from nlp_rotation.present.charts.telling import clusters

JULY = {"since": dt.date(2024, 7, 1), "until": dt.date(2024, 7, 31)}


@pytest.fixture(scope="module")
def july(stored, prices):
    return chart("IWM/SPY", store=stored, prices=prices, **JULY)


def told(shown):
    drivers = shown.drivers
    return {
        shown.categories[category]: (shown.sessions[session], int(lean), bool(about))
        for session, category, lean, about in zip(
            drivers.session, drivers.category, drivers.lean, drivers.about, strict=True
        )
    }


def test_every_driver_has_the_session_that_its_article_tells_of_and_the_side_it_speaks_for(july):
    assert told(july) == {
        "macro.inflation": ("2024-07-11", 1, True),
        "monetary.rate_cut": ("2024-07-11", 1, True),
        "trade.tariffs": ("2024-07-17", -1, True),
        "politics.election": ("2024-07-19", 1, True),  # Saturday tells of Friday
        "company.results": ("2024-07-24", 0, True),  # what has ended speaks for nobody any more
        "theme.ai": ("2024-07-24", 0, False),
    }


def test_the_axis_holds_every_session_of_the_days_asked_for(july):
    assert (july.sessions[0], july.sessions[-1], len(july.sessions)) == ("2024-07-01", "2024-07-31", 22)
    assert "2024-07-04" not in july.sessions


def test_lines_stand_in_step_with_the_sessions(july):
    relative, over, under = july.lines
    assert [line.unit for line in july.lines] == ["relative", "change", "change"]
    assert all(len(line.values) == len(july.sessions) for line in july.lines)
    assert (relative.values[0], over.values[0], under.values[0]) == (0, 0, 0)
    last = [(line.values[-1] or 0) / 100 for line in july.lines]
    assert (1 + last[1]) / (1 + last[2]) - 1 == pytest.approx(last[0], abs=1e-5)


def test_words_stand_in_their_paragraph(july):
    words = {quote.category: quote for quote in july.quotes}
    cut = words["monetary.rate_cut"]
    assert cut.words == "a rate cut"
    assert cut.paragraph.startswith("Money left")
    assert (cut.speaker, cut.firm, cut.hedged) == ("Ida Moss", "Quill", True)
    assert words["theme.ai"].url is None, "no browser follows javascript:"
    assert words["trade.tariffs"].published == "2024-07-17"


def test_claims_about_the_sides_are_checked(july):
    move, turn = july.claims
    assert (move.kind, move.subject, move.verdict) == ("move", "^RUT", "confirmed")
    assert (turn.kind, turn.subject) == ("rotation", "group:mega_cap_tech → group:small_caps")
    assert july.sessions[move.session] == "2024-07-11"


def test_the_graph_shows_the_side_and_the_sectors_but_not_the_market(july):
    symbols = [tail.symbol for tail in july.tails]
    assert symbols[0] == "IWM"
    assert "XLK" in symbols
    assert "SPY" not in symbols
    assert all(tail.points[-1].session == dt.date(2024, 7, 31) for tail in july.tails)


def test_undated_drivers_are_counted(stored, prices):
    shown = chart("IWM/SPY", store=stored, prices=prices)
    assert shown.undated == 1
    assert "macro.labor" not in told(shown)


def test_as_of_shows_what_was_knowable(stored, prices):
    shown = chart("IWM/SPY", store=stored, as_of=dt.datetime(2024, 7, 12, tzinfo=dt.UTC))
    assert set(told(shown)) == {"macro.inflation", "monetary.rate_cut"}


def test_without_prices_the_lanes_remain(stored):
    shown = chart("IWM/SPY", store=stored)
    assert (shown.lines, shown.tails, shown.claims) == ((), (), ())
    assert len(shown.drivers) == 6


def test_without_a_store_the_line_remains(prices):
    shown = chart("IWM/SPY", prices=prices)
    assert len(shown.sessions) == USUAL_SESSIONS
    assert len(shown.drivers) == 0
    assert clusters(shown) == ()


def test_without_anything_there_is_an_empty_chart():
    shown = chart("IWM/SPY")
    assert (shown.sessions, shown.lines, len(shown.drivers)) == ((), (), 0)


def test_one_series_is_drawn_as_it_is_quoted(stored, prices):
    shown = chart("IWM", store=stored, prices=prices, **JULY)
    assert [line.unit for line in shown.lines] == ["price"]
    assert shown.title == "IWM"


def test_a_side_without_prices_is_told(stored, prices):
    shown = chart("ZZZZ/SPY", store=stored, prices=prices, **JULY)
    assert [line.name for line in shown.lines] == ["SPY"]
    assert "ZZZZ" in shown.notes[0]


def test_the_most_telling_session_comes_first(july):
    found = clusters(july)
    assert july.sessions[found[0].session] == "2024-07-11"
    assert (found[0].category, found[0].total, found[0].lean) == ("macro.inflation", 2, 1)
    assert [one.weight for one in found] == sorted((one.weight for one in found), reverse=True)


def test_columns_are_sorted_and_in_step(july):
    columns = [getattr(july.drivers, name) for name in july.drivers.__dataclass_fields__]
    assert {len(column) for column in columns} == {6}
    assert (np.diff(july.drivers.session) >= 0).all()
    assert july.drivers.relation.max() < len(RELATIONS)


def test_the_market_as_a_whole_speaks_for_no_side():
    assert "country:US" not in side_signs("IWM", "SPY")
    assert side_signs("SPY", "")["country:US"] == 1


@pytest.mark.parametrize(
    ("side", "name"),
    [("group:small_caps", "small caps"), ("IWM", "IWM"), ("basket.faang", "faang"), ("MSCI:EM", "MSCI:EM")],
)
def test_sides_have_names(side, name):
    assert side_name(side) == name


def test_a_long_paragraph_is_cut_around_the_quote():
    text = "word " * 1000 + "the cause " + "word " * 1000
    start = text.index("the cause")
    paragraph, first, last = paragraph_around(text, start, start + 9)
    assert paragraph[first:last] == "the cause"
    assert len(paragraph) <= LONGEST_PARAGRAPH


def test_the_package_offers_it():
    assert nlp_rotation.chart is chart
