"""The page in a real browser: Debian's chromium without a window, over the program's own server."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest

from nlp_rotation.present.server.app import Served, build_app
from nlp_rotation.present.server.guard import access_of
from nlp_rotation.store.opening import open_store

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
DRAWN = "body[data-state=ready]"


@pytest.fixture(scope="session")
def browser():
    """One browser for all tests; without one they are skipped, and say so."""
    found = os.environ.get("NLP_ROTATION_BROWSER") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if not found:
        pytest.skip("no chromium on this machine: apt-get install chromium")
    api = pytest.importorskip("playwright.sync_api", reason="no playwright: pip install '.[test]'")
    with api.sync_playwright() as running:
        opened = running.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield opened
        opened.close()


@dataclass
class Seen:
    """A page with what the browser had to say about it."""

    page: object
    complaints: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)

    def __getattr__(self, name):
        return getattr(self.page, name)

    def at(self, address):
        """Go to an address and wait until the chart is drawn."""
        self.page.goto(address)
        self.page.wait_for_selector(DRAWN)
        return self

    def summary(self):
        return self.page.inner_text("#summary")


@pytest.fixture
def visit(browser):
    """Open pages; when the test ends, none of them may have complained or asked another host."""
    opened = []

    def visit(*, width=1280, height=900, scheme="light", **more):
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce", **more
        )
        seen = Seen(context.new_page())
        seen.page.set_default_timeout(20_000)
        seen.page.on(
            "console",
            lambda told: seen.complaints.append(told.text) if told.type in ("error", "warning") else None,
        )
        seen.page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        seen.page.on("request", lambda asked: seen.hosts.add(urlsplit(asked.url).hostname or ""))
        opened.append((context, seen))
        return seen

    yield visit
    for context, seen in opened:
        context.close()
        assert seen.complaints == []
        assert seen.hosts <= {"127.0.0.1", ""}


def serve(store, prices=None):
    """Serve a store in a thread; returns the address and a way to stop."""
    import uvicorn

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app = build_app(Served(store=str(store), prices=prices), access_of(host="127.0.0.1", token=""))
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)

    def stop():
        server.should_exit = True
        thread.join()

    return f"http://127.0.0.1:{port}/", stop


@pytest.fixture(scope="session")
def served(sqlite_stored, browser):
    """The address of the page over the store of July 2024, with prices."""
    from pathlib import Path

    closes = Path(__file__).resolve().parents[4] / "corpus" / "prices" / "closes.csv"
    address, stop = serve(sqlite_stored, closes)
    yield address
    stop()


@pytest.fixture(scope="session")
def bare(tmp_path_factory, browser):
    """The address of the page over a store without anything in it, and without prices."""
    path = tmp_path_factory.mktemp("bare") / "bare.db"
    open_store(path).close()
    address, stop = serve(path)
    yield address
    stop()
