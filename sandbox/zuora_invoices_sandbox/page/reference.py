"""The description of the API to look at: as a file that names this sandbox first, which Swagger UI renders."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from zuora_invoices._runtime.codec import decode, encode

from .guard import guarded, refused

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request
    from starlette.routing import BaseRoute

_PACKAGE: Final = "flask_swagger_ui"
"""Only its files are used: importing it would import Flask."""
_BUNDLE: Final = {
    "swagger-ui.css": "text/css; charset=utf-8",
    "swagger-ui-bundle.js": "text/javascript",
    "favicon-32x32.png": "image/png",
}
_OWN: Final = {"reference.js": "text/javascript", "reference.css": "text/css; charset=utf-8"}
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "style-src 'self' 'unsafe-inline'; "  # Swagger UI writes style attributes
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_MISSING: Final = (
    "<!doctype html><title>Reference</title><p>Install the extra zuora-invoices[sandbox] to see this page."
)


def routes() -> list[BaseRoute]:
    """`/openapi.json`, and `/reference` with its files."""
    bundle = _bundle()
    return [
        Route("/openapi.json", guarded(_description), methods=["GET"]),
        Route("/reference", guarded(_page(bundle)), methods=["GET"]),
        Route("/reference/{name}", guarded(_file(bundle)), methods=["GET"]),
    ]


async def _description(request: Request) -> Response:
    here = {"url": f"{request.url.scheme}://{request.headers['host']}", "description": "This sandbox"}
    document = _document()
    servers = document["servers"]
    assert isinstance(servers, list)  # noqa: S101 - so the generator wrote it
    return Response(encode({**document, "servers": [here, *servers]}), media_type="application/json")


@cache
def _document() -> dict[str, object]:
    document = decode(files("zuora_invoices").joinpath("openapi.json").read_bytes())
    assert isinstance(document, dict)  # noqa: S101 - as above
    return {**document}


def _bundle() -> Path | None:
    """Where Swagger UI is, if it is installed."""
    found = find_spec(_PACKAGE)
    places = list(found.submodule_search_locations or ()) if found else []
    folder = Path(places[0]) / "dist" if places else None
    return folder if folder and all((folder / name).is_file() for name in _BUNDLE) else None


def _page(bundle: Path | None) -> Callable[[Request], Awaitable[Response]]:
    text = _own("reference.html").decode() if bundle else _MISSING

    async def answer(request: Request) -> Response:  # noqa: ARG001 - as endpoints are called
        return HTMLResponse(text, headers={"Content-Security-Policy": _POLICY})

    return answer


def _file(bundle: Path | None) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        name: str = request.path_params["name"]
        if name in _OWN:
            return Response(_own(name), media_type=_OWN[name])
        if bundle is None or name not in _BUNDLE:
            return refused(404, "there is no such file")
        content = await run_in_threadpool((bundle / name).read_bytes)
        return Response(content, media_type=_BUNDLE[name], headers={"Cache-Control": "max-age=3600"})

    return answer


def _own(name: str) -> bytes:
    return files("zuora_invoices_sandbox.page").joinpath("static", name).read_bytes()
