"""Every case of `tests/cases/generate/` gives what it should, and what it gives compiles, imports and type-checks.

A case is a folder with `openapi.yaml`, and `usage.py` where type checkers have to know more; `expected.txt` holds the
exact findings (none where there is no such file) and `expected/` the generated files, those left out that are the same
for every API or say the description again (nothing is generated where there is no such folder).
`UPDATE_CASES=1 pytest tests/generator/test_cases.py` writes both anew.
"""

from __future__ import annotations

import ast
import contextlib
import functools
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator import diagnostics, pipeline
from generator.package import layout, writer

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "cases" / "generate"
NAMES = sorted(case.name for case in CASES.iterdir() if case.is_dir())
GENERATED = [
    *("bulk", "current", "discriminators", "faulty", "forms", "hostile", "media", "methods", "rules", "security"),
    *("servers", "shapes", "streams", "unsupported"),
]
IN_FILES = ["discriminators", "methods", "shapes"]
"""Those whose models stand in several files too, as those of a large API do."""
UPDATE = os.environ.get("UPDATE_CASES") == "1"

IMPORTED = {"__future__", "datetime", "decimal", "functools", "os", "pydantic", "pydantic.alias_generators", "typing"}
IMPORTED_BY_MODELS = IMPORTED | {"collections.abc", "typing_extensions"}

USE = """
import sys
sys.path.insert(0, sys.argv[1])
import importlib
package = importlib.import_module(sys.argv[2])
from pydantic import TypeAdapter
import pkgutil
resources = importlib.import_module(f"{sys.argv[2]}.resources")
for name in resources.__all__:
    assert getattr(resources, name).__name__ == name
for name in package.models.__all__:
    assert TypeAdapter(getattr(package.models, name)).core_schema, name
operations = importlib.import_module(f"{sys.argv[2]}._operations")
for found in pkgutil.iter_modules(operations.__path__):
    for name, operation in vars(importlib.import_module(f"{operations.__name__}.{found.name}")).items():
        if isinstance(operation, importlib.import_module(f"{sys.argv[2]}._runtime.operation").Operation):
            for part in (*operation.parameters, *operation.responses, *([operation.body] if operation.body else [])):
                assert part.adapter.core_schema, (name, part)
tables, paths = (importlib.import_module(f"{sys.argv[2]}._runtime.tables.{name}") for name in ("fields", "paths"))
requests = importlib.import_module(f"{sys.argv[2]}._runtime.model").RequestModel
for model in (one for one in vars(package.models).values() if isinstance(one, type) and issubclass(one, requests)):
    for leaf in tables.leaves(model):
        assert tables.resolve(model, paths.spelled(leaf.steps)) == (leaf.steps, leaf.type), (model, leaf)
    others = {name for name, field in tables.fields_of(model).items() if field.type.kind == "other"}
    assert others <= {"null_only"} or "Upload" in vars(package.models), (model, others)
program = importlib.import_module(f"{sys.argv[2]}.__main__").PROGRAM
application = importlib.import_module(f"{sys.argv[2]}._runtime.cli.application").application(program)
for resource in program.resources:
    for name, command in application.commands[resource.name.strip("_").replace("_", "-")].commands.items():
        with command.make_context(name, [], resilient_parsing=True) as context:
            assert all(mark.isprintable() or mark == "\\n" for mark in context.get_help()), context.get_help()
assert not {"generator", "datamodel_code_generator", "jinja2"} & set(sys.modules)
"""


@functools.cache
def output(name: str) -> pipeline.Output:
    with contextlib.chdir(CASES / name):
        return pipeline.generate(Path("openapi.yaml"), package(name))


def package(name: str) -> str:
    return f"{name}_client"


def in_files(name: str) -> str:
    return f"{name}_in_files"


def own_files(name: str) -> dict[str, str]:
    """The files that are told by the case's description: not the runtime, not the description itself."""
    same = ("_runtime/", "openapi.json", "py.typed")
    return {path: text for path, text in output(name).files.items() if not path.startswith(same)}


def place(made: pipeline.Output, folder: Path) -> None:
    for path, text in made.files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the package of every case that gives one."""
    folder = tmp_path_factory.mktemp("packages")
    for name in GENERATED:
        place(output(name), folder / package(name))
        if name in IN_FILES:
            with pytest.MonkeyPatch.context() as patch, contextlib.chdir(CASES / name):
                patch.setattr(layout, "_ONE_FILE", 1)
                made = pipeline.generate(Path("openapi.yaml"), in_files(name))
            assert "models/__init__.py" in made.files
            place(made, folder / in_files(name))
        if (usage := CASES / name / "usage.py").exists():
            shutil.copy(usage, folder / f"{name}_usage.py")
    return folder


def run(*command: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "MYPY", "LC_", "LANG"))}
    return subprocess.run(
        [sys.executable, *command],
        cwd=cwd,
        env={**kept, **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def update(name: str) -> None:
    text, files = diagnostics.as_text(output(name).diagnostics), own_files(name)
    (CASES / name / "expected.txt").unlink(missing_ok=True)
    shutil.rmtree(CASES / name / "expected", ignore_errors=True)
    if text:
        (CASES / name / "expected.txt").write_text(text, encoding="utf-8")
    for path, content in files.items():
        file = CASES / name / "expected" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode())


@pytest.mark.parametrize("name", NAMES)
def test_case(name: str) -> None:
    if UPDATE:
        update(name)
    findings, folder = CASES / name / "expected.txt", CASES / name / "expected"
    assert findings.exists() or folder.exists(), "no expectation yet: UPDATE_CASES=1"
    said = diagnostics.as_text(output(name).diagnostics)
    assert said == (findings.read_text(encoding="utf-8") if findings.exists() else "")
    golden = {file.relative_to(folder).as_posix(): file for file in folder.rglob("*") if file.is_file()}
    made = own_files(name)
    assert sorted(made) == sorted(golden)
    for path, file in golden.items():
        assert made[path] == file.read_bytes().decode(), path


def test_the_list_of_generated_cases_is_whole() -> None:
    assert [name for name in NAMES if (CASES / name / "expected").exists()] == GENERATED


@pytest.mark.parametrize("name", NAMES)
def test_a_fatal_finding_and_a_package_exclude_each_other(name: str) -> None:
    made = output(name)
    assert bool(made.files) is not diagnostics.is_fatal(made.diagnostics)


@pytest.mark.parametrize("name", GENERATED)
def test_sources_are_declarations_and_nothing_else(name: str) -> None:
    for path, text in own_files(name).items():
        compile(text, path, "exec", dont_inherit=True)
        tree = ast.parse(text)
        allowed = IMPORTED_BY_MODELS if path == "models.py" else IMPORTED
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                pytest.fail(f"{path} imports {ast.unparse(node)}")
            if isinstance(node, ast.ImportFrom) and not node.level:
                assert node.module in allowed, path
            if isinstance(node, ast.Name):
                assert node.id not in {"os", "SystemExit", "exit", "exec", "eval", "__import__"}, path
        for statement in tree.body:
            assert isinstance(
                statement, ast.Expr | ast.ImportFrom | ast.ClassDef | ast.Assign | ast.AnnAssign | ast.If
            ), path
            if isinstance(statement, ast.Expr):
                assert isinstance(statement.value, ast.Constant), path
            if isinstance(statement, ast.If) and path == "__main__.py":
                assert ast.unparse(statement) == "if __name__ == '__main__':\n    main()"
            elif isinstance(statement, ast.If):
                assert ast.unparse(statement.test) == "TYPE_CHECKING", path


@pytest.mark.parametrize("name", GENERATED)
def test_sources_show_every_character_that_they_hold(name: str) -> None:
    """No control characters, no marks that turn the reading direction, nothing that looks like something else."""
    for path, text in own_files(name).items():
        assert "\ufeff" not in text
        hidden = {mark for mark in text if not mark.isprintable() and mark != "\n"}
        assert not hidden, (path, hidden)


@pytest.mark.parametrize("name", [*map(package, GENERATED), *map(in_files, IN_FILES)])
def test_import(name: str, packages: Path, tmp_path: Path) -> None:
    made = run("-W", "error", "-B", "-c", USE, str(packages), name, cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    assert made.stdout + made.stderr == ""
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_mypy(packages: Path) -> None:
    cache = f"--cache-dir={ROOT / '.mypy_cache' / 'cases'}"
    made = run("-m", "mypy", "--strict", "--config-file=", "--no-error-summary", "--hide-error-context", cache, ".",
               cwd=packages)  # fmt: skip
    assert made.returncode == 0, made.stdout


@pytest.mark.slow
def test_basedpyright(packages: Path) -> None:
    # The runtime is checked where it stands; here it would be checked once for each case.
    settings = '{"typeCheckingMode": "standard", "pythonVersion": "3.11", "exclude": ["**/_runtime"]}'
    (packages / "pyrightconfig.json").write_text(settings, encoding="utf-8")
    made = run("-m", "basedpyright", "--level", "error", "--pythonpath", sys.executable, cwd=packages)
    assert made.returncode == 0, made.stdout


@pytest.mark.slow
def test_the_same_bytes_on_another_machine(tmp_path: Path) -> None:
    """Another hash seed, time zone, locale and current folder give the same files as this process."""
    script = (
        "import sys; from generator.__main__ import main\n"
        "for name in sys.argv[3:]:\n"
        "    assert main(['generate', '--spec', f'{sys.argv[1]}/{name}/openapi.yaml', '--package', f'{name}_client',\n"
        "                 '--output', sys.argv[2]]) == 0"
    )
    elsewhere = tmp_path / "a folder" / "elsewhere"
    elsewhere.mkdir(parents=True)
    environment = {
        "PYTHONPATH": str(ROOT),
        "PYTHONHASHSEED": "4711",
        "TZ": "America/Adak",
        "LC_ALL": "C",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONUTF8": "0",
    }
    target = tmp_path / "output"
    made = run("-c", script, str(CASES), str(target), *GENERATED, cwd=elsewhere, **environment)
    assert made.returncode == 0, made.stderr
    for name in GENERATED:
        difference = writer.diff(output(name).files, target / package(name))
        assert not difference, difference


def test_hostile_text_arrives_as_data(packages: Path, tmp_path: Path) -> None:
    """What the description says in strings is in the package as the same strings."""
    script = """
import sys, json
sys.path.insert(0, sys.argv[1])
from typing import get_args
from hostile_client import Client, __version__, models, resources
from hostile_client._operations import _shared, etc_passwd, pets_import_os
with open(sys.argv[1] + "/hostile_client/openapi.json", encoding="utf-8") as file:
    said = json.load(file)
pet = said["components"]["schemas"]["Pet"]
(path, item), *_ = said["paths"].items()
operations = [*vars(etc_passwd).values(), *vars(pets_import_os).values()]
(add,) = [one for one in operations if getattr(one, "method", "") == "POST"]
(read,) = [one for one in operations if getattr(one, "method", "") == "GET"]
assert __version__ == said["info"]["version"]
assert (add.path, add.id) == (path, item["post"]["operationId"])
assert [one.wire_name for one in add.parameters] == [one["name"] for one in item["post"]["parameters"]]
assert list(get_args(add.parameters[1].type)) == item["post"]["parameters"][1]["schema"]["enum"]
assert add.security[0][0].wire_name == said["components"]["securitySchemes"]["key.os-import"]["name"]
(sent,) = [one for name in models.__all__ if issubclass(one := getattr(models, name), models.RequestModel)]
fields = {info.serialization_alias or name: info for name, info in sent.model_fields.items()}
assert list(fields) == list(pet["properties"])
assert fields["{{ 8*8 }}"].default == pet["properties"]["{{ 8*8 }}"]["default"]
assert fields["'''q"].default == pet["properties"]["'''q"]["default"]
choice = fields["choice"].annotation
listed = next(get_args(one) for one in (choice, *get_args(choice)) if get_args(one))
assert [one for one in listed if one is not None] == pet["properties"]["choice"]["enum"], listed
first = pet["required"][0]
made = sent.model_validate({first: "x", "'''q": "y", '"; import os': "z", "stamp": '2026-11-21 "\\\\{{ 1 }}\\''})
assert made.to_wire()[first] == "x"
assert json.loads(made.model_dump_json(by_alias=True, exclude_unset=True))["stamp"] == '2026-11-21 "\\\\{{ 1 }}\\''
failure = _shared.FAILURE
assert add.failure is read.failure is failure
process_id, reasons = said["components"]["schemas"]["Failure"]["properties"]
reason = said["components"]["schemas"]["Failure"]["properties"][reasons]["items"]["properties"]
assert (failure.process_id, failure.reasons, failure.code, failure.message) == (process_id, reasons, *reason)
titles = [one["title"] for one in reason[failure.code]["x-error-categories"]["categories"].values()]
assert [one.title for one in failure.categories] == titles
assert "raise SystemExit(3)" in sent.__doc__
assert "{{ 7*7 }}" in sys.modules["hostile_client"].__doc__
assert Client.__init__.__kwdefaults__["base_url"] == said["servers"][0]["url"]
"""
    made = run("-W", "error", "-B", "-c", script, str(packages), cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    assert made.stdout + made.stderr == ""
    assert not Path("/tmp/pwned").exists()  # noqa: S108 - the name that the case's title would touch
