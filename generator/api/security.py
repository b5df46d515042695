"""How operations are authorized, and the arguments by which a client takes the secrets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from generator.api.model import SecurityScheme
from generator.diagnostics import Consequence, Severity, rule
from generator.document.index import path_operations
from generator.python import naming

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.diagnostics import Diagnostic
    from generator.document.tree import Node

UNSUPPORTED_SECURITY = rule(
    "unsupported-security",
    Severity.ERROR,
    "an operation asks for nothing but kinds of credential that the client cannot send",
    Consequence.LEFT_OUT,
)

IGNORED_SECURITY = rule(
    "ignored-security",
    Severity.WARNING,
    "of several credentials for an operation, the client takes those that it can send",
    Consequence.NONE,
)

TOKEN: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
"""What can be the name of a header or a cookie."""

CLIENT_ARGUMENTS: Final = frozenset(
    [
        "backoff",
        "base_url",
        "client_id",
        "client_secret",
        "compress_above",
        "deadline",
        "headers",
        "hooks",
        "http_client",
        "make_key",
        "max_response_bytes",
        "max_retries",
        "max_wait",
        "strict_answers",
        "timeout",
    ]
)
"""Arguments of a client that mean the same for every API: no key of a description takes their names."""

CREDENTIALS: Final = ("token", "client_id", "client_secret", "username", "password")
"""The arguments of a client whose names are not the description's, in their order."""


def schemes(root: Node) -> dict[str, SecurityScheme]:
    """The schemes that operations ask for and a client can send, by name."""
    asked = {name for requirement in _requirements(root) for way in requirement.elements() for name, _ in way.members()}
    holder = root.at("components", "securitySchemes")
    known = {name: node.resolve() for name, node in (holder.members() if holder else ()) if name in asked}
    made: dict[str, SecurityScheme] = {}
    for name, node in known.items():
        if node.text("type") in ("oauth2", "openIdConnect") or _is_http(node, "bearer"):
            made[name] = SecurityScheme("bearer", "token", "Authorization", _token_url(node))
        elif _is_http(node, "basic"):
            made[name] = SecurityScheme("basic", "username", "Authorization")
    taken = {*CLIENT_ARGUMENTS, *(argument for one in made.values() for argument in arguments(one))}
    keys = {
        name: node
        for name, node in known.items()
        if node.text("type") == "apiKey" and (node.text("in") == "query" or TOKEN.fullmatch(node.text("name")))
    }
    names = naming.distinct({name: name for name in keys}, naming.argument, taken, naming.chosen(keys))
    made |= {name: SecurityScheme(node.text("in"), names[name], node.text("name")) for name, node in keys.items()}
    return made


def arguments(scheme: SecurityScheme) -> tuple[str, ...]:
    """The arguments of a client that a scheme needs."""
    if scheme.kind == "basic":
        return "username", "password"
    return (scheme.argument, "client_id", "client_secret") if scheme.token_url else (scheme.argument,)


def alternatives(
    operation: Node, root: Node, known: Mapping[str, SecurityScheme], found: list[Diagnostic]
) -> Iterator[tuple[SecurityScheme, ...]]:
    """The ways to authorize an operation, each the schemes that go together; what cannot be sent goes to `found`."""
    broken = UNSUPPORTED_SECURITY if _is_lost(operation, root, known) else IGNORED_SECURITY
    for way in _ways(operation, root):
        missing = [(name, node) for name, node in way.members() if name not in known]
        for name, node in missing:
            message = f"security scheme {name!r} is of a kind that cannot be sent"
            found.append(broken.at(node.location, message, node.pointer))
        if not missing:
            yield tuple(_scoped(known[name], scopes) for name, scopes in way.members())


def places(operation: Node, root: Node, known: Mapping[str, SecurityScheme]) -> frozenset[tuple[str, str]]:
    """Where the API keys of an operation go, and their names there; those of headers in lower case."""
    schemes = (known[name] for way in _ways(operation, root) for name in way.object if name in known)
    return frozenset(
        (one.kind, one.wire_name.lower() if one.kind == "header" else one.wire_name)
        for one in schemes
        if one.kind in ("header", "query", "cookie")
    )


def limits(operation: Node, root: Node, known: Mapping[str, SecurityScheme]) -> Iterator[str]:
    """What of its credentials a client does not send with an operation, a sentence each."""
    if _is_lost(operation, root, known):
        ways = list(_ways(operation, root))
        names = dict.fromkeys(name for way in ways for name in way.object if name not in known)
        told = ", ".join(f"`{name}`" for name in names)
        yield f"The client sends no credential of {told}: bring it by `headers=` or an `http_client=` of your own."


def _is_lost(operation: Node, root: Node, known: Mapping[str, SecurityScheme]) -> bool:
    """Whether there is no way to authorize an operation that the client could go."""
    ways = list(_ways(operation, root))
    return bool(ways) and not any(all(name in known for name in way.object) for way in ways)


def _ways(operation: Node, root: Node) -> Iterator[Node]:
    asked = operation.child("security") or root.child("security")
    return asked.elements() if asked is not None else iter(())


def _requirements(root: Node) -> Iterator[Node]:
    for _, _, operation in path_operations(root.document):
        asked = operation.child("security") or root.child("security")
        if asked is not None:
            yield asked


def _token_url(node: Node) -> str | None:
    """Where a client trades its own id and secret for a token; other flows need a person."""
    flow = node.at("flows", "clientCredentials") if node.text("type") == "oauth2" else None
    return flow.text("tokenUrl") or None if flow else None


def _scoped(scheme: SecurityScheme, asked: Node) -> SecurityScheme:
    """A scheme with the scopes that one requirement asks for; they count where the client fetches the token."""
    scopes = tuple(scope.value for scope in asked.elements() if isinstance(scope.value, str))
    return replace(scheme, scopes=scopes) if scheme.token_url else scheme


def _is_http(node: Node, scheme: str) -> bool:
    return node.text("type") == "http" and node.text("scheme").lower() == scheme
