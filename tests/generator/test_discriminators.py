"""Discriminators, from a description to what its client takes, sends and reads."""

from __future__ import annotations

import json
from itertools import count
from typing import TYPE_CHECKING, Any

import httpx2
import pytest
from pydantic import TypeAdapter, ValidationError

from generator import pipeline
from tests.generator.sources import described, findings, imported, normal, written

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

STRING = {"type": "string"}
INTEGER = {"type": "integer"}
NUMBERS = count(1)
VERSIONS = ("3.1.1", "3.0.3")

CAT = {"kind": "cat", "lives": 9}
DOG = {"kind": "dog", "bark": "wuff"}


def ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def thing(kind: dict[str, Any] | None, /, *required: str, **fields: Any) -> dict[str, Any]:
    """An object with a tag, if it has one."""
    properties = {"kind": kind, **fields} if kind is not None else fields
    return {
        "type": "object",
        "required": [*(["kind"] if kind is not None else []), *required],
        "properties": properties,
    }


def told(*names: str, by: str = "oneOf", mapping: dict[str, str] | None = None, **more: Any) -> dict[str, Any]:
    """A choice that a tag decides."""
    discriminator = {"propertyName": "kind", **({"mapping": mapping} if mapping is not None else {})}
    return {by: [ref(name) for name in names], "discriminator": discriminator, **more}


def const(*texts: str) -> dict[str, Any]:
    return {"const": texts[0]} if len(texts) == 1 else {"type": "string", "enum": list(texts)}


LISTED = {"Cat": thing(const("cat"), lives=INTEGER), "Dog": thing(const("dog"), bark=STRING)}
PLAIN = {"Cat": thing(STRING, lives=INTEGER), "Dog": thing(STRING, bark=STRING)}
BOTH = {"cat": "Cat", "dog": "#/components/schemas/Dog"}


def description(root: dict[str, Any], schemas: dict[str, Any], version: str = "3.1.1") -> dict[str, Any]:
    """One operation sends `Root`, one reads it."""
    content = {"application/json": {"schema": ref("Root")}}
    paths = {
        "/": {
            "post": {
                "operationId": "send",
                "requestBody": {"required": True, "content": content},
                "responses": {"204": {"description": "Done."}},
            },
            "get": {"operationId": "read", "responses": {"200": {"description": "It.", "content": content}}},
        }
    }
    made = {**described(paths, schemas={"Root": root, **schemas}), "openapi": version}
    return made if version >= "3.1" else json.loads(json.dumps(made), object_hook=_without_const)


def _without_const(schema: dict[str, Any]) -> dict[str, Any]:
    """As 3.0 says it."""
    return {"type": "string", "enum": [schema["const"]]} if "const" in schema else schema


class Made:
    """The client of a description."""

    def __init__(self, folder: Path, root: dict[str, Any], schemas: dict[str, Any], version: str = "3.1.1") -> None:
        self.package: Any = imported(description(root, schemas, version), folder, f"told_{next(NUMBERS)}")
        self.models: Any = self.package.models
        self._out: Any = None
        self._answer: Any = None
        self._client = self.package.Client(base_url="http://pets", http_client=httpx2.MockTransport(self._handle))

    def _handle(self, request: httpx2.Request) -> httpx2.Response:
        if request.method == "POST":
            self._out = json.loads(request.content)
            return httpx2.Response(204)
        return httpx2.Response(200, json=self._answer)

    def sent(self, value: object) -> Any:
        """What goes out."""
        self._client.default.send(value)
        return self._out

    def refused(self, value: object) -> list[str]:
        """What is said of a value, when it is sent and when its model is made: both say the same."""
        with pytest.raises(self.package.RequestValidationError) as caught:
            self.sent(value)
        listed = [str(one) for one in caught.value.violations]
        root = self.models.RootRequest
        with pytest.raises(ValidationError):
            root.model_validate(value) if hasattr(root, "model_validate") else TypeAdapter(root).validate_python(value)
        return listed

    def read(self, answer: object) -> Any:
        self._answer = answer
        return self._client.default.read()

    def wire(self, answer: object) -> Any:
        """An answer, read and written again."""
        made = self.read(answer)
        return TypeAdapter(type(made)).dump_python(made, by_alias=True, exclude_unset=True, mode="json")


WAYS: list[tuple[dict[str, Any], dict[str, Any], str, str]] = [
    (LISTED, told("Cat", "Dog"), "cat", "dog"),
    (LISTED, told("Cat", "Dog", by="anyOf"), "cat", "dog"),
    (LISTED, told("Cat", "Dog", mapping=BOTH), "cat", "dog"),
    (PLAIN, told("Cat", "Dog"), "Cat", "Dog"),
    (PLAIN, told("Cat", "Dog", by="anyOf"), "Cat", "Dog"),
    (PLAIN, told("Cat", "Dog", mapping=BOTH), "cat", "dog"),
    (PLAIN, told("Cat", "Dog", mapping={"cat": "Cat"}), "cat", "Dog"),
    (
        {"Cat": thing(const("cat", "kitten"), lives=INTEGER), "Dog": thing(const("dog"), bark=STRING)},
        told("Cat", "Dog"),
        "kitten",
        "dog",
    ),
    (PLAIN, told("Cat", "Dog", mapping={**BOTH, "puma": "Cat"}), "puma", "dog"),
    ({**PLAIN, "Dog": LISTED["Dog"]}, told("Cat", "Dog"), "Cat", "dog"),
    (PLAIN, told("Cat", "Dog", mapping=BOTH, type="object", required=["kind"]), "cat", "dog"),
    (LISTED, told("Cat", "Dog", type="object", properties={"kind": STRING}), "cat", "dog"),
]


@pytest.mark.parametrize("place", range(len(WAYS)))
def test_the_tag_decides(place: int, tmp_path: Path) -> None:
    schemas, root, cat, dog = WAYS[place]
    version = VERSIONS[place % 2]
    made = Made(tmp_path, root, schemas, version)
    for value, name in (({**CAT, "kind": cat}, "Cat"), ({**DOG, "kind": dog}, "Dog")):
        assert made.sent(value) == value
        model = getattr(made.models, f"{name}Request")
        assert made.sent(model(**value)) == value
        assert type(made.read(value)) is getattr(made.models, name)
        assert made.wire(value) == value
    (message,) = made.refused({"kind": "cow", "milk": 3})
    assert message.startswith("kind: must be one of ")
    assert cat in message
    assert dog in message
    (message,) = made.refused({"lives": 9})
    assert message.startswith("kind: is required, and must be one of ")
    assert made.refused({"kind": cat, "bark": "wuff"}) == ["bark: is not a field here"]
    for odd in (None, 5, ["cat"], {"cat": 1}):
        assert made.refused({"kind": odd})[0].startswith("kind: must be one of ")
    for other in list[Any]([5, "cat", [CAT]]):
        assert made.refused(other) == ["must be CatRequest or DogRequest or a dict of its fields"]
    cow = {"kind": "cow", "milk": 3, "of": {"name": "x"}}
    assert type(made.read(cow)) is made.models.UnknownRoot
    assert made.read(cow).kind == "cow"
    assert made.read(cow).model_extra == {"milk": 3, "of": {"name": "x"}}
    assert made.wire(cow) == cow


def test_an_answer_is_read_as_what_it_fits_where_the_tag_does_not_say_it(tmp_path: Path) -> None:
    schemas = {"Cat": thing(STRING, "lives", lives=INTEGER), "Dog": thing(STRING, "bark", bark=STRING)}
    made = Made(tmp_path, told("Cat", "Dog", mapping=BOTH), schemas)
    assert type(made.read({"kind": "cat", "bark": "wuff"})) is made.models.Dog, "the schema allows it"
    with pytest.raises(made.package.UndecodableResponseError, match="kind: is required, and must be one of cat, dog"):
        made.read({"milk": 3})
    with pytest.raises(made.package.UndecodableResponseError) as caught:
        made.read({"kind": "cat", "milk": 3})
    assert "lives" in str(caught.value)
    assert "bark" not in str(caught.value), "errors are those of what the tag says"
    assert made.refused({"kind": "cat", "bark": "wuff"}) == ["lives: is required", "bark: is not a field here"]
    optional = {"Cat": {**LISTED["Cat"], "required": ["lives"]}, "Dog": {**LISTED["Dog"], "required": ["bark"]}}
    made = Made(tmp_path, told("Cat", "Dog"), optional)
    assert type(made.read({"bark": "wuff"})) is made.models.Dog


PLACES: list[tuple[dict[str, Any], Any, str]] = [
    ({"type": "object", "properties": {"pet": ref("Pet")}, "required": ["pet"]}, lambda one: {"pet": one}, "pet."),
    ({"type": "object", "properties": {"pet": ref("Pet")}}, lambda one: {"pet": one}, "pet."),
    ({"type": "array", "items": ref("Pet")}, lambda one: [CAT, one], "[1]."),
    ({"type": "object", "additionalProperties": ref("Pet")}, lambda one: {"a": one}, "a."),
    (
        {"type": "object", "properties": {"pets": {"type": "array", "items": told("Cat", "Dog")}}},
        lambda one: {"pets": [CAT, one]},
        "pets[1].",
    ),
    (
        {"type": "object", "properties": {"pets": {"type": "object", "additionalProperties": told("Cat", "Dog")}}},
        lambda one: {"pets": {"a": one}},
        "pets.a.",
    ),
    (
        {"type": "object", "properties": {"pet": {"anyOf": [ref("Pet"), {"type": "null"}]}}},
        lambda one: {"pet": one},
        "pet.",
    ),
]


@pytest.mark.parametrize("place", range(len(PLACES)))
def test_in_every_place(place: int, tmp_path: Path) -> None:
    root, around, path = PLACES[place]
    made = Made(tmp_path, root, {**LISTED, "Pet": told("Cat", "Dog")})
    for value in (around(CAT), around(DOG)):
        assert made.sent(value) == value
        assert made.wire(value) == value
    assert made.refused(around({"kind": "cow"})) == [f"{path}kind: must be one of cat, dog"]
    assert made.refused(around({})) == [f"{path}kind: is required, and must be one of cat, dog"]
    assert made.refused(around({**CAT, "lives": "nine"})) == [f"{path}lives: must be a whole number"]
    value = around({"kind": "cow", "milk": [1]})
    assert made.wire(value) == value


@pytest.mark.parametrize("where", ["options", "around", "nullable"])
def test_a_choice_may_be_null(where: str, tmp_path: Path) -> None:
    pet = told("Cat", "Dog")
    version = "3.1.1"
    if where == "options":
        pet["oneOf"].append({"type": "null"})
    elif where == "around":
        pet = {"anyOf": [pet, {"type": "null"}]}
    else:
        pet["nullable"], version = True, "3.0.3"
    fields = {"must": pet, "may": pet, "many": {"type": "array", "items": pet}}
    schemas = {"Cat": thing(const("cat", "tom"), lives=INTEGER), "Dog": thing(const("dog", "pup"), bark=STRING)}
    made = Made(tmp_path, {"type": "object", "properties": fields, "required": ["must"]}, schemas, version)
    value = {"must": None, "may": None, "many": [None, CAT]}
    assert made.sent(value) == value
    assert made.wire(value) == value
    assert made.refused({"must": {"kind": "cow"}}) == ["must.kind: must be one of cat, tom, dog, pup"]


def test_a_choice_that_is_not_null_refuses_it(tmp_path: Path) -> None:
    fields = {"must": ref("Pet"), "may": ref("Pet"), "many": {"type": "array", "items": ref("Pet")}}
    root = {"type": "object", "properties": fields, "required": ["must"]}
    made = Made(tmp_path, root, {**LISTED, "Pet": told("Cat", "Dog")})
    for value in ({"must": None}, {"must": CAT, "may": None}, {"must": CAT, "many": [None]}):
        assert len(made.refused(value)) == 1


def test_choices_in_choices(tmp_path: Path) -> None:
    schemas = {
        **LISTED,
        "Pet": told("Cat", "Dog"),
        "Car": thing(const("car"), wheels=INTEGER),
    }
    made = Made(tmp_path, told("Pet", "Car"), schemas)
    for value in (CAT, DOG, {"kind": "car", "wheels": 4}):
        assert made.sent(value) == value
        assert made.wire(value) == value
    assert type(made.read(DOG)) is made.models.Dog
    assert made.refused({"kind": "cow"}) == ["kind: must be one of cat, dog, car"]
    assert made.refused({**CAT, "bark": 1}) == ["bark: is not a field here"]
    assert type(made.read({"kind": "cow"})) is made.models.UnknownRoot


def test_a_tag_may_have_another_name_in_python(tmp_path: Path) -> None:
    schemas = {
        name: {"type": "object", "required": ["@type"], "properties": {"@type": const(name.lower()), "class": INTEGER}}
        for name in ("Cat", "Dog")
    }
    root = {"oneOf": [ref("Cat"), ref("Dog")], "discriminator": {"propertyName": "@type"}}
    made = Made(tmp_path, root, schemas)
    value = {"@type": "dog", "class": 3}
    assert made.sent(value) == value
    assert made.sent({"type": "dog", "class_": 3}) == value
    assert made.sent(made.models.DogRequest(type="dog", class_=3)) == value
    assert made.refused({"@type": "cow"}) == ["@type: must be one of cat, dog"]
    assert made.read({"@type": "cow"}).type == "cow"


def test_an_object_without_its_tag_is_not_sent(tmp_path: Path) -> None:
    cat = {**LISTED["Cat"], "required": []}
    made = Made(tmp_path, {"type": "object", "properties": {"pet": told("Cat", "Dog")}}, {**LISTED, "Cat": cat})
    one = made.models.CatRequest(lives=9)
    assert made.refused({"pet": one}) == ["pet.kind: is required, and must be one of cat, dog"]
    one.kind = "cat"
    assert made.sent({"pet": one}) == {"pet": CAT}
    one = made.models.DogRequest(kind="dog")
    one.kind = "cat"
    assert "pet.kind: must be dog in DogRequest" in made.refused({"pet": one})


def test_fields_beside_a_choice_belong_to_every_option(tmp_path: Path) -> None:
    root = told("Cat", "Dog", properties={"kind": STRING, "name": STRING}, required=["kind", "name"], type="object")
    made = Made(tmp_path, root, LISTED)
    value = {**CAT, "name": "Tom"}
    assert made.sent(value) == value
    assert made.read(value).lives == 9
    assert made.read(value).name == "Tom"
    assert made.refused(CAT) == ["name: is required"]
    assert type(made.read({"kind": "cow", "name": "x"})) is made.models.UnknownRoot


# -- schemas that build on one with a discriminator -------------------------------------------------------------------


def parent(mapping: dict[str, str] | None = None, kind: dict[str, Any] = STRING) -> dict[str, Any]:
    discriminator = {"propertyName": "kind", **({"mapping": mapping} if mapping is not None else {})}
    return {**thing(kind, name=STRING), "discriminator": discriminator}


def child(of: str, /, **fields: Any) -> dict[str, Any]:
    return {"allOf": [ref(of), {"type": "object", "properties": fields}]}


HEIRS = {"Cat": child("Pet", lives=INTEGER), "Dog": child("Pet", bark=STRING)}
TOLD_HEIRS = {
    "Cat": child("Pet", kind=const("cat"), lives=INTEGER),
    "Dog": child("Pet", kind=const("dog"), bark=STRING),
}
FAMILIES: list[tuple[dict[str, Any], str, str, str]] = [
    ({"Pet": parent(), **HEIRS}, "Cat", "Dog", "Cat, Dog, Pet"),
    ({"Pet": parent(BOTH), **HEIRS}, "cat", "dog", "cat, dog, Pet"),
    ({"Pet": parent({**BOTH, "pet": "Pet"}), **HEIRS}, "cat", "dog", "cat, dog, pet"),
    ({"Pet": parent(), **TOLD_HEIRS}, "cat", "dog", "cat, dog, Pet"),
    ({"Pet": parent(kind=const("cat", "dog")), **TOLD_HEIRS}, "cat", "dog", "cat, dog"),
    ({"Pet": parent(BOTH, kind=const("cat", "dog")), **HEIRS}, "cat", "dog", "cat, dog"),
    ({"Pet": parent(kind=const("Cat", "Dog")), **HEIRS}, "Cat", "Dog", "Cat, Dog"),
    ({"Pet": parent(BOTH, kind=const("cat", "dog", "cow")), **HEIRS}, "cat", "dog", "cat, dog, cow"),
]


@pytest.mark.parametrize("place", range(len(FAMILIES)))
def test_where_a_parent_is_referred_to_its_children_are_meant(place: int, tmp_path: Path) -> None:
    schemas, cat, dog, tags = FAMILIES[place]
    version = VERSIONS[place % 2]
    root = {"type": "object", "properties": {"pet": ref("Pet"), "pets": {"type": "array", "items": ref("Pet")}}}
    made = Made(tmp_path, root, schemas, version)
    one, other = {"kind": cat, "name": "Tom", "lives": 9}, {"kind": dog, "bark": "wuff"}
    value = {"pet": one, "pets": [other, one]}
    assert made.sent(value) == value
    assert made.wire(value) == value
    read = made.read(value)
    assert [type(one) for one in (read.pet, *read.pets)] == [made.models.Cat, made.models.Dog, made.models.Cat]
    assert made.sent({"pet": made.models.CatRequest(**one)}) == {"pet": one}
    assert made.refused({"pet": {"kind": "puma"}}) == [f"pet.kind: must be one of {tags}"]
    assert made.refused({"pets": [{}]}) == [f"pets[0].kind: is required, and must be one of {tags}"]
    assert made.refused({"pet": {**one, "bark": "x"}}) == ["pet.bark: is not a field here"]
    unknown = {"pet": {"kind": "puma", "name": "Bagheera", "teeth": 30}}
    assert type(made.read(unknown).pet) is made.models.PetBase
    assert made.wire(unknown) == unknown
    *_, last = tags.split(", ")
    if last not in (cat, dog):
        value = {"pet": {"kind": last, "name": "x"}}
        assert made.sent(value) == value
        assert made.refused({"pet": {"kind": last, "lives": 9}}) == ["pet.lives: is not a field here"]
        assert type(made.read(value).pet) is made.models.PetBase


def test_a_parent_as_a_whole_body_and_grandchildren(tmp_path: Path) -> None:
    schemas = {"Pet": parent(), **HEIRS, "Kitten": child("Cat", days=INTEGER)}
    made = Made(tmp_path, {"type": "array", "items": ref("Pet")}, {**schemas, "Zoo": child("Kitten", of=STRING)})
    value = [
        {"kind": "Kitten", "lives": 9, "days": 3},
        {"kind": "Zoo", "of": "Cologne", "days": 3},
        {"kind": "Cat", "lives": 7},
        {"kind": "Dog", "bark": "x"},
        {"kind": "Pet"},
    ]
    assert made.sent(value) == value
    assert [type(one).__name__ for one in made.read(value)] == ["KittenBase", "Zoo", "CatBase", "Dog", "PetBase"]
    assert made.refused([{"kind": "Cat", "days": 3}]) == ["[0].days: is not a field here"]
    assert made.refused([{"kind": "x"}]) == ["[0].kind: must be one of Cat, Kitten, Zoo, Dog, Pet"]


def test_a_reference_to_a_child_means_it_and_its_own(tmp_path: Path) -> None:
    schemas = {"Pet": parent(), **HEIRS, "Kitten": child("Cat", days=INTEGER)}
    root = {"type": "object", "properties": {"cat": ref("Cat"), "dog": ref("Dog")}}
    made = Made(tmp_path, root, schemas)
    value = {"cat": {"kind": "Kitten", "days": 3}, "dog": {"kind": "Dog"}}
    assert made.sent(value) == value
    assert made.refused({"cat": {"kind": "Dog"}}) == ["cat.kind: must be one of Kitten, Cat"]


@pytest.mark.parametrize(
    ("pet", "version"),
    [
        ({"allOf": [ref("Pet")], "description": "Ours."}, "3.0.3"),
        ({"allOf": [ref("Pet")], "nullable": True}, "3.0.3"),
        ({"allOf": [ref("Pet"), {"description": "Ours."}]}, "3.1.1"),
        ({**ref("Pet"), "description": "Ours."}, "3.1.1"),
        ({"anyOf": [ref("Pet"), {"type": "null"}]}, "3.1.1"),
        (ref("Mine"), "3.1.1"),
    ],
)
def test_a_reference_to_a_parent_in_every_spelling(pet: dict[str, Any], version: str, tmp_path: Path) -> None:
    schemas = {"Pet": parent(), **HEIRS, "Mine": ref("Pet")}
    made = Made(tmp_path, {"type": "object", "properties": {"pet": pet}}, schemas, version)
    value = {"pet": {"kind": "Cat", "lives": 9}}
    assert made.sent(value) == value
    assert type(made.read(value).pet) is made.models.Cat
    assert made.refused({"pet": {"kind": "x"}}) == ["pet.kind: must be one of Cat, Dog, Pet"]
    if "null" in json.dumps(pet):
        assert made.sent({"pet": None}) == made.wire({"pet": None}) == {"pet": None}


def test_a_child_of_two_children(tmp_path: Path) -> None:
    both = {"allOf": [ref("Cat"), ref("Dog")]}
    made = Made(
        tmp_path, {"type": "object", "properties": {"pet": ref("Pet")}}, {"Pet": parent(), **HEIRS, "Both": both}
    )
    value = {"pet": {"kind": "Both", "lives": 9, "bark": "x"}}
    assert made.sent(value) == value
    assert type(made.read(value).pet) is made.models.Both


def test_a_schema_that_builds_on_a_parent_in_place_is_itself(tmp_path: Path) -> None:
    pet = {"allOf": [ref("Pet"), {"type": "object", "properties": {"age": INTEGER}}]}
    made = Made(tmp_path, {"type": "object", "properties": {"pet": pet}}, {"Pet": parent(), **HEIRS})
    value = {"pet": {"kind": "x", "age": 3}}
    assert made.sent(value) == value


def test_a_parent_may_be_an_option(tmp_path: Path) -> None:
    schemas = {"Pet": parent(), **HEIRS, "Car": thing(STRING, wheels=INTEGER)}
    made = Made(tmp_path, told("Pet", "Car"), schemas)
    for value in ({"kind": "Cat", "lives": 9}, {"kind": "Car", "wheels": 4}, {"kind": "Pet", "name": "x"}):
        assert made.sent(value) == value
        assert made.wire(value) == value
    assert made.refused({"kind": "Car", "lives": 9}) == ["lives: is not a field here"]


def test_a_child_that_adds_nothing_is_one_all_the_same(tmp_path: Path) -> None:
    schemas = {"Pet": parent(), "Cat": {"allOf": [ref("Pet")]}, "Dog": HEIRS["Dog"]}
    made = Made(tmp_path, {"type": "object", "properties": {"pet": ref("Pet")}}, schemas)
    assert type(made.read({"pet": {"kind": "Cat"}}).pet) is made.models.Cat
    assert made.refused({"pet": {"kind": "Cat", "bark": "x"}}) == ["pet.bark: is not a field here"]


def test_fields_of_children_are_told_in_every_schema_that_holds_the_parent(tmp_path: Path) -> None:
    schemas = {"Pet": parent(), "Cat": child("Pet", friend=ref("Pet")), "Dog": HEIRS["Dog"]}
    made = Made(tmp_path, {"type": "object", "properties": {"pet": ref("Pet")}}, schemas)
    value = {"pet": {"kind": "Cat", "friend": {"kind": "Cat", "friend": {"kind": "Dog", "bark": "x"}}}}
    assert made.sent(value) == value
    assert type(made.read(value).pet.friend.friend) is made.models.Dog
    assert made.refused({"pet": {"kind": "Cat", "friend": {"kind": "x"}}}) == [
        "pet.friend.kind: must be one of Cat, Dog, Pet"
    ]


# -- what no tag decides ----------------------------------------------------------------------------------------------

UNTOLD: Sequence[tuple[dict[str, Any], dict[str, Any], str]] = [
    ({"Cat": thing(INTEGER), "Dog": thing(STRING)}, told("Cat", "Dog"), "the tag is no string"),
    ({"Cat": thing(const("a", "b")), "Dog": thing(const("b"))}, told("Cat", "Dog"), "'b' stands for several of them"),
    (
        LISTED,
        {**told("Cat"), "oneOf": [ref("Cat"), thing(STRING)]},
        "no 'kind' stands for the option /components/schemas/Root/oneOf/1",
    ),
]


@pytest.mark.parametrize(("schemas", "root", "why"), UNTOLD)
def test_what_no_tag_decides_is_said(schemas: Any, root: Any, why: str, tmp_path: Path) -> None:
    _, _, found = pipeline.inspect(written(description(root, schemas), tmp_path))
    messages = [one.message for one in found if one.rule == "ignored-discriminator"]
    assert messages
    assert all(why in one for one in messages)


def test_a_child_without_a_tag_is_said(tmp_path: Path) -> None:
    schemas = {"Pet": parent(kind=const("cat", "dog")), **HEIRS, "Cat": TOLD_HEIRS["Cat"]}
    root = {"type": "object", "properties": {"pet": ref("Pet")}}
    _, _, found = pipeline.inspect(written(description(root, schemas), tmp_path))
    said = {one.message for one in found if one.rule == "ignored-discriminator"}
    assert said == {"no 'kind' stands for 'Dog': it is not taken where 'Pet' is referred to"}


@pytest.mark.parametrize("heirs", [{}, HEIRS])
def test_what_a_mapping_names_and_builds_on_nothing_is_said(heirs: dict[str, Any], tmp_path: Path) -> None:
    schemas = {"Pet": parent({"cow": "Cow", "pet": "Pet"}), "Cow": thing(STRING, milk=INTEGER), **heirs}
    root = {"type": "object", "properties": {"pet": ref("Pet"), "cow": ref("Cow")}}
    _, _, found = pipeline.inspect(written(description(root, schemas), tmp_path))
    said = {one.message for one in found if one.rule == "ignored-discriminator"}
    assert said == {"'cow' stands for a schema that does not build on 'Pet' by `allOf`: it is not taken"}


def test_an_answer_need_not_declare_its_tag(tmp_path: Path) -> None:
    root = told("Cat", "Dog")
    schemas = {
        "Cat": {"type": "object", "properties": {"kind": STRING}},
        "Dog": {"type": "object", "properties": {"n": STRING}},
    }
    found = normal(description(root, schemas), tmp_path)
    tags = {name: node.child("discriminator") for name, node in found.node["components"]["schemas"].members()}
    answered, sent = tags["Root"], tags["RootRequest"]
    assert answered is not None
    assert answered["tags"].value == {"Cat": "Cat", "Dog": "Dog"}
    assert sent is None, "a request could not have the tag"


def test_an_answer_without_a_class_for_its_tag_is_an_object_of_its_fields(tmp_path: Path) -> None:
    made = Made(tmp_path, {"type": "array", "items": told("Cat", "Dog")}, LISTED)
    cow, cat = made.read([{"kind": "cow", "milk": {"litres": 3}}, CAT])
    assert cow.wire_fields() == {"kind": "cow", "milk": {"litres": 3}}
    assert type(cat) is made.models.Cat


def test_it_is_said_where_a_value_may_fit_several(tmp_path: Path) -> None:
    rule = "unchecked-choice"
    assert rule in findings(description(told("Cat", "Dog"), PLAIN), tmp_path)
    assert rule not in findings(description(told("Cat", "Dog", by="anyOf"), PLAIN), tmp_path)
    assert rule not in findings(description(told("Cat", "Dog"), LISTED), tmp_path)


def test_what_is_not_checked_stands_in_the_docstring(tmp_path: Path) -> None:
    root = {"type": "object", "properties": {"pet": told("Cat", "Dog"), "own": ref("Pet")}}
    schemas = {**PLAIN, "Pet": told("Cat", "Dog", description="Any pet.")}
    made = pipeline.generate(written(description(root, schemas), tmp_path), "shown")
    text = made.files["models.py"]
    assert text.count("Not checked before sending: that no other option fits.") == 2
    assert "Any pet. Not checked before" in " ".join(text.split())


@pytest.mark.parametrize("by", ["oneOf", "anyOf"])
def test_a_tag_tells_the_objects_among_options_of_several_types(by: str, tmp_path: Path) -> None:
    root = told("Herd", "Cat", "Dog", by=by, mapping={"herd": "Herd", **BOTH})
    made = Made(tmp_path, root, {"Herd": {"type": "array", "items": ref("Dog")}, **PLAIN})
    assert [type(one) for one in made.read([DOG])] == [made.models.Dog]
    assert type(made.read(CAT)) is made.models.Cat
    assert type(made.read({"kind": "cow"})) is made.models.UnknownRootObject
    assert made.sent([DOG]) == [DOG]
    assert made.sent(CAT) == CAT
    assert made.refused({"kind": "herd"}) == ["kind: must be one of cat, dog", "must be a list"]


def test_a_tag_tells_nothing_where_no_option_is_an_object(tmp_path: Path) -> None:
    herds = {name: {"type": "array", "items": ref(kind)} for name, kind in (("Cats", "Cat"), ("Dogs", "Dog"))}
    made = Made(tmp_path, told("Cats", "Dogs"), {**herds, **LISTED})
    assert [type(one) for one in made.read([DOG])] == [made.models.Dog]
    assert made.sent([CAT]) == [CAT]


@pytest.mark.parametrize("name", ["allOf", "anyOf", "items", "properties", "discriminator"])
def test_a_family_in_a_field_with_the_name_of_a_keyword(name: str, tmp_path: Path) -> None:
    root = {"type": "object", "properties": {name: {"type": "array", "items": ref("Pet")}}}
    made = Made(tmp_path, root, {"Pet": parent(BOTH), **HEIRS})
    assert made.sent({name: [CAT, DOG]}) == {name: [CAT, DOG]}
    assert made.read({name: [CAT]}).to_wire() == {name: [CAT]}
