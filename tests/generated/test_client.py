"""Both clients, every operation, over real HTTP on loopback. Each test runs for the sync and the async client."""

from __future__ import annotations

import asyncio
import gzip
import pickle
import socket
import uuid
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import httpx2
import pytest

import zuora_invoices
from tests.description import fitting
from tests.loopback import Answer, Asked, Loopback, serving
from zuora_invoices import AsyncClient, Client, models
from zuora_invoices._runtime.codec import decode, encode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from zuora_invoices._runtime.values import Json

TOKEN = "t0ken-that-nobody-may-see"
SECRETIVE = {"token": TOKEN}
AT_ONCE = {"max_retries": 0}
EXAMPLES = Path(__file__).parents[2] / "spec" / "examples"

Invoke: TypeAlias = "Callable[..., object]"


def example(name: str) -> Json:
    """The value of an example of the description, numbers exact."""
    from generator.document.loader import load

    document = load(EXAMPLES.parent / "openapi.yaml")
    for node in document.node.walk():
        if "/examples/" in node.pointer and node.key == name:
            return decode(encode(node["value"].value))
    raise KeyError(name)


CREATED = example("createdInvoice")
PARTIAL = example("partialBatch")
REJECTED = example("rejected")


def invoice(**changes: object) -> models.PostInvoiceType:
    item = {"amount": Decimal("19.99"), "service_start_date": date(2026, 11, 21), "charge_name": "Set-up"}
    given = {"account_number": "A00000001", "invoice_date": date(2026, 11, 21), "invoice_items": [item], **changes}
    return models.PostInvoiceType.model_validate(given)


def batch(count: int = 2) -> models.PostInvoicesType:
    return models.PostInvoicesType(invoices=[invoice() for _ in range(count)], use_single_transaction=False)


@pytest.fixture
def server() -> Iterator[Loopback]:
    """Answers both operations with the documented samples, as far as they fit what was asked."""

    def answer(asked: Asked) -> Answer:
        sample = PARTIAL if asked.target.endswith("/batch") else CREATED
        sent = gzip.decompress(asked.body) if "content-encoding" in asked.headers else asked.body
        return Answer(body=encode(fitting(sample, decode(sent))))

    with serving(answer) as loopback:
        yield loopback


@pytest.fixture(params=["sync", "async"])
def invoke(request: pytest.FixtureRequest) -> Invoke:
    """Calls a method of `client.invoices` with either client; the first argument is where the server is."""

    def sync(
        url: str, method: str, /, *args: object, client_options: dict[str, object] | None = None, **kw: object
    ) -> object:
        options = {"base_url": url, **SECRETIVE, **AT_ONCE, **(client_options or {})}
        with Client(**options) as client:  # type: ignore[arg-type]  # options are made up at run time
            return getattr(client.invoices, method)(*args, **kw)

    def awaiting(
        url: str, method: str, /, *args: object, client_options: dict[str, object] | None = None, **kw: object
    ) -> object:
        async def run() -> object:
            options = {"base_url": url, **SECRETIVE, **AT_ONCE, **(client_options or {})}
            async with AsyncClient(**options) as client:  # type: ignore[arg-type]  # as above
                return await getattr(client.invoices, method)(*args, **kw)

        return asyncio.run(run())

    return sync if request.param == "sync" else awaiting


def test_create_one(server: Loopback, invoke: Invoke) -> None:
    created = invoke(
        server.url,
        "create_standalone_invoice",
        invoice(),
        idempotency_key="order-4711",
        zuora_track_id="order-4711",
        zuora_entity_ids="e1",
        zuora_org_ids="o1,o2",
        zuora_version="224.0",
    )
    assert isinstance(created, models.Invoice)
    assert (created.id, created.amount, created.invoice_date) == (
        "4028818484f483d20184f5006b97003f",
        Decimal(700),
        date(2026, 11, 21),
    )
    assert created.custom_fields["complexity__c"] == "Middle"
    asked = server.last
    assert (asked.method, asked.target) == ("POST", "/v1/invoices")
    expected = {
        "authorization": f"Bearer {TOKEN}",
        "content-type": "application/json",
        "accept": "application/json",
        "idempotency-key": "order-4711",
        "zuora-track-id": "order-4711",
        "zuora-entity-ids": "e1",
        "zuora-org-ids": "o1,o2",
        "zuora-version": "224.0",
        "user-agent": f"zuora_invoices/{zuora_invoices.__version__}",
    }
    assert {name: asked.headers[name] for name in expected} == expected
    assert asked.body == (
        b'{"accountNumber":"A00000001","invoiceDate":"2026-11-21","invoiceItems":'
        b'[{"amount":19.99,"serviceStartDate":"2026-11-21","chargeName":"Set-up"}]}'
    )


def test_create_batch(server: Loopback, invoke: Invoke) -> None:
    result = invoke(server.url, "create_standalone_invoices", batch())
    assert isinstance(result, models.InvoicesResult)
    first, second = result.invoices
    assert isinstance(first, models.Invoice)
    assert isinstance(second, models.InvoiceFailure)
    assert second.reasons is not None
    assert (second.object_index, second.reasons[0].code) == (1, 58490020)
    assert server.last.target == "/v1/invoices/batch"
    sent = decode(server.last.body)
    assert isinstance(sent, dict)
    assert sent["useSingleTransaction"] is False
    assert len(sent["invoices"]) == 2  # type: ignore[arg-type]  # a list, or the test fails


def test_headers_that_are_not_given_are_not_sent(server: Loopback, invoke: Invoke) -> None:
    invoke(server.url, "create_standalone_invoice", invoice())
    assert not [name for name in server.last.headers if name.startswith("zuora-")]


def test_every_call_has_an_idempotency_key_of_its_own(server: Loopback, invoke: Invoke) -> None:
    for _ in range(2):
        invoke(server.url, "create_standalone_invoice", invoice())
    first, second = (asked.headers["idempotency-key"] for asked in server.asked)
    assert first != second
    assert uuid.UUID(first).version == 4


def test_samples_are_sent_as_they_are(server: Loopback, invoke: Invoke) -> None:
    for name, model, method in (
        ("standaloneInvoice", models.PostInvoiceType, "create_standalone_invoice"),
        ("taxedInvoice", models.PostInvoiceType, "create_standalone_invoice"),
        ("invoiceBatch", models.PostInvoicesType, "create_standalone_invoices"),
    ):
        invoke(server.url, method, model.model_validate(example(name)))
        assert decode(server.last.body) == example(name)


@pytest.mark.parametrize("number", ["1234567890123456.789", "12345678901234567890.12", "-0.10", "1E+30"])
def test_money_is_exact_both_ways(invoke: Invoke, number: str) -> None:
    raw = f'{{"success":true,"id":"1","amount":{number},"seen__c":{number}}}'.encode()
    with serving(lambda _: Answer(body=raw)) as server:
        item = {"amount": Decimal(number), "serviceStartDate": "2026-11-21", "chargeName": "x"}
        created = invoke(server.url, "create_standalone_invoice", invoice(invoice_items=[item]))
        assert f'"amount":{number},'.encode() in server.last.body
    assert isinstance(created, models.Invoice)
    assert str(created.amount) == str(created.custom_fields["seen__c"]) == str(Decimal(number))


# -- answers that say failure ----------------------------------------------------------------------------------------


def failure(invoke: Invoke, answer: Answer, method: str = "create_standalone_invoice") -> zuora_invoices.ApiError:
    with serving(lambda _: answer) as server, pytest.raises(zuora_invoices.ApiError) as caught:
        invoke(server.url, method, invoice() if method.endswith("invoice") else batch())
    error = caught.value
    assert TOKEN not in f"{error} {error!r} {vars(error)}"
    assert "\n" not in str(error)
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert (type(again), str(again), again.outcome) == (type(error), str(error), error.outcome)
    return error


@pytest.mark.parametrize("method", ["create_standalone_invoice", "create_standalone_invoices"])
def test_success_false_raises(invoke: Invoke, method: str) -> None:
    error = failure(invoke, Answer(body=encode(REJECTED)), method)
    assert isinstance(error, zuora_invoices.RejectionError)
    assert isinstance(error.body, models.Rejection)
    assert error.body.reasons is not None
    assert error.body.reasons[0].code == 58490020
    assert (error.status, error.outcome) == (200, "rejected")
    assert "No account is found" in str(error)


@pytest.mark.parametrize(
    ("status", "kind", "outcome"),
    [
        (400, zuora_invoices.BadRequestError, "rejected"),
        (401, zuora_invoices.AuthenticationError, "rejected"),
        (403, zuora_invoices.PermissionDeniedError, "rejected"),
        (404, zuora_invoices.NotFoundError, "rejected"),
        (409, zuora_invoices.ConflictError, "unknown"),
        (408, zuora_invoices.StatusError, "unknown"),
        (418, zuora_invoices.StatusError, "rejected"),
        (422, zuora_invoices.IdempotencyMismatchError, "rejected"),
        (429, zuora_invoices.RateLimitedError, "rejected"),
        (500, zuora_invoices.ServerError, "unknown"),
        (503, zuora_invoices.ServerError, "unknown"),
    ],
)
def test_statuses_raise(invoke: Invoke, status: int, kind: type[zuora_invoices.StatusError], outcome: str) -> None:
    error = failure(
        invoke, Answer(status, encode(REJECTED), {"Content-Type": "application/json", "Zuora-Request-Id": "r"})
    )
    assert type(error) is kind
    assert isinstance(error, zuora_invoices.StatusError)
    assert (error.status, error.outcome, error.headers["zuora-request-id"]) == (status, outcome, "r")
    assert error.operation == "createStandaloneInvoice"
    assert str(status) in str(error)
    if status < 500:
        assert isinstance(error.body, models.Rejection)


def test_documented_500(invoke: Invoke) -> None:
    error = failure(invoke, Answer(500, encode(example("serverError"))))
    assert isinstance(error, zuora_invoices.ServerError)
    assert isinstance(error.body, models.ServerError)


@pytest.mark.parametrize(
    "answer",
    [
        Answer(502, b"<html>Bad Gateway</html>", {"Content-Type": "text/html"}),
        Answer(404, b"", {}),
        Answer(400, b'{"success": fal', {"Content-Type": "application/json"}),
        Answer(400, b"\xff\xfe", {"Content-Type": "application/json"}),
        Answer(500, b"[1]", {"Content-Type": "application/json"}),
    ],
    ids=["html", "empty", "cut", "not-text", "other-shape"],
)
def test_failures_of_any_shape_raise_a_status_error(invoke: Invoke, answer: Answer) -> None:
    assert isinstance(failure(invoke, answer), zuora_invoices.StatusError)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b"[]",
        b"null",
        b'{"id": "1"}',
        b'{"success": true}',
        b'{"success": "yes", "id": "1"}',
        b"[" * 100_000,
    ],
)
def test_unreadable_success_is_an_error_of_unknown_outcome(invoke: Invoke, body: bytes) -> None:
    error = failure(invoke, Answer(body=body))
    assert isinstance(error, zuora_invoices.UndecodableResponseError)
    assert (error.outcome, error.body) == ("unknown", body)


def test_redirects_are_not_followed(invoke: Invoke) -> None:
    error = failure(invoke, Answer(302, b"", {"Location": "http://127.0.0.1:1/"}))
    assert isinstance(error, zuora_invoices.StatusError)
    assert error.status == 302


# -- no answer ---------------------------------------------------------------------------------------------------------


def test_refused_connection_was_not_sent(invoke: Invoke) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        with pytest.raises(zuora_invoices.ConnectionFailedError) as caught:
            invoke(f"http://127.0.0.1:{port}", "create_standalone_invoice", invoice())
    assert caught.value.outcome == "not_sent"


@pytest.mark.parametrize("answer", [Answer(drop=True), Answer(body=b'{"success"', cut=True)], ids=["dropped", "cut"])
def test_lost_connection_is_of_unknown_outcome(invoke: Invoke, answer: Answer) -> None:
    error = failure(invoke, answer)
    assert type(error) is zuora_invoices.ConnectionFailedError
    assert error.outcome == "unknown"


def test_timeout(invoke: Invoke) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(zuora_invoices.CallTimeoutError) as caught:
            invoke(url, "create_standalone_invoice", invoice(), client_options={"timeout": 0.05})
    assert caught.value.outcome == "unknown"


# -- calls that break the description, and are not sent --------------------------------------------------------------


def refused(
    invoke: Invoke,
    server: Loopback,
    body: object,
    headers: dict[str, object] | None = None,
    method: str = "create_standalone_invoice",
) -> list[str]:
    with pytest.raises(zuora_invoices.RequestValidationError) as caught:
        invoke(server.url, method, body, **(headers or {}))
    assert server.asked == []
    assert caught.value.outcome == "not_sent"
    assert all(violation.message for violation in caught.value.violations)
    return [violation.path for violation in caught.value.violations]


@pytest.mark.parametrize(
    ("name", "wire", "good", "bad"),
    [
        ("idempotency_key", "Idempotency-Key", "k" * 255, "k" * 256),
        ("idempotency_key", "Idempotency-Key", "k", ""),
        ("idempotency_key", "Idempotency-Key", "k", "a\r\nX-Evil: 1"),
        ("idempotency_key", "Idempotency-Key", "k", "käse"),
        ("idempotency_key", "Idempotency-Key", "k", 4711),
        ("zuora_track_id", "Zuora-Track-Id", "t" * 64, "t" * 65),
        ("zuora_track_id", "Zuora-Track-Id", "a b~!#/()", "a:b"),
        ("zuora_track_id", "Zuora-Track-Id", "t", "a;b"),
        ("zuora_track_id", "Zuora-Track-Id", "t", 'a"b'),
        ("zuora_track_id", "Zuora-Track-Id", "t", "a'b"),
        ("zuora_track_id", "Zuora-Track-Id", "t", "a\n"),
        ("zuora_track_id", "Zuora-Track-Id", "t", "é"),
        ("zuora_entity_ids", "Zuora-Entity-Ids", "e1", "e1,e2"),
        ("zuora_org_ids", "Zuora-Org-Ids", "o1,o2", "o1,,o2"),
        ("zuora_version", "Zuora-Version", "224.0", "latest"),
        ("zuora_version", "Zuora-Version", "196", "196."),
        ("zuora_version", "Zuora-Version", "224.0", "224.0\n"),
    ],
)
def test_header_rules(server: Loopback, invoke: Invoke, name: str, wire: str, good: str, bad: object) -> None:
    assert refused(invoke, server, invoice(), {name: bad}) == [wire]
    invoke(server.url, "create_standalone_invoice", invoice(), **{name: good})
    assert server.last.headers[wire.lower()] == good


def test_a_model_changed_into_something_unfit_is_not_sent(server: Loopback, invoke: Invoke) -> None:
    changed = invoice()
    changed.invoice_items[0].amount = Decimal("NaN")
    changed.invoice_items[0].charge_name = None
    changed.comments = "x" * 256
    object.__setattr__(changed, "status", "Paid")
    changed.model_fields_set.add("status")
    assert sorted(refused(invoke, server, changed, {"idempotency_key": ""})) == [
        "Idempotency-Key",
        "comments",
        "invoiceItems[0].amount",
        "invoiceItems[0].chargeName",
        "status",
    ]


def test_batch_limits_are_checked_again_before_sending(server: Loopback, invoke: Invoke) -> None:
    changed = batch()
    changed.invoices[0].invoice_items = changed.invoices[0].invoice_items * 500
    changed.invoices[1].invoice_items = changed.invoices[1].invoice_items * 501
    assert refused(invoke, server, changed, method="create_standalone_invoices") == ["invoices"]
    changed.invoices[1].invoice_items.pop()
    invoke(server.url, "create_standalone_invoices", changed)


def test_a_body_of_the_wrong_kind_is_not_sent(server: Loopback, invoke: Invoke) -> None:
    unfit: tuple[object, ...] = (None, b"{}", "{}", 3, [], batch())
    for body in unfit:
        with pytest.raises(zuora_invoices.RequestValidationError):
            invoke(server.url, "create_standalone_invoice", body)
    assert server.asked == []


def test_a_call_without_credential_says_which(server: Loopback, invoke: Invoke) -> None:
    with pytest.raises(zuora_invoices.ConfigurationError, match="token=") as caught:
        invoke(server.url, "create_standalone_invoice", invoice(), client_options={"token": None})
    assert caught.value.outcome == "not_sent"
    assert server.asked == []


def test_what_a_subclass_adds_is_checked_and_not_lost(server: Loopback, invoke: Invoke) -> None:
    class Own(models.PostInvoiceType):
        colour: str = "red"

    own = Own.model_validate({**invoice().to_wire(), "colour": "blue"})
    assert refused(invoke, server, own) == ["colour"]


def test_strings_put_into_a_model_later_are_read_as_ever(server: Loopback, invoke: Invoke) -> None:
    changed = invoice()
    object.__setattr__(changed.invoice_items[0], "charge_date", "2026-11-21 10:00:00")
    changed.invoice_items[0].model_fields_set.add("charge_date")
    invoke(server.url, "create_standalone_invoice", changed)
    assert b'"chargeDate":"2026-11-21 10:00:00"' in server.last.body
    object.__setattr__(changed.invoice_items[0], "charge_date", "yesterday")
    with pytest.raises(zuora_invoices.RequestValidationError, match=r"invoiceItems\[0\].chargeDate: must be a time"):
        invoke(server.url, "create_standalone_invoice", changed)


def test_a_rule_is_told_though_a_field_is_unfit(server: Loopback, invoke: Invoke) -> None:
    many = {"invoices": [invoice().to_wire() for _ in range(2)]}
    for one in many["invoices"]:
        one["invoiceItems"] = [{"amount": 1, "serviceStartDate": "2026-11-21", "chargeName": "x"}] * 600
    many["invoices"][1]["dueDate"] = "soon"
    assert refused(invoke, server, many, method="create_standalone_invoices") == ["invoices[1].dueDate", "invoices"]


def test_a_message_stays_short(server: Loopback, invoke: Invoke) -> None:
    bad = {**invoice().to_wire(), "invoiceItems": [{}] * 500}
    with pytest.raises(zuora_invoices.RequestValidationError) as caught:
        invoke(server.url, "create_standalone_invoice", bad)
    assert len(caught.value.violations) == 1500
    assert len(str(caught.value)) < 2000
    assert str(caught.value).endswith("and 1480 more, see `violations`")


@pytest.mark.parametrize(
    "body",
    [
        {"success": False, "processId": 7, "reasons": "No account"},
        {"success": False, "reasons": [{"code": [1]}]},
        {"success": False, "reasons": [{"message": "No account"}]},
    ],
)
def test_a_refusal_of_odd_shape_is_a_refusal(invoke: Invoke, body: Json) -> None:
    error = failure(invoke, Answer(body=encode(body)), "create_standalone_invoices")
    assert isinstance(error, zuora_invoices.RejectionError)
    assert error.outcome == "rejected"


@pytest.mark.parametrize("answer", [Answer(500), Answer(drop=True), Answer(body=b"?"), Answer(body=encode(REJECTED))])
def test_an_error_knows_the_key_that_was_sent(invoke: Invoke, answer: Answer) -> None:
    with serving(lambda _: answer) as server, pytest.raises(zuora_invoices.ApiError) as caught:
        invoke(server.url, "create_standalone_invoice", invoice())
    assert caught.value.idempotency_key == server.last.headers["idempotency-key"]
    assert pickle.loads(pickle.dumps(caught.value)).idempotency_key == caught.value.idempotency_key  # noqa: S301


# -- the clients themselves ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        *(
            "http://",
            "https:///v1",
            "http://[::1",
            "http://h:port",
            "http://h?x=1",
            "http://h/#f",
            "http://h/\n",
            " http://h",
        ),
        *("http://user:hunter2@h", None),
    ],
)
def test_what_is_no_base_url_is_refused_and_not_shown(url: str) -> None:
    with pytest.raises(zuora_invoices.ConfigurationError, match="base_url") as caught:
        Client(base_url=url, token=TOKEN)
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("token", ["", "a b\n", "tök", " spaced"])
def test_what_is_no_token_is_refused_and_not_shown(token: str) -> None:
    with pytest.raises(zuora_invoices.ConfigurationError, match="token=") as caught:
        Client(base_url="https://h", token=token)
    assert not token or token not in str(caught.value)


def test_the_pool_of_the_caller_adds_no_credentials_and_no_encoding(server: Loopback) -> None:
    with httpx2.Client(auth=("u", "p"), headers={"Content-Encoding": "gzip"}) as pool:
        Client(base_url=server.url, token=TOKEN, http_client=pool).invoices.create_standalone_invoice(invoice())
    assert server.last.headers["authorization"] == f"Bearer {TOKEN}"
    assert "content-encoding" not in server.last.headers


def test_a_closed_client_sends_nothing(server: Loopback) -> None:
    client = Client(base_url=server.url, token=TOKEN)
    client.close()
    with pytest.raises(zuora_invoices.ConfigurationError, match="closed") as caught:
        client.invoices.create_standalone_invoice(invoice())
    assert (caught.value.outcome, server.asked) == ("not_sent", [])


@pytest.mark.parametrize("kind", [Client, AsyncClient])
def test_base_url_is_an_address(kind: type[Client | AsyncClient]) -> None:
    with pytest.raises(zuora_invoices.ConfigurationError, match="https://"):
        kind(base_url="rest.zuora.com", token=TOKEN)


def test_base_url_may_have_a_path_and_a_slash(server: Loopback, invoke: Invoke) -> None:
    invoke(f"{server.url}/proxy/", "create_standalone_invoice", invoice())
    assert server.last.target == "/proxy/v1/invoices"


def test_clients_hide_their_secrets() -> None:
    client = Client(base_url="https://rest.test.zuora.com", token=TOKEN)
    shown = f"{client!r} {client} {client._credentials!r}"
    client.close()
    assert TOKEN not in shown
    with pytest.raises(TypeError):
        pickle.dumps(client._credentials)


def test_own_connections_stay_open(server: Loopback) -> None:
    with httpx2.Client() as connections:
        for _ in range(2):
            with Client(base_url=server.url, token=TOKEN, http_client=connections) as client:
                client.invoices.create_standalone_invoice(invoice())
        assert not connections.is_closed

    async def run() -> None:
        async with httpx2.AsyncClient() as pool:
            async with AsyncClient(base_url=server.url, token=TOKEN, http_client=pool) as client:
                await client.invoices.create_standalone_invoice(invoice())
            assert not pool.is_closed

    asyncio.run(run())
    assert len(server.asked) == 3


def test_many_calls_at_once(server: Loopback) -> None:
    async def run() -> list[models.Invoice]:
        async with AsyncClient(base_url=server.url, token=TOKEN) as client:
            calls = [client.invoices.create_standalone_invoice(invoice(), idempotency_key=f"k{n}") for n in range(20)]
            return await asyncio.gather(*calls)

    assert len(asyncio.run(run())) == 20
    assert {asked.headers["idempotency-key"] for asked in server.asked} == {f"k{n}" for n in range(20)}
