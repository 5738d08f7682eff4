"""Raw documents become articles. All texts are invented."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp_rotation.errors import ParseError
from nlp_rotation.parse.article import ENGLISH, parse
from nlp_rotation.types import Given, RawDocument

BODY = "Shares of builders rose 2% on Monday.\n\nBanks fell as bond yields slid."


def raw(body, **keys):
    return RawDocument(source_path="a.txt", media="text", body=body, **keys)


def test_headers_are_metadata():
    article = parse(raw(f"date: 2024-07-22\nsource: Wire\ntitle: Builders gain\nauthor: Jo Doe\n\n{BODY}"))
    assert (article.title, article.source, article.author) == ("Builders gain", "Wire", "Jo Doe")
    assert article.text == f"Builders gain\n\n{BODY}"
    assert (article.published.date, article.published.basis) == (dt.date(2024, 7, 22), "header")


def test_without_headers_there_is_no_title():
    article = parse(raw(BODY))
    assert (article.title, article.text, article.lang) == (None, BODY, ENGLISH)


def test_the_id_of_the_source_wins_and_else_content_decides():
    assert parse(raw(BODY, given=Given(id="7"))).id == "7"
    assert parse(raw(BODY)).id == parse(raw(BODY)).id != parse(raw(f"{BODY} Gold rose.")).id


def test_a_numbered_list_survives():
    text = (
        "Three reasons for the turn:\n\n  1. Lower rates;\n\n  2. Steady growth;\n\n  3. Read more: tariffs."
    )
    assert parse(raw(text)).text == text


def test_characters_that_nobody_typed_go():
    assert (
        parse(raw("\ufeffOil rose 3% on\r\nMonday.\x00 Gold fell.\ud800")).text
        == "Oil rose 3% on\nMonday. Gold fell.\ufffd"
    )


GERMAN = "Die Aktien der Banken sind am Montag um drei Prozent gestiegen, nachdem die Zinsen gefallen waren."


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        (GERMAN, "de"),
        ("Las acciones de los bancos subieron un tres por ciento el lunes tras la caída de los tipos.", "es"),
        ("Oil slumps 3%", ENGLISH),
        ("Nvidia, Tesla, Meta slide", ENGLISH),
    ],
)
def test_language(text, lang):
    assert parse(raw(text)).lang == lang


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no text"),
        ("  \n \n", "no text"),
        ("Leave a comment", "no text"),
        ("12.5%", "too short"),
        ("Up.", "too short"),
    ],
)
def test_what_holds_no_article(text, reason):
    with pytest.raises(ParseError, match=reason):
        parse(raw(text))


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_becomes_an_article_or_a_reason(text):
    try:
        article = parse(raw(text))
    except ParseError:
        return
    article.text.encode()
    assert article.published.reason
