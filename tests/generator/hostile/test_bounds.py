"""Whatever leads back to itself, nests, chains or multiplies comes to an end soon, with a package or findings.

Work is counted in calls, or limited in processor time and memory in a process of its own; nothing is timed.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from generator import pipeline
from generator.diagnostics import Consequence, UnusableInputError
from tests.cost import at_most
from tests.generator.sources import NO_CONTENT, described, written

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[3]
STRING = {"type": "string"}
CALLS = 30_000_000
"""Of a small description it takes a tenth of that at most."""
MEMORY = 3 << 29
"""Bytes of addresses, of which Python and what it loads take a sixth."""

Description = dict[str, Any]


def to(name: str) -> Description:
    return {"$ref": f"#/components/schemas/{name}"}


def fields(**members: Any) -> Description:
    return {"type": "object", "properties": members}


def both(root: Any, **schemas: Any) -> Description:
    """A description of one operation that takes and gives the schema `Root`."""
    content = {"application/json": {"schema": to("Root")}}
    answers = {"200": {"description": "It.", "content": content}}
    body = {"required": True, "content": content}
    operation = {"operationId": "send", "requestBody": body, "responses": answers}
    return described({"/": {"post": operation}}, schemas={"Root": root, **schemas})


def chained(step: Callable[[int, Description], Any], length: int, end: Any) -> Description:
    links = {f"A{place}": step(place, to(f"A{place + 1}")) for place in range(length)}
    return both(to("A0"), **links, **{f"A{length}": end})


def nested(step: Callable[[Any], Any], levels: int) -> Description:
    made: Any = STRING
    for _ in range(levels):
        made = step(made)
    return both(made)


def circles_of_components() -> Description:
    kinds = ("parameters", "responses", "requestBodies", "headers", "examples", "pathItems", "callbacks", "links")
    loops = {kind: {"A": {"$ref": f"#/components/{kind}/B"}, "B": {"$ref": f"#/components/{kind}/A"}} for kind in kinds}
    operation = {
        "parameters": [{"$ref": "#/components/parameters/A"}],
        "requestBody": {"$ref": "#/components/requestBodies/A"},
        "callbacks": {"told": {"$ref": "#/components/callbacks/A"}},
        "responses": {"200": {"$ref": "#/components/responses/A"}},
    }
    paths = {
        "/a": {"get": operation},
        "/b": {"$ref": "#/components/pathItems/A"},
        "/c": {"$ref": "#/paths/~1d"},
        "/d": {"$ref": "#/paths/~1c"},
    }
    return described(paths, **loops)


def circle_of_callbacks() -> Description:
    calls = {"told": {"{$url}": {"$ref": "#/components/pathItems/P"}}}
    item = {"post": {"operationId": "send", "responses": NO_CONTENT, "callbacks": calls}}
    return described({"/": {"$ref": "#/components/pathItems/P"}}, pathItems={"P": item})


def circle_of_headers() -> Description:
    header = {"$ref": "#/components/headers/X"}
    media = {"multipart/form-data": {"schema": fields(a=STRING), "encoding": {"a": {"headers": {"X": header}}}}}
    answers = {"200": {"description": "It.", "headers": {"X": header}}}
    return described({"/": {"get": {"responses": answers}}}, headers={"X": {"content": media}})


def family(number: int, parent: Callable[[int], str]) -> Description:
    base = {**fields(kind=STRING), "required": ["kind"], "discriminator": {"propertyName": "kind"}}
    children = {f"K{n}": {"allOf": [to(parent(n)), fields(**{f"p{n}": STRING})]} for n in range(number)}
    return both(to("Base"), Base=base, **children)


def tagged_choices() -> Description:
    """Each of two on a level is a choice between the two of the next one."""
    levels = {
        f"{side}{n}": {
            "oneOf": [to(f"X{n + 1}"), to(f"Y{n + 1}")],
            "discriminator": {"propertyName": f"kind{n}"},
        }
        for side in "XY"
        for n in range(18)
    }
    ends = dict.fromkeys(("X18", "Y18"), fields(**{f"kind{n}": STRING for n in range(18)}))
    return both(to("X0"), **levels, **ends)


def parents_of_each_other() -> Description:
    tagged = {**fields(kind=STRING), "required": ["kind"]}
    told = {"propertyName": "kind", "mapping": {"a": "#/components/schemas/B", "b": "#/components/schemas/A"}}
    return both(
        to("A"),
        A={**tagged, "discriminator": told, "allOf": [to("B")]},
        B={**tagged, "discriminator": {"propertyName": "kind"}, "allOf": [to("A")]},
    )


CATASTROPHIC = (
    *("(a+)+$", "^(a|a)*$", "^(a|aa)+$", "^(.*a){30}$", "(?:x+x+)+y", r"^(\w+\s?)*$", "a{1000}{1000}"),
    *("(a{0,999}){0,999}", r"(?=(a+))a*b\1", r"[\d\w]{0,30000}[\d\w]{0,30000}", "(" * 200 + ")" * 200),
)


def patterns() -> Description:
    value = "a" * 40 + "!"
    one = {f"p{n}": {"type": "string", "pattern": text, "default": value} for n, text in enumerate(CATASTROPHIC)}
    listed = {f"e{n}": {"type": "string", "pattern": text, "enum": [value]} for n, text in enumerate(CATASTROPHIC)}
    all_of = {"all": {"allOf": [{"type": "string", "pattern": text} for text in CATASTROPHIC]}}
    names = {"type": "object", "patternProperties": dict.fromkeys(CATASTROPHIC, STRING), "required": [value]}
    return both(fields(**one, **listed, **all_of, names=names, **{value: STRING}))


SMALL: dict[str, Callable[[], Description]] = {
    "references": lambda: both(to("A"), A=to("B"), B=to("A")),
    "reference to itself": lambda: both(to("Root")),
    "allOf": lambda: both({"allOf": [to("Root"), fields(a=STRING)]}),
    "anyOf": lambda: both({"anyOf": [to("Root"), STRING]}),
    "oneOf": lambda: both({"oneOf": [to("A"), to("Root")]}, A={"oneOf": [to("Root"), STRING]}),
    "not": lambda: both({"not": to("Root")}),
    "if": lambda: both({**fields(a=STRING), "if": to("Root"), "then": to("Root"), "else": {"required": ["a"]}}),
    "items": lambda: both({"type": "array", "items": to("Root")}),
    "additionalProperties": lambda: both({"type": "object", "additionalProperties": to("Root")}),
    "choices of each other": lambda: both(
        {"anyOf": [{"allOf": [to("Root"), fields(a=to("Root"))]}, {"type": "array", "items": to("Root")}]}
    ),
    "components": circles_of_components,
    "callbacks": circle_of_callbacks,
    "headers": circle_of_headers,
    "parents": parents_of_each_other,
    "merged fields": lambda: both(
        {"allOf": [to("A"), to("B")]}, A=fields(a=to("A"), b=to("B")), B=fields(a=to("B"), b=to("A"))
    ),
    "parts twice": lambda: chained(lambda _, more: {"allOf": [more, more]}, 40, fields(z=STRING)),
    "options twice": lambda: chained(lambda _, more: {"anyOf": [more, more, STRING]}, 40, {"type": "integer"}),
    "parts that are fields": lambda: chained(lambda _, more: {"allOf": [more, fields(z=more)]}, 20, fields(z=STRING)),
    "product of choices": lambda: both(
        {"allOf": [{"oneOf": [fields(**{f"p{a}_{b}": STRING}) for b in range(10)]} for a in range(10)]}
    ),
    "lists of lists": lambda: nested(lambda inner: {"type": "array", "items": inner}, 180),
    "maps of maps": lambda: nested(lambda inner: {"type": "object", "additionalProperties": inner}, 180),
    "fields of fields": lambda: nested(lambda inner: fields(a=inner), 40),
    "nested allOf": lambda: nested(lambda inner: {"allOf": [inner]}, 80),
    "nested anyOf": lambda: nested(lambda inner: {"anyOf": [inner, STRING]}, 80),
    "family in a row": lambda: family(20, lambda n: f"K{n - 1}" if n else "Base"),
    "tagged choices of each other": tagged_choices,
    "patterns": patterns,
    "names of one spelling": lambda: both(fields(**{"a" + "_" * n: STRING for n in range(100)})),
}


@pytest.mark.parametrize("name", SMALL)
def test_what_leads_back_to_itself_or_multiplies_ends(name: str, tmp_path: Path) -> None:
    file = written(SMALL[name](), tmp_path)
    with at_most(CALLS):
        made = pipeline.generate(file, "bounded")
    assert made.files or any(one.consequence is Consequence.FATAL for one in made.diagnostics)
    for path, text in made.files.items():
        if path.endswith(".py") and not path.startswith("_runtime/"):
            compile(text, path, "exec", dont_inherit=True)


CHAINS: dict[str, Callable[[int, Description], Any]] = {
    "references": lambda _, more: more,
    "options": lambda _, more: {"anyOf": [STRING, more]},
    "parts": lambda place, more: {"allOf": [more, fields(**{f"p{place}": STRING})]},
    "refusals": lambda _, more: {"not": more},
}


@pytest.mark.slow
@pytest.mark.parametrize("name", CHAINS)
def test_a_chain_of_definitions_has_an_end(name: str, tmp_path: Path) -> None:
    file = written(chained(CHAINS[name], 3_000, fields(z=STRING)), tmp_path)
    with at_most(CALLS):
        made = pipeline.generate(file, "bounded")
    (found,) = made.diagnostics
    assert (found.rule, found.consequence, made.files) == ("too-deep", Consequence.FATAL, {})
    assert "consists of more than 200 definitions" in found.message


@pytest.mark.parametrize("name", CHAINS)
def test_a_chain_that_is_as_long_as_it_may_be_is_read(name: str, tmp_path: Path) -> None:
    made = pipeline.generate(written(chained(CHAINS[name], 95, fields(z=STRING)), tmp_path), "bounded")
    assert made.files, made.diagnostics


@pytest.mark.parametrize("levels", [201, 10_000])
@pytest.mark.parametrize(("start", "end"), ["[]", ('{"a":', "}"), ("- ", "")])
def test_levels_without_end_are_refused(start: str, end: str, levels: int, tmp_path: Path) -> None:
    file = tmp_path / ("api.yaml" if start == "- " else "api.json")
    text = f'{{"openapi": "3.1.1", "x-deep": {start * levels}1{end * levels}}}'
    file.write_text(text if end else f"openapi: 3.1.1\nx-deep:\n  {start * levels}1\n", encoding="utf-8")
    with at_most(CALLS), pytest.raises(UnusableInputError, match="too-deep"):
        pipeline.generate(file, "bounded")


@pytest.mark.parametrize("inner", ["[{0}, {0}, {0}, {0}, {0}, {0}]", "{{properties: {{a: {0}, b: {0}}}}}"])
def test_aliases_that_multiply_are_refused(inner: str, tmp_path: Path) -> None:
    layers = "".join(f"  A{n}: &a{n} {inner.format(f'*a{n - 1}')}\n" for n in range(1, 30))
    file = tmp_path / "api.yaml"
    file.write_text(f"openapi: 3.1.1\nx-schemas:\n  A0: &a0 {{type: string}}\n{layers}", encoding="utf-8")
    with at_most(CALLS), pytest.raises(UnusableInputError, match="alias-bomb"):
        pipeline.generate(file, "bounded")


@pytest.mark.parametrize("number", ["9" * 900, "-1.5e999", "1e-999", "1e999999999", "1e99999", "1" * 100_000, "-0"])
def test_numbers_beyond_all_measure(number: str, tmp_path: Path) -> None:
    words = ("minimum", "maximum", "multipleOf", "default", "minLength", "maxItems", "minProperties")
    made = {kind: {"type": kind, **dict.fromkeys(words, "@")} for kind in ("integer", "number", "string", "array")}
    listed = {"enum": {"enum": ["@", "a"]}, "const": {"const": "@"}}
    file = tmp_path / "api.json"
    file.write_text(json.dumps(both(fields(**made, **listed))).replace('"@"', number), encoding="utf-8")
    with at_most(CALLS):
        output = pipeline.generate(file, "bounded")
    assert output.files, output.diagnostics
    compile(output.files["models.py"], "models.py", "exec", dont_inherit=True)


LARGE: dict[str, Callable[[], Description]] = {
    "5,000 operations": lambda: described(
        {
            f"/p{n}": {"get": {"operationId": f"op{n}", "tags": [f"t{n % 50}"], "responses": NO_CONTENT}}
            for n in range(5_000)
        }
    ),
    "20,000 properties": lambda: both(fields(**{f"p{n}": STRING for n in range(20_000)})),
    "an enum of 100,000": lambda: both(fields(a={"type": "string", "enum": [f"v{n}" for n in range(100_000)]})),
    "800,000 values": lambda: {**both(STRING), "x-all": [{"a": n, "b": [n]} for n in range(200_000)]},
    "200 options": lambda: both(
        {"oneOf": [to(f"O{n}") for n in range(200)]},
        **{f"O{n}": {**fields(k=STRING, **{f"p{n}": STRING}), "required": [f"p{n}"]} for n in range(200)},
    ),
    "200 children": lambda: family(200, lambda _: "Base"),
    "choices that double": lambda: chained(
        lambda n, more: {"oneOf": [{"allOf": [more, fields(**{f"{side}{n}": STRING})]} for side in "xy"]},
        25,
        fields(z=STRING),
    ),
    "fields that multiply": lambda: both(
        {"allOf": [to(f"A{n}") for n in range(6)]},
        **{f"A{n}": fields(**{f"a{m}": to(f"A{(n + m) % 6}") for m in range(6)}) for n in range(6)},
    ),
    "1,000 models in a row": lambda: chained(lambda _, more: fields(a=more), 1_000, STRING),
    "a text of a megabyte": lambda: both(
        {
            **fields(b={"type": "string", "default": "d" * 1_000_000}),
            "description": "x " * 500_000,
            "title": "T" * 9_999,
        }
    ),
}
_IMPORT = """
import sys; sys.path.insert(0, sys.argv[1])
import importlib, pkgutil, large
for part in pkgutil.walk_packages(large.__path__, "large."):
    importlib.import_module(part.name)
"""


def limited(*command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (120, 120))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    return subprocess.run(
        [sys.executable, "-B", *command],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        preexec_fn=limit,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", [*SMALL, *LARGE])
def test_what_is_large_or_multiplies_is_made_within_limits(name: str, tmp_path: Path) -> None:
    file = written({**SMALL, **LARGE}[name](), tmp_path)
    made = limited(
        "-m", "generator", "generate", "--spec", str(file), "--package", "large", "--output", ".", folder=tmp_path
    )
    assert made.returncode == 0, made.stderr
    assert "internal error" not in made.stderr
    imported = limited("-c", _IMPORT, str(tmp_path), folder=tmp_path)
    assert imported.returncode == 0, imported.stderr
