"""The files of a folder, in an order that does not depend on the machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from nlp_rotation.types import Skipped


def files_of(folder: str) -> Iterator[str | Skipped]:
    """Yield the paths of all files below ``folder``, sorted; annotation is yielded as left out.

    Hidden files and folders (a leading dot) are the file system's own and no sources. Links to
    folders are not followed, since they may lead round in a circle.
    """
    seen = False
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in names if not name.startswith(".")):
            seen = True
            path = Path(root, name)
            if not path.is_file():
                # A pipe would be waited at for ever.
                yield Skipped(source_path=str(path), stage="acquire", reason="not a plain file", loss=False)
            else:
                yield _annotation(path) if _is_annotation(path) else str(path)
    if not seen:
        yield Skipped(source_path=folder, stage="acquire", reason="the folder holds no files")


def _is_annotation(path: Path) -> bool:
    return path.suffix == ".json" and path.with_suffix(".txt").is_file()


def _annotation(path: Path) -> Skipped:
    return Skipped(
        source_path=str(path),
        stage="acquire",
        reason=f"annotation of {path.with_suffix('.txt').name}, not an article",
        loss=False,
    )
