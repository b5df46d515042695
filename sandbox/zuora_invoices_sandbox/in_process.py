"""What `--sandbox` of the command `zuora-invoices` calls: a sandbox in its own process, forgotten when it ends.

Like the fixtures of pytest it is found by an entry point, so that the client imports nothing of the sandbox.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def arguments() -> Iterator[dict[str, Any]]:  # Any: arguments of a client
    """The arguments of a `Client` that calls a new sandbox."""
    from .sandbox import Sandbox  # its libraries are an extra: the command says which one is missing

    with Sandbox() as sandbox:
        yield {
            "base_url": "http://sandbox.invalid",
            "client_id": sandbox.client_id,
            "client_secret": sandbox.client_secret,
            "http_client": sandbox.transport(),
        }
