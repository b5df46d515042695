"""The operations of Zuora standalone invoices as data, shared by the sync and the async client."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from . import models
from ._runtime.operation import Body, LimitHeaders, Operation, Parameter, Response, SecurityScheme
from ._runtime.reasons import Category, FailureBody

FAILURE = FailureBody(
    reasons="reasons",
    code="code",
    message="message",
    process_id="processId",
    modulo=100,
    categories=(
        Category(10, "Permission or access denied", early=True),
        Category(11, "Authentication failed", early=True),
        Category(20, "Invalid format or value"),
        Category(21, "Unknown field in the request"),
        Category(22, "Required field missing"),
        Category(23, "Required parameter missing"),
        Category(30, "Restricted by a rule"),
        Category(40, "Not found"),
        Category(50, "Locking contention", transient=True),
        Category(60, "Internal error"),
        Category(61, "Temporary error", transient=True),
        Category(70, "Request over a limit", transient=True, early=True),
        Category(90, "Malformed request"),
        Category(99, "Integration error"),
    ),
)

LIMIT_HEADERS = LimitHeaders(
    remaining="ratelimit-remaining",
    reset="ratelimit-reset",
    concurrency_limit="concurrency-limit-limit",
    concurrency_remaining="concurrency-limit-remaining",
)

CREATE_STANDALONE_INVOICE: Operation[models.Invoice] = Operation(
    id="createStandaloneInvoice",
    method="POST",
    path="/v1/invoices",
    parameters=(
        Parameter(
            "Idempotency-Key",
            "idempotency_key",
            "header",
            Annotated[str, Field(min_length=1, max_length=255)],
            idempotency_key=True,
            max_length=255,
            lifetime=86400,
        ),
        Parameter(
            "Zuora-Track-Id",
            "zuora_track_id",
            "header",
            Annotated[str, Field(min_length=1, max_length=64, pattern="^[ !#-&(-9<-~]*$")],
            correlation_id=True,
        ),
        Parameter(
            "Zuora-Entity-Ids",
            "zuora_entity_ids",
            "header",
            Annotated[str, Field(min_length=1, pattern="^[^[\\s--\\x85]\\ufeff,]+$")],
        ),
        Parameter(
            "Zuora-Org-Ids",
            "zuora_org_ids",
            "header",
            Annotated[str, Field(min_length=1, pattern="^[^[\\s--\\x85]\\ufeff,]+( *, *[^[\\s--\\x85]\\ufeff,]+)*$")],
        ),
        Parameter(
            "Zuora-Version",
            "zuora_version",
            "header",
            Annotated[str, Field(pattern="^([0-9]+(\\.[0-9]+)?|[0-9]{4}-[0-9]{2}-[0-9]{2})$")],
        ),
    ),
    body=Body("application/json", models.PostInvoiceType, required=True, gzip=True),
    responses=(
        Response("200", "application/json", models.Invoice | models.Rejection),
        Response("4XX", "application/json", models.Rejection),
        Response("500", "application/json", models.ServerError),
    ),
    security=(
        (SecurityScheme("bearer", "token", "Authorization", token_url="/oauth/token"),),
        (SecurityScheme("bearer", "token", "Authorization"),),
    ),
    failure=FAILURE,
    retry_statuses=(409, 429, 500, 502, 503, 504),
)

CREATE_STANDALONE_INVOICES: Operation[models.InvoicesResult] = Operation(
    id="createStandaloneInvoices",
    method="POST",
    path="/v1/invoices/batch",
    parameters=(
        Parameter(
            "Idempotency-Key",
            "idempotency_key",
            "header",
            Annotated[str, Field(min_length=1, max_length=255)],
            idempotency_key=True,
            max_length=255,
            lifetime=86400,
        ),
        Parameter(
            "Zuora-Track-Id",
            "zuora_track_id",
            "header",
            Annotated[str, Field(min_length=1, max_length=64, pattern="^[ !#-&(-9<-~]*$")],
            correlation_id=True,
        ),
        Parameter(
            "Zuora-Entity-Ids",
            "zuora_entity_ids",
            "header",
            Annotated[str, Field(min_length=1, pattern="^[^[\\s--\\x85]\\ufeff,]+$")],
        ),
        Parameter(
            "Zuora-Org-Ids",
            "zuora_org_ids",
            "header",
            Annotated[str, Field(min_length=1, pattern="^[^[\\s--\\x85]\\ufeff,]+( *, *[^[\\s--\\x85]\\ufeff,]+)*$")],
        ),
        Parameter(
            "Zuora-Version",
            "zuora_version",
            "header",
            Annotated[str, Field(pattern="^([0-9]+(\\.[0-9]+)?|[0-9]{4}-[0-9]{2}-[0-9]{2})$")],
        ),
    ),
    body=Body("application/json", models.PostInvoicesType, required=True, gzip=True),
    responses=(
        Response("200", "application/json", models.InvoicesResult | models.Rejection),
        Response("4XX", "application/json", models.Rejection),
        Response("500", "application/json", models.ServerError),
    ),
    security=(
        (SecurityScheme("bearer", "token", "Authorization", token_url="/oauth/token"),),
        (SecurityScheme("bearer", "token", "Authorization"),),
    ),
    failure=FAILURE,
    retry_statuses=(409, 429, 500, 502, 503, 504),
    limit_headers=LIMIT_HEADERS,
)
