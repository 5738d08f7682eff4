"""``moves``, ``rotations``, ``articles`` and ``search``: the other questions to a store."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from nlp_rotation.present import options


def moves(
    store: options.StorePath = options.DEFAULT_STORE_PATH,
    subject: options.Subject = None,
    since: options.Since = None,
    until: options.Until = None,
    source: options.Source = None,
    as_of: options.AsOf = None,
    limit: options.Limit = 50,
    format_: options.Rows = options.RowFormat.table,
) -> None:
    """Show the stored moves, newest first, each with the days it covers and its evidence."""
    from nlp_rotation.present.rows import move_columns, print_rows
    from nlp_rotation.store.opening import open_store
    from nlp_rotation.store.rows import Query

    filters = options.filters_of(
        subject=subject, source=source, since=since, until=until, as_of=as_of, limit=limit
    )
    with open_store(store, mode="read") as opened:
        print_rows("Moves", map(move_columns, opened.moves(Query(**filters))), format_.value, sys.stdout)


def rotations(
    store: options.StorePath = options.DEFAULT_STORE_PATH,
    subject: options.Subject = None,
    since: options.Since = None,
    until: options.Until = None,
    source: options.Source = None,
    as_of: options.AsOf = None,
    limit: options.Limit = 50,
    format_: options.Rows = options.RowFormat.table,
) -> None:
    """Show the stored rotations, newest first; a subject may stand on either side."""
    from nlp_rotation.present.rows import print_rows, rotation_columns
    from nlp_rotation.store.opening import open_store
    from nlp_rotation.store.rows import Query

    filters = options.filters_of(
        subject=subject, source=source, since=since, until=until, as_of=as_of, limit=limit
    )
    with open_store(store, mode="read") as opened:
        rows = map(rotation_columns, opened.rotations(Query(**filters)))
        print_rows("Rotations", rows, format_.value, sys.stdout)


def articles(
    store: options.StorePath = options.DEFAULT_STORE_PATH,
    category: options.Category = None,
    subject: options.Subject = None,
    since: options.Since = None,
    until: options.Until = None,
    source: options.Source = None,
    as_of: options.AsOf = None,
    limit: options.Limit = 50,
    format_: options.Rows = options.RowFormat.table,
) -> None:
    """Show the stored articles, newest first; a subject is something that they mention."""
    from nlp_rotation.present.rows import article_columns, print_rows
    from nlp_rotation.store.opening import open_store
    from nlp_rotation.store.rows import ArticleQuery

    filters = options.filters_of(
        subject=subject, source=source, since=since, until=until, as_of=as_of, limit=limit
    )
    with open_store(store, mode="read") as opened:
        rows = map(article_columns, opened.articles(ArticleQuery(category=category, **filters)))
        print_rows("Articles", rows, format_.value, sys.stdout)


def search(
    words: Annotated[
        str, typer.Argument(metavar="WORDS", help='All must occur; "in quotes" they follow each other.')
    ],
    store: options.StorePath = options.DEFAULT_STORE_PATH,
    category: options.Category = None,
    subject: options.Subject = None,
    since: options.Since = None,
    until: options.Until = None,
    source: options.Source = None,
    as_of: options.AsOf = None,
    limit: options.Limit = 20,
    format_: options.Rows = options.RowFormat.table,
) -> None:
    """Search the text of the stored articles, the best hit first."""
    from nlp_rotation.present.rows import found_columns, print_rows
    from nlp_rotation.store.opening import open_store
    from nlp_rotation.store.rows import ArticleQuery

    filters = options.filters_of(
        subject=subject, source=source, since=since, until=until, as_of=as_of, limit=limit
    )
    with open_store(store, mode="read") as opened:
        rows = map(found_columns, opened.search(words, ArticleQuery(category=category, **filters)))
        print_rows("Found", rows, format_.value, sys.stdout)
