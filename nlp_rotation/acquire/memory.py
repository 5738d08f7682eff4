"""What a source has given before: an entry that says what it said then is not fetched again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from nlp_rotation.hashing import content_id
from nlp_rotation.types import RawDocument, SeenEntry, Skipped


def place_of(item: RawDocument | Skipped) -> str:
    """Return the name by which an entry is remembered: where it stands."""
    return f"{item.source_path} {item.locator}".strip()


class Forgetful:
    """The memory of a single reading: everything is new."""

    def knows(self, document: RawDocument) -> bool:
        """Say that it does not."""
        return False

    def owe(self, document: RawDocument) -> None:
        """Forget it."""


class Memory(Forgetful):
    """The entries of one source that have been dealt with."""

    def __init__(self, seen: Mapping[str, SeenEntry]) -> None:
        self._seen = seen
        self._met: dict[str, SeenEntry] = {}
        #: Entries passed over, since nothing about them is new.
        self.known = 0
        #: Whether a page of this visit is still owed.
        self.owes = False

    def knows(self, document: RawDocument) -> bool:
        """Tell whether ``document`` says what it said when it was last dealt with."""
        place, digest = place_of(document), _digest(document)
        before = self._seen.get(place)
        if before is not None and before.digest == digest and not before.tries:
            self.known += 1
            return True
        self._met[place] = SeenEntry(entry=place, digest=digest)
        return False

    def owe(self, document: RawDocument) -> None:
        """Note that the page of ``document`` could not be had this time."""
        place = place_of(document)
        before = self._seen.get(place)
        tries = before.tries + 1 if before else 1
        self.owes = True
        self._met[place] = SeenEntry(entry=place, digest=_digest(document), tries=tries)

    def met(self, places: Iterable[str]) -> list[SeenEntry]:
        """Hand over what is to be remembered of the entries at ``places``, as far as they are entries."""
        return [self._met.pop(place) for place in dict.fromkeys(places) if place in self._met]


def _digest(document: RawDocument) -> str:
    given = document.given
    return content_id(given.title or "", given.url or "", given.published or "", document.body)
