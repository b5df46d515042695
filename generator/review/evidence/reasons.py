"""Why a value is refused, in words: of what jsonschema-rs says the first thing, in short."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, cast

from jsonschema_rs import ValidationErrorKind

from generator.diagnostics import Location
from generator.document.tree import Document, Node, Object
from generator.review.rules import fragments
from generator.review.rules.descriptions import describe_fragment
from generator.review.rules.terms import all_names
from generator.validation.rules.conformance import leaves, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jsonschema_rs import ValidationError

    from generator.review.rules.fragments import Plain

_LONGEST: Final = 160
_OF_SIZE: Final = re.compile(r"[\[{].{60,}[\]}] (has (?:(?:more|less) than \d+ \w+|non-unique elements))", re.DOTALL)
"""What is said of the size of an array or an object, which need not be quoted for that once more."""
_QUOTED: Final = Location("quoted", 1, 1)


def reason(errors: Iterable[ValidationError]) -> str | None:
    """What is wrong with a value; `None` where nothing is, or nobody can tell."""
    error = next(iter(errors), None)
    if error is None:
        return None
    if (message := _in_words(error)) is not None:
        where = "".join(f"/{step}" for step in error.instance_path)
        return shorten(f"{f'at {where}: ' if where else ''}{message}", _LONGEST)
    found = next(leaves(error), None)
    if found is None or found.message.startswith("Error executing regex"):
        return None
    if found.message.startswith("False schema"):
        where = f"at /{'/'.join(found.path)}: " if found.path else ""
        return f"{where}nothing is allowed here"
    return shorten(str(found), _LONGEST)


def _in_words(error: ValidationError) -> str | None:
    """What quoting would not explain; `None` for the rest."""
    match error.kind:
        case ValidationErrorKind.OneOfMultipleValid(context=context):
            fitting = [str(position) for position, below in enumerate(context, 1) if not below]
            variants = f"variants {' and '.join(fitting)}" if len(fitting) > 1 else "several variants"
            return f"it fits {variants} where only one is allowed"
        case ValidationErrorKind.Not(schema=schema):
            return _refused(cast("Plain", schema))  # JSON, as the schema was given
        case ValidationErrorKind.AnyOf(context=context) | ValidationErrorKind.OneOfNotValid(context=context):
            return _demanded(error, context)
        case _:
            sized = _OF_SIZE.fullmatch(error.message)
            return f"it {sized[1]}" if sized else None


def _refused(schema: Plain) -> str:
    """What a schema that must not hold says."""
    if not isinstance(schema, dict) or "$ref" in fragments.text(schema):
        return "the value is excluded"
    names = schema.get("required")
    if isinstance(names, list) and names and set(schema) <= {"type", "required"}:
        together = " together" if len(names) > 1 else ""
        return f"{all_names(map(str, names))} {'are' if together else 'is'} not allowed{together}"
    if set(schema) <= {"type", "enum", "const"} and set(schema) & {"enum", "const"}:
        return "the value is excluded"
    whole = Node(Document(Object({}, _QUOTED), ("quoted",)), "", fragments.placed(schema, _QUOTED), _QUOTED)
    return f"it must not be {describe_fragment(fragments.canonical(whole), lenient=True)}"


def _demanded(error: ValidationError, context: Sequence[Sequence[ValidationError]]) -> str | None:
    """Which members are missing, where each variant lacks just one."""
    missing: list[str] = []
    for below in context:
        kinds = [each.kind for each in below if list(each.instance_path) == list(error.instance_path)]
        match kinds:
            case [ValidationErrorKind.Required(property=name)] if len(below) == 1:
                missing.append(name)
            case _:
                return None
    several = "at least one of " if error.kind.name == "anyOf" else "exactly one of "
    return f"{several if len(set(missing)) > 1 else ''}{all_names(set(missing))} is required" if missing else None
