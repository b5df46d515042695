"""Every case of `tests/cases/sandbox/billing/`: an order becomes the invoice, or the reasons, that it should.

A case is a folder with `order.json` and `expected.json`, and `setting.json` where something is not as usual: `tenant`
(pointer -> value, over the tenant beside the cases), `caller` (its `entity`, its `orgs`), `taken` (invoice numbers in
use), `example` (in place of an order: one of the description's). Expected are either `reasons`, all of them and in
their order, with a `status` if that is not 200; or an invoice, of which `document` and `lines` say the fields that the
case is about, and `lacks` names those that must not be there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.description import OPERATIONS, exact, examples, resolved
from tests.sandbox.billing.biller import CASES, Biller, exact_json, order_of, tenant_with
from zuora_invoices.models import PostInvoiceType
from zuora_invoices_sandbox.refusal import Refused

if TYPE_CHECKING:
    from zuora_invoices_sandbox.records import InvoiceRecord, ItemRecord
    from zuora_invoices_sandbox.store import Transaction

NAMES = sorted(case.name for case in CASES.iterdir() if case.is_dir())
EXAMPLES = {
    name: value
    for operation in resolved(OPERATIONS).values()
    for name, value in examples(operation["requestBody"]["content"]).items()
}


def read(name: str, file: str) -> Any:
    path = CASES / name / file
    return exact_json(path.read_text(encoding="utf-8")) if path.exists() else {}


def order(name: str, setting: Any) -> PostInvoiceType:
    if "example" not in setting:
        return PostInvoiceType.model_validate(read(name, "order.json"))
    example, _, place = setting["example"].partition(" ")
    value = EXAMPLES[example]
    return PostInvoiceType.model_validate(value["invoices"][int(place)] if place else value)


def billed(name: str, transaction: Transaction) -> InvoiceRecord:
    setting = read(name, "setting.json")
    for number in setting.get("taken", ()):
        Biller(transaction)(order_of(invoiceNumber=number))
    caller = setting.get("caller", {})
    orgs = frozenset(caller["orgs"]) if "orgs" in caller else None
    return Biller(transaction, tenant_with(setting.get("tenant", {})))(
        order(name, setting), entity=caller.get("entity"), orgs=orgs
    )


def line(item: ItemRecord) -> dict[str, Any]:
    return {
        "kind": item.kind,
        "name": item.name,
        "amount": item.amount,
        "amountWithoutTax": item.amount_without_tax,
        "taxAmount": item.tax_amount,
        "document": item.document,
    }


def check(expected: Any, found: Any) -> None:
    for name in expected.get("lacks", ()):
        assert name not in found
    for name, value in expected.items():
        if name == "document" and "kind" in found:
            check({**value, "lacks": expected.get("lacks", ())}, found["document"])
        elif name != "lacks":
            assert exact(found[name]) == exact(value), name


@pytest.mark.parametrize("name", NAMES)
def test_case(name: str, transaction: Transaction) -> None:
    expected = read(name, "expected.json")
    if "reasons" in expected:
        with pytest.raises(Refused) as refused:
            billed(name, transaction)
        assert [{"code": one.code, "message": one.message} for one in refused.value.reasons] == expected["reasons"]
        assert refused.value.status == expected.get("status", 200)
        return
    invoice = billed(name, transaction)
    assert expected["document"]
    check({**expected["document"], "lacks": expected.get("lacks", ())}, invoice.document)
    if "lines" in expected:
        assert len(invoice.items) == len(expected["lines"])
        for wanted, item in zip(expected["lines"], invoice.items, strict=True):
            check(wanted, line(item))


def test_the_examples_of_the_description_are_cases() -> None:
    single = {name for name, value in EXAMPLES.items() if "invoices" not in value}
    batches = {
        f"{name} {place}" for name in EXAMPLES.keys() - single for place in range(len(EXAMPLES[name]["invoices"]))
    }
    assert {read(name, "setting.json").get("example") for name in NAMES} - {None} == single | batches
