"""The tables of names hold together."""

from __future__ import annotations

import hashlib
import re
import time

import pytest

from nlp_rotation.annotate.names import lexicon, listings
from nlp_rotation.config import TABLES
from nlp_rotation.refresh.names import keys_of, newspaper_name, readable, without_legal_form

SUBJECT = re.compile(
    r"^(?:group|sector|commodity|fx|crypto|country|MSCI|INDEX):[\w .&/()'-]*$|^\^?[A-Z0-9][A-Z0-9.&=-]{0,14}$"
)


def test_every_subject_of_the_market_words_is_well_formed() -> None:
    bad = [
        entry.symbol
        for entry in lexicon.markets().entries.values()
        if entry.symbol and not SUBJECT.match(entry.symbol)
    ]
    assert not bad


def test_every_company_has_a_well_formed_symbol() -> None:
    bad = [entry.symbol for entry in lexicon.companies().entries.values() if not SUBJECT.match(entry.symbol)]
    assert not bad


def test_the_securities_table_is_large_and_has_a_head_line() -> None:
    assert len(listings.listed()) > 7000
    for name in (
        "securities.csv",
        "securities_old.csv",
        "securities_members.csv",
        "securities_home.csv",
        "securities_renamed.csv",
        "funds.csv",
    ):
        assert (TABLES / name).read_text(encoding="utf-8").startswith("#"), name


def test_provenance_records_the_hash_of_each_generated_table() -> None:
    record = (TABLES / "PROVENANCE.md").read_text(encoding="utf-8")
    for name in ("securities.csv", "securities_old.csv", "securities_members.csv", "securities_home.csv"):
        assert hashlib.sha256((TABLES / name).read_bytes()).hexdigest() in record, name


def test_tables_load_fast() -> None:
    for loader in (lexicon.companies, lexicon.markets):
        loader.cache_clear()
    start = time.process_time()
    lexicon.companies()
    lexicon.markets()
    assert time.process_time() - start < 2.0


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Kohl's Corp., Class A", "Kohl's"),
        ("The Coca-Cola Co /DE/", "Coca-Cola"),
        ("ELI LILLY & Co", "ELI LILLY"),
        ("Kratos Defense & Security Solutions, Inc.", "Kratos Defense & Security Solutions"),
        ("Group", "Group"),
    ],
)
def test_legal_forms_are_cut(name: str, bare: str) -> None:
    assert without_legal_form(name) == bare


def test_short_names_and_keys() -> None:
    assert newspaper_name("Micron Technology Inc") == "Micron"
    assert keys_of("Procter & Gamble Co") == ("procter gamble", "procter and gamble")
    assert keys_of("AMAZON COM INC") == ("amazon com", "amazon")
    assert readable("EAGLE FINANCIAL SERVICES INC") == "Eagle Financial Services Inc"
