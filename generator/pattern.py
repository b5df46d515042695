"""Regular expressions of JSON Schema (ECMA-262) as pydantic's engine reads them. A leaf."""

from __future__ import annotations

from typing import Final

# In ECMA-262 these classes are of ASCII; in pydantic's engine they are of all Unicode.
_ASCII: Final = {"d": "0-9", "w": "A-Za-z0-9_"}
_NEGATED: Final = {"D": "0-9", "W": "A-Za-z0-9_"}


def portable(pattern: str) -> str:
    r"""The same language for pydantic: `\d` is `[0-9]`, as ECMA-262 means it."""
    out: list[str] = []
    inside = False
    position = 0
    while position < len(pattern):
        mark = pattern[position]
        if mark == "\\" and position + 1 < len(pattern):
            letter = pattern[position + 1]
            if letter in _ASCII:
                out.append(_ASCII[letter] if inside else f"[{_ASCII[letter]}]")
            elif letter in _NEGATED and not inside:
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
        elif inside and pattern[position : position + 2] in ("&&", "--", "~~"):
            mark = "\\" + mark
        out.append(mark)
        position += 1
    return "".join(out)
