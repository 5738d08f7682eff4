"""Commands whose options are the filters of a view, and those that ask in other ways."""

from __future__ import annotations

import json

import pytest


@pytest.mark.parametrize(
    ("arguments", "rows"),
    [
        (["drivers", "--relation", "condition"], 10),
        (["drivers", "--subject", "IWM", "--subject", "^GSPC", "--limit", "3"], 3),
        (["drivers", "--pair", "IWM/SPY", "--min-confidence", "0.85"], 10),
        (["moves", "--until", "2024-07-09"], 2),
        (["rotations", "--subject", "group:small_caps", "--recorded-as-of", "2026-03-02"], 10),
        (["articles", "--category", "macro", "--as-of", "2024-07-09"], 1),
        (["search", "cooled", "--since", "2024-07-16"], 2),
        (["drivers", "--by", "day", "--per", "all"], 10),
    ],
)
def test_filters_are_options(call, stored, arguments, rows):
    called = call(*arguments, "--store", stored, "--format", "jsonl")
    assert called.status == 0, called.err
    assert len([json.loads(line) for line in called.out.splitlines()]) == rows


def test_a_long_timeline_is_cut_in_a_table_only(call, stored, monkeypatch):
    monkeypatch.setattr("nlp_rotation.present.commands.listing.LONGEST_TABLE", 2)
    command = ["drivers", "--by", "day", "--per", "all", "--store", stored]
    table = call(*command)
    assert "the last 2 of 10 rows" in table.err
    assert table.out.count("2024-07-") == 2
    assert len(call(*command, "--format", "csv").out.splitlines()) == 11


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["drivers", "--relation", "foretells"], "--relation: 'foretells' is no value"),
        (["moves", "--min-confidence", "2"], "--min-confidence: '2' is no value"),
        (["drivers", "--pair", "IWM"], "no such pair"),
        (["sql", "DELETE FROM edition"], "the statement was refused"),
    ],
)
def test_wrong_values_name_their_option(call, stored, arguments, told):
    called = call(*arguments, "--store", stored)
    assert called.status in (1, 2)
    assert told in called.err
    assert len(called.err.splitlines()) == 1


def test_why_tells_in_words_and_in_json(call, stored):
    told = call("why", "IWM/SPY", "--store", stored)
    assert "no prices were given" in told.out
    assert "macro.inflation, for IWM" in told.out
    assert "https://example.org/" in told.out
    tree = json.loads(call("why", "IWM/SPY", "--store", stored, "--format", "json").out)
    assert tree["predicts"][0]["category"] == "monetary.rate_cut"


def test_sql_shows_so_many_rows_and_says_that_there_are_more(call, stored):
    called = call(
        "sql", "SELECT article_id, quote FROM drivers ORDER BY rank", "--store", stored, "--limit", "2"
    )
    assert "there are more than these 2 rows" in called.err
    assert "prices cooled" in called.out


def test_markup_of_articles_is_no_markup_of_ours(call, stored):
    shown = call("articles", "--store", stored).out
    assert "<b>9</b>" in shown
    cells = call("articles", "--store", stored, "--format", "csv").out
    assert "'=Small" in cells  # a spreadsheet must not run it
