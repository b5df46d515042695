"""Who is billed, sold to and shipped to: new contacts, known ones, or the account's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, cast

from zuora_invoices._runtime.codec import decode, encode
from zuora_invoices.models import Contact, PostInvoiceType
from zuora_invoices_sandbox.countries import country_code, is_country, is_subregion
from zuora_invoices_sandbox.records import ContactRecord, SnapshotRecord
from zuora_invoices_sandbox.refusal import Category, Reason, Refused, reason

from .findings import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zuora_invoices_sandbox.context import Context
    from zuora_invoices_sandbox.records import Json
    from zuora_invoices_sandbox.store import Transaction
    from zuora_invoices_sandbox.tenant.model import Account, Tenant

Role: TypeAlias = Literal["billTo", "soldTo", "shipTo"]
ROLES: Final[tuple[Role, ...]] = ("billTo", "soldTo", "shipTo")


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody in one of the roles: a contact that is known by its id, or one to be made."""

    id: str | None
    document: dict[str, Json]


@dataclass(frozen=True, slots=True)
class Placed:
    """The ids that an invoice shows for one of the roles."""

    contact: str | None = None
    snapshot: str | None = None


@dataclass(frozen=True, slots=True)
class _RoleFields:
    """What an order says of one role."""

    new: Contact | None
    id: str | None
    same: bool = False

    @property
    def is_named(self) -> bool:
        return self.new is not None or self.id is not None


_WITH_TAXED_STATES: Final = frozenset(("US", "CA"))
"""Countries in which a tax depends on the state or province."""


def unknown_places(order: PostInvoiceType) -> Iterator[Reason]:
    """What is wrong with the countries and the states of the order's new contacts."""
    for role, fields in _role_fields(order).items():
        if fields.new is None:
            continue
        country, state = fields.new.country, fields.new.state
        if country is not None and not is_country(country):
            message = f"{role}Contact: {country} is no country that is known by name or code."
            yield reason(Contact, "country", Category.INVALID, message)
        elif state is not None and not is_subregion(state, country):
            where = country or "any country that is known"
            message = f"{role}Contact: {state} is no subregion of {where}."
            yield reason(Contact, "state", Category.INVALID, message)


def untaxable_places(parties: dict[Role, Party]) -> Iterator[Reason]:
    """What the tenant's own tax lacks: the country of who gets the goods, else has bought, else is billed.

    In some countries also the state or province.
    """
    place: dict[str, Json] = {}
    whose = "a contact, and there is none"
    for role in ROLES:  # the last one counts
        if role in parties:
            place, whose = parties[role].document, f"the {role} contact"
    if place.get("country") is None:
        yield reason(Contact, "country", Category.RULE, f"Tax needs the country of {whose}.")
    elif place.get("state") is None and country_code(str(place["country"])) in _WITH_TAXED_STATES:
        yield reason(Contact, "state", Category.RULE, f"Tax needs the state or province of {whose}.")


def parties_of(
    order: PostInvoiceType, account: Account | None, tenant: Tenant, transaction: Transaction
) -> dict[Role, Party]:
    """Who has which role: who the order says, else the contact that the account has for it, else nobody.

    "Same as bill-to" counts where it is true and the order says who is billed.

    Raises:
        Refused: an id is not that of a contact of the account; says so for each role.
    """
    if account is None:
        return {}
    named, reasons, parties = _role_fields(order), [], dict[Role, Party]()
    defaults = (account.bill_to_contact, account.sold_to_contact, account.ship_to_contact)
    for (role, fields), default in zip(named.items(), defaults, strict=True):
        if fields.same and named["billTo"].is_named:
            if "billTo" in parties:
                parties[role] = parties["billTo"]
        elif fields.new is not None:
            # Values of JSON alone, as the store gives them back.
            parties[role] = Party(None, cast("dict[str, Json]", decode(encode(fields.new.to_wire()))))
        elif (id_ := fields.id if fields.id is not None else default) is not None:
            document = _known(id_, account, tenant, transaction)
            if document is None:
                message = f"No contact of the account {account.number} is found with {role}ContactId {excerpt(id_)}."
                reasons.append(reason(PostInvoiceType, f"{role}ContactId", Category.NOT_FOUND, message))
            else:
                parties[role] = Party(id_, document)
    if reasons:
        raise Refused(reasons)
    return parties


def place(
    parties: dict[Role, Party], account: Account, serial: int, context: Context, transaction: Transaction
) -> dict[Role, Placed]:
    """Store the new contacts, and a snapshot of each contact for its role in the invoice with this serial number."""
    tenant, ids = context.tenant.id, context.ids
    made: dict[int, str] = {}
    placed = dict.fromkeys(ROLES, Placed())
    for role, party in parties.items():
        contact = party.id or made.get(id(party))  # one new contact, though it has two roles
        if contact is None:
            contact = made[id(party)] = ids.derived("contact", tenant, serial, role)
            transaction.add_contact(tenant, ContactRecord(contact, account.id, party.document))
        snapshot = ids.derived("snapshot", tenant, serial, role)
        transaction.add_snapshot(tenant, SnapshotRecord(snapshot, contact, party.document))
        placed[role] = Placed(contact, snapshot)
    return placed


def _role_fields(order: PostInvoiceType) -> dict[Role, _RoleFields]:
    return {
        "billTo": _RoleFields(order.bill_to_contact, order.bill_to_contact_id),
        "soldTo": _RoleFields(order.sold_to_contact, order.sold_to_contact_id, order.sold_to_same_as_bill_to),
        "shipTo": _RoleFields(order.ship_to_contact, order.ship_to_contact_id, order.ship_to_same_as_bill_to),
    }


def _known(id_: str, account: Account, tenant: Tenant, transaction: Transaction) -> dict[str, Json] | None:
    """The contact of the account with this id, by wire names: one of the tenant's file, or one that was made."""
    for contact in account.contacts:
        if contact.id == id_:
            return contact.model_dump(by_alias=True, exclude_none=True, exclude={"id"})
    stored = transaction.contact(tenant.id, id_)
    return stored.document if stored is not None and stored.account_id == account.id else None
