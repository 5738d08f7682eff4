"""The page at ``/`` and its files, served as they lie in ``present/page``: there is no build step."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

#: ``index.html`` is the page; everything beside it is found under ``/static``.
HOME = Path(__file__).parent.parent / "page"


def routes() -> list[BaseRoute]:
    """Return the routes of the page; without one, ``/`` leads to the description of the API."""
    if not (HOME / "index.html").is_file():
        return [Route("/", _description)]
    return [Route("/", _page), Mount("/static", StaticFiles(directory=HOME))]


def _page(_: Request) -> Response:
    return FileResponse(HOME / "index.html", headers={"cache-control": "no-cache"})


def _description(_: Request) -> Response:
    return RedirectResponse("/openapi.json")
