"""The class `Sandbox`: what it is made of, what it shows, and how it begins again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.sandbox.documented.front import NOW, Front, opened, order, tenant
from zuora_invoices_sandbox import Sandbox, StoreError, TenantError, invoices
from zuora_invoices_sandbox.tenant import source
from zuora_invoices_sandbox.tenant.model import Account, OAuthClient

if TYPE_CHECKING:
    from pathlib import Path

    from zuora_invoices_sandbox import Tenant

EXAMPLE = source.DEFAULT.with_name("example.yaml")


def unfit(of: str) -> Tenant:
    base = source.default()
    if of == "client":
        return tenant(clients=(OAuthClient(client_id="c" * 36, client_secret="s" * 8, user="0" * 32),))
    if of == "account":
        one = Account(id="0" * 32, number="A", name="A", currency="XXX", payment_term="Never")
        return tenant(accounts=(*base.accounts, one, one))
    return tenant(home_currency="XXX")


@pytest.mark.parametrize(
    ("of", "paths"),
    [
        ("client", ["clients[0].user"]),
        (
            "account",
            [
                "accounts[7].currency",
                "accounts[7].paymentTerm",
                "accounts[8].currency",
                "accounts[8].id",
                "accounts[8].number",
                "accounts[8].paymentTerm",
            ],
        ),
        ("home", ["homeCurrency"]),
    ],
)
def test_a_tenant_whose_parts_do_not_fit_is_refused(of: str, paths: list[str]) -> None:
    with pytest.raises(TenantError) as caught:
        Sandbox(unfit(of))
    assert sorted(one.path for one in caught.value.problems) == paths
    assert "s" * 8 not in str(caught.value)


@pytest.mark.parametrize("given", [EXAMPLE, str(EXAMPLE)])
def test_a_tenant_can_be_a_file(given: str | Path) -> None:
    with Sandbox(given) as sandbox:
        assert sandbox.tenant.id == "example"
        assert (sandbox.client_id, sandbox.client_secret) == (
            sandbox.tenant.clients[0].client_id,
            sandbox.tenant.clients[0].client_secret,
        )


def test_a_file_that_is_not_there_is_no_tenant(tmp_path: Path) -> None:
    with pytest.raises(TenantError, match="cannot be read"):
        Sandbox(tmp_path / "none.yaml")


def test_a_database_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        Sandbox(database=str(tmp_path / "no folder" / "sandbox.db"))


def test_its_invoices_are_a_sequence_the_oldest_first(front: Front) -> None:
    invoices = front.sandbox.invoices
    assert (len(invoices), list(invoices), bool(invoices)) == (0, [], False)
    for place in range(5):
        front.made(comments=f"{place}")
    comments = ["0", "1", "2", "3", "4"]
    assert [one.document["comments"] for one in invoices] == comments
    assert [one.document["comments"] for one in reversed(invoices)] == comments[::-1]
    assert [invoices[place].document["comments"] for place in range(-5, 5)] == [*comments, *comments]
    assert [one.document["comments"] for one in invoices[1:-1]] == comments[1:-1]
    assert [one.document["comments"] for one in invoices[::-2]] == comments[::-2]
    assert invoices[2] in invoices
    assert invoices.index(invoices[3]) == 3
    for beyond in (5, 6, -6, 10**9):
        with pytest.raises(IndexError):
            invoices[beyond]
    with pytest.raises(TypeError):
        invoices["0"]  # type: ignore[call-overload] # what is tested
    assert repr(invoices) == "<5 invoices>"


def test_its_invoices_are_read_in_pages_and_none_is_missing(front: Front, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(invoices, "_PAGE", 2)
    made = [front.made().id for _ in range(5)]
    assert [one.id for one in front.sandbox.invoices] == made
    assert [front.sandbox.invoices[place].id for place in range(5)] == made


def test_its_invoices_are_those_of_its_tenant(tmp_path: Path) -> None:
    database = str(tmp_path / "sandbox.db")
    with opened(database=database) as one, opened(tenant(id="other"), database=database) as other:
        one.made()
        made = other.made()
        assert made.number == "INV00000001"  # each tenant has numbers of its own
        assert [len(each.sandbox.invoices) for each in (one, other)] == [1, 1]
        one.sandbox.reset()
        assert [len(each.sandbox.invoices) for each in (one, other)] == [0, 1]


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_two_of_one_tenant_see_the_same(database: str) -> None:
    with opened(database=database) as one, opened(database=database) as other:
        first = one.made()
        other.tokens[0] = one.token()  # one takes what the other gave out
        second = other.made()
        assert [made.number for made in (first, second)] == ["INV00000001", "INV00000002"]
        assert list(one.sandbox.invoices) == list(other.sandbox.invoices) == [first, second]
        assert other.create(invoiceNumber=first.number).categories == [30]


def test_a_seed_decides_all_ids() -> None:
    def answers(front: Front) -> list[bytes]:
        return [front.create().raw, front.create(accountNumber="none").raw, front.batch(order(), 7).raw]

    with opened(seed=1) as one, opened(seed=1) as same, opened(seed=2) as other, opened() as free:
        first = answers(one)
        assert first == answers(same)
        assert all(mine != theirs for mine, theirs in zip(first, answers(other), strict=True))
        assert all(mine != theirs for mine, theirs in zip(first, answers(free), strict=True))
        one.sandbox.reset()
        one.tokens.clear()
        assert answers(one) == first


def test_a_reset_forgets_what_was_done(front: Front) -> None:
    contact = front.made(billToContact={"firstName": "Ada", "lastName": "King"}).document["billToContactId"]
    front.post(order(), Idempotency_Key="k")
    front.sandbox.faults.next("503")
    front.sandbox.clock.move(60)
    front.sandbox.reset()
    assert (len(front.sandbox.invoices), len(front.sandbox.calls), front.sandbox.clock.now()) == (0, 0, NOW)
    assert front.create(billToContactId=contact).categories == [40]
    answer = front.post(order(), Idempotency_Key="k")
    assert answer.body["invoiceNumber"] == "INV00000001"
    assert answer.headers["RateLimit-Remaining"] == "49998"


def test_state_in_a_file_outlives_it(tmp_path: Path) -> None:
    database = str(tmp_path / "sandbox.db")
    with opened(database=database, seed=1) as front:
        made, token = front.made(), front.token()
    with opened(database=database, seed=1) as front:
        front.tokens[0] = token
        assert list(front.sandbox.invoices) == [made]
        assert front.made().id != made.id


def test_it_shows_no_secret() -> None:
    with Sandbox() as sandbox:
        assert repr(sandbox) == "Sandbox(tenant='default')"
        assert sandbox.client_secret not in repr(vars(sandbox))


def test_it_can_be_closed_twice() -> None:
    sandbox = Sandbox()
    sandbox.close()
    sandbox.close()


def test_the_example_of_a_tenant_can_be_billed() -> None:
    with opened(source.load(EXAMPLE)) as front:
        front.sandbox.clock.freeze(NOW.replace(year=2026, month=1, day=10))
        body = order(accountNumber="A00000002", invoiceDate="2026-01-10", sequenceSet="Export")
        assert front.post(body).status == 400  # two entities: which?
        assert front.post(body, Zuora_Entity_Ids="entity-us").body["success"] is False
        answer = front.post(body, Zuora_Entity_Ids="entity-eu", Zuora_Org_Ids="org-wholesale").body
        assert (answer["invoiceNumber"], answer["currency"], answer["dueDate"]) == (
            "EX-2026-01000",
            "EUR",
            "2026-01-10",
        )
        closed = front.post(body | {"invoiceDate": "2025-12-31"}, Zuora_Entity_Ids="entity-eu")
        assert closed.codes == [58490930]
        front.client = 1
        assert front.post(body).status == 403
