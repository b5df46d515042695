"""The operations, grouped by what they are about."""

# Generated from the OpenAPI description; do not edit, regenerate.

from .invoices import AsyncInvoices, Invoices

__all__ = [
    "Invoices",
    "AsyncInvoices",
]
