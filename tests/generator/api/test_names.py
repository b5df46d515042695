"""Names survive the way to a package: whatever things are called on the wire, it imports, and reads what it writes."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest

from tests.generator.sources import NO_CONTENT, described, findings, imported, operation, sending

if TYPE_CHECKING:
    from pathlib import Path

STRING = {"type": "string"}
AWKWARD = [
    *("@type", "type", "+1", "-1", "StartTime", "StartTime<", "e", "E", "fooBar", "foo_bar", "FooBar", "", " ", "a b"),
    *("register", "mro", "__mro__", "copy", "json", "model_fields", "model_config", "schema", "__init__", "__class__"),
    *(
        "self",
        "class",
        "None",
        "date",
        "str",
        "list",
        "dict",
        "Größe",
        "größe",
        "名前",
        "имя",
        "नाम",
        "\U0001f431",
        "ﬁle",
    ),
    *(
        "constraints",
        "nullable",
        "wire_fields",
        "to_wire",
        "_abc_impl",
        "__pydantic_fields__",
        "batch",
        "İ",
        "ß",
        "ss",
        "ﬁ",
    ),
]


def test_fields_of_any_name_go_out_and_come_back(tmp_path: Path) -> None:
    root = {"type": "object", "properties": dict.fromkeys(AWKWARD, STRING)}
    package = imported(sending(root), tmp_path, "awkward_fields")
    values = {wire: str(place) for place, wire in enumerate(AWKWARD)}
    made = package.models.Root.model_validate(values)
    assert made.to_wire() == values
    again = package.models.Root(**{name: getattr(made, name) for name in package.models.Root.model_fields})
    assert again.to_wire() == values


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_random_names_go_out_and_come_back(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)  # noqa: S311 - names, no secrets
    marks = "aAbBeE12__-+@.<>$ é名яß\u0301"
    wires = sorted({"".join(chance.choices(marks, k=chance.randint(0, 4))) for _ in range(150)})
    root = {"type": "object", "properties": dict.fromkeys(wires, STRING)}
    package = imported(sending(root), tmp_path, f"random_names_{seed}")
    values = {wire: str(place) for place, wire in enumerate(wires)}
    assert package.models.Root.model_validate(values).to_wire() == values


def test_parameters_operations_and_tags_of_any_name(tmp_path: Path) -> None:
    places = [("version", "query"), ("Version", "header"), ("StartTime", "query"), ("StartTime<", "query")]
    parameters = [{"name": name, "in": where, "schema": STRING} for name, where in places]
    tags = ["Größe", "größe", "close"]
    paths = {
        f"/{place}": {
            method: {
                "operationId": f"{identity}{place}",
                "tags": [tag],
                "parameters": parameters,
                "responses": NO_CONTENT,
            }
            for method, identity in (("get", "listAll"), ("put", "list_all"), ("post", "名"))
        }
        for place, tag in enumerate(tags)
    }
    description = described(paths)
    names = [one.name for one in operation(description, tmp_path).parameters]
    assert names == ["version_query", "version_header", "start_time", "start_time_lt"]
    package = imported(description, tmp_path, "awkward_calls")
    client = package.Client(base_url="http://localhost")
    assert callable(client.größe.list_all1)
    assert callable(client.größe_capital.list_all0_camel)
    assert callable(client.close2.名2)
    written = [file.relative_to(tmp_path).as_posix() for file in tmp_path.rglob("*.py")]
    assert all(map(str.isascii, written)), "a file of that name can be written in every locale"


def chosen() -> dict[str, Any]:
    pet = {"type": "object", "x-python-name": "Animal", "properties": {"-1": {**STRING, "x-python-name": "disliked"}}}
    root = {
        "type": "object",
        "properties": {
            "pet": {"$ref": "#/components/schemas/Pet", "x-python-name": "animal"},
            "other": {"allOf": [{"$ref": "#/components/schemas/Pet"}], "description": "Another."},
        },
    }
    description = sending(root, Pet=pet)
    call = description["paths"]["/"]["post"]
    call |= {"x-python-name": "deliver", "tags": ["pets"], "security": [{"key": []}]}
    call["parameters"] = [{"name": "from", "in": "query", "schema": STRING, "x-python-name": "since"}]
    description["tags"] = [{"name": "pets", "x-python-name": "animals"}]
    description["components"]["securitySchemes"] = {
        "key": {"type": "apiKey", "in": "query", "name": "k", "x-python-name": "secret"}
    }
    return description


def test_the_author_chooses_names(tmp_path: Path) -> None:
    assert findings(chosen(), tmp_path) == []
    package = imported(chosen(), tmp_path, "chosen_names")
    client = package.Client(base_url="http://localhost", secret="x")
    assert "since" in client.animals.deliver.__annotations__
    made = package.models.Root(animal=package.models.Animal(disliked="x"), other={"-1": "y"})
    assert made.to_wire() == {"pet": {"-1": "x"}, "other": {"-1": "y"}}
