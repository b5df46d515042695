"""Zuora's two standalone-invoice operations as a running system, on a developer's machine."""
