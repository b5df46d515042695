"""The operations on invoices."""

# Generated from the OpenAPI description; do not edit, regenerate.

from __future__ import annotations

from typing import TYPE_CHECKING

from .._operations import invoices as _operations
from .._runtime.core import AsyncResource, SyncResource

if TYPE_CHECKING:
    from os import PathLike
    from typing import Unpack

    from .. import models
    from .._runtime.bulk import AsyncBulkRun, BulkOptions, BulkRun
    from .._runtime.bulk.options import Elements
    from .._runtime.options import Options


class Invoices(SyncResource):
    """Standalone invoices bill a customer account for one-off goods and services. They need no subscription and no bill
    run.

    What a method raises, where a call does not succeed:
        RequestValidationError: the call breaks the description; names everything that does. Nothing was sent.
        KeyReusedError: the idempotency key went out with another body before. Nothing was sent.
        TokenError: no token could be had.
        StatusError: the status says failure.
        RejectionError: the status says success, the body says failure.
        UndecodableResponseError: the answer is not of a described type, or is one to another request.
        ConnectionFailedError: there was no answer; `outcome` says whether the call can have been carried out.
    """

    def create_standalone_invoice(
        self,
        body: models.PostInvoiceType,
        *,
        idempotency_key: str | None = None,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        options: Options | None = None,
    ) -> models.Invoice:
        """Create one standalone invoice

        Bills an account for up to 1,000 items on one invoice, as a draft or posted at once. The user needs the
        permission Modify Invoice together with Create Standalone Invoice. Newer tenants split the latter in two: With
        Product Catalog covers items that carry `productRatePlanChargeId`, Without Product Catalog covers the others; at
        least one of the two is needed. The vendor's texts differ: its newest reference names that pair, an older text
        the combined permission.

        Args:
            body: The invoice to create.
            idempotency_key: Makes it safe to send this request again. The server keeps status, headers and body of its
                first answer to a key, good or bad, and replays them for 24 hours. 409 means that the first request with
                the key is still running; 422 that the key was used with another tenant, URL or method. A corrected
                request needs a new key. Only for POST and PATCH. The vendor's reference allows 255 characters, its
                guide asks for fewer than that. Left out, the client makes one.
            zuora_track_id: Your own id for this call, for tracing. The response carries it back unchanged. Printable
                US-ASCII without colon, semicolon, double quote and single quote.
            zuora_entity_ids: The one entity to work in. Needed when the token is valid for several entities
                (Multi-entity); leave it out otherwise.
            zuora_org_ids: The orgs to work in, as ids with commas between them (Multi-Org). Each must be open to the
                caller, or the request fails. Left out, the call covers every org of the caller. Not for tenants without
                Multi-Org.
            zuora_version: Minor version of the API to speak, of which a whole number is the first (`196` is `196.0`),
                or a date, as newer versions have it and the vendor's own SDK sends; every date is later than every
                number. Left out, the latest is spoken. `customRates` needs 224.0 or later.
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Invoices` lists the kinds.
        """
        return self._call(
            _operations.CREATE_STANDALONE_INVOICE,
            {
                "idempotency_key": idempotency_key,
                "zuora_track_id": zuora_track_id,
                "zuora_entity_ids": zuora_entity_ids,
                "zuora_org_ids": zuora_org_ids,
                "zuora_version": zuora_version,
            },
            body,
            options,
        )

    def create_standalone_invoices(
        self,
        body: models.PostInvoicesType,
        *,
        idempotency_key: str | None = None,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        options: Options | None = None,
    ) -> models.InvoicesResult:
        """Create up to 50 standalone invoices

        Creates a batch of invoices, each in its own transaction or all of them in a single one. One request holds at
        most 50 invoices and 1,000 invoice items, counted over all its invoices. The permissions are those of creating
        one invoice.

        Args:
            body: The invoices to create, and how to group them into transactions.
            idempotency_key: Makes it safe to send this request again. The server keeps status, headers and body of its
                first answer to a key, good or bad, and replays them for 24 hours. 409 means that the first request with
                the key is still running; 422 that the key was used with another tenant, URL or method. A corrected
                request needs a new key. Only for POST and PATCH. The vendor's reference allows 255 characters, its
                guide asks for fewer than that. Left out, the client makes one.
            zuora_track_id: Your own id for this call, for tracing. The response carries it back unchanged. Printable
                US-ASCII without colon, semicolon, double quote and single quote.
            zuora_entity_ids: The one entity to work in. Needed when the token is valid for several entities
                (Multi-entity); leave it out otherwise.
            zuora_org_ids: The orgs to work in, as ids with commas between them (Multi-Org). Each must be open to the
                caller, or the request fails. Left out, the call covers every org of the caller. Not for tenants without
                Multi-Org.
            zuora_version: Minor version of the API to speak, of which a whole number is the first (`196` is `196.0`),
                or a date, as newer versions have it and the vendor's own SDK sends; every date is later than every
                number. Left out, the latest is spoken. `customRates` needs 224.0 or later.
            options: For this call alone; see `Options`.

        Raises:
            ApiError: it did not succeed; `Invoices` lists the kinds.
        """
        return self._call(
            _operations.CREATE_STANDALONE_INVOICES,
            {
                "idempotency_key": idempotency_key,
                "zuora_track_id": zuora_track_id,
                "zuora_entity_ids": zuora_entity_ids,
                "zuora_org_ids": zuora_org_ids,
                "zuora_version": zuora_version,
            },
            body,
            options,
        )

    def create_standalone_invoices_bulk(
        self,
        elements: Elements[models.PostInvoiceType],
        *,
        journal: str | PathLike[str],
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        options: Options | None = None,
        **bulk: Unpack[BulkOptions],
    ) -> BulkRun[models.PostInvoiceType, models.Invoice]:
        """`create_standalone_invoices` for any number of elements, each done once

        Takes as many requests as are needed, several at once, each as full as the description allows. What goes out is
        written to a journal first: the same call again, after whatever happened, goes on where it ended, and does
        nothing twice. Nothing is sent before the run is gone through, in `with ... as run:`; see `BulkRun`.

        Args:
            elements: Models, or their wire data, each alone or as `(reference, model)`. A reference is the caller's own
                id of an element; left out, it is the position, from 0. They are gone through as they are needed.
            journal: The path of the file that keeps what was done; it is made where there is none.
            zuora_entity_ids: The one entity to work in. Needed when the token is valid for several entities
                (Multi-entity); leave it out otherwise.
            zuora_org_ids: The orgs to work in, as ids with commas between them (Multi-Org). Each must be open to the
                caller, or the request fails. Left out, the call covers every org of the caller. Not for tenants without
                Multi-Org.
            zuora_version: Minor version of the API to speak, of which a whole number is the first (`196` is `196.0`),
                or a date, as newer versions have it and the vendor's own SDK sends; every date is later than every
                number. Left out, the latest is spoken. `customRates` needs 224.0 or later.
            options: For the requests of this run; see `Options`.
            bulk: See `BulkOptions`.

        Raises:
            ConfigurationError: an option is unfit. Nothing was sent.
        """
        return self._bulk(
            _operations.CREATE_STANDALONE_INVOICES,
            elements,
            journal,
            {
                "zuora_entity_ids": zuora_entity_ids,
                "zuora_org_ids": zuora_org_ids,
                "zuora_version": zuora_version,
            },
            options,
            bulk,
        )


class AsyncInvoices(AsyncResource):
    """Standalone invoices bill a customer account for one-off goods and services. They need no subscription and no bill
    run.
    """

    async def create_standalone_invoice(
        self,
        body: models.PostInvoiceType,
        *,
        idempotency_key: str | None = None,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        options: Options | None = None,
    ) -> models.Invoice:
        """Create one standalone invoice

        Arguments and errors are those of `Invoices.create_standalone_invoice`.
        """
        return await self._call(
            _operations.CREATE_STANDALONE_INVOICE,
            {
                "idempotency_key": idempotency_key,
                "zuora_track_id": zuora_track_id,
                "zuora_entity_ids": zuora_entity_ids,
                "zuora_org_ids": zuora_org_ids,
                "zuora_version": zuora_version,
            },
            body,
            options,
        )

    async def create_standalone_invoices(
        self,
        body: models.PostInvoicesType,
        *,
        idempotency_key: str | None = None,
        zuora_track_id: str | None = None,
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        options: Options | None = None,
    ) -> models.InvoicesResult:
        """Create up to 50 standalone invoices

        Arguments and errors are those of `Invoices.create_standalone_invoices`.
        """
        return await self._call(
            _operations.CREATE_STANDALONE_INVOICES,
            {
                "idempotency_key": idempotency_key,
                "zuora_track_id": zuora_track_id,
                "zuora_entity_ids": zuora_entity_ids,
                "zuora_org_ids": zuora_org_ids,
                "zuora_version": zuora_version,
            },
            body,
            options,
        )

    def create_standalone_invoices_bulk(
        self,
        elements: Elements[models.PostInvoiceType],
        *,
        journal: str | PathLike[str],
        zuora_entity_ids: str | None = None,
        zuora_org_ids: str | None = None,
        zuora_version: str | None = None,
        options: Options | None = None,
        **bulk: Unpack[BulkOptions],
    ) -> AsyncBulkRun[models.PostInvoiceType, models.Invoice]:
        """`create_standalone_invoices` for any number of elements, each done once

        Takes as many requests as are needed, several at once, each as full as the description allows. What goes out is
        written to a journal first: the same call again, after whatever happened, goes on where it ended, and does
        nothing twice. Nothing is sent before the run is gone through, in `async with ... as run:`; see `AsyncBulkRun`.

        Args:
            elements: Models, or their wire data, each alone or as `(reference, model)`. A reference is the caller's own
                id of an element; left out, it is the position, from 0. They are gone through as they are needed.
            journal: The path of the file that keeps what was done; it is made where there is none.
            zuora_entity_ids: The one entity to work in. Needed when the token is valid for several entities
                (Multi-entity); leave it out otherwise.
            zuora_org_ids: The orgs to work in, as ids with commas between them (Multi-Org). Each must be open to the
                caller, or the request fails. Left out, the call covers every org of the caller. Not for tenants without
                Multi-Org.
            zuora_version: Minor version of the API to speak, of which a whole number is the first (`196` is `196.0`),
                or a date, as newer versions have it and the vendor's own SDK sends; every date is later than every
                number. Left out, the latest is spoken. `customRates` needs 224.0 or later.
            options: For the requests of this run; see `Options`.
            bulk: See `BulkOptions`.

        Raises:
            ConfigurationError: an option is unfit. Nothing was sent.
        """
        return self._bulk(
            _operations.CREATE_STANDALONE_INVOICES,
            elements,
            journal,
            {
                "zuora_entity_ids": zuora_entity_ids,
                "zuora_org_ids": zuora_org_ids,
                "zuora_version": zuora_version,
            },
            options,
            bulk,
        )
