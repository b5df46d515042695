"""The operations on orders, as data shared by the sync and the async client."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from .. import models
from .._runtime.operation import Body, Operation, Parameter
from ._shared import EMPTY_204

API_VERSION = Parameter("Api-Version", "api_version", "header", str)

PLACE_ORDER: Operation[None] = Operation(
    id="placeOrder",
    method="POST",
    path="/orders",
    parameters=(API_VERSION,),
    body=Body("application/json", lambda: models.Order, required=True),
    responses=(EMPTY_204,),
)

PLACE_ORDERS: Operation[None] = Operation(
    id="placeOrders",
    method="POST",
    path="/orders/batch",
    parameters=(API_VERSION,),
    body=Body("application/json", lambda: models.OrderBatch, required=True),
    responses=(EMPTY_204,),
)
