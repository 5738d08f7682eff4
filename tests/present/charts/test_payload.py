"""What the page reads: columns that unfold to the drivers, JSON that cannot leave its block, one small file."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import re
from dataclasses import replace
from itertools import accumulate

import numpy as np
import pytest

from nlp_rotation.errors import UsageError
from nlp_rotation.present.charts.build import chart
from nlp_rotation.present.charts.bundle import bundled
from nlp_rotation.present.charts.model import Drivers
from nlp_rotation.present.charts.packing import HOME
from nlp_rotation.present.charts.payload import as_json, outline_of, whole_of
from nlp_rotation.present.charts.standalone import LIMIT, notebook_frame, page

JULY = {"since": dt.date(2024, 7, 1), "until": dt.date(2024, 7, 31)}


@pytest.fixture(scope="module")
def july(sqlite_stored, prices):
    return chart("IWM/SPY", store=sqlite_stored, prices=prices, **JULY)


def many(shown, count):
    dice = np.random.default_rng(5)
    whole = {name: dice.integers(0, 3, count).astype(np.int32) for name in Drivers.__dataclass_fields__}
    whole |= {
        "session": np.sort(dice.integers(0, 22, count)).astype(np.int32),
        "confidence": dice.random(count),
    }
    whole |= {name: whole[name].astype(bool) for name in ("hedged", "about")}
    whole["edition"] = np.arange(count) // 5
    return replace(shown, drivers=Drivers(**whole))


def test_columns_unfold_to_the_drivers(july):
    columns = json.loads(as_json(outline_of(july)))["drivers"]
    assert list(accumulate(columns["session"])) == july.drivers.session.tolist()
    assert list(accumulate(columns["edition"])) == july.drivers.edition.tolist()
    assert columns["count"] == len(july.drivers)
    assert columns["confidence"] == np.rint(july.drivers.confidence * 100).tolist()


def test_an_outline_holds_no_words(july):
    assert {"quotes", "claims"}.isdisjoint(outline_of(july))
    assert "rate cut" not in as_json(outline_of(july))


def test_json_cannot_end_its_block(july):
    hostile = replace(july, notes=("</script><script>alert(1)</script>", "a\u2028b"))
    text = as_json(whole_of(hostile))
    assert "<" not in text
    assert json.loads(text)["notes"] == list(hostile.notes)


def test_one_file_has_everything_inside_and_runs_its_own_scripts_alone(july):
    text = page(july)
    assert "<b>as</b>" not in text, "titles are data"
    assert not re.search(r"<(?:script|link|img|iframe)[^>]*(?:src|href)=[\"'](?!data:)", text)
    assert not re.search(r"\son\w+=", re.sub(r"<(script|style)\b.*?</\1>", "", text, flags=re.S))
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)[1]
    scripts = re.findall(r"<script>(.*?)</script>", text, flags=re.S)
    assert len(scripts) == 2
    for script in scripts:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert "unsafe" not in policy


def test_one_file_keeps_below_its_limit(july):
    text = page(many(july, 150_000))
    assert len(text.encode()) <= LIMIT
    held = json.loads(re.search(r'id="chart-data">(.*?)</script>', text, flags=re.S)[1])
    assert 30_000 < held["drivers"]["count"] <= 150_000


def test_a_notebook_gets_a_frame_and_a_picture(july):
    frame = notebook_frame(july)
    assert frame.startswith("<iframe")
    assert 'sandbox="allow-scripts allow-popups"' in frame
    assert july._repr_html_() == frame


def test_every_module_of_the_page_is_packed():
    script = bundled(HOME / "js")
    assert "import " not in script
    assert all(f"function {name}" in script for name in ("placePins", "parseState", "tallyOf", "graphScale"))


def test_modules_that_break_the_habits_are_refused(tmp_path):
    (tmp_path / "one.js").write_text("const same = 1;\n")
    (tmp_path / "two.js").write_text("const same = 2;\n")
    with pytest.raises(ValueError, match="same is declared"):
        bundled(tmp_path)
    (tmp_path / "two.js").write_text("export default 3;\n")
    with pytest.raises(ValueError, match="cannot be packed"):
        bundled(tmp_path)


@pytest.mark.parametrize("name", ["x.pdf", "x", "x.html.gz"])
def test_other_endings_are_refused(july, name, tmp_path):
    with pytest.raises(UsageError, match="no such kind"):
        july.save(tmp_path / name)
