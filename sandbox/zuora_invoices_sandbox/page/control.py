"""What the page can do to a sandbox: forget everything, set its clock, make calls go wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, cast

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, Response

from zuora_invoices._runtime.codec import NotJsonError, decode
from zuora_invoices_sandbox.fault_kinds import Fault
from zuora_invoices_sandbox.faults import FaultPolicy
from zuora_invoices_sandbox.store import StoreError

from .guard import refused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from decimal import Decimal

    from starlette.requests import Request

    from zuora_invoices_sandbox.protocols import Inspected

_LONGEST: Final = 16 << 10
_YEARS: Final = timedelta(days=36525)
_MOST_TIMES: Final = 1000


class UnfitOrderError(Exception):
    """The page was told to do what it cannot; says why."""


@dataclass(frozen=True, slots=True)
class Control:
    """Carries out what is ordered, each in the form that its method says."""

    sandbox: Inspected

    async def reset(self, request: Request) -> Response:
        """`{}`: forget all."""
        return await _done(request, lambda _: self.sandbox.reset())

    async def clock(self, request: Request) -> Response:
        """`{"freeze": "2026-11-21T10:00:00Z"}`, `{"freeze": true}` for now, `{"move": 3600}` or `{"run": true}`."""
        return await _done(request, self._set_clock)

    async def faults(self, request: Request) -> Response:
        """`{"rate": 0.2, "faults": [...], "seed": 1}`, `{"next": "drop-after", "times": 2}` or `{"clear": true}`."""
        return await _done(request, self._set_faults)

    def _set_clock(self, order: Mapping[str, object]) -> None:
        clock = self.sandbox.clock
        match dict(order):
            case {"run": True, **rest} if not rest:
                clock.run()
            case {"freeze": True, **rest} if not rest:
                clock.freeze()
            case {"freeze": str(text), **rest} if not rest:
                clock.freeze(_moment(text))
            case {"move": seconds, **rest} if not rest:
                step = timedelta(seconds=_number(seconds, "move", -_YEARS.total_seconds(), _YEARS.total_seconds()))
                try:
                    moved = clock.now() + step
                except OverflowError:
                    raise UnfitOrderError("the clock cannot go there") from None
                _sensible(moved)
                clock.move(step)
            case _:
                raise UnfitOrderError('say one of {"freeze": moment or true}, {"move": seconds}, {"run": true}')

    def _set_faults(self, order: Mapping[str, object]) -> None:
        faults = self.sandbox.faults
        match dict(order):
            case {"clear": True, **rest} if not rest:
                faults.clear()
            case {"next": fault, **rest} if set(rest) <= {"times", "seconds"}:
                times = int(_number(rest.get("times", 1), "times", 1, _MOST_TIMES))
                faults.next(_fault(fault), times, seconds=_number(rest.get("seconds", 1), "seconds", 0, 3600))
            case {"rate": rate, **rest} if set(rest) <= {"faults", "seed", "seconds"}:
                faults.policy = FaultPolicy(
                    _number(rate, "rate", 0, 1),
                    _faults(rest.get("faults")),
                    int(_number(rest.get("seed", 0), "seed", 0, 2**53)),
                    _number(rest.get("seconds", 1), "seconds", 0, 3600),
                )
            case _:
                raise UnfitOrderError('say one of {"rate": 0 to 1, ...}, {"next": fault, ...}, {"clear": true}')


async def _done(request: Request, work: Callable[[Mapping[str, object]], None]) -> Response:
    # A form of another site can be sent here without asking; this type of content cannot.
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        return refused(415, "send application/json")
    try:
        await run_in_threadpool(work, await _order(request))
    except UnfitOrderError as error:
        return refused(400, str(error))
    except StoreError as error:
        return refused(503, str(error))
    return JSONResponse({"done": True})


async def _order(request: Request) -> Mapping[str, object]:
    body = b""
    try:
        async for part in request.stream():
            body += part
            if len(body) > _LONGEST:
                raise UnfitOrderError(f"an order has at most {_LONGEST} bytes")
        order = decode(body)
    except NotJsonError as error:
        raise UnfitOrderError(str(error)) from None
    except ClientDisconnect:
        raise UnfitOrderError("the request ended too early") from None
    if not isinstance(order, dict):
        raise UnfitOrderError("an order is an object")
    return cast("Mapping[str, object]", order)


def _number(value: object, name: str, least: float, most: float) -> float:
    if isinstance(value, bool) or not hasattr(value, "as_integer_ratio") or not least <= cast("Decimal", value) <= most:
        raise UnfitOrderError(f"{name} is a number from {least:g} to {most:g}")
    return float(cast("Decimal", value))


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        moment = moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise UnfitOrderError("a moment looks like 2026-11-21T10:00:00Z") from None
    _sensible(moment)
    return moment


def _sensible(moment: datetime) -> None:
    """Dates of invoices are reckoned from the clock, and have to stay within the calendar."""
    if not 1970 <= moment.year <= 9000:
        raise UnfitOrderError("the clock is set between the years 1970 and 9000")


def _fault(value: object) -> Fault:
    if not isinstance(value, str) or value not in list(Fault):
        raise UnfitOrderError(f"a fault is one of {', '.join(Fault)}")
    return Fault(value)


def _faults(value: object) -> tuple[Fault, ...]:
    if value is None:
        return tuple(Fault)
    if not isinstance(value, list) or not value:
        raise UnfitOrderError("faults is a list of at least one")
    return tuple(_fault(one) for one in value)
