"""A tenant as data: whom it bills, in what, by which rules, and who may do so. Read from a YAML file by `source`.

Every class is one mapping of the file. The names there are those of the API, `paymentTerm` for `payment_term`. The
docstrings of classes and fields are the descriptions of the file's JSON Schema.
"""

from __future__ import annotations

from datetime import date  # noqa: TC003 - a lookup's type
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.alias_generators import to_camel

from .scalars import Code, Currency, Day, Exact, Flag, Id, Whole, distinct

if TYPE_CHECKING:
    from collections.abc import Mapping


class Feature(StrEnum):
    """What a tenant may have bought or switched on. Values are those of the description's `x-requires-feature`."""

    FLEXIBLE_BILLING_ATTRIBUTES = "Flexible Billing Attributes"
    MULTIPLE_CURRENCIES = "Multiple Currencies"
    MULTI_ENTITY = "Multi-entity"
    MULTI_ORG = "Multi-Org"
    TAXATION = "Taxation"
    REVENUE_INTEGRATION = "Billing - Revenue Integration"
    NETSUITE = "NetSuite connector"
    FINANCE = "Zuora Finance"
    INVOICE_SETTLEMENT = "Invoice Settlement"
    CREDIT_BALANCE = "Credit Balance"


class Permission(StrEnum):
    """What a user may do. The two with a product catalog are what newer tenants split the first in."""

    CREATE = "Create Standalone Invoice"
    CREATE_WITH_CATALOG = "Create Standalone Invoice With Product Catalog"
    CREATE_WITHOUT_CATALOG = "Create Standalone Invoice Without Product Catalog"
    MODIFY = "Modify Invoice"


class Part(BaseModel):
    """The base of all that a tenant consists of."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=True,
    )


class TenantCurrency(Part):
    """A currency in which the tenant may bill, if it is active; amounts are rounded to its decimals."""

    code: Currency
    """ISO 4217 code, such as EUR."""
    decimals: Annotated[Whole, Field(ge=0, le=9)] = 2
    """Digits after the point that an amount has: 2 for EUR, 0 for JPY, 3 for KWD."""
    rounding: Literal["ROUND_HALF_UP", "ROUND_HALF_EVEN", "ROUND_HALF_DOWN", "ROUND_UP", "ROUND_DOWN"] = "ROUND_HALF_UP"
    """How amounts that the tenant computes lose the digits beyond; names are those of Python's `decimal`."""
    active: Flag = True
    """Whether new invoices may be in it."""


class PaymentTerm(Part):
    """When an invoice is due: so many days after its date."""

    id: Id
    """32 hexadecimal digits."""
    name: Code
    """What requests and accounts call it, such as Net 30."""
    days: Annotated[Whole, Field(ge=0, le=3650)]
    """Days from the date of the invoice until it is due."""
    active: Flag = True
    """Whether new invoices may have it."""


class AccountingPeriod(Part):
    """Days of which the books are open or closed, the first and the last one included."""

    name: Code
    """What people call it, such as 2019 or Jan '26."""
    start: Day
    """Its first day."""
    end: Day
    """Its last day."""
    closed: Flag = False
    """Whether no invoice may have a date in it. Days of no period are open."""


class TenantContact(Part):
    """A person of an account."""

    id: Id
    """32 hexadecimal digits."""
    first_name: Annotated[str, Field(max_length=100)]
    """First name."""
    last_name: Annotated[str, Field(max_length=100)]
    """Last name."""
    work_email: Annotated[str, Field(max_length=80)] | None = None
    """Address of mail at work."""
    country: Annotated[str, Field(max_length=64)] | None = None
    """Name of a country, or its code of two or three letters in ISO 3166."""
    state: Annotated[str, Field(max_length=100)] | None = None
    """State or province of the country: a name or a code of ISO 3166-2, US-VT or VT."""
    city: Annotated[str, Field(max_length=100)] | None = None
    """City."""
    address1: Annotated[str, Field(max_length=255)] | None = None
    """First line of the address."""
    zip_code: Annotated[str, Field(max_length=20)] | None = None
    """Postal code; in quotes, as it is a text."""


class Account(Part):
    """A customer: what its invoices have if a request does not say otherwise."""

    id: Id
    """32 hexadecimal digits; `accountId` of a request."""
    number: Code
    """`accountNumber` of a request."""
    name: Annotated[str, Field(min_length=1, max_length=255)]
    """What the customer is called."""
    currency: Currency
    """Code of a currency of the tenant."""
    payment_term: Code
    """Id or name of a payment term."""
    contacts: tuple[TenantContact, ...] = ()
    """Persons that invoices can be addressed to."""
    bill_to_contact: Id | None = None
    """Id of the contact of the account who gets the bill."""
    sold_to_contact: Id | None = None
    """Id of the contact of the account who has bought."""
    ship_to_contact: Id | None = None
    """Id of the contact of the account who gets the goods."""
    template: Id | None = None
    """Id of the template of its invoices."""
    sequence_set: Id | None = None
    """Id of the sequence set that numbers its invoices."""
    active: Flag = True
    """Whether it may be billed."""
    entity: Code | None = None
    """Id of the entity that it belongs to, in a tenant with several."""
    org: Code | None = None
    """Id of the org that it belongs to, in a tenant with several."""


class Charge(Part):
    """A product rate plan charge of the catalog: what is given here wins over what an invoice item says."""

    id: Id
    """32 hexadecimal digits; `productRatePlanChargeId` of an item."""
    name: Annotated[str, Field(min_length=1, max_length=130)]
    """The item's `chargeName`."""
    sku: Annotated[str, Field(max_length=255)] | None = None
    """The product's; items that name no charge must have another."""
    uom: Annotated[str, Field(max_length=255)] | None = None
    """Unit of measure."""
    tax_code: Annotated[str, Field(max_length=64)] | None = None
    """A tax code of the tenant."""
    tax_mode: Literal["TaxInclusive", "TaxExclusive"] | None = None
    """Whether amounts hold the tax already."""
    accounting_code: Code | None = None
    """Where the ledger has it."""
    deferred_revenue_accounting_code: Code | None = None
    """Where the ledger has what is not earned yet."""
    recognized_revenue_accounting_code: Code | None = None
    """Where the ledger has what is earned."""
    discount_specific_accounting_codes: Flag = False
    """Whether a discount with this charge has the charge's three accounting codes, and not those of its item's."""


class TaxCode(Part):
    """A tax that the tenant itself computes: a share of the amount, 0.19 for 19 %."""

    code: Annotated[str, Field(min_length=1, max_length=64)]
    """`taxCode` of an item."""
    rate: Annotated[Exact, Field(ge=0, le=10)]
    """Share of the amount without tax: 0.19 for 19 %."""
    name: Annotated[str, Field(min_length=1, max_length=128)]
    """What the tax is called."""


class Template(Part):
    """A layout of invoices."""

    id: Id
    """32 hexadecimal digits; `templateId` of a request."""
    name: Code
    """What people call it."""


class SequenceSet(Part):
    """How invoices are numbered: `prefix`, and a number that is filled up with zeros to so many `digits`."""

    id: Id
    """32 hexadecimal digits."""
    name: Annotated[str, Field(min_length=1, max_length=50)]
    """`sequenceSet` of a request, which may give the id as well."""
    prefix: Annotated[str, Field(max_length=16, pattern=r"^[A-Za-z0-9_,-]*$")] = "INV"
    """What each number begins with."""
    digits: Annotated[Whole, Field(ge=1, le=16)] = 8
    """Digits that a number has at least: INV00000001 has 8."""
    start: Annotated[Whole, Field(ge=0)] = 1
    """The first number."""


class Group(Part):
    """An entity or an org of the tenant."""

    id: Annotated[str, Field(pattern=r"^[^\s,]+$", max_length=100)]
    """What `Zuora-Entity-Ids` or `Zuora-Org-Ids` says; without spaces and commas."""
    name: Annotated[str, Field(min_length=1, max_length=255)]
    """What people call it."""


class User(Part):
    """Somebody who may call."""

    id: Id
    """32 hexadecimal digits; `createdById` of invoices."""
    name: Annotated[str, Field(min_length=1, max_length=255)]
    """What people call them."""
    permissions: tuple[Permission, ...] = ()
    """What they may do: creating needs Modify Invoice and one of the others."""
    entities: tuple[str, ...] = ()
    """Ids of the entities that the user's tokens are good for."""
    orgs: tuple[str, ...] = ()
    """Ids of the orgs that the user belongs to."""


class OAuthClient(Part):
    """Credentials, and the user on whose behalf their tokens act. A sandbox has no secrets: these are made up."""

    client_id: Annotated[str, Field(min_length=36, max_length=36)]
    """36 characters."""
    client_secret: Annotated[str, Field(min_length=8, max_length=42, repr=False)]
    """8 to 42 characters; never one of a real tenant."""
    user: Id
    """Id of a user."""


class Concurrency(Part):
    """How many requests may be under way at once."""

    type: Literal["default", "high-volume transactions"] = "default"
    """`Concurrency-Limit-Type` of answers."""
    limit: Annotated[Whole, Field(ge=1)] = 200
    """Requests under way at once."""


class Limits(Part):
    """How often the tenant may be called, and how often tokens may be fetched from one address."""

    per_minute: Annotated[Whole, Field(ge=1)] = 50_000
    """Requests a minute."""
    per_hour: Annotated[Whole, Field(ge=1)] = 2_250_000
    """Requests an hour."""
    per_day: Annotated[Whole, Field(ge=1)] = 27_000_000
    """Requests a day."""
    tokens_per_minute: Annotated[Whole, Field(ge=1)] = 100
    """Tokens a minute and address."""
    concurrency: Concurrency = Concurrency()
    """The limit of requests at once, of a type."""


class Tenant(Part):
    """Everything that the sandbox knows before the first request."""

    id: Code
    """Parts a database between tenants: what one has created, another does not see."""
    name: Annotated[str, Field(min_length=1, max_length=255)]
    """What people call it."""
    api_version: Annotated[str, Field(pattern=r"^[0-9]+(\.[0-9]+)?$")]
    """The newest minor version of the API, which calls without `Zuora-Version` speak; in quotes, as it is a text."""
    features: Annotated[frozenset[Feature], BeforeValidator(distinct)]
    """What the tenant may use; fields of a feature that is not here are refused."""
    home_currency: Currency
    """Code of the currency of the tenant's own books; rates to it may come with an invoice."""
    reporting_currency: Currency | None = None
    """Code of the currency of the tenant's reports; rates to it may come with an invoice."""
    converts_on_export: Flag = False
    """Whether amounts are converted into the home currency when they are exported. With Fx data it bars customRates."""
    fx_data: Flag = False
    """Whether the tenant gets exchange rates as Fx data."""
    currencies: Annotated[tuple[TenantCurrency, ...], Field(min_length=1)]
    """Currencies that the tenant knows."""
    payment_terms: Annotated[tuple[PaymentTerm, ...], Field(min_length=1)]
    """When invoices can be due."""
    accounting_periods: tuple[AccountingPeriod, ...] = ()
    """Spans of days that do not overlap; only closed ones matter."""
    accounts: tuple[Account, ...] = ()
    """Customers."""
    charges: tuple[Charge, ...] = ()
    """The product catalog."""
    tax_codes: tuple[TaxCode, ...] = ()
    """Taxes that the tenant itself computes."""
    templates: tuple[Template, ...] = ()
    """Layouts of invoices; the API only names them."""
    sequence_sets: Annotated[tuple[SequenceSet, ...], Field(min_length=1)]
    """The first one numbers the invoices for which nothing else is said."""
    entities: tuple[Group, ...] = ()
    """Entities, for Multi-entity."""
    orgs: tuple[Group, ...] = ()
    """Orgs, for Multi-Org."""
    users: Annotated[tuple[User, ...], Field(min_length=1)]
    """Who may call."""
    clients: Annotated[tuple[OAuthClient, ...], Field(min_length=1)]
    """Credentials; what is started without any uses the first ones."""
    limits: Limits = Limits()
    """How often the tenant may be called."""

    def model_copy(self, *, update: Mapping[str, object] | None = None, deep: bool = False) -> Self:
        """A copy with other values. Pydantic alone would copy the lookups below with it, which are of the old ones."""
        copied = super().model_copy(update=update, deep=deep)
        values = vars(copied)
        for name in values.keys() - Tenant.model_fields.keys():
            del values[name]
        return copied

    @cached_property
    def currencies_by_code(self) -> dict[str, TenantCurrency]:
        """Code -> currency, active or not."""
        return {one.code: one for one in self.currencies}

    @cached_property
    def accounts_by_id(self) -> dict[str, Account]:
        """Id -> account."""
        return {one.id: one for one in self.accounts}

    @cached_property
    def accounts_by_number(self) -> dict[str, Account]:
        """Number -> account."""
        return {one.number: one for one in self.accounts}

    @cached_property
    def charges_by_id(self) -> dict[str, Charge]:
        """Id -> charge of the catalog."""
        return {one.id: one for one in self.charges}

    @cached_property
    def skus(self) -> frozenset[str]:
        """What the products of the catalog are called, and items must not be."""
        return frozenset(one.sku for one in self.charges if one.sku is not None)

    @cached_property
    def users_by_id(self) -> dict[str, User]:
        """Id -> user."""
        return {one.id: one for one in self.users}

    @cached_property
    def clients_by_id(self) -> dict[str, OAuthClient]:
        """Client id -> credentials."""
        return {one.client_id: one for one in self.clients}

    @cached_property
    def taxes_by_code(self) -> dict[str, TaxCode]:
        """Code -> tax."""
        return {one.code: one for one in self.tax_codes}

    @cached_property
    def templates_by_id(self) -> dict[str, Template]:
        """Id -> template."""
        return {one.id: one for one in self.templates}

    @cached_property
    def _terms(self) -> dict[str, PaymentTerm]:
        """Name or id -> payment term; an id wins over a name."""
        return {one.name: one for one in self.payment_terms} | {one.id: one for one in self.payment_terms}

    @cached_property
    def _sequences(self) -> dict[str, SequenceSet]:
        """Name or id -> sequence set; an id wins over a name."""
        return {one.name: one for one in self.sequence_sets} | {one.id: one for one in self.sequence_sets}

    def term(self, text: str) -> PaymentTerm | None:
        """The payment term, active or not, with this id or name."""
        return self._terms.get(text)

    def sequence(self, text: str) -> SequenceSet | None:
        """The sequence set with this id or name."""
        return self._sequences.get(text)

    def template(self, id: str) -> Template | None:  # noqa: A002 - the field's word for it
        """The template with this id."""
        return self.templates_by_id.get(id)

    def closed_period(self, day: date) -> AccountingPeriod | None:
        """The closed accounting period that a day falls in; none if the books of the day are open."""
        return next((one for one in self.accounting_periods if one.closed and one.start <= day <= one.end), None)
