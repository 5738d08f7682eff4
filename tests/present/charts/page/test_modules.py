"""The pure functions of the page, called in the browser: places of pins, bars of lanes, words of the address."""

from __future__ import annotations

import random

import pytest

pytestmark = pytest.mark.usefixtures("browser")


@pytest.fixture(scope="module")
def called(browser, bare):
    """Call a function of a module with plain arguments."""
    page = browser.new_page()
    page.goto(bare)

    def call(module, name, *arguments):
        script = "async ([module, name, given]) => (await import(`./static/js/${module}.js`))[name](...given)"
        return page.evaluate(script, [module, name, list(arguments)])

    yield call
    page.close()


def test_pins_never_touch_and_no_leader_crosses_one(called):
    dice = random.Random(3)
    for _ in range(25):
        items = [
            {"x": dice.uniform(-20, 820), "width": dice.uniform(40, 160), "weight": dice.random()}
            for _ in range(40)
        ]
        placed = called("pins", "placePins", items, {"width": 800, "rows": 3, "gap": 6})
        assert placed
        for place, one in enumerate(placed):
            assert one["left"] >= 0
            assert one["left"] + one["width"] <= 800 + 1e-6
            for other in placed[place + 1 :]:
                upper, lower = sorted((one, other), key=lambda pin: pin["row"])
                if upper["row"] == lower["row"]:
                    gap = max(
                        one["left"] - other["left"] - other["width"],
                        other["left"] - one["left"] - one["width"],
                    )
                    assert gap >= 6 - 1e-6
                else:
                    assert not lower["left"] - 6 < upper["x"] < lower["left"] + lower["width"] + 6


@pytest.mark.parametrize(
    ("hash_", "again"),
    [
        ("#pair=IWM%2FSPY&sure=50", "#pair=IWM%2FSPY&sure=50"),
        ("#sure=500", "#sure=100"),
        ("#sure=0&from=", ""),
        ("#at=2024-07-01..2024-07-05&lane=macro", "#at=2024-07-01..2024-07-05&lane=macro"),
        ("#from=1.7.2024&theme=pink&__proto__=x", ""),
    ],
)
def test_addresses_are_read_and_written_alike(called, hash_, again):
    assert called("state", "formatState", called("state", "parseState", hash_)) == again


def test_bins_hold_what_their_sessions_hold(called):
    cells = [1, 0, 0, 0, 0, 0] * 7
    bins = called("bins", "binned", cells, 1, 1, 6, 3)
    assert bins["start"] == 0
    assert list(bins["sums"])[::6] == [2, 3, 1]
    assert called("bins", "sessionsOf", 2, 3, 7) == {"first": 6, "last": 6}


@pytest.mark.parametrize(("spacing", "sessions"), [(10, 1), (4, 1), (1, 4), (0.25, 16)])
def test_bars_keep_a_readable_width(called, spacing, sessions):
    assert called("bins", "sessionsPerBin", spacing) == sessions


def test_days_are_found_among_sessions(called):
    sessions = ["2024-07-11", "2024-07-12", "2024-07-15"]
    assert called("data", "boundsOf", sessions, "2024-07-12", "2024-07-14") == {"first": 1, "last": 1}
    assert called("data", "boundsOf", sessions, "", "") == {"first": 0, "last": 2}
    assert called("data", "boundsOf", sessions, "2025-01-01", "") == {"first": 3, "last": 2}


def test_labels_of_the_graph_do_not_cover_each_other(called):
    points = [{"x": 200 + place, "y": 200, "width": 30, "height": 13} for place in range(4)]
    placed = called("rotation", "placeLabels", points, {"width": 460, "height": 400})
    corners = {(round(one["x"]), round(one["y"])) for one in placed}
    assert len(corners) == 4
