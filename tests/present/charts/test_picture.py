"""Pictures by matplotlib: as the golden ones within a tolerance, the same twice, text as text in SVG."""

from __future__ import annotations

import datetime as dt
import importlib.util
import io
import sys
from pathlib import Path

import numpy as np
import pytest

from nlp_rotation.errors import UsageError
from nlp_rotation.present.charts.build import chart
from nlp_rotation.present.charts.picture import picture

HERE = Path(__file__).resolve().parent
#: Mean difference of a pixel, of 1: fonts of another version may shift by one pixel, lines may not go.
TOLERANCE = 0.02


def golden_maker():
    found = importlib.util.spec_from_file_location("make_golden", HERE / "make_golden.py")
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


MAKER = golden_maker()


@pytest.mark.parametrize("name", sorted(MAKER.ASKED))
def test_pictures_are_as_the_golden_ones(name, sqlite_stored, prices):
    from matplotlib.image import imread

    drawn = imread(io.BytesIO(MAKER.drawn(sqlite_stored, prices, name)))
    golden = imread(MAKER.GOLDEN / f"{name}.png")
    assert drawn.shape == golden.shape
    assert float(np.abs(drawn - golden).mean()) < TOLERANCE


def test_the_same_chart_gives_the_same_file(sqlite_stored, prices):
    shown = chart(
        "IWM/SPY", store=sqlite_stored, prices=prices, since=dt.date(2024, 7, 1), until=dt.date(2024, 7, 31)
    )
    svg = picture(shown, "svg")
    assert svg == picture(shown, "svg")
    text = svg.decode()
    assert "IWM against SPY" in text
    assert "“soft inflation data”" in text
    assert shown._repr_png_().startswith(b"\x89PNG")


def test_an_empty_chart_is_a_picture_too():
    assert picture(chart("IWM/SPY"), "png", dpi=40).startswith(b"\x89PNG")


def test_without_matplotlib_the_hint_names_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(UsageError, match=r"nlp-rotation\[chart\]"):
        picture(chart("IWM/SPY"), "png")
