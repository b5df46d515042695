"""The sandbox's house: the order of its floors, and which library is imported where."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.architecture import circle, graph, imports, room, sources, tree, upward

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "sandbox" / "zuora_invoices_sandbox"
FILES = sources(PACKAGE)

FLOORS = (
    ("__main__", "demo", "in_process", "pytest_plugin"),
    ("",),
    ("sandbox",),
    ("http",),
    ("page",),
    ("invoices", "protocols", "service"),
    ("operations", "idempotency", "faults", "calls"),
    ("gates", "billing", "validation"),
    ("store", "context", "features", "screening", "answers", "outcomes"),
    ("money", "findings"),
    ("tenant", "fields", "refusal"),
    ("messages", "records", "clock", "ids", "countries", "bodies", "masking", "fault_kinds"),
)
"""From the roof to the ground. A file or folder imports from the floors below its own alone, be it for types only or
within a function; the files of a folder may import each other, but not in a circle. The README has the same floors;
"" is the door of the package."""
LIBRARIES = {
    "sqlalchemy": {"store"},
    "yaml": {"tenant"},
    "pycountry": {"countries"},
    "starlette": {"http", "page", "sandbox"},  # in `sandbox` the types of what it serves
    "uvicorn": {"http"},
    "httpx2": {"http"},
    "pytest": {"pytest_plugin"},
}
"""Library -> the parts of the sandbox that may know it."""


def part(file: Path) -> str:
    return file.relative_to(PACKAGE).with_suffix("").parts[0]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(PACKAGE).as_posix())
def test_it_imports_the_client_and_nothing_else_of_this_repository(file: Path) -> None:
    assert not {name.partition(".")[0] for name in imports(file)} & {"generator", "tests", "generated", "sandbox"}


def test_it_imports_downwards() -> None:
    assert {room(module) for module in graph(PACKAGE)} == {one for floor in FLOORS for one in floor}
    assert upward(graph(PACKAGE), FLOORS) == []


def test_there_is_no_circle() -> None:
    assert circle(graph(PACKAGE)) == []


@pytest.mark.parametrize("library", LIBRARIES)
def test_each_library_has_its_place(library: str) -> None:
    users = {part(file) for file in FILES if any(name.partition(".")[0] == library for name in imports(file))}
    assert users == LIBRARIES[library]


def test_the_command_line_and_the_story_alone_print() -> None:
    for file in FILES:
        if file.relative_to(PACKAGE).as_posix() not in {"__main__.py", "demo.py", "tenant/schema.py"}:
            calls = {ast.unparse(node.func) for node in ast.walk(tree(file)) if isinstance(node, ast.Call)}
            assert not calls & {"print", "exit", "sys.exit", "quit"}, file
