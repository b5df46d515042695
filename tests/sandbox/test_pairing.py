"""An answer is for what was sent: a key with another body, and the very objects that were passed in."""

from __future__ import annotations

import asyncio
import copy
import hashlib
import pickle
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import zuora_invoices as z
from tests.description import OPERATIONS, examples, resolved
from zuora_invoices import models
from zuora_invoices._runtime.comparison import differences
from zuora_invoices_sandbox import Fault, Sandbox
from zuora_invoices_sandbox.tenant.source import default

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

OPERATION = resolved(OPERATIONS["createStandaloneInvoice"])
DAY = date(2026, 11, 23)
A3, A4 = "A00000003", "A00000004"


def order(account: str = "A00000001", *amounts: str, **more: Any) -> models.PostInvoiceType:
    items = [
        models.PostInvoiceItemType(amount=Decimal(one), service_start_date=DAY, charge_name="Set-up")
        for one in amounts or ("19.99",)
    ]
    return models.PostInvoiceType(account_number=account, invoice_date=DAY, invoice_items=items, **more)


def batch(*orders: models.PostInvoiceType) -> models.PostInvoicesType:
    return models.PostInvoicesType(invoices=list(orders))


@dataclass
class Caller:
    """A client of a sandbox, of either kind, that does one call after the other."""

    sandbox: Sandbox
    way: str

    def all(self, calls: Sequence[tuple[object, dict[str, Any]]], **options: Any) -> list[Any]:
        """What the calls of one client bring, errors too."""
        if self.way == "sync":
            with self.sandbox.client(**options) as client:
                return [self._done(client, body, given) for body, given in calls]

        async def run() -> list[Any]:
            found = []
            async with self.sandbox.async_client(**options) as client:
                for body, given in calls:
                    try:
                        found.append(await self._method(client, body)(body, **given))
                    except z.ApiError as error:
                        found.append(error)
            return found

        return asyncio.run(run())

    def one(self, body: object, **given: Any) -> Any:
        """What a call of a client of its own brings."""
        return self.all([(body, given)])[0]

    def _method(self, client: Any, body: object) -> Any:
        many = isinstance(body, models.PostInvoicesType) or (isinstance(body, dict) and "invoices" in body)
        return client.invoices.create_standalone_invoices if many else client.invoices.create_standalone_invoice

    def _done(self, client: z.Client, body: object, given: dict[str, Any]) -> Any:
        try:
            return self._method(client, body)(body, **given)
        except z.ApiError as error:
            return error


@pytest.fixture(params=["sync", "async"])
def caller(request: pytest.FixtureRequest) -> Iterator[Caller]:
    with Sandbox(seed=1) as sandbox:
        yield Caller(sandbox, str(request.param))


# --- a key with another body


def test_a_client_does_not_send_another_body_under_a_key(caller: Caller) -> None:
    first, mended = batch(order(A4, "40")), batch(order(A3, "3"))
    made, error, again, new = caller.all(
        [(body, {"idempotency_key": key}) for body, key in ((first, "k"), (mended, "k"), (first, "k"), (mended, "k-2"))]
    )
    assert isinstance(error, z.KeyReusedError)
    assert (error.outcome, error.resend, error.attempts) == ("not_sent", "new_key", 0)
    assert error.key_expires == error.first_sent + timedelta(hours=24)
    assert [one.outcome for one in caller.sandbox.calls if one.target != "/oauth/token"] == [
        "created 1",
        "replayed",
        "created 1",
    ]
    assert again == made
    assert [part.result.amount for part in new.created] == [Decimal(3)]


def test_a_client_that_knows_of_nothing_sees_that_the_answer_is_for_another_body(caller: Caller) -> None:
    """Only the money tells: the answers have no account number."""
    first = caller.one(batch(order(A3, "5"), order(A4, "40")), idempotency_key="k")
    assert [part.result.amount for part in first.created] == [5, 40]
    error = caller.one(batch(order(A4, "5"), order(A3, "3")), idempotency_key="k")
    assert isinstance(error, z.MismatchedResponseError)
    assert [(one.path, one.sent, one.received) for one in error.differences] == [
        ("invoices[1].amountWithoutTax", Decimal(3), Decimal(40))
    ]
    assert (
        "invoices[1].amountWithoutTax is 40, and 3 was sent, the sum of invoiceItems[*].amount and "
        "invoiceItems[*].discountItems[*].amount"
    ) in str(error)
    assert (error.outcome, error.resend, error.idempotency_key, error.attempts) == ("unknown", "never", "k", 1)
    assert "Find out which" in error.advice
    assert len(caller.sandbox.invoices) == 2
    assert vars(pickle.loads(pickle.dumps(error))) == vars(error) == vars(copy.copy(error))  # noqa: S301


def test_one_invoice_is_compared_too(caller: Caller) -> None:
    caller.one(order(A3, "3", comments="first", invoice_number="N-1", currency="EUR"), idempotency_key="k")
    other = order(A3, "3", comments="second", invoice_number="N-2", currency="USD")
    other.invoice_date = DAY + timedelta(days=1)
    error = caller.one(other, idempotency_key="k")
    assert isinstance(error, z.MismatchedResponseError)
    assert {one.path: (one.sent, one.received) for one in error.differences} == {
        "invoiceDate": (date(2026, 11, 24), DAY),
        "invoiceNumber": ("N-2", "N-1"),
        "currency": ("USD", "EUR"),
        "comments": ("second", "first"),
    }
    account = caller.sandbox.tenant.accounts[1]
    named = models.PostInvoiceType.model_validate(
        {**order().to_wire(), "accountId": account.id, "accountNumber": account.number}
    )
    assert isinstance(caller.one(named, idempotency_key="a"), models.Invoice)
    elsewhere = models.PostInvoiceType.model_validate({**order().to_wire(), "accountId": "2c9890207863df71"})
    error = caller.one(elsewhere, idempotency_key="a")
    assert [one.path for one in error.differences] == ["accountId"]


def test_a_batch_of_another_size_is_another(caller: Caller) -> None:
    caller.one(batch(order(), order()), idempotency_key="k")
    error = caller.one(batch(order()), idempotency_key="k")
    assert isinstance(error, z.MismatchedResponseError)
    assert (error.differences, error.resend) == ((), "never")
    assert error.message == "the answer is for another request: invoices has 2 results for 1 invoices"


def test_a_key_that_follows_from_the_body_is_another_for_another_body(caller: Caller) -> None:
    def make(body: bytes) -> str:
        return hashlib.sha256(body).hexdigest()

    first, again, mended = caller.all([(order(A3, amount), {}) for amount in ("40", "40", "3")], make_key=make)
    assert first.id == again.id
    assert mended.id != first.id
    assert len(caller.sandbox.invoices) == 2
    keys = {one.idempotency_key for one in caller.sandbox.calls} - {None}
    assert len(keys) == 2


def test_a_lost_answer_leaves_a_key_that_is_good_for_a_day(caller: Caller) -> None:
    caller.sandbox.faults.next(Fault.DROP_AFTER)
    error, invoice = caller.all([(order(), {"idempotency_key": "k"})] * 2, max_retries=0)
    assert isinstance(error, z.ConnectionFailedError)
    assert (error.outcome, error.resend) == ("unknown", "same_key")
    assert error.key_expires is not None
    assert f"The key is good until {error.key_expires:%Y-%m-%d %H:%M:%S} UTC." in error.advice
    assert isinstance(invoice, models.Invoice)
    assert len(caller.sandbox.invoices) == 1


# --- what the sandbox answers is for what was asked, whatever that is


AMOUNTS = st.decimals(-1000, 1000, allow_nan=False, allow_infinity=False, places=4)
MODES = st.sampled_from(["TaxInclusive", "TaxExclusive"])
CATALOG = {"productRatePlanChargeId": st.sampled_from([one.id for one in default().charges])}


PLAIN = {"serviceStartDate": DAY.isoformat(), "chargeName": "Set-up"}
DISCOUNT = {"amount": Decimal(-10), "chargeName": "Discount"}
TAX = {
    "name": "tax",
    "taxAmount": Decimal(1),
    "taxDate": DAY.isoformat(),
    "taxRate": Decimal("0.1"),
    "taxRateType": "Percentage",
}


def tax_items(modes: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    one = st.builds(
        lambda amount, mode: {**TAX, "taxAmount": amount, "taxMode": mode}, st.decimals(0, 10, places=2), modes
    )
    return st.lists(one, min_size=1, max_size=2)


TAXES: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.just({}),
    st.fixed_dictionaries({"taxMode": MODES, "taxCode": st.just("VAT")}),
    st.fixed_dictionaries({"taxItems": tax_items(st.just("TaxExclusive"))}),
)
DISCOUNTS = st.builds(
    lambda amount, more: {**DISCOUNT, "amount": amount, **more},
    st.decimals(-10, Decimal("-0.01"), places=3),
    st.fixed_dictionaries({}, optional={"taxItems": tax_items(MODES), **CATALOG}),
)
ITEMS = st.builds(
    lambda amount, taxes, more: {**PLAIN, "amount": amount, **taxes, **more},
    AMOUNTS,
    TAXES,
    st.fixed_dictionaries({}, optional={"discountItems": st.lists(DISCOUNTS, max_size=2), **CATALOG}),
)


def discounted(**more: object) -> list[dict[str, Any]]:
    return [{**PLAIN, "amount": Decimal(100), "discountItems": [{**DISCOUNT, **more}]}]


@example(discounted(productRatePlanChargeId="ff8080817cda56fa017cda87999d0003"), "EUR", "")
@example(discounted(taxItems=[TAX | {"taxMode": "TaxInclusive"}]), "EUR", "")
@given(st.lists(ITEMS, min_size=1, max_size=4), st.sampled_from(["EUR", "JPY", "KWD"]), st.text(max_size=20))
@settings(max_examples=60)
def test_no_answer_of_the_sandbox_is_taken_for_another(items: list[dict[str, Any]], currency: str, words: str) -> None:
    asked = {
        "accountNumber": "A00000001",
        "invoiceDate": DAY.isoformat(),
        "invoiceItems": items,
        "currency": currency,
        "comments": words,
    }
    with Sandbox(seed=1) as sandbox, sandbox.client() as client:
        invoice = client.invoices.create_standalone_invoice(models.PostInvoiceType.model_validate(asked))
    assert invoice.currency == currency


def test_documented_samples_that_belong_together_do() -> None:
    """Those of the vendor do not: what it shows as asked for and as answered are different invoices."""
    asked, answered = (
        examples(content) for content in (OPERATION["requestBody"]["content"], OPERATION["responses"]["200"]["content"])
    )
    draft = models.Invoice.model_validate(answered["createdDraft"])
    assert list(differences(models.PostInvoiceType.model_validate(asked["minimalInvoice"]), draft)) == []
    shown = models.Invoice.model_validate(answered["createdInvoice"])
    standalone = models.PostInvoiceType.model_validate(asked["standaloneInvoice"])
    assert [one.path for one in differences(standalone, shown)] == [
        *("accountId", "invoiceDate", "invoiceNumber", "comments", "amountWithoutTax"),
    ]


# --- the very objects that were passed in


def test_each_part_has_the_object_that_was_passed_in(caller: Caller) -> None:
    good, bad, other = order(), order("nobody"), order(A4)
    orders = [good, bad, other, good, bad]
    body = batch(*orders)
    result = caller.one(body)
    parts = {part.object_index: part.request for part in (*result.created, *result.failed)}
    assert [parts[at] is one for at, one in enumerate(orders)] == [True] * 5
    assert [part.object_index for part in result.failed] == [1, 4]
    with pytest.raises(z.BatchFailureError) as caught:
        result.raise_for_failures()
    assert [part.request is bad for part in caught.value.failed] == [True, True]
    back = pickle.loads(pickle.dumps(caught.value))  # noqa: S301
    assert [part.request for part in back.failed] == [bad, bad]


def test_what_was_passed_as_a_dict_is_the_model_made_of_it(caller: Caller) -> None:
    mine, plain = order(), order(A4).to_wire()
    result = caller.one({"invoices": [mine, plain, plain, models.PostInvoiceType.model_validate(plain)]})
    first, *others = [part.request for part in result.created]
    assert first is mine
    assert others == [order(A4)] * 3
    assert len({id(one) for one in others}) == 3
    assert all(isinstance(one, models.PostInvoiceType) for one in others)
    # A batch that is a model has models in it already, and these are what a caller can have hold of.
    body = models.PostInvoicesType.model_validate({"invoices": [plain]})
    [part] = caller.one(body).created
    assert part.request is body.invoices[0]


def test_what_becomes_of_an_object_meanwhile_changes_no_pairing(caller: Caller) -> None:
    """What went out counts, and a part has the object as it is now."""
    first, second = order(A3, "3"), order(A4, "40")
    body = batch(first, second)

    def change(event: z.Event) -> None:
        if isinstance(event, z.RequestEvent):
            first.invoice_items[0].amount = Decimal(7)
            first.comments = "later"
            body.invoices.reverse()
            body.invoices.pop()

    [result] = caller.all([(body, {})], hooks=[change])
    assert [part.request is one for part, one in zip(result.created, (first, second), strict=True)] == [True, True]
    assert [part.result.amount for part in result.created] == [3, 40]
    assert (first.comments, first.invoice_items[0].amount) == ("later", Decimal(7))


def test_unlisted_fields_stay_with_their_object(caller: Caller) -> None:
    mine = models.PostInvoiceType.model_validate({**order().to_wire(), "newField": 1}, extra="allow")
    [part] = caller.one(batch(mine)).failed
    assert part.request is mine


@pytest.mark.parametrize("invoices", [(order(),), (one for one in [order()])], ids=["tuple", "generator"])
def test_an_array_is_a_list(caller: Caller, invoices: object) -> None:
    error = caller.one({"invoices": invoices})
    assert isinstance(error, z.RequestValidationError)
    assert [one.path for one in error.violations] == ["invoices"]
