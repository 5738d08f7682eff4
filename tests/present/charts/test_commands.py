"""``chart`` writes what the name of the file asks for; the report of a run holds its chart."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlp_rotation.present.cli import main

CORPUS = Path(__file__).resolve().parents[3] / "corpus"
CLOSES = CORPUS / "prices" / "closes.csv"


@pytest.mark.parametrize(
    ("name", "begins"), [("x.png", b"\x89PNG"), ("x.svg", b"<?xml"), ("x.html", b"<!doctype html>")]
)
def test_chart_writes_pictures_and_pages(call, sqlite_stored, tmp_path, name, begins):
    done = call(
        "chart", "IWM/SPY", "--store", sqlite_stored, "--prices", CLOSES, "--since", "2024-07-01",
        "--until", "2024-07-31", "--out", name,
    )  # fmt: skip
    assert (done.status, done.out) == (0, f"6 drivers over 22 sessions in {name}\n")
    assert (tmp_path / name).read_bytes().startswith(begins)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["IWM/SPY", "--out", "x.pdf"], "no such kind of picture"),
        (["IWM/SPY", "--out", "x.png", "--store", "none.db"], "there is no store"),
        (["IWM/SPY", "--out", "x.png", "--since", "2024-08-01", "--until", "2024-07-01"], "before --since"),
        (["IWM/SPY", "--out", "x.png", "--as-of", "noon"], "'noon' is not a time"),
    ],
)
def test_wrong_calls_get_one_line(call, sqlite_stored, arguments, told):
    if "--store" not in arguments:
        arguments = [*arguments, "--store", sqlite_stored]
    done = call("chart", *arguments)
    assert done.status in (1, 2)
    assert told in done.err
    assert len(done.err.splitlines()) == 1


def test_a_side_without_prices_is_told(call, sqlite_stored):
    done = call("chart", "ZZZZ/SPY", "--store", sqlite_stored, "--prices", CLOSES, "--out", "x.svg")
    assert done.status == 0
    assert "No line of ZZZZ" in done.err


def test_the_report_of_a_run_with_prices_holds_the_chart(call, tmp_path):
    article = CORPUS / "july_2024" / "2024-07-11.txt"
    assert call("run", article, "--prices", CLOSES, "--sentiment-model", "off").status == 0
    page = (tmp_path / "rotation-out" / "report.html").read_text("utf-8")
    assert "<iframe" in page
    assert 'sandbox="allow-scripts allow-popups"' in page
    assert "<script" not in page, "scripts stand inside the frame, escaped"
    assert len(page) < 3_000_000
    call("run", article, "--sentiment-model", "off", "--out", "plain")
    assert "<iframe" not in (tmp_path / "plain" / "report.html").read_text("utf-8")


def test_the_command_is_listed(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["nlp-rotation", "chart", "--help"])
    with pytest.raises(SystemExit):
        main()
    assert "--out" in capsys.readouterr().out
