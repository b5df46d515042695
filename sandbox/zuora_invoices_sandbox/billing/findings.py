"""What the rules find: each is asked, and only then is an invoice refused, for all reasons at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, ParamSpec, TypeVar

from zuora_invoices_sandbox.refusal import Reason, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Parameters = ParamSpec("Parameters")
Value = TypeVar("Value")


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
