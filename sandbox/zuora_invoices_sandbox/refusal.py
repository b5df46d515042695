"""Why something is refused: reasons with 8-digit codes, of which the last two digits are the category.

The first six digits name a resource and, for a field, its place in the description's list of fields. The categories
are those of the description, under the names that are used here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING, Final

from zuora_invoices import models

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic import BaseModel


class Category(IntEnum):
    """The last two digits of a code; `tests/sandbox/test_refusal.py` holds them against the description."""

    DENIED = 10
    UNAUTHENTICATED = 11
    INVALID = 20
    UNKNOWN_FIELD = 21
    MISSING_FIELD = 22
    MISSING_PARAMETER = 23
    RULE = 30
    NOT_FOUND = 40
    LOCKED = 50
    INTERNAL = 60
    TEMPORARY = 61
    LIMIT = 70
    MALFORMED = 90
    INTEGRATION = 99


GENERAL: Final = 500000
"""Resource of what concerns a call as a whole."""
UNEXPECTED: Final = 900000
"""Resource of authentication and of what is unexpected."""
_RESOURCES: Final = {
    models.PostInvoiceType: 5849,
    models.PostInvoiceItemType: 5850,
    models.PostDiscountItemType: 5851,
    models.PostTaxationItemType: 5852,
    models.Contact: 5853,
    models.CustomRate: 5854,
    models.PostInvoicesType: 5855,
}
_NO_FIELD: Final = 99


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that is wrong."""

    code: int
    message: str

    @property
    def category(self) -> Category:
        """The last two digits of the code."""
        return Category(self.code % 100)


class Refused(Exception):  # noqa: N818 - an outcome, and no error of this program
    """The call, or one invoice of it, is refused. Nothing of it was done.

    `status` is that of the whole answer, if the refusal is of the whole call.
    """

    def __init__(self, reasons: Sequence[Reason], status: int = 200, headers: tuple[tuple[str, str], ...] = ()) -> None:
        self.reasons = tuple(reasons)
        self.status = status
        self.headers = headers
        super().__init__("; ".join(reason.message for reason in self.reasons))


def reason(owner: type[BaseModel], wire_name: str | None, category: Category, message: str) -> Reason:
    """A reason that concerns a field of a generated model, or the object as a whole (`None`, or a name not declared).

    `reason(PostInvoiceType, "accountId", Category.NOT_FOUND, ...)` has the code 58490040.
    """
    return Reason((_RESOURCES[owner] * 100 + _places(owner).get(wire_name or "", _NO_FIELD)) * 100 + category, message)


def general(category: Category, message: str) -> Reason:
    """A reason that concerns the call: its limits, its headers, its permissions."""
    return Reason(GENERAL * 100 + category, message)


def unexpected(category: Category, message: str) -> Reason:
    """A reason that concerns authentication, or a request that cannot be read."""
    return Reason(UNEXPECTED * 100 + category, message)


@cache
def _places(owner: type[BaseModel]) -> dict[str, int]:
    return {field.serialization_alias or name: place for place, (name, field) in enumerate(owner.model_fields.items())}
