"""From a path to the store that lies there, or is to be made there."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from nlp_rotation.errors import StoreError
from nlp_rotation.store.protocol import Store
from nlp_rotation.store.sqlite import SqliteStore

Mode = Literal["create", "read"]

#: Endings by which a path that does not exist yet asks for a lake: a folder of Parquet files.
_LAKE_ENDINGS = (".lake", ".parquet")


def open_store(path: str | Path, *, mode: Mode = "create") -> Store:
    """Open the store at ``path``: a folder is a lake of Parquet files, anything else a SQLite file.

    :param path: where there is nothing yet, a name that ends with ``/``, ``.lake`` or ``.parquet``
        makes a lake.
    :param mode: ``create`` writes and makes what is missing; ``read`` wants a store that exists.
    :raises ForeignStoreError: where something else lies there; it is not touched.
    :raises StoreError: where there is nothing to read, or the extra for lakes is not installed.
    """
    if not is_lake(path):
        return SqliteStore(Path(path), mode=mode)
    try:
        from nlp_rotation.store.lake import LakeStore
    except ModuleNotFoundError as error:
        raise StoreError(
            f"a folder of Parquet files needs {error.name}",
            where=str(path),
            hint="pip install 'nlp-rotation[lake]', or name a file instead of a folder",
        ) from error
    return LakeStore(Path(path), mode=mode)


def is_lake(path: str | Path) -> bool:
    """Tell whether ``path`` means a folder of Parquet files."""
    place = Path(path)
    if place.exists():
        return place.is_dir()
    return str(path).endswith(("/", os.sep)) or place.suffix in _LAKE_ENDINGS
