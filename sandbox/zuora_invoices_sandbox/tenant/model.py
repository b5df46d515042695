"""A tenant as data: whom it bills, in what, by which rules, and who may do so. Read from a YAML file by `source`.

Every class is one mapping of the file. The names there are those of the API, `paymentTerm` for `payment_term`.
"""

from __future__ import annotations

from datetime import date  # noqa: TC003 - pydantic needs the types of fields
from decimal import Decimal  # noqa: TC003 - as above
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

Id = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$", description="32 hexadecimal digits")]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$", description="ISO 4217 code")]
Code = Annotated[str, Field(min_length=1, max_length=100)]


class Feature(StrEnum):
    """What a tenant may have bought or switched on. Values are those of the description's `x-requires-feature`."""

    FLEXIBLE_BILLING_ATTRIBUTES = "Flexible Billing Attributes"
    MULTIPLE_CURRENCIES = "Multiple Currencies"
    MULTI_ENTITY = "Multi-entity"
    MULTI_ORG = "Multi-Org"
    TAXATION = "Taxation"
    REVENUE_INTEGRATION = "Billing - Revenue Integration"
    NETSUITE = "NetSuite connector"


class Permission(StrEnum):
    """What a user may do. The two with a product catalog are what newer tenants split the first in."""

    CREATE = "Create Standalone Invoice"
    CREATE_WITH_CATALOG = "Create Standalone Invoice With Product Catalog"
    CREATE_WITHOUT_CATALOG = "Create Standalone Invoice Without Product Catalog"
    MODIFY = "Modify Invoice"


class Part(BaseModel):
    """The base of all that a tenant consists of."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", alias_generator=to_camel, validate_by_name=True, validate_by_alias=True
    )


class TenantCurrency(Part):
    """A currency in which the tenant may bill, if it is active; amounts are rounded to its decimals."""

    code: Currency
    decimals: Annotated[int, Field(ge=0, le=9)] = 2
    rounding: Literal["ROUND_HALF_UP", "ROUND_HALF_EVEN", "ROUND_HALF_DOWN", "ROUND_UP", "ROUND_DOWN"] = "ROUND_HALF_UP"
    active: bool = True


class PaymentTerm(Part):
    """When an invoice is due: so many days after its date."""

    id: Id
    name: Code
    days: Annotated[int, Field(ge=0, le=3650)]
    active: bool = True


class AccountingPeriod(Part):
    """Days of which the books are open or closed, the first and the last one included."""

    name: Code
    start: date
    end: date
    closed: bool = False


class TenantContact(Part):
    """A person of an account."""

    id: Id
    first_name: Annotated[str, Field(max_length=100)]
    last_name: Annotated[str, Field(max_length=100)]
    work_email: Annotated[str, Field(max_length=80)] | None = None
    country: Annotated[str, Field(max_length=64)] | None = None
    state: Annotated[str, Field(max_length=100)] | None = None
    city: Annotated[str, Field(max_length=40)] | None = None
    address1: Annotated[str, Field(max_length=255)] | None = None
    zip_code: Annotated[str, Field(max_length=20)] | None = None


class Account(Part):
    """A customer: what its invoices have if a request does not say otherwise."""

    id: Id
    number: Code
    name: Annotated[str, Field(min_length=1, max_length=255)]
    currency: Currency
    payment_term: Code
    """Id or name of a payment term."""
    contacts: tuple[TenantContact, ...] = ()
    bill_to_contact: Id | None = None
    sold_to_contact: Id | None = None
    ship_to_contact: Id | None = None
    auto_pay: bool = False
    template: Id | None = None
    sequence_set: Id | None = None
    active: bool = True
    entity: Code | None = None
    """Id of the entity that it belongs to, in a tenant with several."""
    org: Code | None = None
    """Id of the org that it belongs to, in a tenant with several."""


class Charge(Part):
    """A product rate plan charge of the catalog: what is given here wins over what an invoice item says."""

    id: Id
    name: Annotated[str, Field(min_length=1, max_length=130)]
    sku: Annotated[str, Field(max_length=255)] | None = None
    uom: Annotated[str, Field(max_length=255)] | None = None
    tax_code: Annotated[str, Field(max_length=64)] | None = None
    tax_mode: Literal["TaxInclusive", "TaxExclusive"] | None = None
    accounting_code: Code | None = None
    deferred_revenue_accounting_code: Code | None = None
    recognized_revenue_accounting_code: Code | None = None


class TaxCode(Part):
    """A tax that the tenant itself computes: a share of the amount, 0.19 for 19 %."""

    code: Annotated[str, Field(min_length=1, max_length=64)]
    rate: Annotated[Decimal, Field(ge=0, le=10)]
    name: Annotated[str, Field(min_length=1, max_length=128)]


class Template(Part):
    """A layout of invoices."""

    id: Id
    name: Code


class SequenceSet(Part):
    """How invoices are numbered: `prefix`, and a number that is filled up with zeros to so many `digits`."""

    id: Id
    name: Annotated[str, Field(min_length=1, max_length=50)]
    prefix: Annotated[str, Field(max_length=16, pattern=r"^[A-Za-z0-9_,-]*$")] = "INV"
    digits: Annotated[int, Field(ge=1, le=16)] = 8
    start: Annotated[int, Field(ge=0)] = 1


class Group(Part):
    """An entity or an org of the tenant."""

    id: Annotated[str, Field(pattern=r"^[^\s,]+$", max_length=100)]
    name: Annotated[str, Field(min_length=1, max_length=255)]


class User(Part):
    """Somebody who may call."""

    id: Id
    name: Annotated[str, Field(min_length=1, max_length=255)]
    permissions: tuple[Permission, ...] = ()
    entities: tuple[str, ...] = ()
    """Ids of the entities that the user's tokens are good for."""
    orgs: tuple[str, ...] = ()
    """Ids of the orgs that the user belongs to."""


class OAuthClient(Part):
    """Credentials, and the user on whose behalf their tokens act. A sandbox has no secrets: these are made up."""

    client_id: Annotated[str, Field(min_length=36, max_length=36)]
    client_secret: Annotated[str, Field(min_length=8, max_length=42, repr=False)]
    user: Id


class Concurrency(Part):
    """How many requests may be under way at once."""

    type: Literal["default", "high-volume transactions"] = "default"
    limit: Annotated[int, Field(ge=1)] = 200


class Limits(Part):
    """How often the tenant may be called, and how often tokens may be fetched from one address."""

    per_minute: Annotated[int, Field(ge=1)] = 50_000
    per_hour: Annotated[int, Field(ge=1)] = 2_250_000
    per_day: Annotated[int, Field(ge=1)] = 27_000_000
    tokens_per_minute: Annotated[int, Field(ge=1)] = 100
    concurrency: Concurrency = Concurrency()


class Tenant(Part):
    """Everything that the sandbox knows before the first request."""

    id: Code
    name: Annotated[str, Field(min_length=1, max_length=255)]
    api_version: Annotated[str, Field(pattern=r"^[0-9]+\.[0-9]+$")]
    """The newest minor version of the API, which calls without `Zuora-Version` speak."""
    features: frozenset[Feature]
    home_currency: Currency
    reporting_currency: Currency | None = None
    currencies: Annotated[tuple[TenantCurrency, ...], Field(min_length=1)]
    payment_terms: Annotated[tuple[PaymentTerm, ...], Field(min_length=1)]
    accounting_periods: tuple[AccountingPeriod, ...] = ()
    accounts: tuple[Account, ...] = ()
    charges: tuple[Charge, ...] = ()
    tax_codes: tuple[TaxCode, ...] = ()
    templates: tuple[Template, ...] = ()
    sequence_sets: Annotated[tuple[SequenceSet, ...], Field(min_length=1)]
    """The first one numbers the invoices for which nothing else is said."""
    entities: tuple[Group, ...] = ()
    orgs: tuple[Group, ...] = ()
    users: Annotated[tuple[User, ...], Field(min_length=1)]
    clients: Annotated[tuple[OAuthClient, ...], Field(min_length=1)]
    limits: Limits = Limits()

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

    def tax(self, code: str) -> TaxCode | None:
        """The tax with this code."""
        return self.taxes_by_code.get(code)

    def template(self, id: str) -> Template | None:  # noqa: A002 - the field's word for it
        """The template with this id."""
        return self.templates_by_id.get(id)

    def closed_period(self, day: date) -> AccountingPeriod | None:
        """The closed accounting period that a day falls in; none if the books of the day are open."""
        return next((one for one in self.accounting_periods if one.closed and one.start <= day <= one.end), None)

    def contact(self, account: str, id: str) -> TenantContact | None:  # noqa: A002 - as above
        """The contact with this id, of the account with that id."""
        found = self.accounts_by_id.get(account)
        return next((one for one in found.contacts if one.id == id), None) if found is not None else None
