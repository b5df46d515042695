"""The two operations: from a body that was read to the answer, within one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, cast

from zuora_invoices._operations.invoices import CREATE_STANDALONE_INVOICE, CREATE_STANDALONE_INVOICES
from zuora_invoices.models import PostInvoicesType

from . import answers
from .billing import bill
from .findings import LISTED, unlisted_reason
from .refusal import Reason, Refused
from .validation import read_batch, read_invoice

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from zuora_invoices._runtime.operation import Operation

    from .context import Context
    from .messages import Answer, Headers
    from .records import InvoiceRecord, Json
    from .store import Transaction

    Work: TypeAlias = Callable[[Context, Transaction], Answer]
    """What is left to do once a body is read: bill what it orders."""


def one(body: dict[str, Json], headers: Headers) -> Work:
    """Read the order of one invoice.

    Raises:
        Refused: it breaks the description; names everything that does.
    """
    order = read_invoice(body, headers)

    def work(context: Context, transaction: Transaction) -> Answer:
        return answers.as_json(answers.created(bill(order, body, context, transaction)))

    return work


def batch(body: dict[str, Json], headers: Headers) -> Work:
    """Read the orders of up to 50 invoices; what is wrong with one of them comes to light when they are billed.

    Raises:
        Refused: the request as a whole breaks the description; names everything that does.
    """
    read = read_batch(body, headers)
    given = cast("list[dict[str, Json]]", body["invoices"])

    def each(context: Context, transaction: Transaction) -> Answer:
        """One transaction for each invoice: those that are refused do not keep the others from being made."""
        results: list[Json] = []
        for index, (order, asked) in enumerate(zip(read.orders, given, strict=True)):
            try:
                if isinstance(order, Refused):
                    raise order
                with transaction.draft():
                    invoice = bill(order, asked, context, transaction)
            except Refused as refused:
                process = context.ids.process(context.request_id, index)
                results.append(answers.failed(index, refused, process))
            else:
                results.append(answers.created(invoice))
        return answers.as_json({"invoices": results, "success": True})

    def together(context: Context, transaction: Transaction) -> Answer:
        """One transaction for all invoices: one that is refused refuses all."""
        invoices: list[InvoiceRecord] = []
        reasons: list[Reason] = []
        status = 200
        for index, (order, asked) in enumerate(zip(read.orders, given, strict=True)):
            try:
                if isinstance(order, Refused):
                    raise order
                invoices.append(bill(order, asked, context, transaction))
            except Refused as refused:
                status = max(status, refused.status)
                reasons += [Reason(one.code, f"invoices[{index}]: {one.message}") for one in refused.reasons]
        if len(reasons) > LISTED:
            reasons[LISTED:] = [unlisted_reason(PostInvoicesType, len(reasons) - LISTED)]
        if reasons:
            raise Refused(reasons, status)
        return answers.as_json({"invoices": [answers.created(invoice) for invoice in invoices], "success": True})

    return together if read.single_transaction else each


OPERATIONS: Mapping[str, tuple[Operation[object], Callable[[dict[str, Json], Headers], Work]]] = {
    CREATE_STANDALONE_INVOICE.path: (CREATE_STANDALONE_INVOICE, one),
    CREATE_STANDALONE_INVOICES.path: (CREATE_STANDALONE_INVOICES, batch),
}
"""Path -> the operation as the description has it, and how its body is read. Both are POST."""
