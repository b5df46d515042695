"""Amounts of money: how they are reckoned with, rounded and shown. Exact, never through `float`."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from .tenant.model import TenantCurrency

ZERO: Final = Decimal(0)
_ONE: Final = Decimal(1)
_DIGITS: Final = 1000
_SMALLEST: Final = tuple(Decimal((0, (1,), -decimals)) for decimals in range(10))
"""The smallest amount of a currency, by its decimals."""


_EXACT: Final = Context(prec=_DIGITS, rounding=ROUND_HALF_UP, traps=[InvalidOperation, DivisionByZero, Overflow])


def arithmetic() -> Context:
    """A context with room enough for amounts: `with localcontext(arithmetic()):`.

    Numbers of requests have at most 64 digits on each side of the point, so sums and products are exact. A quotient of
    such numbers that is no half differs from one long before the last digit, so that rounding it is right.
    """
    return _EXACT


def rounded(number: Decimal, currency: TenantCurrency) -> Decimal:
    """The amount that a currency has for a number, with all decimals of the currency and no minus before zero."""
    amount = number.quantize(_SMALLEST[currency.decimals], currency.rounding, _EXACT)
    return amount or amount.copy_abs()


def plain(number: Decimal) -> Decimal:
    """The same amount in the fewest digits, as the API's samples have it: 700 and 19.99, never 700.00 or 7E+2."""
    is_whole = number == number.to_integral_value()
    return number.quantize(_ONE, context=_EXACT) if is_whole else number.normalize(_EXACT)
