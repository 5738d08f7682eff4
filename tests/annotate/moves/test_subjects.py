"""Whom a percentage is about where the sentence makes it hard, and where nobody is."""

from __future__ import annotations

import pytest

from nlp_rotation.annotate.components import STEPS
from nlp_rotation.types import Reading


def moves_of(text: str) -> list[tuple[str, float]]:
    reading = Reading(text=text)
    for name in ("rotation_sentences", "rotation_tickers", "rotation_speakers", "rotation_moves"):
        reading = STEPS[name](reading)
    return [(move.subject, move.pct) for move in reading.moves]


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("Apple rose 1%. In Oslo, Brannvik Marine shares fell 7%.", [("AAPL", 1.0)], "a stranger"),
        ("Apple rose 1%. Brannvik's share price fell 7%.", [("AAPL", 1.0)], "a stranger's price"),
        ("The Dow rose 1%. Dairy prices fell 7%.", [("^DJI", 1.0)], "prices of something else"),
        ("The dollar rose 0.2% against the yen.", [("fx:USDJPY", 0.2)], "a pair"),
        (
            "The dollar rose 0.2% and 0.7% against the pound and the euro.",
            [("fx:USDGBP", 0.2), ("fx:USDEUR", 0.7)],
            "two pairs",
        ),
        ("The Australian dollar fell 0.1%.", [("fx:AUDUSD", -0.1)], "a currency named by its country"),
        ("Copper futures are down 8%.", [("commodity:copper", -8.0)], "futures of the name before"),
        (
            "The Nasdaq and the S&P 500 were 3% and 2% lower.",
            [("^IXIC", -3.0), ("^GSPC", -2.0)],
            "shared sign",
        ),
        ("The Nasdaq pulled away 5.4% above its 50-day average.", [], "a distance"),
        ("Apple fell in 83% higher volume.", [], "volume"),
        ("The Dow closed higher 78% of the time.", [], "a frequency"),
        ("Apple booked a rise of $58 million, or 17 percent.", [], "a sum"),
        ("Apple has given up 34%.", [("AAPL", -34.0)], "given up is lost"),
        ("Apple says earnings will recover in 2027, when it should rise 5%.", [], "a figure named before"),
        ("Egg costs hit food prices, which rose 43%.", [], "a relative clause on another price"),
        ("Weak chips helped push the Nasdaq down 1%.", [("^IXIC", -1.0)], "what is pushed is what moves"),
        ("The Nasdaq took back 1.6%.", [("^IXIC", 1.6)], "a verb with its particle"),
    ],
)
def test_subject(text: str, expected: list[tuple[str, float]], reason: str):
    assert moves_of(text) == expected, reason
