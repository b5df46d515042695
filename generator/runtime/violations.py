"""What is wrong with a value, as data: from pydantic's error to the path, the rule and a message of each finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from .alternatives import is_alternative, pertinent
from .messages import explain

if TYPE_CHECKING:
    from pydantic import ValidationError

__all__ = ["Violation", "violations"]


class Violation(Struct, frozen=True):
    """One broken rule: the wire path of the value, such as `lines[3].name`, the rule, and what to do.

    `rule` is the keyword of the description that is broken, such as `maxLength` or `required`, or `constraint` for a
    rule between fields.
    """

    path: str
    message: str
    rule: str = "constraint"

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message


def violations(error: ValidationError) -> tuple[Violation, ...]:
    """What a `pydantic.ValidationError` of a model says, as the `violations` of a `RequestValidationError`.

    For whoever makes a request model and wants to know what is wrong with it before anything is sent:

        try:
            order = models.Order.model_validate(data)
        except pydantic.ValidationError as error:
            for one in violations(error):
                print(one.path, one.rule, one.message)

    Paths, rules and messages are those that sending the same value gives, in the same order. Two things are known only
    when it is sent: parameters, and fields that depend on a header of the call. Of a value that can be of several types
    and is of none, it is said what is wrong with it as each of them, or as the one that a field of it names. No message
    holds what was given.

    An error of a model of your own is read too; its paths have the names that pydantic gives.
    """
    return found_under("", error)


def found_under(prefix: str, error: ValidationError) -> tuple[Violation, ...]:
    """The same, of a value at a path."""
    errors = pertinent(error.errors(include_url=False, include_input=False))
    found = ((one["loc"], *explain(one)) for one in errors)
    # Alternatives can find the same.
    return tuple(dict.fromkeys(Violation(wire_path(steps, prefix), message, rule) for steps, rule, message in found))


def wire_path(steps: tuple[int | str, ...], prefix: str = "") -> str:
    """Steps as people write them: `("lines", 3, "name")` is `lines[3].name`."""
    path = prefix
    for step in steps:
        if not is_alternative(step):
            path += f"[{step}]" if isinstance(step, int) else f".{step}" if path else step
    return path
