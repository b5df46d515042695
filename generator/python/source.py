"""Spec text as Python source: literals and docstrings, the only two ways in which it reaches code."""

from __future__ import annotations

import functools
import re
import textwrap
from decimal import Decimal
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.document.tree import Json

WIDTH: Final = 120
NOTICE: Final = "Generated from the OpenAPI description; do not edit, regenerate."
"""What every generated file says."""

# Bounds that pydantic has no word for, by the name of the runtime's annotation.
MATCHES: Final = "Matches"
AMONG: Final = "Among"
UNIQUE: Final = "Unique"
EXACTLY_ONE: Final = "ExactlyOne"
TAGGED: Final = "Tagged"
AS_TEXT: Final = "AsText"
"""Bounds of what is sent for a value that is no string in Python: `AsText.max_length` and so on."""
_LIST_ITEM = re.compile(r"\s*([-*+]|\d+[.)])\s")


def literal(value: Json) -> str:
    """A JSON value as a Python literal."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{quoted(key)}: {literal(member)}' for key, member in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(literal, value))}]"
    if isinstance(value, Decimal):
        return f'Decimal("{value}")'
    if isinstance(value, str):
        return quoted(value)
    if value is None or isinstance(value, bool | int):
        return repr(value)
    raise TypeError(f"{type(value).__name__} has no literal here")


def quoted(text: str) -> str:
    """A string as a Python literal in plain ASCII, so that no text can end it or hide in it."""
    return ascii(text)


def row(parts: Iterable[str]) -> str:
    """Expressions as a tuple."""
    listed = list(parts)
    return f"({', '.join(listed)}{',' * (len(listed) == 1)})"


def arguments(metadata: Iterable[tuple[str, Json]]) -> str:
    """Names and values as keyword arguments."""
    return ", ".join(f"{name}={literal(value)}" for name, value in metadata)


def annotation(metadata: Iterable[tuple[str, Json]]) -> str:
    """Bounds as what stands behind the type in `Annotated`."""
    plain: list[tuple[str, Json]] = []
    as_text: list[tuple[str, Json]] = []
    others: list[str] = []
    for name, value in metadata:
        if name == EXACTLY_ONE:
            others.append(f"ExactlyOne({'null=True' * (value is True)})")
        elif name == TAGGED and isinstance(value, dict):
            unknown = f", unknown={literal(value['unknown'])}" if "unknown" in value else ""
            others.append(f"Tagged({literal(value['name'])}, {literal(value['tags'])}{unknown})")
        elif name in (MATCHES, AMONG, UNIQUE):
            values = value if name == AMONG and isinstance(value, list) else [value]
            others.append(f"{name}({', '.join(map(literal, values)) if name != UNIQUE else ''})")
        elif name.startswith(f"{AS_TEXT}."):
            as_text.append((name.removeprefix(f"{AS_TEXT}."), value))
        elif name == "multiple_of":
            others.append(f"MultipleOf({literal(value)})")
        else:
            plain.append((name, value))
    if as_text:
        others.insert(0, f"{AS_TEXT}({arguments(as_text)})")
    return ", ".join([*([f"Field({arguments(plain)})"] if plain else []), *others])


@functools.lru_cache(maxsize=1 << 12)
def docstring(text: str, indent: int) -> str:
    """Text as a docstring, wrapped, for a place so many columns in; nothing in the text can end it."""
    paragraphs = re.split(r"\n\s*\n", _printable(text).strip())
    # The quotes before the first line take their room from it.
    wrapped = [_wrapped(part, WIDTH - indent, 0 if place else 3) for place, part in enumerate(paragraphs)]
    body = re.sub(r'"(?=""|\Z)', r'\\"', "\n\n".join(wrapped).replace("\\", "\\\\"))
    if "\n" in body or len(body) + indent + 6 > WIDTH:
        body += "\n"
    return (
        '"""' + textwrap.indent(body, " " * indent).strip(" ") + (" " * indent if body.endswith("\n") else "") + '"""'
    )


def _wrapped(paragraph: str, width: int, taken: int) -> str:
    """One paragraph; lines that are items of a list, or stand indented, stay lines of their own."""
    lines = paragraph.splitlines()
    if not any(line.startswith("    ") or _LIST_ITEM.match(line) for line in lines):
        lines = [" ".join(paragraph.split())]
    return "\n".join(_filled(line, width, 0 if place else taken) for place, line in enumerate(lines))


def _filled(line: str, width: int, taken: int) -> str:
    margin = line[: len(line) - len(line.lstrip())]
    if len(line) + taken <= width:
        return line.rstrip()  # as it would come back
    hanging = margin + "    " if margin else ""
    filled = textwrap.fill(
        line.strip(),
        width,
        initial_indent=margin + "x" * taken,
        subsequent_indent=hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return filled[: len(margin)] + filled[len(margin) + taken :]


def _printable(text: str) -> str:
    if text.replace("\n", "").isprintable():
        return text
    return "".join(mark if mark.isprintable() or mark == "\n" else " " for mark in text)
