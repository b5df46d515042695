"""Names of the wire as Python identifiers."""

from __future__ import annotations

import builtins
import keyword
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import BaseModel

from generator.python import naming
from generator.runtime import model

if TYPE_CHECKING:
    from collections.abc import Callable

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
        ("Größe", "größe", "Größe"),
        ("名前", "名前", "名前"),
        ("ИмяКлиента", "имя_клиента", "ИмяКлиента"),
        ("\ufb01le", "file", "File"),
        ("na\ufe0fme", "name", "Name"),
        ("+1", "plus_1", "Plus1"),
        ("-1", "minus_1", "Minus1"),
        ("@", "at", "At"),
        ("🐱", "cat_face", "CATFACE"),
        ("", "empty", "Empty"),
    ],
)
def test_table(wire: str, snake: str, pascal: str) -> None:
    assert naming.snake(wire) == snake
    assert naming.pascal(wire) == pascal


@pytest.mark.parametrize("make", MAKERS)
@given(wire=wire_names)
def test_a_name_is_an_identifier_as_python_has_it_and_no_keyword(make: Callable[[str], str], wire: str) -> None:
    name = make(wire)
    assert name.isidentifier()
    assert name.isprintable()
    assert name == unicodedata.normalize("NFKC", name)
    assert not keyword.iskeyword(name)
    assert not name.startswith("_")


@pytest.mark.parametrize("make", [make for make in MAKERS if make is not naming.constant])
@given(wire=wire_names)
@example(wire="ßÀ")
@example(wire="ıÀ")
@example(wire="İж")
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


@pytest.mark.parametrize("name", ["bool", "bytes", "date", "datetime", "dict", "int", "list", "str", "frozenset"])
def test_a_field_hides_no_type_that_the_class_body_uses(name: str) -> None:
    assert naming.field(name) != name


@pytest.mark.parametrize("name", sorted({*dir(BaseModel), *dir(type(BaseModel))}))
def test_a_field_hides_nothing_of_models_and_their_class(name: str) -> None:
    if not name.startswith("_"):
        assert naming.field(name) == f"{name}_"
        assert naming.field(f"__{name}__") == f"{name}_"
        assert not naming.is_free(name, "property")


@pytest.mark.parametrize("name", ["self", "body"])
def test_an_argument_hides_no_argument_of_ours(name: str) -> None:
    assert naming.argument(name) == f"{name}_"


@pytest.mark.parametrize("name", ["RequestModel", "ResponseModel", "DateTime"])
def test_a_class_hides_nothing_that_models_define(name: str) -> None:
    assert naming.class_name(name) != name


@pytest.mark.parametrize("name", ["SyncResource", "AsyncResource"])
def test_a_class_hides_nothing_that_resources_import(name: str) -> None:
    assert naming.class_name(name) != name


@pytest.mark.parametrize("name", [name for name in dir(builtins) if name[0].isupper()])
def test_a_class_hides_no_builtin(name: str) -> None:
    assert naming.class_name(name) != name


# -- names among others ------------------------------------------------------------------------------------------------

FORMS: list[Callable[[str], str]] = [naming.field, naming.argument, naming.class_name, naming.constant]
ALIKE = st.text(alphabet="aAbB1_-+@.< é名ß", max_size=4)


def names(*wires: str, form: Callable[[str], str] = naming.field) -> list[str]:
    return list(naming.distinct({wire: wire for wire in wires}, form).values())


@pytest.mark.parametrize(
    ("wires", "expected"),
    [
        (["@type", "type"], ["at_type", "type"]),
        (["@type"], ["type"]),
        (["+1", "-1"], ["plus_1", "minus_1"]),
        (["StartTime", "StartTime<", "StartTime>"], ["start_time", "start_time_lt", "start_time_gt"]),
        (["e", "E"], ["e", "e_upper"]),
        (["fooBar", "foo_bar", "FooBar"], ["foo_bar_camel", "foo_bar", "foo_bar_capital"]),
        (["a-b", "a.b", "ab"], ["a_b", "a_dot_b", "ab"]),
        (["id", "_id", "__id"], ["id", "underscore_id", "underscores_id"]),
        (["at_type", "@type", "type"], ["at_type", "type_lower", "type"]),
        (["", "empty"], ["empty_lower", "empty"]),
        (["mro", "__mro__"], ["mro_", "underscores_mro_underscores"]),
        (["Größe", "größe"], ["größe_capital", "größe"]),
    ],
)
def test_names_that_would_be_one_say_what_differs(wires: list[str], expected: list[str]) -> None:
    assert names(*wires) == expected


def test_a_class_that_is_like_its_name_keeps_it() -> None:
    assert names("pet", "Pet", form=naming.class_name) == ["PetLower", "Pet"]


@pytest.mark.parametrize("form", FORMS)
@given(wires=st.lists(ALIKE | wire_names, max_size=12, unique=True), data=st.data())
def test_names_differ_and_do_not_depend_on_the_order(
    form: Callable[[str], str], wires: list[str], data: st.DataObject
) -> None:
    made = dict(zip(wires, names(*wires, form=form), strict=True))
    assert len(set(made.values())) == len(wires)
    for name in made.values():
        assert name.isidentifier()
        assert name == unicodedata.normalize("NFKC", name)
        assert not keyword.iskeyword(name)
    mixed = data.draw(st.permutations(wires))
    assert dict(zip(mixed, names(*mixed, form=form), strict=True)) == made


@given(wires=st.lists(ALIKE, min_size=1, max_size=8, unique=True))
def test_a_name_changes_only_for_one_that_is_more_like_it(wires: list[str]) -> None:
    *known, new = wires
    before = dict(zip(known, names(*known), strict=True))
    after = dict(zip(wires, names(*wires), strict=True))
    free = [wire for wire in known if naming.field(wire) == before[wire] and naming.field(wire) != after[new]]
    if all(after[new] != name for name in before.values()):
        assert {wire: after[wire] for wire in free} == {wire: before[wire] for wire in free}


def test_what_is_taken_is_numbered_and_what_is_chosen_stays() -> None:
    wires = {wire: wire for wire in ("close", "Close", "open")}
    made = naming.distinct(wires, naming.argument, {"close"}, {"Close": "shut"})
    assert made == {"close": "close2", "Close": "shut", "open": "open"}


@pytest.mark.parametrize(
    "name", sorted({*dir(model.RequestModel), *dir(model.ResponseModel), *dir(type(model.RequestModel))})
)
def test_a_field_hides_nothing_of_the_models_or_their_class(name: str) -> None:
    assert naming.field(name) != name
    assert not naming.is_free(name, "property")
