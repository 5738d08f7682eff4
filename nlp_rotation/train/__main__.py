"""Fit weights that ship: ``python -m nlp_rotation.train PART ...``, a part of those below."""

from __future__ import annotations

import sys

from nlp_rotation.train import driver_encoder, drivers, effects, rotations, sentiment

COMMANDS = {
    "extraction": drivers.main,
    "encoder": driver_encoder.main,
    "effects": effects.main,
    "rotations": rotations.main,
    "sentiment": sentiment.main,
}

if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in COMMANDS:
        sys.stderr.write(f"usage: python -m nlp_rotation.train {{{','.join(COMMANDS)}}} ...\n")
        raise SystemExit(2)
    raise SystemExit(COMMANDS[sys.argv[1]](sys.argv[2:]))
