"""The columns of the lake: those of the SQLite tables, so that one set of views fits both.

One Parquet row is one edition: its own columns, its text, and one list of structs for each kind of
thing extracted. An article and its rows lie in one file, so no reader ever sees half of them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from nlp_rotation.store.schema import VIEWS, migrate, statements

#: What hangs on an edition, as a list of structs; the names are those of the SQLite tables.
PARTS = ("sentence", "mention", "move", "driver", "effect", "rotation", "story_key", "story_link")

#: Columns that a lake works out when it is read.
_OF_SQLITE = ("edition", "latest")

_TYPES = {"INTEGER": pa.int64(), "REAL": pa.float64(), "TEXT": pa.string(), "BOOLEAN": pa.bool_()}

_SQL_TYPES = {"int64": "BIGINT", "double": "DOUBLE", "string": "VARCHAR", "bool": "BOOLEAN"}


def arrow_schema() -> pa.Schema:
    """Return the schema of every Parquet file of a lake."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        migrate(connection)
        own = _fields(connection, "edition", without=("current",))
        body = _fields(connection, "body", without=("edition",))
        parts = [
            pa.field(name, pa.list_(pa.struct(_fields(connection, name, without=_OF_SQLITE))))
            for name in PARTS
        ]
    finally:
        connection.close()
    return pa.schema([*own, *body, *parts])


def empty_table(name: str) -> str:
    """Return the statement that makes a table of the columns of the files, with that of their folders."""
    columns = ", ".join(f'"{field.name}" {_sql_type(field.type)}' for field in arrow_schema())
    return f"CREATE TABLE {name} ({columns}, month VARCHAR)"


def _sql_type(kind: pa.DataType) -> str:
    if pa.types.is_list(kind):
        return f"{_sql_type(kind.value_type)}[]"
    if pa.types.is_struct(kind):
        return f"STRUCT({', '.join(f'{field.name} {_sql_type(field.type)}' for field in kind)})"
    return _SQL_TYPES[str(kind)]


def record_view(files: Sequence[Path]) -> str:
    """Return the statement that makes one table of the Parquet files.

    They have one schema: matching their columns by name would open every file whenever a view is named.
    """
    listed = ", ".join("'" + str(file).replace("'", "''") + "'" for file in files)
    return (
        f"CREATE OR REPLACE VIEW record AS SELECT * FROM read_parquet([{listed}], "
        "hive_partitioning = true, hive_types = {'month': VARCHAR})"
    )


def mixed_record_view(files: Sequence[Path]) -> str:
    """Return the statement for a lake that an earlier program began: what its files lack is null."""
    listed = ", ".join("'" + str(file).replace("'", "''") + "'" for file in files)
    return (
        f"CREATE OR REPLACE VIEW record AS SELECT * FROM read_parquet([{listed}], union_by_name = true, "
        "hive_partitioning = true, hive_types = {'month': VARCHAR}) UNION ALL BY NAME SELECT * FROM nothing"
    )


def view_statements() -> list[str]:
    """Return the statements that lay the tables of SQLite, and the documented views, over ``record``."""
    tables = [
        f"CREATE VIEW edition AS SELECT * EXCLUDE (month, text, record, {', '.join(PARTS)}), "
        "row_number() OVER (PARTITION BY article_id ORDER BY extracted_at DESC, edition DESC) = 1 AS current "
        "FROM record",
        "CREATE VIEW body AS SELECT edition, text, record FROM record",
        *(
            f"CREATE VIEW {name} AS SELECT edition, unnest({name}, recursive := true) FROM record"
            for name in PARTS
            if name != "story_link"
        ),
        "CREATE VIEW story_link AS SELECT *, "
        "row_number() OVER (PARTITION BY article_id ORDER BY edition DESC) = 1 AS latest "
        "FROM (SELECT edition, unnest(story_link, recursive := true) FROM record)",
    ]
    return [*tables, *statements(VIEWS)]


def _fields(
    connection: sqlite3.Connection, table: str, *, without: tuple[str, ...] = ("edition",)
) -> list[pa.Field]:
    columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
    return [pa.field(name, _TYPES[kind]) for _, name, kind, *_ in columns if name not in without]
