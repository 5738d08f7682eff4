"""The API: limits, pages, tags, problems, who may ask, and its own description."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from nlp_rotation.errors import UsageError
from nlp_rotation.present.commands.serve import check_address
from nlp_rotation.present.server.api import ENDPOINTS
from nlp_rotation.present.server.app import build_app
from nlp_rotation.present.server.guard import access_of, name_of
from nlp_rotation.present.server.service import Served
from nlp_rotation.store.catalogue import views

TOKEN = "a-token-of-some-length"


def client_of(stored, *, token: str = "", host: str = "127.0.0.1") -> TestClient:
    app = build_app(Served(store=str(stored)), access_of(host=host, token=token, names=["news.example"]))
    return TestClient(app, base_url=f"http://{host}", follow_redirects=False)


@pytest.fixture
def client(stored):
    with client_of(stored) as opened:
        yield opened


@pytest.mark.parametrize("name", sorted(views()))
def test_every_view_answers_with_its_columns(client, name):
    answer = client.get(f"/api/v1/{name}", params={"limit": 1})
    assert answer.status_code == 200, answer.text
    for item in answer.json()["items"]:
        assert list(item) == list(views()[name].names)


def test_what_a_page_asks_first_is_asked_when_the_server_starts(stored):
    asked, over = [], threading.Event()

    def answer(_sources, given):
        asked.append(given)
        over.set()
        return {}

    endpoints = [
        replace(endpoint, answer=answer) for endpoint in ENDPOINTS if endpoint.name in ("chart", "why")
    ]
    served = Served(store=str(stored), ahead=("chart",))
    access = access_of(host="127.0.0.1", token="", names=[])
    with TestClient(build_app(served, access, endpoints=endpoints)):
        assert over.wait(20)
    assert [given["pair"] for given in asked] == ["IWM/SPY"]


def test_pages_lead_through_all_rows(client):
    found, cursor = [], None
    while True:
        params = {"limit": 3} | ({"cursor": cursor} if cursor else {})
        answer = client.get("/api/v1/drivers", params=params).json()
        found += [(item["edition"], item["n"]) for item in answer["items"]]
        cursor = answer["next"]
        if cursor is None:
            break
    assert len(found) == len(set(found)) == 20


def test_an_answer_carries_the_evidence(client):
    (item,) = client.get("/api/v1/drivers", params={"limit": 1, "category": "macro"}).json()["items"]
    assert item["quote"] == "prices cooled"
    assert item["url"].startswith("https://example.org/")
    assert (item["source"], item["speaker"], item["confidence"]) == ("Ledger", "Ann Able", 0.9)


def test_the_article_behind_a_row(client):
    article = client.get("/api/v1/articles/a3").json()
    assert article["text"].startswith("Small companies")
    assert client.get("/api/v1/articles/a3", params={"as_of": "2024-07-01T00:00:00Z"}).status_code == 404


def test_timeline_search_and_why(client):
    counted = client.get("/api/v1/timeline", params={"per": "all", "every": "week"}).json()["items"]
    assert [item["drivers"] for item in counted] == [14, 6]
    assert len(client.get("/api/v1/search", params={"q": "cooled", "limit": 2}).json()["items"]) == 2
    assert client.get("/api/v1/search", params={"q": "?!"}).json()["items"] == []
    why = client.get("/api/v1/why", params={"pair": "IWM/SPY"}).json()
    assert [cause["category"] for cause in why["explains"]] == ["macro.inflation"]


def test_an_answer_that_is_held_is_not_sent_again(client):
    first = client.get("/api/v1/moves")
    again = client.get("/api/v1/moves", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get("/api/v1/moves", params={"limit": 1}, headers={"if-none-match": first.headers["etag"]})
    assert other.status_code == 200


@pytest.mark.parametrize(
    ("path", "status", "where"),
    [
        ("/api/v1/drivers?since=yesterday", 400, "since"),
        ("/api/v1/drivers?limit=0", 400, "limit"),
        ("/api/v1/drivers?limit=1001", 400, "limit"),
        ("/api/v1/drivers?limit=ten", 400, "limit"),
        ("/api/v1/drivers?limit=1&limit=2", 400, "limit"),
        ("/api/v1/drivers?colour=red", 400, "colour"),
        ("/api/v1/drivers?relation=foretells", 400, "relation"),
        ("/api/v1/drivers?min_confidence=2", 400, "min_confidence"),
        ("/api/v1/drivers?pair=IWM", 400, "IWM"),
        ("/api/v1/drivers?source=" + "x" * 101, 400, "source"),
        ("/api/v1/drivers?cursor=abc", 404, "cursor"),
        ("/api/v1/moves?category=macro", 400, "category"),
        ("/api/v1/search", 400, "q"),
        ("/api/v1/why", 400, "pair"),
        ("/api/v1/articles/nobody", 404, "id"),
        ("/api/v1/weather", 404, None),
        ("/api/v1/drivers?subject=" + "&subject=".join("A" * 21), 400, "subject"),
        ("/api/v1/drivers?source=" + "x" * 50_000, 414, None),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_is_wrong_is_told_as_a_problem(client, path, status, where):
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status
    assert answer.json().get("where") == where


def test_nothing_can_be_written(client):
    for method in ("post", "put", "patch", "delete"):
        refused = getattr(client, method)("/api/v1/drivers")
        assert refused.status_code == 405
        assert "GET" in refused.headers["allow"]


# --- who may ask ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"host": "localhost:8400"}, 200),
        ({"host": "[::1]:8400"}, 200),
        ({"host": "news.example"}, 200),
        ({"host": "evil.example"}, 421),  # a name of another's that leads here: DNS rebinding
        ({"host": "127.0.0.1.evil.example"}, 421),
        ({"host": ""}, 421),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "http://127.0.0.1"}, 200),
        ({"origin": "null"}, 403),
    ],
    ids=str,
)
def test_only_the_own_name_and_pages_may_ask(client, headers, status):
    assert client.get("/healthz", headers=headers).status_code == status


def test_every_answer_carries_the_headers_of_security(client):
    for path in ("/", "/api/v1/moves", "/nowhere", "/openapi.json"):
        headers = client.get(path).headers
        assert "script-src 'self'" in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"authorization": f"Bearer {TOKEN}"}, 200),
        ({"authorization": f"bearer {TOKEN}"}, 200),
        ({"authorization": "Bearer another"}, 401),
        ({"authorization": "Bearer é"}, 401),
        ({"cookie": f"rotation-token={TOKEN}"}, 200),
        ({"cookie": "rotation-token=another"}, 401),
    ],
    ids=str,
)
def test_a_token_is_wanted_where_one_is_set(stored, headers, status):
    with client_of(stored, token=TOKEN, host="10.0.0.1") as client:
        encoded = {name: value.encode("latin-1") for name, value in headers.items()}
        assert client.get("/api/v1/moves", headers=encoded).status_code == status
        assert client.get("/healthz").status_code == 200


def test_a_browser_comes_in_with_the_token_once(stored):
    with client_of(stored, token=TOKEN) as client:
        entered = client.get("/", params={"token": TOKEN})
        assert (entered.status_code, entered.headers["location"]) == (303, "/")
        assert "HttpOnly" in entered.headers["set-cookie"]
        assert client.get("/api/v1/moves").status_code == 200  # by the cookie


@pytest.mark.parametrize(
    ("host", "token"), [("0.0.0.0", ""), ("192.168.1.4", ""), ("127.0.0.1", "short"), ("0.0.0.0", "short")]
)
def test_nobody_else_is_let_in_without_a_good_token(host, token):
    with pytest.raises(UsageError):
        check_address(host, token)


@pytest.mark.parametrize(
    ("host", "name"), [("localhost", "localhost"), ("A.b:80", "a.b"), ("[::1]:80", "::1"), ("", "")]
)
def test_names_in_host_headers(host, name):
    assert name_of(host) == name


# --- description and tools ------------------------------------------------------------------------


def test_the_description_names_every_address_and_parameter(client):
    described = client.get("/openapi.json").json()
    for endpoint in ENDPOINTS:
        told = described["paths"][f"/api/v1{endpoint.path}"]["get"]
        assert told["operationId"] == endpoint.name
        names = {item["name"] for item in told["parameters"]}
        assert {item.name for item in endpoint.parameters} <= names
    assert len({endpoint.name for endpoint in ENDPOINTS}) == len(ENDPOINTS)


def call(client, method, **params):
    asked = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
    headers = {"accept": "application/json, text/event-stream"}
    return client.post("/mcp", json=asked, headers=headers).json()["result"]


def test_assistants_ask_the_same(client):
    tools = {tool["name"]: tool for tool in call(client, "tools/list")["tools"]}
    assert {"timeline", "why", "search", "drivers"} <= set(tools)
    assert tools["drivers"]["inputSchema"]["properties"]["limit"]["maximum"] == 50
    answer = call(client, "tools/call", name="drivers", arguments={"category": "macro", "limit": 1})
    (item,) = answer["structuredContent"]["items"]
    assert item["quote"] == "prices cooled"
    one = call(client, "tools/call", name="article", arguments={"id": "a1"})
    assert one["structuredContent"]["article_id"] == "a1"


@pytest.mark.parametrize(
    ("name", "arguments", "told"),
    [
        ("weather", {}, "no such tool"),
        ("why", {}, "it is missing"),
        ("drivers", {"since": "2024-07-32"}, "not a date"),
        ("drivers", {"limit": "many"}, "whole number"),
        ("drivers", {"colour": "red"}, "no such parameter"),
    ],
)
def test_an_assistant_is_told_what_is_wrong(client, name, arguments, told):
    answer = call(client, "tools/call", name=name, arguments=arguments)
    assert answer["isError"]
    assert told in answer["content"][0]["text"]
