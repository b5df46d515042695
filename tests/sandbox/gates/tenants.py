"""A tenant with the least that it needs."""

from __future__ import annotations

from typing import Any, Final

from zuora_invoices_sandbox.tenant.model import Limits, Permission, Tenant, User

USER: Final = User(id="a" * 32, name="Ann", permissions=(Permission.CREATE, Permission.MODIFY))
OTHER: Final = User(id="b" * 32, name="Ben", entities=("north", "south"))
CLIENT_ID: Final = "11111111-2222-3333-4444-555555555555"
OTHER_ID: Final = "66666666-7777-8888-9999-000000000000"
SECRET: Final = "sesame+open & shut=5%"
OTHER_SECRET: Final = "another=secret"


def tenant(limits: dict[str, Any] | None = None, **changes: Any) -> Tenant:
    """A small tenant; `changes` and `limits` are by Python names."""
    content = {
        "id": "1000",
        "name": "Small",
        "api_version": "340.0",
        "features": [],
        "home_currency": "EUR",
        "currencies": [{"code": "EUR"}],
        "payment_terms": [{"id": "c" * 32, "name": "Net 30", "days": 30}],
        "entities": [{"id": "north", "name": "North"}, {"id": "south", "name": "South"}],
        "sequence_sets": [{"id": "d" * 32, "name": "Default"}],
        "users": [USER, OTHER],
        "clients": [
            {"client_id": CLIENT_ID, "client_secret": SECRET, "user": USER.id},
            {"client_id": OTHER_ID, "client_secret": OTHER_SECRET, "user": OTHER.id},
        ],
        "limits": Limits.model_validate(limits or {}),
    }
    return Tenant.model_validate(content | changes)
