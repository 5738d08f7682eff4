"""What the generated tables were made from: ``tables/PROVENANCE.md`` has a part for each maker of tables."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path


def record(part: str, *, packages: Sequence[str], tables: Mapping[str, Sequence[Path]], folder: Path) -> None:
    """Replace the part that begins with ``<!-- part -->``: versions of packages, hashes of tables.

    :param tables: name of a table -> the files that it consists of.
    """
    path = folder / "PROVENANCE.md"
    head, mark, rest = path.read_text(encoding="utf-8").partition(f"<!-- {part} -->\n")
    _, following, tail = rest.partition("\n<!-- ")
    rows = [f"| {name} | {version(name)} |" for name in packages]
    hashes = [f"| {name} | {sha256(files)} |" for name, files in tables.items()]
    lines = ["", "| package | version |", "|---|---|", *rows]
    lines += ["", "| table | sha256 |", "|---|---|", *hashes, ""]
    path.write_text(head + mark + "\n".join(lines) + following + tail, encoding="utf-8")


def sha256(files: Sequence[Path]) -> str:
    """Return the hash of the files, one after the other."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()
