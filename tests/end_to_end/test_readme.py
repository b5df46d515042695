"""The examples of the README run, in order, against a server on loopback."""

from __future__ import annotations

import asyncio
import functools
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from tests.loopback import Answer, Asked, Loopback, serving
from zuora_invoices import RejectionError, models
from zuora_invoices._runtime import retry
from zuora_invoices._runtime.codec import decode
from zuora_invoices_sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```python\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
BASE_URL = "https://rest.test.zuora.com"

CREATED = b'{"success": true, "id": "1", "invoiceNumber": "INV00000155", "amount": 19.99}'
FAILED = b'{"success": false, "objectIndex": 1, "reasons": [{"code": 58490020, "message": "No such account."}]}'


def answer(asked: Asked) -> Answer:
    if asked.target == "/oauth/token":
        return Answer(body=b'{"access_token": "t", "token_type": "bearer", "expires_in": 3599}')
    if asked.target == "/v1/invoices/batch":
        return Answer(body=b'{"success": true, "invoices": [' + CREATED + b", " + FAILED + b"]}")
    if asked.headers["idempotency-key"] == "order-4712":
        return Answer(503, b"<html>", {"Content-Type": "text/html"})
    return Answer(body=CREATED, headers={"Content-Type": "application/json", "Zuora-Request-Id": "r-1"})


@pytest.fixture
def server() -> Iterator[Loopback]:
    with serving(answer) as loopback:
        yield loopback


def test_the_examples_do_what_the_readme_says(
    server: Loopback, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Any: what the examples define
    names: dict[str, Any] = {"token": "t", "client_id": "me", "client_secret": "a secret"}
    created, batch, custom, failing, checking, options, answers, tracing, sandboxed = EXAMPLES

    run(created, server, names)
    assert capsys.readouterr().out == "INV00000155 19.99\n"
    assert server.last.headers["idempotency-key"] == server.last.headers["zuora-track-id"] == "order-4711"
    assert decode(server.last.body) == decode(
        '{"accountNumber": "A00000001", "invoiceDate": "2026-11-21", "invoiceItems": '
        '[{"amount": 19.99, "serviceStartDate": "2026-11-21", "chargeName": "Set-up"}]}'
    )

    run(batch, server, names)
    run(custom, server, names)
    order = names["order"]
    assert isinstance(order, models.PostInvoiceType)
    asyncio.run(names["bill"]([order, order]))
    assert capsys.readouterr().out == "A00000001 has INV00000155\nA00000001 failed: ['No such account.']\n"

    monkeypatch.setattr(retry, "wait", lambda *_: 0.0)
    run(failing, server, names)
    assert capsys.readouterr().out.startswith("unknown\nIt may have been carried out. Send the very same request again")
    run(checking, server, names)
    printed = capsys.readouterr().out.splitlines()
    assert f"# the first: {printed[0]}\n" in checking
    assert "invoiceItems[0].amount type must be a number such as Decimal('19.99')" in printed
    run(options, server, names)
    run(answers, server, names)
    assert capsys.readouterr().out == "200 r-1 1\n"
    assert spans_of(lambda: run(tracing, server, names)) == [("createStandaloneInvoice", 200, None)]
    server.answer = lambda asked: Answer(body=b'{"success": false}') if "invoices" in asked.target else answer(asked)
    with pytest.raises(RejectionError):
        spans_of(lambda: run(tracing, server, names))
    assert [span.attributes["error.type"] for span in EXPORTER.get_finished_spans() if span.attributes] == [
        "RejectionError"
    ]
    run(sandboxed, server, names)
    with (
        Sandbox() as sandbox,
        sandbox.client() as client,
    ):
        names["test_my_billing"](sandbox, client)
    names["client"].close()
    order.invoice_items.clear()
    run(failing, server, names)
    names["client"].close()
    assert capsys.readouterr().out.startswith("invoiceItems minItems ")


EXPORTER = InMemorySpanExporter()
PROVIDER = TracerProvider()
PROVIDER.add_span_processor(SimpleSpanProcessor(EXPORTER))
trace.set_tracer_provider(PROVIDER)


def spans_of(traced: Callable[[], None]) -> list[tuple[str, object, object]]:
    """Name, status and error of the spans that end meanwhile."""
    EXPORTER.clear()
    traced()
    found = [(span.name, span.attributes or {}) for span in EXPORTER.get_finished_spans()]
    return [(name, said.get("http.response.status_code"), said.get("error.type")) for name, said in found]


def test_the_commands_are_those_of_the_makefile() -> None:
    makefile = (Path(__file__).parents[2] / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"(?:`|    )make ([a-z][a-z-]*)", README))
    assert named
    assert named <= set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))


ROOT = Path(__file__).parents[2]
DOCUMENTS = (
    *sorted(ROOT.glob("*.md")),
    *(ROOT / name for name in ("spec/README.md", "generator/README.md", "sandbox/README.md")),
)


def test_every_file_that_documents_link_to_exists() -> None:
    for document in DOCUMENTS:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8")):
            assert (document.parent / target).exists(), f"{document}: {target}"


def test_every_heading_that_documents_link_to_exists() -> None:
    found = 0
    for document in (*DOCUMENTS, ROOT / "generator" / "review" / "RULES.md"):
        for target, anchor in re.findall(r"\]\(([^)#:]*)#([^)]*)\)", document.read_text(encoding="utf-8")):
            assert anchor in anchors(document.parent / target if target else document), f"{document}: {target}#{anchor}"
            found += 1
    assert found > 100


@functools.cache
def anchors(document: Path) -> frozenset[str]:
    """What GitHub makes of the headings of a document: lower case, spaces as hyphens, no punctuation."""
    headings = re.findall(r"^#+ (.*)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return frozenset(re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings)


def test_the_review_that_the_readme_shows_is_that_of_the_worked_example() -> None:
    # That one is run: tests/project/test_contributing.py.
    [shown] = re.findall(r"^    Breaking: (?:.*\n)+?(?=\n^- )", README, re.MULTILINE)
    worked = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert len(shown.splitlines()) > 5
    # Places move with every change of the spec.
    without_places = functools.partial(re.sub, r"(?<=\.yaml):\d+:\d+", "")
    assert without_places(shown) in without_places(worked)


def run(example: str, server: Loopback, names: dict[str, Any]) -> None:
    assert BASE_URL in example or "base_url" not in example
    exec(compile(example.replace(BASE_URL, server.url), "README.md", "exec"), names)  # noqa: S102 - our own README
