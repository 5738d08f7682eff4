"""Fetching: what is refused, what is limited, what is tried again. Servers are local; nobody waits."""

import contextlib
import gzip
import random
import socket
import threading
import zlib

import pytest
from werkzeug import Response

from nlp_rotation.acquire.fetch import Fetcher, Validators
from nlp_rotation.config import Settings
from nlp_rotation.errors import AcquireError, UnavailableError
from nlp_rotation.parse.article import parse
from nlp_rotation.types import RawDocument, Skipped

TEXT = (
    "Shares of builders rose on Monday after a soft report on prices, and the index of the group gained 3%. "
)
PAGE = f"<html><head><title>Builders gain</title></head><body><article><p>{TEXT * 3}</p><p>{TEXT * 3}</p></article></body></html>"


@pytest.fixture
def refusal(read):
    """Return the reason why an address gives nothing."""

    def reason(url, **options):
        (item,) = read(url, **options)
        assert isinstance(item, Skipped)
        return item.reason

    return reason


@pytest.fixture
def get(clock, local):
    """Fetch one address."""

    def fetch(url, **options):
        with Fetcher(local, clock=clock, chance=random.Random(7)) as fetcher:
            return fetcher.get(url, **options)

    return fetch


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1", "127.1", "0x7f000001", "2130706433", "[::1]", "[::ffff:127.0.0.1]"]
)
def test_this_machine_is_refused_by_every_name(host, refusal):
    assert "no public address" in refusal(f"http://{host}:1/", settings=Settings())


def test_a_name_that_leads_inside_is_refused(monkeypatch, refusal):
    answer = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.7", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **options: answer)
    assert "10.0.0.7 is no public address" in refusal("http://news.example/", settings=Settings())


def test_an_unknown_host(refusal):
    assert "unknown host" in refusal("http://nowhere.invalid/")


def test_a_page(httpserver, read):
    httpserver.expect_request("/a").respond_with_data(PAGE, content_type="text/html")
    (document,) = read(httpserver.url_for("/a"))
    assert (document.media, document.source_path, document.given.url) == (
        "html",
        httpserver.url_for("/a"),
        httpserver.url_for("/a"),
    )
    assert document.fetched_at.utcoffset().total_seconds() == 0
    assert parse(document).title == "Builders gain"


#: (target of a redirect, part of the reason)
TARGETS = [
    ("http://169.254.169.254/latest/meta-data/", "no public address"),
    ("file:///etc/passwd", "only http and https"),
    ("ftp://a.example/", "only http and https"),
    ("http://[::ffff:169.254.169.254]/", "no public address"),
    ("http:///nowhere", ""),
]


@pytest.mark.parametrize(("target", "reason"), TARGETS)
def test_a_redirect_is_checked_like_an_address(httpserver, target, reason, refusal):
    httpserver.expect_request("/a").respond_with_data("", status=302, headers={"Location": target})
    assert reason in refusal(httpserver.url_for("/a"))


def test_redirects_end_somewhere(httpserver, refusal):
    httpserver.expect_request("/a").respond_with_data("", status=302, headers={"Location": "/a"})
    assert "redirects" in refusal(httpserver.url_for("/a"))


def test_a_redirect_is_followed_and_the_last_address_is_kept(httpserver, read):
    httpserver.expect_request("/a").respond_with_data("", status=301, headers={"Location": "/b#part"})
    httpserver.expect_request("/b").respond_with_data(PAGE, content_type="text/html")
    (document,) = read(httpserver.url_for("/a"))
    assert (document.source_path, document.given.url) == (httpserver.url_for("/a"), httpserver.url_for("/b"))


def test_names_and_passwords_of_a_redirect_are_dropped(httpserver, read):
    target = httpserver.url_for("/b").replace("http://", "http://user:secret@")
    seen = []
    httpserver.expect_request("/a").respond_with_data("", status=302, headers={"Location": target})
    httpserver.expect_request("/b").respond_with_handler(
        lambda request: seen.append(request.headers) or Response(PAGE, content_type="text/html")
    )
    read(httpserver.url_for("/a"))
    assert "Authorization" not in seen[0]


def test_a_gzip_bomb_is_stopped(httpserver, refusal):
    bomb = gzip.compress(b"\x20" * (64 * 2**20), 9)
    httpserver.expect_request("/a").respond_with_data(
        bomb, headers={"Content-Encoding": "gzip"}, content_type="text/html"
    )
    assert "more than 250 times its size" in refusal(httpserver.url_for("/a"))


def test_what_packs_badly_is_stopped_by_its_size(httpserver, refusal):
    noise = random.Random(1).randbytes(17 * 2**20)
    httpserver.expect_request("/a").respond_with_data(
        gzip.compress(noise, 1), headers={"Content-Encoding": "gzip"}, content_type="text/html"
    )
    assert "more than 16 MB" in refusal(httpserver.url_for("/a"))


def test_gzip_that_is_none(httpserver, refusal):
    httpserver.expect_request("/a").respond_with_data(PAGE, headers={"Content-Encoding": "gzip"})
    assert "broken compression" in refusal(httpserver.url_for("/a"))


def test_a_coding_that_was_not_asked_for(httpserver, refusal):
    httpserver.expect_request("/a").respond_with_data(
        zlib.compress(PAGE.encode()), headers={"Content-Encoding": "deflate"}
    )
    assert "not asked for (deflate)" in refusal(httpserver.url_for("/a"))


def test_a_page_sent_in_gzip(httpserver, read):
    httpserver.expect_request("/a").respond_with_data(
        gzip.compress(PAGE.encode()), headers={"Content-Encoding": "gzip"}, content_type="text/html"
    )
    (document,) = read(httpserver.url_for("/a"))
    assert document.body == PAGE


def test_a_gzip_file_that_is_a_bomb_is_stopped(httpserver, refusal):
    bomb = gzip.compress(b"Oil rose. " * (6 * 2**20), 9)
    httpserver.expect_request("/a.txt.gz").respond_with_data(bomb, content_type="application/gzip")
    assert "more than 250 times its size" in refusal(httpserver.url_for("/a.txt.gz"))


def test_an_endless_body_is_stopped(httpserver, refusal):
    def endless(request):
        return Response((b"<p>again and again</p>" * 5_000 for _ in iter(int, 1)), content_type="text/html")

    httpserver.expect_request("/a").respond_with_handler(endless)
    assert "more than 16 MB" in refusal(httpserver.url_for("/a"))


def test_a_body_that_takes_for_ever_is_stopped(httpserver, clock, refusal):
    def slow(request):
        clock.tick = 25.0
        return Response((b"<p>piece by piece</p>" * 4_000 for _ in range(9)), content_type="text/html")

    httpserver.expect_request("/a").respond_with_handler(slow)
    assert "not finished after 60 seconds" in refusal(httpserver.url_for("/a"))


@pytest.mark.parametrize(
    ("body", "content_type", "title"),
    [
        ("Börse steigt".encode(), "text/html; charset=iso-8859-1", "Börse steigt"),
        ("Börse steigt".encode("latin-1"), "text/html; charset=utf-8", "Börse steigt"),
        ("Börse steigt".encode("latin-1"), "text/html; charset=iso-8859-1", "Börse steigt"),
        ("Börse steigt".encode("latin-1"), "text/html; charset=klingon", "Börse steigt"),
        ("Курс вырос".encode("cp1251"), "text/html; charset=windows-1251", "Курс вырос"),
    ],
)
def test_a_wrong_charset_does_no_harm(httpserver, body, content_type, title, read):
    page = (
        b"<html><head><title>"
        + body
        + b"</title></head><body><p>"
        + TEXT.encode() * 9
        + b"</p></body></html>"
    )
    httpserver.expect_request("/a").respond_with_data(page, content_type=content_type)
    (document,) = read(httpserver.url_for("/a"))
    assert f"<title>{title}</title>" in document.body


def test_too_many_requests_is_asked_again_when_the_server_says(httpserver, clock, read):
    busy = {"Retry-After": "7"}
    httpserver.expect_ordered_request("/a").respond_with_data("", status=429, headers=busy)
    httpserver.expect_ordered_request("/a").respond_with_data(PAGE, content_type="text/html")
    assert isinstance(read(httpserver.url_for("/a"))[0], RawDocument)
    assert clock.slept == [7.0]


def test_retry_after_may_be_a_date(httpserver, clock, read):
    later = {"Retry-After": "Mon, 02 Mar 2026 12:00:20 GMT"}
    httpserver.expect_ordered_request("/a").respond_with_data("", status=503, headers=later)
    httpserver.expect_ordered_request("/a").respond_with_data(PAGE, content_type="text/html")
    assert isinstance(read(httpserver.url_for("/a"))[0], RawDocument)
    assert clock.slept == [20.0]


def test_a_server_that_wants_an_hour_is_left_alone(httpserver, clock, get):
    httpserver.expect_request("/a").respond_with_data("", status=429, headers={"Retry-After": "3600"})
    with pytest.raises(UnavailableError) as caught:
        get(httpserver.url_for("/a"))
    assert (caught.value.wait, len(httpserver.log), clock.slept) == (3600.0, 1, [])


def test_a_server_that_stays_down_is_given_up(httpserver, clock, refusal):
    httpserver.expect_request("/a").respond_with_data("", status=503)
    assert "503" in refusal(httpserver.url_for("/a"))
    assert len(httpserver.log) == 3
    first, second = clock.slept
    assert 0.5 <= first <= 1.5, "about a second"
    assert 1.0 <= second <= 3.0, "about twice as long"


def test_no_answer_is_no_fault_of_the_address(clock, get):
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        with pytest.raises(UnavailableError, match="no answer"):
            get(f"http://127.0.0.1:{silent.getsockname()[1]}/")


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 500])
def test_other_answers_are_reasons(httpserver, status, refusal):
    httpserver.expect_request("/a").respond_with_data("", status=status)
    assert f"answers {status}" in refusal(httpserver.url_for("/a"))
    assert len(httpserver.log) == 1


def test_a_conditional_get(httpserver, get):
    httpserver.expect_request("/a", headers={"If-None-Match": '"v1"'}).respond_with_data("", status=304)
    fetched = get(httpserver.url_for("/a"), known=Validators(etag='"v1"'))
    assert (fetched.unchanged, fetched.body) == (True, b"")


#: (status of each redirect on the way, where the address has moved for good, reason for the row)
MOVES = [
    ((301,), "/1", "moved"),
    ((308, 301), "/2", "moved twice"),
    ((302,), None, "elsewhere for now"),
    ((301, 302), "/1", "moved, and from there elsewhere for now"),
    ((302, 301), None, "what lies behind a detour says nothing of the address itself"),
]


@pytest.mark.parametrize(("statuses", "moved_to", "why"), MOVES)
def test_what_has_moved_for_good_is_told(httpserver, statuses, moved_to, why, get):
    for n, status in enumerate(statuses):
        target = {"Location": f"/{n + 1}"}
        httpserver.expect_request(f"/{n}").respond_with_data("", status=status, headers=target)
    httpserver.expect_request(f"/{len(statuses)}").respond_with_data(PAGE)
    fetched = get(httpserver.url_for("/0"))
    assert fetched.moved_to == (httpserver.url_for(moved_to) if moved_to else None), why


def test_credentials_stay_with_their_origin(httpserver, get):
    seen = []

    def answer(request):
        seen.append((request.path, request.authorization is not None))
        return (
            Response("", 302, {"Location": TRAIL[request.path]}) if request.path in TRAIL else Response(PAGE)
        )

    other = httpserver.url_for("/c").replace("localhost", "127.0.0.1")
    TRAIL = {"/a": "/b", "/b": other}
    for path in ("/a", "/b", "/c"):
        httpserver.expect_request(path).respond_with_handler(answer)
    fetched = get(httpserver.url_for("/a").replace("http://", "http://ann:secret@"))
    assert seen == [("/a", True), ("/b", True), ("/c", False)]
    assert fetched.url == other


def test_addresses_are_kept_without_passwords(httpserver, get):
    httpserver.expect_request("/a").respond_with_data(PAGE)
    fetched = get(httpserver.url_for("/a").replace("http://", "http://ann:secret@"))
    assert fetched.url == httpserver.url_for("/a")


def test_cookies_last_for_one_fetch(httpserver, clock, local):
    seen = []

    def wall(request):
        seen.append(request.headers.get("Cookie"))
        if request.cookies:
            return Response(PAGE)
        return Response("", 302, {"Location": "/a", "Set-Cookie": "asked=1"})

    httpserver.expect_request("/a").respond_with_handler(wall)
    with Fetcher(local, clock=clock) as fetcher:
        fetcher.get(httpserver.url_for("/a"))
        fetcher.get(httpserver.url_for("/a"))
    assert seen == [None, "asked=1", None, "asked=1"]


def test_the_connection_goes_to_the_address_that_was_checked(httpserver, monkeypatch):
    """A name that answers with a public address first and with this machine afterwards gains nothing."""
    answers = iter(["93.184.216.34", "127.0.0.1"])
    dialled = []
    family = (socket.AF_INET, socket.SOCK_STREAM, 6, "")
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, port, *args, **options: [(*family, (next(answers), port))]
    )

    def connect(address, *args, **options):
        dialled.append(address[0])
        raise OSError

    monkeypatch.setattr(socket, "create_connection", connect)
    with Fetcher(Settings()) as fetcher, pytest.raises(AcquireError):
        fetcher._once(f"http://rebinding.example:{httpserver.port}/", Validators())
    assert dialled == ["93.184.216.34"]


@pytest.mark.parametrize("declared", ["text/xml", "application/rss+xml", "application/json", "text/plain"])
def test_a_page_is_told_by_its_content(httpserver, declared, read):
    httpserver.expect_request("/a").respond_with_data(PAGE, content_type=declared)
    (document,) = read(httpserver.url_for("/a"))
    assert document.media == "html"


def test_a_server_that_sends_a_line_now_and_then_is_left(clock, get):
    """Every single byte comes in time; the whole never ends."""
    server = socket.create_server(("127.0.0.1", 0))

    def dribble():
        connection, _ = server.accept()
        with connection, contextlib.suppress(OSError):
            connection.sendall(b"HTTP/1.1 200 OK\r\n")
            while True:
                connection.sendall(b"X-Line: again\r\n")

    threading.Thread(target=dribble, daemon=True).start()
    clock.tick = 31.0
    with server, pytest.raises(UnavailableError, match="not finished after 60 seconds"):
        get(f"http://127.0.0.1:{server.getsockname()[1]}/")
