"""The operations of an API as data: what the generated `_operations/` is made of, shared by sync and async.

A type stands there as its form, or as a function that gives it, which is called when a value first has to be of that
type: models are loaded by the calls that need them.
"""

from __future__ import annotations

from functools import cached_property
from types import FunctionType
from typing import TYPE_CHECKING, Any, Final, Generic, Literal, TypeAlias, TypeVar

from msgspec import Struct, structs
from pydantic_core import ValidationError

from .alternatives import marked_adapter
from .reasons import FailureBody

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import TypeAdapter

ACCEPT: Final = "accept"
"""The argument that chooses among the media types of an answer; no parameter has its name then."""
Result = TypeVar("Result", covariant=True)
Where: TypeAlias = Literal["path", "query", "header", "cookie", "querystring"]
Style: TypeAlias = Literal["simple", "label", "matrix", "form", "spaceDelimited", "pipeDelimited", "deepObject"]


def _type(form: Any) -> Any:
    """A type form, which may be given by a function (`Any`: there is no type of those that mypy and pyright share)."""
    return form() if isinstance(form, FunctionType) else form


def _is_json(media_type: str | None) -> bool:
    """Whether a media type is JSON, whatever its parameters are."""
    kind = (media_type or "").partition(";")[0].strip().lower()
    return kind in ("application/json", "text/json") or kind.endswith("+json")


class Parameter(Struct, frozen=True, dict=True):
    """One parameter: where it goes, how it is written there, and the type that its value is checked against."""

    wire_name: str
    name: str
    where: Where
    form: Any  # of the type, such as Annotated[str, Field(max_length=255)]
    required: bool = False
    style: Style = "simple"
    explode: bool = False
    reserved: bool = False
    """Reserved characters stay as they are, but those that would end the value."""
    json: bool = False
    """The value is written as JSON text (OpenAPI's `content` instead of `schema`)."""
    idempotency_key: bool = False
    """The server answers a repeated call with the same value and does not do it again; one is made if none is given."""
    max_length: int | None = None
    """The most characters that the value may have, where the description says so; a derived key keeps to it."""
    lifetime: int | None = None
    """Seconds for which the server keeps its answer to an idempotency key, where the description says so."""
    correlation_id: bool = False
    """The caller's own id of the call, for tracing; errors and logs show it."""

    @cached_property
    def type(self) -> Any:
        """The type form itself."""
        return _type(self.form)

    @cached_property
    def adapter(self) -> TypeAdapter[object]:
        """Checks a value; compiled at the first use."""
        return marked_adapter(self.type)


class Encoding(Struct, frozen=True):
    """How a field of a form is written, where it is not as usual: OpenAPI's `encoding`.

    Without a style an object is written as JSON, and of an array each element as a field of its own.
    """

    name: str
    media_type: str | None = None
    style: Style | None = None
    explode: bool = False
    reserved: bool = False
    """Reserved characters stay as they are, but those that would end the value."""

    @property
    def is_json(self) -> bool:
        """Whether it is JSON, by its media type."""
        return _is_json(self.media_type)


class Body(Struct, frozen=True, dict=True):
    """The request body: its media type, and the type that its value is checked against."""

    media_type: str
    form: Any  # of the type
    required: bool = False
    gzip: bool = False
    """The server takes a body that is compressed with gzip."""
    encoding: tuple[Encoding, ...] = ()
    """Of the fields of a form, those that are written in a way of their own."""
    written: str = ""
    """The media type as it goes out, where that has parameters: `application/json;version=2`."""

    @cached_property
    def type(self) -> Any:
        """The type form itself."""
        return _type(self.form)

    @cached_property
    def adapter(self) -> TypeAdapter[object]:
        """Checks and serializes a body; compiled at the first use."""
        return marked_adapter(self.type)

    @cached_property
    def takes_null(self) -> bool:
        """Whether `null` is a body: where one is required, `None` stands for that, and else for none."""
        try:
            return _is_json(self.media_type) and self.adapter.validate_python(None, strict=True) is None
        except ValidationError:
            return False


class Element(Struct, frozen=True):
    """What comes in a stream, one after the other: the data, of events of one name only where that is said."""

    form: Any  # of the type
    event: str = ""
    is_text: bool = False
    """The data is a text; else it is JSON."""

    @property
    def type(self) -> Any:
        """The type form itself."""
        return _type(self.form)


class Response(Struct, frozen=True, dict=True):
    """What one status may bring: `status` is `200`, a range such as `4XX`, or `default`; no type means no content."""

    status: str
    media_type: str | None = None
    form: Any = None  # of the type
    elements: tuple[Element, ...] = ()
    """Of a stream, what comes in it."""
    written: str = ""
    """The media type as it is asked for, where that has parameters."""
    raw: bool = False
    """It is taken part by part, as bytes."""

    @cached_property
    def type(self) -> Any:
        """The type form itself."""
        return _type(self.form)

    @property
    def is_json(self) -> bool:
        """Whether it is JSON, by its media type."""
        return _is_json(self.media_type)

    @property
    def is_opaque(self) -> bool:
        """Whether it is bytes or a text to the client, and no more."""
        return self.type is bytes or (self.type is str and not self.is_json)

    @cached_property
    def adapter(self) -> TypeAdapter[object]:
        """Reads a decoded body; compiled at the first use."""
        return marked_adapter(self.type)


class SecurityScheme(Struct, frozen=True):
    """How a credential is sent. `argument` is the name under which the client takes it.

    With a `token_url` the client can fetch a bearer token itself, for its id and secret (RFC 6749, 4.4); the URL may be
    relative to the base URL.
    """

    kind: Literal["bearer", "basic", "header", "query", "cookie"]
    argument: str
    wire_name: str = "Authorization"
    token_url: str | None = None
    scopes: tuple[str, ...] = ()


class LimitHeaders(Struct, frozen=True):
    """The headers of answers that tell of limits, in lower case, as far as the description names them.

    Calls left in a window of time; seconds until it begins anew; calls that may be under way at once; those left.
    """

    remaining: str | None = None
    reset: str | None = None
    concurrency_limit: str | None = None
    concurrency_remaining: str | None = None


class Operation(Struct, Generic[Result], frozen=True, dict=True):
    """One operation. `Result` is what a successful call returns.

    `security` lists alternatives; all schemes of one alternative are sent together, an empty one means none is needed.
    `retry_statuses` are those after which the call is sent again; by default it depends on whether that is safe.
    """

    id: str
    method: str
    path: str
    parameters: tuple[Parameter, ...] = ()
    body: Body | None = None
    responses: tuple[Response, ...] = ()
    security: tuple[tuple[SecurityScheme, ...], ...] = ()
    failure: FailureBody = FailureBody()
    retry_statuses: tuple[int, ...] | None = None
    servers: tuple[str, ...] = ()
    """Servers of its own, absolute or relative to that of the client."""
    bodies: tuple[Body, ...] = ()
    """What the body may be besides, in other media types."""
    accepts: tuple[str, ...] = ()
    """The media types of a success among which a call may choose, that which comes without a choice first."""
    others: tuple[Response, ...] = ()
    """What successes may be besides, in media types that are chosen."""
    chosen: str = ""
    """The media type that was chosen."""
    limit_headers: LimitHeaders | None = None
    """Where answers tell of limits; for runs of many calls."""

    @cached_property
    def idempotency_key(self) -> Parameter | None:
        """The parameter that makes it safe to send the call again, if there is one."""
        return next((one for one in self.parameters if one.idempotency_key), None)

    @cached_property
    def accepted(self) -> str:
        """The media types that answers may have, as the `Accept` header lists them."""
        # What a success has with parameters is not asked for without them, though failures may have it so.
        of_success = {one.media_type for one in self.responses if one.status.startswith("2")}
        named = {
            one.written or one.media_type: one.media_type
            for one in self.responses
            if one.media_type and (one.status.startswith("2") or one.media_type not in of_success)
        }
        if self.chosen:
            # Failures, and other successes, come in others all the same.
            first = [text for text, kind in named.items() if kind == self.chosen]
            return ", ".join([*first, *(f"{text};q=0.1" for text in named if text not in first)])
        return ", ".join(named) or "*/*"

    @cached_property
    def streams(self) -> bool:
        """Whether an answer may be taken part by part."""
        return any(one.elements or one.raw for one in self.responses)

    def accepting(self, media_type: object) -> Operation[Result]:
        """The operation whose successes are of a media type, where they can be; itself for what is no choice."""
        if not isinstance(media_type, str) or media_type not in self.accepts:
            return self
        known = self._by_media_type
        if media_type not in known:
            known[media_type] = structs.replace(
                self, responses=tuple(self._responses_in(media_type)), chosen=media_type
            )
        return known[media_type]

    @cached_property
    def _by_media_type(self) -> dict[str, Operation[Result]]:
        return {}

    def _responses_in(self, media_type: str) -> Iterator[Response]:
        listed = (*self.responses, *self.others)
        for status in dict.fromkeys(one.status for one in listed):
            of_status = [one for one in listed if one.status == status]
            yield from (
                [one for one in of_status if one.media_type == media_type]
                or [one for one in self.responses if one.status == status]
            )

    @cached_property
    def raw(self) -> Operation[Result]:
        """The operation whose answers are taken part by part where nothing else is known of them than that."""
        raw = [structs.replace(one, raw=True) if one.is_opaque else one for one in self.responses]
        return structs.replace(self, responses=tuple(raw))

    @cached_property
    def describes_success(self) -> bool:
        """Whether the description says anything of an answer that is no failure."""
        return any(one.status.startswith("2") or one.status.lower() == "default" for one in self.responses)

    def responses_for(self, status: int) -> tuple[Response, ...]:
        """What the description says of a status: exactly, else by its range, else by `default`.

        Where another answer is described as a success, `default` is what failures are.
        """
        known = self._by_status
        if status not in known:
            known[status] = self._responses_for(status)
        return known[status]

    @cached_property
    def _by_status(self) -> dict[int, tuple[Response, ...]]:
        return {}

    def _responses_for(self, status: int) -> tuple[Response, ...]:
        keys = [str(status), f"{status // 100}XX"]
        if not (200 <= status < 300 and any(one.status.startswith("2") for one in self.responses)):
            keys.append("default")
        for key in keys:
            found = tuple(response for response in self.responses if response.status.upper() == key.upper())
            if found:
                return found
        return ()
