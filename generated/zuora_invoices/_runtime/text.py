"""Text of others, as it can stand in a message."""

from __future__ import annotations

from typing import Final

_READ: Final = 4000  # characters of a text that is shortened


def on_one_line(text: str) -> str:
    """A text without line breaks, and without whatever else would not stay in its place on a screen or in a log."""
    return text if text.isprintable() else " ".join("".join(one if one.isprintable() else " " for one in text).split())


def shortened(text: str, most: int = 300) -> str:
    """A text on one line of at most so many characters."""
    line = " ".join(on_one_line(text[:_READ]).split())
    return line if len(line) <= most and len(text) <= _READ else line[: most - 3] + "..."
