"""Starts ``nlp-rotation`` quickly: one interpreter that has loaded everything, forked for every call.

Each call is a process of its own that can be killed; only the five seconds of imports are saved. Reads a line
of JSON for each call (arguments, file for its output, largest file that it may write), answers with the
number of the process, and with its status when it has ended.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
import traceback
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path


def main() -> None:
    load()
    print("ready", flush=True)
    for line in sys.stdin:
        wanted = json.loads(line)
        if "wait" in wanted:
            _, status = os.waitpid(wanted["wait"], 0)
            print(os.waitstatus_to_exitcode(status), flush=True)
            continue
        pid = os.fork()
        if not pid:
            child(wanted)
        print(pid, flush=True)


def load() -> None:
    """Import and warm up all that a call needs by making one; it starts no threads, which a fork would lose."""
    import pyarrow.parquet

    import nlp_rotation.store.lake

    assert pyarrow.parquet
    assert nlp_rotation.store.lake
    with tempfile.TemporaryDirectory() as folder:
        article, output = Path(folder, "a.txt"), Path(folder, "output.txt")
        article.write_text(
            "title: Markets\n\nApple (AAPL) fell 2% on Monday after the results of the quarter, dealers said."
        )
        call(
            ["run", folder, "--store", f"{folder}/a.db", "--out", folder, "--sentiment-model", "off"], output
        )


def call(arguments: list[str], output: Path) -> int:
    """Be ``nlp-rotation`` for one call, which writes into a file; return its exit status."""
    from nlp_rotation.present.cli import main as command

    sys.argv = ["nlp-rotation", *arguments]
    with output.open("w") as file, redirect_stdout(file), redirect_stderr(file):
        try:
            command()
        except SystemExit as stop:
            return int(stop.code or 0)
        except BaseException:
            traceback.print_exc()
            return 99
    return 0


def child(wanted: dict) -> None:
    """Be one process that makes one call."""
    if wanted["largest"]:
        resource.setrlimit(resource.RLIMIT_FSIZE, (wanted["largest"], wanted["largest"]))
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    os.dup2(0, 1)
    os._exit(call(wanted["arguments"], Path(wanted["output"])))


main()
