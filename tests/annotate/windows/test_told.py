"""Which day a text tells of, and what one statement leaves for the next."""

from __future__ import annotations

import datetime as dt

import pytest

from nlp_rotation.annotate.sentences import find_sentences
from nlp_rotation.annotate.windows.told import edition_of
from nlp_rotation.annotate.windows.windows import resolve_windows
from nlp_rotation.types import Move, Publication, Reading


def reading_of(text: str, published: str | None, subject: str = "AAPL") -> Reading:
    """A reading whose moves are the stretches of ``text`` in square brackets."""
    plain, moves = "", []
    for index, part in enumerate(text.replace("]", "[").split("[")):
        start = len(plain)
        plain += part
        if index % 2:
            moves.append(
                Move(
                    start=start,
                    end=len(plain),
                    text=part,
                    subject=subject,
                    subject_start=0,
                    subject_end=1,
                    pct=1.0,
                )
            )
    day = dt.date.fromisoformat(published) if published else None
    return Reading(
        text=plain,
        published=Publication(date=day),
        sentences=find_sentences(plain),
        moves=tuple(moves),
    )


@pytest.mark.parametrize(
    ("text", "published", "told", "reason"),
    [
        ("Stocks fell.", "2024-07-17", "2024-07-17", "nothing else is said"),
        ("Stocks fell on Tuesday.", "2024-07-17", "2024-07-16", "posted on the next morning"),
        ("Stocks ended Wednesday lower.", "2024-07-16", "2024-07-17", "stamped on the evening before"),
        ("Stocks fell before data due Wednesday.", "2024-07-16", "2024-07-16", "that day is to come"),
        ("Oil was flat as of 4 p.m. New York time.", "2024-07-14", "2024-07-15", "no closing on a Sunday"),
        ("Posted 2024.07.22 06:44. Shares were mixed.", "2024-07-22", "2024-07-21", "before the open"),
        (
            "A Monday memo helped. It fell in a Tuesday selloff.",
            "2024-07-16",
            "2024-07-16",
            "a session's name",
        ),
        (
            "Shares slid to kick off the week. The index fell 2%, after closing higher on Friday.",
            "2024-07-15",
            "2024-07-15",
            "the week that opens",
        ),
        (
            "The index fell 2%, after closing higher on Monday.",
            "2024-07-16",
            "2024-07-16",
            "the day before is a backdrop",
        ),
    ],
)
def test_the_day_told_is_that_of_the_words(text: str, published: str, told: str, reason: str):
    edition = edition_of(reading_of(text, published))
    assert edition is not None
    assert str(edition.told) == told, reason


@pytest.mark.parametrize(
    ("text", "published", "expected", "reason"),
    [
        (
            "One is [down 6%] this week. Two is also [down 9%]. Three, (after a Tuesday slump) is [down 1%].",
            "2024-07-17",
            ["2024-07-12..2024-07-17"] * 3,
            "states go on with the window",
        ),
        (
            "One is [down 6%] this week (it is [up 8%] this year). Two has [lost 9%].",
            "2024-07-17",
            ["2024-07-12..2024-07-17", "2023-12-29..2024-07-16", "2024-07-12..2024-07-17"],
            "an aside leaves nothing",
        ),
        ("From 06/1824 to 07/02/24 it [rose 3%].", None, ["2024-06-18..2024-07-02"], "dates of their own"),
        ("It [rose 3%] on July 2, 2024.", None, ["2024-07-01..2024-07-02"], "a day of its own"),
        ("It [rose 3%] since 07/02/24.", None, ["2024-07-02..None"], "the end is not known"),
        ("It has [risen 3%] this year.", "2024-07-04", ["2023-12-29..None"], "the market was closed"),
    ],
)
def test_windows_of_runs_and_of_texts_without_a_date(
    text: str, published: str | None, expected: list[str], reason: str
):
    windows = [move.window for move in resolve_windows(reading_of(text, published))]
    assert [f"{w.start}..{w.end}" if w else "none" for w in windows] == expected, reason


@pytest.mark.parametrize(
    ("subject", "end", "reason"),
    [
        ("^GSPC", "2024-07-16", "New York has closed, the morning is Asia's"),
        ("^N225", "2024-07-17", "Tokyo trades"),
        ("commodity:gold", "2024-07-16", "overnight, seen from Asia"),
    ],
)
def test_a_report_from_an_asian_morning(subject: str, end: str, reason: str):
    text = "TOKYO (Agency) - Asian shares rose early on Wednesday. It [gained 2 percent] overnight."
    plain = text.replace("[", "").replace("]", "")
    at = text.index("[")
    move = Move(
        start=at,
        end=at + 16,
        text="gained 2 percent",
        subject=subject,
        subject_start=0,
        subject_end=1,
        pct=2.0,
    )
    reading = Reading(
        text=plain,
        published=Publication(date=dt.date(2024, 7, 17)),
        sentences=find_sentences(plain),
        moves=(move,),
    )
    window = resolve_windows(reading)[0].window
    assert window is not None
    assert str(window.end) == end, reason
