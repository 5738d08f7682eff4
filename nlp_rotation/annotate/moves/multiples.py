"""Moves without a percent sign: "doubled", "halved", "lost two-thirds of its value"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from nlp_rotation.annotate.moves.quantities import Quantity
from nlp_rotation.annotate.moves.vocabulary import move_table


def find_multiples(text: str, start: int, end: int) -> Iterator[Quantity]:
    """Yield the changes of ``text[start:end]`` that are told by a multiple or a fraction, in order.

    >>> [(q.value, q.sign) for q in find_multiples("The stock has doubled this year.", 0, 32)]
    [(100.0, 1)]
    >>> list(find_multiples("The firm doubled its stake.", 0, 27))
    []
    """
    for match in _pattern().finditer(text, start, end):
        word = match["verb"] or match["fraction"]
        value = _values()[re.sub(r"[\s-]+", " ", word.lower())]
        yield Quantity(
            start=match.start(),
            end=match.end(),
            number_start=match.start("verb" if match["verb"] else "fraction"),
            number_end=match.end("verb" if match["verb"] else "fraction"),
            quote_start=match.start("pre")
            if match["pre"]
            else match.start("verb" if match["verb"] else "fraction"),
            low=abs(value),
            high=abs(value),
            # A multiple tells its direction itself; a fraction leaves it to its verb.
            sign=0 if match["fraction"] else (1 if value > 0 else -1),
            approx=bool(match["pre"]),
            extreme=False,
            points=False,
        )


@lru_cache(maxsize=1)
def _values() -> dict[str, float]:
    table = move_table()["multiples"]
    return dict(table["verbs"]) | dict(table["fractions"])


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    table = move_table()["multiples"]
    verbs = "|".join(table["verbs"])
    fractions = "|".join(name.replace(" ", r"[\s-]") for name in table["fractions"])
    approximate = "|".join(table["approximators"])
    # A multiple with an object of its own ("doubled its stake", "doubled down") is no move of its subject.
    closing = r"(?=\s*(?:[.,;:)\]–—]|$)|\s+(?:{}|in\s+(?:value|price|the)|its\s+(?:price|value))\b)".format(
        "|".join(table["followers"])
    )
    # Half of a range, of a loss or of an advance is no half of the thing itself.
    whole = r"(?:of\s+)?(?:its|their)\s+(?:\w+\s+)?(?:value|price|worth|capitali[sz]ation)\b(?!\s+ranges?\b)"
    return re.compile(
        rf"(?P<pre>\b(?:{approximate})\s+)?"
        rf"(?:\b(?P<verb>{verbs})\b{closing}"
        rf"|(?:(?<=by\s)|(?=(?:{fractions})\s+{whole}))\b(?P<fraction>{fractions})\b)",
        re.IGNORECASE,
    )
