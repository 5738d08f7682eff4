"""What a page says of its article in JSON-LD, in meta tags and in its markup."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from nlp_rotation.errors import ParseError
from nlp_rotation.parse.pagestate import StateArticle
from nlp_rotation.parse.stamps import Stamp, read_stamp

NO_STATE = StateArticle()

_QUOTES = str.maketrans("‘’“”", "''\"\"")
_ARTICLE = re.compile(r"(?:Article|Posting|Report|Review)$")
_NESTED = ("@graph", "mainEntity", "mainEntityOfPage", "hasPart")
_PUBLISHED_METAS = (
    *("article:published_time", "article:published", "og:published_time", "og:article:published_time"),
    *("datepublished", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "pubdate"),
    *(
        "publish-date",
        "publishdate",
        "dc.date.issued",
        "dcterms.created",
        "dc.date",
        "date",
        "article.published",
    ),
)
_UPDATED_METAS = ("article:modified_time", "og:updated_time", "datemodified", "lastmod", "article:modified")
_AUTHOR_METAS = ("author", "parsely-author", "sailthru.author", "dc.creator", "byl", "article:author")
_PUBLISHER_METAS = ("og:site_name", "application-name", "publisher", "dc.publisher")
_TIER_METAS = ("article:content_tier", "content_tier", "content-tier", "cxenseparse:pageclass")
_LANGUAGE_METAS = ("og:locale", "language", "dc.language", "content-language")
_LANGUAGE = re.compile(r"[a-z]{2}(?=$|[-_])", re.I)
#: " | Paper", " - Paper" behind a headline in the title of a page.
_SITE_NAME = re.compile(r"\s+(?:[|*·»]|[-–—](?=\s))\s+[^|]{2,60}$")
_ADDRESS = re.compile(r"https?://", re.I)
_BELOW_FRONT = re.compile(r"https?://[^/?#]+/+[^/?#]|https?://[^/?#]+/*\?.", re.I)
_BROKEN = {
    key: re.compile(rf'"{key}"\s*:\s*("(?:[^"\\]|\\.){{1,400}}")')
    for key in ("headline", "datePublished", "dateModified")
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """What a page states; empty where it says nothing."""

    #: Headlines by where they stand: ``json``, ``meta``, ``heading``, ``window``.
    headlines: Mapping[str, str] = field(default_factory=dict)
    author: str | None = None
    publisher: str | None = None
    #: Time stamps as written, the most trustworthy first.
    published: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    url: str | None = None
    #: What JSON-LD calls the things on the page: ``NewsArticle``, ``LiveBlogPosting``, ``VideoObject``, ...
    types: tuple[str, ...] = ()
    #: Whether one of them is an article with a headline or a date.
    is_article: bool = False
    #: What OpenGraph calls the page: ``article``, ``website``, ``video.other``, ...
    opengraph: str = ""
    #: Whether the page says that not everybody may read it, by JSON-LD or by a tier.
    closed: bool = False
    tier: str = ""
    #: How many words the page says that its article has; 0 where it does not.
    words: int = 0
    #: ISO 639-1 code of the language that the page says it is in.
    language: str | None = None
    #: The summary, which many papers print above the body.
    summary: str = ""
    #: The body as JSON-LD gives it; often shortened.
    body: str = ""


def read_facts(tree: Any, state: StateArticle = NO_STATE) -> PageFacts:
    """Return what the page ``tree`` (of lxml) states of its article; ``state`` is what its scripts hold."""
    metas = _metas(tree)
    things = _json_things(tree)
    article = things.article
    times = [time.get("datetime") or "" for time in tree.iter("time")][:3]
    marked = [
        item.get("datetime") or item.get("content") or ""
        for item in tree.xpath("//*[@itemprop='datePublished']")
    ]
    return PageFacts(
        headlines=_headlines(tree, metas, article),
        author=_names(article.get("author")) or _first(metas, _AUTHOR_METAS, usable=_is_name) or None,
        publisher=_names(article.get("publisher")) or _first(metas, _PUBLISHER_METAS) or None,
        published=_unique(
            [
                _text(article.get("datePublished")),
                *_all(metas, _PUBLISHED_METAS),
                *(state.published, *marked, *times),
            ]
        ),
        updated=_unique([_text(article.get("dateModified")), *_all(metas, _UPDATED_METAS), state.updated]),
        url=_address(tree, metas, article),
        types=things.types,
        is_article=bool(article),
        opengraph=metas.get("og:type", "").lower(),
        closed=_text(str(article.get("isAccessibleForFree", ""))).lower() == "false",
        tier=_first(metas, _TIER_METAS).lower(),
        words=_count(article.get("wordCount")),
        language=_language(tree, metas, article),
        summary=_text(article.get("description")) or metas.get("og:description", ""),
        body=_text(article.get("articleBody")),
    )


def best_stamp(raws: tuple[str, ...]) -> str | None:
    """Return the first stamp that can be read, or a later one of the same day that also knows its instant."""
    read = [stamp for raw in raws if (stamp := _stamp(raw))]
    if not read:
        return raws[0] if raws else None
    first = read[0]
    exact = (stamp for stamp in read if stamp.zone and stamp.time and stamp.days == first.days)
    return (first if first.zone else next(exact, first)).raw


def fold(text: str) -> str:
    """Return ``text`` with one kind of quote, single blanks, small letters: to compare lines of a page."""
    return " ".join(text.translate(_QUOTES).split()).lower()


def _stamp(raw: str) -> Stamp | None:
    try:
        return read_stamp(raw)
    except ParseError:
        return None


def _headlines(tree: Any, metas: Mapping[str, str], article: Mapping[str, Any]) -> dict[str, str]:
    found = {
        "json": _text(article.get("headline")),
        "meta": metas.get("og:title") or metas.get("twitter:title") or "",
        "window": _SITE_NAME.sub("", tree.findtext(".//title") or ""),
    }
    found["heading"] = _heading(tree, " ".join(found.values()))
    found["meta"] = _without_site(found["meta"], found)
    return {place: " ".join(text.split()) for place, text in found.items() if text.strip()}


def _heading(tree: Any, elsewhere: str) -> str:
    """Return the main heading: of several, the one that shares most words with the other headlines."""
    headings = [" ".join(item.text_content().split()) for item in tree.iter("h1")]
    words = set(elsewhere.lower().split())
    return max(headings, key=lambda text: len(words & set(text.lower().split())), default="")


def _without_site(title: str, others: Mapping[str, str]) -> str:
    """Cut the name of the site from an OpenGraph title, if another headline goes without it."""
    for other in (others["heading"], others["json"]):
        if (
            len(other) > 10
            and fold(title).startswith(fold(other))
            and re.match(r"\s+[|*·–-]\s", title[len(other) :])
        ):
            return other
    return _SITE_NAME.sub("", title) if re.search(r"\s[|*]\s", title) else title


def _metas(tree: Any) -> dict[str, str]:
    metas: dict[str, str] = {}
    for item in tree.iter("meta"):
        name = item.get("property") or item.get("name") or item.get("itemprop")
        content = (item.get("content") or "").strip()
        if name and content:
            metas.setdefault(name.strip().lower(), html.unescape(content))
    return metas


@dataclass(frozen=True, slots=True)
class _Things:
    """The JSON-LD of a page: its article, empty where there is none, and the types of all that is on it."""

    article: Mapping[str, Any]
    types: tuple[str, ...]


def _json_things(tree: Any) -> _Things:
    """Return the JSON-LD object of the article; related articles stand behind it or deeper."""
    broken: dict[str, Any] = {}
    objects: list[Mapping[str, Any]] = []
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        source = script.text or ""
        try:
            objects += _objects(json.loads(source, strict=False))
        except (ValueError, RecursionError):
            broken = broken or _mended(source)
    articles = (item for item in objects if _is_article(item))
    return _Things(
        next(articles, broken), tuple(dict.fromkeys(kind for item in objects if (kind := _kind(item))))
    )


def _is_article(item: Mapping[str, Any]) -> bool:
    return bool(_ARTICLE.search(_kind(item)) and (item.get("headline") or item.get("datePublished")))


def _objects(tree: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    if depth > 4:
        return
    if isinstance(tree, list):
        for item in tree:
            yield from _objects(item, depth + 1)
    elif isinstance(tree, Mapping):
        yield tree
        for key in _NESTED:
            yield from _objects(tree.get(key), depth + 1)


def _mended(source: str) -> dict[str, Any]:
    """Read single fields of JSON-LD that is broken elsewhere."""
    found = {key: pattern.search(source) for key, pattern in _BROKEN.items()}
    return {key: json.loads(match[1], strict=False) for key, match in found.items() if match}


def _kind(item: Mapping[str, Any]) -> str:
    kind = item.get("@type")
    kinds = kind if isinstance(kind, list) else [kind]
    named = [name.rpartition("/")[2] for name in kinds if isinstance(name, str)]
    return next((name for name in named if _ARTICLE.search(name)), named[0] if named else "")


def _names(value: Any) -> str:
    """Return the name or names of JSON-LD persons and organisations."""
    values = value if isinstance(value, list) else [value]
    names = (_text(item.get("name") if isinstance(item, Mapping) else item).strip() for item in values)
    return ", ".join(dict.fromkeys(name for name in names if name and _is_name(name)))


def _is_name(text: str) -> bool:
    return not re.match(r"https?:|@", text) and len(text) <= 200


def _address(tree: Any, metas: Mapping[str, str], article: Mapping[str, Any]) -> str | None:
    """Return where the page says that it stands; a site's front is no address of an article on it."""
    links = (item.get("href") or "" for item in tree.iter("link") if item.get("rel") == "canonical")
    stated = (*links, metas.get("og:url", ""), metas.get("twitter:url", ""), _text(article.get("url")))
    addresses = [url.strip() for url in stated if _ADDRESS.match(url.strip())]
    return next((url for url in addresses if _BELOW_FRONT.match(url)), addresses[0] if addresses else None)


def _all(metas: Mapping[str, str], names: tuple[str, ...]) -> list[str]:
    return [metas[name] for name in names if name in metas]


def _first(metas: Mapping[str, str], names: tuple[str, ...], usable: Any = bool) -> str:
    found = next((text for text in _all(metas, names) if usable(text)), "")
    return re.sub(r"^by\s+", "", found, flags=re.I)


def _count(value: Any) -> int:
    text = str(value).replace(",", "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0


def _language(tree: Any, metas: Mapping[str, str], article: Mapping[str, Any]) -> str | None:
    """Return the language that the page states of its article, or of itself."""
    root = next(tree.iter("html"), tree)
    stated = (_text(article.get("inLanguage")), root.get("lang") or "", *_all(metas, _LANGUAGE_METAS))
    found = (_LANGUAGE.match(text.strip()) for text in stated)
    return next((match[0].lower() for match in found if match), None)


def _unique(raws: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(raw.strip() for raw in raws if raw.strip()))


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = next((item for item in value if isinstance(item, str)), "")
    return html.unescape(value) if isinstance(value, str) else ""
