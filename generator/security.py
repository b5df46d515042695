"""How operations are authorized, and the arguments by which a client takes the secrets. Imports no stage."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from generator import naming
from generator.diagnostics import Severity, rule
from generator.ir import SecurityScheme

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.diagnostics import Diagnostic
    from generator.document import Node

UNSUPPORTED_SECURITY = rule(
    "unsupported-security", Severity.ERROR, "an operation asks for a kind of credential that the client cannot send"
)

TOKEN: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
"""What can be the name of a header or a cookie."""

CLIENT_ARGUMENTS: Final = frozenset({"base_url", "timeout", "http_client"})
"""The other arguments of a client."""


def schemes(root: Node) -> dict[str, SecurityScheme]:
    """The schemes that operations ask for and a client can send, by name."""
    asked = {name for requirement in _requirements(root) for way in requirement.elements() for name, _ in way.members()}
    holder = root.at("components", "securitySchemes")
    known = {name: node.resolve() for name, node in (holder.members() if holder else ()) if name in asked}
    made: dict[str, SecurityScheme] = {}
    for name, node in known.items():
        if node.text("type") in ("oauth2", "openIdConnect") or _is_http(node, "bearer"):
            made[name] = SecurityScheme("bearer", "token", "Authorization")
        elif _is_http(node, "basic"):
            made[name] = SecurityScheme("basic", "username", "Authorization")
    taken = {*CLIENT_ARGUMENTS, *(argument for one in made.values() for argument in arguments(one))}
    for name, node in known.items():
        if node.text("type") == "apiKey" and (node.text("in") == "query" or TOKEN.fullmatch(node.text("name"))):
            argument = naming.unique(naming.argument(name), taken)
            taken.add(argument)
            made[name] = SecurityScheme(node.text("in"), argument, node.text("name"))
    return made


def arguments(scheme: SecurityScheme) -> tuple[str, ...]:
    """The arguments of a client that a scheme needs."""
    return ("username", "password") if scheme.kind == "basic" else (scheme.argument,)


def alternatives(
    operation: Node, root: Node, known: Mapping[str, SecurityScheme], found: list[Diagnostic]
) -> Iterator[tuple[SecurityScheme, ...]]:
    """The ways to authorize an operation, each the schemes that go together; what cannot be sent goes to `found`."""
    asked = operation.child("security") or root.child("security")
    for way in asked.elements() if asked else ():
        missing = [(name, node) for name, node in way.members() if name not in known]
        for name, node in missing:
            found.append(
                UNSUPPORTED_SECURITY.at(node.location, f"security scheme {name!r} is of a kind that cannot be sent")
            )
        if not missing:
            yield tuple(known[name] for name, _ in way.members())


def _requirements(root: Node) -> Iterator[Node]:
    for _, item in root["paths"].members():
        for _, operation in item.members():
            asked = operation.child("security") or root.child("security")
            if asked is not None:
                yield asked


def _is_http(node: Node, scheme: str) -> bool:
    return node.text("type") == "http" and node.text("scheme").lower() == scheme
