"""One story, many articles: who is first, who copies, who updates. All texts are invented."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from record_factories import NEXT_RUN, RUN, record

from nlp_rotation.store.opening import open_store
from nlp_rotation.store.rows import ArticleQuery
from nlp_rotation.store.sketch import band_keys, runs_of
from nlp_rotation.types import Article, Publication, Record

TITLE = "Lenders climb as rate bets grow"
FACTS = [
    "Shares of lenders climbed on Tuesday after traders raised their bets on a cut in September.",
    "The regional index gained four percent, its best day since the spring, while makers of chips fell.",
    "Volume was a third above the average of the month, and nine of ten stocks in the group rose.",
    "Strategists at two brokers said that money was moving from expensive growth into cheap cyclicals.",
    "The yield on the ten-year note slipped five basis points after a soft report on hiring.",
    "Oil was little changed, gold touched a record, and the dollar gave back part of its gains.",
]
OTHER = [
    "The maker of tractors cut its forecast for the year because farmers buy fewer machines.",
    "Its shares lost seven percent before the bell, and those of two rivals went down with them.",
    "Dealers hold stocks for five months of sales, the company told analysts on a call.",
    "It will let go four hundred people in two plants and close a line for small engines.",
]


def told(
    id: str,
    facts=FACTS,
    *,
    at: str | None = "2024-07-16T10:00+00:00",
    title=TITLE,
    source="First Wire",
    url=None,
) -> Record:
    instant = dt.datetime.fromisoformat(at) if at else None
    published = Publication(at=instant, date=instant.date() if instant else None)
    text = f"{title}\n\n" + "\n\n".join(facts)
    return Record(
        article=Article(
            id=id,
            source_path=None,
            title=title,
            source=source,
            url=url,
            canonical_url=url,
            published=published,
            text=text,
        ),
        versions={"program": "1"},
    )


def places(store, **query):
    return {
        row.origin.article_id: (row.story_id, row.role, row.precursor)
        for row in store.stories(ArticleQuery(**query))
    }


WIRE = told("wire")
#: (what comes after the wire's own article, its role, reason for the row)
TELLINGS = [
    (told("x", at="2024-07-16T11:00+00:00", source="Second Paper"), "copy", "word for word in another paper"),
    (told("x", FACTS[:4], at="2024-07-16T11:00+00:00", source="Second Paper"), "copy", "cut short"),
    (told("x", [*FACTS, OTHER[0]], at="2024-07-16T11:00+00:00"), "update", "more of the same outlet"),
    (told("x", at="2024-07-16T11:00+00:00"), "copy", "the same outlet sends it again, word for word"),
    (told("x", OTHER, at="2024-07-16T11:00+00:00"), "original", "another story under the same title"),
    (
        told("x", at="2024-07-16T11:00+00:00", title="Tractor orders shrink further", source="Aggregator"),
        "original",
        "the same furniture around another headline: neither text speaks of the other's title",
    ),
    (told("x", at="2024-07-26T11:00+00:00", source="Second Paper"), "original", "ten days later"),
    (told("x", at=None, source="Second Paper"), "original", "nobody knows when: not the same day"),
]


@pytest.mark.parametrize(("later", "role", "why"), TELLINGS, ids=[row[2] for row in TELLINGS])
def test_what_a_later_article_is(store, later, role, why):
    store.add([WIRE], extracted_at=RUN)
    store.add([later], extracted_at=NEXT_RUN)
    story = "x" if role == "original" else "wire"
    assert places(store)["x"] == (story, role, None if role == "original" else "wire"), why
    assert places(store)["wire"] == ("wire", "original", None)


def test_another_text_at_the_same_page_is_an_update(store):
    page = {"url": "https://paper.example/live/markets", "source": None}
    later = told("b", OTHER, at="2024-07-16T12:00+00:00", title="Chips slide", **page)
    store.add([told("a", **page), later], extracted_at=RUN)
    assert places(store)["b"] == ("a", "update", "a")


def test_the_front_of_a_site_tells_no_story(store):
    front = {"url": "https://paper.example/", "source": None}
    store.add([told("a", **front), told("b", OTHER, title="Chips slide", **front)], extracted_at=RUN)
    assert {role for _, role, _ in places(store).values()} == {"original"}


def test_headlines_alone_are_alike_by_chance(store):
    store.add([told("a", [], source="One"), told("b", [], source="Two")], extracted_at=RUN)
    assert {role for _, role, _ in places(store).values()} == {"original"}


def test_a_late_original_takes_its_place_and_history_keeps_the_old_one(store):
    copy = told("copy", at="2024-07-16T12:00+00:00", source="Second Paper")
    cut = told("cut", FACTS[:5], at="2024-07-16T13:00+00:00", source="Third Paper")
    store.add([copy, cut], extracted_at=RUN)
    assert places(store)["cut"] == ("copy", "copy", "copy")
    store.add([WIRE], extracted_at=NEXT_RUN)
    assert places(store) == {
        "wire": ("wire", "original", None),
        "copy": ("wire", "copy", "wire"),
        "cut": ("wire", "copy", "wire"),
    }
    assert places(store, recorded_as_of=RUN) == {
        "copy": ("copy", "original", None),
        "cut": ("copy", "copy", "copy"),
    }


def test_a_chain_of_updates_keeps_every_stamp_and_the_latest_text(store):
    chain = [
        told(f"u{hour}", [*FACTS, *OTHER[:hour]], at=f"2024-07-16T1{hour}:00+00:00") for hour in range(4)
    ]
    store.add(chain, extracted_at=RUN)
    rows = list(store.stories(ArticleQuery()))
    assert [row.role for row in rows] == ["original", "update", "update", "update"]
    assert {row.story_id for row in rows} == {"u0"}
    assert [row.origin.published_at.hour for row in rows] == [10, 11, 12, 13]
    assert store.record(rows[-1].origin.article_id).article.text.endswith(OTHER[2])


def test_a_new_edition_stays_in_its_story(store):
    store.add([WIRE, told("copy", at="2024-07-16T12:00+00:00", source="Second Paper")], extracted_at=RUN)
    before = places(store)
    reread = Record(article=WIRE.article, versions={"program": "2"})
    store.add([reread], extracted_at=NEXT_RUN)
    assert places(store) == before


def test_articles_say_their_story(store):
    store.add([WIRE, told("copy", at="2024-07-16T12:00+00:00", source="Second Paper")], extracted_at=RUN)
    rows = {row.origin.article_id: (row.story_id, row.role) for row in store.articles()}
    assert rows == {"wire": ("wire", "original"), "copy": ("wire", "copy")}


def test_articles_of_other_tests_are_kept_apart(store):
    store.add([record("a1"), WIRE], extracted_at=RUN)
    assert places(store)["a1"] == ("a1", "original", None)


# --- whatever comes, in whatever order -----------------------------------------------------------------------

WORDS = [f"word{number}" for number in range(400)]


@st.composite
def newsrooms(draw):
    """Articles of a few stories: each a stretch of its story, cut and moved, by a few outlets."""
    seed = draw(st.integers(0, 10_000))
    chance = random.Random(seed)
    stories = [chance.sample(WORDS, 60) for _ in range(3)]
    made = []
    for number in range(draw(st.integers(2, 9))):
        words = list(chance.choice(stories))
        start, end = chance.choice([(0, 60), (0, 45), (15, 60), (0, 30), (10, 50)])
        facts = [" ".join(words[start:end])]
        hour = chance.choice(["08", "09", "10", "10", "15"])
        at = chance.choice([f"2024-07-{chance.choice([10, 16, 17, 21])}T{hour}:00+00:00"] * 6 + [None])
        source = chance.choice(["One", "Two", "Three"])
        made.append(told(f"n{number}", facts, at=at, title=None, source=source))
    return made


def test_newsrooms_hold_stories_of_every_kind(tmp_path):
    roles = set()
    for seed in range(40):
        chance = random.Random(seed)
        words = chance.sample(WORDS, 60)
        spans = [(0, 60), (0, 45), (15, 60), (0, 30)]
        texts = [" ".join(words[slice(*chance.choice(spans))]) for _ in range(4)]
        articles = [
            told(
                f"{number}",
                [text],
                at=f"2024-07-16T1{number}:00+00:00",
                title=None,
                source=chance.choice("AB"),
            )
            for number, text in enumerate(texts)
        ]
        roles |= {role for _, role, _ in forest(tmp_path / f"{seed}.db", articles).values()}
        if roles == {"original", "update", "copy"}:
            return
    pytest.fail(f"the property tests below see only {roles}")


def forest(path, articles, runs=1):
    with open_store(path) as store:
        for number in range(runs):
            store.add(articles[number::runs], extracted_at=RUN + dt.timedelta(hours=number))
        return places(store)


@settings(max_examples=15, deadline=None)
@given(newsrooms(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing(tmp_path_factory, articles, chance):
    first = forest(tmp_path_factory.mktemp("s") / "a.db", articles)
    shuffled = chance.sample(articles, len(articles))
    assert forest(tmp_path_factory.mktemp("s") / "b.db", shuffled, runs=2) == first


@settings(max_examples=12, deadline=None)
@given(newsrooms())
def test_leaving_out_what_came_later_changes_nothing(tmp_path_factory, articles):
    as_of = dt.datetime(2024, 7, 16, 10, tzinfo=dt.UTC)
    with open_store(tmp_path_factory.mktemp("s") / "all.db") as store:
        store.add(articles, extracted_at=RUN)
        seen = places(store, as_of=as_of)
    known = [item for item in articles if item.article.id in seen]
    assert forest(tmp_path_factory.mktemp("s") / "known.db", known) == seen


@settings(max_examples=5, deadline=None)
@given(newsrooms())
def test_writing_twice_and_both_kinds_agree(tmp_path_factory, articles):
    root = tmp_path_factory.mktemp("s")
    once = forest(root / "a.db", articles)
    assert forest(root / "a.db", articles) == once
    assert forest(root / "a.lake", articles, runs=2) == once


# --- sketches -------------------------------------------------------------------------------------------------


def test_keys_are_the_same_on_every_machine():
    keys = band_keys(runs_of(" ".join(FACTS)))
    assert len(keys) == 24
    assert keys[0] == -5076645489439529658


@given(st.text())
def test_any_text_has_runs(text):
    assert all(0 <= run < 2**32 for run in runs_of(text))
    assert all(-(2**63) <= key < 2**63 for key in band_keys(runs_of(text)))
