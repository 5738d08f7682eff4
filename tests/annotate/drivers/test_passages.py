"""What the encoder reads at a time: every sentence asked for, each token once, title and context before it."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp_rotation.annotate.drivers.passages import OWN, Passage, passages
from nlp_rotation.annotate.sentences import find_sentences


@dataclass
class Words:
    ids: list
    offsets: list


def by_word(texts):
    """A tokenizer of the simplest kind: a word is a token, its number the length of the word."""
    found = [list(re.finditer(r"\S+", text)) for text in texts]
    return [Words([len(m[0]) for m in words], [m.span() for m in words]) for words in found]


def read(text, wanted, title_end=0):
    return list(passages(text, title_end, find_sentences(text), wanted, by_word))


def test_neighbours_share_a_passage_and_a_gap_parts_them():
    text = "Stocks fell. Oil rose. Nobody knew why. Gold was flat."
    together = read(text, {0, 1, 3})
    assert [len(p.starts) for p in together] == [4, 3]
    # The sentence before the gap's end stands before the second passage, but is not its own.
    assert together[1].first == 1 + len(["Nobody", "knew", "why."])


def test_the_title_stands_before_each_passage_of_the_body():
    title = "Stocks slide"
    text = f"{title}\n\nShares fell. Oil rose."
    first, second = read(text, {0, 2}, len(title))
    assert first.first == 1
    assert second.ids[1:3] == [len("Stocks"), len("slide")]


def test_a_stretch_is_found_by_its_tokens():
    text = "Stocks fell after weak earnings on Monday."
    (passage,) = read(text, {0})
    start = text.index("weak")
    tokens = passage.tokens(start, start + len("weak earnings"))
    assert [passage.ids[at] for at in tokens] == [4, 8]


@pytest.mark.parametrize(("start", "end"), [(0, 0), (50, 60), (-5, 0)])
def test_a_stretch_outside_has_no_tokens(start, end):
    assert not Passage([101, 1, 2, 102], 1, [0, 5], [4, 9]).tokens(start, end)


def test_a_sentence_longer_than_a_passage_is_cut():
    text = "word " * 2000
    (passage,) = read(text, {0})
    assert len(passage.starts) <= OWN


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from(["Stocks fell. ", "Oil\nrose ", "(", "ﬃ ", "“Up.” ", "\n\n"]), max_size=40).map(
        "".join
    )
)
def test_every_sentence_asked_for_is_read_once(text):
    sentences = find_sentences(text)
    read_starts = [
        start for p in passages(text, 0, sentences, set(range(len(sentences))), by_word) for start in p.starts
    ]
    assert read_starts == sorted(set(read_starts))
    for sentence in sentences:
        if text[sentence.start : sentence.end].strip():
            assert any(sentence.start <= start < sentence.end for start in read_starts)
