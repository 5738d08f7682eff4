"""Where sentences, headlines and list items begin and end."""

from __future__ import annotations

import re

from nlp_rotation.types import Sentence

_BREAK = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(]*[A-Z0-9])|\n\s*\n|\n")


def find_sentences(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of ``text`` in order, without overlaps and without outer white space."""
    found = []
    start = 0
    for match in [*_BREAK.finditer(text), None]:
        end = match.start() if match else len(text)
        stretch = text[start:end]
        lead = len(stretch) - len(stretch.lstrip())
        if stretch.strip():
            found.append(Sentence(start=start + lead, end=start + len(stretch.rstrip())))
        start = match.end() if match else end
    return tuple(found)
