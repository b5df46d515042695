"""What discriminators say is known where schemas are compared: which form a tag stands for, and what builds on what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from generator.document import load, upgrade
from generator.review.comparison import compare
from generator.review.revision import Revision
from generator.review.tags import spelled_out
from tests.generator.sources import described, written

if TYPE_CHECKING:
    from pathlib import Path

    from generator.document.tree import Document
    from generator.review.change import Change

TEXT = {"type": "string"}
WHOLE = {"type": "integer"}
PET = "#/components/schemas/Pet"


def fields(*required: str, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(required)}


def document(folder: Path, **schemas: Any) -> Document:
    content = {"content": {"application/json": {"schema": {"$ref": PET}}}}
    operation = {
        "operationId": "putPet",
        "requestBody": {"required": True, **content},
        "responses": {"200": {"description": "ok", **content}},
    }
    folder.mkdir(exist_ok=True)
    return upgrade(load(written(described({"/pets": {"put": operation}}, schemas=schemas), folder)))


def compared(folder: Path, base: dict[str, Any], head: dict[str, Any]) -> tuple[Change, ...]:
    return compare(
        *(
            Revision(name, document(folder / name, **schemas), None, {}, ())
            for name, schemas in (("base", base), ("head", head))
        )
    )


def said(folder: Path, base: dict[str, Any], head: dict[str, Any]) -> list[str]:
    """What changes, with where it is in the head, or was in the base."""
    sides = [
        Revision(name, document(folder / name, **schemas), None, {}, ())
        for name, schemas in (("base", base), ("head", head))
    ]
    found = compare(*sides)
    for one in found:
        for place, side in ((one.before, sides[0]), (one.after, sides[1])):
            assert place is None or side.document.find(place.pointer) is not None, "the author has no such place"
    return sorted(f"{one.wire} {one.side} {one.rule} {one.place.pointer if one.place else ''}" for one in found)


def choice(*names: str, key: str = "oneOf", **more: Any) -> dict[str, Any]:
    return {
        key: [{"$ref": f"#/components/schemas/{name}"} for name in names],
        "discriminator": {"propertyName": "kind", **more},
    }


FORMS = {"Cat": fields("kind", kind=TEXT, a=TEXT), "Dog": fields("kind", kind=TEXT, b=TEXT)}
COW = {"Cow": fields("kind", kind=TEXT, c=TEXT)}


def test_one_more_form_breaks_no_sender(tmp_path: Path) -> None:
    base, head = {"Pet": choice("Cat", "Dog"), **FORMS}, {"Pet": choice("Cat", "Dog", "Cow"), **FORMS, **COW}
    assert said(tmp_path, base, head) == [
        "breaking response alternative-added /components/schemas/Pet/oneOf/2",
        "compatible request alternative-added /components/schemas/Pet/oneOf/2",
    ]
    assert said(tmp_path, head, base) == [
        "breaking request alternative-removed /components/schemas/Pet/oneOf",
        "compatible response alternative-removed /components/schemas/Pet/oneOf",
    ]


def test_a_form_may_list_its_tag(tmp_path: Path) -> None:
    listing = {name: fields("kind", **{**one["properties"], "kind": {"const": name}}) for name, one in FORMS.items()}
    for key in ("oneOf", "anyOf"):
        base, head = {"Pet": choice("Cat", "Dog"), **FORMS}, {"Pet": choice("Cat", "Dog", key=key), **listing}
        assert said(tmp_path, base, head) == []
        assert said(tmp_path, head, base) == []


def test_another_tag_is_told_once(tmp_path: Path) -> None:
    base, head = (
        {"Pet": choice("Cat", "Dog", mapping={tag: "#/components/schemas/Cat"}), **FORMS} for tag in ("cat", "kitty")
    )
    place = "/components/schemas/Pet/discriminator"
    assert said(tmp_path, base, head) == [
        f"breaking {side} discriminator-changed {place}" for side in ("request", "response")
    ]


def test_to_say_how_forms_are_told_apart_breaks_nobody(tmp_path: Path) -> None:
    base, head = {"Pet": {"oneOf": choice("Cat", "Dog")["oneOf"]}, **FORMS}, {"Pet": choice("Cat", "Dog"), **FORMS}
    place = "/components/schemas/Pet/discriminator"
    assert said(tmp_path, base, head) == [
        f"compatible {side} discriminator-added {place}" for side in ("request", "response")
    ]


def test_forms_may_list_all_tags_together(tmp_path: Path) -> None:
    def naming(*names: str) -> dict[str, Any]:
        forms = {
            name: fields("kind", **{"kind": {"$ref": "#/components/schemas/Kind"}, f"of_{name}": TEXT})
            for name in names
        }
        return {"Pet": choice(*names), "Kind": {"enum": list(names)}, **forms}

    assert said(tmp_path, naming("Cat", "Dog"), naming("Cat", "Dog", "Cow")) == [
        "breaking response alternative-added /components/schemas/Pet/oneOf/2",
        "compatible request alternative-added /components/schemas/Pet/oneOf/2",
    ]


def test_a_tag_that_several_forms_list_tells_nothing(tmp_path: Path) -> None:
    both = {"enum": ["a", "b"]}
    base = {"Pet": choice("Cat", "Dog"), "Cat": fields("kind", kind=both), "Dog": fields("kind", kind=both, b=TEXT)}
    head = {**base, "Dog": fields("kind", kind={"enum": ["b"]}, b=TEXT)}
    assert "breaking request enum-value-removed /components/schemas/Dog/properties/kind/enum" in said(
        tmp_path, base, head
    )


def test_a_form_for_which_no_tag_stands_is_one_all_the_same(tmp_path: Path) -> None:
    base = {"Pet": choice("Cat", "Dog"), **FORMS, "Cat": fields("kind", kind={"const": "Dog"}, a=TEXT)}
    head = {**base, "Cat": fields("kind", "a", kind={"const": "Dog"}, a=TEXT)}
    assert said(tmp_path, base, head) == [
        "breaking request property-became-required /components/schemas/Cat/required/1",
        "breaking response schema-rewritten /components/schemas/Pet",
        "compatible response property-became-required /components/schemas/Cat/required/1",
    ]


NULLABLE = {"anyOf": [{"$ref": "#/components/schemas/Choice"}, {"type": "null"}]}


def test_null_beside_forms_changes_nothing_of_how_they_are_told_apart(tmp_path: Path) -> None:
    base, head = {"Pet": {"$ref": "#/components/schemas/Choice"}}, {"Pet": NULLABLE}
    shared = {"Choice": choice("Cat", "Dog"), **FORMS}
    assert said(tmp_path, {**base, **shared}, {**head, **shared}) == [
        "breaking response type-widened /components/schemas/Pet/anyOf",
        "compatible request type-widened /components/schemas/Pet/anyOf",
    ]
    mapped = {**shared, "Choice": choice("Cat", "Dog", mapping={"cat": "Cat"})}
    assert said(tmp_path, {**head, **shared}, {**head, **mapped}) == [
        f"breaking {side} discriminator-changed /components/schemas/Choice/discriminator"
        for side in ("request", "response")
    ]


def parent(kind: Any = TEXT, **more: Any) -> dict[str, Any]:
    return {**fields("kind", kind=kind), "discriminator": {"propertyName": "kind", **more}}


def child(*required: str, of: str = "Pet", **properties: Any) -> dict[str, Any]:
    return {"allOf": [{"$ref": f"#/components/schemas/{of}"}, fields(*required, **properties)]}


def test_what_builds_on_a_schema_is_part_of_it(tmp_path: Path) -> None:
    base = {"Pet": parent(), "Cat": child(a=TEXT)}
    at = "/components/schemas/Cat/allOf/1/properties/a"
    assert said(tmp_path, base, {**base, "Cat": child("a", a=TEXT)}) == [
        f"breaking request property-became-required {at[: at.index('properties')]}required/0",
        f"compatible response property-became-required {at[: at.index('properties')]}required/0",
    ]
    assert said(tmp_path, base, {**base, "Cat": child(a=WHOLE)}) == [
        f"breaking {side} type-changed {at}/type" for side in ("request", "response")
    ]


def test_one_more_schema_that_builds_on_another_is_one_more_form(tmp_path: Path) -> None:
    for kind, more in ((TEXT, TEXT), ({"enum": ["Cat"]}, {"enum": ["Cat", "Dog"]})):
        base = {"Pet": parent(kind), "Cat": child(a=TEXT)}
        head = {"Pet": parent(more), "Cat": child(a=TEXT), "Dog": child(b=TEXT)}
        assert said(tmp_path, base, head) == [
            "breaking response alternative-added /components/schemas/Pet",
            "compatible request alternative-added /components/schemas/Pet",
        ]


def test_the_mapping_of_what_builds_on_a_schema_is_told_where_it_stands(tmp_path: Path) -> None:
    base, head = (
        {"Pet": parent(mapping={tag: "#/components/schemas/Cat"}), "Cat": child(a=TEXT)} for tag in ("cat", "kitty")
    )
    assert said(tmp_path, base, head) == [
        f"breaking {side} discriminator-changed /components/schemas/Pet/discriminator"
        for side in ("request", "response")
    ]


def test_a_schema_that_is_no_form_of_itself_any_more_is_told_as_that(tmp_path: Path) -> None:
    base = {"Pet": parent(), "Cat": child(a=TEXT)}
    found = compared(tmp_path, base, {"Pet": choice("Cat"), "Cat": fields("kind", kind=TEXT, a=TEXT)})
    assert {one.message for one in found} == {"`Pet` may no longer be `Pet` itself"}


def test_so_is_the_first(tmp_path: Path) -> None:
    assert said(tmp_path, {"Pet": parent()}, {"Pet": parent(), "Cat": child(a=TEXT)}) == [
        "breaking response alternative-added /components/schemas/Pet",
        "compatible request alternative-added /components/schemas/Pet",
    ]


def test_all_of_one_reference_means_the_same(tmp_path: Path) -> None:
    animal = {"$ref": "#/components/schemas/Animal"}
    base = {"Pet": fields(a=animal), "Animal": parent(), "Cat": child(of="Animal", a=TEXT)}
    head = {**base, "Pet": fields(a={"allOf": [animal], "title": "It."})}
    place = "/components/schemas/Pet/properties/a/title"
    assert said(tmp_path, base, head) == [f"docs None description-changed {place}"]


def test_so_are_grandchildren(tmp_path: Path) -> None:
    base = {"Pet": parent(), "Cat": child(a=TEXT), "Lion": child(of="Cat", b=TEXT)}
    at = "/components/schemas/Lion/allOf/1/properties/b/type"
    assert said(tmp_path, base, {**base, "Lion": child(of="Cat", b=WHOLE)}) == [
        f"breaking {side} type-changed {at}" for side in ("request", "response")
    ]


def test_a_field_of_the_schema_itself_is_told_once(tmp_path: Path) -> None:
    base = {"Pet": {**parent(), "properties": {"kind": TEXT, "age": WHOLE}}, "Cat": child(a=TEXT)}
    head = {**base, "Pet": {**parent(), "properties": {"kind": TEXT, "age": TEXT}}}
    assert said(tmp_path, base, head) == [
        f"breaking {side} type-changed /components/schemas/Pet/properties/age/type" for side in ("request", "response")
    ]


@pytest.mark.parametrize(
    "schemas",
    [
        {"Pet": choice("Cat", "Pet", "Nothing"), **FORMS},
        {"Pet": {"oneOf": 1, "discriminator": 1}, **FORMS},
        {"Pet": {"oneOf": [1, {"$ref": 1}, {"type": "null"}], "discriminator": {"propertyName": 1, "mapping": 1}}},
        {"Pet": choice("Cat", mapping={"a": 1, "b": "#/nothing", "c": "/x"}), "Cat": fields("kind", kind=1, a=1)},
        {"Pet": choice("Cat", "Dog", defaultMapping="Dog"), **FORMS},
        {"Pet": parent({"enum": [1, None, "Cat"]}), "Cat": child(a=TEXT), "Dog": child(kind={"const": 1})},
        {"Pet": {**parent(), "allOf": [{"$ref": PET}]}, "Cat": child(a=TEXT)},
        {"Pet": {**parent(), "allOf": [{"$ref": "#/components/schemas/Cat"}]}, "Cat": child(a=TEXT)},
        {"Pet": {**parent(), "properties": 1}, "Cat": child(a=TEXT), "Dog": {"allOf": 1}},
        {"Pet": {**parent(), "$defs": {"A": TEXT}}, "Cat": child(a={"$ref": f"{PET}/$defs/A"}, b={"$ref": PET})},
    ],
)
def test_what_is_wrong_with_a_discriminator_ends_nothing(tmp_path: Path, schemas: dict[str, Any]) -> None:
    assert said(tmp_path, schemas, schemas) == []
    assert said(tmp_path, {"Pet": TEXT}, schemas)
    assert said(tmp_path, schemas, {"Pet": TEXT})


def test_a_document_without_discriminators_stays_as_it_is(tmp_path: Path) -> None:
    plain = document(tmp_path, Pet=FORMS["Cat"])
    assert spelled_out(plain, plain) == (plain, plain)
    assert spelled_out(plain, plain)[0] is plain
