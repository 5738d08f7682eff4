"""The digest of a run stays small however long the run is, and keeps the telling part."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp_rotation.pipeline import Outcome
from nlp_rotation.present.digest import KEEP, Cited, Digest, Strongest
from nlp_rotation.present.report import _head, _tail, render
from nlp_rotation.present.summary import in_words
from nlp_rotation.types import Article, Claim, Driver, Move, Publication, Record, Rotation, Sentence, Skipped

ARTICLE = Article(id="a", source_path="a.txt", text="Acme rose 4%.", published=Publication())


def outcome(number, pct):
    text = f"Acme rose {pct}% on soft data."
    article = Article(
        id=str(number), source_path=None, title=f"Title {number}", text=text, published=Publication()
    )
    move = Move(start=5, end=10, text=text[5:10], subject="ACME", subject_start=0, subject_end=4, pct=pct)
    driver = Driver(start=18, end=27, text=text[18:27], category="macro.inflation")
    rotation = Rotation(start=0, end=4, text="Acme", from_="sector:tech", to="group:value")
    record = Record(
        article=article,
        sentences=(Sentence(start=0, end=len(text)),),
        moves=(move,),
        drivers=(driver,),
        rotations=(rotation,),
    )
    claim = Claim(
        article_id=str(number), move=0, subject="ACME", stated=pct, computed=pct, tolerance=0.1,
        verdict="confirmed", reason="it fits",
    )  # fmt: skip
    return Outcome(record=record, state="written", claims=(claim,))


@given(st.lists(st.floats(0, 100), max_size=60))
def test_the_strongest_stay_in_the_order_of_their_coming(weights):
    kept = Strongest()
    for index, weight in enumerate(weights):
        kept.add(weight, Cited(item=index, article=ARTICLE, sentence=""))
    assert kept.seen == len(weights)
    assert [cited.item for cited in kept.in_order()] == list(range(len(weights)))


def test_memory_is_bounded_and_the_weak_go():
    kept = Strongest()
    for index in range(3 * KEEP):
        kept.add(index % (2 * KEEP), Cited(item=index, article=ARTICLE, sentence=""))
    assert len(kept.in_order()) == KEEP
    assert kept.seen == 3 * KEEP


def test_digest_counts_everything():
    digest = Digest()
    for number in range(3):
        digest.add(outcome(number, pct=number + 1))
    assert (digest.articles, digest.written, digest.verdicts["confirmed"]) == (3, 3, 3)
    assert digest.rotation_pairs == {("sector:tech", "group:value"): 3}
    assert in_words(digest) == (
        "3 articles: 3 moves, 3 drivers and 3 rotations. Most stated rotation: sector:tech → group:value (3×). "
        "Most stated driver: macro.inflation (3×)."
    )


def test_the_page_shows_evidence_claims_and_skips():
    digest = Digest()
    digest.add(outcome(1, pct=4))
    skip = Skipped(source_path="b.txt", stage="parse", reason="empty file")
    page = render(digest, [skip])
    for told in (
        "Title 1",
        "<mark>rose </mark>",
        "confirmed",
        "b.txt : empty file",
        "sector:tech → group:value",
    ):
        assert told in " ".join(page.split()) or told in page


def test_an_empty_run_still_makes_a_page():
    page = render(Digest(), [])
    assert "No article states a rotation." in page
    assert "Nothing was lost." in page


@pytest.mark.parametrize(
    ("text", "tail", "head"),
    [("short", "short", "short"), ("one two three four", "… four", "one two …")],
)
def test_context_is_cut_at_words(text, tail, head):
    assert _tail(text, 8) == tail
    assert _head(text, 8) == head
