"""How long it takes to align a folder's worth of records with prices, step by step.

Usage: python benchmarks/align_wraps.py RECORDS.jsonl PRICES
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nlp_rotation.align.checks import check_records
from nlp_rotation.align.narrative import narrative_of
from nlp_rotation.align.prices import load_prices
from nlp_rotation.align.signals import signals
from nlp_rotation.align.targets import target_frame, target_of
from nlp_rotation.present.recorded import recorded

TARGETS = ("IWM/SPY", "RSP/SPY", "QQQ")


def timed(name: str, step: Callable[[], Any]) -> Any:
    start = time.perf_counter()
    result = step()
    print(f"{name:<12}{time.perf_counter() - start:8.2f} s")
    return result


def main(records_path: str, prices_path: str) -> None:
    prices = timed("prices", lambda: load_prices(prices_path))
    records = timed("records", lambda: [record for record, _ in recorded(Path(records_path))])
    narrative = timed("narrative", lambda: narrative_of(records))
    timed("signals", lambda: signals(narrative))
    for name in TARGETS:
        timed(name, lambda name=name: target_frame(target_of(name), narrative, prices))
    checked = timed("claims", lambda: check_records(records, prices))
    print(
        f"{len(records)} records, {len(narrative.statements)} statements, {len(checked.moves)} moves checked"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
