"""What users hold: a sandbox of one tenant, to be called, looked at and steered."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from .calls import CallLog
from .clock import Clock
from .faults import Faults
from .ids import Ids
from .invoices import Invoices
from .service import Service
from .store import Store
from .tenant.model import Tenant
from .tenant.source import checked, default, load

if TYPE_CHECKING:
    from datetime import datetime
    from types import TracebackType
    from typing import Self, Unpack

    from starlette.applications import Starlette

    from zuora_invoices import AsyncClient, Client, Options

    from .faults import FaultPolicy
    from .http.transports import AsyncSandboxTransport, SandboxTransport
    from .messages import Delivery, Request

_URL: Final = "http://127.0.0.1"
"""What clients in this process take for its address; the transports ignore it."""


class Sandbox:
    """Zuora's two standalone-invoice operations, with state, rules and faults.

    Use it as a context manager, or call `close()`. Threads may share it, and several sandboxes a PostgreSQL database.

    `tenant` is whom it bills: a `Tenant`, the path of a YAML file, or by default the one that comes with the package.
    `database` is `:memory:`, the path of an SQLite file, or a URL of SQLite or PostgreSQL. With a `seed` the same calls
    get the same ids and the same faults. `faults` makes calls go wrong; see `faults.FaultPolicy`. Time stands
    still at `frozen_time`, which is in UTC if it has no zone; by default it is the machine's.

    Raises:
        TenantError: the tenant, or its file, is unfit; names everything that is wrong.
        StoreError: the database cannot be used.
    """

    def __init__(
        self,
        tenant: Tenant | str | Path | None = None,
        *,
        database: str = ":memory:",
        seed: int | None = None,
        faults: FaultPolicy | None = None,
        frozen_time: datetime | None = None,
    ) -> None:
        self.tenant = _tenant(tenant)
        self.store = Store(database)
        self.clock = Clock(frozen_time)
        self.faults = Faults(faults)
        self.calls = CallLog(secrets=[client.client_secret for client in self.tenant.clients])
        """The last calls, whatever became of them; the newest comes last."""
        self._ids = Ids(seed)
        self._service = Service(self.tenant, self.store, self.clock, self._ids, self.faults, self.calls)

    def __repr__(self) -> str:
        return f"Sandbox(tenant={self.tenant.id!r})"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def client_id(self) -> str:
        """Id of the tenant's first OAuth client, to call as."""
        return self.tenant.clients[0].client_id

    @property
    def client_secret(self) -> str:
        """Secret of the tenant's first OAuth client. It is made up, and opens nothing but sandboxes."""
        return self.tenant.clients[0].client_secret

    @property
    def invoices(self) -> Invoices:
        """The invoices that there are, the oldest one first; they are read from the database at each look."""
        return Invoices(self.store, self.tenant.id)

    def deliver(self, request: Request) -> Delivery:
        """Answer a request, or do to it what a fault says. Never raises."""
        return self._service.deliver(request)

    def transport(self) -> SandboxTransport:
        """The way in for a client in this process: `Client(..., http_client=sandbox.transport())`."""
        from .http.transports import SandboxTransport  # here, as servers need none

        return SandboxTransport(self)

    def async_transport(self) -> AsyncSandboxTransport:
        """The way in for an async client: `AsyncClient(..., http_client=sandbox.async_transport())`."""
        from .http.transports import AsyncSandboxTransport  # as above

        return AsyncSandboxTransport(self)

    def client(self, **options: Unpack[Options]) -> Client:
        """A client that calls this sandbox in this process, as the tenant's first OAuth client, to be closed as any."""
        from zuora_invoices import Client  # as above

        return Client(
            base_url=_URL,
            client_id=self.client_id,
            client_secret=self.client_secret,
            http_client=self.transport(),
            **options,
        )

    def async_client(self, **options: Unpack[Options]) -> AsyncClient:
        """The same, async. It has no connections of its own, so it may be left open."""
        from zuora_invoices import AsyncClient  # as above

        return AsyncClient(
            base_url=_URL,
            client_id=self.client_id,
            client_secret=self.client_secret,
            http_client=self.async_transport(),
            **options,
        )

    def app(self) -> Starlette:
        """The sandbox with its page, as an ASGI application for any server."""
        from .http.app import application  # here, as clients in this process need none

        return application(self)

    def revoke_tokens(self) -> None:
        """Make every token that was issued so far worthless."""
        self._service.tokens.revoke_all()

    def reset(self) -> None:
        """Be as at first: without invoices, contacts, numbers, keys, calls, ordered faults and used quotas.

        Time and the policy of faults are those that the sandbox was made with, and with a seed the same calls get the
        same ids once more. Tokens stay good for as long as they say.
        """
        self.store.reset(self.tenant.id)
        self._service.reset()
        self.calls.clear()
        self.faults.reset()
        self._ids.reset()
        self.clock.reset()

    def close(self) -> None:
        """Let go of the database."""
        self.store.close()


def _tenant(given: Tenant | str | Path | None) -> Tenant:
    if given is None:
        return default()
    return checked(given) if isinstance(given, Tenant) else load(Path(given))
