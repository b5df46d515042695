"""What goes wrong on demand: by a header of the request, by a queue of orders, or by a policy that a seed decides.

A request says `Zuora-Sandbox-Fault: drop-after`, with parameters behind it: `; times=2` for the first two requests with
its idempotency key (1 if it is not said; each request, if there is no key), `; seconds=3` for how long it takes.
Orders of the header come first, then those of the queue, then the policy. Requests for a token have a header of their
own, `Zuora-Sandbox-Token-Fault`, as clients send what they are told to with every request, and one fault is meant.
"""

from __future__ import annotations

import math
import threading
from collections import OrderedDict, deque
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import TYPE_CHECKING, Final, NoReturn

from zuora_invoices._runtime.codec import decode, encode
from zuora_invoices._runtime.retry import chain, next_key

from .fault_kinds import Fault
from .gates.tokens import CHALLENGE, TOKEN_PATH
from .messages import JSON, Answer, Delivery
from .refusal import Category, Refused, general, unexpected

if TYPE_CHECKING:
    from collections.abc import Collection

    from .messages import Request

HEADER: Final = "Zuora-Sandbox-Fault"
TOKEN_HEADER: Final = "Zuora-Sandbox-Token-Fault"  # noqa: S105 - it is a name
_PATHS: Final = frozenset(("/v1/invoices", "/v1/invoices/batch"))
_SECONDS: Final = 1.0
_LONGEST: Final = 3600.0
_MOST_TIMES: Final = 1_000_000
_MOST_KEYS: Final = 10_000
_LONGEST_KEY: Final = 255


@dataclass(frozen=True, slots=True)
class Order:
    """One thing that is to go wrong with one request."""

    fault: Fault
    seconds: float = _SECONDS
    """How late a slow answer is; what Retry-After asks for, rounded up."""

    def __post_init__(self) -> None:
        _check_seconds(self.seconds)


@dataclass(frozen=True)
class FaultPolicy:
    """So many of the calls go wrong, of 0 to 1. The same seed and the same order of calls: the same faults."""

    rate: float
    faults: Collection[Fault] = tuple(Fault)
    seed: int = 0
    seconds: float = _SECONDS
    """As of `Order`."""

    def __post_init__(self) -> None:
        if not 0 <= self.rate <= 1:
            raise ValueError("the rate of faults is from 0 to 1")
        if not self.faults:
            raise ValueError("a policy needs faults to choose from")
        _check_seconds(self.seconds)
        object.__setattr__(self, "faults", tuple(sorted(Fault(one) for one in self.faults)))

    def order(self, number: int) -> Order | None:
        """What goes wrong with the nth call."""
        digest = blake2b(f"{self.seed}/{number}".encode(), digest_size=16).digest()
        if int.from_bytes(digest[:8]) >= self.rate * 2**64:
            return None
        faults = tuple(self.faults)
        return Order(faults[int.from_bytes(digest[8:]) % len(faults)], self.seconds)


class Faults:
    """The faults of a sandbox, those ordered and those of its policy; threads may share it."""

    def __init__(self, policy: FaultPolicy | None = None) -> None:
        self._lock = threading.Lock()
        self._queue: deque[Order] = deque()
        self._seen: OrderedDict[str, int] = OrderedDict()
        self._calls = 0
        self._first_policy = policy
        self._policy = policy

    @property
    def policy(self) -> FaultPolicy | None:
        """What goes wrong where nothing else is said. Setting it starts its sequence anew."""
        return self._policy

    @policy.setter
    def policy(self, policy: FaultPolicy | None) -> None:
        with self._lock:
            self._policy = policy
            self._calls = 0

    def next(self, fault: Fault | str, times: int = 1, *, seconds: float = _SECONDS) -> None:
        """Let something go wrong with the next calls that create invoices, behind what is ordered already.

        Raises:
            ValueError: there is no such fault, it is to happen less than once, or to last less than nothing.
        """
        if times < 1:
            raise ValueError("a fault happens once at least")
        orders = [Order(Fault(fault), seconds)] * times
        with self._lock:
            self._queue.extend(orders)

    @property
    def ordered(self) -> int:
        """How many of the next calls go wrong by `next`."""
        return len(self._queue)

    def clear(self) -> None:
        """Let nothing go wrong any more: forget the orders, the policy, and what was counted."""
        with self._lock:
            self._queue.clear()
            self._seen.clear()
            self._policy = None
            self._calls = 0

    def reset(self) -> None:
        """Begin again as at first, with the policy of that time."""
        self.clear()
        self.policy = self._first_policy

    def decide(self, request: Request) -> Order | None:
        """What goes wrong with a request. Each request is to be asked for once, as it counts.

        Orders and the policy concern the two operations; the header all that is no request for a token.

        Raises:
            Refused: with status 400, if the header does not say a fault that there is.
        """
        header = TOKEN_HEADER if request.path == TOKEN_PATH else HEADER
        ordered = _from_header(header, request.headers[header]) if header in request.headers else None
        creates = request.method == "POST" and request.path in _PATHS
        with self._lock:
            if creates:
                self._calls += 1
            if ordered is not None and self._is_due(ordered[1], request.headers.get("Idempotency-Key")):
                return ordered[0]
            if ordered is not None or not creates:
                return None
            if self._queue:
                return self._queue.popleft()
            return None if self._policy is None else self._policy.order(self._calls)

    def _is_due(self, times: int, key: str | None) -> bool:
        """Whether a request is among the first ones with its key, or with one that a client derived from it."""
        if key is None:
            return True
        first = next_key(chain(key)[0], 1, _LONGEST_KEY)
        seen = self._seen[first] = self._seen.pop(first, 0) + 1
        if len(self._seen) > _MOST_KEYS:
            self._seen.popitem(last=False)
        return seen <= times


def before(order: Order | None) -> Delivery | None:
    """What comes of a request before anything is done with it, in particular before its key is looked at.

    Raises:
        Refused: with a status of its own; it is not kept.
    """
    match order.fault if order else None:
        case Fault.DROP_BEFORE:
            return Delivery(None)
        case Fault.INTERNAL:
            return _error(500, Category.INTERNAL, "An internal error, as was asked for.")
        case Fault.UNAVAILABLE:
            return _error(503, Category.TEMPORARY, "The service is not available, as was asked for.")
        case Fault.BAD_GATEWAY:
            return Delivery(Answer(502, _PAGE, (("Content-Type", "text/html"),)))
        case Fault.TOO_MANY:
            raise _too_many()
        case Fault.TOO_MANY_RETRY_AFTER if order:
            raise _too_many((("Retry-After", str(math.ceil(order.seconds))),))
        case Fault.UNAUTHORIZED:
            message = "The token is no longer good, as was asked for."
            raise Refused([unexpected(Category.UNAUTHENTICATED, message)], 401, CHALLENGE)
        case _:
            return None


def during(order: Order | None) -> None:
    """What comes of a request where its invoices would be made, so that it is kept under its key.

    Raises:
        Refused: transient, with status 200.
    """
    match order.fault if order else None:
        case Fault.LOCKED:
            raise Refused([general(Category.LOCKED, "Somebody else holds what is needed, as was asked for.")])
        case Fault.TEMPORARY:
            raise Refused([general(Category.TEMPORARY, "A temporary error, as was asked for.")])


def changed(order: Order | None, answer: Answer) -> Answer:
    """What comes of an answer before it is compressed; under a key it is kept as it was."""
    if order is None or order.fault is not Fault.ODD_FIELD or answer.status != 200:
        return answer
    body = decode(answer.body)
    elements = body.get("invoices", [body]) if isinstance(body, dict) else []
    created = (
        [one for one in elements if isinstance(one, dict) and "invoiceDate" in one]
        if isinstance(elements, list)
        else []
    )
    for one in created[:1]:
        one["invoiceDate"] = 0
    return replace(answer, body=encode(body))


def after(order: Order | None, answer: Answer) -> Delivery:
    """What comes of an answer on its way: to be asked of the answer as it goes out, compressed and with its headers."""
    match order.fault if order else None:
        case Fault.DROP_AFTER:
            return Delivery(None)
        case Fault.CUT_BODY:
            return Delivery(answer, cut=len(answer.body) // 2)
        case Fault.SLOW if order:
            return Delivery(answer, delay=order.seconds)
        case _:
            return Delivery(answer)


_PAGE: Final = b"<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>\n"


def _check_seconds(seconds: float) -> None:
    if not 0 <= seconds <= _LONGEST:
        raise ValueError(f"seconds are from 0 to {_LONGEST:.0f}")


def _too_many(headers: tuple[tuple[str, str], ...] = ()) -> Refused:
    return Refused([general(Category.LIMIT, "Too many requests, as was asked for.")], 429, headers)


def _error(status: int, category: Category, message: str) -> Delivery:
    """Answers of 500 and beyond have nothing but reasons."""
    reason = general(category, message)
    body = encode({"reasons": [{"code": reason.code, "message": reason.message}]})
    return Delivery(Answer(status, body, (("Content-Type", JSON),)))


def _from_header(header: str, text: str) -> tuple[Order, int]:
    """The order of a header, and for how many requests it is."""
    name, *parameters = [part.strip() for part in text.split(";")]
    if name not in list(Fault):
        _refuse(f"{header} is one of {', '.join(Fault)}.")
    times, seconds = 1.0, _SECONDS
    for parameter in parameters:
        word, _, value = parameter.partition("=")
        if word.strip() == "times":
            times = _number(header, word, value, 1, _MOST_TIMES)
        elif word.strip() == "seconds":
            seconds = _number(header, word, value, 0, _LONGEST)
        else:
            _refuse(f"{header} has the parameters times and seconds.")
    return Order(Fault(name), seconds), int(times)


def _number(header: str, word: str, text: str, least: float, most: float) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not least <= number <= most:
        _refuse(f"{word.strip()} of {header} is from {least:g} to {most:.0f}.")
    return number


def _refuse(message: str) -> NoReturn:
    raise Refused([general(Category.INVALID, message)], 400)
