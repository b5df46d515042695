"""Credentials: kept out of sight, turned into tokens where need be, and put on requests as security schemes say."""

from __future__ import annotations

import base64
import os
import time
from itertools import product
from typing import TYPE_CHECKING, Final, TypeAlias
from urllib.parse import quote, urlencode

from msgspec import Struct

from . import retry
from .codec import NotJsonError, decode
from .errors import ApiError, ConfigurationError, TokenError
from .request import Request
from .secret import Secret
from .steps import Alone, Ask, Gate, Send, TransportError, Wait

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Mapping

    from .address import Address
    from .operation import Operation, SecurityScheme
    from .options import Settings
    from .response import Reply
    from .steps import Flow

Token: TypeAlias = "str | Callable[[], str]"  # noqa: S105 - the name of a type
"""A token, or a function that gives the one to use now; it is asked before each attempt."""
AsyncToken: TypeAlias = "str | Callable[[], str | Awaitable[str]]"
"""The same; the function may be async."""
Given: TypeAlias = "Mapping[str, str | Callable[[], object] | None]"
"""Credentials by the names of the arguments that bring them."""

_MARGIN: Final = 60.0  # seconds before its end at which a token is no longer used


class Signature(Struct, frozen=True):
    """What a credential adds to a request. Never shown: it holds secrets."""

    headers: Mapping[str, Secret] = {}
    query: Mapping[str, Secret] = {}
    token: Secret | None = None
    """The bearer token in it, if another one can be had."""

    def __repr__(self) -> str:
        return "Signature(***)"

    def __reduce__(self) -> str:
        raise TypeError("a signature is not pickled: it holds secrets")


class _Kept(Struct, frozen=True):
    """A token and the moment from which it is no longer used."""

    token: Secret
    until: float

    def __repr__(self) -> str:
        return "Token(***)"


class _Fetched:
    """Tokens for an id and a secret (RFC 6749, 4.4): fetched one at a time, and used until shortly before their end."""

    def __init__(self, url: Address, client_id: Secret, client_secret: Secret, scopes: tuple[str, ...]) -> None:
        self._url = url
        self._form = {
            "client_id": client_id,
            "client_secret": client_secret,
            "grant_type": Secret("client_credentials"),
        }
        if scopes:
            self._form["scope"] = Secret(" ".join(scopes))
        self._gate = Gate()
        self._kept: _Kept | None = None
        self._failed: tuple[float, TokenError] | None = None

    def secrets(self) -> Iterator[str]:
        yield self._form["client_secret"]
        if self._kept is not None:
            yield self._kept.token

    def token(self, operation: str, stale: Secret | None, settings: Settings, until: float) -> Flow[Secret]:
        """A token that is not `stale`."""
        if (kept := self._usable(stale)) is not None:
            return kept
        asked = time.monotonic()
        try:
            found: Secret = yield Alone(
                self._gate, lambda: self._renewed(operation, stale, asked, settings, until), until
            )
        except TransportError as fault:
            raise TokenError(operation, str(fault)) from None
        return found

    def _usable(self, stale: Secret | None) -> Secret | None:
        kept = self._kept
        return None if kept is None or kept.token == stale or time.monotonic() >= kept.until else kept.token

    def _renewed(
        self, operation: str, stale: Secret | None, asked: float, settings: Settings, until: float
    ) -> Flow[Secret]:
        """Fetch a token, unless somebody did while this call waited its turn; one failure is enough for all, too."""
        if (kept := self._usable(stale)) is not None:
            return kept
        if self._failed is not None and self._failed[0] >= asked:
            known = self._failed[1]
            raise TokenError(operation, known.message, known.status, known.headers, known.retry_after)
        try:
            self._kept = yield from self._fetched(operation, settings, until)
        except TokenError as error:
            self._failed = (time.monotonic(), error)
            raise
        return self._kept.token

    def _fetched(self, operation: str, settings: Settings, until: float) -> Flow[_Kept]:
        headers = {
            "User-Agent": settings.user_agent,
            "Accept": "application/json",
            "Accept-Encoding": "gzip",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        repetition = 0
        while True:
            began = time.monotonic()
            content = Secret(urlencode(self._form)).encode()
            request = Request("POST", self._url, self._url.path, {**headers, **settings.headers}, content)
            try:
                reply: Reply = yield Send(request, settings.timeout, until, settings.max_response_bytes)
            except TransportError as fault:
                error = TokenError(operation, f"the token endpoint gave no answer: {fault}")
                hopeless = False
            else:
                if reply.status == 200:
                    return self._read(operation, reply, began)
                message = f"the token endpoint answered {reply.status}{_said(reply, self._form)}"
                after = retry.retry_after(reply.status, reply.headers, time.time())
                error = TokenError(operation, message, reply.status, reply.headers, after)
                hopeless = reply.status != 429 and reply.status < 500
            repetition += 1
            seconds = retry.wait(error, repetition, settings)
            if hopeless or repetition > settings.max_retries or seconds is None or time.monotonic() + seconds >= until:
                raise error
            yield Wait(seconds)

    def _read(self, operation: str, reply: Reply, began: float) -> _Kept:
        try:
            answer = decode(reply.content)
        except NotJsonError:
            answer = None
        token = answer.get("access_token") if isinstance(answer, dict) else None
        if not isinstance(answer, dict) or not isinstance(token, str) or fault_of(token):
            raise TokenError(operation, "the token endpoint answered without a usable access_token", reply.status)
        lasts = answer.get("expires_in")
        seconds = float(lasts) if isinstance(lasts, int) and not isinstance(lasts, bool) and lasts > 0 else float("inf")
        return _Kept(Secret(token), began + seconds - min(_MARGIN, seconds / 10) if seconds < 1e9 else float("inf"))


def _said(reply: Reply, form: Mapping[str, str]) -> str:
    """What RFC 6749 lets a token endpoint say of an error; nothing else is shown, as the body may echo secrets."""
    try:
        answer = decode(reply.content)
    except NotJsonError:
        return ""
    said = [answer.get(name) for name in ("error", "error_description")] if isinstance(answer, dict) else []
    text = ": ".join(" ".join(one.split())[:200] for one in said if isinstance(one, str) and one)
    return f": {text.replace(form['client_secret'], '***')}" if text else ""


def fault_of(secret: object) -> str:
    """What keeps a text from being a secret that goes into a header; the text itself is not shown."""
    if not isinstance(secret, str):
        return "must be a string"
    if not secret:
        return "is empty"
    fit = secret.isascii() and secret.isprintable() and secret == secret.strip()
    return "" if fit else "must be printable US-ASCII, as it goes into a header"


class Credentials:
    """The secrets of one client, by the name of the argument that brought them. Never shown, never pickled.

    Where the caller gives none at all, they come from environment variables: `token` from `PREFIX_TOKEN` and so on.
    """

    def __init__(self, given: Given, base: Address, environment: str = "") -> None:
        self._base = base
        said = {name: secret for name, secret in given.items() if secret is not None}
        if not said and environment:
            found = ((name, os.environ.get(f"{environment}_{name.upper()}")) for name in given)
            said = {name: secret for name, secret in found if secret}
        self._functions: dict[str, Callable[[], object]] = {}
        self._secrets: dict[str, Secret] = {}
        for name, secret in said.items():
            if callable(secret):
                self._functions[name] = secret
            elif fault := fault_of(secret):
                raise ConfigurationError("client", f"{name}= {fault}")
            else:
                self._secrets[name] = Secret(secret)
        self._fetched: dict[tuple[str, tuple[str, ...]], _Fetched] = {}
        pair = {"client_id", "client_secret"} & set(given)
        if pair and len(pair & set(said)) == 1:
            raise ConfigurationError("client", "client_id= and client_secret= go together")
        if "token" in said and "client_id" in said:
            raise ConfigurationError("client", "takes token=, or client_id= and client_secret=, not both")

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
        for alternative in sorted(operation.security, key=lambda way: not way):
            if all(self._has(scheme) for scheme in alternative):
                return (yield from self._signature(operation, alternative, settings, until, stale))
        if not operation.security:
            return Signature()
        ways = dict.fromkeys(way for alternative in operation.security for way in _ways(alternative))
        wanted = " or ".join(ways)
        raise ConfigurationError(operation.id, f"needs a credential: create the client with {wanted}")

    def scrubbed(self, reply: Reply) -> Reply:
        """A reply without the secrets that a server may echo in it; short ones could stand there by chance."""
        known = [*self._secrets.values(), *(secret for one in self._fetched.values() for secret in one.secrets())]
        return reply.without([secret for secret in known if len(secret) >= 8])

    def _has(self, scheme: SecurityScheme) -> bool:
        if scheme.token_url is not None and "client_secret" in self._secrets:
            return True
        if scheme.kind == "basic":
            return "username" in self._secrets and "password" in self._secrets
        return scheme.argument in self._secrets or scheme.argument in self._functions

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
        cookies: list[str] = []
        renewable: Secret | None = None
        for scheme in schemes:
            if scheme.kind == "basic":
                pair = f"{self._secrets['username']}:{self._secrets['password']}".encode()
                headers["Authorization"] = Secret(f"Basic {base64.b64encode(pair).decode()}")
            elif scheme.kind == "bearer":
                token = self._secrets.get(scheme.argument)
                if token is None:
                    token = renewable = yield from self._token(operation, scheme, settings, until, stale)
                headers["Authorization"] = Secret(f"Bearer {token}")
            elif scheme.kind == "header":
                headers[scheme.wire_name] = self._secrets[scheme.argument]
            elif scheme.kind == "query":
                query[scheme.wire_name] = self._secrets[scheme.argument]
            else:
                cookies.append(f"{scheme.wire_name}={quote(self._secrets[scheme.argument])}")
        if cookies:
            headers["Cookie"] = Secret("; ".join(cookies))
        return Signature(headers, query, renewable)

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
            return (yield from _asked(operation.id, scheme.argument, function))
        assert scheme.token_url is not None, "an alternative is taken only if its secrets are there"  # noqa: S101
        source = self._fetched.get((scheme.token_url, scheme.scopes))
        if source is None:
            url = self._base.to(scheme.token_url)
            made = _Fetched(url, self._secrets["client_id"], self._secrets["client_secret"], scheme.scopes)
            # setdefault is atomic: two threads that come here at once share one source all the same.
            source = self._fetched.setdefault((scheme.token_url, scheme.scopes), made)
        return (yield from source.token(operation.id, stale, settings, until))


def _asked(operation: str, argument: str, function: Callable[[], object]) -> Flow[Secret]:
    try:
        token = yield Ask(function)
    except ApiError:
        raise
    except Exception as error:
        raise TokenError(operation, f"the function given as {argument}= failed: {type(error).__name__}") from error
    if fault := fault_of(token):
        raise TokenError(operation, f"what the function given as {argument}= returned {fault}")
    return Secret(token)


def _ways(alternative: tuple[SecurityScheme, ...]) -> Iterator[str]:
    """The arguments that an alternative takes, in words, for each way to give them."""
    options = [
        [_PAIR] * (one.token_url is not None) + [_ARGUMENTS.get(one.kind, f"{one.argument}=")] for one in alternative
    ]
    return (" and ".join(way) for way in product(*options))


_PAIR: Final = "client_id= and client_secret="
_ARGUMENTS: Final = {"basic": "username= and password="}
