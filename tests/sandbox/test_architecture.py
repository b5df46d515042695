"""The sandbox's house: the order of its floors, and which library is imported where."""

from __future__ import annotations

import ast
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "sandbox" / "zuora_invoices_sandbox"
NAME = PACKAGE.name
FILES = sorted(file for file in PACKAGE.rglob("*.py") if "__pycache__" not in file.parts)

FLOORS = (
    ("__main__", "demo", "pytest_plugin"),
    ("__init__",),
    ("sandbox",),
    ("http/",),
    ("page/",),
    ("invoices", "protocols", "service"),
    ("operations", "idempotency", "faults", "calls"),
    ("gates/", "billing/", "validation"),
    ("store/", "context", "features", "screening", "answers", "outcomes"),
    ("money", "findings"),
    ("tenant/", "fields", "refusal"),
    ("messages", "records", "clock", "ids", "countries", "bodies", "masking", "fault_kinds"),
)
"""From the roof to the ground. A file or folder imports from the floors below its own alone, be it for types only or
within a function; the files of a folder may import each other, but not in a circle. The README has the same floors."""
FLOOR_OF = {part.rstrip("/"): floor for floor, parts in enumerate(FLOORS) for part in parts}

LIBRARIES = {
    "sqlalchemy": {"store"},
    "yaml": {"tenant"},
    "pycountry": {"countries"},
    "starlette": {"http", "page"},
    "uvicorn": {"http"},
    "httpx2": {"http"},
    "pytest": {"pytest_plugin"},
}
"""Library -> the parts of the sandbox that may know it."""


def dotted(file: Path) -> str:
    """`page.routes`; a folder's own file has the name of the folder, the package's own one is `__init__`."""
    parts = file.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)


MODULES = {dotted(file): file for file in FILES}


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def names_of(node: ast.AST, file: Path) -> set[str]:
    """The absolute names that a statement imports."""
    if isinstance(node, ast.Import):
        return {one.name for one in node.names}
    if not isinstance(node, ast.ImportFrom):
        return set()
    here = [NAME, *file.relative_to(PACKAGE).parent.parts]
    base = [*here[: len(here) - node.level + 1], *filter(None, [node.module])] if node.level else [node.module or ""]
    return {".".join([*base, one.name]) for one in node.names}


def imported(file: Path, *, types: bool = True) -> set[str]:
    """All that a file imports, also within functions; `types`: what only type checkers see, too."""
    checks = [
        one for one in ast.walk(tree(file)) if isinstance(one, ast.If) and ast.unparse(one.test) == "TYPE_CHECKING"
    ]
    unseen = {inner for check in checks for statement in check.body for inner in ast.walk(statement) if not types}
    return {name for node in ast.walk(tree(file)) if node not in unseen for name in names_of(node, file)}


def module_of(name: str) -> str | None:
    """The module of the sandbox that an absolute name is, or stands in: the longest one that there is."""
    inner = name.removeprefix(NAME).lstrip(".") if name == NAME or name.startswith(f"{NAME}.") else None
    while inner and inner not in MODULES:
        inner = inner.rpartition(".")[0]
    return None if inner is None else inner or "__init__"


IMPORTS = {
    name: {found for one in imported(file) if (found := module_of(one)) is not None} - {name}
    for name, file in MODULES.items()
}
"""Module of the sandbox -> those that it imports."""


def top(name: str) -> str:
    return name.partition(".")[0]


@pytest.mark.parametrize("file", FILES, ids=dotted)
def test_it_imports_the_client_and_nothing_else_of_this_repository(file: Path) -> None:
    assert not {top(one) for one in imported(file)} & {"generator", "tests", "generated", "sandbox"}


def test_everything_has_its_floor() -> None:
    assert {top(name) for name in MODULES} == FLOOR_OF.keys()
    assert all((PACKAGE / part).is_dir() for parts in FLOORS for part in parts if part.endswith("/"))


@pytest.mark.parametrize("name", MODULES)
def test_it_imports_downwards(name: str) -> None:
    floor = FLOOR_OF[top(name)]
    assert {one for one in IMPORTS[name] if top(one) != top(name) and FLOOR_OF[top(one)] <= floor} == set()


def test_there_is_no_circle() -> None:
    TopologicalSorter(IMPORTS).prepare()


@pytest.mark.parametrize("library", LIBRARIES)
def test_each_library_has_its_place(library: str) -> None:
    users = {
        top(name) for name, file in MODULES.items() if any(top(one) == library for one in imported(file, types=False))
    }
    assert users == LIBRARIES[library]


def test_the_command_line_and_the_story_alone_print() -> None:
    for name, file in MODULES.items():
        if name not in {"__main__", "demo", "tenant.schema"}:
            calls = {ast.unparse(node.func) for node in ast.walk(tree(file)) if isinstance(node, ast.Call)}
            assert not calls & {"print", "exit", "sys.exit", "quit"}, name
