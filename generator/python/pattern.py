"""Regular expressions of JSON Schema (ECMA-262), as the engines of pydantic and of Python read them."""

from __future__ import annotations

import re
import warnings
from typing import Final

from pydantic_core import SchemaError, SchemaValidator, core_schema

# In ECMA-262 these classes are of ASCII; in both engines they are of all Unicode.
_ASCII: Final = {"d": "0-9", "w": "A-Za-z0-9_"}
_NEGATED: Final = {"D": "0-9", "W": "A-Za-z0-9_"}


def portable(pattern: str) -> str | None:
    r"""The same language for pydantic, whose engine runs in linear time: `\d` is `[0-9]`, as ECMA-262 means it.

    `None` where that engine cannot say it: it has no lookaround and no backreferences.
    """
    translated = _translated(pattern, end="$", nested=True)
    try:
        SchemaValidator(core_schema.str_schema(pattern=translated))
    except SchemaError:
        return None
    return translated


def pythonic(pattern: str) -> str | None:
    r"""The same language for Python's `re`, whose `$` also matches before a last line break; else `None`."""
    translated = re.sub(r"\(\?<(?![=!])", "(?P<", _translated(pattern, end=r"\Z", nested=False))
    if re.search(r"\\[DW]", translated):  # within a set, where they can only be had for the whole pattern
        translated = f"(?a){translated}"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of sets that may mean something else one day
            re.compile(translated)
    except (re.error, OverflowError, RecursionError):
        return None
    return translated


def _translated(pattern: str, end: str, *, nested: bool) -> str:
    """The pattern with the classes of ECMA-262 and another mark for the end; `nested` engines take sets within sets."""
    out: list[str] = []
    inside = False
    position = 0
    while position < len(pattern):
        mark = pattern[position]
        if mark == "\\" and position + 1 < len(pattern):
            letter = pattern[position + 1]
            if letter in _ASCII:
                out.append(_ASCII[letter] if inside else f"[{_ASCII[letter]}]")
            elif letter in _NEGATED and (nested or not inside):
                out.append(f"[^{_NEGATED[letter]}]")
            elif letter == "/":
                out.append("/")
            else:
                out.append(mark + letter)
            position += 2
            continue
        if mark == "[" and not inside:
            inside = True
        elif mark == "[":
            mark = r"\["
        elif mark == "]":
            inside = False
        elif mark == "$" and not inside:
            mark = end
        elif inside and pattern[position : position + 2] in ("&&", "--", "~~"):
            mark = "\\" + mark
        out.append(mark)
        position += 1
    return "".join(out)
