"""Write ``composed.jsonl``, ``contrasts.jsonl``, ``comparisons.jsonl``: news composed from patterns, seeded.

    python corpus/sentiment/make.py composed --count 4000 > corpus/sentiment/composed.jsonl
    python corpus/sentiment/make.py contrasts --count 1000 > corpus/sentiment/contrasts.jsonl
    python corpus/sentiment/make.py comparisons --count 2600 > corpus/sentiment/comparisons.jsonl

Patterns and word lists are our own. ``<...>`` marks the company that the label is about; ``{name}``
is filled from ``patterns.toml`` or by a function below. The label is that of the pattern, save where
two figures are compared: there it follows from the figures.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
SLOT = re.compile(r"\{(\w+)\}")
MARK = re.compile(r"<([^<>]*)>")

FIRST = (
    "Al Ar Bel Bor Cal Cor Dan Del El Er Fen Fin Gal Gran Hal Hel In Jar Kal Kem Kon Lin Lum Mar Met Mor Nor "
    "Ol Or Pel Pol Ram Rau Sal Sten Tal Tek Tor Ul Val Ves Vik Wes Yor Zel Out Stor Hol Nord Silver Stone Bright".split()
)
LAST = (
    "ba co dia dex dora fors gard gen goma ko lex lin lux ma mek mia mon nex nia nor os pan pharm plast rak rex "
    "ria sen sol son ta tec tek tel ten tex tia ton tra va val vant ver vik vo ware wood wing field bridge port".split()
)
FORMS = [""] * 9 + " Group| Oyj| AB| ASA| plc| Inc.| Corp.| Holding| Industries| Systems| Ltd| Energy| SE| NV| Bank| Foods".split("|")
UNITS = [
    ("EUR ", " mn"), ("EUR ", " million"), ("EUR", "m"), ("", " million euros"), ("$", " million"), ("$", "m"), ("SEK ", " mn"),
    ("GBP ", "m"), ("£", " million"), ("Rs ", " crore"), ("USD ", " mln"), ("NOK ", " million"), ("$", " billion"), ("EUR ", " bn"),
    ("US$", " million"), ("CHF ", " million"), ("¥", " billion"), ("A$", " million"),
]  # fmt: skip
#: By the sign of what happened, seen from the investor.
LABELS = {1: "positive", 0: "neutral", -1: "negative"}
#: Figures that are no amounts of money: least, most and size of their steps, what stands before and after.
FIGURES = {
    "rate": (25, 640, 0.1, [("", "%"), ("", " %"), ("", " percent"), ("", " per cent")]),
    "share": (4, 520, 0.01, [("EUR ", ""), ("$", ""), ("EUR", ""), ("SEK ", ""), ("USD ", ""), ("", " euros")]),
    "number": (14, 9800, 10, [("", "")]),
}


class Composer:
    """Fills patterns with words drawn by a seeded generator."""

    def __init__(self, tables: dict, seed: int) -> None:
        self.words, self.chance = tables["words"], random.Random(seed)
        self.fixed: dict[str, str] = {}

    def fill(self, pattern: str) -> str:
        """Replace every slot, those inside a replacement too."""
        while SLOT.search(pattern):
            pattern = SLOT.sub(lambda match: self._value(match[1]), pattern, count=1)
        return pattern

    def _value(self, slot: str) -> str:
        if slot in self.fixed:
            return self.fixed[slot]
        maker = getattr(self, f"_{slot}", None)
        return maker() if maker else self.chance.choice(self.words[slot])

    def _company(self) -> str:
        draw = self.chance.choice
        return draw(FIRST) + draw(LAST) + draw(FORMS)

    _other = _company

    def _percent(self) -> str:
        number = self.chance.choice([self.chance.randint(1, 9), self.chance.randint(2, 60), self.chance.randint(10, 990) / 10])
        return f"{number:g}{self.chance.choice(['%', '%', ' %', ' percent', ' per cent', ' pct'])}"

    def _year(self) -> str:
        return str(self.chance.randint(2004, 2026))

    def _count(self) -> str:
        number = self.chance.choice([self.chance.randint(12, 99), self.chance.randint(1, 90) * 10, self.chance.randint(1, 140) * 100])
        return f"{number:,}"

    def _money(self) -> str:
        return self.amount(*self.chance.choice(UNITS), 10 ** self.chance.uniform(0.2, 2.8))

    def amount(self, before: str, after: str, value: float) -> str:
        """Write an amount as companies do: one decimal for small ones."""
        return f"{before}{value:.1f}{after}" if value < 100 or self.chance.random() < 0.5 else f"{before}{value:.0f}{after}"

    def compare(self, sign: int) -> None:
        """Fix {now} and {then} so that now exceeds then (sign 1), falls short of it (-1) or equals it (0)."""
        unit, value = self.chance.choice(UNITS), 10 ** self.chance.uniform(0.3, 2.7)
        change = 1 + sign * self.chance.choice([self.chance.uniform(0.04, 0.2), self.chance.uniform(0.1, 0.6)])
        self.fixed = {"then": self.amount(*unit, value), "now": self.amount(*unit, value * change)}
        if not sign:
            self.fixed["now"] = self.fixed["then"]
        elif self.fixed["then"] == self.fixed["now"]:
            self.compare(sign)

    def figures(self, kind: str, sign: int) -> None:
        """Fix {now} and {then} likewise, in the units of ``kind``."""
        if kind == "money":
            return self.compare(sign)
        lowest, highest, step, form = FIGURES[kind]
        then = self.chance.randint(lowest, highest)
        now = then + sign * max(1, round(then * self.chance.choice([0.08, 0.2, 0.5]) * self.chance.random()))
        before, after = self.chance.choice(form)
        places = len(str(step).partition(".")[2])
        written = [f"{before}{value * step:,.{places}f}{after}" for value in (now, then)]
        self.fixed = dict(zip(("now", "then"), written, strict=True))
        return None


def row(text: str, label: str) -> dict:
    """Return a line of the corpus: the marks become entities."""
    entities, plain, at = [], "", 0
    for mark in MARK.finditer(text):
        plain += text[at : mark.start()]
        name, _, own = mark[1].partition("|")
        entities.append({"label": own or label, "entity": name, "start": len(plain), "end": len(plain) + len(name)})
        plain, at = plain + name, mark.end()
    plain += text[at:]
    first = {"text": plain[0].upper() + plain[1:], "label": label}
    return first | ({"entities": entities} if entities else {})


def compose(count: int, seed: int) -> list[dict]:
    """Compose ``count`` different sentences, each family as often as its weight says."""
    tables = tomllib.loads((HERE / "patterns.toml").read_text("utf-8"))
    composer, families, made = Composer(tables, seed), tables["family"], {}
    weights = [family["weight"] for family in families]
    while len(made) < count:
        family = composer.chance.choices(families, weights)[0]
        sign = {"positive": 1, "negative": -1}.get(family["label"], 0) * (-1 if family.get("inverse") else 1)
        composer.compare(sign)
        text = composer.fill(composer.chance.choice(family["patterns"]))
        if composer.chance.random() < 0.12 and not text.startswith("{"):
            text = composer.fill("{lead}") + (text[0].lower() + text[1:] if text.startswith("The ") else text)
        line = row(text, family["label"])
        made.setdefault(line["text"], line)
    return list(made.values())


def contrast(count: int, seed: int) -> list[dict]:
    """Compose ``count`` different sentences with two sides each."""
    tables = tomllib.loads((HERE / "patterns.toml").read_text("utf-8"))
    composer, made = Composer(tables, seed), {}
    composer.words = composer.words | composer.words["contrast"]
    while len(made) < count:
        family = composer.chance.choice(tables["contrast"])
        line = row(composer.fill(composer.chance.choice(family["patterns"])), family["label"])
        names = [entity["entity"].lower() for entity in line["entities"]]
        if len(set(names)) == len(names):
            made.setdefault(line["text"], line)
    return list(made.values())


def comparison(count: int, seed: int) -> list[dict]:
    """Compose ``count`` different sentences whose label follows from their two figures alone."""
    tables = tomllib.loads((HERE / "patterns.toml").read_text("utf-8"))
    composer, made = Composer(tables, seed), {}
    composer.words = composer.words | composer.words["comparison"]
    while len(made) < count:
        kind = composer.chance.choice(tables["comparison"])
        # Few are equal: that is rare in life and easy to see.
        sign = composer.chance.choice([1] * 7 + [-1] * 7 + [0])
        composer.figures(kind["figure"], sign)
        composer.fixed["what"] = composer.chance.choice(composer.words[kind["what"]])
        label = LABELS[sign if kind["better"] == "more" else -sign]
        line = row(composer.fill(composer.chance.choice(tables["comparisons"]["patterns"])), label)
        made.setdefault(line["text"], line)
    return list(made.values())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    makers = {"composed": compose, "contrasts": contrast, "comparisons": comparison}
    parser.add_argument("kind", choices=makers)
    parser.add_argument("--count", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=8)
    chosen = parser.parse_args()
    for line in makers[chosen.kind](chosen.count, chosen.seed):
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
