"""Headers: the description's bounds, entities and orgs, versions, and what an answer may be like."""

from __future__ import annotations

import pytest

from tests.description import BUNDLE
from tests.sandbox.samples import USER, tenant_with
from zuora_invoices._operations.invoices import CREATE_STANDALONE_INVOICE, CREATE_STANDALONE_INVOICES
from zuora_invoices_sandbox.context import Caller
from zuora_invoices_sandbox.gates.headers import NOWHERE, accepts_gzip, check, echoed
from zuora_invoices_sandbox.messages import Headers, Request
from zuora_invoices_sandbox.refusal import Refused
from zuora_invoices_sandbox.tenant.model import Feature, Tenant, User

PLAIN = tenant_with()
ENTITIES = tenant_with([Feature.MULTI_ENTITY])
ORGS = tenant_with([Feature.MULTI_ORG])
BOTH = tenant_with([Feature.MULTI_ENTITY, Feature.MULTI_ORG])


def user_with(*, entities: str = "", orgs: str = "") -> User:
    return USER.model_copy(update={"entities": tuple(entities.split()), "orgs": tuple(orgs.split())})


def request(*headers: tuple[str, str]) -> Request:
    return Request("POST", "/v1/invoices", headers=Headers(headers))


def called(*headers: tuple[str, str], tenant: Tenant = PLAIN, user: User = USER) -> Caller:
    found = [
        check(request(*headers), one, tenant, user) for one in (CREATE_STANDALONE_INVOICE, CREATE_STANDALONE_INVOICES)
    ]
    assert found[0] == found[1]
    return found[0]


def refused(*headers: tuple[str, str], tenant: Tenant = PLAIN, user: User = USER) -> tuple[int, list[tuple[int, str]]]:
    with pytest.raises(Refused) as caught:
        called(*headers, tenant=tenant, user=user)
    return caught.value.status, [(one.code, one.message) for one in caught.value.reasons]


FITTING = {
    "Idempotency-Key": ["k", "k" * 255, "any thing: at all"],
    "Zuora-Track-Id": ["t", "t" * 64, "a b-c_d/e(1)<2>~!#$%&"],
    "Zuora-Version": ["224.0", "0.1", "400.0", "00400.0", "399.999", "196", "400", "00400"],
}
UNFIT = {
    "Idempotency-Key": ["", "k" * 256],
    "Zuora-Track-Id": ["", "t" * 65, "a:b", "a;b", 'a"b', "a'b", "é", "a\tb", "a\n"],
    "Zuora-Version": ["", "224.", "v224", "v224.0", "224.0.1", "224.0 ", "-1.0", "\u0662.0"],
    "Zuora-Entity-Ids": ["", "a b", "a,b", "a,"],
    "Zuora-Org-Ids": ["", "a b", "a,,b", ",a", "a,", "a;\tb"],
}


def test_every_header_of_the_description_is_tried() -> None:
    described = {one["name"] for one in BUNDLE["components"]["parameters"].values()}
    assert described == {*UNFIT, "Accept-Encoding", "Content-Encoding"}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in FITTING.items() for value in values])
def test_a_header_within_bounds(name: str, value: str) -> None:
    assert called((name, value)) == called((name.lower(), value)) == Caller(USER)


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in UNFIT.items() for value in values])
def test_a_header_beyond_bounds(name: str, value: str) -> None:
    status, [(code, message)] = refused((name, value), tenant=BOTH)
    assert (status, code) == (400, 50000020)
    assert message.startswith(f"{name} must ")


@pytest.mark.parametrize("name", UNFIT)
def test_a_header_that_is_given_twice(name: str) -> None:
    assert refused((name, "1.0"), (name.lower(), "1.0"), tenant=BOTH) == (400, [(50000020, f"{name} is given twice")])


def test_all_that_is_malformed_is_told_at_once() -> None:
    status, reasons = refused(("Zuora-Version", "x"), ("Zuora-Track-Id", ":"), ("Idempotency-Key", ""))
    assert status == 400
    assert [message.partition(" ")[0] for _, message in reasons] == [
        "Idempotency-Key",
        "Zuora-Track-Id",
        "Zuora-Version",
    ]


@pytest.mark.parametrize(
    "version", ["400.1", "401", "401.0", "1000", "1000.0", "9" * 5000, "9" * 5000 + ".0", "400." + "9" * 5000]
)
def test_a_version_that_the_tenant_does_not_have(version: str) -> None:
    message = "Zuora-Version is newer than 400.0, the newest one of this tenant"
    assert refused(("Zuora-Version", version)) == (200, [(50000030, message)])


def test_the_newest_version_of_a_tenant_may_be_a_whole_number() -> None:
    tenant = PLAIN.model_copy(update={"api_version": "400"})
    for version in ("400", "400.0", "400.00"):
        assert called(("Zuora-Version", version), tenant=tenant) == Caller(USER)
    assert refused(("Zuora-Version", "400.1"), tenant=tenant)[0] == 200


# --- entities and orgs


def test_the_entity() -> None:
    several, one = user_with(entities="e1 e2"), user_with(entities="e1")
    assert called(("zuora-entity-ids", "e2"), tenant=ENTITIES, user=several).entity == "e2"
    assert called(("Zuora-Entity-Ids", "e1"), tenant=ENTITIES, user=one).entity == "e1"
    assert called(tenant=ENTITIES, user=one).entity == "e1"
    assert called(tenant=ENTITIES).entity == NOWHERE
    assert called(tenant=PLAIN, user=several).entity is None


def test_an_entity_has_to_be_named_where_there_are_several() -> None:
    message = "Zuora-Entity-Ids is required, as the user has several entities"
    assert refused(tenant=ENTITIES, user=user_with(entities="e1 e2")) == (400, [(50000023, message)])


@pytest.mark.parametrize("entities", ["", "e1", "e1 e2"])
def test_an_entity_of_somebody_else(entities: str) -> None:
    found = refused(("Zuora-Entity-Ids", "e3"), tenant=ENTITIES, user=user_with(entities=entities))
    assert found == (403, [(50000010, "Zuora-Entity-Ids names no entity of the user")])


def test_the_orgs() -> None:
    user = user_with(orgs="o1 o2 o3")
    assert called(tenant=ORGS, user=user).orgs == frozenset({"o1", "o2", "o3"})
    assert called(("Zuora-Org-Ids", "o1 ,  o3"), tenant=ORGS, user=user).orgs == frozenset({"o1", "o3"})
    assert called(tenant=ORGS).orgs == frozenset()
    assert called(tenant=PLAIN, user=user).orgs is None


@pytest.mark.parametrize("orgs", ["o4", "o1,o4", "O1"])
def test_an_org_of_somebody_else(orgs: str) -> None:
    found = refused(("Zuora-Org-Ids", orgs), tenant=ORGS, user=user_with(orgs="o1 o2"))
    assert found == (403, [(50000010, "Zuora-Org-Ids names an org that is not one of the user's")])


def test_entities_and_orgs_need_their_features() -> None:
    user = user_with(entities="e1", orgs="o1")
    assert refused(("Zuora-Entity-Ids", "e1"), ("Zuora-Org-Ids", "o1"), user=user) == (
        200,
        [
            (50000030, "Zuora-Entity-Ids needs Multi-entity, which this tenant does not have"),
            (50000030, "Zuora-Org-Ids needs Multi-Org, which this tenant does not have"),
        ],
    )


def test_the_gravest_of_several_faults_gives_the_status() -> None:
    user = user_with(entities="e1 e2", orgs="o1")
    assert refused(("Zuora-Org-Ids", "o2"), tenant=BOTH, user=user)[0] == 400
    assert refused(("Zuora-Org-Ids", "o2"), ("Zuora-Version", "999.0"), tenant=ORGS, user=user)[0] == 403


# --- what an answer may be like


@pytest.mark.parametrize("value", FITTING["Zuora-Track-Id"])
def test_a_track_id_is_echoed(value: str) -> None:
    assert echoed(request(("zuora-track-id", value))) == value


@pytest.mark.parametrize("value", UNFIT["Zuora-Track-Id"])
def test_an_unfit_track_id_is_not_echoed(value: str) -> None:
    assert echoed(request(("Zuora-Track-Id", value))) is None


def test_no_track_id_or_two_are_not_echoed() -> None:
    assert echoed(request()) is None
    assert echoed(request(("Zuora-Track-Id", "a"), ("Zuora-Track-Id", "a"))) is None


@pytest.mark.parametrize(
    ("value", "accepted"),
    [
        *(("gzip", True), ("GZIP", True), ("x-gzip", True), ("br, gzip", True), ("gzip;q=0.001", True), ("*", True)),
        *(
            ("gzip ; q=1.000", True),
            ("*;q=0, gzip", True),
            ("gzip;q=0.5, identity;q=0.5", True),
            ("br;q=1,*;q=0.1", True),
        ),
        *(("", False), ("br", False), ("identity", False), ("gzip;q=0", False), ("gzip;q=0.000", False)),
        *(("*;q=0", False), ("*, gzip;q=0", False), ("gzip;q=0.1, identity", False), ("gzipped", False)),
        *(("gzip;q=2", False), ("gzip;q=x", False), ("gzip;q=-1", False), ("gzip;x=1", False), ("gzip;q=1;q=1", False)),
    ],
)
def test_whether_gzip_is_accepted(value: str, accepted: bool) -> None:
    assert accepts_gzip(request(("Accept-Encoding", value))) is accepted


def test_gzip_is_not_accepted_unless_said_so() -> None:
    assert not accepts_gzip(request())
    assert accepts_gzip(request(("Accept-Encoding", "br"), ("accept-encoding", "gzip")))
