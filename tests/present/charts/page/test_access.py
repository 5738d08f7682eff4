"""The page for everybody: by keyboard, in dark and light, on a phone, and without findings of axe."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.usefixtures("browser")


def focused(page):
    return page.evaluate("document.activeElement.id || document.activeElement.className")


def tab_to(page, wanted, most=60):
    for _ in range(most):
        page.keyboard.press("Tab")
        if focused(page).startswith(wanted):
            return
    raise AssertionError(f"{wanted} is not reached by the tab key")


def test_pins_are_one_stop_and_arrows_move_among_them(visit, served):
    page = visit().at(f"{served}#from=2024-07-08&to=2024-07-31")
    tab_to(page, "pin")
    first = page.evaluate("document.activeElement.dataset.day")
    page.keyboard.press("ArrowRight")
    second = page.evaluate("document.activeElement.dataset.day")
    assert (first, second) == ("2024-07-11", "2024-07-17")
    page.keyboard.press("Enter")
    page.wait_for_selector("#quotes mark")
    assert page.inner_text("#panel-title") == "17 Jul 2024"
    page.keyboard.press("Escape")
    page.wait_for_selector("#panel-close", state="hidden")


def test_the_plot_is_read_by_keys(visit, served):
    page = visit().at(f"{served}#from=2024-07-01&to=2024-07-31")
    tab_to(page, "plot")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    assert page.inner_text("#plot-status") == "11 Jul 2024: 2 drivers"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.inner_text("#plot-status") == "Monetary, 11 Jul 2024: 1 driver"
    page.keyboard.press("Enter")
    page.wait_for_selector("#quotes mark")
    assert page.inner_text("#panel-title") == "Monetary, 11 Jul 2024"
    assert "lane=monetary" in page.url


def test_focus_can_be_seen(visit, served):
    page = visit().at(served)
    tab_to(page, "theme")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_serious(visit, served, scheme, width):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="no axe: pip install '.[test]'")
    page = visit(width=width, scheme=scheme, bypass_csp=True).at(f"{served}#at=2024-07-11")
    page.wait_for_selector("#quotes mark")
    page.wait_for_selector("#claims tbody tr")
    found = axe.Axe().run(page.page).response["violations"]
    serious = [one for one in found if one["impact"] in ("serious", "critical")]
    assert [(one["id"], one["nodes"][0]["html"][:120]) for one in serious] == []


@pytest.mark.parametrize("width", [320, 390, 768, 1440])
def test_no_width_scrolls_sideways(visit, served, width):
    page = visit(width=width).at(f"{served}#at=2024-07-11")
    page.wait_for_selector("#quotes mark")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_pins_do_not_overlap(visit, served):
    page = visit(width=700).at(served)
    boxes = [pin.bounding_box() for pin in page.locator(".pin").all()]
    for place, one in enumerate(boxes):
        for other in boxes[place + 1 :]:
            apart_x = one["x"] + one["width"] <= other["x"] or other["x"] + other["width"] <= one["x"]
            apart_y = one["y"] + one["height"] <= other["y"] or other["y"] + other["height"] <= one["y"]
            assert apart_x or apart_y


def test_the_theme_follows_the_system_and_can_be_turned(visit, served):
    page = visit(scheme="dark").at(served)
    assert page.get_attribute("html", "data-theme") == "dark"
    page.click("#theme")
    assert page.get_attribute("html", "data-theme") == "light"
    assert page.url.endswith("#theme=light")
