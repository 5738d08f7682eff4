"""Answers as pandas frames and as Arrow tables, each kind of column always of the same type.

=======  ============================  ======================================
kind     pandas                        Arrow
=======  ============================  ======================================
text     ``string``                    ``string``
int      ``Int64``                     ``int64``
number   ``float64``                   ``double``
flag     ``boolean``                   ``bool``
instant  ``datetime64[us, UTC]``       ``timestamp[us, tz=UTC]``
day      ``datetime64[us]``, midnight  ``date32``
json     ``object``: lists and dicts   ``string``: the JSON text
=======  ============================  ======================================
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from nlp_rotation.errors import StoreError
from nlp_rotation.present.queries.asking import Answer
from nlp_rotation.store.catalogue import Column

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa
    from numpy.typing import NDArray

_PANDAS = {"text": "string", "int": "Int64", "number": "float64", "flag": "boolean", "json": "object"}


def to_frame(answer: Answer, *, index: str = "") -> pd.DataFrame:
    """Return an answer as a frame.

    :param index: the column that becomes the index; without one the rows are numbered.
    """
    import pandas as pd

    from nlp_rotation.store.counts import Counts

    rows = answer.rows
    every = (
        map(_series_of_array, answer.columns, rows.columns())
        if isinstance(rows, Counts)
        else map(_series, answer.columns, _by_column(answer))
    )
    frame = pd.DataFrame(dict(zip((column.name for column in answer.columns), every, strict=True)))
    return frame.set_index(index) if index else frame


def to_arrow(answer: Answer) -> pa.Table:
    """Return an answer as an Arrow table.

    :raises StoreError: where pyarrow is not installed.
    """
    try:
        import pyarrow as pa
    except ModuleNotFoundError as error:
        hint = "pip install 'nlp-rotation[lake]'"
        raise StoreError("Arrow tables need pyarrow", hint=hint) from error
    from nlp_rotation.store.counts import Counts

    if isinstance(answer.rows, Counts):
        columns: Iterable[Any] = answer.rows.columns()
    else:
        columns = map(_arrow_values, answer.columns, _by_column(answer))
    arrays = [
        pa.array(values, type=_arrow_type(column))
        for column, values in zip(answer.columns, columns, strict=True)
    ]
    return pa.table(arrays, names=[column.name for column in answer.columns])


def _by_column(answer: Answer) -> Sequence[Sequence[Any]]:
    return list(zip(*answer.rows, strict=True)) or [() for _ in answer.columns]


def _series(column: Column, values: Sequence[Any]) -> pd.Series:
    import pandas as pd

    if column.kind == "instant":
        return pd.Series(pd.to_datetime(list(values), utc=True, format="ISO8601")).astype(
            "datetime64[us, UTC]"
        )
    if column.kind == "day":
        return pd.Series(pd.to_datetime(list(values), format="ISO8601")).astype("datetime64[us]")
    if column.kind == "json":
        values = [None if value is None else json.loads(value) for value in values]
    elif column.kind == "flag":
        values = [None if value is None else bool(value) for value in values]
    elif column.kind == "text":
        values = [value if value is None or isinstance(value, str) else str(value) for value in values]
    return pd.Series(list(values), dtype=_PANDAS[column.kind])


def _series_of_array(column: Column, values: NDArray[Any]) -> pd.Series:
    """Counts are columns already, which pandas takes as they are."""
    import pandas as pd

    if column.kind == "day":
        return pd.Series(values.astype("datetime64[us]"))
    return pd.Series(values, dtype=_PANDAS[column.kind])


def _arrow_type(column: Column) -> Any:
    import pyarrow as pa

    return {
        "text": pa.string(),
        "int": pa.int64(),
        "number": pa.float64(),
        "flag": pa.bool_(),
        "instant": pa.timestamp("us", tz="UTC"),
        "day": pa.date32(),
        "json": pa.string(),
    }[column.kind]


def _arrow_values(column: Column, values: Sequence[Any]) -> list[Any]:
    return [_arrow_value(column, value) for value in values]


def _arrow_value(column: Column, value: Any) -> Any:
    if column.kind == "text" and value is not None:
        return str(value)
    turn = _ARROW_VALUES.get(column.kind)
    return turn(value) if turn and value is not None else value


_ARROW_VALUES: dict[str, Callable[[Any], Any]] = {
    "flag": bool,
    "instant": dt.datetime.fromisoformat,
    "day": dt.date.fromisoformat,
}
