"""What the methods of a package take: their arguments, as Python writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.package import choices
from generator.python.naming import TAKEN_BY_BULK
from generator.python.source import quoted

if TYPE_CHECKING:
    from generator.api.model import Choice, Operation, RequestBody


def positional(operation: Operation) -> list[str]:
    """What a call is about, in the order of the path, then the body."""
    paths = sorted(
        (one for one in operation.parameters if one.where == "path"),
        key=lambda one: operation.path.find(f"{{{one.wire_name}}}"),
    )
    parts = [f"{one.name}: {one.type.plain}" for one in paths]
    if operation.body is not None:
        plain = _body_type(operation.body, *operation.bodies)
        parts.append(f"body: {plain}" if operation.body.required else f"body: {_optional(plain)} = None")
    return parts


def keywords(operation: Operation, choice: Choice | None = None) -> list[str]:
    """Everything else, by name alone; what is required comes first.

    With a choice the media type of the answer is one of it, and required where it is not the first choice.
    """
    others = sorted((one for one in operation.parameters if one.where != "path"), key=lambda one: not one.required)
    listed = [
        f"{one.name}: {one.type.plain}" if one.required else f"{one.name}: {_optional(one.type.plain)} = None"
        for one in others
    ]
    if operation.bodies:
        named = ", ".join(map(quoted, media_types(operation)))
        listed.append(f"content_type: Literal[{named}] | None = None")
    if operation.accepts:
        can_be_left_out = choice in (None, operation.choices[0])
        listed.append(choices.accept(operation.choices if choice is None else [choice], can_be_left_out))
    return listed


def arguments(operation: Operation) -> str:
    """The arguments of a call by their names, but for the body, as a dict."""
    chosen = [*["content_type"] * bool(operation.bodies), *["accept"] * bool(operation.accepts)]
    names = [*(one.name for one in operation.parameters), *chosen]
    return f"{{{', '.join(f'{quoted(name)}: {name}' for name in names)}}}"


def bulk_parameters(operation: Operation) -> list[tuple[str, str]]:
    """Parameters that all requests of a run have in common, and the names of their arguments."""
    shared = (one for one in operation.parameters if not (one.idempotency_key or one.correlation_id))
    return [(one.name, f"{one.name}_" if one.name in TAKEN_BY_BULK else one.name) for one in shared]


def bulk_keywords(operation: Operation) -> list[str]:
    """Those parameters, by name alone; what is required comes first."""
    names = dict(bulk_parameters(operation))
    shared = sorted((one for one in operation.parameters if one.name in names), key=lambda one: not one.required)
    return [
        f"{names[one.name]}: {one.type.plain}"
        if one.required
        else f"{names[one.name]}: {_optional(one.type.plain)} = None"
        for one in shared
    ]


def media_types(operation: Operation) -> list[str]:
    """What a body can be sent as, the usual first."""
    return [one.media_type for one in (operation.body, *operation.bodies) if one is not None]


def _body_type(*bodies: RequestBody) -> str:
    """What a body may be, in whichever media type."""
    if len(bodies) == 1:
        return bodies[0].type.plain
    options = dict.fromkeys(option for one in bodies for option in one.type.options)
    return "Any" if "Any" in options else " | ".join(sorted(options, key=lambda one: one == "None"))


def _optional(plain: str) -> str:
    return plain if plain == "Any" or plain.endswith("| None") else f"{plain} | None"
