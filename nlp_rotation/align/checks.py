"""Claims as frames, for tables and files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from nlp_rotation.align.claims import check_moves
from nlp_rotation.align.prices import Prices
from nlp_rotation.align.rotation_claims import check_rotations
from nlp_rotation.types import Record, Window

_MOVES = {
    "article_id": "str",
    "source": "str",
    "subject": "str",
    "text": "str",
    "stated": "float64",
    "computed": "float64",
    "tolerance": "float64",
    "verdict": "str",
    "reason": "str",
    "start": "datetime64[ns]",
    "end": "datetime64[ns]",
    "nearest_start": "datetime64[ns]",
    "nearest_end": "datetime64[ns]",
    "priced_by": "str",
}
_ROTATIONS = {
    "article_id": "str",
    "source": "str",
    "from": "str",
    "to": "str",
    "text": "str",
    "relative": "float64",
    "percentile": "float64",
    "since": "datetime64[ns]",
    "verdict": "str",
    "reason": "str",
    "start": "datetime64[ns]",
    "end": "datetime64[ns]",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What prices say of the moves and rotations of many records; a row a claim.

    Days are ``datetime64[ns]`` without a zone, NaT where there is none; texts are str, empty where there is
    nothing to say; ``stated``, ``computed`` and ``tolerance`` are in percent and percentage points.
    """

    moves: pd.DataFrame
    rotations: pd.DataFrame


def check_records(records: Iterable[Record], prices: Prices) -> Checked:
    """Hold every reported move and rotation of ``records`` against ``prices``."""
    moves: list[tuple[Any, ...]] = []
    rotations: list[tuple[Any, ...]] = []
    for record in records:
        moves += _move_rows(record, prices)
        rotations += _rotation_rows(record, prices)
    return Checked(moves=_frame(moves, _MOVES), rotations=_frame(rotations, _ROTATIONS))


def _move_rows(record: Record, prices: Prices) -> list[tuple[Any, ...]]:
    return [
        (
            claim.article_id,
            record.article.source or "",
            claim.subject,
            record.moves[claim.move].text,
            claim.stated,
            claim.computed,
            claim.tolerance,
            claim.verdict,
            claim.reason,
            *_days(claim.window),
            *_days(claim.nearest),
            claim.priced_by or "",
        )
        for claim in check_moves(record, prices)
    ]


def _rotation_rows(record: Record, prices: Prices) -> list[tuple[Any, ...]]:
    return [
        (
            claim.article_id,
            record.article.source or "",
            claim.from_ or "",
            claim.to or "",
            record.rotations[claim.rotation].text,
            claim.relative,
            claim.percentile,
            claim.since,
            claim.verdict,
            claim.reason,
            *_days(claim.window),
        )
        for claim in check_rotations(record, prices)
    ]


def _days(window: Window | None) -> tuple[Any, Any]:
    return (window.start, window.end) if window else (None, None)


def _frame(rows: list[tuple[Any, ...]], kinds: dict[str, str]) -> pd.DataFrame:
    frame = pd.DataFrame.from_records(rows, columns=list(kinds))
    days = {name: pd.to_datetime(frame[name]) for name, kind in kinds.items() if kind.startswith("datetime")}
    return frame.assign(**days).astype(kinds)
