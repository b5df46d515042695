"""What the package shows, and what it needs: three libraries, and nothing of this repository."""

from __future__ import annotations

import ast
import importlib
import inspect
import json
import pydoc
import re
import subprocess
import sys
from importlib import metadata
from typing import TYPE_CHECKING, get_type_hints

import pytest
from pydantic import BaseModel

import zuora_invoices
from tests.description import OPERATIONS, ROOT, SCHEMAS
from zuora_invoices import models, resources
from zuora_invoices._runtime import answers, bulk, echo, errors, events, options, reasons, resending, violations

if TYPE_CHECKING:
    from pathlib import Path

PACKAGE = ROOT / "generated" / "zuora_invoices"
NEEDED = {"httpx2", "msgspec", "pydantic"}
CLIENTS = ["AsyncClient", "Client"]
ERRORS = [
    "AnsweredError",
    "ApiError",
    "AuthenticationError",
    "BadRequestError",
    "BatchFailureError",
    "BatchPart",
    "CallTimeoutError",
    "ConfigurationError",
    "ConflictError",
    "ConnectionFailedError",
    "IdempotencyMismatchError",
    "KeyReusedError",
    "MismatchedResponseError",
    "NotFoundError",
    "PermissionDeniedError",
    "RateLimitedError",
    "RejectionError",
    "RequestValidationError",
    "ServerError",
    "StatusError",
    "TokenError",
    "UndecodableResponseError",
    "UnprocessableError",
]
RESENDING = ["Outcome", "Resend"]
ECHO = ["Difference"]
REASONS = ["Category", "Reason"]
VIOLATIONS = ["Violation", "violations"]
EVENTS = ["CallInfo", "Event", "GiveUpEvent", "Hook", "RequestEvent", "ResponseEvent", "RetryEvent"]
ANSWERS = ["Answer", "answers"]
OPTIONS = ["Options"]
BULK = [
    "AsyncBulkRun",
    "BulkError",
    "BulkOptions",
    "BulkOutcome",
    "BulkPart",
    "BulkProgress",
    "BulkRun",
    "ElementError",
    "Journal",
    "JournalError",
    "JournalStatus",
    "RunHaltedError",
]
UNREAD = ["Unread"]
TYPES = ["AsyncHttpClient", "AsyncToken", "HttpClient", "Json", "Token"]


@pytest.mark.parametrize("name", models.__all__)
def test_the_type_hints_of_a_model_can_be_asked_for(name: str) -> None:
    kind = getattr(models, name)
    assert {*kind.model_fields} <= {*get_type_hints(kind)}


def test_the_public_names() -> None:
    shown = [
        *(*CLIENTS, *ERRORS, *RESENDING, *ECHO, *REASONS, *VIOLATIONS, *EVENTS, *ANSWERS, *UNREAD, *OPTIONS, *TYPES),
        *BULK,
        "models",
    ]
    assert sorted(zuora_invoices.__all__) == sorted(shown)
    assert sorted(models.__all__) == sorted(SCHEMAS)
    assert sorted(resources.__all__) == ["AsyncInvoices", "Invoices"]
    assert sorted(errors.__all__) == ERRORS
    assert resending.__all__ == RESENDING
    assert echo.__all__ == ECHO
    assert reasons.__all__ == REASONS
    assert violations.__all__ == VIOLATIONS
    assert sorted(events.__all__) == EVENTS
    assert answers.__all__ == ANSWERS
    assert options.__all__ == OPTIONS
    assert bulk.__all__ == BULK


@pytest.mark.parametrize("module", ["zuora_invoices", "zuora_invoices.models", "zuora_invoices.resources"])
def test_every_public_name_is_there_once_and_described(module: str) -> None:
    loaded = importlib.import_module(module)
    names: list[str] = loaded.__all__
    assert len(names) == len(set(names))
    for name in set(names) - {*RESENDING, "BulkOutcome"}:  # names for choices of strings
        assert inspect.getdoc(getattr(loaded, name)), name


def test_help_can_be_had_of_everything() -> None:
    assert "zuora_invoices" in pydoc.render_doc(zuora_invoices)
    for name in zuora_invoices.__all__:
        if inspect.isclass(one := getattr(zuora_invoices, name)) and not name.endswith("Options"):
            assert inspect.signature(one) is not None


def test_no_model_is_left_out() -> None:
    made = {name for name, value in vars(models).items() if isinstance(value, type) and issubclass(value, BaseModel)}
    assert made - {"RequestModel", "ResponseModel"} == set(models.__all__)


def test_all_errors_are_of_one_family() -> None:
    for name in set(ERRORS) - {"BatchPart"}:
        assert issubclass(getattr(zuora_invoices, name), zuora_invoices.ApiError)


@pytest.mark.parametrize("kind", ["Invoices", "AsyncInvoices"])
def test_a_resource_has_a_method_for_each_operation(kind: str) -> None:
    public = {name for name in vars(getattr(resources, kind)) if not name.startswith("_")}
    snake = {re.sub(r"(?=[A-Z])", "_", name).lower() for name in OPERATIONS}
    bulk_method = "create_standalone_invoices_bulk"
    assert public == {*snake, bulk_method}
    for name in public - {bulk_method}:
        method = getattr(getattr(resources, kind), name)
        assert inspect.iscoroutinefunction(method) is kind.startswith("Async")
        body, *headers = list(inspect.signature(method).parameters.values())[1:]
        assert (body.name, body.default) == ("body", inspect.Parameter.empty)
        assert {(one.kind, one.default) for one in headers} == {(inspect.Parameter.KEYWORD_ONLY, None)}
        assert [one.name for one in headers] == [
            *("idempotency_key", "zuora_track_id", "zuora_entity_ids", "zuora_org_ids", "zuora_version", "options")
        ]


@pytest.mark.parametrize("kind", ["Invoices", "AsyncInvoices"])
def test_what_takes_a_batch_has_a_method_for_any_number(kind: str) -> None:
    method = getattr(getattr(resources, kind), "create_standalone_invoices_bulk")  # noqa: B009 - of either class
    assert not inspect.iscoroutinefunction(method)
    elements, journal, *others, more = list(inspect.signature(method).parameters.values())[1:]
    assert (elements.name, journal.name, more.name) == ("elements", "journal", "bulk")
    assert {(one.kind, one.default) for one in others} == {(inspect.Parameter.KEYWORD_ONLY, None)}
    assert [one.name for one in others] == ["zuora_entity_ids", "zuora_org_ids", "zuora_version", "options"]


def test_who_makes_single_calls_pays_for_no_journal() -> None:
    text = "import sys, zuora_invoices as z; z.Client(base_url='http://127.0.0.1').invoices; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, check=True, encoding="utf-8")
    assert [name for name in done.stdout.split() if "sqlite3" in name or "_runtime.bulk" in name] == []


def test_the_version_is_that_of_the_distribution() -> None:
    assert f'\nversion = "{zuora_invoices.__version__}"\n' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_the_package_is_typed() -> None:
    assert (PACKAGE / "py.typed").is_file()


# --- what it needs


def with_dependencies(distributions: set[str]) -> set[str]:
    """Distributions with all that they need without extras."""
    found: set[str] = set()
    waiting = set(distributions)
    while waiting:
        name = waiting.pop()
        found.add(name)
        for requirement in metadata.requires(name) or ():
            wanted, _, marker = requirement.partition(";")
            other = normal(re.split(r"[^A-Za-z0-9._-]", wanted.strip())[0])
            if "extra" not in marker and other not in found and is_installed(other):
                waiting.add(other)
    return found


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def third_party(modules: set[str]) -> set[str]:
    """Those top-level modules that are neither of Python nor of a distribution that the package may use."""
    owners = metadata.packages_distributions()
    allowed = with_dependencies(NEEDED)
    others = {name for name in modules - sys.stdlib_module_names if not name.startswith("_sysconfigdata_")}
    return {name for name in others if not allowed & {normal(owner) for owner in owners.get(name, ())}}


def is_installed(distribution: str) -> bool:
    try:
        metadata.distribution(distribution)
    except metadata.PackageNotFoundError:  # a dependency of other platforms
        return False
    return True


IMPORT_ALL = """
import json, pkgutil, sys
before = set(sys.modules)
import zuora_invoices
zuora_invoices.Client(base_url="https://localhost", token="t").invoices
for one in pkgutil.walk_packages(zuora_invoices.__path__, "zuora_invoices."):
    if not {"cli", "__main__"} & set(one.name.split(".")):  # the command line, which comes with an extra
        __import__(one.name)
zuora_invoices.models.Rejection.model_validate_json(b'{"success": false}')
print(json.dumps(sorted({name.partition(".")[0] for name in set(sys.modules) - before})))
"""


def test_importing_it_imports_what_it_needs_and_nothing_else() -> None:
    command = [sys.executable, "-I", "-W", "error", "-c", IMPORT_ALL]
    run = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    imported = set(json.loads(run.stdout)) - {"zuora_invoices"}
    assert imported >= NEEDED
    assert third_party(imported) == set()
    assert not imported & {"datamodel_code_generator", "jinja2", "yaml", "generator", "sandbox", "tests"}


def test_the_declared_dependencies_are_the_three() -> None:
    (line,) = re.findall(r"^dependencies = .*$", (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(re.findall(r'"([a-z0-9]+)', line)) == NEEDED


EXTRAS = {"_runtime/tables/documents.py": {"yaml"}, "_runtime/tables/workbook.py": {"openpyxl"}}
"""What an extra installs, which is imported where a file asks for it."""
COMMAND_LINE = {"click", "rich"}
"""The same for the files of the command line."""


@pytest.mark.slow
@pytest.mark.parametrize("file", sorted(PACKAGE.rglob("*.py")), ids=lambda file: str(file.relative_to(PACKAGE)))
def test_a_file_imports_nothing_of_this_repository(file: Path) -> None:
    imported: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {one.name.partition(".")[0] for one in node.names}
        elif isinstance(node, ast.ImportFrom):
            inside = len(file.relative_to(PACKAGE).parts)
            assert node.level <= inside, "a relative import that leaves the package"
            imported |= {(node.module or "").partition(".")[0]} if node.level == 0 else set()
    place = file.relative_to(PACKAGE)
    known = COMMAND_LINE if place.parent.as_posix() == "_runtime/cli" else set()
    assert third_party(imported) - known == EXTRAS.get(place.as_posix(), set())
