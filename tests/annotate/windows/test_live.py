"""A window of many days ends with the last close that the text can know."""

from __future__ import annotations

import datetime as dt

import pytest

from nlp_rotation.annotate.sentences import find_sentences
from nlp_rotation.annotate.windows.windows import resolve_windows
from nlp_rotation.types import Move, Publication, Reading

#: A Wednesday.
DAY = dt.date(2024, 7, 17)


def ends_of(text: str) -> list[str]:
    """Start and end of every move: each stretch in square brackets is one."""
    plain, moves = "", []
    for at, part in enumerate(text.replace("]", "[").split("[")):
        if at % 2:
            moves.append((len(plain), part))
        plain += part
    found = tuple(
        Move(
            start=start,
            end=start + len(part),
            text=part,
            subject="AAPL",
            subject_start=0,
            subject_end=1,
            pct=1.0,
        )
        for start, part in moves
    )
    reading = Reading(
        text=plain, published=Publication(date=DAY), sentences=find_sentences(plain), moves=found
    )
    windows = [move.window for move in resolve_windows(reading)]
    return [f"{window.start}..{window.end}" if window else "none" for window in windows]


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("Profit grew. The shares are [up 3%] this year.", "2023-12-29..2024-07-16", "the close before"),
        ("They [fell 1%] on Wednesday. They are [up 3%] this year.", "2023-12-29..2024-07-17", "its own day"),
        ("One [fell 1%]. Two [rose 2%]. Both are [up 3%] this year.", "2023-12-29..2024-07-17", "a report"),
        ("Shares are [up 3%] in the past week.", "2024-07-09..2024-07-16", "seven days"),
        ("Shares are [up 3%] over the last month.", "2024-06-17..2024-07-16", "a month of the day itself"),
        ("Shares are [up 3%] from a day earlier.", "2024-07-16..2024-07-17", "not that of the day earlier"),
        ("Shares [doubled] since 2011.", "None..2024-07-16", "a year whose day of start is not told"),
        ("Shares [fell 9%] from March 2022 levels.", "None..2024-07-16", "levels without a day"),
        ("It [fell 35%] during the housing crash.", "None..None", "a time without dates"),
        ("It [fell 9%] in the week of July 1, 2024.", "2024-06-28..2024-07-05", "the week of a day"),
        (
            "It turned on July 9, when it [rose 1%].",
            "2024-07-08..2024-07-09",
            "the day of a clause with when",
        ),
    ],
)
def test_the_last_window(text: str, expected: str, reason: str):
    assert ends_of(text)[-1] == expected, reason
