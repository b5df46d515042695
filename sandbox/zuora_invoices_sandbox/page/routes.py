"""The routes of the page, and of `/_sandbox` for programs in other languages."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.routing import Route

from zuora_invoices._runtime.codec import encode
from zuora_invoices_sandbox.store import StoreError

from .control import Control
from .guard import guarded, refused
from .live import Live
from .queries import Queries, UnfitQueryError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from zuora_invoices_sandbox.protocols import Inspected

    from .views import View

_TYPES: Final = {"html": "text/html; charset=utf-8", "css": "text/css; charset=utf-8", "js": "text/javascript"}
_FILES: Final = ("page.css", "page.js", "dom.js", "invoices.js", "calls.js", "controls.js")


def routes(sandbox: Inspected) -> list[BaseRoute]:
    """The page at `/`, and what it needs under `/_sandbox`."""
    queries, control = Queries(sandbox), Control(sandbox)
    views: dict[str, Callable[[Request], View]] = {
        "/_sandbox/state": queries.state,
        "/_sandbox/invoices": queries.invoices,
        "/_sandbox/invoices/{id}": queries.invoice,
        "/_sandbox/calls": queries.calls,
        "/_sandbox/calls/{number}": queries.call,
    }
    return [
        Route("/", guarded(_file("index.html")), methods=["GET"]),
        *(Route(f"/_sandbox/{name}", guarded(_file(name)), methods=["GET"]) for name in _FILES),
        *(Route(path, guarded(_answering(view)), methods=["GET"]) for path, view in views.items()),
        Route("/_sandbox/events", Live(sandbox.calls), methods=["GET"]),
        Route("/_sandbox/reset", guarded(control.reset), methods=["POST"]),
        Route("/_sandbox/clock", guarded(control.clock), methods=["POST"]),
        Route("/_sandbox/faults", guarded(control.faults), methods=["POST"]),
    ]


def _answering(view: Callable[[Request], View]) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        try:
            body = await run_in_threadpool(lambda: encode(view(request)))
        except UnfitQueryError as error:
            return refused(error.status, str(error))
        except StoreError as error:
            return refused(503, str(error))
        return Response(body, media_type="application/json")

    return answer


def _file(name: str) -> Callable[[Request], Awaitable[Response]]:
    text = files("zuora_invoices_sandbox.page").joinpath("static", name).read_bytes()
    kind = _TYPES[name.rpartition(".")[2]]

    async def answer(request: Request) -> Response:  # noqa: ARG001 - as endpoints are called
        return Response(text, media_type=kind)

    return answer
