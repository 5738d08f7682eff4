"""Changes told without a percent sign, moves against another, moves without direction, rests of a set."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nlp_rotation.annotate.moves.moves import find_moves
from nlp_rotation.annotate.names.mentions import find_mentions
from nlp_rotation.annotate.sentences import find_sentences
from nlp_rotation.types import Reading


def moves_of(text):
    reading = replace(Reading(text=text), sentences=find_sentences(text))
    return find_moves(replace(reading, mentions=find_mentions(reading)))


ROWS = [
    # The perfect tense of a multiple is a move.
    ("Shares of Tesla have doubled this year.", [("TSLA", 100.0)]),
    ("Nvidia stock tripled in 2023.", [("NVDA", 200.0)]),
    ("Tesla stock has nearly halved since March.", [("TSLA", -50.0)]),
    # A multiple with an object of its own moves that object.
    ("Apple doubled its dividend.", []),
    ("Tesla doubled down on China.", []),
    # What doubles may be no price.
    ("Apple's profits doubled, and its sales tripled.", []),
    # Fractions take their sign from the verb.
    ("Peloton has lost two-thirds of its value.", [("PTON", -66.7)]),
    ("Zoom shares fell by half.", [("ZM", -50.0)]),
    ("Rivian has shed half its market value.", [("RIVN", -50.0)]),
    # A fraction of a move, or of a day's range, is no fraction of the thing.
    ("Copper finished the session in the lower half of that span.", []),
    ("Gold has won back over half of what it lost in March.", []),
    # A fraction of something else is none.
    ("Half of Apple's suppliers are in Asia.", []),
    # A return without a subject of its own belongs to the index of the talk.
    (
        "The S&P 500 rose 1% on Friday. Six names have made 55% of the total return of 16%.",
        [("^GSPC", 1.0), ("^GSPC", 16.0)],
    ),
    # The rest of a set is a group of its own.
    ("Nvidia fell 13%. Other stocks have fallen by around 7%.", [("NVDA", -13.0), ("group:other", -7.0)]),
    # A preposition that governs a number leaves the name free.
    ("In 2023 Nvidia gained an incredible 84%.", [("NVDA", 84.0)]),
    # A code that the article defined stands for its index.
    ("The Russell 2000 (RUT) led. Since June RUT has risen 12%.", [("^RUT", 12.0)]),
]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_rows(text, expected):
    assert [(move.subject, move.pct) for move in moves_of(text)] == expected


@pytest.mark.parametrize(
    ("text", "subject", "pct", "benchmark"),
    [
        ("Tesla beat the S&P 500 by 3 percentage points.", "TSLA", 3.0, "^GSPC"),
        (
            "Small caps lagged the S&P 500 by 2 percentage points last month.",
            "group:small_caps",
            -2.0,
            "^GSPC",
        ),
        ("The Russell 2000 has outperformed the Nasdaq 100 by 11%.", "^RUT", 11.0, "^NDX"),
    ],
)
def test_a_move_against_another_names_it(text, subject, pct, benchmark):
    (move,) = moves_of(text)
    assert (move.subject, move.pct, move.relative_to) == (subject, pct, benchmark)


def test_a_move_without_direction_is_a_range_around_nought():
    (move,) = moves_of("Since Monday the Nasdaq has moved less than 0.5%.")
    assert (move.subject, move.pct, move.range, move.approx) == ("^IXIC", 0.0, (-0.5, 0.5), True)
