"""What went wrong, as ``application/problem+json`` (RFC 9457)."""

from __future__ import annotations

import json
from http import HTTPStatus

from starlette.responses import Response

from nlp_rotation.errors import (
    AlignError,
    CursorError,
    NotThereError,
    RotationError,
    StoreError,
    UsageError,
)

MEDIA = "application/problem+json"

#: The first that fits counts.
_STATUS: tuple[tuple[type[RotationError], HTTPStatus], ...] = (
    (UsageError, HTTPStatus.BAD_REQUEST),
    (AlignError, HTTPStatus.BAD_REQUEST),
    (StoreError, HTTPStatus.SERVICE_UNAVAILABLE),
)


def problem(status: HTTPStatus, detail: str, *, where: str = "", hint: str = "") -> Response:
    """Return the answer that says what is wrong, where, and what to do."""
    body = {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": detail}
    body |= {key: value for key, value in (("where", where), ("hint", hint)) if value}
    return Response(json.dumps(body, ensure_ascii=False), status_code=status.value, media_type=MEDIA)


def of_error(error: RotationError) -> Response:
    """Return the answer for one of our own errors.

    The path of the store is nobody's business who asks from elsewhere, so errors of the store tell none.
    """
    if isinstance(error, NotThereError | CursorError):
        return problem(HTTPStatus.NOT_FOUND, error.what, where=error.where or "", hint=error.hint or "")
    status = next(
        (code for kind, code in _STATUS if isinstance(error, kind)), HTTPStatus.INTERNAL_SERVER_ERROR
    )
    where = "" if isinstance(error, StoreError) else error.where or ""
    return problem(status, error.what, where=where, hint=error.hint or "")
