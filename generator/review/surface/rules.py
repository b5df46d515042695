"""The rules between fields of two classes compared, as sets: added, dropped, or with another number."""

from __future__ import annotations

import ast
import math
from typing import TYPE_CHECKING

from generator.api.model import Condition
from generator.review.change import Level, SymbolChange, SymbolKind
from generator.review.surface.annotation import unparsed
from generator.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.document.tree import Json


def rule_changes(model: str, base: Sequence[ast.expr], head: Sequence[ast.expr]) -> Iterator[SymbolChange]:
    """What differs between two lists of conditions, each as Python; `model` is the symbol of their class."""
    before, after = ({unparsed(one): condition(one) for one in side} for side in (base, head))
    gone = [one for text, one in before.items() if text not in after]
    for new in [one for text, one in after.items() if text not in before]:
        old = next((one for one in gone if _limit(one)[0] == _limit(new)[0] != ""), None)
        if old is None:
            yield _changed(model, Level.MAJOR, "", sentence(new), f"has a new rule: {sentence(new)}")
            continue
        gone.remove(old)
        (_, *was), (_, *now) = _limit(old), _limit(new)
        level = Level.MINOR if now[0] <= was[0] and now[1] >= was[1] else Level.MAJOR
        yield _changed(
            model, level, sentence(old), sentence(new), f"has the rule: {sentence(new)}; it was: {sentence(old)}"
        )
    for old in gone:
        yield _changed(model, Level.MINOR, sentence(old), "", f"no longer has the rule: {sentence(old)}")


def _changed(model: str, level: Level, before: str, after: str, text: str) -> SymbolChange:
    return SymbolChange(
        f"{model}.constraints", SymbolKind.CHANGED, level, before, after, f"`{model}` {text}", is_check=True
    )


# -- reading ---------------------------------------------------------------------------------------------------------


def condition(expression: ast.expr) -> Condition:
    """The condition that an expression such as `Not(Present("a", "b"))` makes; nothing is run.

    Raises:
        TypeError: the expression is no call.
    """
    if not isinstance(expression, ast.Call):
        raise TypeError(f"no condition: {unparsed(expression)}")
    return Condition(unparsed(expression.func), tuple(map(_argument, expression.args)))


def _argument(expression: ast.expr) -> Condition | Json:
    if not isinstance(expression, ast.Call):
        value: Json = ast.literal_eval(expression)
        return value
    if unparsed(expression.func) == "Decimal":
        return str(ast.literal_eval(expression.args[0]))
    return condition(expression)


def _limit(one: Condition) -> tuple[str, float, float]:
    """What a rule limits, and the least and the most of it; an empty name: it is no limit."""
    match one.kind, one.arguments:
        case "TotalItems", (str(path), int(most)):
            return f"items {path}", 0, most
        case "Count", (int(least), None):
            return "fewest", least, math.inf
        case "Count", (int(least), int(most)):
            return "most", least, most
    return "", 0, 0


# -- writing ---------------------------------------------------------------------------------------------------------


def sentence(one: Condition) -> str:
    """A rule as people say it: `a and b are not given together`."""
    parts = [part for part in one.arguments if isinstance(part, Condition)]
    values = [str(part) for part in one.arguments if not isinstance(part, Condition)]
    name = values[0] if values else ""
    match one.kind:
        case "Present":
            return f"{listed(values)} {'is' if len(values) == 1 else 'are'} given"
        case "In":
            return f"{name}, where given, is {listed(values[1:], 'or')}"
        case "Inside":
            return f"in {name}, {sentence(parts[0])}"
        case "Count":
            least, most = values
            return f"at least {least} fields are given" if most == "None" else f"at most {most} fields are given"
        case "TotalItems":
            return f"{name} has at most {values[1]} elements in all"
        case "Not":
            return _negated(parts[0])
        case "When":
            return f"where {sentence(parts[0])}, {sentence(parts[1])}"
        case "AllOf":
            return _value(parts) or " and ".join(map(sentence, parts))
        case _:
            return _choice(one.kind, parts)


def _negated(one: Condition) -> str:
    names = [str(part) for part in one.arguments]
    if one.kind == "Present":
        return f"{names[0]} is not given" if len(names) == 1 else f"{listed(names)} are not given together"
    value = _value([part for part in one.arguments if isinstance(part, Condition)]) if one.kind == "AllOf" else ""
    return value.replace(" is ", " is not ", 1) if value else f"it is not so that {sentence(one)}"


def _value(parts: Sequence[Condition]) -> str:
    """Of a field that is given and has some value: both in one."""
    named = {part.kind: part.arguments for part in parts}
    if len(parts) == 2 and named.keys() == {"In", "Present"} and named["Present"] == named["In"][:1]:
        return f"{named['In'][0]} is {listed([str(value) for value in named['In'][1:]], 'or')}"
    return ""


def _choice(kind: str, parts: Sequence[Condition]) -> str:
    names = [str(part.arguments[0]) for part in parts if part.kind == "Present" and len(part.arguments) == 1]
    if kind == "AnyOf":
        alone = f"at least one of {listed(names)} is given"
        return alone if len(names) == len(parts) else ", or ".join(map(sentence, parts))
    alone = f"exactly one of {listed(names)} is given"
    return alone if len(names) == len(parts) else f"exactly one of these holds: {'; '.join(map(sentence, parts))}"
