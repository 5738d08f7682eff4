"""What holds for the mentions of any text."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from nlp_rotation.annotate.names.mentions import find_mentions
from nlp_rotation.annotate.names.tokens import key_of, tokenise
from nlp_rotation.types import Reading

PIECES = st.sampled_from(
    ["Apple", "(AAPL)", "S&P 500", " ", "\n", "\n\n", "the", "Target", "’s", "( CSCO.O )", "$TSLA", "<", ">", ".",
     "index", "Nasdaq", "İ", "ß", "**", "(", ")", "banks", "fell", "the company", "J.P.", "U.S.", "NYSE: ", "["]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map(" ".join)))
def test_mentions_are_in_order_without_overlaps_and_quote_the_text(text: str) -> None:
    end = 0
    for mention in find_mentions(Reading(text=text)):
        assert end <= mention.start < mention.end
        assert text[mention.start : mention.end] == mention.text
        assert mention.symbol
        assert 0 <= mention.confidence <= 1
        end = mention.end


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=100))
def test_words_lie_inside_the_text_in_order(text: str) -> None:
    end = 0
    for token in tokenise(text):
        assert end <= token.start < token.end <= token.full_end <= len(text)
        end = token.full_end


@given(st.text(alphabet=st.characters(codec="ascii"), max_size=40))
def test_a_key_is_its_own_key(name: str) -> None:
    assert key_of(key_of(name)) == key_of(name)


def test_time_grows_with_length_alone() -> None:
    part = "(" * 40 + "Apple rose 3% and the company (AAPL) said Nasdaq, S&P 500 energy stocks fell. "
    short, long = (_least_seconds(part * times) for times in (50, 400))
    assert long < 30 * max(short, 0.02), "eight times the text may not cost thirty times the work"


def _least_seconds(text: str) -> float:
    """The least of three: a busy machine makes any single time longer, never shorter."""
    times = []
    for _ in range(3):
        start = time.process_time()
        find_mentions(Reading(text=text))
        times.append(time.process_time() - start)
    return min(times)
