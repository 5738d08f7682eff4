"""``nlp-rotation sources``: the ledger of what is read again and again."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import TYPE_CHECKING, Any

from nlp_rotation.present import options

if TYPE_CHECKING:
    from nlp_rotation.types import SourceState


def sources(
    store: options.StorePath = options.DEFAULT_STORE_PATH,
    format_: options.Rows = options.RowFormat.table,
) -> None:
    """Show every source that was read again or fetched: how it went, why not, and when it is due."""
    from nlp_rotation.present.rows import print_rows
    from nlp_rotation.store.opening import open_store

    columns = _told if format_ is options.RowFormat.table else _columns
    with open_store(store, mode="read") as opened:
        print_rows("Sources", map(columns, opened.sources()), format_.value, sys.stdout)


def _columns(state: SourceState) -> dict[str, Any]:
    """Return all that the ledger holds of a source."""
    return {
        "source": state.source,
        "attempted_at": _instant(state.attempted_at),
        "succeeded_at": _instant(state.succeeded_at),
        "due_at": _instant(state.due_at),
        "new": state.new,
        "known": state.known,
        "failed": state.failed,
        "written": state.written,
        "failures": state.failures,
        "reason": state.reason,
        "etag": state.etag,
        "last_modified": state.last_modified,
        "moved_to": state.moved_to,
    }


def _told(state: SourceState) -> dict[str, Any]:
    """Return what a person asks of a source."""
    return {
        "source": state.source,
        "last attempt": _minute(state.attempted_at),
        "last success": _minute(state.succeeded_at),
        "new": state.new,
        "known": state.known,
        "failed": state.failed,
        "written": state.written,
        "due": _minute(state.due_at),
        "why": state.reason,
    }


def _instant(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


def _minute(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else ""
