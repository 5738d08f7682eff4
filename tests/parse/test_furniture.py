"""Furniture goes, the report stays. All sentences are invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp_rotation.parse.dateline import shown_stamps
from nlp_rotation.parse.furniture import without_furniture

CUT = [
    ("Acme (ACM) - Get Report is up 4%.", "Acme (ACM) is up 4%.", "ticker widget"),
    (
        "Acme (ACM) - Get Free Report and Bolt (BLT) - Get Report fell.",
        "Acme (ACM) and Bolt (BLT) fell.",
        "twice",
    ),
    ("I'm PortAI, I can summarize articles.\nOil rose.", "Oil rose.", "assistant"),
    ("I’m PortAI, I can summarize articles.\nOil rose.", "Oil rose.", "curly apostrophe"),
    ("Oil rose.\nLeave a comment", "Oil rose.", "comment box"),
    ("Oil rose.\nLEAVE A COMMENT »", "Oil rose.", "capitals and marks"),
    ("Share\nTweet\nOil rose.", "Oil rose.", "share buttons"),
    ("Oil rose.\n**YOU MAY ALSO LIKE:**\nGold fell.", "Oil rose.\nGold fell.", "bold heading of a link list"),
    ("Oil rose.\nAlso read: Why gold fell\nGas fell.", "Oil rose.\nGas fell.", "pointer"),
    ("Photo: A trader at work\nOil rose.", "Oil rose.", "caption"),
    ("A trader at work. Jane Doe/Getty Images\nOil rose.", "Oil rose.", "picture credit"),
    ("Oil rose.\n©2020 Acme News L.P.", "Oil rose.", "copyright line"),
]
KEPT = [
    ("1. Also read: the Fed minutes", "a numbered item is never furniture"),
    ("  2) Watch: payrolls on Friday", "neither with a bracket"),
    ("• Read more: inflation cools", "nor with a bullet"),
    ("Share prices fell 3%.", "begins like a button"),
    ("Related: " + "stocks of builders rose as rates fell, " * 8, "a paragraph is too long for a pointer"),
    ("Prints of inflation matter.", "print in a sentence"),
    ("Also on Monday, yields rose to 4.2%.", "begins like a pointer"),
    ("More from the rate setters will be heard next week.", "begins like a list of links"),
    ("The company said in this article of its charter it may buy shares.", "words inside a sentence"),
    ("Get Reported earnings right, he said.", "the widget's words run on"),
]


@pytest.mark.parametrize(("text", "left", "why"), CUT)
def test_cut(text, left, why):
    assert without_furniture(text) == left, why


@pytest.mark.parametrize(("text", "why"), KEPT)
def test_kept(text, why):
    assert without_furniture(text) == text.strip(), why


STAMPS = [
    (
        " date 2020-12-29 Tech is up this week.",
        "2020-12-29",
        "Tech is up this week.",
        "run into the sentence",
    ),
    ("Wire\n2024.07.22 06:44\n\nOil rose.", "2024.07.22 06:44", "Wire\n\nOil rose.", "a line of its own"),
    (
        "Oil up\n\ndate\n07:55 09/01/2026\navatar\nOil rose.",
        "07:55 09/01/2026",
        "Oil up\n\nOil rose.",
        "with labels",
    ),
    ("Published: July 22, 2024\nOil rose.", "July 22, 2024", "Oil rose.", "labelled"),
    ("Oil rose.\n\nPosted on 22 July 2024", "22 July 2024", "Oil rose.", "at the foot"),
    (
        "Updated 23 July 2024\nPublished 22 July 2024\nOil rose.",
        "22 July 2024",
        "Oil rose.",
        "publication first",
    ),
]


@pytest.mark.parametrize(("text", "raw", "left", "why"), STAMPS)
def test_stamps_shown_in_the_text(text, raw, left, why):
    shown = shown_stamps(text)
    assert shown[0].raw == raw, why
    assert without_furniture(text, shown=shown) == left, why


@pytest.mark.parametrize(
    "text", ["On July 22, 2024 oil rose 3%.", "Oil rose.\n" * 20 + "July 22, 2024\n" + "Gas fell.\n" * 20]
)
def test_dates_of_the_report_are_no_stamps(text):
    assert shown_stamps(text) == ()


@given(st.text(max_size=400))
def test_no_line_is_made_up(text):
    left = without_furniture(text, shown=shown_stamps(text))
    assert len(left) <= len(text)


def test_a_line_of_fifty_megabytes_takes_linear_time():
    text = "Oil rose 3%. " * 800_000
    assert without_furniture(text, shown=shown_stamps(text)) == text.strip()
