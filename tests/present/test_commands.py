"""The commands do what their help says, and end with the documented status."""

from __future__ import annotations

import csv
import io
import json

import pytest

ARTICLE = """date: 2024-07-12
source: Harbour Wire
title: Small caps leap as tech slides

Investors rotated out of big tech and into small caps on Thursday. The Russell 2000 rose 3.6% on Thursday
after soft inflation data, while Nvidia (NVDA) fell 5.6%.
"""


@pytest.fixture
def articles(tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "one.txt").write_text(ARTICLE)
    (folder / "one.json").write_text("{}")
    return folder


def test_run_ends_in_a_table_and_a_page(call, articles, tmp_path):
    done = call("run", articles)
    assert done.status == 0
    assert "1 article, 12 Jul 2024" in done.out
    assert "^RUT" in done.out
    assert (tmp_path / "rotation.db").exists()
    page = (tmp_path / "rotation-out" / "report.html").read_text("utf-8")
    assert "Small caps leap as tech slides" in page
    assert "left out: " in done.err


def test_second_run_writes_nothing_and_reports_the_same(call, articles, tmp_path):
    call("run", articles)
    first = (tmp_path / "rotation-out" / "report.html").read_text("utf-8")
    done = call("run", articles)
    assert "(0 new)" in done.out
    assert (tmp_path / "rotation-out" / "report.html").read_text("utf-8") == first


def test_extract_prints_records(call, articles):
    done = call("extract", articles, "--format", "jsonl")
    (record,) = [json.loads(line) for line in done.out.splitlines()]
    assert record["title"] == "Small caps leap as tech slides"
    assert record["published"]["date"] == "2024-07-12"
    assert {move["subject"]: move["pct"] for move in record["moves"]} == {"^RUT": 3.6, "NVDA": -5.6}
    for kind in ("mentions", "moves", "drivers", "rotations"):
        for item in record[kind]:
            assert record["text"][item["start"] : item["end"]] == item["text"]


def test_extract_prints_a_row_an_item(call, articles):
    done = call("extract", articles, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert {row["item"] for row in rows} >= {"mention", "move", "driver", "rotation"}
    assert {row["subject"] for row in rows if row["item"] == "move"} == {"^RUT", "NVDA"}


def test_extract_prints_tables_for_people(call, articles):
    done = call("extract", articles)
    assert "Small caps leap as tech slides" in done.out
    assert "2024-07-10 → 2024-07-11" in done.out


def test_sentiment_can_be_switched_off(call, articles):
    done = call("extract", articles, "--format", "jsonl", "--sentiment-model", "off")
    record = json.loads(done.out)
    assert record["sentiment"] is None
    assert {item["sentiment"] for item in record["sentences"]} == {None}


def test_drivers_lists_and_counts_what_is_stored(call, articles):
    call("run", articles)
    rows = [json.loads(line) for line in call("drivers", "--format", "jsonl").out.splitlines()]
    (row,) = [row for row in rows if row["category"] == "macro.inflation"]
    assert "soft inflation data" in row["quote"]
    assert row["quote"] in row["sentence"]
    timeline = call("drivers", "--by", "week", "--format", "csv").out
    assert next(iter(csv.DictReader(io.StringIO(timeline))))["period"] == "2024-07-08"
    assert call("drivers", "--category", "fiscal").err == "nothing stored matches\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["moves", "--subject", "NVDA"], "-5.6"),
        (["rotations", "--subject", "group:small_caps"], "group:mega_cap_tech"),
        (["articles", "--category", "macro"], "Small caps leap"),
        (["search", "soft inflation"], "Small caps leap"),
        (["search", '"inflation soft"'], "nothing stored matches"),
        (["moves", "--as-of", "2024-07-01"], "nothing stored matches"),
    ],
)
def test_what_is_stored_can_be_asked(call, articles, arguments, told):
    call("run", articles)
    done = call(*arguments)
    assert done.status == 0
    assert told in done.out + done.err
    assert call("run", articles, "--store", "lake/").status == 0
    assert told in (lambda done: done.out + done.err)(call(*arguments, "--store", "lake/"))


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (["run", "nowhere"], 2, "nowhere: no such file or folder"),
        (["extract", "nowhere"], 2, "nowhere: no such file or folder"),
        (["drivers"], 1, "rotation.db"),
        (["drivers", "--since", "yesterday"], 2, "'yesterday' is not a date"),
        (["drivers", "--as-of", "noon"], 2, "'noon' is not a time"),
        (["extract", ".", "--taxonomy", "none.toml"], 2, "none.toml"),
        (["extract", "."], 3, "no article"),
        (["evaluate", "extraction", "."], 2, "no gold"),
        (["evaluate", "gate", "."], 2, "no gold"),
    ],
)
def test_wrong_calls_get_one_line_and_a_status(call, arguments, status, told):
    done = call(*arguments)
    assert done.status == status
    assert told in done.err
    assert len([line for line in done.err.splitlines() if line.startswith("nlp-rotation")]) == 1


def test_strict_makes_a_skip_an_error(call, articles):
    (articles / "empty.txt").write_text("")
    assert call("extract", articles).status == 0
    assert call("extract", articles, "--strict").status == 1


def test_html_of_an_article_is_escaped_in_the_page(call, tmp_path):
    hostile = ARTICLE.replace("Small caps leap", "<script>alert(1)</script> leap")
    (tmp_path / "hostile.txt").write_text(hostile.replace("date:", "url: javascript:alert(1)\ndate:"))
    call("run", "hostile.txt")
    page = (tmp_path / "rotation-out" / "report.html").read_text("utf-8")
    assert "<script" not in page
    assert "javascript:" not in page


def test_csv_cells_cannot_run_as_formulas(call, tmp_path):
    (tmp_path / "a.txt").write_text("date: 2024-07-12\n\n=cmd|calc (NVDA) shares fell 5% on Thursday.")
    assert '\n"=' not in call("extract", "a.txt", "--format", "csv").out
