"""The operations on books, as data shared by the sync and the async client."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from .. import models
from .._runtime.operation import Body, Operation, Parameter, Response
from .._runtime.values import Integer
from ._shared import EMPTY_204

LIST_STR_200 = Response("200", "application/json", list[str])

LIST_BOOKS: Operation[list[str]] = Operation(
    id="listBooks",
    method="GET",
    path="/books",
    parameters=(Parameter("filter", "filter", "querystring", lambda: models.ListBooksFilter),),
    responses=(LIST_STR_200,),
)

QUERY_BOOKS: Operation[list[str]] = Operation(
    id="queryBooks",
    method="QUERY",
    path="/books",
    body=Body("application/json", lambda: models.WishRequest, required=True),
    responses=(LIST_STR_200,),
)

LINK_BOOKS: Operation[None] = Operation(
    id="linkBooks",
    method="LINK",
    path="/books",
    parameters=(Parameter("wing", "wing", "query", str, style="form", explode=True),),
    responses=(EMPTY_204,),
)

SEARCH_BY_TREE: Operation[None] = Operation(
    id="searchByTree",
    method="GET",
    path="/search",
    parameters=(Parameter("tree", "tree", "querystring", dict[str, Integer], required=True, json=True),),
    responses=(EMPTY_204,),
)

SEARCH_BY_TEXT: Operation[None] = Operation(
    id="searchByText",
    method="GET",
    path="/find",
    parameters=(Parameter("words", "words", "querystring", str),),
    responses=(EMPTY_204,),
)
