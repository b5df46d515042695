"""What the rules find: each is asked, and only then is an invoice refused, for all reasons at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, ParamSpec, TypeVar

from zuora_invoices.models import PostInvoiceType
from zuora_invoices_sandbox.findings import LISTED
from zuora_invoices_sandbox.refusal import Category, Reason, Refused, reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Parameters = ParamSpec("Parameters")
Value = TypeVar("Value")

_SHOWN: Final = 100  # characters


def excerpt(text: str) -> str:
    """A text of the order as a message shows it: an empty one too, and not all of one that is very long."""
    if not text:
        return '""'
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."


class Findings:
    """The reasons found so far against one invoice."""

    def __init__(self, reasons: Iterable[Reason] = ()) -> None:
        self.reasons: list[Reason] = list(reasons)

    def add(self, reasons: Iterable[Reason]) -> None:
        """Take what a rule has found."""
        self.reasons.extend(reasons)

    def ask(
        self, rule: Callable[Parameters, Value], *arguments: Parameters.args, **options: Parameters.kwargs
    ) -> Value | None:
        """What a rule makes of its arguments; nothing if it refuses them, and then its reasons are kept."""
        try:
            return rule(*arguments, **options)
        except Refused as refused:
            self.add(refused.reasons)
            return None

    def listed(self) -> list[Reason]:
        """The reasons for an answer: if there are very many, the first ones and how many more there are."""
        more = len(self.reasons) - LISTED
        if more <= 0:
            return self.reasons
        message = f"at least {more} more {'things are' if more > 1 else 'thing is'} wrong"
        return [*self.reasons[:LISTED], reason(PostInvoiceType, None, Category.RULE, message)]
