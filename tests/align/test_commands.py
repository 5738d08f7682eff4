"""The four commands, from files to tables and files."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import typer
from typer.testing import CliRunner

from nlp_rotation.align.sessions import exchange
from nlp_rotation.errors import RotationError, UsageError
from nlp_rotation.present.commands.align import align
from nlp_rotation.present.commands.check import check
from nlp_rotation.present.commands.prices import prices
from nlp_rotation.present.commands.rotation import rotation
from nlp_rotation.records import encode

app = typer.Typer()
for command in (prices, rotation, check, align):
    app.command()(command)


@pytest.fixture(name="files")
def _files(tmp_path, record, move):
    """A price file and a file of two records that state a move each."""
    days = exchange().between(dt.date(2024, 1, 2), dt.date(2024, 7, 31))
    rows = ["date,symbol,close"]
    deal = np.random.default_rng(1)
    for symbol in ("IWM", "SPY", "XLK", "XLP"):
        level = 100 * np.exp(deal.normal(0, 0.01, len(days)).cumsum())
        rows += [f"{day:%Y-%m-%d},{symbol},{close:.6f}" for day, close in zip(days, level, strict=True)]
    (tmp_path / "prices.csv").write_text("\n".join(rows) + "\n", "utf-8")
    stated = move("up 99%", 99.0, "2024-07-10", "2024-07-11", subject="IWM")
    records = [
        replace(record("a", "2024-07-11T18:00-04:00", leg="IWM"), moves=(stated,)),
        record("b", "2024-07-12T10:00-04:00", leg="SPY"),
    ]
    lines = "".join(json.dumps(encode(one)) + "\n" for one in records)
    (tmp_path / "records.jsonl").write_text(lines, "utf-8")
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)


def test_prices(files):
    result = run("prices", files / "prices.csv", "--out", files / "bars.csv")
    assert result.exit_code == 0
    assert "XLK" in result.output
    assert len(pd.read_csv(files / "bars.csv")) == 4 * 146


def test_rotation(files):
    result = run(
        "rotation", files / "prices.csv", "--pair", "IWM/SPY", "--days", "5", "--on", "2024-07-16", "--years", "40",
        "--out", files / "leads.json",
    )  # fmt: skip
    assert "2024-01-09" in result.output, "the first date of the history stands beside the percentile"
    assert "2024-07-16" in result.output
    rows = json.loads((files / "leads.json").read_text("utf-8"))
    assert {"pair", "session", "relative_5d", "percentile_5d", "run"} <= set(rows[0])


def test_rotation_with_weights(files):
    (files / "weights.csv").write_text("symbol,weight\nXLK,75%\nXLP,25%\n", "utf-8")
    result = run(
        "rotation",
        files / "prices.csv",
        "--pair",
        "IWM/SPY",
        "--days",
        "5",
        "--weights",
        files / "weights.csv",
    )
    assert "Contributions, in points" in result.output
    assert "2024-07-24" in result.output, "five sessions before the last"
    (files / "weights.csv").write_text("symbol,weight\nXLK,0.75\n", "utf-8")
    with pytest.raises(RotationError, match=r"weights sum to 0\.75"):
        run("rotation", files / "prices.csv", "--pair", "IWM/SPY", "--weights", files / "weights.csv")


def test_what_nobody_asked_for_may_be_missing(files):
    """Neither the sectors nor the usual targets need prices; what is asked for does."""
    rows = (files / "prices.csv").read_text("utf-8").splitlines(keepends=True)
    two = files / "two.csv"
    two.write_text("".join(row for row in rows if "XL" not in row), "utf-8")
    result = run("rotation", two, "--days", "5")
    assert "small_large" in result.output
    assert "no look inside: basket sectors: 0 members have prices" in result.output
    with pytest.raises(RotationError, match="0 members have prices"):
        run("rotation", two, "--basket", "sectors")
    result = run("align", files / "records.jsonl", "--prices", two)
    assert "RSP/SPY is left out" in result.output
    with pytest.raises(RotationError, match="no prices answer for it"):
        run("align", files / "records.jsonl", "--prices", two, "--target", "RSP/SPY")


def test_a_day_before_all_prices_is_one_line(files):
    result = run("rotation", files / "prices.csv", "--on", "1999-01-04")
    assert "no pair has prices of both sides" in result.output
    with pytest.raises(RotationError, match="no pair has prices of both sides; name one of yours"):
        run("rotation", files / "prices.csv", "--on", "1999-01-04", "--out", files / "none.csv")
    with pytest.raises(RotationError, match="no prices answer for it"):
        run("rotation", files / "prices.csv", "--on", "1999-01-04", "--pair", "IWM/SPY")


def test_nothing_known_yet_is_an_empty_table(files):
    result = run(
        "align",
        files / "records.jsonl",
        "--prices",
        files / "prices.csv",
        "--target",
        "IWM/SPY",
        "--as-of",
        "1999-01-04",
    )
    assert result.exit_code == 0
    assert "0 articles" in result.output


def test_a_verdict_that_is_none_is_refused(files):
    result = run("check", files / "records.jsonl", "--prices", files / "prices.csv", "--verdict", "wrong")
    assert result.exit_code == 2
    assert "contradicted" in result.output


def test_check(files):
    result = run(
        "check", files / "records.jsonl", "--prices", files / "prices.csv", "--out", files / "claims.csv"
    )
    claims = pd.read_csv(files / "claims.csv")
    assert claims["verdict"].isin(["direction only", "contradicted"]).all()
    assert "By source" in result.output
    assert "Outlet" in result.output


def test_align(files):
    result = run(
        "align",
        files / "records.jsonl",
        "--prices",
        files / "prices.csv",
        "--target",
        "IWM/SPY",
        "--out",
        files / "joined.csv",
    )
    assert result.exit_code == 0
    joined = pd.read_csv(files / "joined.csv").set_index("session")
    assert joined.loc["2024-07-11", "told_net_explains"] == 1.0
    assert joined.loc["2024-07-12", "known_net_explains"] == 0.0, "one story of either side"
    early = run(
        "align",
        files / "records.jsonl",
        "--prices",
        files / "prices.csv",
        "--target",
        "IWM/SPY",
        "--as-of",
        "2024-07-12T00:00+00:00",
    )
    assert "1 articles" in early.output


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["check", "nothing.db", "--prices", "nothing"], "no such"),
        (["prices", "nothing.csv", "--out", "x.xlsx"], "no such format"),
        (["rotation", "nothing.csv", "--on", "yesterday"], "not a date|no such file"),
    ],
)
def test_wrong_use_is_one_line(arguments, says):
    with pytest.raises(RotationError, match=says) as caught:
        run(*arguments)
    assert "\n" not in str(caught.value)


def test_a_line_that_is_no_record(files):
    (files / "broken.jsonl").write_text('{"id": "a"}\n', "utf-8")
    with pytest.raises(UsageError, match=r"broken.jsonl, line 1: no record"):
        run("check", files / "broken.jsonl", "--prices", files / "prices.csv")
