"""OpenAPI Overlay 1.0 and 1.1: changes to a description that stand in a file of their own, made before all else.

Each action names nodes by a JSONPath (RFC 9535) and merges something into them, puts another node there, or takes them
away, one action after the other. What an overlay brings has its place in the overlay, so that findings lead there.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

from generator.diagnostics import Consequence, Severity, UnusableInputError, rule
from generator.document.tree import Array, Json, Object

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jsonpath import JSONPathEnvironment

    from generator.diagnostics import Diagnostic, Location

INVALID_OVERLAY = rule(
    "invalid-overlay", Severity.ERROR, "an overlay must conform to OpenAPI Overlay 1.0 or 1.1", Consequence.FATAL
)
IDLE_ACTION = rule(
    "idle-overlay-action", Severity.WARNING, "an action of an overlay should find something to change", Consequence.NONE
)

_VERSION: Final = re.compile(r"1\.[01]\.[0-9]+")
_Steps: TypeAlias = "tuple[str | int, ...]"


class _Gone:
    """What is left of a node that an action takes away."""


_GONE: Final = _Gone()


def overlaid(root: Object, overlay: Json, start: Location) -> tuple[Object, list[Diagnostic]]:
    """The root of a description with the actions of an overlay carried out, and those that found nothing to change.

    Raises:
        UnusableInputError: the overlay is none; names everything that is wrong with it.
    """
    if not isinstance(overlay, Object):
        raise UnusableInputError([INVALID_OVERLAY.at(start, "an overlay must be an object")])
    wrong = list(_faults(overlay))
    if wrong:
        raise UnusableInputError(wrong)
    idle: list[Diagnostic] = []
    actions = overlay["actions"]
    for action in actions if isinstance(actions, Array) else ():
        assert isinstance(action, Object)  # noqa: S101 - for type checkers: the form was looked at
        changed, is_idle = _carried_out(root, action)
        if is_idle:
            idle.append(IDLE_ACTION.at(_place(action, "target"), f"nothing is at {action['target']}"))
        root = changed
    return root, idle


def _carried_out(root: Object, action: Object) -> tuple[Object, bool]:
    steps = _selected(root, action, "target")
    change = _change(root, action)
    # What is deeper, and later in an array, comes first: it is still where it was found.
    for one in sorted(steps, key=_order, reverse=True):
        changed = _at(root, one, change)
        if not isinstance(changed, Object):
            raise UnusableInputError([INVALID_OVERLAY.at(_place(action, "target"), "nothing would be left")])
        root = changed
    return root, not steps


def _change(root: Object, action: Object) -> Callable[[Json], Json | _Gone]:
    if action.get("remove") is True:
        return lambda _: _GONE
    key = "copy" if "copy" in action else "update"
    brought = action[key]
    if key == "copy":
        sources = _selected(root, action, "copy")
        if len(sources) != 1:
            message = f"{brought} must name one node, and names {len(sources)}"
            raise UnusableInputError([INVALID_OVERLAY.at(_place(action, "copy"), message)])
        brought = _found(root, sources[0])
    place = _place(action, key)
    return lambda value: _merged(value, brought, place)


def _merged(value: Json, brought: Json, place: Location) -> Json:
    """What becomes of a node: objects are merged to any depth, arrays get longer, anything else is replaced."""
    if isinstance(value, Object) and isinstance(brought, Object):
        both = {key: _merged(value[key], brought[key], place) for key in value if key in brought}
        return Object({**value, **brought, **both}, value.location, {**value.places, **brought.places})
    if isinstance(value, Array):
        added = brought if isinstance(brought, Array) else Array([brought], place, [place])
        return Array([*value, *added], value.location, [*value.places, *added.places])
    if isinstance(value, Object):
        raise UnusableInputError([INVALID_OVERLAY.at(place, "only an object can be merged into an object")])
    return brought


def _at(value: Json, steps: _Steps, change: Callable[[Json], Json | _Gone]) -> Json | _Gone:
    """The value with a change made to the node that some steps lead to."""
    if not steps:
        return change(value)
    step, below = steps[0], steps[1:]
    if isinstance(value, Object) and isinstance(step, str):
        made = _at(value[step], below, change)
        return value.changed({}, drop=[step]) if isinstance(made, _Gone) else value.changed({step: made})
    if isinstance(value, Array) and isinstance(step, int):
        made = _at(value[step], below, change)
        middle, places = ([], []) if isinstance(made, _Gone) else ([made], [value.places[step]])
        return Array(
            [*value[:step], *middle, *value[step + 1 :]],
            value.location,
            [*value.places[:step], *places, *value.places[step + 1 :]],
        )
    return value


def _found(value: Json, steps: _Steps) -> Json:
    found: Any = value  # an object or an array, whichever has such steps
    for step in steps:
        found = found[step]
    return cast("Json", found)


def _selected(root: Object, action: Object, key: str) -> list[_Steps]:
    return [tuple(match.parts) for match in _paths().finditer(str(action[key]), root)]


@cache
def _paths() -> JSONPathEnvironment:
    from jsonpath import JSONPathEnvironment  # takes as long as all else, and most descriptions have no overlay

    return JSONPathEnvironment(strict=True)


def _path_fault(text: str) -> str:
    from jsonpath import JSONPathError  # as above

    try:
        _paths().compile(text)
    except JSONPathError as error:
        return str(error.message)  # with its place, it fails to say anything of an empty text
    return ""


def _order(steps: _Steps) -> tuple[int, list[tuple[int, str]]]:
    return len(steps), [(step, "") if isinstance(step, int) else (-1, step) for step in steps]


# -- form -----------------------------------------------------------------------------------------------------------


def _faults(overlay: Object) -> Iterator[Diagnostic]:
    """Everything that is wrong with the form of an overlay."""
    version = overlay.get("overlay")
    if not isinstance(version, str) or _VERSION.fullmatch(version) is None:
        message = f"`overlay` must be a version such as '1.0.0' or '1.1.0', not {version!r}"
        yield INVALID_OVERLAY.at(_place(overlay, "overlay"), message)
    info = overlay.get("info")
    if not isinstance(info, Object) or not all(isinstance(info.get(key), str) for key in ("title", "version")):
        yield INVALID_OVERLAY.at(_place(overlay, "info"), "`info` must have a `title` and a `version`, both texts")
    actions = overlay.get("actions")
    if not isinstance(actions, Array) or not actions:
        yield INVALID_OVERLAY.at(_place(overlay, "actions"), "`actions` must be a list of at least one action")
        return
    for action, place in zip(actions, actions.places, strict=True):
        if isinstance(action, Object):
            yield from _action_faults(action)
        else:
            yield INVALID_OVERLAY.at(place, "an action must be an object")


def _action_faults(action: Object) -> Iterator[Diagnostic]:
    if unknown := [key for key in action if key not in _KEYS and not key.startswith("x-")]:
        yield INVALID_OVERLAY.at(_place(action, unknown[0]), f"an action has no {', '.join(map(repr, unknown))}")
    for key in ("target", "copy"):
        text = action.get(key)
        if key not in action and key == "copy":
            continue
        if not isinstance(text, str):
            yield INVALID_OVERLAY.at(_place(action, key), f"`{key}` must be a JSONPath such as $.paths['/a'].get")
            continue
        if reason := _path_fault(text):
            yield INVALID_OVERLAY.at(_place(action, key), f"{text} is no JSONPath of RFC 9535: {reason}")
    if not isinstance(action.get("remove", False), bool):
        yield INVALID_OVERLAY.at(_place(action, "remove"), "`remove` must be true or false")
    if "update" not in action and "copy" not in action and action.get("remove") is not True:
        yield INVALID_OVERLAY.at(action.location, "an action must have `update`, `copy`, or `remove: true`")


_KEYS: Final = ("target", "description", "update", "copy", "remove")


def _place(holder: Object, key: str) -> Location:
    return holder.places.get(key, holder.location)
