"""Bearer tokens that are fetched for a client's id and secret, and shared until shortly before their end."""

from __future__ import annotations

import time
from decimal import Decimal
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from msgspec import Struct

from . import retry
from .codec import NotJsonError, decode
from .compression import EncodingError
from .errors import ConfigurationError, TokenError
from .http import Request, TransportError
from .secret import Secret, fault_of, hidden
from .steps import ExclusiveStep, Lock, Send, Wait
from .text import shortened

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .address import Address
    from .http import Reply
    from .options import Settings
    from .steps import Flow
    from .values import Json

_LONGEST: Final = 10**9  # seconds
_MARGIN: Final = 60.0  # seconds before its end at which a token is no longer used


class _Token(Struct, frozen=True):
    """A token and the moment from which it is no longer used."""

    text: Secret
    until: float

    def __repr__(self) -> str:
        return "Token(***)"


class _Failure(Struct, frozen=True):
    """Why no token could be had, and when that was."""

    at: float
    message: str
    status: int | None
    headers: Mapping[str, str]
    retry_after: float | None


class FetchedTokens:
    """Tokens for an id and a secret (RFC 6749, 4.4): fetched one at a time, and used until shortly before their end."""

    def __init__(
        self, url: Address, own: bool, client_id: Secret, client_secret: Secret, scopes: tuple[str, ...]
    ) -> None:
        self._url = url
        self._own = own
        self._form = {
            "client_id": client_id,
            "client_secret": client_secret,
            "grant_type": Secret("client_credentials"),
        }
        if scopes:
            self._form["scope"] = Secret(" ".join(scopes))
        self._lock = Lock()
        self._current: _Token | None = None
        self._failure: _Failure | None = None

    def token(self, operation: str, stale: Secret | None, settings: Settings, until: float) -> Flow[Secret]:
        """A token that is not `stale`."""
        if (usable := self._usable(stale)) is not None:
            return usable
        began = time.monotonic()
        try:
            renewed: Secret = yield ExclusiveStep(
                self._lock, lambda: self._renewed(operation, stale, began, settings, until), until
            )
        except TransportError as fault:
            raise TokenError(operation, str(fault)) from None
        return renewed

    def _usable(self, stale: Secret | None) -> Secret | None:
        token = self._current
        return None if token is None or token.text == stale or time.monotonic() >= token.until else token.text

    def _renewed(
        self, operation: str, stale: Secret | None, began: float, settings: Settings, until: float
    ) -> Flow[Secret]:
        """Fetch a token, unless somebody did while this call waited its turn; one refusal is enough for all, too."""
        if (usable := self._usable(stale)) is not None:
            return usable
        if (failure := self._failure) is not None and failure.at >= began:
            raise TokenError(operation, failure.message, failure.status, failure.headers, failure.retry_after)
        try:
            self._current = yield from self._fetched(operation, settings, until)
        except TokenError as error:
            # What others can only be told too; how long to wait and how often to try is for each call to say.
            if error.status is not None and error.status < 500 and (now := time.monotonic()) < until:
                self._failure = _Failure(now, error.message, error.status, error.headers, error.retry_after)
            raise
        return self._current.text

    def _fetched(self, operation: str, settings: Settings, until: float) -> Flow[_Token]:
        headers = {
            "User-Agent": settings.user_agent,
            "Accept": "application/json",
            "Accept-Encoding": "gzip",
            "Content-Type": "application/x-www-form-urlencoded",
            # What is meant for the API may be meant for nobody else.
            **(settings.headers if self._own else {}),
        }
        request = Request("POST", self._url, self._url.path, headers, urlencode(self._form).encode())
        repetition = 0
        while True:
            began = time.monotonic()
            try:
                reply: Reply = yield Send(request, settings.timeout, until, settings.max_response_bytes)
            except TransportError as fault:
                if fault.final:
                    raise ConfigurationError(operation, str(fault)) from None
                message = shortened(hidden(str(fault), (self._form["client_secret"],)))
                error = TokenError(operation, f"the token endpoint gave no answer: {message}")
                hopeless = False
            else:
                if reply.status == 200:
                    if (token := _token_in(reply, settings.max_response_bytes, began)) is not None:
                        return token
                    raise TokenError(operation, "the token endpoint answered without a usable access_token", 200)
                reply = reply.without((self._form["client_secret"],))
                message = f"the token endpoint answered {reply.status}{_error_in(reply, settings.max_response_bytes)}"
                after = retry.retry_after(reply.status, reply.headers, time.time())
                error = TokenError(operation, message, reply.status, reply.headers, after)
                hopeless = reply.status != 429 and reply.status < 500
            repetition += 1
            seconds = retry.wait(error, repetition, settings)
            if hopeless or repetition > settings.max_retries or seconds is None or time.monotonic() + seconds >= until:
                raise error
            yield Wait(seconds)


def _token_in(reply: Reply, limit: int, began: float) -> _Token | None:
    """The token in an answer, if there is one that can be used."""
    answer = _answer(reply, limit)
    token = answer.get("access_token")
    if not isinstance(token, str) or fault_of(token):
        return None
    lasts = answer.get("expires_in")
    if isinstance(lasts, str) and lasts.isascii() and lasts.isdigit():
        lasts = float(lasts)  # some say it so
    if isinstance(lasts, bool) or not isinstance(lasts, int | float | Decimal):
        return _Token(Secret(token), float("inf"))
    seconds = float(min(max(lasts, 0), _LONGEST))
    return _Token(Secret(token), began + seconds - min(_MARGIN, seconds / 10))


def _error_in(reply: Reply, limit: int) -> str:
    """What RFC 6749 lets a token endpoint say of an error; nothing else is shown, as the body may echo secrets."""
    answer = _answer(reply, limit)
    parts = (answer.get("error"), answer.get("error_description"))
    text = ": ".join(" ".join(one.split())[:200] for one in parts if isinstance(one, str) and one)
    return f": {text}" if text else ""


def _answer(reply: Reply, limit: int) -> Mapping[str, Json]:
    """The object in an answer; an empty one if there is none."""
    try:
        answer = decode(reply.unpacked(limit).content)
    except (EncodingError, NotJsonError):
        return {}
    return answer if isinstance(answer, dict) else {}
