"""The operations of an API as data: what the generated `_operations.py` is made of, shared by sync and async."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Generic, Literal, TypeAlias, TypeVar

from msgspec import Struct
from pydantic import TypeAdapter

Result = TypeVar("Result", covariant=True)
Where: TypeAlias = Literal["path", "query", "header", "cookie"]
Style: TypeAlias = Literal["simple", "label", "matrix", "form", "spaceDelimited", "pipeDelimited", "deepObject"]


class Parameter(Struct, frozen=True, dict=True):
    """One parameter: where it goes, how it is written there, and the type that its value is checked against."""

    wire_name: str
    name: str
    where: Where
    type: Any  # a type form, such as Annotated[str, Field(max_length=255)]
    required: bool = False
    style: Style = "simple"
    explode: bool = False
    json: bool = False
    """The value is written as JSON text (OpenAPI's `content` instead of `schema`)."""
    idempotency_key: bool = False
    """The server answers a repeated call with the same value and does not do it again; one is made if none is given."""

    @cached_property
    def adapter(self) -> TypeAdapter[object]:
        """Checks a value; compiled at the first use."""
        return TypeAdapter(self.type)


class Body(Struct, frozen=True, dict=True):
    """The request body: its media type, and the type that its value is checked against."""

    media_type: str
    type: Any  # a type form
    required: bool = False

    @cached_property
    def adapter(self) -> TypeAdapter[object]:
        """Checks and serializes a body; compiled at the first use."""
        return TypeAdapter(self.type)


class Response(Struct, frozen=True, dict=True):
    """What one status may bring: `status` is `200`, a range such as `4XX`, or `default`; no type means no content."""

    status: str
    media_type: str | None = None
    type: Any = None  # a type form

    @cached_property
    def adapter(self) -> TypeAdapter[object]:
        """Reads a decoded body; compiled at the first use."""
        return TypeAdapter(self.type)


class SecurityScheme(Struct, frozen=True):
    """How a credential is sent. `argument` is the name under which the client takes it."""

    kind: Literal["bearer", "basic", "header", "query", "cookie"]
    argument: str
    wire_name: str = "Authorization"


class Operation(Struct, Generic[Result], frozen=True):
    """One operation. `Result` is what a successful call returns.

    `security` lists alternatives; all schemes of one alternative are sent together, an empty one means none is needed.
    """

    id: str
    method: str
    path: str
    parameters: tuple[Parameter, ...] = ()
    body: Body | None = None
    responses: tuple[Response, ...] = ()
    security: tuple[tuple[SecurityScheme, ...], ...] = ()

    def responses_for(self, status: int) -> tuple[Response, ...]:
        """What the description says of a status: exactly, else by its range, else by `default`."""
        for key in (str(status), f"{status // 100}XX", "default"):
            found = tuple(response for response in self.responses if response.status.upper() == key.upper())
            if found:
                return found
        return ()
