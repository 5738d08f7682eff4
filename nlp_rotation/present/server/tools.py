"""The endpoints as tools of the Model Context Protocol, so that assistants ask with evidence.

A tool is an endpoint: the same name, parameters, limits and answer. Lists are shorter than over HTTP, since
an assistant pays for every word.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any

import mcp_types as types
from mcp.server.lowlevel import Server

from nlp_rotation.errors import RotationError, UsageError
from nlp_rotation.present.server.endpoints import Endpoint
from nlp_rotation.present.server.parameters import Given, check
from nlp_rotation.version import VERSION

if TYPE_CHECKING:
    from mcp.server.context import ServerRequestContext

#: From an endpoint and the values of its parameters to its answer.
Ask = Callable[[Endpoint, Given], Awaitable[Mapping[str, Any]]]

#: The endpoints that make tools, with what a list holds at most.
OFFERED = {
    "timeline": 500,
    "drivers": 50,
    "moves": 50,
    "rotations": 50,
    "claims": 50,
    "articles": 20,
    "search": 20,
    "why": 0,
    "article": 0,
}
_INSTRUCTIONS = (
    "Answers come from a store of market news: who moved, by how much, why, who said so. Cite the `quote` or "
    "`sentence` of a row with its `source`, `url` and time. `as_of` shows only what was knowable then."
)


def server_of(endpoints: Mapping[str, Endpoint], ask: Ask) -> Server[Any]:
    """Return the server of the tools."""

    async def list_tools(
        _: ServerRequestContext[Any], __: types.PaginatedRequestParams | None
    ) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[_tool(endpoints[name]) for name in OFFERED])

    async def call_tool(
        _: ServerRequestContext[Any], asked: types.CallToolRequestParams
    ) -> types.CallToolResult:
        try:
            if asked.name not in OFFERED:
                raise UsageError("no such tool", where=asked.name[:60], hint=f"one of {', '.join(OFFERED)}")
            endpoint = endpoints[asked.name]
            answer = await ask(endpoint, _read(endpoint, asked.arguments or {}))
        except RotationError as error:
            return types.CallToolResult(content=[_said(str(error))], is_error=True)
        return types.CallToolResult(content=[_said(_json(answer))], structured_content=dict(answer))

    return Server(
        "nlp-rotation",
        version=VERSION,
        instructions=_INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


async def run_stdio(server: Server[Any]) -> None:
    """Serve one assistant over standard input and output."""
    from mcp.server.stdio import stdio_server

    async with stdio_server() as (incoming, outgoing):
        await server.run(incoming, outgoing, server.create_initialization_options())


def _tool(endpoint: Endpoint) -> types.Tool:
    schemas = {known.name: {**known.schema, "description": known.about} for known in endpoint.parameters}
    most = OFFERED[endpoint.name]
    if most:
        schemas["limit"] |= {"maximum": most, "default": min(most, schemas["limit"]["default"])}
    required = [known.name for known in endpoint.parameters if known.required]
    if "{id}" in endpoint.path:
        schemas["id"] = {"type": "string", "description": "`article_id` of a row."}
        required.append("id")
    return types.Tool(
        name=endpoint.name,
        description=endpoint.about,
        input_schema={
            "type": "object",
            "properties": schemas,
            "required": required,
            "additionalProperties": False,
        },
        annotations=types.ToolAnnotations(read_only_hint=True, open_world_hint=False),
    )


def _read(endpoint: Endpoint, given: Mapping[str, Any]) -> Given:
    schema = _tool(endpoint).input_schema["properties"]
    told = {name: value for name, value in given.items() if value is not None}
    if "limit" in schema:
        asked = told.setdefault("limit", schema["limit"]["default"])
        told["limit"] = min(asked, schema["limit"]["maximum"]) if isinstance(asked, int) else asked
    path = {"id": told.pop("id", "")} if "{id}" in endpoint.path else {}
    return check(endpoint.parameters, told) | path


def _said(text: str) -> types.TextContent:
    return types.TextContent(type="text", text=text)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
