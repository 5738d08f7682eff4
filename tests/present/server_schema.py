"""The API against its own description, by schemathesis: every check of it, hundreds of made-up requests.

    python tests/present/server_schema.py [--examples 40] [--store PATH] [--prices PATH]

It makes a store of the articles in ``seeds/`` unless one is given, serves it, and exits as schemathesis
does. It takes minutes, so it is a command and not a test; ``server/test_api.py`` holds the API to the same
rules by hand.
"""

from __future__ import annotations

import argparse
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAM = [sys.executable, "-m", "nlp_rotation"]


def made_store(folder: Path) -> Path:
    store = folder / "seeds.db"
    command = [*PROGRAM, "run", str(ROOT / "seeds"), "--store", str(store), "--out", str(folder)]
    subprocess.run([*command, "--sentiment-model", "off"], check=True, capture_output=True)
    return store


@contextmanager
def served(store: Path, prices: Path | None) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    given = ["--prices", str(prices)] if prices else []
    server = subprocess.Popen([*PROGRAM, "serve", "--store", str(store), "--port", str(port), *given])
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/healthz")
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


def wait_for(address: str) -> None:
    for _ in range(120):
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except OSError:
            time.sleep(0.5)
    raise SystemExit("the server does not answer")


def main() -> int:
    parser = argparse.ArgumentParser(description="Hold the API to its description.")
    parser.add_argument("--examples", type=int, default=40, help="made-up requests for each address")
    parser.add_argument("--store", type=Path)
    parser.add_argument("--prices", type=Path)
    given, more = parser.parse_known_args()
    with tempfile.TemporaryDirectory() as folder:
        store = given.store or made_store(Path(folder))
        with served(store, given.prices) as address:
            command = [sys.executable, "-m", "schemathesis.cli", "run", f"{address}/openapi.json"]
            options = ["--checks", "all", "--max-examples", str(given.examples), "--seed", "1"]
            return subprocess.run([*command, *options, *more], check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
