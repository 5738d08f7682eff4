"""The ASGI application: routes over the endpoints, guarded, with problems for answers where one fails."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext, suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from nlp_rotation.errors import RotationError
from nlp_rotation.present.server import openapi, pages
from nlp_rotation.present.server.api import ENDPOINTS
from nlp_rotation.present.server.caching import etag_of, is_held
from nlp_rotation.present.server.endpoints import Endpoint
from nlp_rotation.present.server.guard import Access, Guard
from nlp_rotation.present.server.parameters import read
from nlp_rotation.present.server.problems import of_error, problem
from nlp_rotation.present.server.service import Served, Service
from nlp_rotation.version import VERSION

if TYPE_CHECKING:
    from nlp_rotation.store.protocol import Store

log = logging.getLogger(__name__)

Handler = Callable[[Request], Awaitable[Response]]


def build_app(served: Served, access: Access, *, endpoints: Sequence[Endpoint] = ENDPOINTS) -> Starlette:
    """Return the application.

    :param endpoints: what stands under ``/api/v1``.
    :raises StoreError: where the store cannot be read.
    """
    service = Service(served)
    tools = _Tools.over(endpoints, service)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with tools.running():
            asked = asyncio.create_task(_ask_ahead(service, endpoints, served.ahead))
            yield
            asked.cancel()
        service.close()

    described = json.dumps(openapi.document(endpoints), ensure_ascii=False)
    api = [Route(f"/api/v1{endpoint.path}", _handler(endpoint, service)) for endpoint in endpoints]
    return Starlette(
        routes=[
            *api,
            Route("/openapi.json", _text(described)),
            Route("/healthz", _health(service)),
            *tools.routes,
            *pages.routes(),
        ],
        middleware=[Middleware(Guard, access=access)],
        exception_handlers={HTTPException: _refused, RotationError: _failed, Exception: _broken},
        lifespan=lifespan,
    )


async def _ask_ahead(service: Service, endpoints: Sequence[Endpoint], names: Collection[str]) -> None:
    for endpoint in endpoints:
        if endpoint.name in names:
            # Whoever asks for it is told what is wrong; nobody has asked yet.
            with suppress(RotationError):
                await service.ask(endpoint, read(endpoint.parameters, []))


@dataclass(frozen=True, slots=True)
class _Tools:
    """The tools for assistants under ``/mcp``; nothing where the extra is not installed."""

    routes: Sequence[BaseRoute]
    running: Callable[[], AbstractAsyncContextManager[None]]

    @classmethod
    def over(cls, endpoints: Sequence[Endpoint], service: Service) -> _Tools:
        try:
            from mcp.server.streamable_http_manager import (
                StreamableHTTPASGIApp,
                StreamableHTTPSessionManager,
            )

            from nlp_rotation.present.server.tools import server_of
        except ModuleNotFoundError:
            return cls((), nullcontext)
        server = server_of({endpoint.name: endpoint for endpoint in endpoints}, service.ask)
        # a question needs no session, and its answer no stream
        manager = StreamableHTTPSessionManager(server, stateless=True, json_response=True)
        return cls((Route("/mcp", StreamableHTTPASGIApp(manager)),), manager.run)


def _handler(endpoint: Endpoint, service: Service) -> Handler:
    async def handle(request: Request) -> Response:
        query = request.query_params.multi_items()
        given = read(endpoint.parameters, query) | request.path_params
        held = request.headers.get("if-none-match", "")

        def work(store: Store) -> tuple[str, str | None]:
            etag = etag_of(store.state(), request.url.path, query)
            if is_held(etag, held):
                return etag, None
            return etag, _json(service.answer(store, endpoint, given))

        etag, body = await service.readers.ask(work)
        headers = {"etag": etag, "cache-control": "private, no-cache"}
        if body is None:
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
        return Response(body, media_type="application/json", headers=headers)

    return handle


def _health(service: Service) -> Handler:
    async def handle(_: Request) -> Response:
        await service.readers.ask(lambda store: store.state())
        return Response(_json({"status": "ok", "version": VERSION}), media_type="application/json")

    return handle


def _text(body: str) -> Handler:
    async def handle(_: Request) -> Response:
        return Response(body, media_type="application/json")

    return handle


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


async def _refused(_: Request, error: Exception) -> Response:
    status = HTTPStatus(getattr(error, "status_code", HTTPStatus.INTERNAL_SERVER_ERROR))
    answer = problem(status, str(getattr(error, "detail", status.phrase)))
    answer.headers.update(getattr(error, "headers", None) or {})
    return answer


async def _failed(_: Request, error: Exception) -> Response:
    assert isinstance(error, RotationError)
    return of_error(error)


async def _broken(_: Request, error: Exception) -> Response:
    log.error("an answer failed", exc_info=error)
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "the server failed; its log says how")
