"""Fixtures for pytest: a sandbox of one test's own, and clients that call it. In every run of pytest once installed.

pytest loads this module wherever the package is installed, so it imports nothing else, and needs no extra until a
fixture is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zuora_invoices import AsyncClient, Client

    from .sandbox import Sandbox

_MARKER: Final = (
    "zuora_sandbox(tenant=None, seed=0, faults=None, frozen_time=None): what the fixture zuora_sandbox is made with: "
    "a Tenant or the path of its file, a number that decides ids, a FaultPolicy, the moment at which time stands"
)
_MISSING: Final = "the fixtures of zuora-invoices need its extra: pip install 'zuora-invoices[sandbox]' ({} is missing)"


def pytest_addoption(parser: pytest.Parser) -> None:
    """The defaults of a project: `zuora_sandbox_tenant` and `zuora_sandbox_seed` in its configuration of pytest."""
    parser.addini("zuora_sandbox_tenant", "File of the tenant of zuora_sandbox, from the root directory", default="")
    parser.addini("zuora_sandbox_seed", "Number that decides the ids of zuora_sandbox", default="0")


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known, for those who check markers strictly."""
    config.addinivalue_line("markers", _MARKER)


@pytest.fixture
def zuora_sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """A sandbox of this test's own, in memory. Ids are the same in each run.

    The marker `zuora_sandbox` says with what it is made: `@pytest.mark.zuora_sandbox(tenant="tenant.yaml")`.
    """
    with _sandbox(request) as sandbox:
        yield sandbox


@pytest.fixture
def zuora_client(zuora_sandbox: Sandbox) -> Iterator[Client]:
    """A client that calls `zuora_sandbox`, with no network between them."""
    with zuora_sandbox.client() as client:
        yield client


@pytest.fixture
def zuora_async_client(zuora_sandbox: Sandbox) -> AsyncClient:
    """An async client that calls `zuora_sandbox`. It has no connections, so nobody needs to close it."""
    return zuora_sandbox.async_client()


def _sandbox(request: pytest.FixtureRequest) -> Sandbox:
    config = request.config
    settings: dict[str, Any] = {  # the arguments of a class that must not be imported yet
        "tenant": config.getini("zuora_sandbox_tenant") or None,
        "seed": config.getini("zuora_sandbox_seed"),
    }
    for marker in reversed(list(request.node.iter_markers("zuora_sandbox"))):  # the nearest comes last
        settings.update(marker.kwargs)
    if isinstance(settings["tenant"], str):
        settings["tenant"] = config.rootpath / settings["tenant"]
    try:
        settings["seed"] = int(settings["seed"])
    except ValueError:
        pytest.fail(f"zuora_sandbox_seed is a number, not {settings['seed']!r}", pytrace=False)
    try:
        from .sandbox import Sandbox

        return Sandbox(**settings)
    except ModuleNotFoundError as error:
        missing = str(error.name)
        if missing.startswith("zuora_invoices"):
            raise  # a fault of the package itself
    pytest.fail(_MISSING.format(missing), pytrace=False)
