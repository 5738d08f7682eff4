"""A raw document becomes an article: headers, date, language, and text without furniture."""

from __future__ import annotations

import re

from nlp_rotation.errors import ParseError
from nlp_rotation.hashing import content_id
from nlp_rotation.parse.dateline import shown_stamps
from nlp_rotation.parse.furniture import without_furniture
from nlp_rotation.parse.headers import split_headers, with_headers
from nlp_rotation.parse.language import ENGLISH, language_of
from nlp_rotation.parse.page import is_whole_page, read_fragment, read_page
from nlp_rotation.parse.publication import find_publication
from nlp_rotation.types import Article, Given, RawDocument

__all__ = ["ENGLISH", "parse"]

#: A statement has a thing and what it does.
_FEWEST_WORDS = 2
_WORD = re.compile(r"[^\W\d_]{2,}")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_LINE_ENDS = re.compile(r"\r\n?|\x0c|\u2028|\u2029")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def parse(document: RawDocument) -> Article:
    """Return the article in ``document``.

    An article that is not in :data:`ENGLISH` is returned like any other, with its ``lang``: it is
    worth keeping, and whoever composes the stages decides what is done with it.

    :raises ParseError: where the document holds no article.
    """
    given, body = _read_page(document) if document.media == "html" else _read_text(document)
    shown = shown_stamps(body)
    report = without_furniture(body, shown=shown)
    _require_prose(report, title=given.title, where=_place(document))
    text = "\n\n".join(part for part in (given.title, report) if part)
    published = find_publication(
        given, text=text, shown=tuple(stamp.raw for stamp in shown), fetched_at=document.fetched_at
    )
    return Article(
        id=given.id or content_id(given.url or "", text),
        source_path=document.source_path,
        title=given.title,
        source=given.source,
        author=given.author,
        url=given.url,
        lang=language_of(report or text),
        published=published,
        text=text,
        content=document.content if report else "stub",
    )


def _read_text(document: RawDocument) -> tuple[Given, str]:
    headers, body = split_headers(tidy(document.body))
    return with_headers(document.given, headers), body


def _read_page(document: RawDocument) -> tuple[Given, str]:
    if document.locator and not is_whole_page(document.body):
        return document.given, tidy(read_fragment(document.body, where=_place(document)))
    try:
        page = read_page(document.body, document.given, where=_place(document))
    except ParseError:
        if document.given.title:
            return document.given, ""
        raise
    return page.given, tidy(page.body)


def tidy(text: str) -> str:
    """Return ``text`` with one kind of line end and without characters that no writer typed.

    >>> tidy("Oil rose.\\r\\nGold fell.\\x00")
    'Oil rose.\\nGold fell.'
    """
    text = _LINE_ENDS.sub("\n", text.removeprefix("\ufeff"))
    return _SURROGATE.sub("\ufffd", _CONTROLS.sub("", text))


def _require_prose(report: str, *, title: str | None, where: str) -> None:
    text = f"{title or ''} {report}".strip()
    if not text:
        raise ParseError("holds no text", where=where)
    if not title and len(_WORD.findall(text[:1000])) < _FEWEST_WORDS:
        raise ParseError("too short to say anything", where=where)


def _place(document: RawDocument) -> str:
    return f"{document.source_path}, {document.locator}" if document.locator else document.source_path
