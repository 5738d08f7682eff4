"""Draw the golden pictures anew: python tests/present/charts/make_golden.py (and look at them)."""

from __future__ import annotations

import datetime as dt
import importlib.util
import tempfile
from pathlib import Path

from nlp_rotation.align.prices import load_prices
from nlp_rotation.present.charts.build import chart
from nlp_rotation.present.charts.picture import picture
from nlp_rotation.store.opening import open_store

HERE = Path(__file__).resolve().parent
GOLDEN = HERE / "golden"
#: Small, so that the pictures are few kilobytes and details of fonts weigh little.
DPI = 50
ASKED = {
    "pair": ("IWM/SPY", True),
    "lanes_alone": ("IWM/SPY", False),
    "one_price": ("IWM", True),
}


def drawn(store, prices, name):
    pair, priced = ASKED[name]
    shown = chart(
        pair,
        store=store,
        prices=prices if priced else None,
        since=dt.date(2024, 7, 1),
        until=dt.date(2024, 7, 31),
    )
    return picture(shown, "png", dpi=DPI)


def main():
    found = importlib.util.spec_from_file_location("july", HERE / "conftest.py")
    july = importlib.util.module_from_spec(found)
    found.loader.exec_module(july)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "july.db"
        with open_store(path) as store:
            store.add(july.records(), extracted_at=dt.datetime(2024, 8, 1, tzinfo=dt.UTC))
        for name in ASKED:
            (GOLDEN / f"{name}.png").write_bytes(drawn(path, load_prices(july.CLOSES), name))


if __name__ == "__main__":
    main()
