"""What stands before every answer: who asks, by which name, and what a browser may do with it."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from nlp_rotation.present.server.problems import problem

#: Names under which a machine reaches itself.
LOOPBACK = ("127.0.0.1", "localhost", "::1")

#: Nothing from anywhere else, nothing in line but styles, which charts set on what they draw.
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_HEADERS = {
    "content-security-policy": CONTENT_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
_COOKIE = "rotation-token"
#: Every parameter at its longest, escaped, fits.
_LONGEST_QUERY = 48_000
#: Answers without the token: that the server is up is no secret.
_OPEN = ("/healthz",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Who may ask."""

    #: Names by which the server may be called, without a port.
    hosts: frozenset[str]
    #: What a request has to carry; empty where the server listens to its own machine alone.
    token: str = ""


def access_of(*, host: str, token: str, names: Iterable[str] = ()) -> Access:
    """Return who may ask a server that listens on ``host``."""
    return Access(hosts=frozenset((*LOOPBACK, host.lower(), *(name.lower() for name in names))), token=token)


class Guard:
    """Refuses what must not pass, and puts the headers of security on what does."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self.app = app
        self.access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = self._refusal(scope)
        await (refusal or self.app)(scope, receive, with_headers)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if name_of(headers.get("host", "")) not in self.access.hosts:
            return problem(
                HTTPStatus.MISDIRECTED_REQUEST, "the server is not called by that name", where="Host"
            )
        if not _is_own(headers.get("origin", ""), headers.get("host", "")):
            return problem(HTTPStatus.FORBIDDEN, "another site may not ask", where="Origin")
        if len(scope["query_string"]) > _LONGEST_QUERY:
            return problem(HTTPStatus.REQUEST_URI_TOO_LONG, "the query is too long")
        if not self.access.token or scope["path"] in _OPEN or self._is_carried(headers):
            return None
        return self._entry(scope) or _unauthorized()

    def _is_carried(self, headers: Headers) -> bool:
        kind, _, told = headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and self._is_token(told.strip()):
            return True
        try:
            cookies = SimpleCookie(headers.get("cookie", ""))
        except CookieError:
            return False
        return _COOKIE in cookies and self._is_token(cookies[_COOKIE].value)

    def _entry(self, scope: Scope) -> Response | None:
        """Let a browser in that comes with the token in the address, and take it out of there."""
        told = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        if scope["path"] != "/" or not self._is_token(told):
            return None
        response = RedirectResponse("/", status_code=HTTPStatus.SEE_OTHER)
        response.set_cookie(
            _COOKIE, told, httponly=True, samesite="strict", secure=scope["scheme"] == "https"
        )
        return response

    def _is_token(self, told: str) -> bool:
        return hmac.compare_digest(told.encode("utf-8", "replace"), self.access.token.encode())


def name_of(host: str) -> str:
    """Return the name in a ``Host`` header, without port and brackets.

    >>> name_of("[::1]:8400"), name_of("LocalHost:8400")
    ('::1', 'localhost')
    """
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    return host.partition(":")[0].lower()


def _is_own(origin: str, host: str) -> bool:
    """A browser tells where a page comes from that asks; no page but ours has business here."""
    return not origin or origin.partition("://")[2].lower() == host.lower()


def _unauthorized() -> Response:
    refusal = problem(HTTPStatus.UNAUTHORIZED, "the server wants a token", hint="Authorization: Bearer TOKEN")
    refusal.headers["www-authenticate"] = "Bearer"
    return refusal
