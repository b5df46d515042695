"""Credentials: kept out of sight, and put on a request as the operation's security schemes say."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING
from urllib.parse import quote

from msgspec import Struct

from .errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .operation import Operation, SecurityScheme


class Signature(Struct, frozen=True):
    """What a credential adds to a request. Never shown: it holds secrets."""

    headers: Mapping[str, str] = {}
    query: Mapping[str, str] = {}

    def __repr__(self) -> str:
        return "Signature(***)"

    def __reduce__(self) -> str:
        raise TypeError("a signature is not pickled: it holds secrets")


class Credentials:
    """The secrets of one client, by the name of the argument that brought them. Never shown, never pickled."""

    def __init__(self, secrets: Mapping[str, str | None]) -> None:
        self._secrets = {name: secret for name, secret in secrets.items() if secret is not None}
        for name, secret in self._secrets.items():
            if not secret:
                raise ConfigurationError("client", f"{name}= is empty")
            if not secret.isascii() or not secret.isprintable() or secret != secret.strip():
                raise ConfigurationError("client", f"{name}= must be printable US-ASCII, as it goes into a header")

    def __repr__(self) -> str:
        return f"Credentials({', '.join(f'{name}=***' for name in self._secrets)})"

    def __reduce__(self) -> str:
        raise TypeError("credentials are not pickled")

    def sign(self, operation: Operation[object]) -> Signature:
        """What to add to a request of this operation: the first alternative for which the secrets are there.

        Raises:
            ConfigurationError: the operation needs a credential that the client was not given.
        """
        # An empty alternative says that a credential may be left out, not that one at hand is of no use.
        for alternative in sorted(operation.security, key=lambda way: not way):
            if all(name in self._secrets for scheme in alternative for name in _arguments(scheme)):
                return self._signature(alternative)
        if not operation.security:
            return Signature()
        ways = (" and ".join(f"{name}=" for one in way for name in _arguments(one)) for way in operation.security)
        wanted = " or ".join(dict.fromkeys(ways))
        raise ConfigurationError(operation.id, f"needs a credential: create the client with {wanted}")

    def _signature(self, schemes: tuple[SecurityScheme, ...]) -> Signature:
        headers: dict[str, str] = {}
        query: dict[str, str] = {}
        cookies: list[str] = []
        for scheme in schemes:
            if scheme.kind == "basic":
                pair = f"{self._secrets['username']}:{self._secrets['password']}".encode()
                headers["Authorization"] = f"Basic {base64.b64encode(pair).decode()}"
                continue
            secret = self._secrets[scheme.argument]
            if scheme.kind == "bearer":
                headers["Authorization"] = f"Bearer {secret}"
            elif scheme.kind == "header":
                headers[scheme.wire_name] = secret
            elif scheme.kind == "query":
                query[scheme.wire_name] = secret
            else:
                cookies.append(f"{scheme.wire_name}={quote(secret)}")
        if cookies:
            headers["Cookie"] = "; ".join(cookies)
        return Signature(headers, query)


def _arguments(scheme: SecurityScheme) -> tuple[str, ...]:
    return ("username", "password") if scheme.kind == "basic" else (scheme.argument,)
