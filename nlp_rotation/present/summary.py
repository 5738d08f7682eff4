"""The short table that ends a run on the terminal, and the sentence that sums it up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TextIO

from nlp_rotation.present.digest import Cited, Digest
from nlp_rotation.present.tables import (
    console_on,
    days,
    effects,
    manner,
    plain_table,
    shorten,
    signed,
    who,
)

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_ROWS = 12


def in_words(digest: Digest) -> str:
    """Return one or two sentences: how much was read, over which days, and what stands out."""
    read = f"{digest.articles} article{'s' if digest.articles != 1 else ''}"
    if digest.first_day and digest.last_day:
        span = f"{digest.first_day:%-d %b %Y}"
        if digest.last_day != digest.first_day:
            span += f" to {digest.last_day:%-d %b %Y}"
        read += f", {span}"
    found = f"{digest.moves.seen} moves, {digest.drivers.seen} drivers and {digest.rotations.seen} rotations"
    return f"{read}: {found}.{_standout(digest)}"


def _standout(digest: Digest) -> str:
    sides = [(pair, n) for pair, n in digest.rotation_pairs.most_common() if None not in pair]
    parts = []
    if sides:
        (from_, to), times = sides[0]
        parts.append(f" Most stated rotation: {from_} → {to} ({times}×).")
    if digest.categories:
        category, times = digest.categories.most_common(1)[0]
        parts.append(f" Most stated driver: {category} ({times}×).")
    return "".join(parts)


def print_summary(digest: Digest, out: TextIO) -> None:
    """Print the rotations, the leading drivers, the largest moves and the verdicts."""
    from rich.markup import escape

    console = console_on(out)
    console.print(f"[bold]{escape(in_words(digest))}[/bold]\n")
    _print_rotations(digest, console)
    _print_drivers(digest, console)
    _print_moves(digest, console)
    if digest.verdicts:
        told = ", ".join(f"{n} {verdict}" for verdict, n in digest.verdicts.most_common())
        console.print(f"Stated moves against the prices: {told}\n")


def _print_rotations(digest: Digest, console: Console) -> None:
    table = plain_table("Rotations", "published", "from", "to", "status", "said")
    for cited in digest.rotations.in_order()[:_ROWS]:
        item = cited.item
        table.add_row(_day(cited), item.from_ or "?", item.to or "?", item.status, shorten(item.text, 72))
    _show(table, digest.rotations.seen, console)


def _print_drivers(digest: Digest, console: Console) -> None:
    table = plain_table("Drivers", "published", "why", "moves", "how", "who says so", "said")
    for cited in digest.drivers.in_order()[:_ROWS]:
        item = cited.item
        table.add_row(
            _day(cited), item.category, effects(item.effects), manner(item), who(item), shorten(item.text, 56)
        )
    _show(table, digest.drivers.seen, console)


def _print_moves(digest: Digest, console: Console) -> None:
    table = plain_table("Largest moves", "published", "subject", "%", "over", "said")
    largest = sorted(digest.moves.in_order(), key=lambda cited: -abs(cited.item.pct))
    for cited in largest[:_ROWS]:
        move = cited.item
        table.add_row(_day(cited), move.subject, signed(move), days(move.window), shorten(cited.sentence, 72))
    _show(table, digest.moves.seen, console)


def _day(cited: Cited[Any]) -> str:
    day = cited.article.published.date
    return day.isoformat() if day else "undated"


def _show(table: Table, seen: int, console: Console) -> None:
    if table.row_count:
        if seen > table.row_count:
            table.caption = f"{table.row_count} of {seen}; the page has more"
        console.print(table)
