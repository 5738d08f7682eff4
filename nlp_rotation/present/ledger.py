"""Say what was skipped, and end a command with the exit status that its ledger deserves."""

from __future__ import annotations

from dataclasses import dataclass, field

import typer

from nlp_rotation.types import Skipped

NOTHING_READ = 3


@dataclass(slots=True)
class Ledger:
    """Counts what a command read and keeps what it skipped."""

    articles: int = 0
    skips: list[Skipped] = field(default_factory=list)

    def skip(self, item: Skipped) -> None:
        """Note one skipped input and tell the user at once."""
        self.skips.append(item)
        place = f"{item.source_path} {item.locator}".strip()
        typer.echo(f"{'skipped' if item.loss else 'left out'}: {place}: {item.reason}", err=True)

    @property
    def losses(self) -> list[Skipped]:
        """The skipped inputs that were meant to be read."""
        return [item for item in self.skips if item.loss]

    def close(self, *, strict: bool) -> None:
        """Print the total where something was lost, and leave with the right exit status."""
        if self.losses:
            typer.echo(f"{self.articles} articles read, {len(self.losses)} inputs skipped", err=True)
        if not self.articles:
            typer.echo("nlp-rotation: no article in what was given", err=True)
            raise typer.Exit(NOTHING_READ)
        if strict and self.losses:
            raise typer.Exit(1)
