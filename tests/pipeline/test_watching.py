"""Sources read again and again, by a clock that nobody waits for: what is asked of servers, what is kept."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from werkzeug import Response

from nlp_rotation import pipeline
from nlp_rotation.config import Settings
from nlp_rotation.errors import UsageError
from nlp_rotation.pipeline import Outcome, Round
from nlp_rotation.store.opening import open_store
from nlp_rotation.types import Skipped

SETTINGS = Settings(sentiment_model="off", allow_private_hosts=True)
QUARTER = dt.timedelta(minutes=15)


class Newspaper:
    """A feed with its pages, which a test fills and breaks."""

    def __init__(self, server):
        self.server, self.stories, self.version, self.asked = server, {}, 0, []
        self.answers = {}
        self.url = server.url_for("/feed")
        server.expect_request("/robots.txt").respond_with_data("User-agent: *\nDisallow: /private/\n")
        server.expect_request("/feed").respond_with_handler(self.feed)

    def print(self, name, words):
        """Put a story into the feed, or a new text in the place of an old one."""
        if name not in self.stories:
            self.server.expect_request(f"/{name}").respond_with_handler(self.page)
        self.stories[name] = words
        self.version += 1

    def feed(self, request):
        self.asked.append("feed")
        if answer := self.answers.get("feed"):
            return answer
        etag = f'"{self.version}"'
        if request.headers.get("If-None-Match") == etag:
            return Response("", 304)
        return Response(self.rss(), content_type="application/rss+xml", headers={"ETag": etag})

    def rss(self):
        items = "".join(
            f"<item><guid>{name}</guid><title>{words}</title><link>{self.server.url_for('/' + name)}</link>"
            "<pubDate>Mon, 02 Mar 2026 09:30:00 GMT</pubDate></item>"
            for name, words in self.stories.items()
        )
        return f'<rss version="2.0"><channel><title>Harbour Post</title>{items}</channel></rss>'

    def page(self, request):
        name = request.path[1:]
        self.asked.append(name)
        if answer := self.answers.get(name):
            return answer
        body = f"<p>{self.stories[name]}, dealers said on Monday in London. </p>" * 3
        return Response(f"<html><body><article>{body}</article></body></html>", content_type="text/html")

    def asked_since(self):
        """Return what has been asked for since the last call."""
        asked, self.asked = self.asked, []
        return asked


@pytest.fixture
def paper(httpserver):
    newspaper = Newspaper(httpserver)
    newspaper.print("a", "Shares of Apple rose 3%")
    newspaper.print("b", "Shares of Boeing fell 2%")
    return newspaper


@pytest.fixture(params=["sqlite", "lake"])
def store(request, tmp_path):
    return tmp_path / ("rotation.db" if request.param == "sqlite" else "rotation.lake")


@pytest.fixture
def watch(paper, store, clock):
    """Watch the newspaper for some rounds and return what came of it."""

    def rounds(number=1, sources=None, **options):
        return list(
            pipeline.watch(
                sources or [paper.url], store=store, every=QUARTER, rounds=number, settings=SETTINGS,
                clock=clock, chance=random.Random(5), **options,
            )
        )  # fmt: skip

    return rounds


def texts(store):
    with open_store(store, mode="read") as opened:
        return sorted(row.text.split(",")[0] for row in opened.articles())


def state(store, source):
    with open_store(store, mode="read") as opened:
        return opened.source(source)


def test_the_whole_chain_in_one_round(watch, paper, store, clock):
    first, second, over = watch()
    assert [type(item) for item in (first, second, over)] == [Outcome, Outcome, Round]
    assert (first.record.article.content, first.record.moves[0].pct) == ("full", 3.0)
    (entered,) = over.sources
    assert (entered.new, entered.known, entered.failed, entered.written) == (2, 0, 0, 2)
    assert (entered.succeeded_at, entered.due_at) == (clock.now(), clock.now() + QUARTER)
    assert state(store, paper.url) == entered
    assert over.signals is not None
    assert len(texts(store)) == 2


def test_nothing_new_costs_one_conditional_request(watch, paper, clock):
    watch()
    assert paper.asked_since() == ["feed", "a", "b"]
    clock.sleep(900)
    (over,) = watch()
    assert (paper.asked_since(), over.new, over.signals) == (["feed"], 0, None)
    assert over.sources[0].etag == '"2"'


def test_rounds_follow_each_other_at_the_interval(watch, paper, clock):
    items = watch(3)
    assert [item.number for item in items if isinstance(item, Round)] == [1, 2, 3]
    assert clock.slept == [900.0, 900.0]
    assert paper.asked_since() == ["feed", "a", "b", "feed", "feed"]


def test_only_new_entries_are_fetched(watch, paper, store, clock):
    watch()
    paper.asked_since()
    paper.print("c", "Shares of Chevron gained 1%")
    clock.sleep(900)
    *found, over = watch()
    assert paper.asked_since() == ["feed", "c"]
    assert (len(found), over.sources[0].new, over.sources[0].known) == (1, 1, 2)
    assert over.sources[0].written == 3


def test_a_rewritten_entry_is_fetched_again(watch, paper, store, clock):
    watch()
    paper.asked_since()
    paper.print("a", "Shares of Apple rose 4%")
    clock.sleep(900)
    watch()
    assert paper.asked_since() == ["feed", "a"]
    assert any("Apple rose 4%" in text for text in texts(store))


def test_a_page_that_is_owed_comes_later(watch, paper, store, clock):
    paper.answers["b"] = Response("", 503)
    *found, over = watch()
    assert [item.reason for item in found if isinstance(item, Skipped)] != []
    assert over.sources[0].etag is None, "else the server would say next time that nothing is new"
    paper.answers.clear()
    paper.asked_since()
    clock.sleep(900)
    *found, over = watch()
    assert paper.asked_since() == ["feed", "b"]
    assert [item.record.article.content for item in found] == ["full"]
    assert over.sources[0].etag == '"2"'


def test_a_page_that_does_not_exist_is_not_asked_for_again(watch, paper, clock):
    paper.answers["b"] = Response("", 404)
    watch()
    paper.asked_since()
    paper.print("c", "Shares of Chevron gained 1%")
    clock.sleep(900)
    watch()
    assert paper.asked_since() == ["feed", "c"]


def test_a_source_that_fails_is_left_alone_longer_each_time(watch, paper, store, clock):
    paper.answers["feed"] = Response("", 500)
    watch(4)
    waits = clock.slept
    assert 1400 < waits[0] < 2200, "twice the interval"
    assert 2800 < waits[1] < 4400, "four times"
    assert 5600 < waits[2] < 8700, "eight times"
    entered = state(store, paper.url)
    assert (entered.failures, entered.succeeded_at) == (4, None)
    assert "answers 500" in entered.reason


def test_a_source_that_asks_for_patience_gets_it(watch, paper, clock):
    paper.answers["feed"] = Response("", 429, {"Retry-After": "7200"})
    *_, over = watch()
    assert over.sources[0].due_at - clock.now() >= dt.timedelta(hours=2)
    assert paper.asked_since() == ["feed"]
    clock.sleep(900)
    (over,) = watch()
    assert (over.sources, paper.asked_since()) == ((), [])


def test_a_source_that_is_well_again_is_read_as_before(watch, paper, clock):
    paper.answers["feed"] = Response("", 500)
    watch()
    paper.answers.clear()
    clock.sleep(7200)
    *_, over = watch()
    assert (over.sources[0].failures, over.sources[0].reason, over.new) == (0, "", 2)


def test_one_source_that_fails_does_not_stop_the_others(watch, paper, tmp_path):
    gone = paper.server.url_for("/gone")
    items = watch(sources=[gone, paper.url])
    assert [type(item) for item in items] == [Skipped, Outcome, Outcome, Round]
    assert [entered.failures for entered in items[-1].sources] == [1, 0]


def test_a_feed_that_has_moved_for_good_is_asked_for_where_it_is(watch, paper, clock, httpserver):
    moves = []

    def moved(request):
        moves.append(request.path)
        return Response("", 301, {"Location": "/feed"})

    httpserver.expect_request("/old").respond_with_handler(moved)
    old = httpserver.url_for("/old")
    for _ in range(2):
        *_, over = watch(sources=[old])
        clock.sleep(900)
    assert (moves, over.sources[0].moved_to) == (["/old"], paper.url)


def test_a_feed_that_is_gone_from_where_it_moved_to_is_asked_for_where_it_was(
    watch, paper, clock, httpserver
):
    there = {"Location": "/feed"}
    httpserver.expect_oneshot_request("/old").respond_with_data("", status=301, headers=there)
    old = httpserver.url_for("/old")
    watch(sources=[old])
    paper.answers["feed"] = Response("", 404)
    httpserver.expect_request("/old").respond_with_data(paper.rss(), content_type="application/rss+xml")
    clock.sleep(900)
    *_, over = watch(sources=[old])
    assert (over.sources[0].failures, over.sources[0].moved_to) == (0, None)


def test_a_crash_before_the_entries_are_remembered_loses_and_doubles_nothing(
    watch, paper, store, clock, monkeypatch
):
    from nlp_rotation.store.lake import LakeStore
    from nlp_rotation.store.sqlite import SqliteStore

    class Killed(BaseException):
        pass

    def die(*args):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(SqliteStore, "mark_seen", die)
        patch.setattr(LakeStore, "mark_seen", die)
        with pytest.raises(Killed):
            watch()
    *found, _over = watch()
    assert [item.state for item in found] == ["known", "known"]
    assert len(texts(store)) == 2


def test_files_and_folders_are_watched_too(watch, store, clock, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "1.txt").write_text("date: 2026-03-02\n\nShares of Apple rose 3% on Monday, dealers said.")
    watch(sources=[str(folder)])
    (folder / "2.txt").write_text("date: 2026-03-02\n\nShares of Boeing fell 2% on Monday, dealers said.")
    clock.sleep(900)
    *found, over = watch(sources=[str(folder)])
    assert [item.state for item in found] == ["written"]
    assert (over.sources[0].new, over.sources[0].known) == (1, 1)


def test_a_file_that_has_not_changed_is_not_read(watch, clock, tmp_path, monkeypatch):
    path = tmp_path / "all.jsonl"
    path.write_text('{"text": "Shares of Apple rose 3% on Monday, dealers said."}\n')
    watch(sources=[str(path)])
    monkeypatch.setattr("nlp_rotation.acquire.visits.read_path", None)
    clock.sleep(900)
    (over,) = watch(sources=[str(path)])
    assert (over.new, over.sources[0].failures) == (0, 0)


def test_a_list_of_feeds_stands_for_its_feeds(watch, paper, tmp_path):
    path = tmp_path / "feeds.opml"
    path.write_text(f'<opml><body><outline xmlUrl="{paper.url}"/></body></opml>')
    *_, over = watch(sources=[str(path), paper.url])
    assert [entered.source for entered in over.sources] == [paper.url]


@pytest.mark.parametrize("sources", [["-"], ["nowhere.xml"], []])
def test_what_cannot_be_watched(sources, tmp_path):
    with pytest.raises(UsageError):
        list(pipeline.watch(sources, store=tmp_path / "x.db", every=QUARTER, rounds=1, settings=SETTINGS))


def test_a_run_enters_the_addresses_that_it_was_given(paper, store):
    list(pipeline.run([paper.url], store=store, settings=SETTINGS))
    entered = state(store, paper.url)
    assert (entered.new, entered.written, entered.failures, entered.due_at) == (2, 2, 0, None)
    list(pipeline.run([paper.url], store=store, settings=SETTINGS))
    assert (state(store, paper.url).known, state(store, paper.url).written) == (2, 2)
