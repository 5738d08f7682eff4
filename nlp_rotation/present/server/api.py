"""The endpoints over the queries; the chart's own stands in ``present/charts``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from nlp_rotation.errors import NotThereError
from nlp_rotation.present.charts.endpoints import CHART_ENDPOINTS
from nlp_rotation.present.queries import asking, counts, finding, why
from nlp_rotation.present.queries.asking import Answer
from nlp_rotation.present.server.endpoints import Endpoint, Sources
from nlp_rotation.present.server.openapi import page_schema, row_schema, view_schema, why_schema
from nlp_rotation.present.server.parameters import (
    Given,
    Parameter,
    cursor,
    limit,
    of_filter,
    of_filters,
    pair_schema,
    words_schema,
)
from nlp_rotation.store.catalogue import answers, view, views
from nlp_rotation.store.words import holds_words

_MOST_ROWS, _USUAL_ROWS = 1000, 100
_MOST_COUNTS, _USUAL_COUNTS = 50_000, 5_000
_MOST_FOUND, _USUAL_FOUND = 100, 20


_NO_FILTERS = ("limit", "cursor", "every", "per", "q")


def _of_view(name: str) -> Endpoint:
    shown = view(name)
    return Endpoint(
        path=f"/{name}",
        name=name,
        about=f"{shown.about} The newest first.",
        parameters=(*of_filters(shown.filters), limit(_MOST_ROWS, _USUAL_ROWS), cursor()),
        answer=_rows_of(name),
        schema=view_schema(shown),
    )


def _rows_of(name: str) -> Callable[[Sources, Given], Mapping[str, Any]]:
    def rows(sources: Sources, given: Given) -> Mapping[str, Any]:
        found = asking.page(
            sources.store, name, _filters(given), limit=given["limit"], cursor=given.get("cursor", "")
        )
        return _page(found.answer, found.following)

    return rows


def _article(sources: Sources, given: Given) -> Mapping[str, Any]:
    found = asking.article(
        sources.store, given["id"], {name: given.get(name) for name in ("as_of", "recorded_as_of")}
    )
    for item in found.items():
        return item
    raise NotThereError("no such article in the store at that time", where="id")


def _timeline(sources: Sources, given: Given) -> Mapping[str, Any]:
    answer = counts.timeline(sources.store, _filters(given), every=given["every"], per=given["per"])
    found = counts.part(answer, limit=given["limit"], cursor=given.get("cursor", ""))
    return _page(found.answer, found.following)


def _search(sources: Sources, given: Given) -> Mapping[str, Any]:
    if not holds_words(given["q"]):
        return _page(Answer(answers()["search"].columns, ()), "")
    return _page(finding.search(sources.store, given["q"], _filters(given), limit=given["limit"]), "")


def _why(sources: Sources, given: Given) -> Mapping[str, Any]:
    asked = {name: value for name, value in given.items() if name != "pair"}
    return why.as_json(why.why(sources.store, given["pair"], asked, prices=sources.prices))


def _filters(given: Given) -> Given:
    return {name: value for name, value in given.items() if name not in _NO_FILTERS}


def _page(answer: Answer, following: str) -> Mapping[str, Any]:
    return {"items": list(answer.items()), "next": following or None}


def _with_default(name: str, default: str) -> Parameter:
    parameter = of_filter(name)
    return Parameter(name=name, about=parameter.about, schema={**parameter.schema, "default": default})


_CLOCKS = (of_filter("as_of"), of_filter("recorded_as_of"))

ENDPOINTS: tuple[Endpoint, ...] = (
    *(_of_view(name) for name in views()),
    Endpoint(
        path="/articles/{id}",
        name="article",
        about="One article with its text.",
        parameters=_CLOCKS,
        answer=_article,
        schema=row_schema(view("articles").columns),
    ),
    Endpoint(
        path="/timeline",
        name="timeline",
        about=answers()["timeline"].about,
        parameters=(
            *of_filters(answers()["timeline"].filters),
            _with_default("every", "day"),
            _with_default("per", "category"),
            limit(_MOST_COUNTS, _USUAL_COUNTS),
            cursor(),
        ),
        answer=_timeline,
        schema=page_schema(row_schema(answers()["timeline"].columns)),
    ),
    Endpoint(
        path="/search",
        name="search",
        about=answers()["search"].about,
        parameters=(
            Parameter(
                name="q",
                about="Words; those in double quotes have to follow each other.",
                schema=words_schema(),
                required=True,
            ),
            *of_filters(answers()["search"].filters),
            limit(_MOST_FOUND, _USUAL_FOUND),
        ),
        answer=_search,
        schema=page_schema(row_schema(answers()["search"].columns)),
    ),
    Endpoint(
        path="/why",
        name="why",
        about=answers()["why"].about,
        parameters=(
            Parameter(name="pair", about=of_filter("pair").about, schema=pair_schema(), required=True),
            *of_filters(answers()["why"].filters),
        ),
        answer=_why,
        schema=why_schema(),
    ),
    *CHART_ENDPOINTS,
)
