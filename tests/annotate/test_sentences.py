"""Sentences: where they end, and where a full stop is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp_rotation.annotate.sentences import find_sentences


def sentences(text: str) -> list[str]:
    return [text[s.start : s.end] for s in find_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("It rose. It fell.", ["It rose.", "It fell."], "full stop"),
        ("Up 1.5% today.", ["Up 1.5% today."], "decimal"),
        ("Apple Inc. shares rose.", ["Apple Inc. shares rose."], "company form inside"),
        ("He runs Apple Inc. The stock rose.", ["He runs Apple Inc.", "The stock rose."], "company form at the end"),
        ("In the U.S. Treasury market.", ["In the U.S. Treasury market."], "country inside"),
        ("It fell in the U.S. The Dow rose.", ["It fell in the U.S.", "The Dow rose."], "country at the end"),
        ("J. P. Smith spoke.", ["J. P. Smith spoke."], "initials"),
        ("It is No. 5 now.", ["It is No. 5 now."], "number"),
        ("She said no. They left.", ["She said no.", "They left."], "the word no"),
        ("On Jan. 5 it rose.", ["On Jan. 5 it rose."], "month"),
        ("At 4 p.m. New York time.", ["At 4 p.m. New York time."], "hour"),
        ("“We sold.” He left.", ["“We sold.”", "He left."], "quotation"),
        ("Why? Because.", ["Why?", "Because."], "question"),
        ("Headline\n\nBody here.", ["Headline", "Body here."], "headline"),
        ("* One\n* Two", ["One", "Two"], "bullets"),
        ("- One\n- Two", ["One", "Two"], "dashes"),
        ("One • Two", ["One", "Two"], "bullets in the line"),
        ("It fell 2.3%.Kospi rose.", ["It fell 2.3%.", "Kospi rose."], "lost line break"),
        ("Visit Investors.Com now.", ["Visit Investors.Com now."], "address"),
        ("This line was broken by a mailer at sixty characters or\nso and goes on.",
         ["This line was broken by a mailer at sixty characters or\nso and goes on."], "wrapped line"),
        ("", [], "nothing"), (" \n * ", [], "only a mark"),
    ],
)  # fmt: skip
def test_sentences(text: str, expected: list[str], reason: str):
    assert sentences(text) == expected, reason


@given(st.text(alphabet="aB.1 \n*-!?“”%S", max_size=200))
def test_sentences_are_in_order_and_trimmed(text: str):
    at = 0
    for sentence in find_sentences(text):
        assert at <= sentence.start < sentence.end <= len(text)
        assert not text[sentence.start].isspace()
        assert not text[sentence.end - 1].isspace()
        at = sentence.end
