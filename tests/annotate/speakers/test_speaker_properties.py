"""What holds of speakers on any text: spans, order, time; and where quotes begin and end."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp_rotation.annotate.sentences import find_sentences
from nlp_rotation.annotate.speakers.quotes import find_quotes, mask_quotes
from nlp_rotation.annotate.speakers.sources import settle_sources
from nlp_rotation.annotate.speakers.statements import find_statements
from nlp_rotation.types import Reading

WORDS = st.sampled_from(
    [
        "Ann Fox", "Fox", "said", "wrote", "added", ",", ".", "\n\n", '"', "“", "”", "'", "’", "a strategist at", "Lune Capital",
        "Goldman Sachs", "according to", "analysts", "he", "they", "the bank", "rates weigh", ":", "1.", "- ", "led by", "and",
        "J.P. Morgan", "of", "told", "Co.",
    ]
)  # fmt: skip

QUOTES = [
    ('He said "a b" and "c".', ['"a b"', '"c"'], "two quotes"),
    ("“a b,” she said.", ["“a b,”"], "curly marks"),
    ("“a.\n\n“b,” she said.", ["“a.\n\n“b,”"], "opened anew in the next paragraph"),
    ("'We like it,' said Fox.", ["'We like it,'"], "single marks"),
    ("It's the dogs' day.", [], "apostrophes"),
    ('A 5" pipe.', [], "inches"),
    ('"open and\n\nnever closed', [], "a slip of the pen"),
    ("“a ‘b’ c”", ["“a ‘b’ c”"], "marks within marks"),
    ("", [], "nothing"),
]


def _reading(text: str) -> Reading:
    sentences = find_sentences(text)
    statements = find_statements(Reading(text=text, sentences=sentences))
    return Reading(text=text, sentences=sentences, statements=statements)


@pytest.mark.parametrize(("text", "quotes", "why"), QUOTES, ids=[row[2] for row in QUOTES])
def test_quotes_begin_and_end(text, quotes, why):
    assert [text[item.start : item.end] for item in find_quotes(text)] == quotes, why


@given(st.text(alphabet="ab \n\"“”'’.,", max_size=80))
def test_quotes_are_blotted_out_without_moving_anything(text):
    quotes = find_quotes(text)
    masked = mask_quotes(text, quotes)
    assert len(masked) == len(text)
    assert all(one.end <= other.start for one, other in pairwise(quotes))


@given(st.lists(WORDS, max_size=60))
def test_statements_stand_in_order_inside_the_text(words):
    text = " ".join(words)
    found = _reading(text).statements
    assert all(0 <= item.start < item.end <= len(text) for item in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(item.speaker or item.firm for item in found)


@given(st.lists(WORDS, max_size=60))
def test_sources_mark_spans_that_hold_their_text(words):
    text = " ".join(words)
    for item in settle_sources(_reading(text)):
        assert text[item.start : item.end] == item.text


@given(st.text(max_size=400))
def test_speakers_read_any_text(text):
    settle_sources(_reading(text))


@pytest.mark.parametrize(
    "unit",
    [
        '"a" said Ann Fox, a trader at Lune Capital. ',
        "A B C D ",
        "‘a ",
        "“a ",
        '"',
        "said ",
        "Ann Fox said, ",
        "1. a\n",
    ],
)
def test_speakers_take_time_in_proportion_to_the_text(unit):
    def seconds(count: int) -> float:
        start = time.process_time()
        settle_sources(_reading(unit * count))
        return time.process_time() - start

    seconds(10)
    assert seconds(2000) < 30 * seconds(200) + 0.5
