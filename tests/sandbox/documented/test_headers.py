"""Documented: headers, compression, limits, statuses, and which of them comes first. Each test is one clause."""

from __future__ import annotations

import gzip
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any
from uuid import UUID

import pytest

from tests.sandbox.documented.front import BATCH, ONE, Front, opened, order, tenant
from zuora_invoices._runtime.codec import encode
from zuora_invoices_sandbox import operations
from zuora_invoices_sandbox.billing import bill
from zuora_invoices_sandbox.tenant.model import Feature, Group

RATES = ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")
PLACES = ("Concurrency-Limit-Type", "Concurrency-Limit-Limit", "Concurrency-Limit-Remaining")
zipped = partial(gzip.compress, mtime=0)  # bytes that are the same in all processes, as they name cases
NORTH, SOUTH, EAST = (Group(id=name, name=name) for name in ("north", "south", "east"))


# -- every answer ------------------------------------------------------------------------------------------------------


def test_every_answer_has_a_request_id_and_the_rate_limit(front: Front) -> None:
    answers = [
        front.create(),
        front.create(accountNumber="none"),
        front.batch(order()),
        front.post(b"{"),
        front.post(order(), Authorization=None),
        front.send("GET", ONE),
        front.send("POST", "/v1/nothing"),
        front.post(order(), Zuora_Sandbox_Fault="500"),
    ]
    assert [one.status for one in answers] == [200, 200, 200, 400, 401, 405, 404, 500]
    ids = [one.headers["Zuora-Request-Id"] for one in answers]
    assert [str(UUID(one)) for one in ids] == ids
    assert len(set(ids)) == len(ids)
    assert all(name in one.headers for one in answers for name in RATES)


def test_places_are_told_on_200(front: Front) -> None:
    for answer in (front.create(), front.create(accountNumber="none"), front.batch(order())):
        assert [answer.headers[name] for name in PLACES] == ["default", "200", "199"]


@pytest.mark.parametrize("path", [ONE, BATCH])
def test_a_refusal_has_the_shape_of_the_vendor(front: Front, path: str) -> None:
    answer = front.post({}, path)
    assert set(answer.body) == {"success", "processId", "requestId", "reasons"}
    assert answer.body["requestId"] == answer.headers["Zuora-Request-Id"]
    assert len(answer.body["processId"]) == 16
    int(answer.body["processId"], 16)
    for reason in answer.body["reasons"]:
        assert set(reason) == {"code", "message"}
        assert 50000000 <= reason["code"] <= 99999999


# -- compression -------------------------------------------------------------------------------------------------------


def sized(front: Front, size: int) -> dict[str, int]:
    """A body that is refused for the names of its fields, in an answer of so many bytes."""
    for count in range(100):
        names = [f"q{place:02}" for place in range(count)]
        missing = size - len(front.post(dict.fromkeys([*names, "z"], 1)).raw)
        if missing < 64:
            return dict.fromkeys([*names, "z" * (missing + 1)], 1)
    raise AssertionError("a name more makes the answer longer")


@pytest.mark.parametrize(("size", "is_packed"), [(1000, False), (1001, True)])
def test_a_body_over_1000_bytes_is_compressed_for_who_asks(front: Front, size: int, *, is_packed: bool) -> None:
    body = sized(front, size)
    plain, packed = front.post(body), front.post(body, Accept_Encoding="gzip")
    assert len(plain.raw) == size
    assert "Content-Encoding" not in plain.headers
    assert packed.headers.get("Content-Encoding") == ("gzip" if is_packed else None)
    assert int(packed.headers["Content-Length"]) == len(packed.raw)
    assert packed.codes == plain.codes


def test_no_answer_is_compressed_for_who_does_not_ask(front: Front) -> None:
    body = order(comments="c" * 255)
    for asked in (None, "identity", "gzip;q=0", "br"):
        assert "Content-Encoding" not in front.post(body, Accept_Encoding=asked).headers
    assert front.post(body, Accept_Encoding="deflate, gzip").headers["Content-Encoding"] == "gzip"


def test_a_gzipped_request_is_read(front: Front) -> None:
    assert front.post(zipped(encode(order())), Content_Encoding="gzip").body["success"] is True


@pytest.mark.parametrize(
    ("body", "encoding", "status"),
    [
        (b"{}", "gzip", 400),
        (zipped(encode(order()))[:-4], "gzip", 400),
        (zipped(b"{") + b"x", "gzip", 400),
        (zipped(b" " * (10 * 2**20 + 1)), "gzip", 413),
        (zipped(encode(order())), None, 400),
        (encode(order()), "br", 415),
    ],
)
def test_bad_gzip_and_bombs_are_refused(front: Front, body: bytes, encoding: str | None, status: int) -> None:
    answer = front.post(body, Content_Encoding=encoding)
    assert (answer.status, answer.body["success"]) == (status, False)
    assert not front.sandbox.invoices


# -- the caller's headers ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["a", "x" * 64, "order 17/b_(c)!~#&"])
def test_a_track_id_comes_back(front: Front, text: str) -> None:
    for answer in (front.post(order(), Zuora_Track_Id=text), front.post(b"{", Zuora_Track_Id=text)):
        assert answer.headers["Zuora-Track-Id"] == text


@pytest.mark.parametrize("text", ["x" * 65, "a:b", "a;b", 'a"b', "a'b", "", "a\tb", "\xe4"])
def test_a_track_id_that_is_not_allowed_is_refused(front: Front, text: str) -> None:
    answer = front.post(order(), Zuora_Track_Id=text)
    assert (answer.status, answer.categories) == (400, [20])
    assert "Zuora-Track-Id" not in answer.headers


@pytest.mark.parametrize(
    ("version", "rates", "codes"),
    [
        (None, 1, None),
        ("224.0", 1, None),
        ("346.0", 1, None),
        ("346", 1, None),
        ("196", 0, None),
        ("196", 1, [58490730]),
        ("223.9", 0, None),
        ("223.9", 1, [58490730]),
        ("99.0", 1, [58490730]),
        ("346.1", 0, [50000030]),  # newer than the tenant
        ("new", 0, [50000020]),
    ],
)
def test_custom_rates_need_version_224_or_none(
    front: Front, version: str | None, rates: int, codes: list[int] | None
) -> None:
    own = {"customRates": [{"currency": "USD", "customFxRate": 2}] * rates} if rates else {}
    answer = front.post(order(**own), Zuora_Version=version)
    assert answer.body["success"] is (codes is None), answer.body
    assert codes is None or answer.codes == codes


def multi(*entities: str, orgs: tuple[str, ...] = ()) -> Any:
    """A tenant with entities or orgs, of which the first user has these, and an account in the north."""
    base = tenant()
    users = (base.users[0].model_copy(update={"entities": entities, "orgs": orgs}), *base.users[1:])
    accounts = (
        base.accounts[0].model_copy(update={"entity": "north"} if entities else {"org": "north"}),
        *base.accounts[1:],
    )
    groups: dict[str, Any] = {"entities" if entities else "orgs": (NORTH, SOUTH, EAST)}
    feature = Feature.MULTI_ENTITY if entities else Feature.MULTI_ORG
    return tenant(also=(feature,), users=users, accounts=accounts, **groups)


@pytest.mark.parametrize(
    ("of_user", "entity", "status", "category"),
    [
        (("north", "south"), None, 400, 23),  # needed when there are several
        (("north", "south"), "north", 200, None),
        (("north", "south"), "south", 200, 20),  # the account is not there
        (("north", "south"), "east", 403, 10),
        (("north", "south"), "north,south", 400, 20),  # one
        (("north",), None, 200, None),
        (("north",), "north", 200, None),
        (("south",), None, 200, 20),
    ],
)
def test_an_entity_is_named_where_there_are_several(
    of_user: tuple[str, ...], entity: str | None, status: int, category: int | None
) -> None:
    with opened(multi(*of_user)) as front:
        answer = front.post(order(), Zuora_Entity_Ids=entity)
        assert answer.status == status
        assert answer.body["success"] is (category is None)
        assert category is None or answer.categories == [category]


@pytest.mark.parametrize("feature", [Feature.MULTI_ENTITY, Feature.MULTI_ORG])
def test_who_has_no_entity_or_org_sees_only_accounts_that_have_none(feature: Feature) -> None:
    base = multi("north") if feature is Feature.MULTI_ENTITY else multi(orgs=("north",))
    users = (base.users[0].model_copy(update={"entities": (), "orgs": ()}), *base.users[1:])
    with opened(base.model_copy(update={"users": users})) as front:
        assert front.create().categories == [20]
        front.made(accountNumber="A00000003")


@pytest.mark.parametrize(
    ("orgs", "status", "category"),
    [
        (None, 200, None),  # all of the caller's
        ("north", 200, None),
        ("north,south", 200, None),
        ("south , north", 200, None),
        ("south", 200, 20),  # the account is not there
        ("north,east", 403, 10),  # not a subset
        ("north,,south", 400, 20),
    ],
)
def test_orgs_are_a_subset_of_the_callers(orgs: str | None, status: int, category: int | None) -> None:
    with opened(multi(orgs=("north", "south"))) as front:
        answer = front.post(order(), Zuora_Org_Ids=orgs)
        assert answer.status == status
        assert answer.body["success"] is (category is None)
        assert category is None or answer.categories == [category]


@pytest.mark.parametrize("name", ["Zuora_Entity_Ids", "Zuora_Org_Ids"])
def test_entities_and_orgs_are_refused_by_tenants_without(front: Front, name: str) -> None:
    answer = front.post(order(), **{name: "north"})
    assert (answer.body["success"], answer.categories) == (False, [30])


# -- limits ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limits", "wait"), [({"per_minute": 2}, 60), ({"per_hour": 2}, 3600), ({"per_day": 2}, 86400)]
)
def test_over_the_rate_limit_is_429(limits: dict[str, int], wait: int) -> None:
    with opened(tenant(limits=limits)) as front:
        assert [front.create().headers["RateLimit-Remaining"] for _ in range(2)] == ["1", "0"]
        front.sandbox.clock.move(10)
        answer = front.create()
        assert (answer.status, answer.body["success"], answer.categories) == (429, False, [70])
        assert [answer.headers[name] for name in RATES] == ["2", "0", str(wait - 10)]
        assert answer.headers["Retry-After"] == str(wait - 10)
        front.tokens.clear()
        front.sandbox.clock.move(wait - 10)
        assert front.create().body["success"] is True


def test_the_limits_are_the_documented_ones(front: Front) -> None:
    limits = front.sandbox.tenant.limits
    assert (limits.per_minute, limits.per_hour, limits.per_day) == (50_000, 2_250_000, 27_000_000)
    assert front.create().headers["RateLimit-Limit"] == "50000"


def test_too_many_at_once_is_429(monkeypatch: pytest.MonkeyPatch) -> None:
    one_place = tenant().limits.concurrency.model_copy(update={"limit": 1, "type": "high-volume transactions"})
    inside, release = threading.Event(), threading.Event()

    def slowly(*given: Any) -> Any:
        inside.set()
        assert release.wait(30)
        return bill(*given)

    with opened(tenant(limits={"concurrency": one_place})) as front, ThreadPoolExecutor(1) as threads:
        front.token()
        monkeypatch.setattr(operations, "bill", slowly)
        first = threads.submit(front.create)
        assert inside.wait(30)
        second = front.create()
        release.set()
        assert (second.status, second.categories) == (429, [70])
        assert [second.headers[name] for name in PLACES] == ["high-volume transactions", "1", "0"]
        assert first.result().body["success"] is True
        assert front.create().body["success"] is True


# -- statuses, and what comes first ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "path", "headers", "body", "status"),
    [
        ("POST", "/v1/invoice", {}, b"", 404),
        ("GET", "/v1/invoice", {}, b"", 404),
        ("GET", ONE, {}, b"", 405),
        ("DELETE", BATCH, {}, b"", 405),
        ("POST", ONE, {"Authorization": "Bearer x", "Zuora-Track-Id": ":"}, b"{", 401),
        ("POST", ONE, {"Zuora-Track-Id": ":", "Content-Type": "text/plain"}, b"{", 400),
        ("POST", ONE, {"Content-Type": "text/plain"}, b"{", 415),
        ("POST", ONE, {}, b"", 400),
        ("POST", ONE, {}, b"{", 400),
        ("POST", ONE, {}, b"[]", 400),
        ("POST", ONE, {}, b'"a"', 400),
        ("POST", ONE, {}, b'{"a":' * 65 + b"1" + b"}" * 65, 400),
        ("POST", ONE, {}, b"{}", 200),
    ],
)
def test_the_status_says_what_kind_of_refusal_it_is(
    front: Front, method: str, path: str, headers: dict[str, str], body: bytes, status: int
) -> None:
    given = {"Authorization": f"Bearer {front.token()}", "Content-Type": "application/json"} | headers
    answer = front.send(method, path, body, **given)
    assert (answer.status, answer.body["success"]) == (status, False)


def test_a_quota_comes_before_a_token_and_a_path_before_a_quota() -> None:
    with opened(tenant(limits={"per_minute": 1})) as front:
        front.create()
        assert front.post(order(), Authorization=None).status == 429
        assert front.send("POST", "/v1/nothing").status == 404
