"""Put the labels of ``news_labels.jsonl`` to the sentences of news that they were given to.

    python corpus/sentiment/news.py NEWS.jsonl.gz ... > DIR/news.jsonl

The sentences belong to their publishers and do not stand in this repository: a label is kept with the
hash of its sentence. NEWS holds JSON lines with the key ``text``.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
#: The cut by which the sentences were drawn; only this one gives the same hashes.
CUT = re.compile(r'(?<=[a-z0-9)%"”][.!?])["”]?\s+(?=["“A-Z])')


def key_of(sentence: str) -> str:
    """Return the hash under which a label is kept."""
    return hashlib.sha256(sentence.encode()).hexdigest()[:16]


def sentences(path: str) -> Iterator[str]:
    """Yield the sentences of every article of a file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            for paragraph in json.loads(line)["text"].split("\n"):
                yield from CUT.split(paragraph.strip())


def main(paths: list[str]) -> None:
    """Write each labelled sentence once."""
    with (HERE / "news_labels.jsonl").open(encoding="utf-8") as lines:
        labels = {row["sha256"]: row["label"] for row in map(json.loads, lines)}
    for path in paths:
        for sentence in sentences(path):
            label = labels.pop(key_of(sentence), None)
            if label:
                sys.stdout.write(json.dumps({"text": sentence, "label": label}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
