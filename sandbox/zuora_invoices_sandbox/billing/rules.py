"""All rules of a tenant, one after the other: an order is refused for every reason there is, not for the first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zuora_invoices_sandbox.features import ungated
from zuora_invoices_sandbox.refusal import Refused

from . import accounts, charges, contacts, currency, layout, numbering, taxes, terms
from .findings import Findings

if TYPE_CHECKING:
    from datetime import date

    from zuora_invoices.models import PostInvoiceType
    from zuora_invoices_sandbox.context import Context
    from zuora_invoices_sandbox.store import Transaction
    from zuora_invoices_sandbox.tenant.model import Account, PaymentTerm, SequenceSet, Template, TenantCurrency


@dataclass(frozen=True, slots=True)
class Settled:
    """What an order that no rule refuses comes down to."""

    account: Account
    currency: TenantCurrency
    term: PaymentTerm
    due_date: date
    sequence: SequenceSet
    template: Template | None
    parties: dict[contacts.Role, contacts.Party]


def settle(order: PostInvoiceType, lines: list[charges.Line], context: Context, transaction: Transaction) -> Settled:
    """Ask every rule; only reads from the database.

    Raises:
        Refused: with every reason that a rule gives.
    """
    tenant, findings = context.tenant, Findings()
    findings.add(ungated(order, tenant))
    account = findings.ask(accounts.account_of, order, context)
    money = findings.ask(currency.currency_of, order, account, tenant)
    findings.add(currency.unfit_rates(order, money, tenant))
    findings.add(terms.closed_books(order, tenant))
    term = findings.ask(terms.term_of, order, account, tenant)
    due_date = findings.ask(terms.due_date_of, order, term)
    sequence = findings.ask(numbering.sequence_of, order, account, tenant)
    findings.add(numbering.taken_number(order, tenant, transaction))
    template = findings.ask(layout.template_of, order, account, tenant)
    findings.add(contacts.unknown_countries(order))
    parties = findings.ask(contacts.parties_of, order, account, tenant, transaction)
    findings.add(charges.unfit_charges(lines, tenant))
    findings.add(charges.unfit_service_dates(lines))
    findings.add(taxes.unfit_taxes(lines, tenant))
    if (
        findings.reasons
        # Each of these is missing for a reason, which the type checkers cannot know.
        or account is None
        or money is None
        or term is None
        or due_date is None
        or sequence is None
        or parties is None
    ):
        raise Refused(findings.reasons)
    return Settled(account, money, term, due_date, sequence, template, parties)
