"""What holds of rotations on any text: spans, sides, links, time."""

import time

from hypothesis import given
from hypothesis import strategies as st

from nlp_rotation.annotate.rotations.rotations import find_rotations
from nlp_rotation.annotate.sentences import find_sentences
from nlp_rotation.types import Driver, Effect, Mention, Move, Reading, Statement, Window

WORDS = st.sampled_from(
    [
        "investors", "money", "rotated", "rotation", "shifted", "fled", "out of", "into", "from", "to", "tech", "banks",
        "value", "growth", "small caps", "bonds", "gold", "while", "rose", "fell", "not", "will", "if", ",", ".", "and",
        "gave way to", "broadened beyond", "safe havens", "this rotation", "roles are reversed", "“", "”", "\n", "could",
    ]
)  # fmt: skip


def _reading(text: str, **fields) -> Reading:
    return Reading(text=text, sentences=find_sentences(text), **fields)


@given(st.lists(WORDS, max_size=60))
def test_rotations_have_valid_spans_and_differing_sides(words):
    text = " ".join(words)
    for item in find_rotations(_reading(text)):
        assert 0 <= item.start < item.end <= len(text)
        assert text[item.start : item.end] == item.text
        assert item.from_ != item.to or item.from_ in (None, "group:other")


@given(st.text(max_size=400))
def test_rotations_read_any_text(text):
    find_rotations(_reading(text))


@given(st.lists(WORDS, max_size=40))
def test_rotations_are_the_same_every_time(words):
    reading = _reading(" ".join(words))
    assert find_rotations(reading) == find_rotations(reading)


def test_rotations_take_time_in_proportion_to_the_text():
    def seconds(count: int) -> float:
        reading = _reading("investors rotated out of tech into banks and " * count)
        start = time.process_time()
        find_rotations(reading)
        return time.process_time() - start

    seconds(10)
    assert seconds(2000) < 25 * seconds(200) + 0.5


def test_rotations_carry_window_moves_drivers_and_speaker():
    text = '"Investors rotated from tech to banks as rates rose, lifting banks 2%," she said.'
    window = Window(text="on Monday", start=None, end=None)
    at = text.index("2%")
    reading = _reading(
        text,
        moves=(
            Move(start=at, end=at + 2, text="2%", subject="sector:banks", subject_start=57, subject_end=62, pct=2.0, window=window),
            Move(start=at, end=at + 2, text="2%", subject="^GSPC", subject_start=0, subject_end=1, pct=2.0),
        ),
        drivers=(
            Driver(start=41, end=51, text="rates rose", category="monetary.rate_hike", effects=(Effect(on="sector:banks", direction="up"),)),
        ),
        statements=(Statement(start=0, end=len(text), speaker="Ann Fox", firm="Lune Capital"),),
    )  # fmt: skip
    (found,) = find_rotations(reading)
    assert (found.moves, found.drivers, found.window) == ((0,), (0,), window)
    assert (found.speaker, found.firm) == ("Ann Fox", "Lune Capital")


def test_rotations_take_a_symbol_where_only_single_names_stand():
    text = "Money moved out of Nvidia into small caps."
    name = Mention(start=19, end=25, text="Nvidia", symbol="NVDA", kind="equity", rule="name", confidence=1.0)
    (found,) = find_rotations(_reading(text, mentions=(name,)))
    assert (found.from_, found.to) == ("NVDA", "group:small_caps")


def test_rotations_mean_by_stocks_the_market_of_the_article():
    text = "The Nikkei fell. Investors shifted from stocks to bonds."
    name = Mention(start=4, end=10, text="Nikkei", symbol="^N225", kind="index", rule="name", confidence=1.0)
    (found,) = find_rotations(_reading(text, mentions=(name,)))
    assert (found.from_, found.to) == ("country:JP", "bonds")


def test_rotations_are_hedged_by_a_word_of_doubt():
    doubtful, plain = (
        find_rotations(_reading(f"Money {verb} out of tech.")) for verb in ("may rotate", "rotated")
    )
    assert [item.hedged for item in (*doubtful, *plain)] == [True, False]
