"""From a path to the store that lies there, or is to be made there."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Literal

from nlp_rotation.errors import StoreError
from nlp_rotation.store.protocol import Store
from nlp_rotation.store.sqlite import SqliteStore

Mode = Literal["create", "read"]

#: Endings by which a path that does not exist yet asks for a lake: a folder of Parquet files.
_LAKE_ENDINGS = (".lake", ".parquet")
#: An address instead of a path; ``Path`` leaves one of its slashes. A single letter is a drive.
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+:/", re.IGNORECASE)


def open_store(path: str | Path, *, mode: Mode = "create") -> Store:
    """Open the store at ``path``: a folder is a lake of Parquet files, anything else a SQLite file.

    :param path: where there is nothing yet, a name that ends with ``/``, ``.lake`` or ``.parquet``
        makes a lake.
    :param mode: ``create`` writes and makes what is missing; ``read`` wants a store that exists.
    :raises ForeignStoreError: where something else lies there; it is not touched.
    :raises StoreError: where there is nothing to read, the extra for lakes is not installed, or the path
        is an address.
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
    """Tell whether ``path`` means a folder of Parquet files.

    :raises StoreError: where it is an address: locks and renames, by which writers agree, need a file system.
    """
    if _ADDRESS.match(str(path)):
        hint = "name a folder that ends with /, and copy it there when the run is done"
        raise StoreError("a store cannot lie in an object store", where=str(path), hint=hint)
    place = Path(path)
    if place.exists():
        return place.is_dir()
    return str(path).endswith(("/", os.sep)) or place.suffix in _LAKE_ENDINGS
