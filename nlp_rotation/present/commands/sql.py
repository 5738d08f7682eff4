"""``nlp-rotation sql``: a reader's own question over the documented views."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from nlp_rotation.present import options


def sql(
    query: Annotated[str, typer.Argument(metavar="QUERY", help="One SELECT over the views.")],
    store: options.StorePath = options.DEFAULT_STORE_PATH,
    limit: options.Limit = 1000,
    format_: options.Rows = options.RowFormat.table,
) -> None:
    """Ask a store in SQL of its back end; the connection can do nothing but read."""
    from nlp_rotation.present.queries.asking import sql as ask
    from nlp_rotation.present.rows import print_answer
    from nlp_rotation.store.opening import open_store

    with open_store(store, mode="read") as opened:
        # one more than is shown tells whether there are more
        answer = ask(opened, query, limit=limit + 1)
    shown = answer.first(limit)
    print_answer("", "sql", shown, format_.value, sys.stdout)
    if len(answer.rows) > limit:
        typer.echo(f"there are more than these {limit} rows; --limit says how many are shown", err=True)
