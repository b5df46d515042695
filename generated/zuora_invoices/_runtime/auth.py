"""The credentials of a client, and what they add to each request, as security schemes say."""

from __future__ import annotations

import base64
import os
import re
from itertools import product
from typing import TYPE_CHECKING, Final, TypeAlias
from urllib.parse import quote

from .errors import ConfigurationError, TokenError
from .secret import Secret, fault_of
from .signature import Signature
from .steps import CallFunction
from .tokens import FetchedTokens

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping

    from .address import Address
    from .operation import Operation, SecurityScheme
    from .options import Settings
    from .steps import Flow

Token: TypeAlias = "str | Callable[[], str]"  # noqa: S105 - the name of a type
"""A token, or a function that gives the one to use now; it is asked before each attempt."""
AsyncToken: TypeAlias = "str | Callable[[], str | Awaitable[str]]"
"""The same; the function may be async."""
Secrets: TypeAlias = "Mapping[str, str | Callable[[], object] | None]"
"""Credentials by the names of the arguments that bring them."""

_ECHOED: Final = 8  # characters; what is shorter could stand in an answer by chance
_LOGIN: Final = ("username", "password")
"""What goes into a header in base64 (RFC 7617)."""
_CONTROL: Final = "[\x00-\x1f\x7f-\x9f\ud800-\udfff]"
_COOKIE: Final = "!#$%&'()*+-./:<=>?@[]^_`{|}~"
"""What stands in a cookie as it is, beside letters and digits (RFC 6265): a value that is encoded already stays so."""


def _login_fault(name: str, secret: object) -> str:
    """What keeps a text from being a user name or a password; either may be empty."""
    if not isinstance(secret, str):
        return "must be a string"
    if name == "username" and ":" in secret:
        return "must have no colon, as one ends it"
    return "must have no control characters" if re.search(_CONTROL, secret) else ""


class Credentials:
    """The secrets of one client, by the name of the argument that brought them. Never shown, never pickled.

    Where the caller gives none at all, they come from environment variables: `token` from `PREFIX_TOKEN` and so on.
    """

    def __init__(self, given: Secrets, base: Address, environment: str = "") -> None:
        self._base = base
        self._variables = ""
        present = {name: secret for name, secret in given.items() if secret is not None}
        labels = {name: f"{name}=" for name in given}
        if environment and given and not present:
            variables = {name: f"{environment}_{name.upper()}" for name in given}
            present |= {name: os.environ[one] for name, one in variables.items() if os.environ.get(one)}
            self._variables = ", or set " + ", ".join(variables.values())
            labels = variables if present else labels
        self._functions: dict[str, Callable[[], object]] = {}
        self._secrets: dict[str, Secret] = {}
        for name, secret in present.items():
            if callable(secret):
                self._functions[name] = secret
            elif fault := _login_fault(name, secret) if name in _LOGIN else fault_of(secret):
                raise ConfigurationError("client", f"{labels[name]} {fault}")
            else:
                self._secrets[name] = Secret(secret)
        self._fetched: dict[tuple[str, tuple[str, ...]], FetchedTokens] = {}
        login = [labels[name] for name in ("client_id", "client_secret") if name in given]
        if len(login) == 2 and ("client_id" in present) != ("client_secret" in present):
            raise ConfigurationError("client", f"{' and '.join(login)} go together")
        if "token" in present and "client_id" in present:
            raise ConfigurationError("client", f"takes {labels['token']}, or {' and '.join(login)}, not both")

    def __repr__(self) -> str:
        return f"Credentials({', '.join(f'{name}=***' for name in (*self._secrets, *self._functions))})"

    def __reduce__(self) -> str:
        raise TypeError("credentials are not pickled")

    def sign(
        self, operation: Operation[object], settings: Settings, until: float, stale: Secret | None = None
    ) -> Flow[Signature]:
        """What to add to a request of this operation: the first alternative for which the secrets are there.

        `stale` is a token that the server refused, to be had anew.

        Raises:
            ConfigurationError: the operation needs a credential that the client was not given.
            TokenError: no token could be had.
        """
        # An empty alternative says that a credential may be left out, not that one at hand is of no use.
        for alternative in sorted(operation.security, key=lambda one: not one):
            if all(self._has(scheme) for scheme in alternative):
                return (yield from self._signature(operation, alternative, settings, until, stale))
        if not operation.security:
            return Signature()
        wanted = " or ".join(dict.fromkeys(text for one in operation.security for text in _arguments_of(one)))
        raise ConfigurationError(operation.id, f"needs a credential: create the client with {wanted}{self._variables}")

    def secrets(self, used: Iterable[Secret]) -> list[Secret]:
        """What may not be shown of an answer; `used` are the secrets of the requests that led to it."""
        return [one for one in dict.fromkeys((*self._secrets.values(), *used)) if len(one) >= _ECHOED]

    def _has(self, scheme: SecurityScheme) -> bool:
        if scheme.token_url is not None and "client_secret" in self._secrets:
            return True
        if scheme.kind == "basic":
            return "username" in self._secrets and "password" in self._secrets
        return scheme.argument in self._secrets or (scheme.kind == "bearer" and scheme.argument in self._functions)

    def _signature(
        self,
        operation: Operation[object],
        schemes: tuple[SecurityScheme, ...],
        settings: Settings,
        until: float,
        stale: Secret | None,
    ) -> Flow[Signature]:
        headers: dict[str, Secret] = {}
        query: dict[str, Secret] = {}
        cookies: list[Secret] = []
        renewable: Secret | None = None
        secrets: list[Secret] = []
        for scheme in schemes:
            if scheme.kind == "basic":
                pair = Secret(f"{self._secrets['username']}:{self._secrets['password']}")
                secrets.append(Secret(base64.b64encode(pair.encode()).decode()))
                headers["Authorization"] = Secret(f"Basic {secrets[-1]}")
            elif scheme.kind == "bearer":
                token = self._secrets.get(scheme.argument)
                if token is None:
                    token = renewable = yield from self._token(operation, scheme, settings, until, stale)
                secrets.append(token)
                headers["Authorization"] = Secret(f"Bearer {token}")
            elif scheme.kind == "header":
                headers[scheme.wire_name] = self._secrets[scheme.argument]
            elif scheme.kind == "query":
                query[scheme.wire_name] = self._secrets[scheme.argument]
            else:
                secrets.append(Secret(quote(self._secrets[scheme.argument], safe=_COOKIE)))
                cookies.append(Secret(f"{scheme.wire_name}={secrets[-1]}"))
        if cookies:
            headers["Cookie"] = Secret("; ".join(cookies))
        return Signature(headers, query, renewable, tuple(secrets))

    def _token(
        self,
        operation: Operation[object],
        scheme: SecurityScheme,
        settings: Settings,
        until: float,
        stale: Secret | None,
    ) -> Flow[Secret]:
        """A token from the caller's function, or from the token endpoint."""
        if (function := self._functions.get(scheme.argument)) is not None:
            return (yield from _from_function(operation.id, scheme.argument, function, until))
        assert scheme.token_url is not None, "an alternative is taken only if its secrets are there"  # noqa: S101
        source = self._fetched.get((scheme.token_url, scheme.scopes))
        if source is None:
            try:
                url = self._base.to(scheme.token_url)
            except ValueError as error:
                raise ConfigurationError(operation.id, f"the token URL of the description {error}") from None
            own = (url.scheme, url.authority) == (self._base.scheme, self._base.authority)
            made = FetchedTokens(url, own, self._secrets["client_id"], self._secrets["client_secret"], scheme.scopes)
            # setdefault is atomic: two threads that come here at once share one source all the same.
            source = self._fetched.setdefault((scheme.token_url, scheme.scopes), made)
        return (yield from source.token(operation.id, stale, settings, until))


def _from_function(operation: str, argument: str, function: Callable[[], object], until: float) -> Flow[Secret]:
    try:
        token: Secret | None = yield CallFunction(function, until)
    except Exception as error:
        raise TokenError(operation, f"the function given as {argument}= failed: {type(error).__name__}") from error
    fault = fault_of(token)
    if token is None or fault:
        raise TokenError(operation, f"what the function given as {argument}= returned {fault}")
    return token


def _arguments_of(alternative: tuple[SecurityScheme, ...]) -> Iterator[str]:
    """The arguments that an alternative takes, as a message names them, for each way to give them."""
    options = [
        [_PAIR] * (one.token_url is not None) + [_ARGUMENTS.get(one.kind, f"{one.argument}=")] for one in alternative
    ]
    return (" and ".join(one) for one in product(*options))


_PAIR: Final = "client_id= and client_secret="
_ARGUMENTS: Final = {"basic": "username= and password="}
