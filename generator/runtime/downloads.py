"""Large answers: any operation that gives bytes or a text can be called so that they are taken as they come."""

from __future__ import annotations

from types import MethodType
from typing import TYPE_CHECKING, ParamSpec, TypeVar, overload

from .core import AsyncResource, SyncResource

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from .operation import Operation
    from .options import Options
    from .streams import AsyncByteStream, ByteStream

__all__ = ["streamed"]

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


@overload
def streamed(
    method: Callable[Arguments, Awaitable[bytes | str | None]],
) -> Callable[Arguments, Awaitable[AsyncByteStream]]: ...
@overload
def streamed(method: Callable[Arguments, bytes | str | None]) -> Callable[Arguments, ByteStream]: ...
def streamed(method: Callable[Arguments, object]) -> Callable[Arguments, object]:
    """A method of a client whose answer, bytes or a text, is taken as it comes instead of as a whole.

    It has the arguments of the method: `with streamed(client.reports.download)("4711") as report: ...`. A failure
    raises what it does else.

    Raises:
        TypeError: it is no method of a client.
        ConfigurationError: in the call: its answer is neither bytes nor a text, in the media type that it asks for.
    """
    resource, function = getattr(method, "__self__", None), getattr(method, "__func__", None)
    if isinstance(resource, SyncResource) and callable(function):
        return MethodType(function, _Raw(resource._client))  # noqa: SLF001 - the same client, called in another way
    if isinstance(resource, AsyncResource) and callable(function):
        return MethodType(function, _AsyncRaw(resource._client))  # noqa: SLF001 - as above
    raise TypeError("only a method of a client can be streamed, such as client.reports.download")


class _Raw(SyncResource):
    """A resource whose calls give bytes as they come."""

    def _call(
        self,
        operation: Operation[Result],
        arguments: Mapping[str, object],
        body: object = None,
        options: Options | None = None,
    ) -> Result:
        return self._choose(operation, arguments, body, options)

    def _choose(
        self,
        operation: Operation[Result],
        arguments: Mapping[str, object],
        body: object = None,
        options: Options | None = None,
        *,
        raw: bool = True,
    ) -> Result:
        return super()._choose(operation, arguments, body, options, raw=raw)


class _AsyncRaw(AsyncResource):
    """A resource whose calls give bytes as they come."""

    async def _call(
        self,
        operation: Operation[Result],
        arguments: Mapping[str, object],
        body: object = None,
        options: Options | None = None,
    ) -> Result:
        return await self._choose(operation, arguments, body, options)

    async def _choose(
        self,
        operation: Operation[Result],
        arguments: Mapping[str, object],
        body: object = None,
        options: Options | None = None,
        *,
        raw: bool = True,
    ) -> Result:
        return await super()._choose(operation, arguments, body, options, raw=raw)
