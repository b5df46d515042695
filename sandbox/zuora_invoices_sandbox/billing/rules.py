"""All rules of a tenant, one after the other: an order is refused for every reason there is, not for the first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zuora_invoices_sandbox.features import ungated
from zuora_invoices_sandbox.refusal import Refused

from .accounts import account_of
from .charges import unfit_charges, unfit_service_dates
from .contacts import parties_of, unknown_places, untaxable_places
from .currency import currency_of, unfit_rates
from .findings import Findings
from .layout import template_of
from .numbering import sequence_of, taken_number
from .taxes import is_computed, unfit_taxes
from .terms import closed_books, due_date_of, term_of

if TYPE_CHECKING:
    from datetime import date

    from zuora_invoices.models import PostInvoiceType
    from zuora_invoices_sandbox.context import Context
    from zuora_invoices_sandbox.store import Transaction
    from zuora_invoices_sandbox.tenant.model import Account, PaymentTerm, SequenceSet, Template, TenantCurrency

    from .charges import Line
    from .contacts import Party, Role


@dataclass(frozen=True, slots=True)
class Settled:
    """What an order that no rule refuses comes down to."""

    account: Account
    currency: TenantCurrency
    term: PaymentTerm
    due_date: date
    sequence: SequenceSet
    template: Template | None
    parties: dict[Role, Party]


def settle(order: PostInvoiceType, lines: list[Line], context: Context, transaction: Transaction) -> Settled:
    """Ask every rule; only reads from the database.

    Raises:
        Refused: with every reason that a rule gives.
    """
    tenant, findings = context.tenant, Findings()
    findings.add(ungated(order, tenant))
    account = findings.ask(account_of, order, context)
    currency = findings.ask(currency_of, order, account, tenant)
    findings.add(unfit_rates(order, currency, tenant))
    findings.add(closed_books(order, tenant))
    term = findings.ask(term_of, order, account, tenant)
    due_date = findings.ask(due_date_of, order, term)
    sequence = findings.ask(sequence_of, order, account, tenant)
    findings.add(taken_number(order, tenant, transaction))
    template = findings.ask(template_of, order, account, tenant)
    findings.add(unknown_places(order))
    parties = findings.ask(parties_of, order, account, tenant, transaction)
    findings.add(unfit_charges(lines, tenant))
    findings.add(unfit_service_dates(lines))
    findings.add(unfit_taxes(lines, tenant))
    if parties is not None and account is not None and any(map(is_computed, lines)):
        findings.add(untaxable_places(parties))
    if (
        findings.reasons
        # Each of these is missing for a reason, which the type checkers cannot know.
        or account is None
        or currency is None
        or term is None
        or due_date is None
        or sequence is None
        or parties is None
    ):
        raise Refused(findings.listed())
    return Settled(account, currency, term, due_date, sequence, template, parties)
