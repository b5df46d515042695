"""The sandbox's house: who imports whom, and which library is imported where."""

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

LEAVES = {"messages", "clock", "ids", "records", "money", "countries"}
"""What imports nothing else of the sandbox."""
LIBRARIES = {
    "sqlalchemy": {"store"},
    "yaml": {"tenant"},
    "pycountry": {"countries"},
    "starlette": {"http", "page", "reference"},
    "uvicorn": {"http"},
    "httpx2": {"http"},
    "pytest": {"pytest_plugin"},
}
"""Library -> the parts of the sandbox that may know it."""


def dotted(file: Path) -> str:
    parts = file.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {dotted(file): file for file in FILES}


def resolved(file: Path, node: ast.ImportFrom) -> str:
    """The absolute name of the module that is imported from."""
    if not node.level:
        return node.module or ""
    here = [NAME, *file.relative_to(PACKAGE).parent.parts]
    base = here[: len(here) - node.level + 1]
    return ".".join([*base, *([node.module] if node.module else [])])


def is_typing(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


@cache
def imported(file: Path, *, types: bool = True, late: bool = True) -> set[str]:
    """Absolute names, those of names imported from a package too."""
    found: set[str] = set()
    waiting: list[ast.AST] = [tree(file)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = resolved(file, node)
            found |= {base, *(f"{base}.{one.name}" for one in node.names)}
        for child in ast.iter_child_nodes(node):
            typing_only = is_typing(node) and child in getattr(node, "body", [])
            inside = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef) and not late
            if not (typing_only and not types) and not inside:
                waiting.append(child)
    return found


@cache
def own(*, types: bool) -> dict[str, set[str]]:
    """Module of the sandbox -> those that it needs when it is imported."""
    return {
        name: {
            one.removeprefix(f"{NAME}.")
            for one in imported(file, types=types, late=types)
            if one.startswith(f"{NAME}.") and one.removeprefix(f"{NAME}.") in MODULES
        }
        - {name, *(name.rpartition(".")[0:1])}  # `from . import part` needs the part, and the package is there
        for name, file in MODULES.items()
    }


def top(name: str) -> str:
    return name.partition(".")[0]


@pytest.mark.parametrize("file", FILES, ids=dotted)
def test_it_imports_the_client_and_nothing_else_of_this_repository(file: Path) -> None:
    assert not {top(one) for one in imported(file)} & {"generator", "tests", "generated", "sandbox"}


def test_it_imports_one_way() -> None:
    TopologicalSorter(own(types=False)).prepare()


@pytest.mark.parametrize("name", sorted(LEAVES))
def test_leaves_need_nothing(name: str) -> None:
    assert name in MODULES
    assert own(types=False)[name] == set()


@pytest.mark.parametrize("library", LIBRARIES)
def test_each_library_has_its_place(library: str) -> None:
    users = {
        top(name) for name, file in MODULES.items() if any(top(one) == library for one in imported(file, types=False))
    }
    assert users == LIBRARIES[library]


def test_billing_knows_neither_gates_nor_ways_in() -> None:
    for name, needs in own(types=True).items():
        if top(name) in {"billing", "tenant", "store", "validation"}:
            assert not {top(one) for one in needs} & {"http", "page", "service", "sandbox", "calls", "faults"}, name


def test_the_command_line_and_the_story_alone_print() -> None:
    for name, file in MODULES.items():
        if name not in {"__main__", "demo", "tenant.schema"}:
            calls = {ast.unparse(node.func) for node in ast.walk(tree(file)) if isinstance(node, ast.Call)}
            assert not calls & {"print", "exit", "sys.exit", "quit"}, name
