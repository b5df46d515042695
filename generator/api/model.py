"""The API as the templates need it: frozen data in which everything is decided and named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from generator.document.grammar import Side
    from generator.document.tree import Json, Object
    from generator.python.typeref import TypeRef


def module_name(name: str, kind: str) -> str:
    """The name of a file for what has this name: in ASCII, as not every locale's file names can be anything else."""
    return name if name.isascii() else f"{kind}_{name.encode('punycode').decode().replace('-', '_')}"


class Condition(msgspec.Struct, frozen=True):
    """A rule between fields: the name of a class of the runtime's `constraints`, and its arguments."""

    kind: str
    arguments: tuple[Condition | Json, ...]


class Property(msgspec.Struct, frozen=True):
    """A field of a model."""

    wire_name: str
    name: str
    description: str
    required: bool
    nullable: bool
    deprecated: bool
    default: str | None
    """The default as a Python literal."""
    metadata: tuple[tuple[str, Json], ...]
    minimum_version: tuple[str, str] | None
    """A header, and the least version named there with which the field may be sent."""
    alternative_names: tuple[str, ...] = ()
    """Other wire names under which an answer can have it."""


class PropertyGroup(msgspec.Struct, frozen=True):
    """The fields whose names match a pattern, reachable as one mapping."""

    name: str
    pattern: str
    type: TypeRef
    """As it stands among the models."""
    lazy: bool = False
    """The type names classes, which may come later in the file."""
    besides: tuple[str, ...] = ()
    """Patterns of the groups whose names are none of this one."""


class Batch(msgspec.Struct, frozen=True):
    """An answer with one element for each element of the request: wire names, and types as among the models."""

    requests: str
    results: str
    index: str
    given: str
    made: str
    failed: str


class Sum(msgspec.Struct, frozen=True):
    """A number of an answer that is the sum of numbers at some paths of its request."""

    total: str
    of: tuple[str, ...]
    unless: tuple[tuple[str, tuple[Json, ...] | None], ...]
    """Paths of the request, and values with which nothing is said of the total; `None` is any."""
    rounded: bool


class Echo(msgspec.Struct, frozen=True):
    """What an answer says again of its request: wire names of both, and sums."""

    same: tuple[str, ...]
    sums: tuple[Sum, ...]


class Schema(msgspec.Struct, frozen=True):
    """A named schema; `definition` is plain JSON Schema without rules between fields, for the model generator."""

    name: str
    side: Side
    definition: Object
    description: str
    failure: bool
    batch: Batch | None
    echo: Echo | None
    properties: tuple[Property, ...]
    constraints: tuple[Condition, ...]
    groups: tuple[PropertyGroup, ...]
    metadata: tuple[tuple[str, Json], ...]
    """The bounds, where the schema is no object."""


class Parameter(msgspec.Struct, frozen=True):
    """An argument of an operation that goes into path, query, header or cookie."""

    wire_name: str
    name: str
    where: str
    type: TypeRef
    required: bool
    style: str
    explode: bool
    reserved: bool
    json: bool
    idempotency_key: bool
    max_length: int | None
    """The most characters that an idempotency key may have."""
    lifetime: int | None
    """Seconds for which the server keeps its answer to an idempotency key."""
    correlation_id: bool
    description: str


class Encoding(msgspec.Struct, frozen=True):
    """How a field of a form is written, where it is not as usual."""

    name: str
    media_type: str | None
    style: str | None = None
    explode: bool = False
    reserved: bool = False


class RequestBody(msgspec.Struct, frozen=True):
    """What an operation takes as its body."""

    media_type: str
    type: TypeRef
    required: bool
    gzip: bool
    """The server takes it compressed with gzip."""
    description: str
    encoding: tuple[Encoding, ...] = ()
    written: str = ""
    """The media type with its parameters, if it has some."""


class Element(msgspec.Struct, frozen=True):
    """What comes in a stream, one after the other: the data, of events of one name where that is said."""

    type: TypeRef
    event: str
    is_text: bool


class Response(msgspec.Struct, frozen=True):
    """What a status brings; no type and no elements mean no content."""

    status: str
    media_type: str | None
    type: TypeRef | None
    elements: tuple[Element, ...] = ()
    """Of a stream."""
    written: str = ""
    """As of a body."""


class Choice(msgspec.Struct, frozen=True):
    """What a success is in Python in some of its media types: a value, a stream of items, or either."""

    media_types: tuple[str, ...]
    values: tuple[str, ...]
    """Of the types that a value may be; empty: there is none."""
    items: tuple[str, ...]
    """As well of what comes in a stream."""


class SecurityScheme(msgspec.Struct, frozen=True):
    """How a credential is sent, and the argument of the client that brings it."""

    kind: str
    argument: str
    wire_name: str
    token_url: str | None = None
    """Where the client can fetch a bearer token itself, for an id and a secret."""
    scopes: tuple[str, ...] = ()
    """What such a token is for, as the operation asks."""


class Category(msgspec.Struct, frozen=True):
    """A kind of failure; a `transient` one can be gone the next time, an `early` one tells nothing of the call."""

    number: int
    title: str
    transient: bool
    early: bool = False


class FailureBody(msgspec.Struct, frozen=True):
    """Where a body that says failure says why, as wire names; what the description does not say is `None` or empty."""

    reasons: str | None
    code: str | None
    message: str | None
    process_id: str | None
    modulo: int
    categories: tuple[Category, ...]


class LimitHeaders(msgspec.Struct, frozen=True):
    """The headers of answers that tell of limits; what the description does not name is `None`."""

    remaining: str | None = None
    reset: str | None = None
    concurrency_limit: str | None = None
    concurrency_remaining: str | None = None


class Bulk(msgspec.Struct, frozen=True):
    """A second method of an operation, for any number of elements: its name, and the types of elements and results."""

    name: str
    given: str
    made: str


class Operation(msgspec.Struct, frozen=True):
    """One operation, a method of its resource."""

    id: str
    name: str
    constant: str
    method: str
    path: str
    summary: str
    description: str
    deprecated: bool
    parameters: tuple[Parameter, ...]
    body: RequestBody | None
    responses: tuple[Response, ...]
    result: str
    """The Python type of a successful call that chooses no media type; empty: it gives nothing but a stream."""
    security: tuple[tuple[SecurityScheme, ...], ...]
    retry_statuses: tuple[int, ...] | None
    """After which statuses the call is sent again, if the description says it."""
    limits: tuple[str, ...] = ()
    """What of its description the method has not, a sentence each."""
    servers: tuple[str, ...] = ()
    """Servers of its own: URLs, absolute or relative to that of the client."""
    bodies: tuple[RequestBody, ...] = ()
    """What the body may be besides, in other media types."""
    bulk: Bulk | None = None
    """Where it takes a batch, and makes repeating safe."""
    accepts: tuple[str, ...] = ()
    """The media types of a success among which a call may choose."""
    others: tuple[Response, ...] = ()
    """What successes may be besides, in media types that are chosen."""
    choices: tuple[Choice, ...] = ()
    """What comes in which media types, that which comes without a choice first."""


class Resource(msgspec.Struct, frozen=True):
    """The operations of one tag."""

    name: str
    class_name: str
    description: str
    operations: tuple[Operation, ...]

    @property
    def module(self) -> str:
        """The name of its file."""
        return module_name(self.name, "tag")


class Server(msgspec.Struct, frozen=True):
    """A base URL and what stands there."""

    url: str
    description: str


class Api(msgspec.Struct, frozen=True):
    """Everything that the generated package says."""

    title: str
    version: str
    description: str
    servers: tuple[Server, ...]
    credentials: tuple[str, ...]
    """The arguments by which a client takes its secrets."""
    failure: FailureBody | None
    """Where failures say why, if the description says it."""
    limit_headers: LimitHeaders | None
    """Where answers tell of limits, if the description says it."""
    resources: tuple[Resource, ...]
    schemas: tuple[Schema, ...]
    timestamps: tuple[tuple[str, str], ...]
    """Name and form of each `datetime` type that the API writes in a way of its own."""
    takes_files: bool = False
    """Whether a form has a file in it."""
    gives_streams: bool = False
    """Whether an answer is a stream, or can be taken as its bytes come."""
    unchecked: tuple[str, ...] = ()
    """What the description says and the client does not enforce, a sentence each."""
    left_out: tuple[str, ...] = ()
    """What the description has and the client has not, a sentence each."""
