"""Labelled sentences for the sentiment model: three public sets, our own corpus, one rule of splits."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

Split = Literal["train", "dev", "test"]

#: Order of the classes in the outputs of our own model; written into its config.json.
LABELS = ("positive", "neutral", "negative")

#: Shares of a source that are held out: for the final figures, and for the temperature.
TEST_SHARE, DEV_SHARE = 0.10, 0.05

#: What a teacher makes of a text: the probabilities of the classes, in their order.
Taught = tuple[float, ...]

_LETTERS = re.compile(r"https?://\S+|[^a-z]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A thing that a text names, with its own label."""

    start: int
    end: int
    label: int
    taught: Taught | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A text with the label of the whole, where there is one, and of the things it names."""

    source: str
    text: str
    label: int | None
    targets: tuple[Target, ...] = ()
    taught: Taught | None = None

    @property
    def split(self) -> Split:
        """Where the text belongs: by a hash of its letters, so that reprints stay together."""
        letters = _LETTERS.sub("", self.text.lower())
        share = int(hashlib.sha256(letters.encode()).hexdigest()[:8], 16) / 0xFFFFFFFF
        if share < TEST_SHARE:
            return "test"
        return "dev" if share < TEST_SHARE + DEV_SHARE else "train"


def read_examples(paths: Iterable[Path]) -> list[Example]:
    """Read files of JSON lines: ``text`` with ``label``, with ``entities``, with both or with neither.

    ``probabilities``, of the text and of an entity, is what a teacher said.
    """
    return [example for path in paths for example in _read_file(path)]


def _read_file(path: Path) -> Iterator[Example]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield _example(path.stem, json.loads(line))


def _example(source: str, row: Mapping[str, Any]) -> Example:
    text = row["text"]
    targets = tuple(_targets(text, row.get("entities", ())))
    label = LABELS.index(row["label"]) if row.get("label") in LABELS else _common(targets)
    return Example(source=source, text=text, label=label, targets=targets, taught=_taught(row))


def _targets(text: str, entities: Iterable[Mapping[str, Any]]) -> Iterator[Target]:
    folded = text.lower()
    for entity in entities:
        start = entity.get("start", folded.find(entity["entity"].lower()))
        if start >= 0:
            end = entity.get("end", start + len(entity["entity"]))
            label = LABELS.index(entity["label"])
            yield Target(start=start, end=end, label=label, taught=_taught(entity))


def _taught(row: Mapping[str, Any]) -> Taught | None:
    return tuple(row["probabilities"]) if "probabilities" in row else None


def _common(targets: Iterable[Target]) -> int | None:
    """Return the label that all targets share: a text that says one thing of all is that thing."""
    labels = {target.label for target in targets}
    return labels.pop() if len(labels) == 1 else None
