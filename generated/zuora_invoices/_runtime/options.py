"""What can be set for a client, for a copy of it, or for a single call."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from inspect import iscoroutinefunction, signature
from typing import TYPE_CHECKING, Final, TypeAlias, TypedDict, TypeGuard, cast
from uuid import uuid4

from msgspec import Struct, structs

from .errors import ConfigurationError

if TYPE_CHECKING:
    from .events import Hook

__all__ = ["Options"]

_TOKEN: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_OWN: Final = frozenset(
    (
        *("accept", "accept-encoding", "authorization", "connection", "content-encoding", "content-length"),
        *("content-type", "cookie", "host", "te", "trailer", "transfer-encoding", "upgrade"),
    )
)
"""Headers that are the client's own business."""
_YEAR: Final = 366 * 24 * 3600.0  # seconds; much more than that is beyond what a clock can count


class Options(TypedDict, total=False):
    """What can be set; each is left as it was unless given.

    timeout: seconds to wait for a connection, and between two pieces of an answer; of one attempt. 60 at first.
    deadline: seconds for a whole call, waits and all attempts included; `None` for no end. 300 at first. Of a stream
        until its head is there.
    max_retries: how often a call is sent again at most. 4 at first; 0 for never.
    max_wait: seconds between two attempts at most; where the server asks for more, the call gives up. 60 at first.
    backoff: seconds; before the nth repetition a random time up to `backoff * 2**(n-1)` is waited. 0.5 at first.
    headers: sent with every call and every request for a token, beside what the client sends of its own; added to
        those set before. Those that are parameters of an operation are checked like its arguments, which win over them.
    compress_above: bytes above which a request body is compressed, where the server takes that; `None` for never.
        32 KiB at first.
    max_response_bytes: how much of an answer is taken, or of one element of a stream, after decompression. 64 MiB at
        first.
    strict_answers: whether an answer that tells of success is an error where another field is not as described. False
        at first: the field is `None`, and listed in `unread`.
    make_key: makes the idempotency key of a call that is given none. A random UUID at first. A function that has to be
        given an argument gets the body, as the bytes that are sent, before they are compressed; it decides alone, so
        whoever means two equal bodies as two needs something else in the key.
    hooks: functions that are told of each `Event`: request, response, retry and give-up; in the place of those set
        before. What they raise is logged and goes no further.
    """

    timeout: float
    deadline: float | None
    max_retries: int
    max_wait: float
    backoff: float
    headers: Mapping[str, str]
    compress_above: int | None
    max_response_bytes: int
    strict_answers: bool
    make_key: KeyMaker
    hooks: Sequence[Hook]


KeyMaker: TypeAlias = Callable[[], str] | Callable[[bytes], str]
"""Makes an idempotency key: of nothing, or of the body as it is written, before it is compressed."""


def fresh_key() -> str:
    """A key that no other call has."""
    return str(uuid4())


class Settings(Struct, frozen=True):
    """Every option with its value."""

    timeout: float = 60.0
    deadline: float | None = 300.0
    max_retries: int = 4
    max_wait: float = 60.0
    backoff: float = 0.5
    headers: Mapping[str, str] = {}
    compress_above: int | None = 32 * 1024
    max_response_bytes: int = 64 * 1024 * 1024
    strict_answers: bool = False
    make_key: KeyMaker = fresh_key
    hooks: tuple[Hook, ...] = ()
    user_agent: str = ""
    """What the header of that name says; not an option of its own, as it can be given among the headers."""

    def __repr__(self) -> str:
        return "Settings(***)"  # a header may be a secret

    def changed(self, options: Options, where: str = "client") -> Settings:
        """These settings with some options set anew; headers are added to those that there are.

        Raises:
            ConfigurationError: an option is unknown or unfit; `where` is the operation, if it was given for one call.
        """
        if not isinstance(options, Mapping):
            raise ConfigurationError(where, "options= must be a mapping of names to values")
        values = dict(cast("Mapping[str, object]", options))
        for name, value in values.items():
            fault = _CHECKS[name](value) if name in _CHECKS else f"is no option; there are {', '.join(_CHECKS)}"
            if fault:
                raise ConfigurationError(where, f"{name}= {fault}")
        if "headers" in options:
            # Names of headers have no case: what is said last counts.
            headers = {
                name.lower(): (name, text) for name, text in (*self.headers.items(), *options["headers"].items())
            }
            if "user-agent" in headers:
                values["user_agent"] = headers.pop("user-agent")[1]
            values["headers"] = dict(headers.values())
        if "hooks" in options:
            values["hooks"] = tuple(options["hooks"])
        return structs.replace(self, **values)


def _seconds(value: object) -> str:
    return "" if _is_number(value) and 0 < value <= _YEAR else "must be a number of seconds above 0, of a year at most"


def _seconds_or_none(value: object) -> str:
    return f"{fault}, or None" if value is not None and (fault := _seconds(value)) else ""


def _seconds_or_zero(value: object) -> str:
    return "" if _is_number(value) and 0 <= value <= _YEAR else "must be a number of seconds, from 0 to a year"


def _count(value: object) -> str:
    return "" if _is_whole(value) and value >= 0 else "must be a whole number, 0 or more"


def _size(value: object) -> str:
    return "" if _is_whole(value) and 0 < value < sys.maxsize else "must be a number of bytes above 0"


def _size_or_none(value: object) -> str:
    return "" if value is None or not _count(value) else "must be a number of bytes, or None"


def _headers(value: object) -> str:
    if not isinstance(value, Mapping):
        return "must be a mapping of names to values"
    for name, text in value.items():
        if not isinstance(name, str) or not _TOKEN.fullmatch(name):
            return f"has a name that no header can have: {name!r}"
        if name.lower() in _OWN:
            return f"must leave {name} to the client"
        # The value is not shown: it may be a secret.
        if not isinstance(text, str) or not text.isascii() or not text.isprintable() or text != text.strip():
            return f"has a value for {name} that is not printable US-ASCII"
    return ""


def _truth(value: object) -> str:
    return "" if isinstance(value, bool) else "must be True or False"


def _key_maker(value: object) -> str:
    fit = callable(value) and _demanded(value) in (0, 1)
    return "" if fit else "must be a function of nothing, or of one argument: the body, as bytes"


def takes_body(make: KeyMaker) -> bool:
    """Whether a function that makes keys wants the body: there is one argument that it must be given."""
    return make is not fresh_key and _demanded(make) == 1


def _demanded(function: Callable[..., object]) -> int | None:
    """How many arguments a function must be given; nothing if one of them goes by its name alone."""
    try:
        parameters = signature(function).parameters.values()
    except (TypeError, ValueError):
        return 0  # some of those written in C do not say
    needed = [
        one for one in parameters if one.default is one.empty and one.kind not in (one.VAR_POSITIONAL, one.VAR_KEYWORD)
    ]
    return None if any(one.kind is one.KEYWORD_ONLY for one in needed) else len(needed)


def _hooks(value: object) -> str:
    if not isinstance(value, Sequence) or not all(callable(hook) for hook in value):
        return "must be a list of functions"
    awaited = any(iscoroutinefunction(hook) or iscoroutinefunction(type(hook).__call__) for hook in value)
    return "must be a list of functions that are not async: nobody awaits them" if awaited else ""


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_whole(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


_CHECKS: Final[Mapping[str, Callable[[object], str]]] = {
    "timeout": _seconds,
    "deadline": _seconds_or_none,
    "max_retries": _count,
    "max_wait": _seconds_or_zero,
    "backoff": _seconds_or_zero,
    "headers": _headers,
    "compress_above": _size_or_none,
    "max_response_bytes": _size,
    "strict_answers": _truth,
    "make_key": _key_maker,
    "hooks": _hooks,
}
"""What is wrong with the value of an option, in words; nothing if it is fit."""
