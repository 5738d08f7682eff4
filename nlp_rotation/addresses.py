"""Addresses of pages in one form, so that the same page is known again by it.

Two forms, for two questions. :func:`canonical` is an address that a reader can still open: without the
marks of campaigns and share buttons, of the page for telephones and of AMP. :func:`page_key` compares:
it also forgets what redirects make one, the scheme and ``www.``; it is no address to open.
"""

from __future__ import annotations

import posixpath
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from nlp_rotation.config import TABLES

_WEB = ("http", "https")
_PORTS = {"http": 80, "https": 443}
#: Marks of RFC 3986 that stand in a path as themselves; all else but letters and digits is encoded.
_PATH_MARKS = "/:@!$&'()*+,;=-._~"
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
#: Copies that a network keeps of AMP pages name the page itself in their path.
_AMP_COPY = re.compile(
    r"^(?:https?://)?[^/]*(?:google\.[a-z.]+/amp|\.ampproject\.org/[cv])/(?P<safe>s/)?(?P<page>.+)"
)
_AMP_ENDING = re.compile(r"(?<=.)(?:\.amp)+(?=\.html?$|$)", re.I)
_LONGEST = 2_000
_NOWHERE = SplitResult("", "", "", "", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """The table of what does not tell pages apart."""

    prefixes: tuple[str, ...]
    parameters: frozenset[str]
    host_labels: frozenset[str]
    path_endings: frozenset[str]
    path_beginnings: frozenset[str]
    index_pages: frozenset[str]


def canonical(url: str) -> str:
    """Return the address of the page itself; what is no address of the web comes back as it was given.

    >>> canonical("HTTPS://m.Paper.example:443/a/%7Ewrap/amp/?utm_source=x&id=7#top")
    'https://paper.example/a/~wrap?id=7'
    """
    parts = _parts(url)
    return (
        urlunsplit((parts.scheme, _place(parts), _path(parts.path), _query(parts), ""))
        if parts.netloc
        else url
    )


def page_key(url: str) -> str:
    """Return what the addresses of one page have in common.

    >>> page_key("http://www.paper.example/wrap/") == page_key("https://paper.example/wrap?fbclid=1")
    True
    """
    parts = _parts(url)
    if not parts.netloc:
        return url
    query = _query(parts)
    return f"{outlet_of(url)}{_path(parts.path).rstrip('/')}{'?' if query else ''}{query}"


def outlet_of(url: str) -> str:
    """Return the host that stands for the outlet of a page; empty where there is none.

    >>> outlet_of("https://www.paper.example/markets/wrap")
    'paper.example'
    """
    parts = _parts(url)
    return _place(parts).removeprefix("www.") if parts.netloc else ""


def _parts(url: str) -> SplitResult:
    """Return the parts of an address of the web; empty ones where it is none."""
    try:
        parts = urlsplit(_unwrapped(url.strip()))
        sound = (
            parts.scheme in _WEB
            and (parts.hostname or "").strip(".")
            and parts.port != 0
            and len(url) <= _LONGEST
        )
    except ValueError:
        return _NOWHERE
    return parts if sound else _NOWHERE


def _unwrapped(url: str) -> str:
    """Return the page that a network's copy of an AMP page stands for."""
    while len(url) <= _LONGEST and (found := _AMP_COPY.match(url)):
        url = f"{'https' if found['safe'] else 'http'}://{found['page']}"
    return url


def _place(parts: SplitResult) -> str:
    """Return host and port; without the port that goes without saying, and without the device."""
    host = (parts.hostname or "").rstrip(".")
    while host.partition(".")[0] in _marks().host_labels and "." in host.partition(".")[2]:
        host = host.partition(".")[2]
    host = f"[{host}]" if ":" in host else host
    return host if parts.port in (None, _PORTS[parts.scheme]) else f"{host}:{parts.port}"


def _path(path: str) -> str:
    """Return a path with one spelling of each character, without dots, dress and trailing slash."""
    spelt = quote(_ESCAPE.sub(_kept_or_plain, path), safe=_PATH_MARKS + "%", errors="replace")
    steps = [step for step in posixpath.normpath(f"/{spelt}").split("/") if step]
    marks = _marks()
    while steps and steps[-1].lower() in marks.index_pages | marks.path_endings:
        steps.pop()
    while len(steps) > 1 and steps[0].lower() in marks.path_beginnings:
        steps.pop(0)
    if steps:
        steps[-1] = _AMP_ENDING.sub("", steps[-1])
    return "/" + "/".join(steps)


def _kept_or_plain(escape: re.Match[str]) -> str:
    """Decode what needs no escape and write the others with large letters (RFC 3986, 6.2.2)."""
    character = chr(int(escape[1], 16))
    return character if re.fullmatch(r"[A-Za-z0-9._~-]", character) else escape[0].upper()


def _query(parts: SplitResult) -> str:
    kept = [pair for pair in parse_qsl(parts.query, errors="replace") if not _is_mark(pair[0])]
    return urlencode(sorted(kept), errors="replace")


def _is_mark(name: str) -> bool:
    folded = unquote(name, errors="replace").lower()
    marks = _marks()
    return folded in marks.parameters or folded.startswith(marks.prefixes)


@cache
def _marks() -> Marks:
    table = tomllib.loads((TABLES / "addresses.toml").read_text("utf-8"))
    folded = {name: [entry.lower() for entry in entries] for name, entries in table.items()}
    prefixes = tuple(folded.pop("prefixes"))
    return Marks(prefixes=prefixes, **{name: frozenset(entries) for name, entries in folded.items()})
