"""The operations on books, as data shared by the sync and the async client."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from .. import models
from .._runtime.operation import Body, Operation, Parameter, Response
from .._runtime.values import Date, Instant, Integer, MultipleOf, Number
from ._shared import EMPTY_204, FAILURE, RETRY_STATUSES

BOOK_ID = Parameter("book-id", "book_id", "path", Annotated[Integer, Field(ge=1)], required=True)
BOOK_ID2 = Parameter("book-id", "book_id", "path", Integer, required=True)
EMPTY_200 = Response("200")
STR_200 = Response("200", "text/plain", str)
X_TRACE = Parameter("X-Trace", "x_trace", "header", Annotated[str, Field(max_length=20)], correlation_id=True)

FIND_BOOKS: Operation[list[models.Book]] = Operation(
    id="findBooks",
    method="GET",
    path="/books",
    parameters=(
        X_TRACE,
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
        Parameter("range", "range", "query", lambda: models.FindBooksRange, style="form", explode=True),
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
        Parameter("filter", "filter", "query", lambda: models.FindBooksFilter, style="form", explode=True, json=True),
        Parameter("X-Shelves", "x_shelves", "header", list[Integer]),
        Parameter("X-Sizes", "x_sizes", "header", dict[str, Integer], explode=True),
        Parameter("X-Needed", "x_needed", "header", Annotated[str, Field(pattern="^[A-Za-z0-9_]+$")], required=True),
        Parameter("Accept-Language", "accept_language", "header", str),
        Parameter("session", "session", "cookie", str, style="form", explode=True),
        Parameter("visited", "visited", "cookie", list[Integer], style="form"),
    ),
    responses=(
        Response("200", "application/json", lambda: list[models.Book]),
        Response("4XX", "application/problem+json", lambda: models.Problem),
        Response("default", "application/json", lambda: models.Problem),
    ),
    failure=FAILURE,
    retry_statuses=RETRY_STATUSES,
)

ADD_BOOK: Operation[models.Book | models.Receipt | None] = Operation(
    id="add-book",
    method="POST",
    path="/books",
    parameters=(
        X_TRACE,
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
    body=Body("application/json", lambda: models.BookRequest, required=True, gzip=True),
    responses=(
        Response("201", "application/json", lambda: models.Book),
        Response("202", "application/json", lambda: models.Receipt),
        EMPTY_204,
    ),
    failure=FAILURE,
    retry_statuses=(503,),
)

ADD_BOOKS: Operation[models.BooksAdded] = Operation(
    id="addBooks",
    method="POST",
    path="/books/batch",
    body=Body("application/json", lambda: models.AddBooksRequest, required=True),
    responses=(Response("200", "application/json", lambda: models.BooksAdded | models.Refused),),
    failure=FAILURE,
    retry_statuses=RETRY_STATUSES,
)

GET_BOOK: Operation[models.Book] = Operation(
    id="getBook",
    method="GET",
    path="/books/{book-id}",
    parameters=(BOOK_ID,),
    responses=(Response("2XX", "application/json", lambda: models.Book),),
    failure=FAILURE,
    retry_statuses=RETRY_STATUSES,
)

REPLACE_BOOK: Operation[None] = Operation(
    id="replaceBook",
    method="PUT",
    path="/books/{book-id}",
    parameters=(BOOK_ID,),
    body=Body("application/json", lambda: models.BookRequest, required=True),
    responses=(EMPTY_204,),
    failure=FAILURE,
    retry_statuses=RETRY_STATUSES,
)

REMOVE_BOOK: Operation[None] = Operation(
    id="removeBook",
    method="DELETE",
    path="/books/{book-id}",
    parameters=(BOOK_ID,),
    responses=(EMPTY_204,),
    failure=FAILURE,
    retry_statuses=(),
)

OPTIONS_OF_BOOK: Operation[None] = Operation(
    id="optionsOfBook",
    method="OPTIONS",
    path="/books/{book-id}",
    parameters=(BOOK_ID,),
    responses=(EMPTY_204,),
    failure=FAILURE,
    retry_statuses=RETRY_STATUSES,
)

HAS_BOOK: Operation[None] = Operation(
    id="hasBook",
    method="HEAD",
    path="/books/{book-id}",
    parameters=(BOOK_ID,),
    responses=(EMPTY_200,),
    failure=FAILURE,
    retry_statuses=RETRY_STATUSES,
)

CHANGE_BOOK: Operation[models.Book] = Operation(
    id="changeBook",
    method="PATCH",
    path="/books/{book-id}",
    parameters=(BOOK_ID,),
    body=Body("application/merge-patch+json", lambda: models.ChangeBookRequest, required=False),
    responses=(Response("200", "application/json", lambda: models.Book),),
    failure=FAILURE,
    retry_statuses=RETRY_STATUSES,
)

TRACE_BOOK: Operation[str] = Operation(
    id="traceBook",
    method="TRACE",
    path="/books/{book-id}",
    parameters=(BOOK_ID,),
    responses=(STR_200,),
    failure=FAILURE,
    retry_statuses=RETRY_STATUSES,
)

GET_COVER: Operation[bytes] = Operation(
    id="getCover",
    method="GET",
    path="/books/{book-id}/cover",
    parameters=(BOOK_ID2,),
    responses=(Response("200", "image/png", bytes),),
    failure=FAILURE,
    retry_statuses=RETRY_STATUSES,
)

SET_COVER: Operation[None] = Operation(
    id="setCover",
    method="PUT",
    path="/books/{book-id}/cover",
    parameters=(BOOK_ID2,),
    body=Body("application/octet-stream", bytes, required=True),
    responses=(Response("default"),),
    failure=FAILURE,
    retry_statuses=RETRY_STATUSES,
)

GET_BLURB: Operation[str] = Operation(
    id="getBlurb",
    method="GET",
    path="/books/{book-id}/blurb",
    parameters=(BOOK_ID2,),
    responses=(STR_200, Response("404")),
    failure=FAILURE,
    retry_statuses=RETRY_STATUSES,
)

SET_BLURB: Operation[None] = Operation(
    id="setBlurb",
    method="PUT",
    path="/books/{book-id}/blurb",
    parameters=(BOOK_ID2,),
    body=Body("text/plain", str, required=True),
    responses=(EMPTY_200,),
    failure=FAILURE,
    retry_statuses=RETRY_STATUSES,
)
