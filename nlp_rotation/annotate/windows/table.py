"""The table of phrases that fix days."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from nlp_rotation.config import TABLES


@cache
def window_table() -> Mapping[str, Any]:
    """The table as written."""
    return tomllib.loads((TABLES / "windows.toml").read_text("utf-8"))
