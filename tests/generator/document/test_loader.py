"""Files become one tree: YAML 1.2 scalars, places, bundled references, one clear finding for what is unusable."""

from __future__ import annotations

import json
import os
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.diagnostics import UnusableInputError
from generator.document import loader
from generator.document.loader import load
from generator.document.parser import parse
from generator.document.tree import Array, Object

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.document.tree import Document, Json

HEAD = 'openapi: 3.1.1\ninfo: {title: Pets, version: "1"}\n'


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(files: Mapping[str, str]) -> None:
    for name, text in files.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text, encoding="utf-8")


def bundle(files: Mapping[str, str], entry: str = "openapi.yaml") -> Document:
    write(files)
    return load(Path(entry))


def complaint(path: Path) -> str:
    with pytest.raises(UnusableInputError) as caught:
        load(path)
    (found,) = caught.value.diagnostics
    return str(found)


def place(document: Document, pointer: str) -> str:
    node = document.find(pointer)
    assert node is not None
    return str(node.location)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(
            (word, word)
            for word in ("yes", "No", "on", "OFF", "y", "2026-01-31", "1_000", "12:30:45", "0b1", "1,5", "=")
        ),
        *((word, None) for word in ("null", "Null", "NULL", "~", "")),
        *((word, True) for word in ("true", "True", "TRUE")),
        *((word, False) for word in ("false", "False", "FALSE")),
        ("tRUE", "tRUE"),
        ("12", 12),
        ("-0", 0),
        ("+7", 7),
        ("010", 10),
        ("0o17", 15),
        ("0x1F", 31),
        ("123456789012345678901234567890", 123456789012345678901234567890),
        ("1.50", Decimal("1.50")),
        (".5", Decimal("0.5")),
        ("1.", Decimal(1)),
        ("-1e3", Decimal(-1000)),
        ("1234567890123456.789", Decimal("1234567890123456.789")),
        ('"12"', "12"),
        ("'true'", "true"),
        ("! 12", "12"),
        ("!!str 12", "12"),
        ('!!int "12"', 12),
        ("|-\n  12", "12"),
    ],
)
def test_scalars(text: str, value: Json) -> None:
    tree, found = parse(f"a: {text}\n", "a.yaml")
    assert isinstance(tree, Object)
    assert (tree["a"], type(tree["a"])) == (value, type(value))
    assert not found


def test_keys_are_texts_as_they_are_written() -> None:
    tree, found = parse("200: a\n4XX: b\ntrue: c\n~: d\n1.0: e\n? x\n: f\n", "a.yaml")
    assert isinstance(tree, Object)
    assert list(tree) == ["200", "4XX", "true", "~", "1.0", "x"]
    assert not found


def test_places_are_those_of_keys_and_elements() -> None:
    tree, _ = parse("a:\n  b: [1, {c: 2}]\n  d:\n    - x\n    - y: 1\n", "dir/a.yaml")
    assert isinstance(tree, Object)
    a = tree["a"]
    assert isinstance(a, Object)
    b, d = a["b"], a["d"]
    assert isinstance(b, Array)
    assert isinstance(d, Array)
    assert str(tree.places["a"]) == "dir/a.yaml:1:1"
    assert str(a.location) == "dir/a.yaml:2:3"
    assert [str(each) for each in b.places] == ["dir/a.yaml:2:7", "dir/a.yaml:2:10"]
    assert [str(each) for each in d.places] == ["dir/a.yaml:4:7", "dir/a.yaml:5:7"]


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
        lambda inner: (
            st.lists(inner, max_size=4) | st.dictionaries(st.text("abc/~ é😀", max_size=5), inner, max_size=4)
        ),
    ),
    st.sampled_from([None, 1]),
    st.booleans(),
)
def test_json_is_read_as_json(value: object, indent: int | None, ascii_only: bool) -> None:
    text = json.dumps({"x": value}, indent=indent, ensure_ascii=ascii_only)
    if not ascii_only and any(not character.isprintable() for character in text):
        return  # YAML forbids, or folds as line breaks, some control characters that JSON allows unescaped
    tree, found = parse(text, "a.json")
    assert tree == {"x": value}
    assert not found


def test_the_python_parser_serves_where_the_c_one_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    tree, found = parse('{"a": [1, 2.5, "x"], "b": {}}', "a.json")
    assert tree == {"a": [1, Decimal("2.5"), "x"], "b": {}}
    assert not found


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "a.yaml:1:1: error[not-an-object]: the file is empty"),
        (b"# nothing\n", "a.yaml:1:1: error[not-an-object]: the file is empty"),
        (b"[1]", "a.yaml:1:1: error[not-an-object]: the file holds no object"),
        (b"text", "a.yaml:1:1: error[not-an-object]: the file holds no object"),
        (b"a: 1\nb: \xff", "a.yaml:2:4: error[unreadable-file]: byte 0xFF is not UTF-8"),
        (b"a: 1\n--- \nb: 2", "a.yaml:2:1: error[yaml-syntax]: a second document begins here; a file must hold one"),
        (b"a: 1\nb: \x01", "a.yaml:2:4: error[yaml-syntax]: the character U+0001 may not stand in a YAML file"),
        (
            b"a: [1\nb: 2",
            "a.yaml:2:2: error[yaml-syntax]: did not find expected ',' or ']', while parsing a flow sequence",
        ),
        (b"a: b: c", "a.yaml:1:5: error[yaml-syntax]: mapping values are not allowed in this context"),
        (
            b"info: {}",
            (
                "a.yaml:1:1: error[unsupported-version]: there is no `openapi` member; "
                "supported are OpenAPI 3.0.x, 3.1.x and 3.2.x"
            ),
        ),
        (
            b"info: {}\nopenapi: 3.3.0",
            (
                "a.yaml:2:1: error[unsupported-version]: `openapi` is '3.3.0'; "
                "supported are OpenAPI 3.0.x, 3.1.x and 3.2.x"
            ),
        ),
        (
            b"openapi: 3.1",
            (
                "a.yaml:1:1: error[unsupported-version]: `openapi` is 3.1 (quote it: it must be a text); "
                "supported are OpenAPI 3.0.x, 3.1.x and 3.2.x"
            ),
        ),
        (
            b'swagger: "2.0"',
            (
                "a.yaml:1:1: error[unsupported-version]: this is Swagger '2.0'; "
                "supported are OpenAPI 3.0.x, 3.1.x and 3.2.x: convert it first, with swagger2openapi for one"
            ),
        ),
    ],
)
def test_unusable(content: bytes, expected: str, here: Path) -> None:
    (here / "a.yaml").write_bytes(content)
    assert complaint(Path("a.yaml")) == expected


def test_no_file(here: Path) -> None:
    (here / "dir").mkdir()
    assert complaint(Path("no.yaml")) == (
        "no.yaml:1:1: error[unreadable-file]: cannot read 'no.yaml': No such file or directory"
    )
    assert complaint(Path("dir")) == "dir:1:1: error[unreadable-file]: cannot read 'dir': Is a directory"
    assert "the name is no path" in complaint(Path("a\0b"))


@pytest.mark.usefixtures("here")
def test_aliases_share_and_keep_their_own_places() -> None:
    document = bundle({"openapi.yaml": HEAD + "x-a: &it {b: [1]}\nx-c: *it\nx-d: [*it]\n"})
    assert document.root["x-c"] == document.root["x-a"] == {"b": [1]}
    assert place(document, "/x-c") == "openapi.yaml:4:1"
    assert place(document, "/x-d/0") == "openapi.yaml:5:7"
    assert place(document, "/x-c/b") == "openapi.yaml:3:11"


@pytest.mark.usefixtures("here")
def test_aliases_cannot_nest_without_end() -> None:
    levels = "".join(f"x-{n}: &a{n} [{'[' * 40}*a{n - 1}{']' * 40}]\n" for n in range(1, 9))
    write({"openapi.yaml": f"{HEAD}x-0: &a0 1\n{levels}"})
    assert "error[too-deep]" in complaint(Path("openapi.yaml"))


PATHS = """\
paths:
  /pets:
    get:
      operationId: listPets
      parameters:
        - $ref: parts/page.yaml
      responses:
        200:
          description: Pets.
          content:
            application/json:
              schema: {$ref: "schemas/pet.yaml#/Pet"}
              examples:
                one: {$ref: "examples/one.yaml"}
                two: {externalValue: "examples/two.json"}
                data: {value: {$ref: "not/a/reference.yaml"}}
  /dogs: {$ref: paths/dogs.yaml}
"""
FILES = {
    "openapi.yaml": HEAD
    + PATHS
    + "components:\n  schemas:\n    Dog: {$ref: schemas/dog.yaml}\n    pet: {type: string}\n",
    "parts/page.yaml": "name: page\nin: query\nschema: {$ref: '../schemas/pet.yaml#/Page'}\n",
    "schemas/pet.yaml": "Pet:\n  type: object\n  properties:\n    dog: {$ref: dog.yaml}\n    best: {$ref: '#/Pet'}\n"
    "    pet: {$ref: '../openapi.yaml#/components/schemas/pet'}\n    default: {default: {$ref: x.yaml}}\n"
    "Page: {type: integer}\n",
    "schemas/dog.yaml": "type: object\nproperties:\n  owner: {$ref: 'owner.json'}\n",
    "schemas/owner.json": '{"type": "object", "properties": {"dogs": {"items": {"$ref": "dog.yaml"}}}}',
    "examples/one.yaml": "summary: One.\nvalue: {best: {}}\n",
    "examples/two.json": '{"dog": {}}',
    "paths/dogs.yaml": "get:\n  operationId: listDogs\n  responses:\n    200: {$ref: '#/x-ok'}\n"
    "x-ok:\n  description: Dogs.\n  content:\n    a/b: {schema: {$ref: '../schemas/dog.yaml'}}\n",
}


@pytest.mark.usefixtures("here")
def test_files_are_bundled_into_one_tree() -> None:
    document = bundle(FILES)
    assert not document.diagnostics
    assert set(document.files) == set(FILES)
    assert document.files[0] == "openapi.yaml"
    get = document.node.at("paths", "/pets", "get")
    assert get is not None
    assert get["parameters"].value == [
        {"name": "page", "in": "query", "schema": {"$ref": "#/components/schemas/Page"}},
    ]
    assert get["responses"]["200"]["content"]["application/json"].value == {
        "schema": {"$ref": "#/components/schemas/Pet"},
        "examples": {
            "one": {"summary": "One.", "value": {"best": {}}},
            "two": {"value": {"dog": {}}},
            "data": {"value": {"$ref": "not/a/reference.yaml"}},
        },
    }
    dogs = document.node.at("paths", "/dogs", "get", "responses", "200")
    assert dogs is not None
    assert dogs.value == {"description": "Dogs.", "content": {"a/b": {"schema": {"$ref": "#/components/schemas/Dog"}}}}
    schemas = document.node.at("components", "schemas")
    assert schemas is not None
    assert schemas.value == {
        "Dog": {"type": "object", "properties": {"owner": {"$ref": "#/components/schemas/owner"}}},
        "pet": {"type": "string"},
        "Page": {"type": "integer"},
        "Pet": {
            "type": "object",
            "properties": {
                "dog": {"$ref": "#/components/schemas/Dog"},
                "best": {"$ref": "#/components/schemas/Pet"},
                "pet": {"$ref": "#/components/schemas/pet"},
                "default": {"default": {"$ref": "x.yaml"}},
            },
        },
        "owner": {"type": "object", "properties": {"dogs": {"items": {"$ref": "#/components/schemas/Dog"}}}},
    }


@pytest.mark.usefixtures("here")
def test_places_point_into_the_file_where_the_text_stands() -> None:
    document = bundle({f"spec/{name}": text for name, text in FILES.items()}, "spec/openapi.yaml")
    assert place(document, "/components/schemas/Pet") == "spec/schemas/pet.yaml:1:1"
    assert place(document, "/components/schemas/Pet/properties/best/$ref") == "spec/schemas/pet.yaml:5:12"
    assert place(document, "/components/schemas/Dog/properties") == "spec/schemas/dog.yaml:2:1"
    assert place(document, "/paths/~1dogs/get/responses/200/content") == "spec/paths/dogs.yaml:7:3"
    assert place(document, "/paths/~1dogs") == "spec/openapi.yaml:19:3"
    assert set(document.files) == {f"spec/{name}" for name in FILES}


def test_an_absolute_path_stays_absolute(here: Path) -> None:
    write(FILES)
    document = load(here / "openapi.yaml")
    assert set(document.files) == {f"{here.as_posix()}/{name}" for name in FILES}


@pytest.mark.usefixtures("here")
def test_homes_are_named_apart() -> None:
    files = {
        "openapi.yaml": HEAD
        + "components:\n  schemas:\n    A:\n      anyOf: [{$ref: 'x/A.yaml'}, {$ref: 'y/A.yaml#'}]\n",
        "x/A.yaml": "type: string\n",
        "y/A.yaml": "type: object\nadditionalProperties: {$ref: '#'}\n",
    }
    schemas = bundle(files).node.at("components", "schemas")
    assert schemas is not None
    assert schemas.value == {
        "A": {"anyOf": [{"$ref": "#/components/schemas/A2"}, {"$ref": "#/components/schemas/A3"}]},
        "A2": {"type": "string"},
        "A3": {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/A3"}},
    }


@pytest.mark.usefixtures("here")
def test_a_mapping_may_name_files() -> None:
    files = {
        "openapi.yaml": HEAD + "components:\n  schemas:\n    Pet:\n      type: object\n      discriminator:\n"
        "        propertyName: kind\n        mapping: {dog: dog.yaml, pet: Pet}\n",
        "dog.yaml": "type: object\n",
    }
    mapping = bundle(files).node.at("components", "schemas", "Pet", "discriminator", "mapping")
    assert mapping is not None
    assert mapping.value == {"dog": "#/components/schemas/dog", "pet": "Pet"}


def test_a_link_out_of_the_directory_is_not_followed(here: Path) -> None:
    write({"spec/openapi.yaml": HEAD + "paths: {/a: {$ref: link.yaml}}\n", "secret.yaml": "get: {}\n"})
    Path("spec/link.yaml").symlink_to(here / "secret.yaml")
    (found,) = load(Path("spec/openapi.yaml")).diagnostics
    assert str(found) == "spec/openapi.yaml:3:14: error[outside-ref]: 'link.yaml' leads out of the directory 'spec'"


@pytest.mark.usefixtures("here")
def test_a_malformed_file_that_is_referred_to_is_unusable() -> None:
    write({"openapi.yaml": HEAD + "paths: {/a: {$ref: a.yaml}}\n", "a.yaml": "x: [\n"})
    assert complaint(Path("openapi.yaml")).startswith("a.yaml:2:1: error[yaml-syntax]: ")


@pytest.mark.usefixtures("here")
def test_files_that_unfold_without_end_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    chain = {
        f"{n}.yaml": f"get: {{callbacks: {{a: {{b: {{$ref: {n + 1}.yaml}}, c: {{$ref: {n + 1}.yaml}}}}}}}}\n"
        for n in range(20)
    }
    write({"openapi.yaml": HEAD + "paths: {/a: {$ref: 0.yaml}}\n", **chain, "20.yaml": "get: {}\n"})
    monkeypatch.setattr(loader, "MAX_VALUES", 1_000_000)
    assert "error[too-large]" in complaint(Path("openapi.yaml"))


@pytest.mark.usefixtures("here")
def test_files_that_nest_too_deep_are_refused() -> None:
    chain = {f"{n}.yaml": f"get: {{callbacks: {{a: {{b: {{$ref: {n + 1}.yaml}}}}}}}}\n" for n in range(300)}
    write({"openapi.yaml": HEAD + "paths: {/a: {$ref: 0.yaml}}\n", **chain, "300.yaml": "get: {}\n"})
    assert "error[too-deep]" in complaint(Path("openapi.yaml"))


# -- a copy elsewhere -------------------------------------------------------------------------------------------------

ODD = {
    "openapi.yaml": HEAD + "paths:\n  /a: {$ref: none.yaml}\n  /b: {$ref: ../out.yaml}\n  /c: {$ref: ./paths/c.yaml}\n"
    "components:\n  schemas:\n    A: {$ref: 'openapi.yaml#/components/schemas/B'}\n    B: {type: string}\n",
    "paths/c.yaml": "get: {operationId: readC, responses: {204: {description: 'C.'}}, x-odd: {a: 1, a: 2}}\n",
}


def everything(document: Document) -> object:
    places = [(node.pointer, str(node.value), node.location) for node in document.node.walk()]
    return places, document.files, document.diagnostics, document.digest


@pytest.mark.parametrize("files", [FILES, ODD])
@pytest.mark.parametrize(
    "entry", ["openapi.yaml", "spec/openapi.yaml", "./a/../spec/openapi.yaml", "/spec/openapi.yaml"]
)
def test_a_copy_reads_as_the_original(entry: str, files: Mapping[str, str], here: Path) -> None:
    name = str(here) + entry if entry.startswith("/") else entry
    folder = Path(name).parent
    write({"a/keep": "", "out.yaml": "get: {}\n", **{f"{folder}/{file}": text for file, text in files.items()}})
    original = load(Path(name))
    for copy in (here / "elsewhere", Path("near")):
        inner = os.path.normpath(Path(name).relative_to(Path(name).anchor).parent)
        write({f"{copy}/{inner}/{file}": text for file, text in files.items()})
        assert everything(load(Path(name), copy)) == everything(original)


@pytest.mark.usefixtures("here")
def test_the_copy_is_read_and_not_the_original() -> None:
    write({"spec/openapi.yaml": HEAD + "paths: {/old: {}}\n", "copy/spec/openapi.yaml": HEAD + "paths: {/new: {}}\n"})
    assert place(load(Path("spec/openapi.yaml"), Path("copy")), "/paths/~1new") == "spec/openapi.yaml:3:9"


@pytest.mark.usefixtures("here")
def test_what_the_copy_lacks_is_not_taken_from_the_original() -> None:
    write({"spec/openapi.yaml": HEAD + "paths: {/a: {$ref: a.yaml}}\n", "spec/a.yaml": "get: {}\n"})
    write({"copy/spec/openapi.yaml": HEAD + "paths: {/a: {$ref: a.yaml}}\n"})
    (found,) = load(Path("spec/openapi.yaml"), Path("copy")).diagnostics
    assert str(found) == "spec/openapi.yaml:3:14: error[unresolvable-file-ref]: there is no file 'spec/a.yaml'"


def test_a_copy_lies_as_deep_as_a_path_goes_up(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write({"x/copy/up/up/keep": "", "x/copy/openapi.yaml": HEAD + "paths: {/a: {$ref: ../secret.yaml}}\n"})
    write({"x/secret.yaml": "get: {}\n"})
    (here / "a" / "b").mkdir(parents=True)
    monkeypatch.chdir(here / "a" / "b")
    document = load(Path("../../openapi.yaml"), here / "x/copy/up/up")
    assert document.files == ("../../openapi.yaml",)
    assert [one.rule for one in document.diagnostics] == ["outside-ref"]


@pytest.mark.usefixtures("here")
def test_a_copy_that_is_unusable_is_named_as_the_original() -> None:
    with pytest.raises(UnusableInputError, match=r"\Aspec/none\.yaml:1:1: .* cannot read 'spec/none\.yaml'"):
        load(Path("spec/none.yaml"), Path("copy"))
