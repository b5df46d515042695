"""A sandbox as those see it who stand below it: its page and the ways in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from .calls import CallLog
    from .clock import Clock
    from .faults import Faults
    from .messages import Delivery, Request
    from .store import Store
    from .tenant.model import Tenant


class Delivers(Protocol):
    """What answers requests: a sandbox, or its service."""

    def deliver(self, request: Request) -> Delivery:
        """Answer a request, or do to it what a fault says. Never raises."""
        ...


class Inspected(Protocol):
    """What the page shows and controls."""

    @property
    def tenant(self) -> Tenant:
        """Whom it bills."""
        ...

    @property
    def store(self) -> Store:
        """Its invoices."""
        ...

    @property
    def clock(self) -> Clock:
        """Its time."""
        ...

    @property
    def faults(self) -> Faults:
        """What goes wrong on demand."""
        ...

    @property
    def calls(self) -> CallLog:
        """The last calls."""
        ...

    @property
    def client_id(self) -> str:
        """Id of the OAuth client that examples call as."""
        ...

    def reset(self) -> None:
        """Be as at first."""
        ...


class Served(Delivers, Inspected, Protocol):
    """What is served over HTTP: the operations and the page."""
