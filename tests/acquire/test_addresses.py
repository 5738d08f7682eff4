"""Addresses: their origin, their secrets, where redirects lead."""

import pytest

from nlp_rotation.acquire.addresses import is_url, origin_of, target_of, without_secrets


def test_origins():
    assert origin_of("HTTPS://Ann:x@News.Example:8443/a?b#c") == "https://news.example:8443"
    assert origin_of("http://[::1]:80/") == "http://[::1]:80"


def test_secrets():
    assert without_secrets("http://ann:x@a.example/p?q=1#f") == "http://a.example/p?q=1"
    assert without_secrets("http://a.example/p@q") == "http://a.example/p@q"


#: (where, location, where it leads, reason for the row)
REDIRECTS = [
    ("http://a.example/x", "/y", "http://a.example/y", "relative"),
    ("http://ann:s@a.example/x", "/y", "http://ann:s@a.example/y", "the same origin keeps its secret"),
    ("http://ann:s@a.example/x", "//b.example/y", "http://b.example/y", "another host"),
    ("http://ann:s@a.example/x", "https://a.example/y", "https://a.example/y", "another scheme"),
    ("http://ann:s@a.example/x", "http://a.example:81/y", "http://a.example:81/y", "another port"),
    (
        "http://a.example/x",
        "http://ben:t@a.example/y",
        "http://a.example/y",
        "a secret that a server hands out",
    ),
    (
        "http://a.example/x",
        "http://a.example@b.example/y",
        "http://b.example/y",
        "a name that looks like a host",
    ),
    ("http://a.example/x", "y#part", "http://a.example/y", "fragments are the reader's"),
]


@pytest.mark.parametrize(("here", "location", "target", "why"), REDIRECTS)
def test_redirects(here, location, target, why):
    assert target_of(here, location) == target, why


@pytest.mark.parametrize(
    ("source", "answer"), [("HTTP://a", True), ("https://a", True), ("file:///a", False), ("a.txt", False)]
)
def test_what_is_an_address(source, answer):
    assert is_url(source) is answer
