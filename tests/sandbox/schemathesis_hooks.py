"""What schemathesis cannot know of this API, and checks of our own; schemathesis imports it as its hooks.

The API says most refusals with 200. So what was refused is read from the answer's body, by checks of our own:

- what breaks the description comes back as 4XX or with `success: false`, in a batch for the element that does;
- what is created is what was asked for, and both operations do create.
"""

from __future__ import annotations

import gzip
import json
import re
from copy import copy
from itertools import count
from typing import TYPE_CHECKING, Any, Final

import jsonschema_rs
import schemathesis
from schemathesis.specs.openapi.checks import negative_data_rejection

from tests.description import BUNDLE, SCHEMAS, resolved

if TYPE_CHECKING:
    from typing import TypeAlias

    from schemathesis import Case as AnyCase
    from schemathesis import CheckContext, HookContext, Response, SerializationContext

    Case: TypeAlias = AnyCase[Any]  # Any: bodies of any kind, and no JSON at all

Json = dict[str, Any]  # Any: JSON, of any shape

ENTITY: Final = "entity-1"
ORG: Final = "org-1"
UNKNOWN_FIELD, MALFORMED = 21, 90
"""Categories of reasons."""
VERSIONS: Final = ["224.0", "346.0", "2025-08-12"]
ACCOUNTS: Final = ("A00000001", "A00000002", "A00000003")
"""Accounts of the default tenant."""
SINGLE: Final = "/v1/invoices"
BATCH: Final = "/v1/invoices/batch"
KEY: Final = "Idempotency-Key"
VERSION: Final = "Zuora-Version"
_LONGEST_KEY: Final = 255
_ORDER: Final = jsonschema_rs.Draft202012Validator(resolved(SCHEMAS["PostInvoiceType"]), validate_formats=True)
_VERSION: Final = re.compile(BUNDLE["components"]["parameters"]["ZuoraVersion"]["schema"]["pattern"])
_SUITS: Final = ("invoiceItems", "status", "autoPay", "comments", "dueDate")
"""What an order keeps that is made to suit the tenant; all the rest depends on what the tenant has."""
_ITEM_SUITS: Final = ("amount", "serviceStartDate", "quantity", "description", "unitPrice", "chargeDate")
_numbers: Final = count(1)


@schemathesis.hook
def before_load_schema(context: HookContext, raw_schema: Json) -> None:
    """Say what the description leaves to the tenant and to HTTP.

    The description names `gzip` as the only Accept-Encoding with an effect. But a server has to answer whatever else a
    caller takes (RFC 9110, 12.5.3), and ours does, without compressing: test_schemathesis.py has a check of that.

    Entities and orgs are those of the tenant of that test: any other is refused before a body is looked at, and so no
    body would be. Versions are some good ones: the coverage phase finds none of the pattern, and sends a bad one with
    everything else.
    """
    parameters = raw_schema["components"]["parameters"]
    del parameters["AcceptEncoding"]["schema"]["enum"]
    for name, values in (("ZuoraEntityIds", [ENTITY]), ("ZuoraOrgIds", [ORG]), ("ZuoraVersion", VERSIONS)):
        parameters[name]["schema"] = {"type": "string", "enum": values}


@schemathesis.serializer("application/json")
def packed_if_it_says_so(context: SerializationContext, value: object) -> bytes:
    """Bodies are gzip where `Content-Encoding` says so; to schemathesis that is a header like others."""
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    is_packed = dict(context.case.headers).get("Content-Encoding") == "gzip"
    return gzip.compress(body, mtime=0) if is_packed else body


@schemathesis.hook
def before_call(context: HookContext, case: Case, kwargs: Json) -> None:
    """Give each call a key of its own, and let every second good order suit the tenant.

    A key that is used again gets the answer to another request, which is right, and says nothing about this one.
    """
    number = next(_numbers)
    headers = case.headers
    key, version = headers.get(KEY), headers.get(VERSION)
    if isinstance(key, str) and 0 < len(key) <= _LONGEST_KEY:
        headers[KEY] = f"{key[:-10] if len(key) > _LONGEST_KEY - 10 else key}-{number:09}"
    if isinstance(version, str) and version not in VERSIONS and _VERSION.match(version):
        headers[VERSION] = f"v{version}"  # it is meant to be a bad one
    orders = _orders(case)
    if number % 2 and orders and all(map(_is_good, orders)):
        suiting: list[Any] = [_suiting(order, number * 50 + place) for place, order in enumerate(orders)]
        body: Any = case.body
        case.body = {**body, "invoices": suiting} if case.path == BATCH else suiting[0]


def _is_good(order: object) -> bool:
    """Whether an order keeps to the description."""
    try:
        return _ORDER.is_valid(order)
    except ValueError:  # it is no JSON at all
        return False


def _orders(case: Case) -> list[Any]:
    """The invoices that a body orders, good ones and others."""
    body: Any = case.body
    if case.path != BATCH:
        return [body]
    orders = body.get("invoices") if isinstance(body, dict) else None
    return orders if isinstance(orders, list) else []


def _suiting(order: Json, number: int) -> Json:
    """An order like this one, that the default tenant bills."""
    kept = {name: order[name] for name in order if name in _SUITS or name.endswith("__c")}
    items = [
        {"chargeName": "Work", **{name: item[name] for name in item if name in _ITEM_SUITS or name.endswith("__c")}}
        for item in order.get("invoiceItems", ())
    ] or [{"chargeName": "Work", "amount": number, "serviceStartDate": "2026-11-21"}]
    return {**kept, "accountNumber": ACCOUNTS[number % 3], "invoiceDate": "2026-11-21", "invoiceItems": items}


@schemathesis.check
def refuses_what_is_wrong(ctx: CheckContext, response: Response, case: Case) -> None:
    """As schemathesis has it, where an answer of 200 is a refusal if its body says so."""
    if response.status_code == 200 and not all(one.get("success") for one in _results(response)):
        return
    strict = copy(ctx)
    strict.config = copy(ctx.config)
    strict.config.negative_data_rejection = copy(ctx.config.negative_data_rejection)
    strict.config.negative_data_rejection.expected_statuses = ["4xx"]
    negative_data_rejection(strict, response, case)


@schemathesis.check
def refuses_the_orders_that_are_wrong(ctx: CheckContext, response: Response, case: Case) -> None:
    """Each order that breaks the description is refused, by the word of another validator than the sandbox has."""
    if response.status_code != 200 or not _read(response).get("success"):
        return
    for order, result in zip(_orders(case), _results(response), strict=True):
        if result["success"] and not _is_good(order):
            raise AssertionError(f"an invoice was made of what breaks the description: {order}")


@schemathesis.check
def tells_no_good_order_that_it_is_malformed(ctx: CheckContext, response: Response, case: Case) -> None:
    """What keeps to the description is refused by rules and for its values, but not as JSON, nor for its fields."""
    if response.status_code != 200:
        return
    body = _read(response)
    if body.get("success") or len(_orders(case)) == 1:
        for order, result in zip(_orders(case), _results(response), strict=True):
            found = {reason["code"] % 100 for reason in result.get("reasons", ())} & {UNKNOWN_FIELD, MALFORMED}
            assert not found or not _is_good(order), f"a good order is refused: {result['reasons']}"


@schemathesis.check
class CreatesWhatWasOrdered:
    """Invoices are those that were ordered, and each operation makes some."""

    def __init__(self) -> None:
        self.tried: set[str] = set()
        self.created: set[str] = set()

    def after_response(self, ctx: CheckContext, response: Response, case: Case) -> None:  # noqa: ARG002 - as schemathesis calls it
        """Compare what was made with what was asked for."""
        self.tried.add(case.path)
        if response.status_code != 200 or not _read(response).get("success"):
            return
        for order, result in zip(_orders(case), _results(response), strict=True):
            if result["success"]:
                self.created.add(case.path)
                assert isinstance(order, dict)
                assert result["invoiceDate"] == order["invoiceDate"]
                assert result["comments"] == order.get("comments")

    def after_run(self, ctx: CheckContext) -> None:  # noqa: ARG002 - as schemathesis calls it
        """See that good data came so far."""
        assert self.created == self.tried, f"{self.tried - self.created} never created anything"


def _read(response: Response) -> Json:
    value: Json = json.loads(response.content)
    return value


def _results(response: Response) -> list[Json]:
    """What an answer says of each order, or once of all."""
    body = _read(response)
    results: list[Json] = body.get("invoices", [body])
    return results
