"""Windows: the phrase, the day of publication and the exchange together give two sessions."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp_rotation.annotate.sentences import find_sentences
from nlp_rotation.annotate.windows.expressions import find_expressions
from nlp_rotation.annotate.windows.windows import resolve_windows
from nlp_rotation.types import Move, MoveStatus, Publication, Reading, Window

#: A Wednesday; the Thursday of two weeks before was a holiday, the Wednesday before it a half day.
DAY = "2024-07-17"


def windows_of(
    text: str, published: str | None = DAY, subject: str = "AAPL", status: MoveStatus = "reported"
) -> list[Window | None]:
    """The windows of the marked moves: each stretch in square brackets is one."""
    plain, parts = "", []
    for part in text.replace("]", "[").split("["):
        parts.append((len(plain), part))
        plain += part
    found = tuple(
        Move(
            start=start,
            end=start + len(part),
            text=part,
            subject=subject,
            subject_start=0,
            subject_end=1,
            pct=1.0,
            status=status,
        )
        for start, part in parts[1::2]
    )
    day = dt.date.fromisoformat(published) if published else None
    reading = Reading(
        text=plain, published=Publication(date=day), sentences=find_sentences(plain), moves=found
    )
    return [move.window for move in resolve_windows(reading)]


def days(window: Window | None) -> str:
    return f"{window.start}..{window.end}" if window else "none"


PHRASES = [
    ("It [rose 1%].", DAY, "2024-07-16..2024-07-17", "no phrase: the session of publication"),
    ("It [rose 1%] today.", DAY, "2024-07-16..2024-07-17", "today"),
    ("It [rose 1%] on Wednesday.", DAY, "2024-07-16..2024-07-17", "the day itself"),
    ("It [rose 1%] on Monday.", DAY, "2024-07-12..2024-07-15", "start is the Friday before"),
    ("It [rose 1%] Tuesday.", DAY, "2024-07-15..2024-07-16", "weekday without on"),
    ("It [rose 1%] on Thursday.", DAY, "2024-07-17..2024-07-18", "stamped on the evening before"),
    ("[Monday's 1% rise] counted.", DAY, "2024-07-12..2024-07-15", "possessive inside the move"),
    ("Monday's [1% rise] counted.", DAY, "2024-07-12..2024-07-15", "possessive before the move"),
    ("On Monday, it [rose 1%].", DAY, "2024-07-12..2024-07-15", "at the head"),
    ("It [rose 1%] yesterday.", DAY, "2024-07-15..2024-07-16", "yesterday"),
    ("It [rose 1%] this week.", DAY, "2024-07-12..2024-07-17", "from last week's close"),
    ("It [rose 1%] for the week.", "2024-07-19", "2024-07-12..2024-07-19", "the week of a Friday"),
    ("It [rose 1%] for the week.", "2024-07-20", "2024-07-12..2024-07-19", "the same on Saturday"),
    ("It made a weekly [gain of 1%].", "2024-07-19", "2024-07-12..2024-07-19", "attribute"),
    ("It [rose 1%] last week.", DAY, "2024-07-05..2024-07-12", "whole week before"),
    (
        "It [rose 1%] last week.",
        "2024-07-14",
        "2024-07-05..2024-07-12",
        "a Sunday's last week has just ended",
    ),
    ("It [rose 1%] this month.", DAY, "2024-06-28..2024-07-16", "month to date"),
    ("It [rose 1%] for the month.", DAY, "2024-06-28..2024-07-16", "month to date"),
    ("It [rose 1%] last month.", DAY, "2024-05-31..2024-06-28", "whole month before"),
    ("It [rose 1%] in June.", DAY, "2024-05-31..2024-06-28", "named month"),
    ("It [rose 1%] in July.", DAY, "2024-06-28..2024-07-17", "the current month so far"),
    ("It [rose 1%] in December.", DAY, "2023-11-30..2023-12-29", "the latest December"),
    ("It [rose 1%] in October 2022.", DAY, "2022-09-30..2022-10-31", "month with a year"),
    ("It [rose 1%] this quarter.", DAY, "2024-06-28..2024-07-16", "quarter to date"),
    (
        "It [rose 1%] last quarter.",
        DAY,
        "2024-03-28..2024-06-28",
        "whole quarter; Good Friday closed the markets",
    ),
    ("It [rose 1%] in the first quarter.", DAY, "2023-12-29..2024-03-28", "numbered quarter"),
    ("It [rose 1%] in the final quarter of 2023.", DAY, "2023-09-29..2023-12-29", "quarter with a year"),
    ("It [rose 1%] this year.", DAY, "2023-12-29..2024-07-16", "year to date"),
    ("It [rose 1%] year to date.", DAY, "2023-12-29..2024-07-16", "year to date"),
    ("It [rose 1%] year-to-date.", DAY, "2023-12-29..2024-07-16", "with hyphens"),
    ("It [rose 1%] so far in 2024.", DAY, "2023-12-29..2024-07-17", "the current year by number"),
    ("It [rose 1%] since the start of the year.", DAY, "2023-12-29..2024-07-16", "since the start"),
    ("It [rose 1%] since January 1.", DAY, "2023-12-29..2024-07-16", "no session on that day"),
    ("It [rose 1%] in 2022.", DAY, "2021-12-31..2022-12-30", "whole year"),
    ("It [rose 1%] last year.", DAY, "2022-12-30..2023-12-29", "whole year before"),
    ("It [rose 1%] over the past year.", DAY, "2023-07-17..2024-07-16", "twelve months back"),
    ("It [rose 1%] in the past 12 months.", DAY, "2023-07-17..2024-07-16", "twelve months back"),
    ("It [rose 1%] in the past 7 days.", DAY, "2024-07-08..2024-07-17", "seven sessions"),
    ("It [rose 1%] over the last five sessions.", DAY, "2024-07-10..2024-07-17", "spelled number"),
    ("It [rose 1%] in a two-day rally.", DAY, "2024-07-15..2024-07-17", "number with hyphen"),
    (
        "It [rose 1%] over the past two weeks.",
        "2024-07-19",
        "2024-07-05..2024-07-19",
        "weeks that end this Friday",
    ),
    (
        "It [rose 1%] over the past two weeks.",
        "2024-07-22",
        "2024-07-05..2024-07-19",
        "a Monday: weeks that have ended",
    ),
    ("It [rose 1%] over the past three months.", DAY, "2024-04-17..2024-07-16", "three months back"),
    ("It [rose 1%] since Thursday.", DAY, "2024-07-11..2024-07-17", "start is that Thursday's close"),
    ("It [rose 1%] from last Thursday's close.", DAY, "2024-07-11..2024-07-17", "a close is a start"),
    ("It [rose 1%] since June 20.", DAY, "2024-06-20..2024-07-16", "since a date"),
    ("It [rose 1%] since the all-time high made on 06/20/24.", DAY, "2024-06-20..2024-07-16", "numeric date"),
    ("It [fell 1%] from a high reached on June 20.", DAY, "2024-06-20..2024-07-16", "dated high"),
    ("It [rose 1%] from the closing low of March 5.", DAY, "2024-03-05..2024-07-16", "dated low"),
    ("It [rose 1%] on July 3.", DAY, "2024-07-02..2024-07-03", "half day is a session"),
    ("It [rose 1%] on July 5.", DAY, "2024-07-03..2024-07-05", "start skips the holiday"),
    ("It is [30% off its high].", DAY, "None..2024-07-16", "start unknown"),
    ("It [fell 30%] from its peak.", DAY, "None..2024-07-16", "start unknown"),
    ("It [fell 5%] below its record.", DAY, "None..2024-07-16", "start unknown"),
    ("It [rose 1%] since mid-June.", DAY, "None..2024-07-16", "start unknown"),
    ("It [rose 1%] since breaking out.", DAY, "None..2024-07-16", "start unknown"),
    ("It [rose 7%] after hours.", DAY, "2024-07-17..None", "after the close: end unknown"),
    ("It [rose 7%] in extended trading.", DAY, "2024-07-17..None", "after the close"),
    ("It [rose 7%] after the bell.", DAY, "2024-07-17..None", "after the close"),
    ("It [rose 7%] in premarket trading.", DAY, "2024-07-16..2024-07-17", "that day's session"),
    ("At 11:21 a.m. ET, it [rose 1%].", DAY, "2024-07-16..2024-07-17", "clock time"),
    ("It [rose 1%] as of 4 p.m. New York time.", DAY, "2024-07-16..2024-07-17", "clock time behind"),
    ("It [rose 1%] recently.", DAY, "None..None", "vague"),
    ("It made an average [gain of 1%].", DAY, "None..None", "an average has no days"),
    ("It [rose 1%].", "2024-07-20", "2024-07-18..2024-07-19", "Saturday tells of Friday"),
    ("It [rose 1%].", "2024-07-04", "None..None", "the market was closed and no day is told"),
    ("It [rose 1%].", None, "none", "no date, no phrase"),
    ("It [rose 1%] this week.", None, "None..None", "no date"),
    ("As of Friday's close, it was [up 28%] this year.", DAY, "2023-12-29..2024-07-12", "the end is named"),
    ("Through Monday, it had [fallen 3%] this year.", DAY, "2023-12-29..2024-07-15", "the end is named"),
    ("It [rose 1%], the biggest gain since May.", DAY, "2024-07-16..2024-07-17", "a comparison is no start"),
    ("It [rose 1%] ahead of a report due Friday.", DAY, "2024-07-16..2024-07-17", "to come"),
    ("It [rose 1%], above Monday's high.", DAY, "2024-07-16..2024-07-17", "the day owns another noun"),
    (
        "December oil rose. It [rose 1%] for December delivery.",
        DAY,
        "2024-07-16..2024-07-17",
        "delivery month",
    ),
]


@pytest.mark.parametrize(
    ("text", "published", "expected", "reason"), PHRASES, ids=[f"{row[0]} {row[1]}" for row in PHRASES]
)
def test_a_phrase_fixes_two_sessions(text: str, published: str | None, expected: str, reason: str):
    assert days(windows_of(text, published)[0]) == expected, reason


@pytest.mark.parametrize(
    ("subject", "published", "expected", "reason"),
    [
        ("SHEL.L", "2024-05-07", "2024-05-03..2024-05-07", "London closed on the May bank holiday"),
        ("AAPL", "2024-05-07", "2024-05-06..2024-05-07", "New York did not"),
        ("7203.T", "2024-07-16", "2024-07-12..2024-07-16", "Marine Day in Tokyo"),
        ("0700.HK", "2024-07-02", "2024-06-28..2024-07-02", "Hong Kong's establishment day"),
        ("RELIANCE.NS", "2024-07-18", "2024-07-16..2024-07-18", "Muharram in Mumbai"),
        ("^FTSE", "2024-05-07", "2024-05-03..2024-05-07", "an index has the days of its exchange"),
        ("country:JP", "2024-07-16", "2024-07-12..2024-07-16", "a country too"),
        ("BHP.AX", "2024-04-26", "2024-04-24..2024-04-26", "Anzac Day"),
        (
            "2010.SR",
            "2015-07-26",
            "2015-07-23..2015-07-26",
            "Sunday is a session where the week is Sunday to Thursday",
        ),
        ("commodity:gold", "2024-07-05", "2024-07-03..2024-07-05", "commodities follow New York"),
    ],
)
def test_sessions_are_those_of_the_exchange(subject: str, published: str, expected: str, reason: str):
    assert days(windows_of("It [rose 1%].", published, subject)[0]) == expected, reason


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        (
            "On Monday it [rose 1%]. The other [fell 2%].",
            ["2024-07-12..2024-07-15"] * 2,
            "a day carries over",
        ),
        (
            "It [rose 1%] and [2%] for the week.",
            ["2024-07-12..2024-07-17"] * 2,
            "behind a list for all of it",
        ),
        (
            "For the week, it [rose 1%] and the other [2%].",
            ["2024-07-12..2024-07-17"] * 2,
            "at the head for all",
        ),
        (
            "It [rose 1%] and is [up 9%] this year.",
            ["2024-07-16..2024-07-17", "2023-12-29..2024-07-16"],
            "its own each",
        ),
        (
            "It [rose 1%] this year, compared with a [2% gain] elsewhere.",
            ["2023-12-29..2024-07-16"] * 2,
            "set beside",
        ),
        (
            "It [rose 1%] since June 20, the other [2%] over the same period.",
            ["2024-06-20..2024-07-16"] * 2,
            "same period",
        ),
        (
            "It [rose 1%] this year. The other [fell 2%].",
            ["2023-12-29..2024-07-16", "2024-07-16..2024-07-17"],
            "a period does not carry",
        ),
        (
            "It [rose 7%] after hours while the other [fell 2%].",
            ["2024-07-17..None"] * 2,
            "after hours goes on in the sentence",
        ),
        (
            "It [fell 1%] on Wednesday after a [2% rise] on Monday. It [rose 3%].",
            ["2024-07-16..2024-07-17", "2024-07-12..2024-07-15", "2024-07-16..2024-07-17"],
            "a day looked back to does not carry",
        ),
        (
            "On Monday, all indexes rose. The first [added 1%].",
            ["2024-07-12..2024-07-15"],
            "an opening day without a move carries",
        ),
    ],
)
def test_windows_carry_over(text: str, expected: list[str], reason: str):
    assert [days(window) for window in windows_of(text)] == expected, reason


def test_a_move_to_come_gets_no_dates():
    assert days(windows_of("It could [fall 10%] this year.", status="forecast")[0]) == "None..None"


def test_the_phrase_is_kept_as_written():
    window = windows_of("It [rose 1%] for the week.")[0]
    assert window is not None
    assert window.text == "for the week"


@pytest.mark.parametrize("word", ["The Fed may cut.", "They march on.", "Ratio 3/4.", "Version 1/2/3/4."])
def test_words_that_only_look_like_dates(word: str):
    assert find_expressions(word, 0, len(word)) == ()


@given(st.text(alphabet="in sce 0123456789/-MondayJuneweksthlp.,'", max_size=120))
def test_phrases_lie_in_order_inside_the_text(text: str):
    at = 0
    for expression in find_expressions(text, 0, len(text)):
        assert at <= expression.start < expression.end <= len(text)
        assert text[expression.start : expression.end] == expression.text
        at = expression.end


@pytest.mark.parametrize(
    ("day", "confidence", "why"),
    [
        ("2024-07-18", 1.0, "the holidays are known"),
        ("2031-01-29", 0.9, "the week alone says that the day before was a session"),
    ],
)
def test_a_window_by_the_week_alone_is_less_sure(day: str, confidence: float, why: str):
    text = "Shares rose 1%."
    move = Move(start=7, end=14, text="rose 1%", subject="INFY.NS", subject_start=0, subject_end=6, pct=1.0)
    reading = Reading(
        text=text,
        published=Publication(date=dt.date.fromisoformat(day)),
        sentences=find_sentences(text),
        moves=(move,),
    )
    (found,) = resolve_windows(reading)
    assert found.confidence == confidence, why
    assert found.window is not None
    assert found.window.start is not None


@given(
    st.sampled_from([row[0] for row in PHRASES]),
    st.dates(min_value=dt.date(2001, 1, 3), max_value=dt.date(2026, 6, 30)),
)
def test_no_window_is_empty_or_turned_round(text: str, day: dt.date):
    for window in windows_of(text, day.isoformat()):
        assert window is not None
        if window.start and window.end:
            assert window.start < window.end
