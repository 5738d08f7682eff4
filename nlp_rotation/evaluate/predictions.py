"""Saved records, one JSON object a line, found again by article."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from nlp_rotation.errors import UsageError

Tree = Mapping[str, Any]


def read_predictions(path: Path) -> list[Tree]:
    """Return the records of a JSON lines file.

    :raises UsageError: where the file is missing or a line is not a JSON object.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"predictions are not readable ({error})", where=str(path)) from error
    return [_record(line, f"{path}:{number}") for number, line in enumerate(lines, start=1) if line.strip()]


def _record(line: str, where: str) -> Tree:
    try:
        tree = json.loads(line)
    except ValueError as error:
        raise UsageError(f"not JSON ({error})", where=where) from error
    if not isinstance(tree, dict):
        raise UsageError("not a JSON object", where=where)
    return tree


def by_article(records: Iterable[Tree]) -> dict[str, Tree]:
    """Return the records under their id and under the stem of their path.

    :raises UsageError: where two records claim the same article.
    """
    found: dict[str, Tree] = {}
    for record in records:
        names = {str(record.get("id", "")), Path(record.get("source_path") or "").stem} - {""}
        for name in names:
            if name in found:
                raise UsageError(f"two records for {name}", hint="one prediction an article")
            found[name] = record
    return found
