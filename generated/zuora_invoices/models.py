"""The objects of Zuora standalone invoices: what requests take and what responses bring.

Requests are checked strictly when they are made, and again before they are sent. What is wrong with one that is made is
in one `pydantic.ValidationError`, and `violations(error)` lists it as a `RequestValidationError` does. Responses are read
tolerantly: unknown fields are kept, unknown values of enumerations too, and a field that may be missing may be `None`. A
field whose value is not as described is `None` as well, one that is required too, and listed in `unread`.
"""

# Generated from the OpenAPI description; do not edit, regenerate.

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Annotated, ClassVar, Literal, TypeAlias

from pydantic import ConfigDict, Field
from pydantic.alias_generators import to_camel

from ._runtime import batch as _batch
from ._runtime import echo as _echo
from ._runtime import model as _model
from ._runtime import spelling as _spelling
from ._runtime.answered import AnsweredDate, AnsweredNumber, AnsweredTimestamp
from ._runtime.constraints import AnyOf, Condition, In, Inside, Not, Present, TotalItems, When
from ._runtime.groups import PropertyGroup
from ._runtime.values import Among, Date, Email, Integer, Json, Number, Timestamp
from ._runtime.versions import MinimumVersion

__all__ = [
    "Contact",
    "CustomRate",
    "Invoice",
    "InvoiceFailure",
    "InvoicesResult",
    "PostDiscountItemType",
    "PostInvoiceItemType",
    "PostInvoiceType",
    "PostInvoicesType",
    "PostTaxationItemType",
    "Reason",
    "Rejection",
    "ServerError",
]

DateTime: TypeAlias = Annotated[datetime, Timestamp("%Y-%m-%d %H:%M:%S")]
AnsweredDateTime: TypeAlias = Annotated[datetime, AnsweredTimestamp("%Y-%m-%d %H:%M:%S")]


class RequestModel(_model.RequestModel):
    """The base of what requests take."""

    model_config = ConfigDict(alias_generator=to_camel)


class ResponseModel(_model.ResponseModel):
    """The base of what responses bring."""

    model_config = ConfigDict(alias_generator=to_camel)


class Contact(RequestModel):
    """A contact that is created with the invoice and added to the account."""

    custom_fields: ClassVar[PropertyGroup[Json]] = PropertyGroup("__c\\Z")

    first_name: Annotated[str, Field(max_length=100)]
    """First name."""

    last_name: Annotated[str, Field(max_length=100)]
    """Last name."""

    address1: Annotated[str | None, Field(max_length=255)] = None
    """First line of the address."""

    address2: Annotated[str | None, Field(max_length=255)] = None
    """Second line of the address."""

    city: Annotated[str | None, Field(max_length=100)] = None
    """City of the address. The vendor's reference allows 40 characters; its SDK allows 100, and some tenants do."""

    country: Annotated[str | None, Field(max_length=64)] = None
    """Country of the address, by a name or a code that Zuora knows. Zuora Tax needs the country of the ship-to or
    sold-to contact, or of the bill-to contact where there is neither.
    """

    county: Annotated[str | None, Field(max_length=100)] = None
    """County of the address. The vendor's reference allows 32 characters; its SDK allows 100, and some tenants do."""

    fax: Annotated[str | None, Field(max_length=40)] = None
    """Fax number."""

    home_phone: Annotated[str | None, Field(max_length=40)] = None
    """Phone number at home."""

    mobile_phone: Annotated[str | None, Field(max_length=40)] = None
    """Mobile phone number."""

    nickname: Annotated[str | None, Field(max_length=100)] = None
    """Nickname."""

    other_phone: Annotated[str | None, Field(max_length=40)] = None
    """One more phone number, of the kind that `otherPhoneType` names."""

    other_phone_type: Literal["Work", "Mobile", "Home", "Other"] | None = None
    """Kind of phone that `otherPhone` reaches."""

    personal_email: Annotated[Email | None, Field(max_length=80)] = None
    """Private email address."""

    state: Annotated[str | None, Field(max_length=100)] = None
    """State or province of the address, a subregion of the country that Zuora knows. Zuora Tax needs it in the United
    States and in Canada.
    """

    tax_region: Annotated[str | None, Field(max_length=100)] = None
    """Tax region, where the tenant's own tax rules apply."""

    work_email: Annotated[str | None, Field(max_length=80)] = None
    """Email address at work."""

    work_phone: Annotated[str | None, Field(max_length=40)] = None
    """Phone number at work."""

    zip_code: Annotated[str | None, Field(max_length=20)] = None
    """Postal code of the address."""

    contact_description: Annotated[str | None, Field(max_length=100)] = None
    """Free text about the contact. Only the vendor's SDK knows this field."""


class CustomRate(RequestModel):
    """An exchange rate that applies to one invoice in place of the tenant's own."""

    currency: Annotated[str, Field(min_length=3, max_length=3)]
    """Code of the Home or of the Reporting currency, three characters."""

    custom_fx_rate: Number
    """The rate."""

    rate_date: Date | None = None
    """Day of the rate."""


class Invoice(ResponseModel, _spelling.Respelled):
    """A created invoice. Fields may be `null` or missing, and fields that are not listed here may come."""

    custom_fields: ClassVar[PropertyGroup[Json]] = PropertyGroup("__c\\Z")
    echo: ClassVar[_echo.Echo | None] = _echo.Echo(
        same=("accountId", "invoiceDate", "invoiceNumber", "currency", "comments"),
        sums=(
            _echo.Sum(
                "amountWithoutTax",
                ("invoiceItems[*].amount", "invoiceItems[*].discountItems[*].amount"),
                unless={
                    "invoiceItems[*].productRatePlanChargeId": True,
                    "invoiceItems[*].taxMode": ("TaxInclusive",),
                    "invoiceItems[*].discountItems[*].productRatePlanChargeId": True,
                    "invoiceItems[*].discountItems[*].taxItems[*].taxMode": ("TaxInclusive",),
                },
                rounded=True,
            ),
        ),
    )
    alternative_names: ClassVar[Mapping[str, str]] = {
        "eInvoiceStatus": "einvoiceStatus",
        "eInvoiceErrorCode": "einvoiceErrorCode",
        "eInvoiceErrorMessage": "einvoiceErrorMessage",
        "eInvoiceFileId": "einvoiceFileId",
    }

    success: Annotated[Literal[True], Among(True)]
    """Always `true` - the invoice was created."""

    id: str
    """Id of the invoice, 32 hexadecimal digits."""

    account_id: str | None = None
    """Id of the billed account."""

    invoice_number: str | None = None
    """Number of the invoice, yours or Zuora's."""

    invoice_date: AnsweredDate | None = None
    """Date printed on the invoice."""

    due_date: AnsweredDate | None = None
    """Last day on which payment is in time."""

    target_date: AnsweredDate | None = None
    """Day up to which a bill run collected charges. `null` on a standalone invoice."""

    posted_date: AnsweredDate | None = None
    """Day on which the invoice was posted. `null` on a draft."""

    status: (
        Literal["Draft", "Posted", "Canceled", "CancelInProgress", "Generating", "PendingForTax", "Split", "Error"]
        | str
        | None
    ) = None
    """State of the invoice. The list is open; other values may come."""

    amount: AnsweredNumber | None = None
    """Total of the invoice, tax included."""

    amount_without_tax: AnsweredNumber | None = None
    """Total of the invoice, tax left out."""

    tax_amount: AnsweredNumber | None = None
    """Total of the taxes."""

    tax_exempt_amount: AnsweredNumber | None = None
    """Total of the tax from which the customer is exempt."""

    discount: AnsweredNumber | None = None
    """Total of the discounts."""

    balance: AnsweredNumber | None = None
    """What is still to be paid. Equal to `amount` on a new invoice."""

    adjustment_amount: AnsweredNumber | None = None
    """Total of the adjustments."""

    payment_amount: AnsweredNumber | None = None
    """Total of the payments applied."""

    refund_amount: AnsweredNumber | None = None
    """Total of the refunds."""

    credit_memo_amount: AnsweredNumber | None = None
    """Total of the credit memos applied. Needs Invoice Settlement."""

    credit_balance_adjustment_amount: AnsweredNumber | None = None
    """Total of the adjustments against the account's credit balance. Needs Credit Balance, without Invoice Settlement.
    """

    currency: str | None = None
    """ISO code of the invoice's currency."""

    comments: str | None = None
    """Free text about the invoice."""

    auto_pay: bool | None = None
    """Whether the next payment run collects the invoice by itself."""

    bill_run_id: str | None = None
    """Id of the bill run that made the invoice, if one did."""

    bill_to_contact_id: str | None = None
    """Id of the contact that is billed. `null` in the vendor's sample, of a tenant without Flexible Billing Attributes.
    """

    bill_to_contact_snapshot_id: str | None = None
    """Id of the copy of the bill-to contact that belongs to this invoice."""

    sold_to_contact_id: str | None = None
    """Id of the contact that is sold to. `null` in the vendor's sample, of a tenant without Flexible Billing
    Attributes.
    """

    sold_to_contact_snapshot_id: str | None = None
    """Id of the copy of the sold-to contact that belongs to this invoice."""

    ship_to_contact_id: str | None = None
    """Id of the contact that is shipped to. `null` in the vendor's sample, of a tenant without Flexible Billing
    Attributes.
    """

    ship_to_contact_snapshot_id: str | None = None
    """Id of the copy of the ship-to contact that belongs to this invoice."""

    template_id: str | None = None
    """Id of the template that lays the invoice out. `null` without Flexible Billing Attributes."""

    payment_term: str | None = None
    """Payment term of the invoice. `null` in the vendor's sample, of a tenant without Flexible Billing Attributes."""

    sequence_set_id: str | None = None
    """Id of the sequence set that numbers the invoice. `null` in the vendor's sample, of a tenant without Flexible
    Billing Attributes.
    """

    communication_profile_id: str | None = None
    """Id of the communication profile by which the invoice is sent out."""

    invoice_group_number: str | None = None
    """Number of the group that the invoice belongs to. `null` without Flexible Billing Attributes."""

    includes_one_time: bool | None = None
    """Whether the invoice holds one-time charges."""

    includes_recurring: bool | None = None
    """Whether the invoice holds recurring charges."""

    includes_usage: bool | None = None
    """Whether the invoice holds usage charges."""

    source: Literal["BillRun", "API", "ApiSubscribe", "ApiAmend"] | str | None = None
    """What made the invoice; `API` for a standalone one. The list is open; other values may come."""

    source_id: str | None = None
    """Id of what made the invoice, such as a bill run's number. `null` on a standalone invoice."""

    source_type: Literal["Subscription", "Standalone", "Order", "Consolidation"] | str | None = None
    """Kind of thing that is billed. The list is open; other values may come."""

    tax_status: (
        Literal[
            "Complete",
            "Error",
            "UnknownError",
            "DuplicateDoc",
            "InvalidRequest",
            "InvalidResponse",
            "TaxEngineError",
            "ConcurrentModify",
            "InternalServerError",
            "TaxCodeTemplateError",
            "Voided",
        ]
        | str
        | None
    ) = None
    """How far the tax computation has got. The list is open; other values may come."""

    tax_message: str | None = None
    """What the tax computation had to say."""

    transferred_to_accounting: Literal["Processing", "Error", "Ignore", "Yes", "No"] | str | None = None
    """How far the invoice has got on its way to an accounting system; `null` on a new invoice. The list is open; other
    values may come.
    """

    created_by_id: str | None = None
    """Id of the user who created the invoice."""

    created_date: AnsweredDateTime | None = None
    """When the invoice was created, as `yyyy-mm-dd hh:mm:ss`. No zone is said."""

    updated_by_id: str | None = None
    """Id of the user who last changed the invoice."""

    updated_date: AnsweredDateTime | None = None
    """When the invoice was last changed, as `yyyy-mm-dd hh:mm:ss`. No zone is said."""

    posted_by: str | None = None
    """Id of the user who posted the invoice. `null` on a draft."""

    last_email_sent_date: AnsweredDateTime | None = None
    """When the invoice was last sent by email, as `yyyy-mm-dd hh:mm:ss`. No zone is said."""

    einvoice_status: (
        Literal[
            "Processing",
            "RetrieveTimeOut",
            "Generated",
            "Success",
            "Failed",
            "ConditionalSuccess",
            "ApprovedByAuthority",
            "Rejected",
        ]
        | str
        | None
    ) = None
    """State of the electronic invoice. The list is open; other values may come. The vendor's SDK spells the name
    `eInvoiceStatus`.
    """

    einvoice_error_code: str | None = None
    """Error code of the electronic invoice. The vendor's SDK spells the name `eInvoiceErrorCode`."""

    einvoice_error_message: str | None = None
    """Error message of the electronic invoice. The vendor's SDK spells the name `eInvoiceErrorMessage`."""

    einvoice_file_id: str | None = None
    """Id of the electronic invoice's file. The vendor's SDK spells the name `eInvoiceFileId`."""

    organization_label: str | None = None
    """Name of the org that the invoice belongs to. Needs Multi-Org."""

    sales_ereporting_request_id: str | None = None
    """Id of the e-reporting request for the sale. Only the vendor's SDK knows this field."""

    ar_ereporting_request_id: str | None = None
    """Id of the e-reporting request for the receivable. Only the vendor's SDK knows this field."""

    process_id: str | None = None
    """Id of the server process that worked on the request."""

    request_id: str | None = None
    """The server's id of the request."""

    integration_id_ns: Annotated[
        str | None, Field(validation_alias="IntegrationId__NS", serialization_alias="IntegrationId__NS")
    ] = None
    """Id of this invoice's counterpart in NetSuite. Needs Zuora's NetSuite connector."""

    integration_status_ns: Annotated[
        str | None, Field(validation_alias="IntegrationStatus__NS", serialization_alias="IntegrationStatus__NS")
    ] = None
    """State of the invoice's synchronization to NetSuite. Needs Zuora's NetSuite connector."""

    sync_date_ns: Annotated[str | None, Field(validation_alias="SyncDate__NS", serialization_alias="SyncDate__NS")] = (
        None
    )
    """When the invoice was last brought into line with NetSuite. Needs Zuora's NetSuite connector."""


class PostTaxationItemType(RequestModel):
    """One tax on an invoice item or on a discount, computed by an external engine."""

    custom_fields: ClassVar[PropertyGroup[Json]] = PropertyGroup("__c\\Z")

    name: Annotated[str, Field(min_length=1, max_length=128)]
    """Name of the tax."""

    tax_amount: Number
    """The tax itself, as a JSON number, though the vendor's reference calls it text of format number. Negative on a
    discount.
    """

    tax_date: Date
    """Day that the tax is reckoned by."""

    tax_mode: Literal["TaxInclusive", "TaxExclusive"]
    """Whether the taxed amount already holds the tax. `TaxExclusive` on an invoice item's tax."""

    tax_rate: Number
    """Rate of the tax, a fraction or a fee as `taxRateType` says; as a JSON number, though the vendor's reference calls
    it text of format number.
    """

    tax_rate_type: Literal["Percentage", "FlatFee"]
    """Whether the rate is a share of the amount or a fixed fee."""

    tax_code: Annotated[str | None, Field(max_length=64)] = None
    """Code of the tax. Optional, as in the vendor's reference; the vendor's SDK requires it, and its guides ask for it
    where an external engine computes the tax.
    """

    exempt_amount: Number | None = None
    """The part of the tax from which the customer is exempt, as a JSON number, though the vendor's reference calls it
    text of format number.
    """

    jurisdiction: Annotated[str | None, Field(max_length=255)] = None
    """Who levies the tax, such as a state or a city."""

    location_code: Annotated[str | None, Field(max_length=32)] = None
    """Code of the place that the tax is computed for."""

    tax_code_description: Annotated[str | None, Field(max_length=255)] = None
    """What the tax code stands for."""

    tax_rate_description: Annotated[str | None, Field(max_length=255)] = None
    """What the tax rate stands for."""


class Reason(ResponseModel):
    """One reason for a failure."""

    code: Integer | str | None = None
    """Error code of eight digits. The first six name the resource and the field, the last two the category. The server
    sends an integer; the vendor's SDK takes it for a string, so both are read.
    """

    message: str | None = None
    """What happened, in words for a reader. Do not parse it."""


class Rejection(ResponseModel):
    """A refused request. Nothing was created. It may come with status 200."""

    failure: ClassVar[bool] = True

    success: Annotated[Literal[False], Among(False)]
    """Always `false` - the request was refused."""

    process_id: str | None = None
    """Id of the server process that worked on the request."""

    request_id: str | None = None
    """The server's id of the request, a UUID of 36 characters."""

    reasons: list[Reason] | None = None
    """What was wrong."""


class ServerError(ResponseModel):
    """What the server says when it fails."""

    reasons: list[Reason] | None = None
    """What went wrong."""


class InvoiceFailure(ResponseModel):
    """An invoice of a batch that was not created, and why."""

    failure: ClassVar[bool] = True

    object_index: Integer | None = None
    """Position of the invoice in the request's `invoices`, counted from 0. The vendor's samples have it, its reference
    does not list it: where it is missing, the position of the failed element counts.
    """

    success: Annotated[Literal[False], Among(False)]
    """Always `false` - the invoice was not created."""

    process_id: str | None = None
    """Id of the server process that worked on the invoice."""

    reasons: list[Reason] | None = None
    """What was wrong."""


class InvoicesResult(ResponseModel, _batch.BatchResult["PostInvoiceType", "Invoice", "InvoiceFailure"]):
    """What became of a batch. `success` speaks for the request alone; each element speaks for its invoice."""

    batch: ClassVar[_batch.Batch] = _batch.Batch(requests="invoices", results="invoices", index="objectIndex")

    success: Annotated[Literal[True], Among(True)]
    """Always `true` - the batch was worked through, though invoices in it may have failed."""

    invoices: list[Invoice | InvoiceFailure]
    """One element per invoice, either created or failed."""


class PostDiscountItemType(RequestModel):
    """A discount on one line of a standalone invoice."""

    custom_fields: ClassVar[PropertyGroup[Json]] = PropertyGroup("__c\\Z")
    constraints: ClassVar[tuple[Condition, ...]] = (AnyOf(Present("chargeName"), Present("productRatePlanChargeId")),)

    amount: Annotated[Number, Field(lt=0)]
    """What the discount takes off, as a negative number."""

    charge_name: Annotated[str | None, Field(max_length=130)] = None
    """Name of the discount. Required without `productRatePlanChargeId`."""

    charge_date: DateTime | None = None
    """When the discount was charged, to the second and without a time zone. On the wire it is `yyyy-mm-dd hh:mm:ss`.
    Not RFC 3339 - no `T` and no offset.
    """

    description: Annotated[str | None, Field(max_length=500)] = None
    """Free text about the discount."""

    booking_reference: Annotated[str | None, Field(max_length=100)] = None
    """Your booking reference for the discount."""

    purchase_order_number: Annotated[str | None, Field(max_length=100)] = None
    """Number of the purchase order that the discount belongs to."""

    item_type: Annotated[str | None, Field(max_length=50)] = None
    """Kind of discount item."""

    sku: Annotated[str | None, Field(max_length=255)] = None
    """Stock keeping unit of the discount. It must differ from the SKU of every product in the catalog."""

    unit_price: Number | None = None
    """Unit price of the discount."""

    product_rate_plan_charge_id: str | None = None
    """Id of a discount charge in the product catalog. Its `chargeName` and `sku` win over those of the request.
    `accountingCode`, `deferredRevenueAccountingCode` and `recognizedRevenueAccountingCode` come from the discount
    charge if that uses codes of its own for discounts, else from the charge of the item.
    """

    accounting_code: Annotated[str | None, Field(max_length=100)] = None
    """Accounting code of the discount."""

    accounts_receivable_accounting_code: Annotated[str | None, Field(max_length=100)] = None
    """Accounting code for accounts receivable."""

    deferred_revenue_accounting_code: Annotated[str | None, Field(max_length=100)] = None
    """Accounting code for deferred revenue. Needs Zuora Finance."""

    recognized_revenue_accounting_code: Annotated[str | None, Field(max_length=100)] = None
    """Accounting code for recognized revenue. Needs Zuora Finance."""

    adjustment_liability_accounting_code: Annotated[str | None, Field(max_length=100)] = None
    """Accounting code for the adjustment of a liability. Needs Billing - Revenue Integration."""

    adjustment_revenue_accounting_code: Annotated[str | None, Field(max_length=100)] = None
    """Accounting code for the adjustment of revenue. Needs Billing - Revenue Integration."""

    contract_asset_accounting_code: Annotated[str | None, Field(max_length=100)] = None
    """Accounting code for a contract asset. Needs Billing - Revenue Integration."""

    contract_liability_accounting_code: Annotated[str | None, Field(max_length=100)] = None
    """Accounting code for a contract liability. Needs Billing - Revenue Integration."""

    contract_recognized_revenue_accounting_code: Annotated[str | None, Field(max_length=100)] = None
    """Accounting code for a contract's recognized revenue. Needs Billing - Revenue Integration."""

    unbilled_receivables_accounting_code: Annotated[str | None, Field(max_length=100)] = None
    """Accounting code for receivables not yet billed. Needs Billing - Revenue Integration."""

    rev_rec_code: Annotated[str | None, Field(max_length=100)] = None
    """Revenue recognition code of the discount."""

    rev_rec_trigger_condition: (
        Literal["ContractEffectiveDate", "ServiceActivationDate", "CustomerAcceptanceDate"] | None
    ) = None
    """The date that sets off revenue recognition."""

    revenue_recognition_rule_name: Annotated[str | None, Field(max_length=50)] = None
    """Name of the rule by which the discount's revenue is recognized. Needs Zuora Finance."""

    tax_items: Annotated[list[PostTaxationItemType] | None, Field(max_length=5)] = None
    """Tax on the discount that an external engine has computed. Needs Taxation."""

    integration_id_ns: Annotated[
        str | None, Field(max_length=255, validation_alias="IntegrationId__NS", serialization_alias="IntegrationId__NS")
    ] = None
    """Id of this discount's counterpart in NetSuite. Needs Zuora's NetSuite connector."""

    integration_status_ns: Annotated[
        str | None,
        Field(max_length=255, validation_alias="IntegrationStatus__NS", serialization_alias="IntegrationStatus__NS"),
    ] = None
    """State of the discount's synchronization to NetSuite. Needs Zuora's NetSuite connector."""

    sync_date_ns: Annotated[
        str | None, Field(max_length=255, validation_alias="SyncDate__NS", serialization_alias="SyncDate__NS")
    ] = None
    """When the discount was last brought into line with NetSuite. Needs Zuora's NetSuite connector."""


class PostInvoiceItemType(RequestModel):
    """One line of a standalone invoice. Tax comes in one of two ways. Not yet computed: `taxMode` and `taxCode`
    together on the item, and Zuora computes the tax. Already computed by an external engine: `taxItems`, with neither
    `taxMode` nor `taxCode` on the item.
    """

    custom_fields: ClassVar[PropertyGroup[Json]] = PropertyGroup("__c\\Z")
    constraints: ClassVar[tuple[Condition, ...]] = (
        AnyOf(Present("chargeName"), Present("productRatePlanChargeId")),
        Not(Present("taxItems", "taxMode")),
        Not(Present("taxItems", "taxCode")),
        When(Present("taxItems"), Inside("taxItems", In("taxMode", "TaxExclusive"))),
    )

    amount: Number
    """What the item costs. The tax is part of it if the item is tax-inclusive, and comes on top if not."""

    service_start_date: Date
    """First day of the service that the item bills."""

    service_end_date: Date | None = None
    """Last day of the service that the item bills."""

    charge_date: DateTime | None = None
    """When the item was charged, to the second and without a time zone. On the wire it is `yyyy-mm-dd hh:mm:ss`. Not
    RFC 3339 - no `T` and no offset.
    """

    charge_name: Annotated[str | None, Field(max_length=130)] = None
    """Name of the charge. Required without `productRatePlanChargeId`; with it, the product charge's name is used
    instead.
    """

    product_rate_plan_charge_id: str | None = None
    """Id of a charge in the product catalog. The catalog then decides: its `chargeName`, `sku`, `uom`, `taxCode`,
    `taxMode`, `accountingCode`, `deferredRevenueAccountingCode` and `recognizedRevenueAccountingCode` win over those of
    the request.
    """

    quantity: Number = Decimal("1")
    """How many units are billed."""

    unit_price: Number | None = None
    """Price of one unit. Level 3 data for a payment gateway needs it, above zero."""

    sku: Annotated[str | None, Field(max_length=255)] = None
    """Stock keeping unit of the item. It must differ from the SKU of every product in the catalog."""

    uom: Annotated[str | None, Field(max_length=255)] = None
    """Unit in which the quantity is measured."""

    description: Annotated[str | None, Field(max_length=500)] = None
    """Free text about the item."""

    booking_reference: Annotated[str | None, Field(max_length=100)] = None
    """Your booking reference for the item."""

    purchase_order_number: Annotated[str | None, Field(max_length=100)] = None
    """Number of the purchase order that the item belongs to."""

    item_type: Annotated[str | None, Field(max_length=50)] = None
    """Kind of item."""

    accounting_code: Annotated[str | None, Field(max_length=100)] = None
    """Accounting code of the item."""

    accounts_receivable_accounting_code: Annotated[str | None, Field(max_length=100)] = None
    """Accounting code for accounts receivable."""

    deferred_revenue_accounting_code: Annotated[str | None, Field(max_length=100)] = None
    """Accounting code for deferred revenue. Needs Zuora Finance."""

    recognized_revenue_accounting_code: Annotated[str | None, Field(max_length=100)] = None
    """Accounting code for recognized revenue. Needs Zuora Finance."""

    rev_rec_code: Annotated[str | None, Field(max_length=100)] = None
    """Revenue recognition code of the item."""

    adjustment_liability_accounting_code: Annotated[str | None, Field(max_length=100)] = None
    """Accounting code for the adjustment of a liability. Needs Billing - Revenue Integration."""

    adjustment_revenue_accounting_code: Annotated[str | None, Field(max_length=100)] = None
    """Accounting code for the adjustment of revenue. Needs Billing - Revenue Integration."""

    contract_asset_accounting_code: Annotated[str | None, Field(max_length=100)] = None
    """Accounting code for a contract asset. Needs Billing - Revenue Integration."""

    contract_liability_accounting_code: Annotated[str | None, Field(max_length=100)] = None
    """Accounting code for a contract liability. Needs Billing - Revenue Integration."""

    contract_recognized_revenue_accounting_code: Annotated[str | None, Field(max_length=100)] = None
    """Accounting code for a contract's recognized revenue. Needs Billing - Revenue Integration."""

    unbilled_receivables_accounting_code: Annotated[str | None, Field(max_length=100)] = None
    """Accounting code for receivables not yet billed. Needs Billing - Revenue Integration."""

    exclude_item_billing_from_revenue_accounting: bool | None = None
    """Keeps the item out of revenue accounting. Needs Billing - Revenue Integration."""

    revenue_recognition_rule_name: Annotated[str | None, Field(max_length=50)] = None
    """Name of the rule by which the item's revenue is recognized. Needs Zuora Finance."""

    rev_rec_trigger_condition: (
        Literal["ContractEffectiveDate", "ServiceActivationDate", "CustomerAcceptanceDate"] | None
    ) = None
    """The date that sets off revenue recognition."""

    rev_rec_start_date: Date | None = None
    """Day on which revenue recognition starts. Only the vendor's SDK knows this field."""

    discount_items: Annotated[list[PostDiscountItemType] | None, Field(max_length=10)] = None
    """Discounts on this item."""

    tax_items: Annotated[list[PostTaxationItemType] | None, Field(max_length=5)] = None
    """Tax that an external engine has computed. The item then has neither `taxMode` nor `taxCode`, and the tax mode of
    each tax item is `TaxExclusive`. Needs Taxation.
    """

    tax_mode: Literal["TaxInclusive", "TaxExclusive"] | None = None
    """Whether the amount already holds the tax. Goes with `taxCode`, for tax that Zuora is to compute. Not together
    with `taxItems`. Needs Taxation.
    """

    tax_code: Annotated[str | None, Field(max_length=64)] = None
    """Tax code by which Zuora is to compute the tax. Goes with `taxMode`. Not together with `taxItems`. Needs Taxation.
    """

    integration_id_ns: Annotated[
        str | None, Field(max_length=255, validation_alias="IntegrationId__NS", serialization_alias="IntegrationId__NS")
    ] = None
    """Id of this item's counterpart in NetSuite. Needs Zuora's NetSuite connector."""

    integration_status_ns: Annotated[
        str | None,
        Field(max_length=255, validation_alias="IntegrationStatus__NS", serialization_alias="IntegrationStatus__NS"),
    ] = None
    """State of the item's synchronization to NetSuite. Needs Zuora's NetSuite connector."""

    sync_date_ns: Annotated[
        str | None, Field(max_length=255, validation_alias="SyncDate__NS", serialization_alias="SyncDate__NS")
    ] = None
    """When the item was last brought into line with NetSuite. Needs Zuora's NetSuite connector."""


class PostInvoiceType(RequestModel):
    """A standalone invoice to create. A field that is neither listed here nor a custom field is refused."""

    custom_fields: ClassVar[PropertyGroup[Json]] = PropertyGroup("__c\\Z")
    minimum_versions: ClassVar[Mapping[str, MinimumVersion]] = {"customRates": MinimumVersion("Zuora-Version", "224.0")}
    constraints: ClassVar[tuple[Condition, ...]] = (
        AnyOf(Present("accountId"), Present("accountNumber")),
        Not(Present("billToContact", "billToContactId")),
        Not(Present("shipToContact", "shipToContactId")),
        Not(Present("shipToSameAsBillTo", "shipToContact")),
        Not(Present("shipToSameAsBillTo", "shipToContactId")),
        Not(Present("soldToContact", "soldToContactId")),
        Not(Present("soldToSameAsBillTo", "soldToContact")),
        Not(Present("soldToSameAsBillTo", "soldToContactId")),
    )

    account_id: str | None = None
    """Id of the account to bill, 32 hexadecimal digits. Give this or `accountNumber`. If both are present they have to
    name one account.
    """

    account_number: str | None = None
    """Number of the account to bill, in place of `accountId` or beside it."""

    auto_pay: bool = False
    """Lets the next payment run collect this invoice by itself."""

    bill_to_contact: Contact | None = None
    """A new contact to bill, added to the account. Not together with `billToContactId`. Needs Flexible Billing
    Attributes.
    """

    bill_to_contact_id: str | None = None
    """Id of an existing contact to bill. Not together with `billToContact`. Needs Flexible Billing Attributes."""

    comments: Annotated[str | None, Field(max_length=255)] = None
    """Free text about the invoice. The length limit is the vendor SDK's."""

    currency: str | None = None
    """ISO code of the invoice's currency. The tenant must have configured and activated it. Left out, the account's own
    currency is used. Needs Multiple Currencies.
    """

    custom_rates: Annotated[list[CustomRate] | None, Field(max_length=2)] = None
    """Exchange rates of your own for the Home currency, the Reporting currency, or both. Needs `Zuora-Version` 224.0 or
    later, or no such header at all. Multiple Currencies is not needed. Refused where the tenant has switched on both
    the option to convert currencies on export and Fx data.
    """

    due_date: Date | None = None
    """Last day on which payment is in time."""

    invoice_date: Date
    """Date printed on the invoice. It must lie in an accounting period that is still open."""

    invoice_items: Annotated[list[PostInvoiceItemType], Field(min_length=1, max_length=1000)]
    """What is billed, at least one item. The vendor's reference lists this field without calling it required, its
    how-tos call it mandatory; the vendor's SDK requires it, and so does this document.
    """

    invoice_number: Annotated[str | None, Field(min_length=1, max_length=32, pattern="^[A-Za-z0-9_,-]+$")] = None
    """A number of your choice, unique in the tenant: letters, digits, hyphen, underscore and comma. It may consist of
    digits alone or end in digits. Left out, Zuora numbers the invoice.
    """

    payment_term: Annotated[str | None, Field(max_length=100)] = None
    """Id or name of a payment term, from which the due date follows. Needs Flexible Billing Attributes."""

    sequence_set: Annotated[str | None, Field(max_length=50)] = None
    """Id or name of the sequence set that numbers the invoice. Needs Flexible Billing Attributes."""

    ship_to_contact: Contact | None = None
    """A new contact to ship to, added to the account. Not together with `shipToContactId` or `shipToSameAsBillTo`.
    Needs Flexible Billing Attributes.
    """

    ship_to_contact_id: str | None = None
    """Id of an existing contact to ship to. Not together with `shipToContact` or `shipToSameAsBillTo`. Needs Flexible
    Billing Attributes.
    """

    ship_to_same_as_bill_to: bool = False
    """`true` ships to the contact that is billed, provided that the request names one by `billToContact` or
    `billToContactId`. Not together with `shipToContact` or `shipToContactId`, whatever its value. Needs Flexible
    Billing Attributes.
    """

    sold_to_contact: Contact | None = None
    """A new contact to sell to, added to the account. Not together with `soldToContactId` or `soldToSameAsBillTo`.
    Needs Flexible Billing Attributes.
    """

    sold_to_contact_id: str | None = None
    """Id of an existing contact to sell to. Not together with `soldToContact` or `soldToSameAsBillTo`. Needs Flexible
    Billing Attributes.
    """

    sold_to_same_as_bill_to: bool = False
    """`true` sells to the contact that is billed, provided that the request names one by `billToContact` or
    `billToContactId`. Not together with `soldToContact` or `soldToContactId`, whatever its value. Needs Flexible
    Billing Attributes.
    """

    status: Literal["Draft", "Posted"] = "Draft"
    """`Draft` only creates the invoice; `Posted` posts it in the same step."""

    template_id: str | None = None
    """Id of the template that lays the invoice out. Needs Flexible Billing Attributes."""

    transferred_to_accounting: Literal["Processing", "Error", "Ignore", "Yes", "No"] | None = None
    """How far the invoice has got on its way to an accounting system."""

    integration_id_ns: Annotated[
        str | None, Field(max_length=255, validation_alias="IntegrationId__NS", serialization_alias="IntegrationId__NS")
    ] = None
    """Id of this invoice's counterpart in NetSuite. Needs Zuora's NetSuite connector."""

    integration_status_ns: Annotated[
        str | None,
        Field(max_length=255, validation_alias="IntegrationStatus__NS", serialization_alias="IntegrationStatus__NS"),
    ] = None
    """State of the invoice's synchronization to NetSuite. Needs Zuora's NetSuite connector."""

    sync_date_ns: Annotated[
        str | None, Field(max_length=255, validation_alias="SyncDate__NS", serialization_alias="SyncDate__NS")
    ] = None
    """When the invoice was last brought into line with NetSuite. Needs Zuora's NetSuite connector."""

    communication_profile_id: str | None = None
    """Id of the communication profile by which the invoice is sent out."""


class PostInvoicesType(RequestModel):
    """A batch of standalone invoices to create."""

    constraints: ClassVar[tuple[Condition, ...]] = (TotalItems("invoices[*].invoiceItems", 1000),)

    invoices: Annotated[list[PostInvoiceType], Field(min_length=1, max_length=50)]
    """The invoices. Together they hold at most 1,000 invoice items. The answer refers to them by their position,
    counted from 0.
    """

    use_single_transaction: bool = False
    """`true` creates all invoices or none. `false` gives each invoice a transaction of its own: one that fails leaves
    the others standing and the request succeeds all the same. Send only those that failed again, in a new request with
    a new idempotency key: that bills nobody twice. The vendor's texts differ: its reference says to retry the whole
    batch.
    """
