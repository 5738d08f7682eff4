"""``nlp-rotation mcp``: the questions of a store as tools for an assistant, over standard streams."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from nlp_rotation.errors import RotationError
from nlp_rotation.present import options


def mcp(
    store: options.StorePath = options.DEFAULT_STORE_PATH,
    prices: Annotated[
        Path | None, typer.Option("--prices", metavar="PATH", help="Daily prices: a file or a folder.")
    ] = None,
) -> None:
    """Serve an assistant that speaks the Model Context Protocol; nothing can be written through it."""
    try:
        import anyio

        from nlp_rotation.present.server.api import ENDPOINTS
        from nlp_rotation.present.server.service import Served, Service
        from nlp_rotation.present.server.tools import run_stdio, server_of
    except ModuleNotFoundError as error:
        raise RotationError(
            f"tools for assistants need {error.name}", hint="pip install 'nlp-rotation[mcp]'"
        ) from error
    service = Service(Served(store=store, prices=prices))
    try:
        anyio.run(run_stdio, server_of({endpoint.name: endpoint for endpoint in ENDPOINTS}, service.ask))
    finally:
        service.close()
