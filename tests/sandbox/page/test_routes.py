"""What the page is told, what it can do, and who may ask."""

from __future__ import annotations

import json
from contextlib import closing
from decimal import Decimal
from typing import TYPE_CHECKING, cast

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.sandbox.page.stage import Stage, order, request_of
from zuora_invoices_sandbox import Sandbox
from zuora_invoices_sandbox.fault_kinds import Fault
from zuora_invoices_sandbox.messages import Answer, Delivery, Headers, Request
from zuora_invoices_sandbox.page import reference

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from zuora_invoices_sandbox.records import Json

HERE = "http://127.0.0.1:8080"


@pytest.fixture
def stage() -> Iterator[Stage]:
    with closing(Stage()) as stage:
        yield stage


@pytest.fixture
def client(stage: Stage) -> Iterator[TestClient]:
    with TestClient(stage.app(), base_url=HERE) as client:
        yield client


def rows(client: TestClient, path: str, **parameters: str | int) -> list[dict[str, object]]:
    body = client.get(f"/_sandbox/{path}", params=parameters).raise_for_status().json()
    return cast("list[dict[str, object]]", body[path])


def numbers(client: TestClient, **parameters: str | int) -> list[object]:
    return [row["number"] for row in rows(client, "calls", **parameters)]


def test_the_state_is_told_without_a_secret(client: TestClient, stage: Stage) -> None:
    stage.deliver(request_of(order("0.10", currency="EUR")))
    stage.deliver(request_of(order("0.20", currency="EUR")))
    stage.deliver(request_of(order("7", currency="JPY")))
    answer = client.get("/_sandbox/state")
    state = answer.json()
    assert (state["invoices"], state["calls"], state["lastCall"]) == (3, 3, 3)
    assert [(one["currency"], one["count"], one["amount"]) for one in state["totals"]] == [
        ("EUR", 2, "0.30"),
        ("JPY", 1, "7"),
    ]
    assert (state["clientId"], state["baseUrl"]) == (stage.client_id, HERE)
    assert stage.client_secret not in answer.text


def test_totals_follow_what_there_is(client: TestClient, stage: Stage) -> None:
    stage.deliver(request_of(order("1.10")))
    assert client.get("/_sandbox/state").json()["totals"][0]["amount"] == "1.10"
    stage.reset()
    state = client.get("/_sandbox/state").json()
    assert (state["totals"], state["invoices"]) == ([], 0)


def test_amounts_are_text_with_all_their_digits(client: TestClient, stage: Stage) -> None:
    stage.deliver(request_of(order("12345678901234567.10")))
    (row,) = rows(client, "invoices")
    assert row["amount"] == "12345678901234567.10"
    invoice = client.get(f"/_sandbox/invoices/{row['id']}").json()
    assert invoice["lines"][0]["amount"] == "12345678901234567.10"
    assert '"amount": 12345678901234567.10' in invoice["document"]
    assert invoice["calls"] == [1]


def test_an_invoice_is_told_with_its_discounts_and_taxes(client: TestClient, stage: Stage) -> None:
    tax: dict[str, Json] = {"name": "VAT", "taxCode": "V", "taxRate": Decimal("0.19"), "taxAmount": Decimal("19.00")}
    stage.create(
        {"invoiceItems": [{"chargeName": "Work", "amount": 100, "taxItems": [tax], "discountItems": [{"amount": 5}]}]}
    )
    invoice = client.get(f"/_sandbox/invoices/{rows(client, 'invoices')[0]['id']}").json()
    assert [(line["kind"], line["amount"]) for line in invoice["lines"]] == [("item", "119.00"), ("discount", "-5")]
    assert invoice["lines"][0]["taxes"][0]["taxAmount"] == "19.00"
    assert (invoice["amount"], invoice["taxAmount"], invoice["discount"]) == ("114.00", "19.00", "-5")


def test_invoices_come_in_pages_the_newest_first(client: TestClient, stage: Stage) -> None:
    for place in range(130):
        stage.create(order(status="Posted" if place % 2 else "Draft", invoiceNumber=f"N{place:03}"))
    first = client.get("/_sandbox/invoices").json()
    assert [len(first["invoices"]), first["more"], first["invoices"][0]["number"]] == [100, True, "N129"]
    rest = client.get("/_sandbox/invoices", params={"before": first["invoices"][-1]["serial"]}).json()
    assert [len(rest["invoices"]), rest["more"], rest["invoices"][-1]["number"]] == [30, False, "N000"]
    assert [row["number"] for row in rows(client, "invoices", search="N01", status="Draft")] == [
        f"N01{digit}" for digit in (8, 6, 4, 2, 0)
    ]


def test_calls_come_in_pages_and_can_be_gone_on_from(client: TestClient, stage: Stage) -> None:
    for _ in range(130):
        stage.deliver(request_of({"refuse": "no"}))
    first = client.get("/_sandbox/calls").json()
    assert [first["more"], first["calls"][0]["number"], first["calls"][-1]["number"]] == [True, 130, 31]
    assert numbers(client, before=31) == list(range(30, 0, -1))
    assert numbers(client, after=128) == [130, 129]


def test_calls_are_found_by_what_is_in_them(client: TestClient, stage: Stage) -> None:
    stage.deliver(request_of(order(), ("Idempotency-Key", "Key-Of-March")))
    stage.deliver(request_of({"refuse": "the period is closed"}))
    stage.deliver(request_of({"invoices": [order(), {"refuse": "gone"}]}, path="/v1/invoices/batch"))
    stage.deliver(Request("POST", "/v1/invoices"))
    stage.calls.record(request_of(order()), Delivery(None), at=stage.clock.now(), fault="drop-before")
    stage.calls.record(request_of(order()), Delivery(Answer(502, b"<html>")), at=stage.clock.now(), fault="502")
    assert numbers(client, search="key-of-MARCH") == [1]
    assert numbers(client, search="period 58490030") == [2]
    assert numbers(client, outcome="partial") == [3]
    assert numbers(client, outcome="failures") == [6, 4, 3, 2]
    assert numbers(client, status="4xx") == [4]
    assert numbers(client, status="200") == [3, 2, 1]
    assert numbers(client, status="none") == [5]
    assert numbers(client, operation="/v1/invoices/batch") == [3]
    assert numbers(client, search="drop-before", outcome="dropped") == [5]
    failures = rows(client, "calls", outcome="partial")[0]["failures"]
    assert failures == [{"index": 1, "reasons": [{"code": "58490030", "message": "gone"}], "moreReasons": 0}]


def test_bodies_are_set_in_lines_digit_for_digit(client: TestClient, stage: Stage) -> None:
    body = b'{"a":1.10,"big":12345678901234567890.000,"e":1e400,"text":"\\u202e<script>"}'
    for sent in (body, b'{"broken": ', b"[" * 3000 + b"]" * 3000, b'{"a": "\\ud800"}', "a=1&b=ü".encode()):
        stage.calls.record(Request("POST", "/", "", Headers(), sent), Delivery(Answer(200, body)), at=stage.clock.now())
    bodies = [client.get(f"/_sandbox/calls/{number}").json()["request"]["body"] for number in range(1, 6)]
    assert bodies[0].splitlines() == [
        "{",
        '  "a": 1.10,',
        '  "big": 12345678901234567890.000,',
        '  "e": 1e400,',
        '  "text": "\\u202e<script>"',
        "}",
    ]
    assert bodies[1:] == ['{"broken": ', "[" * 3000 + "]" * 3000, '{"a": "\\ud800"}', "a=1&b=ü"]


@pytest.mark.parametrize(
    "path",
    [
        "invoices/none",
        "calls/7",
        "calls/x",
        "calls/" + "9" * 30,
        "calls?after=-1",
        "calls?before=x",
        "invoices?before=1.5",
    ],
)
def test_what_is_not_there_or_makes_no_sense_is_said(client: TestClient, path: str) -> None:
    answer = client.get(f"/_sandbox/{path}")
    assert answer.status_code in {400, 404}
    assert answer.json()["error"]


def test_text_of_others_that_is_no_unicode_is_told_all_the_same(client: TestClient, stage: Stage) -> None:
    odd = Headers([("X-Odd", "\udcff\ud800"), ("Idempotency-Key", "\udcff")])
    stage.calls.record(Request("POST", "/\udcff", "", odd), Delivery(Answer(200)), at=stage.clock.now())
    assert client.get("/_sandbox/calls").status_code == 200
    assert client.get("/_sandbox/calls/1").json()["request"]["headers"][0][0] == "X-Odd"


# control


def post(client: TestClient, what: str, **body: object) -> int:
    return client.post(f"/_sandbox/{what}", json=body).status_code


def test_the_clock_is_frozen_moved_and_let_run(client: TestClient, stage: Stage) -> None:
    assert post(client, "clock", freeze="2026-11-21T10:00:00Z") == 200
    assert stage.clock.now().isoformat() == "2026-11-21T10:00:00+00:00"
    assert post(client, "clock", move=3600.5) == 200
    assert stage.clock.now().isoformat() == "2026-11-21T11:00:00.500000+00:00"
    assert client.get("/_sandbox/state").json()["clock"] == {"now": "2026-11-21T11:00:00.500Z", "frozen": True}
    assert post(client, "clock", run=True) == 200
    assert not stage.clock.frozen
    assert post(client, "clock", freeze=True) == 200
    assert stage.clock.frozen


def test_faults_are_ordered_set_and_cleared(client: TestClient, stage: Stage) -> None:
    assert post(client, "faults", next="drop-after", times=2) == 200
    orders = [stage.faults.decide(request_of(order())) for _ in range(3)]
    assert [one and one.fault for one in orders] == [Fault.DROP_AFTER, Fault.DROP_AFTER, None]
    assert post(client, "faults", rate=0.2, faults=["500", "slow"], seed=7) == 200
    policy = client.get("/_sandbox/state").json()["faults"]["policy"]
    assert policy == {"rate": "0.2", "faults": ["500", "slow"], "seed": 7}
    assert post(client, "faults", clear=True) == 200
    assert stage.faults.policy is None


def test_a_reset_forgets_all(client: TestClient, stage: Stage) -> None:
    stage.deliver(request_of(order()))
    assert post(client, "reset") == 200
    assert (stage.store.count(stage.tenant.id), len(stage.calls)) == (0, 0)


@pytest.mark.parametrize(
    ("what", "body"),
    [
        ("clock", {"freeze": "yesterday"}),
        ("clock", {"freeze": "0001-01-01T00:00:00+14:00"}),
        ("clock", {"freeze": "9999-12-31"}),
        ("clock", {"move": "1"}),
        ("clock", {"move": True}),
        ("clock", {"move": 1e300}),
        ("clock", {"run": False}),
        ("clock", {"run": True, "freeze": True}),
        ("clock", {}),
        ("clock", []),
        ("faults", {"rate": 2}),
        ("faults", {"rate": 0.1, "faults": []}),
        ("faults", {"rate": 0.1, "faults": ["unknown"]}),
        ("faults", {"rate": 0.1, "faults": "500"}),
        ("faults", {"rate": 0.1, "seed": "x"}),
        ("faults", {"next": {"a": 1}}),
        ("faults", {"next": "500", "times": 10**9}),
        ("faults", {"next": "500", "often": 1}),
        ("faults", {}),
    ],
)
def test_an_order_that_makes_no_sense_is_refused(client: TestClient, stage: Stage, what: str, body: object) -> None:
    answer = client.post(f"/_sandbox/{what}", json=body)
    assert answer.status_code == 400
    assert answer.json()["error"]
    assert not stage.clock.frozen
    assert stage.faults.policy is None


@pytest.mark.parametrize("body", [b"{", b"[" * 10_000, b" " * 20_000, b"\xff"])
def test_an_order_that_is_no_json_or_too_long_is_refused(client: TestClient, body: bytes) -> None:
    answer = client.post("/_sandbox/clock", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400


# who may ask


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=application/json", ""]
)
def test_a_form_of_another_site_can_do_nothing(client: TestClient, stage: Stage, kind: str) -> None:
    stage.deliver(request_of(order()))
    answer = client.post("/_sandbox/reset", content=b"{}", headers={"Content-Type": kind})
    assert (answer.status_code, stage.store.count(stage.tenant.id)) == (415, 1)


PATHS = (
    "/",
    "/_sandbox/page.js",
    "/_sandbox/state",
    "/_sandbox/invoices",
    "/_sandbox/calls",
    "/reference",
    "/openapi.json",
)


@pytest.mark.parametrize("path", [*PATHS, "/_sandbox/events", "/reference/swagger-ui.css"])
@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8080", "127.0.0.1.evil.example", "localhost@evil.example"]
)
def test_another_name_for_this_machine_is_refused(client: TestClient, path: str, host: str) -> None:
    assert client.get(path, headers={"Host": host}).status_code == 403


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1:x", "", "[::1"])
def test_another_name_steers_nothing(client: TestClient, stage: Stage, host: str) -> None:
    answer = client.post("/_sandbox/clock", json={"freeze": True}, headers={"Host": host})
    assert answer.status_code == 403
    assert not stage.clock.frozen


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:8080", "127.0.0.1", "127.8.9.1:80", "[::1]:8080", "LOCALHOST:1"]
)
def test_loopback_names_are_known(client: TestClient, host: str) -> None:
    state = client.get("/_sandbox/state", headers={"Host": host})
    assert state.json()["baseUrl"].lower() == f"http://{host}".lower()


def test_the_address_at_which_a_request_arrives_is_known(stage: Stage) -> None:
    with TestClient(stage.app(), base_url="http://192.0.2.7:8080") as client:
        assert client.get("/").status_code == 200
        assert client.get("/", headers={"Host": "192.0.2.8:8080"}).status_code == 403


@pytest.mark.parametrize("path", PATHS)
def test_answers_say_what_a_browser_may_do_with_them(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self';")
    assert "frame-ancestors 'none'" in policy
    assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "no-referrer")
    assert "access-control-allow-origin" not in headers


def test_pages_have_no_inline_script_and_no_html_is_made_from_text(client: TestClient) -> None:
    for path in ("/", "/reference"):
        text = client.get(path).text
        assert text.count("<script") == text.count("<script src=") + text.count('<script type="module" src=')
        assert " on" not in text.replace(" once", "").replace(" on ", " ").replace(" one", "")
    for name in ("page.js", "dom.js", "invoices.js", "calls.js", "controls.js"):
        text = client.get(f"/_sandbox/{name}").text
        assert "innerHTML" not in text
        assert "insertAdjacentHTML" not in text
        assert "document.write" not in text


# the reference


def test_the_description_names_this_sandbox_first(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    assert document["servers"][0] == {"url": HERE, "description": "This sandbox"}
    assert document["servers"][1]["url"].startswith("https://")
    assert set(document["paths"]) == {"/v1/invoices", "/v1/invoices/batch"}


def test_only_the_files_that_are_needed_are_served(client: TestClient) -> None:
    assert client.get("/reference/swagger-ui-bundle.js").status_code == 200
    for name in ("swagger-ui.js", "oauth2-redirect.html", "..%2f__init__.py", "index.html"):
        assert client.get(f"/reference/{name}").status_code in {401, 404}


def test_without_the_bundle_the_reference_says_so(monkeypatch: pytest.MonkeyPatch, stage: Stage) -> None:
    monkeypatch.setattr(reference, "_PACKAGE", "no_such_package_at_all")
    with TestClient(stage.app(), base_url=HERE) as client:
        assert "zuora-invoices[sandbox]" in client.get("/reference").text
        assert client.get("/reference/swagger-ui.css").status_code == 404
        assert client.get("/openapi.json").status_code == 200


def test_the_reference_does_not_import_flask(tmp_path: Path) -> None:
    import subprocess
    import sys

    code = (
        "import sys, zuora_invoices_sandbox.page.reference as r; assert r._bundle(); sys.exit('flask' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=False).returncode == 0


def test_the_head_of_the_events_has_an_end(client: TestClient) -> None:
    answer = client.head("/_sandbox/events")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/event-stream")


def test_a_database_that_fails_is_said_to_who_wants_a_reset(tmp_path: Path) -> None:
    file = tmp_path / "sandbox.db"
    with Sandbox(database=str(file)) as sandbox, TestClient(sandbox.app(), base_url=HERE) as client:
        file.unlink()
        for answer in (client.post("/_sandbox/reset", json={}), client.get("/_sandbox/state")):
            assert (answer.status_code, list(answer.json())) == (503, ["error"])
            assert "deleted" in answer.json()["error"]


def test_the_page_is_apart_from_the_operations(stage: Stage) -> None:
    with TestClient(Starlette(routes=stage.page_routes()), base_url=HERE) as client:
        assert client.post("/v1/invoices").status_code == 404
        assert json.loads(client.get("/_sandbox/calls").text) == {"calls": [], "more": False}
