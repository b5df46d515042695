"""The house of DESIGN.md, checked on the sources: who imports whom, who prints, and what is never named."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest

from tests.architecture import circle, graph, imports, room, sources, tree, upward

ROOT = Path(__file__).parents[2]
GENERATOR = ROOT / "generator"
RUNTIME = GENERATOR / "runtime"

FLOORS = [
    ["__main__"],
    ["pipeline"],
    ["review"],
    ["package"],
    ["validation"],
    ["normalization"],
    ["api"],
    ["python"],
    ["document"],
    ["settings", "summary"],
    ["policy"],
    ["diagnostics", "runtime"],
    ["aside", "doors", "wording"],
    [""],
]
"""From the top down: what stands on a floor imports only what stands below it, for types alone too."""
STAGES = {"document", "validation", "normalization", "api", "package", "review"}
"""The rooms that have a door: their `__init__` exports what `pipeline` calls."""
CALLERS = {"__main__", "pipeline"}
MODULES = [file for file in sources(GENERATOR) if RUNTIME not in file.parents]


def test_imports_go_downwards_only() -> None:
    assert {room(module) for module in graph(GENERATOR)} == {one for floor in FLOORS for one in floor}
    assert upward(graph(GENERATOR), FLOORS) == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert circle(graph(GENERATOR)) == []


def test_the_callers_alone_come_through_the_doors() -> None:
    assert {other for one in CALLERS for other in graph(GENERATOR)[one]} >= STAGES
    doors = {one: needed & STAGES for one, needed in graph(GENERATOR).items() if one not in CALLERS}
    assert {one: through for one, through in doors.items() if through} == {}


def test_the_pipeline_needs_no_other_door() -> None:
    inside = {one for one in graph(GENERATOR)["pipeline"] if room(one) in STAGES and one not in STAGES}
    assert inside == {"api.model", "document.tree"}, "frozen data is all that it knows of them"


@pytest.mark.parametrize("name", sorted(STAGES))
def test_a_room_says_its_job_in_a_sentence(name: str) -> None:
    said = ast.get_docstring(tree(GENERATOR / name / "__init__.py")) or ""
    assert re.fullmatch(r"[^\n]{20,120}\.", said)


def test_one_file_imports_the_library_for_models() -> None:
    users = [
        file.name for file in MODULES if any(name.startswith("datamodel_code_generator") for name in imports(file))
    ]
    assert users == ["library.py"]


def test_no_stage_imports_the_http_library() -> None:
    assert not [file for file in MODULES if any(name.startswith("httpx") for name in imports(file))]


@pytest.mark.parametrize("file", sources(GENERATOR), ids=lambda file: file.relative_to(GENERATOR).as_posix())
def test_the_command_line_alone_prints_and_exits(file: Path) -> None:
    if file.name == "__main__.py":
        return
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Call):
            assert ast.unparse(node.func) not in {"print", "exit", "quit", "sys.exit", "os._exit"}, node.lineno
        if isinstance(node, ast.Attribute):
            assert ast.unparse(node) not in {"sys.stdout", "sys.stderr"}, node.lineno
        if isinstance(node, ast.Name):
            assert node.id != "SystemExit", node.lineno


EXTRAS = {"tables/documents.py": "yaml", "tables/workbook.py": "openpyxl"}
"""What an extra installs, by the one file that imports it, inside of a function."""
COMMAND_LINE = ("click", "rich")
"""What the command line needs besides, which nothing else imports."""


@pytest.mark.parametrize("folder", ["generated", "generator/runtime"])
def test_what_users_import_imports_nothing_of_this_repository(folder: str) -> None:
    allowed = {
        "annotated_types",
        "anyio",
        "h11",
        "httpx2",
        "msgspec",
        "pydantic",
        "pydantic_core",
        "typing_extensions",
    }
    for file in sources(ROOT / folder):
        for name in imports(file):
            if not name.startswith("."):
                package = name.split(".")[0]
                extra = EXTRAS.get("/".join(file.parts[-2:]))
                known = {*allowed, extra, *(COMMAND_LINE if file.parent.name == "cli" else ())}
                assert package in known or package in sys.stdlib_module_names, (file, name)


def test_the_generator_loads_nothing_of_the_runtime() -> None:
    users = {
        one for one, needed in graph(GENERATOR).items() if room(one) != "runtime" and "runtime" in map(room, needed)
    }
    assert users == set()


@pytest.mark.parametrize("pattern", ["*.py", "*.jinja", "*.jinja2"])
def test_the_generator_knows_no_api(pattern: str) -> None:
    files = [file for file in GENERATOR.rglob(pattern) if "__pycache__" not in file.parts]
    assert files
    for file in files:
        text = file.read_text(encoding="utf-8")
        found = re.search(r"zuora|invoic|\bbill", text, re.IGNORECASE)
        assert found is None, (file, found)


def test_the_cases_know_no_api_of_ours() -> None:
    for file in (ROOT / "tests" / "cases" / "generate").rglob("openapi.yaml"):
        assert re.search(r"zuora|invoic|\bbill", file.read_text(encoding="utf-8"), re.IGNORECASE) is None, file
