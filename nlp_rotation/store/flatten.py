"""From a record to plain rows: what both back ends write, under the same column names.

A :class:`Flat` is one *edition*: an article as one set of versions read it. Beside the rows it keeps
the record itself as JSON, so that what was added comes back letter by letter.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nlp_rotation.hashing import content_id
from nlp_rotation.records import decode, encode
from nlp_rotation.store.clocks import to_text
from nlp_rotation.timeline import readable_at
from nlp_rotation.types import Article, Driver, Mention, Move, Probabilities, Record, Rotation, Window

Row = dict[str, Any]

#: Relations of a driver that no longer, or never, had its effect.
OUT_OF_FORCE = ("ended", "denied")

#: Fields of the article that do not make another edition: a moved file is the same article.
_WHEREABOUTS = {"source_path", "canonical_url"}

#: Fields that records have not always had, with what stands for saying nothing.
_ADDED_LATER = {"publisher": None, "item_kind": "article", "updated": None}

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Flat:
    """One edition as rows."""

    #: Columns of ``edition``, without the number that the store gives it.
    edition: Row
    #: Columns of ``body``: the text and the rest of the record.
    body: Row
    #: Rows of ``sentence``, ``mention``, ``move``, ``driver``, ``effect`` and ``rotation``.
    parts: dict[str, list[Row]]


def digest(article: Article, versions: Mapping[str, str]) -> str:
    """Return the identity of an edition: everything that the record follows from."""
    tree = encode(Record(article=article, versions=dict(sorted(versions.items()))))
    given = {key: value for key, value in tree.items() if key not in _WHEREABOUTS and _is_told(key, value)}
    given["url"] = article.canonical_url or article.url
    return content_id(json.dumps(given, sort_keys=True))


def _is_told(key: str, value: Any) -> bool:
    """Leave out what earlier programs did not tell, so that they and this one agree on the rest."""
    return key not in _ADDED_LATER or value != _ADDED_LATER[key]


def flatten(record: Record, *, extracted_at: dt.datetime) -> Flat:
    """Return the rows of one record."""
    edition, body = _edition(record, extracted_at), _body(record)
    parts = parts_of(record)
    if _is_storable(record, body):
        return Flat(edition, body, parts)
    clean_parts = {name: [_cleaned(row) for row in rows] for name, rows in parts.items()}
    return Flat(_cleaned(edition), _cleaned(body), clean_parts)


def restore(body: Mapping[str, str]) -> Record:
    """Return the record that :func:`flatten` took apart."""
    tree = json.loads(body["record"])
    tree.setdefault("text", body["text"])
    return decode(tree)


def _edition(record: Record, extracted_at: dt.datetime) -> Row:
    article, published, mood = record.article, record.article.published, record.sentiment
    knowable = readable_at(article)
    return {
        "article_id": article.id,
        "digest": digest(article, record.versions),
        "title": article.title,
        "source": article.source,
        "author": article.author,
        "url": article.url,
        "lang": article.lang,
        "content": article.content,
        "source_path": article.source_path,
        "published_at": to_text(published.at) if published.at else None,
        "day": _day(published.date or (published.at.date() if published.at else None)),
        "precision": published.precision,
        "basis": published.basis,
        "not_before": _day(published.not_before),
        "not_after": _day(published.not_after),
        "knowable_at": to_text(knowable) if knowable else None,
        "extracted_at": to_text(extracted_at),
        "versions": json.dumps(dict(sorted(record.versions.items()))),
        "positive": mood.positive if mood else None,
        "neutral": mood.neutral if mood else None,
        "negative": mood.negative if mood else None,
        "score": mood.score if mood else None,
        "model": mood.model if mood else None,
        "updated_at": to_text(article.updated.at) if article.updated and article.updated.at else None,
        "publisher": article.publisher,
        "canonical_url": article.canonical_url,
        "item_kind": article.item_kind,
    }


def _body(record: Record) -> Row:
    """Keep the text once: in a column that any client can read, and not in the JSON beside it."""
    tree = encode(record)
    text = tree["text"]
    if _is_unicode(text):
        del tree["text"]
    return {"text": text, "record": json.dumps(tree, separators=(",", ":"))}


def parts_of(record: Record) -> dict[str, list[Row]]:
    """Return what was extracted, as rows by table; ``n`` is the place in the record's own tuple."""
    starts = [sentence.start for sentence in record.sentences]
    ends = [sentence.end for sentence in record.sentences]

    def place(item: Mention | Move | Driver | Rotation) -> Row:
        return {
            "start_char": item.start,
            "end_char": item.end,
            "quote": item.text,
            **_sentence_around(item.start, starts, ends),
        }

    return {
        "sentence": [
            {"n": n, "start_char": item.start, "end_char": item.end, **_mood(item.sentiment)}
            for n, item in enumerate(record.sentences)
        ],
        "mention": [{"n": n, **place(item), **_mention(item)} for n, item in enumerate(record.mentions)],
        "move": [{"n": n, **place(item), **_move(item)} for n, item in enumerate(record.moves)],
        "driver": [{"n": n, **place(item), **_driver(item)} for n, item in enumerate(record.drivers)],
        "effect": [
            {"driver": n, "n": position, "subject": effect.on, "direction": effect.direction}
            for n, item in enumerate(record.drivers)
            for position, effect in enumerate(item.effects)
        ],
        "rotation": [{"n": n, **place(item), **_rotation(item)} for n, item in enumerate(record.rotations)],
    }


def _sentence_around(start: int, starts: Sequence[int], ends: Sequence[int]) -> Row:
    at = bisect_right(starts, start) - 1
    if at < 0 or ends[at] <= start:
        return {"sentence_start": None, "sentence_end": None}
    return {"sentence_start": starts[at], "sentence_end": ends[at]}


def _mention(item: Mention) -> Row:
    return {
        "symbol": item.symbol,
        "kind": item.kind,
        "rule": item.rule,
        "confidence": item.confidence,
        **_mood(item.sentiment),
    }


def _move(item: Move) -> Row:
    low, high = item.range or (None, None)
    return {
        "subject": item.subject,
        "subject_start": item.subject_start,
        "subject_end": item.subject_end,
        "pct": item.pct,
        "pct_low": low,
        "pct_high": high,
        "approx": item.approx,
        "intraday": item.intraday,
        "relative_to": item.relative_to,
        "status": item.status,
        **_window(item.window),
        "confidence": item.confidence,
    }


def _driver(item: Driver) -> Row:
    in_force = item.relation not in OUT_OF_FORCE
    directions = [effect.direction for effect in item.effects if in_force]
    return {
        "category": item.category,
        "effects": json.dumps([{"on": effect.on, "direction": effect.direction} for effect in item.effects]),
        "up": directions.count("up"),
        "down": directions.count("down"),
        "relation": item.relation,
        "hedged": item.hedged,
        "rank": item.rank,
        "speaker": item.speaker,
        "firm": item.firm,
        "confidence": item.confidence,
    }


def _rotation(item: Rotation) -> Row:
    return {
        "from_subject": item.from_,
        "to_subject": item.to,
        "status": item.status,
        "hedged": item.hedged,
        **_window(item.window),
        "drivers": json.dumps(list(item.drivers)),
        "moves": json.dumps(list(item.moves)),
        "speaker": item.speaker,
        "firm": item.firm,
        "confidence": item.confidence,
    }


def _window(window: Window | None) -> Row:
    return {
        "has_window": window is not None,
        "window_text": window.text if window else None,
        "window_start": _day(window.start) if window else None,
        "window_end": _day(window.end) if window else None,
    }


def _mood(sentiment: Probabilities | None) -> Row:
    return {
        "positive": sentiment.positive if sentiment else None,
        "neutral": sentiment.neutral if sentiment else None,
        "negative": sentiment.negative if sentiment else None,
    }


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


# --- text that no database takes ------------------------------------------------------------------


def _is_storable(record: Record, body: Row) -> bool:
    """Whether every string of the record is Unicode proper: then nothing has to be cleaned."""
    return "\\ud" not in body["record"] or _is_unicode(json.dumps(encode(record), ensure_ascii=False))


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _cleaned(row: Row) -> Row:
    """Put one replacement character for each lone surrogate: no offset moves."""
    return {
        key: _LONE_SURROGATE.sub("\ufffd", value) if isinstance(value, str) else value
        for key, value in row.items()
    }
