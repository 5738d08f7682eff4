"""A tree of markup becomes paragraphs: list numbers and table rows kept, blanks as a reader sees them.

Reads both HTML and the trees of trafilatura, whose tags are named ``head``, ``list``, ``item``, ``row``.
"""

from __future__ import annotations

import re
from typing import Any

_HEADINGS = frozenset({"head", "h1", "h2", "h3", "h4", "h5", "h6"})
_ITEMS = frozenset({"item", "li"})
_ROWS = frozenset({"row", "tr"})
_CELLS = frozenset({"cell", "td", "th"})
_LISTS = frozenset({"list", "ol", "ul"})
_PARTS = frozenset({"html", "body", "main", "article", "section", "div", "details", "summary", "table"})
_PARAGRAPHS = frozenset({"p", "quote", "blockquote", "ab", "pre", "dt", "dd"})
_BLOCKS = _HEADINGS | _ITEMS | _ROWS | _LISTS | _PARTS | _PARAGRAPHS
_BREAKS = frozenset({"lb", "br", "hr"})
#: Never words of the report, wherever they stand.
_CODE = frozenset({"script", "style", "noscript", "template", "title", "meta", "link"})
_CONTROLS = frozenset({"button", "form", "select", "input", "nav", "footer", "aside"})
_MEDIA = frozenset({"svg", "iframe", "figure", "figcaption", "video", "audio", "canvas", "graphic"})
_SILENT = _CODE | _CONTROLS | _MEDIA
_BLANKS = re.compile(r"[ \t\r\f\u00a0]+")
_PARAGRAPH = re.compile(r"[ \t]*\n[ \t]*\n\s*")
#: Stands for the border of two cells until blanks are folded.
_BORDER = "\v"


def render(root: Any) -> str:
    """Return the text of ``root``, paragraphs apart by an empty line, list items and rows by a line end."""
    writer = _Writer()
    writer.walk(root)
    writer.close()
    return "\n".join(writer.lines).strip()


class _Writer:
    """Collects the lines of a text while a tree is walked in reading order."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._words: list[str] = []
        self._mark = ""
        #: How many lists, tables and rows the walk is in: inside the first two lines stand close,
        #: inside the last there is but one.
        self._lists = self._rows = 0

    def walk(self, element: Any) -> None:
        """Write ``element`` and all that is in it."""
        tag = element.tag if isinstance(element.tag, str) else ""
        if not tag or tag in _SILENT:
            return
        if tag in _BREAKS:
            self._words.append("\n")
        if tag not in _BLOCKS:
            self._write(element, tag)
            return
        close, row = tag in _LISTS or tag == "table", tag in _ROWS
        self.close()
        self._lists, self._rows = self._lists + close, self._rows + row
        self._write(element, tag)
        self._rows -= row
        if close:
            self.close()
        self._lists -= close
        self.close()

    def _write(self, element: Any, tag: str) -> None:
        self._words.append(_inline(element.text))
        numbered = tag == "ol" or element.get("rend") == "ol"
        number = 0
        for child in element:
            if tag in _LISTS and child.tag in _ITEMS:
                number += 1
                self.close()
                self._mark = f"{number}. " if numbered else "• "
            if child.tag in _CELLS and any(word.strip() for word in self._words):
                self._words.append(_BORDER)
            self.walk(child)
            self._words.append(_inline(child.tail))

    def close(self) -> None:
        """End the current line, and the paragraph with it unless a list or a table goes on."""
        if self._rows:
            self._words.append(" ")
            return
        text = "".join(self._words)
        self._words = []
        for part in _PARAGRAPH.split(text):
            folded = "\t".join(_BLANKS.sub(" ", cell).strip() for cell in part.split(_BORDER)).strip()
            if folded:
                self.lines.append(self._mark + re.sub(r" ?\n ?", "\n", folded))
                self._mark = ""
        if not self._lists and self.lines and self.lines[-1]:
            self.lines.append("")


def _inline(text: str | None) -> str:
    """Return text as it counts in a line: a line end in the source of a page is a blank."""
    return text.replace("\n", " ").replace(_BORDER, " ") if text else ""
