"""The house of DESIGN.md, checked on the sources: who imports whom, who prints, and what is never named."""

from __future__ import annotations

import ast
import functools
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
GENERATOR = ROOT / "generator"
RUNTIME = GENERATOR / "runtime"

STAGES = {
    "builder",
    "bundler",
    "formatter",
    "loader",
    "models",
    "normalizer",
    "renderer",
    "validator",
    "writer",
}
CALLERS = {"__main__", "pipeline"}
LEAVES = {
    *("diagnostics", "document", "ir", "naming", "pattern", "source", "walk"),
    *("batch", "condition", "failures", "media", "parameters", "security", "typeref", "wording"),
}
RUNTIME_RANKS = [
    {"values", "constraints", "groups", "messages", "lazy", "secret", "compression", "address", "versions"},
    {"codec", "model", "errors", "operation", "style", "options", "events"},
    {"retry", "reasons"},
    {"auth", "batch", "tokens", "request", "response", "steps"},
    {"network"},
    {"transport"},
    {"flow"},
    {"core"},
]


def sources(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*.py") if "__pycache__" not in file.parts)


@functools.cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def imports(file: Path) -> set[str]:
    """The dotted names that a file imports, type checking included; relative ones begin with dots."""
    found: set[str] = set()
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            found.add(base)
            found |= {f"{base}{'' if base.endswith('.') else '.'}{one.name}" for one in node.names}
    return found


def imports_when_run(file: Path) -> Iterator[ast.ImportFrom]:
    """What a file imports from elsewhere when it runs; types alone do not count."""
    blocks = [
        node for node in tree(file).body if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
    ]
    for_types = {id(node) for block in blocks for node in ast.walk(block)}
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.ImportFrom) and id(node) not in for_types:
            yield node


def stages_imported(file: Path) -> set[str]:
    """The modules of `generator` that a file needs when it runs, by their first name."""
    found: set[str] = set()
    for node in imports_when_run(file):
        if node.module == "generator":
            found |= {one.name for one in node.names}
        elif (node.module or "").startswith("generator."):
            found.add(str(node.module).split(".")[1])
    return found


def top(file: Path) -> str:
    """The first name below `generator` of the module in a file."""
    return file.relative_to(GENERATOR).parts[0].removesuffix(".py")


MODULES = [file for file in sources(GENERATOR) if RUNTIME not in file.parents]


@pytest.mark.parametrize("file", MODULES, ids=lambda file: file.relative_to(GENERATOR).as_posix())
def test_only_the_pipeline_and_the_command_line_import_stages(file: Path) -> None:
    if top(file) not in CALLERS:
        assert stages_imported(file) & (STAGES | CALLERS) <= {top(file)}


def test_every_stage_of_the_list_is_there_and_called() -> None:
    called = stages_imported(GENERATOR / "pipeline.py") | stages_imported(GENERATOR / "__main__.py")
    assert called >= STAGES
    assert {file.stem for file in GENERATOR.glob("*.py")} >= STAGES


@pytest.mark.parametrize("name", sorted(LEAVES))
def test_leaves_import_leaves_alone(name: str) -> None:
    assert stages_imported(GENERATOR / f"{name}.py") <= LEAVES


def test_one_file_imports_the_library_for_models() -> None:
    users = [
        file.name for file in MODULES if any(name.startswith("datamodel_code_generator") for name in imports(file))
    ]
    assert users == ["models.py"]


def test_two_files_import_the_http_library() -> None:
    users = [file.name for file in sources(RUNTIME) if any(name.startswith("httpx") for name in imports(file))]
    assert users == ["network.py", "transport.py"]
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


@pytest.mark.parametrize("folder", ["generated", "generator/runtime"])
def test_what_users_import_imports_nothing_of_this_repository(folder: str) -> None:
    allowed = {
        "annotated_types",
        "anyio",
        "httpcore2",
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
                assert package in allowed or package in __import__("sys").stdlib_module_names, (file, name)


def test_the_pipeline_and_the_command_line_alone_import_the_review() -> None:
    users = {top(file) for file in MODULES if "review" in stages_imported(file)}
    assert users == {*CALLERS, "review"}


def test_the_runtime_imports_one_way() -> None:
    rank = {name: place for place, names in enumerate(RUNTIME_RANKS) for name in names}
    assert set(rank) == {file.stem for file in RUNTIME.glob("*.py")} - {"__init__"}
    for file in RUNTIME.glob("*.py"):
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.ImportFrom) and node.level:
                for name in [node.module] if node.module else [one.name for one in node.names]:
                    assert name in rank, (file.name, ast.unparse(node))
                    assert rank[name] <= rank[file.stem], (file.name, name)


def test_the_generator_imports_of_the_runtime_only_what_it_shows() -> None:
    users = {file.name: stages_imported(file) for file in MODULES if "runtime" in stages_imported(file)}
    assert set(users) == {"renderer.py"}


@pytest.mark.parametrize("pattern", ["*.py", "*.jinja", "*.jinja2"])
def test_the_generator_knows_no_api(pattern: str) -> None:
    files = [file for file in GENERATOR.rglob(pattern) if "__pycache__" not in file.parts]
    assert files
    for file in files:
        text = file.read_text(encoding="utf-8")
        found = re.search(r"zuora|invoic|\bbill", text, re.IGNORECASE)
        assert found is None, (file, found)


def test_the_runtime_in_the_package_is_the_runtime_word_for_word() -> None:
    (package,) = [folder for folder in (ROOT / "generated").iterdir() if (folder / "py.typed").exists()]
    copied = {file.name: file.read_bytes() for file in (package / "_runtime").glob("*.py")}
    assert copied == {file.name: file.read_bytes() for file in RUNTIME.glob("*.py")}


def test_the_cases_know_no_api_of_ours() -> None:
    for file in (ROOT / "tests" / "cases" / "generate").rglob("openapi.yaml"):
        assert re.search(r"zuora|invoic|\bbill", file.read_text(encoding="utf-8"), re.IGNORECASE) is None, file
