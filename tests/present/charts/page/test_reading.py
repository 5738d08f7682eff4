"""What a reader does: look, filter, click, read, go back, send the link to somebody."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from nlp_rotation.present.charts.build import chart

pytestmark = pytest.mark.usefixtures("browser")


def test_it_shows_the_pair_its_line_and_its_news(visit, served):
    page = visit().at(served)
    assert page.title() == "IWM against SPY · nlp-rotation"
    assert page.summary().startswith("6 drivers · ")
    pins = page.locator(".pin")
    assert "inflation +1" in " ".join(pins.all_inner_texts())
    assert page.locator("#price canvas").count() > 0
    assert "1 driver of articles without a known day is not drawn" in page.inner_text("#notes")


def test_a_pin_opens_its_quotes_in_their_paragraph(visit, served):
    page = visit().at(served)
    page.click(".pin[data-day='2024-07-11']")
    page.wait_for_selector("#quotes mark")
    assert page.inner_text("#panel-title") == "11 Jul 2024"
    assert page.locator("#quotes mark").all_inner_texts() == ["soft inflation data", "a rate cut"]
    assert "The Russell 2000 rose 3.6% on Thursday after soft inflation data." in page.inner_text("#quotes")
    assert "says Ida Moss, Quill" in page.inner_text("#quotes")
    link = page.locator("#quotes a").first
    assert link.get_attribute("href") == "https://news.example/first?a=1&b=2"
    assert link.inner_text() == "Small caps leap <b>as</b> tech slides", "markup of an article is text"
    assert page.locator(".pin[aria-pressed=true]").count() == 1


def test_filters_narrow_what_is_drawn(visit, served):
    page = visit().at(served)
    page.check("#relation input[value=predicts]", force=True)
    assert page.summary().startswith("1 of 6 drivers")
    page.check("#relation input[value='']", force=True)
    page.check("#scope input[value=pair]", force=True)
    assert page.summary().startswith("5 of 6 drivers")
    page.select_option("#source", "Harbour Wire")
    assert page.summary().startswith("2 of 6 drivers")
    page.fill("#sure", "80")
    assert page.summary().startswith("1 of 6 drivers")
    page.click("#reset")
    assert page.summary().startswith("6 drivers")
    page.fill("#from", "2024-07-17")
    page.fill("#to", "2024-07-20")
    assert page.summary().startswith("2 of 6 drivers · 17 Jul 2024 – 19 Jul 2024")


def test_groups_can_be_chosen(visit, served):
    page = visit().at(served)
    page.click(".groups summary")
    page.uncheck("#groups input[value=macro]")
    assert page.summary().startswith("5 of 6 drivers")
    assert page.inner_text("#groups-count") == "5 of 6"
    assert "Macro" not in page.inner_text(".lane-names")
    page.click("#groups-all")
    assert page.summary().startswith("6 drivers")


def test_the_address_follows_and_leads(visit, served):
    page = visit().at(served)
    page.check("#scope input[value=pair]", force=True)
    page.click(".pin[data-day='2024-07-11']")
    page.wait_for_selector("#quotes mark")
    assert page.url == f"{served}#scope=pair&at=2024-07-11"
    page.go_back()
    page.wait_for_selector("#panel-close", state="hidden")
    assert page.url == f"{served}#scope=pair"
    other = visit().at(f"{served}#scope=pair&at=2024-07-11&theme=dark&sure=80")
    other.wait_for_selector("#quotes mark")
    assert other.locator("#quotes mark").all_inner_texts() == ["soft inflation data"]
    assert other.get_attribute("html", "data-theme") == "dark"


def test_nonsense_in_the_address_is_passed_over(visit, served):
    page = visit().at(f"{served}#sure=many&from=yesterday&relation=maybe&at=x&lane=none&evil=%3Cscript%3E")
    assert page.summary().startswith("6 drivers")


def test_claims_carry_their_verdicts(visit, served):
    page = visit().at(served)
    page.wait_for_selector("#claims tbody tr")
    rows = page.locator("#claims tbody tr").all_inner_texts()
    assert any("confirmed" in row and "^RUT" in row and "+3.6 %" in row for row in rows)
    assert "rose 3.6%" in page.locator("#claims mark").all_inner_texts()


def test_the_rotation_graph_has_tails_and_says_the_same_in_a_table(visit, served):
    page = visit().at(served)
    page.wait_for_selector("#rotation svg")
    assert page.locator("#rotation .tail").count() == 12
    assert "IWM" in page.inner_text("#rotation tbody")
    assert "IWM" in page.get_attribute("#rotation svg", "aria-label")


def test_another_pair_is_another_chart(visit, served):
    page = visit().at(served)
    page.select_option("#pair", "equal_cap")
    page.locator("#page-title", has_text=re.compile("equal weight|RSP")).wait_for()
    assert "pair=equal_cap" in page.url


def test_lanes_open_what_lies_under_the_pointer(visit, served):
    page = visit().at(f"{served}#from=2024-07-08&to=2024-07-15")
    lane = page.locator(".lane-names span").all_inner_texts().index("Monetary")
    box = page.locator("#lanes").bounding_box()
    pin = page.locator(".pin[data-day='2024-07-11']").bounding_box()
    y = box["y"] + 26 * lane + 13
    found = None
    for x in range(int(pin["x"]), int(pin["x"] + pin["width"])):
        page.mouse.move(x, y)
        if "Monetary, 11 Jul 2024" in (page.get_attribute("#lanes", "title") or ""):
            found = x
            break
    assert found
    page.mouse.click(found, y)
    page.wait_for_selector("#quotes mark")
    assert page.inner_text("#panel-title") == "Monetary, 11 Jul 2024"
    assert page.locator("#quotes mark").all_inner_texts() == ["a rate cut"]


def test_an_empty_store_says_what_to_do(visit, bare):
    page = visit().at(bare)
    assert "no driver" in page.summary()
    assert "nlp-rotation run" in page.inner_text("#notes")
    page.wait_for_selector("#claims .empty")
    assert "no prices" in page.inner_text("#rotation")


def test_without_prices_the_lanes_are_drawn(visit, sqlite_stored, tmp_path):
    path = tmp_path / "lanes.html"
    chart("IWM/SPY", store=sqlite_stored, since=dt.date(2024, 7, 1)).save(path)
    page = visit().at(path.as_uri())
    assert "No prices" in page.inner_text("#notes")
    page.wait_for_timeout(300)
    leaders, lanes = (page.locator(name).bounding_box() for name in ("#leaders", "#lanes"))
    assert leaders["y"] + leaders["height"] <= lanes["y"], "leaders end where the lanes begin"
    page.click(".pin[data-day='2024-07-11']")
    page.wait_for_selector("#quotes mark")


def test_one_file_works_from_disk_and_offline(visit, sqlite_stored, prices, tmp_path):
    path = tmp_path / "chart.html"
    chart("IWM/SPY", store=sqlite_stored, prices=prices).save(path)
    page = visit(offline=True).at(path.as_uri())
    page.click(".pin[data-day='2024-07-11']")
    page.wait_for_selector("#quotes mark")
    assert page.url.endswith("#at=2024-07-11")
    page.check("#relation input[value=predicts]", force=True)
    assert page.summary().startswith("1 of 6 drivers")
    page.wait_for_selector("#claims tbody tr")


def test_a_notebook_and_a_report_hold_it_in_a_frame(visit, sqlite_stored, prices, tmp_path):
    shown = chart("IWM/SPY", store=sqlite_stored, prices=prices)
    path = tmp_path / "notebook.html"
    path.write_text(f"<!doctype html><title>x</title>{shown._repr_html_()}", encoding="utf-8")
    page = visit()
    page.page.goto(path.as_uri())
    frame = page.frame_locator("iframe")
    frame.locator(".pin[data-day='2024-07-11']").click()
    assert frame.locator("#quotes mark").first.inner_text() == "soft inflation data"
    assert not frame.locator(".top").is_visible()


def test_an_earlier_month_of_many_is_reached_by_its_address(visit, served):
    page = visit().at(f"{served}#from=2024-07-17&to=2024-07-24&at=2024-07-17..2024-07-24")
    page.wait_for_selector("#quotes mark")
    assert page.inner_text("#panel-count") == "4 drivers"
    assert page.locator(".pin").count() == 3
