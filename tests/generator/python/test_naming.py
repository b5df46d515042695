"""Names of the wire as Python identifiers."""

from __future__ import annotations

import builtins
import keyword
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from generator.python import naming
from generator.runtime import model

if TYPE_CHECKING:
    from collections.abc import Callable

TEMPLATES = Path(naming.__file__).parents[1] / "package" / "templates"
MAKERS: list[Callable[[str], str]] = [
    naming.snake,
    naming.field,
    naming.argument,
    naming.pascal,
    naming.class_name,
    naming.constant,
]
wire_names = st.text(max_size=30) | st.from_regex(r"[A-Za-z0-9_ .$@-]{0,20}", fullmatch=True)


@pytest.mark.parametrize(
    ("wire", "snake", "pascal"),
    [
        ("name", "name", "Name"),
        ("petName", "pet_name", "PetName"),
        ("PetName", "pet_name", "PetName"),
        ("pet-name", "pet_name", "PetName"),
        ("pet.name/of it", "pet_name_of_it", "PetNameOfIt"),
        ("pet_name", "pet_name", "PetName"),
        ("__pet__name__", "pet_name", "PetName"),
        ("HTTPServer", "http_server", "HTTPServer"),
        ("getHTTPServer2Name", "get_http_server2_name", "GetHTTPServer2Name"),
        ("petID", "pet_id", "PetID"),
        ("ALL_CAPS", "all_caps", "ALLCAPS"),
        ("address1", "address1", "Address1"),
        ("1st", "field_1st", "Schema1st"),
        ("colour__c", "colour_c", "ColourC"),
        ("@type", "type", "Type"),
        ("class", "class_", "Class"),
        ("crème brûlée", "creme_brulee", "CremeBrulee"),
        ("名前", "empty", "Empty"),
        ("", "empty", "Empty"),
    ],
)
def test_table(wire: str, snake: str, pascal: str) -> None:
    assert naming.snake(wire) == snake
    assert naming.pascal(wire) == pascal


@pytest.mark.parametrize("make", MAKERS)
@given(wire=wire_names)
def test_a_name_is_an_identifier_in_ascii_and_no_keyword(make: Callable[[str], str], wire: str) -> None:
    name = make(wire)
    assert name.isidentifier()
    assert name.isascii()
    assert not keyword.iskeyword(name)
    assert not name.startswith("_")


@pytest.mark.parametrize("make", [make for make in MAKERS if make is not naming.constant])
@given(wire=wire_names)
def test_a_name_is_its_own_name(make: Callable[[str], str], wire: str) -> None:
    name = make(wire)
    assert make(name) == name


@pytest.mark.parametrize("word", [*keyword.kwlist, "none", "true", "false"])
def test_keywords_are_avoided(word: str) -> None:
    for make in (naming.field, naming.argument, naming.class_name, naming.constant):
        assert make(word).isidentifier()
        assert not keyword.iskeyword(make(word))


@given(wires=st.lists(wire_names, max_size=20))
def test_unique_names_differ_and_keep_what_was_free(wires: list[str]) -> None:
    taken: set[str] = set()
    for wire in wires:
        name = naming.unique(naming.snake(wire), taken)
        assert name not in taken
        assert name.isidentifier()
        if naming.snake(wire) not in taken:
            assert name == naming.snake(wire)
        taken.add(name)


def test_unique_counts_from_two_past_what_is_taken() -> None:
    assert naming.unique("pet", {"cat"}) == "pet"
    assert naming.unique("pet", {"pet"}) == "pet2"
    assert naming.unique("pet", {"pet", "pet2"}) == "pet3"


@pytest.mark.parametrize("name", sorted({*dir(model.RequestModel), *dir(model.ResponseModel)}))
def test_a_field_hides_nothing_of_the_models(name: str) -> None:
    if not name.startswith("_"):
        assert naming.field(name) != name


@pytest.mark.parametrize("name", ["bool", "bytes", "date", "datetime", "dict", "int", "list", "str", "frozenset"])
def test_a_field_hides_no_type_that_the_class_body_uses(name: str) -> None:
    assert naming.field(name) != name


@pytest.mark.parametrize("name", [name for name in dir(type(BaseModel)) if not name.startswith("_")])
def test_a_field_hides_nothing_of_the_class_of_models(name: str) -> None:
    assert naming.field(name) == f"{name}_"
    assert naming.field(f"__{name}__") == f"{name}_"


@pytest.mark.parametrize("name", ["self", "body"])
def test_an_argument_hides_no_argument_of_ours(name: str) -> None:
    assert naming.argument(name) == f"{name}_"


def imported(template: str) -> list[str]:
    text = (TEMPLATES / template).read_text(encoding="utf-8")
    lines = re.findall(r"^from \S+ import (.+)$", text, re.MULTILINE)
    return sorted({name.rpartition(" as ")[2].strip() for line in lines for name in line.split(",")})


@pytest.mark.parametrize("name", [name for name in imported("models.py.jinja") if name[0].isupper()])
def test_a_class_hides_nothing_that_models_import(name: str) -> None:
    assert naming.class_name(name) != name


@pytest.mark.parametrize("name", ["RequestModel", "ResponseModel", "DateTime"])
def test_a_class_hides_nothing_that_models_define(name: str) -> None:
    assert naming.class_name(name) != name


@pytest.mark.parametrize("name", ["SyncResource", "AsyncResource"])
def test_a_class_hides_nothing_that_resources_import(name: str) -> None:
    assert naming.class_name(name) != name


@pytest.mark.parametrize("name", [name for name in dir(builtins) if name[0].isupper()])
def test_a_class_hides_no_builtin(name: str) -> None:
    assert naming.class_name(name) != name
