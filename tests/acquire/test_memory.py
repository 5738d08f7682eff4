"""What has been dealt with is known by what it said."""

from dataclasses import replace

from nlp_rotation.acquire.memory import Forgetful, Memory, place_of
from nlp_rotation.types import Given, RawDocument, SeenEntry

ENTRY = RawDocument(
    source_path="https://a.example/feed",
    locator="g1",
    media="text",
    body="Oil rose.",
    given=Given(id="g1", title="Oil", url="https://a.example/1", published="2026-03-02"),
)


def remembered(memory, *documents):
    return {entry.entry: entry for entry in memory.met(map(place_of, documents))}


def test_what_is_remembered_is_known():
    first = Memory({})
    assert not first.knows(ENTRY)
    second = Memory(remembered(first, ENTRY))
    assert second.knows(ENTRY)
    assert (second.known, second.met([place_of(ENTRY)])) == (1, [])


def test_any_change_makes_it_new():
    first = Memory({})
    first.knows(ENTRY)
    seen = remembered(first, ENTRY)
    for changed in (
        replace(ENTRY, body="Oil fell."),
        *(replace(ENTRY, given=replace(ENTRY.given, **{key: "x"})) for key in ("title", "url", "published")),
    ):
        assert not Memory(seen).knows(changed)


def test_what_is_owed_is_not_known_until_it_has_been_had():
    memory = Memory({})
    memory.knows(ENTRY)
    memory.owe(ENTRY)
    seen = remembered(memory, ENTRY)
    assert (memory.owes, seen[place_of(ENTRY)].tries) == (True, 1)
    again = Memory(seen)
    assert not again.knows(ENTRY)
    again.owe(ENTRY)
    assert remembered(again, ENTRY)[place_of(ENTRY)].tries == 2


def test_places_that_are_no_entries_are_passed_over():
    assert Memory({"a": SeenEntry(entry="a", digest="x")}).met(["a", "b"]) == []


def test_a_single_reading_remembers_nothing():
    memory = Forgetful()
    memory.owe(ENTRY)
    assert not memory.knows(ENTRY)
