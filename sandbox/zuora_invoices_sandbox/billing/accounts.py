"""The account that an invoice bills."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zuora_invoices.models import PostInvoiceType
from zuora_invoices_sandbox.refusal import Category, Refused, reason

from .findings import excerpt

if TYPE_CHECKING:
    from zuora_invoices_sandbox.context import Caller, Context
    from zuora_invoices_sandbox.tenant.model import Account


def account_of(order: PostInvoiceType, context: Context) -> Account:
    """The account that the order names by its id, its number, or both.

    Raises:
        Refused: there is none, there are two, or it is not active.
    """
    tenant, reasons, named = context.tenant, [], []
    for wire_name, text, accounts in (
        ("accountId", order.account_id, tenant.accounts_by_id),
        ("accountNumber", order.account_number, tenant.accounts_by_number),
    ):
        if text is None:
            continue
        account = accounts.get(text)
        if account is not None and _is_seen(account, context.caller):
            named.append((wire_name, account))
        else:  # of category 20, as the vendor's sample has it
            message = f"No account is found with {wire_name} {excerpt(text)}."
            reasons.append(reason(PostInvoiceType, wire_name, Category.INVALID, message))
    if reasons:
        raise Refused(reasons)
    (first_name, account), *others = named
    for wire_name, other in others:
        if other is not account:
            message = f"accountId {order.account_id} and accountNumber {order.account_number} are of two accounts."
            raise Refused([reason(PostInvoiceType, wire_name, Category.RULE, message)])
    if not account.active:
        message = f"The account {account.number} is not active."
        raise Refused([reason(PostInvoiceType, first_name, Category.RULE, message)])
    return account


def _is_seen(account: Account, caller: Caller) -> bool:
    """Whether the call works on the entity and the org of the account; an account without one is open to all."""
    own_entity = caller.entity is None or account.entity is None or account.entity == caller.entity
    return own_entity and (caller.orgs is None or account.org is None or account.org in caller.orgs)
