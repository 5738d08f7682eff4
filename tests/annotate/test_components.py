"""The annotators in anybody's spaCy pipeline say what ``extract`` says."""

from __future__ import annotations

import pytest
import spacy

from nlp_rotation import pipeline
from nlp_rotation.annotate.components import FIELDS, STEPS, start_reading
from nlp_rotation.config import Settings
from nlp_rotation.types import Reading

TEXT = (
    "Investors rotated out of big tech and into small caps on Thursday. The Russell 2000 rose 3.6% after soft "
    'inflation data, while Nvidia (NVDA) fell 5.6%. "Rate cuts could help," said Ann Lee of Fund Partners.'
)


@pytest.mark.parametrize("name", STEPS)
def test_every_component_is_registered_and_works_alone(name):
    nlp = spacy.blank("en")
    nlp.add_pipe(name)
    doc = nlp(TEXT)
    assert doc._.rotation_sentences


def test_the_last_component_alone_fills_what_all_together_fill():
    alone = spacy.blank("en")
    alone.add_pipe("rotation_rotations")
    together = spacy.blank("en")
    for name in STEPS:
        together.add_pipe(name)
    assert alone(TEXT)._.rotation_reading == together(TEXT)._.rotation_reading


def test_fields_equal_those_of_extract(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(f"date: 2024-07-12\ntitle: Small caps leap\n\n{TEXT}\n")
    (record,) = pipeline.extract([str(path)], settings=Settings(sentiment_model="off"))
    nlp = spacy.blank("en")
    nlp.add_pipe("rotation_rotations")
    article = record.article
    doc = nlp.make_doc(article.text)
    start_reading(doc, Reading(text=article.text, title_end=len(article.title), published=article.published))
    for _, component in nlp.pipeline:
        doc = component(doc)
    for field in set(FIELDS) - {"statements"}:
        assert getattr(doc._, f"rotation_{field}") == getattr(record, field)


def test_a_document_without_text_is_no_trouble():
    nlp = spacy.blank("en")
    nlp.add_pipe("rotation_rotations")
    doc = nlp("")
    assert [getattr(doc._, f"rotation_{field}") for field in FIELDS] == [()] * len(FIELDS)


def test_fields_are_empty_before_anything_ran():
    doc = spacy.blank("en")("Apple rose 3%.")
    assert doc._.rotation_moves == ()
