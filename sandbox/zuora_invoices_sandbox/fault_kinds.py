"""The kinds of faults, each with its effect: the same words in the help of the program and on the page."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Fault(StrEnum):
    """What can go wrong. Values are those of the header."""

    DROP_BEFORE = "drop-before"
    DROP_AFTER = "drop-after"
    CUT_BODY = "cut-body"
    ODD_FIELD = "odd-field"
    SLOW = "slow"
    TOO_MANY = "429"
    TOO_MANY_RETRY_AFTER = "429-retry-after"
    INTERNAL = "500"
    BAD_GATEWAY = "502"
    UNAVAILABLE = "503"
    UNAUTHORIZED = "401"
    LOCKED = "locked"
    TEMPORARY = "temporary"

    @property
    def effect(self) -> str:
        """What happens to a request, and whether it is done."""
        return _EFFECTS[self]


_EFFECTS: Final = {
    Fault.DROP_BEFORE: "not done; the connection ends without an answer",
    Fault.DROP_AFTER: "done; the connection ends without an answer",
    Fault.CUT_BODY: "done; the connection ends within the answer's body",
    Fault.ODD_FIELD: "done; the invoiceDate of an invoice in the answer is the number 0",
    Fault.SLOW: "done; the answer is late",
    Fault.TOO_MANY: "not done; the answer does not say when to try again",
    Fault.TOO_MANY_RETRY_AFTER: "not done; the answer has Retry-After",
    Fault.INTERNAL: "not done; an internal error",
    Fault.BAD_GATEWAY: "not done; a proxy's page in HTML",
    Fault.UNAVAILABLE: "not done; not available",
    Fault.UNAUTHORIZED: "not done; the token is no longer good",
    Fault.LOCKED: "not done; a transient refusal of category 50, kept under the key",
    Fault.TEMPORARY: "not done; a transient refusal of category 61, kept under the key",
}
