"""Addresses of one page in one form. All hosts are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp_rotation.addresses import canonical, outlet_of, page_key

PAGE = "https://www.paper.example/markets/wrap"

#: (address, its canonical form, reason for the row)
CANONICAL = [
    (PAGE, PAGE, "nothing to do"),
    ("HTTPS://WWW.Paper.Example/markets/wrap", PAGE, "scheme and host know no case"),
    (f"{PAGE}/", PAGE, "trailing slash"),
    (f"{PAGE}/index.html", PAGE, "the page of a folder"),
    (f"{PAGE}#comments", PAGE, "a place on the page"),
    ("https://www.paper.example:443/markets/wrap", PAGE, "the port that goes without saying"),
    ("https://www.paper.example:8443/wrap", "https://www.paper.example:8443/wrap", "another port"),
    ("https://me:secret@www.paper.example/markets/wrap", PAGE, "credentials are nobody's business"),
    (f"{PAGE}?utm_source=a&utm_campaign=b&fbclid=c", PAGE, "marks of campaigns"),
    (f"{PAGE}?CMP=share_btn", PAGE, "names of parameters know no case"),
    (f"{PAGE}?page=2&id=7&mod=home", f"{PAGE}?id=7&page=2", "what tells pages apart stays, in one order"),
    (f"{PAGE}?a=&b", PAGE, "parameters without a value"),
    (f"{PAGE}/amp/", PAGE, "AMP as the last step"),
    (f"{PAGE}.amp.html", f"{PAGE}.html", "AMP as an ending"),
    (f"{PAGE}?outputType=amp", PAGE, "AMP as a parameter"),
    ("https://amp.paper.example/wrap", "https://paper.example/wrap", "AMP as a host"),
    ("https://www.paper.example/amp/wrap", "https://www.paper.example/wrap", "AMP as the first step"),
    ("https://www.google.com/amp/s/www.paper.example/wrap", "https://www.paper.example/wrap", "a copy kept"),
    ("https://paper-example.cdn.ampproject.org/c/s/paper.example/wrap", "https://paper.example/wrap", "and another"),
    ("https://m.paper.example/wrap", "https://paper.example/wrap", "the host for telephones"),
    ("https://m.example/wrap", "https://m.example/wrap", "a host whose name is short"),
    ("https://paper.example/%7ewrap/%c3%a9", "https://paper.example/~wrap/%C3%A9", "one spelling of escapes"),
    ("https://paper.example/wrap é", "https://paper.example/wrap%20%C3%A9", "characters that need an escape"),
    ("https://paper.example/a/../b//./c", "https://paper.example/b/c", "steps up and steps on the spot"),
    ("https://paper.example", "https://paper.example/", "the first page"),
    ("urn:guid:17", "urn:guid:17", "no address of the web"),
    ("", "", "nothing"),
    ("http://[::1", "http://[::1", "broken"),
    ("https://./", "https://./", "a host without a name"),
]  # fmt: skip


@pytest.mark.parametrize(("url", "form", "why"), CANONICAL, ids=[row[2] for row in CANONICAL])
def test_canonical_form(url, form, why):
    assert canonical(url) == form, why


def test_a_key_also_forgets_scheme_and_www():
    assert page_key("http://paper.example/markets/wrap/") == page_key(PAGE) == "paper.example/markets/wrap"
    assert page_key("https://paper.example/wrap?id=1") != page_key("https://paper.example/wrap?id=2")
    assert page_key("guid-17") == "guid-17"


def test_outlets_are_hosts():
    assert outlet_of("https://m.paper.example/wrap") == outlet_of(PAGE) == "paper.example"
    assert outlet_of("guid-17") == outlet_of("http://[::1") == ""


@given(
    st.text(alphabet="htps:/.mwa%2Fbxé?&=#[]@1 \ud800"),
    st.sampled_from(["", "https://", "https://m.x.example/"]),
)
def test_the_canonical_form_is_its_own(rest, head):
    form = canonical(head + rest)
    assert canonical(form) == form
    assert page_key(form) == page_key(head + rest)
    assert outlet_of(form) == outlet_of(head + rest)
