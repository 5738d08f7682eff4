"""The extraction record as JSON: the contract that other programs read.

``encode`` and ``decode`` are inverse to each other (a property test says so). The keys are fixed by
schema version 1 and documented in ``docs/records.md``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from nlp_rotation.types import (
    Article,
    ArticleSentiment,
    Driver,
    Effect,
    Mention,
    Move,
    Probabilities,
    Publication,
    Record,
    Rotation,
    Sentence,
    Window,
)

SCHEMA = "1"


def encode(record: Record) -> dict[str, Any]:
    """Return the record as a tree of JSON values, keys in the order of the contract."""
    article = record.article
    return {
        "schema": SCHEMA,
        "id": article.id,
        "source_path": article.source_path,
        "title": article.title,
        "source": article.source,
        "author": article.author,
        "url": article.url,
        "lang": article.lang,
        "published": _plain(asdict(article.published)),
        "text": article.text,
        "content": article.content,
        "publisher": article.publisher,
        "canonical_url": article.canonical_url,
        "item_kind": article.item_kind,
        "updated": _plain(asdict(article.updated)) if article.updated else None,
        "sentences": [_plain(asdict(item)) for item in record.sentences],
        "mentions": [_plain(asdict(item)) for item in record.mentions],
        "moves": [_plain(asdict(item)) for item in record.moves],
        "drivers": [_plain(asdict(item)) for item in record.drivers],
        "rotations": [_plain(asdict(item)) for item in record.rotations],
        "sentiment": asdict(record.sentiment) if record.sentiment else None,
        "versions": dict(record.versions),
    }


def decode(tree: Mapping[str, Any]) -> Record:
    """Return the record that ``encode`` turned into ``tree``; keys it does not know are left alone.

    :raises KeyError: where a key of the contract is missing.
    """
    return Record(
        article=Article(
            **{key: tree[key] for key in ("id", "source_path", "title", "source", "author", "url", "lang")},
            published=_publication(tree["published"]),
            text=tree["text"],
            content=tree["content"],
            # Records of earlier programs go without these.
            publisher=tree.get("publisher"),
            canonical_url=tree.get("canonical_url"),
            item_kind=tree.get("item_kind", "article"),
            updated=_publication(tree["updated"]) if tree.get("updated") else None,
        ),
        sentences=tuple(
            Sentence(start=item["start"], end=item["end"], sentiment=_probabilities(item["sentiment"]))
            for item in tree["sentences"]
        ),
        mentions=tuple(
            Mention(**{**item, "sentiment": _probabilities(item["sentiment"])}) for item in tree["mentions"]
        ),
        moves=tuple(_move(item) for item in tree["moves"]),
        drivers=tuple(_driver(item) for item in tree["drivers"]),
        rotations=tuple(_rotation(item) for item in tree["rotations"]),
        sentiment=ArticleSentiment(**tree["sentiment"]) if tree["sentiment"] else None,
        versions=dict(tree["versions"]),
    )


def _plain(value: Any) -> Any:
    """Turn dates into ISO text, tuples into lists and ``from_`` into ``from``, all the way down."""
    if isinstance(value, dict):
        return {"from" if key == "from_" else key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return value


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _publication(tree: Mapping[str, Any]) -> Publication:
    return Publication(
        at=datetime.fromisoformat(tree["at"]) if tree["at"] else None,
        date=_date(tree["date"]),
        precision=tree["precision"],
        basis=tree["basis"],
        raw=tree["raw"],
        not_before=_date(tree["not_before"]),
        not_after=_date(tree["not_after"]),
        reason=tree.get("reason", ""),
    )


def _probabilities(tree: Mapping[str, float] | None) -> Probabilities | None:
    return Probabilities(**tree) if tree else None


def _window(tree: Mapping[str, Any] | None) -> Window | None:
    if tree is None:
        return None
    return Window(text=tree["text"], start=_date(tree["start"]), end=_date(tree["end"]))


def _move(tree: Mapping[str, Any]) -> Move:
    span = tuple(tree["range"]) if tree["range"] else None
    return Move(**{**tree, "range": span, "window": _window(tree["window"])})


def _driver(tree: Mapping[str, Any]) -> Driver:
    return Driver(**{**tree, "effects": tuple(Effect(**effect) for effect in tree["effects"])})


def _rotation(tree: Mapping[str, Any]) -> Rotation:
    fields = {key: value for key, value in tree.items() if key != "from"}
    return Rotation(
        **{
            **fields,
            "from_": tree["from"],
            "window": _window(tree["window"]),
            "drivers": tuple(tree["drivers"]),
            "moves": tuple(tree["moves"]),
        }
    )
