"""What goes in comes out, whatever it is."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from record_factories import RUN
from record_strategies import articles, instants, publications, records

from nlp_rotation.store.clocks import from_text, to_text
from nlp_rotation.store.flatten import digest, flatten, restore
from nlp_rotation.store.opening import open_store
from nlp_rotation.store.rows import DriverQuery
from nlp_rotation.timeline import knowable_at

_fresh = count()


@pytest.fixture(scope="module", params=["rotation.db", "rotation.lake"])
def store(request, tmp_path_factory):
    with open_store(tmp_path_factory.mktemp("round") / request.param) as opened:
        yield opened


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(record=records)
def test_a_stored_record_is_the_record(store, record):
    # an id of its own: two examples with one id would be two editions of one article
    record = replace(record, article=replace(record.article, id=f"{next(_fresh)}{record.article.id}"))
    day = record.article.published.date or dt.date(1900, 1, 1)
    assert store.add([record], extracted_at=RUN).written == 1
    assert store.has(record.article, record.versions)
    assert store.record(record.article.id) == record
    mine = [
        row
        for row in store.drivers(DriverQuery(since=day, until=day))
        if row.origin.article_id == record.article.id
    ]
    if record.article.published.date:
        found = [(row.category, row.effects, row.confidence) for row in mine]
        stated = [(item.category, item.effects, item.confidence) for item in record.drivers]
        assert sorted(found, key=repr) == sorted(stated, key=repr)


@given(record=records)
def test_rows_hold_all_of_the_record(record):
    flat = flatten(record, extracted_at=RUN)
    assert restore(flat.body) == record
    assert [len(flat.parts[name]) for name in ("sentence", "mention", "move", "driver", "rotation")] == [
        len(items)
        for items in (record.sentences, record.mentions, record.moves, record.drivers, record.rotations)
    ]


@given(first=articles, second=articles)
def test_editions_differ_where_the_articles_do(first, second):
    same = replace(first, source_path=None) == replace(second, source_path=None)
    assert (digest(first, {}) == digest(second, {})) is same
    assert digest(first, {"program": "1"}) != digest(first, {"program": "2"})


@given(moments=st.lists(instants, max_size=5))
def test_text_of_instants_sorts_as_they_do(moments):
    assert [from_text(to_text(moment)) for moment in moments] == moments
    assert sorted(moments) == [from_text(text) for text in sorted(map(to_text, moments))]


@given(published=publications)
def test_nothing_is_knowable_before_it_is_out(published):
    knowable = knowable_at(published)
    if published.at:
        assert knowable == published.at
    elif published.date:
        anywhere = dt.timezone(dt.timedelta(hours=-12))
        end = dt.datetime.combine(published.date, dt.time(23, 59, 59), anywhere)
        assert knowable - end == dt.timedelta(seconds=1)
    else:
        assert (knowable is None) is (published.not_after is None)
