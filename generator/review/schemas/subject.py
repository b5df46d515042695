"""What messages call a schema, a value, a type. A leaf of this package."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from generator.document.tree import unescape
from generator.review.rules.fragments import plain
from generator.review.rules.terms import code, shown
from generator.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.document.tree import Node

_PLAIN_NAME: Final = re.compile(r"[A-Za-z_$@-][\w$@-]*")
_MOST = 8


def subject(node: Node) -> str:
    """A schema by its name and the way into it: "`Pet.tags[*]`"; what has no name is "the value"."""
    steps = node.pointer.split("/")[1:]
    way = ""
    if steps[:2] == ["components", "schemas"] and len(steps) > 2:
        way, steps = unescape(steps[2]), steps[3:]
    elif "schema" in steps:
        at = steps.index("schema")
        holder, steps = "/" + "/".join(steps[:at]), steps[at + 1 :]
        found = node.document.find(holder)
        if not any(word in steps for word in ("properties", "patternProperties", "items", "additionalProperties")):
            return _held(found, holder)
        way = found.text("name") if found is not None else ""
    while steps:
        word, *rest = steps
        if word in ("properties", "dependentSchemas") and rest:
            way = join(way, member(unescape(rest[0])))
            steps = rest[1:]
        elif word == "patternProperties" and rest:
            way = join(way, group(unescape(rest[0])))
            steps = rest[1:]
        elif word in ("items", "additionalProperties"):
            way = join(way, "[*]" if word == "items" else "*")
            steps = rest
        elif word == "prefixItems" and rest:
            way = join(way, f"[{rest[0]}]")
            steps = rest[1:]
        else:
            steps = rest
    return f"`{way}`" if way else "the value"


def _held(holder: Node | None, pointer: str) -> str:
    """The value that a parameter, a header, a body or an answer holds."""
    if holder is not None and holder.text("name") and holder.text("in"):
        return f"{holder.text('in')} parameter `{holder.text('name')}`"
    above, _, key = pointer.rpartition("/")
    if above.endswith("/headers"):
        return f"header `{unescape(key)}`"
    if "/content/" in pointer:
        return "the body" if "requestBod" in pointer else "the answer" if "responses" in pointer else "the value"
    return "the value"


def join(path: str, step: str) -> str:
    """A path and one step more: `items` and `[*]`, `items[*]` and `amount`. An empty step stays where it is."""
    return f"{path}.{step}" if path and step and not step.startswith("[") else path + step


def member(name: str) -> str:
    """The step to a member: its name, in brackets and quotes where it is no plain word."""
    return name if _PLAIN_NAME.fullmatch(name) else f"[{quoted(name)}]"


def group(pattern: str) -> str:
    """The step to members whose names match a pattern."""
    return f"[/{pattern}/]"


def quoted(text: str) -> str:
    """A text in double quotes."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def several(texts: Iterable[str], word: str = "or") -> str:
    """What stands between backticks already: "`a`, `b` or `c`"; of many the first few and how many more."""
    return listed([*texts], word, _MOST)


def kinds(types: Iterable[str]) -> str:
    """JSON types in code style; `number` holds `integer`."""
    known = set(types)
    if "number" in known:
        known.discard("integer")
    known_last = sorted(known, key=lambda kind: (kind == "null", kind))
    return several(map(code, known_last)) if known else "nothing"


def value(node: Node) -> str:
    """A listed value in code style, bounded."""
    return shown(plain(node.value))
