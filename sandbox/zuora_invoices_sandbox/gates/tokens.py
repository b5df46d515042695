"""OAuth tokens: given out for a client's id and secret (RFC 6749, 4.4), and looked at with each call.

Both are here, as nobody else knows what a token looks like: it is what it says, in JSON, and a MAC of that under the
database's secret. Nothing of it is stored: every process on a database takes what another one gave out, before a
restart and after.
"""

from __future__ import annotations

import base64
import hmac
import secrets
from hashlib import blake2b
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

import msgspec

from zuora_invoices._runtime.codec import encode
from zuora_invoices_sandbox.messages import JSON, Answer
from zuora_invoices_sandbox.refusal import Category, Refused, unexpected

from .limits import PeerLimits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zuora_invoices_sandbox.clock import Clock
    from zuora_invoices_sandbox.messages import Request
    from zuora_invoices_sandbox.tenant.model import OAuthClient, Tenant, User

TOKEN_PATH: Final = "/oauth/token"  # noqa: S105 - a path
_FORM: Final = "application/x-www-form-urlencoded"
_LONGEST_BODY: Final = 8_192
_MOST_PARAMETERS: Final = 20
_LONGEST_TOKEN: Final = 2_048
_LIFE: Final = 3_600
"""Seconds; the answer names one less, as part of the last one is gone when it arrives."""


class _Claims(msgspec.Struct, frozen=True):
    """What a token says. `until` is in seconds since 1970; `round` is of `revoke_all`."""

    tenant: str
    client: str
    jti: str
    until: int
    round: str = ""


class _DeniedError(Exception):
    """No token is given out; `error` is a word of RFC 6749, 5.2, where it has one."""

    def __init__(self, status: int, error: str, description: str, headers: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(description)
        self.status = status
        self.body = {"error": error, "error_description": description}
        self.headers = headers


class Tokens:
    """The tokens of a tenant; threads may share them."""

    def __init__(self, tenant: Tenant, secret: bytes, clock: Clock) -> None:
        self._tenant = tenant
        self._secret = secret
        self._clock = clock
        self._peers = PeerLimits(tenant.limits.tokens_per_minute, clock)
        self._round = ""

    def issue(self, request: Request) -> Answer:
        """Answer a request to the token endpoint, whatever it is: with a token, or with why there is none."""
        try:
            self._pace(request.peer)
            client = self._client(_parameters(request))
        except _DeniedError as denied:
            return _answer(denied.status, denied.body, denied.headers)
        user = self._tenant.users_by_id[client.user]
        claims = _Claims(self._tenant.id, client.client_id, secrets.token_hex(16), self._end(), self._round)
        entities = user.entities or (self._tenant.id,)
        return _answer(
            200,
            {
                "access_token": self._written(claims),
                "token_type": "bearer",
                "expires_in": _LIFE - 1,
                "scope": " ".join([*(f"entity.{one}" for one in entities), f"user.{user.id}"]),
                "jti": claims.jti,
            },
        )

    def caller_of(self, request: Request) -> User:
        """The user on whose behalf a call is made.

        Raises:
            Refused: 401, category 11: there is no token, or none that is good.
        """
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if not scheme:
            raise _refused("The Authorization header is missing.")
        if scheme.lower() != "bearer" or not token.strip():
            raise _refused("The Authorization header is not Bearer and a token.")
        claims = self._read(token.strip())
        if claims is None or claims.tenant != self._tenant.id:
            raise _refused("The token is not one of this tenant.")
        if self._clock.timestamp() >= claims.until:
            raise _refused("The token has expired.")
        client = self._tenant.clients_by_id.get(claims.client)
        if client is None or (self._round and claims.round != self._round):
            raise _refused("The token was revoked.")
        return self._tenant.users_by_id[client.user]

    def revoke_all(self) -> None:
        """Take all tokens back that were given out until now, for as long as this process runs."""
        # No moment tells old from new, as the clock may stand still.
        self._round = secrets.token_hex(8)

    def reset(self) -> None:
        """Forget how often tokens were asked for."""
        self._peers.reset()

    def _end(self) -> int:
        return int(self._clock.timestamp()) + _LIFE

    def _pace(self, peer: str) -> None:
        wait = self._peers.admit(peer)
        if wait:
            text = f"more than {self._tenant.limits.tokens_per_minute} requests for tokens within a minute"
            raise _DeniedError(429, "too_many_requests", text, (("Retry-After", str(wait)),))

    def _client(self, parameters: dict[str, str]) -> OAuthClient:
        missing = [name for name in ("grant_type", "client_id", "client_secret") if not parameters.get(name)]
        if missing:
            raise _DeniedError(400, "invalid_request", f"missing: {', '.join(missing)}")
        if parameters["grant_type"] != "client_credentials":
            raise _DeniedError(400, "unsupported_grant_type", "grant_type must be client_credentials")
        client = self._tenant.clients_by_id.get(parameters["client_id"])
        known = "" if client is None else client.client_secret
        # Compared in any case, so that the time it takes does not tell which ids there are.
        is_right = hmac.compare_digest(parameters["client_secret"].encode(), known.encode())
        if client is None or not is_right:
            raise _DeniedError(401, "invalid_client", "bad client credentials", CHALLENGE)
        return client

    def _written(self, claims: _Claims) -> str:
        text = _base64(msgspec.json.encode(claims))
        return f"{text}.{self._mac(text)}"

    def _read(self, token: str) -> _Claims | None:
        """What a token says, if it was written with this secret."""
        text, _, mac = token.partition(".")
        if len(token) > _LONGEST_TOKEN or not token.isascii() or not hmac.compare_digest(mac, self._mac(text)):
            return None
        try:
            return msgspec.json.decode(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), type=_Claims)
        except (ValueError, msgspec.MsgspecError):  # of another version of this program on the same database
            return None

    def _mac(self, text: str) -> str:
        return _base64(blake2b(text.encode(), key=self._secret, digest_size=32).digest())


CHALLENGE: Final = (("WWW-Authenticate", "Bearer"),)
"""What every 401 says (RFC 9110, 15.5.2)."""


def _parameters(request: Request) -> dict[str, str]:
    """The form in a request; a parameter that is given twice makes it unfit, as RFC 6749 has it."""
    if request.method != "POST":
        raise _DeniedError(405, "invalid_request", "tokens are asked for with POST", (("Allow", "POST"),))
    media = request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if media != _FORM or request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise _DeniedError(415, "invalid_request", f"the body must be {_FORM}, not compressed")
    if len(request.body) > _LONGEST_BODY:
        raise _DeniedError(413, "invalid_request", f"the body is longer than {_LONGEST_BODY} bytes")
    try:
        text = request.body.decode("ascii")
        pairs = parse_qsl(
            text, keep_blank_values=True, strict_parsing=bool(text), errors="strict", max_num_fields=_MOST_PARAMETERS
        )
    except ValueError:
        raise _DeniedError(400, "invalid_request", "the body is not a form") from None  # it may hold a secret
    if len(dict(pairs)) < len(pairs):
        raise _DeniedError(400, "invalid_request", "a parameter is given twice")
    return dict(pairs)


def _answer(status: int, body: Mapping[str, str | int], headers: tuple[tuple[str, str], ...] = ()) -> Answer:
    kept = (("Content-Type", JSON), ("Cache-Control", "no-store"), ("Pragma", "no-cache"))
    return Answer(status, encode(body), (*kept, *headers))


def _refused(text: str) -> Refused:
    return Refused([unexpected(Category.UNAUTHENTICATED, f"Authentication failed. {text}")], 401, CHALLENGE)


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
