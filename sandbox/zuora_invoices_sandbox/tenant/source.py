"""A YAML file -> `Tenant`; whatever is wrong with the file is told at once, each with its line.

ValueError
└── TenantError    a file is no tenant; `problems` holds all that is wrong with it
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from .findings import Finding, Problem, TenantError, spell
from .model import Tenant
from .references import check, check_tree
from .tree import MAX_CHARACTERS, read

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from zuora_invoices._runtime.values import Json

DEFAULT = Path(__file__).with_name("default.yaml")
"""The tenant of a sandbox for which no other is given."""

_MESSAGES = {
    "missing": "is missing",
    "extra_forbidden": "there is no such setting",
    "string_type": "should be a text; put it in quotes",
    "bool_type": "should be true or false",
    "too_short": "should have at least one element",
    "int_type": "should be a whole number",
    "tuple_type": "should be a list",
    "frozen_set_type": "should be a list",
    "model_type": "should be a mapping",
    "model_attributes_type": "should be a mapping",
}
"""Pydantic's kinds of errors in words of YAML; others keep pydantic's."""


def load(path: Path | str) -> Tenant:
    """The tenant in a file.

    Raises:
        TenantError: the file cannot be read, or is no tenant.
    """
    file = str(path)
    try:
        with Path(path).open("rb") as stream:
            raw = stream.read(MAX_CHARACTERS + 1)  # bounded, as a device has no end
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the name is no path"
        raise TenantError([Problem(file, 1, 1, "", f"cannot be read: {reason}")]) from None
    if len(raw) > MAX_CHARACTERS:
        raise TenantError([Problem(file, 1, 1, "", f"the file has more than {MAX_CHARACTERS:,} bytes")])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line, column = before.count(b"\n") + 1, error.start - before.rfind(b"\n")
        message = f"byte 0x{raw[error.start]:02X} is not UTF-8"
        raise TenantError([Problem(file, line, column, "", message)]) from None
    return parse(text, file)


@cache
def default() -> Tenant:
    """The tenant of a sandbox for which no other is given."""
    return load(DEFAULT)


def checked(tenant: Tenant) -> Tenant:
    """The tenant itself, made without a file, if its parts fit together.

    Raises:
        TenantError: they do not; the problems are those of a file, all at its beginning.
    """
    problems = [Problem("tenant", 1, 1, spell(one.path), one.message) for one in check(tenant)]
    if problems:
        raise TenantError(problems)
    return tenant


def parse(text: str, name: str = "tenant.yaml") -> Tenant:
    """The tenant in a text, which problems call by a file's name.

    Raises:
        TenantError: the text is no tenant.
    """
    tree = read(text, name)
    tenant, findings = _modelled(tree.value)
    broken = frozenset(str(one.path[0]) for one in findings if len(one.path) == 1)
    findings += check_tree(tree.value, broken)
    problems = [*tree.problems, *(tree.problem(one.path, one.message) for one in findings)]
    if tenant is None or problems:
        raise TenantError(problems)
    return tenant


def _modelled(value: Json) -> tuple[Tenant | None, list[Finding]]:
    """The tenant that the model makes of a file's values, or what it says against them."""
    try:
        return Tenant.model_validate(value, by_alias=True, by_name=False), []
    except ValidationError as error:
        found = error.errors(include_url=False)
    # A list whose elements are all wrong counts as too short; its elements have findings of their own.
    return None, [Finding(one["loc"], _message(one)) for one in found if one["type"] != "too_short" or not one["input"]]


def _message(error: ErrorDetails) -> str:
    """What is wrong, without the value itself: it may be secret, and texts of errors end up in logs."""
    kind = error["type"]
    if kind in ("missing", "extra_forbidden"):
        return _MESSAGES[kind]
    if error["input"] is None:
        return "is empty"
    if kind == "string_type" and isinstance(error["input"], list | dict):
        return "should be a text"
    if kind == "string_pattern_mismatch":
        return f"should match {error.get('ctx', {}).get('pattern')}"
    message = _MESSAGES.get(kind) or error["msg"].removeprefix("Input ").removeprefix("String ")
    return message[:1].lower() + message[1:]
