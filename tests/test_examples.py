"""Code blocks of the docs run, and print what the block after them says."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parent.parent / "docs"
BLOCK = re.compile(r"```python\n(.*?)```(?:\n+```output\n(.*?)```)?", re.S)
PAGES = [page for page in sorted(DOCS.glob("*.md")) if BLOCK.search(page.read_text("utf-8"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_examples_print_what_they_say(page, root, tmp_path, monkeypatch):
    # An example may read the articles that a checkout has, and write where it stands.
    monkeypatch.chdir(tmp_path)
    (tmp_path / "seeds").symlink_to(root / "seeds")
    names: dict[str, object] = {}
    for code, expected in BLOCK.findall(page.read_text("utf-8")):
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(code, page.name, "exec"), names)
        if expected:
            assert printed.getvalue() == expected
