"""Gzip undone in steps; bombs found before they have gone off."""

import contextlib
import gzip
import io
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp_rotation.acquire.inflate import BombError, GrowthGuard, inflated


def pieces(data, size):
    return [data[at : at + size] for at in range(0, len(data), size)]


@given(st.binary(max_size=3000), st.integers(1, 500))
def test_what_was_packed_comes_out(data, size):
    assert b"".join(inflated(pieces(gzip.compress(data), size))) == data
    assert GrowthGuard(io.BufferedReader(io.BytesIO(gzip.compress(data)))).read() == data


def test_a_bomb_is_given_up_early():
    bomb, given_out = gzip.compress(b"\0" * (64 * 2**20), 6), 0
    steps = inflated(pieces(bomb, 65_536))
    with contextlib.suppress(BombError):
        while True:
            step = next(steps)
            given_out += len(step)
            assert len(step) <= 2**18
    assert given_out <= 18 * 2**20, "the first piece alone makes 64 MB"


def test_a_bomb_in_a_file_is_given_up_early():
    guard = io.BufferedReader(
        GrowthGuard(io.BufferedReader(io.BytesIO(gzip.compress(b"\n" * (64 * 2**20), 9))))
    )
    with pytest.raises(BombError):
        guard.read()


def test_honest_repetition_is_no_bomb():
    feed = b"".join(
        b"<item><title>Shares rose %d%%</title><link>https://a.example/%d</link></item>" % (n, n)
        for n in range(90_000)
    )
    assert b"".join(inflated(pieces(gzip.compress(feed), 65_536))) == feed


@given(st.binary(min_size=1, max_size=300))
def test_noise_is_refused_or_ends(data):
    with contextlib.suppress(zlib.error, BombError):
        b"".join(inflated([data]))


def test_what_breaks_off_is_told_from_what_ends():
    with pytest.raises(zlib.error, match="breaks off"):
        b"".join(inflated([gzip.compress(b"Shares rose. " * 99)[:-9]]))
