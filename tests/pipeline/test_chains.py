"""The composer: order kept, failures as values, the rest unharmed."""

from __future__ import annotations

import pytest

from nlp_rotation import pipeline
from nlp_rotation.annotate.annotator import Annotator
from nlp_rotation.config import Settings
from nlp_rotation.errors import ModelError
from nlp_rotation.types import Record, Skipped

OFF = Settings(sentiment_model="off")


@pytest.fixture
def folder(tmp_path):
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text(
            f"date: 2024-07-1{number}\n\nArticle {number}: Apple rose {number + 1}%."
        )
    return tmp_path


def test_records_come_in_the_order_of_the_input(folder):
    records = list(pipeline.extract([str(folder)], settings=OFF))
    assert [record.article.published.date.day for record in records] == [10, 11, 12, 13, 14]


def test_one_article_that_breaks_the_annotators_costs_only_itself(folder, monkeypatch):
    healthy = Annotator.read

    def read(self, article):
        if "Article 2" in article.text:
            raise RuntimeError("a bug")
        return healthy(self, article)

    monkeypatch.setattr(Annotator, "read", read)
    items = list(pipeline.extract([str(folder)], settings=OFF))
    assert [type(item) for item in items] == [Record, Record, Skipped, Record, Record]
    assert items[2].stage == "annotate"
    assert "RuntimeError: a bug" in items[2].reason


def test_one_document_that_breaks_the_parser_costs_only_itself(folder, monkeypatch):
    from nlp_rotation.parse import article

    healthy = article.parse

    def parse(document):
        if "Article 1" in document.body:
            raise RuntimeError("a bug")
        return healthy(document)

    monkeypatch.setattr(article, "parse", parse)
    items = list(pipeline.extract([str(folder)], settings=OFF))
    assert [type(item) for item in items] == [Record, Skipped, Record, Record, Record]
    assert items[1].stage == "parse"


def test_a_broken_model_ends_the_batch(folder):
    with pytest.raises(ModelError):
        list(pipeline.extract([str(folder)], settings=Settings(sentiment_model=str(folder))))


def test_other_languages_are_kept_bare_and_listed(tmp_path):
    german = (
        "Die Aktien der Deutschen Bank sind am Montag um 3 Prozent gestiegen, nachdem die Zahlen besser waren. "
        * 4
    )
    (tmp_path / "de.txt").write_text(german)
    record, note = pipeline.extract([str(tmp_path / "de.txt")], settings=OFF)
    assert (record.article.lang, record.moves, record.mentions) == ("de", (), ())
    assert "kept, not extracted" in note.reason


def test_a_run_cut_short_is_finished_by_the_next(folder, tmp_path_factory):
    store = tmp_path_factory.mktemp("store") / "rotation.db"
    cut = pipeline.run([str(folder / "0.txt"), str(folder / "1.txt")], store=store, settings=OFF)
    next(cut)
    cut.close()
    outcomes = list(pipeline.run([str(folder)], store=store, settings=OFF))
    assert [item.state for item in outcomes] == ["known", "known", "written", "written", "written"]


def test_records_do_not_depend_on_their_company(folder):
    together = list(pipeline.extract([str(folder)], settings=OFF))
    alone = [next(pipeline.extract([str(path)], settings=OFF)) for path in sorted(folder.glob("*.txt"))]
    assert [r.moves for r in together] == [r.moves for r in alone]
    assert [r.article.id for r in together] == [r.article.id for r in alone]
