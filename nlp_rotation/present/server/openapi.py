"""The OpenAPI document, made from the same descriptions that answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from nlp_rotation.present.server.endpoints import Endpoint
from nlp_rotation.present.server.parameters import Parameter
from nlp_rotation.present.server.problems import MEDIA
from nlp_rotation.store.catalogue import Column, View, view
from nlp_rotation.version import VERSION

Schema = Mapping[str, Any]

_KINDS: dict[str, Schema] = {
    "text": {"type": "string"},
    "int": {"type": "integer"},
    "number": {"type": "number"},
    "flag": {"type": "boolean"},
    "instant": {"type": "string", "format": "date-time"},
    "day": {"type": "string", "format": "date"},
    "json": {},
}
_PROBLEM: Schema = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "where": {"type": "string"},
        "hint": {"type": "string"},
    },
}
_ERRORS = {
    "400": "a parameter is not as it should be",
    "401": "the server wants a token",
    "404": "there is no such thing, or no page where the cursor points",
    "414": "the query is too long",
    "503": "the store cannot be read now",
}


def row_schema(columns: Iterable[Column]) -> Schema:
    """Return the schema of one row."""
    told = list(columns)
    return {
        "type": "object",
        "required": [column.name for column in told],
        "properties": {column.name: _value(column) for column in told},
        "additionalProperties": False,
    }


def page_schema(item: Schema) -> Schema:
    """Return the schema of one page of rows."""
    return {
        "type": "object",
        "required": ["items", "next"],
        "properties": {
            "items": {"type": "array", "items": item},
            "next": {
                "type": ["string", "null"],
                "description": "Cursor of the page after; null on the last.",
            },
        },
        "additionalProperties": False,
    }


def view_schema(shown: View) -> Schema:
    """Return the schema of one page of a view."""
    return page_schema(row_schema(shown.columns))


def why_schema() -> Schema:
    """Return the schema of the answer to why one side led another."""
    day = {"type": ["string", "null"], "format": "date"}
    quote = row_schema(
        (*view("drivers").columns, Column("points", "int", "1 for `over`, -1 for `under`, or 0"))
    )
    cause = _object(
        category={"type": "string"},
        weight={"type": "number"},
        net={"type": "number", "description": "Weight for `over` less that for `under`."},
        articles={"type": "integer"},
        quotes={"type": "array", "items": quote},
    )
    lead = _object(
        first={"type": "string", "format": "date"},
        last={"type": "string", "format": "date"},
        days={"type": "integer"},
        points={"type": "number", "description": "Relative return in percentage points."},
        percentile={"type": "number"},
        history={"type": "string", "format": "date"},
    )
    text: Schema = {"type": "string"}
    causes: Schema = {"type": "array", "items": cause}
    return _object(
        pair=text,
        over=text,
        under=text,
        since=day,
        until=day,
        lead={"anyOf": [lead, {"type": "null"}]},
        note={"type": "string", "description": "Why there is no lead."},
        explains=causes,
        predicts=causes,
        statements={"type": "integer"},
    )


def _object(**properties: Schema) -> Schema:
    return {
        "type": "object",
        "required": list(properties),
        "properties": properties,
        "additionalProperties": False,
    }


def document(endpoints: Iterable[Endpoint]) -> dict[str, Any]:
    """Return the OpenAPI document."""
    paths = {f"/api/v1{endpoint.path}": {"get": _operation(endpoint)} for endpoint in endpoints}
    paths["/healthz"] = {"get": _HEALTH}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "nlp-rotation",
            "version": VERSION,
            "summary": "What market news said of who moved, by how much, over which days and why.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": paths,
        "components": {
            "schemas": {"Problem": _PROBLEM},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{}, {"token": []}],
    }


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    answers: dict[str, Any] = {
        "200": {
            "description": "The answer.",
            "headers": {"ETag": {"schema": {"type": "string"}}},
            "content": {"application/json": {"schema": endpoint.schema}},
        },
        "304": {"description": "The answer that the client holds already."},
    }
    return {
        "operationId": endpoint.name,
        "summary": endpoint.about,
        "parameters": [*_in_path(endpoint), *map(_in_query, endpoint.parameters), _HELD],
        "responses": answers | {code: _problem(about) for code, about in _ERRORS.items()},
    }


def _in_path(endpoint: Endpoint) -> Iterable[dict[str, Any]]:
    for name in re.findall(r"{(\w+)}", endpoint.path):
        schema = {"type": "string", "minLength": 1, "maxLength": 200, "pattern": r"^[^/\u0000]+$"}
        yield {"name": name, "in": "path", "required": True, "schema": schema}


def _in_query(parameter: Parameter) -> dict[str, Any]:
    told = {"name": parameter.name, "in": "query", "description": parameter.about, "schema": parameter.schema}
    many = {"style": "form", "explode": True} if parameter.many else {}
    return {**told, **many, **({"required": True} if parameter.required else {})}


def _problem(about: str) -> dict[str, Any]:
    return {
        "description": about,
        "content": {MEDIA: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


def _value(column: Column) -> Schema:
    kind = _KINDS[column.kind]
    kinds = {"type": [kind["type"], "null"]} if "type" in kind else {}
    return {**kind, **kinds, "description": column.about}


_HELD = {
    "name": "If-None-Match",
    "in": "header",
    "description": "ETag of an answer that the client holds.",
    "schema": {"type": "string"},
}
_HEALTH = {
    "operationId": "healthz",
    "summary": "Whether the store answers.",
    "responses": {
        "200": {
            "description": "It does.",
            "content": {
                "application/json": {
                    "schema": {
                        "type": "object",
                        "required": ["status", "version"],
                        "properties": {"status": {"const": "ok"}, "version": {"type": "string"}},
                    }
                }
            },
        },
        "503": _problem("It does not."),
    },
}
