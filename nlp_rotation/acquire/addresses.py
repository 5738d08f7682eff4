"""Addresses taken apart: the host that they name, the secrets in them, where a redirect leads."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit


def is_url(source: str) -> bool:
    """Tell whether ``source`` is an address of the web."""
    return source.lower().startswith(("http://", "https://"))


def origin_of(url: str) -> str:
    """Return scheme, host and port: what has manners, and what credentials are for.

    >>> origin_of("https://ann:secret@News.example/markets?p=1")
    'https://news.example'
    """
    parts = urlsplit(url)
    return f"{parts.scheme}://{_host(parts.netloc)}".lower()


def without_secrets(url: str) -> str:
    """Return ``url`` without name, password and fragment: fit to be kept and shown.

    >>> without_secrets("https://ann:secret@news.example/a#top")
    'https://news.example/a'
    """
    parts = urlsplit(url)
    return parts._replace(netloc=_host(parts.netloc), fragment="").geturl()


def target_of(here: str, location: str) -> str:
    """Return where a redirect leads; name and password stay with the origin that they were given for.

    >>> target_of("https://ann:secret@news.example/a", "/b")
    'https://ann:secret@news.example/b'
    >>> target_of("https://ann:secret@news.example/a", "https://ben:x@other.example/b")
    'https://other.example/b'
    """
    target = without_secrets(urljoin(here, location))
    secrets, at, _ = urlsplit(here).netloc.rpartition("@")
    if not at or origin_of(target) != origin_of(here):
        return target
    parts = urlsplit(target)
    return parts._replace(netloc=f"{secrets}@{parts.netloc}").geturl()


def _host(netloc: str) -> str:
    return netloc.rpartition("@")[2]
