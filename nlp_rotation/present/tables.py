"""What a person reads on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from nlp_rotation.types import Driver, Effect, Move, Record, Rotation, Window

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

ARROWS = {"up": "▲", "down": "▼", "unclear": "•"}
_QUOTE_WIDTH = 96


def console_on(out: TextIO) -> Console:
    """Return a console that writes to ``out``; a pipe gets plain text wide enough not to wrap."""
    from rich.console import Console

    return Console(file=out, width=None if out.isatty() else 160, highlight=False, soft_wrap=False)


def plain_table(title: str, *columns: str) -> Table:
    """Return an empty table in the house style: no box, a rule under the head."""
    from rich import box
    from rich.table import Table

    table = Table(title=title, box=box.SIMPLE_HEAD, title_justify="left", title_style="bold", pad_edge=False)
    for column in columns:
        right = column in ("%", "n", "articles", "net", "hedged")
        table.add_column(column, justify="right" if right else "left", overflow="fold")
    return table


def print_record(record: Record, out: TextIO) -> None:
    """Print one article with all that it says."""
    from rich.markup import escape

    console = console_on(out)
    article = record.article
    day = article.published.date.isoformat() if article.published.date else "undated"
    head = " · ".join(part for part in (day, article.source, _mood(record)) if part)
    console.print(f"[bold]{escape(article.title or first_words(article.text))}[/bold]")
    console.print(f"[dim]{escape(head)}[/dim]")
    for table in (_moves(record), _drivers(record), _rotations(record)):
        if table.row_count:
            console.print(table)
    if not (record.moves or record.drivers or record.rotations):
        console.print("[dim]no move, driver or rotation stated[/dim]")
    console.print()


def _mood(record: Record) -> str:
    return f"sentiment {record.sentiment.score:+.2f}" if record.sentiment else ""


def _moves(record: Record) -> Table:
    table = plain_table("Moves", "subject", "%", "over", "said")
    for move in record.moves:
        table.add_row(move.subject, signed(move), days(move.window), shorten(_around(record, move)))
    return table


def _drivers(record: Record) -> Table:
    table = plain_table("Drivers", "why", "moves", "how", "who says so", "said")
    for driver in sorted(record.drivers, key=lambda item: item.rank):
        table.add_row(
            driver.category, effects(driver.effects), manner(driver), who(driver), shorten(driver.text)
        )
    return table


def _rotations(record: Record) -> Table:
    table = plain_table("Rotations", "from", "to", "status", "who says so", "said")
    for item in record.rotations:
        status = item.status + (", hedged" if item.hedged else "")
        table.add_row(item.from_ or "?", item.to or "?", status, who(item), shorten(item.text))
    return table


def _around(record: Record, move: Move) -> str:
    """Return the move's words with its subject, where that stands just before them."""
    start = move.subject_start if 0 <= move.start - move.subject_start < _QUOTE_WIDTH else move.start
    return record.article.text[min(start, move.start) : move.end]


def signed(move: Move) -> str:
    """Return the percentage as people write it: ``≈ +4``, ``0 (±0.5)``."""
    mark = "≈ " if move.approx else ""
    if move.range and move.range[0] == -move.range[1]:
        return f"0 (±{move.range[1]:g})"
    return f"{mark}{move.pct:+g}"


def days(window: Window | None) -> str:
    """Return a window as ``24 Dec 2020 → 29 Dec 2020``, with ``?`` for what is not known."""
    if window is None or (window.start is None and window.end is None):
        return ""
    start, end = (day.strftime("%Y-%m-%d") if day else "?" for day in (window.start, window.end))
    return f"{start} → {end}"


def effects(items: tuple[Effect, ...]) -> str:
    """Return effects as ``▲ group:small_caps  ▼ NVDA``."""
    return "  ".join(f"{ARROWS[item.direction]} {item.on}" for item in items)


def manner(driver: Driver) -> str:
    """Return how the cause is put: ``explains``, ``predicts, hedged``."""
    return driver.relation + (", hedged" if driver.hedged else "")


def who(item: Driver | Rotation) -> str:
    """Return speaker and firm, or nothing where the article itself speaks."""
    return ", ".join(part for part in (item.speaker, item.firm) if part)


def shorten(text: str, width: int = _QUOTE_WIDTH) -> str:
    """Return ``text`` on one line of at most ``width`` characters."""
    line = " ".join(text.split())
    return line if len(line) <= width else line[: width - 1].rstrip() + "…"


def first_words(text: str) -> str:
    """Return the beginning of a text that has no title."""
    return shorten(text.lstrip().split("\n", 1)[0], 80)
