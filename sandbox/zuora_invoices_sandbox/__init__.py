"""Zuora's two standalone-invoice operations as a running system, on a developer's machine.

A test that needs no server:

    with Sandbox() as sandbox, sandbox.client() as client:
        client.invoices.create_standalone_invoice(order)
        assert sandbox.invoices[0].amount == Decimal("19.99")

`running` of `zuora_invoices_sandbox.http.server` serves one over HTTP; `pytest_plugin` has fixtures.
"""

from typing import TYPE_CHECKING

from zuora_invoices._runtime.lazy import lazily

if TYPE_CHECKING:
    from .calls import Call
    from .clock import Clock
    from .fault_kinds import Fault
    from .faults import FaultPolicy
    from .records import InvoiceRecord, ItemRecord
    from .sandbox import Sandbox
    from .store import StoreError
    from .tenant.findings import TenantError
    from .tenant.model import Tenant
else:
    # pytest imports this package for its plugin in every run, also where the extra is not installed.
    _load, __dir__ = lazily(
        __name__,
        {
            "Call": "calls",
            "Clock": "clock",
            "Fault": "fault_kinds",
            "FaultPolicy": "faults",
            "InvoiceRecord": "records",
            "ItemRecord": "records",
            "Sandbox": "sandbox",
            "StoreError": "store",
            "Tenant": "tenant.model",
            "TenantError": "tenant.findings",
        },
    )

    def __getattr__(name: str) -> object:
        try:
            return _load(name)
        except ModuleNotFoundError as error:
            library = (error.name or __name__).partition(".")[0]
            if library == __name__:
                raise
            hint = 'pip install "zuora-invoices[sandbox]"'
            raise ModuleNotFoundError(f"{library} is not installed: {hint}", name=error.name) from None


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
