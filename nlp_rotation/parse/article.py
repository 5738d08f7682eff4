"""A raw document becomes an article: headers, date, language, and text without furniture."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from nlp_rotation.addresses import canonical
from nlp_rotation.errors import ParseError
from nlp_rotation.hashing import content_id
from nlp_rotation.parse.dateline import shown_stamps
from nlp_rotation.parse.furniture import without_furniture
from nlp_rotation.parse.headers import split_headers, with_headers
from nlp_rotation.parse.kinds import content_of
from nlp_rotation.parse.language import ENGLISH, language_of
from nlp_rotation.parse.page import is_whole_page, read_fragment, read_page
from nlp_rotation.parse.publication import find_publication, find_update
from nlp_rotation.types import Article, Content, Given, ItemKind, RawDocument

__all__ = ["ENGLISH", "parse"]

#: A statement has a thing and what it does.
_FEWEST_WORDS = 2
_WORD = re.compile(r"[^\W\d_]{2,}")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_LINE_ENDS = re.compile(r"\r\n?|\x0c|\u2028|\u2029")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    """What a document says of its article, before its text is cleaned."""

    given: Given
    body: str
    #: Where a page says that it stands.
    address: str | None = None
    publisher: str | None = None
    #: The language that a page states.
    language: str | None = None
    kind: ItemKind = "article"


def parse(document: RawDocument) -> Article:
    """Return the article in ``document``.

    An article that is not in :data:`ENGLISH` is returned like any other, with its ``lang``: it is
    worth keeping, and whoever composes the stages decides what is done with it.

    :raises ParseError: where the document holds no article.
    """
    source = _of_page(document) if document.media == "html" else _of_text(document)
    given = replace(source.given, title=_on_one_line(source.given.title))
    shown = shown_stamps(source.body)
    report = without_furniture(source.body, shown=shown)
    _require_prose(report, title=given.title, where=_place(document))
    text = "\n\n".join(part for part in (given.title, report) if part)
    stamps = tuple(stamp.raw for stamp in shown)
    published = find_publication(given, text=text, shown=stamps, fetched_at=document.fetched_at)
    changed = (given.updated, *(stamp.raw for stamp in shown if stamp.updated))
    address = canonical(source.address or given.url or "") or None
    return Article(
        id=given.id or content_id(address or "", text),
        source_path=document.source_path,
        title=given.title,
        source=given.source,
        author=given.author,
        url=given.url,
        lang=language_of(report or text, stated=source.language),
        published=published,
        text=text,
        content=_content(document, source.kind, report),
        publisher=source.publisher,
        canonical_url=address,
        item_kind=source.kind,
        updated=find_update(changed, published, basis=given.basis, fetched_at=document.fetched_at),
    )


def _content(document: RawDocument, kind: ItemKind, report: str) -> Content:
    """Return the lesser of what the source said of the text and what its page shows."""
    if document.content == "full" or not report:
        return content_of(kind, report)
    return document.content


def _of_text(document: RawDocument) -> _Source:
    headers, body = split_headers(tidy(document.body))
    return _Source(given=with_headers(document.given, headers), body=body)


def _of_page(document: RawDocument) -> _Source:
    if document.locator and not is_whole_page(document.body):
        body = tidy(read_fragment(document.body, where=_place(document)))
        return _Source(given=document.given, body=body)
    try:
        page = read_page(document.body, document.given, where=_place(document))
    except ParseError:
        if document.given.title:
            return _Source(given=document.given, body="")
        raise
    facts = page.facts
    return _Source(
        given=page.given,
        body=tidy(page.body),
        address=facts.url,
        publisher=facts.publisher,
        language=facts.language,
        kind=page.kind,
    )


def tidy(text: str) -> str:
    """Return ``text`` with one kind of line end and without characters that no writer typed.

    >>> tidy("Oil rose.\\r\\nGold fell.\\x00")
    'Oil rose.\\nGold fell.'
    """
    text = _LINE_ENDS.sub("\n", text.removeprefix("\ufeff"))
    return _SURROGATE.sub("\ufffd", _CONTROLS.sub("", text))


def _on_one_line(title: str | None) -> str | None:
    """Return a title as its reader sees it; None where nothing of it is left."""
    return " ".join(tidy(title).split()) or None if title else None


def _require_prose(report: str, *, title: str | None, where: str) -> None:
    text = f"{title or ''} {report}".strip()
    if not text:
        raise ParseError("holds no text", where=where)
    if not title and len(_WORD.findall(text[:1000])) < _FEWEST_WORDS:
        raise ParseError("too short to say anything", where=where)


def _place(document: RawDocument) -> str:
    return f"{document.source_path}, {document.locator}" if document.locator else document.source_path
