"""Two outlines side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.document import loader
from generator.review.page import rows as module
from generator.review.page.rows import rows, touched
from tests.generator.sources import answering, described, written

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from generator.document.tree import Document
    from generator.review.page.rows import Row


def load(description: dict[str, Any], folder: Path) -> Document:
    return loader.load(written(description, folder))


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def operation(identifier: str) -> dict[str, Any]:
    return {"operationId": identifier, "responses": {"200": {"description": "It."}}}


def names(found: tuple[Row, ...]) -> list[tuple[str, str]]:
    return [
        (one.base.name if one.base else "", one.head.name if one.head else "")
        for top in found
        for one in top.walk()
        if one.element.kind in {"operation", "field", "rule", "branch"}
    ]


def compared(base: dict[str, Any], head: dict[str, Any], folder: Path) -> list[tuple[str, str]]:
    return names(rows(load(base, folder), load(head, folder), [], []))


def test_what_is_gone_stands_behind_its_neighbour(tmp_path: Path) -> None:
    base = answering({"properties": {"gone": {}, "a": {}, "b": {}, "lost": {}, "c": {}}})
    head = answering({"properties": {"c": {}, "new": {}, "b": {}, "a": {}}})
    assert compared(base, head, tmp_path)[1:] == [
        ("gone", ""), ("c", "c"), ("", "new"), ("b", "b"), ("lost", ""), ("a", "a"),
    ]  # fmt: skip


def test_a_path_is_the_same_whatever_its_parameters_are_called(tmp_path: Path) -> None:
    base, head = described({"/pets/{id}": {"get": operation("a")}}), described({"/pets/{pet}": {"get": operation("a")}})
    assert compared(base, head, tmp_path) == [("GET /pets/{id}", "GET /pets/{pet}")]


def test_the_same_meaning_written_in_another_way_gives_the_same_rows(tmp_path: Path) -> None:
    inlined = answering({"type": "object", "properties": {"pet": {"properties": {"name": {}}}, "size": {}}})
    referred = answering(
        {"allOf": [ref("Sized"), {"properties": {"pet": ref("Pet")}}]},
        Sized={"properties": {"size": {}}},
        Pet={"allOf": [{"properties": {"name": {}}}]},
    )
    found = compared(inlined, referred, tmp_path)[1:]
    assert sorted(found) == [("name", "name"), ("pet", "pet"), ("size", "size")]


def test_one_rule_that_changed_stays_on_its_row(tmp_path: Path) -> None:
    base = answering({"anyOf": [{"required": ["a"]}, {"required": ["b"]}], "properties": {"a": {}, "b": {}}})
    head = answering({"oneOf": [{"required": ["a"]}, {"required": ["b"]}], "properties": {"a": {}, "b": {}}})
    assert compared(base, head, tmp_path)[1] == ("at least one of `a` and `b`", "exactly one of `a` and `b`")


def test_one_branch_with_another_name_stays_on_its_row(tmp_path: Path) -> None:
    base = answering({"oneOf": [ref("Cat"), ref("Dog")]}, Cat={"properties": {"a": {}}}, Dog={"type": "string"})
    head = answering({"oneOf": [ref("Tom"), ref("Dog")]}, Tom={"properties": {"a": {}}}, Dog={"type": "string"})
    assert compared(base, head, tmp_path)[1:] == [("Cat", "Tom"), ("a", "a"), ("Dog", "Dog")]


def test_recursion_ends_even_through_arrays_unions_and_all_of(tmp_path: Path) -> None:
    either = {"oneOf": [ref("Tree"), ref("Self")]}
    loops: dict[str, Any] = {
        "Tree": {"properties": {"leaves": {"type": "array", "items": ref("Tree")}, "one": either}},
        "Self": {"allOf": [ref("Self")], "items": ref("Self"), "properties": {"self": ref("Self")}},
    }
    document = load(answering(ref("Tree"), **loops), tmp_path)
    found = rows(document, document, [], ["/components/schemas/Tree/properties/one"])
    assert sum(1 for top in found for _ in top.walk()) < 40
    assert any(one.omitted.startswith("recursive") for top in found for one in top.walk())


def test_a_component_without_changes_is_unfolded_once(tmp_path: Path) -> None:
    pet: dict[str, Any] = {"properties": {"name": {}}}
    document = load(answering({"properties": {"a": ref("Pet"), "b": ref("Pet")}}, Pet=pet), tmp_path)
    found = [one for top in rows(document, document, [], []) for one in top.walk()]
    first, second = (one for one in found if one.element.name in {"a", "b"})
    assert (len(first.children), second.children, second.omitted) == (1, (), "as shown before")
    assert first.number == second.number
    changed = rows(document, document, [], ["/components/schemas/Pet/properties/name"])
    first, second = (one for top in changed for one in top.walk() if one.element.name in {"a", "b"})
    assert len(first.children) == len(second.children) == 1, "with changes it is, at every place of use"


def test_on_a_full_page_each_changed_component_is_shown_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ROOM", 14_000)
    monkeypatch.setattr(module, "QUIET_ROOM", 500)
    pets = {f"Pet{n}": {"properties": {"name": {"properties": {"first": {}}}, "other": ref("Pet3")}} for n in range(7)}
    document = load(answering({"properties": {name: ref(name) for name in pets}}, **pets), tmp_path)
    changed = [f"/components/schemas/{name}/properties/name/properties/first" for name in pets]
    found = [one for top in rows(document, document, changed, changed) for one in top.walk()]
    shown = [pointer for one in found for pointer in one.element.pointers]
    assert set(changed) <= set(shown)
    assert all(one.hides for one in found if one.omitted.startswith("left out"))
    assert any(one.omitted.startswith("left out") for one in found)


def test_on_a_page_that_fills_up_a_component_is_referred_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "QUIET_ROOM", 0)
    schemas: dict[str, Any] = {"Pet": {"properties": {"name": {}}}}
    document = load(answering({"properties": {one: ref("Pet") for one in "abcdef"}}, **schemas), tmp_path)
    changed = ["/components/schemas/Pet/properties/name"]
    found = [one for top in rows(document, document, changed, changed) for one in top.walk()]
    pets = [one for one in found if one.element.name in set("abcdef")]
    assert [len(one.children) for one in pets] == [1, 1, 1, 0, 0, 0]
    assert [one.number > 0 for one in pets] == [True, False, False, True, True, True], (
        "the first, and what refers to it"
    )
    assert {one.omitted for one in pets[3:]} == {"as shown before, with changes"}


def test_touched_is_all_that_leads_to_a_place(tmp_path: Path) -> None:
    schemas: dict[str, Any] = {
        "Pet": {"properties": {"name": ref("Name")}},
        "Name": {"type": "string"},
        "Other": {"type": "string"},
    }
    document = load(answering({"items": ref("Pet")}, **schemas), tmp_path)
    found = touched(document, ["/components/schemas/Name/type"])
    assert {"", "/components/schemas/Root/items", "/components/schemas/Pet/properties/name", "/paths/~1/get"} <= found
    assert not any("Other" in one for one in found)
