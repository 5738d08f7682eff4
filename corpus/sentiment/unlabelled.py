"""Draw sentences of company news that nobody labelled, for a teacher to answer.

    python corpus/sentiment/unlabelled.py --leave-out DIR NEWS.jsonl.gz ... > DATA/unlabelled.jsonl

NEWS holds JSON lines with the key ``text``; articles that share twelve words in a row with a text of
``--leave-out`` (the articles that the program is measured on) are passed over. The sentences belong to
their publishers and do not stand in this repository; the same files give the same draw.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from news import CUT

RUN = 12
WORD = re.compile(r"[a-z0-9]+")
#: What news of companies speaks of; the rest of a newspaper teaches nothing about sentiment.
COMPANY = re.compile(
    r"\b(profit|loss|sales|revenue|orders?|contract|stake|acqui\w+|shares|dividend|plant|capacity|jobs|forecast"
    r"|earnings|quarter|deal|bid|chief executive|unit|unveiled|approval|production|debt)\b",
    re.IGNORECASE,
)
FEWEST_WORDS, MOST_WORDS = 7, 38


def runs(text: str) -> Iterator[str]:
    """Yield every stretch of twelve words."""
    words = WORD.findall(text.lower())
    return (" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1))


def sentences(path: Path, left_out: set[str]) -> Iterator[str]:
    """Yield the sentences of a file that speak of companies."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for text in (json.loads(line)["text"] for line in lines):
            if left_out.isdisjoint(runs(text)):
                cuts = (cut for paragraph in text.split("\n") for cut in CUT.split(paragraph.strip()))
                yield from filter(_fits, cuts)


def _fits(sentence: str) -> bool:
    return (
        FEWEST_WORDS <= len(sentence.split()) <= MOST_WORDS
        and sentence[0].isupper()
        and sentence.endswith(".")
        and bool(COMPANY.search(sentence))
    )


def main() -> None:
    """Write the draw: the sentences whose hashes come first."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("news", type=Path, nargs="+")
    parser.add_argument("--leave-out", type=Path, required=True)
    parser.add_argument("--count", type=int, default=9000)
    chosen = parser.parse_args()
    measured = (path.read_text("utf-8", "replace") for path in chosen.leave_out.rglob("*.txt"))
    left_out = {run for text in measured for run in runs(text)}
    found = {sentence for path in chosen.news for sentence in sentences(path, left_out)}
    drawn = sorted(found, key=lambda sentence: hashlib.sha256(sentence.encode()).digest())[: chosen.count]
    sys.stdout.writelines(json.dumps({"text": sentence}, ensure_ascii=False) + "\n" for sentence in drawn)


if __name__ == "__main__":
    main()
