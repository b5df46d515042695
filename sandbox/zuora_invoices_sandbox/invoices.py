"""The invoices of a tenant as a sequence, read from the database at each look."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING, Final, overload

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .records import InvoiceRecord
    from .store import Store

_PAGE: Final = 500
"""Invoices that are read from the database at once."""


class Invoices(Sequence["InvoiceRecord"]):
    """The invoices of a tenant, the oldest one first, with their items."""

    def __init__(self, store: Store, tenant: str) -> None:
        self._store = store
        self._tenant = tenant

    def __len__(self) -> int:
        return self._store.count(self._tenant)

    def __iter__(self) -> Iterator[InvoiceRecord]:
        return reversed(list(self._newest_first()))

    def __reversed__(self) -> Iterator[InvoiceRecord]:
        return self._newest_first()

    @overload
    def __getitem__(self, index: int) -> InvoiceRecord: ...
    @overload
    def __getitem__(self, index: slice) -> list[InvoiceRecord]: ...
    def __getitem__(self, index: int | slice) -> InvoiceRecord | list[InvoiceRecord]:
        if isinstance(index, slice):
            return list(self)[index]
        place = operator.index(index)
        newer = -1 - place if place < 0 else len(self) - 1 - place
        found = next(islice(self._newest_first(newer + 1), newer, None), None) if newer >= 0 else None
        if found is None:
            raise IndexError(f"there is no invoice {place}")
        return found

    def __repr__(self) -> str:
        return f"<{len(self)} invoices>"

    def _newest_first(self, wanted: int = _PAGE) -> Iterator[InvoiceRecord]:
        before: int | None = None
        while page := self._store.invoices(self._tenant, before=before, limit=min(wanted, _PAGE)):
            yield from (record for _, record in page)
            before = page[-1][0]
