"""Texts of the description are for readers of HTTP and of Python: none asks for what the client does by itself."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.description import BUNDLE, ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = ROOT / "generated" / "zuora_invoices"
FILES = [PACKAGE / "__init__.py", PACKAGE / "client.py", PACKAGE / "models.py", *sorted(PACKAGE.glob("resources/*.py"))]


def strings(file: Any) -> Iterator[str]:
    """Docstrings of modules, classes and functions, and those below fields."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield " ".join(node.value.value.split())


DOCSTRINGS = sorted({text for file in FILES for text in strings(file)})

# What the client does by itself, and how a text would ask for it.
CLIENT_DOES = {
    "looks whether a body says success": r"\b(read|look at|check) `?success\b",
    "looks at each result of a batch": r"\b(read|look at|check) (every|each) element\b",
    "makes a key for each call": r"\b(give|send|use)\b[^.]*`Idempotency-Key`",
    "sends a call again": r"\b(send|repeat)\b[^.]* request again\b[^.]*\bkey\b",
    "gets a new token": r"\b(fetch|get) a new (token|one)\b",
    "signs": r"`Authorization\b",
    "compresses": r"\bgzip|\b(Accept|Content)-Encoding\b",
    "reads and writes numbers as decimals": r"\bread and (write|written)\b|\b(read|write) numbers\b",
}


@pytest.mark.parametrize("pattern", CLIENT_DOES.values(), ids=CLIENT_DOES)
def test_nobody_is_told_to_do_what_the_client_does(pattern: str) -> None:
    assert [text for text in DOCSTRINGS if re.search(pattern, text, re.IGNORECASE)] == []


@pytest.mark.parametrize("pattern", CLIENT_DOES.values(), ids=CLIENT_DOES)
def test_readers_of_http_are_told(pattern: str) -> None:
    """In texts that docstrings do not take: responses, security schemes, headers that are the client's own."""
    assert re.search(pattern, " ".join(" ".join(texts(BUNDLE)).split()), re.IGNORECASE)


def texts(node: Any) -> Iterator[str]:
    """Every description of the bundled document."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "description" and isinstance(value, str):
                yield value
            yield from texts(value)
    elif isinstance(node, list):
        for one in node:
            yield from texts(one)


# How a sentence, or a part of one, begins that tells somebody to do something.
ORDER = re.compile(
    r"(?:add|ask|call|check|compare|compress|convert|decode|encode|fetch|get|give|keep|leave|look|make|never|parse"
    r"|pass|put|read|repeat|resend|retry|send|set|sign|store|take|treat|try|unpack|use|wait|write|do not|don't)\b",
    re.IGNORECASE,
)
CALLERS_DO = {
    "Give this or `accountNumber`.": "which account is billed",
    "Send only those that failed again,": "what to bill again",
    "leave it out otherwise.": "in which entity a token works",
    "Do not parse it.": "what to make of a message",
    "Use it in `with`,": "how long a client lives",
    "Use it in `async with`,": "the same",
}
"""What only the caller can do, and of what it decides."""


def test_what_somebody_is_told_to_do_is_what_only_the_caller_can_do() -> None:
    parts = {one for text in DOCSTRINGS for one in re.split(r"(?<=[.!?:;,])\s+(?:(?:so|and|but|then)\s+)?", text)}
    assert {one for one in parts if ORDER.match(one)} == set(CALLERS_DO)
