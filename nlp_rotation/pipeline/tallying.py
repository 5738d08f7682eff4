"""How a source fared: its articles and losses counted, for the ledger."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from nlp_rotation.pipeline.storing import Outcome
from nlp_rotation.types import Skipped, SourceState


@dataclass(slots=True)
class Tally:
    """What one reading of a source gave."""

    new: int = 0
    known: int = 0
    failed: int = 0
    #: Why the first lost item was lost; of the source itself, why it could not be read.
    reason: str = ""

    def add(self, item: Outcome | Skipped) -> None:
        """Count one item."""
        if isinstance(item, Outcome):
            self.new += item.state == "written"
            self.known += item.state == "known"
        elif item.loss:
            self.failed += 1
            self.reason = self.reason or item.reason

    def counted(self, state: SourceState) -> SourceState:
        """Return ``state`` with the counts of this reading."""
        return replace(
            state,
            new=self.new,
            known=self.known,
            failed=self.failed,
            written=state.written + self.new,
            reason=state.reason or self.reason,
        )

    def entered(self, state: SourceState, *, at: datetime) -> SourceState:
        """Return ``state`` after a single reading, which promises no other and keeps no validators."""
        gave = bool(self.new or self.known)
        return self.counted(
            replace(
                state,
                attempted_at=at,
                succeeded_at=at if gave else state.succeeded_at,
                failures=0 if gave else state.failures + 1,
                reason="",
            )
        )


def source_of(item: Outcome | Skipped) -> str:
    """Return the source that ``item`` came from."""
    return (item.source_path if isinstance(item, Skipped) else item.record.article.source_path) or ""
