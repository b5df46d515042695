"""New contacts and snapshots are stored, and later orders can name the contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.sandbox.billing.biller import Biller, order_of
from zuora_invoices_sandbox.refusal import Refused

if TYPE_CHECKING:
    from zuora_invoices_sandbox.records import ContactRecord, SnapshotRecord
    from zuora_invoices_sandbox.store import Transaction

EVA = {"firstName": "Eva", "lastName": "Gil", "country": "PT", "preferredLanguage__c": "pt"}
LEO = {"firstName": "Leo", "lastName": "Gil"}
ACCOUNT = "2c9890207863df710178642433c407a5"


class Stored:
    """What a transaction was given to store."""

    def __init__(self, transaction: Transaction, monkeypatch: pytest.MonkeyPatch) -> None:
        self.contacts: list[ContactRecord] = []
        self.snapshots: list[SnapshotRecord] = []
        for name, kept in (("add_contact", self.contacts), ("add_snapshot", self.snapshots)):
            self._watch(transaction, name, kept, monkeypatch)

    @staticmethod
    def _watch(transaction: Transaction, name: str, kept: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
        add = getattr(transaction, name)

        def watched(tenant: str, record: object) -> None:
            kept.append(record)
            add(tenant, record)

        monkeypatch.setattr(transaction, name, watched)


@pytest.fixture
def stored(transaction: Transaction, monkeypatch: pytest.MonkeyPatch) -> Stored:
    return Stored(transaction, monkeypatch)


def test_a_new_contact_is_added_to_the_account(biller: Biller, stored: Stored, transaction: Transaction) -> None:
    document = biller(order_of(billToContact=EVA)).document
    contact = transaction.contact("cases", str(document["billToContactId"]))
    assert contact is not None
    assert (contact.account_id, contact.document) == (ACCOUNT, EVA)
    assert len(str(document["billToContactId"])) == 32
    assert stored.contacts == [contact]


def test_each_role_can_have_a_new_contact(biller: Biller, stored: Stored) -> None:
    document = biller(order_of(billToContact=EVA, soldToContact=LEO, shipToContact=LEO)).document
    ids = [str(document[f"{role}ContactId"]) for role in ("billTo", "soldTo", "shipTo")]
    assert [one.id for one in stored.contacts] == ids
    assert len(set(ids)) == 3


def test_a_new_contact_in_several_roles_is_one(biller: Biller, stored: Stored) -> None:
    document = biller(order_of(billToContact=EVA, soldToSameAsBillTo=True, shipToSameAsBillTo=True)).document
    assert len(stored.contacts) == 1
    assert [document[f"{role}ContactId"] for role in ("billTo", "soldTo", "shipTo")] == [stored.contacts[0].id] * 3


def test_each_role_has_a_snapshot_of_its_contact(biller: Biller, stored: Stored) -> None:
    document = biller(order_of(soldToContact=LEO)).document
    assert [(one.id, one.contact_id) for one in stored.snapshots] == [
        (document[f"{role}ContactSnapshotId"], document[f"{role}ContactId"]) for role in ("billTo", "soldTo")
    ]
    assert [one.document["firstName"] for one in stored.snapshots] == ["Ana", "Leo"]
    assert len({one.id for one in stored.snapshots}) == 2


def test_a_contact_of_an_earlier_order_can_be_named(biller: Biller) -> None:
    contact = biller(order_of(billToContact=EVA)).document["billToContactId"]
    later = biller(order_of(soldToContactId=contact)).document
    assert later["soldToContactId"] == contact


def test_a_contact_of_another_account_cannot(biller: Biller) -> None:
    contact = biller(order_of(billToContact=EVA)).document["billToContactId"]
    with pytest.raises(Refused, match=f"No contact of the account A00000002 is found with soldToContactId {contact}"):
        biller(order_of(accountNumber="A00000002", soldToContactId=contact))


def test_nothing_is_stored_for_a_refused_order(biller: Biller, stored: Stored) -> None:
    with pytest.raises(Refused):
        biller(order_of(billToContact=EVA, templateId="none"))
    assert (stored.contacts, stored.snapshots) == ([], [])
