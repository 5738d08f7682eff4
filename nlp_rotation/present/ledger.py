"""Say what was skipped, and end a command with the exit status that its ledger deserves."""

from __future__ import annotations

from dataclasses import dataclass, field

import typer

from nlp_rotation.types import Skipped

NOTHING_READ = 3
#: Skipped inputs that a report can list.
KEEP = 1000


@dataclass(slots=True)
class Ledger:
    """Counts what a command read and what it skipped, in bounded memory."""

    articles: int = 0
    lost: int = 0
    #: The first :data:`KEEP` of them; the ledger of the store has all.
    skips: list[Skipped] = field(default_factory=list)

    def skip(self, item: Skipped) -> None:
        """Note one skipped input and tell the user at once."""
        self.lost += item.loss
        if len(self.skips) < KEEP:
            self.skips.append(item)
        place = f"{item.source_path} {item.locator}".strip()
        typer.echo(f"{'skipped' if item.loss else 'left out'}: {place}: {item.reason}", err=True)

    def close(self, *, strict: bool) -> None:
        """Print the total where something was lost, and leave with the right exit status."""
        if self.lost:
            typer.echo(f"{self.articles} articles read, {self.lost} inputs skipped", err=True)
        if not self.articles:
            typer.echo("nlp-rotation: no article in what was given", err=True)
            raise typer.Exit(NOTHING_READ)
        if strict and self.lost:
            raise typer.Exit(1)
