"""What the first session of an exchange costs a fresh process: by our tables, and by the package behind them.

Usage: python benchmarks/align_sessions.py [CODE ...]
"""

from __future__ import annotations

import subprocess
import sys

TABLE = """
from nlp_rotation.calendars.sessions import Sessions
Sessions({code!r}).before(dt.date(2024, 7, 9))
"""
EXCHANGE = """
from nlp_rotation.align.sessions import exchange
exchange({code!r})
"""
PACKAGE = """
import warnings
warnings.simplefilter("ignore")
import exchange_calendars
exchange_calendars.get_calendar({code!r}, start="1997-01-01").sessions
"""
MEASURED = """
import datetime as dt, time
{before}
start = time.process_time()
{code}
print(time.process_time() - start)
"""


def seconds(code: str, *, before: str = "") -> float:
    """Return the processor time of ``code`` in a process of its own, the least of three."""
    script = MEASURED.format(before=before, code=code)
    runs = (
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
        for _ in range(3)
    )
    return min(float(run.stdout) for run in runs)


def main(codes: list[str]) -> None:
    print(f"{'':<8}{'table':>10}{'as pandas':>12}{'package':>10}   seconds of processor time")
    for code in codes:
        table, package = (seconds(one.format(code=code)) for one in (TABLE, PACKAGE))
        frames = seconds(EXCHANGE.format(code=code), before="import pandas")
        print(f"{code:<8}{table:>10.3f}{frames:>12.3f}{package:>10.3f}")


if __name__ == "__main__":
    main(sys.argv[1:] or ["XNYS", "XTKS", "XKRX"])
