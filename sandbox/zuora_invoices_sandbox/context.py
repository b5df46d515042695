"""What is known about a call when its invoices are looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from .ids import Ids
    from .messages import Headers
    from .tenant.model import Tenant, User


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls, and on what part of the tenant."""

    user: User
    entity: str | None = None
    """Id of the entity that the call works in, in a tenant with several; empty for a user who has none."""
    orgs: frozenset[str] | None = None
    """Ids of the orgs that the call may touch, in a tenant with several."""


@dataclass(frozen=True, slots=True)
class Context:
    """One call: its tenant, its caller, its moment and its headers."""

    tenant: Tenant
    caller: Caller
    now: datetime
    ids: Ids
    headers: Headers
    request_id: str = ""
    """Id of the request, 36 characters."""
