"""What was answered once is not asked again, and the file never matters for the answer."""

from __future__ import annotations

import sqlite3

import pytest

from nlp_rotation.annotate.sentiment.memory import Memory
from nlp_rotation.annotate.sentiment.questions import ask
from nlp_rotation.annotate.sentiment.scorer import Scored
from nlp_rotation.types import Probabilities


class Counting:
    """A scorer that answers by lengths and notes what it was asked."""

    def __init__(self, name="counting@1"):
        self.name = name
        self.seen = []

    def score(self, texts):
        raise AssertionError("it answers for mentions")

    def score_mentions(self, texts, places):
        self.seen += texts
        return [
            Scored(answer(len(text)), tuple(answer(end) for _, end in each))
            for text, each in zip(texts, places, strict=True)
        ]


def answer(number):
    positive = (number % 7) / 10
    return Probabilities(positive=positive, neutral=1 - positive, negative=0.0)


QUESTIONS = [
    ("Banks rose while miners fell.", None),
    ("Banks rose while miners fell.", (0, 5)),
    ("Nothing.", None),
]


@pytest.fixture
def file(tmp_path):
    return tmp_path / "answers"


def test_a_second_run_asks_nothing(file):
    first, second = Counting(), Counting()
    expected = ask(QUESTIONS, Counting())
    assert Memory(file).ask(QUESTIONS, first) == Memory(file).ask(QUESTIONS, second) == expected
    assert first.seen
    assert not second.seen


def test_only_what_is_new_is_asked(file):
    Memory(file).ask(QUESTIONS, Counting())
    scorer = Counting()
    more = [*QUESTIONS, ("Banks rose while miners fell.", (17, 23)), ("Gold held.", None)]
    assert Memory(file).ask(more, scorer) == ask(more, Counting())
    # The sentence with a new mention is read again, as a whole.
    assert scorer.seen == ["Banks rose while miners fell.", "Gold held."]


def test_another_model_knows_nothing_of_it(file):
    Memory(file).ask(QUESTIONS, Counting())
    other = Counting("counting@2")
    Memory(file).ask(QUESTIONS, other)
    assert len(other.seen) == 2


def test_more_keys_than_one_query_takes(file):
    many = [(f"Sentence {number}.", None) for number in range(1300)]
    Memory(file).ask(many, Counting())
    scorer = Counting()
    Memory(file).ask(many, scorer)
    assert not scorer.seen


def test_a_file_that_cannot_be_written_costs_time_only(file, caplog):
    memory = Memory(file)
    with sqlite3.connect(file) as other:
        other.execute("DROP TABLE answer")
    assert memory.ask(QUESTIONS, Counting()) == ask(QUESTIONS, Counting())
    assert "not kept" in caplog.text


def test_another_file_in_its_place_is_left_alone(file, caplog):
    file.write_text("a letter to grandmother, long enough to be no database at all")
    assert Memory(file).ask(QUESTIONS, Counting()) == ask(QUESTIONS, Counting())
    assert "none are kept" in caplog.text
    assert file.read_text().startswith("a letter")


def test_no_text_stands_in_the_file(file):
    memory = Memory(file)
    memory.ask(QUESTIONS, Counting())
    stored = b"".join(path.read_bytes() for path in file.parent.iterdir())
    assert b"Banks" not in stored
