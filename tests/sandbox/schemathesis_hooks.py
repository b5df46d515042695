"""What schemathesis cannot know of this API, and checks of our own; schemathesis imports it as its hooks.

The API says most refusals with 200. So what was refused is read from the answer's body, by checks of our own:

- what breaks the description comes back as 4XX or with `success: false`, in a batch for the element that does;
- what is created is what was asked for, and both operations do create.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from copy import copy
from decimal import Decimal
from itertools import count
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import schemathesis
from schemathesis.config import ChecksConfig
from schemathesis.specs.openapi.checks import negative_data_rejection

from tests.description import BUNDLE

if TYPE_CHECKING:
    from schemathesis import Case, CheckContext, HookContext, Response, SerializationContext

ACCOUNTS = ("A00000001", "A00000002", "A00000003")
"""Accounts of the default tenant."""
SINGLE, BATCH = "/v1/invoices", "/v1/invoices/batch"
_KEY = "Idempotency-Key"
_numbers = count(1)


@schemathesis.hook
def before_load_schema(context: HookContext, raw_schema: dict[str, Any]) -> None:  # Any: JSON
    """Let any Accept-Encoding be good.

    The description names `gzip` as the only value with an effect. But a server has to answer whatever else a caller
    takes (RFC 9110, 12.5.3), and ours does, without compressing: test_schemathesis.py has a check of that.
    """
    del raw_schema["components"]["parameters"]["AcceptEncoding"]["schema"]["enum"]


@schemathesis.serializer("application/json")
def compressed_if_it_says_so(context: SerializationContext, value: Any) -> dict[str, Any]:  # Any: JSON, or bytes
    """Bodies are gzip where `Content-Encoding` says so; schemathesis takes that for a header like others."""
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    headers = context.case.headers or {}
    return {"data": gzip.compress(body) if headers.get("Content-Encoding") == "gzip" else body}


@schemathesis.hook
def before_call(context: HookContext, case: Case, kwargs: dict[str, Any]) -> None:  # Any: keywords of requests
    """Give each call a key of its own, and every second good order what makes it go through.

    A key that is used again gets the answer to another request, which is right, and says nothing about this one.
    """
    number = next(_numbers)
    key = (case.headers or {}).get(_KEY)
    if isinstance(key, str) and 0 < len(key) <= 255:
        case.headers[_KEY] = f"{key[:240]}-{number}"
    if number % 2 and isinstance(case.body, dict) and _is_good(case.path, case.body):
        orders = case.body["invoices"] if case.path == BATCH else [case.body]
        fitting = [_fitting(order, number + place) for place, order in enumerate(orders)]
        case.body = {**case.body, "invoices": fitting} if case.path == BATCH else fitting[0]
    
