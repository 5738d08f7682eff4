"""What a lake holds already, as far as a writer needs to know it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyarrow.parquet as pq

from nlp_rotation.store.flatten import Flat, Row
from nlp_rotation.store.lake_errors import reading
from nlp_rotation.store.lake_files import parts
from nlp_rotation.store.rows import Added

_COLUMNS = ["edition", "article_id", "digest", "extracted_at"]


class Known:
    """Identities of the editions in a lake; files are never changed, so each is read once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._read: set[Path] = set()
        self._digests: set[tuple[str, str]] = set()
        self._current: dict[str, str] = {}
        self._last_edition = 0

    def refresh(self) -> None:
        """Take in the files that have appeared since."""
        for path in parts(self._root):
            if path not in self._read:
                self._take_in(path)

    def _take_in(self, path: Path) -> None:
        with reading(self._root):
            rows = pq.ParquetFile(path).read(columns=_COLUMNS).to_pylist()
        for row in rows:
            self._enter(row)
        self._read.add(path)

    def __contains__(self, identity: tuple[str, str]) -> bool:
        return identity in self._digests

    def is_article(self, article_id: str) -> bool:
        """Tell whether any edition of the article is known."""
        return article_id in self._current

    def number(self, flats: Iterable[Flat]) -> tuple[list[Row], Added]:
        """Return the new editions among ``flats`` as rows with their numbers, and what becomes of all."""
        rows: list[Row] = []
        added = Added()
        for flat in flats:
            identity = flat.edition["article_id"], flat.edition["digest"]
            if identity in self._digests:
                added += Added(unchanged=1)
                continue
            row = {"edition": self._last_edition + 1, **flat.edition, **flat.body, **flat.parts}
            added += Added(written=1, superseded=int(self._enter(row)))
            rows.append(row)
        return rows, added

    def _enter(self, row: Row) -> bool:
        """Remember an edition; tell whether it takes the place of another as the current one."""
        article_id, extracted_at = row["article_id"], row["extracted_at"]
        standing = self._current.get(article_id)
        self._digests.add((article_id, row["digest"]))
        self._last_edition = max(self._last_edition, row["edition"])
        self._current[article_id] = max(extracted_at, standing or "")
        return standing is not None and standing <= extracted_at
