"""What is computed from a store and prices, and kept in it: claims with their verdicts, and signals."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from nlp_rotation.errors import StoreError
from nlp_rotation.store.clocks import to_text
from nlp_rotation.store.derived import unchecked
from nlp_rotation.store.flatten import restore
from nlp_rotation.store.opening import open_store
from nlp_rotation.store.questions import body_of
from nlp_rotation.version import VERSION

if TYPE_CHECKING:
    import pandas as pd

    from nlp_rotation.align.narrative import Narrative
    from nlp_rotation.align.prices import Prices
    from nlp_rotation.align.rotation_claims import RotationClaim
    from nlp_rotation.store.protocol import Store
    from nlp_rotation.types import Claim, Record, Window

Row = dict[str, Any]

#: Claims written at a time.
_BATCH = 5000


def keep_claims(path: str | Path, prices: Prices) -> None:
    """Hold against prices what the store states and these prices have not judged yet, and keep the verdicts.

    A store that cannot be written to is left as it is; standard error says so.
    """
    versions = json.dumps({"prices": version_of(prices), "program": VERSION})
    try:
        with open_store(path) as store:
            rows = _claims(store, unchecked(store.select, versions), prices, versions)
            while batch := list(islice(rows, _BATCH)):
                store.add_claims(batch)
    except StoreError as error:
        typer.echo(f"the verdicts are not kept: {error}", err=True)


def keep_signals(path: str | Path, narrative: Narrative) -> None:
    """Keep the signals of all that the store holds, in the place of earlier ones.

    A store that cannot be written to is left as it is; standard error says so.
    """
    told = sorted(set(narrative.articles["versions"]))
    versions = json.dumps({"program": VERSION, "articles": told})
    now = to_text(dt.datetime.now(dt.UTC))
    rows = [
        {**row, "computed_at": now, "signal_versions": versions}
        for basis in ("known", "told")
        for row in _signals(narrative, basis)
    ]
    try:
        with open_store(path) as store:
            store.keep_signals(rows)
    except StoreError as error:
        typer.echo(f"the signals are not kept: {error}", err=True)


def version_of(prices: Prices) -> str:
    """Return a version of prices: it changes with every close of every symbol."""
    digest = sha256()
    for symbol in prices.symbols:
        close = prices.close(symbol)
        digest.update(symbol.encode() + b"\0")
        digest.update(close.index.to_numpy().tobytes() + close.to_numpy().tobytes())
    return digest.hexdigest()[:12]


def _claims(store: Store, editions: Sequence[int], prices: Prices, versions: str) -> Iterator[Row]:
    from nlp_rotation.align.claims import check_moves
    from nlp_rotation.align.rotation_claims import check_rotations

    made = {"checked_at": to_text(dt.datetime.now(dt.UTC)), "check_versions": versions}
    for edition in editions:
        record = _record(store, edition)
        for claim in check_moves(record, prices):
            yield {"edition": edition, **_move_row(claim), **made}
        for lead in check_rotations(record, prices):
            yield {"edition": edition, **_rotation_row(lead), **made}


def _record(store: Store, edition: int) -> Record:
    ((text, record),) = store.select(body_of(edition))
    return restore({"text": text, "record": record})


def _move_row(claim: Claim) -> Row:
    return {
        "kind": "move",
        "n": claim.move,
        "computed": claim.computed,
        "tolerance": claim.tolerance,
        "verdict": claim.verdict,
        "reason": claim.reason,
        **_days("window", claim.window),
        **_days("nearest", claim.nearest),
        "priced_by": claim.priced_by,
    }


def _rotation_row(claim: RotationClaim) -> Row:
    return {
        "kind": "rotation",
        "n": claim.rotation,
        "computed": claim.relative,
        "percentile": claim.percentile,
        "history_since": _day(claim.since),
        "verdict": claim.verdict,
        "reason": claim.reason,
        **_days("window", claim.window),
        "priced_by": "/".join(claim.priced_by) if claim.priced_by else None,
    }


def _days(name: str, window: Window | None) -> Row:
    start, end = (window.start, window.end) if window else (None, None)
    return {f"{name}_start": _day(start), f"{name}_end": _day(end)}


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _signals(narrative: Narrative, basis: str) -> Iterator[Row]:
    from nlp_rotation.align.sessions import exchange
    from nlp_rotation.align.signals import signals

    table = signals(narrative, session="known_session" if basis == "known" else "told_session")
    closes = dict(zip(exchange().days, exchange().closes, strict=True))
    for row in table.reset_index().to_dict("records"):
        session: pd.Timestamp = row.pop("session")
        numbers: Row = {str(name): None if value != value else value for name, value in row.items()}
        # what is told of a session is told after it, nobody knows until when
        known = to_text(closes[session].to_pydatetime()) if basis == "known" else None
        yield {"basis": basis, "session": session.date().isoformat(), "knowable_at": known, **numbers}
