"""Where the program finds its own data, and what a user may set."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent

#: Tables of facts (securities, groups, taxonomy, cues) that travel inside the package.
TABLES = _PACKAGE / "tables"

#: Weights and model cards: inside an installed wheel, or beside the package in a checkout.
MODELS = _PACKAGE / "models" if (_PACKAGE / "models").is_dir() else _PACKAGE.parent / "models"

DEFAULT_STORE = Path("rotation.db")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The choices that change a record or the way a batch runs."""

    #: A taxonomy of the user's own, in the format of ``tables/taxonomy.toml``; None for the built-in one.
    taxonomy: Path | None = None
    #: Name of a bundled scorer, folder of a model, or hub id; None for the default.
    sentiment_model: str | None = None
    #: A file of answers that the sentiment model gave before; made where there is none; None to keep none.
    sentiment_cache: Path | None = None
    #: Items with a lower confidence are left out of the record.
    min_confidence: float = 0.0
    #: Feed entries are followed to their page.
    follow: bool = True
    #: Addresses of the local network may be fetched (tests, intranets).
    allow_private_hosts: bool = False
