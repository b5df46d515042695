"""The operations of Shelf as data, shared by the sync and the async client."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from . import models
from ._runtime.operation import Body, Element, Operation, Parameter, Response
from ._runtime.streams import AnyStream
from ._runtime.values import Integer

READ_NEWS: Operation[AnyStream[models.Wish]] = Operation(
    id="readNews",
    method="GET",
    path="/news",
    responses=(Response("200", "application/jsonl", elements=(Element(models.Wish),)),),
)

ADD_THING: Operation[None] = Operation(
    id="addThing",
    method="POST",
    path="/things",
    body=Body("application/json", models.Thing, required=True),
    responses=(Response("204"),),
)

LIST_BOOKS: Operation[list[str]] = Operation(
    id="listBooks",
    method="GET",
    path="/books",
    parameters=(Parameter("filter", "filter", "querystring", models.ListBooksFilter),),
    responses=(Response("200", "application/json", list[str]),),
)

QUERY_BOOKS: Operation[list[str]] = Operation(
    id="queryBooks",
    method="QUERY",
    path="/books",
    body=Body("application/json", models.QueryBooksRequest, required=True),
    responses=(Response("200", "application/json", list[str]),),
)

LINK_BOOKS: Operation[None] = Operation(
    id="linkBooks",
    method="LINK",
    path="/books",
    parameters=(Parameter("wing", "wing", "query", str, style="form", explode=True),),
    responses=(Response("204"),),
)

SEARCH_BY_TREE: Operation[None] = Operation(
    id="searchByTree",
    method="GET",
    path="/search",
    parameters=(Parameter("tree", "tree", "querystring", dict[str, Integer], required=True, json=True),),
    responses=(Response("204"),),
)

SEARCH_BY_TEXT: Operation[None] = Operation(
    id="searchByText",
    method="GET",
    path="/find",
    parameters=(Parameter("words", "words", "querystring", str),),
    responses=(Response("204"),),
)
