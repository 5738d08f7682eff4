"""``nlp-rotation serve``: the page and the API, for this machine unless a token is set."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from nlp_rotation.errors import RotationError, UsageError
from nlp_rotation.present import options

DEFAULT_PORT = 8400


def serve(
    store: options.StorePath = options.DEFAULT_STORE_PATH,
    prices: Annotated[
        Path | None, typer.Option("--prices", metavar="PATH", help="Daily prices: a file or a folder.")
    ] = None,
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="Port; 0 for any free one.")
    ] = DEFAULT_PORT,
    token: Annotated[
        str, typer.Option("--token", envvar="NLP_ROTATION_TOKEN", help="What every request has to carry.")
    ] = "",
    allow_host: Annotated[
        list[str] | None,
        typer.Option(
            "--allow-host", metavar="NAME", help="A name that the server is called by; may be repeated."
        ),
    ] = None,
) -> None:
    """Serve the page, the API and its description; nothing can be written through it."""
    try:
        import uvicorn

        from nlp_rotation.present.server.app import build_app
        from nlp_rotation.present.server.guard import access_of
        from nlp_rotation.present.server.service import Served
    except ModuleNotFoundError as error:
        raise RotationError(
            f"a server needs {error.name}", hint="pip install 'nlp-rotation[serve]'"
        ) from error
    check_address(host, token)
    app = build_app(
        Served(store=store, prices=prices, ahead=("chart",)),
        access_of(host=host, token=token, names=allow_host or ()),
    )
    typer.echo(f"serving {store} at http://{host}:{port}/", err=True)
    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False, proxy_headers=False)


def check_address(host: str, token: str) -> None:
    """Refuse to listen to other machines without a token.

    :raises UsageError: where that is asked for, or the token is too short to keep anybody out.
    """
    from nlp_rotation.present.server.guard import LOOPBACK

    if host not in LOOPBACK and not token:
        raise UsageError(
            "whoever reaches that address could read the store", where=f"--host {host}", hint="set --token"
        )
    if token and (len(token) < 16 or not token.isascii()):
        raise UsageError("a token of fewer than 16 letters and digits can be guessed", where="--token")
