"""What can go wrong with the store."""

from __future__ import annotations

from sqlalchemy import exc


class StoreError(Exception):
    """The database cannot be opened or used; one line says why, without passwords or what was to be stored."""


class NumberTakenError(Exception):
    """The tenant has an invoice with this number; the transaction can go on."""

    def __init__(self, number: str) -> None:
        self.number = number
        super().__init__(f"invoice number {number} is in use")


def first_line(error: Exception) -> str:
    """What the driver says, without the statement and its values.

    That is of the first failure: SQLite undoes all when its disk is full, and then finds no savepoint to undo.
    """
    first, before = error, error.__context__
    while before is not None:
        if isinstance(before, exc.SQLAlchemyError):
            first = before
        before = before.__context__
    lines = str(getattr(first, "orig", None) or first).strip().splitlines()
    return lines[0].strip() if lines else type(first).__name__
