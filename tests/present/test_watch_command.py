"""``watch`` and ``sources`` as a user calls them."""

from __future__ import annotations

import csv
import datetime as dt
import json
import os
import signal
import threading
from email.utils import format_datetime

import pytest

from nlp_rotation.errors import UsageError
from nlp_rotation.present.commands.watch import interval_of

OPTIONS = ("--sentiment-model", "off", "--allow-private-hosts")
TEXT = "Shares of Apple rose 3% on Monday and led the rest of the market, dealers said."


@pytest.fixture
def feed(httpserver):
    stamp = format_datetime(dt.datetime.now(dt.UTC) - dt.timedelta(days=4))
    entry = (
        f"<item><guid>1</guid><title>Apple rises</title><description>{TEXT}</description>"
        f"<pubDate>{stamp}</pubDate></item>"
    )
    body = f'<rss version="2.0"><channel><title>Harbour Post</title>{entry}</channel></rss>'
    httpserver.expect_request("/feed").respond_with_data(
        body, content_type="application/rss+xml", headers={"ETag": '"1"'}
    )
    return httpserver.url_for("/feed")


@pytest.mark.parametrize(("text", "seconds"), [("90s", 90), ("15m", 900), (" 2 H ", 7200), ("1d", 86_400)])
def test_intervals(text, seconds):
    assert interval_of(text) == dt.timedelta(seconds=seconds)


@pytest.mark.parametrize("text", ["", "15", "m", "0m", "-1m", "1w", "900d", "1.5h"])
def test_what_is_no_interval(text):
    with pytest.raises(UsageError):
        interval_of(text)


def test_a_round_is_told_and_leaves_report_signals_and_ledger(call, feed, tmp_path):
    done = call("watch", feed, "--rounds", "1", *OPTIONS)
    assert (done.status, "round 1: 1 sources, 1 articles new, 0 known" in done.out) == (0, True), done.err
    assert "Apple" in (tmp_path / "rotation-out" / "report.html").read_text()
    rows = csv.DictReader((tmp_path / "rotation-out" / "signals.csv").read_text().splitlines())
    assert ("AAPL", "1.0") in [(row["leg"], row["volume"]) for row in rows]
    table = call("sources").out
    assert "last success" in table
    assert feed in table
    (row,) = map(json.loads, call("sources", "--format", "jsonl").out.splitlines())
    assert (row["source"], row["new"], row["written"], row["etag"]) == (feed, 1, 1, '"1"')


def test_what_cannot_be_had_is_listed_and_strict_makes_it_an_error(call, feed, httpserver):
    gone = httpserver.url_for("/gone")
    done = call("watch", feed, gone, "--rounds", "1", *OPTIONS)
    assert (done.status, f"skipped: {gone}: the server answers 500" in done.err) == (0, True)
    assert "(1 failed)" in done.out
    assert call("watch", gone, "--rounds", "3", "--strict", "--store", "b.db", *OPTIONS).status == 1
    assert "the server answers 500" in call("sources", "--store", "b.db").out


@pytest.mark.parametrize("command", ["run", "extract"])
def test_strict_makes_a_lost_input_an_error(call, tmp_path, command):
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "empty.txt").write_text("")
    paths = ("a.txt", "empty.txt")
    lenient = call(command, *paths, "--sentiment-model", "off")
    assert (lenient.status, "skipped: empty.txt: empty file" in lenient.err) == (0, True)
    assert call(command, *paths, "--sentiment-model", "off", "--strict").status == 1


def test_private_hosts_need_leave(call, feed):
    done = call("extract", feed, "--sentiment-model", "off")
    assert (done.status, "no public address" in done.err) == (3, True)


@pytest.mark.parametrize("request_to_end", [signal.SIGTERM, signal.SIGINT])
def test_a_request_to_end_is_no_error(call, feed, request_to_end, monkeypatch):
    from nlp_rotation.acquire.clock import SystemClock

    def sleep(self, seconds):
        os.kill(os.getpid(), request_to_end)
        threading.Event().wait(5)

    monkeypatch.setattr(SystemClock, "sleep", sleep)
    before = signal.getsignal(signal.SIGTERM)
    done = call("watch", feed, "--no-follow", *OPTIONS)
    assert (done.status, "stopped; what was stored stays stored" in done.err) == (0, True)
    assert signal.getsignal(signal.SIGTERM) is before


def test_no_sources_yet(call, tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    call("run", "a.txt", "--sentiment-model", "off")
    assert "nothing stored matches" in call("sources").err
