"""Bytes become text without losing any of them.

Valid UTF-8 is taken as UTF-8 whatever a server or a page declares, since other encodings hardly ever
form valid multi-byte UTF-8 by chance, while declarations are often wrong.
"""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.I)

#: Name of the handler that reads stray bytes as Windows-1252.
MENDING = "rotation-windows-1252"


def decode(data: bytes, *, charset: str | None = None) -> str:
    """Return the text of ``data``; ``charset`` is what the transport declared."""
    return decode_naming(data, charset=charset)[0]


def decode_naming(data: bytes, *, charset: str | None = None) -> tuple[str, str]:
    """Return the text of ``data`` and the codec that read it; :data:`MENDING` where none fits."""
    for bom, codec in _BOMS:
        if data.startswith(bom):
            return data.decode(codec, "replace"), codec
    for codec in ("utf-8", charset or "", declared_charset(data)):
        if text := _strictly(data, codec):
            return text, codec
    return data.decode("utf-8", MENDING), MENDING


def declared_charset(data: bytes) -> str:
    """Return the encoding that a page or an XML file names in its first bytes, or an empty string."""
    found = _DECLARED.search(data[:2048])
    return found[1].decode("ascii") if found else ""


def _strictly(data: bytes, codec: str) -> str:
    try:
        return data.decode(codec) if codec else ""
    except (UnicodeDecodeError, LookupError):
        return ""


def _read_as_windows(error: UnicodeError) -> tuple[str, int]:
    """Read bytes that are no UTF-8 as Windows-1252, one by one, and leave their neighbours alone."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    stray = error.object[error.start : error.end]
    return stray.decode("cp1252", "replace"), error.end


codecs.register_error(MENDING, _read_as_windows)
