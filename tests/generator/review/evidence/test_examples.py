"""What shows a change, where the descriptions quote values: theirs before any that is made for the purpose."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from generator.document.parser import parse
from generator.document.tree import Array, Document, Object
from generator.review.evidence import examples
from generator.review.evidence.samples import Sampler
from generator.review.evidence.witnesses import Judge
from tests.generator.sources import sending

if TYPE_CHECKING:
    from generator.document.grammar import Side
    from generator.review.change import Evidence
    from generator.review.evidence.sampling.place import Place
    from generator.review.rules.fragments import Plain

S = {"type": "string"}
N = {"type": "number"}


def document(root: Any, media: Any = None, **schemas: Any) -> Document:
    """A description that is sent `Root`; `media` are further members of the media type of its body."""
    text = sending(root, **schemas)
    text["paths"]["/"]["post"]["requestBody"]["content"]["application/json"] |= media or {}
    value, found = parse(json.dumps(text), "api.json")
    assert isinstance(value, Object)
    assert not found
    return Document(value, ("api.json",))


def shown(base: Document, head: Document, at: str = "", side: Side = "request") -> Evidence | None:
    """What shows that the head refuses more, at a place below `Root`."""
    nodes = [one.find(f"/components/schemas/Root{at}") for one in (base, head)]
    before, after = ([one] for one in nodes if one is not None)
    return Judge(base, head).disagreement(before, after, side).lost


def quoted(base: Document, at: str = "") -> list[Any]:
    found = base.find(f"/components/schemas/Root{at}")
    assert found is not None
    return list(examples.of(base).of([found]))


# -- which examples reach a schema ------------------------------------------------------------------------------------


def test_what_a_schema_says_itself_comes_first() -> None:
    root = {"properties": {"a": {**S, "example": "own", "examples": ["other"]}}, "examples": [{"a": "above"}]}
    given = document(root, {"examples": {"one": {"value": {"a": "of the body"}}}})
    assert quoted(given, "/properties/a") == ["own", "other", "of the body", "above"]


@pytest.mark.parametrize(
    ("root", "value", "at", "found"),
    [
        ({"items": S}, ["x", "y"], "/items", ["x", "y"]),
        ({"prefixItems": [N, S]}, [1, "y"], "/prefixItems/1", ["y"]),
        ({"additionalProperties": N}, {"a": 1, "b": 2}, "/additionalProperties", [1, 2]),
        ({"patternProperties": {"^x": N}}, {"x1": 1, "b": 2}, "/patternProperties/^x", [1]),
        ({"allOf": [{"properties": {"a": N}}]}, {"a": 1}, "/allOf/0/properties/a", [1]),
        ({"oneOf": [{"properties": {"a": N}}, S]}, {"a": 1}, "/oneOf/0/properties/a", [1]),
        ({"properties": {"a": {"properties": {"b": N}}}}, {"a": {"b": 1}}, "/properties/a/properties/b", [1]),
        ({"properties": {"a": N}}, "no object", "/properties/a", []),
        ({"properties": {"a": N}}, {"b": 1}, "/properties/a", []),
    ],
)  # fmt: skip
def test_an_example_is_one_of_all_that_it_holds(root: Any, value: Any, at: str, found: list[Any]) -> None:
    assert quoted(document(root, {"example": value}), at) == found


def test_references_are_followed_and_circles_end() -> None:
    root = {"properties": {"a": {"$ref": "#/components/schemas/Root"}, "b": S}, "example": {"a": {"a": {"b": "deep"}}}}
    assert quoted(document(root), "/properties/b") == ["deep"]
    assert quoted(document({"$ref": "#/components/schemas/Other"}, {"example": "x"}, Other=S)) == ["x"]


# -- what shows a change ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("base", "head", "value"),
    [
        ({**S, "maxLength": 9, "example": "INV-4711"}, {"maxLength": 5}, "INV-4711"),
        ({**S, "maxLength": 9, "examples": ["INV", "INV-4711"]}, {"maxLength": 5}, "INV-4711"),
        ({**S, "maxLength": 9, "pattern": "^[A-Z,]+$", "example": "INV"}, {"maxLength": 4}, "INVIN"),
        ({**S, "maxLength": 3000, "example": "INV."}, {"maxLength": 2000}, "INV." * 500 + "I"),
        ({**S, "example": "INV-4711"}, {"minLength": 2}, "I"),
        ({**S, "examples": ["EUR", "USD"]}, {"enum": ["EUR"]}, "USD"),
        ({**S, "example": "a b"}, {"pattern": "^[a-z]*$"}, "a b"),
        ({**N, "example": 19.5}, {"maximum": 10}, 19.5),
        ({**S, "example": "2024"}, {"type": "integer"}, "2024"),
        ({"type": "array", "items": S, "example": ["a", "b"]}, {"maxItems": 4}, ["a", "b", "a", "b", "a"]),
    ],
)
def test_an_example_shows_a_change_as_it_is_or_as_long_as_it_takes(base: Any, head: Any, value: Any) -> None:
    found = shown(document(base), document(base | head))
    assert found is not None
    assert json.loads(json.dumps(found.value, default=float)) == value


def test_examples_of_the_head_and_of_a_body_count_too() -> None:
    base, head = {**S, "maxLength": 9}, {**S, "maxLength": 3}
    assert shown(document(base), document({**head, "example": "ab"})).value == "abab"  # type: ignore[union-attr] # found
    given = document({"properties": {"a": base}}, {"example": {"a": "INV-1"}})
    assert shown(given, document({"properties": {"a": head}}), "/properties/a").value == "INV-1"  # type: ignore[union-attr] # found


def test_an_example_that_is_too_long_to_read_gives_way() -> None:
    names = {f"name-{number}": "text" for number in range(20)}
    base = {"type": "object", "required": list(names), "example": names}
    found = shown(document(base), document({**base, "required": [*names, "more"]}))
    assert found is not None
    assert "text" not in json.dumps(found.value)


def test_of_an_object_no_more_is_shown_than_it_takes() -> None:
    base = {"type": "object", "properties": {"a": S, "b": S}, "required": ["a"], "example": {"a": "INV-1", "b": "x"}}
    found = shown(document(base), document({**base, "properties": {"a": {**S, "maxLength": 2}, "b": S}}))
    assert found is not None
    assert found.value == {"a": "INV-1"}


def test_examples_keep_to_what_is_there_on_the_side() -> None:
    base = {"type": "object", "properties": {"id": {**S, "readOnly": True}, "a": S}, "example": {"id": "7", "a": "x"}}
    found = shown(document(base), document({"type": "object", "properties": {"a": S}, "additionalProperties": False}))
    assert found is None or "id" not in found.value  # type: ignore[operator] # an object


# -- beyond bounds that are too large to try everything at -----------------------------------------------------------


@pytest.mark.parametrize(
    ("base", "head", "size"),
    [
        ({"type": "array", "items": S, "maxItems": 5000}, {"maxItems": 2000}, 2001),
        ({"type": "array", "items": {"type": "object", "required": ["name", "number"]}}, {"maxItems": 3000}, 3001),
        ({"type": "array", "maxItems": 900, "uniqueItems": True}, {"maxItems": 800}, 801),
        ({**S, "maxLength": 50000}, {"maxLength": 40000}, 40001),
        ({**S, "pattern": "^[ab]+$"}, {"maxLength": 4000}, 4001),
    ],
)
def test_a_bound_that_is_large_has_a_value_too(base: Any, head: Any, size: int) -> None:
    found = shown(document(base), document(base | head))
    assert found is not None
    assert isinstance(found.value, (str, Array))
    assert len(found.value) == size
    assert len(found.reason) < 160


def test_a_bound_beyond_all_measure_costs_nothing() -> None:
    huge = {"type": "array", "items": S, "maxItems": 10**12, "example": ["a"]}
    assert shown(document(huge), document(huge | {"maxItems": 10**11})) is None
    assert shown(document({**S, "maxLength": 10**12, "example": "a"}), document({**S, "maxLength": 10**11})) is None


def test_long_arrays_are_not_looked_into_element_by_element(monkeypatch: pytest.MonkeyPatch) -> None:
    looked = 0
    look = Sampler._is_visible

    def counted(sampler: Sampler, value: Plain, place: Place) -> bool:
        nonlocal looked
        looked += 1
        return look(sampler, value, place)

    monkeypatch.setattr(Sampler, "_is_visible", counted)
    pets = {"type": "array", "items": {"type": "object", "properties": {"a": S}}, "example": [{"a": "x"}]}
    base = {**pets, "maxItems": 1000}
    found = shown(document(base), document(base | {"maxItems": 500}))
    assert found is not None
    assert looked < 500
