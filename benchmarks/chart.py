"""How long ``nlp-rotation chart`` takes, from the shell to the file: the best of three, new processes each.

    python benchmarks/chart.py STORE PRICES [PAIR]

Time by the clock and time on the processor are printed: on a busy machine only the second tells something.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 3


def main(store: str, prices: str, pair: str = "IWM/SPY") -> None:
    with tempfile.TemporaryDirectory() as folder:
        for ending in ("png", "svg", "html"):
            out = Path(folder) / f"chart.{ending}"
            taken = [timed(store, prices, pair, out) for _ in range(RUNS)]
            wall, processor = (min(column) for column in zip(*taken, strict=True))
            size = out.stat().st_size
            print(f"{ending:<6}{wall:6.2f} s by the clock{processor:8.2f} s on the processor{size:10,} bytes")


def timed(store: str, prices: str, pair: str, out: Path) -> tuple[float, float]:
    command = [sys.executable, "-m", "nlp_rotation", "chart", pair, "--out", str(out)]
    # as on a user's machine, where compiled modules are kept
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(
        [*command, "--store", store, "--prices", prices], check=True, capture_output=True, env=environment
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - start, used


if __name__ == "__main__":
    main(*sys.argv[1:])
