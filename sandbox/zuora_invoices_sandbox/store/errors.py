"""What can go wrong with the store."""

from __future__ import annotations


class StoreError(Exception):
    """The database cannot be opened or used; one line says why, without passwords or what was to be stored."""


class NumberTakenError(Exception):
    """The tenant has an invoice with this number; the transaction can go on."""

    def __init__(self, number: str) -> None:
        self.number = number
        super().__init__(f"invoice number {number} is in use")


def first_line(error: Exception) -> str:
    """What the driver says, without the statement and its values."""
    lines = str(getattr(error, "orig", None) or error).strip().splitlines()
    return lines[0].strip() if lines else type(error).__name__
