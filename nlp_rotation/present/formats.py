"""Records as text: JSON lines for programs, CSV for spreadsheets, tables for people."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from typing import Protocol, TextIO

from nlp_rotation.present.rows import formula_safe
from nlp_rotation.present.tables import print_record
from nlp_rotation.records import encode
from nlp_rotation.types import Driver, Mention, Move, Record, Rotation, Window

COLUMNS = (
    "article", "published", "item", "start", "end", "text", "subject", "kind", "pct", "status",
    "window_start", "window_end", "category", "effects", "relation", "hedged", "from", "to",
    "speaker", "firm", "positive", "neutral", "negative", "confidence",
)  # fmt: skip


class Writer(Protocol):
    """Takes records one by one."""

    def write(self, record: Record) -> None:
        """Print one record."""

    def close(self) -> None:
        """Print what comes last."""


class JsonLines:
    """One record a line, by the contract of ``docs/records.md``."""

    def __init__(self, out: TextIO) -> None:
        self.out = out

    def write(self, record: Record) -> None:
        """Print one record."""
        self.out.write(json.dumps(encode(record), ensure_ascii=False) + "\n")

    def close(self) -> None:
        """Flush."""
        self.out.flush()


class Csv:
    """One extracted item a row; columns that do not apply to an item stay empty."""

    def __init__(self, out: TextIO) -> None:
        self.out = out
        self.rows = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
        self.rows.writeheader()

    def write(self, record: Record) -> None:
        """Print the items of one record."""
        common = {"article": record.article.id, "published": record.article.published.date or ""}
        for row in _item_rows(record):
            self.rows.writerow({**common, **{key: formula_safe(value) for key, value in row.items()}})

    def close(self) -> None:
        """Flush."""
        self.out.flush()


class Tables:
    """A panel for each article."""

    def __init__(self, out: TextIO) -> None:
        self.out = out

    def write(self, record: Record) -> None:
        """Print one record."""
        print_record(record, self.out)

    def close(self) -> None:
        """Flush."""
        self.out.flush()


def writer_for(name: str, out: TextIO) -> Writer:
    """Return the writer called ``name``: ``jsonl``, ``csv`` or ``table``."""
    writers: dict[str, Callable[[TextIO], Writer]] = {"jsonl": JsonLines, "csv": Csv, "table": Tables}
    return writers[name](out)


def _item_rows(record: Record) -> Iterator[dict[str, object]]:
    for mention in record.mentions:
        yield _mention_row(mention)
    for move in record.moves:
        yield _move_row(move)
    for driver in record.drivers:
        yield _driver_row(driver)
    for rotation in record.rotations:
        yield _rotation_row(rotation)


def _mention_row(mention: Mention) -> dict[str, object]:
    mood = mention.sentiment
    return {
        **_span(mention),
        "item": "mention",
        "subject": mention.symbol or "",
        "kind": mention.kind,
        "positive": mood.positive if mood else "",
        "neutral": mood.neutral if mood else "",
        "negative": mood.negative if mood else "",
    }


def _move_row(move: Move) -> dict[str, object]:
    return {
        **_span(move),
        **_window(move.window),
        "item": "move",
        "subject": move.subject,
        "pct": move.pct,
        "status": move.status,
    }


def _driver_row(driver: Driver) -> dict[str, object]:
    return {
        **_span(driver),
        "item": "driver",
        "category": driver.category,
        "effects": " ".join(f"{effect.on}={effect.direction}" for effect in driver.effects),
        "relation": driver.relation,
        "hedged": driver.hedged,
        "speaker": driver.speaker or "",
        "firm": driver.firm or "",
    }


def _rotation_row(rotation: Rotation) -> dict[str, object]:
    return {
        **_span(rotation),
        **_window(rotation.window),
        "item": "rotation",
        "from": rotation.from_ or "",
        "to": rotation.to or "",
        "status": rotation.status,
        "hedged": rotation.hedged,
        "speaker": rotation.speaker or "",
        "firm": rotation.firm or "",
    }


def _span(item: Mention | Move | Driver | Rotation) -> dict[str, object]:
    return {"start": item.start, "end": item.end, "text": item.text, "confidence": item.confidence}


def _window(window: Window | None) -> dict[str, object]:
    if window is None:
        return {}
    return {"window_start": window.start or "", "window_end": window.end or ""}
