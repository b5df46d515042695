"""The operations of Library as data, shared by the sync and the async client."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field

from . import models
from ._runtime.operation import Body, Operation, Parameter, Response
from ._runtime.reasons import Category, FailureBody
from ._runtime.values import Date, Instant, Integer, MultipleOf, Number

FAILURE = FailureBody(
    reasons="causes",
    code="number",
    message="text",
    process_id="trace-id",
    modulo=10,
    categories=(Category(0, "Lost"), Category(7, "On loan", transient=True)),
)

FIND_BOOKS: Operation[list[models.Book]] = Operation(
    id="findBooks",
    method="GET",
    path="/books",
    parameters=(
        Parameter("X-Trace", "x_trace", "header", Annotated[str, Field(max_length=20)], correlation_id=True),
        Parameter(
            "required-words",
            "required_words",
            "query",
            Annotated[list[str], Field(min_length=1)],
            required=True,
            style="form",
            explode=True,
        ),
        Parameter("plain", "plain", "query", str, style="form", explode=True),
        Parameter("exploded", "exploded", "query", list[Integer], style="form", explode=True),
        Parameter("joined", "joined", "query", list[Integer], style="form"),
        Parameter("spaced", "spaced", "query", list[str], style="spaceDelimited"),
        Parameter("piped", "piped", "query", list[str], style="pipeDelimited"),
        Parameter("deep", "deep", "query", dict[str, str], style="deepObject", explode=True),
        Parameter("range", "range", "query", models.FindBooksRange, style="form", explode=True),
        Parameter("since", "since", "query", Date, style="form", explode=True),
        Parameter("before", "before", "query", Instant, style="form", explode=True),
        Parameter(
            "price",
            "price",
            "query",
            Annotated[Number, Field(ge=0), MultipleOf(Decimal("0.01"))],
            style="form",
            explode=True,
        ),
        Parameter("used", "used", "query", bool, style="form", explode=True),
        Parameter("order", "order", "query", Literal["title", "author"], style="form", explode=True),
        Parameter("filter", "filter", "query", models.FindBooksFilter, style="form", explode=True, json=True),
        Parameter("X-Shelves", "x_shelves", "header", list[Integer]),
        Parameter("X-Sizes", "x_sizes", "header", dict[str, Integer], explode=True),
        Parameter("X-Needed", "x_needed", "header", Annotated[str, Field(pattern="^[A-Za-z0-9_]+$")], required=True),
        Parameter("Accept-Language", "accept_language", "header", str),
        Parameter("session", "session", "cookie", str, style="form", explode=True),
        Parameter("visited", "visited", "cookie", list[Integer], style="form"),
    ),
    responses=(
        Response("200", "application/json", list[models.Book]),
        Response("4XX", "application/problem+json", models.Problem),
        Response("default", "application/json", models.Problem),
    ),
    failure=FAILURE,
    retry_statuses=(429, 503),
)

ADD_BOOK: Operation[models.Book | models.Receipt | None] = Operation(
    id="add-book",
    method="POST",
    path="/books",
    parameters=(
        Parameter("X-Trace", "x_trace", "header", Annotated[str, Field(max_length=20)], correlation_id=True),
        Parameter(
            "Request-Key",
            "request_key",
            "header",
            Annotated[str, Field(max_length=64)],
            idempotency_key=True,
            max_length=64,
            lifetime=3600,
        ),
    ),
    body=Body("application/json", models.BookRequest, required=True, gzip=True),
    responses=(
        Response("201", "application/json", models.Book),
        Response("202", "application/json", models.Receipt),
        Response("204"),
    ),
    failure=FAILURE,
    retry_statuses=(503,),
)

ADD_BOOKS: Operation[models.BooksAdded] = Operation(
    id="addBooks",
    method="POST",
    path="/books/batch",
    body=Body("application/json", models.AddBooksRequest, required=True),
    responses=(Response("200", "application/json", models.BooksAdded | models.Refused),),
    failure=FAILURE,
    retry_statuses=(429, 503),
)

GET_BOOK: Operation[models.Book] = Operation(
    id="getBook",
    method="GET",
    path="/books/{book-id}",
    parameters=(Parameter("book-id", "book_id", "path", Annotated[Integer, Field(ge=1)], required=True),),
    responses=(Response("2XX", "application/json", models.Book),),
    failure=FAILURE,
    retry_statuses=(429, 503),
)

REPLACE_BOOK: Operation[None] = Operation(
    id="replaceBook",
    method="PUT",
    path="/books/{book-id}",
    parameters=(Parameter("book-id", "book_id", "path", Annotated[Integer, Field(ge=1)], required=True),),
    body=Body("application/json", models.BookRequest, required=True),
    responses=(Response("204"),),
    failure=FAILURE,
    retry_statuses=(429, 503),
)

REMOVE_BOOK: Operation[None] = Operation(
    id="removeBook",
    method="DELETE",
    path="/books/{book-id}",
    parameters=(Parameter("book-id", "book_id", "path", Annotated[Integer, Field(ge=1)], required=True),),
    responses=(Response("204"),),
    failure=FAILURE,
    retry_statuses=(),
)

OPTIONS_OF_BOOK: Operation[None] = Operation(
    id="optionsOfBook",
    method="OPTIONS",
    path="/books/{book-id}",
    parameters=(Parameter("book-id", "book_id", "path", Annotated[Integer, Field(ge=1)], required=True),),
    responses=(Response("204"),),
    failure=FAILURE,
    retry_statuses=(429, 503),
)

HAS_BOOK: Operation[None] = Operation(
    id="hasBook",
    method="HEAD",
    path="/books/{book-id}",
    parameters=(Parameter("book-id", "book_id", "path", Annotated[Integer, Field(ge=1)], required=True),),
    responses=(Response("200"),),
    failure=FAILURE,
    retry_statuses=(429, 503),
)

CHANGE_BOOK: Operation[models.Book] = Operation(
    id="changeBook",
    method="PATCH",
    path="/books/{book-id}",
    parameters=(Parameter("book-id", "book_id", "path", Annotated[Integer, Field(ge=1)], required=True),),
    body=Body("application/merge-patch+json", models.ChangeBookRequest, required=False),
    responses=(Response("200", "application/json", models.Book),),
    failure=FAILURE,
    retry_statuses=(429, 503),
)

TRACE_BOOK: Operation[str] = Operation(
    id="traceBook",
    method="TRACE",
    path="/books/{book-id}",
    parameters=(Parameter("book-id", "book_id", "path", Annotated[Integer, Field(ge=1)], required=True),),
    responses=(Response("200", "text/plain", str),),
    failure=FAILURE,
    retry_statuses=(429, 503),
)

GET_COVER: Operation[bytes] = Operation(
    id="getCover",
    method="GET",
    path="/books/{book-id}/cover",
    parameters=(Parameter("book-id", "book_id", "path", Integer, required=True),),
    responses=(Response("200", "image/png", bytes),),
    failure=FAILURE,
    retry_statuses=(429, 503),
)

SET_COVER: Operation[None] = Operation(
    id="setCover",
    method="PUT",
    path="/books/{book-id}/cover",
    parameters=(Parameter("book-id", "book_id", "path", Integer, required=True),),
    body=Body("application/octet-stream", bytes, required=True),
    responses=(Response("default"),),
    failure=FAILURE,
    retry_statuses=(429, 503),
)

GET_BLURB: Operation[str] = Operation(
    id="getBlurb",
    method="GET",
    path="/books/{book-id}/blurb",
    parameters=(Parameter("book-id", "book_id", "path", Integer, required=True),),
    responses=(
        Response("200", "text/plain", str),
        Response("404"),
    ),
    failure=FAILURE,
    retry_statuses=(429, 503),
)

SET_BLURB: Operation[None] = Operation(
    id="setBlurb",
    method="PUT",
    path="/books/{book-id}/blurb",
    parameters=(Parameter("book-id", "book_id", "path", Integer, required=True),),
    body=Body("text/plain", str, required=True),
    responses=(Response("200"),),
    failure=FAILURE,
    retry_statuses=(429, 503),
)

FIND_ROOMS: Operation[list[str]] = Operation(
    id="findRooms",
    method="GET",
    path="/rooms/{simple}/{list}/{dict}/{label}/{labels}/{matrix}/{exploded}",
    parameters=(
        Parameter("exploded", "exploded", "path", list[Integer], required=True, style="matrix", explode=True),
        Parameter("matrix", "matrix", "path", Integer, required=True, style="matrix"),
        Parameter("labels", "labels", "path", list[str], required=True, style="label", explode=True),
        Parameter("label", "label", "path", str, required=True, style="label"),
        Parameter("dict", "dict_", "path", dict[str, Integer], required=True, explode=True),
        Parameter("list", "list_", "path", list[str], required=True),
        Parameter("simple", "simple", "path", str, required=True),
    ),
    responses=(Response("default", "application/json", list[str]),),
    failure=FAILURE,
    retry_statuses=(429, 503),
)

BOOK_ROOM: Operation[dict[str, int] | list[str | int]] = Operation(
    id="bookRoom",
    method="POST",
    path="/rooms/{body}/bookings",
    parameters=(
        Parameter("body", "body_", "path", str, required=True),
        Parameter("self", "self_", "query", str, style="form", explode=True),
        Parameter("class", "class_", "query", str, style="form", explode=True),
    ),
    body=Body("application/x-www-form-urlencoded", models.BookRoomRequest, required=False),
    responses=(
        Response("200", "application/json", dict[str, Integer]),
        Response("207", "application/json", list[str | Integer]),
    ),
    failure=FAILURE,
    retry_statuses=(429, 503),
)

TELL_APART_BY_FRAGMENT: Operation[None] = Operation(
    id="tellApartByFragment",
    method="GET",
    path="/untagged",
    responses=(Response("204"),),
    failure=FAILURE,
    retry_statuses=(429, 503),
)

LIST: Operation[Any] = Operation(
    id="list",
    method="GET",
    path="/untagged",
    responses=(Response("200", "application/json", Any),),
    failure=FAILURE,
    retry_statuses=(429, 503),
)

PAGES: Operation[list[int]] = Operation(
    id="pages",
    method="POST",
    path="/untagged",
    responses=(Response("200", "application/json", list[Integer]),),
    failure=FAILURE,
    retry_statuses=(429, 503),
)
