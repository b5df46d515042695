"""The rules between fields of two classes compared, as sets: added, dropped, or with another number."""

from __future__ import annotations

import ast
import math
from typing import TYPE_CHECKING, Final

from generator.review.change import Level, SymbolChange, SymbolKind
from generator.runtime import constraints

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_KINDS: Final = {
    one.__name__: one
    for one in vars(constraints).values()
    if isinstance(one, type) and issubclass(one, constraints.Condition)
}


def rule_changes(model: str, base: Sequence[ast.expr], head: Sequence[ast.expr]) -> Iterator[SymbolChange]:
    """What differs between two lists of conditions, each as Python; `model` is the symbol of their class."""
    before, after = ({ast.unparse(one): condition(one) for one in side} for side in (base, head))
    gone = [one for text, one in before.items() if text not in after]
    for new in [one for text, one in after.items() if text not in before]:
        old = next((one for one in gone if _limit(one)[0] == _limit(new)[0] != ""), None)
        if old is None:
            yield _changed(model, Level.MAJOR, "", str(new), f"has a new rule: {new}")
            continue
        gone.remove(old)
        (_, *was), (_, *now) = _limit(old), _limit(new)
        level = Level.MINOR if now[0] <= was[0] and now[1] >= was[1] else Level.MAJOR
        yield _changed(model, level, str(old), str(new), f"has the rule: {new}; it was: {old}")
    for old in gone:
        yield _changed(model, Level.MINOR, str(old), "", f"no longer has the rule: {old}")


def condition(expression: ast.expr) -> constraints.Condition:
    """The condition that an expression such as `Not(Present("a", "b"))` makes; nothing is run."""
    if not isinstance(expression, ast.Call):
        raise TypeError(f"no condition: {ast.unparse(expression)}")
    return _KINDS[ast.unparse(expression.func)](*map(_argument, expression.args))


def _argument(expression: ast.expr) -> object:
    if not isinstance(expression, ast.Call):
        return ast.literal_eval(expression)
    if ast.unparse(expression.func) in _KINDS:
        return condition(expression)
    return ast.literal_eval(expression.args[0])  # Decimal("0.5")


def _limit(one: constraints.Condition) -> tuple[str, float, float]:
    """What a rule limits, and the least and the most of it; an empty name: it is no limit."""
    if isinstance(one, constraints.TotalItems):
        return f"items {one.path}", 0, one.most
    if isinstance(one, constraints.Count):
        most = math.inf if one.most is None else one.most
        return ("fewest" if one.most is None else "most"), one.least, most
    return "", 0, 0


def _changed(model: str, level: Level, before: str, after: str, words: str) -> SymbolChange:
    return SymbolChange(
        f"{model}.constraints", SymbolKind.CHANGED, level, before, after, f"`{model}` {words}", is_check=True
    )
