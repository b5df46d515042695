"""The operations of Orders with rules as data, shared by the sync and the async client."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from . import models
from ._runtime.operation import Body, Operation, Parameter, Response

PLACE_ORDER: Operation[None] = Operation(
    id="placeOrder",
    method="POST",
    path="/orders",
    parameters=(Parameter("Api-Version", "api_version", "header", str),),
    body=Body("application/json", models.Order, required=True),
    responses=(Response("204"),),
)

PLACE_ORDERS: Operation[None] = Operation(
    id="placeOrders",
    method="POST",
    path="/orders/batch",
    parameters=(Parameter("Api-Version", "api_version", "header", str),),
    body=Body("application/json", models.OrderBatch, required=True),
    responses=(Response("204"),),
)

PLACE_SMALL: Operation[None] = Operation(
    id="placeSmall",
    method="POST",
    path="/small",
    body=Body("application/json", models.Small, required=True),
    responses=(Response("204"),),
)
