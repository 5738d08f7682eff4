"""What is vendored is what its note says, with its licence and its notice."""

from __future__ import annotations

import hashlib
import re

from nlp_rotation.present.charts.packing import HOME

FOLDER = HOME / "vendor" / "lightweight-charts"


def test_the_file_has_the_sum_that_its_note_tells():
    (script,) = FOLDER.glob("*.js")
    told = re.findall(r"`([0-9a-f]{64})`", (FOLDER / "SOURCE.md").read_text("utf-8"))
    assert hashlib.sha256(script.read_bytes()).hexdigest() == told[1]


def test_licence_and_notice_are_kept_and_shown():
    assert "Apache License" in (FOLDER / "LICENSE").read_text("utf-8")
    assert "TradingView" in (FOLDER / "NOTICE").read_text("utf-8")
    page = (HOME / "index.html").read_text("utf-8")
    assert "TradingView Lightweight Charts" in page
    assert 'href="https://www.tradingview.com/"' in page


def test_the_page_has_no_code_in_its_markup():
    page = (HOME / "index.html").read_text("utf-8")
    assert not re.search(r"\s(?:on\w+|style)=", page)
    assert not re.search(r'(?:src|href)="(?:https?:)?//(?!www\.tradingview\.com)', page)


def test_modules_stay_small():
    counted = {path.name: len(path.read_text("utf-8").splitlines()) for path in (HOME / "js").glob("*.js")}
    assert {name: lines for name, lines in counted.items() if lines > 300} == {}


def test_every_module_is_told_to_the_browser_early():
    told = set(
        re.findall(
            r'rel="modulepreload" href="static/js/([\w-]+\.js)"', (HOME / "index.html").read_text("utf-8")
        )
    )
    assert told == {path.name for path in (HOME / "js").glob("*.js")} - {"main.js"}
