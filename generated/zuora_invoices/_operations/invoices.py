"""The operations on invoices, as data shared by the sync and the async client."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .. import models
from .._runtime.operation import Body, LimitHeaders, Operation, Parameter, Response, SecurityScheme
from .._runtime.reasons import Category, FailureBody

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
IDEMPOTENCY_KEY = Parameter(
    "Idempotency-Key",
    "idempotency_key",
    "header",
    Annotated[str, Field(min_length=1, max_length=255)],
    idempotency_key=True,
    max_length=255,
    lifetime=86400,
)
REJECTION_4XX = Response("4XX", "application/json", lambda: models.Rejection)
RETRY_STATUSES = (409, 429, 500, 502, 503, 504)
SECURITY = (
    (SecurityScheme("bearer", "token", "Authorization", token_url="/oauth/token"),),
    (SecurityScheme("bearer", "token", "Authorization"),),
)
SERVER_ERROR_500 = Response("500", "application/json", lambda: models.ServerError)
ZUORA_ENTITY_IDS = Parameter(
    "Zuora-Entity-Ids",
    "zuora_entity_ids",
    "header",
    Annotated[str, Field(min_length=1, pattern="^[^[\\s--\\x85]\\ufeff,]+$")],
)
ZUORA_ORG_IDS = Parameter(
    "Zuora-Org-Ids",
    "zuora_org_ids",
    "header",
    Annotated[str, Field(min_length=1, pattern="^[^[\\s--\\x85]\\ufeff,]+( *, *[^[\\s--\\x85]\\ufeff,]+)*$")],
)
ZUORA_TRACK_ID = Parameter(
    "Zuora-Track-Id",
    "zuora_track_id",
    "header",
    Annotated[str, Field(min_length=1, max_length=64, pattern="^[ !#-&(-9<-~]*$")],
    correlation_id=True,
)
ZUORA_VERSION = Parameter(
    "Zuora-Version",
    "zuora_version",
    "header",
    Annotated[str, Field(pattern="^([0-9]+(\\.[0-9]+)?|[0-9]{4}-[0-9]{2}-[0-9]{2})$")],
)

CREATE_STANDALONE_INVOICE: Operation[models.Invoice] = Operation(
    id="createStandaloneInvoice",
    method="POST",
    path="/v1/invoices",
    parameters=(IDEMPOTENCY_KEY, ZUORA_TRACK_ID, ZUORA_ENTITY_IDS, ZUORA_ORG_IDS, ZUORA_VERSION),
    body=Body("application/json", lambda: models.PostInvoiceType, required=True, gzip=True),
    responses=(
        Response("200", "application/json", lambda: models.Invoice | models.Rejection),
        REJECTION_4XX,
        SERVER_ERROR_500,
    ),
    security=SECURITY,
    failure=FAILURE,
    retry_statuses=RETRY_STATUSES,
)

CREATE_STANDALONE_INVOICES: Operation[models.InvoicesResult] = Operation(
    id="createStandaloneInvoices",
    method="POST",
    path="/v1/invoices/batch",
    parameters=(IDEMPOTENCY_KEY, ZUORA_TRACK_ID, ZUORA_ENTITY_IDS, ZUORA_ORG_IDS, ZUORA_VERSION),
    body=Body("application/json", lambda: models.PostInvoicesType, required=True, gzip=True),
    responses=(
        Response("200", "application/json", lambda: models.InvoicesResult | models.Rejection),
        REJECTION_4XX,
        SERVER_ERROR_500,
    ),
    security=SECURITY,
    failure=FAILURE,
    retry_statuses=RETRY_STATUSES,
    limit_headers=LimitHeaders(
        remaining="ratelimit-remaining",
        reset="ratelimit-reset",
        concurrency_limit="concurrency-limit-limit",
        concurrency_remaining="concurrency-limit-remaining",
    ),
)
