"""Which cause weighs most: the title, whom the article is about, words that call a cause the main one."""

from __future__ import annotations

import pytest

from nlp_rotation.annotate.drivers.emphasis import Emphasis, ranked
from nlp_rotation.annotate.drivers.lexicon import lexicon
from nlp_rotation.annotate.drivers.scan import Scan
from nlp_rotation.annotate.drivers.scene import Scene
from nlp_rotation.taxonomy import builtin_taxonomy
from nlp_rotation.types import Driver, Effect, Mention, Move, Reading

MARKET = Emphasis(heroes=frozenset({"country:US"}), of_market=True, way="down")


def driver(start, category, on, direction="down", **more):
    effects = (Effect(on=on, direction=direction),)
    return Driver(start=start, end=start + 9, text="a" * 9, category=category, effects=effects, **more)


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        (
            driver(0, "macro.labor", "MPL"),
            driver(50, "macro.yields", "^GSPC"),
            "an index stands for the market",
        ),
        (driver(0, "macro.labor", "^DJI", "up"), driver(50, "macro.yields", "^DJI"), "the market fell"),
        (
            driver(0, "positioning.technical", "^DJI"),
            driver(50, "macro.yields", "^DJI"),
            "news explains more than trading does",
        ),
        (
            driver(0, "macro.labor", "^DJI", relation="predicts"),
            driver(50, "macro.yields", "^DJI"),
            "what has happened outdoes what may",
        ),
        (
            driver(0, "macro.labor", "^DJI", confidence=0.3),
            driver(50, "macro.yields", "^DJI", confidence=0.9),
            "a sure cause outdoes a faint one",
        ),
    ],
)
def test_the_second_weighs_more(first, second, reason):
    assert [d.rank for d in ranked([first, second], frozenset(), MARKET)] == [2, 1], reason


def test_order_of_mention_decides_between_equals():
    found = ranked([driver(at, "macro.yields", "^DJI") for at in (0, 50, 90)], frozenset(), MARKET)
    assert [d.rank for d in found] == [1, 2, 3]


def test_what_the_text_calls_the_main_cause_comes_first():
    text = "Shares fell on oil." + " " * 80 + "Mainly, though, on rates."
    emphasis = Emphasis(text=text, heroes=frozenset({"country:US"}), of_market=True)
    oil = driver(text.find("oil"), "commodities.oil", "^DJI")
    rates = driver(text.find("rates"), "monetary.rate_hike", "^DJI")
    assert [d.rank for d in ranked([oil, rates], frozenset(), emphasis)] == [2, 1]


def emphasis_of(title, body="", *, mentions=(), moves=()):
    text = f"{title}\n\n{body}"
    reading = Reading(text=text, title_end=len(title), mentions=mentions, moves=moves)
    return Emphasis.of(Scene.of(reading, Scan.of(text, lexicon(builtin_taxonomy()))))


def maple():
    return Mention(start=0, end=5, text="Maple", symbol="MPL", kind="equity", rule="test", confidence=1.0)


def test_a_title_on_the_market_makes_it_the_hero():
    found = emphasis_of("Stocks slump as Maple sinks", mentions=(maple(),))
    assert found.of_market
    assert found.heroes == {"country:US"}


def test_a_title_on_a_firm_makes_it_the_hero():
    found = emphasis_of("Maple names a chief", mentions=(maple(),))
    assert (found.heroes, found.of_market) == ({"MPL"}, False)


def test_the_moves_of_indices_tell_the_way():
    move = Move(start=30, end=32, text="2%", subject="^DJI", subject_start=25, subject_end=28, pct=-2.0)
    assert emphasis_of("Stocks gained early", "and the Dow lost 2% by the bell", moves=(move,)).way == "down"
