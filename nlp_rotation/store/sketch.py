"""What makes two texts alike: runs of words, and keys by which texts that share many of them meet.

The keys are bands of a MinHash signature (Broder, "On the resemblance and containment of documents", 1997):
texts that share a share J of their runs of three words meet in one of 24 bands of three values with
probability 1 - (1 - J^3)^24, which is 0.96 at J = 0.5 and 0.02 at J = 0.1. They are kept in stores for
years, so the hashes are written out here and belong to no library that may change them.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any
from zlib import crc32

_RUN = 3
_BANDS, _ROWS = 24, 3
#: An article tells its story in so many words; what follows is background.
_READ = 1_500
#: Texts with fewer runs are headlines: alike by chance.
_FEWEST = 12
_WORD = re.compile(r"\w+")
#: SplitMix64 (Steele, Lea and Flood, 2014): numbers as good as random that every machine makes alike.
_STEP, _MIX = 0x9E3779B97F4A7C15, (0xBF58476D1CE4E5B9, 0x94D049BB133111EB)
_ALL_BITS = 2**64 - 1


def words_of(text: str) -> list[str]:
    """Return the words of ``text`` in small letters."""
    return _WORD.findall(text.lower())


def runs_of(text: str) -> frozenset[int]:
    """Return the runs of three words in the first 1,500 words of ``text``, each as a number of 32 bits.

    >>> len(runs_of("Oil rose on Monday as OPEC met"))
    5
    """
    words = words_of(text[: _READ * 16])[:_READ]
    runs = zip(*(words[place:] for place in range(_RUN)), strict=False)
    return frozenset(crc32(" ".join(run).encode("utf-8", "replace")) for run in runs)


def band_keys(runs: frozenset[int]) -> list[int]:
    """Return the keys under which a text with these runs is looked up; none for a text too short."""
    import numpy as np

    if len(runs) < _FEWEST:
        return []
    factors, summands = _coefficients()
    values = np.fromiter(runs, dtype=np.uint64, count=len(runs))
    hashed = (values[:, None] * factors + summands) >> np.uint64(32)
    bands = hashed.min(axis=0).astype("<u4").reshape(_BANDS, _ROWS)
    return [page_hash(f"{place} {bytes(band).hex()}") for place, band in enumerate(bands)]


def page_hash(text: str) -> int:
    """Return a number of 64 bits with a sign, as databases hold them, that stands for ``text``."""
    import hashlib

    digest = hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


@cache
def _coefficients() -> tuple[Any, Any]:
    """Return odd factors and summands for 72 hashes of the form (a x + b) mod 2^64, upper half."""
    import numpy as np

    numbers = [_split_mix(place) for place in range(1, 2 * _BANDS * _ROWS + 1)]
    factors = np.array([number | 1 for number in numbers[::2]], dtype=np.uint64)
    return factors, np.array(numbers[1::2], dtype=np.uint64)


def _split_mix(place: int) -> int:
    number = place * _STEP & _ALL_BITS
    number = (number ^ number >> 30) * _MIX[0] & _ALL_BITS
    number = (number ^ number >> 27) * _MIX[1] & _ALL_BITS
    return number ^ number >> 31
