"""The page's own addresses: what they give, what they refuse, and that an answer is not made twice."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from nlp_rotation.present.charts import keeping
from nlp_rotation.present.charts.build import Ask
from nlp_rotation.present.server.app import Served, build_app
from nlp_rotation.present.server.guard import access_of
from nlp_rotation.store.opening import open_store


@pytest.fixture(scope="module")
def client(stored, request):
    closes = request.path.parents[3] / "corpus" / "prices" / "closes.csv"
    app = build_app(Served(store=str(stored), prices=closes), access_of(host="127.0.0.1", token=""))
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=True) as opened:
        yield opened


def test_the_chart_comes_without_words_and_the_words_by_their_keys(client):
    shown = client.get("/api/v1/chart", params={"pair": "IWM/SPY"}).json()
    assert shown["drivers"]["count"] == 6
    assert shown["title"] == "IWM against SPY"
    key = f"{shown['drivers']['edition'][0]}.{shown['drivers']['n'][0]}"
    (quote,) = client.get("/api/v1/chart/quotes", params={"keys": f"{key},999999.0"}).json()["quotes"]
    assert quote["paragraph"][quote["start"] : quote["end"]] == "soft inflation data"


def test_claims_come_with_verdicts(client):
    claims = client.get("/api/v1/chart/claims", params={"pair": "IWM/SPY"}).json()["claims"]
    assert {claim["verdict"] for claim in claims} <= {
        "confirmed",
        "direction only",
        "contradicted",
        "cannot tell",
    }
    assert claims[0]["subject"] == "^RUT"


def test_days_narrow_the_chart(client):
    asked = {"since": "2024-07-16", "until": "2024-07-20"}
    assert client.get("/api/v1/chart", params=asked).json()["drivers"]["count"] == 2


@pytest.mark.parametrize(
    "asked",
    [
        {"pair": "IWM/SPY/QQQ"},
        {"pair": "<script>"},
        {"pair": ""},
        {"since": "yesterday"},
        {"as_of": "noon"},
        {"unknown": "1"},
    ],
)
def test_what_makes_no_sense_is_refused(client, asked):
    reply = client.get("/api/v1/chart", params=asked)
    assert reply.status_code == 400
    assert reply.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("keys", ["", "1", "1.2,", "a.b", "1.2;3.4", ",".join(["1.0"] * 101)])
def test_keys_that_are_none_are_refused(client, keys):
    assert client.get("/api/v1/chart/quotes", params={"keys": keys}).status_code == 400


@pytest.mark.parametrize(
    "asked",
    [
        {"pair": "basket.nothing/SPY"},
        {"pair": "SPY/SPY"},
        {"pair": "fx:XXX/commodity:oil"},
        {"since": "0001-01-01", "until": "9999-12-31"},
        {"since": "2024-08-01", "until": "2024-07-01"},
        {"since": "9999-12-31"},
        {"until": "0001-01-01"},
        {"as_of": "0001-01-02T00:00:00Z"},
    ],
)
def test_what_nobody_has_prices_or_stories_of_is_an_empty_chart(client, asked):
    for path in ("/api/v1/chart", "/api/v1/chart/claims"):
        assert client.get(path, params=asked).status_code == 200


def test_a_chart_is_drawn_once_for_all_readers(client, monkeypatch):
    client.get("/api/v1/chart", params={"pair": "RSP/SPY"})
    monkeypatch.setattr(keeping, "outline", None)
    first = client.get("/api/v1/chart", params={"pair": "RSP/SPY"})
    assert first.status_code == 200
    held = client.get(
        "/api/v1/chart", params={"pair": "RSP/SPY"}, headers={"if-none-match": first.headers["etag"]}
    )
    assert held.status_code == 304


def test_the_page_and_its_parts_are_served_under_a_policy(client):
    page = client.get("/")
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert "unsafe-inline" not in page.text
    for part in ("page.css", "js/main.js", "vendor/lightweight-charts/LICENSE"):
        assert client.get(f"/static/{part}").status_code == 200
    assert client.get("/static/../assets.py").status_code == 404


def test_the_description_lists_the_chart(client):
    paths = client.get("/openapi.json").json()["paths"]
    assert {path for path in paths if "chart" in path} == {
        "/api/v1/chart",
        "/api/v1/chart/claims",
        "/api/v1/chart/quotes",
    }


def test_two_stores_of_one_state_are_told_apart(sqlite_stored, tmp_path):
    twin = tmp_path / "twin.db"
    twin.write_bytes(sqlite_stored.read_bytes())
    kept = keeping.Kept()
    with open_store(sqlite_stored, mode="read") as one, open_store(twin, mode="read") as other:
        first, second = (kept.outline(Ask(pair="IWM/SPY"), store, None) for store in (one, other))
        assert first is not second
        assert kept.outline(Ask(pair="IWM/SPY"), one, None) is first
