"""How fast pages become articles over the network: ``python benchmarks/crawl.py FOLDER... [--pages 600]``.

A server on loopback, in a process of its own, sends the ``*.html.gz`` pages of the folders in turn, and a
feed that lists them. What is timed is what ``run`` and ``watch`` do before annotating: feed, robots.txt,
every page fetched and parsed. Memory is that of this process and its workers together; it is flat when the
second half of the pages adds nothing to what the first half took.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import resource
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import islice
from pathlib import Path

from nlp_rotation import pipeline
from nlp_rotation.config import Settings
from nlp_rotation.types import Article


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--pages", type=int, default=600)
    options = parser.parse_args()
    saved = sorted(path for folder in options.folders for path in folder.glob("*.html.gz"))
    ports: multiprocessing.SimpleQueue[int] = multiprocessing.SimpleQueue()
    server = multiprocessing.Process(target=serve, args=(saved, options.pages, ports), daemon=True)
    server.start()
    crawl(f"http://127.0.0.1:{ports.get()}/feed", options.pages)
    server.kill()


def crawl(url: str, pages: int) -> None:
    """Read the feed and print what it took."""
    memory = Memory()
    start, cpu = time.perf_counter(), cpu_seconds()
    found = pipeline.articles([url], settings=Settings(allow_private_hosts=True))
    halfway = sum(isinstance(item, Article) for item in islice(found, pages // 2))
    first_half = memory.highest
    got = halfway + sum(isinstance(item, Article) for item in found)
    seconds = time.perf_counter() - start
    print(f"{pages} pages, {got} articles in {seconds:.1f} s: {pages / seconds:.1f} pages a second")
    print(f"memory at most {first_half:.0f} MB in the first half, {memory.highest:.0f} MB in all")
    print(f"processor time {1000 * (cpu_seconds() - cpu) / pages:.0f} ms a page")


class Memory:
    """Watches the resident memory of this process and its children."""

    def __init__(self) -> None:
        self.highest = 0.0
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        while True:
            self.highest = max(self.highest, sum(map(_resident, [os.getpid(), *_children()])))
            time.sleep(0.1)


def _children() -> list[int]:
    listed = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    own = multiprocessing.active_children()
    servers = {child.pid for child in own}
    found = (int(pid) for path in listed for pid in path.read_text().split())
    return [pid for pid in found if pid not in servers]


def _resident(pid: int) -> float:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize() / 2**20
    except (OSError, IndexError):
        return 0.0


def cpu_seconds() -> float:
    """Return the processor time of this process and of the workers that have ended."""
    return sum(
        use.ru_utime + use.ru_stime
        for use in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def serve(saved: list[Path], pages: int, ports: multiprocessing.SimpleQueue[int]) -> None:
    """Send the saved pages in turn, as they lie packed on disk, and a feed of them all."""
    bodies = [path.read_bytes() for path in saved]

    class Newspaper(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            if self.path == "/feed":
                self.answer(feed_of(self.headers["Host"], pages), {})
            elif self.path == "/robots.txt":
                self.answer(b"User-agent: *\nDisallow: /private/\n", {})
            else:
                self.answer(bodies[int(self.path[1:]) % len(bodies)], {"Content-Encoding": "gzip"})

        def answer(self, body: bytes, headers: dict[str, str]) -> None:
            self.send_response(200)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *anything: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Newspaper)
    ports.put(server.server_port)
    server.serve_forever()


def feed_of(host: str, pages: int) -> bytes:
    """Return a feed of so many pages."""
    items = "".join(
        f"<item><guid>{n}</guid><link>http://{host}/{n}</link><title>Page {n}</title></item>"
        for n in range(pages)
    )
    return f'<rss version="2.0"><channel><title>Saved</title>{items}</channel></rss>'.encode()


if __name__ == "__main__":
    main()
