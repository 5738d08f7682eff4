"""Rows as files: every format can be read again, and calendars are valid."""

from __future__ import annotations

import csv
import json

import icalendar
import pyarrow.parquet as pq
import pytest


@pytest.fixture
def exported(call, stored, tmp_path):
    def export(view: str, ending: str, *more: str):
        path = tmp_path / f"rows{ending}"
        called = call("export", view, "--store", stored, "--out", path, *more)
        assert called.status == 0, called.err
        return path

    return export


def test_every_format_holds_the_same_rows(exported):
    with exported("drivers", ".csv").open(encoding="utf-8", newline="") as file:
        by_csv = list(csv.DictReader(file))
    by_json = json.loads(exported("drivers", ".json").read_text("utf-8"))
    by_lines = [json.loads(line) for line in exported("drivers", ".jsonl").read_text("utf-8").splitlines()]
    by_parquet = pq.read_table(exported("drivers", ".parquet"))
    assert by_json == by_lines
    assert [row["quote"] for row in by_csv] == [row["quote"] for row in by_json]
    assert by_parquet.column("quote").to_pylist() == [row["quote"] for row in by_json]
    assert json.loads(by_csv[0]["effects"]) == by_json[0]["effects"]


@pytest.mark.parametrize("view", ["articles", "drivers", "moves", "rotations"])
def test_a_calendar_is_valid_and_carries_the_evidence(exported, view):
    calendar = icalendar.Calendar.from_ical(exported(view, ".ics").read_bytes())
    events = calendar.walk("VEVENT")
    assert events
    assert len({event["uid"] for event in events}) == len(events)
    for event in events:
        assert event.get("summary")
        assert event.get("description")
        assert {"DTSTAMP", "DTSTART"} <= set(event)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["export", "drivers"], "a file is needed"),
        (["export", "drivers", "--out", "rows.xlsx"], "no such format"),
        (["export", "sentiment", "--out", "rows.ics"], "its rows are no events"),
        (["export", "weather", "--out", "rows.csv"], "no such view"),
        (["export", "moves", "--category", "monetary", "--out", "rows.csv"], "no such filter here"),
    ],
)
def test_what_cannot_be_written_is_told_before_the_work(call, stored, arguments, told):
    called = call(*arguments, "--store", stored)
    assert called.status == 2
    assert told in called.err
