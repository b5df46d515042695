"""Text as GitHub's Markdown shows it letter for letter, whatever it holds. Knows the syntax, and nothing of reviews.

Each function gives one line that opens and closes nothing, for a cell of a table, an item or raw HTML alike: marks
of Markdown and HTML become character references, which stand for no structure in either (CommonMark 0.31, section 2.5).
GitHub looks for people, issues, links and emoji in what is rendered; a space of no width keeps it from finding them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from generator.wording import printable, shortened

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.review.forms.messages import Spans

_APART: Final = "&#8203;"
_MARKS: Final = re.compile(
    r"[&<>\\`*_\[\]~|$!@#]|:(?=\S)|www(?=\.)|GH(?=-)|\A[-+]|\A\d+(?=[.)](?:\s|\Z))", re.IGNORECASE
)
_APARTED: Final = frozenset("@#:")
_MARKS_IN_CODE: Final = re.compile(r"[&<>\\`*_\[\]~|$!@:#]|www(?=\.)", re.IGNORECASE)
_JOINT: Final = re.compile(r"(?<=[\w{}\])][/(\[])(?=[\w{(\[])|(?<=[\w\])]\.)(?=[A-Za-z_])(?!\w+:\d)|(?=:\d+:\d+$)")
"""Where names of symbols, paths and files may be broken: not before an extension, nor between line and column."""
_PLAIN_CODE: Final = re.compile(r"[^`|<$]+")


def text(words: str, most: int) -> str:
    """Prose, shortened to so many characters before it is escaped."""
    return _prose(words.strip(), most)


def code(words: str, most: int) -> str:
    """Code, shortened likewise. In backticks where nothing in it could end them, or the cell of a table."""
    plain = shortened(printable(words).strip(), most)
    if _PLAIN_CODE.fullmatch(plain):
        return f"`{plain}`"
    return f"<code>{_MARKS_IN_CODE.sub(_escaped_in_code, plain)}</code>" if plain else "(empty)"


def narrow_code(words: str, most: int) -> str:
    """Code that may be broken between its parts, for the cell of a table: a column is as wide as its longest word."""
    plain = shortened(printable(words).strip(), most)
    parts = _JOINT.split(plain)
    if len(parts) == 1:
        return code(plain, most)
    return f"<code>{'<wbr>'.join(_MARKS_IN_CODE.sub(_escaped_in_code, part) for part in parts)}</code>"


def written(spans: Spans, most: int, code: Callable[[str, int], str] = code) -> str:
    """Prose and code, shortened together; code as `code` writes it."""
    pieces = list[str]()
    for span in spans:
        if most <= 0:
            pieces.append("…")
            break
        pieces.append((code if span.code else _prose)(span.text, most))
        most -= len(span.text)
    return "".join(pieces).strip()


def _prose(words: str, most: int) -> str:
    return _MARKS.sub(_escaped, shortened(printable(words), most))


def _escaped(match: re.Match[str]) -> str:
    mark = match[0]
    if len(mark) > 1:
        return f"{mark}{_APART}"
    return f"{mark}{_APART}" if mark in _APARTED else f"&#{ord(mark)};"


def _escaped_in_code(match: re.Match[str]) -> str:
    """No space of no width here, as code is copied; what GitHub would look for in text, it leaves alone in code."""
    mark = match[0]
    return f"{mark}<wbr>" if len(mark) > 1 or mark == "@" else f"&#{ord(mark)};"
