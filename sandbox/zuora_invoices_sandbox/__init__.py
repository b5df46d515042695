"""Zuora's two standalone-invoice operations as a running system, on a developer's machine.

from zuora_invoices import Client
from zuora_invoices_sandbox import Sandbox

with Sandbox() as sandbox, Client(base_url="https://sandbox", client_id=sandbox.client_id,
        client_secret=sandbox.client_secret, http_client=sandbox.transport()) as client:
    ...
    assert sandbox.invoices[0].amount == Decimal("19.99")
"""

from typing import TYPE_CHECKING

from zuora_invoices._runtime.lazy import lazily

if TYPE_CHECKING:
    from .calls import Call
    from .clock import Clock
    from .faults import Fault, FaultPolicy
    from .records import InvoiceRecord, ItemRecord
    from .sandbox import Sandbox
    from .store import StoreError
    from .tenant.model import Tenant
    from .tenant.findings import TenantError
else:
    # pytest imports this package for its plugin in every run, also where the extra is not installed.
    __getattr__, __dir__ = lazily(
        __name__,
        {
            "Call": "calls",
            "Clock": "clock",
            "Fault": "faults",
            "FaultPolicy": "faults",
            "InvoiceRecord": "records",
            "ItemRecord": "records",
            "Sandbox": "sandbox",
            "StoreError": "store",
            "Tenant": "tenant.model",
            "TenantError": "tenant.findings",
        },
    )

__all__ = [
    "Call",
    "Clock",
    "Fault",
    "FaultPolicy",
    "InvoiceRecord",
    "ItemRecord",
    "Sandbox",
    "StoreError",
    "Tenant",
    "TenantError",
]
