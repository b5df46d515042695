"""The examples of the README run, in order, against a server on loopback; the first against the sandbox."""

from __future__ import annotations

import ast
import asyncio
import builtins
import functools
import gzip
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

import zuora_invoices
from tests.loopback import Answer, Asked, Loopback, serving
from tests.sandbox.program import program
from zuora_invoices import RejectionError, models
from zuora_invoices._runtime import retry
from zuora_invoices._runtime.codec import decode
from zuora_invoices_sandbox import Sandbox
from zuora_invoices_sandbox.__main__ import _parser

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```python\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
BASE_URL = "https://rest.test.zuora.com"
SANDBOX_URL = f"http://{_parser().get_default('host')}:{_parser().get_default('port')}"
"""Where `make sandbox` serves."""

CREATED = b'{"success": true, "id": "1", "invoiceNumber": "INV00000155", "amount": 19.99}'
FAILED = b'{"success": false, "objectIndex": 1, "reasons": [{"code": 58490020, "message": "No such account."}]}'


def answer(asked: Asked) -> Answer:
    if asked.target == "/oauth/token":
        return Answer(body=b'{"access_token": "t", "token_type": "bearer", "expires_in": 3599}')
    if asked.target == "/v1/invoices/batch":
        return Answer(body=b'{"success": true, "invoices": [' + CREATED + b", " + FAILED + b"]}")
    if asked.headers["idempotency-key"] == "order-4712":
        return Answer(503, b"<html>", {"Content-Type": "text/html"})
    if asked.headers["idempotency-key"] == "order-4714":
        return Answer(body=CREATED[:-1] + b', "dueDate": 0}')
    return Answer(body=CREATED, headers={"Content-Type": "application/json", "Zuora-Request-Id": "r-1"})


def all_created(asked: Asked) -> Answer:
    """As many invoices as were asked for."""
    body = gzip.decompress(asked.body) if "content-encoding" in asked.headers else asked.body
    return Answer(
        body=b'{"success": true, "invoices": [' + b", ".join([CREATED] * body.count(b"accountNumber")) + b"]}"
    )


@pytest.fixture
def server() -> Iterator[Loopback]:
    with serving(answer) as loopback:
        yield loopback


def test_the_first_example_is_pasted_and_there_is_an_invoice(tmp_path: Path) -> None:
    # But for the port, which another program may have: the sandbox takes a free one, and the example is told.
    with program(str(tmp_path / _parser().get_default("database")), tmp_path) as sandbox:
        assert SANDBOX_URL in EXAMPLES[0]
        pasted = EXAMPLES[0].replace(SANDBOX_URL, sandbox.url)
        for _ in range(2):
            done = subprocess.run(
                [sys.executable, "-I", "-q", "-i"],
                input=pasted,
                capture_output=True,
                encoding="utf-8",
                cwd=tmp_path,
                check=False,
            )
            assert done.stdout == "INV00000001 19.99\n", done.stderr
    said = README.partition(EXAMPLES[0])[2]
    assert "`INV00000001 19.99`" in said
    assert f"`{SANDBOX_URL}` shows it" in said


def needs(example: str) -> set[str]:
    """The names that an example takes from elsewhere."""
    nodes = list(ast.walk(ast.parse(example)))
    named = [node for node in nodes if isinstance(node, ast.Name)]
    loaded = {node.id for node in named if isinstance(node.ctx, ast.Load)}
    made = {node.id for node in named if isinstance(node.ctx, ast.Store)}
    made |= {node.asname or node.name for node in nodes if isinstance(node, ast.alias)}
    made |= {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    made |= {node.name for node in nodes if isinstance(node, ast.ExceptHandler | ast.MatchAs) and node.name}
    made |= {node.arg for node in nodes if isinstance(node, ast.arg)}
    return loaded - made - set(dir(builtins))


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_an_example_says_what_it_needs_of_those_before(number: int) -> None:
    before = README.partition(f"```python\n{EXAMPLES[number]}```")[0].rstrip()
    paragraph = before.rpartition("\n\n")[2]
    assert needs(EXAMPLES[number]) <= set(re.findall(r"`(\w+)`", paragraph))


def test_what_an_example_needs_is_found() -> None:
    assert needs("from a import b\nc = b(d)\nfor e in c: print(e, f.g)") == {"d", "f"}


def test_the_examples_do_what_the_readme_says(
    server: Loopback, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # Any: what the examples define
    names: dict[str, Any] = {"token": "t", "client_id": "me", "client_secret": "a secret"}
    tried, created, batch, bulk, custom, unlisted, failing, checking, *more = EXAMPLES
    odd, keyed, options, answers, tracing, sandboxed = more

    run(tried, server, names)
    names.pop("client").close()
    run(created, server, names)
    assert capsys.readouterr().out == "INV00000155 19.99\n" * 2
    assert server.last.headers["idempotency-key"] == server.last.headers["zuora-track-id"] == "order-4711"
    assert decode(server.last.body) == decode(
        '{"accountNumber": "A00000001", "invoiceDate": "2026-11-21", "invoiceItems": '
        '[{"amount": 19.99, "serviceStartDate": "2026-11-21", "chargeName": "Set-up"}]}'
    )

    run(batch, server, names)
    order = names["order"]
    assert isinstance(order, models.PostInvoiceType)
    monkeypatch.chdir(tmp_path)
    server.answer = all_created
    for _ in range(2):
        run(bulk, server, names)
        *told, summary = capsys.readouterr().out.splitlines()
        assert sorted(told) == sorted(f"contract-{number} has INV00000155" for number in range(120))
        assert summary.startswith("120: 120 created, ")
    assert sum(asked.target == "/v1/invoices/batch" for asked in server.asked) == 3
    server.answer = answer
    run(custom, server, {})
    run(unlisted, server, dict(names))
    asyncio.run(names["bill"]([order, order]))
    assert capsys.readouterr().out == "A00000001 has INV00000155\nA00000001 failed: ['No such account.']\n"

    monkeypatch.setattr(retry, "wait", lambda *_: 0.0)
    run(failing, server, names)
    assert capsys.readouterr().out.startswith("unknown\nIt may have been carried out. Send the very same request again")
    run(checking, server, names)
    printed = capsys.readouterr().out.splitlines()
    assert f"# the first: {printed[0]}\n" in checking
    assert "invoiceItems[0].amount type must be a number such as Decimal('19.99')" in printed
    run(odd, server, names)
    first, listed = capsys.readouterr().out.splitlines()
    assert first == "1 19.99"
    assert f"# {listed}\n" in odd
    run(keyed, server, names)
    first, second = (asked.headers["idempotency-key"] for asked in server.asked[-2:])
    assert first == second == names["key_of"](server.last.body)
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


def test_the_table_of_what_to_send_again_is_right() -> None:
    table = README.partition("| error | `resend` |\n")[2].partition("\n\n")[0]
    said: dict[str, list[str]] = {}
    for row in table.splitlines()[1:]:
        _, kinds, resend, _ = row.split("|")
        for name in re.findall(r"`(\w+Error)`", kinds):
            said.setdefault(name, []).extend(re.findall("`([a-z_]+)`", resend))
    answered = {
        kind.__name__: kind("x", "no", status, {}, None) for status, kind in zuora_invoices.StatusError.statuses.items()
    }
    found: dict[str, zuora_invoices.ApiError] = {
        **answered,
        "IdempotencyMismatchError": zuora_invoices.IdempotencyMismatchError("x", "no", 422, {}, None),
        "ServerError": zuora_invoices.ServerError("x", "no", 500, {}, None),
        "UndecodableResponseError": zuora_invoices.UndecodableResponseError("x", "no", 200, {}, b""),
        "MismatchedResponseError": zuora_invoices.MismatchedResponseError("x", "no", 200, {}, b""),
        "RejectionError": zuora_invoices.RejectionError("x", "no", 200, {}, None),
        "ConnectionFailedError": zuora_invoices.ConnectionFailedError("x", "no", "unknown"),
        "CallTimeoutError": zuora_invoices.CallTimeoutError("x", "no", "unknown"),
        "RequestValidationError": zuora_invoices.RequestValidationError("x", []),
        "ConfigurationError": zuora_invoices.ConfigurationError("x", "no"),
        "TokenError": zuora_invoices.TokenError("x", "no"),
        "KeyReusedError": zuora_invoices.KeyReusedError("x", "k", datetime(2026, 11, 21, tzinfo=UTC)),
        "BatchFailureError": zuora_invoices.BatchFailureError("x", "no", (), ()),
    }
    for error in found.values():
        error.idempotency_key = "k"
    assert {name: set(kinds) for name, kinds in said.items()} == {
        name: {found[name].resend} for name in found if name != "UnprocessableError"
    }


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
    told = example.replace(BASE_URL, server.url).replace(SANDBOX_URL, server.url)
    assert told != example or "base_url" not in example
    exec(compile(told, "README.md", "exec"), names)  # noqa: S102 - our own README
