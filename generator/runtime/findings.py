"""All that is wrong with an object, in words, each thing at its wire path."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

from pydantic import ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from .alternatives import is_alternative, pertinent
from .groups import PropertyGroup, groups_of
from .messages import explain
from .sending import Sending
from .wire import WireModel, wire_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pydantic_core import ErrorDetails

# Any: classes of requests, which stand above this file, and values of any type.

ANY_NAME: Final[PropertyGroup[object]] = PropertyGroup("")
"""What unlisted fields are checked as: any JSON value, its numbers exact."""


class Finding(NamedTuple):
    """Something that is wrong with an object: where in it, the kind of error, the message, the value given, details."""

    path: tuple[str | int, ...]
    kind: str
    message: str
    value: object
    details: Mapping[str, object] = {}


def _found(path: tuple[str | int, ...], error: ErrorDetails) -> Finding:
    """What pydantic has found, in our words."""
    return Finding(path, error["type"], explain(error)[1], error["input"], error.get("ctx", {}))


def all_findings(
    cls: Any, data: object, error: ValidationError, context: object, *, unlisted: bool = False
) -> Iterator[Finding]:
    """All that is wrong with data that pydantic refuses.

    One report of everything: what was given is put to the rules too, though some of it is unfit.
    """
    names = wire_names(cls)
    known: set[tuple[str | int, ...]] = set()
    for one in pertinent(error.errors(include_url=False)):
        top, *rest = one["loc"] or ("",)
        path = (names.get(str(top), top), *rest)
        known.add(path)
        yield _found(path, one)
    given = data.wire_fields() if isinstance(data, WireModel) else data
    if isinstance(given, Mapping):
        fields = {names.get(str(name)) or str(name): value for name, value in given.items()}
        for found in (*broken_rules(cls, fields), *unfit_fields(cls, fields, context, unlisted=unlisted)):
            # Of a field that is unfit as a whole nothing more is said, nor of what is inside.
            if not any(found.path[:end] in known for end in range(1, len(found.path) + 1)):
                yield found


def broken_rules(cls: Any, fields: Mapping[str, object]) -> Iterator[Finding]:
    """The rules between fields that do not hold."""
    for condition in cls.constraints:
        for path, message in condition.failures(fields):
            yield Finding(path, "constraint", message, fields.get(str(path[0])) if path else None)


def unfit_fields(
    cls: Any, fields: Mapping[str, object], context: object, *, unlisted: bool = False
) -> Iterator[Finding]:
    """Nulls that must not be, fields that the model does not declare, and fields that are too new for the call."""
    names = wire_names(cls)
    declared = set(names.values())
    for name, value in fields.items():
        if name in declared:
            newer = cls.minimum_versions.get(name)
            if value is None and name not in cls.nullable:
                yield Finding((name,), "null", "must not be null: leave the field out instead", value)
            elif newer is not None and isinstance(context, Sending) and (fault := newer.fault(context.headers)):
                yield Finding((name,), "minimum_version", fault, value)
            continue
        if name in names:
            yield Finding((names[name],), "given_twice", f"is given twice, as {names[name]} and as {name}", value)
            continue
        if any(name == one.name for one in groups_of(cls)):
            yield Finding(
                (name,), "unknown_field", "is not a field here: give each of its members by its own name", value
            )
            continue
        groups = [one for one in groups_of(cls) if name in one] or [ANY_NAME] * unlisted
        if not groups:
            yield Finding((name,), "unknown_field", f"is not a field here{_suggestion(name, cls)}", value)
        for group in groups:
            try:
                group.read(value, context)
            except ValidationError as error:
                for one in pertinent(error.errors(include_url=False)):
                    yield _found((name, *one["loc"]), one)


def refusal(cls: Any, found: Iterable[Finding]) -> ValidationError:
    """The error that says all of this of an object of a class."""
    details: dict[object, InitErrorDetails] = {}
    for one in found:
        path = tuple(step for step in one.path if step != "" and not is_alternative(step))
        # A message is said as it is, and filled in last: braces in it would else be taken for placeholders.
        context = {**{key: value for key, value in one.details.items() if key != "message"}, "message": one.message}
        kind = PydanticCustomError(cast("Any", one.kind), "{message}", context)  # Any: a LiteralString
        # Alternatives can find the same.
        details.setdefault((path, one.kind, one.message), InitErrorDetails(type=kind, loc=path, input=one.value))
    return ValidationError.from_exception_data(cls.__name__, list(details.values()))


def _suggestion(name: str, cls: Any) -> str:
    import difflib  # here, as it is needed for errors alone

    close = difflib.get_close_matches(name, wire_names(cls).values(), n=1)
    groups = " or ".join(map(str, groups_of(cls)))
    hint = f"; did you mean {close[0]}?" if close else ""
    return f" ({groups} would be){hint}" if groups else hint
