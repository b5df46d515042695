"""Tenants for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zuora_invoices_sandbox.tenant.model import Feature, Tenant, User

if TYPE_CHECKING:
    from collections.abc import Iterable

USER = User(id="0" * 32, name="Ana")


def tenant_with(features: Iterable[Feature] = (), **others: Any) -> Tenant:
    """The least that is a tenant, with some features (`Any`: fields of many types)."""
    least: dict[str, Any] = {
        "id": "t",
        "name": "Tenant",
        "apiVersion": "400.0",
        "features": frozenset(features),
        "homeCurrency": "USD",
        "currencies": [{"code": "USD"}],
        "paymentTerms": [{"id": "1" * 32, "name": "Net 30", "days": 30}],
        "sequenceSets": [{"id": "2" * 32, "name": "Default"}],
        "users": [USER],
        "clients": [{"clientId": "c" * 36, "clientSecret": "s" * 8, "user": "0" * 32}],
    }
    return Tenant.model_validate({**least, **others})
