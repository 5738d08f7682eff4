"""Ready counts say what counting anew says: at any instant, for any facet, at every level."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace

import pytest
from record_factories import NEWER, NEXT_RUN, RUN, driver, published, record

from nlp_rotation.store.counting import Counting, counted
from nlp_rotation.store.opening import open_store

CATEGORIES = ["monetary.rate_cut", "monetary.liquidity", "macro.labor"]
SUBJECTS = ["sector:banks", "^GSPC"]


def made(n: int, dice: random.Random, **given):
    """An article of July 2024 with a day, an instant, neither, or a change that came later."""
    at = f"2024-07-{n % 28 + 1:02d}T{dice.randrange(24):02d}:00{dice.choice(['+14:00', '+00:00', '-11:00'])}"
    when = dice.choice([{"day": f"2024-07-{n % 28 + 1:02d}"}, {"at": at}, {"day": None}])
    drivers = [
        driver(dice.choice(CATEGORIES), ((dice.choice(SUBJECTS), dice.choice(["up", "down"])),))
        for _ in range(dice.randrange(1, 4))
    ]
    made = record(f"a{n}", drivers=drivers, source=dice.choice(["Ledger", "Courier", None]), **when, **given)
    if dice.random() < 0.2:
        updated = published(at=f"2024-08-{n % 28 + 1:02d}T12:00+00:00")
        return replace(made, article=replace(made.article, updated=updated))
    return made


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    dice = random.Random(5)
    with open_store(tmp_path_factory.mktemp("counts") / "rotation.db") as opened:
        opened.add([made(n, dice) for n in range(60)], extracted_at=RUN)
        opened.add([made(n, dice, versions=NEWER) for n in range(0, 60, 3)], extracted_at=NEXT_RUN)
        yield opened


INSTANTS = [
    None,
    *(dt.datetime(2024, 6, 29, tzinfo=dt.UTC) + dt.timedelta(hours=37 * n) for n in range(48)),
]
NARROWED = [
    {},
    {"subject": ("sector:banks",)},
    {"source": "ledger"},
    {"category": "monetary"},
    {"category": "monetary.rate_cut", "subject": ("^GSPC",)},
    {"since": dt.date(2024, 7, 5), "until": dt.date(2024, 7, 20)},
    {"since": dt.date(2024, 7, 9)},
]


@pytest.mark.parametrize("per", ["category", "group", "all"])
@pytest.mark.parametrize("filters", NARROWED, ids=str)
def test_ready_counts_are_those_of_the_rows(store, filters, per):
    for instant in INSTANTS:
        clock = {"as_of": instant} if instant else {}
        asked = Counting(filters={**filters, **clock}, per=per)
        anew = sorted(store.select(counted(asked)), key=lambda row: (row[0] is None, row[:2]))
        assert list(store.count(asked)) == anew, instant


def test_there_is_something_to_get_wrong(store):
    """Articles that changed their time, and such as were readable long after their day, are among them."""
    ((restated,),) = store.read_sql("SELECT count(*) FROM restated", limit=1)[1]
    ((late,),) = store.read_sql("SELECT count(*) FROM articles WHERE knowable_at > '2024-08'", limit=1)[1]
    assert restated > 10
    assert late > 3


@pytest.mark.parametrize(
    "filters",
    [{"relation": "explains"}, {"min_confidence": 0.5}, {"subject": tuple(SUBJECTS)}],
    ids=str,
)
def test_what_is_not_kept_ready_is_counted_from_the_rows(store, filters):
    rows = list(store.count(Counting(filters=filters, per="all")))
    assert sum(row[2] for row in rows) > 0


def test_a_driver_with_effects_on_two_subjects_counts_once(tmp_path):
    both = driver("macro.labor", (("^GSPC", "up"), ("sector:banks", "down")))
    with open_store(tmp_path / "rotation.db") as opened:
        opened.add([record(drivers=[both])], extracted_at=RUN)
        ((_, _, drivers, _, _, _, up, down),) = opened.count(Counting(filters={"subject": tuple(SUBJECTS)}))
    assert (drivers, up, down) == (1, 1, 1)
